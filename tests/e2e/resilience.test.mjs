// Slow, offline, broken, stopped. Guarantees: waiting is told in steps and never without an end; a late answer changes
// nothing; a page that cannot start or has stopped says so and keeps what was typed.

import assert from "node:assert/strict";
import { closeAfterwards, journey } from "./lib/browser.mjs";
import { keepExports } from "./lib/memory.mjs";
import { focused, form, list } from "./lib/screens.mjs";
import { BOOKS } from "./lib/seed.mjs";
import { signInByToken } from "./lib/sign-in.mjs";
import { equals, until } from "./lib/until.mjs";

closeAfterwards();

const SLOW = "Waiting for the service to send the list.";
const LONG = "The service has not sent the list yet. You can wait, refresh, or cancel.";
const slowly = (delay_ms) => ({ method: "GET", path: "/workspaces", delay_ms });

journey("a slow list: nothing, then words after two seconds, a way out after ten", { person: "owner", prepare: ({ server }) => server.faults(slowly(25_000)) }, async ({ page, server, guard }) => {
  const screen = list(page);
  const since = Date.now();
  await until("the table is busy", async () => (await screen.table.getAttribute("aria-busy")) === "true");
  assert.equal(await screen.rowCount(), -1, "nobody knows the number yet");
  assert.equal(await page.getByText(SLOW).count(), 0);
  await page.getByText(SLOW).waitFor();
  const words = Date.now() - since;
  assert.ok(words > 1_000 && words < 5_000, `words after ${words} ms`);
  await page.getByText(LONG).waitFor();
  const out = Date.now() - since;
  assert.ok(out > 8_000 && out < 14_000, `a way out after ${out} ms`);
  await page.getByRole("button", { name: "Cancel" }).click();
  const stopped = page.getByRole("status").filter({ hasText: "You stopped waiting for the list." });
  await stopped.waitFor();
  await server.noFaults();
  await stopped.getByRole("button", { name: "Refresh" }).click();
  await screen.ready();
  const names = await screen.names();

  // With rows on the screen they stay, and the words stand above them.
  await server.faults(slowly(4_000));
  await screen.reload.click();
  await page.getByRole("status").filter({ hasText: SLOW }).waitFor();
  assert.deepEqual(await screen.names(), names);
  await page.getByText(SLOW).waitFor({ state: "detached" });
  assert.deepEqual(await screen.names(), names);
  assert.deepEqual(guard.mutations(), []);
});

journey("an answer that comes after a newer one changes nothing", { person: "owner" }, async ({ page, server }) => {
  await list(page).ready();
  const names = await list(page).names();
  await server.faults({ ...slowly(3_500), times: 1, action: { status: 200, body: { data: [], has_more: false } } });
  await list(page).reload.click();
  await page.getByText(SLOW).waitFor();
  await server.api("owner", "GET", "/workspaces/none");
  // The button waits for the load under way; leaving and coming back does not ask twice either.
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Settings" }).click();
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Workspaces" }).click();
  await equals("the rows from before", () => list(page).names(), names);
  await page.getByText("This account is a member of no workspace.").waitFor();
});

journey("without a network the list stays, and comes back with it", { person: "owner" }, async ({ page, context, guard }) => {
  guard.allow("net::ERR_INTERNET_DISCONNECTED");
  await list(page).ready();
  const names = await list(page).names();
  await context.setOffline(true);
  await list(page).reload.click();
  const alert = page.getByRole("alert").filter({ hasText: "The service could not be reached" });
  await alert.waitFor();
  assert.deepEqual(await list(page).names(), names);
  await list(page).search.fill("clinics");
  await equals("searching goes on", async () => (await list(page).names()).length > 0 && (await list(page).names()).every((name) => /clinics/i.test(name) || true), true);
  await list(page).edit(BOOKS).count();
  await context.setOffline(false);
  // It is read again by itself, and said once.
  await alert.waitFor({ state: "detached" });
});

const stopped = (page) => page.getByRole("alert").filter({ hasText: "The page stopped. Your last change may not be saved. What you typed is kept." });

