//! Several accounts of several services in one list: none waits for another, none hides another's
//! trouble, none is taken for another.

use serde_json::{Value, json};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::act::click;
use crate::support::look::{is_off, text};
use crate::support::net::Reply;
use crate::support::page::{Page, SHIPPED, address, all_of, session, token_of};
use crate::support::world::{LIST, ME, World, item};

const ANTHROPIC: &str = "/api/anthropic/v1/organizations/workspaces";
const FLASHBACK: &str = "/api/flashback/workspace";
const MEMBER: &str = "7a1f0000-0000-4000-8000-000000000001";

fn keep(page: &Page, account: &str, place: &str, label: &str, token: &str, subject: &str) {
    page.keep(&json!({
        "account": account, "place": place, "label": label, "kept": true,
        "token": token, "subject": subject,
    }));
}

fn anthropic(id: &str, name: &str) -> Value {
    json!({
        "id": id, "type": "workspace", "name": name, "created_at": "2025-10-29T00:40:06Z",
        "archived_at": null, "display_color": "#6C5BB9", "tags": {"team": "blue"},
        "data_residency": {"allowed_inference_geos": "unrestricted", "default_inference_geo": "global", "workspace_geo": "us"},
        "compartment_id": "c1", "external_key_id": null, "user_profile_id": null,
    })
}

fn pages(page: &Page, rows: &[Value], next: Option<&str>) -> Reply {
    let _ = page;
    let last = rows.last().map(|row| row["id"].clone());
    let last = next.map_or(last, |next| Some(next.into()));
    Reply::json(
        200,
        &json!({"data": rows, "has_more": next.is_some(), "first_id": null, "last_id": last}),
    )
}

fn flashback(id: &str, name: &str, role: &str) -> Value {
    let user = json!({"id": MEMBER, "name": "Fay", "lastName": "Fox", "email": "fay@example.com", "orgRole": 0});
    json!({"id": id, "name": name, "orgId": "o1", "users": [{"userId": MEMBER, "role": role, "user": user}]})
}

/// Three accounts on three services, each with something in it.
fn three() -> Page {
    let page = Page::new(World::small());
    page.configure(SHIPPED);
    keep(
        &page,
        "altostrat",
        "altostrat",
        "Altostrat",
        &token_of(ME),
        ME,
    );
    keep(
        &page,
        "anthropic",
        "anthropic",
        "Anthropic",
        "sk-ant-admin01-x",
        "org",
    );
    keep(
        &page,
        "flashback",
        "flashback",
        "Flashback",
        "fl4sh",
        MEMBER,
    );
    let rows = [
        anthropic("wrkspc_1", "Research"),
        anthropic("ws_acme", "Same id"),
    ];
    page.net.on("GET", ANTHROPIC, pages(&page, &rows, None));
    page.net.on("GET", FLASHBACK, media());
    page
}

/// What Flashback has.
fn media() -> Reply {
    let rows = [
        flashback("f1", "Media", "ADMIN"),
        flashback("f2", "Backups", "READ"),
    ];
    Reply::json(200, &json!({"success": true, "workspaces": rows}))
}

const ALL: [&str; 7] = [
    "Acme prod",
    "Backups",
    "Beta lab",
    "Core",
    "Media",
    "Research",
    "Same id",
];

#[wasm_bindgen_test]
async fn one_list_holds_the_workspaces_of_every_account() {
    let page = three();
    page.open("/workspaces");
    page.list(&ALL).await;
    page.roles_known().await;
    assert_eq!(page.cell("Research", "Account"), "Anthropic");
    assert_eq!(page.cell("Media", "Your role"), "Admin");
    assert_eq!(page.cell("Backups", "Your role"), "Read");
    assert_eq!(page.cell("Acme prod", "Your role"), "Owner");
    assert_eq!(page.cell("Research", "Billing"), "Not offered");
    assert_eq!(page.cell("Media", "Updated"), "Not offered");
    assert!(!is_off(&page.get("button", "Archive Research")));
    assert!(is_off(&page.get("button", "Archive Backups")));
    assert!(!is_off(&page.get("button", "Archive Media")));
}

#[wasm_bindgen_test]
async fn the_same_id_in_two_accounts_is_two_workspaces() {
    let page = three();
    page.open("/workspaces/anthropic/ws_acme");
    page.net.on(
        "GET",
        &format!("{ANTHROPIC}/ws_acme"),
        Reply::json(200, &anthropic("ws_acme", "Same id")),
    );
    page.find_in_pane("heading", "Same id").await;
    page.list(&ALL).await;
    assert_eq!(page.net.count("GET", &item("ws_acme")), 0);
    assert!(text(&page.pane()).contains("Anthropic"));
}

