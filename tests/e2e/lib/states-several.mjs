// The states that several accounts and further services bring, for the one list of `states.mjs`. Guarantees: as there.

import { accounts, archiveDialog, form, list, menu, newForm, pane, people, standing } from "./screens.mjs";
import { FOUR, OWNED } from "./seed.mjs";
import { holding, onList } from "./services.mjs";
import { choose, EMAILS, signInByKey, signInByPassword } from "./sign-in.mjs";
import { until } from "./until.mjs";

const ANTHROPIC = ["anthropic/owner"];
const answered = (page, text) => page.getByText(text).first().waitFor();

/** Waits for the rows of so many accounts, and the roles beside them. */
async function all({ page }, count = 4) {
  await list(page).ready();
  await until("every account is there", async () => new Set((await list(page).cells("Account")).flat()).size === count);
  await until("roles are known", async () => !(await list(page).table.innerText()).includes("…"));
}

/** Opens a part of a workspace by its address, which an app that is running takes as a link. */
async function go(page, to) {
  await list(page).ready();
  await page.evaluate((to) => {
    history.pushState(null, "", to);
    dispatchEvent(new PopStateEvent("popstate"));
  }, to);
}
async function open({ page, server }, who, name, part = "") {
  const one = await holding(server, who, name);
  await go(page, `/workspaces/${who.split("/")[0]}/${one.id}${part}`);
  await pane(page).part.waitFor();
  return one;
}
async function archiving({ page, server }, who, name, written = name) {
  const one = await holding(server, who, name);
  const button = list(page).archiveOf(one.id);
  await until("may archive", async () => !(await standing(button)).disabled);
  await button.click();
  await archiveDialog(page, written).dialog.waitFor();
  return archiveDialog(page, written);
}
async function members(scene, who, name) {
  const one = await open(scene, who, name, "/members");
  await scene.page.getByRole("button", { name: "Add member", exact: true }).waitFor();
  return one;
}
const cards = async ({ page }, count = 4) => {
  await menu(page, "Accounts").click();
  await until("every card", async () => (await accounts(page).cards.count()) === count);
};

