// Paper and PDF. Guarantees: what is shown is printed, all of it, and none of what can only be pressed; where that is not
// so the paper says it; afterwards the screen is as it was.

import assert from "node:assert/strict";
import { closeAfterwards, journey } from "./lib/browser.mjs";
import { list, menu, pane } from "./lib/screens.mjs";
import { BOOKS, OWNED } from "./lib/seed.mjs";
import { equals, until } from "./lib/until.mjs";

closeAfterwards();

/** The structure of what is printed: how many rows of tables and how many pages there are. */
async function printed(page, options) {
  const words = (await page.pdf({ tagged: true, format: "A4", ...options })).toString("latin1");
  const count = (part) => (words.match(part) ?? []).length;
  return { rows: count(/\/S \/TR\b/g), pages: count(/\/Type \/Page\b/g) };
}

const drawn = (page) => list(page).table.getByRole("row").count();
const scrolled = (page) => list(page).table.evaluate((table) => table.parentElement.scrollTop);

journey("paper has every row of a long list, and the screen its few again", { person: "owner", at: "/workspaces?state=all", workspaces: 260 }, async ({ page, guard }) => {
  await list(page).ready();
  await equals("the number of rows", () => list(page).rowCount(), 261);
  await list(page).table.evaluate((table) => { table.parentElement.scrollTop = 3_000; });
  await until("other rows", async () => !(await list(page).table.getByRole("row").nth(1).getAttribute("aria-rowindex")).match(/^2$/));
  const before = { rows: await drawn(page), top: await scrolled(page) };
  // The roles of the rows in sight are asked for after they are drawn; paper asks for no others.
  const inSight = new Set(await list(page).table.getByRole("link").evaluateAll((links) => links.map(({ href }) => new URL(href).pathname.split("/").at(-1))));
  const asked = guard.sent().length;
  const { rows, pages } = await printed(page);
  assert.equal(rows, 261, "every row, and the head");
  assert.ok(pages > 3 && pages < 20, `${pages} pages`);
  await equals("the screen as before", async () => ({ rows: await drawn(page), top: await scrolled(page) }), before);
  const more = guard.sent().slice(asked).map(({ path }) => path);
  assert.deepEqual(more.filter((path) => !inSight.has(path.match(/\/workspaces\/([^/]+)\/members$/)?.[1])), [], "paper asks for nothing");
  // A search prints what it finds.
  await list(page).search.fill("clinics");
  await until("few rows", async () => (await list(page).rowCount()) < 60);
  const found = await list(page).rowCount();
  await equals("what is found", async () => (await printed(page)).rows, found);
});

journey("paper of ten thousand ends where it says", { person: "owner", at: "/workspaces?state=all", workspaces: 10_000 }, async ({ page }) => {
  await list(page).ready();
  await equals("the number of rows", () => list(page).rowCount(), 10_001);
  const since = Date.now();
  const { rows } = await printed(page);
  assert.equal(rows, 2_001);
  assert.ok(Date.now() - since < 60_000, `it took ${Date.now() - since} ms`);
  await page.emulateMedia({ media: "print" });
  await page.getByText("These are the first 2,000 of 10,000 workspaces. Export has all of them.").waitFor();
});

journey("what can only be pressed is not on paper, and what is chosen is", { person: "owner", at: "/workspaces?state=all&role=owner&q=e" }, async ({ page }) => {
  await list(page).ready();
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  for (const gone of [list(page).reload, list(page).create, list(page).segment("Active"), list(page).role("Admin"), page.getByRole("navigation", { name: "Main" })]) {
    await gone.waitFor({ state: "hidden" });
  }
  for (const there of [list(page).heading, list(page).search, list(page).segment("All"), list(page).role("Owner"), list(page).head("Your role")]) await there.waitFor();
  assert.equal(await list(page).table.getByRole("row").getByRole("button", { name: /^(Edit|Archive) / }).count(), 0);
  const paper = await page.evaluate(() => getComputedStyle(document.documentElement).colorScheme);
  assert.equal(paper, "light", "a dark screen costs no ink");
});

journey("an open workspace is printed alone and says so; the record and the members are whole", { person: "owner" }, async ({ page }) => {
  await list(page).ready();
  await list(page).link(BOOKS).click();
  await pane(page).heading(BOOKS).waitFor();
  await page.emulateMedia({ media: "print" });
  await page.getByText("This is the open workspace alone. To print the list, close it first.").waitFor();
  await list(page).table.waitFor({ state: "hidden" });
  await pane(page).value("Description").waitFor();
  const cut = await page.evaluate(() => {
    const boxes = [...document.querySelectorAll(".app, .main, .pane, .pane .body")];
    return boxes.filter((box) => getComputedStyle(box).overflowY !== "visible").map(({ className }) => className);
  });
  assert.deepEqual(cut, [], "no box of the screen cuts the paper");
  await page.emulateMedia({ media: "screen" });
  await pane(page).tab("Members").click();
  await page.getByRole("table", { name: "Members" }).waitFor();
  const members = await page.getByRole("table", { name: "Members" }).getByRole("row").count();
  await equals("the members", async () => (await printed(page)).rows, members);
  await menu(page, "Activity").click();
  await page.getByRole("heading", { name: "Activity", level: 1 }).waitFor();
  assert.ok((await printed(page)).pages >= 1);
});

journey("an open question is printed whole, and nothing behind it", { person: "owner" }, async ({ page }) => {
  await list(page).ready();
  await until("may archive", async () => (await list(page).archive(OWNED).getAttribute("aria-disabled")) !== "true");
  await list(page).archive(OWNED).click();
  await page.getByRole("dialog", { name: `Archive ${OWNED}` }).waitFor();
  await page.emulateMedia({ media: "print" });
  await page.getByRole("heading", { name: `Archive ${OWNED}` }).waitFor();
  await page.locator(".app").waitFor({ state: "hidden" });
  const { rows, pages } = await printed(page);
  assert.equal(rows, 0);
  assert.ok(pages <= 2, `${pages} pages`);
});
