//! Settings of this browser: applied at once, kept over visits, and alone in the lasting storage.

use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::act::{click, key};
use crate::support::look::{all_in, find_in};
use crate::support::page::{Page, all_of, focused, local, root_attribute};
use crate::support::world::World;
use crate::support::{get, js};

async fn settings() -> Page {
    let page = Page::at("/settings", World::small());
    page.find("heading", "Settings").await;
    page
}

fn choose(page: &Page, group: &str, option: &str) {
    let group = page.get("group", group);
    click(&find_in(&group, "radio", option).unwrap_or_else(|| panic!("no {option}")));
}

fn chosen(page: &Page, group: &str) -> String {
    let group = page.get("group", group);
    let radios = all_in(&group, "radio").into_iter();
    let on: Vec<_> = radios
        .filter(|radio| get(radio, "checked").is_truthy())
        .collect();
    assert_eq!(on.len(), 1, "one of them is on");
    crate::support::look::name(&on[0])
}

#[wasm_bindgen_test]
async fn the_appearance_is_set_on_the_page_at_once() {
    let page = settings().await;
    assert_eq!(chosen(&page, "Appearance"), "System");
    for (option, value) in [
        ("Dark", Some("dark")),
        ("Light", Some("light")),
        ("System", None),
    ] {
        choose(&page, "Appearance", option);
        page.until(option, || chosen(&page, "Appearance") == option)
            .await;
        assert_eq!(root_attribute("data-theme").as_deref(), value);
    }
}

#[wasm_bindgen_test]
async fn compact_rows_are_lower() {
    let page = settings().await;
    page.press("link", "Workspaces").await;
    page.find("link", "Core").await;
    let comfortable = page.row("Core").get_bounding_client_rect().height();
    page.press("link", "Settings").await;
    page.find("heading", "Settings").await;
    choose(&page, "Rows", "Compact");
    assert_eq!(root_attribute("data-density").as_deref(), Some("compact"));
    page.press("link", "Workspaces").await;
    page.find("link", "Core").await;
    let compact = page.row("Core").get_bounding_client_rect().height();
    assert_eq!((comfortable, compact), (44.0, 36.0));
}

#[wasm_bindgen_test]
async fn settings_are_there_after_a_reload_and_are_all_that_lasts() {
    let page = settings().await;
    choose(&page, "Appearance", "Dark");
    choose(&page, "Rows", "Compact");
    choose(&page, "Single-key shortcuts", "Off");
    let kept = all_of(&local());
    let kept: serde_json::Value = serde_json::from_str(&kept).unwrap();
    assert_eq!(
        kept.as_object().unwrap().keys().collect::<Vec<_>>(),
        ["steward.settings"]
    );
    let settings = kept["steward.settings"].as_str().unwrap();
    let settings: serde_json::Value = serde_json::from_str(settings).unwrap();
    assert_eq!(
        settings,
        serde_json::json!({"theme": "dark", "density": "compact", "keys_off": true})
    );
    page.reload().await;
    page.find("heading", "Settings").await;
    assert_eq!(chosen(&page, "Appearance"), "Dark");
    assert_eq!(chosen(&page, "Rows"), "Compact");
    assert_eq!(chosen(&page, "Single-key shortcuts"), "Off");
}

#[wasm_bindgen_test]
async fn settings_of_another_version_do_no_harm() {
    for text in [
        "",
        "null",
        "{\"theme\": 7}",
        "{\"theme\":\"dark\",\"future\":[1]}",
        "<html>",
    ] {
        let page = Page::new(World::small());
        local().set_item("steward.settings", text).unwrap();
        page.sign_in();
        page.open("/settings");
        page.find("heading", "Settings").await;
        chosen(&page, "Appearance");
    }
}

#[wasm_bindgen_test]
async fn nothing_but_settings_lasts_after_a_whole_visit() {
    let page = Page::at("/workspaces", World::small());
    page.roles_known().await;
    page.press("link", "Acme prod").await;
    page.find("complementary", "Acme prod").await;
    click(&page.in_pane("button", "Edit Acme prod"));
    page.find("textbox", "Name").await;
    page.enter("Name", "Acme production");
    page.press("button", "Save changes").await;
    page.wait_removed("button", "Save changes").await;
    assert_eq!(all_of(&local()), "{}");
}

#[wasm_bindgen_test]
async fn shortcuts_that_are_off_do_nothing() {
    let page = settings().await;
    choose(&page, "Single-key shortcuts", "Off");
    page.press("link", "Workspaces").await;
    page.find("link", "Core").await;
    page.roles_known().await;
    page.idle().await;
    js("", "document.activeElement.blur()", &[]);
    for press in ["/", "j", "k", "e", "?"] {
        key(press);
        page.idle().await;
        assert!(focused().is_none(), "{press} moved the focus");
        assert!(page.dialog().is_none(), "{press} opened a dialog");
    }
}
