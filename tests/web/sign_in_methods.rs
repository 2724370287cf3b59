//! The ways in where there are several services: which one, and its token, key or password, or a
//! gateway. A secret is sent once and stays nowhere.

use serde_json::{Value, json};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::act::{fill, focus, key, submit};
use crate::support::look::{attribute, description, find_in, value};
use crate::support::net::Reply;
use crate::support::page::{Page, SHIPPED, address, all_of, focused, local, session};
use crate::support::world::World;
use crate::support::{get, js};

const ORGANIZATION: &str = "/api/anthropic/v1/organizations/me";
const KEYED_LIST: &str = "/api/anthropic/v1/organizations/workspaces";
const LOGIN: &str = "/api/flashback/user/login";
const PROFILE: &str = "/api/flashback/user/profile";
const KEY: &str = "sk-ant-admin01-top-secret";

/// A page without anybody, with every service that the console ships with.
fn with_all() -> Page {
    let page = Page::new(World::small());
    page.configure(SHIPPED);
    let me = json!({"id": "org-1", "type": "organization", "name": "Acme Org"});
    page.net.on("GET", ORGANIZATION, Reply::json(200, &me));
    let none = json!({"data": [], "has_more": false, "first_id": null, "last_id": null});
    page.net.on("GET", KEYED_LIST, Reply::json(200, &none));
    let profile =
        json!({"success": true, "data": {"id": "u-1", "name": "Ada", "lastName": "Lovelace"}});
    page.net.on("GET", PROFILE, Reply::json(200, &profile));
    let none = json!({"success": true, "workspaces": []});
    page.net
        .on("GET", "/api/flashback/workspace", Reply::json(200, &none));
    page.open("/sign-in");
    page
}

/// Nothing on the page, in the address or in any storage holds it.
fn is_nowhere(page: &Page, secret: &str) {
    let markup = js("root", "return root.outerHTML", &[&page.root]);
    assert!(!markup.as_string().unwrap().contains(secret));
    for text in [all_of(&session()), all_of(&local()), address()] {
        assert!(!text.contains(secret), "{text}");
    }
}

#[wasm_bindgen_test]
async fn one_service_is_not_chosen_and_of_several_the_first_is() {
    let page = Page::new(World::small());
    page.open("/sign-in");
    page.find("button", "Continue with Altostrat").await;
    assert!(!page.has("group", "Service"));
    drop(page);
    let page = with_all();
    let group = page.find("group", "Service").await;
    for (name, on) in [
        ("Altostrat", true),
        ("Anthropic", false),
        ("Flashback", false),
        ("OpenAI", false),
    ] {
        let radio = find_in(&group, "radio", name).unwrap();
        assert_eq!(get(&radio, "checked").is_truthy(), on, "{name}");
        // One group: the browser's own keys choose within it.
        assert_eq!(attribute(&radio, "name"), "service");
    }
    assert!(page.has("button", "Continue with Altostrat"));
    assert!(page.has("textbox", "Access token"));
    page.press("radio", "Anthropic").await;
    page.find("textbox", "Admin key").await;
    assert!(!page.has("button", "Continue with Altostrat"));
    assert!(!page.has("textbox", "Access token"));
    assert_eq!(page.net.requests().len(), 0);
}

#[wasm_bindgen_test]
async fn an_admin_key_signs_in_once_its_service_has_said_whose_it_is() {
    let page = with_all();
    page.press("radio", "Anthropic").await;
    let field = page.find("textbox", "Admin key").await;
    assert_eq!(attribute(&field, "type"), "password");
    assert!(description(&field).contains("can manage the whole organization"));
    let held = page.net.hold("GET", ORGANIZATION);
    fill(&field, KEY);
    focus(&field);
    key("Enter");
    page.until("the question whose it is", || held.waiting() == 1)
        .await;
    assert_eq!(value(&field), "");
    assert_eq!(page.net.requests().len(), 1, "nothing else is asked before");
    assert_eq!(page.net.requests()[0].headers["x-api-key"], KEY);
    held.reply(Reply::json(
        200,
        &json!({"id": "org-1", "name": "Acme Org"}),
    ));
    page.find("heading", "Workspaces").await;
    page.until("the list", || page.net.count("GET", KEYED_LIST) == 1)
        .await;
    is_nowhere(&page, KEY);
}

