// When things fail. Guarantees: for every kind of failure and every thing one does, the screen says in place what
// failed, whether anything changed and what to do, with the request's id to copy; what was on the screen stays; there
// is a way on.

import assert from "node:assert/strict";
import { closeAfterwards, journey } from "./lib/browser.mjs";
import { archiveDialog, form, list, pane, standing } from "./lib/screens.mjs";
import { OWNED } from "./lib/seed.mjs";
import { PEOPLE, signInAgain } from "./lib/sign-in.mjs";
import { equals, until } from "./lib/until.mjs";

closeAfterwards();

const json = { "content-type": "application/json" };
const refusal = (code, message) => ({ type: "error", code, message, doc_url: `https://docs.altostrat.io/errors/${code}` });

// How each kind is caused, why it says it failed, and what it advises. 401 comes last: afterwards a session is over.
const KINDS = {
  400: { fault: { action: { status: 400, body: refusal("strange", "That is wrong.") } }, why: "The service found something wrong with the request.", advice: "Change it and try again.", reading: "Load it again." },
  402: { fault: { action: { status: 402, body: refusal("payment_required", "An invoice is open.") } }, why: "The service refuses until something about its billing is settled.", advice: "Settle it at the service, or show the details to whoever pays there; then try again." },
  403: { fault: { action: { status: 403 } }, why: "The service does not allow you to do this.", advice: "Your role is being checked again." },
  404: { fault: { action: { status: 404 } }, why: "The service has no such workspace, or does not show it to you.", advice: "Load the list again." },
  409: { fault: { action: { status: 409, body: refusal("busy", "Somebody else is at it.") } }, why: "The service refuses while something else stands in the way.", advice: "Clear what stands in the way, then try again." },
  422: { fault: { action: { status: 422, body: refusal("rule", "Against a rule.") } }, why: "The service found something wrong with the request.", advice: "Change it and try again.", reading: "Load it again." },
  500: { fault: { action: { status: 500, body: refusal("internal_server_error", "An internal server error occurred.") } }, why: "The service failed.", advice: "Wait a moment, then try again." },
  418: { fault: { action: { status: 418 } }, why: "The service refused, in a way its contract does not describe.", advice: "Try again." },
  "lost connection": { fault: { drop_before: true }, why: "The service could not be reached, or the connection broke.", advice: "Try again.", silent: true },
  "a web page": { fault: { action: { status: 200, headers: { "content-type": "text/html" }, body: "<!doctype html><title>Hotel Wi-Fi</title>" } }, why: "A web page came instead of data.", advice: "Try again." },
  "half an answer": { fault: { action: { status: 200, headers: json, body: '{"data":[{"id":"ws_1","na' } }, why: "The answer broke off in the middle.", advice: "Try again." },
  "no answer": { fault: { action: { status: 200, headers: json } }, why: "The service answered with nothing.", advice: "Try again." },
  "another shape": { fault: { action: { status: 200, headers: json, body: "[1,2,3]" } }, why: "The answer does not look as the contract says.", advice: "Try again." },
};
// Of the list it is not a workspace that is missing.
const NO_LIST = { why: "The service has no list at the address that is configured.", advice: "Show the details to whoever runs Steward." };
// Nobody has typed what a reading asks with.
const ofReading = (each) => ({ ...each, advice: each.reading ?? each.advice });
const ofList = (kind, each) => ({ ...ofReading(each), ...(kind === "404" && NO_LIST), title: "The list could not be loaded" });
const ENDED = { action: { status: 401 } };
// What it asks for is kept, so that it has journeys of its own.
const PAUSED = { action: { status: 429, headers: { "retry-after": "90" } } };
const PAUSE = { why: "The service received too many requests.", advice: /The service asked for a pause: (90|8\d) seconds left\./ };

function allowAll(guard) {
  guard.allowStatus(400, 401, 402, 403, 404, 409, 418, 422, 429, 500);
  guard.allowBroken();
}

