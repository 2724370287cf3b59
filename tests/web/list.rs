//! The list: what stands in a row, searching, filtering, sorting, and the address that follows.

use js_sys::Promise;
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::act::{back, click, fill, focus, type_in};
use crate::support::look::{all_in, attribute, name, text, value};
use crate::support::page::{Page, address, focused, history_length, resolved};
use crate::support::world::{LIST, World, workspace};

fn at(address: &str) -> Page {
    Page::at(address, World::small())
}

fn pressed(page: &Page, name: &str) -> bool {
    attribute(&page.get("button", name), "aria-pressed") == "true"
}

#[wasm_bindgen_test]
async fn the_list_shows_the_active_ones_by_name_with_every_column() {
    let page = at("/workspaces");
    page.list(&["Acme prod", "Beta lab", "Core"]).await;
    page.roles_known().await;
    assert_eq!(
        page.names("heading"),
        ["Accounts", "Workspaces"],
        "one of the rail, one of the page"
    );
    assert_eq!(page.net.count("GET", LIST), 1);
    let row = |column| page.cell("Beta lab", column);
    assert_eq!(row("Account"), "Altostrat");
    assert_eq!(row("Your role"), "Admin");
    assert_eq!(row("Billing"), "Single");
    assert_eq!(row("State"), "Active");
    assert!(
        row("Name").contains("ws_beta"),
        "the id stands below the name"
    );
    let time = page
        .row("Beta lab")
        .query_selector("time")
        .unwrap()
        .unwrap();
    assert_eq!(attribute(&time, "datetime"), "2025-11-02T08:00:00.000Z");
    assert_eq!(leptos::prelude::document().title(), "Workspaces · Steward");
}

#[wasm_bindgen_test]
async fn every_control_of_a_row_is_named_after_its_workspace() {
    let page = at("/workspaces");
    page.find("link", "Acme prod").await;
    let row = page.row("Acme prod");
    let names: Vec<String> = all_in(&row, "button").iter().map(name).collect();
    assert_eq!(names, ["Edit Acme prod", "Archive Acme prod"]);
    assert_eq!(
        attribute(&page.get("link", "Acme prod"), "href"),
        "/workspaces/altostrat/ws_acme"
    );
    assert!(page.has("table", "Workspaces"));
    assert!(page.has("searchbox", "Search workspaces"));
}

#[wasm_bindgen_test]
async fn names_are_text_whatever_they_are_made_of() {
    let names = [
        "\u{202e}dorp emca",
        "<img src=x onerror=\"window.hacked=1\">",
        "=HYPERLINK(\"https://evil.example\",\"click\")",
        "🦀🦀🦀 crab & \"co\"",
    ];
    let all = names
        .iter()
        .enumerate()
        .map(|(n, name)| workspace(&format!("ws_{n}"), name));
    let page = Page::at("/workspaces", World::of(all));
    page.until("four rows", || page.rows().len() == 4).await;
    let mut listed = page.listed();
    listed.sort();
    // What turns the direction of the text around is written out.
    let mut wanted = names.map(|name| name.replace('\u{202e}', "[U+202E]"));
    wanted.sort_unstable();
    assert_eq!(listed, wanted);
    assert!(page.root.query_selector("img").unwrap().is_none());
    assert!(page.has("button", "Archive <img src=x onerror=\"window.hacked=1\">"));
}

#[wasm_bindgen_test]
async fn two_workspaces_of_one_name_are_two_rows_told_apart_by_id() {
    let twins = [workspace("ws_one", "Twin"), workspace("ws_two", "Twin")];
    let page = Page::at("/workspaces", World::of(twins));
    page.list(&["Twin", "Twin"]).await;
    let rows = page.rows();
    assert!(text(&rows[0]).contains("ws_one") && text(&rows[1]).contains("ws_two"));
}

#[wasm_bindgen_test]
async fn a_row_counts_the_head_and_the_table_counts_all_rows() {
    let page = at("/workspaces");
    page.list(&["Acme prod", "Beta lab", "Core"]).await;
    let table = page.get("table", "Workspaces");
    assert_eq!(attribute(&table, "aria-rowcount"), "4");
    let numbers: Vec<String> = page
        .rows()
        .iter()
        .map(|row| attribute(row, "aria-rowindex"))
        .collect();
    assert_eq!(numbers, ["2", "3", "4"]);
}

