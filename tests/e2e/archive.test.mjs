// Archiving. Guarantees: it takes the exact name and goes out once; a refusal keeps the dialog with everything the
// service said; nothing is drawn as archived before the service said so or showed it on reading again.

import assert from "node:assert/strict";
import { closeAfterwards, journey } from "./lib/browser.mjs";
import { hold } from "./lib/hold.mjs";
import { archiveDialog, copy, focused, list, pane, standing, UNSEEN } from "./lib/screens.mjs";
import { OWNED, SUBSCRIBED } from "./lib/seed.mjs";
import { equals, until } from "./lib/until.mjs";

closeAfterwards();

const find = async (server, name) => (await server.workspaces()).find((each) => each.name === name);
const deletes = (guard) => guard.sent("DELETE");
const archivedRows = async (page) => (await list(page).segment("Archived").innerText()).match(/\d+/)[0];

async function open(page, name) {
  await list(page).archive(name).click();
  const dialog = archiveDialog(page, name);
  await dialog.dialog.waitFor();
  return dialog;
}

journey("the dialog says what, which and what it means, and opens only on the exact name", { person: "owner", permissions: ["clipboard-read", "clipboard-write"] }, async ({ page, server, guard }) => {
  const one = await find(server, OWNED);
  const { dialog, field, confirm } = await open(page, OWNED);
  await until("focus in the field, not on the button", () => field.evaluate((element) => element === document.activeElement));
  const text = await dialog.innerText();
  for (const part of [one.id, "Altostrat", "Nobody can change it afterwards.", "documents no way to undo this"]) assert.ok(text.includes(part), part);
  for (const wrong of ["", "long read publishing", OWNED.replaceAll(" ", ""), OWNED.slice(0, -1), OWNED.replace("o", "\u043e")]) {
    await field.fill(wrong);
    const { disabled, description } = await standing(confirm);
    assert.deepEqual([disabled, description], [true, "Available once the name is typed exactly."], wrong);
    await field.press("Enter");
    await confirm.click({ force: true });
  }
  assert.deepEqual(deletes(guard), []);

  await copy(dialog, "Copy name");
  await field.fill("");
  await field.press("Control+v");
  await equals("pasting is fine", async () => (await standing(confirm)).disabled, false);

  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "hidden" });
  await until("focus is back on the button", async () => (await focused(page)) === `button Archive ${OWNED}`);
  await list(page).archive(OWNED).press("Enter");
  await dialog.waitFor();
  assert.equal(await field.inputValue(), "", "nothing is left over from the last time");
  for (let press = 0; press < 8; press += 1) await page.keyboard.press("Tab");
  assert.ok(await dialog.evaluate((element) => element.contains(document.activeElement) || document.activeElement === document.body), "focus stays inside");
});

journey("twenty presses and a held Enter are one request, drawn as archived only afterwards", { person: "owner" }, async ({ page, server, guard }) => {
  const release = await hold(page, "DELETE");
  const one = await find(server, OWNED);
  const before = Number(await archivedRows(page));
  const { dialog, field, confirm, keep } = await open(page, OWNED);
  await field.fill(OWNED);
  await confirm.evaluate((button) => {
    for (let press = 0; press < 20; press += 1) button.click();
  });
  for (let press = 0; press < 10; press += 1) await field.press("Enter");
  await until("sending", async () => (await standing(confirm)).busy);
  await page.keyboard.press("Escape");
  await keep.click({ force: true });
  assert.ok(await dialog.isVisible(), "nothing closes while the request is out");
  assert.equal(Number(await archivedRows(page)), before);
  assert.equal(await list(page).link(OWNED).count(), 1);
  assert.equal((await standing(list(page).archive(OWNED))).busy, true);

  release();
  await dialog.waitFor({ state: "hidden" });
  await page.getByText(`${OWNED} is archived.`, { exact: true }).first().waitFor();
  await list(page).link(OWNED).waitFor({ state: "detached" });
  await equals("one more archived", async () => Number(await archivedRows(page)), before + 1);
  assert.deepEqual(deletes(guard).map(({ path }) => path), [`/api/altostrat/workspaces/${one.id}`]);
  assert.notEqual(await focused(page), "nothing", "focus is not lost with the row");

  await list(page).segment("Archived").click();
  await list(page).link(OWNED).waitFor();
  assert.match((await standing(list(page).archive(OWNED))).description, /This workspace is archived/);
  assert.match((await standing(list(page).edit(OWNED))).description, /This workspace is archived/);
});

