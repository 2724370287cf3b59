// Several accounts at once. Guarantees: each service is signed in to its own way and joins the one list; what is done to
// an account (named, signed out of, signed in to again) leaves the others alone; nothing of one that has left stays.

import assert from "node:assert/strict";
import { closeAfterwards, journey } from "./lib/browser.mjs";
import { accounts, form, list, newForm, pane } from "./lib/screens.mjs";
import { holding, holdings } from "./lib/services.mjs";
import { addAccount, choose, chooser, EMAILS, PASSWORD, signInAtTheService, signInByKey, signInByPassword } from "./lib/sign-in.mjs";
import { equals, until } from "./lib/until.mjs";

closeAfterwards();

const FOUR = ["altostrat/owner", "anthropic/owner", "flashback/owner", "openai/owner"];
const LABELS = ["Altostrat", "Anthropic", "Flashback", "OpenAI"];
const menu = (page, name) => page.getByRole("navigation", { name: "Main" }).getByRole("link", { name, exact: true });
const notice = (page, text) => page.getByText(text, { exact: true }).first().waitFor();
const stored = (page) => page.evaluate(() => Object.keys(sessionStorage).filter((key) => key.startsWith("steward.")).sort());
const radios = (page) => chooser(page).getByRole("radio").evaluateAll((all) => all.map((each) => [each.labels[0].textContent, each.checked]));
const label = (who) => LABELS[FOUR.findIndex((each) => each.split("/")[0] === who.split("/")[0])];

/** `name id account` of every row, in an order of their own. */
const rows = async (page) => (await list(page).cells("Name", "Account")).map((cells) => cells.join("\n").split("\n").map((part) => part.trim()).join(" ")).sort();

/** What the services hold for these people, told as `rows` tells it. */
async function held(server, ...people) {
  const all = await Promise.all(people.map(async (who) => (await holdings(server, who)).map((each) => ({ ...each, label: label(who) }))));
  return all.flat();
}

/** Compared without names, which a page may write out in another way. */
const ids = (lines) => lines.map((line) => line.match(/(\S+) (\S+)$/).slice(1, 3).join(" ")).sort();

journey("four services, each signed in to its own way, and one list over all of them", { people: FOUR }, async ({ page, server }) => {
  await page.goto("/");
  await chooser(page).waitFor();
  assert.deepEqual(await radios(page), LABELS.map((name, at) => [name, at === 0]), "all four, the first one chosen");
  await signInByKey(page, "OpenAI", server.token("openai/owner"));
  await list(page).ready();
  const grows = async (...people) => {
    const expected = (await held(server, ...people)).map(({ id, label }) => `${id} ${label}`).sort();
    await menu(page, "Workspaces").click();
    await list(page).segment("All").click();
    await equals(`the list of ${people}`, async () => ids(await rows(page)), expected);
  };
  await grows("openai/owner");

  await addAccount(page);
  assert.equal((await radios(page)).length, 4);
  await signInByKey(page, "Anthropic", server.token("anthropic/owner"));
  await accounts(page).heading.waitFor();
  await notice(page, "Anthropic is connected.");
  await grows("openai/owner", "anthropic/owner");

  await addAccount(page);
  await signInByPassword(page, "Flashback", EMAILS.owner, PASSWORD);
  await notice(page, "Flashback is connected.");
  await grows("openai/owner", "anthropic/owner", "flashback/owner");

  // The page is left for this one, and the three others are there when it is back.
  await addAccount(page);
  await choose(page, "Altostrat");
  await signInAtTheService(page, "owner");
  await accounts(page).card("Altostrat").waitFor();
  await grows(...FOUR);
  assert.deepEqual(await stored(page), [], "nothing is kept that was not asked to be");

  await menu(page, "Accounts").click();
  assert.deepEqual(await accounts(page).cards.getByRole("heading", { level: 2 }).allInnerTexts(), LABELS, "in the order of the configuration");
  for (const [who, term, value] of [["Altostrat", "Signed in as", "Olivia Okafor"], ["Anthropic", "Organization", "Okafor Holdings"], ["Flashback", "Signed in as", "Olivia"]]) {
    await until(`${term} of ${who}`, async () => (await accounts(page).value(who, term).innerText()).includes(value));
  }
  for (const who of LABELS) await equals(`${who} is well`, async () => (await accounts(page).card(who).innerText()).includes("Connected"), true);
});

