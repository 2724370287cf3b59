//! The address bar says what is on the screen, whatever way one came there.

use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::act::{back, click, fill, forward};
use crate::support::look::{attribute, value};
use crate::support::page::{Page, address, history_length};
use crate::support::world::{World, edit, open, workspace};

#[wasm_bindgen_test]
async fn clearing_a_search_clears_the_address() {
    let page = Page::at("/workspaces", World::small());
    page.find("link", "Core").await;
    fill(&page.get("searchbox", "Search workspaces"), "core");
    page.until("the address", || address() == "/workspaces?q=core")
        .await;
    page.press("button", "Clear filters").await;
    page.list(&["Acme prod", "Beta lab", "Core"]).await;
    page.until("the address", || address() == "/workspaces")
        .await;
}

#[wasm_bindgen_test]
async fn emptying_the_search_by_hand_clears_the_address() {
    let page = Page::at("/workspaces?q=core", World::small());
    page.list(&["Core"]).await;
    fill(&page.get("searchbox", "Search workspaces"), "");
    page.list(&["Acme prod", "Beta lab", "Core"]).await;
    page.until("the address", || address() == "/workspaces")
        .await;
}

#[wasm_bindgen_test]
async fn editing_again_after_saving_is_at_the_forms_address() {
    let page = Page::at("/workspaces", World::small());
    page.roles_known().await;
    for name in ["Acme two", "Acme three"] {
        let before = page.listed().remove(0);
        click(&page.row_button("Edit", &before));
        fill(&page.find("textbox", "Name").await, name);
        page.until("the form's address", || address() == edit("ws_acme"))
            .await;
        page.press("button", "Save changes").await;
        page.wait_removed("button", "Save changes").await;
        page.until("the overview's address", || address() == open("ws_acme"))
            .await;
    }
}

#[wasm_bindgen_test]
async fn after_back_and_forward_a_link_still_changes_the_address() {
    let page = Page::at("/workspaces", World::small());
    page.roles_known().await;
    for (name, id) in [("Acme prod", "ws_acme"), ("Beta lab", "ws_beta")] {
        page.press("link", name).await;
        page.until("the address", || address() == open(id)).await;
    }
    back();
    page.until("back", || address() == open("ws_acme")).await;
    page.find("complementary", "Acme prod").await;
    forward();
    page.until("forward", || address() == open("ws_beta")).await;
    page.find("complementary", "Beta lab").await;
    page.press("link", "Acme prod").await;
    page.find("complementary", "Acme prod").await;
    page.until("the address", || address() == open("ws_acme"))
        .await;
}

#[wasm_bindgen_test]
async fn typing_back_and_forth_between_places_keeps_one_view_an_address() {
    let page = Page::at("/workspaces", World::small());
    page.find("link", "Core").await;
    page.press("button", "Archived 1").await;
    page.until("the address", || address() == "/workspaces?state=archived")
        .await;
    page.press("button", "Active 3").await;
    page.until("the address", || address() == "/workspaces")
        .await;
    page.press("button", "Archived 1").await;
    page.until("the address", || address() == "/workspaces?state=archived")
        .await;
    let length = history_length();
    page.press("button", "Archived 1").await;
    page.idle().await;
    assert_eq!(
        history_length(),
        length,
        "pressing what is on adds nothing to go back through"
    );
}

#[wasm_bindgen_test]
async fn a_search_goes_along_to_the_workspace_and_back() {
    let page = Page::at("/workspaces?q=o&state=all", World::small());
    page.list(&["Acme prod", "Core", "Old shop"]).await;
    page.press("link", "Core").await;
    page.until("the address", || {
        address() == format!("{}?q=o&state=all", open("ws_core"))
    })
    .await;
    page.reload().await;
    page.find("complementary", "Core").await;
    assert_eq!(value(&page.get("searchbox", "Search workspaces")), "o");
    page.press("button", "Close").await;
    page.until("the address", || address() == "/workspaces?q=o&state=all")
        .await;
}

#[wasm_bindgen_test]
async fn opening_while_the_search_has_not_settled_keeps_what_was_typed() {
    let page = Page::at("/workspaces", World::small());
    page.roles_known().await;
    fill(&page.get("searchbox", "Search workspaces"), "core");
    page.list(&["Core"]).await;
    click(&page.get("link", "Core"));
    page.find("complementary", "Core").await;
    page.until("both in the address", || {
        address() == format!("{}?q=core", open("ws_core"))
    })
    .await;
    assert_eq!(page.listed(), ["Core"]);
}

#[wasm_bindgen_test]
async fn the_address_of_a_link_that_was_clicked_leads_to_the_same_workspace() {
    // Decoded once more, each of them is another id.
    for (id, path) in [
        ("a%41", "a%2541"),
        ("..", "%252E%252E"),
        ("b%2Fc", "b%252Fc"),
    ] {
        let named = workspace(path, "Per cent").with("id", id);
        let page = Page::at("/workspaces", World::of([named]));
        page.press("link", "Per cent").await;
        page.until("the address", || address() == open(path)).await;
        page.reload().await;
        page.find("link", "Per cent").await;
        assert_eq!(attribute(&page.row("Per cent"), "aria-current"), "true");
    }
}

#[wasm_bindgen_test]
async fn a_query_is_decoded_once() {
    let page = Page::at("/workspaces?q=%2541", World::small());
    assert_eq!(
        value(&page.find("searchbox", "Search workspaces").await),
        "%41"
    );
}
