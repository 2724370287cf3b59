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
const UNANSWERED = "The service did not answer in time.";
const BROKEN_OFF = "The answer broke off in the middle.";
const IN_THE_WAY = "The service refuses while something else stands in the way.";

const REDIRECTED = "Something in front of the service answered with a redirect";
const ANOTHER = "The answer is about something else than what was asked for.";
const HIDDEN = "No answer came that this page can read.";

const RESET = "reset in the middle";
const TYPE = "another type";
const EMPTY = "204 where a body is due";
const ODD = "a name that turns direction, with emoji";
const PAGING = "broken paging";
const CLOCK = "a clock that is a year off";
/** How long reads lag behind. */
export const LAG_MS = 3_000;
const YEAR_MS = 365 * 86_400_000;

/** A body as text that is changed on its way. */
const rewritten = (change, type = "application/json") => ({ body, headers }) => ({ body: change(body), headers: { ...headers, "content-type": type } });
/** The rows of a list, or the one object, changed on their way. */
const rows = (change) => rewritten((body) => {
  if (body === "") return body;
  const said = JSON.parse(body);
  const list = ["data", "buckets", "repos"].find((name) => Array.isArray(said[name]));
  if (list) said[list] = change(said[list]);
  else Object.assign(said, change([said])[0]);
  return JSON.stringify(said);
});
/** Bytes that are not UTF-8, in what has to be there too. Where nothing was due, something comes all the same. */
const latin1 = ({ body, headers }) => ({
  ...(body === "" && { status: 200 }),
  body: Buffer.from((body || '{"name":"N"}').replace(/[^\x00-\x7F]/gu, "é").replace(/^\{"|"(?=data":)|"name":"/g, "$&é"), "latin1"),
  headers: { ...headers, "content-type": "application/json; charset=iso-8859-1" },
});
const renamed = (name) => rows(([first, ...more]) => [{ ...first, name }, ...more]);

/** What a service says in a success that is none, in its own shape. */
const inside = {
  altostrat: refusal("policy", "Not today."),
  anthropic: { type: "error", error: { type: "policy_error", message: "Not today." }, request_id: "req_1" },
  flashback: { success: false, message: "Not today." },
  openai: { error: { message: "Not today.", type: "policy", param: null, code: "policy" } },
  "altostrat-signin": { error: "invalid_grant", error_description: "Not today." },
};
/** Another workspace, which nobody asked about. */
const STRANGER = {
  id: "ws_0000000000000000", name: "Somewhere else", description: "Theirs", billing_mode: "pooled", archived: true, archived_at: "2025-05-04T10:00:00.000000Z",
  created_at: "2025-05-04T10:00:00.000000Z", updated_at: "2025-05-04T10:00:00.000000Z",
};
/** Parts of the walk that need a scene of their own: services at another origin, caches that are filled, lists of pages, several tabs. */
export const [ELSEWHERE, CACHE, PAGES, TABS] = ["elsewhere", "cache", "pages", "tabs"];
/** How many rows the first page has of a list that breaks. */
export const FIRST_ROWS = 20;
const more = (last) => [{ at: "/has_more", do: { set: true } }, { at: "/last_id", do: { set: last } }];
const firstOfMore = ({ last }) => ({ edit: [{ at: "/data", do: { cut: FIRST_ROWS } }, ...more(last)] });
const pageOf = (data, last) => ({ edit: [{ at: "/data", do: { set: data } }, ...more(last)] });
const gone = { type: "error", error: { type: "invalid_request_error", message: "after_id: no such workspace" }, request_id: "req_1" };
/** A value at a member of the one object, or of a row of the list. */
const odd = (name, change) => [`/${name}`, `/data/0/${name}`].map((at) => ({ at, do: change }));
/** Where the rows of a list are. */
const rowsAt = ({ dialect, path }) => (dialect !== "flashback" ? "/data" : path === "/repo" ? "/repos" : "/buckets");
/** Headers by which a browser may keep a reply. */
const kept = (headers) => ({ "cache-control": null, ...headers });
const AGE = kept({ "cache-control": "public, max-age=3600", expires: "Fri, 01 Jan 2100 00:00:00 GMT" });
const SINCE = kept({ "last-modified": "Sun, 04 May 2014 10:00:00 GMT" });
const TAGGED = kept({ "cache-control": "max-age=3600, stale-while-revalidate=3600, immutable", etag: '"1"' });

export const HALF_NAME = "Half \uFFFD a name";
export const LONG_NAME = "N".repeat(10_000);
/** Arabic, a letter that turns the rest around, and an emoji of several parts. */
export const ODD_NAME = "مكتب \u202Egnp.exe 👩‍🚀";

/**
 * How each is caused: `rule` is for the server's switch (a function of the place where it is used), `reads` is the same for the
 * reading around a change, `through` changes the real answer on its way to the page, `wire` is the way to the service, `hurried`
 * says which long waits are shortened, `primes` has a reading lie in the browser's cache, `off` is what the page's clock is off by; those of a `part` are walked through by a test of their
 * own. A success that is not
 * the contract's has been carried out, unless it is said not to be. `why` is what a person is told. `row` is the fault of
 * docs/FAULTS.md that it is a kind of, where that has another name.
 */
export const FAULTS = {
  "connection refused": { wire: "refusing", why: UNREACHED },
  "connection dropped before": { row: RESET, rule: { drop_before: true }, why: UNREACHED },
  "connection dropped after": { row: RESET, rule: { drop_after: true }, why: UNREACHED },
  "connection dropped after, and no reading": { row: RESET, rule: { drop_after: true }, reads: answer(500), why: UNREACHED },
  "reset in the body": { row: RESET, rule: { truncate: 20 }, why: UNREACHED },
  // The answer in place of the real one, so that what was given up is not carried out after all.
  "no answer": { rule: { delay_ms: 60_000, ...answer(504) }, hurried: "limits", why: UNANSWERED },
  "no answer for 12 s, once": { row: "no answer", rule: { delay_ms: 12_000, times: 1 } },
  "answer after 5 s": { rule: { delay_ms: 5_000 } },
  "1 kB in a second": { row: "answer after 5 s", wire: "slow" },
  "truncated JSON": { rule: success('{"data":[{"id":"ws_1","na'), why: BROKEN_OFF },
  "truncated JSON, not done": { row: "truncated JSON", rule: answer(200, { headers: JSON_TYPE, body: '{"id":"ws_1","na' }), hurried: "looks", why: BROKEN_OFF },
  "an array": { row: TYPE, rule: success("[1,2,3]"), why: SHAPE },
  "an array, not done": { row: TYPE, rule: answer(200, { headers: JSON_TYPE, body: "[1,2,3]" }), hurried: "looks", why: SHAPE },
  "a number": { row: TYPE, rule: success("42"), why: SHAPE },
  "JSON as text/plain": { row: TYPE, through: rewritten((body) => body, "text/plain; charset=iso-8859-1") },
  "another charset": { through: latin1, why: SHAPE },
  [EMPTY]: { rule: { perform: true, ...answer(204) }, why: "The service answered with nothing." },
  "204, not done": { row: EMPTY, rule: answer(204), hurried: "looks", why: "The service answered with nothing." },
  "200 with a web page": { rule: answer(200, { headers: { "content-type": "text/html" }, body: PAGE }), why: "A web page came instead of data." },
  400: { rule: answer(400, { body: refusal("strange", "That is wrong.") }), why: WRONG },
  401: { rule: answer(401) },
  403: { rule: answer(403), why: "The service does not allow you to do this." },
  404: { rule: answer(404), why: "The service has no such workspace, or does not show it to you." },
  408: { rule: answer(408), why: UNANSWERED },
  409: { rule: answer(409, { body: refusal("busy", "Somebody else is at it.") }), why: IN_THE_WAY },
  "409, in use": { row: "409", rule: answer(409, { body: refusal("workspace_not_empty", "Cannot archive workspace because billing account 'Main' has active subscriptions: sub_1. Please cancel or transfer these subscriptions before archiving.") }) },
  412: { rule: answer(412), why: STRANGE },
  413: { rule: answer(413), why: STRANGE },
  422: { rule: answer(422, { body: refusal("rule", "Against a rule.") }), why: WRONG },
  428: { rule: answer(428), why: STRANGE },
  "429 and a pause": { row: "429, Retry-After 7", rule: answer(429, { headers: { "retry-after": "1" } }), why: "The service received too many requests." },
  500: { rule: answer(500, { body: refusal("internal_server_error", "An internal server error occurred.") }), why: FAILED },
  502: { rule: answer(502, { headers: { "content-type": "text/html" }, body: PAGE }), why: FAILED },
  503: { row: "503, Retry-After 7", rule: answer(503), why: FAILED },
  "503 and a pause": { row: "503, Retry-After 7", rule: answer(503, { headers: { "retry-after": "1" } }), why: FAILED },
  504: { rule: answer(504), why: FAILED },
  "504, done": { row: "504", rule: { perform: true, ...answer(504) }, why: FAILED },
  "every id twice": { through: rows((all) => [...all, ...all.slice(0, 1)]) },
  "a name of 10,000 letters": { through: renamed(LONG_NAME), name: LONG_NAME },
  [ODD]: { through: renamed(ODD_NAME), name: ODD_NAME },
  "a clock a year behind": { row: CLOCK, off: -YEAR_MS },
  "a clock a year ahead": { row: CLOCK, off: YEAR_MS },
  // The browser makes it a GET of the same address, which succeeds.
  redirect: { rule: answer(303, { headers: { location: "{path}" } }), why: REDIRECTED },
  // A browser makes a GET of a POST at a 302, and keeps every other method.
  "a redirect to what lies above": { row: "redirect", rule: ({ method }) => answer(["GET", "POST"].includes(method) ? 302 : 303, { headers: { location: "{parent}" } }), why: REDIRECTED },
  "a redirect, done": { row: "redirect", rule: { perform: true, ...answer(303, { headers: { location: "{path}" } }) }, why: REDIRECTED },
  "accepted, shown later": { rule: { perform_after_ms: 2_000, ...answer(202) } },
  "accepted with a word, shown later": { row: "accepted, shown later", rule: { perform_after_ms: 2_000, ...answer(202, { body: { status: "queued", job: "job_1" } }) } },
  "accepted, never shown": { rule: answer(202), hurried: "looks" },
  "not as sent": { rule: { sent: [{ at: "/name", do: { cut: 12 } }] } },
  "not as sent, in small letters": { row: "not as sent", rule: { sent: [{ at: "/name", do: "lower" }] } },
  "error inside success": { rule: ({ dialect }) => answer(200, { body: inside[dialect] }), why: STRANGE },
  // Where one is made, a new id is what was made: it is one that was there before.
  "another object": { rule: ({ known }) => answer(200, { body: { ...STRANGER, id: known ?? STRANGER.id } }), hurried: "looks", why: ANOTHER },
  "another object, done": { row: "another object", rule: ({ known }) => ({ edit: [{ at: "/id", do: { set: known ?? STRANGER.id } }] }), why: ANOTHER },
  lagging: { rule: { lag: { ms: LAG_MS } } },
  "odd value": { rule: { edit: odd("billing_mode", { set: { a: [1] } }) } },
  "half an emoji in a name": { row: "odd value", rule: { edit: odd("name", { raw: '"Half \\ud83d a name"' }) }, name: HALF_NAME },
  "a time that is none": { row: "odd value", rule: { edit: odd("created_at", { set: "soon" }) } },
  "a state that is none": { row: "odd value", rule: { edit: [{ at: "/data/*/status", do: { set: { a: [1] } } }] } },
  // What is deleted is in no list of the server's: this one still has it.
  "a deletion at no time": { row: "odd value", rule: ({ known }) => answer(200, { body: known }), hurried: "looks" },
  "null list": { rule: (place) => ({ edit: [{ at: rowsAt(place), do: { set: null } }] }), why: SHAPE },
  "no list at all": { row: "null list", rule: (place) => ({ edit: [{ at: rowsAt(place), do: "remove" }] }), why: SHAPE },
  cached: { part: CACHE, rule: { headers: AGE } },
  "cached without a word about it": { row: "cached", part: CACHE, rule: { headers: SINCE } },
  "cached and never asked again": { row: "cached", part: CACHE, rule: { headers: TAGGED } },
  "cached, and the answer is lost": { row: "cached", rule: { perform: true, ...answer(504) }, reads: { headers: AGE }, primes: true, why: FAILED },
  "cached, and somebody else at work": { row: "cached", rule: { method: "GET", headers: AGE }, primes: true },
  "a cursor that is gone": { row: PAGING, part: PAGES, rule: () => ({ query: "after_id=", ...answer(400, { body: gone }) }), reads: firstOfMore, why: WRONG },
  "pages that repeat": { row: PAGING, part: PAGES, rule: firstOfMore },
  "empty pages without an end": { row: PAGING, part: PAGES, rule: ({ first }) => ({ query: "after_id=", ...pageOf([], first) }), reads: firstOfMore },
  "more to come, and no cursor": { row: PAGING, part: PAGES, rule: () => firstOfMore({ last: null }), title: "The service sent only part of the list, and offers no way to ask for the rest." },
  "a page in no order": { row: PAGING, part: PAGES, rule: () => ({ edit: [{ at: "/data", do: "reverse" }] }) },
  "copied tab": { part: TABS },
  "refused preflight": { part: ELSEWHERE, rule: ({ method }) => ({ method: "OPTIONS", header: { "access-control-request-method": method }, no_cors: true, ...answer(403) }), why: HIDDEN },
  "unreadable 401": { part: ELSEWHERE, rule: { no_cors: true, ...answer(401) }, why: HIDDEN },
};

/** The rows that only a browser can show: caches, origins and tabs are its own. */
export const HERE_ALONE = ["cached", "broken paging", "refused preflight", "unreadable 401", "copied tab"];

/** The row of docs/FAULTS.md that a fault is in. */
export const rowOf = (fault) => FAULTS[fault].row ?? String(fault);

/** How a cell ends. */
export const ENDS = {
  told: "Told in place, and loading again shows it",
  "signed in": "Signed in, at the address that was wanted",
  shown: "Shown as if nothing were wrong",
  fresh: "What somebody else has changed is shown, though the browser may keep what was before",
  waits: "Says that it waits, tries again and shows it",
  gone: "Told as not found, with a way back to the list",
  "signed out": "Asks to sign in again; everything stays, and it goes on from there",
  "not done": "Told as not done, nothing changed; doing it again works",
  "not known": "Told as not known; looking again comes before doing it again",
  found: "Done, as reading again shows",
  done: "Done, on the service's word",
  accepted: "Told as accepted and not shown yet, and as done once the service shows it; nothing is sent again",
  "not shown": "Told as accepted and not shown yet, and after a minute as not known; nothing is sent again",
  "still there": "Told as accepted, and as still in the way when it is checked again; nothing is sent again",
  differently: "Told where the service keeps something else than was sent",
  asked: "What somebody else has changed meanwhile is seen, and asked about before anything is sent",
  blocked: "Told with what stands in the way; checking again makes it ready",
  "refused here": "Told at the field before anything is sent",
};

const without = (faults, ...names) => faults.filter((fault) => !names.includes(fault));
const STATUSES = [400, 403, 404, 408, 409, 412, 413, 422, 428, "429 and a pause", 500, 502, 503, "503 and a pause", 504];
/** Those after which nobody knows whether it happened, unless a reading shows it. */
const PERHAPS = [408, 500, 502, 503, "503 and a pause", 504];
const REFUSALS = ["connection refused", "connection dropped before", "no answer", "200 with a web page", ...STATUSES];
const LOST = ["connection dropped after", "reset in the body", "504, done"];
const UNREAD = ["truncated JSON", "an array", "a number", EMPTY, "another charset"];
const UNREAD_UNDONE = ["truncated JSON, not done", "an array, not done"];
const LATE = ["answer after 5 s", "1 kB in a second"];
const REDIRECTS = ["redirect", "a redirect to what lies above"];
const ODD_VALUES = ["odd value", "half an emoji in a name", "a time that is none"];
const CACHED = ["cached", "cached without a word about it", "cached and never asked again"];
const NO_LIST = ["null list", "no list at all"];
const UNREADABLE = ["refused preflight", "unreadable 401"];
const BROKEN_PAGES = ["a cursor that is gone", "pages that repeat", "empty pages without an end", "more to come, and no cursor"];
const CLOCKS = ["a clock a year behind", "a clock a year ahead"];
const NAMES = ["a name of 10,000 letters", ODD];
const HARMLESS = [...LATE, "JSON as text/plain", "every id twice", ...CLOCKS];

const READING = {
  told: [...REFUSALS, ...without(LOST, "504, done"), ...UNREAD, ...REDIRECTS, "error inside success", ...UNREADABLE],
  fresh: CACHED,
  // What the tab kept is past its end for a clock that is ahead, as it is at the first load.
  shown: [...without(HARMLESS, "a clock a year ahead"), ...NAMES],
  "signed out": [401],
};
const UNDONE = [...REFUSALS, ...REDIRECTS, "error inside success", ...UNREADABLE];
const LOST_ALL = [...LOST, "a redirect, done", "cached, and the answer is lost"];
const SHOWN_LATER = ["accepted, shown later"];
const WRITING = {
  "not done": UNDONE, "not known": [...UNREAD_UNDONE, "another object"], found: [...LOST_ALL, ...UNREAD, "another object, done"],
  accepted: SHOWN_LATER, "not shown": ["accepted, never shown", "204, not done"], differently: ["not as sent", "not as sent, in small letters"],
  done: [...HARMLESS, ODD, "lagging", "a time that is none"], "refused here": ["a name of 10,000 letters"], "signed out": [401],
};
/** Where the answer to a change is its status alone: a reading has to show it. */
const BY_STATUS = {
  ...WRITING, "not known": ["connection dropped after, and no reading"], found: LOST_ALL, accepted: [...SHOWN_LATER, "accepted with a word, shown later", "lagging"],
  "not shown": [...WRITING["not shown"], ...UNREAD_UNDONE], differently: [], done: [...UNREAD, ...HARMLESS, ...NAMES], "refused here": [],
};

/** What is done, and how it ends under each fault. The session's end comes last. */
const TABLE = {
  list: {
    waits: ["no answer for 12 s, once"], ...READING, told: [...READING.told, ...NO_LIST, ...BROKEN_PAGES],
    shown: [...READING.shown, "a clock a year ahead", ...ODD_VALUES, "a page in no order"],
  },
  open: { ...READING, told: [...without(READING.told, 404), "another object"], gone: [404], shown: [...READING.shown, ...ODD_VALUES] },
  members: { ...READING, told: [...READING.told, ...NO_LIST], shown: [...READING.shown, "half an emoji in a name"] },
  // A success without a word is taken for what the reading after it shows.
  save: { ...WRITING, found: without(WRITING.found, EMPTY), done: [...WRITING.done, EMPTY, "odd value"], asked: ["cached, and somebody else at work"] },
  // Nothing is due after it, so nothing can be reset in the middle.
  archive: { ...BY_STATUS, blocked: ["409, in use"], found: without(LOST_ALL, "reset in the body"), "not shown": [...BY_STATUS["not shown"], "another object"] },
  // A browser sends it again by itself after a connection that was dropped, and it is made twice.
  create: { ...WRITING, found: without(WRITING.found, "connection dropped after", EMPTY), done: [...WRITING.done, EMPTY], differently: [...WRITING.differently, "odd value"] },
  "change of a role": BY_STATUS,
  "adding a member": BY_STATUS,
  // Nothing in a subscription that runs shows whether it is cancelled: only its end settles a lost answer.
  cancelling: {
    "not done": [...without(STATUSES, ...PERHAPS), "error inside success"],
    "not known": [...without(REFUSALS, ...STATUSES), ...PERHAPS, ...REDIRECTS, "another object", "connection dropped after, and no reading", ...UNREADABLE],
    found: without(LOST_ALL, "reset in the body"),
    accepted: [...BY_STATUS.accepted, "null list", "a state that is none"], "still there": BY_STATUS["not shown"], done: BY_STATUS.done, "signed out": [401],
  },
  // What was accepted is looked for before anything is said about it.
  deleting: {
    "not done": UNDONE, "not known": [...BY_STATUS["not known"], ...BY_STATUS["not shown"], "another object", ...NO_LIST, "a deletion at no time"],
    found: without(LOST_ALL, "reset in the body"), done: [...BY_STATUS.accepted, ...BY_STATUS.done], "signed out": [401],
  },
  "sign in": {
    told: [...REFUSALS, ...without(LOST, "504, done"), ...UNREAD, ...REDIRECTS, "error inside success", 401],
    "signed in": [...HARMLESS, ...NAMES],
  },
  renewal: {
    "signed out": [...REFUSALS, ...without(LOST, "504, done"), ...UNREAD, ...REDIRECTS, "error inside success", 401],
    done: [...HARMLESS, ...NAMES, "copied tab"],
  },
};

/** The column of docs/FAULTS.md that an operation is in. The members' reading is one more than that has. */
const COLUMNS = { "change of a role": "change a member", "adding a member": "change a member", cancelling: "cancel a subscription", deleting: "delete storage", renewal: "renew" };
export const columnOf = (operation) => COLUMNS[operation] ?? operation;

/** Every cell, as `{ operation, fault, ends }`. */
export const CELLS = Object.entries(TABLE).flatMap(([operation, ends]) =>
  Object.entries(ends).flatMap(([end, faults]) => faults.map((fault) => ({ operation, fault: String(fault), ends: end }))),
);
