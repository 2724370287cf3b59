// The states of taking something back, for the one list of `states.mjs`. Guarantees: as there.

import { archiveDialog, form, list, standing } from "./screens.mjs";
import { BOOKS, OWNED } from "./seed.mjs";
import { until } from "./until.mjs";

const answered = (page, text) => page.getByText(text).first().waitFor();
const undo = (page, name = OWNED) => page.getByRole("button", { name: `Undo: Changed ${name}`, exact: true });
const record = async (page) => {
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Activity", exact: true }).click();
  await page.getByRole("table", { name: "Activity" }).waitFor();
};

async function saved({ page }, name = OWNED) {
  await list(page).ready();
  await until("may edit", async () => !(await standing(list(page).edit(name))).disabled);
  await list(page).edit(name).click();
  await form(page).name.fill("A name of mine");
  await form(page).save.click();
  await undo(page, name).waitFor();
}

export const UNDO = {
  "undo-offered": { reach: saved },
  "undo-refused": {
    reach: async (scene) => {
      await saved(scene);
      const body = { type: "invalid_request_error", code: "parameter_invalid", message: "This name is taken now.", doc_url: "https://docs.altostrat.io/errors/parameter_invalid" };
      await scene.server.faults({ method: "PATCH", action: { status: 400, body } });
      await undo(scene.page).click();
      await answered(scene.page, "This name is taken now.");
    },
  },
  "undo-done": { reach: async (scene) => { await saved(scene); await undo(scene.page).click(); await answered(scene.page, "Undone, Name"); } },
  "undo-asks": {
    reach: async (scene) => {
      await saved(scene);
      const { id } = (await scene.server.workspaces()).find(({ name }) => name === "A name of mine");
      await scene.server.api("owner", "PATCH", `/workspaces/${id}`, { name: "Somebody else's" });
      await undo(scene.page).click();
      await answered(scene.page, "The same was changed again since");
    },
  },
  "activity-undo": {
    reach: async (scene) => {
      const { page } = scene;
      await list(page).ready();
      await until("may archive", async () => !(await standing(list(page).archive(OWNED))).disabled);
      await list(page).archive(OWNED).click();
      const { field, confirm } = archiveDialog(page, OWNED);
      await field.fill(OWNED);
      await confirm.click();
      await answered(page, `${OWNED} is archived.`);
      await saved(scene, BOOKS);
      await undo(page, BOOKS).click();
      await answered(page, "Undone, Name");
      await record(page);
      await answered(page, "Cannot be undone");
    },
  },
};
