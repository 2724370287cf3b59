//! Signing in: by the service's own page as far as leaving for it, with a token, and keeping the
//! session only where a person asked for it.

use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::act::{click, fill, focus, submit};
use crate::support::js;
use crate::support::look::{description, is_off, value};
use crate::support::net::Reply;
use crate::support::page::{Page, address, all_of, focused, local, resolved, session, token_of};
use crate::support::world::{LIST, ME, World};

const USERINFO: &str = "/api/altostrat-signin/userinfo";

fn signed_out(address: &str) -> Page {
    let page = Page::new(World::small());
    page.open(address);
    page
}

/// The value of a parameter of an address.
fn parameter(url: &str, name: &str) -> String {
    let read = "return new URL(url, location.origin).searchParams.get(name) ?? ''";
    js("url, name", read, &[&url.into(), &name.into()])
        .as_string()
        .unwrap()
}

#[wasm_bindgen_test]
async fn nobody_signed_in_sees_the_sign_in_page_and_asks_the_service_nothing() {
    let page = signed_out("/workspaces");
    page.find("heading", "Sign in to Steward").await;
    page.idle().await;
    assert_eq!(page.net.requests().len(), 0);
    assert_eq!(address(), "/sign-in");
    assert!(page.all("table").is_empty());
    assert_eq!(leptos::prelude::document().title(), "Sign in · Steward");
}

#[wasm_bindgen_test]
async fn continuing_leaves_for_the_service_with_a_challenge_of_the_kept_verifier() {
    let page = signed_out("/workspaces/altostrat/ws_acme/edit?q=acme");
    page.press("button", "Continue with Altostrat").await;
    page.until("leaving", || !page.left_for().is_empty()).await;
    let url = &page.left_for()[0];
    let pending = session()
        .get_item("steward.sign-in")
        .unwrap()
        .expect("a sign-in under way");
    let pending: serde_json::Value = serde_json::from_str(&pending).unwrap();
    let kept = |name: &str| pending[name].as_str().unwrap_or_default().to_owned();

    assert!(url.contains("/api/altostrat-signin/authorize?"), "{url}");
    assert_eq!(parameter(url, "response_type"), "code");
    assert_eq!(parameter(url, "client_id"), "steward-console");
    assert_eq!(parameter(url, "code_challenge_method"), "S256");
    assert_eq!(parameter(url, "state"), kept("state"));
    assert!(parameter(url, "redirect_uri").ends_with("/sign-in/callback"));
    assert!(parameter(url, "redirect_uri").starts_with("http://127.0.0.1:"));
    // RFC 7636: at least 43 letters of verifier, and its SHA-256 in base64url as the challenge.
    assert!(kept("verifier").len() >= 43);
    let digest = "return crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier)).then((bytes) => \
        btoa(String.fromCharCode(...new Uint8Array(bytes))) \
        .replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', ''))";
    let challenge = resolved(js("verifier", digest, &[&kept("verifier").into()])).await;
    assert_eq!(
        parameter(url, "code_challenge"),
        challenge.as_string().unwrap()
    );
    assert!(
        !url.contains(&kept("verifier")),
        "the verifier itself must not leave"
    );
    // Where the person wanted to go comes back with them.
    assert_eq!(kept("next"), "/workspaces/altostrat/ws_acme/edit?q=acme");
}

#[wasm_bindgen_test]
async fn two_presses_leave_once() {
    let page = signed_out("/sign-in");
    let button = page.find("button", "Continue with Altostrat").await;
    click(&button);
    click(&button);
    page.until("leaving", || !page.left_for().is_empty()).await;
    page.idle().await;
    assert_eq!(page.left_for().len(), 1);
}

#[wasm_bindgen_test]
async fn a_token_that_its_service_accepts_signs_in_and_leads_to_the_place_wanted() {
    let page = signed_out("/workspaces?state=all&sort=-name");
    page.find("button", "Sign in with token").await;
    page.enter("Access token", &token_of(ME));
    page.press("button", "Sign in with token").await;
    page.list(&["Old shop", "Core", "Beta lab", "Acme prod"])
        .await;
    assert_eq!(address(), "/workspaces?state=all&sort=-name");
    let asked = page
        .net
        .requests()
        .into_iter()
        .find(|request| request.path == LIST)
        .unwrap();
    assert_eq!(
        asked.headers["authorization"],
        format!("Bearer {}", token_of(ME))
    );
}

#[wasm_bindgen_test]
async fn a_pasted_token_is_kept_nowhere_unless_asked_for() {
    let page = signed_out("/sign-in");
    page.find("button", "Sign in with token").await;
    page.enter("Access token", &token_of(ME));
    page.press("button", "Sign in with token").await;
    page.find("link", "Acme prod").await;
    let signature = token_of(ME);
    let signature = signature.split('.').nth(1).unwrap();
    assert!(!all_of(&session()).contains(signature));
    assert!(!all_of(&local()).contains(signature));
    assert!(!address().contains(signature));
}

