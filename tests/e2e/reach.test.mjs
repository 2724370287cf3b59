// The truth against what stands between. Guarantees: no cache of the browser answers for a service, no redirect counts
// as an answer or takes a credential elsewhere, and where no answer can be read the likely causes are named with the step
// that leads on, while what was typed stays.

import assert from "node:assert/strict";
import { closeAfterwards, journey } from "./lib/browser.mjs";
import { sessions } from "./lib/accounts.mjs";
import { cors, forPages, front } from "./lib/front.mjs";
import { archiveDialog, form, list, pane, standing } from "./lib/screens.mjs";
import { BOOKS, OWNED } from "./lib/seed.mjs";
import { holding, holdings, stateOf } from "./lib/services.mjs";
import { signInAgain } from "./lib/sign-in.mjs";
import { equals, until } from "./lib/until.mjs";

closeAfterwards();

const OWNER = "altostrat/owner";
const ENTRY = { service: "altostrat", account: "altostrat", label: "Altostrat", base: "/api/altostrat" };
const json = { "content-type": "application/json", "cache-control": "no-cache" };
const config = (entry) => ({ headers: json, body: JSON.stringify({ services: [entry] }) });

/** Signs the page in behind a front, as after a reload, and gives back what it serves. */
async function behind(page, server, rules, who = OWNER) {
  const gate = await front(server.origin, rules);
  const kept = await sessions(server, [who]);
  await page.addInitScript((kept) => {
    for (const [name, value] of Object.entries(kept)) if (!sessionStorage.getItem(name)) sessionStorage.setItem(name, value);
  }, kept);
  await page.goto(`${gate.origin}/workspaces`);
  return gate;
}

/** The console behind one front, and its service behind another, at an origin of its own. */
async function apart(page, server, rules = {}, allowed = true) {
  const api = await front(server.origin, { change: (headers) => ({ ...forPages(headers), ...cors("*") }), ...rules });
  api.rule({ answer: async (asked) => (await rules.answer?.(asked)) ?? (asked.method === "OPTIONS" ? { status: 204, headers: cors("*") } : undefined) });
  const policy = (headers) => {
    const csp = headers["content-security-policy"];
    return csp && allowed ? { ...headers, "content-security-policy": csp.replace("connect-src 'self'", `connect-src 'self' ${api.origin}`) } : headers;
  };
  const gate = await front(server.origin, {
    answer: ({ path }) => (path === "/config.json" ? config({ ...ENTRY, base: `${api.origin}/api/altostrat` }) : undefined),
    change: policy,
  });
  await page.goto(`${gate.origin}/workspaces`);
  await page.getByLabel("Access token").fill(server.token("owner"));
  return { api, gate, signIn: () => page.getByRole("button", { name: "Sign in with token" }).click() };
}

/** An active workspace of plain name that nothing else has. */
async function plain(server, who) {
  const all = await holdings(server, who);
  const found = all.find(({ name, archived }) => !archived && /^[A-Za-z ]+$/.test(name) && !/default|claude code/i.test(name) && all.filter((other) => other.name === name).length === 1);
  if (!found) throw new Error(`${who} has no plain workspace`);
  return found;
}

const alert = (page, words) => page.getByRole("alert").filter({ hasText: words }).first();

for (const [what, headers] of [
  ["for a minute", { "cache-control": "private, max-age=60" }],
  ["by their age alone", { "last-modified": "Thu, 01 Jan 2015 00:00:00 GMT" }],
  ["for ever", { "cache-control": "public, max-age=31536000, immutable" }],
]) {
  journey(`replies that may be kept ${what} are asked for each time, and a colleague's change is seen`, { people: [OWNER] }, async ({ page, server }) => {
    const { id } = await holding(server, OWNER, OWNED);
    const change = (all, { path }) => {
      if (!path.startsWith("/api/")) return all;
      const { "cache-control": _, etag: __, ...rest } = all;
      return { ...rest, ...headers };
    };
    const gate = await behind(page, server, { change });
    try {
      const lists = () => gate.asked("GET", /\/altostrat\/workspaces$/).length;
      await list(page).ready();
      assert.equal(lists(), 1, "boot.js asked, and the app took that over");
      await page.reload();
      await list(page).ready();
      await equals("after a reload", lists, 2);
      await list(page).reload.click();
      await equals("Refresh", lists, 3);
      await list(page).edit(OWNED).click();
      await form(page).name.fill("Mine");
      await server.api("owner", "PATCH", `/workspaces/${id}`, { name: "Theirs" });
      await form(page).save.click();
      await page.getByRole("region", { name: "Somebody else changed the same" }).waitFor();
      assert.equal((await holding(server, OWNER, "Theirs")).id, id, "nothing was overwritten");
    } finally {
      gate.close();
    }
  });
}

