// Sessions of several accounts. Guarantees: one that ends leaves the others writable and is mended by signing in again,
// by key or by password, without losing a letter; every request carries the credential of its own account and no other;
// no secret is in an address, a lasting storage, the console or the page.

import assert from "node:assert/strict";
import { closeAfterwards, journey } from "./lib/browser.mjs";
import { accounts, archiveDialog, form, list, menu, pane, standing } from "./lib/screens.mjs";
import { FOUR, OWNED } from "./lib/seed.mjs";
import { holding, stateOf } from "./lib/services.mjs";
import { addAccount, EMAILS, keyInDialog, PASSWORD, passwordInDialog, signInAgain, signInAtTheService, signInByKey, signInByPassword } from "./lib/sign-in.mjs";
import { equals, until } from "./lib/until.mjs";

closeAfterwards();

const said = (page, text) => page.getByRole("main").getByRole("alert").filter({ hasText: text });

for (const [dialect, label, again] of [
  ["anthropic", "Anthropic", (dialog, server) => keyInDialog(dialog, server.token("anthropic/owner"))],
  ["flashback", "Flashback", (dialog) => passwordInDialog(dialog, EMAILS.owner, PASSWORD)],
  ["openai", "OpenAI", (dialog, server) => keyInDialog(dialog, server.token("openai/owner"))],
]) {
  journey(`a session that ends at ${label} leaves the others writable, and is mended by signing in again`, { accounts: FOUR }, async ({ page, server, guard }) => {
    guard.allowStatus(401);
    const screen = list(page);
    await screen.ready();
    const rows = await screen.rowCount();
    await until("all four are there", async () => new Set((await screen.cells("Account")).flat()).size === 4);
    const others = FOUR.filter((who) => !who.startsWith(dialect));
    const draft = await holding(server, `${dialect}/owner`, "Field office");
    await server.faults({ dialect, action: { status: 401 } });
    await screen.reload.click();
    const ended = said(page, `${label}: Session ended`);
    await ended.filter({ hasText: "nothing can be changed until you sign in again" }).waitFor();
    await until("its rows stay", async () => (await screen.rowOf(draft.id).count()) === 1);
    assert.equal(await said(page, "Session ended").count(), 1, "told once");
    await menu(page, "Accounts").click();
    for (const each of ["Altostrat", "Anthropic", "Flashback", "OpenAI"]) {
      const health = each === label ? "Session ended" : "Connected";
      await until(`${each} is ${health}`, async () => (await accounts(page).card(each).innerText()).includes(health));
    }
    await menu(page, "Workspaces").click();

    for (const who of others) {
      const one = await holding(server, who, who.startsWith("anthropic") ? "Staging" : OWNED);
      await screen.search.fill(one.id);
      await until("may edit", async () => !(await standing(screen.editOf(one.id))).disabled);
      await screen.editOf(one.id).click();
      const name = `Still written at ${who.split("/")[0]}`;
      await form(page).name.fill(name);
      await form(page).save.click();
      await page.getByText(`Changes to ${name} are saved.`, { exact: true }).first().waitFor();
      assert.equal((await holding(server, who, name)).id, one.id);
    }
    const quiet = guard.all().length;
    await screen.search.fill(draft.id);
    await screen.linkOf(draft.id).click();
    await pane(page).heading(draft.name).waitFor();
    assert.ok(guard.all().slice(quiet).filter(({ path }) => path.startsWith(`/api/${dialect}/`)).length <= 1, "a session that has ended is not asked on and on");

    await server.noFaults();
    await menu(page, "Accounts").click();
    await accounts(page).act(`Sign in again to ${label}`).click();
    await again(signInAgain(page, label), server);
    await signInAgain(page, label).waitFor({ state: "hidden" });
    await equals("four accounts, no fifth", () => accounts(page).cards.getByRole("heading", { level: 2 }).allInnerTexts(), ["Altostrat", "Anthropic", "Flashback", "OpenAI"]);
    await until("it is well again", async () => (await accounts(page).card(label).innerText()).includes("Connected"));
    await menu(page, "Workspaces").click();
    await equals("as many rows as before", () => screen.rowCount(), rows);
    assert.equal(await said(page, "Session ended").count(), 0);
  });
}

