// What contracts leave open. Guarantees: whichever way a service reads its own contract, one ends in a state that has a
// name and is true, by one request, with nothing lost.

import assert from "node:assert/strict";
import { closeAfterwards, journey } from "./lib/browser.mjs";
import { accounts, archiveDialog, form, list, newForm, notice, pane, people, standing } from "./lib/screens.mjs";
import { OWNED } from "./lib/seed.mjs";
import { archiveElsewhere, holding, holdings, membersOf } from "./lib/services.mjs";
import { choose, EMAILS, PASSWORD, signInByKey, signInByPassword, signInByWindow } from "./lib/sign-in.mjs";
import { equals, until } from "./lib/until.mjs";

closeAfterwards();

// What a service answers to archiving twice, and to changing what is archived, no contract says. Each reading ends in
// words that are true under it.
const AGAIN = [
  ["altostrat/owner", OWNED, "archived_delete=409", "was archived already."],
  ["altostrat/owner", OWNED, "archived_delete=204", "is archived."],
  ["anthropic/owner", "Staging", "anthropic_archive_again=200", "is archived."],
  ["anthropic/owner", "Staging", "anthropic_archive_again=400", "was archived already."],
  ["flashback/owner", OWNED, "flashback_delete_again=404", "is not there any more: somebody archived it, or it is closed to you."],
  ["flashback/owner", OWNED, "flashback_delete_again=400", "was archived already."],
  ["openai/owner", OWNED, "openai_archive_again=200", "is archived."],
  ["openai/owner", OWNED, "openai_archive_again=400", "was archived already."],
];

for (const [who, name, setting, said] of AGAIN) {
  journey(`somebody else was faster, under ${setting}`, { accounts: [who], settings: [setting] }, async ({ page, server, guard }) => {
    guard.allowStatus(400, 404, 409);
    const one = await holding(server, who, name);
    await until("may archive", async () => !(await standing(list(page).archiveOf(one.id))).disabled);
    await list(page).archiveOf(one.id).click();
    const { dialog, field } = archiveDialog(page, name);
    await field.fill(name);
    await archiveElsewhere(server, who, one.id);
    await field.press("Enter");
    await dialog.waitFor({ state: "hidden" });
    await notice(page, `${name} ${said}`);
    await list(page).rowOf(one.id).waitFor({ state: "detached" });
    assert.equal(guard.mutations().length, 1, "once");
  });
}

const UPDATE = [
  ["altostrat/owner", OWNED, "archived_patch=400", false],
  ["altostrat/owner", OWNED, "archived_patch=409", false],
  ["anthropic/owner", "Staging", "anthropic_archived_update=400", false],
  ["anthropic/owner", "Staging", "anthropic_archived_update=200", true],
];

for (const [who, name, setting, taken] of UPDATE) {
  journey(`saving what somebody else has archived meanwhile, under ${setting}`, { accounts: [who], settings: [setting] }, async ({ page, server, guard }) => {
    guard.allowStatus(400, 409);
    const one = await holding(server, who, name);
    await until("may edit", async () => !(await standing(list(page).editOf(one.id))).disabled);
    await list(page).editOf(one.id).click();
    await form(page).name.fill("Too late");
    // A save reads before it writes: only what happens between the two meets the service's own answer.
    await page.route((url) => url.pathname.endsWith(one.id), async (route) => {
      if (route.request().method() !== "GET") await archiveElsewhere(server, who, one.id);
      await route.continue();
    });
    await form(page).save.click();
    if (taken) {
      await notice(page, "Changes to Too late are saved.");
      await equals("and it is archived", () => pane(page).value("State").innerText(), "Archived");
    } else {
      await pane(page).alert.filter({ hasText: /The changes were not saved[^]*Nothing has changed\.|This workspace is archived\./ }).first().waitFor();
      await pane(page).part.getByText("Too late", { exact: true }).or(form(page).name).first().waitFor();
      assert.equal((await holdings(server, who)).find(({ id }) => id === one.id).name, name);
    }
    assert.equal(guard.mutations().length, 1, "once");
  });
}

