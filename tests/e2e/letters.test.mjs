// Letters. Guarantees: a search, a confirmation, an order and a file mean what a person means by a name, in whichever
// form its letters came: composed or not, with marks, of another width, beside blanks and signs that nobody sees.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { closeAfterwards, journey } from "./lib/browser.mjs";
import { archiveDialog, form, list, notice, standing } from "./lib/screens.mjs";
import { membersOf, stateOf } from "./lib/services.mjs";
import { equals, until } from "./lib/until.mjs";

closeAfterwards();

/** The one that demo data has in use besides subscriptions. */
const USED = "Saltmarsh Schools";

/** Whether nothing stands between the owner and archiving it. */
async function free(server, { id, name }) {
  const me = JSON.parse(Buffer.from(server.token("owner").split(".")[1], "base64url")).sub;
  if (name === USED || (await membersOf(server, "owner", id))[me] !== "owner") return false;
  const payers = (await server.api("owner", "GET", `/workspaces/${id}/billing-accounts`)).body.data;
  const all = await Promise.all(payers.map(({ id: payer }) => server.api("owner", "GET", `/workspaces/${id}/billing-accounts/${payer}/subscriptions`)));
  return all.every(({ body }) => body.data.length === 0);
}

/** Gives active workspaces these names (those `fit` for it, where that is asked), and tells their ids by name. */
async function called(server, names, fit = () => true) {
  const mine = [];
  for (const one of await server.workspaces()) {
    if (one.archived || mine.length === names.length || !(await fit(server, one))) continue;
    const { status } = await server.api("owner", "PATCH", `/workspaces/${one.id}`, { name: names[mine.length] });
    if (status === 200) mine.push(one.id);
  }
  assert.equal(mine.length, names.length);
  return Object.fromEntries(names.map((name, at) => [name, mine[at]]));
}

/** The names in view that are among these, in the order of the view. */
const among = (page, names) => async () => (await list(page).names()).filter((name) => names.includes(name));

const FORMS = ["Mu\u0308ller Works", "M\u00fcller Labs", "Cafe\u0301 Noir", "\u1112\u1161\u11ab\u1100\u1173\u11af", "\ud55c\uae00 Office"];

journey("a search finds a letter in every form", { person: "owner", prepare: ({ server }) => called(server, FORMS) }, async ({ page, guard }) => {
  await list(page).ready();
  await until("roles are known", async () => !(await list(page).table.innerText()).includes("…"));
  const before = guard.sent().length;
  for (const [typed, found] of [
    ["m\u00fcller", 2], ["mu\u0308ller", 2], ["muller", 2], ["MU\u0308LLER", 2], ["\uff4d\uff55\uff4c\uff4c\uff45\uff52", 2], ["caf\u00e9", 1], ["cafe", 1],
    ["cafe\u0301 no\u00adir", 1], ["\ud55c\uae00", 2], ["\u1112\u1161\u11ab\u1100\u1173\u11af", 2], ["\u200emuller\u200b", 2],
  ]) {
    await list(page).search.fill(typed);
    await equals(typed, async () => (await among(page, FORMS)()).length, found);
  }
  assert.deepEqual(guard.sent().slice(before).map(({ method, path }) => `${method} ${path}`), []);
});

const ODD = {
  "Harbour ": "Harbour",
  "Quarry\u00a0West": "Quarry West",
  "Mu\u0308ller Works": "M\u00fcller Works",
  "Star \u2b50\ufe0f": "Star \u2b50",
  "Sof\u200bt Launch": "Soft Launch",
  "\u200eLeft": "Left",
  "Two  Blanks": "Two Blanks",
};

