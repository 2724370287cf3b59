// What can go wrong between the console and a service, and what each thing a person does then comes to. Guarantees: a
// cell is one thing done under one fault, and says how it ends; the tests walk through these cells and no others, so
// that a table made from them is what was shown. Must not know any screen.

const JSON_TYPE = { "content-type": "application/json" };
const answer = (status, more = {}) => ({ action: { status, ...more } });
const success = (body, headers = JSON_TYPE) => ({ perform: true, ...answer(200, { headers, body }) });
const refusal = (code, message) => ({ type: "error", code, message, doc_url: `https://docs.altostrat.io/errors/${code}` });
const PAGE = "<!doctype html><title>Hotel Wi-Fi</title><p>Accept the terms";

const UNREACHED = "The service could not be reached, or the connection broke.";
const STRANGE = "The service refused, in a way its contract does not describe.";
const WRONG = "The service found something wrong with the request.";
const FAILED = "The service failed.";
const SHAPE = "The answer does not look as the contract says.";
const IN_THE_WAY = "The service refuses while something else stands in the way.";

/** A body as text that is changed on its way. */
const rewritten = (change, type = "application/json") => ({ body, headers }) => ({ body: change(body), headers: { ...headers, "content-type": type } });
/** The rows of a list, or the one object, changed on their way. */
const rows = (change) => rewritten((body) => {
  if (body === "") return body;
  const said = JSON.parse(body);
  if (Array.isArray(said.data)) said.data = change(said.data);
  else Object.assign(said, change([said])[0]);
  return JSON.stringify(said);
});
const renamed = (name) => rows(([first, ...more]) => [{ ...first, name }, ...more]);

export const LONG_NAME = "N".repeat(10_000);
/** Arabic, a letter that turns the rest around, and an emoji of several parts. */
export const ODD_NAME = "مكتب \u202Egnp.exe 👩‍🚀";

/**
 * How each is caused: `rule` is for the server's switch, `through` changes the real answer on its way to the page.
 * A success that is not the contract's has been carried out, unless it is said not to be. `why` is what a person is
 * told.
 */
