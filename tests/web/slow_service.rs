//! Slow and offline, calmly: what this tab kept of the list stands in for it, and pauses are counted.

use serde_json::json;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::Element;

use super::sign_in_again::{AGAIN, in_dialog};
use crate::support::act::{click, fill, focus, submit};
use crate::support::js;
use crate::support::look::{all_in, description, find_in, is_off, name, text};
use crate::support::net::Reply;
use crate::support::page::{Page, all_of, focused, local, session, token_of};
use crate::support::world::{LIST, ME, World, item, members, open, workspace};

const KEY: &str = "steward.list/altostrat";

/// The only page of it.
const PAGE: &str = "steward.list/altostrat#0";

fn kept() -> Option<String> {
    session().get_item(KEY).unwrap()
}

/// Presses "Refresh" in a note, by its focus, and waits until a heading has that.
async fn again_leads_to(page: &Page, words: &str, heading: &str) {
    page.net.as_usual();
    let again = find_in(&note(page, words).unwrap(), "button", "Refresh").unwrap();
    focus(&again);
    click(&again);
    page.until("focus on the heading", || {
        focused().is_some_and(|one| one.tag_name().starts_with('H') && text(&one) == heading)
    })
    .await;
}

/// A page of which the tab has kept the list.
async fn seen(world: World) -> Page {
    let page = Page::at("/workspaces", world);
    page.until("the list to be kept", || kept().is_some()).await;
    page
}

fn tell(event: &str, online: bool) {
    let make = "Object.defineProperty(navigator, 'onLine', { value: online, configurable: true }); \
        window.dispatchEvent(new Event(name))";
    js("name, online", make, &[&event.into(), &online.into()]);
}

/// Lets the browser say again what it knows.
fn connect() {
    js("", "delete navigator.onLine", &[]);
}

fn note(page: &Page, words: &str) -> Option<Element> {
    let all = page.all("status").into_iter().chain(page.all("alert"));
    all.filter(|one| text(one).contains(words)).last()
}

#[wasm_bindgen_test]
async fn a_list_that_lets_one_wait_after_a_reload_is_stood_in_for_by_the_one_before() {
    let page = seen(World::small()).await;
    page.hurry(10);
    page.roles_known().await;
    page.net.forget();
    let held = page.net.hold("GET", LIST);
    page.reload().await;
    page.until("the request", || held.waiting() == 1).await;
    assert!(page.rows().is_empty(), "at first nothing is covered up");
    page.list(&["Acme prod", "Beta lab", "Core"]).await;
    assert!(page.says("Waiting for the service to send the list."));
    let said = text(&note(&page, "Loading workspaces").unwrap());
    assert!(
        said.contains("What you see is from ") && said.contains("now"),
        "{said}"
    );
    assert!(page.says("3 of 4 workspaces"), "what is there is counted");
    let edit = page.row_button("Edit", "Acme prod");
    assert!(is_off(&edit), "nothing is known of my role");
    assert_eq!(page.net.count("GET", &members("ws_core")), 0);

    // A workspace that is gone leaves, a new one comes; focus stays.
    focus(&page.get("link", "Core"));
    page.net.change(|world| {
        world.workspaces.retain(|one| one.id != "ws_beta");
        world.workspaces.push(workspace("ws_new", "New one"));
    });
    page.net.as_usual();
    held.pass();
    page.list(&["Acme prod", "Core", "New one"]).await;
    assert!(!page.says("What you see is from"));
    assert_eq!(focused().map(|one| name(&one)).as_deref(), Some("Core"));
    page.roles_known().await;
    page.until("the way to edit", || {
        !is_off(&page.row_button("Edit", "Acme prod"))
    })
    .await;
}

#[wasm_bindgen_test]
async fn a_list_that_fails_after_a_reload_shows_the_one_before_at_once() {
    let page = seen(World::small()).await;
    page.net.on("GET", LIST, Reply::lost());
    page.reload().await;
    page.list(&["Acme prod", "Beta lab", "Core"]).await;
    page.wait_for_text("The list could not be loaded").await;
    assert!(page.says("What you see is from"));
    assert!(kept().is_some(), "what was kept stays for the next time");
    // Searching goes on in it.
    fill(&page.get("searchbox", "Search workspaces"), "beta");
    page.list(&["Beta lab"]).await;
}

