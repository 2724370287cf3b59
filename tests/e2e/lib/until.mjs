// Waiting. Guarantees: nothing here waits a fixed time; every wait is for a condition, looks again often, and ends at
// a deadline with the last thing that was seen. Must not know what is waited for.

import assert from "node:assert/strict";

/** How long a condition may take. Two busy cores are slow; a condition that holds costs nothing of it. */
export const DEADLINE_MS = 15_000;
const LOOK_EVERY_MS = 25;

const rest = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Calls `look` until it gives something truthy, and gives that back. What it throws counts as "not yet". */
export async function until(what, look, within = DEADLINE_MS) {
  const deadline = Date.now() + within;
  for (;;) {
    let seen;
    try {
      seen = await look();
      if (seen) return seen;
    } catch (error) {
      seen = error;
    }
    if (Date.now() > deadline) {
      const last = seen instanceof Error ? seen.message : JSON.stringify(seen);
      throw new assert.AssertionError({ message: `within ${within} ms: ${what}\nlast seen: ${last}`, stackStartFn: until });
    }
    await rest(LOOK_EVERY_MS);
  }
}

/** Looks until what is seen equals what is expected. */
export async function equals(what, look, expected, within = DEADLINE_MS) {
  let seen;
  try {
    await until(
      what,
      async () => {
        seen = await look();
        assert.deepEqual(seen, expected);
        return true;
      },
      within,
    );
  } catch {
    assert.deepEqual(seen, expected, what);
  }
}

/** Looks for as long as a condition must go on to hold: for what must not happen. */
export async function holds(what, look, forMs) {
  const end = Date.now() + forMs;
  while (Date.now() < end) {
    assert.ok(await look(), `no longer: ${what}`);
    await rest(LOOK_EVERY_MS);
  }
}