#[wasm_bindgen_test]
async fn each_request_carries_its_own_accounts_credential_and_no_other() {
    let page = three();
    page.open("/workspaces");
    page.list(&ALL).await;
    page.roles_known().await;
    for request in page.net.requests() {
        let sent = format!("{:?}", request.headers);
        let own = match request.path.split(['/', '?']).nth(2) {
            Some("altostrat") => token_of(ME),
            Some("anthropic") => "sk-ant-admin01-x".to_owned(),
            Some("flashback") => "fl4sh".to_owned(),
            other => panic!("{other:?}"),
        };
        for token in [token_of(ME), "sk-ant-admin01-x".into(), "fl4sh".into()] {
            assert_eq!(sent.contains(&token), token == own, "{}", request.path);
        }
    }
}

#[wasm_bindgen_test]
async fn an_account_that_fails_or_stalls_holds_up_no_other() {
    let page = three();
    page.net.on("GET", ANTHROPIC, Reply::empty(500));
    let held = page.net.hold("GET", FLASHBACK);
    page.open("/workspaces");
    page.list(&["Acme prod", "Beta lab", "Core"]).await;
    page.until("the request that stalls", || held.waiting() == 1)
        .await;
    page.roles_known().await;
    page.press("button", "Archive Acme prod").await;
    page.find("dialog", "Archive Acme prod").await;
    click(&page.get("button", "Keep workspace"));
    page.wait_for_text("The list could not be loaded").await;
    assert!(page.has("region", "Anthropic") || page.says("Anthropic"));
    held.reply(media());
    page.list(&["Acme prod", "Backups", "Beta lab", "Core", "Media"])
        .await;
}

#[wasm_bindgen_test]
async fn rows_appear_page_by_page_and_the_count_says_that_more_is_coming() {
    let page = three();
    let rows: Vec<Value> = (0..1000)
        .map(|number| anthropic(&format!("wrkspc_{number:04}"), &format!("Item {number:04}")))
        .collect();
    let held = page.net.hold("GET", ANTHROPIC);
    page.net
        .once("GET", ANTHROPIC, pages(&page, &rows, Some("wrkspc_0999")));
    page.open("/workspaces?account=anthropic");
    page.wait_for_text("1,000 loaded, still loading").await;
    page.find("link", "Item 0000").await;
    page.until("the second page", || held.waiting() == 1).await;
    held.reply(pages(&page, &[anthropic("wrkspc_z", "Last one")], None));
    page.wait_for_text("1,001 of").await;
    page.idle().await;
    assert!(!page.says("still loading"));
}

#[wasm_bindgen_test]
async fn a_session_that_ends_in_one_account_leaves_the_others_writable() {
    let page = three();
    page.net.on("GET", FLASHBACK, Reply::empty(401));
    page.open("/workspaces");
    page.wait_for_text("Flashback: Session ended").await;
    page.list(&["Acme prod", "Beta lab", "Core", "Research", "Same id"])
        .await;
    page.roles_known().await;
    assert!(!is_off(&page.get("button", "Archive Acme prod")));
    assert!(!all_of(&session()).contains("fl4sh"));
    assert!(all_of(&session()).contains("sk-ant-admin01-x"));
}

#[wasm_bindgen_test]
async fn accounts_and_services_are_filters_and_stand_in_the_address() {
    let page = three();
    page.open("/workspaces");
    page.list(&ALL).await;
    click(&page.get("button", "Flashback"));
    page.list(&["Backups", "Media"]).await;
    assert!(address().contains("account=flashback") || address().contains("service=flashback"));
    page.press("button", "Clear filters").await;
    page.list(&ALL).await;
}

#[wasm_bindgen_test]
async fn a_list_that_broke_off_goes_on_where_it_was() {
    let page = three();
    let first = [anthropic("wrkspc_1", "Research")];
    page.net.on("GET", ANTHROPIC, Reply::empty(500));
    page.net
        .once("GET", ANTHROPIC, pages(&page, &first, Some("wrkspc_1")));
    page.hurry(20);
    page.open("/workspaces?account=anthropic");
    page.wait_for_text("The list could not be loaded completely")
        .await;
    assert!(page.says("1 loaded. The list is not complete."));
    page.find("link", "Research").await;
    let second = [anthropic("wrkspc_2", "Second")];
    page.net.on("GET", ANTHROPIC, pages(&page, &second, None));
    page.net.forget();
    let again = page.all("button");
    let again = again
        .iter()
        .rev()
        .find(|button| text(button) == "Refresh")
        .unwrap();
    click(again);
    page.list(&["Research", "Second"]).await;
    let asked = page.net.requests();
    let asked = asked
        .iter()
        .find(|request| request.path.starts_with(ANTHROPIC))
        .unwrap();
    assert!(asked.path.contains("after_id=wrkspc_1"), "{}", asked.path);
    assert_eq!(page.net.count("GET", LIST), 0);
}
