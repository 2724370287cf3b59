// The end of a sign-in that has a window of its own. Guarantees: what the service's page sent leaves the address
// at once and goes to the tab that asked, which alone knows what to do with it; no app starts here; this window
// closes, or says that it can be closed. It must not know what a session is, nor keep anything.

const query = location.search.slice(1);
const state = new URLSearchParams(query).get("state");
history.replaceState(null, "", location.pathname);
// A window begins with a copy of what the tab that opened it keeps. None of it is needed here.
try {
  sessionStorage.clear();
} catch {
  // Storage is forbidden, and empty then.
}

// This may run before the page is read.
if (document.readyState === "loading") await new Promise((done) => addEventListener("DOMContentLoaded", done));
const app = document.getElementById("app");
const say = (title, text) => {
  const make = (tag, text) => Object.assign(document.createElement(tag), { textContent: text });
  const main = make("main", "");
  const card = make("div", "");
  main.className = "welcome";
  card.className = "card";
  card.role = "status";
  card.append(make("h1", title), make("p", text));
  main.append(card);
  app.replaceChildren(main);
  app.removeAttribute("aria-busy");
  document.title = `${title} · Steward`;
};

const channel = new BroadcastChannel("steward");
const late = setTimeout(
  () => say("Nobody waits for this sign-in", "The page that asked is closed, or has asked again. Close this window and sign in there."),
  3_000,
);
channel.onmessage = ({ data }) => {
  let said;
  try {
    said = JSON.parse(data);
  } catch {
    return;
  }
  if (said?.kind !== "taken" || said.state !== state) return;
  clearTimeout(late);
  say("You can close this window", "The sign-in goes on in the page that asked for it.");
  close();
};
channel.postMessage(JSON.stringify({ kind: "back", state, query }));
