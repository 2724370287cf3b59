//! Taking back what was done: in the notice and in the record, once, and never over somebody else's
//! change.

mod meeting;
mod members;

use serde_json::{Value, json};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::act::{click, fill, key, submit};
use crate::support::look::{below, description, is_off, name, text};
use crate::support::net::Reply;
use crate::support::page::{Page, focused, token_of};
use crate::support::world::{ME, World, edit, item, members as members_of, workspace};

const UNDO: &str = "Undo: Changed Acme prod";

/// The form, with these texts saved.
async fn saved(texts: &[(&str, &str)]) -> Page {
    let page = Page::at(&edit("ws_acme"), World::small());
    page.find("textbox", "Name").await;
    page.roles_known().await;
    page.idle().await;
    change(&page, texts).await;
    page
}

/// Saves these texts in the form that is open.
async fn change(page: &Page, texts: &[(&str, &str)]) {
    for (field, text) in texts {
        page.enter(field, text);
    }
    page.press("button", "Save changes").await;
    page.wait_removed("button", "Save changes").await;
    page.idle().await;
}

/// Opens the form again.
async fn again(page: &Page, called: &str) {
    click(&page.in_pane("button", &format!("Edit {called}")));
    page.find("textbox", "Name").await;
    page.idle().await;
}

fn bodies(page: &Page) -> Vec<Value> {
    let writes = page.net.writes().into_iter();
    let read = |body: &str| serde_json::from_str(body).unwrap_or(Value::Null);
    writes.map(|write| read(&write.body)).collect()
}

/// Somebody else changes it.
fn theirs(page: &Page, field: &str, text: &str) {
    page.net
        .change(|world| world.get("ws_acme").object[field] = text.into());
}

/// What the service has.
fn truth(page: &Page, field: &str) -> String {
    let mut found = String::new();
    page.net.change(|world| {
        let value = &world.get("ws_acme").object[field];
        found = value.as_str().unwrap_or_default().to_owned();
    });
    found
}

/// Its former name is back, by one request.
async fn undone_once(page: &Page) {
    page.wait_for_text("Undone, Name").await;
    page.idle().await;
    assert_eq!(page.net.writes().len(), 1);
    assert_eq!(truth(page, "name"), "Acme prod");
}

/// The words about what came of each attempt, newest first.
fn results(page: &Page) -> Vec<String> {
    let table = page.get("table", "Activity");
    let rows = below(&table, "tbody tr").into_iter();
    rows.map(|row| text(&below(&row, "td")[4])).collect()
}

async fn to_record(page: &Page) {
    page.press("link", "Activity").await;
    page.find("table", "Activity").await;
}

#[wasm_bindgen_test]
async fn a_save_is_taken_back_by_one_reading_and_one_writing_of_what_it_changed() {
    let page = saved(&[("Name", "Mine"), ("Description", "Mine too")]).await;
    page.wait_for_text("Changes to Mine are saved.").await;
    page.net.forget();
    page.press("button", UNDO).await;
    page.wait_for_text("Undone, Name and Description: Acme prod has what was there before.")
        .await;
    page.idle().await;
    let of_item = |method| page.net.count(method, &item("ws_acme"));
    assert_eq!((of_item("GET"), of_item("PATCH")), (1, 1));
    assert_eq!(
        bodies(&page),
        [json!({"name": "Acme prod", "description": "Everything that customers see"})]
    );
    assert!(!page.has("button", UNDO), "it is undone");
    assert_eq!(page.listed()[0], "Acme prod");
}

#[wasm_bindgen_test]
async fn twenty_presses_are_one() {
    let page = saved(&[("Name", "Mine")]).await;
    page.net.forget();
    let held = page.net.hold("PATCH", &item("ws_acme"));
    let button = page.find("button", UNDO).await;
    for _ in 0..20 {
        click(&button);
    }
    page.until("the request", || held.waiting() == 1).await;
    click(&page.get("button", UNDO));
    assert!(is_off(&page.get("button", UNDO)));
    held.pass();
    undone_once(&page).await;
}

#[wasm_bindgen_test]
async fn the_offer_waits_for_its_person_wherever_they_go() {
    let page = saved(&[("Name", "Mine")]).await;
    page.hurry(1000);
    page.idle().await;
    page.find("button", UNDO).await;
    page.press("link", "Settings").await;
    page.find("group", "Appearance").await;
    page.find("button", UNDO).await;
    page.press("button", "Dismiss").await;
    page.wait_removed("button", UNDO).await;
}

