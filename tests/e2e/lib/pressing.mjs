// What a press costs that sends something, read from the browser's own trace: until the page shows that it is under way, and
// until it shows that it is done, less what the requests took. Guarantees: times end with the commit that hands the pixels over.
// Must not know what was pressed.

import { CATEGORIES } from "./trace.mjs";

const PENDING = "pending";
const CONFIRMED = "confirmed";

/** Marks every button that becomes busy, and every notice. To be called before the first navigation. */
export const markPressing = (page) =>
  page.addInitScript(
    ([pending, confirmed]) => {
      const isNotice = ({ target, addedNodes }) => addedNodes.length > 0 && target.nodeType === 1 && target.matches("[role=region][aria-label=Notices]");
      const isBusy = ({ target, attributeName }) => attributeName === "aria-busy" && target.localName === "button" && target.ariaBusy === "true";
      new MutationObserver((records) => {
        if (records.some(isBusy)) performance.mark(pending);
        if (records.some(isNotice)) performance.mark(confirmed);
      }).observe(document, { subtree: true, childList: true, attributeFilter: ["aria-busy"] });
    },
    [PENDING, CONFIRMED],
  );

/** Records what `act` does, and gives back the milliseconds of each press in it: `pending`, and `confirmed` with `requests`. */
export async function presses(browser, page, act) {
  await browser.startTracing(page, { categories: CATEGORIES });
  await act();
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString());
  return read(traceEvents);
}

/** Of spans of time, how much of `from` to `to` they cover. */
function covered(spans, from, to) {
  let until = from;
  let sum = 0;
  for (const [begin, end] of spans.sort(([a], [b]) => a - b)) {
    const [left, right] = [Math.max(begin, until), Math.min(end, to)];
    if (right > left) sum += right - left;
    until = Math.max(until, right);
  }
  return sum;
}

/** A press is a click after which something is busy before the next click. */
export function read(events) {
  const clicks = events.filter(({ name, ph, args }) => name === "EventDispatch" && ph === "X" && args.data?.type === "click").sort((a, b) => a.ts - b.ts);
  const of = (what) => events.filter(({ name }) => name === what);
  const [commits, sends, ends] = [of("Commit"), of("ResourceSendRequest"), [...of("ResourceFinish"), ...of("ResourceReceivedData"), ...of("ResourceReceiveResponse")]];
  return clicks.flatMap(({ ts: start, pid }, number) => {
    const next = clicks[number + 1]?.ts ?? Infinity;
    const within = (all) => all.filter((event) => event.pid === pid && event.ts >= start && event.ts < next);
    const shown = (mark) => {
      const at = within(of(mark))[0]?.ts;
      const commit = at && within(commits).filter(({ ts }) => ts >= at).sort((a, b) => a.ts - b.ts)[0];
      return commit && commit.ts + (commit.dur ?? 0);
    };
    const [pending, confirmed] = [shown(PENDING), shown(CONFIRMED)];
    if (!pending || !confirmed) return [];
    const spans = within(sends).map((send) => {
      const { requestId } = send.args.data;
      return [send.ts, Math.max(send.ts, ...ends.filter(({ args }) => args.data.requestId === requestId).map(({ ts }) => ts))];
    });
    const requests = covered(spans, start, confirmed);
    return [{ pending: (pending - start) / 1_000, confirmed: (confirmed - start) / 1_000, requests: requests / 1_000 }];
  });
}
