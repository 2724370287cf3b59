// Measures the console side by side with react-admin doing the same job (tests/peers/react-admin), in one run: `cargo xtask bench --peer`.
// Guarantees: both are served by the same program from copies of one database, at the same settings; each round has one sample of each,
// and the order alternates; a load is in a fresh context; nothing is asserted about time. Prints medians, the ratio of the medians and
// the smallest and largest ratio of a round; every sample goes into bench/peer.json. `--quick` has five rounds in place of fifteen.

import { mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { cpus, loadavg } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants } from "node:zlib";
import { sessions } from "./lib/accounts.mjs";
import { launch } from "./lib/browser.mjs";
import { coldLoad, keepRowsAt } from "./lib/loading.mjs";
import { keepExports, meter } from "./lib/memory.mjs";
import { rest } from "./lib/pressing-acts.mjs";
import { nodes } from "./lib/screens.mjs";
import { startServer } from "./lib/server.mjs";
import { at } from "./lib/statistics.mjs";
import { until } from "./lib/until.mjs";

const OUT = process.env.STEWARD_BENCH ?? join(dirname(fileURLToPath(import.meta.url)), "../../bench");
const ROUNDS = process.argv.includes("--quick") ? 5 : 15;
const [FEW, MANY] = [50, 10_000];
/** A first letter finds most rows, and drawing them is the dear part. Every round types two of them. */
const WORDS = ["cli", "hot", "foo", "far", "rob", "sta", "por", "bri"];
const PERSON = "altostrat/owner";

const steward = { name: "Steward", dist: process.env.STEWARD_DIST, path: "/workspaces", rows: "[role=table] tbody a" };
// react-admin's styles are written by script, which the console's content policy refuses: the peer is measured without a policy.
const peer = { name: "react-admin", dist: process.env.STEWARD_PEER, path: "/#/workspaces", rows: "tbody .column-name", bypassCSP: true };
const BOTH = [steward, peer];

/** What this tab kept of its session. */
const kept = async (app, server) => (app === peer ? { token: server.token(PERSON) } : sessions(server, [PERSON]));

/** Compresses what a build left uncompressed: the server sends what lies beside a file. Gives the size of each file at brotli 11. */
async function compressed(dist) {
  const sizes = new Map();
  for (const entry of await readdir(dist, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || /\.(br|gz)$/.test(entry.name)) continue;
    const file = join(entry.parentPath ?? entry.path, entry.name);
    const small = brotliCompressSync(await readFile(file), { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } });
    await writeFile(`${file}.br`, small);
    sizes.set(`/${file.slice(dist.length + 1)}`, small.length);
  }
  return sizes;
}

const browser = await launch();

async function open(app, server) {
  const { bypassCSP } = app;
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, baseURL: server.origin, bypassCSP });
  context.setDefaultTimeout(60_000);
  const page = await context.newPage();
  await keepExports(page);
  await keepRowsAt(page, app.rows, await kept(app, server));
  return { context, page };
}

/** kB of files that were requested, API left out: before the rows were painted, and until nothing more came. */
async function downloads(app, server, sizes) {
  const { context, page } = await open(app, server);
  await page.goto(app.path, { waitUntil: "commit" });
  await page.waitForFunction(() => globalThis.rowsAt);
  await rest(page);
  const asked = await page.evaluate(() => performance.getEntriesByType("resource").map(({ name, startTime }) => ({ path: new URL(name).pathname, isFirst: startTime < globalThis.rowsAt })));
  await context.close();
  const sum = (some) => {
    const files = new Set(some.map(({ path }) => path).filter((path) => !path.startsWith("/api/")));
    return ["/index.html", ...files].reduce((all, path) => all + sizes.get(path), 0) / 1_000;
  };
  return { first: sum(asked.filter(({ isFirst }) => isFirst)), all: sum(asked) };
}

/** Times each key from its event to the frame in which other names stand in the rows. */
const timeKeys = (page, rows) =>
  page.evaluate((rows) => {
    const shown = () => [...document.querySelectorAll(rows)].slice(0, 20).map(({ textContent }) => textContent).join("\n");
    let key;
    addEventListener("keydown", ({ timeStamp }) => {
      key = { at: timeStamp, before: shown() };
      globalThis.filteredMs = undefined;
    }, true);
    new MutationObserver(() => {
      if (!key || shown() === key.before) return;
      const { at } = key;
      key = undefined;
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => (globalThis.filteredMs = performance.now() - at);
      requestAnimationFrame(() => port2.postMessage(0));
    }).observe(document, { subtree: true, childList: true, characterData: true });
  }, rows);

const names = (page, rows) => page.locator(rows).evaluateAll((all) => all.slice(0, 20).map(({ textContent }) => textContent).join("\n"));

/** The letters of words, each from an empty field. A key that leaves the rows as they are is no sample. */
async function typing(page, app, words) {
  const search = page.getByRole(app === peer ? "textbox" : "searchbox", { name: /^Search/ });
  const all = await names(page, app.rows);
  await timeKeys(page, app.rows);
  const samples = [];
  for (const word of ["x", ...words]) {
    for (const key of word) {
      await search.focus();
      await page.keyboard.press(key);
      await page.waitForFunction(() => globalThis.filteredMs !== undefined, undefined, { polling: 20, timeout: 3_000 }).catch(() => {});
      const ms = await page.evaluate(() => globalThis.filteredMs);
      // The first key is not counted: the browser compiles what it runs.
      if (ms !== undefined && word !== "x") samples.push(ms);
      await rest(page);
    }
    await search.fill("");
    await until("all rows are back", async () => (await names(page, app.rows)) === all);
    await rest(page);
  }
  return samples;
}

