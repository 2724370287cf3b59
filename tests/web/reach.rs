//! Where there is no answer: what is likely is told with the step that leads on, and nothing of it is
//! known for certain. Also what every request asks of the browser, so that the service itself answers.

use serde_json::json;
use steward::browser::clock;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::act::{click, fill};
use crate::support::js;
use crate::support::look::{attribute, is_off, text};
use crate::support::net::Reply;
use crate::support::page::{ALONE, Page, token_of};
use crate::support::world::{LIST, ME, World, edit, item};

const API: &str = "https://api.example";
const OWN: &str = "/config.json";
/// The base of the service, as a path.
const BASE: &str = "/api/altostrat";

/// The service at an origin of its own.
fn elsewhere() -> Page {
    let page = Page::new(World::small());
    page.configure(&ALONE.replace(
        "\"/api/altostrat\"",
        "\"https://api.example/api/altostrat\"",
    ));
    page.sign_in();
    page
}

/// A gateway in front of the service.
fn gateway() -> Page {
    let page = Page::new(World::small());
    page.configure(
        r#"{"services": [{"service": "altostrat", "account": "altostrat", "label": "Altostrat",
            "base": "/api/altostrat", "gateway": true, "sign_in": {"userinfo": "/api/altostrat/me"}}]}"#,
    );
    let me = Reply::json(200, &json!({"sub": ME, "name": "Mia Me"}));
    page.net.on("GET", "/api/altostrat/me", me);
    page
}

fn alert(page: &Page, words: &str) -> String {
    let all = page.all("alert").into_iter();
    all.map(|alert| text(&alert))
        .find(|said| said.contains(words))
        .unwrap_or_default()
}

async fn list_says(page: &Page, words: &str) -> String {
    page.until(words, || {
        alert(page, "The list could not be loaded").contains(words)
    })
    .await;
    alert(page, "The list could not be loaded")
}

#[wasm_bindgen_test]
async fn every_request_passes_by_every_cache_and_takes_no_redirect_for_an_answer() {
    let page = Page::at(&edit("ws_acme"), World::small());
    page.roles_known().await;
    fill(&page.find("textbox", "Name").await, "Acme two");
    page.press("button", "Save changes").await;
    page.find("link", "Acme two").await;
    let all = page.net.requests();
    assert!(all.iter().any(|one| one.method == "PATCH"));
    for one in all {
        let redirect = if one.method == "GET" {
            "manual"
        } else {
            "follow"
        };
        let [cache, redirects, mode, _] = &one.asks;
        assert_eq!(
            (cache.as_str(), redirects.as_str(), mode.as_str()),
            ("no-store", redirect, "same-origin"),
            "{} {}",
            one.method,
            one.path
        );
    }
}

#[wasm_bindgen_test]
async fn a_redirect_elsewhere_is_never_followed_with_what_a_request_carries() {
    let page = elsewhere();
    page.open(&edit("ws_acme"));
    page.roles_known().await;
    fill(&page.find("textbox", "Name").await, "Acme two");
    page.press("button", "Save changes").await;
    page.find("link", "Acme two").await;
    let all = page.net.requests().into_iter();
    let (to_it, _): (Vec<_>, Vec<_>) = all.partition(|one| one.origin == API);
    assert!(to_it.iter().any(|one| one.method == "PATCH"));
    for one in to_it {
        assert_eq!(
            one.asks[..3],
            ["no-store", "manual", "cors"],
            "{}",
            one.method
        );
    }
}

#[wasm_bindgen_test]
async fn a_redirect_is_no_answer_of_the_service() {
    let page = Page::new(World::small());
    page.sign_in();
    page.net.on("GET", LIST, Reply::held_redirect());
    page.open("/workspaces");
    list_says(&page, "answered with a redirect").await;
    assert_eq!(page.net.count("GET", LIST), 1);
    let link = page.find("link", "Open the service’s address").await;
    assert_eq!(attribute(&link, "href"), "/api/altostrat");
    assert_eq!(attribute(&link, "target"), "_blank");
    assert_eq!(attribute(&link, "rel"), "noreferrer external");
}

#[wasm_bindgen_test]
async fn what_a_followed_redirect_led_to_is_no_answer_to_a_change() {
    let page = Page::at(&edit("ws_acme"), World::small());
    page.roles_known().await;
    let now = Reply::json(200, &json!({"id": "ws_acme", "name": "Acme two"})).after_redirect();
    page.net.on("PATCH", &item("ws_acme"), now);
    fill(&page.find("textbox", "Name").await, "Acme two");
    page.press("button", "Save changes").await;
    page.until("it to be told", || {
        let all = page.all("alert").into_iter();
        all.map(|alert| text(&alert))
            .any(|said| said.contains("saved"))
    })
    .await;
    assert!(!page.says("are saved"));
    assert_eq!(page.net.count("PATCH", &item("ws_acme")), 1);
}

