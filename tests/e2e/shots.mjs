// A picture of every state: state-width-theme.png in STEWARD_SHOTS. Guarantees: the same state looks the same each
// time (roles are settled, nothing moves, no caret blinks); a state that cannot be reached is named at the end, the
// others are taken all the same. Words on the command line choose states by a part of their name.

import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { peopleOf, signInAs } from "./lib/accounts.mjs";
import { launch } from "./lib/browser.mjs";
import { guard } from "./lib/guard.mjs";
import { startServer } from "./lib/server.mjs";
import { signInByToken } from "./lib/sign-in.mjs";
import { optionsOf, STATES } from "./lib/states.mjs";
import { DEADLINE_MS } from "./lib/until.mjs";

const OUT = process.env.STEWARD_SHOTS ?? join(dirname(fileURLToPath(import.meta.url)), "../../shots");
const SIZES = [[1440, 900], [1024, 768], [390, 844]];
const THEMES = ["light", "dark"];
// Once is enough to see whether these hold.
const FORCED = ["list", "workspace-viewer", "edit-errors", "archive-409"];
const COMPACT = ["list"];

const wanted = process.argv.slice(2);
const chosen = Object.entries(STATES).filter(([name]) => wanted.length === 0 || wanted.some((part) => name.includes(part)));
const browser = await launch();
const failed = [];
await mkdir(OUT, { recursive: true });

const picture = (page, name) => page.screenshot({ path: join(OUT, `${name}.png`), animations: "disabled", caret: "hide" });

/** Takes one state at one size in all its looks. */
async function take(name, state, [width, height], { density } = {}) {
  const { person, accounts = [], at = "/workspaces", settings, workspaces, keep, people, prepare } = optionsOf(state);
  const server = await startServer({ workspaces, settings, people: [...(person ? [person] : []), ...peopleOf(accounts), ...people] });
  const context = await browser.newContext({ viewport: { width, height }, baseURL: server.origin, reducedMotion: "reduce", colorScheme: "light" });
  context.setDefaultTimeout(DEADLINE_MS);
  try {
    const page = await context.newPage();
    const watch = await guard(page);
    if (density) await page.addInitScript((value) => localStorage.setItem("steward.settings", JSON.stringify({ density: value })), density);
    if (accounts.length > 0) await signInAs(page, server, accounts);
    await prepare({ server, page, guard: watch });
    if (person) await signInByToken(page, server.token(person), { at, keep });
    if (accounts.length > 0) await page.goto(at);
    await state.reach({ page, server, guard: watch, context });
    if (density) return await picture(page, `${name}-${width}-${density}`);
    for (const theme of THEMES) {
      await page.emulateMedia({ colorScheme: theme });
      await picture(page, `${name}-${width}-${theme}`);
    }
    if (width === 1440 && FORCED.includes(name)) {
      await page.emulateMedia({ colorScheme: "dark", forcedColors: "active" });
      await picture(page, `${name}-${width}-forced`);
    }
  } catch (error) {
    failed.push(`${name} at ${width}: ${error.message.split("\n")[0]}`);
  } finally {
    await context.close();
    await server.stop();
  }
}

for (const [name, state] of chosen) {
  for (const size of SIZES) await take(name, state, size);
  if (COMPACT.includes(name)) await take(name, state, SIZES[0], { density: "compact" });
  console.log(`${name} ✓`);
}
await browser.close();
console.log(`The pictures are in ${OUT}.`);
for (const line of failed) console.error(`not reached: ${line}`);
process.exit(failed.length ? 1 : 0);
