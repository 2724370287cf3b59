// The monkey for a short while, always the same one: `cargo xtask monkey` lets it loose for longer. Guarantees: no error,
// no word of the content policy, and a record of attempts that is what the database says; and that a record which is not
// would be found out.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { launch } from "./lib/browser.mjs";
import { contradictions } from "./lib/claims.mjs";
import { run } from "./lib/monkey-run.mjs";

const SEED = 2;
const FOR_MS = 45_000;

const browser = await launch();
after(async () => {
  await browser.close();
  setTimeout(() => process.exit(), 1_000).unref();
});

test("random presses under faults leave a page that lives and a record that is true", { timeout: 240_000 }, async () => {
  const { summary, errors, done, figures } = await run({ browser, seed: SEED, forMs: FOR_MS });
  console.log(summary);
  assert.deepEqual(errors, [], `seed ${SEED}, last actions:\n${done.join("\n")}`);
  // A monkey that does nothing finds nothing.
  for (const [what, least] of [["actions", 20], ["faults fired", 1], ["attempts", 2], ["done", 1]]) assert.ok(figures[what] >= least, `${what}: ${figures[what]}`);
});

const ID = "ws_1";
const KEY = `Altostrat ${ID}`;
const world = (state) => Object.assign(new Map([[KEY, { state: "active", "field/name": "Old", ...state }]]), { ask: () => undefined });
const attempt = (result, after, more) => ({ at: "2026-11-22T10:00:00.000Z", service: "Altostrat", workspace_id: ID, operation: "save", result, turns: [{ what: "field/name", after }], ...more });
const found = async (attempts, state) => (await contradictions(attempts, world({}), world(state))).length;

test("a record that the database does not bear out is found out", async () => {
  const renamed = { "field/name": "New" };
  assert.equal(await found([], {}), 0);
  assert.equal(await found([], renamed), 1, "written and not claimed");
  assert.equal(await found([], { other: "x" }), 1, "whatever it is");
  assert.equal(await found([attempt("done", "New")], renamed), 0);
  assert.equal(await found([attempt("done", "New")], {}), 1, "claimed and not written");
  assert.equal(await found([attempt("not done", "New")], {}), 0);
  assert.equal(await found([attempt("not done", "New")], renamed), 1, "denied and written");
  for (const state of [renamed, {}]) assert.equal(await found([attempt("unknown", "New")], state), 0, "either");
  assert.equal(await found([attempt("done", "New"), attempt("done", "Newer", { at: "2026-11-22T10:01:00.000Z" })], renamed), 1, "the later one stands");
  assert.equal(await found([attempt("unknown", "New"), attempt("done", "Newer", { at: "2026-11-22T10:00:03.000Z" })], renamed), 0, "what was lost may arrive late");
  assert.equal(await found([attempt("unknown", "New"), attempt("done", "Newer", { at: "2026-11-22T10:01:00.000Z" })], renamed), 1, "but not for ever");

  const more = (state) => Object.assign(new Map([...world({}), ["Altostrat ws_2", state]]), { ask: () => undefined });
  const created = (attempts) => contradictions(attempts, world({}), more({ state: "active", "field/name": "Made" }));
  const create = (result, id) => attempt(result, "Made", { operation: "create", workspace_id: id });
  assert.equal((await created([])).length, 1, "made and not claimed");
  assert.equal((await created([create("done", "ws_2")])).length, 0);
  assert.equal((await created([create("unknown", "")])).length, 0);
  assert.equal((await created([create("not done", "")])).length, 1, "denied and made");
  assert.equal((await contradictions([create("done", "ws_2")], world({}), world({}))).length, 1, "claimed and not made");
});
