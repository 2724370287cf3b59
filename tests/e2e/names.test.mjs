// Which one it is. Guarantees: of workspaces with one name the dialog tells the account, the service and the id, and the
// right one goes; a name that hides characters, turns its direction or borrows letters shows that it does, and what is
// hidden is never taken into the words around it.

import assert from "node:assert/strict";
import { closeAfterwards, journey } from "./lib/browser.mjs";
import { archiveDialog, copy, list, notice, pane, standing } from "./lib/screens.mjs";
import { holding, holdings, stateOf } from "./lib/services.mjs";
import { equals, until } from "./lib/until.mjs";

closeAfterwards();

const OVERRIDE = "Invoices \u202Efdp.exe";
const WRITTEN = "Invoices [U+202E]fdp.exe";

async function open(page, one, written = one.name) {
  const button = list(page).archiveOf(one.id);
  await until("may archive", async () => !(await standing(button)).disabled);
  await button.click();
  const dialog = archiveDialog(page, written);
  await dialog.dialog.waitFor();
  return dialog;
}

journey("one name in several accounts: the dialog says which one, and that one goes", { accounts: ["altostrat/owner", "anthropic/owner", "openai/owner"] }, async ({ page, server, guard }) => {
  const who = ["altostrat/owner", "anthropic/owner", "openai/owner"];
  const twins = (await Promise.all(who.map(async (each) => (await holdings(server, each)).filter(({ name }) => name === "Field office").map((one) => ({ ...one, who: each }))))).flat();
  assert.equal(twins.length, 6);
  for (const { id } of twins) await list(page).rowOf(id).waitFor();
  const mine = twins.find((each) => each.who === "anthropic/owner");
  const dialog = await open(page, mine);
  const text = await dialog.dialog.innerText();
  assert.ok(text.includes(`Anthropic · ${mine.id}`), text);
  await dialog.dialog.getByText("6 workspaces are called Field office", { exact: true }).waitFor();
  await dialog.dialog.getByText("Compare account, service and id before you archive one.", { exact: true }).waitFor();
  const lines = (await dialog.dialog.getByRole("listitem").allInnerTexts()).map((line) => line.replace(/\s+/g, " ").trim());
  assert.ok(lines.includes(`Anthropic · ${mine.id} This one`), lines.join("\n"));
  for (const { id, who: of } of twins.filter((each) => each !== mine)) {
    const label = { altostrat: "Altostrat", anthropic: "Anthropic", openai: "OpenAI" }[of.split("/")[0]];
    assert.ok(lines.includes(`${label} · ${id}`), `${id} in ${lines.join("\n")}`);
  }
  const described = await dialog.field.evaluate((field) => field.getAttribute("aria-describedby").split(" ").map((id) => document.getElementById(id).textContent).join(" "));
  assert.match(described, /6 workspaces are called Field office/, "heard at the field too");
  await dialog.field.fill("Field office");
  await dialog.field.press("Enter");
  await list(page).rowOf(mine.id).waitFor({ state: "detached" });
  for (const { id, who: of } of twins) assert.equal(await stateOf(server, of, id), id === mine.id ? "archived" : "active", id);
  assert.deepEqual(guard.mutations(), [`POST /api/anthropic/v1/organizations/workspaces/${mine.id}/archive`]);
});

journey("two accounts hold the same id: each is its own", { accounts: ["altostrat/owner", "altostrat-2=altostrat/admin"] }, async ({ page, server, guard }) => {
  const one = await holding(server, "altostrat/owner", "Quiet Corner Books");
  await until("both are there", async () => (await list(page).rowOf(one.id).count()) === 2);
  const row = (label) => list(page).rowOf(one.id).filter({ has: page.getByRole("cell", { name: label, exact: true }) });
  for (const [account, label, who] of [["altostrat", "Altostrat", "owner"], ["altostrat-2", "Altostrat 2", "admin"]]) {
    await row(label).getByRole("link").click();
    await equals("the address", () => new URL(page.url()).pathname, `/workspaces/${account}/${one.id}`);
    await until("with its own credential", async () => {
      const reads = guard.sent("GET", new RegExp(`/workspaces/${one.id}$`));
      return (await reads.at(-1)?.request.headerValue("authorization")) === `Bearer ${server.token(who)}`;
    });
    assert.equal(await row(label).getAttribute("aria-current"), "true");
    assert.equal(await list(page).table.locator("[aria-current=true]").count(), 1);
    await pane(page).close.click();
  }
});

