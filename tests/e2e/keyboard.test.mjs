// Everything by keyboard. Guarantees: the whole job is done without a pointer, focus is always somewhere one can see,
// single keys are silent while typing and can be turned off, and each of them does what the sheet says for every role.

import assert from "node:assert/strict";
import { closeAfterwards, journey } from "./lib/browser.mjs";
import { tabTo } from "./lib/keys.mjs";
import { archiveDialog, focused, form, list, pane, standing } from "./lib/screens.mjs";
import { BOOKS, OWNED } from "./lib/seed.mjs";
import { equals, until } from "./lib/until.mjs";

closeAfterwards();

/** Whether what has focus is in view and not under a bar that sticks. */
const inSight = (page) =>
  page.evaluate(() => {
    const element = document.activeElement;
    const { left, top, width, height } = element.getBoundingClientRect();
    const hit = document.elementFromPoint(left + Math.min(width / 2, 20), top + height / 2);
    return Boolean(hit) && (element.contains(hit) || hit.contains(element));
  });

journey("find, open, edit, save and archive with keys alone", { person: "owner" }, async ({ page, server, guard }) => {
  const keys = page.keyboard;
  await list(page).ready();
  await keys.press("/");
  await equals("the search has focus", () => focused(page), "input Search workspaces");
  await keys.type("long read");
  await equals("found", () => list(page).names(), [OWNED]);
  await tabTo(page, `a ${OWNED}`);
  await keys.press("Enter");
  await until("the heading has focus", async () => (await focused(page)) === `h2 ${OWNED}`);
  await until("may edit", async () => !(await standing(pane(page).edit(OWNED))).disabled);
  await keys.press("e");
  await form(page).name.waitFor();
  await tabTo(page, "input Name");
  await keys.press("End");
  await keys.type(" House");
  await keys.press("Tab");
  await equals("the next field", () => focused(page), "textarea Description");
  await keys.press("Control+a");
  await keys.type("Typed, not clicked");
  await keys.press("Control+Enter");
  const name = `${OWNED} House`;
  await pane(page).heading(name).waitFor();
  await equals("focus is not lost", async () => (await focused(page)) !== "nothing", true);

  await tabTo(page, `button Archive ${name}`);
  assert.ok(await inSight(page));
  await keys.press("Enter");
  const { dialog, field } = archiveDialog(page, name);
  await until("the field has focus", () => field.evaluate((element) => element === document.activeElement));
  await keys.type(name);
  await tabTo(page, `button Archive ${name}`, "Tab", 6);
  await keys.press("Space");
  await dialog.waitFor({ state: "hidden" });
  await until("focus is not lost", async () => (await focused(page)) !== "nothing");
  assert.deepEqual(guard.mutations().map((line) => line.split(" ")[0]), ["PATCH", "DELETE"]);
  const [one] = (await server.workspaces()).filter((each) => each.name === name);
  assert.deepEqual([one.archived, one.description], [true, "Typed, not clicked"]);
});

journey("the sign-in page is walked through in the order it is read", {}, async ({ page }) => {
  await page.goto("/");
  await page.getByLabel("Access token").waitFor();
  const reached = [];
  for (let press = 0; press < 5; press += 1) {
    await page.keyboard.press("Tab");
    reached.push(await focused(page));
  }
  assert.deepEqual(reached, ["input Altostrat", "button Continue with Altostrat", "input Keep me signed in for this tab", "input Access token", "button Sign in with token"]);
});

journey("by keys alone: another service is chosen and signed in to, and a workspace is made there", { people: ["anthropic/owner"] }, async ({ page, server, guard }) => {
  const keys = page.keyboard;
  await page.goto("/");
  await page.getByLabel("Access token").waitFor();
  await tabTo(page, "input Altostrat");
  await keys.press("ArrowDown");
  await equals("the next service", () => focused(page), "input Anthropic");
  await page.getByLabel("Admin key").waitFor();
  await tabTo(page, "input Admin key");
  await keys.insertText(server.token("anthropic/owner"));
  await keys.press("Enter");
  await list(page).ready();
  await tabTo(page, "a New workspace");
  await keys.press("Enter");
  await page.getByRole("heading", { name: "New workspace", level: 1 }).waitFor();
  await tabTo(page, "select Account");
  await tabTo(page, "input Name");
  await keys.type("Made by keys e j k / ?");
  await tabTo(page, "textarea Tags");
  await keys.type("team=keys");
  await keys.press("Enter");
  await keys.type("env=test");
  await tabTo(page, "select Allowed inference geos");
  await keys.press("ArrowDown");
  await keys.press("Control+Enter");
  await pane(page).heading("Made by keys e j k / ?").waitFor();
  await until("focus is not lost", async () => (await focused(page)) !== "nothing");
  const { body } = await server.api("anthropic/owner", "GET", "/v1/organizations/workspaces?limit=1000");
  const made = body.data.find(({ name }) => name === "Made by keys e j k / ?");
  assert.deepEqual([made.tags, made.data_residency.allowed_inference_geos], [{ team: "keys", env: "test" }, ["global"]]);
  assert.equal(guard.mutations().length, 1);

  await tabTo(page, "a Members");
  await keys.press("Enter");
  await page.getByRole("button", { name: "Add member", exact: true }).waitFor();
  await tabTo(page, "button Add member");
  await keys.press("Enter");
  await until("the field has focus", async () => (await focused(page)) === "input Find a person");
  await keys.type("amara");
  // Nobody can be chosen before they are offered.
  await page.getByRole("radio", { name: /^Amara/ }).first().waitFor();
  await keys.press("Tab");
  await keys.press("Space");
  await tabTo(page, "select Role");
  await keys.press("Enter");
  await page.getByText(/ was added to Made by keys/).first().waitFor({ timeout: 3_000 }).catch(() => keys.press("Escape"));
  await keys.press("Tab");
  await until("on the button", async () => /^button Add .* as workspace user$/.test(await focused(page)));
  await keys.press("Enter");
  await page.getByText(/ was added to Made by keys/).first().waitFor();
});

