// The walk through the cells of lib/faults-table.mjs: puts a fault into force, holds what a person sees against how the cell is
// said to end, and tells which cells it has been through. Guarantees of each cell: what failed and whether anything changed is
// said in words; what was typed is there to the letter; nothing stays busy; focus is somewhere; what is offered leads on to
// success; a press sends one change at most.

import assert from "node:assert/strict";
import { after } from "node:test";
import { CELLS, columnOf, ELSEWHERE, FAULTS, ODD_NAME, rowOf } from "./faults-table.mjs";
import { focused, pane } from "./screens.mjs";
import { signInAgain } from "./sign-in.mjs";
import { equals, until } from "./until.mjs";
import * as wires from "./wire.mjs";

/** What is said of a change that was accepted and is not shown: in the form or the dialog, or once that has gone. */
const ACCEPTED = /accepted .*does not show (it|its effect) yet/;
const SHOWS_NOW = /The service shows (it|them) now\./;
const NEVER_SHOWN = /A minute after it accepted this, the service does not show/;

/** What the browser writes of a reply to a request without CORS at a service's address. */
const UNREADABLE_ADDRESS = /^(request failed: GET \/api\/\w+ |console error: Failed to load resource: )net::ERR_BLOCKED_BY_RESPONSE\.NotSameOrigin( \/api\/\w+)?$/;

/** How long a walk may take. */
export const LIMIT = 600_000;
/** After so many broken cells the rest of a journey would only take time. */
const ENOUGH = 3;
/** How long a press may take that is tried again. */
const PRESS_MS = 500;

/** `cargo xtask test` reads these lines. */
const walked = new Map();
after(() => {
  for (const [operation, faults] of walked) {
    console.log(`fault matrix, in the browser: ${columnOf(operation)}: ${[...new Set(faults.map(rowOf))].join("; ")}`);
  }
});

/** Asserts what is said, and that it is said in words. */
export async function told(alert, label, ...parts) {
  let says = alert;
  for (const part of parts) says = says.filter({ hasText: part });
  try {
    await says.first().waitFor();
  } catch {
    assert.fail(`${label}: told with ${parts.map((part) => `"${part}"`).join(", ")}; there is ${JSON.stringify(await alert.allInnerTexts())}`);
  }
  const text = (await says.first().innerText()).replace(/[\w-]{16,}/g, "(an id)");
  assert.doesNotMatch(text, /\b[45]\d\d\b|[{}<>]|undefined|null|Error:/, `${label}: in words`);
}

/** Asserts that nothing goes on for ever. */
export const idle = (page, label) => equals(`${label}: nothing is busy`, () => page.locator("[aria-busy=true]").count(), 0);

/** The same, and that focus is inside `where`. */
export async function settled(page, label, where = "body *") {
  await idle(page, label);
  await until(`${label}: focus is in ${where}, not at "${await focused(page)}"`, () => page.evaluate((where) => document.activeElement?.matches(`:is(${where}) *, ${where}`) && document.activeElement !== document.body, where));
}

/** Asserts that a name of any length stays within the window. */
export const inWidth = (page, label) => equals(`${label}: nothing is wider than the window`, () => page.evaluate(() => Math.max(0, document.documentElement.scrollWidth - innerWidth)), 0);

/** A heading of the pane. Where a name turns around, its heading spells that out. */
export const titled = (page, name) => pane(page).part.getByRole("heading", { name: name === ODD_NAME ? /gnp\.exe/ : name, exact: true });

/** A name and a text that nobody would want to type again. */
export const typing = (number, name) => ({ name: name ?? `Zoë 🦊  “${number}” x`, description: `one\n\ttwo <b> &amp; ${number} ` });

/** Presses until it is done: a pause that the service asked for has to be over first, and nothing is sent before. */
const pressUntil = (what, button, done) =>
  until(what, async () => {
    if (await done()) return true;
    // With success the button goes.
    if ((await button.getAttribute("aria-disabled", { timeout: PRESS_MS })) !== "true") await button.click({ timeout: PRESS_MS });
    return false;
  });

