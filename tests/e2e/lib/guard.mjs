// What a page must never do unseen. Guarantees: console errors and warnings, uncaught errors, violations of the
// content policy and failed requests are collected from the first byte on, and a test that did not say beforehand
// which of them it provokes fails at its end. Also the record of what was sent. Must not know any screen.

import assert from "node:assert/strict";

const REPORT = "policy violation";
const SERVICES = /^\/api\/(altostrat|anthropic|flashback|openai)\//;
/** Part of a service's API, and about no workspace. */
const SIGNING_IN = /^\/api\/flashback\/user\/(login|refresh|logout)$/;

/** Watches a page. To be called before its first navigation. */
export async function guard(page) {
  const problems = [];
  const allowed = [];
  const requests = [];
  const spoken = [];

  await page.addInitScript((mark) => {
    performance.setResourceTimingBufferSize(20_000);
    addEventListener("securitypolicyviolation", (event) => {
      console.error(mark, event.effectiveDirective, event.blockedURI, event.sample);
    });
  }, REPORT);
  page.on("console", (message) => {
    spoken.push(message.text());
    if (!["error", "warning"].includes(message.type())) return;
    const { url } = message.location();
    problems.push(`console ${message.type()}: ${message.text()} ${url ? new URL(url, page.url()).pathname : ""}`);
  });
  page.on("pageerror", (error) => problems.push(`uncaught: ${error.stack ?? error.message}`));
  page.on("crash", () => problems.push("the page crashed"));
  page.on("request", (request) => {
    const url = new URL(request.url());
    requests.push({ request, method: request.method(), path: url.pathname, url: request.url(), body: request.postData() });
  });
  page.on("requestfailed", (request) => {
    const why = request.failure()?.errorText ?? "";
    // The browser itself gives up what is under way when a page is left.
    if (why !== "net::ERR_ABORTED") problems.push(`request failed: ${request.method()} ${new URL(request.url()).pathname} ${why}`);
  });

  const api = ({ path }) => SERVICES.test(path) && !SIGNING_IN.test(path);
  return {
    /** Says which problem this test provokes: text or pattern that is in its line. */
    allow: (...patterns) => allowed.push(...patterns),
    /** For faults: the browser itself writes a line for every reply of 400 and more. */
    allowStatus: (...codes) => codes.forEach((code) => allowed.push(`responded with a status of ${code}`)),
    /** For dropped connections and broken bodies. */
    allowBroken: () => allowed.push(/net::ERR_(EMPTY_RESPONSE|CONNECTION|CONTENT_LENGTH_MISMATCH|INCOMPLETE)/),
    /** What was sent to the services' APIs, oldest first, narrowed by method and path. */
    sent: (method, path) =>
      requests.filter(
        (each) => api(each) && (!method || each.method === method) && (!path || each.path.match(path)),
      ),
    /** What was sent anywhere. */
    all: () => requests,
    /** What could have changed a workspace. */
    // A preview of an invoice is a POST and changes nothing.
    mutations: () => requests.filter((each) => api(each) && each.method !== "GET" && !each.path.endsWith("/invoices/preview")).map(({ method, path }) => `${method} ${path}`),
    /** Every line of the console, of whatever kind. */
    spoken: () => spoken,
    unexpected: () => problems.filter((line) => !allowed.some((pattern) => (pattern instanceof RegExp ? pattern.test(line) : line.includes(pattern)))),
    end() {
      assert.deepEqual(this.unexpected(), [], "the console and the network stayed quiet");
    },
  };
}