async function many(app, server, words) {
  const { context, page } = await open(app, server);
  await page.goto(app.path, { waitUntil: "commit" });
  await page.waitForFunction(() => globalThis.rowsAt, undefined, { polling: 50 });
  const load = await page.evaluate(() => globalThis.rowsAt);
  await rest(page);
  const { heap, pages } = await (await meter(page)).read();
  const memory = (heap + pages * 65_536) / 1e6;
  const count = await nodes(page);
  const keys = await typing(page, app, words);
  await context.close();
  return { load, memory, nodes: count, keys };
}

/** Rounds in which each app has its turn, the first one by turns. */
async function rounds(count, sample) {
  const samples = new Map(BOTH.map((app) => [app, []]));
  for (let round = 0; round < count; round += 1) {
    for (const app of round % 2 ? [...BOTH].reverse() : BOTH) samples.get(app).push(await sample(app, round));
  }
  return samples;
}

async function servers(workspaces) {
  const all = new Map();
  for (const app of BOTH) all.set(app, await startServer({ workspaces, dist: app.dist }));
  return all;
}

const ended = (all) => Promise.all([...all.values()].map((server) => server.stop()));

const results = [];
/** Notes a row. `of` takes one number, or several, from a sample. */
const note = (what, samples, of, share = 0.5, digits = 0) => {
  const each = BOTH.map((app) => samples.get(app).map((sample) => [of(sample)].flat()));
  const [ours, theirs] = each.map((all) => at(all.flat(), share));
  const ratios = each[0].map((mine, round) => at(mine, share) / at(each[1][round], share)).filter(Number.isFinite);
  results.push({ what, ours, theirs, ratio: ours / theirs, least: Math.min(...ratios), most: Math.max(...ratios), digits, samples: each });
};

const sizes = new Map();
for (const app of BOTH) sizes.set(app, await compressed(app.dist));

console.error(`${FEW} workspaces …`);
const few = await servers(FEW);
const fetched = await rounds(2, (app) => downloads(app, few.get(app), sizes.get(app)));
const cold = await rounds(ROUNDS, async (app) => coldLoad(await open(app, few.get(app)), app.path, false));
const slow = await rounds(Math.ceil(ROUNDS / 2), async (app) => coldLoad(await open(app, few.get(app)), app.path, true));
await ended(few);

console.error(`${MANY.toLocaleString("en")} workspaces …`);
const full = await servers(MANY);
const large = await rounds(Math.max(5, Math.ceil(ROUNDS / 3)), (app, round) => many(app, full.get(app), [0, 1].map((next) => WORDS[(2 * round + next) % WORDS.length])));
await ended(full);

note("First load until rows, brotli 11, kB", fetched, ({ first }) => first, 0.5, 1);
note("All that it downloads until idle, brotli 11, kB", fetched, ({ all }) => all, 0.5, 1);
note(`Cold load to rows, ${FEW} workspaces, ms`, cold, ({ ms }) => ms);
note("The same, slow 4G and a CPU four times slower, ms", slow, ({ ms }) => ms);
note(`Cold load to rows, ${MANY.toLocaleString("en")} workspaces, ms`, large, ({ load }) => load);
note("Key to filtered rows, median, ms", large, ({ keys }) => keys, 0.5, 1);
note("Key to filtered rows, 95th percentile, ms", large, ({ keys }) => keys, 0.95, 1);
note("DOM nodes", large, ({ nodes: count }) => count);
note("Script heap and wasm memory after a collection, MB", large, ({ memory }) => memory, 0.5, 1);

const machine = `${cpus().length} × ${cpus()[0]?.model.trim()}, load ${loadavg()[0].toFixed(1)}, Chromium ${browser.version()}, ${new Date().toISOString().slice(0, 10)}`;
await browser.close();

const two = (number) => number.toFixed(2);
const head = ["", ...BOTH.map(({ name }) => name), "ratio", "least to most"];
const table = results.map(({ what, ours, theirs, ratio, least, most, digits }) => [what, ours.toFixed(digits), theirs.toFixed(digits), two(ratio), `${two(least)}–${two(most)}`]);
const widths = head.map((_, column) => Math.max(...[head, ...table].map((row) => row[column].length)));
for (const row of [head, ...table]) console.log(row.map((cell, column) => (column ? cell.padStart(widths[column]) : cell.padEnd(widths[column]))).join("  "));
console.log(`\n${machine}\n`);
console.log([head, head.map((_, column) => (column ? "---:" : "---")), ...table].map((row) => `| ${row.join(" | ")} |`).join("\n"));
await mkdir(OUT, { recursive: true });
await writeFile(join(OUT, "peer.json"), JSON.stringify({ machine, results }, undefined, 1));
console.log(`\nEvery sample is in ${join(OUT, "peer.json")}.`);