#[wasm_bindgen_test]
async fn of_two_changes_the_first_is_taken_back_and_the_second_stays() {
    let page = saved(&[("Name", "Mine")]).await;
    again(&page, "Mine").await;
    change(&page, &[("Description", "The second")]).await;
    // The notice is about the second one now.
    page.find("button", "Undo: Changed Mine").await;
    assert!(!page.has("button", UNDO));
    to_record(&page).await;
    page.net.forget();
    page.press("button", UNDO).await;
    page.wait_for_text("Undone, Name: Acme prod").await;
    assert_eq!(bodies(&page), [json!({"name": "Acme prod"})]);
    assert_eq!(truth(&page, "description"), "The second");
    page.idle().await;
    let results = results(&page);
    assert_eq!(results.len(), 3);
    assert!(results[2].ends_with("Undone"), "{results:?}");
    assert!(results[1].ends_with("Undo"), "{results:?}");
}

#[wasm_bindgen_test]
async fn what_takes_something_back_is_an_attempt_that_can_be_taken_back() {
    let page = saved(&[("Name", "Mine")]).await;
    page.press("button", UNDO).await;
    page.wait_for_text("Undone, Name").await;
    to_record(&page).await;
    assert!(page.says("Undo: Edit"));
    page.press("button", "Undo: Undid: Changed Mine").await;
    page.wait_for_text("Undone, Name: Mine has what was there before.")
        .await;
    page.idle().await;
    assert_eq!(truth(&page, "name"), "Mine");
    assert_eq!(page.net.writes().len(), 3);
    assert_eq!(results(&page).len(), 3);
}

#[wasm_bindgen_test]
async fn what_is_for_good_has_no_button_and_says_so() {
    let page = Page::at("/workspaces", World::small());
    page.roles_known().await;
    click(&page.row_button("Archive", "Acme prod"));
    let field = page.find("textbox", "Type the name to confirm").await;
    fill(&field, "Acme prod");
    click(&page.get("button", "Archive Acme prod"));
    page.wait_for_text("Acme prod is archived.").await;
    let undos = |page: &Page| {
        let names = page.names("button").into_iter();
        names.filter(|name| name.starts_with("Undo")).count()
    };
    assert_eq!(undos(&page), 0);
    to_record(&page).await;
    assert_eq!(undos(&page), 0);
    page.wait_for_text("Cannot be undone: Altostrat documents no way back.")
        .await;
}

#[wasm_bindgen_test]
async fn who_may_not_edit_any_more_is_told_and_nothing_is_sent() {
    let page = saved(&[("Name", "Mine")]).await;
    page.net.change(|world| {
        let one = workspace("ws_acme", "Mine").role("viewer");
        *world.get("ws_acme") = one;
    });
    // A refusal is what tells the console.
    again(&page, "Mine").await;
    page.enter("Name", "Not mine to write");
    page.net.once("PATCH", &item("ws_acme"), Reply::empty(403));
    page.press("button", "Save changes").await;
    page.wait_for_text("Editing takes the role").await;
    page.idle().await;
    page.net.forget();
    let button = page.find("button", UNDO).await;
    assert!(is_off(&button));
    assert!(
        description(&button).contains("Editing takes the role"),
        "{}",
        description(&button)
    );
    click(&button);
    page.idle().await;
    assert_eq!(page.net.writes().len(), 0);
    assert_eq!(truth(&page, "name"), "Mine");
}

#[wasm_bindgen_test]
async fn a_refusal_is_told_where_it_was_pressed_and_can_be_tried_again() {
    let page = saved(&[("Name", "Mine")]).await;
    let refusal = Reply::error(400, "odd", "Not today.");
    page.net.once("PATCH", &item("ws_acme"), refusal);
    page.press("button", UNDO).await;
    let region = page.get("region", "Notices");
    page.until("the words", || text(&region).contains("Not today."))
        .await;
    assert!(text(&region).contains("Nothing has changed."));
    assert!(page.has("button", UNDO));
    to_record(&page).await;
    assert!(results(&page)[0].starts_with("Refused"));
    page.press("button", UNDO).await;
    page.wait_for_text("Undone, Name").await;
    assert_eq!(truth(&page, "name"), "Acme prod");
}

