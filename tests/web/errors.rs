//! Every way a request can go wrong, at the list: what failed, why, what to do, and the request id
//! where there is one. Never raw JSON, never a bare number.

use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::act::click;
use crate::support::look::{all_in, attribute, name, text};
use crate::support::net::Reply;
use crate::support::page::Page;
use crate::support::world::{LIST, World, item, open};

struct Case {
    what: &'static str,
    reply: Reply,
    /// Why, and what to do.
    says: &'static str,
    /// How often a read is tried: what may pass by itself, three times.
    tries: usize,
}

fn case(what: &'static str, reply: Reply, says: &'static str, tries: usize) -> Case {
    Case {
        what,
        reply,
        says,
        tries,
    }
}

fn refusal(status: u16) -> Reply {
    Reply::error(status, "the_code", "The service's own words.").header("x-request-id", "req_42")
}

fn table() -> Vec<Case> {
    let json = |body| Reply::text(200, "application/json", body).header("x-request-id", "req_42");
    let details = "Try again. If it stays so, show the details to whoever runs the service.";
    // Nobody can change what a list is asked for with.
    let invalid = "The service found something wrong with the request. Load it again. If it stays so, \
                   show the details to whoever runs Steward.";
    vec![
        case("400", refusal(400), invalid, 1),
        case("422", refusal(422), invalid, 1),
        case(
            "401",
            refusal(401),
            "The service no longer accepts this session. Sign in again.",
            1,
        ),
        case(
            "402",
            refusal(402),
            "The service refuses until something about its billing is settled. Settle it at the service, or show \
             the details to whoever pays there; then try again.",
            1,
        ),
        case(
            "403",
            refusal(403),
            "The service does not allow you to do this.",
            1,
        ),
        case(
            "404",
            refusal(404),
            "The service has no list at the address that is configured. Show the details to whoever runs Steward.",
            1,
        ),
        case(
            "409",
            refusal(409),
            "The service refuses while something else stands in the way.",
            1,
        ),
        case(
            "418",
            refusal(418),
            "The service refused, in a way its contract does not describe.",
            1,
        ),
        case(
            "429",
            refusal(429),
            "The service received too many requests. Wait a moment, then try again.",
            3,
        ),
        case(
            "429 for long",
            refusal(429).header("retry-after", "120"),
            "The service received too many requests. The service asked for a pause: 120 seconds left.",
            1,
        ),
        case(
            "500",
            refusal(500),
            "The service failed. Wait a moment, then try again.",
            3,
        ),
        case("502", refusal(502), "The service failed.", 3),
        case(
            "503 for long",
            refusal(503).header("retry-after", "61"),
            "The service failed. The service asked for a pause: 61 seconds left.",
            1,
        ),
        case(
            "lost",
            Reply::lost(),
            "The service could not be reached, or the connection broke. Other requests of this page are answered. Try again.",
            3,
        ),
        case(
            "web page",
            Reply::text(200, "text/html", "<!doctype html><p>Welcome to the hotel"),
            "A web page came instead of data.",
            1,
        ),
        case(
            "truncated",
            json("{\"data\": [{\"id\": \"ws_1\", \"na"),
            "The answer broke off in the middle.",
            1,
        ),
        case("empty", json(""), "The service answered with nothing.", 1),
        case(
            "other shape",
            json("{\"items\": []}"),
            "The answer does not look as the contract says.",
            1,
        ),
        case("not json", json("OK"), details, 1),
    ]
}

async fn loaded_with(case: &Case) -> Page {
    let page = Page::new(World::small());
    page.sign_in();
    page.net.on("GET", LIST, case.reply.clone());
    page.open("/workspaces");
    page.until(case.what, || {
        page.has("heading", "The list could not be loaded")
    })
    .await;
    // What is likely where nothing came is known a moment later.
    page.until(case.says, || text(&alert(&page)).contains(case.says))
        .await;
    page
}

fn alert(page: &Page) -> web_sys::Element {
    let about = |alert: &web_sys::Element| text(alert).contains("The list could not be loaded");
    page.all("alert")
        .into_iter()
        .find(about)
        .expect("an alert with the failure")
}

