// Signing in and out. Guarantees: an address that was wanted survives, and only one of ours; a code is used once and
// stays nowhere; a credential is in memory, or in this tab's storage if asked, and in no other place; signing out
// leaves nothing behind, here or at the service.

import assert from "node:assert/strict";
import { closeAfterwards, journey } from "./lib/browser.mjs";
import { form, list, menu, pane } from "./lib/screens.mjs";
import { signInAtTheService, signInByToken } from "./lib/sign-in.mjs";
import { equals, until } from "./lib/until.mjs";

closeAfterwards();

const welcome = (page) => page.getByRole("heading", { name: "Sign in to Steward", level: 1 });
const address = (page) => page.url().slice(new URL(page.url()).origin.length);

/** Everything the browser keeps for this origin. */
const kept = (page) =>
  page.evaluate(async () => ({
    local: { ...localStorage },
    session: { ...sessionStorage },
    cookies: document.cookie,
    databases: (await indexedDB.databases()).map(({ name }) => name),
    caches: await caches.keys(),
  }));

journey("signing in at the service leads to the address that was wanted, without the code", {}, async ({ page, guard }) => {
  await page.goto("/workspaces?q=clinics&state=all");
  await welcome(page).waitFor();
  assert.equal(address(page), "/sign-in?next=%2Fworkspaces%3Fq%3Dclinics%26state%3Dall");
  await signInAtTheService(page, "owner");
  await list(page).ready();
  await equals("the wanted address", () => address(page), "/workspaces?q=clinics&state=all");
  assert.equal(await list(page).search.inputValue(), "clinics");

  const exchange = guard.all().filter(({ path, method }) => path.endsWith("/oauth/token") && method === "POST");
  assert.equal(exchange.length, 1, "the code was exchanged once");
  assert.match(exchange[0].body, /code_verifier=[\w-]{43}/);
  const [authorize] = guard.all().filter(({ path }) => path.endsWith("/authorize"));
  assert.equal(new URL(authorize.url).searchParams.get("code_challenge_method"), "S256");

  await menu(page, "Accounts").click();
  await page.getByText("Olivia Okafor").waitFor();
  await page.goBack();
  await list(page).ready();
  assert.doesNotMatch(page.url(), /code=|state=[\w-]{20}/);
});

journey("an address of another origin is never gone to after signing in", { people: ["owner"] }, async ({ page, server }) => {
  for (const next of ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)", "/sign-in"]) {
    await signInByToken(page, server.token("owner"), { at: `/sign-in?next=${encodeURIComponent(next)}` });
    await list(page).ready();
    await equals(`the list after ${next}`, () => page.url(), `${server.origin}/workspaces`);
  }
});

journey("a return address works once, and only in the tab that asked", {}, async ({ page, guard }) => {
  const exchanges = () => guard.all().filter(({ path }) => path.endsWith("/oauth/token")).length;
  const refused = page.getByRole("alert").filter({ hasText: "This sign-in was not started here" });
  await page.goto("/");
  await signInAtTheService(page, "owner");
  await list(page).ready();
  const used = guard.all().find(({ path }) => path === "/sign-in/callback").url;
  assert.match(used, /code=/);

  await page.goto(used);
  await refused.waitFor();
  assert.equal(address(page), "/sign-in");
  await page.goto("/sign-in");
  await page.getByRole("button", { name: "Continue with Altostrat" }).click();
  await page.getByRole("heading", { name: "Choose who you are" }).waitFor();
  await page.goto("/sign-in/callback?code=stolen&state=guessed");
  await refused.waitFor();
  assert.equal(exchanges(), 1, "neither code was sent anywhere");
});

journey("cancelling at the service comes back with its words", {}, async ({ page }) => {
  await page.goto("/");
  await page.getByRole("button", { name: "Continue with Altostrat" }).click();
  await page.getByRole("button", { name: "Cancel and go back" }).click();
  await page.getByRole("alert").filter({ hasText: "The sign-in service refused" }).waitFor();
  await equals("no trace in the address", () => address(page), "/sign-in");
});

journey("a pasted token signs in if the service accepts it, and says why not", { people: ["viewer"] }, async ({ page, server, guard }) => {
  const field = page.getByLabel("Access token");
  const submit = page.getByRole("button", { name: "Sign in with token" });
  guard.allowStatus(401);
  await page.goto("/activity");
  for (const [text, answer] of [
    ["two words", "This is no access token"],
    ["", "This is no access token"],
    ["eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhdXRoMHwxIiwiZXhwIjoxfQ.bm90LXNpZ25lZA", "Signing in did not work"],
  ]) {
    await field.fill(text);
    await submit.click();
    await page.getByRole("alert").filter({ hasText: answer }).waitFor();
    await equals("the field is empty again", () => field.inputValue(), "");
    await until("focus is in the field", () => field.evaluate((element) => element === document.activeElement));
  }
  await field.fill(` ${server.token("viewer")}\n`.trim());
  await submit.click();
  await page.getByRole("heading", { name: "Activity", level: 1 }).waitFor();
  assert.equal(address(page), "/activity");
});

