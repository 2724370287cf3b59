// The whole job by keyboard, in one go: found, edited, merged with somebody else's change, saved, refused, cleared out of the
// way and archived. Guarantees: after signing in nothing but keys is used; in each state focus is where the next key is wanted
// and axe finds nothing; the server's own log has each change once.

import assert from "node:assert/strict";
import { violations } from "./lib/axe.mjs";
import { closeAfterwards, journey } from "./lib/browser.mjs";
import { focusOn, tabTo } from "./lib/keys.mjs";
import { archiveDialog, form, list, merge, notice, pane, standing, UNSEEN } from "./lib/screens.mjs";
import { holding, object, stateOf } from "./lib/services.mjs";
import { equals, until } from "./lib/until.mjs";

closeAfterwards();

const WHO = "altostrat/owner";
const NAME = "Ridgeway Clinics";
const MINE = "Ridgeway Clinics North";
const THEIRS = "Ridgeway Clinics South";

journey("list, filter, edit, conflict, merge, save, archive, blocked, cancel, check again and archive, by keys alone", { accounts: [WHO], reducedMotion: "reduce", settings: ["cancel_ends=now"] }, async ({ page, server, guard }) => {
  guard.allowStatus(409);
  const { id } = await holding(server, WHO, NAME);
  const keys = page.keyboard;
  const clean = [];
  const accessible = async (state) => {
    assert.deepEqual(await violations(page, state), []);
    clean.push(state);
  };

  // List, and filter.
  await list(page).ready();
  await until("roles are known", async () => !(await list(page).table.innerText()).includes("…"));
  await keys.press("/");
  await focusOn(page, "input Search workspaces");
  await keys.type("ridgeway");
  await equals("one is found", () => list(page).names(), [NAME]);
  await accessible("list, filtered");

  // Open, and edit.
  await tabTo(page, `a ${NAME}`);
  await keys.press("Enter");
  await focusOn(page, `h2 ${NAME}`);
  await until("may edit", async () => !(await standing(pane(page).edit(NAME))).disabled);
  await keys.press("e");
  await form(page).name.waitFor();
  await tabTo(page, "input Name");
  await keys.press("Control+a");
  await keys.type(MINE);
  await accessible("form");

  // Conflict: of what somebody else changed, the name clashes and the description does not.
  const theirs = { name: THEIRS, description: "Three sites" };
  assert.equal((await server.api(WHO, "PATCH", `/workspaces/${id}`, theirs)).status, 200);
  await keys.press("Control+Enter");
  await focusOn(page, "h3 Somebody else changed the same");
  await accessible("merge");

  // Merge, and save.
  assert.deepEqual(await merge(page).chosen(), [], "nothing is chosen beforehand");
  await keys.press("Tab");
  await focusOn(page, "input Keep mine: Name");
  await keys.press("Space");
  await equals("mine is chosen", () => merge(page).chosen(), ["Keep mine: Name"]);
  await keys.press("Control+Enter");
  await focusOn(page, `h2 ${MINE}`);
  const now = await object(server, WHO, id);
  assert.deepEqual([now.name, now.description], [MINE, theirs.description], "both changes are there");
  await accessible("saved");

  // Archive: what began just after the first look is found by the service alone.
  await server.faults(UNSEEN);
  await tabTo(page, `button Archive ${MINE}`);
  await keys.press("Enter");
  const dialog = archiveDialog(page, MINE);
  await focusOn(page, "input Type the name to confirm");
  await dialog.checks.getByText("Nothing stands in the way", { exact: true }).waitFor();
  await keys.type(MINE);
  await accessible("archive, checked");
  await keys.press("Enter");

  // Blocked, with what is in the way as a list.
  await focusOn(page, "h3 1 active subscription must end first");
  assert.equal(await dialog.rows.count(), 1);
  assert.equal(await stateOf(server, WHO, id), "active");
  await accessible("blocked");

  // Cancel the subscription, which has its own question.
  await tabTo(page, /^button Cancel subscription/);
  await keys.press("Enter");
  await focusOn(page, /^p Altostrat ends/);
  await accessible("cancelling, asked");
  await tabTo(page, /^button Cancel subscription/);
  await keys.press("Enter");
  await focusOn(page, `h3 Ready: ${MINE} can be archived`);
  await dialog.rows.getByText("No longer in the way").waitFor();
  await accessible("ready");

  // Check again, and archive: the name is still there.
  await tabTo(page, "button Check again");
  await keys.press("Enter");
  await focusOn(page, `h3 Ready: ${MINE} can be archived`);
  await tabTo(page, "input Type the name to confirm");
  assert.equal(await dialog.field.inputValue(), MINE, "the typed name stays");
  await keys.press("Enter");
  await dialog.dialog.waitFor({ state: "hidden" });
  await notice(page, `${MINE} is archived.`);
  await focusOn(page, `h2 ${MINE}`);
  assert.equal(await stateOf(server, WHO, id), "archived");
  await accessible("archived");

  // The server's log, with somebody else's change in it.
  const at = `/api/altostrat/workspaces/${id}`;
  const changes = server.answered(["PUT", "PATCH", "DELETE"], /^\/api\/altostrat\//).map((line) => line.replace(/billing-accounts\/[^/]+\/subscriptions\/[^ ]+/, "SUBSCRIPTION"));
  assert.deepEqual(changes, [`PATCH ${at} 200`, `PATCH ${at} 200`, `DELETE ${at} 409`, `DELETE ${at}/SUBSCRIPTION 204`, `DELETE ${at} 204`]);
  assert.deepEqual(guard.sent("PATCH").map(({ body }) => JSON.parse(body)), [{ name: MINE }], "of the two changes ours is one, and only of the name");
  assert.equal(clean.length, 9, clean.join(", "));
});