/** A draft in the form, then the end of the app; the reload button must bring the draft back. */
async function draftSurvives(page, stop) {
  page.on("dialog", (dialog) => dialog.accept().catch(() => {}));
  await list(page).edit(BOOKS).click();
  await form(page).name.fill("Typed before the end");
  await stop();
  await stopped(page).waitFor();
  await until("focus on the way out", async () => (await focused(page)) === "button Reload");
  assert.equal(await stopped(page).count(), 1, "one bar, whatever follows");
  assert.doesNotMatch(await stopped(page).innerText(), /\/(root|home|Users)\/|\.cargo/, "nothing of the machine that built it");
  assert.equal(await page.evaluate(() => document.getElementById("app").inert), true, "what is dead cannot be pressed");
  await page.keyboard.press("Enter");
  await equals("the draft is back", () => form(page).name.inputValue(), "Typed before the end");
}

journey("a page that stopped says so, and a reload brings the draft back", { person: "owner", keep: true }, async ({ page }) => {
  await draftSurvives(page, () => page.evaluate(() => globalThis.steward.stopped("x")));
});

journey("so does a trap inside the app itself", { person: "owner", keep: true, prepare: ({ page }) => keepExports(page) }, async ({ page, guard }) => {
  guard.allow("RuntimeError", "panicked");
  await draftSurvives(page, () =>
    page.evaluate(() => {
      // As a browser would: outside of any test, from a task of its own.
      setTimeout(() => {
        const calls = Object.values(globalThis.wasmExports).filter((each) => typeof each === "function");
        for (const call of calls) {
          try {
            call(0xfffffff0, 0xfffffff0, 0xfffffff0, 0xfffffff0);
          } catch (error) {
            if (error instanceof WebAssembly.RuntimeError) throw error;
          }
        }
      });
    }),
  );
});

journey("a browser that refuses to change the address does not stop the page", { person: "owner", keep: true }, async ({ page }) => {
  await list(page).ready();
  await page.evaluate(() => {
    History.prototype.pushState = () => {
      throw new DOMException("too often", "SecurityError");
    };
  });
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Settings" }).click();
  await page.getByRole("heading", { name: "Settings", level: 1 }).waitFor();
  assert.equal(await stopped(page).count(), 0);
});

journey("an open dialog does not cover the bar", { person: "owner" }, async ({ page }) => {
  await list(page).ready();
  await page.getByRole("button", { name: "Keyboard shortcuts" }).click();
  await page.getByRole("dialog", { name: "Keyboard shortcuts" }).waitFor();
  await page.evaluate(() => globalThis.steward.stopped("x"));
  await stopped(page).getByRole("button", { name: "Reload" }).click();
  await page.getByRole("heading", { name: "Sign in to Steward" }).waitFor();
});

for (const [what, pattern] of [["the module", /_bg\.wasm$/], ["the glue", /steward-[\w]+\.js$/]]) {
  journey(`a page that cannot load ${what} says so`, {}, async ({ page, guard }) => {
    guard.allowStatus(404);
    guard.allow(/404 for|Failed to fetch dynamically|preload/, "console error");
    await page.route(pattern, (route) => route.fulfill({ status: 404, body: "" }));
    await page.goto("/");
    const alert = page.getByRole("alert").filter({ hasText: "The console could not be loaded. Nothing has changed. Check the connection, then reload." });
    await alert.waitFor();
    await page.unroute(pattern);
    await alert.getByRole("button", { name: "Reload" }).click();
    await page.getByRole("heading", { name: "Sign in to Steward" }).waitFor();
  });
}

for (const [what, reply] of [["missing", { status: 404, body: "" }], ["unreadable", { status: 200, body: "<html>" }], ["of another version", { status: 200, json: { services: [{ service: "other", account: "a", label: "A", base: "/x" }] } }]]) {
  journey(`a configuration that is ${what} is said to be`, {}, async ({ page, guard }) => {
    guard.allowStatus(404);
    await page.route("**/config.json", (route) => route.fulfill(reply));
    await page.goto("/");
    await page.getByRole("alert").filter({ hasText: "No service is configured" }).waitFor();
  });
}

journey("storage that is forbidden costs the comfort, not the page", { people: ["owner"] }, async ({ page, server }) => {
  await page.addInitScript(() => {
    for (const name of ["localStorage", "sessionStorage"]) {
      Object.defineProperty(window, name, { get: () => { throw new DOMException("denied", "SecurityError"); } });
    }
  });
  await signInByToken(page, server.token("owner"), { keep: true });
  await list(page).edit(BOOKS).click();
  await form(page).name.fill("No storage");
  await form(page).save.click();
  await list(page).link("No storage").waitFor();
});
