// Starts the console. Guarantees: the theme is there before the first paint, the first request is under way while
// the app is downloaded, and a page that cannot start, or has stopped, says so outside the app. It must not know
// what a workspace is, nor keep, change or print a credential.

const script = document.querySelector("script[data-wasm]");
// Storage may be forbidden, and what is in it may be of another version.
const stored = (read) => {
  try {
    return JSON.parse(read()) ?? {};
  } catch {
    return {};
  }
};

// The appearance, as early as a script can be.
const root = document.documentElement.dataset;
const settings = stored(() => localStorage.getItem("steward.settings"));
if (["light", "dark"].includes(settings.theme)) root.theme = settings.theme;
if (settings.density === "compact") root.density = settings.density;

// Whoever asks for the reply later gets its failure; until then it is nobody's.
const begin = (url, init, check = (reply) => reply) => {
  const reply = fetch(url, init).then(check);
  reply.catch(() => {});
  return reply;
};

const signingIn = location.pathname.startsWith("/sign-in");
// Nothing else in there is looked at: the lists that are kept are long.
const tab = stored(() => JSON.stringify(Object.keys(sessionStorage)));
const sessions = Object.values(tab)
  .filter((key) => key.startsWith("steward.session/"))
  .map((key) => stored(() => sessionStorage.getItem(key)));
const signedIn = sessions.length > 0;

// The static page draws the list. Where something else will stand it draws less, so that nothing is taken back.
if (signingIn || !signedIn) root.shell = "none";
else if (!/^\/(workspaces\/?)?$/.test(location.pathname)) root.shell = "rail";

globalThis.steward = {
  // A copy of the browser's has to be confirmed: where a service is rests on it.
  config: begin("/config.json", { cache: "no-cache" }),
  first: [],
  stopped: (detail) =>
    say("The page stopped.", "Your last change may not be saved. What you typed is kept.", detail),
};
for (const { token, first: url, expires } of signingIn ? [] : sessions) {
  // A pasted token has no known end.
  if (!token || !url || (expires ?? Infinity) <= Date.now()) continue;
  // The app takes this over with its limit of time, only for the same credential and only while it is young. Like
  // all that the app asks: from the service itself, and a redirect is no answer.
  const by = `Bearer ${token}`;
  const abort = new AbortController();
  const init = {
    headers: { Accept: "application/json", Authorization: by },
    signal: abort.signal,
    cache: "no-store",
    redirect: "manual",
  };
  steward.first.push({ url, by, abort, at: Date.now(), reply: begin(url, init) });
}
// A page that comes back from the browser's memory was asked for by nobody meanwhile.
addEventListener("pageshow", ({ persisted }) => {
  if (persisted) for (const first of steward.first.splice(0)) first?.abort.abort();
});

// The router takes it for granted that an address can be changed. A browser may refuse (Safari, after 100 times in 30
// seconds): then the bar keeps the old one, and the app goes on.
for (const change of ["pushState", "replaceState"]) {
  const plain = history[change];
  history[change] = (...to) => {
    try {
      plain.apply(history, to);
    } catch (error) {
      console.warn(error);
    }
  };
}

const make = (tag, text = "") => Object.assign(document.createElement(tag), { textContent: text });

// One bar, the first that is needed: what follows a failure is rarely its cause.
function say(title, text, detail) {
  // What fails while the page is still being read has no place to be said yet.
  if (document.readyState === "loading") {
    addEventListener("DOMContentLoaded", () => say(title, text, detail), { once: true });
    return;
  }
  if (document.querySelector(".stopped")) return;
  const bar = make("div");
  const words = make("div");
  // What it replaces for those who listen had both: a main part and a heading.
  const main = make("main");
  const reload = make("button", "Reload");
  bar.className = "stopped";
  bar.role = "alert";
  words.append(make("h1", title), ` ${text} `, make("code", detail));
  reload.className = "btn";
  reload.onclick = () => location.reload();
  bar.append(words, reload);
  const app = document.getElementById("app");
  // An open dialog would keep everything else out of reach, this bar as well.
  for (const dialog of document.querySelectorAll("dialog[open]")) dialog.remove();
  if (app) app.inert = true;
  app?.firstElementChild?.removeAttribute("aria-busy");
  main.append(bar);
  document.body.prepend(main);
  reload.focus();
}

// A trap in the app that its own hook could not report, such as a full stack.
const trapped = (error) => {
  if (error instanceof WebAssembly.RuntimeError) steward.stopped();
};
addEventListener("error", (event) => trapped(event.error));
addEventListener("unhandledrejection", (event) => trapped(event.reason));

// After a deploy the old names are gone; the page that names the new ones is a reload away.
const ready = (reply) => {
  if (reply.ok) return reply;
  throw new Error(`${reply.status} for ${reply.url}`);
};

async function start() {
  // This script may run before the page is read to its end, and the app needs its place there.
  const read = new Promise((done) => {
    if (document.readyState === "loading") addEventListener("DOMContentLoaded", done);
    else done();
  });
  if (!globalThis.WebAssembly) {
    await read;
    say("This browser cannot run the console.", "It needs WebAssembly, which every current browser has.");
    return;
  }
  // Both at once: the module needs no glue to be on its way.
  const module = begin(script.dataset.wasm, undefined, ready);
  const [glue] = await Promise.all([import(script.dataset.js), read]);
  await glue.default({ module_or_path: module });
}

// A sign-in in a window of its own has come back: there is no app to start, and the tab that asked waits.
const back = new URLSearchParams(location.search);
const inWindow = (back.has("code") || back.has("error")) && back.get("state")?.startsWith("w.");

(inWindow ? import("./window.js") : start()).catch((error) => {
  console.error(error);
  trapped(error);
  say("The console could not be loaded.", "Nothing has changed. Check the connection, then reload.");
});
