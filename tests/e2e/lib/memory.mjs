// What a page holds on to: wasm memory, DOM nodes, listeners and the script heap. Guarantees: garbage is collected
// before anything is counted. Must not know any screen.

import { until } from "./until.mjs";

/** Keeps the exports of the module the page starts, which owns the memory of all. To be called before its first navigation. */
export const keepExports = (page) =>
  page.addInitScript(() => {
    for (const name of ["instantiate", "instantiateStreaming"]) {
      const real = WebAssembly[name];
      WebAssembly[name] = async (...words) => {
        const made = await real.apply(WebAssembly, words);
        const { exports } = made.instance ?? made;
        if (exports.memory) globalThis.wasmExports = exports;
        return made;
      };
    }
  });

const PAGE_BYTES = 65_536;

/** Pages of linear memory, which never becomes less; none where no module was started. */
export const wasmPages = (page) => page.evaluate((bytes) => (globalThis.wasmExports?.memory.buffer.byteLength ?? 0) / bytes, PAGE_BYTES);

/** The smallest piece that the allocator deals in, and what of it one can have. */
const GRAIN = 16;
const IN_IT = 12;

/**
 * Bytes of linear memory in use. Pages say it in steps of 64 kB, and rise without a leak when the free places happen to
 * be too small for something large. So everything that is free is asked for, grain by grain, until the memory would have
 * to grow. It stays taken, and is counted out from then on.
 */
export const bytesInUse = (page) =>
  page.evaluate(
    ([grain, inIt]) => {
      const { memory, __wbindgen_malloc: take } = globalThis.wasmExports;
      const known = globalThis.takenBytes ?? 0;
      const all = memory.buffer.byteLength;
      let taken = 0;
      while (memory.buffer.byteLength === all) {
        take(inIt, 4);
        taken += grain;
      }
      globalThis.takenBytes = known + taken;
      return all - known - (taken - grain);
    },
    [GRAIN, IN_IT],
  );

/** A meter on a page. */
export async function meter(page) {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("Performance.enable");
  await cdp.send("HeapProfiler.enable");
  return {
    async read() {
      // Nodes and listeners are let go in steps: finalisers first, then what they held.
      let before = Infinity;
      await until("collections find nothing more", async () => {
        await cdp.send("HeapProfiler.collectGarbage");
        const { nodes } = await cdp.send("Memory.getDOMCounters");
        const settled = nodes >= before;
        before = nodes;
        return settled;
      });
      const { nodes, jsEventListeners } = await cdp.send("Memory.getDOMCounters");
      const { metrics } = await cdp.send("Performance.getMetrics");
      const heap = metrics.find(({ name }) => name === "JSHeapUsedSize").value;
      return { pages: await wasmPages(page), nodes, listeners: jsEventListeners, heap };
    },
  };
}

/** The most requests under way at once, by the browser's own clock. */
export const mostAtOnce = (page, path) =>
  page.evaluate((pattern) => {
    const found = performance.getEntriesByType("resource").filter(({ name }) => new RegExp(pattern).test(name));
    const edges = found.flatMap((entry) => [[entry.startTime, 1], [entry.responseEnd, -1]]);
    edges.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
    let now = 0;
    let most = 0;
    for (const [, step] of edges) most = Math.max(most, (now += step));
    return { requests: found.length, most };
  }, path);
