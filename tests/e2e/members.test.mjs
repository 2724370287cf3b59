// Members: who they are, adding one, changing a role, taking one out. Guarantees: what is shown as changed is what the
// service's list says; what the service refuses is told in its own words with nothing lost; each press is one request.

import assert from "node:assert/strict";
import { closeAfterwards, journey } from "./lib/browser.mjs";
import { focused, list, notice, pane, people, standing } from "./lib/screens.mjs";
import { OWNED } from "./lib/seed.mjs";
import { holding, membersOf } from "./lib/services.mjs";
import { until } from "./lib/until.mjs";

closeAfterwards();

/** Everybody whom a service would let be added, as `{ id, name }`. */
const EVERYBODY = {
  anthropic: async (server, who) => (await server.api(who, "GET", "/v1/organizations/users?limit=1000")).body.data.filter(({ role }) => ["user", "developer"].includes(role)),
  flashback: async (server, who) => (await server.api(who, "GET", "/organization/users")).body.data.filter(({ deletedAt }) => !deletedAt).map((each) => ({ ...each, name: `${each.name} ${each.lastName}` })),
  openai: async (server, who) => (await server.api(who, "GET", "/v1/organization/users?limit=100")).body.data,
};

/** Somebody who is no member yet. */
async function stranger(server, who, id) {
  const members = await membersOf(server, who, id);
  return (await EVERYBODY[who.split("/")[0]](server, who)).find((each) => !(each.id in members));
}

async function open(page, account, one) {
  await page.goto(`/workspaces/${account}/${one.id}/members`);
  await pane(page).heading(one.name).waitFor();
}

// Service, workspace, the role first given, and the one afterwards.
for (const [service, name, first, then] of [
  ["anthropic", "Claims Triage", "workspace_developer", "workspace_admin"],
  ["flashback", OWNED, "READ", "WRITE"],
  ["openai", OWNED, "member", "owner"],
]) {
  const word = (role) => role.replace("_", " ").toLowerCase();
  journey(`${service}: somebody is found, added, given another role and taken out`, { accounts: [`${service}/owner`] }, async ({ page, server, guard }) => {
    const who = `${service}/owner`;
    const one = await holding(server, who, name);
    const before = await membersOf(server, who, one.id);
    const person = await stranger(server, who, one.id);
    const screen = people(page);
    await open(page, service, one);
    await screen.begin.click();
    await until("focus in the field", async () => (await focused(page)) === "input Find a person");
    await screen.find.fill(person.name.split(" ")[0].toUpperCase());
    await screen.person(person.id).waitFor();
    // Whoever is in it already is not offered.
    for (const member of Object.keys(before)) assert.equal(await screen.person(member).count(), 0, member);
    await screen.person(person.id).check();
    await screen.role.selectOption(first);
    await screen.send(person.name, word(first)).click();
    await notice(page, `${person.name} was added to ${name} as ${word(first)}.`);
    await screen.row(person.id).waitFor();
    assert.deepEqual(await membersOf(server, who, one.id), { ...before, [person.id]: first });

    const shown = person.name;
    await screen.change(shown).click();
    const change = screen.editor(shown).getByRole("button", { name: "Change role", exact: true });
    assert.equal((await standing(change)).description, "Choose another role first.");
    await screen.editor(shown).getByRole("combobox", { name: "Role" }).selectOption(then);
    await change.click();
    await notice(page, `The role of ${shown} in ${name} is ${word(then)} now.`);
    await until("the row says so", async () => (await screen.row(person.id).innerText()).toLowerCase().includes(word(then)));
    assert.equal((await membersOf(server, who, one.id))[person.id], then);

    await screen.remove(shown).click();
    const question = screen.question(`Remove ${shown} from ${name}`);
    await question.getByRole("button", { name: "Keep member" }).click();
    await question.waitFor({ state: "hidden" });
    await screen.remove(shown).click();
    assert.ok((await question.innerText()).includes(one.id), "which workspace");
    await question.getByRole("button", { name: `Remove ${shown} from ${name}`, exact: true }).click();
    await notice(page, `${shown} was removed from ${name}.`);
    await screen.row(person.id).waitFor({ state: "detached" });
    assert.deepEqual(await membersOf(server, who, one.id), before);
    assert.equal(guard.mutations().length, 3, "one request each");
    await until("focus is not lost", async () => (await focused(page)) !== "nothing");
  });
}

journey("somebody else was faster with the same person: told in the service's words, and the list is right afterwards", { accounts: ["anthropic/owner"] }, async ({ page, server, guard }) => {
  guard.allowStatus(400);
  const one = await holding(server, "anthropic/owner", "Claims Triage");
  const person = await stranger(server, "anthropic/owner", one.id);
  const screen = people(page);
  await open(page, "anthropic", one);
  await screen.begin.click();
  await screen.find.fill(person.id);
  await screen.person(person.id).check();
  assert.equal((await server.api("anthropic/owner", "POST", `/v1/organizations/workspaces/${one.id}/members`, { user_id: person.id, workspace_role: "workspace_user" })).status, 200);
  await screen.send(person.name, "workspace user").click();
  await pane(page).alert.filter({ hasText: "The members were not changed" }).filter({ hasText: "The user is already a member of the workspace." }).waitFor();
});

journey("a lost answer is settled by reading the members again", { accounts: ["anthropic/owner"] }, async ({ page, server, guard }) => {
  guard.allowStatus(504);
  const one = await holding(server, "anthropic/owner", "Claims Triage");
  const person = await stranger(server, "anthropic/owner", one.id);
  const screen = people(page);
  await open(page, "anthropic", one);
  await screen.begin.click();
  await screen.find.fill(person.id);
  await screen.person(person.id).check();
  await server.faults({ dialect: "anthropic", method: "POST", perform: true, action: { status: 504 } });
  await screen.send(person.name, "workspace user").evaluate((button) => {
    for (let press = 0; press < 20; press += 1) button.click();
  });
  await notice(page, `${person.name} was added to Claims Triage as workspace user.`);
  await screen.row(person.id).waitFor();
  assert.equal(guard.mutations().length, 1, "twenty presses, one request");
});

journey("people who cannot be listed can still be added, by id; who was deleted is not offered", { accounts: ["flashback/owner"] }, async ({ page, server, guard }) => {
  guard.allowStatus(403);
  const one = await holding(server, "flashback/owner", OWNED);
  const { data } = (await server.api("flashback/owner", "GET", "/organization/users")).body;
  const gone = data.find(({ deletedAt }) => deletedAt);
  assert.ok(gone, "the seed has somebody who was deleted");
  const screen = people(page);
  await open(page, "flashback", one);
  await screen.begin.click();
  await screen.find.fill(gone.email);
  await page.getByText(/^Nobody fits who is not a member already\./).waitFor();
  await screen.add.getByRole("button", { name: "Cancel" }).click();

  // Asked for once and kept; a new page asks again.
  const person = await stranger(server, "flashback/owner", one.id);
  await server.faults({ dialect: "flashback", method: "GET", path: "/organization/users", action: { status: 403, body: { success: false, data: [], total: 0 } } });
  await open(page, "flashback", one);
  await screen.begin.click();
  await screen.add.getByRole("alert").filter({ hasText: "The people who can be added could not be loaded" }).filter({ hasText: "You can type a user id instead." }).waitFor();
  await screen.user.fill(person.id);
  await screen.role.selectOption("WRITE");
  await screen.send(person.id, "write").click();
  await notice(page, `${person.id} was added to ${OWNED} as write.`);
  await screen.row(person.name).waitFor();
});
