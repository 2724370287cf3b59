// The matrix: everything one does, under every fault that a browser can see, as lib/faults-table.mjs has them. Guarantees
// of each cell: what failed and whether anything changed is said in words; what was typed is there to the letter; nothing
// stays busy; focus is somewhere; what is offered leads on to success; a press sends one change at most.

import assert from "node:assert/strict";
import { after } from "node:test";
import { closeAfterwards, journey } from "./lib/browser.mjs";
import { CELLS, FAULTS, ODD_NAME } from "./lib/faults-table.mjs";
import { archiveDialog, focused, form, list, newForm, pane, people, standing, written } from "./lib/screens.mjs";
import { holding, membersOf, object } from "./lib/services.mjs";
import { keyInDialog, signInAgain, signInByWindow } from "./lib/sign-in.mjs";
import { equals, until } from "./lib/until.mjs";

closeAfterwards();

const OWNED = "Long Read Publishing";
/** After so many broken cells the rest of a journey would only take time. */
const ENOUGH = 3;
const LIMIT = 300_000;
let walked = 0;
after(() => console.log(`cells: ${walked} of ${CELLS.length}`));

/** Puts a fault into force for requests to `place`, and gives back what takes it away. `stays` are rules that remain. */
async function arm({ page, server }, place, { rule, through, blind }, { stays = [], reading } = {}) {
  const dialect = place.dialect ?? "altostrat";
  if (rule) await server.faults({ ...place, ...rule }, ...(blind ? [{ dialect, ...reading, action: { status: 500 } }] : []), ...stays);
  else if (stays.length > 0) await server.faults(...stays);
  const path = new RegExp(`^/api/${dialect}${place.path.replaceAll("*", "[^/]+")}$`);
  const matches = (url) => path.test(url.pathname);
  if (through) {
    await page.route(matches, async (route) => {
      if (route.request().method() !== place.method) return route.fallback();
      const real = await route.fetch();
      const { "content-encoding": _, "content-length": __, "transfer-encoding": ___, ...headers } = real.headers();
      await route.fulfill({ status: real.status(), ...through({ body: await real.text(), headers }) });
    });
  }
  return async () => {
    if (through) await page.unroute(matches);
    await (stays.length > 0 ? server.faults(...stays) : server.noFaults());
  };
}

