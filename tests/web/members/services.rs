//! Members at services that name people, that keep thousands, and that keep none.

use serde_json::{Value, json};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::Element;

use super::rows;
use crate::support::act::{click, fill};
use crate::support::look::{all_in, below, find_in, is_off, name, text};
use crate::support::net::Reply;
use crate::support::page::{Page, SHIPPED};
use crate::support::world::World;

const ANTHROPIC: &str = "/api/anthropic/v1/organizations/workspaces";
const USERS: &str = "/api/anthropic/v1/organizations/users";
const MEMBERS: &str = "/api/anthropic/v1/organizations/workspaces/wrkspc_1/members";
const FLASHBACK: &str = "/api/flashback/workspace";
const FAY: &str = "7a1f0000-0000-4000-8000-000000000001";

fn listed(rows: &[Value]) -> Reply {
    let last = rows.last().map(|row| row["id"].clone());
    Reply::json(
        200,
        &json!({"data": rows, "has_more": false, "last_id": last}),
    )
}

fn member(user: &str, role: &str) -> Value {
    json!({"type": "workspace_member", "user_id": user, "workspace_id": "wrkspc_1", "workspace_role": role})
}

fn user(id: &str, name: &str) -> Value {
    let email = format!("{}@example.com", name.to_lowercase());
    json!({"id": id, "type": "user", "name": name, "email": email, "role": "user"})
}

fn anthropic(called: &str, members: &[Value]) -> Page {
    let page = Page::new(World::default());
    page.configure(SHIPPED);
    page.keep(&json!({
        "account": "anthropic", "place": "anthropic", "label": "Anthropic", "kept": true,
        "token": "sk-ant-admin01-x", "subject": "org",
    }));
    let row = json!({"id": "wrkspc_1", "type": "workspace", "name": called, "archived_at": null});
    page.net
        .on("GET", ANTHROPIC, listed(std::slice::from_ref(&row)));
    page.net.on(
        "GET",
        &format!("{ANTHROPIC}/wrkspc_1"),
        Reply::json(200, &row),
    );
    page.net.on("GET", MEMBERS, listed(members));
    page.net.on(
        "GET",
        USERS,
        listed(&[
            user("user_ada", "Ada"),
            user("user_bob", "Bob"),
            user("user_cyd", "Cyd"),
        ]),
    );
    page
}

fn reads(page: &Page, path: &str) -> usize {
    let requests = page.net.requests();
    requests
        .iter()
        .filter(|request| request.method == "GET" && request.path.starts_with(path))
        .count()
}

async fn radio(page: &Page, person: &str) -> Element {
    let found = || {
        all_in(&page.pane(), "radio")
            .into_iter()
            .find(|one| name(one).starts_with(person))
    };
    page.until(person, || found().is_some()).await;
    found().unwrap()
}

#[wasm_bindgen_test]
async fn people_stand_by_name_address_and_id_where_the_service_has_them() {
    let page = Page::new(World::default());
    page.configure(SHIPPED);
    page.keep(&json!({
        "account": "flashback", "place": "flashback", "label": "Flashback", "kept": true,
        "token": "fl4sh", "subject": FAY,
    }));
    let fay = json!({"id": FAY, "name": "Fay", "lastName": "Fox", "email": "fay@example.com"});
    let users = json!([{"userId": FAY, "role": "ADMIN", "user": fay}]);
    let row = json!({"id": "f1", "name": "Media", "orgId": "o1", "users": users});
    page.net.on(
        "GET",
        FLASHBACK,
        Reply::json(200, &json!({"success": true, "workspaces": [row]})),
    );
    page.net.on(
        "GET",
        &format!("{FLASHBACK}/f1"),
        Reply::json(200, &json!({"success": true, "workspace": row})),
    );
    page.open("/workspaces/flashback/f1/members");
    page.find("table", "Members").await;
    let rows = rows(&page);
    assert_eq!(rows[0][0], format!("Fay Fox You fay@example.com {FAY}"));
    assert!(
        rows[0][1].starts_with("Admin reads, uses it, edits, manages members and archives"),
        "{rows:?}"
    );
    assert!(page.has("button", "Change role of Fay Fox"));
}

