// One account's trouble is its own. Guarantees: while one service fails, stalls, sends page by page or asks for a pause,
// the others are read, searched, opened, edited and archived as ever; what is missing is told by its account's name.

import assert from "node:assert/strict";
import { closeAfterwards, journey } from "./lib/browser.mjs";
import { accounts, archiveDialog, form, list, menu, pane, standing } from "./lib/screens.mjs";
import { FOUR, OWNED } from "./lib/seed.mjs";
import { holding, holdings, onList } from "./lib/services.mjs";
import { equals, until } from "./lib/until.mjs";

closeAfterwards();

const FAILED = { action: { status: 500, body: { type: "error", error: { type: "api_error", message: "Internal server error" } } } };
const STALL_MS = 30_000;

/** Keeps when each list's reply was there and when its first row was drawn, by the page's own clock. */
const keepTimes = (page) =>
  page.addInitScript(() => {
    globalThis.drawn = {};
    new MutationObserver(() => {
      for (const link of document.querySelectorAll("table tbody a[href]")) {
        const [, , account] = link.getAttribute("href").split("/");
        globalThis.drawn[account] ??= performance.now();
      }
    }).observe(document, { subtree: true, childList: true });
  });

/** Milliseconds from the end of the list's reply to its first row. */
const tookToDraw = (page, account, path) =>
  page.evaluate(([account, path]) => {
    const reply = performance.getEntriesByType("resource").find(({ name }) => new URL(name).pathname === path);
    // A reply that was there before the app has to wait for the app, which is the app's to load and not the account's.
    const from = Math.max(reply.responseEnd, globalThis.started ?? 0);
    return globalThis.drawn[account] - from;
  }, [account, path]);

/** Milliseconds that pass in the page until a condition there holds, counted from an act there. */
const within = async (page, act, what, look, most = 1_000) => {
  const before = await page.evaluate(() => performance.now());
  await act();
  await until(what, look);
  const took = (await page.evaluate(() => performance.now())) - before;
  assert.ok(took < most, `${what}: ${Math.round(took)} ms`);
};

journey("one account failing and one stalled: the others are usable within a second", {
  accounts: FOUR,
  prepare: async ({ server, page, guard }) => {
    guard.allowStatus(500);
    await keepTimes(page);
    await server.faults(onList("anthropic", FAILED), onList("openai", { delay_ms: STALL_MS }));
  },
}, async ({ page, server, guard }) => {
  const screen = list(page);
  const mine = await holding(server, "altostrat/owner", OWNED);
  const theirs = await holding(server, "flashback/owner", OWNED);
  await until("rows of both", () => page.evaluate(() => globalThis.drawn.altostrat && globalThis.drawn.flashback));
  for (const [account, path] of [["altostrat", "/api/altostrat/workspaces"], ["flashback", "/api/flashback/workspace"]]) {
    const took = await tookToDraw(page, account, path);
    assert.ok(took < 1_000, `${account}: ${Math.round(took)} ms from its reply to its rows`);
  }
  const ready = (await holdings(server, "altostrat/owner")).filter(({ archived }) => !archived).length + (await holdings(server, "flashback/owner")).length;
  await equals("every row of the two", () => screen.rowCount(), ready + 1);

  await within(page, () => screen.search.fill("long read"), "filtered", async () => (await screen.rowCount()) === 3);
  await within(page, () => screen.linkOf(mine.id).click(), "opened", () => pane(page).heading(OWNED).isVisible());
  await within(page, () => pane(page).close.click(), "closed", async () => (await pane(page).part.count()) === 0);
  await until("may archive", async () => !(await standing(screen.archiveOf(theirs.id))).disabled);
  await within(page, () => screen.archiveOf(theirs.id).click(), "the dialog", () => archiveDialog(page, OWNED).field.isVisible());
  const { dialog, field, keep } = archiveDialog(page, OWNED);
  assert.ok((await dialog.innerText()).includes(theirs.id));
  await within(page, () => field.fill(OWNED), "ready to be archived", async () => !(await standing(archiveDialog(page, OWNED).confirm)).disabled);
  await keep.click();

  // One that stalls keeps nobody from asking the others again.
  assert.equal((await standing(screen.reload)).disabled, false, "Refresh can be used");
  const asked = () => guard.sent("GET", /^\/api\/(altostrat\/workspaces|flashback\/workspace)$/).length;
  const before = asked();
  await screen.reload.click();
  await equals("both are asked again", asked, before + 2);
  assert.equal(guard.sent("GET", /^\/api\/openai\/v1\/organization\/projects$/).length, 1, "the one that stalls is not asked twice");

  // Each trouble is told by its account's name, and only there.
  const failed = page.getByRole("region", { name: "Anthropic", exact: true });
  await failed.getByRole("alert").filter({ hasText: "The list could not be loaded" }).filter({ hasText: "The service failed." }).waitFor();
  await page.getByText("OpenAI: The service has not sent the list yet. You can wait, refresh, or cancel.").waitFor();
  assert.equal(await page.getByRole("region", { name: /^(Altostrat|Flashback|OpenAI)$/ }).count(), 0);
  await menu(page, "Accounts").click();
  for (const [label, health] of [["Altostrat", "Connected"], ["Anthropic", "Could not be loaded"], ["Flashback", "Connected"], ["OpenAI", "Not answering"]]) {
    await until(`${label} is ${health}`, async () => (await accounts(page).card(label).innerText()).includes(health));
  }
  await menu(page, "Workspaces").click();
  await screen.search.fill("");
  await server.noFaults();
  await failed.getByRole("button", { name: "Refresh" }).click();
  await failed.waitFor({ state: "detached" });
  const anthropic = (await holdings(server, "anthropic/owner")).filter(({ archived }) => !archived).length;
  await equals("its rows have joined", () => screen.rowCount(), ready + anthropic + 1);
  await page.getByRole("alert").filter({ hasText: "OpenAI: The service has not sent" }).getByRole("button", { name: "Cancel" }).click();
  await page.getByRole("status").filter({ hasText: "OpenAI: Not loaded" }).getByRole("button", { name: "Refresh" }).click();
  const openai = (await holdings(server, "openai/owner")).filter(({ archived }) => !archived).length;
  await equals("and the last one's", () => screen.rowCount(), ready + anthropic + openai + 1);
  assert.deepEqual(guard.mutations(), []);
});

