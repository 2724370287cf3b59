// The list. Guarantees: every workspace is there under its own name, whatever that name tries; what is counted,
// searched, filtered and sorted agrees with what the service holds; the address is the whole view; a list that is
// empty, cut or odd says so.

import assert from "node:assert/strict";
import { closeAfterwards, journey } from "./lib/browser.mjs";
import { list, pane, written } from "./lib/screens.mjs";
import { signInByToken } from "./lib/sign-in.mjs";
import { equals, until } from "./lib/until.mjs";

closeAfterwards();

const byCodePoint = (a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b));
/** The language of the browser under test. */
const { compare } = new Intl.Collator("en-US", { numeric: true });
const byName = (a, b) => compare(a.name, b.name) || byCodePoint(a.id, b.id);
const names = (workspaces) => [...workspaces].sort(byName).map(({ name }) => written(name));
const active = (workspaces) => workspaces.filter(({ archived }) => !archived);
const address = (page) => page.url().slice(new URL(page.url()).origin.length);
const query = (page) => new URL(page.url()).search;

/** My role in each workspace, as the members lists have it. */
async function roles(server, workspaces) {
  const me = JSON.parse(Buffer.from(server.token("owner").split(".")[1], "base64url")).sub;
  const found = await Promise.all(
    workspaces.map(async ({ id }) => {
      const { body } = await server.api("owner", "GET", `/workspaces/${id}/members`);
      return [id, body.data.find(({ user_id }) => user_id === me).role];
    }),
  );
  return Object.fromEntries(found);
}

journey("every name is shown letter for letter, what hides in it too, and none of them does anything", { person: "owner", at: "/workspaces?state=all" }, async ({ page, server }) => {
  const dialogs = [];
  page.on("dialog", (dialog) => dialogs.push(dialog.message()) && dialog.dismiss());
  const all = await server.workspaces();
  await list(page).ready();
  await equals("all names in order", () => list(page).names(), names(all));
  assert.equal(await list(page).rowCount(), all.length + 1);
  for (const odd of all.filter(({ name }) => /^(<img|=HYPER|Zo|Invoices|\p{Emoji_Presentation}|مكتب)/u.test(name))) {
    await list(page).table.getByRole("row").filter({ hasText: odd.id }).getByRole("link").click();
    const heading = pane(page).part.getByRole("heading", { level: 2 });
    if (written(odd.name) === odd.name) await equals("the heading, letter for letter", () => heading.textContent(), odd.name);
    else await equals("the heading, and what hides in it", async () => (await heading.textContent()).replace("right-to-left override, U+202E", "[U+202E]"), written(odd.name));
    await equals("the description, letter for letter", () => pane(page).value("Description").textContent(), odd.description);
  }
  assert.deepEqual(dialogs, []);
  assert.equal(await page.evaluate(() => document.images.length + document.querySelectorAll("#app script").length), 0);
});

journey("the segments count what the service holds", { person: "owner" }, async ({ page, server }) => {
  const all = await server.workspaces();
  const screen = list(page);
  await screen.ready();
  for (const [segment, expected] of [["Archived", all.filter(({ archived }) => archived)], ["All", all], ["Active", active(all)]]) {
    assert.match(await screen.segment(segment).innerText(), new RegExp(`${segment}\\s*${expected.length}$`));
    await screen.segment(segment).click();
    await equals(segment, () => screen.names(), names(expected));
    assert.equal(await screen.segment(segment).getAttribute("aria-pressed"), "true");
    const sum = expected.length === all.length ? `${all.length} workspaces` : `${expected.length} of ${all.length} workspaces`;
    await page.getByText(sum, { exact: true }).waitFor();
  }
});