#[wasm_bindgen_test]
async fn every_failure_of_the_list_has_its_words() {
    for case in table() {
        let page = loaded_with(&case).await;
        let said = text(&alert(&page));
        assert!(said.contains(case.says), "{}: {said}", case.what);
        assert_eq!(
            page.net.count("GET", LIST),
            case.tries,
            "{}: tries",
            case.what
        );
        assert!(
            !said.contains('{') && !said.contains("status"),
            "{}: {said}",
            case.what
        );
        assert!(
            !said.contains("It may have changed"),
            "{}: a read changes nothing: {said}",
            case.what
        );
        assert!(
            !page.says("No workspaces") && !page.says("0 workspaces"),
            "{}: a failure is no empty list",
            case.what
        );
        let has_id = case.reply.header_value("x-request-id").is_some();
        assert_eq!(
            said.contains("req_42"),
            has_id,
            "{}: the request id",
            case.what
        );
        let buttons: Vec<String> = all_in(&alert(&page), "button").iter().map(name).collect();
        assert_eq!(
            buttons.contains(&"Copy request id".to_owned()),
            has_id,
            "{}: {buttons:?}",
            case.what
        );
        let next = if case.what == "401" {
            "Sign in again"
        } else {
            "Refresh"
        };
        assert!(
            buttons.contains(&next.to_owned()),
            "{}: {buttons:?}",
            case.what
        );
    }
}

#[wasm_bindgen_test]
async fn the_services_own_words_are_shown_with_code_and_documentation() {
    let page = loaded_with(&case("403", refusal(403), "", 1)).await;
    let said = text(&alert(&page));
    assert!(
        said.contains("The service's own words.") && said.contains("the_code"),
        "{said}"
    );
    let link = page.get("link", "https://docs.altostrat.io/errors/the_code");
    assert_eq!(attribute(&link, "rel"), "noreferrer external");
}

#[wasm_bindgen_test]
async fn a_documentation_link_that_is_none_is_left_out() {
    for url in [
        "javascript:alert(1)",
        "http://plain.example",
        "data:text/html,x",
    ] {
        let body = serde_json::json!({"message": "<img src=x onerror=alert(1)>", "code": "c", "doc_url": url});
        let page = loaded_with(&case(url, Reply::json(403, &body), "", 1)).await;
        assert!(all_in(&alert(&page), "link").is_empty(), "{url}");
        assert!(text(&alert(&page)).contains("<img src=x onerror=alert(1)>"));
        assert!(page.root.query_selector("img").unwrap().is_none());
    }
}

#[wasm_bindgen_test]
async fn a_short_wait_that_the_service_asks_for_is_kept_before_trying_again() {
    let page = Page::new(World::small());
    page.sign_in();
    page.hurry(10);
    page.net
        .once("GET", LIST, refusal(429).header("retry-after", "2"));
    let begin = steward::browser::clock::now();
    page.open("/workspaces");
    page.list(&["Acme prod", "Beta lab", "Core"]).await;
    let waited = steward::browser::clock::now() - begin;
    assert!(waited >= 190.0, "2 seconds, ten times faster: {waited} ms");
    assert_eq!(page.net.count("GET", LIST), 2);
}

#[wasm_bindgen_test]
async fn a_request_that_is_never_answered_ends_and_says_so() {
    let page = Page::new(World::small());
    page.sign_in();
    page.hurry(40);
    page.net.hold("GET", LIST);
    page.open("/workspaces");
    page.find("heading", "The list could not be loaded").await;
    assert!(page.says("The service did not answer in time. Try again."));
}

#[wasm_bindgen_test]
async fn the_ended_session_is_said_once_however_many_requests_fail() {
    let page = Page::new(World::small());
    page.sign_in();
    page.net.on("GET", "*/members", Reply::empty(401));
    page.open("/workspaces");
    page.wait_for_text("Session ended").await;
    page.idle().await;
    let ended = page
        .all("alert")
        .into_iter()
        .filter(|alert| text(alert).contains("no longer accepts"))
        .count();
    assert_eq!(ended, 1);
    assert_eq!(
        page.names("button")
            .iter()
            .filter(|name| *name == "Sign in again")
            .count(),
        1
    );
}

#[wasm_bindgen_test]
async fn a_failure_of_one_workspace_leaves_the_list_usable() {
    let page = Page::at("/workspaces", World::small());
    page.roles_known().await;
    page.net.on("GET", &item("ws_core"), refusal(500));
    page.press("link", "Core").await;
    page.find("complementary", "Core").await;
    page.idle().await;
    assert_eq!(page.listed(), ["Acme prod", "Beta lab", "Core"]);
    click(&page.get("link", "Beta lab"));
    page.find("complementary", "Beta lab").await;
    assert!(crate::support::page::address().starts_with(&open("ws_beta")));
}
