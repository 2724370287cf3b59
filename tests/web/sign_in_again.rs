//! A session that ends while its person is at work: one dialog, nothing lost, what was sent goes on
//! once and for the same person alone.

use serde_json::json;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::Element;

use crate::support::act::{click, fill, key, submit};
use crate::support::look::{find_in, text, value};
use crate::support::net::Reply;
use crate::support::page::{
    ALONE, Page, address, all_of, asks_before_leaving, focused, session, token_of,
};
use crate::support::world::{LIST, ME, OWNER, World, edit, item, members};
use crate::support::{get, js, swap};
use steward::browser::clock;

pub const AGAIN: &str = "Sign in again to Altostrat";
const TITLE: &str = "Archive Acme prod";
pub const TOKEN: &str = "/api/altostrat-signin/oauth/token";
const USERINFO: &str = "/api/altostrat-signin/userinfo";

/// The form with a new name in it, saved into a session that has ended.
pub async fn interrupted() -> Page {
    let page = Page::at(&edit("ws_acme"), World::small());
    page.find("textbox", "Name").await;
    page.roles_known().await;
    page.enter("Name", "Acme \u{1F98A} production");
    page.net.once("PATCH", &item("ws_acme"), Reply::empty(401));
    page.press("button", "Save changes").await;
    page.find("dialog", AGAIN).await;
    page
}

pub fn patches(page: &Page) -> usize {
    page.net.count("PATCH", &item("ws_acme"))
}

/// What stands in the form beneath the dialog, where no role leads.
fn beneath(page: &Page) -> String {
    let field = page.root.query_selector("#field-name").unwrap();
    value(&field.expect("the form is there"))
}

pub fn in_dialog(page: &Page, role: &str, name: &str) -> Element {
    find_in(&page.get("dialog", AGAIN), role, name).expect("it is in the dialog")
}

/// Signs in with a token, in the dialog.
fn sign_in(page: &Page, person: &str) {
    let who = json!({"sub": person, "name": "Mia Me"});
    page.net.on("GET", USERINFO, Reply::json(200, &who));
    let field = in_dialog(page, "textbox", "Access token");
    fill(&field, &token_of(person));
    submit(&field);
}

#[wasm_bindgen_test]
async fn a_save_is_sent_once_more_when_the_same_person_has_signed_in_on_top_of_it() {
    let page = interrupted().await;
    let words = text(&page.get("dialog", AGAIN));
    for part in [
        "Altostrat",
        "no longer accepts this session",
        "sent once more",
    ] {
        assert!(words.contains(part), "{part} in {words}");
    }
    assert_eq!(beneath(&page), "Acme \u{1F98A} production");
    page.net.forget();
    sign_in(&page, ME);
    page.wait_for_text("Changes to Acme \u{1F98A} production are saved.")
        .await;
    page.wait_removed("dialog", AGAIN).await;
    page.idle().await;
    assert_eq!(patches(&page), 1);
    let sent = page.net.writes().pop().unwrap();
    assert_eq!(sent.body, "{\"name\":\"Acme \u{1F98A} production\"}");
    let requests = page.net.requests();
    let at = |path: &str| requests.iter().position(|one| one.path == path);
    assert!(
        at(&members("ws_acme")) < at(&item("ws_acme")),
        "the role is looked up before"
    );
    assert!(page.left_for().is_empty());
    assert!(!address().contains(&token_of(ME)));
}

#[wasm_bindgen_test]
async fn however_many_calls_fail_together_one_dialog_is_there() {
    let page = Page::at(&edit("ws_acme"), World::small());
    page.find("textbox", "Name").await;
    page.roles_known().await;
    page.enter("Name", "Half a thought");
    page.net.on("GET", LIST, Reply::empty(401));
    page.net.on("GET", "*/members", Reply::empty(401));
    page.net.on("PATCH", &item("ws_acme"), Reply::empty(401));
    click(&page.get("button", "Refresh"));
    click(&page.get("button", "Save changes"));
    page.find("dialog", AGAIN).await;
    page.idle().await;
    assert_eq!(page.all("dialog").len(), 1);
    assert_eq!(beneath(&page), "Half a thought");
    let before = page.net.requests().len();
    page.idle().await;
    assert_eq!(page.net.requests().len(), before, "nothing is asked on");
    key("Escape");
    page.wait_removed("dialog", AGAIN).await;
    assert!(
        page.listed().contains(&"Beta lab".to_owned()),
        "all is there"
    );
}

