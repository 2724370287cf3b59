// A monkey: presses what is there, types what nobody would, goes back and forth, reloads, while the service fails now
// and then. Guarantees: what it did last is told; the record of attempts is taken before signing out wipes it. Judges
// nothing but that the page lives: the record is held against the database elsewhere.

import { readFile } from "node:fs/promises";
import { sessions } from "./accounts.mjs";
import { dice, fault } from "./chance.mjs";
import { Record } from "./claims.mjs";
import { signInByToken } from "./sign-in.mjs";
import { until } from "./until.mjs";

const SHORT_MS = 800;
const TOLD = 50;
const TEXTS = [
  "Harbour Lights", "Field office", "Ünïcode 🦊🏳️‍🌈", "\u202Eright to left\u200B", "<script>alert(1)</script>", '=HYPERLINK("http://x.invalid","y")', "", " ", "a".repeat(300),
  "x=1\ny=2", "'; DROP TABLE workspaces; --", "%00/../..", "Zoë & Söhne", "1", "#1F6FEB", "null", "one\ntwo",
];
const KEYS = ["j", "k", "x", "e", "/", "?", "Escape", "Enter", "Tab", "Control+Enter", "Shift+Tab", "ArrowDown", "Space", "End"];
/** Where subscriptions stand in the way. */
const SUBSCRIBED = /^Archive (Lantern Hotels|Ostrich|Saltmarsh|Ridgeway)/;
const ROLES = ["button", "button", "button", "link", "link", "checkbox", "radio", "textbox", "combobox", "searchbox", "columnheader"];

/** In the page: puts there what the tab does not keep, and says what that was. */
const keep = (kept) => {
  const gone = Object.entries(kept).filter(([name]) => !sessionStorage.getItem(name));
  for (const [name, value] of gone) sessionStorage.setItem(name, value);
  return gone.map(([name]) => name);
};

