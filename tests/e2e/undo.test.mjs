// Taking back what was done. Guarantees: it was really done and is really changed again, by the requests that such a
// change takes and by no other; each press of it belongs to its own change alone; nobody's later change is written over;
// what cannot be taken back has no button.

import assert from "node:assert/strict";
import { AxeBuilder } from "@axe-core/playwright";
import { closeAfterwards, journey } from "./lib/browser.mjs";
import { hold } from "./lib/hold.mjs";
import { archiveDialog, focused, form, list, menu, merge, pane, people, standing } from "./lib/screens.mjs";
import { BOOKS, OWNED } from "./lib/seed.mjs";
import { holding, membersOf } from "./lib/services.mjs";
import { equals, until } from "./lib/until.mjs";

closeAfterwards();

const bodies = (guard, method = "PATCH") => guard.sent(method).map(({ body }) => JSON.parse(body));
const says = (page, text) => page.getByText(text).filter({ visible: true }).first().waitFor();
const undo = (page, what) => page.getByRole("button", { name: `Undo: ${what}`, exact: true });
const undos = (page) => page.getByRole("button", { name: /^Undo/ });
const record = async (page) => {
  await menu(page, "Activity").click();
  await page.getByRole("table", { name: "Activity" }).waitFor();
};
const quiet = async (page) => {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  assert.deepEqual(violations.map(({ id, nodes }) => `${id} at ${nodes.map(({ target }) => target)}`), []);
};

/** Saves these fields of a workspace, and gives ways to look and to change it as somebody else would. */
async function saved({ page, server }, fields, name = BOOKS) {
  const { id } = (await server.workspaces()).find((each) => each.name === name);
  await until("may edit", async () => !(await standing(list(page).edit(name))).disabled);
  await list(page).edit(name).click();
  for (const [field, text] of Object.entries(fields)) await form(page)[field].fill(text);
  await form(page).save.click();
  await says(page, `Changes to ${fields.name ?? name} are saved.`);
  const ask = async (method, body) => {
    const reply = await server.api("owner", method, `/workspaces/${id}`, body);
    assert.equal(reply.status, 200);
    return reply.body;
  };
  return { id, truth: () => ask("GET"), theirs: (change) => ask("PATCH", change) };
}

journey("a save is taken back by one reading and one writing of exactly what it changed", { person: "owner" }, async (scene) => {
  const { page, guard, server } = scene;
  const before = (await server.workspaces()).find(({ name }) => name === BOOKS);
  const { id, truth } = await saved(scene, { name: "Mine", description: "Mine too" });
  await quiet(page);
  const [read, sent] = [guard.sent("GET", `${id}$`).length, guard.sent("PATCH").length];
  await undo(page, `Changed ${BOOKS}`).evaluate((button) => {
    for (let press = 0; press < 20; press += 1) button.click();
  });
  await says(page, `Undone, Name and Description: ${BOOKS} has what was there before.`);
  assert.deepEqual([guard.sent("GET", `${id}$`).length - read, guard.sent("PATCH").length - sent], [1, 1], "twenty presses are one");
  assert.deepEqual(bodies(guard).at(-1), { name: before.name, description: before.description });
  const now = await truth();
  assert.deepEqual([now.name, now.description], [before.name, before.description]);
  await list(page).link(BOOKS).waitFor();
  assert.equal(await undos(page).count(), 0);
});

journey("two quick changes: the first is taken back, the second stays", { person: "owner" }, async (scene) => {
  const { page, guard } = scene;
  const one = await saved(scene, { name: "First" });
  const two = await saved(scene, { description: "Second" }, OWNED);
  await undo(page, `Changed ${OWNED}`).waitFor();
  assert.equal(await undos(page).count(), 1, "the notice is about the newest");
  await record(page);
  const sent = guard.sent("PATCH").length;
  await undo(page, `Changed ${BOOKS}`).click();
  await says(page, `Undone, Name: ${BOOKS} has what was there before.`);
  assert.deepEqual(guard.sent("PATCH").slice(sent).map(({ path, body }) => [path.endsWith(one.id), JSON.parse(body)]), [[true, { name: BOOKS }]]);
  assert.equal((await one.truth()).name, BOOKS);
  assert.equal((await two.truth()).description, "Second");
  // What took it back is an attempt as well.
  await undo(page, "Undid: Changed First").click();
  await says(page, "Undone, Name: First has what was there before.");
  assert.equal((await one.truth()).name, "First");
});

journey("what somebody else changed besides survives", { person: "owner" }, async (scene) => {
  const { page, guard } = scene;
  const { theirs, truth } = await saved(scene, { name: "Mine" });
  await theirs({ description: "Theirs" });
  await undo(page, `Changed ${BOOKS}`).click();
  await says(page, "Somebody else changed Description meanwhile. Both changes are kept.");
  assert.deepEqual(bodies(guard).at(-1), { name: BOOKS });
  const now = await truth();
  assert.deepEqual([now.name, now.description], [BOOKS, "Theirs"]);
});

