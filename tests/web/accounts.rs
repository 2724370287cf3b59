//! The accounts page and the way in for a further account: each account by itself, nothing doubled,
//! nothing gone that was not meant.

use serde_json::{Value, json};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::Element;

use crate::support::act::{click, fill, focus, key, submit};
use crate::support::look::{find_in, name, text, value};
use crate::support::net::Reply;
use crate::support::page::{Page, SHIPPED, address, all_of, focused, session, token_of};
use crate::support::world::{ME, World};

const ORGANIZATION: &str = "/api/anthropic/v1/organizations/me";
const ANTHROPIC: &str = "/api/anthropic/v1/organizations/workspaces";
const FLASHBACK: &str = "/api/flashback/workspace";
const KEY: &str = "sk-ant-admin01-first";

fn keyed(rows: &[Value]) -> Reply {
    let last = rows.last().map(|row| row["id"].clone());
    let body = json!({"data": rows, "has_more": false, "first_id": null, "last_id": last});
    Reply::json(200, &body)
}

fn organization(id: &str) -> Reply {
    let name = format!("Name of {id}");
    Reply::json(
        200,
        &json!({"id": id, "type": "organization", "name": name}),
    )
}

/// Altostrat and Anthropic, signed in, with something in each.
fn two() -> Page {
    let page = Page::new(World::small());
    page.configure(SHIPPED);
    page.sign_in();
    page.keep(&json!({
        "account": "anthropic", "place": "anthropic", "label": "Anthropic", "kept": true,
        "token": KEY, "subject": "org-1", "name": "Acme Org",
    }));
    let row =
        json!({"id": "wrkspc_1", "type": "workspace", "name": "Research", "archived_at": null});
    page.net.on("GET", ANTHROPIC, keyed(&[row]));
    page.net.on("GET", ORGANIZATION, organization("org-1"));
    let none = json!({"success": true, "workspaces": []});
    page.net.on("GET", FLASHBACK, Reply::json(200, &none));
    let profile = json!({"success": true, "data": {"id": "u-1", "name": "Ada"}});
    page.net.on(
        "GET",
        "/api/flashback/user/profile",
        Reply::json(200, &profile),
    );
    page
}

fn at(address: &str) -> Page {
    let page = two();
    page.open(address);
    page
}

impl Page {
    /// The accounts that have a card.
    fn cards(&self) -> Vec<String> {
        let mut names = self.names("region");
        names.retain(|name| name != "Notices");
        names
    }

    async fn card_says(&self, card: &str, words: &str) -> Element {
        self.until(&format!("{card}: {words}"), || {
            let card = self.query("region", card);
            card.is_some_and(|card| text(&card).contains(words))
        })
        .await;
        self.get("region", card)
    }

    async fn focus_is_on(&self, what: &str) {
        self.until(&format!("the focus on {what}"), || {
            focused().is_some_and(|focused| name(&focused) == what)
        })
        .await;
    }
}

#[wasm_bindgen_test]
async fn each_account_has_a_card_that_says_who_where_and_how_it_is() {
    let page = at("/accounts");
    let card = page.card_says("Altostrat", "4 workspaces").await;
    let words = text(&card);
    for part in ["Connected", "/api/altostrat", ME, "Kept for this tab"] {
        assert!(words.contains(part), "{part} in {words}");
    }
    let card = page.card_says("Anthropic", "1 workspace").await;
    let words = text(&card);
    for part in [
        "Connected",
        "Organization",
        "Acme Org",
        "org-1",
        "/api/anthropic",
    ] {
        assert!(words.contains(part), "{part} in {words}");
    }
    assert!(find_in(&card, "button", "Copy id").is_some());
    assert!(find_in(&card, "button", "Replace key of Anthropic").is_some());
    assert_eq!(page.cards(), ["Altostrat", "Anthropic"]);
    assert!(!words.contains(KEY));
}

#[wasm_bindgen_test]
async fn one_account_alone_needs_no_name_on_its_buttons() {
    let page = Page::at("/accounts", World::small());
    let card = page.find("region", "Altostrat").await;
    for button in ["Rename", "Sign out"] {
        assert!(find_in(&card, "button", button).is_some(), "{button}");
    }
}