journey("a page that comes back from the browser's memory uses nothing that was begun before", { person: "owner", keep: true }, async ({ page }) => {
  await list(page).ready();
  const left = await page.evaluate(() => {
    const abort = new AbortController();
    globalThis.steward.first.push({ url: "/api/altostrat/workspaces", by: "Bearer x", at: Date.now(), abort, reply: Promise.resolve() });
    dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }));
    return [globalThis.steward.first.length, abort.signal.aborted];
  });
  assert.deepEqual(left, [0, true]);
});

// A browser makes a reading of each of these, and it succeeds.
for (const [status, who, verb, onward] of [
  [301, "anthropic/owner", "POST", (path) => path.replace(/\/archive$/, "")],
  [302, "anthropic/owner", "POST", (path) => path.replace(/\/archive$/, "")],
  [303, OWNER, "DELETE", (path) => path],
]) {
  journey(`a ${status} to a change is not taken for it`, { people: [who] }, async ({ page, server }) => {
    const { id, name } = who === OWNER ? await holding(server, who, OWNED) : await plain(server, who);
    const answer = ({ method, path }) => (method === verb && path.startsWith("/api/") ? { status, headers: { location: onward(path) } } : undefined);
    const gate = await behind(page, server, { answer }, who);
    try {
      await list(page).ready();
      await until("my role", async () => !(await standing(list(page).archive(name))).disabled);
      await list(page).archive(name).click();
      const dialog = archiveDialog(page, name);
      await dialog.field.fill(name);
      await until("it can be sent", async () => !(await standing(dialog.confirm)).disabled);
      await dialog.confirm.click();
      await dialog.alert.filter({ hasText: /archived/ }).first().waitFor();
      assert.equal(await page.getByText(`${name} is archived.`).count(), 0);
      assert.equal(gate.asked(verb).length, 1);
      assert.equal(await stateOf(server, who, id), "active");
    } finally {
      gate.close();
    }
  });
}

for (const status of [307, 308]) {
  journey(`a ${status} within the own origin is followed with method and body`, { people: [OWNER] }, async ({ page, server }) => {
    let first = true;
    const gate = await behind(page, server, {
      answer: ({ method, path }) => {
        if (method !== "PATCH" || !first) return undefined;
        first = false;
        return { status, headers: { location: path } };
      },
    });
    try {
      await list(page).ready();
      await until("my role", async () => !(await standing(list(page).edit(BOOKS))).disabled);
      await list(page).edit(BOOKS).click();
      await form(page).name.fill("Followed");
      await form(page).save.click();
      await list(page).link("Followed").waitFor();
      assert.equal(gate.asked("PATCH").length, 2);
    } finally {
      gate.close();
    }
  });
}

journey("no redirect takes a credential to another origin", { people: [OWNER] }, async ({ page, server, guard }) => {
  guard.allowBroken();
  guard.allow("net::ERR_FAILED", "blocked by CORS policy", "policy violation", "Content Security Policy", "Fetch API cannot load");
  const third = await front(server.origin, { answer: ({ method }) => ({ status: method === "OPTIONS" ? 204 : 200, headers: cors("*") }) });
  const { api, gate, signIn } = await apart(page, server, {
    answer: ({ method, path }) => (method === "PATCH" ? { status: 307, headers: { ...cors("*"), location: third.origin + path } } : undefined),
  });
  // The page is let there, so that nothing but the console's own rule holds it back.
  gate.rule({ change: (headers) => ({ ...headers, "content-security-policy": (headers["content-security-policy"] ?? "").replace("connect-src 'self'", `connect-src 'self' ${api.origin} ${third.origin}`) }) });
  try {
    await page.reload();
    await page.getByLabel("Access token").fill(server.token("owner"));
    await signIn();
    await list(page).ready();
    await until("my role", async () => !(await standing(list(page).edit(BOOKS))).disabled);
    await list(page).edit(BOOKS).click();
    await form(page).name.fill("Elsewhere");
    await form(page).save.click();
    await pane(page).alert.first().waitFor();
    assert.equal(await form(page).name.inputValue(), "Elsewhere", "what was typed stays");
    assert.deepEqual([...third.asked("PATCH"), ...third.asked("OPTIONS"), ...third.asked("GET")], []);
    assert.equal(api.asked("PATCH").length, 1);
  } finally {
    for (const each of [third, api, gate]) each.close();
  }
});