#[wasm_bindgen_test]
async fn cancelling_leaves_the_rows_from_before_and_the_way_to_load_again() {
    let page = seen(World::small()).await;
    page.hurry(40);
    let held = page.net.hold("GET", LIST);
    page.reload().await;
    page.press("button", "Cancel").await;
    page.until("the request's end", || held.waiting() == 0)
        .await;
    page.wait_for_text("You stopped waiting for the list.")
        .await;
    assert_eq!(page.listed(), ["Acme prod", "Beta lab", "Core"]);
    assert!(page.says("What you see is from"));
    page.until("focus in the page", || {
        focused().is_some_and(|one| text(&one) == "Workspaces")
    })
    .await;
    page.net.as_usual();
    let stopped = note(&page, "You stopped waiting").unwrap();
    click(&find_in(&stopped, "button", "Refresh").unwrap());
    page.until("the note to go", || !page.says("What you see is from"))
        .await;
}

#[wasm_bindgen_test]
async fn who_did_not_ask_to_be_kept_has_no_list_kept() {
    let page = Page::new(World::small());
    let signed = json!({
        "account": "altostrat", "place": "altostrat", "label": "Altostrat", "kept": false,
        "token": token_of(ME), "expires": null,
    });
    page.keep(&signed);
    page.open("/workspaces");
    page.list(&["Acme prod", "Beta lab", "Core"]).await;
    page.roles_known().await;
    page.idle().await;
    assert_eq!(kept(), None);
    assert!(!all_of(&session()).contains("Acme prod"));
}

#[wasm_bindgen_test]
async fn what_is_kept_is_in_this_tab_alone_and_has_no_credential() {
    let page = seen(World::small()).await;
    let list = session().get_item(PAGE).unwrap().unwrap();
    assert!(list.contains("Acme prod"));
    let token = token_of(ME);
    for text in [list, kept().unwrap()] {
        assert!(!text.contains(&token) && !text.contains("Bearer"));
    }
    assert!(!all_of(&local()).contains("Acme"));
    drop(page);
}

#[wasm_bindgen_test]
async fn signing_out_and_an_ended_session_leave_no_list() {
    let page = seen(World::small()).await;
    page.net.on("GET", LIST, Reply::empty(401));
    click(&page.get("button", "Refresh"));
    page.wait_for_text("Session ended").await;
    assert_eq!(kept(), None);
    drop(page);

    let page = seen(World::small()).await;
    page.press("link", "Accounts").await;
    page.press("button", "Sign out").await;
    page.find("heading", "Sign in to Steward").await;
    assert_eq!(kept(), None);
    assert!(!all_of(&session()).contains("Acme"));
}

