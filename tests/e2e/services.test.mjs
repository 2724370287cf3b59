// Archiving at each service. Guarantees: before it is done, the dialog says in that service's terms what will happen,
// what stops with it and whether there is a way back; a refusal keeps the service's own words; what the services protect
// cannot even be sent.

import assert from "node:assert/strict";
import { closeAfterwards, journey } from "./lib/browser.mjs";
import { archiveDialog, focused, form, list, notice, pane, standing } from "./lib/screens.mjs";
import { FOUR, OWNED } from "./lib/seed.mjs";
import { holding, stateOf } from "./lib/services.mjs";
import { equals, holds, until } from "./lib/until.mjs";

closeAfterwards();

/** Opens a workspace's dialog by its row. */
async function open(page, one) {
  const button = list(page).archiveOf(one.id);
  await until("may archive", async () => !(await standing(button)).disabled);
  await button.click();
  const dialog = archiveDialog(page, one.name);
  await dialog.dialog.waitFor();
  return dialog;
}

async function confirm({ field }, name) {
  await field.fill(name);
  await field.press("Enter");
}

// Service, what is archived there, every sentence about it, what its API says afterwards, and what was sent.
const EACH = [
  ["altostrat/owner", OWNED, ["Nobody can change it afterwards.", "Altostrat documents no way to undo this.", "Altostrat refuses while the workspace has active subscriptions, or organizations with usage."], "archived", (id) => `DELETE /api/altostrat/workspaces/${id}`],
  ["anthropic/owner", "Claims Triage", ["Nobody can change it afterwards.", "Its API keys stop working within seconds.", "Anthropic documents that this cannot be undone."], "archived", (id) => `POST /api/anthropic/v1/organizations/workspaces/${id}/archive`],
  ["flashback/owner", OWNED, ["All its users are taken out.", "Flashback's own staff may be able to bring it back. It offers no way to ask for that here.", "Flashback refuses while the workspace has buckets or repositories."], "gone", (id) => `DELETE /api/flashback/workspace/${id}`],
  ["openai/owner", OWNED, ["Nobody can change it afterwards.", "OpenAI documents no way to undo this."], "archived", (id) => `POST /api/openai/v1/organization/projects/${id}/archive`],
];

journey("archiving in each of four services, in its own words, and done there", { accounts: FOUR, at: "/workspaces?state=all" }, async ({ page, server, guard }) => {
  // What is archived at Flashback is not there any more: that is how it shows.
  guard.allowStatus(404);
  const all = new Set(EACH.flatMap(([, , sentences]) => sentences));
  const expected = [];
  for (const [who, name, sentences, after, sent] of EACH) {
    const one = await holding(server, who, name);
    const dialog = await open(page, one);
    const text = await dialog.dialog.innerText();
    const service = (await dialog.dialog.getByRole("listitem").allInnerTexts()).filter((line) => all.has(line.trim()));
    assert.deepEqual(service.map((line) => line.trim()), sentences, who);
    assert.ok(text.includes(one.id), `${who}: the id`);
    assert.match(text, new RegExp(`^.*(Altostrat|Anthropic|Flashback|OpenAI) · ${one.id}`, "m"), `${who}: account and service`);
    await confirm(dialog, name);
    await dialog.dialog.waitFor({ state: "hidden" });
    await notice(page, `${name} is archived.`);
    await equals(`${who}: the service has it`, () => stateOf(server, who, one.id), after);
    expected.push(sent(one.id));
    // One that its service does not show any more is shown by what it was answered, until the list is loaded again.
    await until(`${who}: the row says so`, async () => (await list(page).rowOf(one.id).getByRole("cell").nth(4).innerText()) === "Archived");
    for (const control of [list(page).archiveOf(one.id), list(page).editOf(one.id)]) {
      assert.match((await standing(control)).description, /This workspace is archived\. Nothing in it can be changed\./);
    }
    // No way back is offered where there is none.
    assert.equal(await page.getByRole("button", { name: /undo|restore|unarchive/i }).count(), 0, who);
  }
  assert.deepEqual(guard.mutations(), expected);
  await list(page).reload.click();
  await list(page).rowOf((await holding(server, "altostrat/owner", OWNED)).id).waitFor();
  const gone = guard.sent("DELETE", /flashback/)[0].path.split("/").at(-1);
  await list(page).rowOf(gone).waitFor({ state: "detached" });
});