journey("a 401 that the page may not read: the sign-in is named, offered, and what was typed stays", { people: [OWNER] }, async ({ page, server, guard }) => {
  guard.allowStatus(401);
  guard.allow("net::ERR_FAILED", "blocked by CORS policy", "responded with a status of 404");
  let over = false;
  const hidden = { status: 401, headers: { "content-type": "application/json" }, body: '{"message":"Unauthorized"}' };
  const { api, gate, signIn } = await apart(page, server, {
    answer: ({ method, path, headers }) => (over && method !== "OPTIONS" && headers.authorization && path.startsWith("/api/") ? hidden : undefined),
  });
  try {
    await signIn();
    await list(page).ready();
    await until("my role", async () => !(await standing(list(page).edit(BOOKS))).disabled);
    await list(page).edit(BOOKS).click();
    await form(page).name.fill("Typed meanwhile");
    over = true;
    await form(page).save.click();
    const told = pane(page).alert.filter({ hasText: "Your sign-in may be over" });
    await told.waitFor();
    assert.doesNotMatch(await told.innerText(), /Check your connection/);
    await told.getByRole("button", { name: "Sign in again" }).click();
    const dialog = signInAgain(page, "Altostrat");
    over = false;
    await dialog.getByLabel("Access token").fill(server.token("owner"));
    await dialog.getByRole("button", { name: "Sign in with token" }).click();
    await dialog.waitFor({ state: "hidden" });
    assert.equal(await form(page).name.inputValue(), "Typed meanwhile");
    await form(page).save.click();
    await list(page).link("Typed meanwhile").waitFor();
    assert.ok(api.asked("GET", /^\/api\/altostrat$/).every(({ headers }) => !headers.authorization && !headers.cookie), "what finds out carries nothing");
  } finally {
    for (const each of [api, gate]) each.close();
  }
});

journey("a service that lets a page read and not change: that is named, and no sign-in", { people: [OWNER] }, async ({ page, server, guard }) => {
  guard.allow("net::ERR_FAILED", "blocked by CORS policy", "responded with a status of 404");
  const { api, gate, signIn } = await apart(page, server, {
    answer: ({ method }) => (method === "OPTIONS" ? { status: 204, headers: cors("*", { "access-control-allow-methods": "GET" }) } : undefined),
  });
  try {
    await signIn();
    await list(page).ready();
    await until("my role", async () => !(await standing(list(page).edit(BOOKS))).disabled);
    await list(page).edit(BOOKS).click();
    await form(page).name.fill("Refused at the door");
    await form(page).save.click();
    const told = pane(page).alert.filter({ hasText: "may not let it change anything" });
    await told.waitFor();
    assert.doesNotMatch(await told.innerText(), /sign-in may be over/);
    assert.equal(await form(page).name.inputValue(), "Refused at the door");
    assert.equal(api.asked("PATCH").length, 0);
  } finally {
    for (const each of [api, gate]) each.close();
  }
});

journey("a service that lets no page read: named at the sign-in already", { people: [OWNER] }, async ({ page, server, guard }) => {
  guard.allow("net::ERR_FAILED", "blocked by CORS policy", "responded with a status of 404");
  const { api, gate, signIn } = await apart(page, server, { answer: ({ method }) => (method === "OPTIONS" ? { status: 405 } : undefined), change: forPages });
  try {
    await signIn();
    await alert(page, "may not let this page read its answers").waitFor();
  } finally {
    for (const each of [api, gate]) each.close();
  }
});

journey("an address that the page's own policy forbids: that is named", { people: [OWNER] }, async ({ page, server, guard }) => {
  guard.allow("policy violation", "Content Security Policy", "Fetch API cannot load", "net::ERR_FAILED", "csp");
  const { api, gate, signIn } = await apart(page, server, {}, false);
  try {
    await signIn();
    await alert(page, "The content policy of this page does not allow the address").waitFor();
    assert.deepEqual(api.asked("GET"), []);
  } finally {
    for (const each of [api, gate]) each.close();
  }
});

