// What one reads, under every fault of lib/faults-table.mjs. Guarantees: rows that are there stay while they are asked for
// again, what failed is told in place, and loading again shows it.

import assert from "node:assert/strict";
import { closeAfterwards, journey } from "./lib/browser.mjs";
import { CACHE, ELSEWHERE, FIRST_ROWS, ODD_NAME, PAGES } from "./lib/faults-table.mjs";
import { arm, idle, inWidth, LIMIT, loadAgain, pauses, settled, titled, told, walk } from "./lib/faults-walk.mjs";
import { list, pane, people } from "./lib/screens.mjs";
import { OWNED } from "./lib/seed.mjs";
import { holding } from "./lib/services.mjs";
import { keyInDialog, signInAgain, signInByWindow } from "./lib/sign-in.mjs";
import { equals, until } from "./lib/until.mjs";
import { spoilTime } from "./lib/wire.mjs";

closeAfterwards();

const prepare = ({ page }) => spoilTime(page);

/** Signs in again from wherever that is offered. */
async function again(page, account, signIn) {
  const dialog = signInAgain(page, account);
  if (!(await dialog.isVisible())) await page.getByRole("button", { name: "Sign in again" }).first().click();
  await signIn(dialog);
  await dialog.waitFor({ state: "hidden" });
}

/** The list of Altostrat, asked for again under each fault of a part. */
const theList = (which) => async (scene) => {
  const { page } = scene;
  const screen = list(page);
  const alert = page.getByRole("alert");
  await screen.ready();
  await equals("nothing is told", () => alert.count(), 0);
  const names = await screen.names();
  const count = await screen.rowCount();
  const whole = async (label) => {
    await alert.first().waitFor({ state: "detached" });
    await equals(`${label}: the rows`, () => screen.names(), names);
    await equals(`${label}: all rows`, () => screen.rowCount(), count);
  };
  await walk(scene, "list", async ({ label, kind, fault, ends }) => {
    const stay = async () => assert.deepEqual(await screen.names(), names, `${label}: the rows stay`);
    const disarm = await arm(scene, { method: "GET", path: "/workspaces" }, fault);
    const reply = ends === "waits" ? undefined : page.waitForEvent("requestfinished", (request) => new URL(request.url()).pathname.endsWith("/workspaces")).catch(() => {});
    await screen.reload.click();
    if (ends === "waits") {
      await page.getByText("Loading workspaces").or(page.getByText("Waiting for the service")).first().waitFor();
      await stay();
      await settled(page, label);
    } else if (ends === "told") {
      await told(alert, label, "The list could not be loaded", kind === "404" ? "The service has no list at the address that is configured." : fault.why);
      await stay();
      await settled(page, label);
      await disarm();
      await loadAgain(alert, label, fault);
    } else if (ends === "signed out") {
      await told(alert, label, "Session ended", "nothing can be changed until you sign in again");
      await stay();
      await settled(page, label);
      await disarm();
      await again(page, "Altostrat", (dialog) => signInByWindow(page, dialog, "owner"));
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
  }, () => page.goto("/workspaces").then(() => screen.ready()), which);
};

journey("the list, under every fault", { accounts: ["altostrat/owner"], limit: LIMIT, prepare }, theList());
journey("the list of a service of another origin, under what only that can meet", { accounts: ["altostrat/owner"], elsewhere: true, limit: LIMIT, prepare }, theList(ELSEWHERE));

journey("the list, though the browser may keep replies", { accounts: ["altostrat/owner"], limit: LIMIT }, async (scene) => {
  const { page, server } = scene;
  const screen = list(page);
  const { id } = await holding(server, "altostrat/owner", OWNED);
  const rename = (name) => server.api("owner", "PATCH", `/workspaces/${id}`, { name });
  await walk(scene, "list", async ({ label, number, fault }) => {
    const disarm = await arm(scene, { method: "GET", path: "/workspaces" }, fault);
    // By the page's first request of all, by the app, and by both again: the second of a kind could come from a cache.
    for (const way of ["first", "app", "first", "app"]) {
      const name = `Seen ${way} ${number} ${await page.evaluate(() => performance.timeOrigin)}`;
      await rename(name);
      if (way === "first") await page.goto(`/workspaces?q=${id}`);
      else await screen.reload.click();
      await screen.link(name).waitFor();
      await idle(page, label);
    }
    await disarm();
  }, undefined, CACHE);
});

journey("a list of pages that break", { accounts: ["anthropic/owner"], settings: ["anthropic_rate=0"], limit: LIMIT, prepare }, async (scene) => {
  const { page, server } = scene;
  const screen = list(page);
  const alert = page.getByRole("alert");
  await screen.ready();
  await idle(page, "the list");
  const count = await screen.rowCount();
  const names = await screen.names();
  const all = "include_archived=true&include_default=true";
  const { body: { first_id: first, last_id: last } } = await server.api("anthropic/owner", "GET", `/v1/organizations/workspaces?limit=${FIRST_ROWS}&${all}`);
  const place = { dialect: "anthropic", method: "GET", path: "/v1/organizations/workspaces" };
  await walk(scene, "list", async ({ label, fault, ends }) => {
    const disarm = await arm(scene, place, { ...fault, rule: fault.rule({ first, last }), reads: fault.reads?.({ last }) }, { reading: place });
    await screen.reload.click();
    if (ends === "told") {
      await told(alert, label, fault.title ?? "The list could not be loaded");
      if (!fault.title) assert.equal(await screen.rowCount(), count, `${label}: the rows stay`);
      await settled(page, label);
      await disarm();
      // Nothing failed where a part came: there is only the list's own way to load it again.
      if (fault.title) await screen.reload.click();
      else await loadAgain(alert, label, fault);
    }
    await idle(page, label);
    await equals(`${label}: nothing is told any more`, () => alert.count(), 0);
    await equals(`${label}: all rows`, () => screen.rowCount(), count);
    await equals(`${label}: the rows`, () => screen.names(), names);
    await disarm();
  }, () => page.goto("/workspaces").then(() => screen.ready()), PAGES);
});

/** A workspace of Altostrat that a link leads to, under each fault of a part. */
const theWorkspace = (which) => async (scene) => {
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
      await loadAgain(alert, label, fault);
    } else if (ends === "gone") {
      await told(alert, label, "Workspace not found", "It does not exist, or you are not a member of it.");
      await disarm();
      await part.getByRole("button", { name: "Close" }).click();
      await until(`${label}: the list`, () => new URL(page.url()).pathname === "/workspaces");
      return settled(page, label);
    } else if (ends === "signed out") {
      await page.getByRole("button", { name: "Sign in again" }).or(signInAgain(page, "Altostrat")).first().waitFor();
      await settled(page, label);
      await disarm();
      await again(page, "Altostrat", (dialog) => signInByWindow(page, dialog, "owner"));
    }
    await titled(page, fault.name ?? OWNED).waitFor();
    await equals(`${label}: nothing is told any more`, () => alert.count(), 0);
    if (fault.name) await inWidth(page, label);
    // Nobody pressed anything where it was read again by itself.
    if (ends === "told") await settled(page, label, pauses(fault) ? undefined : "aside");
    else await idle(page, label);
    await disarm();
  }, undefined, which);
};