/// Puts a request into boot.js's place, begun so long ago.
fn begun(by: &str, ago: f64) {
    let make = "globalThis.early = new AbortController(); globalThis.steward = { stopped: () => {}, \
        config: globalThis.steward.config, first: [{ url, by, at: Date.now() - ago, abort: globalThis.early, \
        reply: Promise.resolve(new Response('{\"data\": [], \"has_more\": false}', { headers: { 'content-type': 'application/json' } })) }] }";
    js(
        "url, by, ago",
        make,
        &[&LIST.into(), &by.into(), &ago.into()],
    );
}

fn given_up() -> bool {
    js("", "return globalThis.early.signal.aborted", &[]).is_truthy()
}

#[wasm_bindgen_test]
async fn what_was_begun_early_is_taken_while_it_is_young_and_for_this_credential() {
    let mine = ["Bearer ", &token_of(ME)].concat();
    let page = Page::new(World::small());
    page.sign_in();
    begun(&mine, 2_000.0);
    page.open("/workspaces");
    page.find("heading", "No workspaces").await;
    assert_eq!(page.net.count("GET", LIST), 0);
    drop(page);

    // Asleep meanwhile, a clock that was set back, and another person.
    for (by, ago) in [
        (mine.as_str(), 16_000.0),
        (&mine, -1_000.0),
        (&mine, f64::NAN),
        ("Bearer other", 0.0),
    ] {
        let page = Page::new(World::small());
        page.sign_in();
        begun(by, ago);
        page.open("/workspaces");
        page.list(&["Acme prod", "Beta lab", "Core"]).await;
        assert_eq!(page.net.count("GET", LIST), 1, "{by} {ago}");
        assert_eq!(given_up(), by == mine, "{by} {ago}");
    }
}

#[wasm_bindgen_test]
async fn a_service_that_a_page_may_not_read_is_told_from_a_network_that_is_gone() {
    let page = elsewhere();
    page.net.on("GET", LIST, Reply::lost());
    page.open("/workspaces");
    let said = list_says(&page, "may not let this page read its answers").await;
    assert!(said.contains("Likely causes"), "{said}");
    assert!(!said.contains("could not be reached"), "{said}");
    assert!(!said.contains("Check your connection"), "{said}");
    // What finds out carries nothing of anybody.
    let all = page.net.requests().into_iter();
    let probes: Vec<_> = all
        .filter(|one| [BASE, OWN].contains(&one.path.as_str()))
        .collect();
    assert_eq!(probes.len(), 2);
    for probe in probes {
        assert!(!probe.headers.contains_key("authorization"), "{probe:?}");
        assert_eq!(probe.asks[3], "omit", "{probe:?}");
        assert_eq!(probe.asks[0], "no-store", "{probe:?}");
        assert!(probe.method == "GET" && probe.body.is_empty(), "{probe:?}");
    }
}

#[wasm_bindgen_test]
async fn a_service_that_answered_before_has_perhaps_ended_the_session() {
    let page = elsewhere();
    page.open("/workspaces");
    page.roles_known().await;
    page.net.on("GET", LIST, Reply::lost());
    page.load_again();
    let said = list_says(&page, "Your sign-in may be over").await;
    assert!(said.find("sign-in may be over") < said.find("may not let this page read"));
    page.press("button", "Sign in again").await;
    page.find("dialog", "Sign in again to Altostrat").await;
    page.wait_for_text("This session may be over.").await;
    assert_eq!(page.listed(), ["Acme prod", "Beta lab", "Core"]);
}

#[wasm_bindgen_test]
async fn a_change_that_gets_no_answer_where_reading_does_is_perhaps_not_allowed_to_a_page() {
    let page = elsewhere();
    page.open(&edit("ws_acme"));
    page.roles_known().await;
    page.net.on("PATCH", &item("ws_acme"), Reply::lost());
    fill(&page.find("textbox", "Name").await, "Acme two");
    page.press("button", "Save changes").await;
    page.wait_for_text("may not let it change anything").await;
    assert!(!page.says("Your sign-in may be over"));
    assert_eq!(
        crate::support::look::value(&page.get("textbox", "Name")),
        "Acme two"
    );
    assert_eq!(page.net.count("PATCH", &item("ws_acme")), 1);
}

#[wasm_bindgen_test]
async fn an_address_where_nothing_is_may_be_wrong() {
    let page = elsewhere();
    for path in [LIST, BASE] {
        page.net.on("GET", path, Reply::lost());
    }
    page.open("/workspaces");
    let said = list_says(&page, "may be wrong: https://api.example/api/altostrat.").await;
    assert!(
        said.contains("config.json") && said.contains("may be down"),
        "{said}"
    );
    assert!(!said.contains("Check your connection"), "{said}");
}

#[wasm_bindgen_test]
async fn only_where_nothing_answers_is_the_connection_in_doubt() {
    let page = elsewhere();
    for path in [LIST, BASE, OWN] {
        page.net.on("GET", path, Reply::lost());
    }
    page.open("/workspaces");
    let said = list_says(&page, "Check your connection, then try again.").await;
    assert!(said.contains("The service could not be reached"), "{said}");
    assert!(!said.contains("Likely causes"), "{said}");
}