/** Asserts what is said, and that it is said in words. */
async function told(alert, label, ...parts) {
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
const idle = (page, label) => equals(`${label}: nothing is busy`, () => page.locator("[aria-busy=true]").count(), 0);

/** The same, and that focus is inside `where`. */
async function settled(page, label, where = "body *") {
  await idle(page, label);
  await until(`${label}: focus is in ${where}, not at "${await focused(page)}"`, () => page.evaluate((where) => document.activeElement?.matches(`:is(${where}) *, ${where}`) && document.activeElement !== document.body, where));
}

const inWidth = (page, label) => equals(`${label}: nothing is wider than the window`, () => page.evaluate(() => Math.max(0, document.documentElement.scrollWidth - innerWidth)), 0);

/** Presses until it is done: a pause that the service asked for has to be over first, and nothing is sent before. */
const pressUntil = (what, button, done) =>
  until(what, async () => {
    if (await done()) return true;
    // With success the button goes.
    if ((await button.getAttribute("aria-disabled", { timeout: 500 })) !== "true") await button.click({ timeout: 500 });
    return false;
  });

/** A heading of the pane. Where a name turns around, its heading spells that out. */
const titled = (page, name) => pane(page).part.getByRole("heading", { name: name === ODD_NAME ? /gnp\.exe/ : name, exact: true });

/** Walks one operation through its cells on one page. All that break are told, not the first alone. */
async function walk(scene, operation, cell, afresh) {
  const broken = [];
  const { page, server, guard } = scene;
  guard.allowStatus(400, 401, 403, 404, 408, 409, 412, 413, 422, 428, 429, 500, 502, 503, 504);
  guard.allowBroken();
  const cells = CELLS.filter((each) => each.operation === operation);
  for (const [number, { fault, ends }] of cells.entries()) {
    const label = `${operation} x ${fault}`;
    try {
      await cell({ label, number, fault: FAULTS[fault], name: fault, ends });
      walked += 1;
    } catch (error) {
      const alerts = await page.getByRole("alert").allInnerTexts().catch(() => []);
      broken.push(`${label}: ${error.message.replace(`${label}: `, "")}\n${JSON.stringify(alerts)}\n${(await page.locator("dialog[open]").allInnerTexts().catch(() => [])).join("|").slice(0, 600)}\nfocus: ${await focused(page).catch(String)}`);
      if (broken.length >= ENOUGH) break;
      await page.unrouteAll({ behavior: "ignoreErrors" });
      await server.noFaults();
      await afresh?.().catch(() => {});
    }
  }
  assert.equal(broken.length, 0, broken.join("\n\n"));
}

journey("the list, under every fault", { accounts: ["altostrat/owner"], limit: LIMIT }, async (scene) => {
  const { page } = scene;
  const screen = list(page);
  const alert = page.getByRole("alert");
  await screen.ready();
  await equals("nothing is told", () => alert.count(), 0);
  const names = await screen.names();
  const count = await screen.rowCount();
  const place = { method: "GET", path: "/workspaces" };
  const whole = async (label) => {
    await alert.first().waitFor({ state: "detached" });
    await equals(`${label}: the rows`, () => screen.names(), names);
    await equals(`${label}: all rows`, () => screen.rowCount(), count);
  };
  await walk(scene, "list", async ({ label, fault, ends }) => {
    const disarm = await arm(scene, place, fault);
    const reply = ends === "waits" ? undefined : page.waitForEvent("requestfinished", (request) => new URL(request.url()).pathname.endsWith("/workspaces")).catch(() => {});
    await screen.reload.click();
    if (ends === "waits") {
      await page.getByText("Loading workspaces").or(page.getByText("Waiting for the service")).first().waitFor();
      assert.deepEqual(await screen.names(), names, `${label}: the rows stay`);
      await settled(page, label);
    } else if (ends === "told") {
      await told(alert, label, "The list could not be loaded", fault.why);
      assert.deepEqual(await screen.names(), names, `${label}: the rows stay`);
      await settled(page, label);
      await disarm();
      await alert.getByRole("button", { name: "Load again" }).click();
    } else if (ends === "signed out") {
      await told(alert, label, "Session ended", "nothing can be changed until you sign in again");
      assert.deepEqual(await screen.names(), names, `${label}: the rows stay`);
      await settled(page, label);
      await disarm();
      const dialog = signInAgain(page, "Altostrat");
      if (!(await dialog.isVisible())) await alert.getByRole("button", { name: "Sign in again" }).click();
      await signInByWindow(page, dialog, "owner");
      await dialog.waitFor({ state: "hidden" });
    } else {
      await reply;
      await settled(page, label);
      assert.equal(await alert.count(), 0, `${label}: nothing is told`);
      if (fault.name) {
        await screen.search.fill(fault.name === ODD_NAME ? "gnp.exe" : fault.name.slice(0, 10));
        await until(`${label}: the row`, async () => (await screen.names()).every((name, at) => at === 0 && name.includes(fault.name.slice(-4))) && (await screen.links.count()) === 1);
        await inWidth(page, label);
        await screen.search.fill("");
      } else await whole(label);
      await disarm();
      await screen.reload.click();
    }
    await whole(label);
    await idle(page, label);
  }, () => page.goto("/workspaces").then(() => screen.ready()));
});

journey("a workspace that a link leads to, under every fault", { accounts: ["altostrat/owner"], limit: LIMIT }, async (scene) => {
  const { page, server } = scene;
  const { id } = await holding(server, "altostrat/owner", OWNED);
  // The list does not have it, so that all there is to see comes from the reading.
  const stays = [{ method: "GET", path: "/workspaces", action: { status: 200, body: { data: [], has_more: false } } }];
  const { alert, part } = pane(page);
  await walk(scene, "open", async ({ label, fault, ends }) => {
    const disarm = await arm(scene, { method: "GET", path: `/workspaces/${id}` }, fault, { stays });
    await page.goto(`/workspaces/altostrat/${id}`);
    if (ends === "told") {
      await told(alert, label, "The workspace could not be loaded", fault.why);
      await disarm();
      await alert.getByRole("button", { name: "Load again" }).click();
    } else if (ends === "gone") {
      await told(alert, label, "Workspace not found", "It does not exist, or you are not a member of it.");
      await disarm();
      await part.getByRole("button", { name: "Close" }).click();
      await until(`${label}: the list`, () => new URL(page.url()).pathname === "/workspaces");
      return settled(page, label);
    } else if (ends === "signed out") {
      const dialog = signInAgain(page, "Altostrat");
      const again = page.getByRole("button", { name: "Sign in again" });
      await again.or(dialog).first().waitFor();
      await settled(page, label);
      await disarm();
      if (!(await dialog.isVisible())) await again.first().click();
      await signInByWindow(page, dialog, "owner");
      await dialog.waitFor({ state: "hidden" });
      // The pane is not read again by itself.
      await page.reload();
    }
    await titled(page, fault.name ?? OWNED).waitFor();
    await equals(`${label}: nothing is told any more`, () => alert.count(), 0);
    if (fault.name) await inWidth(page, label);
    if (ends === "told") await settled(page, label, "aside");
    else await idle(page, label);
    await disarm();
  });
});

journey("the members of a workspace, under every fault", { accounts: ["openai/owner"], limit: LIMIT }, async (scene) => {
  const { page, server } = scene;
  const { id } = await holding(server, "openai/owner", OWNED);
  const { body: { data: members } } = await server.api("openai/owner", "GET", `/v1/organization/projects/${id}/users?limit=100`);
  const { alert } = pane(page);
  const { table } = people(page);
  await walk(scene, "members", async ({ label, fault, ends }) => {
    const disarm = await arm(scene, { dialect: "openai", method: "GET", path: `/v1/organization/projects/${id}/users` }, fault);
    await page.goto(`/workspaces/openai/${id}/members`);
    if (ends === "told") {
      await told(alert, label, "The members could not be loaded", fault.why);
      await disarm();
      await alert.getByRole("button", { name: "Load again" }).click();
    } else if (ends === "signed out") {
      const dialog = signInAgain(page, "OpenAI");
      const again = page.getByRole("button", { name: "Sign in again" });
      await again.or(dialog).first().waitFor();
      await settled(page, label);
      await disarm();
      if (!(await dialog.isVisible())) await again.first().click();
      await keyInDialog(dialog, server.token("openai/owner"));
      await dialog.waitFor({ state: "hidden" });
    }
    await equals(`${label}: each member once`, async () => (await table.getByRole("row").count()) - 1, members.length);
    for (const { id: user } of members) await people(page).row(user).waitFor();
    await equals(`${label}: nothing is told any more`, () => alert.count(), 0);
    if (fault.name) {
      await people(page).row(members[0].id).filter({ hasText: fault.name === ODD_NAME ? "gnp.exe" : fault.name }).waitFor();
      await inWidth(page, label);
    }
    await idle(page, label);
    await disarm();
  });
});

journey("saving, under every fault", { accounts: ["altostrat/owner"], limit: LIMIT }, async (scene) => {
  const { page, server, guard } = scene;
  const { id } = await holding(server, "altostrat/owner", OWNED);
  const fields = form(page);
  const { alert, part } = pane(page);
  const afresh = () => page.goto(`/workspaces/altostrat/${id}`);
  await afresh();
  await walk(scene, "save", async ({ label, number, fault, ends }) => {
    const edit = part.getByRole("button", { name: /^Edit / });
    await until(`${label}: it can be edited`, async () => !(await standing(edit)).disabled);
    await edit.click();
    const name = fault.name ?? `Zoë 🦊  “${number}” x`;
    const description = `one\n\ttwo <b> &amp; ${number} `;
    await fields.name.fill(name);
    await fields.description.fill(description);
    const typed = () => page.evaluate(() => [...document.querySelectorAll("aside form :is(input, textarea)")].slice(0, 2).map(({ value }) => value));
    const kept = () => equals(`${label}: what was typed is there to the letter`, typed, [name, description]);
    await kept();
    const before = guard.mutations().length;
    const sent = () => guard.mutations().length - before;
    const disarm = await arm(scene, { method: "PATCH", path: `/workspaces/${id}` }, ends === "refused here" ? {} : fault);
    const words = (name) => `Changes to ${written(name)} are saved.`;
    const saved = () => page.getByText(words(name)).first().isVisible();
    await fields.save.click();
    if (ends === "refused here") {
      await told(alert, label, "Check these fields", "Name must not be longer than 50 characters. It has 10,000.");
      await kept();
      await settled(page, label, "aside");
      assert.equal(sent(), 0, `${label}: nothing is sent`);
      await fields.name.fill(`Short enough ${number}`);
      await fields.save.click();
      await page.getByText(words(`Short enough ${number}`)).first().waitFor();
      return;
    }
    let presses = 1;
    if (ends === "not done") {
      await told(alert, label, "The changes were not saved", fault.why, "Nothing has changed.");
      await kept();
      await settled(page, label, "aside");
      assert.equal(sent(), 1, `${label}: one press, one request`);
      await disarm();
      await pressUntil(`${label}: saved after all`, fields.save, saved);
      presses = 2;
    } else if (ends === "not known") {
      await told(alert, label, "It is not known whether the changes were saved", fault.why, "It may have changed all the same.");
      await kept();
      await settled(page, label, "aside");
      assert.equal(sent(), 1, `${label}: one press, one request`);
      await disarm();
      await alert.getByRole("button", { name: "Load again" }).click();
      await alert.first().waitFor({ state: "detached" });
      await kept();
      await fields.save.click();
      presses = 2;
    } else if (ends === "signed out") {
      const dialog = signInAgain(page, "Altostrat");
      await dialog.waitFor();
      await kept();
      await settled(page, label, "dialog");
      assert.equal(sent(), 1, `${label}: one press, one request`);
      await disarm();
      await signInByWindow(page, dialog, "owner");
      await dialog.waitFor({ state: "hidden" });
      presses = 2;
    }
    await until(`${label}: told as saved`, saved);
    if (ends === "found") await page.getByText(`The answer was lost, so the workspace was read again. ${words(name)}`, { exact: true }).first().waitFor();
    await titled(page, name).waitFor();
    const now = await object(server, "altostrat/owner", id);
    assert.deepEqual([now.name, now.description], [name, description], `${label}: the service has it to the letter`);
    assert.equal(sent(), presses, `${label}: a press is one request`);
    await equals(`${label}: nothing is told any more`, () => alert.count(), 0);
    await settled(page, label);
    await disarm();
  }, afresh);
});

journey("archiving, under every fault", {
  accounts: ["altostrat/owner"],
  limit: LIMIT,
  prepare: async ({ server }) => {
    for (const [number, { fault }] of CELLS.filter(({ operation }) => operation === "archive").entries()) {
      const { status } = await server.api("owner", "POST", "/workspaces", { name: FAULTS[fault].name ?? `Under fault ${number}.`, billing_mode: "pooled" });
      assert.equal(status, 201);
    }
  },
}, async (scene) => {
  const { page, server, guard } = scene;
  const screen = list(page);
  await screen.ready();
  await walk(scene, "archive", async ({ label, number, fault, name: kind, ends }) => {
    const name = fault.name ?? `Under fault ${number}.`;
    const { id } = await holding(server, "altostrat/owner", name);
    await screen.search.fill(id);
    const opener = screen.archiveOf(id);
    await until(`${label}: it can be archived`, async () => !(await standing(opener)).disabled);
    await opener.click();
    const { dialog, field, confirm, alert, heading, again } = archiveDialog(page, written(name));
    await field.fill(name);
    await until(`${label}: it can be confirmed`, async () => !(await standing(confirm)).disabled);
    await heading.filter({ hasText: "Nothing stands in the way" }).waitFor();
    const kept = () => equals(`${label}: what was typed is there to the letter`, () => page.evaluate(() => document.querySelector("dialog[open] input[type=text]").value), name);
    const before = guard.mutations().length;
    const sent = () => guard.mutations().length - before;
    const disarm = await arm(scene, { method: "DELETE", path: `/workspaces/${id}` }, fault, { reading: { method: "GET", path: `/workspaces/${id}` } });
    const closed = async () => !(await dialog.isVisible());
    await confirm.click();
    let presses = 1;
    if (ends === "not done") {
      await told(alert, label, "The workspace was not archived", fault.why, "Nothing has changed.");
      await kept();
      await settled(page, label, "dialog");
      assert.equal(sent(), 1, `${label}: one press, one request`);
      await disarm();
      await pressUntil(`${label}: archived after all`, confirm, closed);
      presses = 2;
    } else if (ends === "blocked") {
      await heading.filter({ hasText: "it is still in use" }).waitFor();
      await settled(page, label, "dialog");
      await kept();
      assert.equal(sent(), 1, `${label}: one press, one request`);
      await disarm();
      await again.click();
      await heading.filter({ hasText: /can be archived|Nothing stands in the way/ }).waitFor();
      await confirm.click();
      presses = 2;
    } else if (ends === "not known") {
      await told(alert, label, "It is not known whether the workspace was archived", fault.why, "It may have changed all the same.");
      await kept();
      await settled(page, label, "dialog");
      await disarm();
      await alert.getByRole("button", { name: "Load again" }).click();
      await dialog.getByText("This workspace is archived. Nothing in it can be changed.").first().waitFor();
      await settled(page, label, "dialog");
      await page.keyboard.press("Escape");
    } else if (ends === "signed out") {
      const asks = signInAgain(page, "Altostrat");
      await asks.waitFor();
      await kept().catch(() => equals(`${label}: the typed name`, () => field.inputValue(), name));
      await settled(page, label, "dialog");
      await disarm();
      await signInByWindow(page, asks, "owner");
      await asks.waitFor({ state: "hidden" });
      await kept();
      await until(`${label}: it can be confirmed again`, async () => !(await standing(confirm)).disabled);
      assert.equal(sent(), 1, `${label}: nothing is sent by itself`);
      await confirm.click();
      presses = 2;
    }
    await dialog.waitFor({ state: "hidden" });
    if (ends === "found") await page.getByText(`The answer was lost, so the workspace was read again: ${written(name)} is archived.`, { exact: true }).first().waitFor();
    else if (ends !== "not known") await page.getByText(`${written(name)} is archived.`, { exact: true }).first().waitFor();
    await equals(`${label}: it left the list`, () => screen.rowOf(id).getByRole("link").count(), 0);
    assert.equal((await object(server, "altostrat/owner", id)).archived, true, `${label}: archived at the service`);
    assert.equal(sent(), presses, `${label}: a press is one request (${kind})`);
    await settled(page, label);
    await disarm();
  }, () => page.goto("/workspaces").then(() => screen.ready()));
});

journey("making a workspace, under every fault", { accounts: ["altostrat/owner"], limit: LIMIT }, async (scene) => {
  const { page, server, guard } = scene;
  const screen = newForm(page);
  const alert = page.getByRole("main").getByRole("alert");
  const all = (name) => server.workspaces().then((them) => them.filter((each) => each.name === name));
  const afresh = () => page.goto("/workspaces").then(() => list(page).ready());
  await list(page).ready();
  await walk(scene, "create", async ({ label, number, fault, ends }) => {
    await equals(`${label}: the list is whole`, () => list(page).table.getAttribute("aria-busy"), null);
    await list(page).create.click();
    const name = fault.name ?? `Zoë 🦊  “${number}” x`;
    const description = `one\n\ttwo <b> &amp; ${number} `;
    await screen.text("Name").fill(name);
    await screen.text("Description").fill(description);
    const typed = () => page.evaluate(() => [...document.querySelectorAll("main form :is(input, textarea)")].slice(0, 2).map(({ value }) => value));
    const kept = () => equals(`${label}: what was typed is there to the letter`, typed, [name, description]);
    await kept();
    const before = guard.mutations().length;
    const sent = () => guard.mutations().length - before;
    const disarm = await arm(scene, { method: "POST", path: "/workspaces" }, ends === "refused here" ? {} : fault);
    const words = (name) => `${written(name)} is created.`;
    const made = () => page.getByText(words(name)).first().isVisible();
    await screen.send.click();
    if (ends === "refused here") {
      await told(alert, label, "Check these fields", "Name must not be longer than 50 characters. It has 10,000.");
      await kept();
      await settled(page, label, "main form");
      assert.equal(sent(), 0, `${label}: nothing is sent`);
      await screen.text("Name").fill(`Short enough ${number}`);
      await screen.send.click();
      await page.getByText(words(`Short enough ${number}`)).first().waitFor();
      await pane(page).close.click();
      return;
    }
    let presses = 1;
    if (ends === "not done") {
      const why = fault.rule?.action?.status === 404 ? "The service does not offer to make workspaces here, or not to you." : fault.why;
      await told(alert, label, "The workspace was not created", why, "Nothing has changed.");
      await kept();
      await settled(page, label, "main form");
      assert.equal(sent(), 1, `${label}: one press, one request`);
      assert.equal((await all(name)).length, 0, `${label}: none was made`);
      await disarm();
      await pressUntil(`${label}: made after all`, screen.send, made);
      presses = 2;
    } else if (ends === "not known") {
      await told(alert, label, "It is not known whether the workspace was created", fault.why, "It may have changed all the same.");
      await kept();
      await settled(page, label, "main form");
      assert.equal(sent(), 1, `${label}: one press, one request`);
      await disarm();
      await page.getByRole("main").getByRole("link", { name: "Go to workspaces" }).click();
      await page.getByText("Nothing matches").first().waitFor();
      await settled(page, label);
      await list(page).clear.first().click();
      await list(page).ready();
      await list(page).create.click();
      await screen.heading.waitFor();
      await kept();
      await screen.send.click();
      presses = 2;
    } else if (ends === "signed out") {
      const dialog = signInAgain(page, "Altostrat");
      await dialog.waitFor();
      await kept();
      await settled(page, label, "dialog");
      await disarm();
      await signInByWindow(page, dialog, "owner");
      await dialog.waitFor({ state: "hidden" });
      presses = 2;
    }
    await until(`${label}: told as made`, made);
    if (ends === "found") await page.getByText(`The answer was lost, so the list was read again: ${words(name)}`, { exact: true }).first().waitFor();
    await titled(page, name).waitFor();
    const found = await all(name);
    assert.deepEqual(found.map(({ description }) => description), [description], `${label}: one was made, to the letter`);
    assert.equal(sent(), presses, `${label}: a press is one request`);
    await settled(page, label);
    await disarm();
    await pane(page).close.click();
    await settled(page, label);
  }, afresh);
});

journey("a change of a role, under every fault", { accounts: ["anthropic/owner"], settings: ["anthropic_rate=0"], limit: LIMIT }, async (scene) => {
  const { page, server, guard } = scene;
  const who = "anthropic/owner";
  const { id, name: workspace } = await holding(server, who, "Claims Triage");
  const members = await membersOf(server, who, id);
  const { body: { data: everybody } } = await server.api(who, "GET", "/v1/organizations/users?limit=1000");
  const person = everybody.find((each) => !(each.id in members) && ["user", "developer"].includes(each.role));
  assert.equal((await server.api(who, "POST", `/v1/organizations/workspaces/${id}/members`, { user_id: person.id, workspace_role: "workspace_user" })).status, 200);
  const screen = people(page);
  const { alert } = pane(page);
  const afresh = () => page.goto(`/workspaces/anthropic/${id}/members`);
  const role = async () => (await membersOf(server, who, id))[person.id];
  await afresh();
  await walk(scene, "change of a role", async ({ label, fault, ends }) => {
    const then = (await role()) === "workspace_user" ? "workspace_developer" : "workspace_user";
    await screen.change(person.name).click();
    const editor = screen.editor(person.name);
    const choice = editor.getByRole("combobox", { name: "Role" });
    const change = editor.getByRole("button", { name: "Change role", exact: true });
    await choice.selectOption(then);
    const kept = () => equals(`${label}: what was chosen is there`, () => page.evaluate(() => document.querySelector("aside select").value), then);
    const before = guard.mutations().length;
    const sent = () => guard.mutations().length - before;
    const disarm = await arm(scene, { dialect: "anthropic", method: "POST", path: `/v1/organizations/workspaces/${id}/members/*` }, fault, { reading: { method: "GET", path: `/v1/organizations/workspaces/${id}/members` } });
    const closed = async () => !(await editor.isVisible());
    await change.click();
    let presses = 1;
    if (ends === "not done") {
      await told(alert, label, "The members were not changed", fault.why, "Nothing has changed.");
      await kept();
      await settled(page, label, "aside");
      assert.equal(sent(), 1, `${label}: one press, one request`);
      assert.notEqual(await role(), then, `${label}: nothing changed`);
      await disarm();
      await pressUntil(`${label}: changed after all`, change, closed);
      presses = 2;
    } else if (ends === "not known") {
      await told(alert, label, "It is not known whether the members were changed", fault.why, "It may have changed all the same.");
      await kept();
      await settled(page, label, "aside");
      await disarm();
      await alert.getByRole("button", { name: "Load again" }).click();
    } else if (ends === "signed out") {
      const dialog = signInAgain(page, "Anthropic");
      await dialog.waitFor();
      await kept();
      await settled(page, label, "dialog");
      await disarm();
      await keyInDialog(dialog, server.token(who));
      await dialog.waitFor({ state: "hidden" });
      presses = 2;
    }
    await until(`${label}: the row says so`, async () => (await screen.row(person.id).innerText()).toLowerCase().includes(then.replace("_", " ")));
    if (ends !== "not known") {
      await editor.waitFor({ state: "hidden" });
      await page.getByText(`The role of ${person.name} in ${workspace} is ${then.replace("_", " ")} now.`).first().waitFor();
      await equals(`${label}: nothing is told any more`, () => alert.count(), 0);
    }
    assert.equal(await role(), then, `${label}: the service has it`);
    assert.equal(sent(), presses, `${label}: a press is one request`);
    await settled(page, label);
    await disarm();
    if (ends === "not known") await afresh();
  }, afresh);
});
