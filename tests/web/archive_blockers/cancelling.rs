//! Cancelling a subscription from the list: asked about first, sent once, ticked off by reading.

use serde_json::Value;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::Element;

use super::{acme, active, confirm, deletes, dialog, focus_on, says};
use crate::support::act::{click, key, key_on};
use crate::support::look::{attribute, below, description, is_off, text};
use crate::support::net::Reply;
use crate::support::page::{Page, focused};
use crate::support::world::subscriptions;

const FIRST: &str = "Cancel subscription: SD-WAN, sub_1";

fn path() -> String {
    subscriptions("ws_acme") + "/sub_1"
}

fn sent(page: &Page) -> usize {
    page.net.count("DELETE", &path())
}

/// The dialog with so many in the way, and the question about the first.
async fn asked(rows: Vec<Value>) -> Page {
    let page = dialog(acme(rows)).await;
    page.press("button", FIRST).await;
    page.see("button", "Keep subscription").await;
    page
}

fn danger(page: &Page) -> Element {
    let button = page.the("button", FIRST);
    assert!(attribute(&button, "class").contains("danger"));
    button
}

fn first_line(page: &Page) -> String {
    text(&below(&page.dialog().unwrap(), ".work li")[0])
}

#[wasm_bindgen_test]
async fn it_is_asked_about_first_in_the_words_of_what_it_does() {
    let page = asked(active(1)).await;
    let said = says(&page);
    for words in [
        "Altostrat ends sub_1 at the end of the period that is paid for,",
        "2026",
        "Until then it may still count. There is no way here to take this back.",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
    page.until("the focus on the words", || {
        focused().is_some_and(|focused| text(&focused).starts_with("Altostrat ends sub_1"))
    })
    .await;
    assert_eq!(sent(&page), 0);
    // Escape closes the innermost, and the way back is where it began.
    key("Escape");
    page.gone("button", "Keep subscription").await;
    page.until("the focus back", || {
        focused().is_some_and(|focused| focused.is_same_node(Some(&page.the("button", FIRST))))
    })
    .await;
    assert!(page.has("dialog", super::TITLE));
    page.press("button", FIRST).await;
    page.press("button", "Keep subscription").await;
    page.gone("button", "Keep subscription").await;
    assert_eq!(sent(&page), 0);
}

#[wasm_bindgen_test]
async fn many_presses_cancel_once_and_the_line_is_ticked_off_by_reading() {
    let page = asked(active(2)).await;
    let held = page.net.hold("DELETE", &path());
    let button = danger(&page);
    for _ in 0..5 {
        click(&button);
        key_on(&button, "Enter", &[]);
    }
    page.until("the request", || held.waiting() == 1).await;
    page.calm().await;
    assert_eq!(sent(&page), 1);
    assert!(is_off(&button) && button.has_attribute("aria-busy"));
    let other = page.the("button", "Cancel subscription: SD-WAN, sub_2");
    assert!(is_off(&other) && description(&other).contains("Another one"));
    key("Escape");
    click(&page.the("button", "Keep workspace"));
    page.calm().await;
    assert!(page.has("dialog", super::TITLE), "it is watched to its end");
    assert!(!first_line(&page).contains("No longer in the way"));
    held.pass();
    focus_on(&page, "1 active subscription must end first").await;
    assert!(first_line(&page).contains("No longer in the way"));
    assert_eq!(deletes(&page), 0, "nothing is archived by it");
}

#[wasm_bindgen_test]
async fn the_last_one_cancelled_leaves_the_way_free_and_archives_nothing_by_itself() {
    let page = asked(active(1)).await;
    click(&danger(&page));
    focus_on(&page, "Ready: Acme prod can be archived").await;
    page.calm().await;
    assert_eq!(deletes(&page), 0);
    click(&confirm(&page));
    page.gone("dialog", super::TITLE).await;
    assert_eq!((deletes(&page), sent(&page)), (1, 1));
}

#[wasm_bindgen_test]
async fn one_that_runs_to_its_end_counts_until_then_and_is_not_cancelled_again() {
    let page = asked(active(1)).await;
    let change = |world: &mut crate::support::world::World| {
        world.get("ws_acme").subscriptions[0]["cancel_at_period_end"] = true.into();
    };
    page.net.once("DELETE", &path(), Reply::empty(204));
    page.net.change(change);
    click(&danger(&page));
    focus_on(&page, "1 subscription must end first").await;
    let line = first_line(&page);
    assert!(
        line.contains("Ending") && line.contains("Cancelled, ends"),
        "{line}"
    );
    assert!(line.contains("It may count until then."));
    assert!(!page.has("button", FIRST));
    assert!(is_off(&confirm(&page)));
}

#[wasm_bindgen_test]
async fn a_refusal_is_told_at_the_line_with_the_services_words() {
    let page = asked(active(1)).await;
    let words = "Too few seats would be left.";
    let reply = Reply::error(409, "cancellation_would_underprovision", words)
        .header("x-request-id", "req_c");
    page.net.once("DELETE", &path(), reply);
    click(&danger(&page));
    page.reads("The subscription was not cancelled").await;
    let line = first_line(&page);
    for part in [
        words,
        "cancellation_would_underprovision",
        "req_c",
        "Nothing has changed.",
    ] {
        assert!(line.contains(part), "{part}: {line}");
    }
    assert_eq!(sent(&page), 1);
    assert!(!is_off(&page.the("button", FIRST)), "it can be tried again");
}

#[wasm_bindgen_test]
async fn a_lost_answer_is_settled_by_reading_and_otherwise_said_to_be_unknown() {
    let page = asked(active(1)).await;
    page.net.once("DELETE", &path(), Reply::lost());
    page.net
        .on("GET", &subscriptions("ws_acme"), Reply::empty(403));
    click(&danger(&page));
    page.reads("It is not known whether the subscription was cancelled")
        .await;
    assert!(first_line(&page).contains("Check again before you decide."));
    let button = page.the("button", FIRST);
    assert!(is_off(&button) && description(&button).contains("Check again first"));
    click(&button);
    page.calm().await;
    assert_eq!(sent(&page), 1);
    page.net.as_usual();
    click(&page.the("button", "Check again"));
    page.until("the way", || !is_off(&page.the("button", FIRST)))
        .await;
    assert!(!says(&page).contains("It is not known whether"));

    page.net.once("DELETE", &path(), Reply::lost());
    page.net.change(|world| {
        world.get("ws_acme").subscriptions[0]["status"] = "canceled".into();
    });
    page.press("button", FIRST).await;
    page.see("button", "Keep subscription").await;
    click(&danger(&page));
    focus_on(&page, "Ready: Acme prod can be archived").await;
    assert_eq!(sent(&page), 2);
}

#[wasm_bindgen_test]
async fn a_role_that_no_longer_suffices_is_told_and_sends_nothing() {
    let page = asked(active(1)).await;
    page.net.change(|world| {
        let demoted = world.get("ws_acme").clone().role("viewer");
        *world.get("ws_acme") = demoted;
    });
    page.net.once("DELETE", &path(), Reply::empty(403));
    click(&danger(&page));
    page.reads("The subscription was not cancelled").await;
    page.until("the new role", || is_off(&page.the("button", FIRST)))
        .await;
    let why = "Cancelling a subscription takes the role owner or admin. Your role here is viewer.";
    assert!(description(&page.the("button", FIRST)).contains(why));
    assert!(says(&page).contains(why), "and it can be seen");
    click(&page.the("button", FIRST));
    page.calm().await;
    assert!(!page.has("button", "Keep subscription"));
    assert_eq!(sent(&page), 1);
}
