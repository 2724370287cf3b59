// The states of a service that is slow, out or out of reach, for the one list of `states.mjs`. Guarantees: as there.

import { archiveDialog, form, list, standing } from "./screens.mjs";
import { BOOKS, OWNED } from "./seed.mjs";
import { until } from "./until.mjs";

const LIST = { method: "GET", path: "/workspaces" };
const paused = (status, seconds) => ({ action: { status, headers: { "retry-after": `${seconds}` } } });
const answered = (page, text) => page.getByText(text).first().waitFor();
const kept = (page) => until("the list is kept", () => page.evaluate(() => sessionStorage.getItem("steward.list/altostrat") !== null));

/** The page opened again while the list comes like this. */
async function again({ page, server, guard }, fault) {
  guard.allow("net::ERR_ABORTED");
  guard.allowBroken();
  guard.allowStatus(429, 503);
  await list(page).ready();
  await kept(page);
  await server.faults({ ...LIST, ...fault });
  await page.reload();
  await answered(page, "What you see is from");
}
const offline = async ({ page, context, guard }) => {
  guard.allow("net::ERR_INTERNET_DISCONNECTED");
  await list(page).ready();
  await until("may edit", async () => !(await standing(list(page).edit(BOOKS))).disabled);
  await context.setOffline(true);
  await answered(page, "There is no network.");
};

export const SLOW = {
  "list-kept-slow": { keep: true, reach: (scene) => again(scene, { delay_ms: 30_000 }) },
  "list-kept-long": {
    keep: true,
    reach: async (scene) => {
      await again(scene, { delay_ms: 30_000 });
      await answered(scene.page, "The service has not sent the list yet.");
    },
  },
  "list-kept-failed": { keep: true, reach: (scene) => again(scene, { drop_before: true }) },
  "list-kept-paused": { keep: true, reach: (scene) => again(scene, paused(503, 90)) },
  "list-resting": {
    keep: true,
    reach: async (scene) => {
      await again(scene, paused(429, 40));
      await answered(scene.page, "Waiting as the service asked");
    },
  },
  "list-offline": { reach: offline },
  "edit-paused": {
    reach: async ({ page, server, guard }) => {
      guard.allowStatus(429);
      await list(page).edit(BOOKS).click();
      await form(page).name.fill("After the pause");
      await server.faults({ method: "PATCH", path: "/workspaces/*", ...paused(429, 40) });
      await form(page).save.click();
      await page.getByRole("timer").first().waitFor();
    },
  },
  "archive-paused": {
    reach: async ({ page, server, guard }) => {
      guard.allowStatus(429);
      await server.faults({ method: "GET", path: "/workspaces/*/organizations", ...paused(429, 90) });
      const archive = list(page).archive(OWNED);
      await until("may archive", async () => !(await standing(archive)).disabled);
      await archive.click();
      await archiveDialog(page, OWNED).dialog.getByRole("timer").waitFor();
    },
  },
  "edit-offline": {
    reach: async (scene) => {
      const { page, context } = scene;
      scene.guard.allow("net::ERR_INTERNET_DISCONNECTED");
      await list(page).edit(BOOKS).click();
      await form(page).name.fill("Without a network");
      await context.setOffline(true);
      await until("saving waits", async () => (await standing(form(page).save)).disabled);
    },
  },
};
