//! Leaving for a service's own page and being here again: shown as it was left, or never gone. And what stands in a
//! field, in a storage of another version, or in a session that is over by a clock that is wrong.

use serde_json::json;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::Element;

use crate::support::act::{click, fill};
use crate::support::js;
use crate::support::look::{is_off, value};
use crate::support::net::Reply;
use crate::support::page::{Page, address, all_of, session, token_of};
use crate::support::world::{LIST, ME, World};
use steward::browser::clock;

const USERINFO: &str = "/api/altostrat-signin/userinfo";
const TOKEN: &str = "/api/altostrat-signin/oauth/token";
const CONTINUE: &str = "Continue with Altostrat";

/// Shows the page as the browser does that kept it as it was.
pub fn shown_again() {
    let show = "dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))";
    js("", show, &[]);
}

async fn left() -> Page {
    let page = Page::new(World::small());
    page.open("/sign-in");
    page.press("button", CONTINUE).await;
    page.until("leaving", || !page.left_for().is_empty()).await;
    assert!(is_off(&page.get("button", CONTINUE)));
    page
}

#[wasm_bindgen_test]
async fn a_sign_in_page_that_is_shown_again_is_alive() {
    let page = left().await;
    shown_again();
    page.until("alive", || !is_off(&page.get("button", CONTINUE)))
        .await;
    assert!(!is_off(&page.get("button", "Sign in with token")));
    page.press("button", CONTINUE).await;
    page.until("leaving", || page.left_for().len() == 2).await;
    shown_again();
    page.until("alive", || !is_off(&page.get("button", CONTINUE)))
        .await;
    page.enter("Access token", &token_of(ME));
    page.press("button", "Sign in with token").await;
    page.find("link", "Acme prod").await;
}

#[wasm_bindgen_test]
async fn a_page_that_never_opens_is_told_and_can_be_tried_again() {
    let page = Page::new(World::small());
    page.hurry(50);
    page.open("/sign-in");
    page.press("button", CONTINUE).await;
    page.wait_for_text("The service's sign-in page did not open")
        .await;
    assert!(!is_off(&page.get("button", CONTINUE)));
    assert!(all_of(&session()).contains("verifier"), "it may still come");
    page.press("button", CONTINUE).await;
    page.until("leaving", || page.left_for().len() == 2).await;
    page.wait_for_text("The service's sign-in page did not open")
        .await;
    page.enter("Access token", &token_of(ME));
    page.press("button", "Sign in with token").await;
    page.find("link", "Acme prod").await;
    page.idle().await;
    assert!(!page.says("did not open"));
}

#[wasm_bindgen_test]
async fn a_page_that_is_shown_again_without_having_left_stays_as_it_is() {
    let page = Page::new(World::small());
    page.open("/sign-in");
    let held = page.net.hold("GET", USERINFO);
    page.find("button", "Sign in with token").await;
    page.enter("Access token", &token_of(ME));
    page.press("button", "Sign in with token").await;
    page.until("the question", || held.waiting() == 1).await;
    shown_again();
    page.idle().await;
    assert!(is_off(&page.get("button", "Sign in with token")));
    held.pass();
    page.find("link", "Acme prod").await;
}

#[wasm_bindgen_test]
async fn sessions_that_were_put_away_for_the_way_are_taken_out_of_the_storage_again() {
    let page = Page::new(World::small());
    page.open("/sign-in");
    page.find("button", "Sign in with token").await;
    page.enter("Access token", &token_of(ME));
    page.press("button", "Sign in with token").await;
    page.find("link", "Acme prod").await;
    let before = crate::support::swap(&js_sys::global(), "open", &js("", "return () => null", &[]));
    page.press("link", "Accounts").await;
    page.press("link", "Add account").await;
    page.find("button", CONTINUE).await;
    page.until("the secrets", || {
        if !page.says("The browser blocked the window") {
            click(&page.get("button", CONTINUE));
        }
        page.says("The browser blocked the window")
    })
    .await;
    page.press("button", "Continue in this tab").await;
    page.until("leaving", || !page.left_for().is_empty()).await;
    assert!(all_of(&session()).contains(&token_of(ME)), "it is put away");
    shown_again();
    page.until("nothing is kept that nobody asked for", || {
        !all_of(&session()).contains(&token_of(ME))
    })
    .await;
    page.press("link", "Workspaces").await;
    page.find("link", "Acme prod").await;
    crate::support::swap(&js_sys::global(), "open", &before);
}

/// A page with a session that is kept, as a later page of the same tab leaves it.
fn kept(token: &str, refresh: &str, seconds: f64) -> serde_json::Value {
    json!({
        "account": "altostrat", "place": "altostrat", "label": "Altostrat", "kept": true,
        "token": token, "refresh": refresh, "expires": clock::now() + seconds * 1000.0,
    })
}

