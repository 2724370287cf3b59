// What stands in the way of archiving. Guarantees: it is found before anything is sent, listed as the service lists it,
// and cleared from the dialog; each press is one request; the database ends as the page says; what cannot be listed or
// checked is said, and never taken for clear.

import assert from "node:assert/strict";
import { closeAfterwards, journey } from "./lib/browser.mjs";
import { tabTo } from "./lib/keys.mjs";
import { archiveDialog, focused, list, standing, UNSEEN } from "./lib/screens.mjs";
import { holding, stateOf } from "./lib/services.mjs";
import { equals, holds, until } from "./lib/until.mjs";

closeAfterwards();

const THREE = "Lantern Hotels Group";
const TWO = "Ostrich & Sons Freight";
const USED = "Saltmarsh Schools";
const FREE = "Long Read Publishing";
// Whoever cannot wait for a month.
const AT_ONCE = { person: "owner", settings: ["cancel_ends=now"] };
const CANCEL = /\/subscriptions\/sub_[^/]+$/;
const find = async (server, name) => (await server.workspaces()).find((each) => each.name === name);

/** Every subscription of a workspace, as the service has it. */
async function subscriptions(server, id) {
  const { body } = await server.api("owner", "GET", `/workspaces/${id}/billing-accounts`);
  const all = await Promise.all(body.data.map(async ({ id: payer }) => (await server.api("owner", "GET", `/workspaces/${id}/billing-accounts/${payer}/subscriptions`)).body.data));
  return all.flat();
}
const active = async (server, id) => (await subscriptions(server, id)).filter(({ status }) => status === "active").length;

async function open(page, name) {
  await until("may archive", async () => !(await standing(list(page).archive(name))).disabled);
  await list(page).archive(name).click();
  const dialog = archiveDialog(page, name);
  await dialog.dialog.waitFor();
  return dialog;
}

journey("where nothing is in the way, three reads beside the dialog and one request", { person: "owner" }, async ({ page, server, guard }) => {
  const { id } = await find(server, FREE);
  await list(page).ready();
  const { dialog, field, checks, again, goAhead } = await open(page, FREE);
  for (const text of ["Nothing stands in the way", "Your role allows it: Owner", "No active subscriptions", "No organizations in use"]) await checks.getByText(text, { exact: true }).waitFor();
  assert.equal((await again.count()) + (await goAhead.count()), 0);
  const asked = guard.sent("GET", new RegExp(`${id}/(billing-accounts|organizations)`)).map(({ path }) => path.replace(/cus_[^/]+/, "cus"));
  const at = `/api/altostrat/workspaces/${id}`;
  assert.deepEqual(asked.sort(), [`${at}/billing-accounts`, `${at}/billing-accounts/cus/subscriptions`, `${at}/organizations`]);
  await field.fill(FREE);
  await field.press("Enter");
  await dialog.waitFor({ state: "hidden" });
  assert.deepEqual(guard.mutations(), [`DELETE ${at}`]);
});

journey("blocked, each cancelled from the dialog, checked again, archived", AT_ONCE, async ({ page, server, guard }) => {
  const { id } = await find(server, THREE);
  const { dialog, field, confirm, heading, rows } = await open(page, THREE);
  await heading.filter({ hasText: "3 active subscriptions must end first" }).waitFor();
  await equals("three lines", () => rows.count(), 3);
  const known = await subscriptions(server, id);
  for (const [place, one] of known.entries()) {
    const text = await rows.nth(place).innerText();
    const products = Object.entries(one.product_quantities).map(([kind, { quantity }]) => `${quantity} ${{ locations: "location", users: "user", sso: "single sign-on" }[kind]}`);
    for (const part of [one.id, ...products, `Paid monthly in ${one.currency.toUpperCase()}`, "Main Billing", "Active", "Renews"]) assert.ok(text.includes(part), `${part} in ${text}`);
  }
  await field.fill(THREE);
  assert.match((await standing(confirm)).description, /once nothing stands in the way/);
  await field.press("Enter");
  await confirm.click({ force: true });
  for (let left = 2; left >= 0; left -= 1) {
    const row = rows.nth(2 - left);
    await row.getByRole("button", { name: /^Cancel subscription/ }).click();
    await row.getByText(/at the end of its period/).waitFor();
    await row.getByText(/previews the next invoice: .+ That saves /).waitFor();
    await row.getByRole("button", { name: /^Cancel subscription/ }).evaluate((button) => {
      for (let press = 0; press < 20; press += 1) button.click();
    });
    await heading.filter({ hasText: left ? `${left} active subscription` : `Ready: ${THREE} can be archived` }).waitFor();
    await row.getByText("No longer in the way").waitFor();
    assert.equal(await active(server, id), left);
    assert.equal(guard.sent("DELETE").length, 3 - left, "one for each");
  }
  assert.equal(await field.inputValue(), THREE, "the typed name stays");
  assert.equal((await find(server, THREE)).archived, false, "nothing is archived by cancelling");
  await until("focus on the heading", async () => (await focused(page)) === `h3 Ready: ${THREE} can be archived`);
  await confirm.click();
  await dialog.waitFor({ state: "hidden" });
  assert.equal((await find(server, THREE)).archived, true);
  assert.equal(guard.sent("DELETE", CANCEL).length, 3);
  assert.equal(guard.sent("DELETE").length, 4);
});

