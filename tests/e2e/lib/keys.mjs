// The keyboard as a person without a pointer uses it. Guarantees: nothing here moves focus but a key. Must not know any
// screen.

import assert from "node:assert/strict";
import { focused } from "./screens.mjs";
import { until } from "./until.mjs";

const fits = (wanted, seen) => (wanted instanceof RegExp ? wanted.test(seen) : seen === wanted);

/** Presses a key until focus is on what has this name or fits this pattern. */
export async function tabTo(page, target, key = "Tab", most = 60) {
  for (let press = 0; press < most; press += 1) {
    await page.keyboard.press(key);
    if (fits(target, await focused(page))) return;
  }
  assert.fail(`${key} does not lead to ${target}; it ended at ${await focused(page)}`);
}

/** Waits until the page itself has brought focus there. */
export const focusOn = (page, target) => until(`focus on ${target}`, async () => {
  const seen = await focused(page);
  assert.ok(fits(target, seen), seen);
  return true;
});