/** Asserts the parts of a failure in the element that tells it. */
async function told(alert, kind, { title, changed, why, advice, silent }, answers) {
  const says = alert.filter({ hasText: why }).filter({ hasText: title });
  await says.first().waitFor();
  const text = await says.first().innerText();
  const has = (part) => (part instanceof RegExp ? part.test(text) : text.includes(part));
  for (const part of [title, why, changed, advice]) assert.ok(!part || has(part), `${kind}: "${part}" in ${text}`);
  assert.doesNotMatch(text, /undefined|null|\{|Error:|<!doctype/, kind);
  if (silent) return;
  const id = (await answers.at(-1)?.allHeaders())?.["request-id"] ?? (await answers.at(-1)?.allHeaders())?.["x-request-id"];
  assert.ok(id, `${kind}: the reference server gives every request an id`);
  assert.ok(text.includes(id), `${kind}: the request id ${id} in ${text}`);
  await says.first().getByRole("button", { name: "Copy request id" }).waitFor();
}

/** Keeps the answers to one kind of request, newest last. */
function answersTo(page, method, pattern) {
  const answers = [];
  page.on("response", (response) => {
    if (response.request().method() === method && pattern.test(new URL(response.url()).pathname)) answers.push(response);
  });
  return answers;
}

const LIST = { method: "GET", path: "/workspaces" };

journey("loading the list again fails in every way: the rows stay, the banner tells", { person: "owner" }, async ({ page, server, guard }) => {
  allowAll(guard);
  const screen = list(page);
  await screen.ready();
  const names = await screen.names();
  const answers = answersTo(page, "GET", /\/workspaces$/);
  for (const [kind, each] of Object.entries(KINDS)) {
    await server.faults({ ...LIST, ...each.fault });
    await screen.reload.click();
    await told(page.getByRole("alert"), kind, ofList(kind, each), answers);
    assert.deepEqual(await screen.names(), names, `${kind}: the rows stay`);
    await server.noFaults();
    await page.getByRole("alert").getByRole("button", { name: "Refresh" }).click();
    await page.getByRole("alert").waitFor({ state: "detached" });
  }
  await server.faults({ ...LIST, ...ENDED });
  await screen.reload.click();
  const ended = page.getByRole("alert").filter({ hasText: "Session ended" });
  await ended.filter({ hasText: "nothing can be changed until you sign in again" }).waitFor();
  assert.deepEqual(await screen.names(), names);
});

journey("the first list fails in every way: the reason stands in its place", { person: "owner", prepare: ({ server, guard }) => allowAll(guard) ?? server.faults({ ...LIST, ...KINDS[500].fault }) }, async ({ page, server }) => {
  const answers = answersTo(page, "GET", /\/workspaces$/);
  const alert = page.getByRole("alert");
  await alert.filter({ hasText: KINDS[500].why }).waitFor();
  for (const [kind, each] of Object.entries(KINDS)) {
    await server.faults({ ...LIST, ...each.fault });
    await alert.getByRole("button", { name: "Refresh" }).click();
    await told(alert, kind, ofList(kind, each), answers);
  }
  await server.noFaults();
  await alert.getByRole("button", { name: "Refresh" }).click();
  await list(page).ready();
});

journey("opening a workspace that is not in the list fails in every way", { person: "owner", at: "/workspaces/altostrat/ws_1", prepare: ({ server, guard }) => allowAll(guard) ?? server.faults({ ...LIST, action: { status: 200, body: { data: [], has_more: false } } }, { method: "GET", path: "/workspaces/*", ...KINDS[500].fault }) }, async ({ page, server }) => {
  const answers = answersTo(page, "GET", /\/workspaces\/ws_1$/);
  const alert = pane(page).alert;
  await alert.filter({ hasText: KINDS[500].why }).waitFor();
  for (const [kind, each] of Object.entries(KINDS)) {
    if (kind === "404") continue;
    await server.faults({ method: "GET", path: "/workspaces/*", ...each.fault });
    await alert.getByRole("button", { name: "Refresh" }).click();
    await told(alert, kind, { ...ofReading(each), title: "The workspace could not be loaded" }, answers);
  }
  await server.faults({ method: "GET", path: "/workspaces/*", action: { status: 404 } });
  await alert.getByRole("button", { name: "Refresh" }).click();
  await alert.filter({ hasText: "Workspace not found" }).filter({ hasText: "It does not exist, or you are not a member of it." }).waitFor();
});

journey("an open workspace that cannot be read again says that it may be out of date", { person: "owner" }, async ({ page, server, guard }) => {
  allowAll(guard);
  await list(page).ready();
  await server.faults({ method: "GET", path: "/workspaces/*", ...KINDS[500].fault });
  await list(page).link(OWNED).click();
  await pane(page).alert.filter({ hasText: "The workspace could not be loaded" }).waitFor();
  await equals("what is known stays", () => pane(page).value("Billing mode").innerText(), "Assigned");
});

journey("saving fails in every way: what was typed stays, and what happened is said", { person: "owner" }, async ({ page, server, guard }) => {
  allowAll(guard);
  const fields = form(page);
  const alert = pane(page).alert;
  const answers = answersTo(page, "PATCH", /./);
  await list(page).edit(OWNED).click();
  await fields.name.fill("Typed with care");
  for (const [kind, each] of Object.entries(KINDS)) {
    await server.faults({ method: "PATCH", ...each.fault });
    await until(`${kind}: the form is ready`, async () => !(await fields.save.getAttribute("aria-disabled")));
    await fields.save.click();
    const unclear = ["half an answer", "no answer", "another shape"].includes(kind);
    const expected = unclear
      ? { title: "It is not known whether the changes were saved", changed: "It may have changed all the same.", advice: "Load the workspace again before you decide." }
      : { title: "The changes were not saved", changed: "Nothing has changed.", advice: each.advice };
    // A success without a word is an acceptance: what the reading after it shows is all that is known.
    const accepted = kind === "no answer" ? { why: "The service accepted the request and does not show its effect yet." } : {};
    await told(alert, kind, { ...each, ...expected, ...accepted }, answers);
    assert.equal(await fields.name.inputValue(), "Typed with care", kind);
  }
  assert.equal(guard.sent("PATCH").length, Object.keys(KINDS).length, "each press was one request");
  await server.faults({ method: "PATCH", action: { status: 200, headers: json }, perform: true });
  await fields.save.click();
  await pane(page).heading("Typed with care").waitFor();
});

journey("a session that ends while editing keeps the text through signing in again", { person: "owner" }, async ({ page, server, guard }) => {
  allowAll(guard);
  await list(page).edit(OWNED).click();
  await form(page).name.fill("Typed with care");
  await server.faults({ method: "PATCH", times: 1, ...ENDED });
  await form(page).save.click();
  await signInAgain(page, "Altostrat").waitFor();
  await page.keyboard.press("Escape");
  await signInAgain(page, "Altostrat").waitFor({ state: "hidden" });
  const alert = pane(page).alert.filter({ hasText: "The service no longer accepts this session." });
  await alert.filter({ hasText: "Nothing has changed." }).waitFor();
  assert.equal(await form(page).name.inputValue(), "Typed with care");
  await alert.getByRole("button", { name: "Sign in again" }).click();
  // Where the browser lets no window open, the page is left and the text is back with it.
  await page.evaluate(() => (window.open = () => null));
  const dialog = signInAgain(page, "Altostrat");
  await until("the words", async () => {
    if (await dialog.getByText("The browser blocked the window").isVisible()) return true;
    await dialog.getByRole("button", { name: "Continue with Altostrat" }).click();
  });
  await dialog.getByRole("button", { name: "Continue in this tab" }).click();
  await page.getByRole("button", { name: PEOPLE.owner }).click();
  await equals("the text is back", () => form(page).name.inputValue(), "Typed with care");
  assert.match(page.url(), /\/edit$/);
});

journey("archiving fails in every way: the dialog stays with the reason, and the name stays typed", { person: "owner" }, async ({ page, server, guard }) => {
  allowAll(guard);
  const answers = answersTo(page, "DELETE", /./);
  await list(page).archive(OWNED).click();
  const { field, confirm, alert, dialog } = archiveDialog(page, OWNED);
  await field.fill(OWNED);
  const refusals = Object.entries(KINDS).filter(([kind]) => !["half an answer", "no answer", "another shape"].includes(kind));
  for (const [kind, each] of refusals) {
    await server.faults({ method: "DELETE", ...each.fault });
    await confirm.click();
    await told(alert, kind, { ...each, title: "The workspace was not archived", changed: "Nothing has changed." }, answers);
    assert.equal(await field.inputValue(), OWNED, kind);
    assert.equal(await list(page).table.getByRole("link", { name: OWNED, includeHidden: true }).count(), 1, kind);
  }
  await server.faults({ method: "DELETE", ...ENDED });
  await confirm.click();
  await signInAgain(page, "Altostrat").getByRole("button", { name: "Not now" }).click();
  await alert.filter({ hasText: "Sign in again." }).getByRole("button", { name: "Sign in again" }).waitFor();
  assert.ok(await dialog.isVisible());
  assert.equal(guard.sent("DELETE").length, refusals.length + 1, "each press was one request");
});

journey("a pause that the service asks for is told and kept: nothing more is sent before it is over", { person: "owner" }, async ({ page, server, guard }) => {
  guard.allowStatus(429);
  const all = answersTo(page, "GET", /\/workspaces$/);
  await list(page).ready();
  const names = await list(page).names();
  await server.faults({ ...LIST, ...PAUSED });
  await list(page).reload.click();
  await told(page.getByRole("alert"), "429", { ...PAUSE, title: "The list could not be loaded" }, all);
  assert.deepEqual(await list(page).names(), names, "the rows stay");
  await server.noFaults();
  const asked = guard.sent().length;
  const again = page.getByRole("alert").getByRole("button", { name: "Refresh" });
  await until("the way on waits for its moment", async () => (await standing(again)).disabled);
  await list(page).link(OWNED).click();
  await pane(page).alert.filter({ hasText: "The workspace could not be loaded" }).filter({ hasText: PAUSE.why }).waitFor();
  await equals("what is known stays", () => pane(page).value("Billing mode").innerText(), "Assigned");
  await pane(page).edit(OWNED).click();
  await form(page).name.fill("Typed with care");
  await form(page).save.click();
  await told(pane(page).alert, "429", { ...PAUSE, title: "The changes were not saved", changed: "Nothing has changed.", silent: true }, []);
  assert.equal(await form(page).name.inputValue(), "Typed with care");
  await form(page).name.fill(OWNED);
  await form(page).cancel.click();
  await pane(page).archive(OWNED).click();
  const { field, confirm, alert, goAhead } = archiveDialog(page, OWNED);
  await field.fill(OWNED);
  // The checks keep the pause as well, so that nothing is known.
  await goAhead.check();
  await confirm.click();
  await told(alert, "429", { ...PAUSE, title: "The workspace was not archived", changed: "Nothing has changed.", silent: true }, []);
  assert.equal(await field.inputValue(), OWNED);
  assert.equal(guard.sent().length, asked, "nothing was sent");
});

for (const [what, method, act] of [
  ["saving", "PATCH", async (page) => {
    await list(page).edit(OWNED).click();
    await form(page).name.fill("Typed with care");
    await form(page).save.click();
    return [pane(page).alert, "The changes were not saved"];
  }],
  ["archiving", "DELETE", async (page) => {
    await list(page).archive(OWNED).click();
    const { field, confirm, alert } = archiveDialog(page, OWNED);
    await field.fill(OWNED);
    await confirm.click();
    return [alert, "The workspace was not archived"];
  }],
]) {
  journey(`a pause asked for at ${what} has its seconds and its request id`, { person: "owner" }, async ({ page, server, guard }) => {
    guard.allowStatus(429);
    const answers = answersTo(page, method, /./);
    await server.faults({ method, ...PAUSED });
    const [alert, title] = await act(page);
    await told(alert, "429", { ...PAUSE, title, changed: "Nothing has changed." }, answers);
    assert.equal(guard.mutations().length, 1);
  });
}