journey("each request carries its own account's credential, and no secret is anywhere else", { people: [...FOUR, "flashback/owner"] }, async ({ page, server, guard }) => {
  // What is archived at Flashback is not there any more: that is how it shows.
  guard.allowStatus(404);
  // Every way in, then something of everything: lists, one workspace, members, people, keys, a change, an archive.
  await page.goto("/");
  await signInAtTheService(page, "owner", { keep: true });
  await list(page).ready();
  for (const service of ["Anthropic", "OpenAI"]) {
    await addAccount(page);
    await signInByKey(page, service, server.token(`${service.toLowerCase()}/owner`), { keep: true });
    await page.getByText(`${service} is connected.`, { exact: true }).first().waitFor();
  }
  await addAccount(page);
  await signInByPassword(page, "Flashback", EMAILS.owner, PASSWORD, { keep: true });
  await page.getByText("Flashback is connected.", { exact: true }).first().waitFor();
  for (const who of FOUR) {
    const [account] = who.split("/");
    const one = await holding(server, who, account === "anthropic" ? "Claims Triage" : OWNED);
    await page.goto(`/workspaces/${account}/${one.id}/members`);
    await page.getByRole("button", { name: "Add member", exact: true }).click();
    await page.getByRole("button", { name: "Cancel", exact: true }).click();
    await page.goto(`/workspaces/${account}/${one.id}/edit`);
    await form(page).name.fill(`${one.name} 2`);
    await form(page).save.click();
    await pane(page).heading(`${one.name} 2`).waitFor();
    await pane(page).archive(`${one.name} 2`).click();
    const { field, dialog } = archiveDialog(page, `${one.name} 2`);
    await field.fill(`${one.name} 2`);
    await field.press("Enter");
    await dialog.waitFor({ state: "hidden" });
    assert.notEqual(await stateOf(server, who, one.id), "active", who);
  }
  await menu(page, "Accounts").click();

  // The sign-in page's own style sheet is nobody's.
  const sent = await Promise.all(guard.all().filter(({ path }) => path.startsWith("/api/") && !path.endsWith(".css")).map(async (each) => ({ ...each, headers: await each.request.allHeaders() })));
  const secrets = { anthropic: new Set(), openai: new Set(), flashback: new Set(), altostrat: new Set() };
  for (const { path, headers, method } of sent) {
    const service = path.split("/")[2].replace("-signin", "");
    const { authorization, "x-api-key": key } = headers;
    assert.ok(headers.cookie === undefined, path);
    if (service === "anthropic") {
      assert.equal(key, server.token("anthropic/owner"), `${method} ${path}`);
      assert.equal(authorization, undefined, path);
      assert.equal(headers["anthropic-version"], "2023-06-01");
      secrets.anthropic.add(key);
      continue;
    }
    assert.equal(key, undefined, path);
    if (authorization) secrets[service].add(authorization.replace("Bearer ", ""));
    else assert.match(path, /\/(oauth\/(token|authorize|revoke)|authorize|user\/login|user\/refresh)$/, `${method} ${path}: only a sign-in goes without`);
  }
  assert.deepEqual([...secrets.openai], [server.token("openai/owner")]);
  for (const [service, own] of Object.entries(secrets)) {
    assert.ok(own.size > 0, service);
    for (const [other, theirs] of Object.entries(secrets)) if (other !== service) for (const each of own) assert.ok(!theirs.has(each), `${service} at ${other}`);
  }
  const session = await page.evaluate(() => ({ ...sessionStorage }));
  const refresh = Object.entries(session).flatMap(([key, text]) => (key.startsWith("steward.session/") ? (JSON.parse(text).refresh ?? []) : []));
  assert.equal(refresh.length, 2, "of Altostrat and of Flashback");
  const all = [...Object.values(secrets).flatMap((set) => [...set]), ...refresh];
  const local = await page.evaluate(() => JSON.stringify({ ...localStorage }));
  const body = await page.content();
  for (const secret of all) {
    for (const { url } of guard.all()) assert.ok(!url.includes(secret) && !url.includes(encodeURIComponent(secret)), `an address: ${url.slice(0, 80)}`);
    for (const line of guard.spoken()) assert.ok(!line.includes(secret), "the console");
    assert.ok(!local.includes(secret), "localStorage");
    assert.ok(!body.includes(secret), "the page");
    const where = Object.entries(session).filter(([, value]) => value.includes(secret)).map(([key]) => key);
    assert.ok(where.length <= 1 && where.every((key) => key.startsWith("steward.session/")), `kept once at most, as asked: ${where}`);
  }
  assert.ok(!JSON.stringify(session).includes(`"${PASSWORD}"`), "a password is kept nowhere");
  assert.equal(guard.all().filter(({ body: text }) => text?.includes(`"password":"${PASSWORD}"`)).length, 1, "and was sent once");
});
