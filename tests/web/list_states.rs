//! The list while it is loading, empty, cut, incomplete, failed, or out of date.

use serde_json::json;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::act::click;
use crate::support::look::{attribute, below, is_off};
use crate::support::net::Reply;
use crate::support::page::{Page, address};
use crate::support::world::{LIST, World, workspace};

/// A page whose list is held back.
fn held(world: World) -> (Page, crate::support::net::Held) {
    let page = Page::new(world);
    page.sign_in();
    let held = page.net.hold("GET", LIST);
    page.open("/workspaces");
    (page, held)
}

#[wasm_bindgen_test]
async fn while_the_first_rows_are_awaited_the_table_is_a_skeleton_of_unknown_length() {
    let (page, held) = held(World::small());
    let table = page.find("table", "Workspaces").await;
    page.until("the request", || held.waiting() == 1).await;
    assert_eq!(attribute(&table, "aria-rowcount"), "-1");
    assert_eq!(attribute(&table, "aria-busy"), "true");
    let skeletons = below(&table, "tr.skeleton");
    assert!(skeletons.len() >= 8, "{} skeleton rows", skeletons.len());
    assert!(
        skeletons
            .iter()
            .all(|row| attribute(row, "aria-hidden") == "true")
    );
    let row_height = skeletons[0].get_bounding_client_rect().height();
    assert!(page.says("Loading workspaces"));
    assert!(!page.says("No workspaces") && !page.says("0 workspaces"));
    held.pass();
    page.list(&["Acme prod", "Beta lab", "Core"]).await;
    assert!(below(&table, "tr.skeleton").is_empty());
    assert_eq!(attribute(&table, "aria-rowcount"), "4");
    assert!(!table.has_attribute("aria-busy"));
    let row = page.row("Core").get_bounding_client_rect().height();
    assert!(
        (row - row_height).abs() < 1.0,
        "rows of {row} px in place of {row_height} px"
    );
}

#[wasm_bindgen_test]
async fn the_frame_stands_before_the_list_and_load_again_waits() {
    let (page, held) = held(World::small());
    page.find("heading", "Workspaces").await;
    assert!(page.has("searchbox", "Search workspaces") && page.has("navigation", "Main"));
    let again = page.get("button", "Refresh");
    assert!(is_off(&again) && again.has_attribute("aria-busy"));
    click(&again);
    page.idle().await;
    assert_eq!(page.net.count("GET", LIST), 1);
    held.pass();
    page.find("link", "Core").await;
    assert!(!is_off(&page.get("button", "Refresh")));
    click(&page.get("button", "Refresh"));
    page.until("a second request", || page.net.count("GET", LIST) == 2)
        .await;
    assert_eq!(
        page.listed(),
        ["Acme prod", "Beta lab", "Core"],
        "rows stay while loading again"
    );
}

#[wasm_bindgen_test]
async fn a_slow_list_says_what_is_awaited_and_then_offers_a_way_out() {
    let (page, held) = held(World::small());
    page.hurry(20);
    page.reload().await;
    page.wait_for_text("Waiting for the service to send the list.")
        .await;
    assert!(!page.has("button", "Cancel"));
    page.press("button", "Cancel").await;
    page.find("heading", "Not loaded").await;
    page.until("the request's end", || held.waiting() == 0)
        .await;
    page.idle().await;
    assert!(page.rows().is_empty());
    page.net.as_usual();
    let buttons = page.all("button");
    let again: Vec<_> = buttons
        .iter()
        .filter(|button| crate::support::look::name(button) == "Refresh")
        .collect();
    click(again.last().unwrap());
    page.list(&["Acme prod", "Beta lab", "Core"]).await;
}

#[wasm_bindgen_test]
async fn an_account_without_workspaces_says_so_and_offers_the_next_step() {
    let page = Page::at("/workspaces", World::default());
    page.find("heading", "No workspaces").await;
    assert!(page.says("An owner has to add you to one."));
    assert!(page.says("0 workspaces") && page.rows().is_empty());
}

#[wasm_bindgen_test]
async fn nothing_matching_offers_to_clear_the_filters() {
    let page = Page::at("/workspaces?q=zzz", World::small());
    page.find("heading", "Nothing matches").await;
    assert!(page.says("0 of 4 workspaces"));
    let clear = page
        .all("button")
        .into_iter()
        .rfind(|b| crate::support::look::name(b) == "Clear filters")
        .unwrap();
    click(&clear);
    page.list(&["Acme prod", "Beta lab", "Core"]).await;
    assert_eq!(address(), "/workspaces");
}

#[wasm_bindgen_test]
async fn all_archived_and_none_archived_are_said_apart() {
    let page = Page::at(
        "/workspaces",
        World::of([workspace("ws_1", "Gone").archived()]),
    );
    page.find("heading", "No active workspaces").await;
    page.press("button", "Show archived").await;
    page.list(&["Gone"]).await;
    drop(page);
    let page = Page::at(
        "/workspaces?state=archived",
        World::of([workspace("ws_1", "Here")]),
    );
    page.find("heading", "No archived workspaces").await;
    page.press("button", "Show active").await;
    page.list(&["Here"]).await;
}

#[wasm_bindgen_test]
async fn a_list_that_the_service_cut_says_so_and_is_usable() {
    let page = Page::at(
        "/workspaces",
        World {
            has_more: true,
            ..World::small()
        },
    );
    page.list(&["Acme prod", "Beta lab", "Core"]).await;
    assert!(page.says("The service sent only part of the list"));
    drop(page);
    let page = Page::at("/workspaces", World::small());
    page.find("link", "Core").await;
    assert!(!page.says("only part of the list"));
}