journey("the search finds by name, id and description, and says what it found once", { person: "owner" }, async ({ page, server }) => {
  const all = active(await server.workspaces());
  const screen = list(page);
  await screen.ready();
  const book = all.find(({ name }) => name === "Quiet Corner Books");
  for (const [text, matches] of [
    ["quiet CORNER", ({ id }) => id === book.id],
    [book.id, ({ id }) => id === book.id],
    [book.id.slice(3, 12).toUpperCase(), ({ id }) => id === book.id],
    ["windhoek", ({ name, description }) => `${name}\n${description}`.toLowerCase().includes("windhoek")],
    ["office field", ({ name, description }) => ["office", "field"].every((word) => `${name}\n${description}`.toLowerCase().includes(word))],
    ["<img", ({ name }) => name.startsWith("<img")],
    ["🦊🌵", ({ name }) => name.startsWith("🦊")],
  ]) {
    await screen.search.fill(text);
    const found = all.filter(matches);
    await equals(`found by ${text}`, () => screen.names(), names(found));
    assert.equal(await screen.rowCount(), found.length + 1);
    const words = `${found.length} workspace${found.length === 1 ? "" : "s"} shown`;
    await until("announced", async () => (await page.getByRole("status").allTextContents()).some((said) => said.trim() === words));
  }
  await screen.search.fill("no such thing anywhere");
  await page.getByRole("status").filter({ hasText: "No workspace fits the search and the filters." }).waitFor();
  await page.getByRole("status").getByRole("button", { name: "Clear filters" }).click();
  await equals("all again", () => screen.names(), names(all));
  await equals("an empty field", () => screen.search.inputValue(), "");
});

journey("filters for role and billing mode narrow, add up and clear", { person: "owner" }, async ({ page, server }) => {
  const all = active(await server.workspaces());
  const mine = await roles(server, all);
  const screen = list(page);
  await screen.ready();
  const shows = (what, keep) => equals(what, () => screen.names(), names(all.filter(keep)));
  await screen.role("Owner").click();
  await shows("owner", ({ id }) => mine[id] === "owner");
  await screen.role("Viewer").click();
  await shows("owner or viewer", ({ id }) => mine[id] !== "admin");
  await screen.billing("Pooled").click();
  await shows("and pooled", ({ id, billing_mode }) => mine[id] !== "admin" && billing_mode === "pooled");
  assert.equal(await screen.role("Viewer").getAttribute("aria-pressed"), "true");
  await equals("the address", () => query(page), "?role=owner%2Cviewer&billing=pooled");
  await screen.role("Viewer").click();
  await screen.search.fill("e");
  const has = ({ name, id, description }) => `${name}\n${id}\n${description ?? ""}`.toLowerCase().includes("e");
  await shows("with a search as well", (each) => mine[each.id] === "owner" && each.billing_mode === "pooled" && has(each));
  await screen.clear.click();
  await shows("all", () => true);
  await equals("a plain address", () => address(page), "/workspaces");
});

journey("every column sorts both ways and says so", { person: "owner", at: "/workspaces?state=all" }, async ({ page, server }) => {
  const all = await server.workspaces();
  const mine = await roles(server, all);
  const rank = { owner: 0, admin: 1, viewer: 2 };
  const screen = list(page);
  await screen.ready();
  const columns = {
    Account: () => "",
    "Your role": ({ id }) => String(rank[mine[id]]),
    Billing: ({ billing_mode }) => billing_mode,
    State: ({ archived }) => String(Number(archived)),
    Updated: ({ updated_at }) => updated_at,
    Name: () => "",
  };
  for (const [column, value] of Object.entries(columns)) {
    const sorted = [...all].sort((a, b) => byCodePoint(value(a), value(b)) || byName(a, b)).map(({ name }) => written(name));
    await screen.sort(column).click();
    await equals(`${column} up`, () => screen.names(), sorted);
    assert.equal(await screen.head(column).getAttribute("aria-sort"), "ascending");
    await screen.sort(column).click();
    await equals(`${column} down`, () => screen.names(), sorted.reverse());
    assert.equal(await screen.head(column).getAttribute("aria-sort"), "descending");
    assert.equal(await screen.table.locator("[aria-sort]").count(), 1, "one column at a time");
  }
});

