//! What archiving means at each service, said before it is done and never better than it is.

use serde_json::{Value, json};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::Element;

use crate::support::act::{click, fill, submit};
use crate::support::look::{all_in, below, description, is_off, name, text};
use crate::support::net::Reply;
use crate::support::page::{Page, SHIPPED};
use crate::support::world::{World, workspace};

const ANTHROPIC: &str = "/api/anthropic/v1/organizations/workspaces";
const KEYS: &str = "/api/anthropic/v1/organizations/api_keys";
const FLASHBACK: &str = "/api/flashback/workspace";
const MEMBER: &str = "7a1f0000-0000-4000-8000-000000000001";
const TITLE: &str = "Archive Research";

fn listed(rows: &[Value]) -> Reply {
    let last = rows.last().map(|row| row["id"].clone());
    Reply::json(
        200,
        &json!({"data": rows, "has_more": false, "last_id": last}),
    )
}

fn anthropic(id: &str, name: &str) -> Value {
    json!({
        "id": id, "type": "workspace", "name": name, "created_at": "2025-10-29T00:40:06Z",
        "archived_at": null, "display_color": "#6C5BB9", "tags": {"team": "blue"},
        "data_residency": {"allowed_inference_geos": "unrestricted", "default_inference_geo": "global", "workspace_geo": "us"},
        "compartment_id": "c1", "external_key_id": null, "user_profile_id": null,
    })
}

/// An account of Anthropic beside one of Altostrat.
fn anthropic_with(rows: &[Value]) -> Page {
    let page = Page::new(World::of([workspace("ws_1", "Twin")]));
    page.configure(SHIPPED);
    page.sign_in();
    page.keep(&json!({
        "account": "anthropic", "place": "anthropic", "label": "Research keys", "kept": true,
        "token": "sk-ant-admin01-x", "subject": "org",
    }));
    page.net.on("GET", ANTHROPIC, listed(rows));
    for row in rows {
        let path = format!("{ANTHROPIC}/{}", row["id"].as_str().unwrap());
        page.net.on("GET", &path, Reply::json(200, row));
    }
    page
}

fn nothing_stored(page: &Page) {
    for kind in ["repo", "bucket"] {
        let mut none = json!({"success": true});
        none[format!("{kind}s")] = json!([]);
        let path = format!("/api/flashback/{kind}");
        page.net.on("GET", &path, Reply::json(200, &none));
    }
}

fn keys(count: usize) -> Reply {
    let key = |n| json!({"id": format!("apikey_{n}"), "name": format!("Key {n}"), "partial_key_hint": format!("sk-...{n:03}")});
    listed(&(1..=count).map(key).collect::<Vec<_>>())
}

async fn dialog(page: &Page, named: &str) -> Element {
    page.open("/workspaces");
    page.find("link", named).await;
    page.roles_known().await;
    click(&page.row_button("Archive", named));
    page.find("dialog", &format!("Archive {named}")).await
}

fn says(page: &Page) -> String {
    text(&page.dialog().expect("the dialog stays"))
}