#[wasm_bindgen_test]
async fn where_my_role_is_the_organizations_members_are_read_only_when_looked_at() {
    let page = anthropic(
        "Research",
        &[
            member("user_ada", "workspace_restricted_developer"),
            member("user_bob", "workspace_billing"),
        ],
    );
    page.open("/workspaces/anthropic/wrkspc_1");
    page.find_in_pane("heading", "Research").await;
    page.idle().await;
    assert_eq!(reads(&page, MEMBERS), 0);
    page.press("link", "Members").await;
    page.find("table", "Members").await;
    assert_eq!(reads(&page, MEMBERS), 1);
    page.wait_for_text("ada@example.com").await;
    let rows = rows(&page);
    assert_eq!(
        rows[0][0], "Ada ada@example.com user_ada",
        "by the list of people"
    );
    assert!(
        rows[0][1].starts_with("Workspace restricted developer reads, uses it and makes API keys"),
        "{rows:?}"
    );
    assert!(
        rows[1][1].contains("Inherited from the organization"),
        "{rows:?}"
    );
    let button = page.find("button", "Remove Bob").await;
    assert!(is_off(&button) && !is_off(&page.get("button", "Remove Ada")));
}

#[wasm_bindgen_test]
async fn five_thousand_members_are_drawn_some_at_a_time_and_filtered_as_a_whole() {
    let all: Vec<Value> = (0..5_000)
        .map(|n| member(&format!("user_{n:04}"), "workspace_user"))
        .collect();
    let page = anthropic("Research", &all);
    page.open("/workspaces/anthropic/wrkspc_1/members");
    page.wait_for_text("5,000 members").await;
    assert_eq!(rows(&page).len(), 100);
    page.press("button", "Show more").await;
    page.until("more", || rows(&page).len() == 200).await;
    let filter = page.get("searchbox", "Filter members");
    fill(&filter, "user_4999");
    page.until("the one", || rows(&page).len() == 1).await;
    assert!(page.says("1 of 5,000 members") && !page.has("button", "Show more"));
    fill(&filter, "nobody");
    page.wait_for_text("No member fits.").await;
}

#[wasm_bindgen_test]
async fn members_and_people_are_found_by_every_form_of_their_names() {
    let names = [
        "Rene\u{301} Probe",
        "Jos\u{e9} O\u{2019}Hara",
        "\u{200f}\u{202e}Noa",
        "\u{5d3}\u{5b8}\u{5d5}\u{5b4}\u{5d3}",
        "\u{ff76}\u{ff9e}\u{ff80}",
        "\u{1112}\u{1161}\u{11ab}",
        "\u{130}pek",
        "Stra\u{df}er",
        "Ada",
    ];
    let id = |number: usize| format!("user_{number}");
    let all: Vec<Value> = (0..names.len())
        .map(|number| member(&id(number), "workspace_user"))
        .collect();
    let page = anthropic("Research", &all);
    let users: Vec<Value> = (0..)
        .zip(names)
        .map(|(number, name)| json!({"id": id(number), "type": "user", "name": name, "email": format!("{number}@example.com"), "role": "user"}))
        .collect();
    page.net.on("GET", USERS, listed(&users));
    page.open("/workspaces/anthropic/wrkspc_1/members");
    page.wait_for_text("0@example.com").await;
    let filter = page.get("searchbox", "Filter members");
    for (typed, found) in [
        ("ren\u{e9}", 0),
        ("PROBE rene", 0),
        ("jose\u{301} o'hara", 1),
        ("noa", 2),
        ("\u{5d3}\u{5d5}\u{5d3}", 3),
        ("\u{30ac}\u{30bf}", 4),
        ("\u{d55c}", 5),
        ("ipek", 6),
        ("strasser", 7),
        ("\u{ff41}\u{ff44}\u{ff41}", 8),
    ] {
        fill(&filter, typed);
        page.until(typed, || {
            let rows = rows(&page);
            rows.len() == 1 && rows[0][0].contains(&id(found))
        })
        .await;
    }
    let whole = page.pane().text_content().unwrap();
    assert!(!whole.contains('\u{202e}'), "it turns nothing around");
}

