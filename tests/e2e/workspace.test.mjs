// One workspace: opening, reading, editing. Guarantees: an address opens it wherever one comes from; every field of
// the contract is there; what is saved is what was changed and nothing else; whatever goes wrong, no typed letter is
// lost and nothing is said to be saved that is not.

import assert from "node:assert/strict";
import { closeAfterwards, journey } from "./lib/browser.mjs";
import { hold } from "./lib/hold.mjs";
import { copy, focused, form, list, pane, standing } from "./lib/screens.mjs";
import { BOOKS } from "./lib/seed.mjs";
import { equals, until } from "./lib/until.mjs";

closeAfterwards();

const LONG = "Long Read Publishing";
const find = async (server, name) => (await server.workspaces()).find((each) => each.name === name);
const path = (workspace, tab = "") => `/workspaces/altostrat/${workspace.id}${tab}`;
const address = (page) => page.url().slice(new URL(page.url()).origin.length);
const patches = (guard) => guard.sent("PATCH").map(({ body }) => JSON.parse(body));
const notice = (page, text) => page.getByText(text, { exact: true }).filter({ visible: true });

/** Opens a workspace's form by its row. */
async function edit(page, name) {
  await list(page).edit(name).click();
  await form(page).name.waitFor();
}

journey("opening shows every field, takes the focus along and brings it back", { person: "owner" }, async ({ page, server }) => {
  const one = await find(server, "Lantern Hotels Group");
  await list(page).link(one.name).click();
  const open = pane(page);
  await until("focus on the heading", async () => (await focused(page)) === `h2 ${one.name}`);
  const day = (at) => new Date(at).toISOString().replace(/\.(\d{3})Z$/, ".$1Z");
  for (const [term, value] of [
    ["State", "Active"], ["Description", one.description], ["Billing mode", "Pooled"], ["Seats in the pool", String(one.pooled_seat_limit)],
  ]) await equals(term, () => open.value(term).innerText(), value);
  await until("my role", async () => (await open.value("Your role").innerText()).startsWith("Owner"));
  for (const [term, at] of [["Created", one.created_at], ["Updated", one.updated_at]]) {
    const shown = await open.value(term).getByRole("time").getAttribute("datetime");
    assert.equal(day(shown), day(at.replace(/\d{3}Z$/, "Z")), term);
  }
  await open.part.getByText(one.id, { exact: true }).waitFor();
  await equals("the title", () => page.title(), `${one.name} · Steward`);
  assert.equal(await list(page).row(one.name).getAttribute("aria-current"), "true");

  await open.close.click();
  await until("focus on the row's link", async () => (await focused(page)) === `a ${one.name}`);
  await list(page).link(one.name).press("Enter");
  await open.part.waitFor();
  await page.keyboard.press("Escape");
  await until("focus on the row's link again", async () => (await focused(page)) === `a ${one.name}`);
  assert.equal(address(page), "/workspaces");
});

journey("a link into a workspace works from a cold start, list or no list", { person: "owner", at: "/settings", keep: true }, async ({ page, server, guard }) => {
  const archived = await find(server, "Sunset Arcades");
  await page.goto(path(archived));
  await pane(page).heading(archived.name).waitFor();
  await equals("archived", () => pane(page).value("State").innerText(), "Archived");
  await pane(page).part.getByText("This workspace is archived. Nothing in it can be changed.").waitFor();
  await page.goto(path(archived, "/members"));
  await page.getByRole("table", { name: "Members" }).waitFor();

  guard.allowStatus(404);
  await page.goto("/workspaces/altostrat/ws_0000000000000000");
  await page.getByRole("alert").filter({ hasText: "Workspace not found" }).waitFor();
  await list(page).ready();
  await page.goto("/workspaces/elsewhere/ws_1/and/more");
  await page.getByRole("heading", { name: "Page not found", level: 1 }).waitFor();
  await page.getByRole("link", { name: "Go to workspaces" }).click();
  await list(page).ready();
});

journey("the members are listed with their roles, and I am marked", { person: "owner" }, async ({ page, server }) => {
  const one = await find(server, "Lantern Hotels Group");
  const { body } = await server.api("owner", "GET", `/workspaces/${one.id}/members`);
  await list(page).link(one.name).click();
  await pane(page).tab("Members").click();
  const table = page.getByRole("table", { name: "Members" });
  await table.waitFor();
  await equals("the address", () => address(page), path(one, "/members"));
  const rows = (await table.getByRole("row").allInnerTexts()).slice(1).join("\n");
  for (const { user_id, role } of body.data) assert.match(rows, new RegExp(`${user_id.replace("|", "\\|")}[\\s\\S]*?${role[0].toUpperCase()}${role.slice(1)}`));
  assert.equal((rows.match(/You/g) ?? []).length, 1);
});