journey("filters for account and service narrow the list, add up and stand in the address", { accounts: FOUR, at: "/workspaces?state=all" }, async ({ page, server }) => {
  const screen = list(page);
  const shows = async (what, ...people) => {
    const expected = (await held(server, ...people)).map(({ id, label }) => `${id} ${label}`).sort();
    await equals(what, async () => ids(await rows(page)), expected);
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
  await equals("the search goes over all", async () => (await rows(page)).length, (await held(server, ...FOUR)).filter(({ name }) => name === "Field office").length);
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
  assert.deepEqual(await stored(page), ["steward.session/anthropic", "steward.session/flashback"]);
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
  await page.getByRole("alert").filter({ hasText: "Workspace not found" }).waitFor();
  await page.goto(`/workspaces/anthropic/${other.id}/edit`);
  await equals("the other draft is back", () => form(page).name.inputValue(), "Staging, half typed");
});

journey("signing out of the last account leads to the sign-in page, and each sign-out revokes its own session", {}, async ({ page, guard }) => {
  await page.goto("/");
  await signInByPassword(page, "Flashback", EMAILS.owner, PASSWORD, { keep: true });
  await list(page).ready();
  await addAccount(page);
  await choose(page, "Altostrat");
  await signInAtTheService(page, "owner", { keep: true });
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

journey("a sign-in that fails says so at that service, and takes nothing away", { person: "owner", people: ["anthropic/viewer", "openai/owner"], settings: ["anthropic_ordinary_key=403"] }, async ({ page, server, guard }) => {
  guard.allowStatus(401, 403);
  await list(page).ready();
  await addAccount(page);
  const alert = page.getByRole("main").getByRole("alert");
  for (const [service, attempt, title, words] of [
    ["Anthropic", () => signInByKey(page, "Anthropic", "two words"), "This is no Admin key", ""],
    ["Anthropic", () => signInByKey(page, "Anthropic", "sk-ant-admin01-unknown"), "Signing in did not work", "The service does not accept this key."],
    ["Anthropic", () => signInByKey(page, "Anthropic", server.token("anthropic/viewer")), "Signing in did not work", "This API key belongs to a workspace; an Admin API key is needed here."],
    ["OpenAI", () => signInByKey(page, "OpenAI", "sk-admin-unknown"), "Signing in did not work", "The service does not accept this key."],
    ["Flashback", () => signInByPassword(page, "Flashback", EMAILS.owner, "wrong"), "Signing in did not work", "The service does not accept this e-mail and password."],
    ["Flashback", () => signInByPassword(page, "Flashback", "nobody@example.com", PASSWORD), "Signing in did not work", "The service does not accept this e-mail and password."],
  ]) {
    await attempt();
    const told = alert.filter({ hasText: title }).filter({ hasText: words });
    await told.waitFor();
    assert.doesNotMatch(await told.innerText(), /sk-ant-|sk-admin|wrong|\brole\b/i, `${service}: neither the secret nor words about something else`);
    const secret = page.getByLabel(service === "Flashback" ? "Password" : "Admin key", { exact: true });
    await equals(`${service}: the field is empty again`, () => secret.inputValue(), "");
    await until(`${service}: focus is in the field`, () => secret.evaluate((element) => element === document.activeElement));
    // What went wrong at one service is not said at another.
    await choose(page, service === "Flashback" ? "Anthropic" : "Flashback");
    await alert.waitFor({ state: "detached" });
  }
  await page.getByRole("link", { name: "Back to accounts" }).click();
  await equals("one account", () => accounts(page).cards.getByRole("heading", { level: 2 }).allInnerTexts(), ["Altostrat"]);
  await menu(page, "Workspaces").click();
  await list(page).ready();
});

journey("cancelling at Altostrat's page comes back to the form, with the accounts there were", { people: ["anthropic/owner"] }, async ({ page, server }) => {
  await page.goto("/");
  await signInByKey(page, "Anthropic", server.token("anthropic/owner"));
  await list(page).ready();
  await addAccount(page);
  await choose(page, "Altostrat");
  await page.getByRole("button", { name: "Continue with Altostrat" }).click();
  await page.getByRole("button", { name: "Cancel and go back" }).click();
  await page.getByRole("alert").filter({ hasText: "The sign-in service refused" }).waitFor();
  await equals("at the form for an account", () => new URL(page.url()).pathname, "/accounts/add");
  assert.deepEqual(await radios(page), LABELS.map((name) => [name, name === "Altostrat"]));
  await menu(page, "Workspaces").click();
  await list(page).ready();
  assert.deepEqual(await stored(page), []);
});

journey("a token of Flashback's works as well as a password, and whoever signs in again gets a new session", { people: ["flashback/owner", "flashback/admin"] }, async ({ page, server }) => {
  await page.goto("/");
  await choose(page, "Flashback");
  await page.getByRole("button", { name: "Use an access token instead" }).click();
  await page.getByLabel("Access token").fill(server.token("flashback/admin"));
  await page.getByRole("button", { name: "Sign in with token" }).click();
  await list(page).ready();
  await addAccount(page);
  await signInByPassword(page, "Flashback", EMAILS.owner, PASSWORD);
  await notice(page, "Flashback 2 is connected.");
  await addAccount(page);
  await signInByPassword(page, "Flashback", EMAILS.admin, PASSWORD);
  await accounts(page).heading.waitFor();
  await equals("two people, two accounts", () => accounts(page).cards.getByRole("heading", { level: 2 }).allInnerTexts(), ["Flashback", "Flashback 2"]);
  await equals("the first is still the admin", async () => (await accounts(page).value("Flashback", "Signed in as").innerText()).includes("Anders"), true);
});

journey("the address that was wanted is reached by key and by password too", { people: ["anthropic/owner"] }, async ({ page, server }) => {
  await page.goto("/workspaces?q=claims+triage&state=all");
  await chooser(page).waitFor();
  assert.equal(new URL(page.url()).pathname, "/sign-in");
  await signInByKey(page, "Anthropic", server.token("anthropic/owner"));
  await equals("the wanted address", () => [...new URL(page.url()).searchParams], [["q", "claims triage"], ["state", "all"]]);
  await list(page).ready();
  await equals("its rows", () => list(page).names(), ["Claims Triage"]);
});
