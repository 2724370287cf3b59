// The states of a session that ends, for the one list of `states.mjs`. Guarantees: as there.

import { archiveDialog, form, list, standing } from "./screens.mjs";
import { OWNED } from "./seed.mjs";
import { holding } from "./services.mjs";
import { EMAILS, keyInDialog, passwordInDialog, signInAgain, signInByWindow } from "./sign-in.mjs";
import { until } from "./until.mjs";

const LABELS = { altostrat: "Altostrat", anthropic: "Anthropic", flashback: "Flashback" };
const answered = (page, text) => page.getByText(text).first().waitFor();

/** A form with something in it, saved into a session that has ended. Gives back the dialog. */
async function interrupted({ page, server }, dialect, name = OWNED) {
  const one = await holding(server, `${dialect}/owner`, name);
  await until("may edit", async () => !(await standing(list(page).editOf(one.id))).disabled);
  await list(page).editOf(one.id).click();
  await form(page).name.fill("A name typed with care");
  await server.faults({ dialect, action: { status: 401 } });
  await form(page).save.click();
  const dialog = signInAgain(page, LABELS[dialect]);
  await dialog.waitFor();
  await server.noFaults();
  return dialog;
}

export const SESSIONS = {
  "sign-in-again": { reach: (scene) => interrupted(scene, "altostrat") },
  "sign-in-again-key": { accounts: ["anthropic/owner"], reach: (scene) => interrupted(scene, "anthropic", "Staging") },
  "sign-in-again-key-refused": {
    accounts: ["anthropic/owner"],
    reach: async (scene) => {
      await keyInDialog(await interrupted(scene, "anthropic", "Staging"), "sk-ant-admin01-unknown");
      await answered(scene.page, "The service does not accept this key.");
    },
  },
  "sign-in-again-password": {
    accounts: ["flashback/owner"],
    reach: async (scene) => {
      await passwordInDialog(await interrupted(scene, "flashback"), EMAILS.owner, "wrong");
      await answered(scene.page, "Signing in did not work");
    },
  },
  "sign-in-again-window": {
    reach: async (scene) => {
      const dialog = await interrupted(scene, "altostrat");
      const opens = scene.page.waitForEvent("popup");
      await dialog.getByRole("button", { name: "Continue with Altostrat" }).click();
      await (await opens).close();
      await answered(scene.page, "Go on in the other window");
    },
  },
  "sign-in-again-blocked": {
    reach: async (scene) => {
      const dialog = await interrupted(scene, "altostrat");
      await scene.page.evaluate(() => (window.open = () => null));
      await dialog.getByRole("button", { name: "Continue with Altostrat" }).click();
      await answered(scene.page, "The browser blocked the window");
    },
  },
  "sign-in-again-somebody-else": {
    reach: async (scene) => {
      await signInByWindow(scene.page, await interrupted(scene, "altostrat"), "admin");
      await scene.page.getByRole("dialog", { name: "Somebody else has signed in" }).waitFor();
    },
  },
  "sign-in-again-archive": {
    reach: async ({ page, server }) => {
      await until("may archive", async () => !(await standing(list(page).archive(OWNED))).disabled);
      await list(page).archive(OWNED).click();
      await archiveDialog(page, OWNED).field.fill(OWNED);
      await server.faults({ method: "DELETE", action: { status: 401 } });
      await archiveDialog(page, OWNED).field.press("Enter");
      await signInAgain(page, "Altostrat").waitFor();
    },
  },
  "session-ends-soon": {
    accounts: ["anthropic/owner"],
    reach: async ({ page }) => {
      await page.evaluate(() => {
        const key = "steward.session/anthropic";
        sessionStorage.setItem(key, JSON.stringify({ ...JSON.parse(sessionStorage.getItem(key)), expires: Date.now() + 100_000 }));
      });
      await page.reload();
      await list(page).ready();
      await page.getByRole("button", { name: "Extend session" }).waitFor();
    },
  },
};
