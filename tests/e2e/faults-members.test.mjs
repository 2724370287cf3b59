// Changing members, under every fault of lib/faults-table.mjs. Guarantees: what was chosen or typed stays until the service's
// own list shows it; nobody is told to be in, or to be something else, before that.

import assert from "node:assert/strict";
import { closeAfterwards, journey } from "./lib/browser.mjs";
import { ELSEWHERE } from "./lib/faults-table.mjs";
import { change, LIMIT, settled, walk } from "./lib/faults-walk.mjs";
import { pane, people } from "./lib/screens.mjs";
import { holding, membersOf } from "./lib/services.mjs";
import { keyInDialog } from "./lib/sign-in.mjs";
import { equals, until } from "./lib/until.mjs";
import { spoilTime } from "./lib/wire.mjs";

closeAfterwards();

const WHO = "anthropic/owner";
const SAYS = ["The members were not changed", "It is not known whether the members were changed"];
const MEMBERS = (id) => `/v1/organizations/workspaces/${id}/members`;
const options = { accounts: [WHO], settings: ["anthropic_rate=0"], limit: LIMIT, prepare: ({ page }) => spoilTime(page) };

/** A workspace, and somebody who is not in it. */
async function stranger(server) {
  const one = await holding(server, WHO, "Claims Triage");
  const members = await membersOf(server, WHO, one.id);
  const { body: { data: everybody } } = await server.api(WHO, "GET", "/v1/organizations/users?limit=1000");
  return { ...one, person: everybody.find((each) => !(each.id in members) && ["user", "developer"].includes(each.role)) };
}

/** The words of all cells at this service. */
const common = ({ page, server }, id) => ({
  says: SAYS,
  alert: pane(page).alert,
  within: "aside",
  reading: { method: "GET", path: MEMBERS(id) },
  lookAgain: () => pane(page).alert.getByRole("button", { name: "Refresh" }).click().then(() => false),
  account: "Anthropic",
  signIn: (dialog) => keyInDialog(dialog, server.token(WHO)),
});

/** A change of a role, under each fault of a part. */
const changing = (which) => async (scene) => {
  const { page, server } = scene;
  const { id, name: workspace, person } = await stranger(server);
  assert.equal((await server.api(WHO, "POST", MEMBERS(id), { user_id: person.id, workspace_role: "workspace_user" })).status, 200);
  const screen = people(page);
  const afresh = () => page.goto(`/workspaces/anthropic/${id}/members`);
  const role = async () => (await membersOf(server, WHO, id))[person.id];
  await afresh();
  await walk(scene, "change of a role", async (cell) => {
    const { label, ends } = cell;
    const now = await role();
    const then = now === "workspace_user" ? "workspace_developer" : "workspace_user";
    await screen.change(person.name).click();
    const editor = screen.editor(person.name);
    await editor.getByRole("combobox", { name: "Role" }).selectOption(then);
    const { disarm, counted } = await change(scene, cell, {
      ...common(scene, id),
      place: { dialect: "anthropic", method: "POST", path: `${MEMBERS(id)}/*` },
      send: editor.getByRole("button", { name: "Change role", exact: true }),
      kept: async () => {
        await equals(`${label}: what was chosen is there`, () => page.evaluate(() => document.querySelector("aside select").value), then);
        if (ends === "not done") assert.equal(await role(), now, `${label}: nothing changed`);
      },
      done: async () => !(await editor.isVisible()),
    });
    if (ends === "not shown") {
      assert.equal(await role(), now, `${label}: nothing has changed at the service`);
      assert.equal(await page.getByText(`is ${then.replace("_", " ")} now.`).count(), 0, `${label}: and nothing is told as done`);
      counted();
      return afresh();
    }
    if (ends === "accepted") {
      assert.equal(await role(), then, `${label}: the service has it`);
      await until(`${label}: the row says so`, async () => (await screen.row(person.id).innerText()).toLowerCase().includes(then.replace("_", " ")));
      counted();
      return afresh();
    }
    await until(`${label}: the row says so`, async () => (await screen.row(person.id).innerText()).toLowerCase().includes(then.replace("_", " ")));
    if (ends !== "not known") {
      await editor.waitFor({ state: "hidden" });
      await page.getByText(`The role of ${person.name} in ${workspace} is ${then.replace("_", " ")} now.`).first().waitFor();
      await equals(`${label}: nothing is told any more`, () => pane(page).alert.count(), 0);
    }
    assert.equal(await role(), then, `${label}: the service has it`);
    counted();
    await settled(page, label);
    await disarm();
    if (ends === "not known") await afresh();
  }, afresh, which);
};

journey("a change of a role, under every fault", options, changing());
journey("a change of a role at a service of another origin, under what only that can meet", { ...options, elsewhere: true }, changing(ELSEWHERE));

/** Adding a member, under each fault of a part. */
const adding = (which) => async (scene) => {
  const { page, server } = scene;
  const { id, name: workspace, person } = await stranger(server);
  const screen = people(page);
  const within = async () => person.id in (await membersOf(server, WHO, id));
  const afresh = () => page.goto(`/workspaces/anthropic/${id}/members`);
  await walk(scene, "adding a member", async (cell) => {
    const { label, ends } = cell;
    // Each cell begins without them.
    if (await within()) assert.equal((await server.api(WHO, "DELETE", `${MEMBERS(id)}/${person.id}`)).status, 200);
    await afresh();
    await screen.begin.click();
    await screen.find.fill(person.name);
    await screen.person(person.id).check();
    await screen.role.selectOption("workspace_developer");
    const { disarm, counted } = await change(scene, cell, {
      ...common(scene, id),
      place: { dialect: "anthropic", method: "POST", path: MEMBERS(id) },
      send: screen.send(person.name, "workspace developer"),
      kept: async () => {
        const look = () => page.evaluate(() => [document.querySelector("aside form input").value, document.querySelector("aside form input[type=radio]:checked")?.value !== undefined, document.querySelector("aside form select").value]);
        await equals(`${label}: what was typed and chosen is there`, look, [person.name, true, "workspace_developer"]);
        if (ends === "not done") assert.equal(await within(), false, `${label}: nothing changed`);
      },
      done: () => screen.row(person.id).isVisible(),
    });
    if (ends === "not shown") {
      assert.equal(await within(), false, `${label}: nobody was added at the service`);
      assert.equal(await page.getByText(`${person.name} was added`).count(), 0, `${label}: and nobody is told to be`);
      return counted();
    }
    await screen.row(person.id).filter({ hasText: /workspace developer/i }).waitFor();
    if (ends === "accepted") {
      assert.ok(await within(), `${label}: the service has it`);
      return counted();
    }
    if (ends !== "not known") {
      await page.getByText(`${person.name} was added to ${workspace} as workspace developer.`).first().waitFor();
      await equals(`${label}: nothing is told any more`, () => pane(page).alert.count(), 0);
    }
    assert.ok(await within(), `${label}: the service has it`);
    counted();
    await settled(page, label);
    await disarm();
  }, () => page.goto("/workspaces"), which);
};

journey("adding a member, under every fault", options, adding());
journey("adding a member at a service of another origin, under what only that can meet", { ...options, elsewhere: true }, adding(ELSEWHERE));
