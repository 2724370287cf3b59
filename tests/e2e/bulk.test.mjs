// Many at once: selecting, archiving with a report, and writing into a file. Guarantees: every workspace that was asked
// for has exactly one standing and they add up; only what was refused unread is sent again; a file has everything or
// there is none.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { closeAfterwards, journey } from "./lib/browser.mjs";
import { archiveSelected, bar, dialog, pick, selectAll } from "./lib/bulk.mjs";
import { list } from "./lib/screens.mjs";
import { equals, holds, until } from "./lib/until.mjs";
import { hurry, spoilTime } from "./lib/wire.mjs";

closeAfterwards();

/** What the report says of each, by id. */
async function bulkReport(page) {
  const rows = dialog(page).getByRole("table", { name: "What came of each" }).getByRole("row");
  return rows.evaluateAll((rows) =>
    Object.fromEntries(
      rows.slice(1).map((row) => {
        const [id] = /ws_[0-9a-z]+$/.exec(row.cells[0].innerText.trim());
        return [id, row.cells[2].innerText.trim().split("\n")[0]];
      }),
    ),
  );
}

const tallied = (all) => {
  const counts = {};
  for (const word of Object.values(all)) counts[word] = (counts[word] ?? 0) + 1;
  return counts;
};

journey("what is selected is archived one by one, what cannot be is named before, and the counts add up", { person: "owner" }, async ({ page, server, guard }) => {
  const screen = list(page);
  await screen.ready();
  const shown = await screen.names();
  await selectAll(page);
  await equals("all are selected", async () => /^(\d+) selected/.exec(await bar(page).innerText())?.[1], String(shown.length));
  const { number, send } = await archiveSelected(page);
  const plan = await dialog(page).getByRole("table", { name: "What will happen" }).innerText();
  assert.match(plan, /Owner\s+\d+\s+Will be archived/);
  assert.match(plan, /Admin\s+\d+\s+Will not be archived\. /);
  assert.match(plan, /Viewer\s+\d+\s+Will not be archived\. /);
  assert.equal(guard.mutations().length, 0);
  guard.allowStatus(409);
  await send.click();
  await dialog(page).getByRole("button", { name: "Close", exact: true }).waitFor();
  const all = await bulkReport(page);
  const counts = tallied(all);
  assert.equal(Object.keys(all).length, shown.length);
  assert.equal(counts.Archived + (counts.Blocked ?? 0), number);
  assert.ok(counts.Blocked >= 1, JSON.stringify(counts));
  assert.equal(counts["Not tried"], shown.length - number);
  // One request each, and the server agrees with the report row by row.
  assert.equal(guard.mutations().length, number);
  const now = await server.workspaces();
  for (const [id, word] of Object.entries(all)) {
    assert.equal(now.find((each) => each.id === id).archived, word === "Archived", `${id} ${word}`);
  }
  // Only what is not done stays selected.
  await dialog(page).getByRole("button", { name: "Close", exact: true }).click();
  await equals("the rest is selected", async () => /^(\d+) selected/.exec(await bar(page).innerText())?.[1], String(shown.length - counts.Archived));
});

journey("a service that asks for a pause is obeyed, and only the row it refused is sent again", { person: "owner" }, async ({ page, server, guard }) => {
  const screen = list(page);
  await screen.ready();
  await selectAll(page);
  const { number, send } = await archiveSelected(page);
  const sent = [];
  page.on("request", (request) => {
    if (request.method() === "DELETE") sent.push(request);
  });
  guard.allowStatus(429, 409);
  await server.faults({ method: "DELETE", path: "/workspaces/*", times: 1, action: { status: 429, headers: { "retry-after": "3" } } });
  await send.click();
  await dialog(page).getByText(/The service asked for a pause: \d+ seconds? left/).waitFor();
  await dialog(page).getByRole("button", { name: "Close", exact: true }).waitFor({ timeout: 20_000 });
  const urls = sent.map((request) => request.url());
  const twice = urls.filter((url, at) => urls.indexOf(url) !== at);
  assert.deepEqual([urls.length, twice], [number + 1, [urls[0]]]);
  // The browser's own times: an event may reach this process late.
  const [first, second] = sent.map((request) => request.timing().startTime);
  assert.ok(second - first >= 2_900, `${second - first} ms`);
});

