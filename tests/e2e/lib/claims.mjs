// The activity record held against the database. Guarantees: what is said to be done is true unless something later
// stands over it, what is said not to be done is not, and nothing differs from the beginning that no attempt claims.
// Must not know any screen.

import { holdings, membersOf, object, SERVICES } from "./services.mjs";

/** Whoever has an unknown end may still arrive for so long, after what was begun later. */
const LATE_MS = 15_000;

const lines = (tags) => Object.entries(tags).map(([key, value]) => `${key}=${value}`);
const text = (value) => (Array.isArray(value) ? value.join("\n") : String(value ?? ""));

/** What can be set at each service, under the name that the record has for it, from the service's own object. */
const FIELDS = {
  altostrat: ({ name, description, billing_mode }) => ({ name, description, billing: billing_mode }),
  anthropic: ({ name, display_color, tags, data_residency: geo, external_key_id, compartment_id, user_profile_id }) => ({
    name, color: display_color, tags: lines(tags), inference: geo.default_inference_geo, allowed: geo.allowed_inference_geos, geo: geo.workspace_geo,
    external: external_key_id, compartment: compartment_id, profile: user_profile_id,
  }),
  openai: ({ name }) => ({ name }),
};

/** The same text whatever the order of its lines and the case of a colour. */
const plain = (what, value) => {
  if (what === "field/tags" || what === "field/allowed") return value.split(/[\n,]\s*/).sort().join("\n");
  // What is cancelled runs until its period ends, and the service shows nothing of it.
  if (what.startsWith("thing/") && value.startsWith("until ")) return "active";
  if (what === "field/color") return value.toUpperCase();
  return what === "field/name" ? value.trim() : value;
};

async function subscriptions(server, who, id) {
  const { body } = await server.api(who, "GET", `/workspaces/${id}/billing-accounts`);
  const all = (body?.data ?? []).map(async (payer) => (await server.api(who, "GET", `/workspaces/${id}/billing-accounts/${payer.id}/subscriptions`)).body.data);
  return (await Promise.all(all)).flat();
}

/** Everything of one workspace that an attempt could have changed, each under the record's name for it. */
async function state(server, who, one) {
  const [place] = who.split("/");
  const found = { state: one.archived ? "archived" : "active" };
  for (const [field, value] of Object.entries(FIELDS[place](one.object))) found[`field/${field}`] = plain(`field/${field}`, text(value));
  const members = await membersOf(server, who, one.id).catch(() => ({}));
  for (const [id, role] of Object.entries(members)) found[`member/${id}`] = role;
  if (place === "altostrat") {
    for (const { id, status } of await subscriptions(server, who, one.id)) found[`thing/${id}`] = status === "active" ? "active" : "";
  }
  return found;
}

/** Everything that these people see, as `{ "service id": state }`. To be asked for with no fault in force. */
export async function everything(server, people) {
  const found = new Map();
  for (const who of people) {
    for (const one of await holdings(server, who)) found.set(`${SERVICES[who.split("/")[0]].name} ${one.id}`, await state(server, who, one));
    // Whoever archives hides at some services: the object is asked for by itself.
    found.ask ??= async (key) => {
      const [name, id] = key.split(" ");
      const owner = people.find((each) => SERVICES[each.split("/")[0]].name === name);
      const now = await object(server, owner, id);
      return now && state(server, owner, { id, archived: SERVICES[owner.split("/")[0]].archived(now), object: now });
    };
  }
  return found;
}

/** What an attempt was to change; an empty text is null in the file. */
const turns = (changes) => changes.map(({ what, after }) => ({ what, after: plain(what, after ?? "") }));

const RESULTS = ["done", "not done", "unknown", "under way"];

/** A record that outlives signing out: exports of the page, the newest word on each attempt. */
export class Record {
  #attempts = new Map();

  take(report) {
    for (const each of report.attempts) {
      // What is made has no id at first.
      const id = each.operation === "create" ? "" : each.workspace_id;
      // Nor have the changes of a save their last word before it has an end.
      const key = [each.service, each.at, each.operation, id, each.workspace_name].join("|");
      this.#attempts.set(key, each);
    }
  }