journey("a name is confirmed by typing what is seen", { accounts: ["altostrat/owner"], prepare: ({ server }) => called(server, Object.keys(ODD), free) }, async ({ page, server }) => {
  const all = await server.workspaces();
  for (const [name, typed] of Object.entries(ODD)) {
    const { id } = all.find((each) => each.name === name);
    const button = list(page).archiveOf(id);
    await until("may archive", async () => !(await standing(button)).disabled);
    const { name: label } = await button.evaluate((element) => ({ name: element.getAttribute("aria-label") }));
    await button.click();
    const dialog = page.getByRole("dialog");
    const field = dialog.getByRole("textbox", { name: "Type the name to confirm" });
    const confirm = dialog.locator("button[type=submit]");
    await field.fill(typed.toUpperCase());
    await dialog.getByText(/^Not quite: upper and lower case, accents/).waitFor();
    assert.equal((await standing(confirm)).disabled, true, name);
    await field.fill(typed);
    await equals(`${label} is confirmed`, async () => (await standing(confirm)).disabled, false);
    await confirm.click();
    await dialog.waitFor({ state: "hidden" });
    assert.equal(await stateOf(server, "altostrat/owner", id), "archived", name);
  }
});

journey("letters that look like the name's are refused with the way out", { person: "owner", prepare: ({ server }) => called(server, ["Acme \u0440rod"], free) }, async ({ page }) => {
  await list(page).archive("Acme \u0440rod").click();
  const { dialog, field, confirm } = archiveDialog(page, "Acme \u0440rod");
  await field.fill("Acme prod");
  await dialog.getByText(/^This looks like the name and is made of other letters\. Copy the name/).waitFor();
  assert.equal((await standing(confirm)).disabled, true);
  await field.fill("Acme \u0440rod");
  await equals("pasted it is the name", async () => (await standing(confirm)).disabled, false);
  await confirm.click();
  await notice(page, "Acme \u0440rod is archived.");
});

const ORDER = ["Zebra", "\u00c4rzte Nord", "Apfel", "\u00e9cole", "Echo 10", "Echo 2", "Echo 1", "\u00d8resund", "_internal", "(old) Alpha", "\u0141\u00f3d\u017a", "Lodge"];
for (const [locale, sorted] of [
  ["de-DE", ["_internal", "(old) Alpha", "Apfel", "Ärzte Nord", "Echo 1", "Echo 2", "Echo 10", "école", "Lodge", "Łódź", "Øresund", "Zebra"]],
  ["sv-SE", ["_internal", "(old) Alpha", "Apfel", "Echo 1", "Echo 2", "Echo 10", "école", "Lodge", "Łódź", "Zebra", "Ärzte Nord", "Øresund"]],
]) {
  journey(`names stand in the order of the person's language: ${locale}`, { person: "owner", locale, prepare: ({ server }) => called(server, ORDER, free) }, async ({ page }) => {
    await list(page).ready();
    await equals("up", among(page, ORDER), sorted);
    // A new name finds its place without the others being sorted anew.
    await list(page).edit("Echo 10").click();
    await form(page).name.fill("Ångström");
    await form(page).save.click();
    const all = [...sorted.filter((name) => name !== "Echo 10"), "Ångström"];
    const order = new Intl.Collator(locale, { numeric: true }).compare;
    await equals("with the new one", among(page, all), all.toSorted(order));
    await list(page).sort("Name").click();
    await equals("down", among(page, all), all.toSorted(order).reverse());
  });
}

const CELLS = ["0042", "1E5", "3-4", "2024-01", "TRUE", "12345678901234567890", "+49 30 1234", "-dash", "@at", "\uff1d1+1", "'quoted", "SEPT2"];
const KEPT = ["Line\nbreak", "Semi;colon", "Quote \"q\"", "Echo 10", "42"];

journey("a file leaves no name to a spreadsheet to change, and says how to read it", { person: "owner", prepare: ({ server }) => called(server, [...CELLS, ...KEPT]) }, async ({ page }) => {
  await list(page).ready();
  await page.getByRole("button", { name: "Export", exact: true }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText(/begins with an apostrophe/).waitFor();
  const [file] = await Promise.all([page.waitForEvent("download"), dialog.getByRole("button", { name: "Download" }).click()]);
  const text = await readFile(await file.path(), "utf8");
  for (const name of CELLS) assert.ok(text.includes(`\n"'${name}",`), name);
  for (const name of KEPT) assert.ok(text.includes(`\n"${name.replaceAll('"', '""')}",`), name);
});