#[wasm_bindgen_test]
async fn search_follows_every_keystroke_without_a_request() {
    let page = at("/workspaces");
    page.list(&["Acme prod", "Beta lab", "Core"]).await;
    page.roles_known().await;
    page.net.forget();
    let search = page.get("searchbox", "Search workspaces");
    let steps: [(&str, &[&str]); 4] = [
        ("c", &["Acme prod", "Core"]),
        ("co", &["Core"]),
        ("cor", &["Core"]),
        ("corx", &[]),
    ];
    for (typed, found) in steps {
        fill(&search, typed);
        page.list(found).await;
    }
    fill(&search, "");
    page.list(&["Acme prod", "Beta lab", "Core"]).await;
    assert_eq!(page.net.requests().len(), 0);
}

#[wasm_bindgen_test]
async fn who_is_in_the_search_before_a_new_screen_has_come_to_rest_stays_there() {
    for moves in [true, false] {
        let page = at("/settings");
        page.find("heading", "Settings").await;
        page.idle().await;
        page.dawdle(60);
        click(&page.get("link", "Workspaces"));
        // Drawn, and no timer has come yet.
        while !page.has("searchbox", "Search workspaces") {
            resolved(Promise::resolve(&JsValue::NULL).into()).await;
        }
        if moves {
            focus(&page.get("searchbox", "Search workspaces"));
        }
        page.idle().await;
        let wanted = if moves {
            "Search workspaces"
        } else {
            "Workspaces"
        };
        assert_eq!(focused().map(|one| name(&one)).as_deref(), Some(wanted));
    }
}

#[wasm_bindgen_test]
async fn search_looks_at_name_id_and_description_in_any_case_and_order() {
    let page = at("/workspaces");
    page.find("link", "Core").await;
    let search = page.get("searchbox", "Search workspaces");
    for words in ["WS_ACME", "customers", "prod acme", "  see   ACME "] {
        fill(&search, words);
        page.list(&["Acme prod"]).await;
    }
}

#[wasm_bindgen_test]
async fn the_address_follows_typing_once_it_pauses_and_adds_no_history() {
    let page = at("/workspaces");
    page.find("link", "Core").await;
    let before = history_length();
    type_in(&page.get("searchbox", "Search workspaces"), "cor&e");
    assert_eq!(address(), "/workspaces", "not with every key");
    page.until("the address", || address() == "/workspaces?q=cor%26e")
        .await;
    assert_eq!(history_length(), before);
    assert_eq!(value(&page.get("searchbox", "Search workspaces")), "cor&e");
}

#[wasm_bindgen_test]
async fn a_change_of_the_results_is_announced_once() {
    let page = at("/workspaces");
    page.list(&["Acme prod", "Beta lab", "Core"]).await;
    page.idle().await;
    assert_eq!(page.announced(), "", "the first rows are no change");
    fill(&page.get("searchbox", "Search workspaces"), "core");
    page.until("the number", || page.announced() == "1 workspace shown")
        .await;
    fill(&page.get("searchbox", "Search workspaces"), "nothing such");
    page.until("none", || page.announced() == "Nothing matches")
        .await;
}

#[wasm_bindgen_test]
async fn states_are_segments_with_counts_and_go_into_the_address() {
    let page = at("/workspaces");
    page.list(&["Acme prod", "Beta lab", "Core"]).await;
    assert!(
        pressed(&page, "Active 3") && !pressed(&page, "Archived 1") && !pressed(&page, "All 4")
    );
    assert!(page.says("3 of 4 workspaces"));
    page.press("button", "Archived 1").await;
    page.list(&["Old shop"]).await;
    assert_eq!(address(), "/workspaces?state=archived");
    assert!(pressed(&page, "Archived 1") && !pressed(&page, "Active 3"));
    page.press("button", "All 4").await;
    page.list(&["Acme prod", "Beta lab", "Core", "Old shop"])
        .await;
    assert_eq!(page.cell("Old shop", "State"), "Archived");
    // Counts are of what fits otherwise.
    fill(&page.get("searchbox", "Search workspaces"), "o");
    page.find("button", "All 3").await;
    assert!(page.has("button", "Active 2") && page.has("button", "Archived 1"));
}

