// The rules of membership. Guarantees: one that is known beforehand is explained where it is met, and nothing is sent; one
// that only the service knows is told in its words; who may not manage members sees them all the same.

import assert from "node:assert/strict";
import { closeAfterwards, journey } from "./lib/browser.mjs";
import { list, notice, pane, people, standing } from "./lib/screens.mjs";
import { OWNED } from "./lib/seed.mjs";
import { holding, holdings, membersOf } from "./lib/services.mjs";
import { equals, until } from "./lib/until.mjs";

closeAfterwards();

const subject = (token) => JSON.parse(Buffer.from(token.split(".")[1], "base64url")).sub;

async function open(page, account, one) {
  await page.goto(`/workspaces/${account}/${one.id}/members`);
  await pane(page).heading(one.name).waitFor();
}

journey("Altostrat: the last owner cannot leave or step down, which is explained and not sent", { accounts: ["altostrat/owner"], people: ["admin"],
  prepare: async ({ server }) => {
    const made = await server.api("owner", "POST", "/workspaces", { name: "All mine", billing_mode: "single" });
    assert.equal(made.status, 201, JSON.stringify(made));
  },
}, async ({ page, server, guard }) => {
  const one = await holding(server, "owner", "All mine");
  const [me, other] = [subject(server.token("owner")), subject(server.token("admin"))];
  const screen = people(page);
  const last = "This is the last member with the role owner, and one has to remain. Make somebody else owner first.";
  await open(page, "altostrat", one);
  await screen.row(me).waitFor();
  await screen.row(me).getByText("You", { exact: true }).waitFor();
  for (const control of [screen.change(me), screen.leave]) {
    const { disabled, description } = await standing(control);
    assert.deepEqual([disabled, description], [true, last]);
    await control.click({ force: true });
    await page.getByRole("status").filter({ hasText: last }).first().waitFor();
    await control.press("Enter");
    // Escape closes what is on top, and that alone.
    await page.keyboard.press("Escape");
    await page.getByRole("status").filter({ hasText: last }).first().waitFor({ state: "hidden" });
    assert.equal(await pane(page).part.count(), 1, "the workspace stays open");
  }
  assert.equal(await page.getByRole("dialog").count(), 0);
  assert.deepEqual(guard.mutations(), []);

  // The service lists nobody to choose from: the id is typed.
  await screen.begin.click();
  await page.getByText("The person's id at Altostrat, which lists nobody to choose from.").waitFor();
  const send = screen.add.getByRole("button", { name: "Add member", exact: true });
  assert.equal((await standing(send)).description, "Type the user id first.");
  await screen.user.fill(other);
  await screen.role.selectOption("owner");
  await screen.send(other, "owner").click();
  await notice(page, `${other} was added to All mine as owner.`);
  await until("now I may leave", async () => !(await standing(screen.leave)).disabled);
  await screen.leave.click();
  const question = screen.question("Leave All mine");
  await question.getByText("You lose the role owner here.").waitFor();
  guard.allowStatus(404);
  await question.getByRole("button", { name: "Leave All mine", exact: true }).click();
  await notice(page, "You left All mine.");
  await list(page).rowOf(one.id).waitFor({ state: "detached" });
  assert.equal((await holdings(server, "owner")).some(({ id }) => id === one.id), false);
  assert.deepEqual(guard.mutations().map((line) => line.split(" ")[0]), ["POST", "DELETE"]);
});

journey("Altostrat: an admin deals in no role above their own", { accounts: ["altostrat/admin"] }, async ({ page, server, guard }) => {
  const me = subject(server.token("admin"));
  let one;
  let members;
  for (const each of await holdings(server, "admin")) {
    members = await membersOf(server, "admin", each.id);
    if (!each.archived && members[me] === "admin" && Object.values(members).includes("owner")) {
      one = each;
      break;
    }
  }
  const owner = Object.keys(members).find((id) => members[id] === "owner");
  const strong = "Giving, changing or taking away the role owner takes that role yourself.";
  const screen = people(page);
  await open(page, "altostrat", one);
  await screen.row(owner).waitFor();
  for (const control of [screen.change(owner), screen.remove(owner)]) assert.deepEqual(await standing(control), { disabled: true, busy: false, description: strong });
  await screen.begin.click();
  await screen.user.fill("auth0|somebody");
  await screen.role.selectOption("owner");
  const send = screen.send("auth0|somebody", "owner");
  assert.equal((await standing(send)).description, strong);
  await send.click({ force: true });
  await screen.user.press("Enter");
  assert.deepEqual(guard.mutations(), []);

  await screen.role.selectOption("viewer");
  await screen.user.fill(me);
  assert.equal((await standing(screen.send(me, "viewer"))).description, "They are a member already.");
  guard.allowStatus(400, 404, 422);
  await screen.user.fill("auth0|nobody");
  await screen.send("auth0|nobody", "viewer").click();
  await pane(page).alert.filter({ hasText: "The members were not changed" }).filter({ hasText: "Nothing has changed." }).waitFor();
  assert.equal(await screen.user.inputValue(), "auth0|nobody", "what was typed stays");
  assert.equal(guard.mutations().length, 1);
});

