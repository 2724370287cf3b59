//! Addresses that the app does not have, and the pages beside the list.

use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::look::{attribute, text};
use crate::support::page::{Page, address};
use crate::support::world::{LIST, ME, World};

#[wasm_bindgen_test]
async fn an_unknown_address_says_so_and_leads_on() {
    for place in [
        "/nowhere",
        "/workspaces/altostrat",
        "/workspaces/altostrat/ws_acme/billing",
        "/settings/more",
    ] {
        let page = Page::at(place, World::small());
        page.find("heading", "Page not found").await;
        assert_eq!(address(), place, "the address stays, to be mended");
        assert_eq!(
            leptos::prelude::document().title(),
            "Page not found · Steward"
        );
        page.press("link", "Go to workspaces").await;
        page.find("link", "Acme prod").await;
        page.until("the address", || address() == "/workspaces")
            .await;
    }
}

#[wasm_bindgen_test]
async fn the_root_is_the_list() {
    let page = Page::at("/", World::small());
    page.list(&["Acme prod", "Beta lab", "Core"]).await;
}

#[wasm_bindgen_test]
async fn the_rail_leads_everywhere_and_marks_where_one_is() {
    let page = Page::at("/workspaces", World::small());
    page.find("link", "Acme prod").await;
    for (link, place) in [
        ("Activity", "/activity"),
        ("Accounts", "/accounts"),
        ("Settings", "/settings"),
        ("Workspaces", "/workspaces"),
    ] {
        page.press("link", link).await;
        page.until("the address", || address() == place).await;
        page.until("the mark", || {
            attribute(&page.get("link", link), "aria-current") == "page"
        })
        .await;
        let headings = page.all("heading");
        assert!(
            headings
                .iter()
                .any(|heading| heading.tag_name() == "H1" && text(heading) == link)
        );
        assert_eq!(
            leptos::prelude::document().title(),
            format!("{link} · Steward")
        );
    }
    assert_eq!(
        page.net.count("GET", LIST),
        1,
        "going round loads nothing again"
    );
}

#[wasm_bindgen_test]
async fn going_to_another_page_takes_the_focus_to_its_heading() {
    let page = Page::at("/workspaces", World::small());
    page.find("link", "Acme prod").await;
    page.press("link", "Settings").await;
    page.find("heading", "Settings").await;
    page.until("the focus on the heading", || {
        crate::support::page::focused()
            .is_some_and(|focused| text(&focused) == "Settings" && focused.tag_name() == "H1")
    })
    .await;
}

#[wasm_bindgen_test]
async fn the_account_says_who_and_where_without_the_token() {
    let page = Page::at("/accounts", World::small());
    page.find("button", "Sign out").await;
    page.wait_for_text("Connected").await;
    for words in ["/api/altostrat", "Mia Me", ME, "Kept for this tab"] {
        assert!(page.says(words), "{words}");
    }
    let token = crate::support::page::token_of(ME);
    assert!(
        !page
            .root
            .inner_html()
            .contains(token.split('.').nth(1).unwrap())
    );
}