#[wasm_bindgen_test]
async fn of_an_answer_that_was_lost_reading_says_what_came() {
    let page = saved(&[("Name", "Mine")]).await;
    page.net.once("PATCH", &item("ws_acme"), Reply::lost());
    theirs(&page, "name", "Mine");
    page.press("button", UNDO).await;
    page.wait_for_text("Not undone").await;
    let held = page.net.hold("PATCH", &item("ws_acme"));
    page.press("button", UNDO).await;
    page.until("the request", || held.waiting() == 1).await;
    theirs(&page, "name", "Acme prod");
    held.reply(Reply::lost());
    page.wait_for_text("The answer was lost, so the workspace was read again. Undone, Name")
        .await;
}

#[wasm_bindgen_test]
async fn an_ended_session_lets_it_go_on_once_for_the_same_person() {
    let page = saved(&[("Name", "Mine")]).await;
    page.net.once("PATCH", &item("ws_acme"), Reply::empty(401));
    page.press("button", UNDO).await;
    let dialog = "Sign in again to Altostrat";
    page.find("dialog", dialog).await;
    let who = json!({"sub": ME, "name": "Mia Me"});
    page.net.on(
        "GET",
        "/api/altostrat-signin/userinfo",
        Reply::json(200, &who),
    );
    page.net.forget();
    let field = page.find("textbox", "Access token").await;
    fill(&field, &token_of(ME));
    submit(&field);
    undone_once(&page).await;
}

#[wasm_bindgen_test]
async fn it_can_be_taken_back_after_a_reload_where_it_is_known_what_was_there() {
    let page = saved(&[("Name", "Mine")]).await;
    page.reload().await;
    page.press("link", "Activity").await;
    let button = page.find("button", UNDO).await;
    page.until("the role", || !is_off(&button)).await;
    click(&page.get("button", UNDO));
    page.wait_for_text("Undone, Name").await;
    assert_eq!(truth(&page, "name"), "Acme prod");
    page.reload().await;
    page.press("link", "Activity").await;
    page.find("table", "Activity").await;
    let results = results(&page);
    assert!(results[1].ends_with("Undone"), "{results:?}");
}

#[wasm_bindgen_test]
async fn of_a_write_during_which_the_page_closed_it_says_that_it_cannot() {
    let page = Page::at(&edit("ws_acme"), World::small());
    page.find("textbox", "Name").await;
    page.roles_known().await;
    page.enter("Name", "Mine");
    let held = page.net.hold("PATCH", &item("ws_acme"));
    page.press("button", "Save changes").await;
    page.until("the request", || held.waiting() == 1).await;
    theirs(&page, "name", "Mine");
    page.reload().await;
    page.wait_for_text("your changes were saved").await;
    to_record(&page).await;
    page.wait_for_text("Cannot be undone: what it replaced is not known for certain")
        .await;
    assert!(!page.has("button", UNDO));
}

#[wasm_bindgen_test]
async fn one_key_leads_to_it_and_without_a_notice_to_the_record() {
    let page = saved(&[("Name", "Mine")]).await;
    let on = |wanted: &str| focused().is_some_and(|focused| name(&focused) == wanted);
    page.find("button", UNDO).await;
    key("u");
    assert!(on(UNDO));
    key("Enter");
    page.wait_for_text("Undone, Name").await;
    page.until("the notice has focus", || on("Notices")).await;
    key("u");
    page.find("table", "Activity").await;
    page.idle().await;
    key("u");
    assert!(on("Undo: Undid: Changed Mine"));
    key("?");
    page.find("dialog", "Keyboard shortcuts").await;
    assert!(page.says("Go to the button that undoes"));
}

#[wasm_bindgen_test]
async fn what_is_undone_before_a_timer_comes_leaves_focus_where_that_is_said() {
    let page = saved(&[("Name", "Mine")]).await;
    page.dawdle(60);
    key("u");
    key("Enter");
    page.wait_for_text("Undone, Name").await;
    page.until("the notice has focus", || {
        focused().is_some_and(|focused| name(&focused) == "Notices")
    })
    .await;
}

#[wasm_bindgen_test]
async fn a_role_that_nobody_asked_for_yet_is_looked_up() {
    let page = saved(&[("Name", "Mine")]).await;
    page.press("link", "Activity").await;
    page.find("button", UNDO).await;
    let held = page.net.hold("GET", &members_of("ws_acme"));
    page.reload().await;
    let button = page.find("button", UNDO).await;
    page.until("the question", || held.waiting() == 1).await;
    assert!(is_off(&button));
    assert_eq!(
        description(&button),
        "Your role in this workspace is being checked."
    );
    held.pass();
    page.until("the role", || !is_off(&page.get("button", UNDO)))
        .await;
}
