//! The form: what it shows, what it refuses to send, and what exactly it sends.

use serde_json::{Value, json};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::act::{click, focus, key, key_on, submit, type_in};
use crate::support::look::{all_in, attribute, description, is_off, name, text, value};
use crate::support::page::{Page, address, asks_before_leaving, focused};
use crate::support::world::{World, edit, item, open, workspace};

/// The form of a workspace of which I am an owner, ready to be used.
async fn form() -> Page {
    let page = Page::at(&edit("ws_acme"), World::small());
    page.find("textbox", "Name").await;
    page.roles_known().await;
    page
}

fn sent(page: &Page) -> Value {
    let writes = page.net.writes();
    assert_eq!(writes.len(), 1, "{writes:?}");
    assert_eq!(
        (writes[0].method.as_str(), writes[0].path.clone()),
        ("PATCH", item("ws_acme"))
    );
    assert_eq!(writes[0].headers["content-type"], "application/json");
    serde_json::from_str(&writes[0].body).unwrap()
}

/// What is wrong with a field, as it is tied to it.
fn problem(page: &Page, field: &str) -> String {
    let field = page.get("textbox", field);
    if attribute(&field, "aria-invalid") == "true" {
        description(&field)
    } else {
        String::new()
    }
}

fn counter(page: &Page, field: &str) -> String {
    let place = page
        .get("textbox", field)
        .closest(".field")
        .unwrap()
        .unwrap();
    text(&place.query_selector(".count").unwrap().unwrap())
}

#[wasm_bindgen_test]
async fn the_form_opens_with_the_values_and_nothing_to_save() {
    let page = form().await;
    assert_eq!(value(&page.get("textbox", "Name")), "Acme prod");
    assert_eq!(
        value(&page.get("textbox", "Description")),
        "Everything that customers see"
    );
    let save = page.get("button", "Save changes");
    assert!(is_off(&save));
    assert!(description(&save).contains("Nothing differs"));
    click(&save);
    submit(&page.get("textbox", "Name"));
    page.idle().await;
    assert_eq!(page.net.writes().len(), 0);
    assert_eq!(
        leptos::prelude::document().title(),
        "Edit Acme prod · Steward"
    );
}

#[wasm_bindgen_test]
async fn the_edit_buttons_of_row_and_pane_lead_to_the_form() {
    let page = Page::at("/workspaces?state=all", World::small());
    page.roles_known().await;
    click(&page.row_button("Edit", "Acme prod"));
    page.find("textbox", "Name").await;
    page.until("the address", || {
        address() == format!("{}?state=all", edit("ws_acme"))
    })
    .await;
    page.press("button", "Cancel").await;
    page.wait_removed("textbox", "Name").await;
    page.until("the overview's address", || {
        address() == format!("{}?state=all", open("ws_acme"))
    })
    .await;
    click(&page.in_pane("button", "Edit Acme prod"));
    page.find("textbox", "Name").await;
}

#[wasm_bindgen_test]
async fn only_what_changed_is_sent() {
    let page = form().await;
    page.enter("Name", "Acme production");
    page.press("button", "Save changes").await;
    page.wait_removed("button", "Save changes").await;
    assert_eq!(sent(&page), json!({"name": "Acme production"}));
    page.wait_for_text("Changes to Acme production are saved.")
        .await;
    assert_eq!(page.listed(), ["Acme production", "Beta lab", "Core"]);
    assert_eq!(page.announced(), "Changes to Acme production are saved.");
    assert_eq!(address(), open("ws_acme"));
}

#[wasm_bindgen_test]
async fn an_emptied_description_is_cleared_by_null() {
    let page = form().await;
    page.enter("Description", "");
    page.press("button", "Save changes").await;
    page.wait_removed("button", "Save changes").await;
    assert_eq!(sent(&page), json!({"description": null}));
}

#[wasm_bindgen_test]
async fn both_fields_go_in_one_request_and_text_goes_as_typed() {
    let page = form().await;
    page.enter("Name", "  Ünïcode \u{202e} 🦀 \"quoted\" ");
    page.enter("Description", "line one\nline two");
    page.press("button", "Save changes").await;
    page.wait_removed("button", "Save changes").await;
    let wanted =
        json!({"name": "  Ünïcode \u{202e} 🦀 \"quoted\" ", "description": "line one\nline two"});
    assert_eq!(sent(&page), wanted);
}

