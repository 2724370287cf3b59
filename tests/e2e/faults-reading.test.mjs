// What one reads, under every fault of lib/faults-table.mjs. Guarantees: rows that are there stay while they are asked for
// again, what failed is told in place, and loading again shows it.

import assert from "node:assert/strict";
import { closeAfterwards, journey } from "./lib/browser.mjs";
import { ODD_NAME } from "./lib/faults-table.mjs";
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

journey("the list, under every fault", { accounts: ["altostrat/owner"], limit: LIMIT, prepare }, async (scene) => {
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
  await walk(scene, "list", async ({ label, fault, ends }) => {
    const stay = async () => assert.deepEqual(await screen.names(), names, `${label}: the rows stay`);
    const disarm = await arm(scene, { method: "GET", path: "/workspaces" }, fault);
    const reply = ends === "waits" ? undefined : page.waitForEvent("requestfinished", (request) => new URL(request.url()).pathname.endsWith("/workspaces")).catch(() => {});
    await screen.reload.click();
    if (ends === "waits") {
      await page.getByText("Loading workspaces").or(page.getByText("Waiting for the service")).first().waitFor();
      await stay();
      await settled(page, label);
    } else if (ends === "told") {
      await told(alert, label, "The list could not be loaded", fault.why);
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
  }, () => page.goto("/workspaces").then(() => screen.ready()));
});

journey("a workspace that a link leads to, under every fault", { accounts: ["altostrat/owner"], limit: LIMIT, prepare }, async (scene) => {
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
  });
});

journey("the members of a workspace, under every fault", { accounts: ["openai/owner"], limit: LIMIT, prepare }, async (scene) => {
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
  });
});
