// Archiving, under every fault of lib/faults-table.mjs. Guarantees: the typed name stays; nothing that cannot be taken back is
// sent by itself; "archived" is only what the service answered or shows.

import assert from "node:assert/strict";
import { closeAfterwards, journey } from "./lib/browser.mjs";
import { CELLS, ELSEWHERE, FAULTS } from "./lib/faults-table.mjs";
import { change, LIMIT, settled, walk } from "./lib/faults-walk.mjs";
import { archiveDialog, list, standing, written } from "./lib/screens.mjs";
import { holding, object } from "./lib/services.mjs";
import { signInByWindow } from "./lib/sign-in.mjs";
import { equals, until } from "./lib/until.mjs";
import { spoilTime } from "./lib/wire.mjs";

closeAfterwards();

/** What it is called at the service, which takes no name of any length. */
const called = (kind, number) => (kind === LONG ? undefined : FAULTS[kind].name) ?? `Under fault ${number}.`;
const LONG = "a name of 10,000 letters";

/** Has everything read about a workspace say that it is called that. */
async function renames(page, id, name) {
  const matches = (url) => [/\/workspaces$/, new RegExp(`/workspaces/${id}$`)].some((path) => path.test(url.pathname));
  const change = (each) => (each.id === id ? { ...each, name } : each);
  await page.route(matches, async (route) => {
    if (route.request().method() !== "GET") return route.fallback();
    const real = await route.fetch();
    const said = await real.json();
    await route.fulfill({ json: said.data ? { ...said, data: said.data.map(change) } : change(said) });
  });
  return () => page.unroute(matches);
}

const owner = {
  accounts: ["altostrat/owner"],
  limit: LIMIT,
  prepare: async ({ page, server }) => {
    await spoilTime(page);
    for (const [number, { fault }] of CELLS.filter(({ operation }) => operation === "archive").entries()) {
      const { status } = await server.api("owner", "POST", "/workspaces", { name: called(fault, number), billing_mode: "pooled" });
      assert.equal(status, 201);
    }
  },
};

/** Archiving, under each fault of a part. */
const archiving = (which) => async (scene) => {
  const { page, server } = scene;
  const screen = list(page);
  await screen.ready();
  await walk(scene, "archive", async (cell) => {
    const { label, number, kind, fault, ends } = cell;
    const name = fault.name ?? called(kind, number);
    const { id } = await holding(server, "altostrat/owner", called(kind, number));
    await screen.search.fill(id);
    const renamed = kind === LONG ? await renames(page, id, name) : undefined;
    if (renamed) {
      await screen.reload.click();
      await screen.rowOf(id).getByText(name).waitFor();
    }
    const opener = screen.archiveOf(id);
    await until(`${label}: it can be archived`, async () => !(await standing(opener)).disabled);
    await opener.click();
    const { dialog, field, confirm, alert, heading, again } = archiveDialog(page, written(name));
    await field.fill(name);
    await until(`${label}: it can be confirmed`, async () => !(await standing(confirm)).disabled);
    await heading.filter({ hasText: "Nothing stands in the way" }).waitFor();
    // Looked for in all dialogs: another one may lie on top.
    const kept = () => equals(`${label}: what was typed is there to the letter`, () => page.evaluate(() => document.querySelector("dialog[open] input[type=text]").value), name);
    const { disarm, counted } = await change(scene, cell, {
      place: { method: "DELETE", path: `/workspaces/${id}` },
      reading: { method: "GET", path: `/workspaces/${id}` },
      says: ["The workspace was not archived", "It is not known whether the workspace was archived"],
      alert, within: "dialog", send: confirm, kept,
      done: async () => !(await dialog.isVisible()),
      lookAgain: async () => {
        await alert.getByRole("button", { name: "Refresh" }).click();
        await dialog.getByText("This workspace is archived. Nothing in it can be changed.").first().waitFor();
        await settled(page, label, "dialog");
        await page.keyboard.press("Escape");
      },
      account: "Altostrat",
      signIn: (asks) => signInByWindow(page, asks, "owner"),
      waits: async () => {
        await kept();
        await until(`${label}: it can be confirmed again`, async () => !(await standing(confirm)).disabled);
      },
      blocked: {
        told: () => heading.filter({ hasText: "it is still in use" }).waitFor(),
        clear: async () => {
          await again.click();
          await heading.filter({ hasText: /can be archived|Nothing stands in the way/ }).waitFor();
        },
      },
    });
    await dialog.waitFor({ state: "hidden" });
    if (ends === "not shown") {
      assert.equal((await object(server, "altostrat/owner", id)).archived, false, `${label}: it is not archived at the service`);
      assert.equal(await page.getByText(`${written(name)} is archived.`).count(), 0, `${label}: and is not told to be`);
      await screen.rowOf(id).getByRole("link").first().waitFor();
      return counted();
    }
    if (ends === "accepted") {
      assert.equal((await object(server, "altostrat/owner", id)).archived, true, `${label}: archived at the service`);
      await equals(`${label}: it left the list`, () => screen.rowOf(id).getByRole("link").count(), 0);
      return counted();
    }
    if (ends === "found") await page.getByText(`The answer was lost, so the workspace was read again: ${written(name)} is archived.`, { exact: true }).first().waitFor();
    else if (ends !== "not known") await page.getByText(`${written(name)} is archived.`, { exact: true }).first().waitFor();
    await equals(`${label}: it left the list`, () => screen.rowOf(id).getByRole("link").count(), 0);
    assert.equal((await object(server, "altostrat/owner", id)).archived, true, `${label}: archived at the service`);
    counted();
    await settled(page, label);
    await renamed?.();
    await disarm();
  }, () => page.goto("/workspaces").then(() => screen.ready()), which);
};

journey("archiving, under every fault", owner, archiving());
journey("archiving at a service of another origin, under what only that can meet", { ...owner, elsewhere: true }, archiving(ELSEWHERE));
