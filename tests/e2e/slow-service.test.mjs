// Slow and offline. Guarantees: a page that is opened again while its service stalls, or cannot be reached,
// shows the last list with its age and a way out; what is kept of it stays in this tab, has no credential and leaves
// with the session; a pause is counted down and nothing is written by itself.

import assert from "node:assert/strict";
import { closeAfterwards, journey } from "./lib/browser.mjs";
import { form, list, standing } from "./lib/screens.mjs";
import { BOOKS } from "./lib/seed.mjs";
import { equals, until } from "./lib/until.mjs";

closeAfterwards();

const LIST = { method: "GET", path: "/workspaces" };
const KEY = "steward.list/altostrat";
/** Its only page: this service has no more. */
const PAGE = `${KEY}#0`;
const KEPT = { person: "owner", keep: true };

const stored = (page, key = KEY) => page.evaluate((key) => sessionStorage.getItem(key), key);
const isKept = (page) => until("the list is kept", async () => (await stored(page)) !== null);
const note = (page, words) => page.locator("[role=status], [role=alert]").filter({ hasText: words }).last();
const FROM = "What you see is from ";

journey("a service that stalls for 30 seconds after a reload: the last list with its age, and a way out by 10 s", KEPT, async ({ page, server, guard }) => {
  guard.allow("net::ERR_ABORTED");
  const screen = list(page);
  await screen.ready();
  const names = await screen.names();
  await isKept(page);
  await server.faults({ ...LIST, delay_ms: 30_000 });
  const since = Date.now();
  await page.reload();
  await until("the table is busy", async () => (await screen.table.getAttribute("aria-busy")) === "true");
  assert.equal(await screen.links.count(), 0, "an old list does not flash up where a new one may come");
  await screen.ready();
  const rows = Date.now() - since;
  assert.ok(rows > 1_500 && rows < 6_000, `rows after ${rows} ms`);
  assert.deepEqual(await screen.names(), names);
  const said = note(page, "Loading workspaces");
  await said.filter({ hasText: FROM }).waitFor();
  await until("nothing is known of my role", async () => (await standing(screen.edit(names[0]))).disabled);
  const late = note(page, "The service has not sent the list yet.");
  await late.waitFor();
  assert.ok(Date.now() - since < 14_000, "a way out by 10 s");
  await late.filter({ hasText: FROM }).waitFor();
  await late.getByRole("button", { name: "Cancel" }).click();
  const stopped = note(page, "You stopped waiting for the list.");
  await stopped.filter({ hasText: FROM }).waitFor();
  assert.deepEqual(await screen.names(), names);
  await server.noFaults();
  await stopped.getByRole("button", { name: "Refresh" }).click();
  await page.getByText(FROM).waitFor({ state: "detached" });
  assert.deepEqual(await screen.names(), names);
  await until("the role is known", async () => !(await standing(screen.edit(BOOKS))).disabled);
  assert.deepEqual(guard.mutations(), []);
});

journey("a service that cannot be reached after a reload: search and export go on, changes are explained", KEPT, async ({ page, server, context, guard }) => {
  guard.allowBroken();
  guard.allow("net::ERR_INTERNET_DISCONNECTED");
  const screen = list(page);
  await screen.ready();
  const names = await screen.names();
  await isKept(page);
  await server.faults({ dialect: "altostrat", drop_before: true });
  await page.reload();
  const failed = note(page, "The service could not be reached");
  await failed.waitFor();
  await equals("the rows from before", () => screen.names(), names);
  await page.getByText(FROM).waitFor();
  await context.setOffline(true);
  await note(page, "There is no network.").waitFor();
  await until("the way to edit waits", async () => (await standing(screen.edit(BOOKS))).disabled);
  await screen.edit(BOOKS).hover();
  await page.getByText("This can be done when it is back").first().waitFor();
  await screen.search.fill(BOOKS);
  await equals("what is searched for", () => screen.names(), [BOOKS]);
  await page.getByRole("button", { name: "Export", exact: true }).click();
  await page.getByRole("dialog").getByRole("heading").first().waitFor();
  await page.keyboard.press("Escape");
  await screen.search.fill("");
  await server.noFaults();
  await context.setOffline(false);
  await page.getByText(FROM).waitFor({ state: "detached" });
  await until("the way to edit is back", async () => !(await standing(screen.edit(BOOKS))).disabled);
  assert.deepEqual(guard.mutations(), []);
});

