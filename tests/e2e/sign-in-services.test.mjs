// The ways into several services. Guarantees: each is signed in to its own way and joins the one list; what fails is told
// at the service it was tried at, without its secret, and takes nothing away from who is signed in already.

import assert from "node:assert/strict";
import { closeAfterwards, journey } from "./lib/browser.mjs";
import { accounts, list, menu, notice } from "./lib/screens.mjs";
import { FOUR } from "./lib/seed.mjs";
import { places } from "./lib/services.mjs";
import { addAccount, choose, chooser, EMAILS, PASSWORD, signInByKey, signInByPassword, signInByWindow, throughWindow } from "./lib/sign-in.mjs";
import { equals, until } from "./lib/until.mjs";

closeAfterwards();

const LABELS = ["Altostrat", "Anthropic", "Flashback", "OpenAI"];
const stored = (page) => page.evaluate(() => Object.keys(sessionStorage).filter((key) => key.startsWith("steward.")).sort());
const radios = (page) => chooser(page).getByRole("radio").evaluateAll((all) => all.map((each) => [each.labels[0].textContent, each.checked]));

journey("four services, each signed in to its own way, and one list over all of them", { people: FOUR }, async ({ page, server }) => {
  await page.goto("/");
  await chooser(page).waitFor();
  assert.deepEqual(await radios(page), LABELS.map((name, at) => [name, at === 0]), "all four, the first one chosen");
  await signInByKey(page, "OpenAI", server.token("openai/owner"));
  await list(page).ready();
  const grows = async (...people) => {
    const expected = await places(server, ...people);
    await menu(page, "Workspaces").click();
    await list(page).segment("All").click();
    await equals(`the list of ${people}`, () => list(page).places(), expected);
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

  // It has a window of its own, so that nothing has to be kept for the way.
  await addAccount(page);
  await choose(page, "Altostrat");
  await signInByWindow(page, page.getByRole("main"), "owner");
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
  await throughWindow(page, page.getByRole("button", { name: "Continue with Altostrat" }), (opened) => opened.getByRole("button", { name: "Cancel and go back" }).click());
  await page.getByRole("alert").filter({ hasText: "The sign-in service refused" }).waitFor();
  await equals("at the form for an account", () => new URL(page.url()).pathname, "/accounts/add");
  assert.deepEqual(await radios(page), LABELS.map((name) => [name, name === "Altostrat"]));
  await menu(page, "Workspaces").click();
  await list(page).ready();
  assert.deepEqual(await stored(page), []);
  await addAccount(page);
  await choose(page, "Altostrat");
  assert.equal(await page.getByRole("alert").count(), 0, "what went wrong is not said again when the page is opened anew");
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
