// Accessibility, in every state there is. Guarantees: axe finds nothing against WCAG 2.2 A and AA, target size and
// best practice included, in light, dark and forced colours, from 1440 down to 320 pixels; nothing scrolls sideways; what is
// pressed is 24 pixels or more in each direction, in typefaces with low letters and in ones with tall letters.

import assert from "node:assert/strict";
import { violations } from "./lib/axe.mjs";
import { closeAfterwards, journey } from "./lib/browser.mjs";
import { FONTS, wear } from "./lib/fonts.mjs";
import { optionsOf, STATES } from "./lib/states.mjs";
import { small } from "./lib/targets.mjs";

closeAfterwards();

// The odd workspaces and two more: what a row can be is there, and axe is done sooner.
const FEW = 22;
const LOOKS = [
  { name: "light 1440", width: 1440, colorScheme: "light" },
  { name: "dark 1440", width: 1440, colorScheme: "dark" },
  { name: "light 1024", width: 1024, colorScheme: "light" },
  { name: "dark 390", width: 390, colorScheme: "dark" },
  { name: "forced colours 390", width: 390, colorScheme: "dark", forcedColors: "active" },
  { name: "light 320", width: 320, colorScheme: "light" },
];
// Contrast does not depend on the width, structure not on the colours: each look is asked what it can change.
const ASKED = {
  "dark 1440": ["color-contrast"],
  "light 1024": ["target-size", "page-has-heading-one", "link-name", "button-name", "landmark-one-main"],
  "dark 390": ["color-contrast", "target-size"],
  "forced colours 390": ["target-size", "page-has-heading-one", "link-name", "button-name", "aria-hidden-focus"],
};

// Of another typeface nothing but the room that it takes can differ: two widths of one theme show it.
const WIDTHS = [1440, 320];

/** Whether the page itself scrolls sideways, which nobody should have to do (WCAG 1.4.10). */
const sideways = (page) => page.evaluate(() => document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth);

for (const [name, state] of Object.entries(STATES)) {
  // The long wait looks as the slow one does, with two buttons more; it has a test of its own in resilience.
  if (state.slow) continue;
  journey(`accessible: ${name}`, { ...optionsOf(state, FEW), reducedMotion: "reduce" }, async (scene) => {
    const { page } = scene;
    await state.reach(scene);
    const found = [];
    const [usual, ...others] = FONTS;
    await wear(page, usual);
    for (const { name: look, width, colorScheme, forcedColors = "none" } of LOOKS) {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme, forcedColors, reducedMotion: "reduce" });
      found.push(...(await violations(page, look, ASKED[look])));
      const over = await sideways(page);
      if (over > 0) found.push(`${look}: the page is ${over} px wider than the screen`);
    }
    for (const font of others) {
      await wear(page, font);
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 900 });
        await page.emulateMedia({ colorScheme: "light", forcedColors: "none", reducedMotion: "reduce" });
        const look = `light ${width} in ${font}`;
        found.push(...(await violations(page, look, ["target-size"])), ...(await small(page, look)));
        const over = await sideways(page);
        if (over > 0) found.push(`${look}: the page is ${over} px wider than the screen`);
      }
    }
    assert.deepEqual([...new Set(found)], []);
  });
}