for (const [setting, words] of [["anthropic_ordinary_key=403", "This API key belongs to a workspace; an Admin API key is needed here."], ["anthropic_ordinary_key=401", "The service does not accept this key."]]) {
  journey(`an ordinary key, under ${setting}, is no Admin key`, { people: ["anthropic/viewer"], settings: [setting] }, async ({ page, server, guard }) => {
    guard.allowStatus(401, 403);
    await page.goto("/");
    await signInByKey(page, "Anthropic", server.token("anthropic/viewer"));
    const alert = page.getByRole("alert").filter({ hasText: "Signing in did not work" }).filter({ hasText: words });
    await alert.waitFor();
    await alert.getByRole("button", { name: "Copy request id" }).waitFor();
    await equals("still at the form", () => page.getByLabel("Admin key").inputValue(), "");
    assert.equal(await page.evaluate(() => Object.keys(sessionStorage).length), 0);
  });
}

for (const settings of [["flashback_refresh_key=refreshToken", "flashback_expires=s"], ["flashback_refresh_key=refresh_token", "flashback_expires=ms"]]) {
  journey(`two sessions are renewed ahead of their ends, each by itself, under ${settings.join(" and ")}`, { settings }, async ({ page, guard }) => {
    const renewals = (path) => guard.all().filter((each) => each.method === "POST" && each.path.endsWith(path) && /refresh/.test(each.body ?? ""));
    // An hour passes in seconds; short waits stay as they are.
    await page.addInitScript(() => {
      const real = window.setTimeout;
      window.setTimeout = (run, wait, ...more) => real(run, wait > 300_000 ? wait / 800 : wait, ...more);
    });
    await page.goto("/");
    await signInByPassword(page, "Flashback", EMAILS.owner, PASSWORD);
    await list(page).ready();
    await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Accounts" }).click();
    await accounts(page).add.click();
    await choose(page, "Altostrat");
    await signInByWindow(page, page.getByRole("main"), "owner");
    await accounts(page).card("Altostrat").waitFor();
    await until("two renewals at each", () => renewals("/user/refresh").length >= 2 && renewals("/oauth/token").length >= 2, 40_000);
    for (const path of ["/user/refresh", "/oauth/token"]) {
      const bodies = renewals(path).map(({ body }) => body);
      assert.equal(new Set(bodies).size, bodies.length, `${path}: a refresh token is used once`);
    }
    for (const label of ["Altostrat", "Flashback"]) assert.ok((await accounts(page).card(label).innerText()).includes("Connected"), label);
  });
}

for (const setting of ["flashback_unauthorized=message", "flashback_unauthorized=empty"]) {
  journey(`a session that Flashback has ended, under ${setting}`, { people: ["flashback/owner"], settings: [setting] }, async ({ page, guard }) => {
    guard.allowStatus(401);
    await page.goto("/");
    await signInByPassword(page, "Flashback", EMAILS.owner, PASSWORD);
    await list(page).ready();
    // A token that the service never gave, in place of its own.
    await page.route("**/api/flashback/workspace", (route) => route.continue({ headers: { ...route.request().headers(), authorization: "Bearer gone" } }));
    await list(page).reload.click();
    await page.getByRole("alert").filter({ hasText: "Session ended" }).waitFor();
    await list(page).rowOf(OWNED).first().waitFor();
  });
}