#[wasm_bindgen_test]
async fn a_change_taken_back_by_hand_is_no_change() {
    let page = form().await;
    page.enter("Name", "Acme");
    page.until("something to save", || {
        !is_off(&page.get("button", "Save changes"))
    })
    .await;
    assert!(asks_before_leaving());
    page.enter("Name", "Acme prod");
    page.until("nothing to save", || {
        is_off(&page.get("button", "Save changes"))
    })
    .await;
    page.until("no guard", || !asks_before_leaving()).await;
    assert!(page.has("button", "Cancel") && !page.has("button", "Discard changes"));
}

#[wasm_bindgen_test]
async fn leaving_the_page_is_guarded_only_while_something_would_be_lost() {
    let page = form().await;
    assert!(!asks_before_leaving());
    page.enter("Name", "Acme production");
    page.until("the guard", asks_before_leaving).await;
    page.press("button", "Save changes").await;
    page.wait_removed("button", "Save changes").await;
    assert!(!asks_before_leaving());
}

#[wasm_bindgen_test]
async fn problems_are_tied_to_their_fields_and_nothing_is_sent() {
    let page = form().await;
    page.enter("Name", "   ");
    page.enter("Description", &"é".repeat(201));
    page.press("button", "Save changes").await;
    page.wait_for_text("Check these fields").await;
    assert!(
        problem(&page, "Name").contains("Name must not be empty."),
        "{}",
        problem(&page, "Name")
    );
    let wrong = problem(&page, "Description");
    assert!(
        wrong.contains("200 characters") && wrong.contains("201"),
        "{wrong}"
    );
    assert!(
        wrong.contains("Leave empty for no description"),
        "the help stays too: {wrong}"
    );
    page.until("the focus on the first", || {
        focused().is_some_and(|field| name(&field) == "Name")
    })
    .await;
    page.idle().await;
    assert_eq!(page.net.writes().len(), 0);
}

#[wasm_bindgen_test]
async fn the_summary_links_lead_to_the_fields() {
    let page = form().await;
    page.enter("Name", "");
    page.enter("Description", &"x".repeat(250));
    submit(&page.get("textbox", "Name"));
    page.wait_for_text("Check these fields").await;
    let summary = page.all("alert").pop().unwrap();
    let links = all_in(&summary, "link");
    assert_eq!(links.len(), 2);
    let before = address();
    click(&links[1]);
    page.until("the focus", || {
        focused().is_some_and(|field| name(&field) == "Description")
    })
    .await;
    key_on(&links[0], "Enter", &[]);
    page.until("the focus", || {
        focused().is_some_and(|field| name(&field) == "Name")
    })
    .await;
    page.idle().await;
    assert_eq!(address(), before);
    assert!(page.left_for().is_empty());
}

#[wasm_bindgen_test]
async fn a_problem_goes_away_with_its_cause() {
    let page = form().await;
    page.enter("Name", "");
    submit(&page.get("textbox", "Name"));
    page.wait_for_text("Check these fields").await;
    page.enter("Name", "Acme");
    page.until("no problem", || problem(&page, "Name").is_empty())
        .await;
    assert!(!page.says("Check these fields"));
}

#[wasm_bindgen_test]
async fn lengths_count_code_points_and_the_counter_appears_at_eighty_percent() {
    let page = form().await;
    page.enter("Name", &"x".repeat(39));
    assert_eq!(counter(&page, "Name"), "");
    page.enter("Name", &"x".repeat(40));
    page.until("the counter", || counter(&page, "Name") == "40 / 50")
        .await;
    page.enter("Name", &"🦀".repeat(50));
    page.until("the counter", || counter(&page, "Name") == "50 / 50")
        .await;
    page.enter("Description", &"x".repeat(160));
    page.until("the counter", || {
        counter(&page, "Description") == "160 / 200"
    })
    .await;
    page.press("button", "Save changes").await;
    page.wait_removed("button", "Save changes").await;
    assert_eq!(sent(&page)["name"], "🦀".repeat(50));
}

#[wasm_bindgen_test]
async fn one_letter_too_many_is_kept_and_refused() {
    let page = form().await;
    page.enter("Name", &"🦀".repeat(51));
    submit(&page.get("textbox", "Name"));
    page.wait_for_text("It has 51.").await;
    assert_eq!(
        value(&page.get("textbox", "Name")).chars().count(),
        51,
        "nothing is cut off"
    );
    assert_eq!(counter(&page, "Name"), "51 / 50");
    assert_eq!(page.net.writes().len(), 0);
}

