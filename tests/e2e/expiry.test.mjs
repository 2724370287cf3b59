// A session that ends while its person is at work, at the real server. Guarantees: one dialog however much failed, every
// letter stays, what was sent goes on once and for the same person alone, what cannot be taken back waits to be confirmed
// again, somebody else sees nothing of it, and all tabs follow a sign-out within a second.

import assert from "node:assert/strict";
import { closeAfterwards, journey } from "./lib/browser.mjs";
import { guard as watch } from "./lib/guard.mjs";
import { accounts, archiveDialog, focused, form, list, menu, newForm, pane, people, standing } from "./lib/screens.mjs";
import { FOUR, OWNED } from "./lib/seed.mjs";
import { holding, membersOf, object, stateOf } from "./lib/services.mjs";
import { EMAILS, keyInDialog, PASSWORD, passwordInDialog, PEOPLE, signInAgain, signInByToken, signInByWindow } from "./lib/sign-in.mjs";
import { equals, holds, until } from "./lib/until.mjs";

closeAfterwards();

const ODD = "Zürich 🦊  “two  spaces”";
const saved = (page, name) => page.getByText(`Changes to ${name} are saved.`, { exact: true }).first().waitFor();

/** What is typed, also under a dialog, where no role leads. */
const typed = (page) => page.evaluate(() => [...document.querySelectorAll("aside form :is(input, textarea, select)")].map(({ value }) => value));

/** The statuses of everything sent that could change something, from now on. */
function outcomes(page) {
  const found = [];
  page.on("response", (response) => {
    if (response.request().method() !== "GET" && /^\/api\/(altostrat|anthropic|flashback|openai)\/(?!user\/log)/.test(new URL(response.url()).pathname)) found.push(response.status());
  });
  return found;
}

async function edits({ page, server }, who, name) {
  const one = await holding(server, who, name);
  const screen = list(page);
  await screen.search.fill(one.id);
  await until("may edit", async () => !(await standing(screen.editOf(one.id))).disabled);
  await screen.editOf(one.id).click();
  await form(page).name.waitFor();
  return one;
}

for (const [dialect, label, name, again] of [
  ["altostrat", "Altostrat", OWNED, (page, dialog) => signInByWindow(page, dialog, "owner")],
  ["anthropic", "Anthropic", "Staging", (page, dialog, server) => keyInDialog(dialog, server.token("anthropic/owner"))],
  ["flashback", "Flashback", OWNED, (page, dialog) => passwordInDialog(dialog, EMAILS.owner, PASSWORD)],
  ["openai", "OpenAI", OWNED, (page, dialog, server) => keyInDialog(dialog, server.token("openai/owner"))],
]) {
  journey(`a session of ${label} that ends in mid-edit: one dialog, every letter there, one successful change`, { accounts: FOUR }, async (scene) => {
    const { page, server, guard } = scene;
    guard.allowStatus(401);
    const one = await edits(scene, `${dialect}/owner`, name);
    await form(page).name.fill(ODD);
    const before = await typed(page);
    const sent = outcomes(page);
    await server.faults({ dialect, action: { status: 401 } });
    // A list, the workspace itself and the change, together.
    await page.evaluate(() => {
      for (const button of document.querySelectorAll("button")) if (["Refresh", "Save changes"].includes(button.innerText.trim())) button.click();
    });
    const dialog = signInAgain(page, label);
    await dialog.waitFor();
    assert.equal(await page.getByRole("dialog").count(), 1, "one dialog");
    assert.deepEqual(await typed(page), before, "byte for byte");
    const asked = guard.all().length;
    await holds("nothing is asked of it on and on", () => guard.all().slice(asked).every(({ path }) => !path.startsWith(`/api/${dialect}/`)), 500);
    await server.noFaults();
    await again(page, dialog, server);
    await saved(page, ODD);
    await dialog.waitFor({ state: "hidden" });
    // The save may have ended at what it reads before, and then nothing was sent to be refused.
    assert.deepEqual(sent.filter((status) => status !== 401), [200], "one that was done");
    assert.ok(sent.length <= 2, `${sent}`);
    assert.equal((await object(server, `${dialect}/owner`, one.id)).name, ODD);
    assert.doesNotMatch(page.url(), /code=|state=w\.|eyJ/);
    await menu(page, "Accounts").click();
    await equals("four accounts, no fifth", () => accounts(page).cards.getByRole("heading", { level: 2 }).allInnerTexts(), ["Altostrat", "Anthropic", "Flashback", "OpenAI"]);
    for (const each of ["Altostrat", "Anthropic", "Flashback", "OpenAI"]) await until(`${each} is well`, async () => (await accounts(page).card(each).innerText()).includes("Connected"));
  });
}

