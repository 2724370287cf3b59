//! Taking back a save where somebody has changed the workspace since: what overlaps nowhere stays, the
//! same is asked, and nothing is ever written over.

use serde_json::json;
use wasm_bindgen_test::wasm_bindgen_test;

use super::{UNDO, again, bodies, change, results, saved, theirs, to_record, truth};
use crate::support::look::{name, text, value};
use crate::support::page::{address, focused};
use crate::support::world::edit;

#[wasm_bindgen_test]
async fn what_somebody_else_changed_besides_stays() {
    let page = saved(&[("Name", "Mine")]).await;
    theirs(&page, "description", "Theirs");
    page.net.forget();
    page.press("button", UNDO).await;
    page.wait_for_text("Somebody else changed Description meanwhile. Both changes are kept.")
        .await;
    assert_eq!(bodies(&page), [json!({"name": "Acme prod"})]);
    assert_eq!(truth(&page, "description"), "Theirs");
}

#[wasm_bindgen_test]
async fn where_the_same_was_changed_since_the_form_asks_and_nothing_is_written_over() {
    let page = saved(&[("Name", "Mine"), ("Description", "Mine too")]).await;
    theirs(&page, "name", "Theirs");
    page.net.forget();
    page.press("button", UNDO).await;
    let heading = "The same was changed again since";
    page.find("heading", heading).await;
    page.wait_for_text("Nothing is undone yet.").await;
    assert_eq!(address(), edit("ws_acme"));
    page.until("the focus", || {
        focused().is_some_and(|focused| name(&focused) == heading)
    })
    .await;
    assert_eq!(page.net.writes().len(), 0);
    assert_eq!(
        page.names("radio"),
        ["Keep mine: Name", "Take theirs: Name"]
    );
    let shown = text(&page.pane());
    for words in ["Acme prod", "Theirs", "Everything that customers see"] {
        assert!(shown.contains(words), "{words} in {shown}");
    }
    page.press("radio", "Take theirs: Name").await;
    page.press("button", "Save changes").await;
    page.wait_for_text("Changes to Theirs are saved.").await;
    assert_eq!(
        bodies(&page),
        [json!({"description": "Everything that customers see"})]
    );
    // What leaves theirs standing takes nothing back, and is not said to.
    to_record(&page).await;
    assert!(!page.says("Undo: Edit"));
    let results = results(&page);
    assert_eq!(results.len(), 2, "{results:?}");
    assert!(!results[1].ends_with("Undone"), "{results:?}");
}

#[wasm_bindgen_test]
async fn the_older_of_two_changes_of_the_same_asks_too() {
    let page = saved(&[("Name", "Mine")]).await;
    again(&page, "Mine").await;
    change(&page, &[("Name", "Mine again")]).await;
    to_record(&page).await;
    page.net.forget();
    page.press("button", UNDO).await;
    page.find("radio", "Keep mine: Name").await;
    assert_eq!(page.net.writes().len(), 0);
    page.press("radio", "Keep mine: Name").await;
    page.press("button", "Save changes").await;
    page.wait_for_text("Changes to Acme prod are saved.").await;
    assert_eq!(bodies(&page), [json!({"name": "Acme prod"})]);
    // It was asked for as an undo and is one.
    to_record(&page).await;
    assert!(page.says("Undo: Edit"));
    let results = results(&page);
    assert_eq!(results.len(), 3, "{results:?}");
    assert!(results[2].ends_with("Undone"), "{results:?}");
}

#[wasm_bindgen_test]
async fn text_that_waits_in_the_form_is_not_replaced_by_what_would_have_to_be_decided_there() {
    let page = saved(&[("Name", "Mine")]).await;
    again(&page, "Mine").await;
    page.enter("Description", "Half a thought");
    theirs(&page, "name", "Theirs");
    page.net.forget();
    page.press("button", UNDO).await;
    page.wait_for_text("Text waits there to be saved").await;
    assert_eq!(page.net.writes().len(), 0);
    let field = page.get("textbox", "Description");
    assert_eq!(value(&field), "Half a thought");
}
