//! The keyboard: single keys on the list, off while typing or behind a dialog, and the sheet.

use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::act::{click, focus, key, key_on};
use crate::support::js;
use crate::support::look::{attribute, below, name, text, value};
use crate::support::page::{Page, address, focused};
use crate::support::world::World;

async fn list(world: World) -> Page {
    let page = Page::at("/workspaces", world);
    page.roles_known().await;
    js("", "document.activeElement?.blur()", &[]);
    page
}

fn on(page: &Page, wanted: &str) -> bool {
    let _ = page;
    focused().is_some_and(|focused| name(&focused) == wanted)
}

#[wasm_bindgen_test]
async fn slash_takes_to_the_search() {
    let page = list(World::small()).await;
    key("/");
    assert!(on(&page, "Search workspaces"));
    assert_eq!(
        value(&page.get("searchbox", "Search workspaces")),
        "",
        "the key itself is not typed"
    );
}

#[wasm_bindgen_test]
async fn j_and_k_and_arrows_walk_the_rows() {
    let page = list(World::small()).await;
    for (press, row) in [
        ("j", "Acme prod"),
        ("j", "Beta lab"),
        ("ArrowDown", "Core"),
        ("k", "Beta lab"),
        ("ArrowUp", "Acme prod"),
        ("k", "Acme prod"),
    ] {
        key(press);
        page.until(&format!("{press} to {row}"), || on(&page, row))
            .await;
    }
    key("Enter");
    page.find("complementary", "Acme prod").await;
}

#[wasm_bindgen_test]
async fn j_walks_through_a_windowed_list_beyond_what_is_drawn() {
    let page = list(World::many(400)).await;
    for n in 1..=40 {
        key("j");
        let row = format!("Workspace {n:05}");
        page.until(&row, || on(&page, &row)).await;
    }
    let row = focused().unwrap().closest("tr").unwrap().unwrap();
    assert_eq!(attribute(&row, "aria-rowindex"), "41");
}

#[wasm_bindgen_test]
async fn keys_are_letters_while_typing() {
    let page = list(World::small()).await;
    let search = page.get("searchbox", "Search workspaces");
    focus(&search);
    for press in ["j", "k", "e", "?", "/"] {
        key_on(&search, press, &[]);
        page.idle().await;
        assert!(on(&page, "Search workspaces"), "{press}");
        assert!(page.dialog().is_none(), "{press}");
    }
}

#[wasm_bindgen_test]
async fn keys_with_modifiers_are_the_browsers() {
    let page = list(World::small()).await;
    let body = leptos::prelude::document().body().unwrap();
    for held in ["ctrlKey", "altKey", "metaKey"] {
        for press in ["j", "e", "/", "?"] {
            key_on(&body, press, &[held]);
        }
    }
    page.idle().await;
    assert!(focused().is_none() && page.dialog().is_none());
}

/// Presses a key as a keyboard sends it: what it gives, where it lies, and more of the event.
fn press(key: &str, code: &str, more: &str) {
    let body = "document.body.dispatchEvent(new KeyboardEvent('keydown', \
        { key, code, bubbles: true, cancelable: true, ...JSON.parse(more) }))";
    let (key, code, more) = (key.into(), code.into(), more.into());
    js("key, code, more", body, &[&key, &code, &more]);
}

