// Saving and making a workspace, under every fault of lib/faults-table.mjs. Guarantees: what was typed stays to the letter until
// the service has it to the letter; what is not known is looked up before it can be sent again.

import assert from "node:assert/strict";
import { closeAfterwards, journey } from "./lib/browser.mjs";
import { change, LIMIT, refusedHere, settled, titled, typing, walk } from "./lib/faults-walk.mjs";
import { form, list, newForm, pane, standing, written } from "./lib/screens.mjs";
import { OWNED } from "./lib/seed.mjs";
import { holding, object } from "./lib/services.mjs";
import { signInByWindow } from "./lib/sign-in.mjs";
import { equals, until } from "./lib/until.mjs";
import { spoilTime } from "./lib/wire.mjs";

closeAfterwards();

const prepare = ({ page }) => spoilTime(page);

/** Asserts that name and description in a form are what was typed, also under a dialog, where no role leads. */
const keeps = (page, label, where, { name, description }) => {
  const look = () => page.evaluate((where) => [...document.querySelectorAll(`${where} :is(input, textarea)`)].slice(0, 2).map(({ value }) => value), where);
  return () => equals(`${label}: what was typed is there to the letter`, look, [name, description]);
};

journey("saving, under every fault", { accounts: ["altostrat/owner"], limit: LIMIT, prepare }, async (scene) => {
  const { page, server } = scene;
  const { id } = await holding(server, "altostrat/owner", OWNED);
  const fields = form(page);
  const { alert, part } = pane(page);
  const afresh = () => page.goto(`/workspaces/altostrat/${id}`);
  await afresh();
  await walk(scene, "save", async (cell) => {
    const { label, number, fault, ends } = cell;
    const edit = part.getByRole("button", { name: /^Edit / });
    await until(`${label}: it can be edited`, async () => !(await standing(edit)).disabled);
    await edit.click();
    const text = typing(number, fault.name);
    await fields.name.fill(text.name);
    await fields.description.fill(text.description);
    const kept = keeps(page, label, "aside form", text);
    await kept();
    const words = (name) => `Changes to ${written(name)} are saved.`;
    const saved = (name) => page.getByText(words(name)).first().waitFor();
    const parts = { alert, within: "aside", send: fields.save, kept };
    const { disarm, counted, unsent } = await change(scene, cell, {
      ...parts,
      place: { method: "PATCH", path: `/workspaces/${id}` },
      says: ["The changes were not saved", "It is not known whether the changes were saved"],
      done: () => page.getByText(words(text.name)).first().isVisible(),
      lookAgain: async () => {
        await alert.getByRole("button", { name: "Load again" }).click();
        await alert.first().waitFor({ state: "detached" });
        await kept();
        await fields.save.click();
        return true;
      },
      account: "Altostrat",
      signIn: (dialog) => signInByWindow(page, dialog, "owner"),
    });
    if (ends === "refused here") return refusedHere(scene, cell, { ...parts, name: fields.name, unsent, made: saved });
    await saved(text.name);
    if (ends === "found") await page.getByText(`The answer was lost, so the workspace was read again. ${words(text.name)}`, { exact: true }).first().waitFor();
    await titled(page, text.name).waitFor();
    const { name, description } = await object(server, "altostrat/owner", id);
    assert.deepEqual({ name, description }, text, `${label}: the service has it to the letter`);
    counted();
    await equals(`${label}: nothing is told any more`, () => alert.count(), 0);
    await settled(page, label);
    await disarm();
  }, afresh);
});

journey("making a workspace, under every fault", { accounts: ["altostrat/owner"], limit: LIMIT, prepare }, async (scene) => {
  const { page, server } = scene;
  const screen = newForm(page);
  const [name, description] = [screen.text("Name"), screen.text("Description")];
  const alert = page.getByRole("main").getByRole("alert");
  const all = (name) => server.workspaces().then((them) => them.filter((each) => each.name === name));
  const afresh = () => page.goto("/workspaces").then(() => list(page).ready());
  await list(page).ready();
  await walk(scene, "create", async (cell) => {
    const { label, number, kind, fault, ends } = cell;
    await equals(`${label}: the list is whole`, () => list(page).table.getAttribute("aria-busy"), null);
    await list(page).create.click();
    const text = typing(number, fault.name);
    await name.fill(text.name);
    await description.fill(text.description);
    const kept = keeps(page, label, "main form", text);
    await kept();
    const words = (name) => `${written(name)} is created.`;
    const made = (name) => page.getByText(words(name)).first().waitFor();
    const parts = { alert, within: "main form", send: screen.send, kept };
    const { disarm, counted, unsent } = await change(scene, cell, {
      ...parts,
      place: { method: "POST", path: "/workspaces" },
      says: ["The workspace was not created", "It is not known whether the workspace was created"],
      why: kind === "404" ? "The service does not offer to make workspaces here, or not to you." : fault.why,
      done: () => page.getByText(words(text.name)).first().isVisible(),
      lookAgain: async () => {
        await page.getByRole("main").getByRole("link", { name: "Go to workspaces" }).click();
        await page.getByText("Nothing matches").first().waitFor();
        await settled(page, label);
        await list(page).clear.first().click();
        await list(page).ready();
        await list(page).create.click();
        await screen.heading.waitFor();
        await kept();
        await screen.send.click();
        return true;
      },
      account: "Altostrat",
      signIn: (dialog) => signInByWindow(page, dialog, "owner"),
    });
    if (ends === "refused here") {
      await refusedHere(scene, cell, { ...parts, name, unsent, made });
      return pane(page).close.click();
    }
    await made(text.name);
    if (ends === "found") await page.getByText(`The answer was lost, so the list was read again: ${words(text.name)}`, { exact: true }).first().waitFor();
    await titled(page, text.name).waitFor();
    assert.deepEqual((await all(text.name)).map(({ description }) => description), [text.description], `${label}: one was made, to the letter`);
    counted();
    await settled(page, label);
    await disarm();
    await pane(page).close.click();
    await settled(page, label);
  }, afresh);
});