  /** Oldest first. What has no end in any export may have happened or not. */
  all() {
    const all = [...this.#attempts.values()].sort((a, b) => a.at.localeCompare(b.at));
    return all.map((each) => ({ ...each, turns: turns(each.changes), result: each.result === "under way" ? "unknown" : each.result }));
  }

  /** How many of each result, and of each operation that is done. */
  counts() {
    const counts = { attempts: this.#attempts.size, ...Object.fromEntries(RESULTS.slice(0, 3).map((result) => [result, 0])), "done of": {} };
    for (const { result, operation } of this.all()) {
      counts[result] += 1;
      if (result === "done") counts["done of"][operation] = (counts["done of"][operation] ?? 0) + 1;
    }
    return counts;
  }
}

/** What one thing may be after these attempts on it, the oldest first. */
function possible(before, attempts) {
  let may = new Set([before]);
  const late = [];
  for (const { result, after, at } of attempts) {
    const now = Date.parse(at);
    if (result === "done") may = new Set([after, ...late.filter((each) => now - each.now < LATE_MS).map((each) => each.after)]);
    if (result === "unknown") {
      may.add(after);
      late.push({ after, now });
    }
  }
  return may;
}

/** Every contradiction between record and database, in a sentence each. */
export async function contradictions(attempts, before, after) {
  const wrong = [];
  const made = attempts.filter(({ operation, result }) => operation === "create" && result !== "not done");
  const claimed = new Map();
  for (const attempt of attempts.filter(({ operation }) => operation !== "create")) {
    for (const { what, after: value } of attempt.turns) {
      const key = `${attempt.service} ${attempt.workspace_id}`;
      if (!claimed.has(key)) claimed.set(key, new Map());
      const each = claimed.get(key);
      each.set(what, [...(each.get(what) ?? []), { ...attempt, after: value }]);
    }
  }
  const compare = async (key, first, made) => {
    const claims = claimed.get(key) ?? new Map();
    const left = [...claims].some(([what, all]) => what.startsWith("member/") && all.some(({ after: role, result }) => role === "" && result !== "not done"));
    const now = after.get(key) ?? (await after.ask(key));
    if (!now) {
      if (!left) wrong.push(`${key} is not there any more, and no attempt says so`);
      return;
    }
    for (const what of new Set([...Object.keys(first), ...Object.keys(now), ...claims.keys()])) {
      // Whoever makes a workspace is put into it by the service, and some choices are made by it.
      if (made && !claims.has(what) && !(what in first)) continue;
      const may = possible(first[what] ?? "", claims.get(what) ?? []);
      const is = now[what] ?? "";
      // A service shows no members of what is archived.
      if (now.state === "archived" && what.startsWith("member/") && is === "") continue;
      if (may.has(is)) continue;
      const said = (claims.get(what) ?? []).map(({ at, result, known_by, after: value }) => `${at} ${JSON.stringify(value)} ${result} ${known_by ?? ""}`);
      wrong.push(`${key} ${what} is ${JSON.stringify(is)}, may be ${JSON.stringify([...may])}; at first ${JSON.stringify(first[what])}; attempts: ${said.join("; ") || "none"}`);
    }
  };
  for (const [key, first] of before) await compare(key, first, false);

  const fresh = [...after.keys()].filter((key) => !before.has(key));
  const unknown = made.filter(({ result }) => result === "unknown");
  for (const attempt of made.filter(({ result, workspace_id: id }) => result === "done" && id)) {
    const first = { state: "active", ...Object.fromEntries(attempt.turns.map(({ what, after: value }) => [what, value])) };
    await compare(`${attempt.service} ${attempt.workspace_id}`, first, true);
  }
  const known = new Set(made.map(({ service, workspace_id: id }) => `${service} ${id}`));
  for (const key of fresh.filter((key) => !known.has(key))) {
    const name = after.get(key)["field/name"];
    const at = unknown.findIndex(({ service, turns: all }) => key.startsWith(`${service} `) && all.some((turn) => turn.what === "field/name" && (turn.after === name || claimed.has(key))));
    if (at < 0) wrong.push(`${key} ${JSON.stringify(name)} is there, and no attempt says that it was created`);
    else unknown.splice(at, 1);
  }
  return wrong;
}
