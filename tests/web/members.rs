//! The members tab: who is there, in which role, read only when it is looked at.

mod managing;
mod services;

use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::act::click;
use crate::support::look::{below, text};
use crate::support::net::Reply;
use crate::support::page::Page;
use crate::support::world::{ME, OWNER, World, members, open, workspace};

pub fn tab(id: &str) -> String {
    format!("{}/members", open(id))
}

/// The cells of the members, row by row.
pub fn rows(page: &Page) -> Vec<Vec<String>> {
    let table = page.get("table", "Members");
    let cells = |row: &web_sys::Element| below(row, "td").iter().map(text).collect();
    below(&table, "tbody tr").iter().map(cells).collect()
}

#[wasm_bindgen_test]
async fn every_member_stands_with_role_and_me_is_marked() {
    let page = Page::at(&tab("ws_beta"), World::small());
    page.find("table", "Members").await;
    let rows = rows(&page);
    assert_eq!(rows.len(), 2);
    assert!(
        rows[0][0].starts_with(OWNER) && !rows[0][0].contains("You"),
        "{rows:?}"
    );
    assert!(
        rows[1][0].starts_with(ME) && rows[1][0].ends_with("You"),
        "{rows:?}"
    );
    assert!(
        rows[0][1].starts_with("Owner reads, edits, manages members and archives Changed"),
        "{rows:?}"
    );
    assert!(
        rows[1][1].starts_with("Admin reads, edits and manages members Changed"),
        "{rows:?}"
    );
    assert_eq!(
        page.net.count("GET", &members("ws_beta")),
        1,
        "the same list that my role comes from"
    );
}

#[wasm_bindgen_test]
async fn a_role_that_this_version_does_not_know_stands_as_the_service_writes_it() {
    let page = Page::at(
        &tab("ws_1"),
        World::of([workspace("ws_1", "One").role("Night-Auditor")]),
    );
    page.find("table", "Members").await;
    let words = "“Night-Auditor” a role this version does not know";
    assert!(rows(&page)[1][1].starts_with(words), "{:?}", rows(&page));
}

#[wasm_bindgen_test]
async fn members_that_are_awaited_say_so() {
    let page = Page::new(World::small());
    page.sign_in();
    let held = page.net.hold("GET", &members("ws_acme"));
    page.open(&tab("ws_acme"));
    page.wait_for_text("Loading members").await;
    held.pass();
    page.find("table", "Members").await;
    assert!(!page.says("Loading members"));
}

#[wasm_bindgen_test]
async fn members_that_cannot_be_read_say_why_and_can_be_loaded_again() {
    let page = Page::new(World::small());
    page.sign_in();
    let refusal = Reply::error(403, "members_hidden", "You may not see them.");
    page.net.on(
        "GET",
        &members("ws_acme"),
        refusal.header("request-id", "req_m"),
    );
    page.open(&tab("ws_acme"));
    page.wait_for_text("The members could not be loaded").await;
    assert!(page.says("You may not see them.") && page.says("req_m"));
    page.net.as_usual();
    click(&page.in_pane("button", "Refresh"));
    page.find("table", "Members").await;
}

#[wasm_bindgen_test]
async fn an_empty_list_of_members_is_said() {
    let page = Page::new(World::small());
    page.sign_in();
    let none = serde_json::json!({"data": []});
    page.net
        .on("GET", &members("ws_acme"), Reply::json(200, &none));
    page.open(&tab("ws_acme"));
    page.wait_for_text("The service lists no members.").await;
}