#[wasm_bindgen_test]
async fn ctrl_enter_saves_from_either_field() {
    for (field, held) in [("Name", "ctrlKey"), ("Description", "metaKey")] {
        let page = form().await;
        page.enter(field, "New text");
        key_on(&page.get("textbox", field), "Enter", &[held]);
        page.wait_removed("button", "Save changes").await;
        assert_eq!(sent(&page).as_object().unwrap().len(), 1);
    }
}

#[wasm_bindgen_test]
async fn escape_asks_only_when_something_would_be_lost() {
    let page = form().await;
    focus(&page.get("textbox", "Name"));
    key("Escape");
    page.wait_removed("button", "Save changes").await;
    assert!(page.dialog().is_none());
    drop(page);

    let page = form().await;
    type_in(&page.get("textbox", "Name"), "!");
    key("Escape");
    page.find("dialog", "Discard your changes?").await;
    page.press("button", "Keep editing").await;
    page.wait_removed("dialog", "Discard your changes?").await;
    assert_eq!(value(&page.get("textbox", "Name")), "Acme prod!");
    page.until("the focus in the form", || {
        focused().is_some_and(|field| name(&field) == "Name")
    })
    .await;
    key("Escape");
    page.find("dialog", "Discard your changes?").await;
    let discard = all_in(&page.dialog().unwrap(), "button");
    click(
        discard
            .iter()
            .find(|button| name(button) == "Discard changes")
            .unwrap(),
    );
    let edit = page.find_in_pane("button", "Edit Acme prod").await;
    assert!(!asks_before_leaving());
    assert_eq!(page.net.writes().len(), 0);
    click(&edit);
    assert_eq!(value(&page.find("textbox", "Name").await), "Acme prod");
}

#[wasm_bindgen_test]
async fn closing_the_pane_with_unsaved_text_loses_nothing_unasked() {
    let page = form().await;
    page.enter("Name", "Half a thought");
    page.press("button", "Close").await;
    page.idle().await;
    let asks = page.has("dialog", "Discard your changes?");
    if !asks {
        // Left without a question: then the text has to be there again.
        page.roles_known().await;
        click(&page.row_button("Edit", "Acme prod"));
        assert_eq!(value(&page.find("textbox", "Name").await), "Half a thought");
    }
}

#[wasm_bindgen_test]
async fn two_presses_make_one_request_and_the_form_waits() {
    let page = form().await;
    let held = page.net.hold("PATCH", &item("ws_acme"));
    page.enter("Name", "Acme production");
    let save = page.get("button", "Save changes");
    let width = save.get_bounding_client_rect().width();
    click(&save);
    click(&save);
    submit(&page.get("textbox", "Name"));
    key_on(&page.get("textbox", "Name"), "Enter", &["ctrlKey"]);
    page.until("the request", || held.waiting() == 1).await;
    page.idle().await;
    assert_eq!(page.net.writes().len(), 1);
    assert!(is_off(&save) && save.has_attribute("aria-busy"));
    assert!(
        (save.get_bounding_client_rect().width() - width).abs() < 0.5,
        "the button keeps its width"
    );
    assert!(page.get("textbox", "Name").has_attribute("readonly"));
    assert!(page.says("Saving"));
    assert_eq!(
        page.listed()[0],
        "Acme prod",
        "nothing is drawn as done before the service said so"
    );
    assert!(!page.says("are saved"));
    key_on(&page.get("textbox", "Name"), "Escape", &[]);
    page.idle().await;
    assert!(
        page.dialog().is_none(),
        "there is no way out of a request that is under way"
    );
    held.pass();
    page.wait_for_text("Changes to Acme production are saved.")
        .await;
}

#[wasm_bindgen_test]
async fn after_saving_the_focus_is_on_the_heading_and_not_lost() {
    let page = form().await;
    page.enter("Name", "Acme production");
    focus(&page.get("button", "Save changes"));
    key("Enter");
    page.wait_removed("button", "Save changes").await;
    page.until("the focus", || {
        focused().is_some_and(|focused| text(&focused) == "Acme production")
    })
    .await;
}

#[wasm_bindgen_test]
async fn an_admin_may_edit_and_an_empty_description_field_stands_for_none() {
    let page = Page::at(
        &edit("ws_1"),
        World::of([workspace("ws_1", "One").role("admin")]),
    );
    page.roles_known().await;
    assert_eq!(value(&page.find("textbox", "Description").await), "");
    page.enter("Description", "First words");
    page.press("button", "Save changes").await;
    page.wait_removed("button", "Save changes").await;
    let body: Value = serde_json::from_str(&page.net.writes()[0].body).unwrap();
    assert_eq!(body, json!({"description": "First words"}));
}