#[wasm_bindgen_test]
async fn where_keys_stop_they_are_named_and_nothing_is_promised_back() {
    let page = anthropic_with(&[anthropic("wrkspc_1", "Research")]);
    let held = page.net.hold("GET", KEYS);
    let dialog = dialog(&page, "Research").await;
    page.wait_for_text("Looking for API keys that will stop working")
        .await;
    assert!(
        !says(&page).contains("no active API keys"),
        "not known is not none"
    );
    held.reply(keys(12));
    page.wait_for_text("12 active API keys stop working within seconds:")
        .await;
    let said = says(&page);
    for words in [
        "Research keys · Anthropic · wrkspc_1",
        "Nobody can change it afterwards.",
        "Its API keys stop working within seconds.",
        "Anthropic documents that this cannot be undone.",
        "Key 1 sk-...001",
        "Key 10 sk-...010",
        "and 2 more",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
    assert!(!said.contains("Key 11") && !said.contains("Undo") && !said.contains("Restore"));
    assert_eq!(below(&dialog, ".keys li").len(), 11);
    let asked: Vec<String> = page
        .net
        .requests()
        .into_iter()
        .map(|request| request.path)
        .collect();
    let asked: Vec<&String> = asked.iter().filter(|path| path.starts_with(KEYS)).collect();
    assert!(
        asked.len() == 1 && asked[0].contains("workspace_id=wrkspc_1"),
        "{asked:?}"
    );
}

#[wasm_bindgen_test]
async fn no_keys_are_said_to_be_none() {
    let page = anthropic_with(&[anthropic("wrkspc_1", "Research")]);
    page.net.on("GET", KEYS, keys(0));
    dialog(&page, "Research").await;
    page.wait_for_text("It has no active API keys.").await;
}

#[wasm_bindgen_test]
async fn keys_that_cannot_be_read_are_not_none_and_can_be_asked_for_again() {
    let page = anthropic_with(&[anthropic("wrkspc_1", "Research")]);
    page.net.on("GET", KEYS, Reply::empty(403));
    let dialog = dialog(&page, "Research").await;
    page.wait_for_text("Its API keys could not be read").await;
    assert!(says(&page).contains("It may have active ones."));
    assert!(!says(&page).contains("no active API keys"));
    page.net.on("GET", KEYS, keys(1));
    let buttons = all_in(&dialog, "button");
    click(
        buttons
            .iter()
            .find(|button| name(button) == "Refresh")
            .unwrap(),
    );
    page.wait_for_text("1 active API key stops working within seconds:")
        .await;
    assert!(!says(&page).contains("could not be read"));
}

#[wasm_bindgen_test]
async fn the_workspace_of_claude_code_carries_its_own_warning() {
    let page = anthropic_with(&[anthropic("wrkspc_c", "Claude Code")]);
    page.net.on("GET", KEYS, keys(0));
    dialog(&page, "Claude Code").await;
    let said = says(&page);
    assert!(
        said.contains("Nobody can sign in to Claude Code afterwards"),
        "{said}"
    );
    assert!(said.contains("for the whole organization"), "{said}");
    let field = page.get("textbox", "Type the name to confirm");
    assert!(description(&field).contains("Claude Code"));
}

#[wasm_bindgen_test]
async fn storage_that_hangs_on_is_told_with_the_archive_in_the_services_words() {
    let page = anthropic_with(&[anthropic("wrkspc_1", "Research")]);
    page.net.on("GET", KEYS, keys(0));
    dialog(&page, "Research").await;
    let words = "External Storage is still attached.";
    let refusal = json!({"type": "error", "error": {
        "type": "conflict_error", "message": words,
        "details": {"error_code": "storage_attached_during_archive"},
    }});
    let one = format!("{ANTHROPIC}/wrkspc_1");
    let archive = format!("{one}/archive");
    page.net.on("POST", &archive, Reply::json(409, &refusal));
    let mut archived = anthropic("wrkspc_1", "Research");
    archived["archived_at"] = "2026-11-30T12:00:00Z".into();
    page.net.on("GET", &one, Reply::json(200, &archived));
    page.enter("Type the name to confirm", "Research");
    click(&page.get("button", TITLE));
    page.wait_for_text(
        "Research is archived, and something is left to do. The service says: “External Storage is still attached.”",
    )
    .await;
    assert!(!page.says("was archived already") && !page.says("The answer was lost"));
    assert_eq!(page.net.count("POST", &archive), 1);
    page.press("link", "Activity").await;
    let record = text(&page.find("table", "Activity").await);
    for part in ["Done, something left to do", words] {
        assert!(record.contains(part), "{part}: {record}");
    }
}

#[wasm_bindgen_test]
async fn the_default_workspace_is_protected_and_says_so() {
    let page = anthropic_with(&[anthropic("wrkspc_d", "Default")]);
    page.open("/workspaces/anthropic/wrkspc_d");
    let button = page.find_in_pane("button", "Archive Default").await;
    page.until("the reason", || is_off(&button)).await;
    assert!(description(&button).contains("organization's default workspace"));
    click(&button);
    page.idle().await;
    assert!(page.dialog().is_none());
    assert!(
        page.net
            .requests()
            .iter()
            .all(|request| request.method == "GET")
    );
    let said = text(&page.pane());
    assert!(
        said.contains("It can be neither renamed nor archived"),
        "{said}"
    );
    assert!(
        !said.contains("stop working"),
        "nothing is said that cannot happen: {said}"
    );
}

#[wasm_bindgen_test]
async fn the_overview_has_what_the_service_keeps_and_says_what_it_does_not() {
    let page = anthropic_with(&[anthropic("wrkspc_1", "Research")]);
    page.open("/workspaces/anthropic/wrkspc_1");
    page.find_in_pane("heading", "Research").await;
    page.wait_for_text("Organization administrator").await;
    let said = text(&page.pane());
    for words in [
        "Description Not offered by Anthropic",
        "Billing mode Not offered by Anthropic",
        "Updated Not offered by Anthropic",
        "Display colour #6C5BB9",
        "Tags team: blue",
        "Workspace geo us: in the United States",
        "Compartment id c1",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
    assert!(!said.contains("Seats in the pool"));
}

#[wasm_bindgen_test]
async fn a_twin_in_another_account_is_shown_with_its_account() {
    let page = anthropic_with(&[anthropic("wrkspc_1", "Twin")]);
    page.open("/workspaces");
    page.until("both", || page.rows().len() == 2).await;
    page.roles_known().await;
    let row = page
        .rows()
        .into_iter()
        .find(|row| text(row).contains("ws_1"))
        .unwrap();
    let button = below(&row, "button")
        .into_iter()
        .find(|button| name(button) == "Archive Twin");
    click(&button.unwrap());
    page.wait_for_text("Two workspaces are called Twin").await;
    let said = says(&page);
    assert!(said.contains("Altostrat · ws_1 This one"), "{said}");
    assert!(
        said.contains("Research keys · Anthropic · wrkspc_1"),
        "{said}"
    );
}

#[wasm_bindgen_test]
async fn where_keys_cannot_be_used_afterwards_they_are_named_without_a_promise_of_when() {
    let page = Page::new(World::default());
    page.configure(SHIPPED);
    page.keep(&json!({
        "account": "openai", "place": "openai", "label": "Projects", "kept": true,
        "token": "sk-admin-x", "subject": null,
    }));
    const PROJECTS: &str = "/api/openai/v1/organization/projects";
    let row = json!({"id": "proj_1", "object": "organization.project", "name": "Research", "status": "active", "created_at": 1711471533});
    page.net
        .on("GET", PROJECTS, listed(std::slice::from_ref(&row)));
    page.net
        .on("GET", &format!("{PROJECTS}/proj_1"), Reply::json(200, &row));
    let key = json!({"id": "key_1", "name": "production", "redacted_value": "sk-proj-…a1b2",
        "owner": {"type": "user", "user": {"id": "user_1", "name": "Ada"}}});
    page.net.on(
        "GET",
        &format!("{PROJECTS}/proj_1/api_keys"),
        listed(&[key]),
    );
    dialog(&page, "Research").await;
    page.wait_for_text("1 active API key stops working:").await;
    let said = says(&page);
    assert!(said.contains("production sk-proj-…a1b2"), "{said}");
    assert!(said.contains("Its API keys cannot be used afterwards."));
    assert!(!said.contains("within seconds"));
}

#[wasm_bindgen_test]
async fn in_use_at_flashback_is_said_in_its_terms_and_words() {
    let page = Page::new(World::default());
    page.configure(SHIPPED);
    page.keep(&json!({
        "account": "flashback", "place": "flashback", "label": "Media", "kept": true,
        "token": "fl4sh", "subject": MEMBER,
    }));
    let users = json!([{"userId": MEMBER, "role": "ADMIN", "user": {"id": MEMBER, "name": "Fay"}}]);
    let row = json!({"id": "f1", "name": "Research", "orgId": "o1", "users": users});
    let one = json!({"success": true, "workspace": row});
    page.net.on(
        "GET",
        FLASHBACK,
        Reply::json(200, &json!({"success": true, "workspaces": [row]})),
    );
    page.net
        .on("GET", &format!("{FLASHBACK}/f1"), Reply::json(200, &one));
    let words = "Cannot delete workspace with existing buckets or repos";
    let refusal = json!({"success": false, "message": words, "error": words});
    page.net.on(
        "DELETE",
        &format!("{FLASHBACK}/f1"),
        Reply::json(400, &refusal),
    );
    nothing_stored(&page);
    dialog(&page, "Research").await;
    page.wait_for_text("Nothing stands in the way").await;
    let said = says(&page);
    for words in [
        "All its users are taken out.",
        "Flashback's own staff may be able to bring it back.",
        "Flashback refuses while the workspace has buckets or repositories.",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
    assert!(!said.contains("API key"));
    let field = page.get("textbox", "Type the name to confirm");
    fill(&field, "Research");
    submit(&field);
    page.wait_for_text("The workspace was not archived: it is still in use")
        .await;
    // What stands in the way is looked at again, and told once that is known.
    page.wait_for_text("Delete them, repositories first").await;
    let said = says(&page);
    assert!(said.contains(words), "{said}");
    assert!(page.has("dialog", TITLE));
}
