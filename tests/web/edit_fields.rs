//! The form of a workspace whose service has other fields: colours, tags and places.

use serde_json::{Value, json};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::new::{ANTHROPIC, two};
use crate::support::js;
use crate::support::look::{attribute, below, description, is_off, text, value};
use crate::support::net::{Net, Reply};
use crate::support::page::{Page, all_of, session};

pub const ITEM: &str = "/api/anthropic/v1/organizations/workspaces/wrkspc_1";
const EDIT: &str = "/workspaces/anthropic/wrkspc_1/edit";

pub fn research() -> Value {
    json!({
        "id": "wrkspc_1", "type": "workspace", "name": "Research",
        "created_at": "2025-10-29T00:40:06Z", "archived_at": null, "display_color": "#6C5BB9",
        "tags": {"team": "blue", "env": "prod"},
        "data_residency": {
            "allowed_inference_geos": "unrestricted", "default_inference_geo": "mars",
            "workspace_geo": "us",
        },
    })
}

pub fn serves(page: &Page, workspace: &Value) {
    let list =
        json!({"data": [workspace], "has_more": false, "first_id": null, "last_id": "wrkspc_1"});
    page.net.on("GET", ANTHROPIC, Reply::json(200, &list));
    page.net.on("GET", ITEM, Reply::json(200, workspace));
}

/// The form of a workspace at Anthropic.
pub async fn form() -> Page {
    let page = two();
    serves(&page, &research());
    page.open(EDIT);
    page.find("textbox", "Tags").await;
    page
}

fn sent(page: &Page) -> Value {
    let requests = page.net.requests();
    let mut posts = requests.iter().filter(|request| request.method == "POST");
    let post = posts.next().expect("a request");
    assert!(posts.next().is_none() && post.path == ITEM);
    serde_json::from_str(&post.body).unwrap()
}

#[wasm_bindgen_test]
async fn every_field_that_can_be_changed_is_there_and_no_other() {
    let page = form().await;
    assert_eq!(value(&page.get("textbox", "Display colour")), "#6C5BB9");
    assert_eq!(value(&page.get("textbox", "Tags")), "env=prod\nteam=blue");
    assert_eq!(
        value(&page.get("combobox", "Allowed inference geos")),
        "unrestricted"
    );
    assert!(!page.has("combobox", "Workspace geo"));
    assert!(!page.has("textbox", "Description"));
    let tags = description(&page.get("textbox", "Tags"));
    assert!(tags.contains("Keys that begin with “anthropic” are the service's own."));
    assert!(is_off(&page.get("button", "Save changes")));
}

#[wasm_bindgen_test]
async fn a_value_that_no_contract_names_stays_and_can_be_chosen_again() {
    let page = form().await;
    let list = page.get("combobox", "Default inference geo");
    let words: Vec<String> = below(&list, "option")
        .iter()
        .map(|option| attribute(option, "value"))
        .collect();
    assert_eq!(words, ["mars", "global", "us"]);
    assert_eq!(value(&list), "mars");
    page.choose("Default inference geo", "us");
    page.until("something to save", || {
        !is_off(&page.get("button", "Save changes"))
    })
    .await;
    page.choose("Default inference geo", "mars");
    page.until("nothing to save", || {
        is_off(&page.get("button", "Save changes"))
    })
    .await;
    page.enter("Name", "Research 2");
    let mut saved = research();
    saved["name"] = "Research 2".into();
    page.net.on("POST", ITEM, Reply::json(200, &saved));
    page.press("button", "Save changes").await;
    page.wait_for_text("Changes to Research 2 are saved.").await;
    assert_eq!(sent(&page), json!({"name": "Research 2"}));
}

