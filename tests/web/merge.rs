//! Two people at one workspace: what both changed is asked, all else is kept, and nothing that was
//! typed is ever taken away.

use serde_json::{Value, json};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlInputElement;

use crate::edit_fields::{ITEM, form as anthropic_form, research, serves};
use crate::support::look::{is_off, name, text, value};
use crate::support::net::Reply;
use crate::support::page::{Page, address, all_of, focused, session};
use crate::support::world::{World, edit, item, open};
use crate::support::{act, cast, js};

const QUESTION: &str = "Somebody else changed the same";

async fn form() -> Page {
    let page = Page::at(&edit("ws_acme"), World::small());
    page.find("textbox", "Name").await;
    page.roles_known().await;
    page.idle().await;
    page
}

/// Somebody else changes it.
fn theirs(page: &Page, texts: &[(&str, &str)]) {
    page.net.change(|world| {
        for (field, text) in texts {
            world.get("ws_acme").object[*field] = (*text).into();
        }
    });
}

fn bodies(page: &Page) -> Vec<Value> {
    let writes = page.net.writes().into_iter();
    writes
        .map(|write| serde_json::from_str(&write.body).unwrap())
        .collect()
}

async fn save(page: &Page) {
    page.press("button", "Save changes").await;
}

fn is_chosen(page: &Page, named: &str) -> bool {
    cast::<HtmlInputElement>(page.get("radio", named)).checked()
}

async fn choose(page: &Page, named: &str) {
    page.press("radio", named).await;
    page.until("the choice", || is_chosen(page, named)).await;
}

fn comes_back() {
    js("", "window.dispatchEvent(new Event('focus'))", &[]);
}

/// Name and description typed, the name by somebody else as well, and saved.
async fn asked() -> Page {
    let page = form().await;
    page.enter("Name", "Mine");
    page.enter("Description", "Mine too");
    theirs(&page, &[("name", "Theirs")]);
    save(&page).await;
    page.find("heading", QUESTION).await;
    page
}

#[wasm_bindgen_test]
async fn a_save_that_meets_nobody_is_one_reading_and_one_writing() {
    let page = form().await;
    page.enter("Name", "Mine");
    page.net.forget();
    save(&page).await;
    page.wait_for_text("Changes to Mine are saved.").await;
    page.idle().await;
    let of_item = |method| page.net.count(method, &item("ws_acme"));
    assert_eq!((of_item("GET"), of_item("PATCH")), (1, 1));
}

#[wasm_bindgen_test]
async fn what_both_changed_is_asked_and_nothing_is_chosen_beforehand() {
    let page = asked().await;
    page.until("the focus", || {
        focused().is_some_and(|focused| name(&focused) == QUESTION)
    })
    .await;
    assert_eq!(page.net.writes().len(), 0);
    assert_eq!(
        page.names("radio"),
        ["Keep mine: Name", "Take theirs: Name"],
        "the description is nobody else's"
    );
    assert!(!is_chosen(&page, "Keep mine: Name") && !is_chosen(&page, "Take theirs: Name"));
    let shown = text(&page.pane());
    for words in ["Acme prod", "Mine", "Theirs", "Mine too", "Changed by you"] {
        assert!(shown.contains(words), "{words}");
    }
    let button = page.get("button", "Save changes");
    assert!(is_off(&button));
    save(&page).await;
    page.until("the first choice", || {
        focused().is_some_and(|focused| name(&focused) == "Keep mine: Name")
    })
    .await;
    page.until("the reason", || {
        page.announced().contains("Choose for each first.")
    })
    .await;
    assert_eq!(page.net.writes().len(), 0);
}

#[wasm_bindgen_test]
async fn mine_is_sent_over_theirs_only_if_i_say_so() {
    let page = asked().await;
    choose(&page, "Keep mine: Name").await;
    save(&page).await;
    page.wait_for_text("Changes to Mine are saved.").await;
    assert_eq!(
        bodies(&page),
        [json!({"name": "Mine", "description": "Mine too"})]
    );
    assert_eq!(address(), open("ws_acme"));
    assert!(!all_of(&session()).contains("steward.draft"));
}