for (const [pick, wanted] of [["Keep mine", BOOKS], ["Take theirs", "Theirs"]]) {
  journey(`where somebody changed the same since, it asks, and ${pick.toLowerCase()} does just that`, { person: "owner" }, async (scene) => {
    const { page, guard } = scene;
    const { theirs, truth } = await saved(scene, { name: "Mine" });
    await theirs({ name: "Theirs" });
    const sent = guard.sent("PATCH").length;
    await undo(page, `Changed ${BOOKS}`).click();
    const panel = merge(page, "The same was changed again since");
    await panel.heading.waitFor();
    await until("focus on the heading", async () => (await focused(page)) === "h3 The same was changed again since");
    await says(page, "Nothing is undone yet.");
    assert.deepEqual(await panel.chosen(), [], "nothing is chosen beforehand");
    assert.equal(guard.sent("PATCH").length, sent);
    await panel.radio(`${pick}: Name`).check();
    if (wanted === BOOKS) {
      await form(page).save.click();
      await says(page, `Changes to ${BOOKS} are saved.`);
    } else {
      assert.equal((await truth()).name, "Theirs");
    }
    assert.equal((await truth()).name, wanted);
  });
}

journey("archiving offers nothing that cannot be, and the record says why", { person: "owner" }, async ({ page }) => {
  await until("may archive", async () => !(await standing(list(page).archive(OWNED))).disabled);
  await list(page).archive(OWNED).click();
  const { field, confirm } = archiveDialog(page, OWNED);
  await field.fill(OWNED);
  await confirm.click();
  await says(page, `${OWNED} is archived.`);
  assert.equal(await undos(page).count(), 0);
  await record(page);
  await says(page, "Cannot be undone: Altostrat documents no way back.");
  assert.equal(await undos(page).count(), 0);
  await quiet(page);
});

for (const [service, name, role] of [["anthropic", "Claims Triage", "workspace_developer"], ["flashback", OWNED, "READ"], ["openai", OWNED, "member"]]) {
  journey(`${service}: who was added is taken out, and who was taken out is added with the role they had`, { accounts: [`${service}/owner`] }, async ({ page, server, guard }) => {
    const who = `${service}/owner`;
    const one = await holding(server, who, name);
    const before = await membersOf(server, who, one.id);
    const screen = people(page);
    await page.goto(`/workspaces/${service}/${one.id}/members`);
    await pane(page).heading(one.name).waitFor();
    await screen.begin.click();
    await screen.add.getByRole("radio").first().waitFor();
    await screen.add.getByRole("radio").first().check();
    await screen.role.selectOption(role);
    await screen.add.getByRole("button", { name: /^Add .* as / }).click();
    await undos(page).waitFor();
    const added = await membersOf(server, who, one.id);
    const [id] = Object.keys(added).filter((each) => !(each in before));
    const called = (await undos(page).getAttribute("aria-label")).match(/^Undo: Added (.*) to /)[1];

    await undo(page, `Added ${called} to ${name}`).click();
    await says(page, `Undone. ${called} was removed from ${name}.`);
    await screen.row(id).waitFor({ state: "detached" });
    assert.deepEqual(await membersOf(server, who, one.id), before);

    // The undo's own undo stands in the record.
    await record(page);
    await undo(page, `Undid: Removed ${called} from ${name}`).click();
    await says(page, `Undone. ${called} was added to ${name} as`);
    assert.deepEqual(await membersOf(server, who, one.id), { ...before, [id]: role });
    assert.equal(guard.mutations().length, 3, "one request each");
  });
}

journey("Altostrat: a member who was taken out is added again", { accounts: ["altostrat/owner"], people: ["admin"] }, async ({ page, server, guard }) => {
  const { body: one } = await server.api("owner", "POST", "/workspaces", { name: "With somebody", billing_mode: "single" });
  const other = JSON.parse(Buffer.from(server.token("admin").split(".")[1], "base64url")).sub;
  await server.api("owner", "POST", `/workspaces/${one.id}/members`, { user_id: other, role: "admin" });
  const before = await membersOf(server, "owner", one.id);
  const screen = people(page);
  await page.goto(`/workspaces/altostrat/${one.id}/members`);
  await screen.row(other).waitFor();
  await screen.remove(other).click();
  await screen.question(`Remove ${other} from With somebody`).getByRole("button", { name: `Remove ${other} from With somebody`, exact: true }).click();
  await screen.row(other).waitFor({ state: "detached" });
  const read = guard.sent("GET", /members$/).length;
  await undo(page, `Removed ${other} from With somebody`).click();
  await says(page, `Undone. ${other} was added to With somebody as admin.`);
  await screen.row(other).waitFor();
  assert.deepEqual(await membersOf(server, "owner", one.id), before);
  assert.deepEqual(guard.mutations().map((line) => line.split(" ")[0]), ["DELETE", "POST"]);
  assert.equal(guard.sent("GET", /members$/).length - read, 2, "looked at before and after");
});

