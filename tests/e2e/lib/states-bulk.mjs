// The states of what is done with many workspaces, for the one list of `states.mjs`. Guarantees: as there.

import { archiveSelected, bar, dialog, pick, selectAll } from "./bulk.mjs";
import { list } from "./screens.mjs";
import { until } from "./until.mjs";

async function settled({ page }) {
  await list(page).ready();
  await until("roles are known", async () => !(await list(page).table.innerText()).includes("…"));
}

async function archiving(scene) {
  await settled(scene);
  await selectAll(scene.page);
  return archiveSelected(scene.page);
}

async function exporting({ page }) {
  await page.getByRole("button", { name: "Export", exact: true }).click();
  await dialog(page).getByRole("button", { name: "Download" }).waitFor();
}

export const BULK = {
  "bulk-selected": {
    reach: async (scene) => {
      await settled(scene);
      for (const name of (await list(scene.page).names()).slice(0, 2)) await pick(scene.page, name).check();
      await bar(scene.page).waitFor();
    },
  },
  "bulk-confirm": { reach: archiving },
  "bulk-running": {
    reach: async (scene) => {
      const { send } = await archiving(scene);
      await scene.server.faults({ method: "DELETE", path: "/workspaces/*", delay_ms: 8_000 });
      await send.click();
      await dialog(scene.page).getByRole("button", { name: "Pause", exact: true }).click();
      await dialog(scene.page).getByRole("button", { name: "Continue", exact: true }).waitFor();
    },
  },
  "bulk-ended": {
    reach: async (scene) => {
      const { send } = await archiving(scene);
      await send.click();
      await dialog(scene.page).getByRole("button", { name: "Close", exact: true }).waitFor();
    },
  },
  "export": {
    reach: async (scene) => {
      await settled(scene);
      await exporting(scene);
    },
  },
  "export-partial": {
    reach: async (scene) => {
      await settled(scene);
      await scene.server.faults({ method: "GET", path: "/workspaces", action: { status: 500 } });
      await list(scene.page).reload.click();
      await scene.page.getByText("The list could not be loaded").first().waitFor();
      await scene.page.getByRole("button", { name: "Export", exact: true }).click();
      await dialog(scene.page).getByText("The list is not complete yet").waitFor();
    },
  },
};