journey("a new workspace and a new role that a session's end refused are made once", { accounts: ["anthropic/owner", "flashback/owner"] }, async (scene) => {
  const { page, server, guard } = scene;
  guard.allowStatus(401);
  const sent = outcomes(page);
  await list(page).ready();
  await list(page).create.click();
  await newForm(page).account.selectOption({ label: "Anthropic" });
  await newForm(page).text("Name").fill("Made after all");
  await server.faults({ dialect: "anthropic", method: "POST", times: 1, action: { status: 401 } });
  await newForm(page).send.click();
  await keyInDialog(signInAgain(page, "Anthropic"), server.token("anthropic/owner"));
  await page.getByText("Made after all is created.", { exact: true }).first().waitFor();
  assert.deepEqual(sent.splice(0), [401, 200]);

  const one = await holding(server, "flashback/owner", OWNED);
  await list(page).search.fill(one.id);
  await list(page).linkOf(one.id).click();
  await pane(page).tab("Members").click();
  await people(page).change("Anders Holm").click();
  const editor = people(page).editor("Anders Holm");
  await editor.getByRole("combobox", { name: "Role" }).selectOption("READ");
  await server.faults({ dialect: "flashback", times: 1, method: "PUT", action: { status: 401 } });
  await editor.getByRole("button", { name: "Change role", exact: true }).click();
  await passwordInDialog(signInAgain(page, "Flashback"), EMAILS.owner, PASSWORD);
  await editor.waitFor({ state: "hidden" });
  assert.deepEqual(sent, [401, 200]);
  assert.ok(Object.values(await membersOf(server, "flashback/owner", one.id)).includes("READ"));
});

journey("an interrupted archive is sent by nobody until it is confirmed again", { accounts: ["altostrat/owner"] }, async (scene) => {
  const { page, server, guard } = scene;
  guard.allowStatus(401);
  const one = await holding(server, "altostrat/owner", OWNED);
  const deletes = () => guard.sent("DELETE").length;
  await until("may archive", async () => !(await standing(list(page).archiveOf(one.id))).disabled);
  await list(page).archiveOf(one.id).click();
  const parts = archiveDialog(page, OWNED);
  await parts.field.fill(OWNED);
  await server.faults({ method: "DELETE", times: 1, action: { status: 401 } });
  await parts.field.press("Enter");
  const dialog = signInAgain(page, "Altostrat");
  await dialog.getByText("stands ready to be confirmed again").waitFor();
  await signInByWindow(page, dialog, "owner");
  await dialog.waitFor({ state: "hidden" });
  await until("ready", async () => !(await standing(parts.confirm)).disabled);
  assert.equal(await parts.field.inputValue(), OWNED);
  await equals("what was said is taken back", () => parts.alert.count(), 0);
  await holds("nothing is sent", () => deletes() === 1, 700);
  assert.equal(await stateOf(server, "altostrat/owner", one.id), "active");
  await parts.confirm.click();
  await parts.dialog.waitFor({ state: "hidden" });
  assert.equal(deletes(), 2);
  assert.equal(await stateOf(server, "altostrat/owner", one.id), "archived");
});

journey("somebody else at the screen: the draft is withheld, nothing is sent, and the first person gets it back", { accounts: ["altostrat/owner"] }, async (scene) => {
  const { page, server, guard } = scene;
  guard.allowStatus(401);
  const one = await edits(scene, "altostrat/owner", OWNED);
  await form(page).name.fill(ODD);
  const sent = outcomes(page);
  await server.faults({ method: "PATCH", times: 1, action: { status: 401 } });
  await form(page).save.click();
  await signInByWindow(page, signInAgain(page, "Altostrat"), "admin");
  const told = page.getByRole("dialog", { name: "Somebody else has signed in" });
  await told.waitFor();
  for (const words of ["Nothing was sent", "Altostrat 2", "is kept in this tab and not shown"]) assert.ok((await told.innerText()).includes(words), words);
  assert.equal(new URL(page.url()).pathname, "/workspaces", "the form is left");
  assert.ok(!(await page.content()).includes(ODD));
  assert.deepEqual(sent, [401]);
  await told.getByRole("button", { name: "Sign in again to Altostrat" }).click();
  await signInByWindow(page, signInAgain(page, "Altostrat"), "owner");
  await signInAgain(page, "Altostrat").waitFor({ state: "hidden" });
  await list(page).search.fill(one.id);
  const mine = list(page).rowOf(one.id).filter({ has: page.locator(`a[href*="/altostrat/"]`) });
  await until("may edit", async () => !(await standing(mine.getByRole("button", { name: /^Edit / }))).disabled);
  await mine.getByRole("button", { name: /^Edit / }).click();
  await equals("the draft is back", () => form(page).name.inputValue(), ODD);
  assert.deepEqual(sent, [401], "and was not sent by itself");
  await form(page).save.click();
  await saved(page, ODD);
});