journey("a 409 keeps the dialog with the whole message, and archiving works once the cause is gone", { person: "owner", settings: ["cancel_ends=now"] }, async ({ page, server, guard }) => {
  guard.allowStatus(409);
  const one = await find(server, SUBSCRIBED);
  const { body: accounts } = await server.api("owner", "GET", `/workspaces/${one.id}/billing-accounts`);
  const [{ id: account }] = accounts.data;
  const under = `/workspaces/${one.id}/billing-accounts/${account}/subscriptions`;
  const { body: subscriptions } = await server.api("owner", "GET", under);
  const active = subscriptions.data.filter(({ status }) => status === "active").map(({ id }) => id);
  assert.equal(active.length, 3);

  await server.faults(UNSEEN);
  const { dialog, field, confirm, checks, heading, again } = await open(page, SUBSCRIBED);
  await field.fill(SUBSCRIBED);
  await field.press("Enter");
  await heading.filter({ hasText: "3 active subscriptions must end first" }).waitFor();
  await equals("focus on the heading", () => focused(page), "h3 3 active subscriptions must end first");
  const text = await checks.innerText();
  const message = `Cannot archive workspace because billing account 'Main Billing' has active subscriptions: ${active.join(", ")}. Please cancel or transfer these subscriptions before archiving.`;
  assert.ok(text.includes(message), text);
  for (const part of ["Nothing has changed.", "Altostrat refused with workspace_not_empty.", ...active]) assert.ok(text.includes(part), part);
  const link = checks.getByRole("link");
  assert.equal(await link.getAttribute("href"), "https://docs.altostrat.io/errors/workspace_not_empty");
  assert.match(await link.getAttribute("rel"), /noreferrer|noopener/);
  assert.equal(await link.getAttribute("target"), "_blank");
  await checks.getByRole("button", { name: "Copy message" }).waitFor();
  await checks.getByRole("button", { name: "Copy request id" }).waitFor();
  assert.equal(await field.inputValue(), SUBSCRIBED, "the typed name stays");
  assert.equal(await list(page).table.getByRole("link", { name: SUBSCRIBED }).count(), 1);

  for (const id of active) assert.equal((await server.api("owner", "DELETE", `${under}/${id}`)).status, 204);
  await again.click();
  await heading.filter({ hasText: `Ready: ${SUBSCRIBED} can be archived` }).waitFor();
  assert.equal(await field.inputValue(), SUBSCRIBED, "the typed name stays");
  await confirm.click();
  await dialog.waitFor({ state: "hidden" });
  await list(page).link(SUBSCRIBED).waitFor({ state: "detached" });
  assert.equal((await find(server, SUBSCRIBED)).archived, true);
  assert.equal(deletes(guard).length, 2);
});

journey("a lost answer is settled by reading again", { person: "owner" }, async ({ page, server, guard }) => {
  guard.allowBroken();
  await server.faults({ method: "DELETE", drop_after: true });
  const { field, dialog } = await open(page, OWNED);
  await field.fill(OWNED);
  await field.press("Enter");
  await dialog.waitFor({ state: "hidden" });
  await page.getByText(`The answer was lost, so the workspace was read again: ${OWNED} is archived.`, { exact: true }).first().waitFor();
  await list(page).link(OWNED).waitFor({ state: "detached" });
  assert.equal(deletes(guard).length, 1);
});