journey("what is accepted and never shown is named once, and nothing of it is told as archived", { person: "owner", prepare: ({ page }) => spoilTime(page) }, async ({ page, server, guard }) => {
  await list(page).ready();
  await server.faults({ method: "DELETE", path: "/workspaces/*", times: 1000, action: { status: 202 } });
  await list(page).role("Owner").click();
  await selectAll(page);
  const { number, send } = await archiveSelected(page);
  await send.click();
  const close = dialog(page).getByRole("button", { name: "Close", exact: true });
  await close.waitFor();
  assert.equal(tallied(await bulkReport(page))["Accepted, not shown yet"], number);
  await hurry(page, "looks");
  await page.getByRole("region", { name: "Notices" }).getByText(/^A minute after it accepted this, the service does not show .+, .+, .+ and \d+ more archived\./).waitFor();
  await equals("what came of them", async () => tallied(await bulkReport(page))["Not known"], number);
  assert.equal(tallied(await bulkReport(page)).Archived, undefined);
  assert.equal(guard.mutations().length, number, "each was sent once");
  assert.ok((await server.workspaces()).filter(({ archived }) => archived).length < 10);
});

journey("it can be held, gone on with and cancelled; what was not reached was not sent", { person: "owner" }, async ({ page, server, guard }) => {
  const screen = list(page);
  await screen.ready();
  await selectAll(page);
  const { number, send } = await archiveSelected(page);
  await server.faults({ method: "DELETE", path: "/workspaces/*", times: 1000, delay_ms: 150 });
  guard.allowStatus(409);
  await send.click();
  await until("a few are sent", () => guard.mutations().length >= 3);
  await dialog(page).getByRole("button", { name: "Pause", exact: true }).click();
  // The one that is out may end; after it nothing leaves.
  await dialog(page).getByRole("button", { name: "Continue", exact: true }).waitFor();
  await until("nothing is out", async () => !(await dialog(page).innerText()).includes("under way"));
  const held = guard.mutations().length;
  await holds("nothing leaves", () => guard.mutations().length === held, 1_500);
  // A dialog with something under way is not left by accident.
  await page.keyboard.press("Escape");
  assert.ok(await dialog(page).isVisible());
  await dialog(page).getByRole("button", { name: "Continue", exact: true }).click();
  await until("it goes on", () => guard.mutations().length > held);
  await dialog(page).getByRole("button", { name: "Cancel the rest", exact: true }).click();
  await dialog(page).getByRole("button", { name: "Close", exact: true }).waitFor();
  const sent = guard.mutations().length;
  assert.ok(sent < number, `${sent} of ${number}`);
  const counts = tallied(await bulkReport(page));
  assert.equal((counts.Archived ?? 0) + (counts.Blocked ?? 0), sent);
  await server.noFaults();
  await dialog(page).getByRole("button", { name: /^Retry the rest/ }).click();
  await dialog(page).getByRole("button", { name: "Close", exact: true }).waitFor();
  const after = tallied(await bulkReport(page));
  assert.equal(after.Archived + after.Blocked, number);
});

journey("a service that went silent is left alone after three, and every one of them is told as not known", { person: "owner" }, async ({ page, server, guard }) => {
  const screen = list(page);
  await screen.ready();
  await selectAll(page);
  const { send } = await archiveSelected(page);
  guard.allowStatus(503);
  await server.faults({ path: "/workspaces/*", action: { status: 503 } });
  await send.click();
  await dialog(page).getByRole("button", { name: "Close", exact: true }).waitFor({ timeout: 20_000 });
  await dialog(page).getByText(/did not answer three times in a row/).waitFor();
  assert.equal(guard.mutations().length, 3);
  assert.equal(tallied(await bulkReport(page))["Not known"], 3);
});

/** The lines of a CSV file, unquoted. */
function lines(text) {
  const rows = [];
  let cells = [];
  let cell = "";
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const letter = text[at];
    if (letter === '"' && quoted && text[at + 1] === '"') {
      cell += '"';
      at += 1;
    } else if (letter === '"') quoted = !quoted;
    else if (letter === "," && !quoted) {
      cells.push(cell);
      cell = "";
    } else if (letter === "\n" && !quoted) {
      rows.push([...cells, cell.replace(/\r$/, "")]);
      cells = [];
      cell = "";
    } else cell += letter;
  }
  return rows;
}

async function saved(page, press) {
  const [file] = await Promise.all([page.waitForEvent("download"), press()]);
  return { name: file.suggestedFilename(), text: await readFile(await file.path(), "utf8") };
}

