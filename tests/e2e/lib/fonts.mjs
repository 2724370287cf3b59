// Typefaces for a page, whatever the machine has. Guarantees: both sets come with the packages of the tests, so that a
// stranger's machine sees what ours does; the page is in them when `wear` returns. Letters that a set does not have are
// the machine's. Must not know any screen.

import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

const { resolve } = createRequire(import.meta.url);
const file = (name) => readFile(resolve(name)).then((bytes) => bytes.toString("base64"));

// The one has low letters, the other tall ones: what a line of 20 px holds differs by a fifth.
const SETS = {
  DejaVu: {
    font: [["@fontsource/dejavu-sans/files/dejavu-sans-latin-400-normal.woff2", "400"], ["@fontsource/dejavu-sans/files/dejavu-sans-latin-700-normal.woff2", "700"]],
    mono: [["@fontsource/dejavu-mono/files/dejavu-mono-latin-400-normal.woff2", "400"]],
  },
  Noto: {
    font: [["@fontsource-variable/noto-sans/files/noto-sans-latin-wght-normal.woff2", "100 900"]],
    mono: [["@fontsource-variable/noto-sans-mono/files/noto-sans-mono-latin-wght-normal.woff2", "100 900"]],
  },
};

/** The names of the sets. */
export const FONTS = Object.keys(SETS);

const faces = new Map();
async function facesOf(set) {
  const read = Object.entries(SETS[set]).flatMap(([role, files]) => files.map(async ([name, weight]) => ({ role, family: `${set} ${role}`, weight, data: await file(name) })));
  return Promise.all(read);
}

/** Has the page in one of the sets. */
export async function wear(page, set) {
  if (!faces.has(set)) faces.set(set, facesOf(set));
  await page.evaluate(async (faces) => {
    const there = new Set([...document.fonts].map(({ family }) => family.replaceAll('"', "")));
    for (const { role, family, weight, data } of faces) {
      if (!there.has(family)) {
        const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
        document.fonts.add(await new FontFace(family, bytes.buffer, { weight }).load());
      }
      document.documentElement.style.setProperty(`--${role}`, `"${family}", ${role === "mono" ? "monospace" : "sans-serif"}`);
    }
    await new Promise(requestAnimationFrame);
  }, await faces.get(set));
}