#[wasm_bindgen_test]
async fn a_session_that_ends_behind_a_form_asks_once_and_not_again_after_it_was_closed() {
    let page = Page::at(&edit("ws_acme"), World::small());
    page.find("textbox", "Name").await;
    page.roles_known().await;
    page.enter("Name", "Half a thought");
    page.net.on("GET", LIST, Reply::empty(401));
    click(&page.get("button", "Refresh"));
    page.find("dialog", AGAIN).await;
    key("Escape");
    page.wait_removed("dialog", AGAIN).await;
    page.enter("Name", "Acme prod");
    page.enter("Name", "Half another thought");
    page.idle().await;
    assert!(page.all("dialog").is_empty(), "it is theirs to open");
    assert_eq!(value(&page.get("textbox", "Name")), "Half another thought");
    assert!(asks_before_leaving());
    page.net.as_usual();
    page.press("button", "Sign in again").await;
    page.find("dialog", AGAIN).await;
    sign_in(&page, ME);
    page.wait_removed("dialog", AGAIN).await;
    page.idle().await;
    assert_eq!(patches(&page), 0, "nobody had pressed Save");
    assert_eq!(value(&page.get("textbox", "Name")), "Half another thought");
}

#[wasm_bindgen_test]
async fn what_was_sent_does_not_go_on_by_itself_once_the_dialog_was_closed() {
    let page = interrupted().await;
    click(&in_dialog(&page, "button", "Not now"));
    page.wait_removed("dialog", AGAIN).await;
    click(&page.in_pane("button", "Sign in again"));
    page.find("dialog", AGAIN).await;
    assert!(!text(&page.get("dialog", AGAIN)).contains("once more"));
    sign_in(&page, ME);
    page.wait_removed("dialog", AGAIN).await;
    page.idle().await;
    assert_eq!(patches(&page), 1, "the one that was refused");
    page.until("Save is ready", || {
        !crate::support::look::is_off(&page.get("button", "Save changes"))
    })
    .await;
    page.press("button", "Save changes").await;
    page.wait_for_text("are saved.").await;
    assert_eq!(patches(&page), 2);
}

#[wasm_bindgen_test]
async fn an_archive_is_never_sent_again_by_itself_and_stands_ready() {
    let page = Page::at("/workspaces", World::small());
    page.roles_known().await;
    page.net.once("DELETE", &item("ws_acme"), Reply::empty(401));
    click(&page.row_button("Archive", "Acme prod"));
    let field = page.find("textbox", "Type the name to confirm").await;
    fill(&field, "Acme prod");
    click(&page.get("button", TITLE));
    page.find("dialog", AGAIN).await;
    assert!(text(&page.get("dialog", AGAIN)).contains("confirmed again"));
    sign_in(&page, ME);
    page.wait_removed("dialog", AGAIN).await;
    page.until("no failure", || {
        !text(&page.get("dialog", TITLE)).contains("no longer accepts")
    })
    .await;
    page.idle().await;
    assert_eq!(page.net.count("DELETE", &item("ws_acme")), 1);
    let field = page.get("textbox", "Type the name to confirm");
    assert_eq!(value(&field), "Acme prod", "the typed name stays");
    page.until("it can be confirmed", || {
        !crate::support::look::is_off(&page.get("button", TITLE))
    })
    .await;
    click(&page.get("button", TITLE));
    page.wait_removed("dialog", TITLE).await;
    assert_eq!(page.net.count("DELETE", &item("ws_acme")), 2);
}

#[wasm_bindgen_test]
async fn somebody_else_sees_no_draft_sends_nothing_and_is_told_how_the_first_gets_it_back() {
    let page = interrupted().await;
    sign_in(&page, OWNER);
    let told = page.find("dialog", "Somebody else has signed in").await;
    let words = text(&told);
    for part in [
        "Nothing was sent",
        "Altostrat 2",
        "is kept in this tab and not shown",
    ] {
        assert!(words.contains(part), "{part} in {words}");
    }
    page.idle().await;
    assert_eq!(patches(&page), 1, "the one that was refused");
    assert!(!page.has("textbox", "Name"));
    assert!(address().starts_with("/workspaces") && !address().contains("edit"));
    assert!(all_of(&session()).contains("\u{1F98A}"), "it is kept");
    click(&find_in(&told, "button", "Go on").unwrap());
    page.wait_removed("dialog", "Somebody else has signed in")
        .await;
    assert!(!page.says("\u{1F98A}"));

    // Whoever opens the form of the first person's account finds what the service has.
    let link = "return [...root.querySelectorAll('table a')] \
        .find(({ href }) => href.includes('/workspaces/altostrat/ws_acme'))";
    click(&js("root", link, &[&page.root]).into());
    click(&page.find_in_pane("button", "Edit Acme prod").await);
    let name = page.find("textbox", "Name").await;
    assert_eq!(value(&name), "Acme prod");
    fill(&name, "Not yours");
    fill(&name, "Acme prod");
    assert!(
        all_of(&session()).contains("\u{1F98A}"),
        "nor can they touch it"
    );
    page.press("button", "Cancel").await;

    // The first person is back.
    page.press("button", "Sign in again").await;
    page.find("dialog", AGAIN).await;
    sign_in(&page, ME);
    page.wait_removed("dialog", AGAIN).await;
    click(&page.find_in_pane("button", "Edit Acme prod").await);
    page.until("the draft", || {
        page.query("textbox", "Name")
            .is_some_and(|name| value(&name) == "Acme \u{1F98A} production")
    })
    .await;
    assert_eq!(patches(&page), 1, "and it is theirs to save");
}

