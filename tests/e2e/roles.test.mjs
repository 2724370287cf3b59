// Who may do what, and what the screen says about it. Guarantees: every control that is not available says which role
// it takes, which one is mine and whom to ask; while a role is not known nothing looks decided; whatever a viewer
// presses, types or opens, nothing that changes anything is sent.

import assert from "node:assert/strict";
import { closeAfterwards, journey } from "./lib/browser.mjs";
import { archiveDialog, form, list, pane, standing } from "./lib/screens.mjs";
import { BOOKS, OWNED } from "./lib/seed.mjs";
import { equals, until } from "./lib/until.mjs";

closeAfterwards();

// The demo owner is an admin of one and an owner of the other.
const find = async (server, name, person = "owner") => (await server.workspaces(person)).find((each) => each.name === name);
const pause = { method: "GET", path: "/workspaces/*/members", delay_ms: 400 };

/** Records every standing that a button with this name ever has, from the first paint on. */
const record = (page, name) =>
  page.addInitScript((label) => {
    globalThis.standings = [];
    const look = () => {
      for (const button of document.querySelectorAll("table button[aria-label]")) {
        if (button.getAttribute("aria-label") !== label) continue;
        const disabled = button.getAttribute("aria-disabled") === "true";
        const reason = button.getAttribute("aria-description") ?? "";
        const now = `${disabled ? "off" : "on"}: ${reason}`;
        if (globalThis.standings.at(-1) !== now) globalThis.standings.push(now);
      }
    };
    new MutationObserver(look).observe(document, { subtree: true, childList: true, attributes: true });
  }, name);

const PENDING = "off: Your role in this workspace is being checked.";

for (const [person, action, last] of [
  ["owner", `Archive ${OWNED}`, /^on: $/],
  ["admin", `Edit ${BOOKS}`, /^on: $/],
  ["admin", `Archive ${BOOKS}`, /^off: Archiving takes the role owner\. Your role here is admin\. Ask (the|an) owner: auth0/],
  ["viewer", `Edit ${BOOKS}`, /^off: Editing takes the role owner or admin\. Your role here is viewer\. Ask (the|an) owner: auth0/],
]) {
  journey(`${person}, ${action}: pending first, then decided once, with no flash of either`, {
    person,
    prepare: async ({ server, page }) => {
      await server.faults(pause);
      await record(page, action);
    },
  }, async ({ page }) => {
    const button = list(page).table.getByRole("button", { name: action, exact: true });
    await button.waitFor();
    await until("decided", async () => !(await standing(button)).description.includes("being checked"));
    const seen = await page.evaluate(() => globalThis.standings);
    assert.equal(seen.length, 2, JSON.stringify(seen));
    assert.equal(seen[0], PENDING);
    assert.match(seen[1], last);
  });
}

journey("a pending control that is pressed says what it waits for and does nothing", { person: "owner", prepare: ({ server }) => server.faults({ ...pause, delay_ms: 3_000 }) }, async ({ page, guard }) => {
  const screen = list(page);
  await screen.edit(BOOKS).click({ force: true });
  await page.getByRole("status").filter({ hasText: "Your role in this workspace is being checked." }).first().waitFor();
  await screen.archive(BOOKS).click({ force: true });
  assert.equal(await page.getByRole("dialog").count(), 0);
  await equals("still on the list", () => new URL(page.url()).pathname, "/workspaces");
  assert.deepEqual(guard.mutations(), []);
});

journey("viewer: every control explains itself to eyes, ears and keys", { person: "viewer" }, async ({ page, server }) => {
  const screen = list(page);
  const one = await find(server, BOOKS, "viewer");
  const { body } = await server.api("viewer", "GET", `/workspaces/${one.id}/members`);
  const [owner] = body.data.filter(({ role }) => role === "owner");
  await screen.ready();
  await until("roles are known", async () => !(await screen.table.innerText()).includes("…"));
  const buttons = await screen.table.getByRole("button", { name: /^(Edit|Archive) / }).all();
  assert.equal(buttons.length, 2 * (await screen.names()).length);
  for (const button of buttons) {
    const { disabled, description } = await standing(button);
    assert.ok(disabled);
    assert.match(description, /takes the role owner( or admin)?\. Your role here is viewer\. Ask (the|an) owner: auth0\|/);
  }
  const { description } = await standing(screen.archive(BOOKS));
  assert.ok(description.includes(owner.user_id), description);

  // The same words, visibly, on focus, on hover and on press; Escape takes them away.
  const hint = page.getByRole("status").filter({ hasText: "Archiving takes the role owner." });
  await screen.archive(BOOKS).focus();
  await hint.waitFor();
  assert.equal((await hint.innerText()).trim(), description);
  await page.keyboard.press("Escape");
  await hint.waitFor({ state: "hidden" });
  await screen.archive(BOOKS).hover();
  await hint.waitFor();
  await screen.search.hover();
  await hint.waitFor({ state: "hidden" });
  await screen.archive(BOOKS).press("Enter");
  await hint.waitFor();
  assert.equal(await page.getByRole("dialog").count(), 0);
});