#[wasm_bindgen_test]
async fn a_key_that_its_service_refuses_is_told_at_its_form_in_the_services_words() {
    let page = with_all();
    page.press("radio", "Anthropic").await;
    let refusal = json!({"type": "error", "error": {"type": "authentication_error", "message": "invalid x-api-key"}});
    let refusal = Reply::json(401, &refusal).header("request-id", "req_9");
    page.net.on("GET", ORGANIZATION, refusal);
    let field = page.find("textbox", "Admin key").await;
    fill(&field, KEY);
    submit(&field);
    page.wait_for_text("The service does not accept this key")
        .await;
    assert_eq!(page.all("alert").len(), 1);
    assert!(page.says("invalid x-api-key"));
    page.until("the focus in the field", || {
        focused().is_some_and(|focused| focused.is_same_node(Some(&field)))
    })
    .await;
    assert_eq!(value(&field), "");
    assert_eq!(page.net.count("GET", KEYED_LIST), 0);
    is_nowhere(&page, KEY);
    // It is said of this service and of no other.
    page.press("radio", "OpenAI").await;
    page.until("no word of it", || page.all("alert").is_empty())
        .await;
    page.press("radio", "Anthropic").await;
    page.wait_for_text("The service does not accept this key")
        .await;
}

#[wasm_bindgen_test]
async fn a_password_is_sent_once_and_kept_nowhere() {
    let page = with_all();
    page.press("radio", "Flashback").await;
    let email = page.find("textbox", "E-mail").await;
    let password = page.get("textbox", "Password");
    assert_eq!(attribute(&email, "autocomplete"), "username");
    assert_eq!(attribute(&password, "autocomplete"), "current-password");
    assert_eq!(attribute(&password, "type"), "password");
    let refusal = json!({"success": false, "error_code": "INVALID_PASSWORD"});
    page.net.once("POST", LOGIN, Reply::json(401, &refusal));
    fill(&email, "ada@example.org");
    fill(&password, "wr0ng-guess");
    submit(&password);
    page.wait_for_text("The service does not accept this e-mail and password")
        .await;
    page.until("the focus in the field", || {
        focused().is_some_and(|focused| focused.is_same_node(Some(&password)))
    })
    .await;
    assert_eq!(value(&password), "");
    assert_eq!(value(&email), "ada@example.org", "what is no secret stays");
    let held = page.net.hold("POST", LOGIN);
    fill(&password, "s3same-open");
    submit(&password);
    page.until("the sign-in", || held.waiting() == 1).await;
    assert_eq!(value(&password), "", "emptied before the answer");
    submit(&password);
    page.idle().await;
    assert_eq!(page.net.count("POST", LOGIN), 2, "one for each attempt");
    let grant = json!({"success": true, "accessToken": "acc3ss", "refreshToken": "r3fresh"});
    held.reply(Reply::json(200, &grant));
    page.find("heading", "Workspaces").await;
    let sent = page.net.requests();
    let sent = sent.iter().rfind(|request| request.path == LOGIN).unwrap();
    assert_eq!(
        serde_json::from_str::<Value>(&sent.body).unwrap(),
        json!({"email": "ada@example.org", "password": "s3same-open"})
    );
    for secret in ["wr0ng-guess", "s3same-open", "acc3ss", "r3fresh"] {
        is_nowhere(&page, secret);
    }
}

#[wasm_bindgen_test]
async fn where_there_are_passwords_a_token_does_as_well() {
    let page = with_all();
    page.press("radio", "Flashback").await;
    page.press("button", "Use an access token instead").await;
    let field = page.find("textbox", "Access token").await;
    page.until("the focus in the field", || {
        focused().is_some_and(|focused| focused.is_same_node(Some(&field)))
    })
    .await;
    assert!(!page.has("textbox", "E-mail") && !page.has("textbox", "Password"));
    page.press("button", "Use e-mail and password instead")
        .await;
    page.find("textbox", "E-mail").await;
    page.press("button", "Use an access token instead").await;
    page.find("textbox", "Access token").await;
    page.enter("Access token", "fl4sh-token");
    page.press("button", "Sign in with token").await;
    page.find("heading", "Workspaces").await;
    let asked = page.net.requests();
    let asked = asked
        .iter()
        .find(|request| request.path == PROFILE)
        .unwrap();
    assert_eq!(asked.headers["authorization"], "Bearer fl4sh-token");
}

#[wasm_bindgen_test]
async fn behind_a_gateway_there_is_nothing_to_type() {
    let page = Page::new(World::small());
    page.configure(
        r#"{"services":[{"service":"anthropic","account":"gate","label":"Gate","base":"/api/anthropic","gateway":true}]}"#,
    );
    page.net.once("GET", ORGANIZATION, Reply::empty(401));
    page.open("/sign-in");
    page.wait_for_text("Signing in did not work").await;
    let me = json!({"id": "org-1", "name": "Acme Org"});
    page.net.on("GET", ORGANIZATION, Reply::json(200, &me));
    let none = json!({"data": [], "has_more": false});
    page.net.on("GET", KEYED_LIST, Reply::json(200, &none));
    assert!(page.all("textbox").is_empty() && page.all("checkbox").is_empty());
    assert!(page.says("A gateway holds the credential"));
    page.press("button", "Continue with Gate").await;
    page.find("heading", "Workspaces").await;
    assert!(page.left_for().is_empty());
}