#[wasm_bindgen_test]
async fn a_reply_of_the_former_session_does_not_end_the_new_one() {
    let page = Page::new(World::small());
    page.sign_in();
    let late = page.net.hold("GET", &members("ws_beta"));
    page.open(&edit("ws_acme"));
    page.until("the members of another", || late.waiting() == 1)
        .await;
    page.find("textbox", "Name").await;
    page.enter("Name", "Half a thought");
    page.until("Save is ready", || {
        !crate::support::look::is_off(&page.get("button", "Save changes"))
    })
    .await;
    page.net.once("PATCH", &item("ws_acme"), Reply::empty(401));
    page.press("button", "Save changes").await;
    page.find("dialog", AGAIN).await;
    sign_in(&page, ME);
    page.wait_removed("dialog", AGAIN).await;
    late.reply(Reply::empty(401));
    page.wait_for_text("are saved.").await;
    page.idle().await;
    assert!(!page.says("Session ended") && page.all("dialog").is_empty());
}

#[wasm_bindgen_test]
async fn what_goes_wrong_in_the_dialog_is_said_there_and_tried_again_by_keys_alone() {
    let page = interrupted().await;
    page.net.on("GET", USERINFO, Reply::empty(401));
    let field = in_dialog(&page, "textbox", "Access token");
    fill(&field, "wr0ng");
    crate::support::act::focus(&field);
    key("Enter");
    page.wait_for_text("Signing in did not work").await;
    page.until("the focus in the field", || {
        focused().is_some_and(|focused| focused.is_same_node(Some(&field)))
    })
    .await;
    assert_eq!((value(&field).as_str(), patches(&page)), ("", 1));
    fill(&field, &token_of(ME));
    let who = json!({"sub": ME, "name": "Mia Me"});
    page.net.on("GET", USERINFO, Reply::json(200, &who));
    key("Enter");
    page.wait_for_text("are saved.").await;
    assert_eq!(patches(&page), 2);
}

#[wasm_bindgen_test]
async fn a_session_that_can_renew_itself_does_so_and_nobody_is_asked() {
    let page = Page::new(World::small());
    page.keep(&json!({
        "account": "altostrat", "place": "altostrat", "label": "Altostrat", "kept": true,
        "token": token_of(ME), "refresh": "r1", "expires": clock::now() + 3_600_000.0,
    }));
    page.configure(ALONE);
    page.open(&edit("ws_acme"));
    page.find("textbox", "Name").await;
    page.roles_known().await;
    page.enter("Name", "Acme production");
    let grant = json!({"access_token": token_of(ME), "refresh_token": "r2", "token_type": "Bearer", "expires_in": 900});
    page.net.on("POST", TOKEN, Reply::json(200, &grant));
    page.net.once("PATCH", &item("ws_acme"), Reply::empty(401));
    // The device has slept.
    let date = get(&js_sys::global(), "Date");
    let later = js("", "const now = Date.now; return () => now() + 120000", &[]);
    let now = swap(&date, "now", &later);
    page.press("button", "Save changes").await;
    page.wait_for_text("Changes to Acme production are saved.")
        .await;
    swap(&date, "now", &now);
    assert_eq!((page.net.count("POST", TOKEN), patches(&page)), (1, 2));
    assert!(page.all("dialog").is_empty());
    assert!(all_of(&session()).contains("r2") && !all_of(&session()).contains("r1"));
}

#[wasm_bindgen_test]
async fn the_end_of_a_session_that_cannot_renew_itself_is_told_ahead_with_a_way_to_extend_it() {
    let page = Page::new(World::small());
    page.keep(&json!({
        "account": "altostrat", "place": "altostrat", "label": "Altostrat", "kept": true,
        "token": token_of(ME), "expires": clock::now() + 3_000.0,
    }));
    page.open("/workspaces");
    page.list(&["Acme prod", "Beta lab", "Core"]).await;
    page.wait_for_text("Your session at Altostrat ends within two minutes.")
        .await;
    page.press("button", "Extend session").await;
    page.find("dialog", AGAIN).await;
    assert!(text(&page.get("dialog", AGAIN)).contains("nothing is interrupted"));
    sign_in(&page, ME);
    page.wait_removed("dialog", AGAIN).await;
    page.until("no warning", || !page.says("ends within two minutes"))
        .await;
}