journey("two tabs: each keeps its own draft, and signing out of one signs out of both within a second", { people: ["owner"] }, async ({ page, server, context, guard }) => {
  guard.allowStatus(401);
  const other = await context.newPage();
  const theirs = await watch(other);
  for (const [tab, words] of [[page, "Draft of the first"], [other, "Draft of the second"]]) {
    await signInByToken(tab, server.token("owner"), { keep: true });
    await edits({ page: tab, server }, "owner", OWNED);
    await form(tab).name.fill(words);
  }
  await page.evaluate(() => {
    globalThis.heard = [];
    // A tab does not hear itself, but a second channel of its page does.
    new BroadcastChannel("steward").onmessage = ({ data }) => heard.push(data);
  });
  // The session of one ends; the other goes on, and neither loses a letter.
  await server.faults({ method: "PATCH", times: 1, action: { status: 401 } });
  await form(page).save.click();
  await signInByWindow(page, signInAgain(page, "Altostrat"), "owner");
  await saved(page, "Draft of the first");
  assert.equal(await form(other).name.inputValue(), "Draft of the second");
  assert.equal(await other.getByRole("dialog").count(), 0);

  await menu(page, "Accounts").click();
  // By the pages' own clocks, which are one: what drives them is slow on a busy machine.
  await page.evaluate(() => addEventListener("click", () => (globalThis.pressed = Date.now()), true));
  await other.evaluate(() => {
    new MutationObserver(() => {
      if (document.querySelector("h1")?.textContent === "Sign in to Steward") globalThis.left ??= Date.now();
    }).observe(document, { subtree: true, childList: true });
  });
  await page.getByRole("button", { name: "Sign out", exact: true }).click();
  const welcome = (tab) => tab.getByRole("heading", { name: "Sign in to Steward", level: 1 }).waitFor();
  await welcome(other);
  const took = (await other.evaluate(() => globalThis.left)) - (await page.evaluate(() => globalThis.pressed));
  assert.ok(took < 1_000, `${took} ms`);
  await welcome(page);
  for (const tab of [page, other]) assert.deepEqual(await tab.evaluate(() => ({ ...sessionStorage })), {}, "session and draft are gone");
  assert.equal(theirs.all().filter(({ path }) => path.endsWith("/revoke")).length, 0, "the service is told once");
  const heard = await page.evaluate(() => heard.join("\n"));
  assert.match(heard, /"back"/);
  assert.match(heard, /signed-out/);
  assert.doesNotMatch(heard, /eyJ|access_token|refresh|verifier/, "no credential on the channel");
  theirs.end();
});

journey("by keys alone: the window is closed without signing in, opened again, and the change is saved", { accounts: ["altostrat/owner"] }, async (scene) => {
  const { page, server, guard } = scene;
  guard.allowStatus(401);
  await edits(scene, "altostrat/owner", OWNED);
  await form(page).name.fill("Saved by keys");
  await server.faults({ method: "PATCH", times: 1, action: { status: 401 } });
  await form(page).name.press("Enter");
  const dialog = signInAgain(page, "Altostrat");
  await dialog.waitFor();
  await until("focus is in the dialog", () => dialog.evaluate((element) => element.contains(document.activeElement)));
  for (let presses = 0; !(await focused(page)).startsWith("button Continue with Altostrat"); presses += 1) {
    assert.ok(presses < 10, await focused(page));
    await page.keyboard.press("Tab");
  }
  const opens = page.waitForEvent("popup");
  await page.keyboard.press("Enter");
  await (await opens).close();
  await dialog.getByText("Go on in the other window").waitFor();
  assert.equal(await form(page).name.evaluate((field) => field.value).catch(() => undefined) ?? (await typed(page))[0], "Saved by keys");
  const again = page.waitForEvent("popup");
  await until("the button says so", async () => (await focused(page)) === "button Open the window again");
  await page.keyboard.press("Enter");
  const opened = await again;
  const closed = opened.waitForEvent("close");
  await opened.getByRole("button", { name: PEOPLE.owner }).focus();
  await opened.keyboard.press("Enter");
  await closed;
  await saved(page, "Saved by keys");
  assert.equal(guard.sent("PATCH").length, 2);
});

journey("a window whose tab waits no more says so, and leaves nothing in its address", { accounts: ["altostrat/owner"] }, async ({ page, server, guard, context }) => {
  guard.allowStatus(401);
  await list(page).ready();
  await server.faults({ method: "GET", path: "/workspaces", times: 1, action: { status: 401 } });
  await list(page).reload.click();
  await page.getByRole("alert").getByRole("button", { name: "Sign in again" }).click();
  const opens = page.waitForEvent("popup");
  await signInAgain(page, "Altostrat").getByRole("button", { name: "Continue with Altostrat" }).click();
  const opened = await opens;
  await opened.getByRole("button", { name: PEOPLE.owner }).waitFor();
  await page.goto("/healthz");
  await opened.getByRole("button", { name: PEOPLE.owner }).click();
  await opened.getByRole("heading", { name: "Nobody waits for this sign-in" }).waitFor();
  assert.equal(new URL(opened.url()).search, "");
  assert.deepEqual(await opened.evaluate(() => ({ ...sessionStorage })), {}, "no copy of a session stays in it");
  assert.equal(guard.all().filter(({ path }) => path.endsWith("/oauth/token")).length, 0);
  assert.equal(context.pages().length, 2);
});
