// Several accounts at once. Guarantees: they share one list that can be narrowed to some of them; what is done to one
// (kept, named, signed out of) leaves the others alone; nothing of one that has left stays.

import assert from "node:assert/strict";
import { closeAfterwards, journey } from "./lib/browser.mjs";
import { accounts, form, list, menu, newForm, notice, pane } from "./lib/screens.mjs";
import { FOUR } from "./lib/seed.mjs";
import { holding, holdings, places } from "./lib/services.mjs";
import { addAccount, choose, EMAILS, PASSWORD, signInByKey, signInByPassword, signInByWindow } from "./lib/sign-in.mjs";
import { equals, until } from "./lib/until.mjs";

closeAfterwards();

const LABELS = ["Altostrat", "Anthropic", "Flashback", "OpenAI"];
const stored = (page) => page.evaluate(() => Object.keys(sessionStorage).filter((key) => key.startsWith("steward.")).sort());

journey("filters for account and service narrow the list, add up and stand in the address", { accounts: FOUR, at: "/workspaces?state=all" }, async ({ page, server }) => {
  const screen = list(page);
  const shows = async (what, ...people) => {
    const expected = await places(server, ...people);
    await equals(what, () => list(page).places(), expected);
  };
  await shows("all", ...FOUR);
  await screen.account("Flashback").click();
  await shows("one account", "flashback/owner");
  await screen.account("Anthropic").click();
  await shows("two accounts", "flashback/owner", "anthropic/owner");
  await equals("the address", () => new URL(page.url()).searchParams.get("account"), "flashback,anthropic");
  await page.reload();
  await shows("after a reload", "flashback/owner", "anthropic/owner");
  await page.goBack();
  await shows("and back", "flashback/owner");
  await screen.clear.click();
  assert.equal(await screen.service("OpenAI").count(), 0, "where each service has one account, the accounts say it all");
  await screen.search.fill("field office");
  await equals("the search goes over all", async () => (await screen.places()).length, (await Promise.all(FOUR.map((who) => holdings(server, who)))).flat().filter(({ name }) => name === "Field office").length);
  for (const [account, absent] of [["Anthropic", ["Billing", "Updated"]], ["OpenAI", ["Billing"]], ["Flashback", ["Billing", "Updated"]]]) {
    await screen.account(account).click();
    await equals(`only ${account}`, async () => new Set((await screen.cells("Account")).flat()).size, 1);
    for (const column of absent) await equals(`${column} at ${account}`, async () => [...new Set((await screen.cells(column)).flat())], ["Not offered"]);
    await screen.account(account).click();
  }
});

journey("where a service has several accounts, the list can be narrowed to the service", { accounts: ["anthropic/owner", "anthropic-2=anthropic/outsider", "openai/owner"], at: "/workspaces?state=all" }, async ({ page }) => {
  const screen = list(page);
  const shown = async () => [...new Set((await screen.cells("Account")).flat())].sort();
  await equals("all", shown, ["Anthropic", "Anthropic 2", "OpenAI"]);
  await screen.service("Anthropic").click();
  await equals("both of one service", shown, ["Anthropic", "Anthropic 2"]);
  await equals("the address", () => new URL(page.url()).searchParams.get("service"), "anthropic");
  await screen.account("Anthropic 2").click();
  await equals("and one of them", shown, ["Anthropic 2"]);
  await page.reload();
  await equals("after a reload", shown, ["Anthropic 2"]);
});

