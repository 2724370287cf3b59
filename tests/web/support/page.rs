//! The page: the whole app, mounted at an address, in a place of its own. It starts from nothing
//! (storage, address, focus) and leaves nothing behind.
//!
//! A test's `Page` unmounts the app when it is dropped. A test that fails never gets there, because
//! a panic ends a WebAssembly call without unwinding; the next `Page` takes its remains away.

use std::any::Any;
use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Promise, Reflect};
use leptos::prelude::*;
use serde_json::{Value, json};
use steward::browser::clock;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlElement, Storage};

use super::console::Console;
use super::look::{name, role};
use super::net::Net;
use super::world::{ME, World};
use super::{get, js, swap};

/// How long something may take to appear, on a busy machine.
const DEADLINE_MS: f64 = 5_000.0;

/// Those of index.html, in its order: `cargo xtask ci` holds one list against the other.
const STYLES: [&str; 16] = [
    include_str!("../../../style/tokens.css"),
    include_str!("../../../style/base.css"),
    include_str!("../../../style/layout.css"),
    include_str!("../../../style/ui/controls.css"),
    include_str!("../../../style/ui/marks.css"),
    include_str!("../../../style/ui/table.css"),
    include_str!("../../../style/ui/rows.css"),
    include_str!("../../../style/ui/forms.css"),
    include_str!("../../../style/ui/messages.css"),
    include_str!("../../../style/ui/dialog.css"),
    include_str!("../../../style/pages/workspace.css"),
    include_str!("../../../style/pages/merge.css"),
    include_str!("../../../style/pages/archive.css"),
    include_str!("../../../style/pages/plain.css"),
    include_str!("../../../style/pages/many.css"),
    include_str!("../../../style/paper.css"),
];

/// One service alone, as most tests have it.
pub const ALONE: &str = r#"{"services": [{
    "service": "altostrat", "account": "altostrat", "label": "Altostrat", "base": "/api/altostrat",
    "sign_in": {
        "authorize": "/api/altostrat-signin/authorize", "token": "/api/altostrat-signin/oauth/token",
        "userinfo": "/api/altostrat-signin/userinfo", "revoke": "/api/altostrat-signin/oauth/revoke",
        "client_id": "steward-console", "scope": "openid profile email offline_access"
    }
}]}"#;

/// All that the console ships with.
pub const SHIPPED: &str = include_str!("../../../public/config.json");

