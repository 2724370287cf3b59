// Every state of every screen, and the way to it: the one list that accessibility is checked on and pictures are taken
// of. Guarantees: a state is reached when its `reach` returns. Must not judge what it sees.

import { archiveDialog, form, list, menu, merge, pane, standing, UNSEEN } from "./screens.mjs";
import { BOOKS, OWNED, SUBSCRIBED } from "./seed.mjs";
import { SLOW } from "./states-slow.mjs";
import { BULK } from "./states-bulk.mjs";
import { SESSIONS } from "./states-sessions.mjs";
import { SEVERAL } from "./states-several.mjs";
import { UNDO } from "./states-undo.mjs";
import { until } from "./until.mjs";

const LIST = { method: "GET", path: "/workspaces" };
const MEMBERS = { method: "GET", path: "/workspaces/*/members" };
const FAILED = { action: { status: 500, body: { type: "api_error", code: "internal_server_error", message: "An internal server error occurred. Please try again later.", doc_url: "https://docs.altostrat.io/errors/internal_server_error" } } };
const one = (archived) => ({
  id: "ws_1", name: "Only one", description: null, billing_mode: "single", pooled_seat_limit: null, archived,
  created_at: "2026-01-01T00:00:00.000000Z", updated_at: "2026-01-01T00:00:00.000000Z", archived_at: archived ? "2026-02-01T00:00:00.000000Z" : null,
});
const holding = (...data) => ({ ...LIST, action: { status: 200, body: { data, has_more: false } } });
const answered = (page, text) => page.getByText(text).first().waitFor();

/** Waits for the rows and the roles beside them, so that a picture is always the same. */
async function settled({ page }) {
  await list(page).ready();
  await until("roles are known", async () => !(await list(page).table.innerText()).includes("…"));
}
async function dialog({ page }, name) {
  await until("may archive", async () => !(await standing(list(page).archive(name))).disabled);
  await list(page).archive(name).click();
  const parts = archiveDialog(page, name);
  await parts.field.fill(name);
  return parts;
}
async function opened(scene, name) {
  await settled(scene);
  await list(scene.page).link(name).click();
  await pane(scene.page).heading(name).waitFor();
}
async function editing(scene) {
  await settled(scene);
  await until("may edit", async () => !(await standing(list(scene.page).edit(OWNED))).disabled);
  await list(scene.page).edit(OWNED).click();
  await form(scene.page).name.waitFor();
}

/** Changes a workspace as somebody else would. */
async function elsewhere({ server }, called, change) {
  const { id } = (await server.workspaces()).find(({ name }) => name === called);
  await server.api("owner", "PATCH", `/workspaces/${id}`, change);
}
async function merging(scene) {
  await editing(scene);
  await form(scene.page).name.fill("What I typed");
  await form(scene.page).description.fill("A longer text of mine, in which there is\nmore than one line.");
  await elsewhere(scene, OWNED, { name: "Somebody else's" });
  await form(scene.page).save.click();
  await merge(scene.page).heading.waitFor();
}

/**
 * name → how to get there. `person` (owner unless said; null is nobody), `accounts` in its place, `at`, `settings`,
 * `workspaces` and `faults` (in force before the page is opened) are a journey's; `reach` gets page, server and guard.
 */