#[wasm_bindgen_test]
async fn ticking_keep_keeps_the_session_in_this_tab_alone() {
    let page = signed_out("/sign-in");
    let keep = page
        .find("checkbox", "Keep me signed in for this tab")
        .await;
    assert!(description(&keep).contains("gone when the tab closes"));
    click(&keep);
    page.enter("Access token", &token_of(ME));
    page.press("button", "Sign in with token").await;
    page.find("link", "Acme prod").await;
    let payload = token_of(ME);
    let payload = payload.split('.').nth(1).unwrap().to_owned();
    assert!(all_of(&session()).contains(&payload));
    assert!(!all_of(&local()).contains(&payload));
    page.reload().await;
    page.find("link", "Acme prod").await;
}

#[wasm_bindgen_test]
async fn while_a_token_is_looked_at_the_page_is_busy_and_sends_nothing_twice() {
    let page = signed_out("/sign-in");
    let held = page.net.hold("GET", USERINFO);
    page.find("button", "Sign in with token").await;
    page.enter("Access token", &token_of(ME));
    page.press("button", "Sign in with token").await;
    page.until("the question who that is", || held.waiting() == 1)
        .await;
    let button = page.get("button", "Sign in with token");
    assert!(is_off(&button) && button.has_attribute("aria-busy"));
    assert_eq!(
        value(&page.get("textbox", "Access token")),
        "",
        "the field is emptied at once"
    );
    page.enter("Access token", "another");
    click(&button);
    submit(&page.get("textbox", "Access token"));
    click(&page.get("button", "Continue with Altostrat"));
    page.idle().await;
    assert_eq!(page.net.requests().len(), 1);
    assert!(page.left_for().is_empty());
    held.pass();
    page.find("link", "Acme prod").await;
}

#[wasm_bindgen_test]
async fn a_token_that_its_service_refuses_is_said_and_the_field_is_empty_and_focused() {
    let page = signed_out("/sign-in");
    page.net.on(
        "GET",
        USERINFO,
        Reply::empty(401).header("x-request-id", "req_77"),
    );
    page.find("button", "Sign in with token").await;
    let field = page.get("textbox", "Access token");
    focus(&field);
    fill(&field, "no-good-token");
    submit(&field);
    page.wait_for_text("Signing in did not work").await;
    assert!(page.all("alert").len() == 1);
    assert!(page.says("The service does not accept this token"));
    page.until("the focus in the field", || {
        focused().is_some_and(|focused| focused.id() == page.get("textbox", "Access token").id())
    })
    .await;
    assert_eq!(value(&page.get("textbox", "Access token")), "");
    assert_eq!(page.net.count("GET", LIST), 0);
    assert!(!is_off(&page.get("button", "Sign in with token")));
}

#[wasm_bindgen_test]
async fn what_cannot_be_a_token_is_refused_without_a_request() {
    let page = signed_out("/sign-in");
    page.find("button", "Sign in with token").await;
    for text in ["", "two words", "naïve"] {
        page.enter("Access token", text);
        submit(&page.get("textbox", "Access token"));
        page.wait_for_text("This is no access token").await;
        page.idle().await;
    }
    assert_eq!(page.net.requests().len(), 0);
}

#[wasm_bindgen_test]
async fn without_a_usable_configuration_the_page_says_so() {
    for text in ["<html>not found</html>", r#"{"services":[]}"#, ""] {
        let page = Page::new(World::small());
        page.sign_in();
        page.configure(text);
        page.open("/workspaces");
        page.find("heading", "No service is configured").await;
        assert!(page.says("/config.json"));
        assert_eq!(page.net.requests().len(), 0);
    }
}

#[wasm_bindgen_test]
async fn a_service_without_a_sign_in_page_takes_tokens_alone() {
    let page = Page::new(World::small());
    page.configure(
        r#"{"services":[{"service":"altostrat","account":"altostrat","label":"Alto","base":"/api/altostrat"}]}"#,
    );
    page.open("/sign-in");
    page.find("button", "Sign in with token").await;
    assert!(!page.has("button", "Continue with Alto"));
    page.enter("Access token", &token_of(ME));
    page.press("button", "Sign in with token").await;
    page.find("link", "Acme prod").await;
}

#[wasm_bindgen_test]
async fn an_address_to_return_to_cannot_lead_to_another_origin() {
    for next in [
        "https%3A%2F%2Fevil.example%2F",
        "%2F%2Fevil.example%2F",
        "%2F%5Cevil.example",
        "javascript%3Aalert(1)",
    ] {
        let page = Page::new(World::small());
        page.sign_in();
        page.open(&format!("/sign-in?next={next}"));
        page.find("link", "Acme prod").await;
        assert_eq!(address(), "/workspaces");
        assert!(page.left_for().is_empty());
    }
}
