//! One open workspace: its fields, where focus goes, deep links, and what is not there.

use serde_json::json;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::act::{back, click, focus, key};
use crate::support::look::{all_in, attribute, below, name, text};
use crate::support::net::Reply;
use crate::support::page::{Page, address, focused};
use crate::support::world::{LIST, World, item, open, workspace};

/// The fields of the overview, as pairs of term and value.
fn facts(page: &Page) -> Vec<(String, String)> {
    let list = page
        .pane()
        .query_selector("dl")
        .unwrap()
        .expect("the fields");
    below(&list, "dt")
        .iter()
        .map(text)
        .zip(below(&list, "dd").iter().map(text))
        .collect()
}

fn fact(page: &Page, term: &str) -> String {
    let found = facts(page).into_iter().find(|(name, _)| name == term);
    found
        .unwrap_or_else(|| panic!("no \"{term}\" in {:?}", facts(page)))
        .1
}

fn heading(page: &Page) -> String {
    let labelled = attribute(&page.pane(), "aria-labelledby");
    text(
        &leptos::prelude::document()
            .get_element_by_id(&labelled)
            .unwrap(),
    )
}

#[wasm_bindgen_test]
async fn opening_shows_every_field_beside_the_list() {
    let page = Page::at("/workspaces", World::small());
    page.roles_known().await;
    page.press("link", "Acme prod").await;
    page.find("complementary", "Acme prod").await;
    page.until("the address", || address() == open("ws_acme"))
        .await;
    assert_eq!(fact(&page, "State"), "Active");
    assert_eq!(fact(&page, "Description"), "Everything that customers see");
    assert_eq!(fact(&page, "Account"), "Altostrat");
    assert!(fact(&page, "Your role").starts_with("Owner"));
    assert_eq!(fact(&page, "Billing mode"), "Pooled");
    assert_eq!(fact(&page, "Seats in the pool"), "25");
    let times: Vec<String> = below(&page.pane(), "time")
        .iter()
        .map(|time| attribute(time, "datetime"))
        .collect();
    assert_eq!(
        times,
        ["2025-10-29T00:40:06.000Z", "2025-11-02T08:00:00.000Z"]
    );
    assert!(text(&page.pane()).contains("ws_acme"));
    assert_eq!(leptos::prelude::document().title(), "Acme prod · Steward");
    assert_eq!(attribute(&page.row("Acme prod"), "aria-current"), "true");
    assert!(page.listed().contains(&"Core".to_owned()), "the list stays");
}

#[wasm_bindgen_test]
async fn opening_takes_the_focus_to_the_heading() {
    let page = Page::at("/workspaces", World::small());
    page.roles_known().await;
    page.press("link", "Beta lab").await;
    page.until("the focus on the heading", || {
        focused().is_some_and(|focused| text(&focused) == "Beta lab" && focused.tag_name() == "H2")
    })
    .await;
}

#[wasm_bindgen_test]
async fn going_from_one_workspace_to_the_next_takes_the_focus_along() {
    let page = Page::at(&open("ws_acme"), World::small());
    page.roles_known().await;
    page.find("complementary", "Acme prod").await;
    page.press("link", "Core").await;
    page.find("complementary", "Core").await;
    page.until("the focus on the heading", || {
        focused().is_some_and(|focused| text(&focused) == "Core")
    })
    .await;
    assert_eq!(heading(&page), "Core");
    assert!(fact(&page, "Your role").starts_with("Viewer"));
}

#[wasm_bindgen_test]
async fn closing_returns_the_focus_to_the_link_of_the_row() {
    let page = Page::at("/workspaces?q=o", World::small());
    page.roles_known().await;
    for by in ["button", "escape"] {
        page.press("link", "Core").await;
        page.find("complementary", "Core").await;
        page.idle().await;
        if by == "button" {
            click(&page.get("button", "Close"));
        } else {
            key("Escape");
        }
        page.wait_removed("complementary", "Core").await;
        page.until("the focus back", || {
            focused().is_some_and(|focused| name(&focused) == "Core" && focused.tag_name() == "A")
        })
        .await;
        page.until("the address", || address() == "/workspaces?q=o")
            .await;
    }
}