#[wasm_bindgen_test]
async fn a_filter_for_roles_asks_for_the_roles_it_needs_and_narrows() {
    let page = at("/workspaces?state=all");
    page.find("link", "Core").await;
    page.press("button", "Admin").await;
    page.list(&["Beta lab"]).await;
    assert!(pressed(&page, "Admin"));
    assert_eq!(address(), "/workspaces?state=all&role=admin");
    page.press("button", "Viewer").await;
    page.list(&["Beta lab", "Core"]).await;
    page.press("button", "Admin").await;
    page.list(&["Core"]).await;
    assert!(!pressed(&page, "Admin"));
}

#[wasm_bindgen_test]
async fn a_filter_for_billing_narrows_and_filters_combine() {
    let page = at("/workspaces");
    page.find("link", "Core").await;
    page.press("button", "Single").await;
    page.list(&["Beta lab"]).await;
    page.press("button", "Assigned").await;
    page.list(&["Beta lab", "Core"]).await;
    page.press("button", "Viewer").await;
    page.list(&["Core"]).await;
    page.press("button", "Clear filters").await;
    page.list(&["Acme prod", "Beta lab", "Core"]).await;
    assert!(!page.has("button", "Clear filters"));
}

#[wasm_bindgen_test]
async fn a_column_sorts_and_turns_round_and_says_so() {
    let page = at("/workspaces?state=all");
    page.list(&["Acme prod", "Beta lab", "Core", "Old shop"])
        .await;
    let head = |name: &str| attribute(&page.get("columnheader", name), "aria-sort");
    assert_eq!(
        (head("Name"), head("Billing")),
        ("ascending".into(), String::new())
    );
    page.press("button", "Name").await;
    page.list(&["Old shop", "Core", "Beta lab", "Acme prod"])
        .await;
    assert_eq!(head("Name"), "descending");
    assert_eq!(address(), "/workspaces?state=all&sort=-name");
    page.press("button", "Billing").await;
    page.list(&["Core", "Acme prod", "Old shop", "Beta lab"])
        .await;
    assert_eq!(
        (head("Name"), head("Billing")),
        (String::new(), "ascending".into())
    );
    page.press("button", "State").await;
    page.list(&["Acme prod", "Beta lab", "Core", "Old shop"])
        .await;
    page.press("button", "Your role").await;
    page.list(&["Acme prod", "Old shop", "Beta lab", "Core"])
        .await;
    let numbers: Vec<String> = page
        .rows()
        .iter()
        .map(|row| attribute(row, "aria-rowindex"))
        .collect();
    assert_eq!(numbers, ["2", "3", "4", "5"], "numbers follow the order");
}

#[wasm_bindgen_test]
async fn a_shared_address_shows_the_same_view() {
    let page = at("/workspaces?q=o&state=all&role=owner,viewer&sort=-name");
    page.list(&["Old shop", "Core", "Acme prod"]).await;
    assert_eq!(value(&page.get("searchbox", "Search workspaces")), "o");
    assert!(pressed(&page, "Owner") && pressed(&page, "Viewer") && !pressed(&page, "Admin"));
    page.reload().await;
    page.list(&["Old shop", "Core", "Acme prod"]).await;
}

#[wasm_bindgen_test]
async fn back_leads_to_the_view_before() {
    let page = at("/workspaces");
    page.find("link", "Core").await;
    page.press("button", "Archived 1").await;
    page.list(&["Old shop"]).await;
    click(&page.get("button", "Name"));
    page.until("the order", || {
        address() == "/workspaces?state=archived&sort=-name"
    })
    .await;
    back();
    page.until("the order before", || {
        address() == "/workspaces?state=archived"
    })
    .await;
    assert_eq!(
        attribute(&page.get("columnheader", "Name"), "aria-sort"),
        "ascending"
    );
    back();
    page.list(&["Acme prod", "Beta lab", "Core"]).await;
}