const link = { accounts: ["altostrat/owner"], limit: LIMIT, prepare };
journey("a workspace that a link leads to, under every fault", link, theWorkspace());
journey("a workspace of a service of another origin, under what only that can meet", { ...link, elsewhere: true }, theWorkspace(ELSEWHERE));

journey("a workspace, though the browser may keep replies", { accounts: ["altostrat/owner"], limit: LIMIT }, async (scene) => {
  const { page, server } = scene;
  const { id } = await holding(server, "altostrat/owner", OWNED);
  await walk(scene, "open", async ({ label, number, fault }) => {
    const stays = [{ method: "GET", path: "/workspaces", action: { status: 200, body: { data: [], has_more: false } } }];
    const disarm = await arm(scene, { method: "GET", path: `/workspaces/${id}` }, fault, { stays });
    for (const turn of [1, 2, 3]) {
      const name = `Seen ${number} for the ${turn}. time`;
      await server.api("owner", "PATCH", `/workspaces/${id}`, { name });
      await page.goto(`/workspaces/altostrat/${id}`);
      await titled(page, name).waitFor();
      await idle(page, label);
    }
    await disarm();
  }, undefined, CACHE);
});

/** The members of an OpenAI project, under each fault of a part. */
const theMembers = (which) => async (scene) => {
  const { page, server } = scene;
  const { id } = await holding(server, "openai/owner", OWNED);
  const { body: { data: members } } = await server.api("openai/owner", "GET", `/v1/organization/projects/${id}/users?limit=100`);
  const { alert } = pane(page);
  const { table, row } = people(page);
  await walk(scene, "members", async ({ label, fault, ends }) => {
    const disarm = await arm(scene, { dialect: "openai", method: "GET", path: `/v1/organization/projects/${id}/users` }, fault);
    await page.goto(`/workspaces/openai/${id}/members`);
    if (ends === "told") {
      await told(alert, label, "The members could not be loaded", fault.why);
      await disarm();
      await loadAgain(alert, label, fault);
    } else if (ends === "signed out") {
      await page.getByRole("button", { name: "Sign in again" }).or(signInAgain(page, "OpenAI")).first().waitFor();
      await settled(page, label);
      await disarm();
      await again(page, "OpenAI", (dialog) => keyInDialog(dialog, server.token("openai/owner")));
    }
    await equals(`${label}: each member once`, async () => (await table.getByRole("row").count()) - 1, members.length);
    for (const { id: user } of members) await row(user).waitFor();
    await equals(`${label}: nothing is told any more`, () => alert.count(), 0);
    if (fault.name) {
      await row(members[0].id).filter({ hasText: fault.name === ODD_NAME ? "gnp.exe" : fault.name }).waitFor();
      await inWidth(page, label);
    }
    await idle(page, label);
    await disarm();
  }, undefined, which);
};

journey("the members of a workspace, under every fault", { accounts: ["openai/owner"], limit: LIMIT, prepare }, theMembers());
journey("the members at a service of another origin, under what only that can meet", { accounts: ["openai/owner"], elsewhere: true, limit: LIMIT, prepare }, theMembers(ELSEWHERE));

journey("the members, though the browser may keep replies", { accounts: ["openai/owner"], limit: LIMIT }, async (scene) => {
  const { page, server } = scene;
  const { id } = await holding(server, "openai/owner", OWNED);
  const path = `/v1/organization/projects/${id}/users`;
  const { body: { data: [{ id: user }] } } = await server.api("openai/owner", "GET", path);
  const { row } = people(page);
  await walk(scene, "members", async ({ label, fault }) => {
    const disarm = await arm(scene, { dialect: "openai", method: "GET", path }, fault);
    for (const role of ["member", "owner", "member"]) {
      assert.equal((await server.api("openai/owner", "POST", `${path}/${user}`, { role })).status, 200);
      await page.goto(`/workspaces/openai/${id}/members`);
      await row(user).filter({ hasText: new RegExp(role, "i") }).waitFor();
      await idle(page, label);
    }
    await disarm();
  }, undefined, CACHE);
});