journey("what can be copied is copied, exactly", { person: "owner", permissions: ["clipboard-read", "clipboard-write"] }, async ({ page, server }) => {
  const one = await find(server, BOOKS);
  await list(page).link(BOOKS).click();
  await copy(pane(page).part, "Copy id");
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), one.id);
});

journey("a browser that does not let anything be copied is not taken for one that did", { person: "owner" }, async ({ page }) => {
  await list(page).link(BOOKS).click();
  const button = pane(page).part.getByRole("button", { name: "Copy id" });
  await button.waitFor();
  await page.evaluate(() => {
    navigator.clipboard.writeText = () => Promise.reject(new DOMException("Write permission denied.", "NotAllowedError"));
  });
  await button.click();
  const words = pane(page).part.getByRole("status").filter({ hasText: "Not copied: the browser did not allow it." });
  await words.waitFor({ state: "visible" });
  // Chromium lets a page copy on a press: the next one says what is so now.
  await page.evaluate(() => delete navigator.clipboard.writeText);
  await copy(pane(page).part, "Copy id");
  assert.equal(await words.count(), 0);
});

journey("only what changed is sent, an emptied description is null, and the list follows", { person: "owner" }, async ({ page, server, guard }) => {
  const fields = form(page);
  await edit(page, LONG);
  assert.equal((await standing(fields.save)).disabled, true, "nothing to save yet");
  await fields.save.click({ force: true });
  assert.deepEqual(patches(guard), []);
  await fields.name.fill("Short Read Publishing");
  await fields.save.click();
  await notice(page, "Changes to Short Read Publishing are saved.").first().waitFor();
  await list(page).link("Short Read Publishing").waitFor();
  await pane(page).heading("Short Read Publishing").waitFor();

  await edit(page, "Short Read Publishing");
  await fields.description.fill("");
  await fields.description.press("Control+Enter");
  await equals("the description", () => pane(page).value("Description").innerText(), "None");
  await edit(page, "Short Read Publishing");
  await fields.name.fill("  Zoë \u202Ex 🦊  ");
  await fields.description.fill("one\ntwo\t<b>");
  await fields.save.click();
  await until("a third change", () => patches(guard).length === 3);
  assert.deepEqual(patches(guard), [
    { name: "Short Read Publishing" },
    { description: null },
    { name: "  Zoë \u202Ex 🦊  ", description: "one\ntwo\t<b>" },
  ]);
  await until("the service has it", async () => (await server.workspaces()).some(({ description }) => description === "one\ntwo\t<b>"));
});

journey("fields are checked as the service checks them, with a counter and a summary that leads there", { person: "owner" }, async ({ page, guard }) => {
  const fields = form(page);
  await edit(page, BOOKS);
  await fields.name.fill("🦊".repeat(40));
  await page.getByText("40 / 50", { exact: true }).waitFor();
  await fields.name.fill("🦊".repeat(50));
  await fields.description.fill("é".repeat(201));
  await page.getByText("201 / 200", { exact: true }).waitFor();
  await fields.save.click();
  const summary = page.getByRole("alert").filter({ hasText: "Check these fields" });
  await summary.getByRole("link", { name: "Description must not be longer than 200 characters. It has 201." }).waitFor();
  assert.equal(await summary.getByRole("link").count(), 1, "fifty foxes are fifty characters");
  await fields.name.fill("   ");
  await fields.save.click();
  const empty = summary.getByRole("link", { name: "Name must not be empty." });
  await empty.waitFor();
  assert.equal(await fields.name.getAttribute("aria-invalid"), "true");
  await fields.description.focus();
  await empty.click();
  await until("focus in the field", async () => (await focused(page)) === "input Name");
  await fields.name.fill("Quiet Books");
  await fields.description.fill("Fine");
  await summary.waitFor({ state: "detached" });
  await fields.name.fill("🦊".repeat(50));
  assert.deepEqual(patches(guard), []);
  await fields.save.click();
  await until("one change", () => patches(guard).length === 1);
});