journey("tabbing through the list never leaves sight", { person: "owner", viewport: { width: 1440, height: 700 } }, async ({ page }) => {
  await list(page).ready();
  await until("roles are known", async () => !(await list(page).table.innerText()).includes("…"));
  await page.getByRole("link", { name: "Skip to content" }).focus();
  await page.keyboard.press("Enter");
  for (let press = 0; press < 70; press += 1) {
    await page.keyboard.press("Tab");
    assert.ok(await inSight(page), `hidden: ${await focused(page)}`);
  }
  for (let press = 0; press < 40; press += 1) {
    await page.keyboard.press("Shift+Tab");
    assert.ok(await inSight(page), `hidden on the way back: ${await focused(page)}`);
  }
});

journey("single keys are silent while typing, and can be turned off", { person: "owner" }, async ({ page }) => {
  await list(page).ready();
  await list(page).search.focus();
  await page.keyboard.type("jek?/");
  assert.equal(await list(page).search.inputValue(), "jek?/");
  assert.equal(await page.getByRole("dialog").count(), 0);
  await page.evaluate(() => document.activeElement.blur());
  await page.keyboard.press("?");
  const sheet = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await sheet.waitFor();
  assert.match(await sheet.innerText(), /Search[\s\S]*Next workspace[\s\S]*Edit the workspace/);
  await page.keyboard.press("j");
  await page.keyboard.press("Escape");
  await sheet.waitFor({ state: "hidden" });

  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Settings" }).click();
  await page.getByRole("group", { name: "Single-key shortcuts" }).getByRole("radio", { name: "Off" }).check();
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Workspaces" }).click();
  await list(page).ready();
  await page.evaluate(() => document.activeElement.blur());
  for (const key of ["/", "j", "?", "e"]) await page.keyboard.press(key);
  assert.equal(await page.getByRole("dialog").count(), 0);
  assert.equal(await focused(page), "nothing");
});

for (const [person, where] of [["owner", "a row"], ["viewer", "a row"], ["viewer", "the open workspace"]]) {
  journey(`e on ${where} as ${person} edits or explains`, { person }, async ({ page, guard }) => {
    const screen = list(page);
    await screen.ready();
    await until("roles are known", async () => !(await screen.table.innerText()).includes("…"));
    if (where === "a row") await screen.link(BOOKS).focus();
    else {
      await screen.link(BOOKS).click();
      await pane(page).part.waitFor();
    }
    await page.keyboard.press("e");
    if (person === "owner") await form(page).name.waitFor();
    else await page.getByRole("status").filter({ hasText: "Editing takes the role owner or admin. Your role here is viewer." }).first().waitFor();
    assert.deepEqual(guard.mutations(), []);
  });
}

journey("what is announced is announced once, quietly", { person: "owner" }, async ({ page }) => {
  await list(page).ready();
  await page.evaluate(() => {
    globalThis.said = [];
    const region = [...document.querySelectorAll("[role=status]")].at(-1);
    new MutationObserver(() => region.textContent.trim() && globalThis.said.push(region.textContent.trim())).observe(region, { subtree: true, childList: true, characterData: true });
  });
  await list(page).search.fill("clinics");
  await until("one announcement", async () => (await page.evaluate(() => globalThis.said.length)) === 1);
  await list(page).search.fill("no such thing");
  await until("a second", async () => (await page.evaluate(() => globalThis.said)).at(-1) === "Nothing matches");
  assert.equal(await page.evaluate(() => globalThis.said.length), 2);
});
