// The lazy groups, which a first visit does not need. Guarantees: without them the list is read, searched and sorted;
// what needs one says that it is on its way or could not be had, with a way on, and nothing is lost or sent by that, no
// session nor its refresh token either; the file of any one group missing takes that group alone; each file is loaded once.

import assert from "node:assert/strict";
import { closeAfterwards, journey } from "./lib/browser.mjs";
import { archiveDialog, form, list, menu, pane, standing } from "./lib/screens.mjs";
import { OWNED } from "./lib/seed.mjs";
import { choose, EMAILS, PASSWORD, PEOPLE, signInAtTheService } from "./lib/sign-in.mjs";
import { equals, until } from "./lib/until.mjs";

closeAfterwards();

const LATER = /\/lazy-[\w-]+\.wasm$/;
const missing = (page) => page.getByRole("alert").filter({ hasText: "This part could not be loaded" }).filter({ hasText: "Nothing has changed." });
const loaded = (guard) => guard.all().map(({ path }) => path).filter((path) => LATER.test(path)).toSorted();

const BROKEN = {
  "is not there": (route) => route.fulfill({ status: 404, body: "" }),
  "cannot be reached": (route) => route.abort("connectionrefused"),
  "is a web page": (route) => route.fulfill({ status: 200, contentType: "text/html", body: "<!doctype html><title>Hotel Wi-Fi</title>" }),
  "is cut off": (route) => route.fulfill({ status: 200, contentType: "application/wasm", body: Buffer.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 9]) }),
};

const provoked = (guard) => {
  guard.allowStatus(404);
  guard.allow("net::ERR_CONNECTION_REFUSED", /lazy|wasm|WebAssembly/i);
};

for (const [what, reply] of Object.entries(BROKEN)) {
  journey(`lazy groups of which every file ${what} leave the list usable, say so where they are needed, and are loaded once they can be`, {
    // Signed in as after a reload: typing a token takes a lazy group.
    accounts: ["altostrat/owner"],
    prepare: async ({ page, guard }) => {
      provoked(guard);
      await page.route(LATER, reply);
    },
  }, async ({ page, guard }) => {
    const screen = list(page);
    await screen.ready();
    const names = await screen.names();
    await screen.search.fill("long read");
    await equals("the search works", () => screen.names(), [OWNED]);
    await screen.search.fill("");
    await screen.sort("Updated").click();
    await equals("sorting works", () => screen.head("Updated").getAttribute("aria-sort"), "ascending");
    assert.equal(names.length, (await screen.names()).length);

    await screen.link(OWNED).click();
    await missing(page).waitFor();
    assert.equal(await screen.names().then((all) => all.length > 0), true, "the list stays beside it");
    await menu(page, "Settings").click();
    await page.getByRole("heading", { name: "Settings", level: 1 }).waitFor();
    await missing(page).waitFor();
    await page.goBack();
    await missing(page).waitFor();
    await screen.edit(OWNED).click();
    await missing(page).first().waitFor();
    await until("may archive", async () => !(await standing(screen.archive(OWNED))).disabled);
    await screen.archive(OWNED).click();
    await until("told for the dialog too", async () => (await missing(page).count()) === 2);
    await page.getByRole("button", { name: "Dismiss" }).click();
    await until("and taken back", async () => (await missing(page).count()) === 1);
    assert.deepEqual(guard.mutations(), []);

    await page.unroute(LATER);
    await missing(page).getByRole("button", { name: "Refresh" }).click();
    await form(page).name.waitFor();
    await missing(page).waitFor({ state: "detached" });
    await form(page).name.fill("It works");
    await form(page).save.click();
    await page.getByText("Changes to It works are saved.", { exact: true }).first().waitFor();
  });
}

/** Holds the files back until the answer is called; what is asked for later passes. */
async function held(page) {
  const waiting = [];
  let open = false;
  await page.route(LATER, async (route) => {
    if (!open) await new Promise((resolve) => waiting.push(resolve));
    await route.continue().catch(() => {});
  });
  return {
    asked: () => waiting.length > 0,
    go: () => {
      open = true;
      for (const go of waiting) go();
    },
  };
}

journey("a group that takes its time: what was pressed opens by itself, once", { accounts: ["altostrat/owner"], workspaces: 40,
  prepare: async ({ page }) => {
    globalThis.lazy = await held(page);
  },
}, async ({ page, guard }) => {
  const screen = list(page);
  await screen.ready();
  await until("may archive", async () => !(await standing(screen.archive(OWNED))).disabled);
  await screen.archive(OWNED).click();
  await page.getByRole("status").filter({ hasText: /^Loading$/ }).first().waitFor();
  await screen.archive(OWNED).click();
  assert.equal(await page.getByRole("dialog").count(), 0);
  await until("asked for", () => globalThis.lazy.asked());
  globalThis.lazy.go();
  const { dialog, field } = archiveDialog(page, OWNED);
  await dialog.waitFor();
  await until("focus in the field", () => field.evaluate((element) => element === document.activeElement));
  assert.equal(await page.getByRole("dialog").count(), 1);
  await page.keyboard.press("Escape");
  await screen.link(OWNED).click();
  await pane(page).heading(OWNED).waitFor();
  await menu(page, "Activity").click();
  await page.getByRole("heading", { name: "No activity yet" }).waitFor();
  assert.deepEqual(loaded(guard), [...new Set(loaded(guard))], "each file once");
});