journey("what is kept of a list has no token, and leaves with the session", KEPT, async ({ page, server }) => {
  await list(page).ready();
  await isKept(page);
  const text = await stored(page, PAGE);
  assert.ok(text.includes(BOOKS) && !text.includes(server.token("owner")));
  assert.doesNotMatch(text + (await stored(page)), /eyJ[\w-]+\.|Bearer|refresh/, "no credential");
  assert.ok(!JSON.stringify(await page.evaluate(() => ({ ...localStorage }))).includes(BOOKS));
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Accounts" }).click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.getByRole("heading", { name: "Sign in to Steward" }).waitFor();
  assert.deepEqual([await stored(page), await stored(page, PAGE)], [null, null]);
});

journey("who did not ask to be kept signed in has no list kept", { person: "owner" }, async ({ page }) => {
  await list(page).ready();
  await until("roles are known", async () => !(await standing(list(page).edit(BOOKS))).disabled);
  await page.waitForFunction(() => new Promise((done) => requestIdleCallback(() => done(true))));
  assert.deepEqual(await page.evaluate(() => Object.keys(sessionStorage).filter((key) => key.startsWith("steward.list"))), []);
});

journey("10,000 rows are kept, without holding the page up", { ...KEPT, workspaces: 10_000, prepare: ({ page }) => page.addInitScript(() => {
  globalThis.writes = [];
  const now = () => Math.round(performance.now());
  const write = Storage.prototype.setItem;
  Storage.prototype.setItem = function (key, value) {
    const begun = now();
    try {
      return write.call(this, key, value);
    } finally {
      if (key.startsWith("steward.list/")) globalThis.writes.push([begun, now() - begun]);
    }
  };
  globalThis.long = [];
  new PerformanceObserver((all) => globalThis.long.push(...all.getEntries().map(({ startTime, duration }) => [Math.round(startTime), Math.round(duration)]))).observe({ type: "longtask" });
}) }, async ({ page, server, guard }) => {
  guard.allow("net::ERR_ABORTED");
  const screen = list(page);
  await screen.ready();
  await isKept(page);
  // What was slow is told after it.
  await page.evaluate(() => new Promise((done) => requestIdleCallback(() => setTimeout(() => requestIdleCallback(done)))));
  const { length } = await stored(page, PAGE);
  const times = await page.evaluate(() => ({ written: globalThis.writes, slow: globalThis.long }));
  console.log(`kept: ${length} characters; in ms: ${JSON.stringify(times)}`);
  assert.ok(length > 1_000_000);
  const count = await screen.rowCount();
  await server.faults({ ...LIST, delay_ms: 30_000 });
  await page.reload();
  await screen.ready();
  await equals("as many as before", () => screen.rowCount(), count);
  await page.getByText(FROM).waitFor();
  await page.evaluate(() => new Promise((done) => requestIdleCallback(() => setTimeout(() => requestIdleCallback(done)))));
  console.log(`read back; in ms: ${JSON.stringify(await page.evaluate(() => globalThis.long))}`);
});

journey("a pause is counted down, and the list is read again by itself when it is over", KEPT, async ({ page, server, guard }) => {
  guard.allowStatus(503);
  const screen = list(page);
  await screen.ready();
  await server.faults({ ...LIST, times: 1, action: { status: 503, headers: { "retry-after": "6" } } });
  await screen.reload.click();
  const timer = page.getByRole("timer");
  await timer.filter({ hasText: /pause: [56] seconds left/ }).waitFor();
  await timer.filter({ hasText: /pause: [23] seconds left/ }).waitFor();
  await timer.waitFor({ state: "detached" });
  await screen.ready();
});

journey("a save that is refused for a pause waits for its person when the pause is over", { person: "owner" }, async ({ page, server, guard }) => {
  guard.allowStatus(429);
  await list(page).edit(BOOKS).click();
  await form(page).name.fill("After the pause");
  await server.faults({ method: "PATCH", path: "/workspaces/*", times: 1, action: { status: 429, headers: { "retry-after": "4" } } });
  await form(page).save.click();
  const alert = page.getByRole("alert").filter({ hasText: "The changes were not saved" });
  await alert.getByRole("timer").filter({ hasText: /pause: \d seconds? left/ }).waitFor();
  await until("saving waits", async () => (await standing(form(page).save)).disabled);
  await until("saving is offered again", async () => !(await standing(form(page).save)).disabled);
  assert.equal(guard.mutations().length, 1, "never by itself");
  await form(page).save.click();
  await list(page).link("After the pause").waitFor();
  assert.equal(guard.mutations().length, 2);
});