#[wasm_bindgen_test]
async fn a_page_that_is_shown_again_takes_the_session_that_a_later_page_has_renewed() {
    let page = Page::new(World::small());
    page.keep(&kept(&token_of(ME), "r1", 3_600.0));
    page.open("/workspaces");
    page.find("link", "Acme prod").await;
    let later = [&token_of(ME), "later"].concat();
    page.keep(&kept(&later, "r2", 3_600.0));
    page.net.forget();
    shown_again();
    page.until("the list", || page.net.count("GET", LIST) > 0)
        .await;
    let asked = page.net.requests();
    let list = asked.iter().find(|one| one.path == LIST).unwrap();
    assert_eq!(list.headers["authorization"], format!("Bearer {later}"));
    assert!(all_of(&session()).contains("r2"));
}

#[wasm_bindgen_test]
async fn a_page_that_is_shown_again_after_a_later_one_has_signed_out_is_signed_out() {
    let page = Page::new(World::small());
    page.keep(&kept(&token_of(ME), "r1", 3_600.0));
    page.open("/workspaces");
    page.find("link", "Acme prod").await;
    session().clear().unwrap();
    shown_again();
    page.find("heading", "Sign in to Steward").await;
    assert!(!page.says("Acme prod"));
}

#[wasm_bindgen_test]
async fn what_stands_in_a_field_is_sent_however_it_came_there() {
    let page = Page::new(World::small());
    page.open("/sign-in");
    let field = page.find("textbox", "Access token").await;
    let put = |field: &Element, text: &str| {
        // As software does that fills a field in and says nothing of it.
        js("field, text", "field.value = text", &[field, &text.into()]);
    };
    page.net.on("GET", USERINFO, Reply::empty(401));
    put(&field, "filled");
    page.press("button", "Sign in with token").await;
    page.wait_for_text("Signing in did not work").await;
    assert_eq!(value(&field), "", "a secret lives in one place only");
    let asked = page.net.requests().pop().unwrap();
    assert_eq!(asked.headers["authorization"], "Bearer filled");
    page.net.as_usual();
    fill(&field, "typed");
    put(&field, &token_of(ME));
    page.press("button", "Sign in with token").await;
    page.find("link", "Acme prod").await;
    let all = page.net.requests();
    let sent = |by: &str| {
        let by = format!("Bearer {by}");
        all.iter()
            .any(|one| one.headers.get("authorization") == Some(&by))
    };
    assert!(sent(&token_of(ME)) && !sent("typed"));
}

#[wasm_bindgen_test]
async fn a_session_of_another_version_costs_no_other_one() {
    let page = Page::new(World::small());
    page.sign_in();
    for (account, text) in [
        ("altostrat-2", "{\"version\":9,\"session\":{}}"),
        ("altostrat-3", "no json"),
        (
            "",
            r#"{"account":"","place":"altostrat","label":"A","token":"t"}"#,
        ),
        (
            "altostrat-4",
            r#"{"account":"altostrat","place":"altostrat","label":"A","token":"t"}"#,
        ),
        (
            "gone",
            r#"{"account":"gone","place":"gone","label":"A","token":"t"}"#,
        ),
        (
            "altostrat-5",
            r#"{"account":"altostrat-5","place":"altostrat","label":"A","token":"a b"}"#,
        ),
    ] {
        let key = ["steward.session/", account].concat();
        session().set_item(&key, text).unwrap();
    }
    page.open("/workspaces");
    page.find("link", "Acme prod").await;
    let names = "return Object.keys(sessionStorage).filter((name) => name.startsWith('steward.session/')).join()";
    let names = js("", names, &[]).as_string().unwrap();
    assert_eq!(names, "steward.session/altostrat");
}

#[wasm_bindgen_test]
async fn a_session_that_is_over_by_this_clock_goes_on_where_its_service_accepts_it() {
    for refresh in ["", "r1"] {
        let page = Page::new(World::small());
        let grant = json!({"error": "invalid_grant"});
        page.net.on("POST", TOKEN, Reply::json(400, &grant));
        page.keep(&kept(&token_of(ME), refresh, -86_400.0));
        page.open("/workspaces");
        page.find("link", "Acme prod").await;
        page.idle().await;
        assert!(!page.says("no longer accepts") && !page.says("ends within"));
        assert_eq!(address(), "/workspaces");
        assert_eq!(
            page.net.count("POST", TOKEN),
            usize::from(!refresh.is_empty())
        );
        assert!(!all_of(&session()).contains("r1"), "it is spent");
    }
}

#[wasm_bindgen_test]
async fn a_session_that_is_over_by_this_clock_and_by_its_service_is_signed_out_of() {
    let page = Page::new(World::small());
    page.net.on("GET", USERINFO, Reply::empty(401));
    page.keep(&kept("0ld", "", -1.0));
    page.open("/workspaces");
    page.find("heading", "Sign in to Steward").await;
    assert_eq!(page.net.count("GET", LIST), 0);
    assert!(!all_of(&session()).contains("0ld"));
}