journey("who was demoted meanwhile is told why, and nothing is sent", { accounts: ["altostrat/owner"], people: ["admin"] }, async (scene) => {
  const { page, server, guard } = scene;
  const subject = (who) => JSON.parse(Buffer.from(server.token(who).split(".")[1], "base64url")).sub;
  const { id } = await saved(scene, { name: "Mine" });
  const other = subject("admin");
  const added = await server.api("owner", "POST", `/workspaces/${id}/members`, { user_id: other, role: "owner" });
  if (added.status >= 300) await server.api("owner", "PATCH", `/workspaces/${id}/members/${encodeURIComponent(other)}`, { role: "owner" });
  const demoted = await server.api("admin", "PATCH", `/workspaces/${id}/members/${encodeURIComponent(subject("owner"))}`, { role: "viewer" });
  assert.equal(demoted.status, 200);
  // The console learns of it when it looks at the members again, as after a refusal.
  await menu(page, "Workspaces").click();
  await page.reload();
  await record(page);
  const button = undo(page, `Changed ${BOOKS}`);
  await until("the reason", async () => (await standing(button)).description.includes("Editing takes the role"));
  const sent = guard.mutations().length;
  await button.click({ force: true });
  await page.getByRole("status").filter({ hasText: "Your role here is viewer." }).first().waitFor();
  assert.equal(guard.mutations().length, sent);
});

journey("with keys alone: to the button, pressed, to the record, and pressed there", { person: "owner" }, async (scene) => {
  const { page, guard } = scene;
  const { truth } = await saved(scene, { name: "Mine" });
  await page.keyboard.press("u");
  await until("on the button", async () => (await focused(page)) === `button Undo: Changed ${BOOKS}`);
  const release = await hold(page, "PATCH");
  await page.keyboard.press("Enter");
  await until("at work", async () => (await standing(undo(page, `Changed ${BOOKS}`))).busy);
  assert.equal(await focused(page), `button Undo: Changed ${BOOKS}`, "focus stays while it is at work");
  release();
  await says(page, "Undone, Name");
  await until("on the notice", async () => (await focused(page)) === "div Notices");
  await page.keyboard.press("u");
  await page.getByRole("table", { name: "Activity" }).waitFor();
  await until("at the heading", async () => (await focused(page)) === "h1 Activity");
  await page.keyboard.press("u");
  await until("on its button", async () => (await focused(page)) === "button Undo: Undid: Changed Mine");
  await page.keyboard.press("Space");
  await says(page, "Undone, Name: Mine has what was there before.");
  await until("focus is not lost", async () => (await focused(page)) !== "nothing");
  assert.equal((await truth()).name, "Mine");
  assert.equal(guard.sent("PATCH").length, 3);
});

journey("a refusal says so in the notice and in the record, in words that can be copied, and nothing is done twice", { person: "owner" }, async (scene) => {
  const { page, server, guard } = scene;
  guard.allowStatus(500, 504);
  const { truth } = await saved(scene, { name: "Mine" });
  await server.faults({ method: "PATCH", times: 1, action: { status: 500, body: { type: "api_error", code: "internal_server_error", message: "Not today.", doc_url: "" } } });
  await undo(page, `Changed ${BOOKS}`).click();
  const notices = page.getByRole("region", { name: "Notices" });
  await notices.getByRole("alert").filter({ hasText: "Not undone" }).filter({ hasText: "Not today." }).waitFor();
  await quiet(page);
  // The answer is lost, the change is made.
  await server.faults({ method: "PATCH", perform: true, times: 1, action: { status: 504 } });
  await undo(page, `Changed ${BOOKS}`).click();
  await says(page, "The answer was lost, so the workspace was read again. Undone, Name");
  assert.equal((await truth()).name, BOOKS);
  assert.equal(guard.sent("PATCH").length, 3);
  await record(page);
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Export JSON" }).click()]);
  const chunks = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk);
  const { attempts } = JSON.parse(Buffer.concat(chunks).toString());
  await equals("the operations", async () => attempts.map(({ operation, result }) => `${operation}: ${result}`), ["undo of save: done", "undo of save: not done", "save: done"]);
  assert.deepEqual(attempts.map(({ changes }) => changes), [
    [{ what: "field/name", before: "Mine", after: BOOKS }],
    [{ what: "field/name", before: "Mine", after: BOOKS }],
    [{ what: "field/name", before: BOOKS, after: "Mine" }],
  ]);
});
