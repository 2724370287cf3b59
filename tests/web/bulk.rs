//! Archiving many at once: what is asked before anything is sent, and when nothing is.

use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::Element;

use crate::support::act::click;
use crate::support::look::{all_in, find_in, name, text};
use crate::support::page::{Page, focused};
use crate::support::world::{World, workspace};

const TITLE: &str = "Archive 2 workspaces";
const FIELD: &str = "Type the number to confirm";

/// Two of which none is mine to archive.
fn not_mine() -> World {
    World::of([
        workspace("ws_a", "Alder").role("viewer"),
        workspace("ws_b", "Birch").role("viewer"),
    ])
}

/// Selects both and asks to archive them.
async fn ask(page: &Page) -> Element {
    for one in ["Select Alder", "Select Birch"] {
        click(&page.get("checkbox", one));
    }
    page.press("button", "Archive").await;
    page.find("dialog", TITLE).await
}

fn buttons(dialog: &Element) -> Vec<String> {
    all_in(dialog, "button").iter().map(name).collect()
}

fn has_focus(wanted: &str) -> bool {
    focused().is_some_and(|focused| name(&focused) == wanted)
}

#[wasm_bindgen_test]
async fn where_none_can_be_archived_nothing_is_asked_and_the_reason_stands_there() {
    let page = Page::at("/workspaces", not_mine());
    page.list(&["Alder", "Birch"]).await;
    page.roles_known().await;
    let dialog = ask(&page).await;
    let said = text(&dialog);
    assert!(said.contains("None of these can be archived."), "{said}");
    assert!(said.contains("Will not be archived. "), "{said}");
    assert!(!said.contains("Type "), "{said}");
    assert!(all_in(&dialog, "textbox").is_empty());
    assert_eq!(buttons(&dialog), ["Close"]);
    page.until("the focus", || has_focus("Close")).await;
    click(&find_in(&dialog, "button", "Close").unwrap());
    page.wait_removed("dialog", TITLE).await;
    assert!(page.net.writes().is_empty());
}

#[wasm_bindgen_test]
async fn a_number_is_asked_for_as_long_as_one_may_be_archived() {
    let page = Page::new(not_mine());
    page.sign_in();
    let held = page.net.hold("GET", "*/members");
    page.open("/workspaces");
    page.list(&["Alder", "Birch"]).await;
    page.until("the questions", || held.waiting() == 2).await;
    let dialog = ask(&page).await;
    page.until("the focus", || has_focus(FIELD)).await;
    assert!(!text(&dialog).contains("Type 0"));
    while held.waiting() > 0 {
        held.pass();
    }
    page.wait_for_text("None of these can be archived.").await;
    assert!(all_in(&dialog, "textbox").is_empty());
    page.until("the focus", || has_focus("Close")).await;
    assert!(page.net.writes().is_empty());
}
