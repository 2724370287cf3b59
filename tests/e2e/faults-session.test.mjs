// Signing in and staying signed in, under every fault of lib/faults-table.mjs. Guarantees: a code and a refresh token leave once
// each; what fails is told where one signs in, and the next try works; a session that cannot be renewed costs no letter.

import assert from "node:assert/strict";
import { closeAfterwards, journey } from "./lib/browser.mjs";
import { TABS } from "./lib/faults-table.mjs";
import { arm, LIMIT, settled, told, typing, walk } from "./lib/faults-walk.mjs";
import { guard as guardOf } from "./lib/guard.mjs";
import { form, list, pane, standing } from "./lib/screens.mjs";
import { OWNED } from "./lib/seed.mjs";
import { holding, object } from "./lib/services.mjs";
import { PEOPLE, signInAgain, signInAtTheService, signInByWindow } from "./lib/sign-in.mjs";
import { equals, until } from "./lib/until.mjs";
import { clockOff, spoilTime } from "./lib/wire.mjs";

closeAfterwards();

const WANTED = "/workspaces?q=clinics&state=all";
const TOKENS = { dialect: "altostrat-signin", method: "POST", path: "/oauth/token" };
const prepare = ({ page }) => spoilTime(page);
const address = (page) => page.url().slice(new URL(page.url()).origin.length);

/** How often tokens were asked for with what. */
const asked = (guard, grant) => guard.all().filter(({ path, body }) => path.endsWith("/oauth/token") && body?.includes(`grant_type=${grant}`)).map(({ body }) => body);

const REFUSED = "The service does not accept this sign-in.";
/** Why, where signing in has words of its own. */
const WHY = { 401: REFUSED, "error inside success": REFUSED, 404: "The service has nothing at the address that is configured for signing in." };

journey("signing in, under every fault", { limit: LIMIT, prepare }, async (scene) => {
  const { page, guard } = scene;
  const go = async () => {
    await page.getByRole("button", { name: "Continue with Altostrat" }).click();
    await page.getByRole("button", { name: PEOPLE.owner }).click();
  };
  await walk(scene, "sign in", async ({ label, kind, fault, ends }) => {
    await page.goto(WANTED);
    const disarm = await arm(scene, TOKENS, fault);
    const before = asked(guard, "authorization_code").length;
    await go();
    if (ends === "told") {
      await told(page.getByRole("alert"), label, "Signing in did not work", WHY[kind] ?? fault.why);
      await settled(page, label);
      assert.doesNotMatch(page.url(), /code=/, `${label}: the code is not left in the address`);
      assert.equal(asked(guard, "authorization_code").length - before, 1, `${label}: a code is sent once`);
      await disarm();
      await go();
    }
    await list(page).ready();
    await equals(`${label}: the address that was wanted`, () => address(page), WANTED);
    await equals(`${label}: nothing is told any more`, () => page.getByRole("alert").count(), 0);
    await settled(page, label);
    await disarm();
    const sent = asked(guard, "authorization_code");
    assert.equal(new Set(sent).size, sent.length, `${label}: no code twice`);
  });
});

