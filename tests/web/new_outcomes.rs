//! What making a workspace can come to, other than well; and what becomes of text that was not
//! sent.

use wasm_bindgen_test::wasm_bindgen_test;

use crate::new::{ANTHROPIC, NEW, form, makes, two};
use crate::support::act::{click, focus, key};
use crate::support::look::{all_in, attribute, description, is_off, name, value};
use crate::support::net::Reply;
use crate::support::page::{
    Page, address, all_of, asks_before_leaving, focused, kept_drafts, session,
};
use crate::support::world::{LIST, World, workspace};

/// The form with everything filled in, and this answer to whoever creates.
async fn created_with(reply: Reply) -> Page {
    let page = form().await;
    page.net.on("POST", LIST, reply);
    page.enter("Name", "Fresh start");
    page.enter("Description", "line one\nline two");
    page.choose("Billing mode", "pooled");
    page.press("button", "Create workspace").await;
    page.until("the request", || page.net.count("POST", LIST) == 1)
        .await;
    page
}

/// Every letter is where it was, and nothing was sent again.
async fn is_kept(page: &Page) {
    page.idle().await;
    assert_eq!(value(&page.get("textbox", "Name")), "Fresh start");
    assert_eq!(
        value(&page.get("textbox", "Description")),
        "line one\nline two"
    );
    assert_eq!(value(&page.get("combobox", "Billing mode")), "pooled");
    assert!(all_of(&session()).contains("Fresh start"));
    assert_eq!(page.net.count("POST", LIST), 1);
    assert_eq!(address(), NEW);
}

#[wasm_bindgen_test]
async fn a_refusal_that_names_a_field_goes_to_that_field() {
    let words = "The 'name' parameter is already taken.";
    let page = created_with(Reply::error(400, "parameter_invalid", words)).await;
    page.wait_for_text("Check these fields").await;
    let field = page.get("textbox", "Name");
    assert_eq!(attribute(&field, "aria-invalid"), "true");
    assert!(description(&field).contains(words));
    page.until("the focus", || {
        focused().is_some_and(|focused| name(&focused) == "Name")
    })
    .await;
    is_kept(&page).await;
}

#[wasm_bindgen_test]
async fn where_there_is_no_place_to_make_one_nothing_is_said_to_be_missing() {
    let page = created_with(Reply::empty(404)).await;
    page.wait_for_text("The service does not offer to make workspaces here, or not to you.")
        .await;
    assert!(!page.says("no such workspace") && !page.says("Load the list again"));
    is_kept(&page).await;
}

#[wasm_bindgen_test]
async fn a_refusal_keeps_every_letter_and_shows_the_services_words() {
    let reply = Reply::error(403, "plan_limit", "Your plan allows three workspaces.")
        .header("request-id", "req_7");
    let page = created_with(reply).await;
    page.wait_for_text("The workspace was not created").await;
    for words in [
        "Your plan allows three workspaces.",
        "plan_limit",
        "req_7",
        "Nothing has changed.",
    ] {
        assert!(page.says(words), "{words}");
    }
    is_kept(&page).await;
    assert_eq!(
        page.net.count("GET", LIST),
        1,
        "there is nothing to look for"
    );
    makes(&page, "ws_new", "Fresh start");
    page.press("button", "Create workspace").await;
    page.wait_for_text("Fresh start is created.").await;
}

#[wasm_bindgen_test]
async fn a_lost_answer_says_that_it_is_not_known_and_the_list_is_read_again() {
    for reply in [
        Reply::lost(),
        Reply::error(500, "internal_error", "It broke."),
    ] {
        let page = form().await;
        page.net.on("POST", LIST, reply);
        // Of that name, and paid for in another way.
        page.net.change(|world| {
            world.workspaces.push(workspace("ws_new", "Fresh start"));
        });
        page.enter("Name", "Fresh start");
        page.press("button", "Create workspace").await;
        page.wait_for_text("It is not known whether the workspace was created")
            .await;
        assert!(page.says("Look in the list before you create it again."));
        assert!(!page.says("is created.") && !page.says("Nothing has changed"));
        page.idle().await;
        assert_eq!(
            page.net.count("GET", LIST),
            2,
            "once to see whether it is there"
        );
        assert_eq!(value(&page.get("textbox", "Name")), "Fresh start");
        assert_eq!(page.net.count("POST", LIST), 1, "never again by itself");
        page.press("link", "Go to workspaces").await;
        page.list(&["Fresh start"]).await;
        assert!(address().contains("q=Fresh%20start&account=altostrat"));
    }
}

#[wasm_bindgen_test]
async fn a_lost_answer_is_settled_by_the_list_where_it_can_be() {
    let made = form().await;
    made.net.on("POST", LIST, Reply::lost());
    made.net.change(|world| {
        let new = workspace("ws_new", "Fresh start").with("billing_mode", "single");
        world.workspaces.push(new);
    });
    made.enter("Name", "Fresh start");
    made.press("button", "Create workspace").await;
    made.wait_for_text("The answer was lost, so the list was read again: Fresh start is created.")
        .await;
    assert_eq!(made.net.count("POST", LIST), 1);
    drop(made);

    let not_made = created_with(Reply::lost()).await;
    not_made
        .wait_for_text("The workspace was not created")
        .await;
    assert!(not_made.says("Nothing has changed."));
    is_kept(&not_made).await;
}

