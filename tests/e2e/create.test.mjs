// New workspaces, and the fields of each service. Guarantees: one is made in the account that was chosen, with the
// fields that its service has, by one request; it is shown as made only as the service gave it back; no letter is lost
// by a refusal, by another account or by leaving; a form to edit has what the service takes and sends what changed.

import assert from "node:assert/strict";
import { closeAfterwards, journey } from "./lib/browser.mjs";
import { hold } from "./lib/hold.mjs";
import { focused, form, list, newForm, notice, pane, standing } from "./lib/screens.mjs";
import { FOUR } from "./lib/seed.mjs";
import { holding, holdings, object } from "./lib/services.mjs";
import { equals, until } from "./lib/until.mjs";

closeAfterwards();

const path = (page) => new URL(page.url()).pathname;
const fields = (page) => page.getByRole("main").getByRole("textbox").or(page.getByRole("main").getByRole("combobox")).evaluateAll((all) => all.map((each) => each.labels[0].textContent));

// Service, how the form shows it, its fields, what is typed, and what the service then has.
const EACH = [
  ["altostrat/owner", "Altostrat", ["Name", "Description", "Billing mode"], { Name: "Made here 🦊", Description: "one\ntwo" }, { "Billing mode": "pooled" }, { name: "Made here 🦊", description: "one\ntwo", billing_mode: "pooled", archived: false }],
  ["anthropic/owner", "Anthropic", ["Name", "Display colour", "Tags", "Default inference geo", "Allowed inference geos", "Workspace geo"], { Name: "Made here too", "Display colour": "#1F6FEB", Tags: "team=blue\ncost-center=4711" }, { "Default inference geo": "us", "Allowed inference geos": "us" }, { name: "Made here too", display_color: "#1F6FEB", tags: { team: "blue", "cost-center": "4711" }, data_residency: { allowed_inference_geos: ["us"], default_inference_geo: "us", workspace_geo: "us" } }],
  ["flashback/owner", "Flashback", ["Name"], { Name: "Made at Flashback" }, {}, { name: "Made at Flashback" }],
  ["openai/owner", "OpenAI", ["Name", "Data residency"], { Name: "Made at OpenAI" }, { "Data residency": "EU_STORAGE_PROCESSING" }, { name: "Made at OpenAI", status: "active", residency: "EU_STORAGE_PROCESSING" }],
];

journey("a workspace is made in each of four services, with the fields of each", { accounts: FOUR }, async ({ page, server, guard }) => {
  const screen = newForm(page);
  for (const [who, shown, names, texts, choices, expected] of EACH) {
    const [account] = who.split("/");
    await list(page).create.click();
    await screen.heading.waitFor();
    await equals("no account is chosen for anybody", () => screen.account.evaluate((select) => select.selectedOptions[0].textContent), "Choose an account");
    await screen.account.selectOption({ label: shown });
    await equals(`the fields of ${account}`, async () => (await fields(page)).filter((name) => name !== "Account"), names);
    for (const [name, text] of Object.entries(texts)) await screen.text(name).fill(text);
    for (const [name, value] of Object.entries(choices)) await screen.choice(name).selectOption(value);
    await screen.send.click();
    await notice(page, `${texts.Name} is created.`);
    const made = await holding(server, who, texts.Name);
    for (const [field, value] of Object.entries(expected)) assert.deepEqual(made.object[field], value, `${account}: ${field}`);
    await equals("it is open", () => path(page), `/workspaces/${account}/${made.id}`);
    await pane(page).heading(texts.Name).waitFor();
    await list(page).rowOf(made.id).waitFor();
    await until("its maker may archive it", async () => !(await standing(list(page).archiveOf(made.id))).disabled);
    await pane(page).close.click();
  }
  assert.equal(guard.mutations().length, 4, "one request each");
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Activity" }).click();
  const table = page.getByRole("table", { name: "Activity" });
  for (const [, , , { Name }] of EACH) await table.getByRole("row").filter({ hasText: Name }).filter({ hasText: "Create" }).filter({ hasText: "Done" }).waitFor();
});