journey("a lost request is told as not done, and a lost answer that cannot be checked as not known", { person: "owner" }, async ({ page, server, guard }) => {
  guard.allowBroken();
  guard.allowStatus(500);
  await server.faults({ method: "DELETE", drop_before: true });
  const { field, dialog, alert, confirm } = await open(page, OWNED);
  await field.fill(OWNED);
  await field.press("Enter");
  await alert.filter({ hasText: "The workspace was not archived" }).filter({ hasText: "Nothing has changed." }).waitFor();

  const { id } = await find(server, OWNED);
  await server.faults({ method: "DELETE", drop_after: true }, { method: "GET", path: `/workspaces/${id}`, action: { status: 500 } });
  await confirm.click();
  await alert.filter({ hasText: "It is not known whether the workspace was archived" }).filter({ hasText: "It may have changed all the same." }).waitFor();
  assert.equal(await list(page).link(OWNED).count(), 1, "not drawn as archived on a guess");
  await server.noFaults();
  await alert.getByRole("button", { name: "Refresh" }).click();
  await dialog.getByText("This workspace is archived. Nothing in it can be changed.").waitFor();
  assert.equal((await standing(confirm)).disabled, true);
  assert.equal(deletes(guard).length, 2);
});

journey("somebody else was faster: told as archived already, once it was read so", { person: "owner" }, async ({ page, server, guard }) => {
  guard.allowStatus(409);
  const { field, dialog } = await open(page, OWNED);
  const { id } = await find(server, OWNED);
  assert.equal((await server.api("owner", "DELETE", `/workspaces/${id}`)).status, 204);
  await field.fill(OWNED);
  await field.press("Enter");
  await dialog.waitFor({ state: "hidden" });
  await page.getByText(`${OWNED} was archived already.`, { exact: true }).first().waitFor();
});

journey("the right one of two with the same name goes, by its id", { person: "owner" }, async ({ page, server, guard }) => {
  const twins = (await server.workspaces()).filter(({ name }) => name === "Field office");
  const row = (id) => list(page).table.getByRole("row").filter({ hasText: id });
  await list(page).ready();
  const button = (id) => row(id).getByRole("button", { name: "Archive Field office" });
  for (const { id } of twins) await until("decided", async () => !(await standing(button(id))).description.includes("being checked"));
  const usable = [];
  for (const { id } of twins) if (!(await standing(button(id))).disabled) usable.push(id);
  assert.equal(usable.length, 1);
  await button(usable[0]).click();
  const { dialog, field } = archiveDialog(page, "Field office");
  assert.ok((await dialog.innerText()).includes(usable[0]));
  await field.fill("Field office");
  await field.press("Enter");
  await row(usable[0]).waitFor({ state: "detached" });
  assert.deepEqual(deletes(guard).map(({ path }) => path), [`/api/altostrat/workspaces/${usable[0]}`]);
});

journey("what was attempted is on record, with what came of it", { person: "owner" }, async ({ page, server, guard }) => {
  guard.allowStatus(409);
  await server.faults(UNSEEN);
  let dialog = await open(page, SUBSCRIBED);
  await dialog.field.fill(SUBSCRIBED);
  await dialog.field.press("Enter");
  await dialog.heading.filter({ hasText: "must end first" }).waitFor();
  await dialog.keep.click();
  dialog = await open(page, OWNED);
  await dialog.field.fill(OWNED);
  await dialog.field.press("Enter");
  await dialog.dialog.waitFor({ state: "hidden" });
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Activity" }).click();
  const rows = page.getByRole("table", { name: "Activity" }).getByRole("row");
  await equals("two attempts and a head", () => rows.count(), 3);
  assert.match(await rows.nth(1).innerText(), new RegExp(`Archive\\s+${OWNED}\\s+State active → archived\\s+Done`));
  assert.match(await rows.nth(2).innerText(), new RegExp(`Archive\\s+${SUBSCRIBED}\\s+State active → archived\\s+Refused`));
  await rows.nth(2).getByRole("button", { name: "Copy request id" }).waitFor();
  assert.doesNotMatch(await page.locator("body").innerText(), /eyJ/);
  await rows.nth(1).getByRole("link", { name: OWNED }).click();
  await pane(page).heading(OWNED).waitFor();
});