journey("the same by keyboard alone, refused first", AT_ONCE, async ({ page, server, guard }) => {
  guard.allowStatus(409);
  const keys = page.keyboard;
  const { id } = await find(server, TWO);
  await list(page).ready();
  await until("may archive", async () => !(await standing(list(page).archive(TWO))).disabled);
  await server.faults(UNSEEN);
  await list(page).archive(TWO).focus();
  await keys.press("Enter");
  const { dialog, field, rows } = archiveDialog(page, TWO);
  await until("the field has focus", () => field.evaluate((element) => element === document.activeElement));
  await keys.type(TWO);
  await keys.press("Enter");
  await until("focus on the heading", async () => (await focused(page)) === "h3 2 active subscriptions must end first");
  await tabTo(page, /^button Cancel subscription/);
  await keys.press("Enter");
  await until("focus on what it means", async () => (await focused(page)).startsWith("p Altostrat ends"));
  await keys.press("Escape");
  await until("focus is back", async () => (await focused(page)).startsWith("button Cancel subscription"));
  assert.ok(await dialog.isVisible(), "only the innermost closes");
  for (const left of ["1 active subscription must end first", `Ready: ${TWO} can be archived`]) {
    await keys.press("Enter");
    await until("focus on what it means", async () => (await focused(page)).startsWith("p Altostrat ends"));
    await tabTo(page, /^button Cancel subscription/);
    await keys.press("Space");
    await until("focus on the heading", async () => (await focused(page)) === `h3 ${left}`);
    if (left.startsWith("1")) await tabTo(page, /^button Cancel subscription/);
  }
  await tabTo(page, /^button Check again/);
  await keys.press("Enter");
  // The checks that were asked for end with focus on what they found.
  await until("focus on the heading", async () => (await focused(page)) === `h3 Ready: ${TWO} can be archived`);
  await equals("both lines stay, ticked off", async () => (await rows.filter({ hasText: "No longer in the way" }).count()), 2);
  await tabTo(page, /^input Type the name/);
  assert.equal(await field.inputValue(), TWO);
  await keys.press("Enter");
  await dialog.waitFor({ state: "hidden" });
  assert.equal((await find(server, TWO)).archived, true);
  assert.equal(await active(server, id), 0);
  assert.deepEqual(guard.sent("DELETE").map(({ path }) => CANCEL.test(path)), [false, true, true, false]);
});

journey("an organization in use is named, and nothing is sent", { person: "owner" }, async ({ page, server, guard }) => {
  const { dialog, field, confirm, heading, rows } = await open(page, USED);
  await heading.filter({ hasText: "1 organization is still in use" }).waitFor();
  const text = await rows.first().innerText();
  for (const part of ["Branch network", "org_", "28 resources in use", "In use"]) assert.ok(text.includes(part), `${part} in ${text}`);
  assert.equal(await dialog.getByRole("button", { name: /^Cancel subscription/ }).count(), 0);
  await field.fill(USED);
  await field.press("Enter");
  await confirm.click({ force: true });
  await holds("nothing is sent", async () => guard.mutations().length === 0, 300);
  assert.equal((await find(server, USED)).archived, false);
});

journey("a check that fails is not known, and the archive takes an explicit word", { person: "owner" }, async ({ page, server, guard }) => {
  guard.allowStatus(500);
  const { id } = await find(server, FREE);
  await list(page).ready();
  await server.faults({ method: "GET", path: "/workspaces/*/organizations", action: { status: 500 } });
  const { dialog, field, confirm, checks, heading, goAhead } = await open(page, FREE);
  await heading.filter({ hasText: "Not everything could be checked" }).waitFor();
  await checks.getByText("No active subscriptions", { exact: true }).waitFor();
  await checks.getByText(/^Could not check\. The service failed\./).waitFor();
  await field.fill(FREE);
  await field.press("Enter");
  assert.equal((await standing(confirm)).disabled, true);
  assert.equal(guard.mutations().length, 0);
  await goAhead.check();
  await confirm.click();
  await dialog.waitFor({ state: "hidden" });
  assert.deepEqual(guard.mutations(), [`DELETE /api/altostrat/workspaces/${id}`]);
});