journey("the address is the whole view: reload, back, forward and a shared link agree", { person: "owner", keep: true }, async ({ page, server, context }) => {
  const screen = list(page);
  await screen.ready();
  const views = [];
  const remember = async (sign) => {
    await until(`the address has ${sign}`, () => query(page).includes(sign));
    views.push({ address: address(page), names: await screen.names() });
  };
  const agrees = async (view) => {
    await equals("the address", () => address(page), view.address);
    await equals(`the rows of ${view.address}`, () => screen.names(), view.names);
  };
  await remember("");
  await screen.segment("All").click();
  await remember("state=all");
  await screen.sort("Updated").click();
  await remember("sort=updated");
  await screen.billing("Single").click();
  await remember("billing=single");
  await screen.search.pressSequentially("o", { delay: 5 });
  await until("the search is in the address", () => query(page).includes("q=o"));
  views[views.length - 1] = { address: address(page), names: await screen.names() };
  await page.reload();
  await agrees(views.at(-1));
  assert.equal(await screen.search.inputValue(), "o");
  for (const view of views.slice(0, -1).reverse()) {
    await page.goBack();
    await agrees(view);
  }
  for (const view of views.slice(1)) {
    await page.goForward();
    await agrees(view);
  }
  const other = await context.browser().newContext({ baseURL: server.origin });
  const theirs = await other.newPage();
  await signInByToken(theirs, server.token("owner"), { at: views.at(-1).address });
  await equals("the same view elsewhere", () => list(theirs).names(), views.at(-1).names);
  assert.equal(address(theirs), views.at(-1).address);
  await other.close();
});

const answer = (body) => ({ method: "GET", path: "/workspaces", action: { status: 200, body } });
const one = (changes) => ({
  id: "ws_1", name: "Only one", description: null, billing_mode: "single", pooled_seat_limit: null, archived: false,
  created_at: "2026-01-01T00:00:00.000000Z", updated_at: "2026-01-01T00:00:00.000000Z", archived_at: null, ...changes,
});

journey("an empty list says why it is empty and offers the next step", { person: "owner" }, async ({ page, server, guard }) => {
  const screen = list(page);
  const says = (text) => page.getByRole("status").filter({ hasText: text });
  guard.allowStatus(404);
  await screen.ready();
  await server.faults(answer({ data: [one({})], has_more: false }));
  await screen.reload.click();
  await equals("the one", () => screen.names(), ["Only one"]);
  await screen.segment("Archived").click();
  await says("Nothing has been archived in this account.").getByRole("button", { name: "Show active" }).click();
  await equals("the one again", () => screen.names(), ["Only one"]);

  await server.faults(answer({ data: [one({ archived: true, archived_at: "2026-02-01T00:00:00.000000Z" })], has_more: false }));
  await screen.reload.click();
  await says("All workspaces of this account are archived.").getByRole("button", { name: "Show archived" }).click();
  await equals("the archived one", () => screen.names(), ["Only one"]);

  await server.faults(answer({ data: [], has_more: false }));
  await screen.reload.click();
  await says("This account is a member of no workspace.").waitFor();
  assert.equal(await page.getByRole("table", { name: "Workspaces" }).count(), 0, "no table without rows");
});

journey("a list that the service cut says so and stays usable", { person: "owner", settings: ["list_has_more=true"] }, async ({ page }) => {
  await list(page).ready();
  await page.getByText("The service sent only part of the list, and offers no way to ask for the rest.").waitFor();
  await list(page).search.fill("quiet");
  await equals("the search works", () => list(page).names(), ["Quiet Corner Books"]);
});

journey("what a newer service may send is shown rather than refused", { person: "owner" }, async ({ page, server, guard }) => {
  guard.allowStatus(404);
  await list(page).ready();
  await server.faults(answer({
    data: [
      one({ id: "ws_a", name: "From the future", billing_mode: "barter", colour: { deep: [1] }, pooled_seat_limit: 9e9 }),
      { name: "No id at all" },
      one({ id: "ws_b", name: "Bare", billing_mode: undefined, updated_at: "never", description: 7 }),
    ],
    has_more: false,
    next: null,
  }));
  await list(page).reload.click();
  await equals("both", () => list(page).names(), ["Bare", "From the future"]);
  await equals("an odd value costs its own cell", () => list(page).cells("Billing", "State", "Updated"), [["—", "Active", "“never”"], ["“barter”", "Active", "Jan 1, 2026"]]);
  await equals("and is marked", () => list(page).table.getByTitle("as the service writes it").allTextContents(), ["“never”", "“barter”"]);
  await page.getByText("1 entry of the list has no id or is of another kind, and cannot be shown.").waitFor();
});