export const FAULTS = {
  "connection dropped before": { rule: { drop_before: true }, why: UNREACHED },
  "connection dropped after": { rule: { drop_after: true }, why: UNREACHED },
  "reset in the body": { rule: { truncate: 20 }, why: UNREACHED },
  "stall of 12 s": { rule: { delay_ms: 12_000, times: 1 } },
  "truncated JSON": { rule: success('{"data":[{"id":"ws_1","na'), why: "The answer broke off in the middle." },
  "truncated JSON, not done": { rule: answer(200, { headers: JSON_TYPE, body: '{"id":"ws_1","na' }), why: "The answer broke off in the middle." },
  "an array": { rule: success("[1,2,3]"), why: SHAPE },
  "an array, not done": { rule: answer(200, { headers: JSON_TYPE, body: "[1,2,3]" }), why: SHAPE },
  "a number": { rule: success("42"), why: SHAPE },
  "JSON as text/plain": { through: rewritten((body) => body, "text/plain; charset=iso-8859-1") },
  "bytes of another charset": { through: rewritten((body) => Buffer.from(body.replace(/[^\x00-\x7F]/gu, "é").replace(/"name":"/g, '"name":"é'), "latin1"), "application/json; charset=iso-8859-1"), why: SHAPE },
  "204 without a body": { rule: { perform: true, ...answer(204) }, why: "The service answered with nothing." },
  "204, not done": { rule: answer(204), why: "The service answered with nothing." },
  "a web page": { rule: answer(200, { headers: { "content-type": "text/html" }, body: PAGE }), why: "A web page came instead of data." },
  400: { rule: answer(400, { body: refusal("strange", "That is wrong.") }), why: WRONG },
  401: { rule: answer(401) },
  403: { rule: answer(403), why: "The service does not allow you to do this." },
  404: { rule: answer(404), why: "The service has no such workspace, or does not show it to you." },
  408: { rule: answer(408), why: "The service did not answer in time." },
  409: { rule: answer(409, { body: refusal("busy", "Somebody else is at it.") }), why: IN_THE_WAY },
  "409, in use": { rule: answer(409, { body: refusal("workspace_not_empty", "Cannot archive workspace because billing account 'Main' has active subscriptions: sub_1. Please cancel or transfer these subscriptions before archiving.") }) },
  412: { rule: answer(412), why: STRANGE },
  413: { rule: answer(413), why: STRANGE },
  422: { rule: answer(422, { body: refusal("rule", "Against a rule.") }), why: WRONG },
  428: { rule: answer(428), why: STRANGE },
  "429 and a pause": { rule: answer(429, { headers: { "retry-after": "1" } }), why: "The service received too many requests." },
  500: { rule: answer(500, { body: refusal("internal_server_error", "An internal server error occurred.") }), why: FAILED },
  502: { rule: answer(502, { headers: { "content-type": "text/html" }, body: PAGE }), why: FAILED },
  503: { rule: answer(503), why: FAILED },
  "503 and a pause": { rule: answer(503, { headers: { "retry-after": "1" } }), why: FAILED },
  504: { rule: answer(504), why: FAILED },
  "504, done": { rule: { perform: true, ...answer(504) }, why: FAILED },
  "connection dropped after, and no reading": { rule: { drop_after: true }, blind: true, why: UNREACHED },
  "an id twice": { through: rows((all) => [...all, all[0]]) },
  "a name of 10,000 letters": { through: renamed(LONG_NAME), name: LONG_NAME },
  "a right-to-left name with emoji": { through: renamed(ODD_NAME), name: ODD_NAME },
};

/** How a cell ends. */
export const ENDS = {
  told: "Told in place, and loading again shows it",
  shown: "Shown as if nothing were wrong",
  waits: "Says that it waits, tries again and shows it",
  gone: "Told as not found, with a way back to the list",
  "signed out": "Asks to sign in again; everything stays, and it goes on from there",
  "not done": "Told as not done, nothing changed; doing it again works",
  "not known": "Told as not known; looking again comes before doing it again",
  found: "Done, as reading again shows",
  done: "Done, on the service's word",
  blocked: "Told with what stands in the way; checking again makes it ready",
  "refused here": "Told at the field before anything is sent",
};

const REFUSALS = [400, 403, 404, 408, 409, 412, 413, 422, 428, "429 and a pause", 500, 502, 503, "503 and a pause", 504];
const LOST = ["connection dropped after", "reset in the body", "504, done"];
const UNREAD = ["truncated JSON", "an array", "a number", "bytes of another charset", "204 without a body"];
const UNREAD_UNDONE = ["truncated JSON, not done", "an array, not done", "204, not done"];
const NAMES = ["a name of 10,000 letters", "a right-to-left name with emoji"];

const reading = {
  told: ["connection dropped before", "connection dropped after", "reset in the body", "truncated JSON", "an array", "a number", "bytes of another charset", "204 without a body", "a web page", ...REFUSALS],
  shown: ["JSON as text/plain", "an id twice", ...NAMES],
};
const without = (faults, ...names) => faults.filter((fault) => !names.includes(fault));

/** What is done, and how it ends under each fault. The session's end comes last. */
const TABLE = {
  list: { waits: ["stall of 12 s"], ...reading, "signed out": [401] },
  open: { told: without(reading.told, 404), gone: [404], shown: without(reading.shown, "an id twice"), "signed out": [401] },
  members: { told: reading.told, shown: reading.shown, "signed out": [401] },
  save: {
    "not done": ["connection dropped before", "a web page", ...REFUSALS], "not known": UNREAD_UNDONE, found: [...LOST, ...UNREAD], done: ["JSON as text/plain", "a right-to-left name with emoji"],
    "refused here": ["a name of 10,000 letters"], "signed out": [401],
  },
  archive: {
    "not done": ["connection dropped before", "a web page", ...REFUSALS], "not known": ["connection dropped after, and no reading"], blocked: ["409, in use"], found: LOST.filter((fault) => fault !== "reset in the body"),
    done: ["truncated JSON", "an array", "a number", "204 without a body", "a right-to-left name with emoji"], "signed out": [401],
  },
  create: {
    "not done": ["connection dropped before", "a web page", ...REFUSALS], "not known": UNREAD_UNDONE, found: [...without(LOST, "connection dropped after"), ...UNREAD], done: ["JSON as text/plain", "a right-to-left name with emoji"],
    "refused here": ["a name of 10,000 letters"], "signed out": [401],
  },
  "change of a role": {
    "not done": ["connection dropped before", "a web page", ...REFUSALS], "not known": ["connection dropped after, and no reading"], found: LOST,
    done: ["truncated JSON", "an array", "a number", "204 without a body", "JSON as text/plain"], "signed out": [401],
  },
};

/** Every cell, as `{ operation, fault, ends }`. */
export const CELLS = Object.entries(TABLE).flatMap(([operation, ends]) =>
  Object.entries(ends).flatMap(([end, faults]) => faults.map((fault) => ({ operation, fault: String(fault), ends: end }))),
);