journey("what the service says about a field stands at that field", { person: "owner" }, async ({ page, server, guard }) => {
  guard.allowStatus(400);
  const message = "The 'description' parameter must not mention competitors.";
  await server.faults({
    method: "PATCH", times: 1,
    action: { status: 400, body: { type: "invalid_request_error", code: "parameter_invalid", message, doc_url: "https://docs.altostrat.io/errors/parameter_invalid" } },
  });
  const fields = form(page);
  await edit(page, BOOKS);
  await fields.description.fill("Better than theirs");
  await fields.save.click();
  await page.getByRole("alert").getByRole("link", { name: message }).waitFor();
  assert.equal(await fields.description.getAttribute("aria-invalid"), "true");
  const described = await fields.description.evaluate((field) =>
    field.getAttribute("aria-describedby").split(" ").map((id) => document.getElementById(id).textContent).join(" "));
  assert.match(described, /must not mention competitors/);
  await until("focus at the field", async () => (await focused(page)) === "textarea Description");
  assert.equal(await fields.description.inputValue(), "Better than theirs");
  await fields.save.click();
  await notice(page, `Changes to ${BOOKS} are saved.`).first().waitFor();
});

journey("leaving asks only when something would be lost", { person: "owner" }, async ({ page, guard }) => {
  const fields = form(page);
  const asked = page.getByRole("dialog", { name: "Discard your changes?" });
  await edit(page, BOOKS);
  await fields.name.fill("Another name");
  await fields.name.fill(BOOKS);
  await fields.name.press("Escape");
  await pane(page).edit(BOOKS).waitFor();
  assert.equal(await asked.count(), 0, "changed back by hand is not changed");

  await edit(page, BOOKS);
  await fields.name.fill("Another name");
  await fields.name.press("Escape");
  await asked.waitFor();
  await asked.getByRole("button", { name: "Keep editing" }).click();
  await until("focus is back in the form", async () => (await focused(page)) === "input Name");
  assert.equal(await fields.name.inputValue(), "Another name");
  await fields.name.press("Escape");
  await page.keyboard.press("Escape");
  await asked.waitFor({ state: "hidden" });
  await fields.discard.click();
  await asked.getByRole("button", { name: "Discard changes" }).click();
  await pane(page).edit(BOOKS).waitFor();
  await edit(page, BOOKS);
  assert.equal(await fields.name.inputValue(), BOOKS);
  assert.deepEqual(guard.mutations(), []);
});

journey("a reload with a draft asks first, and brings the draft back", { person: "owner", keep: true }, async ({ page, server, guard }) => {
  const questions = [];
  page.on("dialog", (dialog) => {
    questions.push(dialog.type());
    dialog.accept().catch(() => {});
  });
  const one = await find(server, BOOKS);
  await edit(page, BOOKS);
  await page.reload();
  await form(page).name.waitFor();
  assert.deepEqual(questions, [], "nothing typed, nothing asked");
  await form(page).name.press("End");
  await form(page).name.pressSequentially(" and more");
  await form(page).description.fill("Line one\nLine two");
  await page.reload();
  await form(page).name.waitFor();
  assert.deepEqual(questions, ["beforeunload"]);
  await page.getByRole("status").filter({ hasText: "Your unsaved text is back" }).waitFor();
  assert.equal(await form(page).name.inputValue(), `${BOOKS} and more`);
  assert.equal(await form(page).description.inputValue(), "Line one\nLine two");
  assert.equal(address(page), path(one, "/edit"));
  await form(page).save.click();
  await notice(page, `Changes to ${BOOKS} and more are saved.`).first().waitFor();
  await page.reload();
  await pane(page).heading(`${BOOKS} and more`).waitFor();
  assert.deepEqual(questions, ["beforeunload"]);
  assert.deepEqual(guard.mutations(), [`PATCH /api/altostrat/workspaces/${one.id}`]);
});

journey("a draft survives walking through the app", { person: "owner" }, async ({ page }) => {
  await edit(page, BOOKS);
  await form(page).name.fill("Half a thought");
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Settings" }).click();
  await page.getByRole("heading", { name: "Settings", level: 1 }).waitFor();
  await page.goBack();
  await equals("the draft", () => form(page).name.inputValue(), "Half a thought");
});

journey("one press is one request, however often it is pressed", { person: "owner" }, async ({ page, guard }) => {
  const release = await hold(page, "PATCH");
  await edit(page, BOOKS);
  await form(page).name.fill("Once");
  await form(page).save.evaluate((button) => {
    for (let press = 0; press < 20; press += 1) button.click();
  });
  await until("sending", async () => (await standing(form(page).save)).busy);
  for (let press = 0; press < 10; press += 1) await form(page).name.press("Enter");
  release();
  await notice(page, "Changes to Once are saved.").first().waitFor();
  assert.equal(patches(guard).length, 1);
});
