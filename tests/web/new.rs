//! A new workspace: which fields there are, what is refused before anything is sent, and what
//! exactly is sent.

use serde_json::{Value, json};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::act::{click, key_on, submit};
use crate::support::look::{all_in, attribute, description, is_off, name, text, value};
use crate::support::net::Reply;
use crate::support::page::{
    Page, SHIPPED, address, all_of, asks_before_leaving, focused, session, token_of,
};
use crate::support::world::{LIST, ME, World, open, workspace};

/// The address of the form.
pub const NEW: &str = "/workspaces/new";
/// Where Anthropic's workspaces are.
pub const ANTHROPIC: &str = "/api/anthropic/v1/organizations/workspaces";

/// The form, with an account at one service, ready to be used.
pub async fn form() -> Page {
    let page = Page::at(NEW, World::small());
    page.find("textbox", "Name").await;
    // A new screen is begun at its heading.
    page.idle().await;
    page
}

/// Lets the service make this workspace, whatever is asked for.
pub fn makes(page: &Page, id: &str, called: &str) {
    makes_with(page, id, called, "single");
}

/// The same, paid for in this way.
fn makes_with(page: &Page, id: &str, called: &str, mode: &str) {
    let made = workspace(id, called).with("billing_mode", mode);
    page.net
        .on("POST", LIST, Reply::json(201, &made.object.clone()));
    page.net.change(|world| world.workspaces.push(made));
}

/// Accounts at Altostrat and at Anthropic, each once, and nothing in the latter.
pub fn two() -> Page {
    let page = Page::new(World::small());
    page.configure(SHIPPED);
    for (service, token) in [
        ("altostrat", token_of(ME)),
        ("anthropic", "sk-ant-admin01-x".to_owned()),
    ] {
        page.keep(&json!({
            "account": service, "place": service, "label": service.to_uppercase(), "kept": true,
            "token": token, "subject": ME,
        }));
    }
    let none: [Value; 0] = [];
    let list = json!({"data": none, "has_more": false, "first_id": null, "last_id": null});
    page.net.on("GET", ANTHROPIC, Reply::json(200, &list));
    page
}

/// The one thing that was sent, to this address.
pub fn sent(page: &Page, path: &str) -> Value {
    let requests = page.net.requests().into_iter();
    let posts: Vec<_> = requests
        .filter(|request| request.method == "POST")
        .collect();
    assert_eq!(posts.len(), 1, "{posts:?}");
    assert_eq!(posts[0].path, path);
    serde_json::from_str(&posts[0].body).unwrap()
}

/// What can be chosen from a list.
pub fn words(page: &Page, list: &str) -> Vec<String> {
    let options = crate::support::look::below(&page.get("combobox", list), "option");
    options
        .iter()
        .map(|option| attribute(option, "value"))
        .collect()
}

#[wasm_bindgen_test]
async fn the_list_leads_to_the_form_and_the_only_account_is_chosen() {
    let page = Page::at("/workspaces", World::small());
    page.press("link", "New workspace").await;
    page.find("heading", "New workspace").await;
    assert_eq!(address(), NEW);
    assert_eq!(
        leptos::prelude::document().title(),
        "New workspace · Steward"
    );
    assert_eq!(value(&page.get("combobox", "Account")), "altostrat");
    assert!(page.says("Altostrat"));
}

#[wasm_bindgen_test]
async fn the_fields_and_their_rules_are_the_services_own() {
    let page = form().await;
    let labels = page.names("textbox");
    assert_eq!(labels, ["Name", "Description"]);
    let name = page.get("textbox", "Name");
    assert!(description(&name).contains("At most 50 characters."));
    assert_eq!(attribute(&name, "aria-required"), "true");
    assert_eq!(
        attribute(&page.get("textbox", "Description"), "aria-required"),
        ""
    );
    assert_eq!(
        words(&page, "Billing mode"),
        ["single", "assigned", "pooled"]
    );
    let billing = page.get("combobox", "Billing mode");
    assert_eq!(value(&billing), "single");
    assert!(text(&billing).contains("Pooled: all organizations share a pool of seats"));
    assert!(description(&billing).contains("This cannot be changed later."));
    assert!(!description(&name).contains("cannot be changed"));
}