journey("without an account, or with one account, the form asks for what is missing and nothing else", { accounts: ["anthropic/owner", "openai/owner"] }, async ({ page, guard }) => {
  const screen = newForm(page);
  await page.goto("/workspaces/new");
  await screen.send.click();
  await page.getByText("Choose an account", { exact: true }).last().waitFor();
  await until("focus at the account", async () => (await focused(page)) === "select Account");
  assert.equal(await screen.account.getAttribute("aria-invalid"), "true");
  await screen.account.selectOption({ label: "Anthropic" });
  await equals("the address names it", () => page.url().split("/").at(-1), "new?account=anthropic");
  await screen.text("Display colour").fill("blue");
  await screen.text("Tags").fill("team\nanthropic-own=1");
  await screen.choice("Default inference geo").selectOption("global");
  await screen.choice("Allowed inference geos").selectOption("us");
  await screen.send.click();
  for (const line of [
    "Name must not be empty.",
    "Display colour must be a number sign and six digits from 0 to 9 and A to F.",
    "Line 1 of the tags needs a key of its own before an equals sign.",
  ]) await screen.summary.getByRole("link", { name: line }).waitFor();
  await screen.summary.getByRole("link", { name: /^Line 1/ }).click();
  await until("focus in the field", async () => (await focused(page)) === "textarea Tags");
  await screen.text("Tags").fill("team=blue\nanthropic-own=1");
  await screen.summary.getByRole("link", { name: "The key “anthropic-own” begins as the service's own keys do. Choose another." }).waitFor();
  await screen.text("Name").fill("🦊".repeat(41));
  await screen.summary.getByRole("link", { name: "Name must not be longer than 40 characters. It has 41." }).waitFor();
  await screen.text("Name").fill("🦊".repeat(40));
  await screen.text("Display colour").fill("");
  await screen.text("Tags").fill("team=blue");
  await screen.send.click();
  await screen.summary.getByRole("link", { name: "Default inference geo must be among the allowed ones. Change one of the two." }).click();
  await until("focus at the choice", async () => (await focused(page)) === "select Default inference geo");
  assert.deepEqual(guard.mutations(), []);
});

journey("twenty presses and a held Enter make one workspace", { accounts: ["openai/owner"] }, async ({ page, server, guard }) => {
  const release = await hold(page, "POST", "openai");
  const screen = newForm(page);
  await list(page).create.click();
  await screen.text("Name").fill("Only once");
  await screen.send.evaluate((button) => {
    for (let press = 0; press < 20; press += 1) button.click();
  });
  await until("sending", async () => (await standing(screen.send)).busy);
  for (let press = 0; press < 10; press += 1) await screen.text("Name").press("Enter");
  await screen.text("Name").press("x");
  assert.equal(await screen.text("Name").inputValue(), "Only once", "nothing can be typed meanwhile");
  assert.equal(await page.getByText("Only once is created.").count(), 0, "not made before the service said so");
  release();
  await notice(page, "Only once is created.");
  assert.equal((await holdings(server, "openai/owner")).filter(({ name }) => name === "Only once").length, 1);
  assert.equal(guard.mutations().length, 1);
});