#[wasm_bindgen_test]
async fn an_account_is_renamed_in_place_by_keys_alone() {
    let page = at("/accounts");
    let button = page.find("button", "Rename Anthropic").await;
    focus(&button);
    key("Enter");
    page.focus_is_on("Account name").await;
    let field = page.get("textbox", "Account name");
    assert_eq!(value(&field), "Anthropic");
    fill(&field, "Not this");
    key("Escape");
    page.focus_is_on("Rename Anthropic").await;
    assert!(!page.has("textbox", "Account name"));
    assert_eq!(page.cards(), ["Altostrat", "Anthropic"]);

    key("Enter");
    page.focus_is_on("Account name").await;
    fill(&page.get("textbox", "Account name"), "  Research org ");
    key("Enter");
    page.focus_is_on("Rename Research org").await;
    assert_eq!(page.cards(), ["Altostrat", "Research org"]);
    assert!(text(&page.get("navigation", "Main")).contains("Research org"));
    assert!(
        all_of(&session()).contains("Research org"),
        "a reload keeps it"
    );
    assert_eq!(page.net.writes().len(), 0, "the service is not told");

    key("Enter");
    page.focus_is_on("Account name").await;
    fill(&page.get("textbox", "Account name"), "   ");
    key("Enter");
    page.focus_is_on("Rename Research org").await;
}

#[wasm_bindgen_test]
async fn signing_out_of_one_of_several_says_what_goes_and_leaves_the_others() {
    let page = two();
    for (account, person) in [("altostrat", ME), ("anthropic", "org-1")] {
        let key = format!("steward.draft/{account}/{person}/w");
        session()
            .set_item(&key, &format!("half of {account}\n"))
            .unwrap();
    }
    page.open("/accounts");
    page.card_says("Anthropic", "1 workspace").await;
    page.press("button", "Sign out of Anthropic").await;
    let dialog = page.find("dialog", "Sign out of Anthropic").await;
    for part in [
        "workspaces",
        "unsaved text",
        "session",
        "nothing is changed or deleted",
    ] {
        assert!(text(&dialog).contains(part), "{part}");
    }
    page.press("button", "Stay signed in").await;
    page.wait_removed("dialog", "Sign out of Anthropic").await;
    assert_eq!(page.cards(), ["Altostrat", "Anthropic"]);

    page.press("button", "Sign out of Anthropic").await;
    let dialog = page.find("dialog", "Sign out of Anthropic").await;
    click(&find_in(&dialog, "button", "Sign out of Anthropic").unwrap());
    page.wait_removed("region", "Anthropic").await;
    page.until("the confirmation", || {
        page.announced()
            .contains("You are signed out of Anthropic.")
    })
    .await;
    assert_eq!(page.cards(), ["Altostrat"]);
    let kept = all_of(&session());
    assert!(
        !kept.contains(KEY) && !kept.contains("half of anthropic"),
        "{kept}"
    );
    assert!(kept.contains("half of altostrat") && kept.contains(&token_of(ME)));
    page.press("link", "Workspaces").await;
    page.list(&["Acme prod", "Beta lab", "Core"]).await;
}

#[wasm_bindgen_test]
async fn a_further_account_is_added_and_named_and_the_way_leads_back() {
    let page = at("/accounts");
    page.press("link", "Add account").await;
    page.find("heading", "Add account").await;
    assert_eq!(address(), "/accounts/add");
    page.press("radio", "Flashback").await;
    page.press("button", "Use an access token instead").await;
    page.find("textbox", "Access token").await;
    page.enter("Access token", "fl4sh");
    submit(&page.get("textbox", "Access token"));
    page.find("region", "Flashback").await;
    page.until("the announcement", || {
        page.announced().contains("Flashback is connected.")
    })
    .await;
    assert_eq!(address(), "/accounts");
    assert_eq!(page.cards(), ["Altostrat", "Anthropic", "Flashback"]);
    page.card_says("Flashback", "In memory until you close")
        .await;
    assert!(!all_of(&session()).contains("fl4sh"));
}