journey("a cold link into a group waits for it under its own heading", { person: "owner", keep: true }, async ({ page }) => {
  const lazy = await held(page);
  await page.goto("/settings");
  await page.getByRole("heading", { name: "Settings", level: 1 }).waitFor();
  await until("asked for", () => lazy.asked());
  assert.equal(await page.getByRole("radio", { name: "Dark" }).count(), 0);
  lazy.go();
  await page.getByRole("radio", { name: "Dark" }).waitFor();
  assert.equal(await page.getByRole("heading", { level: 1 }).count(), 1);
});

// What is in a group, and how a person comes to it.
const GROUPS = {
  workspace: async (page) => {
    await list(page).link(OWNED).click();
    return pane(page).heading(OWNED);
  },
  screens: async (page) => {
    await menu(page, "Settings").click();
    return page.getByRole("radio", { name: "Dark" });
  },
  "sign-in": async (page) => {
    await menu(page, "Accounts").click();
    await page.getByRole("link", { name: "Add account" }).click();
    return page.getByRole("radio", { name: "Flashback" });
  },
};
for (const group of Object.keys(GROUPS)) {
  const FILE = new RegExp(`/lazy-${group}-\\w+\\.wasm$`);
  journey(`without the file of ${group} the other groups work, and what needs it says so and offers to try again`, {
    accounts: ["altostrat/owner"],
    prepare: async ({ page, guard }) => {
      provoked(guard);
      await page.route(FILE, BROKEN["is not there"]);
    },
  }, async ({ page }) => {
    await list(page).ready();
    for (const [other, reach] of Object.entries(GROUPS)) {
      // The link to it is on one of the screens.
      if (group === "screens" && other === "sign-in") continue;
      const shown = await reach(page);
      if (other === group) {
        await missing(page).waitFor();
        assert.equal(await shown.count(), 0);
      } else await shown.waitFor();
      await menu(page, "Workspaces").click();
      await list(page).ready();
    }
    const shown = await GROUPS[group](page);
    await missing(page).waitFor();
    await page.unroute(FILE);
    await missing(page).getByRole("button", { name: "Refresh" }).click();
    await shown.waitFor();
    assert.equal(await missing(page).count(), 0);
  });
}

journey("signing in without its group says so and sends nothing, and works once it can be had", {
  prepare: async ({ page, guard }) => {
    provoked(guard);
    await page.route(LATER, BROKEN["is not there"]);
  },
}, async ({ page, guard }) => {
  await page.goto("/");
  await page.getByRole("heading", { level: 1 }).waitFor();
  await missing(page).waitFor();
  await page.unroute(LATER);
  await missing(page).getByRole("button", { name: "Refresh" }).click();
  await choose(page, "Altostrat");
  await page.getByRole("button", { name: "Continue with Altostrat" }).click();
  await page.getByRole("button", { name: PEOPLE.owner }).waitFor();
  await page.route(LATER, BROKEN["is not there"]);
  await page.getByRole("button", { name: PEOPLE.owner }).click();
  await missing(page).waitFor();
  assert.equal(guard.all().filter(({ path }) => path.endsWith("/oauth/token")).length, 0, "the code was not spent");
  await page.unroute(LATER);
  await missing(page).getByRole("button", { name: "Refresh" }).click();
  await page.getByRole("alert").filter({ hasText: "Signing in did not work" }).waitFor();
  await choose(page, "Flashback");
  await page.getByLabel("E-mail").fill(EMAILS.owner);
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in with password" }).click();
  await list(page).ready();
  assert.doesNotMatch(page.url(), /code=/);
});

journey("a kept session that seems over is taken up as it is without the group of sign-in, and renewed once it can be had", {
  prepare: async ({ guard }) => provoked(guard),
}, async ({ page, guard }) => {
  const renewals = () => guard.all().filter(({ body }) => body?.includes("grant_type=refresh_token")).length;
  const session = () => page.evaluate(() => JSON.parse(sessionStorage.getItem("steward.session/altostrat")));
  await page.goto("/");
  await signInAtTheService(page, "owner", { keep: true });
  await list(page).ready();
  const before = await session();
  await page.route(LATER, BROKEN["is not there"]);
  // The clock is wrong, or the session over: only its service can say.
  await page.addInitScript(() => {
    if (sessionStorage.getItem("seems over")) return;
    sessionStorage.setItem("seems over", "yes");
    const session = JSON.parse(sessionStorage.getItem("steward.session/altostrat"));
    sessionStorage.setItem("steward.session/altostrat", JSON.stringify({ ...session, expires: Date.now() - 1_000 }));
  });
  await page.reload();
  await list(page).ready();
  assert.equal(renewals(), 0);
  assert.equal((await session()).refresh, before.refresh, "the refresh token is there still");
  await page.unroute(LATER);
  await until("it is renewed", async () => (await session()).refresh !== before.refresh, 30_000);
  assert.equal(renewals(), 1);
  await list(page).reload.click();
  await list(page).ready();
  assert.equal(await page.getByText("Session ended").count(), 0);
});
