//! Adding, changing and removing members: by the service's rules, one at a time, and nothing shown
//! that the service did not say.

use serde_json::{Value, json};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::Element;

use super::{rows, tab};
use crate::support::act::{click, fill, focus, key, submit};
use crate::support::js;
use crate::support::look::{below, description, is_off, text};
use crate::support::net::Reply;
use crate::support::page::{Page, focused};
use crate::support::world::{ME, OWNER, Workspace, World, members, workspace};

const VIC: &str = "auth0|vic";
const ONE: &str = "*/members/auth0%7Cvic";

/// A workspace with these members.
fn with(members: &[(&str, &str)]) -> Workspace {
    let mut one = workspace("ws_1", "One");
    let member = |(user, role): &(&str, &str)| ((*user).to_owned(), (*role).to_owned());
    one.members = Some(members.iter().map(member).collect());
    one
}

async fn at(members: &[(&str, &str)]) -> Page {
    let page = Page::at(&tab("ws_1"), World::of([with(members)]));
    page.find("table", "Members").await;
    page.roles_known().await;
    page
}

fn becomes(page: &Page, members: &[(&str, &str)]) {
    page.net.change(|world| *world.get("ws_1") = with(members));
}

fn select(page: &Page) -> Element {
    let found = below(&page.pane(), "select")
        .pop()
        .expect("a list of roles");
    let label = format!("label[for={}]", found.id());
    assert_eq!(text(&below(&page.pane(), &label)[0]), "Role");
    found
}

fn choose(page: &Page, word: &str) {
    let set =
        "element.value = word; element.dispatchEvent(new InputEvent('input', { bubbles: true }))";
    js("element, word", set, &[&select(page), &word.into()]);
}

fn says(page: &Page) -> String {
    text(&page.dialog().expect("the question stays"))
}

const MANY: [(&str, &str); 3] = [(OWNER, "owner"), (ME, "owner"), (VIC, "viewer")];

#[wasm_bindgen_test]
async fn somebody_is_added_by_id_in_the_weakest_role_unless_another_is_chosen() {
    let page = at(&MANY[..2]).await;
    page.press("button", "Add member").await;
    let field = page.find("textbox", "User id").await;
    page.until("the focus", || {
        focused().is_some_and(|one| one.is_same_node(Some(&field)))
    })
    .await;
    assert!(
        description(&field).contains("id at Altostrat"),
        "{}",
        description(&field)
    );
    let send = page.get("button", "Add member");
    assert!(is_off(&send) && description(&send) == "Type the user id first.");
    submit(&field);
    fill(&field, ME);
    let send = page.find("button", &format!("Add {ME} as viewer")).await;
    assert!(is_off(&send) && description(&send).contains("a member already"));
    click(&send);
    submit(&field);
    assert_eq!(page.net.writes().len(), 0);
    fill(&field, &format!(" {VIC} "));
    page.find("button", "Add auth0|vic as viewer").await;
    choose(&page, "admin");
    page.wait_for_text("reads, edits and manages members").await;
    let held = page.net.hold("POST", &members("ws_1"));
    page.press("button", "Add auth0|vic as admin").await;
    page.until("the request", || held.waiting() == 1).await;
    page.wait_for_text("Changing the members").await;
    submit(&field);
    click(&page.get("button", "Add auth0|vic as admin"));
    assert_eq!(rows(&page).len(), 2, "not before the service said so");
    becomes(&page, &[(OWNER, "owner"), (ME, "owner"), (VIC, "admin")]);
    held.reply(Reply::json(201, &json!({"user_id": VIC, "role": "admin"})));
    page.until("three", || {
        page.has("table", "Members") && rows(&page).len() == 3
    })
    .await;
    page.wait_for_text("auth0|vic was added to One as admin.")
        .await;
    let writes = page.net.writes();
    assert_eq!(writes.len(), 1, "{writes:?}");
    let sent: Value = serde_json::from_str(&writes[0].body).unwrap();
    assert_eq!(sent, json!({"user_id": VIC, "role": "admin"}));
    page.until("the focus back", || {
        focused().is_some_and(|one| text(&one) == "Add member")
    })
    .await;
}

