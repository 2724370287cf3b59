// The screens by role and accessible name, which is all that people and scripts may rely on. Guarantees: no class, no
// id and no structure of the markup is used. Must not judge what it finds.

/** The list. */
export function list(page) {
  const table = page.getByRole("table", { name: "Workspaces" });
  return {
    heading: page.getByRole("heading", { name: "Workspaces", level: 1, exact: true }),
    table,
    search: page.getByRole("searchbox", { name: "Search workspaces" }),
    link: (name) => table.getByRole("link", { name, exact: true }),
    links: table.getByRole("link"),
    /** Every name in view, verbatim. */
    names: () => table.getByRole("link").allTextContents(),
    row: (name) => table.getByRole("row").filter({ has: page.getByRole("link", { name, exact: true }) }),
    edit: (name) => table.getByRole("button", { name: `Edit ${name}`, exact: true }),
    archive: (name) => table.getByRole("button", { name: `Archive ${name}`, exact: true }),
    head: (name) => table.getByRole("columnheader", { name, exact: true }),
    sort: (name) => table.getByRole("columnheader", { name, exact: true }).getByRole("button"),
    segment: (name) => page.getByRole("group", { name: "State" }).getByRole("button", { name: new RegExp(`^${name}`) }),
    role: (name) => page.getByRole("group", { name: "Your role" }).getByRole("button", { name, exact: true }),
    billing: (name) => page.getByRole("group", { name: "Billing mode" }).getByRole("button", { name, exact: true }),
    clear: page.getByRole("button", { name: "Clear filters" }),
    reload: page.getByRole("button", { name: "Load again" }).first(),
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

/** The form. */
export function form(page) {
  return {
    name: page.getByRole("textbox", { name: "Name", exact: true }),
    description: page.getByRole("textbox", { name: "Description", exact: true }),
    save: page.getByRole("button", { name: "Save changes", exact: true }),
    discard: page.getByRole("button", { name: "Discard changes", exact: true }),
    cancel: page.getByRole("button", { name: "Cancel", exact: true }),
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
  };
}

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