/** Puts a fault into force for requests to `place`, and gives back what takes it away. `stays` are rules that remain. */
export async function arm({ page, server }, place, fault, { stays = [], reading } = {}) {
  const { rule: given, reads, through, wire, hurried, off } = fault;
  const dialect = place.dialect ?? "altostrat";
  const rule = typeof given === "function" ? given({ dialect, ...place }) : given;
  const { known: _, ...where } = place;
  if (rule) await server.faults({ ...where, ...rule }, ...(reads ? [{ dialect, ...reading, ...reads }] : []), ...stays);
  else if (stays.length > 0) await server.faults(...stays);
  const path = new RegExp(`^/api/${dialect}${place.path.replaceAll("*", "[^/]+")}$`);
  const matches = (url) => path.test(url.pathname);
  const line = wire && (await wires[wire](server.origin));
  if (through || line) {
    await page.route(matches, async (route) => {
      const asked = route.request();
      if (asked.method() !== place.method) return route.fallback();
      if (line) {
        const url = new URL(asked.url());
        url.port = line.port;
        return route.continue({ url: url.href });
      }
      const real = await route.fetch();
      const { "content-encoding": _, "content-length": __, "transfer-encoding": ___, ...headers } = real.headers();
      await route.fulfill({ status: real.status(), ...through({ body: await real.text(), headers }) });
    });
  }
  if (hurried) await wires.hurry(page, hurried);
  if (off) await wires.clockOff(page, off);
  return async () => {
    if (through || line) await page.unroute(matches);
    line?.close();
    if (hurried) await wires.hurry(page, "");
    if (off) await wires.clockOff(page, 0);
    await (stays.length > 0 ? server.faults(...stays) : server.noFaults());
  };
}

/** Has the browser keep a reply to this reading, if it may: the page itself asks as the app does. */
async function prime({ page, guard }, dialect, { path }) {
  const asked = guard.all().filter((each) => each.method === "GET" && each.path.startsWith(`/api/${dialect}/`));
  const same = asked.filter((each) => each.path === `/api/${dialect}${path}`).at(-1);
  const { authorization, "x-api-key": key } = await (same ?? asked.at(-1)).request.allHeaders();
  const headers = Object.fromEntries(Object.entries({ authorization, "x-api-key": key }).filter(([, value]) => value));
  await page.evaluate(async ([url, headers]) => (await fetch(url, { headers })).text(), [same?.url ?? `/api/${dialect}${path}`, headers]);
}

/** Whether the service asks for a pause, after which what is read is read again by itself. */
export const pauses = (fault) => fault.rule?.action?.headers?.["retry-after"] !== undefined;

/** Has what was read read again: by a press, or by itself where the service asked for a pause, once that is over. */
export async function loadAgain(alert, label, fault) {
  const again = alert.getByRole("button", { name: "Refresh" });
  if (!pauses(fault)) return again.click();
  await until(`${label}: read again`, async () => {
    if ((await again.count()) === 0) return true;
    // What was read by itself may have met the same pause.
    await again.click({ timeout: 500 }).catch(() => {});
    return false;
  });
}

/** Walks one operation through its cells of a part on one page. All that break are told, not the first alone. */
export async function walk(scene, operation, cell, afresh, part) {
  const broken = [];
  const { page, server, guard } = scene;
  // 405: a browser follows a redirect by a GET, which not every address takes.
  guard.allowStatus(400, 401, 403, 404, 405, 408, 409, 412, 413, 422, 428, 429, 500, 502, 503, 504);
  guard.allowBroken();
  // Why there was no answer is looked for at the service's address, whose answer to that no page of another origin may have.
  if (part === ELSEWHERE) guard.allow("blocked by CORS policy", "net::ERR_FAILED", UNREADABLE_ADDRESS);
  if (!walked.has(operation)) walked.set(operation, []);
  const cells = [...CELLS.filter((each) => each.operation === operation).entries()];
  for (const [number, { fault, ends }] of cells.filter(([, { fault }]) => FAULTS[fault].part === part)) {
    const label = `${operation} x ${fault}`;
    try {
      await cell({ label, number, kind: fault, fault: FAULTS[fault], ends });
      walked.get(operation).push(fault);
    } catch (error) {
      const alerts = await page.getByRole("alert").allInnerTexts().catch(() => []);
      broken.push(`${label}: ${error.message.replace(`${label}: `, "")}\n${JSON.stringify(alerts)}\n${(await page.locator("dialog[open]").allInnerTexts().catch(() => [])).join("|").slice(0, 600)}\nfocus: ${await focused(page).catch(String)}`);
      if (broken.length >= ENOUGH) break;
      await page.unrouteAll({ behavior: "ignoreErrors" });
      await server.noFaults();
      await wires.hurry(page, "").catch(() => {});
      await wires.clockOff(page, 0).catch(() => {});
      await afresh?.().catch(() => {});
    }
  }
  assert.equal(broken.length, 0, broken.join("\n\n"));
}

