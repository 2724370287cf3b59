// Measures the release build at 50, 1,000 and 10,000 workspaces, and at 10,000 in each of three accounts, and prints
// medians and 95th percentiles, as a table and as Markdown; every sample goes into bench/samples.json. Guarantees: each
// cold load is a fresh context; interactions are read from the browser's own trace; nothing is asserted about time; the
// page of plain script that a key is measured against takes its turns with the console. `--quick` takes a third of the samples.

import { mkdir, rm, writeFile } from "node:fs/promises";
import { cpus, loadavg } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { sessions } from "./lib/accounts.mjs";
import { launch } from "./lib/browser.mjs";
import { coldLoad, keepRowsAt } from "./lib/loading.mjs";
import { keepExports, meter } from "./lib/memory.mjs";
import { plainPage, plainReady } from "./lib/plain.mjs";
import { markPressing, presses } from "./lib/pressing.mjs";
import { archives, rest, saves } from "./lib/pressing-acts.mjs";
import { list, nodes, pane } from "./lib/screens.mjs";
import { startServer } from "./lib/server.mjs";
import { at } from "./lib/statistics.mjs";
import { markDrawing, timings } from "./lib/trace.mjs";
import { until } from "./lib/until.mjs";

const OUT = process.env.STEWARD_BENCH ?? join(dirname(fileURLToPath(import.meta.url)), "../../bench");
const quick = process.argv.includes("--quick");
const few = (count) => (quick ? Math.ceil(count / 3) : count);
const ALONE = ["altostrat/owner"];
const TOGETHER = ["altostrat/owner", "anthropic/owner", "flashback/owner"];
const CASES = [
  { workspaces: 50, accounts: ALONE },
  { workspaces: 1_000, accounts: ALONE },
  { workspaces: 10_000, accounts: ALONE },
  { workspaces: 10_000, accounts: TOGETHER },
];
/** Up to so many rows the table is drawn whole (docs/ARCHITECTURE.md). */
const WHOLE_TABLE = 200;

const browser = await launch();

async function fresh(server, kept) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, baseURL: server.origin });
  context.setDefaultTimeout(60_000);
  const page = await context.newPage();
  await keepExports(page);
  await markDrawing(page);
  await markPressing(page);
  await keepRowsAt(page, "[role=table] tbody a", kept);
  return { context, page };
}

async function several(count, sample) {
  const samples = [];
  for (let number = 0; number < count; number += 1) samples.push(await sample(number));
  return samples;
}

const WORDS = ["cli", "hot", "foo", "far", "rob", "sta", "por", "bri"];

/** The letters of words, each from an empty field: a first letter finds most rows, and drawing them is the dear part. */
async function keystrokes(page, words, settled = () => {}) {
  const search = page.getByRole("searchbox");
  return timings(browser, page, "keydown", async () => {
    for (const word of words) {
      for (const key of word) {
        await search.focus();
        await page.keyboard.press(key);
        await settled();
        await rest(page);
      }
      await search.fill("");
      await settled();
      await rest(page);
    }
  });
}

/** The console's keys, and those of the same rows in plain script where the table is not drawn whole. */
async function typing(server, page, total) {
  const settled = async () => {
    const text = await list(page).search.inputValue();
    await until("the address follows", () => (new URL(page.url()).searchParams.get("q") ?? "") === text);
  };
  const words = WORDS.slice(0, few(WORDS.length));
  // Not counted: the browser compiles what a first key runs.
  await keystrokes(page, ["x"], settled);
  if (total <= WHOLE_TABLE) return { keys: await keystrokes(page, words, settled), plain: [] };
  const found = await server.workspaces();
  const rows = Array.from({ length: total }, (_, at) => found[at % found.length]);
  const dist = await plainPage(page, process.env.STEWARD_DIST, rows);
  const beside = await startServer({ workspaces: 40, dist });
  const other = await fresh(beside, {});
  await other.page.goto("/workspaces");
  await plainReady(other.page);
  await keystrokes(other.page, ["x"]);
  const [keys, plain] = [[], []];
  for (const word of words) {
    await page.bringToFront();
    keys.push(...(await keystrokes(page, [word], settled)));
    await other.page.bringToFront();
    plain.push(...(await keystrokes(other.page, [word])));
  }
  await other.context.close();
  await beside.stop();
  await rm(dist, { recursive: true });
  await page.bringToFront();
  return { keys, plain };
}

