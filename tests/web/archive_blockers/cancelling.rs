//! Cancelling a subscription from the list: asked about first, sent once, ticked off by reading.

use serde_json::{Value, json};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::Element;

use super::{acme, active, confirm, deletes, dialog, focus_on, says};
use crate::support::act::{click, focus, key, key_on};
use crate::support::look::{attribute, below, description, is_off, text};
use crate::support::net::Reply;
use crate::support::page::{Page, focused};
use crate::support::world::subscriptions;

const FIRST: &str = "Cancel subscription: 40 locations, sub_1";

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
    page.find("button", "Keep subscription").await;
    page
}

fn danger(page: &Page) -> Element {
    let button = page.get("button", FIRST);
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
        "Altostrat ends sub_1 at the end of its period,",
        "2026",
        "Until then it runs and counts, and Altostrat does not show that it is cancelled. There is no way here \
         to take this back.",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
    page.wait_for_text(
        "Altostrat previews the next invoice: $480.00 as things stand, $0.00 once it is cancelled. That \
         saves $480.00.",
    )
    .await;
    page.until("the focus on the words", || {
        focused().is_some_and(|focused| text(&focused).starts_with("Altostrat ends sub_1"))
    })
    .await;
    assert_eq!(sent(&page), 0);
    // Escape closes the innermost, and the way back is where it began.
    key("Escape");
    page.wait_removed("button", "Keep subscription").await;
    page.until("the focus back", || {
        focused().is_some_and(|focused| focused.is_same_node(Some(&page.get("button", FIRST))))
    })
    .await;
    assert!(page.has("dialog", super::TITLE));
    page.press("button", FIRST).await;
    page.press("button", "Keep subscription").await;
    page.wait_removed("button", "Keep subscription").await;
    assert_eq!(sent(&page), 0);
}

#[wasm_bindgen_test]
async fn what_cannot_be_previewed_is_said_and_keeps_nobody_from_cancelling() {
    let page = dialog(acme(active(1))).await;
    let preview = subscriptions("ws_acme").replace("/subscriptions", "/invoices/preview");
    for reply in [
        Reply::empty(403),
        Reply::json(200, &json!({"total": 5})),
        Reply::json(200, &json!({"total": "5", "currency": "usd"})),
    ] {
        page.net.on("POST", &preview, reply);
        page.press("button", FIRST).await;
        page.wait_for_text("What it saves could not be read.").await;
        page.press("button", "Keep subscription").await;
        page.wait_removed("button", "Keep subscription").await;
    }
    // A currency that nobody here knows is shown as it came; a credit is not a saving of nothing.
    let odd = Reply::json(200, &json!({"total": -50, "currency": "xyz"}));
    page.net.on("POST", &preview, odd);
    page.press("button", FIRST).await;
    page.wait_for_text("XYZ -0.5 as things stand, XYZ -0.5 once it is cancelled.")
        .await;
    assert!(!says(&page).contains("That saves"));
    click(&danger(&page));
    page.until("the request", || sent(&page) == 1).await;
}

/// How the service shows it once its period is over.
fn end(page: &Page) {
    page.net.change(|world| {
        world.get("ws_acme").subscriptions[0]["status"] = "canceled".into();
    });
}

const RUNS_ON: &str = "accepted that. It runs until";

#[wasm_bindgen_test]
async fn many_presses_cancel_once_and_the_line_says_until_when_it_runs() {
    let page = asked(active(2)).await;
    let held = page.net.hold("DELETE", &path());
    let button = danger(&page);
    for _ in 0..5 {
        click(&button);
        key_on(&button, "Enter", &[]);
    }
    page.until("the request", || held.waiting() == 1).await;
    page.idle().await;
    assert_eq!(sent(&page), 1);
    assert!(is_off(&button) && button.has_attribute("aria-busy"));
    let other = page.get("button", "Cancel subscription: 40 locations, sub_2");
    assert!(is_off(&other) && description(&other).contains("Another one"));
    key("Escape");
    click(&page.get("button", "Keep workspace"));
    page.idle().await;
    assert!(page.has("dialog", super::TITLE), "it is watched to its end");
    assert!(!first_line(&page).contains(RUNS_ON));
    held.pass();
    focus_on(&page, "2 active subscriptions must end first").await;
    let line = first_line(&page);
    for words in [
        "Active",
        "Cancelled here, runs until",
        "You cancelled it on",
        "and Altostrat accepted that. It runs until",
        "the end of its period, and counts until then. Altostrat does not show the cancellation.",
    ] {
        assert!(line.contains(words), "{words}: {line}");
    }
    assert!(
        !line.contains("Renews") && !line.contains("No longer in the way"),
        "{line}"
    );
    assert!(!page.has("button", FIRST), "not offered again");
    assert!(!says(&page).contains("All of it is cancelled"));
    assert!(is_off(&confirm(&page)));
    assert_eq!(deletes(&page), 0, "nothing is archived by it");
    // What rests on the service's word alone is recorded as that.
    click(&page.get("button", "Keep workspace"));
    page.wait_removed("dialog", super::TITLE).await;
    page.press("link", "Activity").await;
    let record = text(&page.find("table", "Activity").await);
    assert!(record.contains("Accepted, not shown yet"), "{record}");
    assert!(!record.contains("Done"), "{record}");
}