#[wasm_bindgen_test]
async fn a_role_is_changed_by_choosing_and_pressing() {
    let page = at(&MANY).await;
    page.press("button", "Change role of auth0|vic").await;
    let send = page.find("button", "Change role").await;
    assert!(is_off(&send) && description(&send) == "Choose another role first.");
    assert!(page.has("group", "Role of auth0|vic"));
    choose(&page, "admin");
    page.until("the way", || !is_off(&page.get("button", "Change role")))
        .await;
    assert_eq!(page.net.writes().len(), 0, "choosing alone sends nothing");
    let held = page.net.hold("PATCH", ONE);
    click(&page.get("button", "Change role"));
    page.until("the request", || held.waiting() == 1).await;
    let other = page.get("button", &format!("Remove {OWNER}"));
    assert!(is_off(&other) && description(&other).contains("under way"));
    click(&other);
    click(&page.get("button", "Change role"));
    page.idle().await;
    assert!(page.dialog().is_none());
    assert!(rows(&page)[2][1].starts_with("Viewer"), "{:?}", rows(&page));
    becomes(&page, &[(OWNER, "owner"), (ME, "owner"), (VIC, "admin")]);
    held.reply(Reply::json(200, &json!({"user_id": VIC, "role": "admin"})));
    page.wait_for_text("The role of auth0|vic in One is admin now.")
        .await;
    page.until("the role", || rows(&page)[2][1].starts_with("Admin"))
        .await;
    assert_eq!(page.net.writes().len(), 1);
    page.wait_removed("group", "Role of auth0|vic").await;
}

#[wasm_bindgen_test]
async fn a_refused_change_says_why_in_place_and_changes_nothing() {
    let page = at(&MANY).await;
    page.net.on(
        "PATCH",
        ONE,
        Reply::error(422, "role_locked", "Vic stays a viewer."),
    );
    page.press("button", "Change role of auth0|vic").await;
    page.find("button", "Change role").await;
    choose(&page, "admin");
    click(&page.get("button", "Change role"));
    page.wait_for_text("Vic stays a viewer.").await;
    let group = page.get("group", "Role of auth0|vic");
    assert!(
        text(&group).contains("The members were not changed"),
        "{}",
        text(&group)
    );
    assert!(rows(&page)[2][1].starts_with("Viewer"));
    page.press("button", "Cancel").await;
    page.wait_removed("group", "Role of auth0|vic").await;
    assert!(!page.says("Vic stays a viewer."));
    page.until("the focus back", || {
        focused().is_some_and(|one| description(&one).is_empty() && one.id().ends_with("vic"))
    })
    .await;
}

#[wasm_bindgen_test]
async fn the_last_owner_stays_and_the_reason_is_said() {
    let page = at(&[(ME, "owner"), (VIC, "viewer")]).await;
    for label in [
        format!("Change role of {ME}"),
        "Leave this workspace".to_owned(),
    ] {
        let button = page.get("button", &label);
        assert!(is_off(&button), "{label}");
        let said = description(&button);
        assert!(said.contains("last member with the role owner"), "{said}");
        click(&button);
    }
    page.idle().await;
    assert!(page.dialog().is_none() && page.net.writes().is_empty());
}

#[wasm_bindgen_test]
async fn an_admin_deals_in_no_role_above_their_own() {
    let page = at(&[(OWNER, "owner"), (ME, "admin"), (VIC, "viewer")]).await;
    for verb in ["Change role of", "Remove"] {
        let button = page.get("button", &format!("{verb} {OWNER}"));
        assert!(is_off(&button) && description(&button).contains("takes that role yourself"));
    }
    page.press("button", "Change role of auth0|vic").await;
    page.find("button", "Change role").await;
    choose(&page, "owner");
    page.until("the reason", || {
        description(&page.get("button", "Change role")).contains("takes that role yourself")
    })
    .await;
    click(&page.get("button", "Change role"));
    page.idle().await;
    assert_eq!(page.net.writes().len(), 0);
}

