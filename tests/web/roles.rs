//! Finding out my role: asked for what is in view, a few at once, each once; unknown is neither yes
//! nor no.

use std::collections::BTreeMap;

use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::act::{click, fill};
use crate::support::look::{description, is_off, name};
use crate::support::net::Reply;
use crate::support::page::Page;
use crate::support::world::{ME, OWNER, World, edit, item, members, open, workspace};

/// How often each members' list was asked for.
fn asked(page: &Page) -> BTreeMap<String, usize> {
    let mut asked = BTreeMap::new();
    for request in page
        .net
        .requests()
        .into_iter()
        .filter(|request| request.path.ends_with("/members"))
    {
        *asked.entry(request.path).or_default() += 1;
    }
    asked
}

#[wasm_bindgen_test]
async fn until_the_role_is_known_an_action_is_neither_enabled_nor_denied() {
    let page = Page::new(World::small());
    page.sign_in();
    let held = page.net.hold("GET", "*/members");
    page.open("/workspaces");
    page.find("link", "Acme prod").await;
    page.until("the questions", || held.waiting() == 3).await;
    for button in [
        "Edit Acme prod",
        "Archive Acme prod",
        "Edit Core",
        "Archive Core",
    ] {
        let button = page.get("button", button);
        assert!(is_off(&button), "{} must not be enabled", name(&button));
        assert!(button.has_attribute("data-pending"));
        let said = description(&button);
        assert!(said.contains("being checked"), "{said}");
        assert!(
            !said.contains("takes the role"),
            "nothing may be denied yet: {said}"
        );
        click(&button);
    }
    page.idle().await;
    assert!(page.all("dialog").is_empty());
    assert_eq!(page.cell("Acme prod", "Your role"), "…");
    assert_eq!(page.net.writes().len(), 0);
    while held.waiting() > 0 {
        held.pass();
        page.idle().await;
    }
    page.roles_known().await;
    assert!(!is_off(&page.get("button", "Archive Acme prod")));
    assert!(is_off(&page.get("button", "Archive Core")));
}

#[wasm_bindgen_test]
async fn at_most_four_members_lists_are_asked_for_at_once_and_each_once() {
    let page = Page::new(World::many(12));
    page.sign_in();
    let held = page.net.hold("GET", "*/members");
    page.open("/workspaces");
    page.until("the first questions", || held.waiting() == 4)
        .await;
    page.idle().await;
    assert_eq!((held.waiting(), asked(&page).len()), (4, 4));
    for answered in 1..=12 {
        held.pass();
        page.idle().await;
        assert!(held.waiting() <= 4, "{} at once", held.waiting());
        assert_eq!(asked(&page).len(), (answered + 4).min(12));
    }
    page.roles_known().await;
    assert!(
        asked(&page).values().all(|times| *times == 1),
        "{:?}",
        asked(&page)
    );
}

#[wasm_bindgen_test]
async fn what_is_in_view_is_asked_for_from_the_top() {
    let page = Page::new(World::many(12));
    page.sign_in();
    let held = page.net.hold("GET", "*/members");
    page.open("/workspaces");
    page.until("the first questions", || held.waiting() == 4)
        .await;
    let wanted: Vec<String> = (1..=4).map(|n| members(&format!("ws_{n:05}"))).collect();
    assert_eq!(asked(&page).into_keys().collect::<Vec<_>>(), wanted);
}

#[wasm_bindgen_test]
async fn a_role_is_asked_for_once_whatever_is_looked_at() {
    let page = Page::at("/workspaces?state=all", World::small());
    page.roles_known().await;
    page.press("link", "Core").await;
    page.press("link", "Members").await;
    page.find("table", "Members").await;
    page.press("button", "Close").await;
    fill(&page.get("searchbox", "Search workspaces"), "core");
    page.list(&["Core"]).await;
    fill(&page.get("searchbox", "Search workspaces"), "");
    page.until("all", || page.rows().len() == 4).await;
    page.press("button", "Owner").await;
    page.list(&["Acme prod", "Old shop"]).await;
    page.idle().await;
    assert_eq!(asked(&page).len(), 4);
    assert!(
        asked(&page).values().all(|times| *times == 1),
        "{:?}",
        asked(&page)
    );
}