export const STATES = {
  "sign-in": { person: null, reach: ({ page }) => page.goto("/").then(() => page.getByLabel("Access token").waitFor()) },
  "sign-in-problem": {
    person: null,
    reach: async ({ page }) => {
      await page.goto("/sign-in/callback?code=x&state=y");
      await answered(page, "This sign-in was not started here");
    },
  },
  "loading": {
    faults: [{ ...LIST, delay_ms: 20_000 }],
    reach: ({ page }) => until("loading", async () => (await list(page).table.getAttribute("aria-busy")) === "true"),
  },
  "loading-slow": { faults: [{ ...LIST, delay_ms: 20_000 }], reach: ({ page }) => answered(page, "Waiting for the service to send the list.") },
  "loading-long": { slow: true, faults: [{ ...LIST, delay_ms: 20_000 }], reach: ({ page }) => answered(page, "The service has not sent the list yet.") },
  "roles-pending": { faults: [{ ...MEMBERS, delay_ms: 20_000 }], reach: ({ page }) => list(page).ready() },
  "list": { reach: settled },
  "list-filtered": { at: "/workspaces?q=e&state=all&role=owner&billing=pooled&sort=-updated", reach: settled },
  "list-nothing-matches": { at: "/workspaces?q=no+such+thing", reach: ({ page }) => answered(page, "No workspace fits") },
  "list-no-workspaces": { person: "outsider", reach: ({ page }) => answered(page, "This account is a member of no workspace.") },
  "list-all-archived": { faults: [holding(one(true))], reach: ({ page }) => answered(page, "All workspaces of this account are archived.") },
  "list-none-archived": { at: "/workspaces?state=archived", faults: [holding(one(false))], reach: ({ page }) => answered(page, "Nothing has been archived") },
  "list-cut": { settings: ["list_has_more=true"], reach: async (scene) => { await settled(scene); await answered(scene.page, "The service sent only part of the list"); } },
  "list-failed": { faults: [{ ...LIST, ...FAILED }], reach: ({ page }) => answered(page, "The list could not be loaded") },
  "list-banner": {
    reach: async (scene) => {
      await settled(scene);
      await scene.server.faults({ ...LIST, ...FAILED });
      await list(scene.page).reload.click();
      await answered(scene.page, "The list could not be loaded");
    },
  },
  "workspace": { reach: async (scene) => { await opened(scene, SUBSCRIBED); await answered(scene.page, /reads, edits.* and archives/); } },
  "workspace-members": {
    reach: async (scene) => {
      await opened(scene, SUBSCRIBED);
      await pane(scene.page).tab("Members").click();
      await scene.page.getByRole("table", { name: "Members" }).waitFor();
    },
  },
  "workspace-gone": { at: "/workspaces/altostrat/ws_0000000000000000", reach: ({ page }) => answered(page, "Workspace not found") },
  "workspace-archived": { at: "/workspaces?state=archived", reach: (scene) => opened(scene, "Sunset Arcades") },
  "workspace-viewer": {
    person: "viewer",
    reach: async (scene) => {
      await opened(scene, BOOKS);
      await pane(scene.page).edit(BOOKS).focus();
      await scene.page.getByRole("status").filter({ hasText: "Editing takes the role" }).first().waitFor();
    },
  },
  "edit": { reach: editing },
  "edit-viewer": {
    person: "viewer",
    reach: async (scene) => {
      const { id } = (await scene.server.workspaces("owner")).find(({ name }) => name === BOOKS);
      await settled(scene);
      await scene.page.evaluate((to) => { history.pushState(null, "", to); dispatchEvent(new PopStateEvent("popstate")); }, `/workspaces/altostrat/${id}/edit`);
      await answered(scene.page, "You can read and copy this, not change it");
    },
  },
  "edit-errors": {
    reach: async (scene) => {
      await editing(scene);
      await form(scene.page).name.fill(" ");
      await form(scene.page).description.fill("Every letter counts. ".repeat(11));
      await form(scene.page).save.click();
      await answered(scene.page, "Check these fields");
    },
  },
  "edit-refused": {
    reach: async (scene) => {
      await editing(scene);
      await scene.server.faults({ method: "PATCH", ...FAILED });
      await form(scene.page).name.fill("A name it will not take");
      await form(scene.page).save.click();
      await answered(scene.page, "The changes were not saved");
    },
  },
  "edit-discard": {
    reach: async (scene) => {
      await editing(scene);
      await form(scene.page).name.fill("Half a thought");
      await form(scene.page).discard.click();
      await scene.page.getByRole("dialog", { name: "Discard your changes?" }).waitFor();
    },
  },
  "edit-moved": {
    reach: async (scene) => {
      await editing(scene);
      await form(scene.page).name.fill("What I typed");
      await elsewhere(scene, OWNED, { name: "Somebody else's", description: "Theirs" });
      await scene.page.evaluate(() => dispatchEvent(new Event("focus")));
      await answered(scene.page, "Somebody else changed this workspace");
    },
  },
  "edit-merge": { reach: merging },
  "edit-merge-again": {
    reach: async (scene) => {
      await merging(scene);
      await merge(scene.page).radio("Keep mine: Name").check();
      await elsewhere(scene, "Somebody else's", { description: "Theirs once more" });
      await form(scene.page).save.click();
      await answered(scene.page, "It changed again while you chose");
    },
  },
  "edit-archived": {
    reach: async (scene) => {
      await editing(scene);
      await form(scene.page).name.fill("Hours of thought");
      const { id } = (await scene.server.workspaces()).find(({ name }) => name === OWNED);
      await scene.server.api("owner", "DELETE", `/workspaces/${id}`);
      await form(scene.page).save.click();
      await answered(scene.page, "What you typed has not been lost");
    },
  },
  "edit-gone": {
    reach: async (scene) => {
      await editing(scene);
      await form(scene.page).name.fill("Hours of thought");
      const { id } = (await scene.server.workspaces()).find(({ name }) => name === OWNED);
      await scene.server.faults({ method: "GET", path: `/workspaces/${id}`, action: { status: 404 } });
      await form(scene.page).save.click();
      await answered(scene.page, "This workspace is not there any more");
    },
  },
  "archive": { reach: (scene) => settled(scene).then(() => dialog(scene, OWNED)) },
  "archive-sending": {
    reach: async (scene) => {
      await settled(scene);
      await scene.server.faults({ method: "DELETE", delay_ms: 15_000 });
      const { confirm } = await dialog(scene, OWNED);
      await confirm.click();
      await until("sending", async () => (await standing(confirm)).busy);
    },
  },
  "archive-409": {
    reach: async (scene) => {
      await settled(scene);
      await scene.server.faults(UNSEEN);
      const { confirm, heading } = await dialog(scene, SUBSCRIBED);
      await confirm.click();
      await heading.filter({ hasText: "must end first" }).waitFor();
    },
  },
  "archive-checking": {
    reach: async (scene) => {
      await settled(scene);
      await scene.server.faults({ method: "GET", path: "/workspaces/*/organizations", delay_ms: 15_000 });
      await dialog(scene, OWNED);
      await answered(scene.page, "The service takes long to answer.");
    },
  },
  "copy-refused": {
    reach: async (scene) => {
      await opened(scene, BOOKS);
      await scene.page.evaluate(() => {
        navigator.clipboard.writeText = () => Promise.reject(new DOMException("Write permission denied.", "NotAllowedError"));
      });
      await pane(scene.page).part.getByRole("button", { name: "Copy id" }).click();
      await answered(scene.page, "Not copied");
    },
  },
  "archive-unknown": {
    reach: async (scene) => {
      await settled(scene);
      await scene.server.faults({ method: "GET", path: "/workspaces/*/organizations", ...FAILED });
      const { heading } = await dialog(scene, OWNED);
      await heading.filter({ hasText: "Not everything could be checked" }).waitFor();
    },
  },
  "archive-blocked": {
    reach: async (scene) => {
      await settled(scene);
      const { heading } = await dialog(scene, SUBSCRIBED);
      await heading.filter({ hasText: "3 active subscriptions must end first" }).waitFor();
    },
  },
  "archive-usage": {
    reach: async (scene) => {
      await settled(scene);
      const { heading } = await dialog(scene, "Saltmarsh Schools");
      await heading.filter({ hasText: "1 organization is still in use" }).waitFor();
    },
  },
  "archive-cancel": {
    reach: async (scene) => {
      await STATES["archive-blocked"].reach(scene);
      const { rows } = archiveDialog(scene.page, SUBSCRIBED);
      await rows.first().getByRole("button", { name: "Cancel subscription" }).click();
      await rows.first().getByRole("button", { name: "Keep subscription" }).waitFor();
    },
  },
  "archive-cancel-refused": {
    reach: async (scene) => {
      await STATES["archive-cancel"].reach(scene);
      const message = "Cancelling would leave fewer seats than are in use.";
      await scene.server.faults({ method: "DELETE", action: { status: 409, body: { type: "conflict_error", code: "cancellation_would_underprovision", message } } });
      const { rows } = archiveDialog(scene.page, SUBSCRIBED);
      await rows.first().getByRole("button", { name: "Cancel subscription" }).click();
      await answered(scene.page, message);
    },
  },
  "archive-cancelled": {
    reach: async (scene) => {
      await STATES["archive-cancel"].reach(scene);
      const { rows } = archiveDialog(scene.page, SUBSCRIBED);
      await rows.first().getByRole("button", { name: "Cancel subscription" }).click();
      await rows.first().getByText(/Altostrat does not show the cancellation/).waitFor();
    },
  },
  "archive-states": {
    workspaces: 40,
    reach: async (scene) => {
      await settled(scene);
      const { heading } = await dialog(scene, "Eastgate Schools");
      await heading.filter({ hasText: "6 subscriptions and 1 organization stand in the way" }).waitFor();
    },
  },
  "archive-partly": {
    settings: ["cancel_ends=now"],
    reach: async (scene) => {
      await STATES["archive-cancel"].reach(scene);
      const { rows, heading } = archiveDialog(scene.page, SUBSCRIBED);
      await rows.first().getByRole("button", { name: "Cancel subscription" }).click();
      await heading.filter({ hasText: "2 active subscriptions must end first" }).waitFor();
    },
  },
  "archive-ready": {
    settings: ["cancel_ends=now"],
    reach: async (scene) => {
      await settled(scene);
      const { rows, heading } = await dialog(scene, "Ridgeway Clinics");
      for (let press = 0; press < 2; press += 1) await rows.first().getByRole("button", { name: "Cancel subscription" }).click();
      await heading.filter({ hasText: "Ready: Ridgeway Clinics can be archived" }).waitFor();
    },
  },
  "archived": {
    reach: async (scene) => {
      await settled(scene);
      const { confirm } = await dialog(scene, OWNED);
      await confirm.click();
      await answered(scene.page, `${OWNED} is archived.`);
    },
  },
  "session-ended": {
    reach: async (scene) => {
      await settled(scene);
      await scene.server.faults({ ...LIST, action: { status: 401 } });
      await list(scene.page).reload.click();
      await scene.page.getByRole("alert").filter({ hasText: "Session ended" }).waitFor();
    },
  },
  "activity-empty": { reach: async ({ page }) => { await menu(page, "Activity").click(); await answered(page, "No activity yet"); } },
  "activity": {
    reach: async (scene) => {
      await STATES["archive-409"].reach(scene);
      await scene.page.getByRole("button", { name: "Keep workspace" }).click();
      await menu(scene.page, "Activity").click();
      await scene.page.getByRole("table", { name: "Activity" }).waitFor();
    },
  },
  "accounts": { reach: async ({ page }) => { await menu(page, "Accounts").click(); await answered(page, "Olivia Okafor"); } },
  "settings": { reach: async ({ page }) => { await menu(page, "Settings").click(); await page.getByRole("group", { name: "Appearance" }).waitFor(); } },
  "shortcuts": {
    reach: async (scene) => {
      await settled(scene);
      await scene.page.keyboard.press("?");
      await scene.page.getByRole("dialog", { name: "Keyboard shortcuts" }).waitFor();
    },
  },
  "unknown-page": { at: "/settings", keep: true, reach: async ({ page }) => { await page.goto("/nowhere"); await page.getByRole("heading", { name: "Page not found", level: 1 }).waitFor(); } },
  "stopped": {
    reach: async (scene) => {
      await settled(scene);
      await scene.page.evaluate(() => globalThis.steward.stopped("app.rs:1"));
      await answered(scene.page, "The page stopped.");
    },
  },
  "large": { workspaces: 10_000, reach: settled },
  ...SEVERAL,
  ...SESSIONS,
  ...SLOW,
  ...BULK,
  ...UNDO,
};

/** What states provoke on purpose. */
export function allowProvoked(guard) {
  guard.allowStatus(400, 401, 403, 404, 409, 429, 500);
  guard.allow("Failed to execute 'compile' on 'WebAssembly'");
}

/** A journey's options for a state, at a server with so many workspaces unless the state is about their number. */
export function optionsOf(state, usual = 40) {
  const { accounts, person = accounts ? null : "owner", at, settings, workspaces = usual, keep, faults, people = [] } = state;
  return {
    person: person ?? undefined, accounts, at, settings, workspaces, keep, people: ["owner", ...people],
    prepare: async ({ server, guard }) => {
      allowProvoked(guard);
      if (faults) await server.faults(...faults);
    },
  };
}