journey("Anthropic: the keys that will stop are named before, and are archived after", { accounts: ["anthropic/owner"] }, async ({ page, server }) => {
  const keys = async (id) => (await server.api("anthropic/owner", "GET", `/v1/organizations/api_keys?workspace_id=${id}&limit=1000`)).body.data;
  for (const [name, words] of [["Claims Triage", "3 active API keys stop working within seconds:"], ["Production", "1 active API key stops working within seconds:"], ["Evaluation Lab", "It has no active API keys."]]) {
    const one = await holding(server, "anthropic/owner", name);
    const active = (await keys(one.id)).filter(({ status }) => status === "active");
    const { dialog, keep } = await open(page, one);
    await dialog.getByText(words, { exact: true }).waitFor();
    const listed = await dialog.getByRole("listitem").allInnerTexts();
    for (const { name: key, partial_key_hint: hint } of active) {
      assert.equal(listed.filter((line) => line.includes(key) && line.includes(hint)).length, 1, `${key} ${hint} in ${listed}`);
    }
    const others = (await keys(one.id)).filter(({ status }) => status !== "active");
    for (const { partial_key_hint: hint } of others) assert.ok(!listed.join("\n").includes(hint), `${hint} does not work now`);
    await keep.click();
  }
  const one = await holding(server, "anthropic/owner", "Claims Triage");
  await confirm(await open(page, one), one.name);
  await notice(page, "Claims Triage is archived.");
  assert.deepEqual([...new Set((await keys(one.id)).map(({ status }) => status))], ["archived"]);
});

journey("Anthropic: keys that cannot be read are not taken for none, and hold nothing up", { accounts: ["anthropic/owner"] }, async ({ page, server, guard }) => {
  guard.allowStatus(500);
  const one = await holding(server, "anthropic/owner", "Claims Triage");
  await list(page).ready();
  await server.faults({ dialect: "anthropic", method: "GET", path: "/v1/organizations/api_keys", action: { status: 500 } });
  const { dialog, field, confirm: send } = await open(page, one);
  const unread = dialog.getByRole("alert").filter({ hasText: "Its API keys could not be read" });
  await unread.filter({ hasText: "It may have active ones. They stop working when it is archived." }).waitFor();
  assert.equal(await dialog.getByText("It has no active API keys.").count(), 0);
  await field.fill(one.name);
  assert.equal((await standing(send)).disabled, false);
  await server.noFaults();
  await unread.getByRole("button", { name: "Refresh" }).click();
  await dialog.getByText("3 active API keys stop working within seconds:").waitFor();
  assert.equal(await field.inputValue(), one.name, "what was typed stays");
});

journey("Flashback: refused for what was stored meanwhile, in its own words, and nothing changed", { accounts: ["flashback/owner"] }, async ({ page, server, guard }) => {
  guard.allowStatus(400);
  const one = await holding(server, "flashback/owner", "Ridgeway Clinics");
  // The first look finds nothing, as where a bucket was made just after it.
  await server.faults({ dialect: "flashback", method: "GET", path: "/bucket", times: 1, action: { status: 200, body: { success: true, buckets: [] } } });
  const dialog = await open(page, one);
  await dialog.heading.filter({ hasText: "Nothing stands in the way" }).waitFor();
  await confirm(dialog, one.name);
  const told = dialog.checks.filter({ hasText: "The workspace was not archived" });
  await told.waitFor();
  const text = await dialog.dialog.innerText();
  for (const part of ["Cannot delete workspace with existing buckets or repos", "Nothing has changed."]) assert.ok(text.includes(part), `${part} in ${text}`);
  await dialog.dialog.getByRole("button", { name: /^Delete bucket: / }).waitFor();
  assert.equal(await dialog.field.inputValue(), one.name, "the typed name stays");
  assert.equal(await stateOf(server, "flashback/owner", one.id), "active");
  assert.equal(guard.mutations().length, 1);
});

journey("Flashback: archived from the open workspace, it is gone without an alarm", { accounts: ["flashback/owner"] }, async ({ page, server, guard }) => {
  guard.allowStatus(404);
  const one = await holding(server, "flashback/owner", OWNED);
  await list(page).linkOf(one.id).click();
  await pane(page).heading(OWNED).waitFor();
  await until("may archive", async () => !(await standing(pane(page).archive(OWNED))).disabled);
  await pane(page).archive(OWNED).click();
  const dialog = archiveDialog(page, OWNED);
  await confirm(dialog, OWNED);
  await dialog.dialog.waitFor({ state: "hidden" });
  await notice(page, `${OWNED} is archived.`);
  await list(page).rowOf(one.id).waitFor({ state: "detached" });
  await holds("nothing alarms", async () => (await page.getByRole("alert").count()) === 0, 1_000);
  assert.deepEqual(guard.mutations(), [`DELETE /api/flashback/workspace/${one.id}`]);
  await until("focus is not lost", async () => (await focused(page)) !== "nothing");
});