#[wasm_bindgen_test]
async fn back_closes_and_the_list_stands_as_before() {
    let page = Page::at("/workspaces?state=all", World::small());
    page.roles_known().await;
    page.press("link", "Core").await;
    page.find("complementary", "Core").await;
    page.until("the address", || {
        address() == format!("{}?state=all", open("ws_core"))
    })
    .await;
    back();
    page.wait_removed("complementary", "Core").await;
    assert_eq!(address(), "/workspaces?state=all");
    assert_eq!(page.rows().len(), 4);
}

#[wasm_bindgen_test]
async fn fields_that_are_missing_are_said_to_be_missing() {
    let bare = workspace("ws_bare", "Bare")
        .without("description")
        .without("billing_mode")
        .without("pooled_seat_limit")
        .without("created_at")
        .without("updated_at")
        .without("archived_at")
        .without("archived");
    let page = Page::at(&open("ws_bare"), World::of([bare]));
    page.find("complementary", "Bare").await;
    for (term, value) in [
        ("Description", "None"),
        ("Billing mode", "—"),
        ("Seats in the pool", "—"),
        ("Created", "—"),
        ("Updated", "—"),
        ("State", "Active"),
    ] {
        assert_eq!(fact(&page, term), value, "{term}");
    }
}

#[wasm_bindgen_test]
async fn an_archived_one_says_since_when() {
    let page = Page::at(&open("ws_old"), World::small());
    page.find("complementary", "Old shop").await;
    assert_eq!(fact(&page, "State"), "Archived");
    let times = below(&page.pane(), "time");
    assert!(
        times
            .iter()
            .any(|time| attribute(time, "datetime") == "2025-11-20T12:00:00.000Z")
    );
}

#[wasm_bindgen_test]
async fn a_long_description_and_markup_in_it_are_text() {
    let words = "<b>bold</b> & \u{202e}turned ".repeat(6);
    let page = Page::at(
        &open("ws_1"),
        World::of([workspace("ws_1", "<i>One</i>").described(&words)]),
    );
    page.find("complementary", "<i>One</i>").await;
    let wanted = words.split_whitespace().collect::<Vec<_>>().join(" ");
    assert_eq!(fact(&page, "Description"), wanted);
    assert!(page.pane().query_selector("b, i").unwrap().is_none());
}

#[wasm_bindgen_test]
async fn a_deep_link_shows_the_workspace_before_the_list_is_there() {
    let page = Page::new(World::small());
    page.sign_in();
    let list = page.net.hold("GET", LIST);
    page.open(&open("ws_acme"));
    page.find("complementary", "Acme prod").await;
    assert!(fact(&page, "Description").starts_with("Everything"));
    assert_eq!(list.waiting(), 1);
    list.pass();
    page.until("the list", || page.rows().len() == 3).await;
    assert_eq!(heading(&page), "Acme prod");
}

#[wasm_bindgen_test]
async fn while_it_is_awaited_the_open_workspace_says_so() {
    let page = Page::new(World::small());
    page.sign_in();
    let (list, one) = (
        page.net.hold("GET", LIST),
        page.net.hold("GET", &item("ws_acme")),
    );
    page.open(&open("ws_acme"));
    page.wait_for_text("Loading workspace").await;
    page.until("both requests", || {
        list.waiting() == 1 && one.waiting() == 1
    })
    .await;
    assert!(!page.says("not found"));
    one.pass();
    page.find("complementary", "Acme prod").await;
}

#[wasm_bindgen_test]
async fn one_that_is_not_in_the_list_is_asked_for_and_shown() {
    let page = Page::at(&open("ws_far"), World::small());
    page.wait_for_text("Workspace not found").await;
    drop(page);
    let page = Page::new(World::of([
        workspace("ws_1", "One"),
        workspace("ws_far", "Far away"),
    ]));
    page.sign_in();
    let cut = json!({"data": [{"id": "ws_1", "name": "One"}], "has_more": true});
    page.net.on("GET", LIST, Reply::json(200, &cut));
    page.open(&open("ws_far"));
    page.find("complementary", "Far away").await;
}

#[wasm_bindgen_test]
async fn a_workspace_that_is_not_there_is_no_broken_page() {
    let page = Page::at(&open("ws_none"), World::small());
    page.wait_for_text("Workspace not found").await;
    assert!(page.says("The service does not say which."));
    page.list(&["Acme prod", "Beta lab", "Core"]).await;
    page.press("button", "Close").await;
    page.until("the list's address", || address() == "/workspaces")
        .await;
    assert_eq!(
        page.net.count("GET", &item("ws_none")),
        1,
        "not asked again and again"
    );
}