#[wasm_bindgen_test]
async fn a_colour_is_shown_beside_its_digits_and_nothing_else_is() {
    let page = form().await;
    let field = page
        .get("textbox", "Display colour")
        .closest(".field")
        .unwrap()
        .unwrap();
    let patch = field.query_selector(".patch").unwrap().unwrap();
    let shown = || {
        let read = "return getComputedStyle(patch).backgroundColor";
        js("patch", read, &[&patch]).as_string().unwrap()
    };
    assert_eq!(shown(), "rgb(108, 91, 185)");
    page.enter("Display colour", "#ff0000");
    page.until("the new one", || shown() == "rgb(255, 0, 0)")
        .await;
    for odd in ["#ff00", "red", "url(/x)", "#gggggg", ""] {
        page.enter("Display colour", odd);
        page.until("no colour", || shown() == "rgba(0, 0, 0, 0)")
            .await;
    }
}

#[wasm_bindgen_test]
async fn only_what_changed_is_sent_in_the_services_own_form() {
    let page = form().await;
    page.enter("Tags", "team=green\nnew=1");
    page.choose("Allowed inference geos", "global, us");
    page.choose("Default inference geo", "global");
    let mut saved = research();
    saved["tags"] = json!({"team": "green", "new": "1"});
    saved["data_residency"]["allowed_inference_geos"] = json!(["global", "us"]);
    saved["data_residency"]["default_inference_geo"] = "global".into();
    page.net.on("POST", ITEM, Reply::json(200, &saved));
    page.press("button", "Save changes").await;
    page.wait_for_text("Changes to Research are saved.").await;
    assert_eq!(
        sent(&page),
        json!({
            "tags": {"new": "1", "team": "green", "env": null},
            "data_residency": {
                "default_inference_geo": "global", "allowed_inference_geos": ["global", "us"],
            },
        })
    );
}

#[wasm_bindgen_test]
async fn problems_of_every_kind_are_sentences() {
    let page = form().await;
    page.enter("Tags", "team=blue\nteam=green");
    page.press("button", "Save changes").await;
    page.wait_for_text("Line 2 of the tags needs a key of its own before an equals sign.")
        .await;
    page.enter("Tags", "anthropic_x=1");
    page.wait_for_text("The key “anthropic_x” begins as the service's own keys do.")
        .await;
    page.enter("Tags", "");
    page.enter("Display colour", "#12345");
    page.press("button", "Save changes").await;
    page.wait_for_text("Display colour must be a number sign and six digits")
        .await;
    page.enter("Display colour", "#123456");
    page.choose("Default inference geo", "us");
    page.choose("Allowed inference geos", "global");
    page.press("button", "Save changes").await;
    page.wait_for_text("Default inference geo must be among the allowed ones.")
        .await;
    assert_eq!(page.net.count("POST", ITEM), 0);
}

#[wasm_bindgen_test]
async fn an_archived_workspace_shows_every_field_as_text() {
    let page = two();
    let mut archived = research();
    archived["archived_at"] = "2025-11-20T12:00:00Z".into();
    serves(&page, &archived);
    page.open(EDIT);
    page.wait_for_text("You can read and copy this, not change it")
        .await;
    assert!(page.all("combobox").is_empty());
    let pane = text(&page.pane());
    for words in ["#6C5BB9", "team=blue", "mars", "unrestricted: no limit"] {
        assert!(pane.contains(words), "{words} in {pane}");
    }
}

#[wasm_bindgen_test]
async fn after_an_unknown_outcome_fields_nobody_typed_in_follow_the_service() {
    let page = form().await;
    page.enter("Name", "Mine");
    let dark = |net: &Net| net.on("GET", ITEM, Reply::empty(503));
    page.save_and_meanwhile(("POST", ITEM), dark, Reply::lost())
        .await;
    page.wait_for_text("It is not known whether the changes were saved")
        .await;
    let mut now = research();
    now["tags"] = json!({"team": "theirs"});
    now["data_residency"]["default_inference_geo"] = "us".into();
    serves(&page, &now);
    let again = below(&page.pane(), "button")
        .into_iter()
        .find(|button| text(button) == "Refresh");
    crate::support::act::click(&again.unwrap());
    page.until("their tags", || {
        value(&page.get("textbox", "Tags")) == "team=theirs"
    })
    .await;
    assert_eq!(value(&page.get("textbox", "Name")), "Mine");
    assert_eq!(value(&page.get("combobox", "Default inference geo")), "us");
    assert!(all_of(&session()).contains("Mine"));
}