journey("a refusal keeps every letter, at the field it names or above the form", { accounts: ["altostrat/owner", "anthropic/owner"], settings: ["anthropic_policy=external_key"] }, async ({ page, server, guard }) => {
  guard.allowStatus(400, 403, 500);
  const screen = newForm(page);
  await page.goto("/workspaces/new?account=anthropic");
  await screen.text("Name").fill("Against a policy");
  await screen.text("Tags").fill("team=blue");
  await screen.send.click();
  const alert = page.getByRole("main").getByRole("alert").filter({ hasText: "The workspace was not created" });
  await alert.filter({ hasText: "Nothing has changed." }).waitFor();
  await alert.getByRole("button", { name: "Copy request id" }).waitFor();
  assert.equal(await screen.text("Tags").inputValue(), "team=blue");

  // Another account: what fits goes along, what does not is back with its own.
  await screen.account.selectOption({ label: "Altostrat" });
  await equals("the name went along", () => screen.text("Name").inputValue(), "Against a policy");
  const message = "The 'name' parameter is taken already.";
  await server.faults({ method: "POST", path: "/workspaces", times: 1, action: { status: 400, body: { type: "invalid_request_error", code: "parameter_invalid", message, doc_url: "https://docs.altostrat.io/errors/parameter_invalid" } } });
  await screen.send.click();
  await screen.summary.getByRole("link", { name: message }).waitFor();
  assert.equal(await screen.text("Name").getAttribute("aria-invalid"), "true");
  await screen.account.selectOption({ label: "Anthropic" });
  await equals("its tags are back", () => screen.text("Tags").inputValue(), "team=blue");
  assert.equal(await page.getByText("Against a policy is created.").count(), 0);
});

// Not by a connection that breaks: Chromium itself sends a request again if one that it had open before does.
const LOST = { method: "POST", path: "/workspaces", times: 1, perform: true, action: { status: 504 } };

journey("a lost answer is looked for in the list, and what is found there is the workspace that was made", { accounts: ["altostrat/owner"] }, async ({ page, server, guard }) => {
  guard.allowStatus(504);
  const screen = newForm(page);
  await list(page).create.click();
  await screen.text("Name").fill("Lost on the way");
  await server.faults(LOST);
  await screen.send.click();
  await pane(page).heading("Lost on the way").waitFor();
  assert.equal(guard.mutations().length, 1, "it is not sent again by itself");
  assert.equal((await server.workspaces()).filter(({ name }) => name === "Lost on the way").length, 1);
});

journey("a lost answer that no list can tell of is told as not known, and leads to where it can be looked for", { accounts: ["altostrat/owner"] }, async ({ page, server, guard }) => {
  guard.allowStatus(500, 504);
  const screen = newForm(page);
  await list(page).create.click();
  await screen.text("Name").fill("Lost on the way");
  await server.faults(LOST, { method: "GET", path: "/workspaces", times: 3, action: { status: 500 } });
  await screen.send.click();
  const alert = page.getByRole("main").getByRole("alert").filter({ hasText: "It is not known whether the workspace was created" });
  await alert.filter({ hasText: "It may have changed all the same." }).waitFor();
  assert.equal(guard.mutations().length, 1, "it is not sent again by itself");
  await page.getByRole("main").getByRole("link", { name: "Go to workspaces" }).click();
  await until("there it is", async () => (await list(page).names()).includes("Lost on the way"));
  assert.equal((await server.workspaces()).filter(({ name }) => name === "Lost on the way").length, 1);
});

journey("a half-filled form asks before it is left, and is back after a reload", { accounts: ["anthropic/owner", "altostrat/owner"] }, async ({ page, guard }) => {
  const questions = [];
  page.on("dialog", (dialog) => {
    questions.push(dialog.type());
    dialog.accept().catch(() => {});
  });
  const screen = newForm(page);
  await page.goto("/workspaces/new?account=anthropic");
  await screen.text("Name").press("End");
  await screen.text("Name").pressSequentially("Half a thought");
  await screen.text("Tags").fill("team=blue");
  await page.reload();
  await equals("the name", () => screen.text("Name").inputValue(), "Half a thought");
  assert.equal(await screen.text("Tags").inputValue(), "team=blue");
  await page.getByRole("status").filter({ hasText: "Your unsaved text is back" }).waitFor();
  assert.deepEqual(questions, ["beforeunload"]);
  await screen.text("Name").press("Escape");
  const asked = page.getByRole("dialog", { name: "Discard the new workspace?" });
  await asked.getByRole("button", { name: "Keep editing" }).click();
  await screen.discard.click();
  await asked.getByRole("button", { name: "Discard", exact: true }).click();
  await list(page).ready();
  await list(page).create.click();
  await screen.account.selectOption({ label: "Anthropic" });
  await equals("nothing is left", () => screen.text("Name").inputValue(), "");
  assert.deepEqual(guard.mutations(), []);
});

