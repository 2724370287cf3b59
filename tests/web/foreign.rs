//! Links that another tab or another person made: they lead to the same workspace in whichever account
//! has it, or say that its account is not signed in here, and to that sign-in and back.

use serde_json::json;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::act::{click, fill, submit};
use crate::support::look::{attribute, find_in, text};
use crate::support::net::Reply;
use crate::support::page::{Page, SHIPPED, address, token_of};
use crate::support::world::{LIST, World, item};

const ANTHROPIC: &str = "/api/anthropic/v1/organizations/workspaces";

fn with_all_services() -> Page {
    let page = Page::new(World::small());
    page.configure(SHIPPED);
    page
}

#[wasm_bindgen_test]
async fn a_link_to_an_account_that_is_not_signed_in_here_says_so_and_leads_there_and_back() {
    for account in ["anthropic", "anthropic-2"] {
        let page = with_all_services();
        page.sign_in();
        let one = json!({"id": "wrkspc_1", "type": "workspace", "name": "Research",
            "created_at": "2025-10-29T00:40:06Z", "archived_at": null, "display_color": "#6C5BB9"});
        let all =
            json!({"data": [one], "has_more": false, "first_id": null, "last_id": "wrkspc_1"});
        let me = json!({"id": "org_1", "type": "organization", "name": "Org"});
        let path = [ANTHROPIC, "/wrkspc_1"].concat();
        page.net.on("GET", ANTHROPIC, Reply::json(200, &all));
        page.net.on("GET", &path, Reply::json(200, &one));
        page.net.on(
            "GET",
            "/api/anthropic/v1/organizations/me",
            Reply::json(200, &me),
        );
        page.open(&["/workspaces/", account, "/wrkspc_1"].concat());
        page.find("heading", "You are not signed in to this account here")
            .await;
        assert!(page.says("a workspace at Anthropic, where nobody is signed in"));
        assert!(!page.says("It does not exist"));
        assert_eq!(
            page.net.count("GET", &path),
            0,
            "{account}: nobody is asked"
        );
        page.press("link", "Sign in to Anthropic").await;
        let field = page.find("textbox", "Admin key").await;
        fill(&field, "sk-ant-admin01-x");
        submit(&field);
        // The first account of the service here, whatever its number was elsewhere.
        page.until("to be back", || {
            address() == "/workspaces/anthropic/wrkspc_1"
        })
        .await;
        page.find("heading", "Research").await;
    }
}

#[wasm_bindgen_test]
async fn a_link_that_numbers_an_account_is_about_the_one_here_that_has_the_workspace() {
    let page = Page::new(World::small());
    page.sign_in();
    page.open("/workspaces/altostrat-7/ws_beta/members?q=a");
    page.until("the account here", || {
        address() == "/workspaces/altostrat/ws_beta/members?q=a"
    })
    .await;
    page.find("heading", "Beta lab").await;
}

#[wasm_bindgen_test]
async fn an_account_of_that_service_that_does_not_have_it_is_asked_and_another_is_offered() {
    let page = Page::new(World::small());
    page.sign_in();
    page.open("/workspaces/altostrat-2/ws_theirs");
    page.find("heading", "You are not signed in to this account here")
        .await;
    assert!(page.says("no account that is signed in here shows it"));
    assert_eq!(page.net.count("GET", &item("ws_theirs")), 1);
    let link = page.get("link", "Sign in to Altostrat");
    assert!(attribute(&link, "href").ends_with("?next=%2Fworkspaces%2Faltostrat-2%2Fws_theirs"));
}

#[wasm_bindgen_test]
async fn a_number_that_is_somebody_elses_here_gives_way_to_who_has_the_workspace() {
    let page = Page::new(World::small());
    page.sign_in();
    page.keep(&json!({
        "account": "altostrat-2", "place": "altostrat", "label": "Altostrat 2", "kept": true,
        "token": token_of("auth0|two"), "subject": "auth0|two",
    }));
    // Only the first time is it the other account's: both go to the same service here.
    page.net.once("GET", &item("ws_core"), Reply::empty(404));
    page.net.once(
        "GET",
        LIST,
        Reply::json(200, &json!({"data": [], "has_more": false})),
    );
    page.open("/workspaces/altostrat-2/ws_core");
    page.until("the one that has it", || {
        address() == "/workspaces/altostrat/ws_core"
    })
    .await;
    page.find("heading", "Core").await;
}

#[wasm_bindgen_test]
async fn a_workspace_that_left_its_own_account_is_not_looked_for_elsewhere() {
    let page = Page::at("/workspaces/altostrat/ws_core", World::small());
    page.find("heading", "Core").await;
    page.roles_known().await;
    page.net.on("GET", &item("ws_core"), Reply::empty(404));
    page.net
        .change(|world| world.workspaces.retain(|one| one.id != "ws_core"));
    page.load_again();
    page.find("heading", "Workspace not found").await;
    assert_eq!(address(), "/workspaces/altostrat/ws_core");
    assert!(!page.has("link", "Sign in to Altostrat"));
}

#[wasm_bindgen_test]
async fn a_link_of_another_console_is_said_to_be_one() {
    let page = Page::at("/workspaces/acme-cloud-2/ws_1", World::small());
    page.find("heading", "This console has no such service")
        .await;
    assert!(page.says("“acme-cloud-2”, which is not among the services"));
}

#[wasm_bindgen_test]
async fn who_is_signed_in_nowhere_begins_at_the_links_service() {
    let page = with_all_services();
    page.open("/workspaces/flashback-3/f1");
    page.find("textbox", "Password").await;
    assert!(address().starts_with("/sign-in?next="));
    let checked = page.all("radio").into_iter();
    let checked: Vec<String> = checked
        .filter(|one| crate::support::get(one, "checked").is_truthy())
        .map(|one| crate::support::look::name(&one))
        .collect();
    assert_eq!(checked, ["Flashback"]);
}

#[wasm_bindgen_test]
async fn a_link_to_make_a_workspace_elsewhere_never_makes_it_here() {
    let page = with_all_services();
    page.sign_in();
    page.open("/workspaces/new?account=anthropic");
    page.wait_for_text("You are not signed in to this account here")
        .await;
    let account = page.find("combobox", "Account").await;
    assert_eq!(crate::support::look::value(&account), "");
    click(&page.get("link", "Sign in to Anthropic"));
    page.find("textbox", "Admin key").await;
    assert!(address().ends_with("next=%2Fworkspaces%2Fnew%3Faccount%3Danthropic"));
}

#[wasm_bindgen_test]
async fn a_filter_by_an_account_that_is_not_here_says_why_nothing_is_shown() {
    let page = Page::at("/workspaces?account=altostrat-9", World::small());
    let heading = page.find("heading", "Nothing matches").await;
    let block = heading.parent_element().unwrap();
    assert!(text(&block).contains("The filter names an account that is not signed in here."));
    click(&find_in(&block, "button", "Clear filters").unwrap());
    page.list(&["Acme prod", "Beta lab", "Core"]).await;
}
