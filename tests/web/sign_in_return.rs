//! Coming back from the service's sign-in page, a session that is kept, and signing out.

use serde_json::json;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::act::click;
use crate::support::js;
use crate::support::net::Reply;
use crate::support::page::{Page, address, all_of, history_length, local, session, token_of};
use crate::support::world::{LIST, ME, World, edit, workspace};
use steward::browser::clock;

const TOKEN: &str = "/api/altostrat-signin/oauth/token";
const USERINFO: &str = "/api/altostrat-signin/userinfo";
const REVOKE: &str = "/api/altostrat-signin/oauth/revoke";

/// A tab that a sign-in left from.
fn left(keep: bool) -> Page {
    let page = Page::new(World::small());
    let pending = json!({
        "state": "st4te", "verifier": "the-verifier-of-this-tab-0123456789-abcdefgh",
        "account": "altostrat", "next": "/workspaces?state=all", "keep": keep,
    });
    session()
        .set_item("steward.sign-in", &pending.to_string())
        .unwrap();
    let grant = json!({
        "access_token": token_of(ME), "refresh_token": "r3fresh", "token_type": "Bearer", "expires_in": 900,
    });
    page.net.on("POST", TOKEN, Reply::json(200, &grant));
    page
}

fn form(body: &str, name: &str) -> String {
    let read = "return new URLSearchParams(body).get(name) ?? ''";
    js("body, name", read, &[&body.into(), &name.into()])
        .as_string()
        .unwrap()
}

#[wasm_bindgen_test]
async fn a_return_is_exchanged_once_and_its_code_leaves_the_address_at_once() {
    let page = left(false);
    let held = page.net.hold("POST", TOKEN);
    let before = history_length();
    page.open("/sign-in/callback?code=c0de&state=st4te");
    page.until("the exchange", || held.waiting() == 1).await;
    assert!(!address().contains("c0de"), "{}", address());
    assert_eq!(
        history_length(),
        before,
        "the code must not stay in the history either"
    );
    let sent = page.net.requests().pop().unwrap();
    assert_eq!(form(&sent.body, "grant_type"), "authorization_code");
    assert_eq!(form(&sent.body, "code"), "c0de");
    assert_eq!(
        form(&sent.body, "code_verifier"),
        "the-verifier-of-this-tab-0123456789-abcdefgh"
    );
    assert!(form(&sent.body, "redirect_uri").ends_with("/sign-in/callback"));
    assert!(
        session().get_item("steward.sign-in").unwrap().is_none(),
        "used once"
    );
    let grant = json!({"access_token": token_of(ME), "token_type": "Bearer", "expires_in": 900});
    held.reply(Reply::json(200, &grant));
    page.list(&["Acme prod", "Beta lab", "Core", "Old shop"])
        .await;
    assert_eq!(address(), "/workspaces?state=all");
    assert_eq!(page.net.count("POST", TOKEN), 1);
    assert_eq!(all_of(&session()), "{}", "nothing is kept unless asked for");
}

#[wasm_bindgen_test]
async fn a_session_that_is_kept_has_its_refresh_token_in_this_tab_alone() {
    let page = left(true);
    page.open("/sign-in/callback?code=c0de&state=st4te");
    page.find("link", "Acme prod").await;
    assert!(all_of(&session()).contains("r3fresh"));
    assert!(!all_of(&local()).contains("r3fresh"));
}

#[wasm_bindgen_test]
async fn a_return_with_another_state_or_without_a_sign_in_is_refused() {
    let page = left(false);
    page.open("/sign-in/callback?code=c0de&state=forged");
    page.wait_for_text("This sign-in was not started here")
        .await;
    assert_eq!(page.net.requests().len(), 0);
    assert_eq!(address(), "/sign-in");
    drop(page);
    let page = Page::new(World::small());
    page.open("/sign-in/callback?code=c0de&state=st4te");
    page.wait_for_text("This sign-in was not started here")
        .await;
    assert_eq!(page.net.requests().len(), 0);
}

#[wasm_bindgen_test]
async fn a_refusal_of_the_service_is_shown_in_its_own_words() {
    let page = left(false);
    page.open(
        "/sign-in/callback?error=access_denied&error_description=Mia%20said%20no&state=st4te",
    );
    page.wait_for_text("Mia said no").await;
    assert_eq!(page.net.requests().len(), 0);
    page.find("button", "Continue with Altostrat").await;
}

