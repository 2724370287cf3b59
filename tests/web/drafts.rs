//! Unsaved text: there again after a reload, and for nobody but the person who typed it.

use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::act::click;
use crate::support::look::value;
use crate::support::page::{Page, all_of, kept_drafts, local, session};
use crate::support::world::{OWNER, World, edit};

async fn with_unsaved_text() -> Page {
    let page = Page::at(&edit("ws_acme"), World::small());
    page.find("textbox", "Name").await;
    page.roles_known().await;
    page.enter("Name", "Half a thought");
    page.enter("Description", "first line\nsecond line");
    page
}

#[wasm_bindgen_test]
async fn unsaved_text_is_back_after_a_reload_and_says_so() {
    let page = with_unsaved_text().await;
    page.reload().await;
    page.find("textbox", "Name").await;
    assert_eq!(value(&page.get("textbox", "Name")), "Half a thought");
    assert_eq!(
        value(&page.get("textbox", "Description")),
        "first line\nsecond line"
    );
    page.roles_known().await;
    assert!(page.says("Your unsaved text is back"));
    assert_eq!(page.net.writes().len(), 0);
    page.press("button", "Save changes").await;
    page.wait_removed("button", "Save changes").await;
    assert!(
        !kept_drafts().contains("Half a thought"),
        "a saved draft is gone"
    );
}

#[wasm_bindgen_test]
async fn unsaved_text_stays_in_this_tab() {
    let _page = with_unsaved_text().await;
    assert!(all_of(&session()).contains("Half a thought"));
    assert!(!all_of(&local()).contains("Half a thought"));
}

#[wasm_bindgen_test]
async fn unsaved_text_is_not_shown_to_another_person() {
    let page = with_unsaved_text().await;
    page.sign_in_as(OWNER);
    page.reload().await;
    page.find("textbox", "Name").await;
    assert_eq!(value(&page.get("textbox", "Name")), "Acme prod");
    assert_eq!(
        value(&page.get("textbox", "Description")),
        "Everything that customers see"
    );
    assert!(!page.says("Your unsaved text is back"));
    assert!(!page.says("Half a thought"));
}

#[wasm_bindgen_test]
async fn unsaved_text_belongs_to_one_workspace() {
    let page = with_unsaved_text().await;
    page.press("link", "Beta lab").await;
    page.find("complementary", "Beta lab").await;
    click(&page.in_pane("button", "Edit Beta lab"));
    page.find("textbox", "Name").await;
    assert_eq!(value(&page.get("textbox", "Name")), "Beta lab");
}

#[wasm_bindgen_test]
async fn text_that_equals_what_the_service_has_is_no_draft() {
    let page = with_unsaved_text().await;
    page.net.change(|world| {
        world.get("ws_acme").object["name"] = "Half a thought".into();
        world.get("ws_acme").object["description"] = "first line\nsecond line".into();
    });
    page.reload().await;
    page.find("textbox", "Name").await;
    page.idle().await;
    assert!(!page.says("Your unsaved text is back"));
}

#[wasm_bindgen_test]
async fn typing_goes_on_while_the_list_is_loaded_again() {
    let page = with_unsaved_text().await;
    page.net.change(|world| {
        world.get("ws_acme").object["updated_at"] = "2025-11-21T08:00:00.000000Z".into()
    });
    click(&page.get("button", "Refresh"));
    page.until("the answer", || {
        page.net.count("GET", crate::support::world::LIST) == 2
    })
    .await;
    page.idle().await;
    assert_eq!(
        value(&page.get("textbox", "Name")),
        "Half a thought",
        "typing is never overwritten"
    );
}

#[wasm_bindgen_test]
async fn taking_a_change_back_forgets_the_draft() {
    let page = with_unsaved_text().await;
    page.enter("Name", "Acme prod");
    page.enter("Description", "Everything that customers see");
    page.idle().await;
    assert!(!all_of(&session()).contains("steward.draft"));
}