async function openings(page) {
  const screen = list(page);
  await screen.search.fill("");
  await rest(page);
  const links = (await screen.links.all()).slice(2, 17);
  return timings(browser, page, "click", async () => {
    for (let number = 0; number < few(15); number += 1) {
      await links[number % links.length].click();
      await pane(page).part.waitFor();
      await rest(page);
      // By key, so that the only clicks in the trace are those that open.
      await page.keyboard.press("Escape");
      await pane(page).part.waitFor({ state: "detached" });
      await rest(page);
    }
  });
}

/** Saves and archives workspaces of the bench's own. What was measured before is measured without them. */
async function pressing(server, page) {
  const names = Array.from({ length: few(15) }, (_, number) => `Bench ${number + 1}.`);
  for (const name of names) {
    const { status } = await server.api("owner", "POST", "/workspaces", { name, billing_mode: "pooled" });
    if (status !== 201) throw new Error(`${name}: ${status}`);
  }
  await page.goto("/workspaces");
  await list(page).ready();
  const save = await presses(browser, page, () => saves(page, names));
  const archive = await presses(browser, page, () => archives(page, names));
  return { save, archive };
}

/** Drags through the whole list in three seconds, a step a frame, and looks at every frame. */
const scroll = (page) =>
  list(page).table.evaluate(
    (table) =>
      new Promise((resolve) => {
        const box = table.parentElement;
        const { left, top, height } = box.getBoundingClientRect();
        const frames = [];
        const total = 180;
        let blank = 0;
        let most = 0;
        let before = 0;
        const step = (now) => {
          if (before) frames.push(now - before);
          before = now;
          for (const part of [0.15, 0.5, 0.85]) {
            const hit = document.elementFromPoint(left + 40, top + height * part);
            if (!hit?.closest("[aria-rowindex]")) blank += 1;
          }
          most = Math.max(most, document.getElementsByTagName("*").length);
          if (frames.length >= total) return resolve({ frames, blank, elements: most });
          box.scrollTop = (frames.length / total) * (box.scrollHeight - box.clientHeight);
          requestAnimationFrame(step);
        };
        requestAnimationFrame(step);
      }),
  );

const both = (values, digits = 0) => `${at(values, 0.5).toFixed(digits)} / ${at(values, 0.95).toFixed(digits)}`;
const share = (frames, limit) => `${((100 * frames.filter((each) => each > limit).length) / frames.length).toFixed(1)} %`;

/** What of a press is the page's own: the rest is the network's and the service's. */
const own = ({ confirmed, requests }) => confirmed - requests;

async function measure({ workspaces, accounts }) {
  // The limit of 100 requests a minute would be measured instead of the console.
  const server = await startServer({ workspaces, people: accounts, settings: ["anthropic_rate=0"] });
  const kept = await sessions(server, accounts);
  const load = async (slow) => coldLoad(await fresh(server, kept), "/workspaces", slow);
  await load(false);
  const cold = await several(few(15), () => load(false));
  const slow = await several(few(5), () => load(true));
  const { context, page } = await fresh(server, kept);
  await page.goto("/workspaces?state=all");
  await list(page).ready();
  const total = (workspaces * accounts.length).toLocaleString("en").replace(/,.*/, "");
  await page.getByRole("main").getByText(new RegExp(`${total}[,.\\d]* workspaces`)).filter({ visible: true }).first().waitFor();
  await rest(page);
  const memory = await (await meter(page)).read();
  const count = await nodes(page);
  const { keys, plain } = await typing(server, page, workspaces * accounts.length);
  const open = await openings(page);
  const drag = workspaces > WHOLE_TABLE ? await scroll(page) : { frames: [], blank: 0, elements: 0 };
  const press = await pressing(server, page);
  await context.close();
  await server.stop();
  return { workspaces, accounts, cold, slow, memory, nodes: count, keys, plain, open, drag, press };
}