#[wasm_bindgen_test]
async fn a_gateways_sign_in_is_named_and_offered_and_reading_goes_on_after_it() {
    let page = gateway();
    page.open("/workspaces");
    page.list(&["Acme prod", "Beta lab", "Core"]).await;
    page.roles_known().await;
    page.net.on("GET", LIST, Reply::held_redirect());
    page.load_again();
    list_says(&page, "as a gateway does when its sign-in is over").await;
    let link = page.find("link", "Sign in at the gateway").await;
    assert_eq!(attribute(&link, "href"), "/api/altostrat/me");
    assert_eq!(attribute(&link, "target"), "_blank");
    // A link to a new window would open one: only that it was taken counts here.
    js(
        "link",
        "link.removeAttribute('target'); link.setAttribute('href', '#')",
        &[&link],
    );
    click(&link);
    page.net.as_usual();
    js("", "window.dispatchEvent(new Event('focus'))", &[]);
    page.until("the list", || {
        alert(&page, "The list could not be loaded").is_empty()
    })
    .await;
    assert_eq!(page.listed(), ["Acme prod", "Beta lab", "Core"]);
}

#[wasm_bindgen_test]
async fn a_sign_in_that_gets_no_answer_says_what_is_likely() {
    let page = Page::new(World::small());
    page.configure(&ALONE.replace(
        "\"/api/altostrat-signin/userinfo\"",
        "\"https://api.example/userinfo\"",
    ));
    page.net.on("GET", "/userinfo", Reply::lost());
    page.net.once("GET", "/userinfo", Reply::lost());
    page.open("/sign-in");
    let field = page.find("textbox", "Access token").await;
    fill(&field, &token_of(ME));
    crate::support::act::submit(&field);
    page.wait_for_text("The address of the service may be wrong: https://api.example/userinfo")
        .await;
}

#[wasm_bindgen_test]
async fn a_web_page_in_place_of_data_leads_to_where_it_comes_from() {
    let page = gateway();
    page.open("/workspaces");
    page.list(&["Acme prod", "Beta lab", "Core"]).await;
    page.net.on(
        "GET",
        LIST,
        Reply::text(200, "text/html", "<!doctype html><h1>Sign in"),
    );
    page.load_again();
    list_says(&page, "A web page came instead of data.").await;
    page.find("link", "Sign in at the gateway").await;
}

fn tell(event: &str, online: bool) {
    let make = "Object.defineProperty(navigator, 'onLine', { value: online, configurable: true }); \
        window.dispatchEvent(new Event(name))";
    js("name, online", make, &[&event.into(), &online.into()]);
}

fn connect() {
    js("", "delete navigator.onLine", &[]);
}

#[wasm_bindgen_test]
async fn a_browser_that_says_offline_is_not_believed_while_something_answers() {
    let page = Page::at(&edit("ws_acme"), World::small());
    page.roles_known().await;
    tell("offline", false);
    page.until("somebody to look", || page.net.count("GET", OWN) == 1)
        .await;
    page.idle().await;
    assert!(!page.says("There is no network."));
    fill(&page.find("textbox", "Name").await, "Acme two");
    page.press("button", "Save changes").await;
    page.find("link", "Acme two").await;
    connect();
}

#[wasm_bindgen_test]
async fn an_answer_that_was_on_its_way_does_not_settle_that_there_is_a_network() {
    let page = Page::at("/workspaces", World::small());
    page.roles_known().await;
    tell("offline", false);
    page.until("somebody to look", || page.net.count("GET", OWN) == 1)
        .await;
    page.idle().await;
    assert!(!page.says("There is no network."));
    page.net.on("GET", OWN, Reply::lost());
    page.wait_for_text("There is no network.").await;
    connect();
}

#[wasm_bindgen_test]
async fn a_network_that_was_believed_gone_is_looked_for_and_any_answer_brings_it_back() {
    // By looking, without a word of the browser.
    let page = Page::at("/workspaces", World::small());
    page.roles_known().await;
    page.net.on("GET", OWN, Reply::lost());
    tell("offline", false);
    page.wait_for_text("There is no network.").await;
    assert!(is_off(&page.row_button("Edit", "Acme prod")));
    page.net.as_usual();
    page.until("the network", || !page.says("There is no network."))
        .await;
    assert!(!is_off(&page.row_button("Edit", "Acme prod")));
    connect();
    drop(page);

    // By an answer to something else.
    let page = Page::at("/workspaces", World::small());
    page.roles_known().await;
    page.net.on("GET", OWN, Reply::lost());
    tell("offline", false);
    page.wait_for_text("There is no network.").await;
    let begin = clock::now();
    page.load_again();
    page.until("the network", || !page.says("There is no network."))
        .await;
    assert!(clock::now() - begin < 4_000.0, "at once");
    assert!(!is_off(&page.row_button("Edit", "Acme prod")));
    connect();
}
