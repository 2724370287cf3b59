// Chance that can be had again, and what goes wrong by it. Guarantees: the same seed gives the same dice; no fault is
// one that no service could have, such as a refusal of what it did all the same. Must not know any screen.

const MUTATING = ["POST", "PATCH", "PUT", "DELETE"];

/** Mulberry32: small, and the same everywhere. */
export function dice(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let value = Math.imul(state ^ (state >>> 15), state | 1);
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61);
    return ((value ^ (value >>> 14)) >>> 0) / 4_294_967_296;
  };
  return {
    below: (count) => Math.floor(next() * count),
    chance: (share) => next() < share,
    of: (all) => all[Math.floor(next() * all.length)],
  };
}

const JSON_TYPE = { "content-type": "application/json" };
const HALF_EMOJI = '"Half \\ud83d"';
const CACHED = { "cache-control": "public, max-age=3600" };

/** What else a service may do with a change: answer in its own time, in other words, or about something else. */
const TRUTHS = [
  (die) => ({ action: { status: 202 }, perform_after_ms: 200 + die.below(3_000) }),
  () => ({ action: { status: 202 } }),
  (die) => ({ perform: die.chance(0.5), action: { status: die.of([301, 302, 303]), headers: { location: die.of(["{path}", "{parent}"]) } } }),
  () => ({ action: { status: 200, headers: JSON_TYPE, body: { type: "error", code: "policy", message: "Not today.", error: { type: "policy", message: "Not today." } } } }),
  () => ({ edit: [{ at: "/id", do: { set: "ws_0000000000000000" } }] }),
  () => ({ status: 202 }),
];

/** What a reading may be like, and still be true. */
const READINGS = [
  () => ({ headers: CACHED }),
  () => ({ edit: [{ at: "/data/0/name", do: { raw: HALF_EMOJI } }] }),
  () => ({ edit: [{ at: "/data", do: { set: null } }] }),
  () => ({ edit: [{ at: "/data/0/created_at", do: { set: "soon" } }, { at: "/created_at", do: { set: [] } }] }),
  () => ({ edit: [{ at: "/data", do: "twice" }] }),
  () => ({ action: { status: 302, headers: { location: "{path}?again" } } }),
];

/** A fault as services have them. What was performed is never told to be refused: no service says so. */
export function fault(die, places) {
  const rule = { dialect: die.of(places), times: 1 + die.below(3) };
  const status = (code, more = {}) => ({ ...rule, ...more, action: { status: code, headers: code === 429 ? { "retry-after": "1" } : {} } });
  if (die.chance(0.35)) rule.method = "GET";
  else rule.method = die.of(MUTATING);
  if (die.chance(0.3)) return { ...rule, ...die.of(rule.method === "GET" ? READINGS : TRUTHS)(die) };
  const kind = die.below(100);
  if (kind < 3) return { ...status(401), times: 1 };
  if (kind < 13) return status(403);
  if (kind < 20) return status(404);
  if (kind < 28) return status(409);
  if (kind < 40) return status(429);
  if (kind < 50) return status(500);
  if (kind < 60) return status(503, { perform: die.chance(0.5) });
  if (kind < 68) return { ...rule, drop_before: true };
  // Chromium itself sends again what a connection that it had open lost: a second POST would not be ours.
  if (kind < 76) return rule.method === "POST" ? status(504, { perform: true }) : { ...rule, drop_after: true };
  if (kind < 86) return { ...rule, truncate: die.below(40) };
  return { ...rule, delay_ms: 100 + die.below(2_500) };
}