journey("a reload keeps the accounts that were asked to be kept, and no other", { people: FOUR }, async ({ page, server, guard }) => {
  await page.goto("/");
  await signInByKey(page, "Anthropic", server.token("anthropic/owner"), { keep: true });
  await list(page).ready();
  await addAccount(page);
  await signInByKey(page, "OpenAI", server.token("openai/owner"));
  await notice(page, "OpenAI is connected.");
  await addAccount(page);
  await signInByPassword(page, "Flashback", EMAILS.owner, PASSWORD, { keep: true });
  await notice(page, "Flashback is connected.");
  const kept = async (kind) => [...new Set((await stored(page)).filter((key) => key.startsWith(kind)).map((key) => key.slice(kind.length).replace(/#.*/, "")))];
  assert.deepEqual(await kept("steward.session/"), ["anthropic", "flashback"]);
  await equals("and their lists", () => kept("steward.list/"), ["anthropic", "flashback"]);
  const asked = guard.all().length;
  await page.reload();
  await accounts(page).heading.waitFor();
  await equals("two are left", () => accounts(page).cards.getByRole("heading", { level: 2 }).allInnerTexts(), ["Anthropic", "Flashback"]);
  await menu(page, "Workspaces").click();
  await equals("with their rows", async () => [...new Set((await list(page).cells("Account")).flat())].sort(), ["Anthropic", "Flashback"]);
  // boot.js begins those that a bearer token is enough for, and the app takes over what was begun.
  const lists = guard.all().slice(asked).map(({ path }) => path).filter((path) => ["/api/flashback/workspace", "/api/anthropic/v1/organizations/workspaces"].includes(path));
  assert.deepEqual(lists.sort(), ["/api/anthropic/v1/organizations/workspaces", "/api/flashback/workspace"], "each list is asked for once");
});

journey("two accounts of one service stay apart, by name and by credential", { people: ["anthropic/owner", "anthropic/outsider"] }, async ({ page, server, guard }) => {
  await page.goto("/");
  await signInByKey(page, "Anthropic", server.token("anthropic/owner"));
  await list(page).ready();
  await addAccount(page);
  await signInByKey(page, "Anthropic", server.token("anthropic/outsider"));
  await notice(page, "Anthropic 2 is connected.");
  await accounts(page).act("Rename Anthropic 2").click();
  const field = page.getByRole("textbox", { name: "Account name" });
  await equals("the name to begin with", () => field.inputValue(), "Anthropic 2");
  await field.fill("Lindqvist");
  await page.getByRole("button", { name: "Save name" }).click();
  await accounts(page).card("Lindqvist").waitFor();
  await equals("whose it is", () => accounts(page).value("Lindqvist", "Organization").innerText(), "Lindqvist Research");

  // The same key once more is the same account, not a third one.
  await addAccount(page);
  await signInByKey(page, "Anthropic", server.token("anthropic/outsider"));
  await accounts(page).heading.waitFor();
  await equals("still two", () => accounts(page).cards.getByRole("heading", { level: 2 }).allInnerTexts(), ["Anthropic", "Lindqvist"]);

  await menu(page, "Workspaces").click();
  const theirs = await holding(server, "anthropic/outsider", "Thesis");
  const ours = await holding(server, "anthropic/owner", "Staging");
  for (const [one, account, who] of [[theirs, "Lindqvist", "outsider"], [ours, "Anthropic", "owner"]]) {
    assert.deepEqual(await list(page).rowOf(one.id).getByRole("cell").nth(1).innerText(), account);
    await list(page).linkOf(one.id).click();
    await pane(page).heading(one.name).waitFor();
    await until("read again", () => guard.sent("GET", new RegExp(`/workspaces/${one.id}$`)).length > 0);
    const [read] = guard.sent("GET", new RegExp(`/workspaces/${one.id}$`));
    assert.equal(await read.request.headerValue("x-api-key"), server.token(`anthropic/${who}`), "asked with its own key");
    await pane(page).close.click();
  }
});

journey("signing out of one account takes its rows, drafts and session, and nothing of the others", { accounts: FOUR, at: "/accounts" }, async ({ page, server, guard }) => {
  const mine = await holding(server, "flashback/owner", "Long Read Publishing");
  const other = await holding(server, "anthropic/owner", "Staging");
  for (const [account, one] of [["flashback", mine], ["anthropic", other]]) {
    await page.goto(`/workspaces/${account}/${one.id}/edit`);
    await form(page).name.fill(`${one.name}, half typed`);
  }
  await page.goto("/workspaces/new?account=flashback");
  await newForm(page).text("Name").fill("Never made");
  const drafts = () => page.evaluate(() => Object.keys(sessionStorage).filter((key) => key.startsWith("steward.draft/")).map((key) => key.split("/")[1]).sort());
  await equals("three drafts", drafts, ["anthropic", "flashback", "flashback"]);

  await menu(page, "Accounts").click();
  await accounts(page).act("Sign out of Flashback").click();
  const question = page.getByRole("dialog", { name: "Sign out of Flashback", exact: true });
  await question.getByText("the other accounts stay signed in").waitFor();
  await question.getByRole("button", { name: "Stay signed in" }).click();
  await question.waitFor({ state: "hidden" });
  assert.equal(await accounts(page).cards.count(), 4, "nothing has happened yet");
  await accounts(page).act("Sign out of Flashback").click();
  await question.getByRole("button", { name: "Sign out of Flashback", exact: true }).click();
  await notice(page, "You are signed out of Flashback.");
  await equals("three accounts", () => accounts(page).cards.getByRole("heading", { level: 2 }).allInnerTexts(), ["Altostrat", "Anthropic", "OpenAI"]);
  await equals("its drafts are gone, the other one is not", drafts, ["anthropic"]);
  assert.deepEqual((await stored(page)).filter((key) => key.startsWith("steward.session/")), ["steward.session/altostrat", "steward.session/anthropic", "steward.session/openai"]);

  await menu(page, "Workspaces").click();
  await list(page).ready();
  await equals("no row of it", async () => [...new Set((await list(page).cells("Account")).flat())].sort(), ["Altostrat", "Anthropic", "OpenAI"]);
  assert.equal(await list(page).account("Flashback").count(), 0, "no filter for it");
  const before = guard.all().length;
  await list(page).reload.click();
  await until("the others are loaded again", () => guard.all().length >= before + 3);
  assert.ok(!guard.all().slice(before).some(({ path }) => path.startsWith("/api/flashback/")), "nothing more is asked of it");
  await page.goto(`/workspaces/flashback/${mine.id}`);
  await page.getByRole("alert").filter({ hasText: "You are not signed in to this account here" }).waitFor();
  await page.goto(`/workspaces/anthropic/${other.id}/edit`);
  await equals("the other draft is back", () => form(page).name.inputValue(), "Staging, half typed");
});

journey("signing out of the last account leads to the sign-in page, and each sign-out revokes its own session", {}, async ({ page, guard }) => {
  await page.goto("/");
  await signInByPassword(page, "Flashback", EMAILS.owner, PASSWORD, { keep: true });
  await list(page).ready();
  await addAccount(page);
  await choose(page, "Altostrat");
  await page.getByRole("checkbox", { name: "Keep me signed in for this tab" }).check();
  await signInByWindow(page, page.getByRole("main"), "owner");
  await accounts(page).card("Altostrat").waitFor();
  const revoked = () => guard.all().filter(({ path }) => /\/(oauth\/revoke|user\/logout)$/.test(path)).map(({ path }) => path);
  await accounts(page).act("Sign out of Flashback").click();
  await page.getByRole("dialog").getByRole("button", { name: "Sign out of Flashback" }).click();
  await equals("Flashback's session is ended there", revoked, ["/api/flashback/user/logout"]);
  // So that there is a page of the app to go back to.
  await menu(page, "Settings").click();
  await menu(page, "Accounts").click();
  await page.getByRole("button", { name: "Sign out", exact: true }).click();
  await page.getByRole("heading", { name: "Sign in to Steward", level: 1 }).waitFor();
  await equals("and Altostrat's there", revoked, ["/api/flashback/user/logout", "/api/altostrat-signin/oauth/revoke"]);
  assert.deepEqual(await stored(page), []);
  await page.goBack();
  await page.getByRole("heading", { name: "Sign in to Steward", level: 1 }).waitFor();
});