journey("a list that comes in pages is shown at the first one, and says that more is coming", {
  accounts: ["altostrat/owner", "openai/owner"], workspaces: 300, at: "/workspaces?state=all",
  prepare: async ({ page }) => {
    await page.route("**/api/openai/v1/organization/projects?*after=*", async (route) => {
      await new Promise((resolve) => (globalThis.goOn = resolve));
      await route.continue().catch(() => {});
    });
  },
}, async ({ page, server }) => {
  const all = await holdings(server, "openai/owner");
  await page.getByRole("status").filter({ hasText: "OpenAI: 100 loaded, still loading" }).first().waitFor();
  await equals("its first page is there", () => list(page).rowCount(), 300 + 100 + 1);
  await list(page).search.fill(all[0].id);
  await list(page).linkOf(all[0].id).waitFor();
  await list(page).search.fill("");
  for (let asked = 0; asked < 3; asked += 1) {
    await until("the next page is asked for", () => globalThis.goOn);
    const goOn = globalThis.goOn;
    globalThis.goOn = undefined;
    goOn();
  }
  await equals("all of them", () => list(page).rowCount(), 300 + all.length + 1);
  await page.getByText("still loading").waitFor({ state: "detached" });
});

journey("a page that fails in the middle keeps what has come, and going on asks for the rest alone", {
  accounts: ["altostrat/owner", "openai/owner"], workspaces: 300, at: "/workspaces?state=all",
  prepare: async ({ page, guard }) => {
    guard.allowStatus(503);
    await page.route("**/api/openai/v1/organization/projects?*after=*", (route) => route.fulfill({ status: 503, json: { error: { message: "Not now.", type: "invalid_request_error", param: null, code: null } } }));
  },
}, async ({ page, server, guard }) => {
  const all = await holdings(server, "openai/owner");
  const part = page.getByRole("region", { name: "OpenAI", exact: true });
  await part.getByText("OpenAI: 100 loaded").waitFor();
  await part.getByRole("alert").filter({ hasText: "Not now." }).waitFor();
  await equals("what has come stays", () => list(page).rowCount(), 300 + 100 + 1);
  await page.unroute("**/api/openai/v1/organization/projects?*after=*");
  const asked = () => guard.sent("GET", /\/projects$/).map(({ url }) => new URL(url).searchParams.get("after"));
  const before = asked().length;
  await part.getByRole("button", { name: "Refresh" }).click();
  await equals("all of them", () => list(page).rowCount(), 300 + all.length + 1);
  assert.ok(asked().slice(before).every(Boolean), "the first page is not asked for twice");
});

journey("one service's pause holds back its own account alone", { accounts: ["altostrat/owner", "anthropic/owner"] }, async ({ page, server, guard }) => {
  guard.allowStatus(429);
  const screen = list(page);
  await until("both are there", async () => new Set((await screen.cells("Account")).flat()).size === 2);
  await server.faults(onList("anthropic", { action: { status: 429, headers: { "retry-after": "90" } } }));
  await screen.reload.click();
  const paused = page.getByRole("region", { name: "Anthropic", exact: true });
  await paused.getByRole("alert").filter({ hasText: "The service received too many requests." }).waitFor();
  await server.noFaults();
  const one = await holding(server, "anthropic/owner", "Staging");
  await screen.editOf(one.id).click();
  await form(page).name.fill("Too early");
  await form(page).save.click();
  await pane(page).alert.filter({ hasText: "The service received too many requests. Nothing has changed." }).waitFor();
  assert.deepEqual(guard.mutations(), [], "a pause that was asked for is kept");
  await form(page).name.fill(one.name);
  await form(page).cancel.click();
  const mine = await holding(server, "altostrat/owner", OWNED);
  await screen.editOf(mine.id).click();
  await form(page).name.fill("Right on time");
  await form(page).save.click();
  await page.getByText("Changes to Right on time are saved.", { exact: true }).first().waitFor();
  await menu(page, "Accounts").click();
  await until("the card says so", async () => /Resting[\s\S]*The service asked for a pause: \d+ seconds? left\./.test(await accounts(page).card("Anthropic").innerText()));
});
