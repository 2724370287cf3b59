// Copies of a tab and pages that come back, in a browser that keeps pages as they were left, at services whose refresh
// tokens work once. Guarantees: of tabs with one token one renews and all go on; a page that is left for a sign-in and
// shown again, or never left, is alive; a page that is shown again knows what a later one has done.

import assert from "node:assert/strict";
import { closeAfterwards, journey } from "./lib/browser.mjs";
import { guard as watch } from "./lib/guard.mjs";
import { list } from "./lib/screens.mjs";
import { EMAILS, PASSWORD, PEOPLE, signInAtTheService, signInByPassword, signInByToken } from "./lib/sign-in.mjs";
import { until } from "./lib/until.mjs";
import { hurry, spoilTime } from "./lib/wire.mjs";

closeAfterwards();

/** How long the copies have to open, in milliseconds, before both want to renew. */
const OPENING_MS = 6_000;

const stored = (page) => page.evaluate(() => Object.fromEntries(Object.entries(sessionStorage).filter(([name]) => name.startsWith("steward.session/"))));
const refreshOf = async (page) => Object.values(await stored(page)).map((text) => JSON.parse(text).refresh ?? "")[0] ?? "";
const renewals = (watches, path) => watches.flatMap((each) => each.all()).filter((each) => each.path.endsWith(path) && !each.body?.includes("authorization_code")).length;
const welcome = (page) => page.getByRole("heading", { name: "Sign in to Steward", level: 1 });

/** What a tab keeps, with another end of its session. */
function ending(kept, ms) {
  const end = Date.now() + ms;
  return Object.fromEntries(Object.entries(kept).map(([name, text]) => [name, JSON.stringify({ ...JSON.parse(text), expires: end })]));
}

const WAYS = [
  ["flashback", "/user/refresh", (page) => signInByPassword(page, "Flashback", EMAILS.owner, PASSWORD, { keep: true })],
  ["altostrat", "/oauth/token", (page) => signInAtTheService(page, "owner", { keep: true })],
];
// Browsers without locks are tried in tests/web, where time is in the test's hands.
const KINDS = [
  ["ahead of the end", 60_000 + OPENING_MS],
  ["after the end", -1_000],
];

for (const [dialect, path, signIn] of WAYS) {
  for (const [when, ends] of KINDS) {
    journey(`copies of a tab at ${dialect} renew with one request, ${when}, and all go on`, {}, async ({ page, context, guard }) => {
      await page.goto("/");
      await signIn(page);
      await list(page).ready();
      const kept = ending(await stored(page), ends);
      const before = await refreshOf(page);
      const pages = [page, await context.newPage(), await context.newPage()];
      const watches = [guard];
      for (const copy of pages.slice(1)) watches.push(await watch(copy));
      for (const copy of pages) {
        await copy.addInitScript((kept) => {
          if (sessionStorage.getItem("copied")) return;
          sessionStorage.setItem("copied", "yes");
          for (const [name, text] of Object.entries(kept)) sessionStorage.setItem(name, text);
        }, kept);
      }
      await Promise.all(pages.map((copy) => (copy === page ? copy.reload() : copy.goto("/workspaces"))));
      for (const copy of pages) await list(copy).ready();
      await until("all have the next token", async () => {
        const tokens = await Promise.all(pages.map(refreshOf));
        return tokens.every((token) => token && token !== before && token === tokens[0]);
      });
      assert.equal(renewals(watches, path), 1, "a token is sent once");
      for (const copy of pages) {
        await list(copy).reload.click();
        await list(copy).ready();
        assert.equal(await copy.getByText("Session ended").count(), 0);
        assert.equal(await copy.getByText("ends within two minutes").count(), 0);
      }
      for (const each of watches) each.end();
    });
  }
}

/** Notes how a page was shown last. */
const noteShown = (context) =>
  context.addInitScript(() => addEventListener("pageshow", (event) => (globalThis.shown = event.persisted ? "again" : "first")));
const shown = (page) => page.evaluate(() => globalThis.shown);

journey("Back from a service's sign-in page: the page that was left is alive", { backForward: true }, async ({ page, context }) => {
  await noteShown(context);
  await page.goto("/");
  for (const round of [1, 2]) {
    await page.getByRole("button", { name: "Continue with Altostrat" }).click();
    await page.getByRole("heading", { name: "Choose who you are" }).waitFor();
    // A page that is shown again is not loaded again.
    await page.goBack({ waitUntil: "commit" });
    await welcome(page).waitFor();
    assert.equal(await shown(page), "again", `${round}: as it was left`);
    await until("alive", async () => (await page.getByRole("button", { name: "Continue with Altostrat" }).getAttribute("aria-disabled")) !== "true");
  }
  await page.getByRole("button", { name: "Continue with Altostrat" }).click();
  await page.getByRole("button", { name: PEOPLE.owner }).click();
  await list(page).ready();
});

journey("a sign-in page that answers with nothing (204) is told, and the form is alive", { people: ["owner"], prepare: ({ page }) => spoilTime(page) }, async ({ page, server }) => {
  await page.route("**/authorize?*", (route) => route.fulfill({ status: 204 }));
  await page.goto("/");
  await hurry(page, true);
  await page.getByRole("button", { name: "Continue with Altostrat" }).click();
  await page.getByRole("alert").filter({ hasText: "sign-in page did not open" }).waitFor();
  await page.unroute("**/authorize?*");
  await signInByToken(page, server.token("owner"));
  await list(page).ready();
});

journey("Back to a page of a tab that has been signed out of since: nothing is there", { people: ["owner"], backForward: true }, async ({ page, server, context }) => {
  await noteShown(context);
  await signInByToken(page, server.token("owner"), { keep: true });
  await list(page).ready();
  await page.goto("/accounts");
  await page.getByRole("button", { name: "Sign out", exact: true }).click();
  await welcome(page).waitFor();
  await page.goBack({ waitUntil: "commit" });
  await welcome(page).waitFor();
  assert.equal(await page.getByRole("table").count(), 0);
  assert.deepEqual(await stored(page), {});
});