/**
 * One change under one fault, from the press that sends it until the service has it. `says` is what is told where it was not
 * done and where that is not known, in `alert`; `within` is where focus is meanwhile; `kept` asserts that everything typed
 * is there; `done` looks whether it is told as done; `lookAgain` goes on where nothing is known, and says whether it was sent once
 * more; `asks` presses what asks to sign in again, where that does not open by itself; `signIn` signs in again; `waits` presses again after that, where nothing goes out by itself; `theirs` is what somebody
 * else does right before, and `mine` answers what is asked about that; `unseen` goes on where it was accepted and nobody looks
 * by itself whether it shows. Gives back what takes the fault away, for the end.
 */
export async function change(scene, { label, fault, ends }, { place, reading, says, why = fault.why, unseen, alert, within, send, kept, done, lookAgain, account, asks, signIn, waits, blocked, theirs, mine }) {
  const { page, guard } = scene;
  const before = guard.mutations().length;
  const sent = () => guard.mutations().length - before;
  const disarm = await arm(scene, place, ends === "refused here" ? {} : fault, { reading });
  if (fault.primes) await prime(scene, place.dialect ?? "altostrat", reading);
  if (ends === "asked") await theirs();
  let presses = 1;
  const stands = async (where = within) => {
    await kept();
    await settled(page, label, where);
    assert.equal(sent(), 1, `${label}: one press, one request`);
  };
  await send.click();
  if (ends === "not done") {
    await told(alert, label, says[0], why, "Nothing has changed.");
    await stands();
    await disarm();
    await pressUntil(`${label}: done after all`, send, done);
    presses = 2;
  } else if (ends === "not known") {
    await told(alert, label, says[1], why, "It may have changed all the same.");
    await stands();
    await disarm();
    if (await lookAgain()) presses = 2;
  } else if (unseen && ["accepted", "still there"].includes(ends)) {
    await unseen.told();
    await stands();
    await unseen.again(disarm);
  } else if (ends === "accepted" || ends === "not shown") {
    await page.getByText(ACCEPTED).first().waitFor();
    await page.getByText(ends === "accepted" ? SHOWS_NOW : NEVER_SHOWN).first().waitFor();
    if (ends === "not shown") assert.equal(await page.getByText(SHOWS_NOW).count(), 0, `${label}: it is never shown`);
    await disarm();
  } else if (ends === "asked") {
    await mine(() => assert.equal(sent(), 0, `${label}: nothing is sent before it is asked`));
  } else if (ends === "signed out") {
    const dialog = signInAgain(page, account);
    await asks?.();
    await dialog.waitFor();
    await stands("dialog");
    await disarm();
    await signIn(dialog);
    await dialog.waitFor({ state: "hidden" });
    if (waits) {
      await waits();
      assert.equal(sent(), 1, `${label}: nothing is sent by itself`);
      await send.click();
    }
    presses = 2;
  } else if (ends === "blocked") {
    await blocked.told();
    await stands();
    await disarm();
    await blocked.clear();
    await send.click();
    presses = 2;
  }
  return {
    disarm,
    /** Asserts that each press was one request, once all is done. */
    counted: () => assert.equal(sent(), presses, `${label}: a press is one request`),
    /** Asserts that what is refused at the field was not sent. */
    unsent: () => assert.equal(sent(), 0, `${label}: nothing is sent`),
  };
}

/** The cells of a form whose name is too long: told at the field, nothing is sent, and a shorter one goes through. */
export async function refusedHere(scene, { label, number }, { alert, within, send, kept, name, unsent, made }) {
  await told(alert, label, "Check these fields", "Name must not be longer than 50 characters. It has 10,000.");
  await kept();
  await settled(scene.page, label, within);
  unsent();
  await name.fill(`Short enough ${number}`);
  await send.click();
  await made(`Short enough ${number}`);
}
