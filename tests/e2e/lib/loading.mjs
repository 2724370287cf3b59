// How long a page takes from its navigation until its rows are painted. Must not know which page.

const SLOW_4G = { offline: false, latency: 150, downloadThroughput: 1.6e6 / 8, uploadThroughput: 750e3 / 8 };

/** Notes as `rowsAt` when the first row is painted, and puts what the tab keeps of a session into it. To be called before the first navigation. */
export const keepRowsAt = (page, rows, kept) =>
  page.addInitScript(
    ([rows, kept]) => {
      for (const [name, value] of Object.entries(kept)) sessionStorage.setItem(name, value);
      // Two frames after the first row is in the document it has been painted.
      const seen = () => {
        if (!document.querySelector(rows)) return;
        watch.disconnect();
        requestAnimationFrame(() => requestAnimationFrame(() => (globalThis.rowsAt = performance.now())));
      };
      const watch = new MutationObserver(seen);
      watch.observe(document, { subtree: true, childList: true });
    },
    [rows, kept],
  );

/** Loads a page of a fresh context, and closes it: milliseconds, and bytes on the wire until then. */
export async function coldLoad({ context, page }, path, slow) {
  const cdp = await context.newCDPSession(page);
  await cdp.send("Network.enable");
  let bytes = 0;
  cdp.on("Network.loadingFinished", ({ encodedDataLength }) => (bytes += encodedDataLength));
  if (slow) {
    await cdp.send("Network.emulateNetworkConditions", SLOW_4G);
    await cdp.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  }
  await page.goto(path, { waitUntil: "commit" });
  await page.waitForFunction(() => globalThis.rowsAt, undefined, { polling: 50 });
  const ms = await page.evaluate(() => globalThis.rowsAt);
  await context.close();
  return { ms, bytes };
}