#[wasm_bindgen_test]
async fn once_the_service_shows_it_over_the_way_is_free_and_nothing_is_archived_by_itself() {
    let page = asked(active(1)).await;
    click(&danger(&page));
    focus_on(&page, "1 active subscription must end first").await;
    assert!(says(&page).contains("All of it is cancelled; the last of it ends on"));
    // Closed and opened again it is still known; nothing of it is stored beyond the tab.
    click(&page.get("button", "Keep workspace"));
    page.wait_removed("dialog", super::TITLE).await;
    super::opened(&page).await;
    page.wait_for_text(RUNS_ON).await;
    assert!(!page.has("button", FIRST));
    end(&page);
    let again = page.get("button", super::AGAIN);
    focus(&again);
    click(&again);
    focus_on(&page, "Ready: Acme prod can be archived").await;
    assert!(first_line(&page).contains("No longer in the way"));
    assert!(!says(&page).contains(RUNS_ON));
    page.idle().await;
    assert_eq!(deletes(&page), 0);
    click(&confirm(&page));
    page.wait_removed("dialog", super::TITLE).await;
    assert_eq!((deletes(&page), sent(&page)), (1, 1));
}

#[wasm_bindgen_test]
async fn one_that_goes_on_into_another_period_is_not_said_to_be_cancelled() {
    let page = asked(active(1)).await;
    click(&danger(&page));
    page.wait_for_text(RUNS_ON).await;
    page.net.change(|world| {
        world.get("ws_acme").subscriptions[0]["current_period_end"] = "2027-01-01T12:00:00Z".into();
    });
    page.idle().await;
    page.press("button", super::AGAIN).await;
    page.wait_for_text("but it has gone on: its period now ends on")
        .await;
    let line = first_line(&page);
    assert!(
        line.contains("2027") && line.contains("It is not cancelled."),
        "{line}"
    );
    assert!(!line.contains(RUNS_ON) && line.contains("Renews"));
    assert!(!is_off(&page.get("button", FIRST)));
}

#[wasm_bindgen_test]
async fn one_that_the_service_ends_at_once_is_told_so() {
    let page = asked(active(1)).await;
    page.net.once("DELETE", &path(), Reply::empty(204));
    end(&page);
    click(&danger(&page));
    focus_on(&page, "Ready: Acme prod can be archived").await;
    assert!(first_line(&page).contains("No longer in the way"));
}

#[wasm_bindgen_test]
async fn an_answer_about_another_subscription_is_no_word_about_this_one() {
    let page = asked(active(1)).await;
    let other = Reply::json(200, &json!({"id": "sub_7", "status": "canceled"}));
    page.net.once("DELETE", &path(), other);
    click(&danger(&page));
    page.wait_for_text("It is not known whether the subscription was cancelled")
        .await;
    assert!(!first_line(&page).contains(RUNS_ON));
}

#[wasm_bindgen_test]
async fn a_refusal_is_told_at_the_line_with_the_services_words() {
    let page = asked(active(1)).await;
    let words = "Too few seats would be left.";
    let reply = Reply::error(409, "cancellation_would_underprovision", words)
        .header("x-request-id", "req_c");
    page.net.once("DELETE", &path(), reply);
    click(&danger(&page));
    page.wait_for_text("The subscription was not cancelled")
        .await;
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
    assert!(!is_off(&page.get("button", FIRST)), "it can be tried again");
}

#[wasm_bindgen_test]
async fn a_lost_answer_is_settled_by_reading_and_otherwise_said_to_be_unknown() {
    let page = asked(active(1)).await;
    page.net.once("DELETE", &path(), Reply::lost());
    page.net
        .on("GET", &subscriptions("ws_acme"), Reply::empty(403));
    click(&danger(&page));
    page.wait_for_text("It is not known whether the subscription was cancelled")
        .await;
    assert!(first_line(&page).contains("Check again before you decide."));
    let button = page.get("button", FIRST);
    assert!(is_off(&button) && description(&button).contains("Check again first"));
    click(&button);
    page.idle().await;
    assert_eq!(sent(&page), 1);
    page.net.as_usual();
    click(&page.get("button", "Check again"));
    page.until("the way", || !is_off(&page.get("button", FIRST)))
        .await;
    // A reading that shows it running settles nothing: it would look the same if it were cancelled.
    assert!(!says(&page).contains("It is not known whether"));
    let line = first_line(&page);
    for words in [
        "You sent a cancellation on",
        "and the answer was lost. Altostrat does not show whether it holds",
        "what a second time is answered is not documented",
    ] {
        assert!(line.contains(words), "{words}: {line}");
    }
    page.press("button", FIRST).await;
    page.find("button", "Keep subscription").await;
    page.net.once("DELETE", &path(), Reply::lost());
    end(&page);
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
    page.wait_for_text("The subscription was not cancelled")
        .await;
    page.until("the new role", || is_off(&page.get("button", FIRST)))
        .await;
    let why = "Cancelling a subscription takes the role owner or admin. Your role here is viewer.";
    assert!(description(&page.get("button", FIRST)).contains(why));
    assert!(says(&page).contains(why), "and it can be seen");
    click(&page.get("button", FIRST));
    page.idle().await;
    assert!(!page.has("button", "Keep subscription"));
    assert_eq!(sent(&page), 1);
}