for (const [setting, field, words] of [
  ["flashback_same_name=400", OWNED, /.+/],
  ["flashback_long_name=400", "x".repeat(300), /.+/],
]) {
  journey(`a name that Flashback does not take, under ${setting}`, { accounts: ["flashback/owner"], settings: [setting] }, async ({ page, server, guard }) => {
    guard.allowStatus(400);
    const before = (await holdings(server, "flashback/owner")).length;
    await list(page).create.click();
    await newForm(page).text("Name").fill(field);
    await newForm(page).send.click();
    const alert = page.getByRole("main").getByRole("alert").filter({ hasText: "The workspace was not created" });
    await alert.filter({ hasText: "Nothing has changed." }).filter({ hasText: words }).waitFor();
    await alert.getByRole("button", { name: "Copy message" }).waitFor();
    assert.equal(await newForm(page).text("Name").inputValue(), field);
    assert.equal((await holdings(server, "flashback/owner")).length, before);
  });
}

for (const [setting, goes] of [["flashback_leave=200", true], ["flashback_leave=400", false]]) {
  journey(`taking oneself out at Flashback, under ${setting}`, { accounts: ["flashback/owner"], settings: [setting] }, async ({ page, server, guard }) => {
    guard.allowStatus(400, 404);
    const one = await holding(server, "flashback/owner", OWNED);
    await page.goto(`/workspaces/flashback/${one.id}/members`);
    await people(page).leave.click();
    const question = people(page).question(`Leave ${OWNED}`);
    await question.getByRole("button", { name: `Leave ${OWNED}`, exact: true }).click();
    if (goes) {
      await notice(page, `You left ${OWNED}.`);
      await list(page).rowOf(one.id).waitFor({ state: "detached" });
    } else {
      await question.getByRole("alert").filter({ hasText: "The members were not changed" }).filter({ hasText: "Cannot remove yourself from workspace" }).waitFor();
      await question.getByRole("button", { name: "Stay", exact: true }).click();
      await list(page).rowOf(one.id).waitFor();
    }
    assert.equal((await holdings(server, "flashback/owner")).some(({ id }) => id === one.id), !goes);
    assert.equal(guard.mutations().length, 1);
  });
}

for (const [who, name, setting, goes] of [
  ["flashback/owner", OWNED, "flashback_add_again=400", false],
  ["flashback/owner", OWNED, "flashback_add_again=200", true],
  ["openai/owner", OWNED, "openai_add_again=400", false],
  ["openai/owner", OWNED, "openai_add_again=200", true],
  ["anthropic/owner", "Staging", "anthropic_member_twice=bare", false],
]) {
  const [service] = who.split("/");
  const [first, then] = { flashback: ["READ", "WRITE"], openai: ["member", "owner"], anthropic: ["workspace_user", "workspace_developer"] }[service];
  const [path, body] = {
    flashback: [(id) => `/workspace/${id}/users`, (user) => ({ userId: user, role: first })],
    openai: [(id) => `/v1/organization/projects/${id}/users`, (user) => ({ user_id: user, role: first })],
    anthropic: [(id) => `/v1/organizations/workspaces/${id}/members`, (user) => ({ user_id: user, workspace_role: first })],
  }[service];
  journey(`somebody else added the same person meanwhile, under ${setting}`, { accounts: [who], settings: [setting] }, async ({ page, server, guard }) => {
    guard.allowStatus(400);
    const one = await holding(server, who, name);
    const screen = people(page);
    await page.goto(`/workspaces/${service}/${one.id}/members`);
    await screen.begin.click();
    const radio = screen.add.getByRole("radio").first();
    await radio.check();
    const id = (await radio.evaluate((element) => element.labels[0].innerText)).trim().split(/\s/).at(-1);
    await screen.role.selectOption(then);
    assert.ok((await server.api(who, "POST", path(one.id), body(id))).status < 300);
    await screen.add.getByRole("button", { name: /^Add .* as / }).click();
    if (goes) {
      await page.getByText(/ was added to .* as /).first().waitFor();
      assert.equal((await membersOf(server, who, one.id))[id], then);
    } else {
      await pane(page).alert.filter({ hasText: "The members were not changed" }).filter({ hasText: "already" }).waitFor();
      assert.equal((await membersOf(server, who, one.id))[id], first);
    }
    assert.equal(guard.mutations().length, 1);
  });
}