journey("a reload ends the session, unless the tab was asked to keep it", { people: ["owner"] }, async ({ page, server, guard }) => {
  await signInByToken(page, server.token("owner"), { at: "/workspaces?q=clinics" });
  await list(page).ready();
  await page.reload();
  await welcome(page).waitFor();
  assert.equal(address(page), "/sign-in?next=%2Fworkspaces%3Fq%3Dclinics");

  await signInByToken(page, server.token("owner"), { at: "/workspaces?q=clinics", keep: true });
  await list(page).ready();
  const before = guard.sent("GET", /\/workspaces$/).length;
  await page.reload();
  await list(page).ready();
  assert.equal(await list(page).search.inputValue(), "clinics");
  assert.equal(guard.sent("GET", /\/workspaces$/).length, before + 1, "the list that boot.js asked for is the one shown");

  // A day later by this device's clock, which is wrong: the service accepts the token as ever.
  await page.addInitScript(() => {
    const now = Date.now;
    Date.now = () => now() + 86_400_000;
  });
  await page.reload();
  await list(page).ready();
  assert.equal(guard.sent("GET", /\/workspaces$/).length, before + 2);
  assert.equal(await page.getByText(/Session ended|ends within/).count(), 0);

  // The service says that it is over: nothing of the list is shown, and nothing is asked.
  guard.allowStatus(401);
  await server.faults({ dialect: "altostrat-signin", action: { status: 401 } });
  await page.evaluate(() => {
    const name = "steward.session/altostrat";
    sessionStorage.setItem(name, JSON.stringify({ ...JSON.parse(sessionStorage.getItem(name)), expires: 1 }));
  });
  await page.reload();
  await welcome(page).waitFor();
  assert.equal(guard.sent("GET", /\/workspaces$/).length, before + 2);
  await equals("nothing of it is kept", async () => Object.keys((await kept(page)).session), []);
});

journey("a session is renewed ahead of its end, by one request a time", {}, async ({ page, guard }) => {
  const renewals = () => guard.all().filter(({ body }) => body?.includes("grant_type=refresh_token"));
  // Fourteen minutes pass in about two seconds; short waits stay as they are.
  await page.addInitScript(() => {
    const real = window.setTimeout;
    window.setTimeout = (run, wait, ...more) => real(run, wait > 300_000 ? wait / 400 : wait, ...more);
  });
  await page.goto("/");
  await signInAtTheService(page, "owner");
  await list(page).ready();
  const authorization = (at) => guard.sent("GET", /\/workspaces$/).at(at).request.headerValue("authorization");
  const first = await authorization(0);
  assert.equal(renewals().length, 0);
  await until("two renewals", () => renewals().length >= 2);
  await until("the renewed token is used", async () => {
    await list(page).reload.click();
    return (await authorization(-1)) !== first;
  });
  const bodies = renewals().map(({ body }) => body);
  assert.equal(new Set(bodies).size, bodies.length, "a refresh token is used once");
  assert.equal(await page.getByText("Session ended").count(), 0);
});

journey("secrets are in no address and no storage but the one that was asked for", {}, async ({ page, server, guard }) => {
  for (const keep of [false, true]) {
    await page.goto("/settings");
    await signInAtTheService(page, "owner", { keep });
    await page.getByRole("radio", { name: "Dark" }).check();
    await menu(page, "Workspaces").click();
    await list(page).ready();
    const there = await kept(page);
    assert.deepEqual(Object.keys(there.local), ["steward.settings"]);
    assert.doesNotMatch(there.local["steward.settings"], /eyJ|token/);
    // The list follows when nothing else is to do; whoever did not ask for it keeps neither.
    const asked = ["steward.list/altostrat", "steward.list/altostrat#0", "steward.session/altostrat"];
    await equals(`kept: ${keep}`, async () => Object.keys((await kept(page)).session).sort(), keep ? asked : []);
    const { "steward.session/altostrat": _, ...others } = (await kept(page)).session;
    assert.doesNotMatch(JSON.stringify(others), /eyJ|Bearer/);
    assert.equal(there.cookies, "");
    assert.deepEqual([there.databases, there.caches], [[], []]);
    await page.evaluate(() => sessionStorage.clear());
  }
  const secret = /eyJ[\w-]+\.|refresh_token|code_verifier|verifier=/;
  for (const { url } of guard.all()) assert.doesNotMatch(url, secret);
  for (const { url, request } of guard.all()) {
    const authorization = await request.headerValue("authorization").catch(() => null);
    if (authorization) assert.ok(url.startsWith(`${server.origin}/api/`), url);
  }
});

journey("signing out revokes, forgets and leaves nothing to go back to", {}, async ({ page, server, guard }) => {
  await page.goto("/");
  await signInAtTheService(page, "owner", { keep: true });
  await list(page).ready();
  await list(page).link("Quiet Corner Books").click();
  await pane(page).edit("Quiet Corner Books").click();
  await form(page).name.fill("A draft of mine");
  const token = await guard.sent("GET", /\/workspaces$/)[0].request.headerValue("authorization");
  const asks = () => fetch(`${server.origin}/api/altostrat/workspaces`, { headers: { Authorization: token } });
  assert.equal((await asks()).status, 200);

  await menu(page, "Accounts").click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await welcome(page).waitFor();
  await until("the token is worthless", async () => (await asks()).status === 401);
  assert.deepEqual((await kept(page)).session, {});

  await page.goBack();
  await welcome(page).waitFor();
  assert.doesNotMatch(await page.locator("body").innerText(), /Quiet Corner|A draft of mine/);
  await page.reload();
  await welcome(page).waitFor();
});