/** Lets a monkey loose on a page that was never used. Ends after so many milliseconds. */
export async function play({ page, server, guard, accounts, seed, forMs, tell = () => {} }) {
  const die = dice(seed);
  const record = new Record();
  const done = [];
  const wrong = [];
  const count = { actions: 0, "faults fired": 0, "signed in again": 0, exports: 0 };
  let armed = 0;
  let sinceExport = 0;
  const note = (text) => {
    done.push(`${count.actions} ${text}`);
    if (done.length > TOLD) done.shift();
    tell(`${count.actions} ${text} · ${page.url()}`);
  };

  guard.allow(/responded with a status of [45]\d\d/);
  guard.allowBroken();
  page.on("dialog", (dialog) => dialog.accept().catch(() => {}));
  page.on("popup", (popup) => popup.close().catch(() => {}));
  // In the page itself, not before each load: going back far enough comes to a page that has no storage.
  await page.goto("/config.json");
  // Asked of the services before any fault is in force.
  const kept = await sessions(server, accounts);
  await page.evaluate(keep, kept);
  await page.goto("/workspaces");
  const main = page.getByRole("navigation", { name: "Main" });
  await main.waitFor();

  const press = (locator) => locator.click({ timeout: SHORT_MS }).then(() => true, () => false);
  const open = page.locator("dialog[open]").last();
  const scope = async () => ((await open.count()) > 0 ? open : page.locator("body"));
  const pick = async (locator) => {
    const all = await locator.count();
    return all > 0 ? locator.nth(die.below(all)) : undefined;
  };
  const called = (locator) => locator.evaluate((each) => (each.ariaLabel ?? each.labels?.[0]?.textContent ?? each.textContent ?? "").trim().slice(0, 60), undefined, { timeout: SHORT_MS }).catch(() => "(gone)");
  const fill = (locator, value) => locator.fill(value, { timeout: SHORT_MS }).then(() => true, () => false);

  const fired = async (rules = []) => {
    const left = await (await fetch(`${server.origin}/api/_faults`)).json();
    count["faults fired"] += Math.max(0, armed - left.reduce((sum, { times }) => sum + times, 0));
    armed = rules.reduce((sum, { times }) => sum + times, 0);
    await (rules.length ? server.faults(...rules) : server.noFaults());
  };

  /** Takes the record as the page writes it into a file. */
  async function take() {
    for (let tries = 0; tries < 6; tries += 1) {
      await page.keyboard.press("Escape");
      if ((await open.count()) > 0) await press(open.getByRole("button", { name: /^(Discard|Keep|Close|Cancel)/ }).first());
      await press(main.getByRole("link", { name: "Activity", exact: true }));
      if ((await open.count()) > 0) await press(open.getByRole("button", { name: "Discard", exact: true }));
      if (tries === 3) await page.goto("/activity");
      const heading = page.getByRole("heading", { name: "Activity", level: 1 });
      if (!(await heading.waitFor({ timeout: 4 * SHORT_MS }).then(() => true, () => false))) continue;
      const button = page.getByRole("button", { name: "Export JSON", exact: true });
      if ((await button.count()) === 0) return [];
      const [file] = await Promise.all([page.waitForEvent("download", { timeout: 5_000 }).catch(() => undefined), press(button)]);
      if (!file) continue;
      const report = JSON.parse(await readFile(await file.path(), "utf8"));
      record.take(report);
      count.exports += 1;
      sinceExport = 0;
      return report.attempts;
    }
    wrong.push("the activity record could not be exported");
    return [];
  }

  const atSignIn = async () => (await page.getByRole("heading", { name: "Sign in to Steward" }).count()) > 0;

  /** Signs in to what is missing: by token where there is nothing, else as a reload would find it. */
  async function back() {
    if (await atSignIn()) {
      await fired();
      await signInByToken(page, server.token(accounts[0]), { keep: true });
      count["signed in again"] += 1;
      note("signed in again by token");
    }
    const missing = await page.evaluate(keep, kept);
    if (missing.length === 0) return;
    await fired();
    note(`signed in again to ${missing}`);
    count["signed in again"] += 1;
    await page.goto("/workspaces");
    await main.waitFor();
  }

  /** Out of one account, with the record taken before. */
  async function signOut() {
    await take();
    await press(main.getByRole("link", { name: "Accounts", exact: true }));
    await page.getByRole("heading", { name: "Accounts", level: 1 }).waitFor({ timeout: 2 * SHORT_MS });
    const one = await pick(page.getByRole("main").getByRole("button", { name: /^Sign out/ }));
    if (!one) return;
    note(await called(one));
    await press(one);
    if ((await open.count()) > 0) await press(open.getByRole("button", { name: /^Sign out/ }));
  }

  const isSigningOut = (name) => /^Sign out/.test(name);
  async function control() {
    const part = await scope();
    const role = die.of(ROLES);
    const one = await pick(role === "columnheader" ? part.getByRole(role).getByRole("button") : part.getByRole(role));
    if (!one || !(await one.isVisible())) return;
    const name = await called(one);
    if (isSigningOut(name) && sinceExport > 0) {
      return part === open ? undefined : signOut();
    }
    if (role === "textbox" || role === "searchbox") {
      const value = die.of(TEXTS);
      note(`${role} ${name} ← ${JSON.stringify(value.slice(0, 30))}`);
      await fill(one, value);
    } else if (role === "combobox") {
      const options = await one.locator("option").count();
      const index = die.below(Math.max(1, options));
      note(`${role} ${name} ← option ${index}`);
      await one.selectOption({ index }, { timeout: SHORT_MS }).catch(() => {});
    } else {
      const href = role === "link" ? await one.getAttribute("href", { timeout: SHORT_MS }).catch(() => "/") : "/";
      if (href && /^[a-z]+:/i.test(href) && !href.startsWith(server.origin)) return;
      note(`${role} ${name}`);
      await press(one);
    }
  }

  const table = page.getByRole("table", { name: "Workspaces" });
  const list = async () => {
    if (!(await press(main.getByRole("link", { name: "Workspaces", exact: true })))) return false;
    if ((await open.count()) > 0) await press(open.getByRole("button", { name: "Discard", exact: true }));
    await press(page.getByRole("button", { name: "Clear filters" }).first());
    return table.getByRole("link").first().waitFor({ timeout: 3 * SHORT_MS }).then(() => true, () => false);
  };
  const name = () => `${die.of(["Quay", "Mill", "Orchard 🦊", "Werk", "\u200FLeft"])} ${count.actions}-${die.below(10_000)}`;

  /** What a person would carry through: random presses alone seldom come to a change. */
  const whole = {
    async rename() {
      const one = await pick(table.getByRole("button", { name: /^Edit / }));
      if (!one) return;
      note(`${await called(one)}, save`);
      await press(one);
      await fill(page.getByRole("textbox", { name: "Name", exact: true }), name());
      if (die.chance(0.3)) await fill(page.getByRole("textbox", { name: "Description", exact: true }), die.of(TEXTS));
      await press(page.getByRole("button", { name: "Save changes", exact: true }));
    },
    async create() {
      note("create a workspace");
      await press(page.getByRole("link", { name: "New workspace", exact: true }));
      const account = page.getByRole("combobox", { name: "Account", exact: true });
      await account.selectOption({ index: 1 + die.below(accounts.length) }, { timeout: SHORT_MS }).catch(() => {});
      await fill(page.getByRole("textbox", { name: "Name", exact: true }), name());
      await press(page.getByRole("button", { name: "Create workspace", exact: true }));
    },
    async archive() {
      const one = await pick(table.getByRole("button", { name: die.chance(0.4) ? SUBSCRIBED : /^Archive / }));
      if (!one) return;
      note(await called(one));
      await press(one);
      await confirm();
    },
    async many() {
      const rows = table.getByRole("checkbox", { name: /^Select / });
      for (let number = 1 + die.below(3); number > 0; number -= 1) await (await pick(rows))?.check({ timeout: SHORT_MS }).catch(() => {});
      note("archive what is selected");
      await press(page.getByRole("region", { name: "Selection", exact: true }).getByRole("button", { name: "Archive", exact: true }));
      await open.waitFor({ timeout: 2 * SHORT_MS }).catch(() => {});
      await confirm();
    },
    async members() {
      const one = await pick(table.getByRole("link"));
      if (!one) return;
      note(`members of ${await called(one)}`);
      await press(one);
      await press(page.getByRole("complementary").getByRole("link", { name: "Members", exact: true }));
      await page.getByRole("table", { name: "Members" }).waitFor({ timeout: 2 * SHORT_MS }).catch(() => {});
      const people = page.getByRole("table", { name: "Members" });
      const way = die.below(3);
      if (way === 0) {
        if (!(await press(page.getByRole("button", { name: "Add member", exact: true })))) return;
        const add = page.getByRole("form", { name: "Add member" });
        await add.getByRole("radio").first().waitFor({ timeout: 2 * SHORT_MS }).catch(() => {});
        await (await pick(add.getByRole("radio")))?.check({ timeout: SHORT_MS }).catch(() => {});
        await add.getByRole("combobox", { name: "Role", exact: true }).selectOption({ index: die.below(3) }, { timeout: SHORT_MS }).catch(() => {});
        note("add a member");
        await press(add.getByRole("button", { name: /^Add .+ as / }));
      } else if (way === 1) {
        const change = await pick(people.getByRole("button", { name: /^Change role of / }));
        if (!change || !(await press(change))) return;
        const editor = people.getByRole("group", { name: /^Role of / }).first();
        await editor.getByRole("combobox", { name: "Role" }).selectOption({ index: die.below(4) }, { timeout: SHORT_MS }).catch(() => {});
        note("change a role");
        await press(editor.getByRole("button", { name: "Change role", exact: true }));
      } else {
        const remove = await pick(people.getByRole("button", { name: /^Remove / }));
        if (!remove || !(await press(remove))) return;
        note("remove a member");
        await press(open.getByRole("button", { name: /^Remove / }));
      }
    },
  };

  /** Types what the dialog asks for, and presses what it is about. */
  async function confirm() {
    if ((await open.count()) === 0) return;
    for (let number = die.below(4); number > 0; number -= 1) {
      const cancel = await pick(open.getByRole("button", { name: /^Cancel subscription/ }));
      if (!cancel) break;
      note(await called(cancel));
      await press(cancel);
      await open.locator("[aria-busy=true]").first().waitFor({ state: "hidden", timeout: SHORT_MS }).catch(() => {});
    }
    await open.getByRole("checkbox", { name: "Archive without knowing this" }).check({ timeout: 100 }).catch(() => {});
    const send = open.getByRole("button", { name: /^Archive / }).last();
    const says = await called(send);
    const title = await open.getByRole("heading").first().textContent({ timeout: SHORT_MS }).catch(() => "");
    const number = /^Archive ([\d,]+) workspace/.exec(says)?.[1];
    const asked = open.getByRole("textbox", { name: /^Type the (name|number) to confirm/ });
    if ((await asked.count()) === 0) return;
    const value = number ?? title.trim().replace(/^Archive /, "").replace(/\[U\+([0-9A-F]{4})\]/g, (_, code) => String.fromCodePoint(parseInt(code, 16)));
    note(`confirm ${JSON.stringify(value)}: ${says}`);
    await fill(asked, value);
    await press(send);
  }

  async function act() {
    const kind = die.below(100);
    if ((await open.count()) > 0 && die.chance(0.35)) return confirm();
    if (kind < 50) return control();
    if (kind < 62) {
      const key = die.of(KEYS);
      note(`key ${key}`);
      return page.keyboard.press(key);
    }
    if (kind < 66) {
      const way = die.of(["goBack", "goBack", "goForward"]);
      note(way);
      return page[way]({ timeout: 3_000 });
    }
    if (kind < 67) {
      note("reload");
      return page.reload();
    }
    if (kind < 74) {
      const rules = die.chance(0.25) ? [] : Array.from({ length: 3 + die.below(5) }, () => fault(die, accounts.map((who) => who.split("/")[0])));
      note(`faults ${JSON.stringify(rules)}`);
      return fired(rules);
    }
    if (kind < 76) {
      note("two presses of a key at once");
      const key = die.of(KEYS);
      return Promise.all([page.keyboard.press(key), page.keyboard.press(key)]);
    }
    if (kind === 76) return signOut();
    const way = die.of(Object.keys(whole));
    if (!(await list())) return;
    return whole[way]();
  }

  const limit = (work, ms) => Promise.race([work, new Promise((_, no) => setTimeout(() => no(new Error(`no end after ${ms} ms`)), ms).unref())]);
  const end = Date.now() + forMs;
  while (Date.now() < end && wrong.length === 0) {
    count.actions += 1;
    sinceExport += 1;
    await limit(act(), 60_000).catch((error) => {
      if (/no end after|crashed|has been closed/.test(error.message)) wrong.push(error.message);
      else note(`gave up: ${error.message.split("\n")[0]}`);
    });
    if (wrong.length > 0) break;
    if (!page.url().startsWith(server.origin) || /^\/(api\/|config)/.test(new URL(page.url()).pathname)) await page.goto("/workspaces");
    await limit(page.evaluate(() => 1).catch(() => {}), 15_000).catch(() => wrong.push("the page does not answer"));
    if ((await page.getByText("The page stopped.").count()) > 0) wrong.push("the page stopped");
    if (guard.unexpected().length > 0) break;
    if (count.actions % 10 === 0 || (await atSignIn())) await limit(back(), 40_000).catch((error) => wrong.push(`signing in again: ${error.message}`));
    if (sinceExport > 80) await take();
  }

  // To rest: no fault, what a reload finds is looked up by the page, and nothing is under way.
  await fired();
  if (wrong.length === 0) {
    await back();
    await take();
    await page.reload();
    // What still is then is told by whoever judges the record.
    await until("nothing is under way", async () => !(await take()).some(({ result }) => result === "under way")).catch(() => {});
  }
  return { record, count, wrong, done, requests: guard.sent().length, mutations: guard.mutations().length };
}