#[wasm_bindgen_test]
async fn a_code_that_is_no_longer_good_is_said_and_one_can_start_again() {
    let page = left(false);
    page.net.on(
        "POST",
        TOKEN,
        Reply::json(400, &json!({"error": "invalid_grant"})),
    );
    page.open("/sign-in/callback?code=c0de&state=st4te");
    page.wait_for_text("Signing in did not work").await;
    assert_eq!(page.net.count("POST", TOKEN), 1);
    page.find("button", "Continue with Altostrat").await;
}

#[wasm_bindgen_test]
async fn a_kept_session_that_has_run_out_is_renewed_once_before_anything_is_asked() {
    let page = left(true);
    let kept = json!({
        "account": "altostrat", "place": "altostrat", "label": "Altostrat", "kept": true,
        "token": "0ld", "refresh": "r1", "expires": clock::now() - 1000.0,
    });
    page.keep(&kept);
    page.open("/workspaces");
    page.find("link", "Acme prod").await;
    let requests = page.net.requests();
    assert_eq!(
        (requests[0].path.as_str(), page.net.count("POST", TOKEN)),
        (TOKEN, 1)
    );
    assert_eq!(form(&requests[0].body, "refresh_token"), "r1");
    let list = requests
        .iter()
        .find(|request| request.path == LIST)
        .unwrap();
    assert_eq!(
        list.headers["authorization"],
        format!("Bearer {}", token_of(ME))
    );
}

#[wasm_bindgen_test]
async fn a_kept_session_that_cannot_be_renewed_ends_at_the_sign_in_page() {
    let page = left(true);
    page.net.on(
        "POST",
        TOKEN,
        Reply::json(400, &json!({"error": "invalid_grant"})),
    );
    page.net.on("GET", USERINFO, Reply::empty(401));
    let kept = json!({
        "account": "altostrat", "place": "altostrat", "label": "Altostrat", "kept": true,
        "token": "0ld", "refresh": "r1", "expires": clock::now() - 1000.0,
    });
    page.keep(&kept);
    page.open("/workspaces/altostrat/ws_acme");
    page.find("heading", "Sign in to Steward").await;
    assert_eq!(
        address(),
        "/sign-in?next=%2Fworkspaces%2Faltostrat%2Fws_acme"
    );
    assert!(!all_of(&session()).contains("0ld"));
}

#[wasm_bindgen_test]
async fn signing_out_revokes_the_refresh_token_and_leaves_nothing_behind() {
    let page = left(true);
    page.net
        .change(|world| world.workspaces.push(workspace("ws_x", "Xylo")));
    page.open("/sign-in/callback?code=c0de&state=st4te");
    page.find("link", "Acme prod").await;
    // Something to forget.
    session()
        .set_item("steward.draft/altostrat/auth0|me/ws_acme", "Half a name\n")
        .unwrap();
    page.press("link", "Accounts").await;
    page.press("button", "Sign out").await;
    page.find("heading", "Sign in to Steward").await;
    page.until("the revocation", || page.net.count("POST", REVOKE) == 1)
        .await;
    let sent = page.net.requests().pop().unwrap();
    assert_eq!(form(&sent.body, "token"), "r3fresh");
    assert_eq!(all_of(&session()), "{}");
    assert!(!page.says("Acme prod"));
}

#[wasm_bindgen_test]
async fn whoever_signs_in_next_sees_nothing_of_the_one_before() {
    let page = Page::at(&edit("ws_acme"), World::small());
    let name = page.find("textbox", "Name").await;
    page.roles_known().await;
    crate::support::act::fill(&name, "Half a name");
    page.press("link", "Accounts").await;
    page.press("button", "Sign out").await;
    page.find("button", "Sign in with token").await;
    page.net
        .change(|world| *world = World::of([workspace("ws_new", "Other place")]));
    page.enter("Access token", &token_of("auth0|somebody"));
    click(&page.get("button", "Sign in with token"));
    page.press("link", "Workspaces").await;
    page.until("the other list", || page.listed() == ["Other place"])
        .await;
    assert!(!page.says("Acme prod"));
    assert!(!all_of(&session()).contains("Half a name"));
}