// A frame at 60 Hz is 16.7 ms; half a frame more is the clock's own unrest, not a frame that was missed.
const MISSED = 16.7 * 1.5;
const ROWS = [
  ["Cold load to painted rows, ms", ({ cold }) => both(cold.map(({ ms }) => ms))],
  ["The same on slow 4G with a CPU four times slower, ms", ({ slow }) => both(slow.map(({ ms }) => ms))],
  ["Bytes until then, kB", ({ cold }) => both(cold.map(({ bytes }) => bytes / 1_000), 1)],
  ["Filter keystroke, handled: key to rows written, ms", ({ keys }) => both(keys.map(({ handled }) => handled), 1)],
  ["Filter keystroke, key to commit, ms", ({ keys }) => both(keys.map(({ commit }) => commit), 1)],
  ["The same rows in plain script, key to commit, ms", ({ plain }) => (plain.length ? both(plain.map(({ commit }) => commit), 1) : "whole table")],
  ["Open a workspace, work of the page, ms", ({ open }) => both(open.map(({ work }) => work), 1)],
  ["Open a workspace, click to commit, ms", ({ open }) => both(open.map(({ commit }) => commit), 1)],
  ["Save, press to its pending state shown, ms", ({ press }) => both(press.save.map(({ pending }) => pending), 1)],
  ["Save, press to confirmed less its requests, ms", ({ press }) => both(press.save.map(own), 1)],
  ["Archive, press to its pending state shown, ms", ({ press }) => both(press.archive.map(({ pending }) => pending), 1)],
  ["Archive, press to confirmed less its requests, ms", ({ press }) => both(press.archive.map(own), 1)],
  ["Fast scroll, frames missed / over 33 ms", ({ drag: { frames } }) => (frames.length ? `${share(frames, MISSED)} / ${share(frames, 33.4)}` : "whole table")],
  ["Fast scroll, blank places seen", ({ drag: { frames, blank } }) => (frames.length ? String(blank) : "whole table")],
  ["DOM nodes at rest", ({ nodes: count }) => String(count)],
  ["Script heap + wasm memory after a collection, MB", ({ memory: { heap, pages } }) => `${(heap / 1e6).toFixed(1)} + ${((pages * 65_536) / 1e6).toFixed(1)}`],
];

const results = [];
const called = ({ workspaces, accounts }) =>
  `${accounts.length > 1 ? `${accounts.length} × ` : ""}${workspaces.toLocaleString("en")} workspaces`;
for (const one of CASES) {
  console.error(`${called(one)} …`);
  results.push(await measure(one));
}
const machine = `${cpus().length} × ${cpus()[0]?.model.trim()}, load ${loadavg()[0].toFixed(1)}, Chromium ${browser.version()}, ${new Date().toISOString().slice(0, 10)}`;
await browser.close();

const head = ["Median / 95th percentile", ...CASES.map(called)];
const table = ROWS.map(([name, cell]) => [name, ...results.map(cell)]);
const widths = head.map((_, column) => Math.max(...[head, ...table].map((row) => row[column].length)));
for (const row of [head, ...table]) console.log(row.map((cell, column) => (column ? cell.padStart(widths[column]) : cell.padEnd(widths[column]))).join("  "));
console.log(`\n${machine}\n`);
console.log([head, head.map((_, column) => (column ? "---:" : "---")), ...table].map((row) => `| ${row.join(" | ")} |`).join("\n"));
await mkdir(OUT, { recursive: true });
await writeFile(join(OUT, "samples.json"), JSON.stringify({ machine, results }, undefined, 1));
console.log(`\nEvery sample is in ${join(OUT, "samples.json")}.`);