journey("an address where nobody listens: that it may be wrong is named, and the connection is not blamed", { people: [OWNER] }, async ({ page, server, guard }) => {
  guard.allowBroken();
  guard.allow("net::ERR_FAILED");
  const { api, gate, signIn } = await apart(page, server);
  api.close();
  try {
    await signIn();
    const told = alert(page, `The address of the service may be wrong: ${api.origin}/api/altostrat`);
    await told.waitFor();
    assert.doesNotMatch(await told.innerText(), /Check your connection/);
  } finally {
    gate.close();
  }
});

journey("a gateway whose sign-in is over: named, offered in a window of its own, and reading goes on after it", { people: [OWNER] }, async ({ page, server, context, guard }) => {
  guard.allow("net::ERR_FAILED", "blocked by CORS policy", "net::ERR_ABORTED");
  let over = false;
  const idp = await front(server.origin, {
    answer: () => {
      over = false;
      return { headers: { "content-type": "text/html" }, body: "<!doctype html><title>Sign in</title><h1>Signed in at the gateway</h1>" };
    },
  });
  const authorization = `Bearer ${server.token("owner")}`;
  const gate = await front(server.origin, {
    answer: async ({ method, path }) => {
      if (path === "/config.json") return config({ ...ENTRY, gateway: true, sign_in: { userinfo: "/api/altostrat/me" } });
      if (!path.startsWith("/api/altostrat")) return undefined;
      if (over) return { status: 302, headers: { location: `${idp.origin}/authorize` } };
      if (path === "/api/altostrat/me") return { headers: json, body: JSON.stringify({ sub: JSON.parse(Buffer.from(server.token("owner").split(".")[1], "base64url")).sub, name: "Olivia" }) };
      if (method !== "GET") return undefined;
      // The gateway has the credential.
      const real = await fetch(server.origin + path, { headers: { authorization } });
      return { status: real.status, headers: json, body: await real.text() };
    },
  });
  try {
    await page.goto(`${gate.origin}/workspaces`);
    await list(page).ready();
    await until("my role", async () => !(await standing(list(page).edit(BOOKS))).disabled);
    await list(page).edit(BOOKS).click();
    await form(page).name.fill("Typed at the gateway");
    over = true;
    await list(page).reload.click();
    const told = alert(page, "The list could not be loaded");
    const link = told.getByRole("link", { name: "Sign in at the gateway" });
    await link.waitFor();
    assert.doesNotMatch(await told.innerText(), /connection/);
    const opens = context.waitForEvent("page");
    await link.click();
    const opened = await opens;
    await opened.getByRole("heading", { name: "Signed in at the gateway" }).waitFor();
    await opened.close();
    await page.bringToFront();
    await page.evaluate(() => dispatchEvent(new Event("focus")));
    await told.waitFor({ state: "detached" });
    assert.equal(await form(page).name.inputValue(), "Typed at the gateway");
  } finally {
    for (const each of [idp, gate]) each.close();
  }
});

journey("a browser that says offline while the service answers: changing goes on", { person: "owner" }, async ({ page }) => {
  await list(page).ready();
  await until("my role", async () => !(await standing(list(page).edit(BOOKS))).disabled);
  await page.evaluate(() => {
    Object.defineProperty(navigator, "onLine", { get: () => false });
    dispatchEvent(new Event("offline"));
  });
  await list(page).edit(BOOKS).click();
  await form(page).name.fill("Online all the same");
  await form(page).save.click();
  await list(page).link("Online all the same").waitFor();
  assert.equal(await page.getByText("There is no network.").count(), 0);
});

journey("a link to an account that is not signed in here: said, led to that sign-in, and back", { person: "owner", people: ["anthropic/owner"] }, async ({ page, server, guard }) => {
  const { id, name } = await plain(server, "anthropic/owner");
  const before = guard.all().length;
  await page.evaluate((to) => {
    history.pushState(null, "", to);
    dispatchEvent(new PopStateEvent("popstate"));
  }, `/workspaces/anthropic-3/${id}`);
  await page.getByRole("heading", { name: "You are not signed in to this account here" }).waitFor();
  assert.equal(guard.all().slice(before).filter(({ path }) => path.startsWith("/api/anthropic")).length, 0);
  await page.getByRole("link", { name: "Sign in to Anthropic" }).click();
  await page.getByLabel("Admin key").fill(server.token("anthropic/owner"));
  await page.getByRole("button", { name: "Sign in with key" }).click();
  await until("back at the workspace", () => new URL(page.url()).pathname === `/workspaces/anthropic/${id}`);
  await pane(page).heading(name).waitFor();
});
