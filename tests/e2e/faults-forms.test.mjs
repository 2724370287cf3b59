// Saving and making a workspace, under every fault of lib/faults-table.mjs. Guarantees: what was typed stays to the letter until
// the service has it to the letter; what is not known is looked up before it can be sent again.

import assert from "node:assert/strict";
import { closeAfterwards, journey } from "./lib/browser.mjs";
import { ELSEWHERE, LAG_MS } from "./lib/faults-table.mjs";
import { change, LIMIT, refusedHere, settled, titled, typing, walk } from "./lib/faults-walk.mjs";
import { form, list, merge, newForm, pane, standing, written } from "./lib/screens.mjs";
import { OWNED } from "./lib/seed.mjs";
import { holding, object } from "./lib/services.mjs";
import { signInByWindow } from "./lib/sign-in.mjs";
import { equals, holds, until } from "./lib/until.mjs";
import { spoilTime } from "./lib/wire.mjs";

closeAfterwards();

const prepare = ({ page }) => spoilTime(page);

/** Asserts that name and description in a form are what was typed, also under a dialog, where no role leads. */
const keeps = (page, label, where, { name, description }) => {
  const look = () => page.evaluate((where) => [...document.querySelectorAll(`${where} :is(input:not([type=radio]), textarea)`)].slice(0, 2).map(({ value }) => value), where);
  return () => equals(`${label}: what was typed is there to the letter`, look, [name, description]);
};

/** Asserts that what was confirmed stands although reads lag behind, by asking the service meanwhile. */
async function stays({ guard }, label, path, ask, shown) {
  const before = guard.sent("GET", path).length;
  await ask();
  await until(`${label}: it is read again`, () => guard.sent("GET", path).length > before);
  await holds(`${label}: what was confirmed stands`, shown, LAG_MS / 2);
}

/** Saving, under each fault of a part. */
const saving = (which) => async (scene) => {
  const { page, server } = scene;
  const { id } = await holding(server, "altostrat/owner", OWNED);
  const fields = form(page);
  const { alert, part } = pane(page);
  // Without what was typed before: it would be asked about as a change of the same.
  const forget = () => Object.keys(sessionStorage).filter((name) => name.startsWith("steward.draft/")).forEach((name) => sessionStorage.removeItem(name));
  const afresh = () => page.evaluate(forget).then(() => page.goto(`/workspaces/altostrat/${id}`));
  await afresh();
  await walk(scene, "save", async (cell) => {
    const { label, number, kind, fault, ends } = cell;
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
      reading: { method: "GET", path: `/workspaces/${id}` },
      theirs: () => server.api("owner", "PATCH", `/workspaces/${id}`, { name: `Theirs ${number}` }),
      mine: async (unsent) => {
        await merge(page).heading.waitFor();
        await kept();
        unsent();
        await merge(page).radio("Keep mine: Name").check();
        await fields.save.click();
      },
      says: ["The changes were not saved", "It is not known whether the changes were saved"],
      done: () => page.getByText(words(text.name)).first().isVisible(),
      lookAgain: async () => {
        await alert.getByRole("button", { name: "Refresh" }).click();
        await alert.first().waitFor({ state: "detached" });
        await kept();
        await fields.save.click();
        return true;
      },
      account: "Altostrat",
      signIn: (dialog) => signInByWindow(page, dialog, "owner"),
    });
    if (ends === "refused here") return refusedHere(scene, cell, { ...parts, name: fields.name, unsent, made: saved });
    const truth = async () => (({ name, description }) => ({ name, description }))(await object(server, "altostrat/owner", id));
    if (ends === "not shown") {
      assert.notEqual((await truth()).name, text.name, `${label}: nothing has changed at the service`);
      assert.equal(await page.getByText(words(text.name)).count(), 0, `${label}: and nothing is told as done`);
      counted();
      return afresh();
    }
    if (ends === "differently") {
      await page.getByText("are saved, but not as they were sent.").first().waitFor();
      const now = await truth();
      assert.notEqual(now.name, text.name, `${label}: the service keeps another name`);
      await page.getByText(`Changes to ${written(now.name)} are saved, but not as they were sent. The service keeps another value in Name.`).first().waitFor();
      assert.equal(await page.getByText(words(text.name)).count(), 0, `${label}: what was sent is not told as saved`);
      counted();
      await disarm();
      return afresh();
    }
    if (ends === "accepted") {
      assert.deepEqual(await truth(), text, `${label}: the service has it to the letter`);
      counted();
      return afresh();
    }
    await saved(text.name);
    if (kind === "lagging") await stays(scene, label, "/workspaces$", () => list(page).reload.click(), async () => (await titled(page, text.name).count()) === 1);
    if (ends === "found") await page.getByText(`The answer was lost, so the workspace was read again. ${words(text.name)}`, { exact: true }).first().waitFor();
    await titled(page, text.name).waitFor();
    assert.deepEqual(await truth(), text, `${label}: the service has it to the letter`);
    counted();
    await equals(`${label}: nothing is told any more`, () => alert.count(), 0);
    await settled(page, label);
    await disarm();
  }, afresh, which);
};

const owner = { accounts: ["altostrat/owner"], limit: LIMIT, prepare };
journey("saving, under every fault", owner, saving());
journey("saving at a service of another origin, under what only that can meet", { ...owner, elsewhere: true }, saving(ELSEWHERE));

/** Making a workspace, under each fault of a part. */
const making = (which) => async (scene) => {
  const { page, server } = scene;
  const screen = newForm(page);
  const [name, description] = [screen.text("Name"), screen.text("Description")];
  const alert = page.getByRole("main").getByRole("alert");
  const { id: known } = await holding(server, "altostrat/owner", OWNED);
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
      place: { method: "POST", path: "/workspaces", known },
      reading: { method: "GET", path: "/workspaces" },
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
    if (ends === "not shown") {
      assert.deepEqual(await all(text.name), [], `${label}: none was made`);
      assert.equal(await page.getByText(words(text.name)).count(), 0, `${label}: and none is told as made`);
      counted();
      return afresh();
    }
    if (ends === "accepted") {
      assert.equal((await all(text.name)).length, 1, `${label}: one was made`);
      counted();
      return afresh();
    }
    if (ends === "differently") {
      await page.getByText("The service keeps another value in").first().waitFor();
      // Whether it is the service that keeps something else, or its answer that says so.
      const [now] = (await server.workspaces()).filter(({ description }) => description === text.description);
      const field = now.name === text.name ? "Billing mode" : "Name";
      await page.getByText(`${words(kind === "odd value" ? text.name : now.name)} The service keeps another value in ${field}.`).first().waitFor();
      counted();
      await disarm();
      return afresh();
    }
    await made(text.name);
    if (kind === "lagging") await stays(scene, label, "/workspaces$", () => list(page).reload.click(), async () => (await titled(page, text.name).count()) === 1 && (await alert.count()) === 0);
    if (ends === "found") await page.getByText(`The answer was lost, so the list was read again: ${words(text.name)}`, { exact: true }).first().waitFor();
    await titled(page, text.name).waitFor();
    assert.deepEqual((await all(text.name)).map(({ description }) => description), [text.description], `${label}: one was made, to the letter`);
    counted();
    await settled(page, label);
    await disarm();
    await pane(page).close.click();
    await settled(page, label);
  }, afresh, which);
};

journey("making a workspace, under every fault", owner, making());
journey("making one at a service of another origin, under what only that can meet", { ...owner, elsewhere: true }, making(ELSEWHERE));
