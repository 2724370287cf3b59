// Ending what stands in the way of an archive, from the dialog's work list, under every fault of lib/faults-table.mjs: a
// subscription is cancelled, a bucket or a repository is deleted. Guarantees: a line is ticked off by what the service shows
// alone; the typed name stays; nothing is sent again by itself, and nothing else is touched.

import assert from "node:assert/strict";
import { closeAfterwards, journey } from "./lib/browser.mjs";
import { ELSEWHERE, rowOf } from "./lib/faults-table.mjs";
import { change, inWidth, LIMIT, settled, walk } from "./lib/faults-walk.mjs";
import { archiveDialog, list, standing, written } from "./lib/screens.mjs";
import { holding, holdings } from "./lib/services.mjs";
import { EMAILS, PASSWORD, passwordInDialog, signInByWindow } from "./lib/sign-in.mjs";
import { equals, until } from "./lib/until.mjs";
import { spoilTime } from "./lib/wire.mjs";

closeAfterwards();

/** What only a list can meet: the answers to these changes hold none. */
const OF_LISTS = ["every id twice", "odd value", "null list"];
const UNSEEN_WHY = "The service accepted the request and does not show its effect yet.";

/** Has every row of these lists be called that. */
async function renames(page, matches, name) {
  await page.route(matches, async (route) => {
    const real = await route.fetch();
    const said = await real.json();
    for (const rows of [said.data, said.buckets, said.repos]) for (const row of rows ?? []) row.name = name;
    await route.fulfill({ json: said });
  });
  return () => page.unroute(matches);
}

/** Ends one thing after the other, each under one fault of a part. `kind` says what, and how it stands at the service. */
const ending = (kind, which) => async (scene) => {
  const { page, server } = scene;
  const screen = list(page);
  await screen.ready();
  const spent = [];
  await walk(scene, kind.operation, async (cell) => {
    const { label, fault, ends } = cell;
    let before = await kind.truth(server);
    let one = kind.next(before, spent);
    if (!one) {
      // Each can be ended once.
      await server.afresh();
      before = await kind.truth(server);
      one = kind.next(before, spent);
    }
    const renamed = fault.name && (await renames(page, kind.names, fault.name));
    const opener = screen.archiveOf(one.workspace.id);
    await until(`${label}: it can be archived`, async () => !(await standing(opener)).disabled);
    await opener.click();
    const { dialog, field, alert, again, rows } = archiveDialog(page, written(one.workspace.name));
    await field.fill(one.workspace.name);
    const row = rows.filter({ hasText: one.id });
    const send = row.getByRole("button", { name: kind.button });
    await send.click();
    await row.getByText(kind.means).waitFor();
    if (kind.previews) await row.getByText(kind.previews).waitFor();
    if (renamed) {
      await row.filter({ hasText: /N{20}|gnp\.exe/ }).waitFor();
      await inWidth(page, label);
    }
    const reading = { method: "GET", path: one.list };
    const isOver = async () => (await kind.truth(server)).find(({ id }) => id === one.id).over;
    // Looked for in all dialogs: another one may lie on top.
    const kept = () => equals(`${label}: what was typed is there to the letter`, () => page.evaluate(() => document.querySelector("dialog[open] input[type=text]").value), one.workspace.name);
    const tickedOff = () => row.getByText("No longer in the way").isVisible();
    const checked = async () => {
      await until(`${label}: it can be checked again`, async () => !(await standing(again)).disabled);
      await again.click();
      await until(`${label}: it was checked again`, async () => !(await standing(again)).disabled);
    };
    const { disarm, counted } = await change(scene, cell, {
      place: { dialect: kind.dialect, known: one.known, ...(OF_LISTS.includes(rowOf(cell.kind)) ? reading : { method: "DELETE", path: one.path }) },
      reading,
      says: kind.says,
      why: kind.why(cell.kind, ends) ?? fault.why,
      alert, within: "dialog", send, kept,
      done: tickedOff,
      lookAgain: async () => {
        await checked();
        if (await tickedOff()) return false;
        assert.equal(await isOver(), false, `${label}: it stands at the service`);
        await send.click();
        await row.getByText(kind.means).waitFor();
        await send.click();
        return true;
      },
      unseen: {
        told: () => row.getByText(/^You cancelled it on .+ accepted that\. It runs until .+ does not show the cancellation\.$/).waitFor(),
        again: async (disarm) => {
          if (ends === "accepted") {
            await disarm();
            await until(`${label}: the service has it`, isOver);
            await until(`${label}: it shows`, async () => {
              if (await tickedOff()) return true;
              await checked();
              return false;
            });
          } else {
            await checked();
            await unended(row, send);
          }
        },
      },
      account: kind.account,
      asks: () => alert.getByRole("button", { name: "Sign in again" }).click(),
      signIn: (asks) => kind.signIn(page, asks),
      waits: async () => {
        await kept();
        await send.click();
        await row.getByText(kind.means).waitFor();
      },
    });
    if (ends === "accepted" || ends === "still there") spent.push(one.id);
    if (ends === "still there") assert.equal(await isOver(), false, `${label}: it runs at the service`);
    else {
      await row.getByText("No longer in the way").waitFor();
      assert.equal(await isOver(), true, `${label}: it is over at the service`);
    }
    const touched = (await kind.truth(server)).filter((each, at) => each.over !== before[at].over).map(({ id }) => id);
    assert.deepEqual(touched, ends === "still there" ? [] : [one.id], `${label}: nothing else is touched`);
    assert.equal((await holding(server, kind.who, one.workspace.name)).archived, false, `${label}: nothing is archived by it`);
    await kept();
    counted();
    await settled(page, label, "dialog");
    await disarm();
    await renamed?.();
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "hidden" });
  }, () => page.goto("/workspaces").then(() => screen.ready()), which);
};

