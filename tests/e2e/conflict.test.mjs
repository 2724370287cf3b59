// Two people at one workspace. Guarantees: of mine and theirs nothing is lost that does not clash, and what clashes is
// asked; what is sent is what changed and nothing else, by one reading and one writing; whatever becomes of the
// workspace meanwhile, every typed letter is still there.

import assert from "node:assert/strict";
import { closeAfterwards, journey } from "./lib/browser.mjs";
import { focused, form, list, merge, pane } from "./lib/screens.mjs";
import { BOOKS } from "./lib/seed.mjs";
import { holding, object } from "./lib/services.mjs";
import { equals, until } from "./lib/until.mjs";

closeAfterwards();

const find = async (server, name = BOOKS) => (await server.workspaces()).find((each) => each.name === name);
const bodies = (guard, method = "PATCH") => guard.sent(method).map(({ body }) => JSON.parse(body));
const notice = (page, text) => page.getByText(text).filter({ visible: true }).first();
const returns = (page) => page.evaluate(() => dispatchEvent(new Event("focus")));

/** Opens the form, and gives a way to change the workspace as somebody else would. */
async function editing({ page, server }, name = BOOKS) {
  const one = await find(server, name);
  await list(page).edit(name).click();
  await form(page).name.waitFor();
  const theirs = async (change) => {
    const { status } = await server.api("owner", "PATCH", `/workspaces/${one.id}`, change);
    assert.equal(status, 200);
  };
  return { id: one.id, theirs, truth: async () => (await server.api("owner", "GET", `/workspaces/${one.id}`)).body };
}

journey("a save that meets nobody is one reading and one writing", { person: "owner" }, async (scene) => {
  const { page, guard } = scene;
  const { id, truth } = await editing(scene);
  await form(page).name.fill("Mine");
  await until("at rest", async () => guard.sent("GET", `${id}$`).length > 0);
  const before = guard.sent("GET", `${id}$`).length;
  await form(page).save.click();
  await notice(page, "Changes to Mine are saved.").waitFor();
  assert.equal(guard.sent("GET", `${id}$`).length - before, 1);
  assert.deepEqual(bodies(guard), [{ name: "Mine" }]);
  assert.equal((await truth()).name, "Mine");
});

// Mine in the rows, theirs in the columns: nothing, the name, the description.
for (const [what, theirs, said] of [
  ["nothing", {}, "Changes to Mine are saved."],
  ["something else", { description: "Theirs" }, "Somebody else changed Description meanwhile. Both changes are kept."],
  ["the same to the same", { name: "Mine" }, "Mine already has what you chose. Nothing had to be sent."],
]) {
  journey(`of my name and of ${what} by somebody else both are there in the end`, { person: "owner" }, async (scene) => {
    const { page, guard } = scene;
    const { theirs: change, truth } = await editing(scene);
    await form(page).name.fill("Mine");
    if (Object.keys(theirs).length > 0) await change(theirs);
    await form(page).save.click();
    await notice(page, said).waitFor();
    const now = await truth();
    assert.deepEqual([now.name, now.description], ["Mine", theirs.description ?? now.description]);
    assert.deepEqual(bodies(guard), theirs.name ? [] : [{ name: "Mine" }]);
  });
}

journey("a form in which nobody typed follows, and nothing is sent", { person: "owner" }, async (scene) => {
  const { page, guard } = scene;
  const { theirs } = await editing(scene);
  await theirs({ description: "Theirs" });
  await returns(page);
  await equals("the description", () => form(page).description.inputValue(), "Theirs");
  await notice(page, "Description: the form shows what is there now.").waitFor();
  assert.deepEqual(guard.mutations(), []);
});

for (const [pick, wanted] of [["Keep mine", "Mine"], ["Take theirs", "Theirs"]]) {
  journey(`where both changed the name, ${pick.toLowerCase()} does just that`, { person: "owner" }, async (scene) => {
    const { page, guard } = scene;
    const { theirs, truth } = await editing(scene);
    await form(page).name.fill("Mine");
    await form(page).description.fill("Mine too");
    await theirs({ name: "Theirs" });
    await form(page).save.click();
    const panel = merge(page);
    await panel.heading.waitFor();
    await until("focus on the heading", async () => (await focused(page)) === "h3 Somebody else changed the same");
    assert.deepEqual(guard.mutations(), []);
    assert.deepEqual(await panel.chosen(), [], "nothing is chosen beforehand");
    await panel.radio(`${pick}: Name`).check();
    await form(page).save.click();
    await notice(page, `Changes to ${wanted} are saved.`).waitFor();
    const now = await truth();
    assert.deepEqual([now.name, now.description], [wanted, "Mine too"]);
    assert.deepEqual(bodies(guard), [wanted === "Mine" ? { name: "Mine", description: "Mine too" } : { description: "Mine too" }]);
  });
}

journey("a second conflict keeps the answers that still apply, with keys alone", { person: "owner" }, async (scene) => {
  const { page, guard } = scene;
  const { theirs, truth } = await editing(scene);
  await form(page).name.fill("Mine");
  await form(page).description.fill("Mine too");
  await theirs({ name: "Theirs", description: "Theirs too" });
  await page.keyboard.press("Control+Enter");
  const panel = merge(page);
  await until("focus on the heading", async () => (await focused(page)) === "h3 Somebody else changed the same");

  // The first stop is the first question. Arrows choose, and Tab goes on to the next.
  await page.keyboard.press("Tab");
  await page.keyboard.press("Space");
  await until("mine", () => panel.radio("Keep mine: Name").isChecked());
  await page.keyboard.press("Tab");
  await page.keyboard.press("ArrowDown");
  await until("theirs", () => panel.radio("Take theirs: Description").isChecked());
  await theirs({ description: "Theirs again" });
  await page.keyboard.press("Control+Enter");
  await notice(page, "It changed again while you chose").waitFor();
  assert.deepEqual(await panel.chosen(), ["Keep mine: Name"]);
  await until("focus on the heading again", async () => (await focused(page)) === "h3 Somebody else changed the same");

  // Saving without an answer leads to the question.
  await page.keyboard.press("Control+Enter");
  await until("focus on the open question", async () => (await focused(page)) === "input Keep mine: Description");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Control+Enter");
  await notice(page, "Changes to Mine are saved.").waitFor();
  const now = await truth();
  assert.deepEqual([now.name, now.description], ["Mine", "Theirs again"]);
  assert.deepEqual(bodies(guard), [{ name: "Mine" }]);
});

