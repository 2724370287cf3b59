// One Chromium for a file of tests (or one for each set of arguments), one context and one server for a test. Guarantees: a test sees no other test's
// cookies, storage, cache, data or faults; its page is guarded; what it leaves open is closed. Must not know any
// screen but signing in.

import { after, test } from "node:test";
import { chromium } from "playwright-core";
import { peopleOf, signInAs } from "./accounts.mjs";
import { guard } from "./guard.mjs";
import { startServer } from "./server.mjs";
import { signInByToken } from "./sign-in.mjs";
import { DEADLINE_MS } from "./until.mjs";

const ARGUMENTS = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync", "--enable-precise-memory-info",
];
const TEST_LIMIT_MS = 120_000;

/** A browser of its own, for scripts. `without` are arguments that Playwright would give it. */
export function launch(more = [], without = []) {
  const executablePath = process.env.CHROMIUM || undefined;
  return chromium.launch({ executablePath, channel: executablePath ? undefined : "chromium", args: [...ARGUMENTS, ...more], ignoreDefaultArgs: without });
}

const browsers = new Map();
/** The one with these arguments more, and without those of Playwright's. */
function shared(more, without) {
  const key = [...more, "-", ...without].join(" ");
  if (!browsers.has(key)) browsers.set(key, launch(more, without));
  return browsers.get(key);
}

/** To be called once by each file of tests. */
export function closeAfterwards() {
  after(async () => {
    for (const browser of browsers.values()) await within(browser.then((one) => one.close()));
    // A page that never comes to rest must not keep the run from its end.
    setTimeout(() => process.exit(), 1_000).unref();
  });
}

/** Waits for a closing, but not for one that a busy page holds up. */
const within = (closing) => Promise.race([closing, new Promise((resolve) => setTimeout(resolve, 5_000).unref())]);

/** Tells the app that the services are at this origin. Nothing is routed: where Playwright routes, it answers preflights itself. */
const servicesAt = (context, origin) =>
  context.addInitScript((origin) => {
    const ask = window.fetch;
    window.fetch = async (what, ...more) => {
      const reply = await ask(what, ...more);
      if (what !== "/config.json") return reply;
      const config = await reply.json();
      for (const service of config.services) service.base = origin + service.base;
      return Response.json(config);
    };
  }, origin);

/** What stood on the page when a test failed: the first thing one asks. */
async function scene(page, watch) {
  // What stands out first: the whole may be long.
  const seen = [];
  for (const kind of ["dialog[open]", "[role=alert]", "aside", "body"]) {
    for (const part of await page.locator(kind).all().catch(() => [])) {
      seen.push((await part.ariaSnapshot({ timeout: 2_000 }).catch(() => "(it is gone)")).slice(0, 3_000));
    }
  }
  return `\n\nat ${page.url()}\n${watch.unexpected().join("\n")}\n${seen.join("\n--\n").slice(0, 6_000)}`;
}

/**
 * A test in a page of its own. Options: `person` signs in first (with a pasted token) and lands at `at`, or these
 * `accounts` are signed in to as after a reload; `prepare` runs before that, with the server; `workspaces` and
 * `settings` are the server's; with `elsewhere` the services are at another origin than the app; `browser` are arguments
 * that Chromium gets besides; with `backForward` it keeps pages as they are left; the rest is the context's.
 */
export function journey(name, options, body) {
  const { person, accounts = [], at = "/workspaces", keep = false, prepare, workspaces, settings, people = [], browser = [], backForward = false, limit = TEST_LIMIT_MS, elsewhere = false, ...look } = options;
  test(name, { timeout: limit }, async () => {
    const server = await startServer({ workspaces, settings, elsewhere, people: [...(person ? [person] : []), ...peopleOf(accounts), ...people] });
    const context = await (await shared(browser, backForward ? ["--disable-back-forward-cache"] : [])).newContext({ viewport: { width: 1440, height: 900 }, baseURL: server.origin, ...look });
    context.setDefaultTimeout(DEADLINE_MS);
    const page = await context.newPage();
    const watch = await guard(page);
    if (elsewhere) await servicesAt(context, server.other);
    try {
      // Before any fault is in force: whose session it is is asked of the service.
      if (accounts.length > 0) await signInAs(page, server, accounts);
      await prepare?.({ server, page, guard: watch, context });
      if (person) await signInByToken(page, server.token(person), { at, keep });
      if (accounts.length > 0) {
        await page.goto(at);
        await page.getByRole("navigation", { name: "Main" }).waitFor();
      }
      await body({ page, server, context, guard: watch });
      watch.end();
    } catch (error) {
      // Some reporters print the one, some the other.
      const seen = await scene(page, watch);
      error.stack = `${error.stack}${seen}`;
      error.message = `${error.message}${seen}`;
      throw error;
    } finally {
      await within(context.close());
      await server.stop();
    }
  });
}
