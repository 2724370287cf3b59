//! Checks that cannot be made, or not yet: not known is never taken for clear, and nobody is held for
//! ever.

use wasm_bindgen_test::wasm_bindgen_test;

use super::{
    AGAIN, FIELD, GO, TITLE, acme, active, archives, confirm, deletes, dialog, opened, says,
};
use crate::support::act::{click, focus, submit};
use crate::support::look::{all_in, description, is_off, text};
use crate::support::net::Reply;
use crate::support::page::{Page, focused};
use crate::support::world::{item, subscriptions};

#[wasm_bindgen_test]
async fn a_check_that_cannot_be_made_is_not_known_and_wants_an_explicit_word() {
    let page = Page::at("/workspaces", acme(vec![]));
    page.roles_known().await;
    page.hurry(200);
    let usage = item("ws_acme") + "/organizations";
    let failure =
        Reply::error(500, "internal_server_error", "It broke.").header("x-request-id", "req_500");
    page.net.on("GET", &usage, failure);
    opened(&page).await;
    page.wait_for_text("Not everything could be checked").await;
    let said = says(&page);
    for words in [
        "Organizations in use Could not check. The service failed.",
        "No active subscriptions",
        "req_500",
        "It is not known whether anything does.",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
    assert!(!said.contains("No organizations in use"));
    assert!(is_off(&confirm(&page)));
    assert!(description(&confirm(&page)).contains("choose to archive without knowing"));
    submit(&page.get("textbox", FIELD));
    page.idle().await;
    assert_eq!(deletes(&page), 0);

    click(&page.get("checkbox", GO));
    page.until("the way", || !is_off(&confirm(&page))).await;
    // What has been checked since needs no word for it.
    page.net.as_usual();
    click(&page.get("button", AGAIN));
    page.wait_for_text("Nothing stands in the way").await;
    assert!(!page.has("checkbox", GO));
    archives(&page, 1).await;
}

#[wasm_bindgen_test]
async fn the_word_to_go_ahead_is_enough_and_is_asked_anew_each_time() {
    let page = Page::at("/workspaces", acme(vec![]));
    page.roles_known().await;
    let payers = item("ws_acme") + "/billing-accounts";
    page.net.on("GET", &payers, Reply::empty(403));
    opened(&page).await;
    click(&page.find("checkbox", GO).await);
    page.until("the way", || !is_off(&confirm(&page))).await;
    click(&page.get("button", "Keep workspace"));
    page.wait_removed("dialog", TITLE).await;
    opened(&page).await;
    page.find("checkbox", GO).await;
    assert!(is_off(&confirm(&page)), "not carried over");
    click(&page.get("checkbox", GO));
    archives(&page, 1).await;
}

#[wasm_bindgen_test]
async fn checks_that_take_long_do_not_hold_anybody_for_ever() {
    let page = Page::at("/workspaces", acme(vec![]));
    page.roles_known().await;
    page.hurry(100);
    let held = page.net.hold("GET", &(item("ws_acme") + "/organizations"));
    opened(&page).await;
    page.until("the question", || held.waiting() == 1).await;
    page.wait_for_text("The service takes long to answer.")
        .await;
    assert!(is_off(&confirm(&page)));
    click(&page.get("checkbox", GO));
    page.until("the way", || !is_off(&confirm(&page))).await;
    click(&confirm(&page));
    page.until("the request", || deletes(&page) == 1).await;
    // On a busy machine the check has run into its limit of time by now.
    if held.waiting() > 0 {
        held.pass();
    }
    page.wait_removed("dialog", TITLE).await;
}

#[wasm_bindgen_test]
async fn a_list_that_can_no_longer_be_read_ticks_nothing_off() {
    let page = dialog(acme(active(1))).await;
    page.wait_for_text("1 active subscription must end first")
        .await;
    page.net
        .on("GET", &subscriptions("ws_acme"), Reply::empty(403));
    click(&page.get("button", AGAIN));
    page.wait_for_text("Could not check.").await;
    assert!(says(&page).contains("1 active subscription must end first"));
    assert!(is_off(&confirm(&page)) && !page.has("checkbox", GO));
}

#[wasm_bindgen_test]
async fn a_pause_that_a_check_meets_is_counted_down_and_the_check_made_again_by_itself() {
    let page = Page::at("/workspaces", acme(vec![]));
    page.roles_known().await;
    let usage = item("ws_acme") + "/organizations";
    let busy = Reply::empty(429).header("retry-after", "61");
    page.net.on("GET", &usage, busy);
    opened(&page).await;
    page.wait_for_text("Not everything could be checked").await;
    let again = page.get("button", AGAIN);
    page.until("it to wait", || is_off(&again)).await;
    let timers = || all_in(&page.dialog().unwrap(), "timer");
    assert_eq!(timers().len(), 1, "however many checks wait");
    page.until("the seconds", || text(&timers()[0]).contains("60 seconds"))
        .await;
    assert!(!says(&page).contains("Try again in"), "said once");
    let asked = page.net.count("GET", &usage);
    click(&again);
    page.idle().await;
    assert_eq!(page.net.count("GET", &usage), asked, "not before its time");

    // The button leaves with what it is for, and whoever is on it goes on to what came of it.
    focus(&again);
    page.net.as_usual();
    page.pass(61_000);
    page.wait_for_text("Nothing stands in the way").await;
    page.until("the focus", || {
        focused().is_some_and(|one| text(&one).starts_with("Nothing stands in the way"))
    })
    .await;
    assert_eq!(page.net.count("GET", &usage), asked + 1);
    assert!(timers().is_empty());
}