journey("two tabs that save the same make one change", { person: "owner" }, async (scene) => {
  const { page, server, context, guard } = scene;
  const { id, truth } = await editing(scene);
  await form(page).name.fill("Both");
  const before = (await truth()).updated_at;
  const elsewhere = await server.api("owner", "PATCH", `/workspaces/${id}`, { name: "Both" });
  assert.equal(elsewhere.status, 200);
  await form(page).save.click();
  await notice(page, "Both already has what you chose.").waitFor();
  assert.deepEqual(guard.mutations(), []);
  const { updated_at } = await truth();
  assert.equal(updated_at, elsewhere.body.updated_at);
  assert.notEqual(updated_at, before);
  assert.equal(context.pages().length, 1);
});

journey("twenty presses make one save", { person: "owner" }, async (scene) => {
  const { page, guard } = scene;
  await editing(scene);
  await form(page).name.fill("Mine");
  await page.evaluate(() => {
    const button = [...document.querySelectorAll("button")].find((each) => each.textContent === "Save changes");
    for (let press = 0; press < 20; press += 1) button.click();
  });
  await notice(page, "Changes to Mine are saved.").waitFor();
  assert.deepEqual(bodies(guard), [{ name: "Mine" }]);
});

journey("of a workspace that is archived meanwhile the text stays to be copied", { person: "owner" }, async (scene) => {
  const { page, server, guard } = scene;
  const name = "Long Read Publishing";
  const { id } = await editing(scene, name);
  await form(page).name.fill("Hours of thought");
  const { status } = await server.api("owner", "DELETE", `/workspaces/${id}`);
  assert.equal(status, 204);
  await form(page).save.click();
  await page.getByText("You can read and copy this, not change it").waitFor();
  await pane(page).part.getByText("Hours of thought").waitFor();
  await page.getByRole("button", { name: "Copy name", exact: true }).waitFor();
  assert.deepEqual(guard.mutations(), []);
  await page.getByRole("button", { name: "Back to the workspace" }).click();
  await equals("the state", () => pane(page).value("State").innerText(), "Archived");
});

journey("of a workspace that is gone as well", { person: "owner" }, async (scene) => {
  const { page, server, guard } = scene;
  const { id } = await editing(scene);
  await form(page).name.fill("Hours of thought");
  guard.allowStatus(404);
  await server.faults({ method: "GET", path: `/workspaces/${id}`, action: { status: 404 } });
  await form(page).save.click();
  await page.getByText("This workspace is not there any more").waitFor();
  await pane(page).part.getByText("Hours of thought").waitFor();
  assert.deepEqual(guard.mutations(), []);
  await page.getByRole("link", { name: "Back to the list" }).last().click();
  await list(page).ready();
});

journey("a reading that fails sends nothing and keeps the text", { person: "owner" }, async (scene) => {
  const { page, server, guard } = scene;
  const { id } = await editing(scene);
  await form(page).name.fill("Mine");
  guard.allowStatus(500);
  await server.faults({ method: "GET", path: `/workspaces/${id}`, action: { status: 500 } });
  await form(page).save.click();
  await page.getByText("The changes were not saved").waitFor();
  await page.getByText("Nothing has changed.").waitFor();
  assert.equal(await form(page).name.inputValue(), "Mine");
  assert.deepEqual(guard.mutations(), []);
  await server.noFaults();
  await form(page).save.click();
  await notice(page, "Changes to Mine are saved.").waitFor();
});

journey("at Anthropic tags are merged key by key", { accounts: ["anthropic/owner"] }, async ({ page, server, guard }) => {
  const who = "anthropic/owner";
  const all = await holding(server, who, "Agents Evaluation").catch(() => undefined);
  const one = all ?? (await firstEditable(server, who));
  const change = (tags) => server.api(who, "POST", `/v1/organizations/workspaces/${one.id}`, { tags });
  await change({ team: "blue", env: "prod" });
  await page.reload();
  await list(page).ready();
  await list(page).editOf(one.id).click();
  await form(page).text("Tags").waitFor();
  await until("the tags", async () => (await form(page).text("Tags").inputValue()).includes("team=blue"));
  await form(page).text("Tags").fill("cost=7\nenv=prod\nteam=mine");
  await change({ team: "theirs", tier: "gold" });
  await form(page).save.click();
  await merge(page).radio("Keep mine: Tag team").check();
  await form(page).save.click();
  await notice(page, "are saved.").waitFor();
  const sent = bodies(guard, "POST").at(-1);
  assert.deepEqual(sent, { tags: { cost: "7", team: "mine" } });
  const { tags } = await object(server, who, one.id);
  assert.deepEqual(tags, { ...tags, cost: "7", env: "prod", team: "mine", tier: "gold" });
});

async function firstEditable(server, who) {
  const { body } = await server.api(who, "GET", "/v1/organizations/workspaces?limit=1000");
  return body.data.find(({ name }) => !["Default", "Claude Code"].includes(name));
}
