// Reads a browser's own trace. Guarantees: what is counted is the browser's, not a timer's in the page: from the start of
// an event to the end of the first commit after the last change of rows or panels that it led to. Must not know what
// was pressed.

export const CATEGORIES = ["devtools.timeline", "disabled-by-default-devtools.timeline", "blink.user_timing", "v8.wasm", "toplevel"];
const WORK = new Set(["EventDispatch", "FunctionCall", "TimerFire", "FireAnimationFrame", "RunMicrotasks", "Layout", "UpdateLayoutTree", "PrePaint", "Paint"]);
// Work that an event leads to is drawn within this; what comes later (a reply, the address catching up) is other work.
const LED_TO_US = 100_000;
const MARK = "drawn";

/**
 * Marks every change of which rows a table shows (rows that come or go, and rows that are written over: another name
 * stands there) and every panel that opens. To be called before the first navigation.
 */
export const markDrawing = (page) =>
  page.addInitScript((mark) => {
    const isPanel = (node) => node.nodeType === 1 && (node.matches("aside") || Boolean(node.querySelector("aside")));
    const isRow = (target) => target.localName === "tbody" || (target.nodeType === 3 && Boolean(target.parentElement?.closest("tbody a")));
    new MutationObserver((records) => {
      if (records.some(({ target, addedNodes }) => isRow(target) || [...addedNodes].some(isPanel))) performance.mark(mark);
    }).observe(document, { subtree: true, childList: true, characterData: true });
  }, MARK);

/** Records what `act` does, and gives back the milliseconds of each event of a type that it caused. */
export async function timings(browser, page, type, act) {
  await browser.startTracing(page, { categories: CATEGORIES });
  await act();
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString());
  return read(traceEvents, type);
}

/**
 * For each event: `handled`, until the page's own script has done with it; `commit`, until the pixels are handed over;
 * `work`, how much of that the page was busy, with what the browser did.
 */
export function read(events, type) {
  const named = events.filter(({ ph }) => ph === "X").sort((a, b) => a.ts - b.ts);
  const starts = named.filter(({ name, args }) => name === "EventDispatch" && args.data?.type === type);
  return starts.flatMap((start, number) => {
    const { pid, tid } = start;
    const until = Math.min(starts[number + 1]?.ts ?? Infinity, start.ts + LED_TO_US);
    const same = named.filter((event) => event.pid === pid && event.tid === tid && event.ts >= start.ts);
    const drawn = events.filter(({ name, ts, pid: of }) => name === MARK && of === pid && ts >= start.ts && ts < until).map(({ ts }) => ts);
    const last = Math.max(start.ts + (start.dur ?? 0), ...drawn);
    // A key leads to an `input` event, within which the promises that it settled have run. Layout comes after it, by the browser.
    const input = same.filter(({ name, ts, args }) => name === "EventDispatch" && args.data?.type === "input" && ts < until);
    const script = [...drawn, ...input.map(({ ts, dur = 0 }) => ts + dur)];
    const handled = script.length ? Math.max(...script) : last;
    const commit = same.find(({ name, ts }) => name === "Commit" && ts >= last);
    if (!commit) return [];
    const end = commit.ts + (commit.dur ?? 0);
    // Top-level spans only: what runs inside another is counted with it.
    let busyUntil = start.ts;
    let work = 0;
    for (const event of same) {
      if (event.ts > end || !(WORK.has(event.name) || event.name === "Commit")) continue;
      const from = Math.max(event.ts, busyUntil);
      const to = Math.min(event.ts + (event.dur ?? 0), end);
      if (to > from) work += to - from;
      busyUntil = Math.max(busyUntil, to);
    }
    return [{ handled: (handled - start.ts) / 1_000, commit: (end - start.ts) / 1_000, work: work / 1_000 }];
  });
}
