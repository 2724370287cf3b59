// The limit to measure the list against: a page of plain script with the console's own markup and stylesheets, which
// searches an array and writes its rows over. What a key takes there, the browser itself needs to draw them. Guarantees:
// markup and styles are taken from the console as it stands. It does nothing else, and is no console.

import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** The page's script, in the browser. */
async function app() {
  const found = await (await fetch("/rows.json")).json();
  const rows = found.map((row) => ({ ...row, hay: [row.name, row.id, row.description ?? ""].join("\n").toLowerCase() }));
  const slots = [...document.querySelectorAll("tbody tr[aria-rowindex]")].map((row) => {
    const [link, id, time] = ["a", ".id", "time"].map((which) => row.querySelector(which));
    return { row, link, id, time, pick: row.querySelector("input"), buttons: [...row.querySelectorAll("button")] };
  });
  const table = document.querySelector("table");
  const gap = table.querySelector(".gap");
  const field = document.querySelector("input[type=search]");
  const count = document.querySelector("h1").nextElementSibling;
  const height = slots[0].row.offsetHeight;
  field.value = "";
  field.addEventListener("input", () => {
    const word = field.value.toLowerCase();
    const hits = rows.filter(({ hay }) => hay.includes(word));
    table.ariaRowCount = hits.length + 1;
    count.textContent = `${hits.length} of ${rows.length} workspaces`;
    gap.style.height = `${Math.max(0, hits.length - slots.length) * height}px`;
    for (const [at, slot] of slots.entries()) {
      const hit = hits[at];
      slot.row.hidden = !hit;
      if (!hit) continue;
      const { id, name, updated_at: updated } = hit;
      slot.link.firstChild.nodeValue = name;
      slot.link.id = `open/${id}`;
      slot.link.setAttribute("href", `/workspaces/altostrat/${id}`);
      slot.id.firstChild.nodeValue = id;
      slot.pick.ariaLabel = `Select ${name}`;
      for (const [which, button] of slot.buttons.entries()) {
        button.id = `${which}/${id}`;
        button.ariaLabel = `${which} ${name}`;
      }
      slot.time.dateTime = updated;
      slot.time.firstChild.nodeValue = updated.slice(0, 10);
    }
  });
  document.documentElement.dataset.plain = "";
}

/** Makes the page beside a copy of what is served from `dist`: a directory to serve, to be removed afterwards. */
export async function plainPage(page, dist, rows) {
  const dir = await mkdtemp(join(tmpdir(), "steward-plain-"));
  await cp(dist, dir, { recursive: true });
  const html = await page.evaluate(() => {
    const copy = document.documentElement.cloneNode(true);
    for (const one of copy.querySelectorAll("script, link:not([rel=stylesheet])")) one.remove();
    return copy.outerHTML;
  });
  await writeFile(join(dir, "index.html"), `<!doctype html>${html.replace("</body>", '<script type="module" src="/plain.js"></script></body>')}`);
  await writeFile(join(dir, "plain.js"), `(${app})();`);
  await writeFile(join(dir, "rows.json"), JSON.stringify(rows.map(({ id, name, description, updated_at }) => ({ id, name, description, updated_at }))));
  for (const end of [".br", ".gz"]) await rm(join(dir, `index.html${end}`), { force: true });
  return dir;
}

/** Waits until it takes keys. */
export const plainReady = (page) => page.locator("html[data-plain]").waitFor();
