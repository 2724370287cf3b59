// The screens by role and accessible name, which is all that people and scripts may rely on. Guarantees: no class, no
// id and no structure of the markup is used. Must not judge what it finds.

/** How a name is shown: what cannot be seen in it, or turns it around, is written out. */
export const written = (name) =>
  name.replace(/[\u200B\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/g, (letter) => `[U+${letter.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}]`);

/** A part of the app, by its link in the rail. */
export const menu = (page, name) => page.getByRole("navigation", { name: "Main" }).getByRole("link", { name, exact: true });

/** Waits until the page says just this. */
export const notice = (page, text) => page.getByText(text, { exact: true }).first().waitFor();

/** Copies by the button of this name, until the page says that it is copied: writing to the clipboard takes its time. */
export async function copy(scope, name) {
  await scope.getByRole("button", { name, exact: true }).click();
  await scope.getByRole("status").filter({ hasText: /^Copied$/ }).waitFor({ state: "attached" });
}

/** The list. */
export function list(page) {
  const table = page.getByRole("table", { name: "Workspaces" });
  return {
    heading: page.getByRole("heading", { name: "Workspaces", level: 1, exact: true }),
    table,
    search: page.getByRole("searchbox", { name: "Search workspaces" }),
    link: (name) => table.getByRole("link", { name, exact: true }),
    links: table.getByRole("link"),
    /** Every name in view, as it is shown. */
    names: () => table.getByRole("link").allTextContents(),
    row: (name) => table.getByRole("row").filter({ has: page.getByRole("link", { name, exact: true }) }),
    edit: (name) => table.getByRole("button", { name: `Edit ${name}`, exact: true }),
    archive: (name) => table.getByRole("button", { name: `Archive ${name}`, exact: true }),
    head: (name) => table.getByRole("columnheader", { name, exact: true }),
    sort: (name) => table.getByRole("columnheader", { name, exact: true }).getByRole("button"),
    segment: (name) => page.getByRole("group", { name: "State" }).getByRole("button", { name: new RegExp(`^${name}`) }),
    role: (name) => page.getByRole("group", { name: "Your role" }).getByRole("button", { name, exact: true }),
    billing: (name) => page.getByRole("group", { name: "Billing mode" }).getByRole("button", { name, exact: true }),
    account: (name) => page.getByRole("group", { name: "Account", exact: true }).getByRole("button", { name, exact: true }),
    service: (name) => page.getByRole("group", { name: "Service", exact: true }).getByRole("button", { name, exact: true }),
    /** Rows by id, where names are not unique. */
    rowOf: (id) => table.getByRole("row").filter({ hasText: id }),
    linkOf: (id) => table.getByRole("row").filter({ hasText: id }).getByRole("link"),
    editOf: (id) => table.getByRole("row").filter({ hasText: id }).getByRole("button", { name: /^Edit / }),
    archiveOf: (id) => table.getByRole("row").filter({ hasText: id }).getByRole("button", { name: /^Archive / }),
    /** What stands in the cells below these heads, row by row. */
    cells: (...names) =>
      table.getByRole("row").evaluateAll((rows, names) => {
        const heads = [...rows[0].cells].map((cell) => cell.innerText.trim());
        return rows.slice(1).map((row) => names.map((name) => row.cells[heads.indexOf(name)].innerText.trim()));
      }, names),
    /** `id account` of every row, in an order of their own. */
    async places() {
      return (await this.cells("Name", "Account")).map(([name, account]) => `${name.split(/\s+/).at(-1)} ${account}`).sort();
    },
    create: page.getByRole("link", { name: "New workspace", exact: true }),
    clear: page.getByRole("button", { name: "Clear filters" }),
    reload: page.getByRole("button", { name: "Refresh" }).first(),
    rowCount: async () => Number(await table.getAttribute("aria-rowcount")),
    /** Waits until the rows are there. */
    ready: () => table.getByRole("link").first().waitFor(),
  };
}

/** The open workspace. */
export function pane(page) {
  const part = page.getByRole("complementary");
  return {
    part,
    heading: (name) => part.getByRole("heading", { name, exact: true }),
    tab: (name) => part.getByRole("link", { name, exact: true }),
    edit: (name) => part.getByRole("button", { name: `Edit ${name}`, exact: true }),
    archive: (name) => part.getByRole("button", { name: `Archive ${name}`, exact: true }),
    close: part.getByRole("button", { name: "Close", exact: true }),
    term: (name) => part.getByRole("term").filter({ hasText: new RegExp(`^${name}$`) }),
    /** What stands beside a term. */
    value: (name) =>
      part.getByRole("term").filter({ hasText: new RegExp(`^${name}$`) }).locator("xpath=following-sibling::dd[1]"),
    alert: part.getByRole("alert"),
  };
}

/** The page of accounts. */
export function accounts(page) {
  const card = (label) => page.getByRole("region", { name: label, exact: true });
  return {
    heading: page.getByRole("heading", { name: "Accounts", level: 1, exact: true }),
    add: page.getByRole("link", { name: "Add account", exact: true }),
    card,
    cards: page.getByRole("main").getByRole("region"),
    value: (label, term) => card(label).getByRole("term").filter({ hasText: new RegExp(`^${term}$`) }).locator("xpath=following-sibling::dd[1]"),
    /** Named with the account where there are several. */
    act: (what) => page.getByRole("main").getByRole("button", { name: what, exact: true }),
  };
}

/** The form for a new workspace. */
export function newForm(page) {
  return {
    heading: page.getByRole("heading", { name: "New workspace", level: 1, exact: true }),
    account: page.getByRole("combobox", { name: "Account", exact: true }),
    text: (name) => page.getByRole("textbox", { name, exact: true }),
    choice: (name) => page.getByRole("combobox", { name, exact: true }),
    send: page.getByRole("button", { name: "Create workspace", exact: true }),
    cancel: page.getByRole("button", { name: "Cancel", exact: true }),
    discard: page.getByRole("button", { name: "Discard", exact: true }),
    summary: page.getByRole("alert").filter({ hasText: "Check these fields" }),
  };
}

/** The members of the open workspace. */
export function people(page) {
  const table = page.getByRole("table", { name: "Members" });
  const add = page.getByRole("form", { name: "Add member" });
  return {
    table,
    row: (who) => table.getByRole("row").filter({ hasText: who }),
    begin: page.getByRole("button", { name: "Add member", exact: true }),
    add,
    find: add.getByRole("textbox", { name: "Find a person" }),
    user: add.getByRole("textbox", { name: "User id" }),
    role: add.getByRole("combobox", { name: "Role", exact: true }),
    person: (who) => add.getByRole("radio", { name: who }),
    send: (who, role) => add.getByRole("button", { name: `Add ${who} as ${role}`, exact: true }),
    change: (who) => table.getByRole("button", { name: `Change role of ${who}`, exact: true }),
    editor: (who) => table.getByRole("group", { name: `Role of ${who}`, exact: true }),
    remove: (who) => table.getByRole("button", { name: `Remove ${who}`, exact: true }),
    leave: table.getByRole("button", { name: "Leave this workspace", exact: true }),
    question: (title) => page.getByRole("dialog", { name: title, exact: true }),
  };
}

/** The form. */
export function form(page) {
  return {
    name: page.getByRole("textbox", { name: "Name", exact: true }),
    description: page.getByRole("textbox", { name: "Description", exact: true }),
    text: (name) => page.getByRole("textbox", { name, exact: true }),
    choice: (name) => page.getByRole("combobox", { name, exact: true }),
    save: page.getByRole("button", { name: "Save changes", exact: true }),
    discard: page.getByRole("button", { name: "Discard changes", exact: true }),
    cancel: page.getByRole("button", { name: "Cancel", exact: true }),
  };
}

/** What is asked where two people changed the same. */
export function merge(page, title = "Somebody else changed the same") {
  const panel = page.getByRole("region", { name: title, exact: true });
  return {
    panel,
    heading: panel.getByRole("heading", { name: title, exact: true }),
    radio: (name) => panel.getByRole("radio", { name, exact: true }),
    /** The names of what is chosen. */
    chosen: () => panel.getByRole("radio").evaluateAll((all) => all.filter(({ checked }) => checked).map((one) => one.ariaLabel)),
    back: panel.getByRole("button", { name: "Back to the fields", exact: true }),
  };
}

/** The archive dialog. */
export function archiveDialog(page, name) {
  const dialog = page.getByRole("dialog", { name: `Archive ${name}`, exact: true });
  return {
    dialog,
    field: dialog.getByRole("textbox", { name: "Type the name to confirm" }),
    confirm: dialog.getByRole("button", { name: `Archive ${name}`, exact: true }),
    keep: dialog.getByRole("button", { name: "Keep workspace" }),
    alert: dialog.getByRole("alert"),
    /** What stands in the way. Its heading names it, and is read anew each time. */
    checks: dialog.getByRole("region"),
    heading: dialog.getByRole("region").getByRole("heading"),
    rows: dialog.getByRole("list", { name: "What stands in the way" }).getByRole("listitem"),
    again: dialog.getByRole("button", { name: "Check again" }),
    goAhead: dialog.getByRole("checkbox", { name: "Archive without knowing this" }),
  };
}

/** For a refusal nobody could foresee: the first look finds nothing, as where a subscription began just after it. */
export const UNSEEN = { method: "GET", path: "/workspaces/*/billing-accounts", times: 1, action: { status: 200, body: { data: [], has_more: false } } };

/** What a control says about itself to people who listen: name, whether it can be used, and why not. */
export const standing = (control) =>
  control.evaluate((element) => ({
    disabled: element.getAttribute("aria-disabled") === "true",
    busy: element.getAttribute("aria-busy") === "true",
    description: element.getAttribute("aria-description") ?? "",
  }));

/** The accessible name and role of what has focus. */
export const focused = (page) =>
  page.evaluate(() => {
    const element = document.activeElement;
    if (element === document.body) return "nothing";
    const label = element.getAttribute("aria-label") ?? element.labels?.[0]?.textContent ?? element.textContent ?? "";
    return `${element.localName} ${label.trim()}`.trim();
  });

/** Every node of the document, as the DOM counts them: elements, texts and comments. */
export const nodes = (page) =>
  page.evaluate(() => {
    const walker = document.createTreeWalker(document, NodeFilter.SHOW_ALL);
    let count = 1;
    while (walker.nextNode()) count += 1;
    return count;
  });