#[wasm_bindgen_test]
async fn what_was_typed_is_sent_and_the_new_workspace_opens() {
    let page = form().await;
    makes_with(&page, "ws_new", "Fresh start", "assigned");
    page.enter("Name", "Fresh start");
    page.choose("Billing mode", "assigned");
    page.until("the guard", asks_before_leaving).await;
    page.press("button", "Create workspace").await;
    page.find("complementary", "Fresh start").await;
    assert_eq!(
        sent(&page, LIST),
        json!({"name": "Fresh start", "description": null, "billing_mode": "assigned"})
    );
    assert_eq!(address(), open("ws_new"));
    page.wait_for_text("Fresh start is created.").await;
    page.idle().await;
    assert!(page.says("Fresh start is created."), "it stays");
    assert_eq!(page.announced(), "Fresh start is created.");
    assert!(page.listed().contains(&"Fresh start".to_owned()));
    assert!(!asks_before_leaving());
    assert!(!all_of(&session()).contains("steward.draft"));
    page.until("the focus on its heading", || {
        focused().is_some_and(|focused| text(&focused) == "Fresh start")
    })
    .await;
}

#[wasm_bindgen_test]
async fn an_attempt_is_listed_among_the_activities() {
    let page = form().await;
    makes(&page, "ws_new", "Fresh start");
    page.enter("Name", "Fresh start");
    page.press("button", "Create workspace").await;
    page.find("complementary", "Fresh start").await;
    page.press("link", "Activity").await;
    page.find("heading", "Activity").await;
    page.find("link", "Fresh start").await;
    assert!(page.says("Create") && page.says("Done"));
}

#[wasm_bindgen_test]
async fn problems_are_tied_to_their_fields_and_nothing_is_sent() {
    let page = form().await;
    page.enter("Name", "  ");
    page.enter("Description", &"é".repeat(201));
    page.press("button", "Create workspace").await;
    page.wait_for_text("Check these fields").await;
    let name_field = page.get("textbox", "Name");
    assert_eq!(attribute(&name_field, "aria-invalid"), "true");
    assert!(description(&name_field).contains("Name must not be empty."));
    assert!(description(&page.get("textbox", "Description")).contains("It has 201."));
    page.until("the focus on the first", || {
        focused().is_some_and(|field| name(&field) == "Name")
    })
    .await;
    let links = all_in(&page.all("alert").pop().unwrap(), "link");
    click(&links[1]);
    page.until("the focus", || {
        focused().is_some_and(|field| name(&field) == "Description")
    })
    .await;
    page.enter("Name", "Fresh start");
    page.enter("Description", "");
    page.until("no problem", || !page.says("Check these fields"))
        .await;
    page.idle().await;
    assert_eq!(page.net.writes().len(), 0);
}

#[wasm_bindgen_test]
async fn two_presses_make_one_request_and_the_form_waits() {
    let page = form().await;
    makes(&page, "ws_new", "Fresh start");
    let held = page.net.hold("POST", LIST);
    page.enter("Name", "Fresh start");
    let create = page.get("button", "Create workspace");
    assert!(!is_off(&create));
    click(&create);
    click(&create);
    page.until("the pending state", || {
        attribute(&create, "aria-busy") == "true" && is_off(&create)
    })
    .await;
    click(&create);
    submit(&page.get("textbox", "Name"));
    key_on(&page.get("textbox", "Name"), "Enter", &["ctrlKey"]);
    page.until("the request", || held.waiting() == 1).await;
    page.idle().await;
    assert_eq!(page.net.count("POST", LIST), 1);
    assert!(page.says("Creating"));
    assert!(page.get("textbox", "Name").has_attribute("readonly"));
    page.choose("Billing mode", "pooled");
    page.choose("Account", "altostrat");
    page.until("the choice that is being sent", || {
        value(&page.get("combobox", "Billing mode")) == "single"
    })
    .await;
    key_on(&page.get("textbox", "Name"), "Escape", &[]);
    page.idle().await;
    assert!(page.dialog().is_none() && address() == NEW);
    held.reply(Reply::json(
        201,
        &workspace("ws_new", "Fresh start").object.clone(),
    ));
    page.wait_for_text("Fresh start is created.").await;
    assert_eq!(page.net.count("POST", LIST), 1);
}

#[wasm_bindgen_test]
async fn a_key_that_is_held_does_not_send_again() {
    let page = form().await;
    page.enter("Name", "Fresh start");
    let held = "const key = { key: 'Enter', repeat: true, bubbles: true, cancelable: true }; \
        return !field.dispatchEvent(new KeyboardEvent('keydown', key))";
    let stopped =
        |field: &web_sys::Element| crate::support::js("field", held, &[field]).is_truthy();
    assert!(stopped(&page.get("textbox", "Name")));
    assert!(stopped(&page.get("button", "Create workspace")));
    assert!(
        !stopped(&page.get("textbox", "Description")),
        "it makes lines"
    );
    assert_eq!(page.net.writes().len(), 0);
}