export const SEVERAL = {
  "sign-in-key": { person: null, reach: async ({ page }) => { await page.goto("/"); await choose(page, "Anthropic"); await page.getByLabel("Admin key").waitFor(); } },
  "sign-in-password": { person: null, reach: async ({ page }) => { await page.goto("/"); await choose(page, "Flashback"); await page.getByLabel("E-mail").waitFor(); } },
  "sign-in-key-refused": { person: null, reach: async ({ page }) => { await page.goto("/"); await signInByKey(page, "Anthropic", "sk-ant-admin01-unknown"); await answered(page, "The service does not accept this key."); } },
  "sign-in-password-refused": { person: null, reach: async ({ page }) => { await page.goto("/"); await signInByPassword(page, "Flashback", EMAILS.owner, "wrong"); await answered(page, "Signing in did not work"); } },
  "list-four": { accounts: FOUR, reach: all },
  "list-four-filtered": { accounts: FOUR, at: "/workspaces?account=anthropic,openai&sort=account", reach: (scene) => all(scene, 2) },
  "list-four-troubles": {
    accounts: FOUR, faults: [onList("anthropic", { action: { status: 500 } }), onList("flashback", { action: { status: 401 } }), onList("openai", { delay_ms: 20_000 })],
    reach: async ({ page }) => {
      await list(page).ready();
      await answered(page, "Flashback: Session ended");
      await answered(page, "The list could not be loaded");
      await answered(page, "OpenAI: Loading workspaces");
    },
  },
  "accounts-four": { accounts: FOUR, reach: cards },
  "accounts-health": {
    accounts: FOUR,
    reach: async (scene) => {
      await all(scene);
      await scene.server.faults(
        onList("anthropic", { action: { status: 500 } }), { dialect: "flashback", action: { status: 401 } },
        onList("openai", { action: { status: 429, headers: { "retry-after": "90" } } }),
      );
      await list(scene.page).reload.click();
      await answered(scene.page, "Flashback: Session ended");
      await cards(scene);
      await answered(scene.page, "The service asked for a pause");
      await answered(scene.page, "The list could not be loaded");
    },
  },
  "accounts-rename": { accounts: FOUR, reach: async (scene) => { await cards(scene); await accounts(scene.page).act("Rename Anthropic").click(); await scene.page.getByRole("textbox", { name: "Account name" }).waitFor(); } },
  "accounts-sign-out": { accounts: FOUR, reach: async (scene) => { await cards(scene); await accounts(scene.page).act("Sign out of Flashback").click(); await scene.page.getByRole("dialog", { name: "Sign out of Flashback" }).waitFor(); } },
  "accounts-add": { accounts: ANTHROPIC, reach: async (scene) => { await cards(scene, 1); await accounts(scene.page).add.click(); await choose(scene.page, "OpenAI"); await scene.page.getByLabel("Admin key").waitFor(); } },
  "new": { accounts: FOUR, reach: async ({ page }) => { await list(page).create.click(); await newForm(page).account.waitFor(); } },
  "new-anthropic": {
    accounts: FOUR,
    reach: async ({ page }) => {
      await list(page).create.click();
      await newForm(page).account.selectOption({ label: "Anthropic" });
      await newForm(page).text("Name").fill("Claims, second line, with a long name");
      await newForm(page).text("Display colour").fill("#D97757");
      await newForm(page).text("Tags").fill("team=claims\nenv=production");
    },
  },
  "new-errors": {
    accounts: FOUR,
    reach: async ({ page }) => {
      await list(page).create.click();
      await newForm(page).account.selectOption({ label: "Anthropic" });
      await newForm(page).text("Display colour").fill("orange");
      await newForm(page).text("Tags").fill("no sign");
      await newForm(page).send.click();
      await newForm(page).summary.waitFor();
    },
  },
  "new-refused": {
    accounts: ANTHROPIC, settings: ["anthropic_policy=external_key"],
    reach: async ({ page }) => {
      await list(page).create.click();
      await newForm(page).text("Name").fill("Against a policy");
      await newForm(page).send.click();
      await answered(page, "The workspace was not created");
    },
  },
  "new-discard": { accounts: ANTHROPIC, reach: async ({ page }) => { await list(page).create.click(); await newForm(page).text("Name").fill("Half"); await newForm(page).discard.click(); await page.getByRole("dialog", { name: "Discard the new workspace?" }).waitFor(); } },
  "workspace-anthropic": { accounts: ANTHROPIC, reach: async (scene) => { await open(scene, "anthropic/owner", "Production"); await answered(scene.page, "#"); } },
  "workspace-flashback": { accounts: ["flashback/owner"], reach: (scene) => open(scene, "flashback/owner", OWNED) },
  "workspace-default": { accounts: ANTHROPIC, reach: async (scene) => { await open(scene, "anthropic/owner", "Default"); await answered(scene.page, "It can be neither renamed nor archived"); } },
  "workspace-claude-code": { accounts: ANTHROPIC, reach: async (scene) => { await open(scene, "anthropic/owner", "Claude Code"); await answered(scene.page, "The service made it for signing in to Claude Code."); } },
  "edit-anthropic": { accounts: ANTHROPIC, reach: async (scene) => { await open(scene, "anthropic/owner", "Production", "/edit"); await form(scene.page).text("Tags").fill("env=live"); } },
  "members-people": { accounts: ["flashback/owner"], reach: async (scene) => { await members(scene, "flashback/owner", OWNED); await people(scene.page).table.waitFor(); } },
  "members-none": { accounts: ANTHROPIC, faults: [{ dialect: "anthropic", method: "GET", path: "/v1/organizations/workspaces/*/members", action: { status: 200, body: { data: [], first_id: null, last_id: null, has_more: false } } }], reach: async (scene) => { await members(scene, "anthropic/owner", "Staging"); await answered(scene.page, "The service lists no members."); } },
  "members-everybody": { accounts: ANTHROPIC, reach: async (scene) => { await open(scene, "anthropic/owner", "Default", "/members"); await answered(scene.page, "Everybody is in this workspace"); } },
  "members-add": {
    accounts: ANTHROPIC,
    reach: async (scene) => {
      await members(scene, "anthropic/owner", "Staging");
      await people(scene.page).begin.click();
      await people(scene.page).add.getByRole("radio").first().check();
    },
  },
  "members-add-by-id": { reach: async (scene) => { await members(scene, "altostrat/owner", OWNED); await people(scene.page).begin.click(); await people(scene.page).user.fill("auth0|somebody"); } },
  "members-role": { accounts: ["flashback/owner"], reach: async (scene) => { await members(scene, "flashback/owner", OWNED); await people(scene.page).change("Anders Holm").click(); await people(scene.page).editor("Anders Holm").waitFor(); } },
  "members-remove": { accounts: ["flashback/owner"], reach: async (scene) => { await members(scene, "flashback/owner", OWNED); await people(scene.page).remove("Anders Holm").click(); await scene.page.getByRole("dialog", { name: `Remove Anders Holm from ${OWNED}` }).waitFor(); } },
  "members-refused": {
    accounts: ["flashback/owner"],
    reach: async (scene) => {
      await SEVERAL["members-role"].reach(scene);
      await scene.server.faults({ dialect: "flashback", method: "PUT", action: { status: 400, body: { success: false, message: "Cannot remove or demote the last workspace admin" } } });
      const editor = people(scene.page).editor("Anders Holm");
      await editor.getByRole("combobox", { name: "Role" }).selectOption("READ");
      await editor.getByRole("button", { name: "Change role", exact: true }).click();
      await answered(scene.page, "The members were not changed");
    },
  },
  "part-missing": {
    accounts: ANTHROPIC,
    reach: async ({ page }) => {
      await page.route(/\/lazy-[\w-]+\.wasm$/, (route) => route.fulfill({ status: 404, body: "" }));
      await page.goto("/settings");
      await answered(page, "This part could not be loaded");
    },
  },
  "part-loading": {
    accounts: ANTHROPIC,
    reach: async ({ page }) => {
      await page.route(/\/lazy-[\w-]+\.wasm$/, () => {});
      await page.goto("/settings");
      await page.getByRole("status").filter({ hasText: /^Loading$/ }).waitFor();
    },
  },
  "archive-keys": { accounts: ANTHROPIC, reach: async (scene) => { const { dialog } = await archiving(scene, "anthropic/owner", "Claims Triage"); await dialog.getByText("3 active API keys").waitFor(); } },
  "archive-keys-unread": { accounts: ANTHROPIC, faults: [{ dialect: "anthropic", method: "GET", path: "/v1/organizations/api_keys", action: { status: 500 } }], reach: async (scene) => { await archiving(scene, "anthropic/owner", "Claims Triage"); await answered(scene.page, "Its API keys could not be read"); } },
  "archive-claude-code": { accounts: ANTHROPIC, reach: (scene) => archiving(scene, "anthropic/owner", "Claude Code") },
  "archive-odd-name": { accounts: ANTHROPIC, reach: (scene) => archiving(scene, "anthropic/owner", "Invoices \u202Efdp.exe", "Invoices [U+202E]fdp.exe") },
  "archive-twins": { accounts: FOUR, reach: async (scene) => { await all(scene); await archiving(scene, "anthropic/owner", "Field office"); await answered(scene.page, "are called Field office"); } },
  "archive-flashback": { accounts: ["flashback/owner"], reach: (scene) => archiving(scene, "flashback/owner", OWNED) },
  "archive-in-use": {
    accounts: ["flashback/owner"],
    // The first look finds nothing, as where a bucket was made just after it.
    faults: [{ dialect: "flashback", method: "GET", path: "/bucket", times: 1, action: { status: 200, body: { success: true, buckets: [] } } }],
    reach: async (scene) => {
      const { dialog, field } = await archiving(scene, "flashback/owner", "Ridgeway Clinics");
      await field.fill("Ridgeway Clinics");
      await field.press("Enter");
      await dialog.getByText("Cannot delete workspace with existing buckets or repos").first().waitFor();
    },
  },
};