journey("a Flashback person who may not make workspaces is told so by the service", { accounts: ["flashback/viewer"] }, async ({ page, guard }) => {
  guard.allowStatus(403);
  const screen = newForm(page);
  await page.goto("/workspaces/new");
  await screen.text("Name").fill("Not for me");
  await screen.send.click();
  await page.getByRole("main").getByRole("alert").filter({ hasText: "The workspace was not created" }).filter({ hasText: "Insufficient permissions to create workspaces" }).waitFor();
  assert.equal(await screen.text("Name").inputValue(), "Not for me");
});

journey("editing has the fields of each service, and sends what changed", { accounts: FOUR }, async ({ page, server, guard }) => {
  const edit = form(page);
  const bodies = () => guard.all().filter(({ method, path: to }) => ["PATCH", "POST", "PUT"].includes(method) && to.startsWith("/api/")).map(({ method, path: to, body }) => [method, to, JSON.parse(body)]);
  const open = async (who, name) => {
    const one = await holding(server, who, name);
    await until("may edit", async () => !(await standing(list(page).editOf(one.id))).disabled);
    await list(page).editOf(one.id).click();
    await edit.name.waitFor();
    return one;
  };
  const production = await open("anthropic/owner", "Production");
  assert.deepEqual(await fields(page).then((all) => all.slice(-5)), ["Name", "Display colour", "Tags", "Default inference geo", "Allowed inference geos"]);
  assert.equal(await edit.text("Tags").inputValue(), "cost-center=4711\nenv=production");
  await edit.text("Tags").fill("env=live\nteam=blue");
  await edit.save.click();
  await notice(page, "Changes to Production are saved.");
  assert.deepEqual(bodies().at(-1), ["POST", `/api/anthropic/v1/organizations/workspaces/${production.id}`, { tags: { env: "live", team: "blue", "cost-center": null } }], "what is gone is sent as null");
  assert.deepEqual((await object(server, "anthropic/owner", production.id)).tags, { env: "live", team: "blue" });

  await open("anthropic/owner", "Production");
  await edit.choice("Default inference geo").selectOption("us");
  await edit.choice("Allowed inference geos").selectOption("us");
  await edit.text("Display colour").fill("#0B7285");
  await edit.save.click();
  await until("sent", () => bodies().length === 2);
  const residency = bodies().at(-1)[2].data_residency;
  assert.deepEqual([bodies().at(-1)[2].display_color, residency.allowed_inference_geos, residency.default_inference_geo, "workspace_geo" in residency], ["#0B7285", ["us"], "us", false]);
  await until("kept", async () => (await object(server, "anthropic/owner", production.id)).display_color === "#0B7285");

  for (const [who, method, at] of [["flashback/owner", "PUT", "/api/flashback/workspace/"], ["openai/owner", "POST", "/api/openai/v1/organization/projects/"]]) {
    const one = await open(who, "Long Read Publishing");
    assert.deepEqual(await fields(page).then((all) => all.slice(-1)), ["Name"]);
    await edit.name.fill("Short Read Publishing");
    await edit.save.click();
    // The notice of the service before says the same.
    await until("it is sent", async () => bodies().at(-1)?.[1] === `${at}${one.id}`);
    await notice(page, "Changes to Short Read Publishing are saved.");
    assert.deepEqual(bodies().at(-1), [method, `${at}${one.id}`, { name: "Short Read Publishing" }]);
    await equals("its name", async () => (await object(server, who, one.id)).name, "Short Read Publishing");
  }
});
