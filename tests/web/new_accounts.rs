//! A new workspace where there are several accounts: which is chosen, and that each service asks for
//! its own fields.

use serde_json::json;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::new::{ANTHROPIC, NEW, sent, two, words};
use crate::support::look::{attribute, description, name, text, value};
use crate::support::net::Reply;
use crate::support::page::{address, focused};

#[wasm_bindgen_test]
async fn among_several_accounts_one_has_to_be_chosen() {
    let page = two();
    page.open(NEW);
    let account = page.find("combobox", "Account").await;
    assert_eq!(value(&account), "");
    assert_eq!(words(&page, "Account"), ["", "altostrat", "anthropic"]);
    assert!(text(&account).contains("ANTHROPIC · Anthropic"));
    assert_eq!(page.names("textbox"), Vec::<String>::new());
    page.idle().await;
    page.press("button", "Create workspace").await;
    page.until("the problem", || {
        attribute(&account, "aria-invalid") == "true"
    })
    .await;
    assert!(description(&account).starts_with("Choose an account"));
    assert!(focused().is_some_and(|field| name(&field) == "Account"));
    page.choose("Account", "altostrat");
    page.find("textbox", "Name").await;
    assert_eq!(attribute(&account, "aria-invalid"), "");
    assert_eq!(address(), format!("{NEW}?account=altostrat"));
}

#[wasm_bindgen_test]
async fn the_address_names_the_account_and_its_service_says_what_can_be_set() {
    let page = two();
    page.open(&format!("{NEW}?account=anthropic"));
    page.find("textbox", "Name").await;
    assert_eq!(value(&page.get("combobox", "Account")), "anthropic");
    assert_eq!(page.names("textbox"), ["Name", "Display colour", "Tags"]);
    assert!(description(&page.get("textbox", "Name")).contains("At most 40 characters."));
    let tags = description(&page.get("textbox", "Tags"));
    assert!(tags.contains("team=blue") && tags.contains("“anthropic”"));
    for (list, first) in [
        ("Default inference geo", "global"),
        ("Allowed inference geos", "unrestricted"),
        ("Workspace geo", "us"),
    ] {
        assert_eq!(value(&page.get("combobox", list)), first);
        let later = description(&page.get("combobox", list)).contains("cannot be changed later");
        assert_eq!(later, list == "Workspace geo");
    }
}

#[wasm_bindgen_test]
async fn another_account_keeps_the_name_and_asks_for_its_own_fields() {
    let page = two();
    page.open(&format!("{NEW}?account=altostrat"));
    page.find("textbox", "Name").await;
    page.enter("Name", &"x".repeat(45));
    page.enter("Description", "Only here");
    page.choose("Account", "anthropic");
    page.find("textbox", "Tags").await;
    assert!(!page.has("textbox", "Description"));
    assert_eq!(value(&page.get("textbox", "Name")), "x".repeat(45));
    assert!(page.says("45 / 40"));
    page.enter("Tags", "team=blue");
    page.choose("Account", "altostrat");
    page.find("textbox", "Description").await;
    assert_eq!(value(&page.get("textbox", "Name")), "x".repeat(45));
    assert_eq!(value(&page.get("textbox", "Description")), "Only here");
    page.choose("Account", "anthropic");
    page.find("textbox", "Tags").await;
    assert_eq!(value(&page.get("textbox", "Tags")), "team=blue");
}

#[wasm_bindgen_test]
async fn colours_tags_and_places_are_checked_and_sent_as_the_service_takes_them() {
    let page = two();
    page.open(&format!("{NEW}?account=anthropic"));
    page.find("textbox", "Name").await;
    page.enter("Name", "Research");
    page.enter("Display colour", "red");
    page.enter("Tags", "team=blue\nnonsense");
    page.choose("Default inference geo", "us");
    page.press("button", "Create workspace").await;
    page.wait_for_text("Check these fields").await;
    let said = |field| description(&page.get("textbox", field));
    assert!(said("Display colour").contains("six digits"));
    assert!(said("Tags").contains("Line 2 of the tags"));
    page.enter("Tags", "anthropic-own=1");
    page.until("the reserved key", || {
        said("Tags").contains("“anthropic-own”")
    })
    .await;
    page.enter("Tags", " team = blue \n\nenv=");
    page.enter("Display colour", "#1f6FEB");
    page.choose("Allowed inference geos", "global");
    page.press("button", "Create workspace").await;
    page.until("the place that is not allowed", || {
        description(&page.get("combobox", "Default inference geo")).contains("among the allowed")
    })
    .await;
    assert_eq!(page.net.count("POST", ANTHROPIC), 0);
    page.choose("Allowed inference geos", "global, us");
    let made = json!({
        "id": "wrkspc_1", "type": "workspace", "name": "Research",
        "created_at": "2025-10-29T00:40:06Z", "archived_at": null, "display_color": "#1f6FEB",
    });
    page.net.on("POST", ANTHROPIC, Reply::json(200, &made));
    let item = format!("{ANTHROPIC}/wrkspc_1");
    page.net.on("GET", &item, Reply::json(200, &made));
    page.press("button", "Create workspace").await;
    page.wait_for_text("Research is created.").await;
    assert_eq!(
        sent(&page, ANTHROPIC),
        json!({
            "name": "Research", "display_color": "#1f6FEB", "tags": {"team": "blue", "env": ""},
            "data_residency": {
                "default_inference_geo": "us", "allowed_inference_geos": ["global", "us"],
                "workspace_geo": "us",
            },
        })
    );
    assert_eq!(address(), "/workspaces/anthropic/wrkspc_1");
}