#[wasm_bindgen_test]
async fn entries_that_cannot_be_shown_are_counted() {
    let junk = vec![json!({"name": "No id"}), json!({"id": null}), json!({})];
    let page = Page::at(
        "/workspaces",
        World {
            junk,
            ..World::small()
        },
    );
    page.list(&["Acme prod", "Beta lab", "Core"]).await;
    assert!(
        page.says("3 entries of the list have no id or are of another kind, and cannot be shown.")
    );
}

#[wasm_bindgen_test]
async fn a_list_that_is_cut_and_has_entries_without_id_says_both() {
    let world = World {
        junk: vec![json!({})],
        has_more: true,
        ..World::small()
    };
    let page = Page::at("/workspaces", world);
    page.find("link", "Core").await;
    assert!(page.says("only part of the list"));
    assert!(page.says("1 entry of the list has no id"));
}

#[wasm_bindgen_test]
async fn missing_and_unknown_values_do_not_spoil_a_row() {
    let odd = workspace("ws_odd", "Odd")
        .without("billing_mode")
        .without("updated_at")
        .with("created_at", "yesterday");
    let new = workspace("ws_new", "New")
        .with("billing_mode", "barter")
        .with("extra", json!({"a": [1]}));
    let page = Page::at("/workspaces", World::of([odd, new.role("auditor")]));
    page.list(&["New", "Odd"]).await;
    page.roles_known().await;
    assert_eq!(
        (
            page.cell("Odd", "Billing").as_str(),
            page.cell("Odd", "Updated").as_str()
        ),
        ("—", "—")
    );
    assert_eq!(page.cell("New", "Billing"), "“barter”");
    assert_eq!(page.cell("New", "Your role"), "“auditor”");
}

#[wasm_bindgen_test]
async fn a_workspace_without_a_name_can_still_be_opened() {
    let page = Page::at(
        "/workspaces",
        World::of([workspace("ws_anon", "").with("name", json!(null))]),
    );
    page.until("a row", || page.rows().len() == 1).await;
    let links: Vec<String> = page
        .all("link")
        .iter()
        .map(crate::support::look::name)
        .collect();
    assert!(
        !links.contains(&String::new()),
        "a link without a name: {links:?}"
    );
}

#[wasm_bindgen_test]
async fn a_load_that_fails_keeps_the_rows_and_says_what_failed_with_details() {
    let page = Page::at("/workspaces", World::small());
    page.find("link", "Core").await;
    let reply = Reply::error(403, "no_entry", "Not today.").header("x-request-id", "req_9");
    page.net.once("GET", LIST, reply);
    click(&page.get("button", "Refresh"));
    page.wait_for_text("The list could not be loaded").await;
    assert_eq!(page.listed(), ["Acme prod", "Beta lab", "Core"]);
    assert!(page.says("Not today.") && page.says("no_entry") && page.says("req_9"));
    assert!(page.has("button", "Copy request id") && page.has("button", "Copy message"));
}

#[wasm_bindgen_test]
async fn a_first_load_that_fails_offers_to_load_again() {
    let page = Page::new(World::small());
    page.sign_in();
    page.net.on("GET", LIST, Reply::empty(403));
    page.open("/workspaces");
    page.find("heading", "The list could not be loaded").await;
    page.net.as_usual();
    page.load_again();
    page.list(&["Acme prod", "Beta lab", "Core"]).await;
    assert!(!page.says("could not be loaded"));
}

#[wasm_bindgen_test]
async fn a_read_that_fails_in_passing_is_tried_again_by_itself() {
    let page = Page::new(World::small());
    page.sign_in();
    page.net.once("GET", LIST, Reply::empty(503));
    page.net.once("GET", LIST, Reply::lost());
    page.open("/workspaces");
    page.list(&["Acme prod", "Beta lab", "Core"]).await;
    assert_eq!(page.net.count("GET", LIST), 3);
}

#[wasm_bindgen_test]
async fn an_ended_session_keeps_the_page_and_offers_one_way_to_sign_in_again() {
    let page = Page::at("/workspaces?q=core", World::small());
    page.list(&["Core"]).await;
    page.roles_known().await;
    page.net.on("GET", LIST, Reply::empty(401));
    click(&page.get("button", "Refresh"));
    page.wait_for_text("Session ended").await;
    assert_eq!(page.listed(), ["Core"], "what is on the screen stays");
    assert_eq!(address(), "/workspaces?q=core");
    page.press("button", "Sign in again").await;
    page.find("dialog", "Sign in again to Altostrat").await;
    assert_eq!(address(), "/workspaces?q=core");
}

#[wasm_bindgen_test]
async fn a_reply_to_an_older_load_never_replaces_a_newer_one() {
    let (page, held) = held(World::of([workspace("ws_1", "Before")]));
    page.hurry(20);
    page.reload().await;
    page.until("two loads", || page.net.count("GET", LIST) >= 2)
        .await;
    page.find("button", "Cancel").await;
    page.net.as_usual();
    page.net
        .change(|world| *world = World::of([workspace("ws_2", "After")]));
    page.load_again();
    page.list(&["After"]).await;
    let old = json!({"data": [{"id": "ws_1", "name": "Before"}], "has_more": false});
    while held.waiting() > 0 {
        held.reply(Reply::json(200, &old));
    }
    page.idle().await;
    assert_eq!(page.listed(), ["After"]);
}