#[wasm_bindgen_test]
async fn shortcuts_are_there_on_every_keyboard() {
    for (layout, key, code) in [
        ("Caps Lock", "J", "KeyJ"),
        ("Russian", "о", "KeyJ"),
        ("Greek", "ξ", "KeyJ"),
        ("Hebrew", "ח", "KeyJ"),
        ("Dvorak", "j", "KeyC"),
    ] {
        let page = list(World::small()).await;
        press(key, code, "{}");
        page.until(layout, || on(&page, "Acme prod")).await;
    }
    let page = list(World::small()).await;
    press("?", "Digit7", r#"{"shiftKey": true}"#);
    page.find("dialog", "Keyboard shortcuts").await;
}

#[wasm_bindgen_test]
async fn presses_that_compose_or_have_a_modifier_do_nothing() {
    let page = list(World::small()).await;
    for (key, code, more) in [
        ("Process", "KeyJ", "{}"),
        ("j", "KeyJ", r#"{"isComposing": true}"#),
        ("о", "KeyJ", r#"{"keyCode": 229}"#),
        ("j", "KeyJ", r#"{"modifierAltGraph": true}"#),
        ("о", "KeyJ", r#"{"modifierAltGraph": true}"#),
        ("J", "KeyJ", r#"{"shiftKey": true}"#),
        ("о", "KeyJ", r#"{"ctrlKey": true}"#),
        ("ø", "KeyJ", "{}"),
        ("c", "KeyJ", "{}"),
    ] {
        press(key, code, more);
        page.idle().await;
        assert!(focused().is_none(), "{key} {code} {more}");
    }
    press("j", "KeyJ", "{}");
    page.until("the plain key", || on(&page, "Acme prod")).await;
    // A key that is held down selects once, and takes nothing out again.
    let selected = || below(&page.root, ".pick:checked").len();
    let down = |repeat: bool| {
        let held = if repeat { r#"{"repeat": true}"# } else { "{}" };
        press("x", "KeyX", held);
    };
    down(false);
    page.until("selected", || selected() == 1).await;
    for _ in 0..3 {
        down(true);
    }
    page.idle().await;
    assert_eq!(selected(), 1);
}

#[wasm_bindgen_test]
async fn the_sheet_opens_by_key_and_by_button_and_closes() {
    let page = list(World::small()).await;
    key("?");
    page.find("dialog", "Keyboard shortcuts").await;
    assert!(page.all("row").len() >= 8);
    assert!(page.says("Search") && page.says("Next workspace"));
    page.press("button", "Close").await;
    page.wait_removed("dialog", "Keyboard shortcuts").await;
    let button = page
        .all("button")
        .into_iter()
        .find(|button| text(button).contains("Keyboard shortcuts"))
        .unwrap();
    focus(&button);
    click(&button);
    page.find("dialog", "Keyboard shortcuts").await;
    key("Escape");
    page.wait_removed("dialog", "Keyboard shortcuts").await;
    page.until("the focus back", || {
        focused().is_some_and(|focused| focused.is_same_node(Some(&button)))
    })
    .await;
}

#[wasm_bindgen_test]
async fn keys_do_nothing_behind_a_dialog() {
    let page = list(World::small()).await;
    click(&page.row_button("Archive", "Acme prod"));
    page.find("dialog", "Archive Acme prod").await;
    let keep = page.get("button", "Keep workspace");
    focus(&keep);
    for press in ["j", "e", "/", "?"] {
        key_on(&keep, press, &[]);
        page.idle().await;
        assert_eq!(address(), "/workspaces");
        assert!(on(&page, "Keep workspace"));
    }
    assert_eq!(page.all("dialog").len(), 1);
}

#[wasm_bindgen_test]
async fn the_whole_job_can_be_done_by_keys() {
    let page = list(World::small()).await;
    key("j");
    page.until("the first row", || on(&page, "Acme prod")).await;
    key("e");
    let field = page.find("textbox", "Name").await;
    focus(&field);
    crate::support::act::type_in(&field, "!");
    key_on(&field, "Enter", &["ctrlKey"]);
    page.find("complementary", "Acme prod!").await;
    page.wait_removed("button", "Save changes").await;
    key("Escape");
    page.until("the focus back on the row", || on(&page, "Acme prod!"))
        .await;
    let button = page.row_button("Archive", "Acme prod!");
    focus(&button);
    key("Enter");
    let field = page.find("textbox", "Type the name to confirm").await;
    crate::support::act::type_in(&field, "Acme prod!");
    key("Enter");
    page.wait_removed("dialog", "Archive Acme prod!").await;
    page.list(&["Beta lab", "Core"]).await;
    let writes: Vec<String> = page
        .net
        .writes()
        .into_iter()
        .map(|request| request.method)
        .collect();
    assert_eq!(writes, ["PATCH", "DELETE"]);
}

#[wasm_bindgen_test]
async fn a_skip_link_comes_first_and_every_picture_is_silent() {
    let page = list(World::small()).await;
    let first = below(&page.root, "a, button, input").remove(0);
    assert_eq!(name(&first), "Skip to content");
    let target = attribute(&first, "href");
    assert!(
        page.root.query_selector(&target).unwrap().is_some(),
        "it leads somewhere"
    );
    for picture in below(&page.root, "svg") {
        assert_eq!(attribute(&picture, "aria-hidden"), "true");
    }
}

#[wasm_bindgen_test]
async fn every_control_on_every_screen_has_a_name() {
    for place in [
        "/workspaces",
        "/workspaces/altostrat/ws_acme",
        "/workspaces/altostrat/ws_acme/members",
        "/workspaces/altostrat/ws_acme/edit",
        "/activity",
        "/accounts",
        "/settings",
        "/nowhere",
    ] {
        let page = Page::at(place, World::small());
        page.find("navigation", "Main").await;
        page.idle().await;
        for role in [
            "button",
            "link",
            "textbox",
            "searchbox",
            "checkbox",
            "radio",
            "table",
            "group",
        ] {
            for element in page.all(role) {
                assert!(
                    !name(&element).is_empty(),
                    "{place}: {}",
                    element.outer_html()
                );
            }
        }
        let top: Vec<String> = page
            .all("heading")
            .into_iter()
            .filter(|heading| match heading.get_attribute("aria-level") {
                Some(level) => level == "1",
                None => heading.tag_name() == "H1",
            })
            .map(|heading| text(&heading))
            .collect();
        assert_eq!(top.len(), 1, "{place} has one first heading: {top:?}");
    }
}
