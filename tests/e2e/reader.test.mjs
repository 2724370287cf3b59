// The size of text that a reader has set in the browser. Guarantees: all text follows it; at twice the usual size nothing is
// cut, nothing scrolls sideways, and a long list has no gap.

import assert from "node:assert/strict";
import { closeAfterwards, journey } from "./lib/browser.mjs";
import { list } from "./lib/screens.mjs";
import { optionsOf, STATES } from "./lib/states.mjs";
import { equals, until } from "./lib/until.mjs";

closeAfterwards();

const sized = (pixels) => ({ browser: [`--blink-settings=defaultFontSize=${pixels}`] });

/** Texts that are not as large as they would be at the usual size, times what the reader asked for. */
const unmoved = (page, share) =>
  page.evaluate((share) => {
    // The sizes that the stylesheets have.
    const usual = new Set([11, 12, 13, 14, 15, 16, 17, 18, 20].map((size) => (size * share).toFixed(2)));
    const found = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const parent = walker.currentNode.parentElement;
      if (!walker.currentNode.data.trim() || !parent.checkVisibility()) continue;
      const size = parseFloat(getComputedStyle(parent).fontSize);
      // What marks a hidden letter is smaller than the text around it.
      if (!usual.has(size.toFixed(2)) && !parent.closest(".hidden-char")) found.push(`${size} px: ${walker.currentNode.data.trim()}`.slice(0, 80));
    }
    return found;
  }, share);

/** Boxes whose text is cut off without saying so by an ellipsis. */
const cut = (page) =>
  page.evaluate(() => {
    const found = [];
    for (const box of document.querySelectorAll("#app *")) {
      const style = getComputedStyle(box);
      if (!box.checkVisibility() || box.closest(".sr, svg, [aria-hidden=true]") || style.clipPath !== "none") continue;
      const hides = (overflow) => overflow === "hidden" || overflow === "clip";
      // The rail of a phone hides what is not a link, and a button the bar that runs along its edge.
      const down = hides(style.overflowY) && box.scrollHeight > box.clientHeight + 2;
      const across = hides(style.overflowX) && style.textOverflow !== "ellipsis" && box.scrollWidth > box.clientWidth + 2;
      // Words for listeners alone lie in a dialog where its body has been scrolled to; what is seen has to be inside.
      if (box.localName === "dialog") {
        if (!hides(style.overflowY)) continue;
        const foot = box.querySelector("footer").getBoundingClientRect();
        if (foot.bottom > box.getBoundingClientRect().bottom + 1) found.push("the foot of the dialog");
      } else if ((down || across) && box.textContent.trim() && box.className !== "c-acts") found.push(`${box.localName}.${box.className}: ${box.textContent.trim()}`.slice(0, 120));
    }
    return found;
  });

const sideways = (page) => page.evaluate(() => document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth);

for (const size of [24, 32]) {
  for (const name of ["list", "workspace", "workspace-members", "edit-errors", "archive-blocked", "edit-merge"]) {
    journey(`text of ${size} px: ${name}`, { ...optionsOf(STATES[name]), ...sized(size), reducedMotion: "reduce" }, async (scene) => {
      const { page } = scene;
      await page.setViewportSize({ width: 1440, height: 900 });
      await STATES[name].reach(scene);
      assert.deepEqual(await unmoved(page, size / 16), []);
      const found = [];
      for (const width of [1440, 1024, 640]) {
        await page.setViewportSize({ width, height: 900 });
        found.push(...(await cut(page)).map((line) => `at ${width}: ${line}`));
        const over = await sideways(page);
        if (over > 0) found.push(`at ${width}: the page is ${over} px wider than the screen`);
      }
      assert.deepEqual(found, []);
    });
  }
}

journey("a long list in large text: rows of one height, in their places, without a gap", { person: "owner", at: "/workspaces?state=all", workspaces: 260, ...sized(25) }, async ({ page }) => {
  await list(page).ready();
  await equals("the number of rows", () => list(page).rowCount(), 261);
  // 2.75 times 25 is no whole number.
  const height = (index) => list(page).table.evaluate((table, index) => table.querySelector(`tr[aria-rowindex="${index}"]`)?.getBoundingClientRect().height, index);
  await equals("the height of a row", () => height(2), 69);
  await list(page).table.evaluate((table) => { table.parentElement.scrollTop = 69 * 100; });
  await until("the rows there", async () => (await height(104)) === 69);
  const place = () => list(page).table.evaluate((table) => table.querySelector('tr[aria-rowindex="104"]').getBoundingClientRect().top - table.parentElement.getBoundingClientRect().top - table.tHead.getBoundingClientRect().height);
  // The row after the hundred and first: its place is its number times its height.
  const top = await place();
  assert.ok(Math.abs(top - 2 * 69) < 2, `it stands ${top} px below the head`);
});