#[wasm_bindgen_test]
async fn theirs_stays_and_what_else_i_changed_is_sent() {
    let page = asked().await;
    choose(&page, "Take theirs: Name").await;
    save(&page).await;
    page.wait_for_text("Changes to Theirs are saved.").await;
    assert_eq!(bodies(&page), [json!({"description": "Mine too"})]);
}

#[wasm_bindgen_test]
async fn what_overlaps_nowhere_is_merged_and_said() {
    let page = form().await;
    page.enter("Name", "Mine");
    theirs(&page, &[("description", "Theirs")]);
    save(&page).await;
    page.wait_for_text(
        "Changes to Mine are saved. Somebody else changed Description meanwhile. \
         Both changes are kept.",
    )
    .await;
    assert_eq!(bodies(&page), [json!({"name": "Mine"})]);
    assert!(!page.has("heading", QUESTION));
}

#[wasm_bindgen_test]
async fn the_same_from_both_is_there_already() {
    let page = form().await;
    page.enter("Name", "Both");
    theirs(&page, &[("name", "Both")]);
    save(&page).await;
    page.wait_for_text("Both already has what you chose. Nothing had to be sent.")
        .await;
    assert_eq!(page.net.writes().len(), 0);
    assert_eq!(address(), open("ws_acme"));
}

#[wasm_bindgen_test]
async fn a_second_conflict_keeps_the_answers_that_still_apply_and_says_what_is_new() {
    let page = form().await;
    page.enter("Name", "Mine");
    page.enter("Description", "Mine too");
    theirs(&page, &[("name", "Theirs"), ("description", "Theirs too")]);
    save(&page).await;
    page.find("heading", QUESTION).await;
    choose(&page, "Keep mine: Name").await;
    choose(&page, "Take theirs: Description").await;
    theirs(&page, &[("description", "Theirs again")]);
    save(&page).await;
    page.wait_for_text("It changed again while you chose").await;
    assert!(page.says("New: Description."));
    assert!(is_chosen(&page, "Keep mine: Name"));
    assert!(!is_chosen(&page, "Take theirs: Description"));
    choose(&page, "Take theirs: Description").await;
    save(&page).await;
    page.wait_for_text("Changes to Mine are saved.").await;
    assert_eq!(bodies(&page), [json!({"name": "Mine"})]);
}

#[wasm_bindgen_test]
async fn the_fields_can_be_gone_back_to_with_every_letter() {
    let page = asked().await;
    choose(&page, "Keep mine: Name").await;
    page.press("button", "Back to the fields").await;
    page.wait_removed("heading", QUESTION).await;
    assert_eq!(value(&page.get("textbox", "Name")), "Mine");
    page.wait_for_text("Somebody else changed this workspace")
        .await;
    assert!(page.says("Name: what you typed stays."));
    // Another text is another question.
    page.enter("Name", "Mine again");
    save(&page).await;
    page.find("heading", QUESTION).await;
    assert!(!is_chosen(&page, "Keep mine: Name"));
    assert_eq!(page.net.writes().len(), 0);
}

#[wasm_bindgen_test]
async fn on_return_a_form_follows_where_nobody_typed_and_keeps_what_was_typed() {
    let page = form().await;
    theirs(&page, &[("description", "Theirs")]);
    comes_back();
    page.until("their description", || {
        value(&page.get("textbox", "Description")) == "Theirs"
    })
    .await;
    page.wait_for_text("Description: the form shows what is there now.")
        .await;
    assert!(
        is_off(&page.get("button", "Save changes")),
        "nothing is mine"
    );

    let page = form().await;
    page.enter("Name", "Mine");
    theirs(&page, &[("name", "Theirs"), ("description", "Theirs")]);
    comes_back();
    page.wait_for_text("Name: what you typed stays.").await;
    assert_eq!(value(&page.get("textbox", "Name")), "Mine");
    assert_eq!(value(&page.get("textbox", "Description")), "Theirs");
    assert_eq!(page.net.writes().len(), 0);
}