journey("a name with a right-to-left override shows it, and is confirmed by pasting", { accounts: ["anthropic/owner"], permissions: ["clipboard-read", "clipboard-write"] }, async ({ page, server }) => {
  const one = await holding(server, "anthropic/owner", OVERRIDE);
  await equals("the button's name", () => list(page).archiveOf(one.id).getAttribute("aria-label"), `Archive ${WRITTEN}`);
  await equals("the edit button's too", () => list(page).editOf(one.id).getAttribute("aria-label"), `Edit ${WRITTEN}`);
  const { dialog, field, confirm, alert } = await open(page, one, WRITTEN);
  assert.equal(await dialog.getByRole("heading", { level: 2 }).innerText(), `Archive ${WRITTEN}`);
  assert.ok(!(await dialog.innerText()).includes("\u202E"), "it turns nothing around");
  await dialog.getByText("This name hides something", { exact: true }).waitFor();
  await dialog.getByText("right-to-left override").first().waitFor({ state: "attached" });
  await dialog.getByText("This name cannot be typed as it is. Copy it with the button beside it and paste it here.").waitFor();
  for (const wrong of ["Invoices fdp.exe", "Invoices exe.pdf", WRITTEN]) {
    await field.fill(wrong);
    assert.equal((await standing(confirm)).disabled, true, wrong);
  }
  await copy(dialog, "Copy name");
  await field.fill("");
  await field.press("Control+v");
  await equals("exactly the name", () => field.inputValue(), OVERRIDE);
  await confirm.click();
  await notice(page, `${WRITTEN} is archived.`);
  assert.equal(await alert.count(), 0);
  assert.equal(await stateOf(server, "anthropic/owner", one.id), "archived");
});

journey("what cannot be seen, and letters that only look Latin, are told", { accounts: ["anthropic/owner"],
  prepare: async ({ server }) => {
    for (const name of ["Рroduction", "Stag\u200Bing"]) assert.equal((await server.api("anthropic/owner", "POST", "/v1/organizations/workspaces", { name })).status, 200);
  },
}, async ({ page, server }) => {
  const alike = await holding(server, "anthropic/owner", "Рroduction");
  let parts = await open(page, alike);
  await parts.dialog.getByText("The underlined letters look like Latin ones and are of another kind.").waitFor();
  await parts.dialog.getByText("looks like Latin letters, U+0420").first().waitFor({ state: "attached" });
  await parts.dialog.getByText("The name of another workspace looks the same", { exact: true }).waitFor();
  const twin = await holding(server, "anthropic/owner", "Production");
  assert.ok((await parts.dialog.innerText()).includes(twin.id), "which one it looks like");
  await parts.field.fill("Production");
  assert.equal((await standing(parts.confirm)).disabled, true, "the Latin name is not this one");
  await parts.keep.click();

  const hidden = await holding(server, "anthropic/owner", "Stag\u200Bing");
  parts = await open(page, hidden, "Stag[U+200B]ing");
  await parts.dialog.getByText("Characters in it cannot be seen, or turn its text around. They are written out below.").waitFor();
  await parts.dialog.getByText("zero-width space").first().waitFor({ state: "attached" });
  await parts.keep.click();

  // An honest name is left alone.
  for (const name of ["Claims Triage", "مكتب القاهرة – Cairo", "Evaluation Lab"]) {
    parts = await open(page, await holding(server, "anthropic/owner", name));
    assert.equal(await parts.dialog.getByText(/hides something|looks the same|are called/).count(), 0, name);
    await parts.keep.click();
  }
});
