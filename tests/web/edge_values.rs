//! What a service says in a way that nobody documents: it costs its own cell, is shown in the service's
//! own words and marked as such, and nothing is offered that rests on it.

use serde_json::{Value, json};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::act::click;
use crate::support::look::{attribute, below, description, is_off, text};
use crate::support::net::Reply;
use crate::support::page::Page;
use crate::support::world::{LIST, World, edit, workspace};

const WRITTEN: &str = "as the service writes it";

/// The marks of a row, cell by cell. A cell may be too narrow for its words, so that the mark holds them whole.
fn marks(page: &Page, name: &str) -> Vec<String> {
    let marked = below(&page.row(name), &format!("[title$=\"{WRITTEN}\"]"));
    let words = |cell| {
        let words = text(cell);
        assert_eq!(attribute(cell, "title"), format!("{words} {WRITTEN}"));
        words
    };
    marked.iter().map(words).collect()
}

#[wasm_bindgen_test]
async fn odd_values_cost_their_cell_and_are_marked_as_the_services_words() {
    let odd = workspace("ws_odd", "Odd")
        .with("billing_mode", 3)
        .with("pooled_seat_limit", "many")
        .with("created_at", "2025-05-04")
        .with("updated_at", "2025-05-04T10:00:00");
    let plain = workspace("ws_plain", "Plain").with("updated_at", 1_746_352_800);
    let page = Page::at("/workspaces", World::of([odd, plain]));
    page.list(&["Odd", "Plain"]).await;
    assert_eq!(page.cell("Odd", "Billing"), "“3”");
    assert_eq!(page.cell("Odd", "Updated"), "“2025-05-04T10:00:00”");
    assert_eq!(marks(&page, "Odd"), ["“3”", "“2025-05-04T10:00:00”"]);
    assert!(marks(&page, "Plain").is_empty());
    assert!(!below(&page.row("Plain"), "time").is_empty());
    click(&page.get("link", "Odd"));
    page.wait_for_text("“2025-05-04” as the service writes it")
        .await;
    assert!(page.says("“many” as the service writes it"));
    assert!(page.says("“2025-05-04T10:00:00” as the service writes it"));
}

#[wasm_bindgen_test]
async fn a_state_that_is_not_known_is_neither_active_nor_archived_and_allows_nothing() {
    let odd = workspace("ws_odd", "Odd").with("archived", "suspended");
    let page = Page::at("/workspaces", World::of([odd.clone()]));
    page.wait_for_text("No active workspaces").await;
    assert!(!page.says("All workspaces of this account are archived"));
    page.press("button", "Show other states").await;
    page.list(&["Odd"]).await;
    page.roles_known().await;
    assert_eq!(page.cell("Odd", "State"), "“archived: suspended”");
    assert_eq!(marks(&page, "Odd"), ["“archived: suspended”"]);
    for verb in ["Edit", "Archive"] {
        let button = page.row_button(verb, "Odd");
        assert!(is_off(&button), "{verb}");
        let why = description(&button);
        assert!(
            why.contains("“archived: suspended”") && why.contains("does not know"),
            "{verb}: {why}"
        );
    }
    drop(page);
    let page = Page::at(&edit("ws_odd"), World::of([odd]));
    page.wait_for_text("which this console does not know").await;
}

#[wasm_bindgen_test]
async fn half_an_emoji_costs_its_own_character() {
    let page = Page::new(World::small());
    page.sign_in();
    let body = r#"{"data":[{"id":"ws_1","name":"Harbour","archived":false},{"id":"ws_2","name":"Launch \ud83d","archived":false},{"id":"ws_3","name":{"en":"Pier"},"archived":false}],"has_more":false}"#;
    page.net
        .on("GET", LIST, Reply::text(200, "application/json", body));
    page.open("/workspaces");
    page.list(&["“{\"en\":\"Pier\"}”", "Harbour", "Launch \u{fffd}"])
        .await;
    let link = page.get("link", "Launch \u{fffd}");
    assert_eq!(
        attribute(&link, "title"),
        "A part of it came broken from the service."
    );
    let named = page.get("link", "“{\"en\":\"Pier\"}”");
    let whole = format!("“{{\"en\":\"Pier\"}}” {WRITTEN}");
    assert_eq!(attribute(&named, "title"), whole);
}

#[wasm_bindgen_test]
async fn a_list_that_is_null_is_not_an_empty_one() {
    for list in [Value::Null, json!({}), json!("none")] {
        let page = Page::new(World::small());
        page.sign_in();
        let body = json!({"data": list, "has_more": false});
        page.net.on("GET", LIST, Reply::json(200, &body));
        page.open("/workspaces");
        page.find("heading", "The list could not be loaded").await;
        assert!(!page.says("No workspaces"));
    }
}

#[wasm_bindgen_test]
async fn members_that_are_null_say_nothing_about_my_role() {
    let page = Page::new(World::of([workspace("ws_1", "One")]));
    page.sign_in();
    let body = json!({"data": null});
    page.net
        .on("GET", "*/ws_1/members", Reply::json(200, &body));
    page.open("/workspaces");
    page.list(&["One"]).await;
    page.until("the role", || page.cell("One", "Your role") != "…")
        .await;
    assert_eq!(page.cell("One", "Your role"), "Could not be read");
    assert!(is_off(&page.row_button("Archive", "One")));
}
