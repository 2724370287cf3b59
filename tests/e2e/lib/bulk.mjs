// Many at once, by role and accessible name. Must not judge what it finds.

import { list } from "./screens.mjs";
import { until } from "./until.mjs";

export const bar = (page) => page.getByRole("region", { name: "Selection", exact: true });
export const dialog = (page) => page.getByRole("dialog");
export const pick = (page, name) => list(page).table.getByRole("checkbox", { name: `Select ${name}`, exact: true });

/** Selects everything that is shown. */
export async function selectAll(page) {
  const [first] = await list(page).names();
  await pick(page, first).check();
  await bar(page).getByRole("button", { name: /^Select all/ }).click();
}

/** Opens the dialog on what is selected and confirms it with the number that it asks for. */
export async function archiveSelected(page) {
  await bar(page).getByRole("button", { name: "Archive", exact: true }).click();
  const field = dialog(page).getByLabel("Type the number to confirm");
  await field.waitFor();
  const send = dialog(page).getByRole("button", { name: /^Archive [\d,]+ workspace/ });
  await until("every role is known", async () => !(await dialog(page).innerText()).includes("is being read"));
  const number = /Archive ([\d,]+)/.exec(await send.innerText())[1];
  await field.fill(number);
  return { number: Number(number), send };
}