#[wasm_bindgen_test]
async fn text_from_before_a_reload_is_told_from_what_it_was_typed_over() {
    let page = form().await;
    page.enter("Name", "Mine");
    theirs(&page, &[("name", "Theirs"), ("description", "Theirs")]);
    page.reload().await;
    page.find("textbox", "Name").await;
    page.roles_known().await;
    assert_eq!(value(&page.get("textbox", "Name")), "Mine");
    assert_eq!(value(&page.get("textbox", "Description")), "Theirs");
    save(&page).await;
    page.find("heading", QUESTION).await;
    assert_eq!(page.net.writes().len(), 0);
}

#[wasm_bindgen_test]
async fn of_one_that_is_gone_the_text_stays_to_be_copied() {
    let page = form().await;
    page.enter("Name", "Hours of thought");
    page.net
        .change(|world| world.workspaces.retain(|one| one.id != "ws_acme"));
    save(&page).await;
    page.wait_for_text("This workspace is not there any more")
        .await;
    page.idle().await;
    assert!(text(&page.pane()).contains("Hours of thought"));
    assert!(page.has("button", "Copy name") && !page.has("button", "Save changes"));
    assert_eq!(page.net.writes().len(), 0);
    page.press("link", "Back to the list").await;
    page.find("heading", "Workspaces").await;
}

#[wasm_bindgen_test]
async fn of_one_that_was_archived_meanwhile_too() {
    let page = form().await;
    page.enter("Name", "Hours of thought");
    page.net
        .change(|world| world.get("ws_acme").object["archived"] = true.into());
    save(&page).await;
    page.wait_for_text("You can read and copy this, not change it")
        .await;
    assert!(text(&page.pane()).contains("Hours of thought"));
    assert_eq!(page.net.writes().len(), 0);
    page.press("button", "Back to the workspace").await;
    page.until("the overview", || address() == open("ws_acme"))
        .await;
}

#[wasm_bindgen_test]
async fn what_was_refused_because_somebody_was_faster_is_asked() {
    let page = form().await;
    page.enter("Name", "Mine");
    let faster = |net: &crate::support::net::Net| {
        net.change(|world| world.get("ws_acme").object["name"] = "Theirs".into());
    };
    page.save_and_meanwhile(("PATCH", &item("ws_acme")), faster, Reply::empty(409))
        .await;
    page.find("heading", QUESTION).await;
    assert_eq!(page.net.writes().len(), 1);
}

#[wasm_bindgen_test]
async fn tags_are_merged_key_by_key() {
    let page = anthropic_form().await;
    page.enter("Tags", "cost=7\nenv=prod\nteam=mine");
    let mut now = research();
    now["tags"] = json!({"team": "theirs", "env": "prod", "tier": "gold"});
    serves(&page, &now);
    save(&page).await;
    page.find("heading", QUESTION).await;
    assert_eq!(
        page.names("radio"),
        ["Keep mine: Tag team", "Take theirs: Tag team"]
    );
    assert!(page.says("Tag tier") && page.says("Changed by somebody else"));
    choose(&page, "Keep mine: Tag team").await;
    now["tags"] = json!({"team": "mine", "env": "prod", "tier": "gold", "cost": "7"});
    page.net.on("POST", ITEM, Reply::json(200, &now));
    save(&page).await;
    page.wait_for_text("are saved.").await;
    let sent = page
        .net
        .requests()
        .into_iter()
        .rfind(|request| request.method == "POST" && request.path == ITEM);
    let body: Value = serde_json::from_str(&sent.unwrap().body).unwrap();
    assert_eq!(body, json!({"tags": {"cost": "7", "team": "mine"}}));
}

#[wasm_bindgen_test]
async fn a_choice_is_saved_by_ctrl_enter_as_a_field_is() {
    let page = asked().await;
    choose(&page, "Take theirs: Name").await;
    let radio = page.get("radio", "Take theirs: Name");
    act::key_on(&radio, "Enter", &["ctrlKey"]);
    page.wait_for_text("Changes to Theirs are saved.").await;
}