journey("renewing a session in the middle of a save, under every fault", { limit: LIMIT, prepare }, async (scene) => {
  const { page, server, guard } = scene;
  const { id } = await holding(server, "altostrat/owner", OWNED);
  const { part } = pane(page);
  const fields = form(page);
  const typed = () => page.evaluate(() => [...document.querySelectorAll("aside form :is(input, textarea)")].slice(0, 2).map(({ value }) => value));
  const refused = { dialect: "altostrat", method: "PATCH", times: 1, action: { status: 401 } };
  // A session that is less than a minute old is not renewed for a 401.
  const MINUTE_MS = 61_000;
  let later = 0;
  const afresh = async () => {
    await page.goto("/");
    await signInAtTheService(page, "owner");
    await list(page).ready();
    await list(page).search.fill(id);
    await list(page).linkOf(id).click();
  };
  await afresh();
  await walk(scene, "renewal", async ({ label, number, fault, ends }) => {
    const edit = part.getByRole("button", { name: /^Edit / });
    await until(`${label}: it can be edited`, async () => !(await standing(edit)).disabled);
    await edit.click();
    const text = typing(number);
    await fields.name.fill(text.name);
    await fields.description.fill(text.description);
    const before = asked(guard, "refresh_token").length;
    const kept = () => equals(`${label}: what was typed is there to the letter`, typed, [text.name, text.description]);
    later += MINUTE_MS;
    await clockOff(page, later);
    const disarm = await arm(scene, TOKENS, { ...fault, off: fault.off && fault.off + later }, { stays: [refused] });
    await fields.save.click();
    if (ends === "signed out") {
      const dialog = signInAgain(page, "Altostrat");
      await dialog.waitFor();
      await kept();
      await settled(page, label, "dialog");
      await disarm();
      await server.noFaults();
      await signInByWindow(page, dialog, "owner");
      await dialog.waitFor({ state: "hidden" });
    }
    await page.getByText(`Changes to ${text.name} are saved.`).first().waitFor();
    const { name, description } = await object(server, "altostrat/owner", id);
    assert.deepEqual({ name, description }, text, `${label}: the service has it to the letter`);
    assert.equal(asked(guard, "refresh_token").length - before, 1, `${label}: a refresh token is sent once`);
    assert.equal(await page.getByRole("dialog").count(), 0, `${label}: nobody is asked for more`);
    await settled(page, label);
    await disarm();
    await server.noFaults();
    await clockOff(page, later);
  }, afresh);
});

journey("two copies of a tab that renew at once", { limit: LIMIT, prepare }, async (scene) => {
  const { page, server, context, guard } = scene;
  const { id } = await holding(server, "altostrat/owner", OWNED);
  await page.goto("/");
  await signInAtTheService(page, "owner", { keep: true });
  await list(page).ready();
  await walk(scene, "renewal", async ({ label }) => {
    // As browsers copy a tab: with all that it has kept.
    const kept = await page.evaluate(() => ({ ...sessionStorage }));
    const copy = await context.newPage();
    const watch = await guardOf(copy);
    watch.allowStatus(401);
    await spoilTime(copy);
    await copy.addInitScript((kept) => {
      if (sessionStorage.length === 0) for (const [name, value] of Object.entries(kept)) sessionStorage.setItem(name, value);
    }, kept);
    const tabs = [page, copy];
    for (const tab of tabs) {
      await tab.goto(`/workspaces/altostrat/${id}/edit`);
      await form(tab).name.waitFor();
      // A session that is less than a minute old is not renewed for a 401.
      await clockOff(tab, 61_000);
    }
    await form(page).name.fill("From the tab");
    await form(copy).description.fill("From its copy");
    // Whatever either of them sends with the token that both have; not what a renewed one is sent with.
    const { token } = JSON.parse(kept["steward.session/altostrat"]);
    await server.faults({ method: "PATCH", header: { authorization: token }, action: { status: 401 } });
    await Promise.all(tabs.map((tab) => form(tab).save.click()));
    const both = { name: "From the tab", description: "From its copy" };
    await equals(`${label}: both are saved`, async () => (({ name, description }) => ({ name, description }))(await object(server, "altostrat/owner", id)), both);
    for (const tab of tabs) assert.equal(await tab.getByRole("dialog").count(), 0, `${label}: nobody is asked to sign in again`);
    const sent = [...asked(guard, "refresh_token"), ...asked(watch, "refresh_token")];
    assert.ok(sent.length > 0, `${label}: something was renewed`);
    assert.equal(new Set(sent).size, sent.length, `${label}: no refresh token is sent twice`);
    for (const tab of tabs) await clockOff(tab, 0);
    watch.end();
    await copy.close();
  }, undefined, TABS);
});