#[wasm_bindgen_test]
async fn a_role_that_cannot_be_read_denies_with_that_reason_and_can_be_asked_for_again() {
    let world = World::of([workspace("ws_x", "Xylo").unreadable()]);
    let page = Page::at("/workspaces", world);
    page.roles_known().await;
    assert_eq!(page.cell("Xylo", "Your role"), "Could not be read");
    for button in ["Edit Xylo", "Archive Xylo"] {
        let button = page.get("button", button);
        assert!(is_off(&button) && !button.has_attribute("data-pending"));
        assert!(
            description(&button).contains("could not be read"),
            "{}",
            description(&button)
        );
    }
    page.net
        .change(|world| *world = World::of([workspace("ws_x", "Xylo")]));
    page.press("link", "Xylo").await;
    page.press("button", "Check again").await;
    page.until("the role", || page.cell("Xylo", "Your role") == "Owner")
        .await;
    assert!(
        !is_off(&page.row_button("Archive", "Xylo")),
        "the row follows"
    );
}

#[wasm_bindgen_test]
async fn whoever_is_not_in_the_members_list_is_told_so() {
    let page = Page::at(
        "/workspaces",
        World::of([workspace("ws_x", "Xylo").outside()]),
    );
    page.roles_known().await;
    assert_eq!(page.cell("Xylo", "Your role"), "Not a member");
    let said = description(&page.get("button", "Archive Xylo"));
    assert!(
        said.contains("list of members") && said.contains(OWNER),
        "{said}"
    );
}

#[wasm_bindgen_test]
async fn a_refused_save_asks_for_the_role_again_and_the_gates_follow() {
    let page = Page::at(&edit("ws_acme"), World::small());
    page.roles_known().await;
    let field = page.find("textbox", "Name").await;
    fill(&field, "Acme two");
    assert_eq!(asked(&page)[&members("ws_acme")], 1);
    page.net.change(|world| {
        let demoted = world.get("ws_acme").clone().role("viewer");
        *world.get("ws_acme") = demoted;
    });
    page.net.on("PATCH", &item("ws_acme"), Reply::empty(403));
    page.press("button", "Save changes").await;
    page.until("the role asked for again", || {
        asked(&page)[&members("ws_acme")] == 2
    })
    .await;
    page.until("the new role", || {
        page.cell("Acme prod", "Your role") == "Viewer"
    })
    .await;
    assert!(is_off(&page.row_button("Archive", "Acme prod")));
    let said = description(&page.row_button("Edit", "Acme prod"));
    assert!(
        said.contains("owner or admin") && said.contains("viewer"),
        "{said}"
    );
    page.idle().await;
    assert_eq!(
        asked(&page)[&members("ws_acme")],
        2,
        "once more, not again and again"
    );
    assert_eq!(page.net.count("PATCH", &item("ws_acme")), 1);
}

#[wasm_bindgen_test]
async fn an_unreadable_role_never_counts_as_a_yes_even_for_the_form() {
    let page = Page::at(
        &edit("ws_x"),
        World::of([workspace("ws_x", "Xylo").unreadable()]),
    );
    page.roles_known().await;
    page.wait_for_text("could not be read").await;
    assert!(
        page.all("textbox").is_empty(),
        "no fields that only look alive"
    );
    assert!(!page.has("button", "Save changes"));
}

#[wasm_bindgen_test]
async fn a_token_that_names_nobody_denies_everything() {
    let page = Page::new(World::small());
    let kept = serde_json::json!({
        "account": "altostrat", "place": "altostrat", "label": "Altostrat", "kept": true,
        "token": "opaque-key",
    });
    page.keep(&kept);
    page.open("/workspaces");
    page.find("link", "Acme prod").await;
    page.roles_known().await;
    assert!(is_off(&page.get("button", "Edit Acme prod")));
}

#[wasm_bindgen_test]
async fn another_person_has_another_role_in_the_same_list() {
    let page = Page::new(World::small());
    page.sign_in_as(OWNER);
    page.open("/workspaces");
    page.find("link", "Core").await;
    page.roles_known().await;
    assert_eq!(page.cell("Core", "Your role"), "Owner");
    assert!(!is_off(&page.get("button", "Archive Core")));
    drop(page);
    let page = Page::new(World::small());
    page.sign_in_as(ME);
    page.open(&open("ws_core"));
    page.until("my role", || page.says("reads")).await;
    page.roles_known().await;
    assert!(page.says("Your role here is viewer"));
}