journey("Altostrat: a full workspace says so before anybody is chosen", { accounts: ["altostrat/owner"] }, async ({ page, server, guard }) => {
  const one = await holding(server, "owner", OWNED);
  const member = (number) => ({ user_id: number ? `auth0|${number}` : subject(server.token("owner")), workspace_id: one.id, role: number ? "viewer" : "owner", created_at: "2026-01-01T00:00:00.000000Z", updated_at: "2026-01-01T00:00:00.000000Z" });
  await server.faults({ method: "GET", path: `/workspaces/${one.id}/members`, action: { status: 200, body: { data: Array.from({ length: 100 }, (_, number) => member(number)), has_more: false } } });
  await open(page, "altostrat", one);
  const { begin, table } = people(page);
  await table.waitFor();
  await until("it says so", async () => (await standing(begin)).description === "This workspace has as many members as the service allows: 100.");
  await begin.click({ force: true });
  assert.equal(await people(page).add.count(), 0);
  await page.getByText("100 members", { exact: true }).waitFor();
  await page.getByRole("searchbox", { name: "Filter members" }).fill("auth0|42");
  await page.getByText("1 of 100 members", { exact: true }).waitFor();
  assert.deepEqual(guard.mutations(), []);
});

for (const [setting, goes] of [["flashback_last_admin=400", false], ["flashback_last_admin=200", true]]) {
  journey(`Flashback: the last ADMIN, under ${setting}, is the service's to decide`, { accounts: ["flashback/owner"], settings: [setting] }, async ({ page, server, guard }) => {
    guard.allowStatus(400, 404);
    const made = await server.api("flashback/owner", "POST", "/workspace", { name: "All mine" });
    assert.equal(made.status, 201, JSON.stringify(made));
    const one = await holding(server, "flashback/owner", "All mine");
    const screen = people(page);
    await open(page, "flashback", one);
    await screen.change("Olivia Okafor").click();
    await screen.editor("Olivia Okafor").getByRole("combobox", { name: "Role" }).selectOption("READ");
    await screen.editor("Olivia Okafor").getByRole("button", { name: "Change role", exact: true }).click();
    if (goes) {
      await notice(page, "The role of Olivia Okafor in All mine is read now.");
      await until("and my own way is shut", async () => /Your role here is read\./.test((await standing(screen.begin)).description));
    } else {
      await pane(page).alert.filter({ hasText: "The members were not changed" }).filter({ hasText: "Cannot remove or demote the last workspace admin" }).filter({ hasText: "Nothing has changed." }).waitFor();
      assert.deepEqual(Object.values(await membersOf(server, "flashback/owner", one.id)), ["ADMIN"]);
    }
    assert.equal(guard.mutations().length, 1);
  });
}

journey("viewers see the members and can change none of them", { accounts: ["altostrat/viewer", "flashback/viewer"] }, async ({ page, server, guard }) => {
  for (const [who, role] of [["altostrat/viewer", "viewer"], ["flashback/viewer", "read"]]) {
    const one = await holding(server, who, OWNED);
    const screen = people(page);
    await open(page, who.split("/")[0], one);
    await screen.table.waitFor();
    await equals(`${who}: everybody is there`, async () => (await screen.table.getByRole("row").count()) - 1, Object.keys(await membersOf(server, who, one.id)).length);
    const { disabled, description } = await standing(screen.begin);
    assert.ok(disabled, who);
    assert.match(description, new RegExp(`^Managing members takes the role .*\\. Your role here is ${role}\\.`));
    await pane(page).part.getByText(description).first().waitFor();
    await screen.begin.click({ force: true });
    assert.equal(await screen.table.getByRole("button", { name: /^(Change role|Remove)/ }).count(), 0, who);
    assert.equal(await screen.add.count(), 0);
  }
  assert.deepEqual(guard.mutations(), []);
});