/** A line that was not ended: no word of it being over, and not offered again. */
async function unended(row, send) {
  await row.getByText(/accepted that\./).waitFor();
  assert.equal((await row.getByText("No longer in the way").count()) + (await send.count()), 0);
}

/** Workspaces with subscriptions, of which the owner is an owner. */
const SUBSCRIBED = ["Lantern Hotels Group", "Ostrich & Sons Freight", "Ridgeway Clinics", "Eastgate Schools"];
const OVER = ["canceled", "incomplete_expired"];
/** Whether less would be left without it than is in use there, so that the service keeps it. */
const needed = ({ name }, status) => name === SUBSCRIBED.at(-1) && ["active", "past_due"].includes(status);

const SUBSCRIPTION = {
  operation: "cancelling", who: "altostrat/owner", dialect: "altostrat", account: "Altostrat",
  button: /^Cancel subscription/,
  means: /at the end of its period/,
  previews: /previews the next invoice|What it saves could not be read/,
  says: ["The subscription was not cancelled", "It is not known whether the subscription was cancelled"],
  why: (kind) => (kind === "404" ? "The service has no such subscription" : undefined),
  names: (url) => /\/(billing-accounts|subscriptions)$/.test(url.pathname),
  signIn: (page, asks) => signInByWindow(page, asks, "owner"),
  async lists(server) {
    const workspaces = (await holdings(server, this.who)).filter(({ name }) => SUBSCRIBED.includes(name));
    const paid = async (workspace) => {
      const { body: { data } } = await server.api(this.who, "GET", `/workspaces/${workspace.id}/billing-accounts`);
      return data.map(({ id }) => ({ workspace, path: `/workspaces/${workspace.id}/billing-accounts/${id}/subscriptions` }));
    };
    return (await Promise.all(workspaces.map(paid))).flat();
  },
  async truth(server) {
    // They are the same at every server of this size.
    this.known ??= await this.lists(server);
    const rows = async ({ workspace, path }) => {
      const { body: { data } } = await server.api(this.who, "GET", path);
      return data.map((each) => ({ id: each.id, over: OVER.includes(each.status), needed: needed(workspace, each.status), workspace, list: path, path: `${path}/${each.id}` }));
    };
    return (await Promise.all(this.known.map(rows))).flat();
  },
  /** One of which this tab does not know that it is cancelled: such a one is not offered. */
  next: (all, spent) => all.find(({ id, over, needed }) => !over && !needed && !spent.includes(id)),
};

const STORAGE = {
  operation: "deleting", who: "flashback/owner", dialect: "flashback", account: "Flashback",
  button: /^Delete (bucket|repository): /,
  means: /There is no way here to take this back\./,
  says: ["It was not deleted", "It is not known whether it was deleted"],
  why: (kind, ends) => {
    if (kind === "403") return "The service does not allow it: something still uses it, or your role does not reach.";
    if (kind === "404") return "The service has no such thing";
    return ends === "not known" && kind !== "connection dropped after, and no reading" ? UNSEEN_WHY : undefined;
  },
  names: (url) => /\/(bucket|repo)$/.test(url.pathname),
  signIn: (page, asks) => passwordInDialog(asks, EMAILS.owner, PASSWORD),
  async truth(server) {
    const rows = async (kind, name) => (await server.api(this.who, "GET", `/${kind}`)).body[name].map((row) => ({ ...row, kind, name }));
    const all = (await Promise.all([rows("repo", "repos"), rows("bucket", "buckets")])).flat();
    // They are the same at every server of this size, and what is deleted is listed no more.
    this.first ??= all;
    this.workspaces ??= await holdings(server, this.who);
    return this.first.map(({ id, kind, name, workspaceId }) => ({
      id, over: !all.some((row) => row.id === id), list: `/${kind}`, path: `/${kind}/${id}`, workspace: this.workspaces.find((each) => each.id === workspaceId),
      known: { success: true, [name]: [{ id, workspaceId, deletedAt: { a: [1] } }] },
    }));
  },
  /** Repositories come first: none of the buckets after them is in use any more. */
  next: (all) => all.find(({ over }) => !over),
};

const cancelling = { accounts: [SUBSCRIPTION.who], settings: ["cancel_ends=now"], limit: LIMIT, prepare: ({ page }) => spoilTime(page) };
const deleting = { accounts: [STORAGE.who], limit: LIMIT, prepare: ({ page }) => spoilTime(page) };

journey("cancelling a subscription, under every fault", cancelling, ending(SUBSCRIPTION));
journey("deleting a bucket or a repository, under every fault", deleting, ending(STORAGE));
journey("cancelling at a service of another origin, under what only that can meet", { ...cancelling, elsewhere: true }, ending(SUBSCRIPTION, ELSEWHERE));
journey("deleting at a service of another origin, under what only that can meet", { ...deleting, elsewhere: true }, ending(STORAGE, ELSEWHERE));