#[wasm_bindgen_test]
async fn one_that_is_gone_since_the_list_was_read_leaves_the_list() {
    let page = Page::at("/workspaces", World::small());
    page.roles_known().await;
    page.net.change(|world| {
        world
            .workspaces
            .retain(|workspace| workspace.id != "ws_core")
    });
    page.press("link", "Core").await;
    page.wait_for_text("Workspace not found").await;
    page.list(&["Acme prod", "Beta lab"]).await;
}

#[wasm_bindgen_test]
async fn opening_shows_what_the_service_has_now() {
    let page = Page::at("/workspaces", World::small());
    page.roles_known().await;
    page.net
        .change(|world| world.get("ws_core").object["name"] = "Core renamed".into());
    page.press("link", "Core").await;
    page.find("complementary", "Core renamed").await;
    page.list(&["Acme prod", "Beta lab", "Core renamed"]).await;
}

#[wasm_bindgen_test]
async fn a_workspace_that_cannot_be_read_offers_to_load_again() {
    let page = Page::new(World::small());
    page.sign_in();
    page.net.hold("GET", LIST);
    page.net.on(
        "GET",
        &item("ws_acme"),
        Reply::error(403, "nope", "Closed today."),
    );
    page.open(&open("ws_acme"));
    page.wait_for_text("The workspace could not be loaded")
        .await;
    assert!(page.says("Closed today."));
    page.net.as_usual();
    click(&page.in_pane("button", "Refresh"));
    page.find("complementary", "Acme prod").await;
}

#[wasm_bindgen_test]
async fn a_workspace_that_cannot_be_read_again_says_so_above_what_is_known() {
    let page = Page::at("/workspaces", World::small());
    page.find("link", "Acme prod").await;
    page.net.on(
        "GET",
        &item("ws_acme"),
        Reply::error(403, "nope", "Closed today."),
    );
    page.press("link", "Acme prod").await;
    page.wait_for_text("The workspace could not be loaded")
        .await;
    assert!(page.says("Closed today."));
    assert!(page.pane().query_selector(".facts").unwrap().is_some());
    page.net.as_usual();
    click(&page.in_pane("button", "Refresh"));
    page.until("nothing more to say", || {
        !page.says("The workspace could not be loaded")
    })
    .await;
    assert!(!facts(&page).is_empty());
}

#[wasm_bindgen_test]
async fn ids_with_signs_survive_the_address() {
    let id = "ws/ä b?&#%";
    let page = Page::at(
        "/workspaces",
        World::of([workspace("ws%2F%C3%A4%20b%3F%26%23%25", "Odd")]),
    );
    page.net
        .change(|world| world.workspaces[0].object["id"] = id.into());
    page.find("link", "Odd").await;
    click(&page.get("button", "Refresh"));
    page.until("the odd id", || page.rows().len() == 1 && page.says(id))
        .await;
    focus(&page.get("link", "Odd"));
    key("Enter");
    page.find("complementary", "Odd").await;
    page.idle().await;
    assert!(text(&page.pane()).contains(id));
    page.reload().await;
    page.find("complementary", "Odd").await;
}

#[wasm_bindgen_test]
async fn the_tabs_are_links_with_the_current_one_marked() {
    let page = Page::at(&open("ws_acme"), World::small());
    page.find("complementary", "Acme prod").await;
    let tabs = page.get("navigation", "Workspace");
    let current = || {
        let links = all_in(&tabs, "link").into_iter();
        links
            .filter(|link| attribute(link, "aria-current") == "page")
            .map(|link| name(&link))
            .collect::<Vec<_>>()
    };
    assert_eq!(current(), ["Overview"]);
    page.press("link", "Members").await;
    page.until("the members tab", || current() == ["Members"])
        .await;
    page.until("the address", || {
        address() == format!("{}/members", open("ws_acme"))
    })
    .await;
}

#[wasm_bindgen_test]
async fn an_account_that_is_not_ours_is_not_asked_about() {
    let page = Page::at("/workspaces/elsewhere/ws_acme", World::small());
    page.roles_known().await;
    page.idle().await;
    assert_eq!(page.net.count("GET", &item("ws_acme")), 0);
    assert!(
        page.says("This console has no such service"),
        "a foreign account must not load for ever"
    );
}