#[wasm_bindgen_test]
async fn an_answer_that_cannot_be_read_is_not_taken_for_a_no() {
    let page = created_with(Reply::text(201, "application/json", "{\"id\": \"ws_")).await;
    page.wait_for_text("It is not known whether the workspace was created")
        .await;
    assert!(page.says("Look in the list before you create it again."));
    is_kept(&page).await;
}

#[wasm_bindgen_test]
async fn a_session_that_ended_keeps_the_text_and_offers_to_sign_in_again() {
    let page = created_with(Reply::empty(401)).await;
    page.find("dialog", "Sign in again to Altostrat").await;
    key("Escape");
    page.wait_removed("dialog", "Sign in again to Altostrat")
        .await;
    page.wait_for_text("The service no longer accepts this session.")
        .await;
    page.find("button", "Sign in again").await;
    is_kept(&page).await;
    let create = page.get("button", "Create workspace");
    assert!(is_off(&create) && description(&create).contains("Session ended"));
    click(&create);
    is_kept(&page).await;
}

#[wasm_bindgen_test]
async fn an_account_whose_session_has_ended_says_so_before_anything_is_typed() {
    let page = two();
    page.net.on("GET", ANTHROPIC, Reply::empty(401));
    page.open(&format!("{NEW}?account=anthropic"));
    page.wait_for_text("Session ended").await;
    page.find("button", "Sign in again").await;
    assert!(is_off(&page.get("button", "Create workspace")));
    page.choose("Account", "altostrat");
    page.wait_removed("button", "Sign in again").await;
    assert!(!is_off(&page.get("button", "Create workspace")));
}

#[wasm_bindgen_test]
async fn text_that_was_not_sent_is_back_after_a_reload_and_says_so() {
    let page = form().await;
    page.enter("Name", "Half a thought");
    page.choose("Billing mode", "pooled");
    page.until("the guard", asks_before_leaving).await;
    page.reload().await;
    page.find("textbox", "Name").await;
    assert_eq!(value(&page.get("textbox", "Name")), "Half a thought");
    assert_eq!(value(&page.get("combobox", "Billing mode")), "pooled");
    assert!(page.says("Your unsaved text is back"));
    assert!(all_of(&session()).contains("Half a thought"));
    page.enter("Name", "");
    page.choose("Billing mode", "single");
    page.until("nothing to lose", || !asks_before_leaving())
        .await;
    assert!(!all_of(&session()).contains("steward.draft"));
}

#[wasm_bindgen_test]
async fn leaving_asks_only_when_something_would_be_lost() {
    let page = form().await;
    page.press("button", "Cancel").await;
    page.find("heading", "Workspaces").await;
    page.press("link", "New workspace").await;
    page.find("textbox", "Name").await;
    page.idle().await;
    page.enter("Name", "Fresh start");
    focus(&page.get("textbox", "Name"));
    key("Escape");
    page.find("dialog", "Discard the new workspace?").await;
    page.press("button", "Keep editing").await;
    page.wait_removed("dialog", "Discard the new workspace?")
        .await;
    assert_eq!(value(&page.get("textbox", "Name")), "Fresh start");
    page.until("the focus in the form", || {
        focused().is_some_and(|field| name(&field) == "Name")
    })
    .await;
    page.press("button", "Discard").await;
    page.find("dialog", "Discard the new workspace?").await;
    let buttons = all_in(&page.dialog().unwrap(), "button");
    let discard = buttons.iter().find(|button| name(button) == "Discard");
    click(discard.unwrap());
    page.find("heading", "Workspaces").await;
    assert!(!asks_before_leaving());
    assert!(!all_of(&session()).contains("Fresh start"));
    assert_eq!(page.net.writes().len(), 0);
}

#[wasm_bindgen_test]
async fn whoever_leaves_while_it_is_sent_finds_it_confirmed_and_no_text_to_send_again() {
    let page = form().await;
    makes(&page, "ws_new", "Fresh start");
    let held = page.net.hold("POST", LIST);
    page.enter("Name", "Fresh start");
    page.press("button", "Create workspace").await;
    page.until("the request", || held.waiting() == 1).await;
    page.press("link", "Settings").await;
    page.find("heading", "Settings").await;
    assert!(!kept_drafts().contains("Fresh start"));
    held.reply(Reply::json(
        201,
        &workspace("ws_new", "Fresh start").object.clone(),
    ));
    page.wait_for_text("Fresh start is created.").await;
    assert_eq!(address(), "/settings");
}

#[wasm_bindgen_test]
async fn an_account_that_the_address_names_and_nobody_has_is_not_made_up() {
    let page = Page::new(World::small());
    page.sign_in();
    page.open(&format!("{NEW}?account=nobody"));
    page.find("textbox", "Name").await;
    assert_eq!(value(&page.get("combobox", "Account")), "altostrat");
}
