//! The second step of a sign-in: a code, sent once and kept nowhere, and nobody signed in before it.

use serde_json::{Value, json};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::Element;

use crate::support::act::{fill, submit};
use crate::support::js;
use crate::support::look::{attribute, value};
use crate::support::net::Reply;
use crate::support::page::{Page, SHIPPED, address, all_of, focused, local, session};
use crate::support::world::World;

const LOGIN: &str = "/api/flashback/user/login";
const PROFILE: &str = "/api/flashback/user/profile";
const STATUS: &str = "/api/flashback/mfa/status";
const VERIFY: &str = "/api/flashback/mfa/verify-login";
const LIST: &str = "/api/flashback/workspace";
const FIELD: &str = "Code from your authenticator";

fn status(verified: bool, methods: &[&str]) -> Reply {
    let data = json!({"isEnabled": true, "enabledMethods": methods, "sessionVerified": verified});
    Reply::json(200, &json!({"success": true, "data": data}))
}

/// The form of somebody whose sign-in asks for a second step, filled in and sent.
async fn half(methods: &[&str]) -> Page {
    let page = Page::new(World::small());
    page.configure(SHIPPED);
    let profile =
        json!({"success": true, "data": {"id": "u-1", "name": "Ada", "mfaRequired": true}});
    page.net.on("GET", PROFILE, Reply::json(200, &profile));
    page.net.on("GET", STATUS, status(false, methods));
    let none = json!({"success": true, "workspaces": []});
    page.net.on("GET", LIST, Reply::json(200, &none));
    let grant = json!({"success": true, "accessToken": "l1mited", "refreshToken": "l1mited-too"});
    page.net.once("POST", LOGIN, Reply::json(200, &grant));
    page.open("/sign-in");
    page.press("radio", "Flashback").await;
    page.press("checkbox", "Keep me signed in for this tab")
        .await;
    let email = page.find("textbox", "E-mail").await;
    let password = page.get("textbox", "Password");
    fill(&email, "ada@example.org");
    fill(&password, "s3same-open");
    submit(&password);
    page
}

async fn asked(page: &Page) -> Element {
    let field = page.find("textbox", FIELD).await;
    page.until("the focus in the field", || {
        focused().is_some_and(|focused| focused.is_same_node(Some(&field)))
    })
    .await;
    field
}

fn is_nowhere(page: &Page, secret: &str) {
    let markup = js("root", "return root.outerHTML", &[&page.root]);
    assert!(!markup.as_string().unwrap().contains(secret));
    for text in [all_of(&session()), all_of(&local()), address()] {
        assert!(!text.contains(secret), "{text}");
    }
}

fn sent(page: &Page) -> Vec<Value> {
    let all = page.net.requests().into_iter();
    all.filter(|request| request.path == VERIFY)
        .map(|request| {
            assert_eq!(request.headers["authorization"], "Bearer l1mited");
            serde_json::from_str(&request.body).unwrap()
        })
        .collect()
}

#[wasm_bindgen_test]
async fn a_code_completes_the_sign_in_and_nobody_is_signed_in_before_it() {
    let page = half(&["GOOGLE_AUTH"]).await;
    let field = asked(&page).await;
    assert_eq!(attribute(&field, "autocomplete"), "one-time-code");
    assert!(!page.has("textbox", "Password") && page.all("alert").is_empty());
    assert_eq!(page.net.count("GET", LIST), 0);
    is_nowhere(&page, "l1mited");
    let held = page.net.hold("POST", VERIFY);
    // As software fills it in: without an event.
    js("field", "field.value = ' 246 810 '", &[&field]);
    submit(&field);
    page.until("the code on its way", || held.waiting() == 1)
        .await;
    assert_eq!(value(&field), "", "emptied before the answer");
    submit(&field);
    page.idle().await;
    page.net.on("GET", STATUS, status(true, &["GOOGLE_AUTH"]));
    let full = json!({"success": true, "message": "Ok", "fullAccessToken": "f0ll", "refreshToken": "r3fresh"});
    held.reply(Reply::json(200, &full));
    page.find("heading", "Workspaces").await;
    assert_eq!(
        sent(&page),
        [json!({"mfaType": "GOOGLE_AUTH", "code": "246810"})]
    );
    page.until("the list", || page.net.count("GET", LIST) == 1)
        .await;
    let all = page.net.requests();
    let list = all.iter().find(|request| request.path == LIST).unwrap();
    assert_eq!(list.headers["authorization"], "Bearer f0ll");
    for secret in ["l1mited", "246810", "s3same-open"] {
        is_nowhere(&page, secret);
    }
    assert!(
        all_of(&session()).contains("f0ll"),
        "the session was to be kept"
    );
}

#[wasm_bindgen_test]
async fn a_wrong_code_is_told_and_the_next_one_goes_on_from_there() {
    let page = half(&["GOOGLE_AUTH"]).await;
    let field = asked(&page).await;
    let refusal = json!({"success": false, "message": "Invalid verification code"});
    page.net.once("POST", VERIFY, Reply::json(401, &refusal));
    fill(&field, "000000");
    submit(&field);
    page.wait_for_text("The code was not accepted").await;
    assert!(page.says("Invalid verification code"));
    let field = asked(&page).await;
    assert_eq!(
        (value(&field).as_str(), page.net.count("POST", LOGIN)),
        ("", 1)
    );
    page.net.once("POST", VERIFY, Reply::lost());
    fill(&field, "111111");
    submit(&field);
    page.wait_for_text("Signing in did not work").await;
    asked(&page).await;
    // Nothing typed is nothing sent.
    submit(&field);
    page.idle().await;
    assert_eq!(page.net.count("POST", VERIFY), 2);
    page.press("button", "Start again").await;
    page.find("textbox", "Password").await;
    assert!(page.all("alert").is_empty());
    is_nowhere(&page, "l1mited");
}

#[wasm_bindgen_test]
async fn a_service_that_takes_the_code_and_is_not_past_it_is_not_believed() {
    let page = half(&["GOOGLE_AUTH"]).await;
    let field = asked(&page).await;
    let full = json!({"success": true, "fullAccessToken": "n0t-yet", "refreshToken": "r"});
    page.net.once("POST", VERIFY, Reply::json(200, &full));
    fill(&field, "246810");
    submit(&field);
    page.until("the question how far", || {
        page.net.count("GET", STATUS) == 2
    })
    .await;
    // What the answer comes to is awaited, or nothing is held.
    page.idle().await;
    asked(&page).await;
    assert_eq!(page.net.count("GET", LIST), 0);
    is_nowhere(&page, "n0t-yet");
}

#[wasm_bindgen_test]
async fn what_cannot_be_given_here_is_said_and_a_token_offered() {
    let page = half(&["PASSKEY"]).await;
    page.wait_for_text("The service asks for a second step")
        .await;
    assert!(page.says("such as a passkey"));
    assert!(page.has("textbox", "Password") && !page.has("textbox", FIELD));
    assert!(page.has("button", "Use an access token instead"));
    is_nowhere(&page, "l1mited");
}