/// Everything of one test. The order is that of taking it away: first the app, last the console.
struct Stage {
    app: Option<Box<dyn Any>>,
    root: HtmlElement,
    _net: Rc<Net>,
    undo: Vec<(JsValue, &'static str, JsValue)>,
    timers: JsValue,
    console: Console,
    _leaving: Closure<dyn FnMut(JsValue)>,
}

thread_local! {
    static STAGE: RefCell<Option<Stage>> = const { RefCell::new(None) };
    static LEFT: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

/// A page in a test.
pub struct Page {
    /// The network of this page.
    pub net: Rc<Net>,
    /// Where the app is.
    pub root: HtmlElement,
}

impl Page {
    /// A page without anybody signed in, and without the app yet.
    pub fn new(world: World) -> Self {
        if let Some(stage) = STAGE.with_borrow_mut(Option::take) {
            stage.remove();
        }
        LEFT.with_borrow_mut(Vec::clear);
        session().clear().unwrap();
        local().clear().unwrap();
        for attribute in ["data-theme", "data-density"] {
            document()
                .document_element()
                .unwrap()
                .remove_attribute(attribute)
                .unwrap();
        }
        style();

        let console = Console::listen();
        // Waits before trying again are random; here there are none.
        let math = get(&js_sys::global(), "Math");
        let random = swap(&math, "random", &js("", "return () => 0", &[]));
        let global: JsValue = js_sys::global().into();
        let timers = js("", TIMERS, &[]);
        let plain = swap(&global, "setTimeout", &get(&timers, "set"));
        let undo = vec![(math, "random", random), (global, "setTimeout", plain)];
        let leaving = stay_here();
        let root: HtmlElement = document().create_element("div").unwrap().unchecked_into();
        root.set_id("app");
        document().body().unwrap().append_child(&root).unwrap();
        let net = Rc::new(Net::new(world));
        let page = Self {
            net: Rc::clone(&net),
            root: root.clone(),
        };
        STAGE.set(Some(Stage {
            app: None,
            root,
            _net: net,
            undo,
            timers,
            console,
            _leaving: leaving,
        }));
        page.configure(ALONE);
        page
    }

    /// A page with me signed in, at an address.
    pub fn at(address: &str, world: World) -> Self {
        let page = Self::new(world);
        page.sign_in();
        page.open(address);
        page
    }

    /// Gives the app another configuration.
    pub fn configure(&self, text: &str) {
        // Each app reads it for itself: a response can be read once.
        let make = "return { first: [], stopped: () => {}, \
            get config() { return Promise.resolve(new Response(text)) } }";
        let boot = js("text", make, &[&text.into()]);
        swap(&js_sys::global(), "steward", &boot);
    }

    /// Leaves a session in this tab, as a person does who asked to be kept signed in.
    pub fn sign_in(&self) {
        self.sign_in_as(ME);
    }

    /// The same for anybody.
    pub fn sign_in_as(&self, person: &str) {
        let kept = json!({
            "account": "altostrat", "place": "altostrat", "label": "Altostrat", "kept": true,
            "token": token_of(person), "refresh": null, "expires": clock::now() + 3_600_000.0,
        });
        self.keep(&kept);
    }

    /// Leaves a session in this tab's storage, as the app writes it.
    pub fn keep(&self, kept: &Value) {
        let key = ["steward.session/", kept["account"].as_str().unwrap()].concat();
        session().set_item(&key, &kept.to_string()).unwrap();
    }

    /// Mounts the app at an address.
    pub fn open(&self, address: &str) {
        let history = window().history().unwrap();
        history
            .replace_state_with_url(&JsValue::NULL, "", Some(address))
            .unwrap();
        // The first router on a page is kept for ever by the hook that it sets for redirects, and would
        // go on answering clicks; a hook that is there already keeps none.
        let _ = server_fn::redirect::set_redirect_hook(|_| {});
        let app = steward::app::mount_into(self.root.clone());
        STAGE.with_borrow_mut(|stage| stage.as_mut().unwrap().app = Some(Box::new(app)));
    }

    /// Takes the app away and mounts it again where it was, as a reload does.
    pub async fn reload(&self) {
        // What has begun may still want the configuration, which can be read once.
        self.idle().await;
        let app = STAGE.with_borrow_mut(|stage| stage.as_mut().unwrap().app.take());
        drop(app);
        self.root.set_text_content(None);
        self.configure(ALONE);
        self.open(&address());
    }

    /// Lets timers run so many times faster, until the end of the test.
    pub fn hurry(&self, times: u32) {
        let make = "const before = setTimeout; \
            return (run, wait, ...rest) => before(run, wait / times, ...rest)";
        let faster = js("times", make, &[&times.into()]);
        replace(js_sys::global().into(), "setTimeout", &faster);
    }

    /// Lets timers come so many milliseconds late, until the end of the test.
    pub fn dawdle(&self, ms: u32) {
        let make = "const before = setTimeout; \
            return (run, wait, ...rest) => before(run, (wait ?? 0) + ms, ...rest)";
        let slower = js("ms", make, &[&ms.into()]);
        replace(js_sys::global().into(), "setTimeout", &slower);
    }

    /// Sets the clock ahead by so many milliseconds, until the end of the test.
    pub fn pass(&self, ms: u32) {
        let ahead = js(
            "ms",
            "const now = Date.now; return () => now() + ms",
            &[&ms.into()],
        );
        let date = js("", "return Date", &[]);
        replace(date, "now", &ahead);
    }

    /// Waits until something is so.
    pub async fn until(&self, what: &str, is_so: impl Fn() -> bool) {
        let end = clock::now() + DEADLINE_MS;
        while !is_so() {
            let page = || document().body().unwrap().inner_text();
            let focus = || focused().map(|one| [role(&one), name(&one)].join(" "));
            assert!(
                clock::now() < end,
                "waited in vain for: {what}\nat {}\nfocus: {:?}\n{}",
                address(),
                focus(),
                page()
            );
            clock::sleep(4).await;
        }
    }

    /// Waits until whatever is under way has settled, where nothing is expected to show.
    pub async fn idle(&self) {
        for _ in 0..4 {
            clock::sleep(8).await;
        }
    }

    /// The addresses outside the app that the page wanted to leave for.
    pub fn left_for(&self) -> Vec<String> {
        LEFT.with_borrow(Clone::clone)
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        let Some(stage) = STAGE.with_borrow_mut(Option::take) else {
            return;
        };
        let said = stage.remove();
        assert!(said.is_empty(), "the console is not silent: {said:#?}");
    }
}

/// Timers that end with their test: what an app that is gone still waits for, to look or to try again, would reach the
/// network of a later test.
const TIMERS: &str = "const [before, left] = [setTimeout, new Set()]; \
    const set = (run, ...rest) => { \
        const id = before((...given) => { left.delete(id); run(...given); }, ...rest); \
        left.add(id); \
        return id; \
    }; \
    return { set, end: () => left.forEach((id) => clearTimeout(id)) }";

impl Stage {
    /// Takes everything away and gives back what the console got.
    fn remove(mut self) -> Vec<String> {
        drop(self.app.take());
        js("timers", "timers.end()", &[&self.timers]);
        self.root.remove();
        for (of, name, former) in self.undo.drain(..).rev() {
            swap(&of, name, &former);
        }
        self.console.said()
    }
}

/// Replaces a property until the end of the test.
fn replace(of: JsValue, name: &'static str, value: &JsValue) {
    let before = swap(&of, name, value);
    STAGE.with_borrow_mut(|stage| stage.as_mut().unwrap().undo.push((of, name, before)));
}

/// A token as the service makes them, with this person as its subject, good until 2100. Nobody
/// checks its signature. The same at every call.
pub fn token_of(person: &str) -> String {
    let claims = json!({"sub": person, "exp": 4_102_444_800_i64, "urn:altostrat:name": "Mia Me"});
    let encode = |value: &Value| {
        let text = js("text", "return btoa(text)", &[&value.to_string().into()])
            .as_string()
            .unwrap();
        text.replace('+', "-").replace('/', "_").replace('=', "")
    };
    format!(
        "{}.{}.c2lnbmF0dXJl",
        encode(&json!({"alg": "RS256"})),
        encode(&claims)
    )
}

/// Path and query of the address bar.
pub fn address() -> String {
    let location = window().location();
    location.pathname().unwrap() + &location.search().unwrap()
}

/// This tab's storage.
pub fn session() -> Storage {
    window().session_storage().unwrap().unwrap()
}

/// The storage that outlives the tab.
pub fn local() -> Storage {
    window().local_storage().unwrap().unwrap()
}

/// Everything in a storage, as one text to search.
pub fn all_of(storage: &Storage) -> String {
    js(
        "storage",
        "return JSON.stringify({ ...storage })",
        &[storage],
    )
    .as_string()
    .unwrap()
}

/// Everything that this tab keeps of what was typed and not sent.
pub fn kept_drafts() -> String {
    js(
        "storage",
        "return JSON.stringify(Object.entries({ ...storage }).filter(([name]) => name.startsWith('steward.draft/')))",
        &[&session()],
    )
    .as_string()
    .unwrap()
}

/// What has the focus.
pub fn focused() -> Option<Element> {
    document()
        .active_element()
        .filter(|element| element.tag_name() != "BODY")
}

/// The app's own stylesheets, once: rows have their height, and what is not shown is not there.
fn style() {
    if document().get_element_by_id("styles").is_some() {
        return;
    }
    let style = document().create_element("style").unwrap();
    style.set_id("styles");
    style.set_text_content(Some(&STYLES.concat()));
    document().head().unwrap().append_child(&style).unwrap();
}

/// Notes where the page wants to go and stays: a test that left would never end.
fn stay_here() -> Closure<dyn FnMut(JsValue)> {
    let listener = Closure::<dyn FnMut(JsValue)>::new(|event: JsValue| {
        let to = get(&event, "destination");
        if get(&to, "sameDocument").is_falsy() {
            let url = get(&to, "url").as_string().unwrap_or_default();
            LEFT.with_borrow_mut(|left| left.push(url));
            event.unchecked_ref::<web_sys::Event>().prevent_default();
        }
    });
    let navigation = get(&js_sys::global(), "navigation");
    let function: &JsValue = listener.as_ref();
    swap(&navigation, "onnavigate", function);
    listener
}

/// Whether closing the tab would ask first.
pub fn asks_before_leaving() -> bool {
    let ask = "const event = new Event('beforeunload', { cancelable: true }); \
        dispatchEvent(event); return event.defaultPrevented";
    js("", ask, &[]).is_truthy()
}

/// Resolves a promise of JavaScript.
pub async fn resolved(promise: JsValue) -> JsValue {
    let promise: Promise = promise.dyn_into().unwrap();
    wasm_bindgen_futures::JsFuture::from(promise).await.unwrap()
}

/// A property of the page's root element.
pub fn root_attribute(name: &str) -> Option<String> {
    document().document_element().unwrap().get_attribute(name)
}

/// The length of the tab's history.
pub fn history_length() -> u32 {
    Reflect::get(&window().history().unwrap(), &"length".into())
        .unwrap()
        .as_f64()
        .unwrap() as u32
}

/// Lets everything run that was set off so far, and nothing that waits for time.
pub async fn microtasks() {
    let task = "return new Promise((done) => { const { port1, port2 } = new MessageChannel(); \
        port1.onmessage = () => done(); port2.postMessage(0); })";
    resolved(js("", task, &[])).await;
}