#[wasm_bindgen_test]
async fn the_default_workspace_explains_that_everybody_is_in_it() {
    let page = anthropic("Default", &[]);
    page.open("/workspaces/anthropic/wrkspc_1/members");
    page.wait_for_text("Everybody is in this workspace").await;
    page.idle().await;
    assert_eq!(reads(&page, MEMBERS), 0);
    assert!(!page.has("button", "Add member") && !page.has("table", "Members"));
}

#[wasm_bindgen_test]
async fn a_new_member_is_chosen_among_the_people_of_the_organization() {
    let page = anthropic("Research", &[member("user_ada", "workspace_admin")]);
    page.open("/workspaces/anthropic/wrkspc_1/members");
    page.press("button", "Add member").await;
    radio(&page, "Bob").await;
    let offered: Vec<String> = all_in(&page.pane(), "radio").iter().map(name).collect();
    assert_eq!(
        offered,
        [
            "Bob bob@example.com user_bob",
            "Cyd cyd@example.com user_cyd"
        ],
        "no members"
    );
    let send = page.get("button", "Add member");
    assert!(is_off(&send));
    page.enter("Find a person", "CYD@");
    page.until("one", || all_in(&page.pane(), "radio").len() == 1)
        .await;
    click(&radio(&page, "Cyd").await);
    let roles: Vec<String> = below(&page.pane(), "select option")
        .iter()
        .map(text)
        .collect();
    assert_eq!(
        roles,
        [
            "Workspace admin",
            "Workspace developer",
            "Workspace restricted developer",
            "Workspace user"
        ]
    );
    page.net.on(
        "POST",
        MEMBERS,
        Reply::json(200, &member("user_cyd", "workspace_user")),
    );
    let after = [
        member("user_ada", "workspace_admin"),
        member("user_cyd", "workspace_user"),
    ];
    page.net.on("GET", MEMBERS, listed(&after));
    page.press("button", "Add Cyd as workspace user").await;
    page.until("two", || {
        page.has("table", "Members") && rows(&page).len() == 2
    })
    .await;
    page.wait_for_text("Cyd was added to Research as workspace user.")
        .await;
    let requests = page.net.requests().into_iter();
    let writes: Vec<_> = requests.filter(|one| one.method != "GET").collect();
    assert_eq!(writes.len(), 1);
    let sent: Value = serde_json::from_str(&writes[0].body).unwrap();
    assert_eq!(
        sent,
        json!({"user_id": "user_cyd", "workspace_role": "workspace_user"})
    );
}

#[wasm_bindgen_test]
async fn where_the_people_cannot_be_read_an_id_can_be_typed() {
    let page = anthropic("Research", &[member("user_ada", "workspace_admin")]);
    page.net.on("GET", USERS, Reply::empty(403));
    page.open("/workspaces/anthropic/wrkspc_1/members");
    page.press("button", "Add member").await;
    page.wait_for_text("The people who can be added could not be loaded")
        .await;
    fill(&page.find("textbox", "User id").await, "user_ada");
    let send = page.find("button", "Add user_ada as workspace user").await;
    page.until("the reason", || is_off(&send)).await;
    assert!(crate::support::look::description(&send).contains("a member already"));
    page.enter("User id", "user_zed");
    let send = page.find("button", "Add user_zed as workspace user").await;
    assert!(!is_off(&send));
    assert!(find_in(&page.pane(), "button", "Refresh").is_some());
}