#[wasm_bindgen_test]
async fn a_wrong_key_for_a_further_account_leaves_those_there_alone() {
    let page = at("/accounts/add");
    page.press("radio", "Anthropic").await;
    let field = page.find("textbox", "Admin key").await;
    page.net.on("GET", ORGANIZATION, Reply::empty(401));
    fill(&field, "sk-ant-admin01-wrong");
    submit(&field);
    page.wait_for_text("The service does not accept this key")
        .await;
    page.focus_is_on("Admin key").await;
    assert_eq!(address(), "/accounts/add");
    page.press("link", "Back to accounts").await;
    page.card_says("Anthropic", "Connected").await;
    assert_eq!(page.cards(), ["Altostrat", "Anthropic"]);
}

#[wasm_bindgen_test]
async fn a_session_that_ended_is_signed_in_to_again_and_not_doubled() {
    let page = two();
    page.net.on("GET", ANTHROPIC, Reply::empty(401));
    page.open("/accounts");
    page.card_says("Anthropic", "Session ended").await;
    page.card_says("Altostrat", "Connected").await;
    page.net.on("GET", ANTHROPIC, keyed(&[]));
    page.press("button", "Sign in again to Anthropic").await;
    page.find("dialog", "Sign in again to Anthropic").await;
    let field = page.find("textbox", "Admin key").await;
    assert_eq!(address(), "/accounts");
    fill(&field, "sk-ant-admin01-second");
    submit(&field);
    page.card_says("Anthropic", "Connected").await;
    assert_eq!(page.cards(), ["Altostrat", "Anthropic"]);
    page.until("the list with the new key", || {
        let sent = page.net.requests();
        let last = sent
            .iter()
            .rfind(|request| request.path.starts_with(ANTHROPIC));
        last.is_some_and(|last| last.headers["x-api-key"] == "sk-ant-admin01-second")
    })
    .await;
}

#[wasm_bindgen_test]
async fn a_key_is_replaced_for_the_same_organization_and_another_is_another_account() {
    let page = at("/accounts");
    page.press("button", "Replace key of Anthropic").await;
    let field = page.find("textbox", "Admin key").await;
    fill(&field, "sk-ant-admin01-second");
    submit(&field);
    page.find("region", "Anthropic").await;
    assert_eq!(page.cards(), ["Altostrat", "Anthropic"]);
    page.net.on("GET", ORGANIZATION, organization("org-2"));
    page.press("button", "Replace key of Anthropic").await;
    let field = page.find("textbox", "Admin key").await;
    fill(&field, "sk-ant-admin01-other");
    submit(&field);
    let card = page.find("region", "Anthropic 2").await;
    assert!(text(&card).contains("Name of org-2"));
    assert_eq!(page.cards(), ["Altostrat", "Anthropic", "Anthropic 2"]);
}

#[wasm_bindgen_test]
async fn a_service_that_asks_for_a_pause_is_said_to_rest_for_so_long() {
    let page = two();
    let busy = Reply::empty(429).header("retry-after", "50");
    page.net.on("GET", ANTHROPIC, busy);
    page.open("/accounts");
    let card = page.card_says("Anthropic", "Resting").await;
    let left = || {
        let said = text(&card);
        let (_, rest) = said.split_once("The service asked for a pause: ").unwrap();
        rest.split(' ').next().unwrap().parse::<u32>().unwrap()
    };
    let first = left();
    assert!((1..=50).contains(&first), "{first}");
    page.until("the seconds to go on", || left() < first).await;
    page.card_says("Altostrat", "Connected").await;
}

#[wasm_bindgen_test]
async fn a_list_that_failed_is_told_on_its_card_and_asked_for_again_there() {
    let page = two();
    page.net.on("GET", ANTHROPIC, Reply::empty(403));
    page.open("/accounts");
    let card = page
        .card_says("Anthropic", "The list could not be loaded")
        .await;
    page.net.on("GET", ANTHROPIC, keyed(&[]));
    click(&find_in(&card, "button", "Refresh").unwrap());
    page.card_says("Anthropic", "Connected").await;
}