journey("Flashback: the other 400, about the person's own account, is not taken for workspaces in use", { accounts: ["flashback/owner"] }, async ({ page, server, guard }) => {
  guard.allowStatus(400);
  const one = await holding(server, "flashback/owner", OWNED);
  await list(page).ready();
  const message = "User not found or account is not validated";
  await server.faults({ dialect: "flashback", method: "DELETE", action: { status: 400, body: { success: false, message } } });
  const dialog = await open(page, one);
  await confirm(dialog, OWNED);
  await dialog.alert.filter({ hasText: "The workspace was not archived" }).filter({ hasText: message }).filter({ hasText: "Nothing has changed." }).waitFor();
  assert.equal(await dialog.dialog.getByText("still in use").count(), 0);
  // A success that says it is none is none.
  await server.faults({ dialect: "flashback", method: "DELETE", action: { status: 200, body: { success: false, message: "Try later" } } });
  await dialog.confirm.click();
  await dialog.alert.filter({ hasText: "Try later" }).waitFor();
  await list(page).rowOf(one.id).waitFor({ state: "attached" });
});

journey("what the services protect cannot even be sent: Anthropic's Default, and OpenAI's by its refusal", { accounts: ["anthropic/owner", "openai/owner"] }, async ({ page, server, guard }) => {
  guard.allowStatus(400);
  const one = await holding(server, "anthropic/owner", "Default");
  const archive = list(page).archiveOf(one.id);
  await archive.waitFor();
  assert.deepEqual((await standing(archive)).disabled, true);
  assert.match((await standing(archive)).description, /This is the organization's default workspace\. The service does not let it be archived\./);
  await archive.click({ force: true });
  await archive.press("Enter");
  await page.getByRole("status").filter({ hasText: "organization's default workspace" }).first().waitFor();
  assert.equal(await page.getByRole("dialog").count(), 0);
  await page.keyboard.press("Escape");

  await list(page).linkOf(one.id).click();
  await pane(page).heading("Default").waitFor();
  await pane(page).part.getByText("It can be neither renamed nor archived, and everybody in the organization is in it.").waitFor();
  assert.equal((await standing(pane(page).archive("Default"))).disabled, true);
  await pane(page).archive("Default").click({ force: true });
  await pane(page).edit("Default").click();
  await form(page).text("Tags").waitFor();
  assert.equal(await form(page).name.count(), 0, "its name is no field");
  await form(page).text("Tags").fill("team=everybody");
  await form(page).save.click();
  await notice(page, "Changes to Default are saved.");
  assert.deepEqual((await holding(server, "anthropic/owner", "Default")).object.tags, { team: "everybody" });
  await pane(page).tab("Members").click();
  await page.getByText("Everybody is in this workspace").waitFor();
  assert.deepEqual(guard.mutations(), [`POST /api/anthropic/v1/organizations/workspaces/${one.id}`]);

  const theirs = await holding(server, "openai/owner", "Default project");
  await page.goto("/workspaces");
  const dialog = await open(page, theirs);
  await confirm(dialog, "Default project");
  await dialog.alert.filter({ hasText: "The workspace was not archived" }).filter({ hasText: "The Default project cannot be archived." }).filter({ hasText: "Nothing has changed." }).waitFor();
  assert.equal(await stateOf(server, "openai/owner", theirs.id), "active");
});

journey("archiving the workspace that Claude Code made warns of what stops for everybody", { accounts: ["anthropic/owner"] }, async ({ page, server }) => {
  const one = await holding(server, "anthropic/owner", "Claude Code");
  const dialog = await open(page, one);
  await dialog.dialog.getByText("Nobody can sign in to Claude Code afterwards", { exact: true }).waitFor();
  await dialog.dialog.getByText("Archiving it blocks Claude Code sign-in for the whole organization.").waitFor();
  const described = await dialog.field.evaluate((field) => field.getAttribute("aria-describedby").split(" ").map((id) => document.getElementById(id).textContent).join(" "));
  assert.match(described, /Nobody can sign in to Claude Code afterwards/, "heard at the field too");
  await dialog.keep.click();
  const other = await open(page, await holding(server, "anthropic/owner", "Staging"));
  assert.equal(await other.dialog.getByText("Claude Code").count(), 0);
});

journey("a viewer of Flashback and a key of OpenAI's that can only read change nothing, and are told why", { accounts: ["flashback/viewer", "openai/viewer"] }, async ({ page, server, guard }) => {
  guard.allowStatus(403);
  const one = await holding(server, "flashback/viewer", OWNED);
  for (const [control, act] of [[list(page).archiveOf(one.id), "Archiving"], [list(page).editOf(one.id), "Editing"]]) {
    await until("decided", async () => !(await standing(control)).description.includes("being checked"));
    const { disabled, description } = await standing(control);
    assert.ok(disabled);
    assert.match(description, new RegExp(`^${act} takes the role admin\\. Your role here is read\\. Ask (the|an) owner: \\S+`));
    await control.click({ force: true });
  }
  assert.equal(await page.getByRole("dialog").count(), 0);
  assert.deepEqual(guard.mutations(), []);

  const theirs = await holding(server, "openai/viewer", OWNED);
  const dialog = await open(page, theirs);
  await confirm(dialog, OWNED);
  await dialog.alert.filter({ hasText: "The service does not allow you to do this. Nothing has changed." }).waitFor();
  assert.equal(await stateOf(server, "openai/viewer", theirs.id), "active");
});