#[wasm_bindgen_test]
async fn a_viewer_reads_and_may_leave_and_nothing_else() {
    let page = at(&[(OWNER, "owner"), (ME, "viewer"), (VIC, "viewer")]).await;
    let add = page.get("button", "Add member");
    page.until("the reason", || is_off(&add)).await;
    page.wait_for_text("Managing members takes the role owner or admin. Your role here is viewer.")
        .await;
    click(&add);
    page.idle().await;
    assert!(!page.has("textbox", "User id"));
    assert!(
        !page.has("button", "Remove auth0|vic") && !page.has("button", "Change role of auth0|vic")
    );
    page.press("button", "Leave this workspace").await;
    page.find("dialog", "Leave One").await;
    let said = says(&page);
    assert!(said.contains("You lose the role viewer here."), "{said}");
    page.net
        .on("DELETE", "*/members/auth0%7Cme", Reply::empty(204));
    page.net.change(|world| world.workspaces.clear());
    page.press("button", "Leave One").await;
    page.wait_for_text("You left One.").await;
    page.wait_removed("dialog", "Leave One").await;
    page.list(&[]).await;
}

#[wasm_bindgen_test]
async fn taking_somebody_out_asks_first_and_says_whom_and_where() {
    let page = at(&MANY).await;
    let opener = page.get("button", "Remove auth0|vic");
    focus(&opener);
    key("Enter");
    page.find("dialog", "Remove auth0|vic from One").await;
    let said = says(&page);
    for words in [
        "Altostrat · One · ws_1",
        VIC,
        "They lose the role viewer here.",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
    key("Escape");
    page.wait_removed("dialog", "Remove auth0|vic from One")
        .await;
    page.until("the focus back", || {
        focused().is_some_and(|one| one.id().ends_with("vic"))
    })
    .await;
    assert_eq!(page.net.writes().len(), 0);
    page.press("button", "Remove auth0|vic").await;
    let title = "Remove auth0|vic from One";
    page.find("dialog", title).await;
    let held = page.net.hold("DELETE", ONE);
    let button = page.get("button", title);
    for _ in 0..3 {
        click(&button);
    }
    page.until("the request", || held.waiting() == 1).await;
    key("Escape");
    page.idle().await;
    assert!(
        page.has("dialog", title),
        "it stays until there is an answer"
    );
    becomes(&page, &MANY[..2]);
    held.reply(Reply::empty(204));
    page.wait_removed("dialog", title).await;
    page.until("two", || {
        page.has("table", "Members") && rows(&page).len() == 2
    })
    .await;
    page.wait_for_text("auth0|vic was removed from One.").await;
    assert_eq!(page.net.writes().len(), 1);
}

#[wasm_bindgen_test]
async fn an_unknown_outcome_is_said_and_the_list_is_what_the_service_says() {
    let page = at(&MANY).await;
    page.net.on("DELETE", ONE, Reply::lost());
    page.net.on("GET", &members("ws_1"), Reply::empty(503));
    page.hurry(100);
    page.press("button", "Remove auth0|vic").await;
    let title = "Remove auth0|vic from One";
    page.find("dialog", title).await;
    click(&page.get("button", title));
    page.wait_for_text("It is not known whether the members were changed")
        .await;
    assert_eq!(page.net.writes().len(), 1);
    page.net.as_usual();
    becomes(&page, &MANY[..2]);
    page.press("button", "Refresh").await;
    page.press("button", "Keep member").await;
    page.wait_removed("dialog", title).await;
    page.until("two", || {
        page.has("table", "Members") && rows(&page).len() == 2
    })
    .await;
}

#[wasm_bindgen_test]
async fn a_full_workspace_takes_nobody_more() {
    let many: Vec<String> = (0..99).map(|n| format!("auth0|{n:03}")).collect();
    let mut all = vec![(ME, "owner")];
    all.extend(many.iter().map(|user| (user.as_str(), "viewer")));
    let page = at(&all).await;
    let add = page.get("button", "Add member");
    page.until("the reason", || is_off(&add)).await;
    assert!(description(&add).contains("as many members as the service allows: 100"));
    assert_eq!(rows(&page).len(), 100);
    fill(&page.get("searchbox", "Filter members"), "owner");
    page.until("me", || rows(&page).len() == 1).await;
    assert!(page.says("1 of 100 members"));
}