journey("cancelled, it runs until its period ends: said, remembered over a reload, and not offered again", { person: "owner", keep: true }, async ({ page, server, guard }) => {
  const name = "Ridgeway Clinics";
  const { id } = await find(server, name);
  const before = await subscriptions(server, id);
  let { heading, rows, confirm, dialog } = await open(page, name);
  const cancel = () => rows.first().getByRole("button", { name: /^Cancel subscription/ });
  await cancel().click();
  await cancel().click();
  await rows.first().getByText(/You cancelled it on .+ Altostrat accepted that\. It runs until .+ Altostrat does not show the cancellation\./).waitFor();
  assert.deepEqual(await subscriptions(server, id), before, "nothing shows it");
  await heading.filter({ hasText: "1 active subscription must end first" }).waitFor();
  assert.equal(await cancel().count(), 0);
  assert.equal((await standing(confirm)).disabled, true);
  await dialog.getByRole("button", { name: "Check again" }).click();
  await holds("it stays so", async () => (await cancel().count()) === 0, 300);
  await page.reload();
  ({ heading, rows, confirm, dialog } = await open(page, name));
  await rows.first().getByText(/You cancelled it on /).waitFor();
  await dialog.getByText(/All of it is cancelled; the last of it ends on /).waitFor();
  assert.equal(await cancel().count(), 0);
  assert.deepEqual(guard.sent("DELETE").map(({ path }) => CANCEL.test(path)), [true]);
});

journey("what would leave too little is refused in the service's words", { person: "owner" }, async ({ page, server, guard }) => {
  guard.allowStatus(409);
  const name = "Eastgate Schools";
  const { heading, rows } = await open(page, name);
  await heading.filter({ hasText: "6 subscriptions and 1 organization stand in the way" }).waitFor();
  for (const state of ["Active", "In trial", "Payment overdue", "Unpaid", "First payment missing", "Paused"]) await rows.filter({ hasText: state }).first().waitFor();
  const row = rows.filter({ hasText: "30 users" });
  const cancel = row.getByRole("button", { name: /^Cancel subscription/ });
  await cancel.click();
  await cancel.click();
  await row.getByText("Cancelling this subscription would leave 10 users while 24 are in use.").waitFor();
  await row.getByText("cancellation_would_underprovision", { exact: true }).waitFor();
  assert.equal(await active(server, (await find(server, name)).id), 1);
});

journey("a cancelling whose answer is lost is not known, since the service shows nothing of it, and never sent again", { person: "owner" }, async ({ page, server, guard }) => {
  guard.allowBroken();
  const { rows, dialog } = await open(page, "Ridgeway Clinics");
  const cancel = rows.first().getByRole("button", { name: /^Cancel subscription/ });
  await cancel.click();
  await server.faults({ method: "DELETE", drop_after: true });
  await cancel.click();
  await rows.first().getByText("It is not known whether the subscription was cancelled").waitFor();
  await dialog.getByRole("button", { name: "Check again" }).click();
  await rows.first().getByText(/You sent a cancellation on .+ does not show whether it holds/).waitFor();
  assert.equal(guard.sent("DELETE").length, 1);
});

journey("coming back to the tab checks again, at most every five seconds", AT_ONCE, async ({ page, server, guard }) => {
  const { id } = await find(server, "Ridgeway Clinics");
  const { heading } = await open(page, "Ridgeway Clinics");
  await heading.filter({ hasText: "1 active subscription must end first" }).waitFor();
  const reads = () => guard.sent("GET", /\/subscriptions$/).length;
  const returns = () => page.evaluate(() => document.dispatchEvent(new Event("visibilitychange", { bubbles: true })));
  for (let time = 0; time < 5; time += 1) await returns();
  await holds("too soon", async () => reads() === 1, 500);
  const [one] = (await subscriptions(server, id)).filter(({ status }) => status === "active");
  await server.api("owner", "DELETE", `/workspaces/${id}/billing-accounts/${one.billing_account_id}/subscriptions/${one.id}`);
  await until("checked again", async () => {
    await returns();
    return (await heading.innerText()).startsWith("Ready");
  });
  assert.equal(reads(), 2);
});

journey("Flashback: what is stored is deleted from the dialog, asked about first, and then the workspace goes", { accounts: ["flashback/owner"] }, async ({ page, server, guard }) => {
  // What has been deleted is not there any more: that is how it shows.
  guard.allowStatus(404);
  const one = await holding(server, "flashback/owner", "Ridgeway Clinics");
  const button = list(page).archiveOf(one.id);
  await until("may archive", async () => !(await standing(button)).disabled);
  await button.click();
  const { dialog, field, confirm, heading } = archiveDialog(page, one.name);
  await heading.filter({ hasText: "1 bucket must be deleted first" }).waitFor();
  assert.equal((await standing(confirm)).disabled, true);
  const remove = dialog.getByRole("button", { name: /^Delete bucket: / });
  await remove.click();
  await dialog.getByText(/takes the bucket .+ out of its system/).waitFor();
  assert.equal(guard.mutations().length, 0, "asked about first");
  await remove.last().click();
  await heading.filter({ hasText: `Ready: ${one.name} can be archived` }).waitFor();
  assert.equal(guard.mutations().length, 1);
  assert.equal(await stateOf(server, "flashback/owner", one.id), "active");
  await field.fill(one.name);
  await confirm.click();
  await dialog.waitFor({ state: "hidden" });
  await equals("gone at the service", () => stateOf(server, "flashback/owner", one.id), "gone");
  assert.equal(guard.mutations().length, 2);
});
