// Saving and archiving as the bench presses them. Guarantees: at each press the page is at rest. Must not know any clock.

import { archiveDialog, form, list, pane, standing } from "./screens.mjs";
import { until } from "./until.mjs";

/** Nothing is under way and the browser has time to spare. */
export async function rest(page) {
  await page.waitForLoadState("networkidle");
  await page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve, { timeout: 2_000 })));
}

const said = (page, text) => page.getByRole("region", { name: "Notices" }).getByText(text, { exact: true }).waitFor();
const ready = (what, control) => until(`${what} can be pressed`, async () => !(await standing(control)).disabled);

/** Saves a new description of each. */
export async function saves(page, names) {
  for (const name of names) {
    await list(page).search.fill(name);
    await ready(`edit ${name}`, list(page).edit(name));
    await list(page).edit(name).click();
    await form(page).description.fill(`Measured: ${name}`);
    await rest(page);
    await form(page).save.click();
    await said(page, `Changes to ${name} are saved.`);
    await rest(page);
    await pane(page).close.click();
  }
}

/** Archives each. */
export async function archives(page, names) {
  for (const name of names) {
    await list(page).search.fill(name);
    await ready(`archive ${name}`, list(page).archive(name));
    await list(page).archive(name).click();
    const { dialog, field, confirm, heading } = archiveDialog(page, name);
    await field.fill(name);
    await heading.filter({ hasText: "Nothing stands in the way" }).waitFor();
    await ready(`confirm ${name}`, confirm);
    await rest(page);
    await confirm.click();
    await dialog.waitFor({ state: "hidden" });
    await said(page, `${name} is archived.`);
    await rest(page);
  }
}