journey("an export has every row that is shown, and no cell is a formula", { person: "owner", workspaces: 10_001 }, async ({ page, server, guard }) => {
  const screen = list(page);
  await screen.ready();
  await page.getByRole("button", { name: /^All/ }).click();
  const before = guard.sent().length;
  await page.getByRole("button", { name: "Export", exact: true }).click();
  const { name, text } = await saved(page, () => dialog(page).getByRole("button", { name: "Download" }).click());
  assert.match(name, /^workspaces-\d{4}-\d\d-\d\d\.csv$/);
  const all = await server.workspaces();
  const [heads, ...rows] = lines(text);
  assert.equal(rows.length, all.length);
  assert.equal(heads[0], "\ufeffname");
  const cells = rows.flat();
  assert.ok(cells.some((cell) => cell.startsWith("'=HYPERLINK(")));
  assert.ok(!cells.some((cell) => /^[=+\-@\t\r]|^0\d+$|^\d{12,}$/.test(cell)));
  const ids = new Set(rows.map((row) => row[heads.indexOf("id")]));
  assert.deepEqual([...ids].sort(), all.map(({ id }) => id).sort());
  assert.equal(guard.sent().length, before);
});

journey("what is selected is exported as JSON, with the columns that were chosen", { person: "owner" }, async ({ page, server }) => {
  const screen = list(page);
  await screen.ready();
  await pick(page, "Long Read Publishing").check();
  await pick(page, "=HYPERLINK(\"http://example.com\",\"x\")").check();
  await bar(page).getByRole("button", { name: "Export", exact: true }).click();
  await dialog(page).getByRole("radio", { name: "JSON" }).check();
  await dialog(page).getByRole("checkbox", { name: "Description" }).uncheck();
  const { name, text } = await saved(page, () => dialog(page).getByRole("button", { name: "Download" }).click());
  assert.match(name, /^workspaces-.*\.json$/);
  const file = JSON.parse(text);
  assert.deepEqual([file.complete, file.count, file.workspaces.length], [true, 2, 2]);
  const one = file.workspaces.find((each) => each.name === "Long Read Publishing");
  const known = (await server.workspaces()).find((each) => each.name === "Long Read Publishing");
  assert.equal(Date.parse(one.created_at), Date.parse(known.created_at));
  assert.deepEqual([one.id, one.role, one.service, "description" in one], [known.id, "owner", "Altostrat", false]);
  assert.ok(file.workspaces.some((each) => each.name.startsWith("=HYPERLINK")), "JSON keeps names as they are");
  assert.ok(!text.includes(server.token("owner")));
});

journey("a list that did not come whole makes no file", { person: "owner" }, async ({ page, server, guard }) => {
  const screen = list(page);
  await screen.ready();
  guard.allowStatus(500);
  await server.faults({ method: "GET", path: "/workspaces", times: 10, action: { status: 500 } });
  await screen.reload.click();
  await page.getByRole("alert").first().waitFor();
  await page.getByRole("button", { name: "Export", exact: true }).click();
  await dialog(page).getByText("The list is not complete yet").waitFor();
  const download = dialog(page).getByRole("button", { name: "Download" });
  assert.equal(await download.getAttribute("aria-disabled"), "true");
  let files = 0;
  page.on("download", () => (files += 1));
  await download.click({ force: true });
  await page.keyboard.press("Enter");
  await holds("no file", () => files === 0, 500);
});

journey("a list that its service cuts makes a file that says so", { person: "owner" }, async ({ page, server }) => {
  const screen = list(page);
  await screen.ready();
  const body = JSON.stringify({ data: await server.workspaces(), has_more: true });
  await server.faults({ method: "GET", path: "/workspaces", times: 1, action: { status: 200, headers: { "content-type": "application/json" }, body } });
  await screen.reload.click();
  await page.getByText(/sent only part of the list/).first().waitFor();
  await page.getByRole("button", { name: "Export", exact: true }).click();
  await dialog(page).getByText("The file will not be complete").waitFor();
  await dialog(page).getByRole("radio", { name: "JSON" }).check();
  const { name, text } = await saved(page, () => dialog(page).getByRole("button", { name: "Download" }).click());
  assert.match(name, /-incomplete\.json$/);
  assert.equal(JSON.parse(text).complete, false);
});