journey("viewer: nothing is ever sent, whatever is pressed or typed into the address bar", { person: "viewer", keep: true }, async ({ page, server, guard }) => {
  const screen = list(page);
  const one = await find(server, BOOKS, "viewer");
  await screen.ready();
  await until("roles are known", async () => !(await screen.table.innerText()).includes("…"));
  for (const button of [screen.edit(BOOKS), screen.archive(BOOKS)]) {
    await button.click({ force: true });
    await button.press("Enter");
    await button.press("Space");
    await button.evaluate((element) => element.click());
  }
  await screen.link(BOOKS).focus();
  for (const key of ["e", "a", "x", "Delete", "Control+Enter", "Control+k"]) await page.keyboard.press(key);
  await screen.link(BOOKS).click();
  await pane(page).part.waitFor();
  await pane(page).archive(BOOKS).click({ force: true });
  await pane(page).edit(BOOKS).click({ force: true });
  await page.keyboard.press("e");
  await pane(page).part.getByText(/Archiving takes the role owner\. Your role here is viewer\./).waitFor();
  assert.equal(await page.getByRole("dialog").count(), 0);

  for (const path of [`/workspaces/altostrat/${one.id}/edit`, `/workspaces/altostrat/${one.id}/archive`]) {
    await page.goto(path);
    await page.getByRole("main").waitFor();
    if (!path.endsWith("/edit")) continue;
    await page.getByRole("alert").filter({ hasText: "Editing takes the role owner or admin. Your role here is viewer." }).waitFor();
    assert.equal(await pane(page).part.getByRole("textbox").count(), 0, "no input that only looks alive");
    assert.equal(await form(page).save.count(), 0);
    await pane(page).part.getByText("A room of one's own").count();
    await page.keyboard.press("Control+Enter");
    await page.keyboard.press("Escape");
  }
  assert.deepEqual(guard.mutations(), []);
});

journey("admin: edits, and cannot archive by any way", { person: "admin" }, async ({ page, guard }) => {
  const screen = list(page);
  await until("may edit", async () => !(await standing(screen.edit(BOOKS))).disabled);
  await screen.archive(BOOKS).click({ force: true });
  await screen.link(BOOKS).click();
  await pane(page).archive(BOOKS).click({ force: true });
  assert.equal(await page.getByRole("dialog").count(), 0);
  await pane(page).edit(BOOKS).click();
  await form(page).description.fill("Edited by an admin");
  await form(page).save.click();
  await equals("saved", () => pane(page).value("Description").innerText(), "Edited by an admin");
  assert.equal(guard.sent("DELETE").length, 0);
});

journey("outsider: an empty list that says why, and nothing behind a link", { person: "outsider", people: ["owner"], keep: true }, async ({ page, server, guard }) => {
  guard.allowStatus(404);
  await page.getByRole("status").filter({ hasText: "This account is a member of no workspace. An owner has to add you to one." }).waitFor();
  assert.equal(await page.getByRole("table", { name: "Workspaces" }).count(), 0, "no table without rows");
  const one = await find(server, BOOKS);
  await page.goto(`/workspaces/altostrat/${one.id}`);
  await page.getByRole("alert").filter({ hasText: "It does not exist, or you are not a member of it." }).waitFor();
  assert.doesNotMatch(await page.locator("body").innerText(), /Quiet Corner/);
});

journey("a refusal that the screen did not expect refreshes the role and keeps the text", { person: "admin", people: ["owner"] }, async ({ page, server, guard }) => {
  guard.allowStatus(403);
  const one = await find(server, BOOKS);
  const me = JSON.parse(Buffer.from(server.token("admin").split(".")[1], "base64url")).sub;
  await list(page).edit(BOOKS).click();
  await form(page).name.fill("Too late");
  const demoted = await server.api("owner", "PATCH", `/workspaces/${one.id}/members/${encodeURIComponent(me)}`, { role: "viewer" });
  assert.equal(demoted.status, 200, JSON.stringify(demoted));
  await form(page).save.click();
  await page.getByRole("alert").filter({ hasText: "Editing takes the role owner or admin. Your role here is viewer." }).waitFor();
  await pane(page).part.getByText("Too late", { exact: true }).waitFor();
  await equals("the row knows too", async () => (await standing(list(page).edit(BOOKS))).disabled, true);
  assert.equal(guard.mutations().length, 1);
});

journey("an owner who was demoted meanwhile is refused in the dialog, and the role is read again", { person: "owner" }, async ({ page, server, guard }) => {
  guard.allowStatus(403);
  await list(page).archive(OWNED).click();
  const dialog = archiveDialog(page, OWNED);
  const { id } = await find(server, OWNED);
  const reads = () => guard.sent("GET", /members$/).filter(({ path }) => path.includes(id)).length;
  assert.equal(reads(), 1);
  await dialog.field.fill(OWNED);
  await server.faults({ method: "DELETE", action: { status: 403 } });
  await dialog.confirm.click();
  await dialog.alert.filter({ hasText: "The service does not allow you to do this. Nothing has changed." }).waitFor();
  await until("the role was read again", () => reads() === 2);
  await dialog.keep.click();
  await list(page).link(OWNED).waitFor();
});