#[wasm_bindgen_test]
async fn a_list_without_a_session_of_another_person_or_unreadable_is_dropped() {
    let page = Page::new(World::small());
    session().set_item(KEY, r#"{"at":1,"pages":1}"#).unwrap();
    session().set_item(PAGE, r#"{"data":[]}"#).unwrap();
    page.open("/workspaces");
    page.find("heading", "Sign in to Steward").await;
    page.until("it to go", || !all_of(&session()).contains("steward.list"))
        .await;
    drop(page);

    let whole = r#"{"data":[{"id":"a","name":"A"}],"has_more":false}"#;
    for (head, list) in [
        ("", whole),
        ("{}", whole),
        (r#"{"at":1,"me":"user_me","pages":1}"#, "<html>"),
        (r#"{"at":1,"me":"user_me","pages":2}"#, whole),
        (r#"{"at":1,"me":"x","pages":1}"#, whole),
    ] {
        let page = Page::new(World::small());
        page.sign_in();
        session().set_item(KEY, head).unwrap();
        session().set_item(PAGE, list).unwrap();
        page.net.on("GET", LIST, Reply::empty(403));
        page.open("/workspaces");
        page.find("heading", "The list could not be loaded").await;
        page.until("it to go", || !all_of(&session()).contains("steward.list"))
            .await;
        assert!(page.rows().is_empty());
    }
}

#[wasm_bindgen_test]
async fn storage_that_is_full_breaks_nothing_and_leaves_room_for_what_is_typed() {
    let page = Page::new(World::many(300));
    page.sign_in();
    let fill = "let size = 4000000; for (let at = 0; size > 100; at += 1) { \
        try { sessionStorage.setItem('fill' + at, 'x'.repeat(size)) } catch { size = Math.floor(size / 2) } }";
    js("", fill, &[]);
    page.open("/workspaces");
    page.until("rows", || !page.rows().is_empty()).await;
    page.idle().await;
    page.idle().await;
    assert_eq!(kept(), None);
    assert!(
        !all_of(&session()).contains("steward.list"),
        "nor a part of it"
    );
    drop(page);
    session().clear().unwrap();
}

#[wasm_bindgen_test]
async fn without_a_network_what_is_there_stays_and_changes_are_explained() {
    let page = Page::at("/workspaces", World::small());
    page.list(&["Acme prod", "Beta lab", "Core"]).await;
    page.roles_known().await;
    let edit = || page.row_button("Edit", "Acme prod");
    assert!(!is_off(&edit()));
    for path in [LIST, "/config.json"] {
        page.net.on("GET", path, Reply::lost());
    }
    tell("offline", false);
    page.wait_for_text("There is no network.").await;
    page.until("the buttons to wait", || is_off(&edit())).await;
    assert!(description(&edit()).contains("This can be done when it is back"));
    assert_eq!(page.listed(), ["Acme prod", "Beta lab", "Core"]);

    page.net.as_usual();
    let before = page.net.count("GET", LIST);
    tell("online", true);
    page.until("the list to be read again", || {
        page.net.count("GET", LIST) == before + 1
    })
    .await;
    page.until("it to be said", || {
        page.announced().contains("The network is back.")
    })
    .await;
    page.until("the buttons", || !is_off(&edit())).await;
    assert!(!page.says("There is no network."));
    connect();
}

#[wasm_bindgen_test]
async fn a_pause_is_counted_down_and_the_list_is_read_again_by_itself_once() {
    let page = Page::at("/workspaces", World::small());
    page.list(&["Acme prod", "Beta lab", "Core"]).await;
    page.roles_known().await;
    // Longer than is waited for: the person is told, and the way on is there when it is over.
    let busy = Reply::empty(503).header("retry-after", "61");
    page.net.on("GET", LIST, busy);
    click(&page.get("button", "Refresh"));
    page.wait_for_text("The service asked for a pause: ").await;
    let alert = note(&page, "The list could not be loaded").unwrap();
    let again = find_in(&alert, "button", "Refresh").unwrap();
    page.until("it to wait", || is_off(&again)).await;
    let asked = page.net.count("GET", LIST);
    click(&again);
    page.idle().await;
    assert_eq!(page.net.count("GET", LIST), asked, "not before its time");
    let timer = all_in(&alert, "timer");
    assert_eq!(timer.len(), 1, "the seconds are seen, not announced");
    page.until("the beginning to be said", || {
        page.announced().contains("asked for a pause")
    })
    .await;
    let said = page.announced();
    page.until("a second to pass", || {
        text(&timer[0]).contains("59 seconds")
    })
    .await;
    assert_eq!(page.announced(), said, "it is no news every second");

    page.pass(61_000);
    page.until("one more request by itself", || {
        page.net.count("GET", LIST) == asked + 1
    })
    .await;
    // The next pause is its person's.
    page.pass(62_000);
    page.until("the way on", || {
        let alert = note(&page, "The list could not be loaded");
        alert
            .and_then(|alert| find_in(&alert, "button", "Refresh"))
            .is_some_and(|again| !is_off(&again))
    })
    .await;
    assert_eq!(page.net.count("GET", LIST), asked + 1);
}

#[wasm_bindgen_test]
async fn focus_goes_on_to_the_heading_when_the_way_out_of_a_failure_has_been_taken() {
    let page = Page::at("/workspaces", World::small());
    page.list(&["Acme prod", "Beta lab", "Core"]).await;
    page.net.on("GET", LIST, Reply::empty(403));
    click(&page.get("button", "Refresh"));
    page.wait_for_text("The list could not be loaded").await;
    again_leads_to(&page, "could not be loaded", "Workspaces").await;
    drop(page);

    let page = Page::new(World::small());
    page.sign_in();
    page.net.on("GET", &members("ws_core"), Reply::empty(403));
    page.open(&[&open("ws_core"), "/members"].concat());
    page.wait_for_text("The members could not be loaded").await;
    again_leads_to(&page, "could not be loaded", "Core").await;
}

#[wasm_bindgen_test]
async fn a_linked_workspace_that_met_an_ended_session_is_read_once_there_is_one_again() {
    let page = Page::new(World::small());
    page.sign_in();
    page.net.on(
        "GET",
        LIST,
        Reply::json(200, &json!({"data": [], "has_more": false})),
    );
    page.net.on("GET", &item("ws_core"), Reply::empty(401));
    page.open(&open("ws_core"));
    page.wait_for_text("Session ended").await;
    page.net.as_usual();
    page.net.on(
        "GET",
        LIST,
        Reply::json(200, &json!({"data": [], "has_more": false})),
    );
    let again = page.all("button").into_iter();
    click(
        &again
            .filter(|one| name(one) == "Sign in again")
            .last()
            .unwrap(),
    );
    page.find("dialog", AGAIN).await;
    page.net.on(
        "GET",
        "/api/altostrat-signin/userinfo",
        Reply::json(200, &json!({"sub": ME, "name": "Mia Me"})),
    );
    let field = in_dialog(&page, "textbox", "Access token");
    fill(&field, &token_of(ME));
    submit(&field);
    page.find("heading", "Core").await;
}
