//! Taking back a change of members: by the same rules as any other, and only while they are as it left
//! them.

use serde_json::{Value, json};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::members::{rows, tab};
use crate::support::act::{click, fill};
use crate::support::js;
use crate::support::look::{below, description, is_off, text};
use crate::support::net::Reply;
use crate::support::page::Page;
use crate::support::world::{ME, OWNER, World, members, workspace};

const VIC: &str = "auth0|vic";
const ONE: &str = "*/members/auth0%7Cvic";

async fn at(of: &[(&str, &str)]) -> Page {
    let mut one = workspace("ws_1", "One");
    let member = |(user, role): &(&str, &str)| ((*user).to_owned(), (*role).to_owned());
    one.members = Some(of.iter().map(member).collect());
    let page = Page::at(&tab("ws_1"), World::of([one]));
    page.find("table", "Members").await;
    page.roles_known().await;
    page
}

/// The members at the service.
fn truth(page: &Page) -> Vec<(String, String)> {
    let mut found = Vec::new();
    page.net
        .change(|world| found = world.get("ws_1").members.clone().unwrap());
    found
}

fn becomes(page: &Page, of: &[(&str, &str)]) {
    let member = |(user, role): &(&str, &str)| ((*user).to_owned(), (*role).to_owned());
    page.net.change(|world| {
        world.get("ws_1").members = Some(of.iter().map(member).collect());
    });
}

fn bodies(page: &Page) -> Vec<Value> {
    let writes = page.net.writes().into_iter();
    let read = |body: &str| serde_json::from_str(body).unwrap_or(Value::Null);
    writes.map(|write| read(&write.body)).collect()
}

async fn give_role(page: &Page, user: &str, role: &str) {
    page.press("button", &format!("Change role of {user}"))
        .await;
    page.find("button", "Change role").await;
    let list = below(&page.pane(), "select").pop().unwrap();
    let set =
        "element.value = word; element.dispatchEvent(new InputEvent('input', { bubbles: true }))";
    js("element, word", set, &[&list, &role.into()]);
    page.until("the way", || !is_off(&page.get("button", "Change role")))
        .await;
    click(&page.get("button", "Change role"));
    page.wait_for_text(&format!("The role of {user} in One is {role} now."))
        .await;
    page.idle().await;
    page.net.forget();
}

/// A workspace of two, to whom a third has been added.
async fn added() -> Page {
    let page = at(&THREE[..2]).await;
    page.press("button", "Add member").await;
    fill(&page.find("textbox", "User id").await, VIC);
    page.press("button", "Add auth0|vic as viewer").await;
    page.wait_for_text("auth0|vic was added to One as viewer.")
        .await;
    page.idle().await;
    page.net.forget();
    page
}

async fn remove(page: &Page, user: &str) {
    page.press("button", &format!("Remove {user}")).await;
    page.press("button", &format!("Remove {user} from One"))
        .await;
    page.wait_for_text(&format!("{user} was removed from One."))
        .await;
    page.idle().await;
    page.net.forget();
}

const THREE: [(&str, &str); 3] = [(OWNER, "owner"), (ME, "owner"), (VIC, "admin")];

#[wasm_bindgen_test]
async fn a_role_is_given_back_after_looking_whether_it_still_stands() {
    let page = at(&THREE).await;
    give_role(&page, VIC, "viewer").await;
    page.press("button", "Undo: Changed the role of auth0|vic in One")
        .await;
    page.wait_for_text("Undone. The role of auth0|vic in One is admin now.")
        .await;
    page.idle().await;
    assert_eq!(bodies(&page), [json!({"role": "admin"})]);
    assert_eq!(page.net.count("PATCH", ONE), 1);
    assert_eq!(
        page.net.count("GET", &members("ws_1")),
        2,
        "before it and after it"
    );
    assert!(rows(&page)[2][1].starts_with("Admin"));
}

#[wasm_bindgen_test]
async fn who_was_taken_out_is_added_with_the_role_they_had() {
    let page = at(&THREE).await;
    remove(&page, VIC).await;
    assert_eq!(rows(&page).len(), 2);
    page.press("button", "Undo: Removed auth0|vic from One")
        .await;
    page.wait_for_text("Undone. auth0|vic was added to One as admin.")
        .await;
    assert_eq!(bodies(&page), [json!({"user_id": VIC, "role": "admin"})]);
    page.until("three", || rows(&page).len() == 3).await;
}

#[wasm_bindgen_test]
async fn who_was_added_is_taken_out() {
    let page = added().await;
    page.press("button", "Undo: Added auth0|vic to One").await;
    page.wait_for_text("Undone. auth0|vic was removed from One.")
        .await;
    assert_eq!(page.net.count("DELETE", ONE), 1);
    page.until("two", || rows(&page).len() == 2).await;
    assert_eq!(truth(&page).len(), 2);
}

#[wasm_bindgen_test]
async fn a_member_whom_somebody_else_changed_since_stays_as_they_made_them() {
    let page = at(&THREE).await;
    give_role(&page, VIC, "viewer").await;
    becomes(&page, &[(OWNER, "owner"), (ME, "owner"), (VIC, "owner")]);
    page.press("button", "Undo: Changed the role of auth0|vic in One")
        .await;
    page.wait_for_text("This member has been changed again since")
        .await;
    assert_eq!(page.net.writes().len(), 0);
    page.until("the role", || rows(&page)[2][1].starts_with("Owner"))
        .await;
}

#[wasm_bindgen_test]
async fn the_rules_for_members_hold_for_taking_back_as_well() {
    let page = at(&THREE).await;
    give_role(&page, ME, "admin").await;
    let button = page
        .find("button", &format!("Undo: Changed the role of {ME} in One"))
        .await;
    page.until("the reason", || is_off(&button)).await;
    assert!(
        description(&button).contains("takes that role yourself"),
        "{}",
        description(&button)
    );
    click(&button);
    page.idle().await;
    assert_eq!(page.net.writes().len(), 0);
}

#[wasm_bindgen_test]
async fn who_lost_the_role_meanwhile_is_told_and_nothing_is_sent() {
    let page = at(&THREE).await;
    give_role(&page, VIC, "viewer").await;
    becomes(&page, &[(OWNER, "owner"), (ME, "viewer"), (VIC, "viewer")]);
    page.press("button", "Undo: Changed the role of auth0|vic in One")
        .await;
    let region = page.get("region", "Notices");
    page.until("the reason", || {
        text(&region).contains("Your role does not allow managing members.")
    })
    .await;
    assert_eq!(page.net.writes().len(), 0);
}

#[wasm_bindgen_test]
async fn leaving_is_for_good() {
    let page = at(&THREE).await;
    page.press("button", "Leave this workspace").await;
    page.press("button", "Leave One").await;
    page.wait_for_text("You left One.").await;
    page.idle().await;
    let undo = |name: &String| name.starts_with("Undo");
    assert!(!page.names("button").iter().any(undo));
    page.press("link", "Activity").await;
    page.wait_for_text(
        "Cannot be undone: only somebody who manages the members can add you again.",
    )
    .await;
}

#[wasm_bindgen_test]
async fn taking_somebody_out_is_not_sent_again_by_itself_after_a_session_ended() {
    let page = added().await;
    page.net.once("DELETE", ONE, Reply::empty(401));
    page.press("button", "Undo: Added auth0|vic to One").await;
    page.find("dialog", "Sign in again to Altostrat").await;
    assert!(page.says("confirm"), "it is not sent again by itself");
    assert_eq!(page.net.writes().len(), 1);
    assert_eq!(truth(&page).len(), 3);
}
