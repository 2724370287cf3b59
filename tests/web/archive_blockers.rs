//! What stands in the way of archiving, as a work list: checked before, shown after a refusal, cleared
//! line by line, and never taken for clear while it is not known.

mod cancelling;
mod unknown;

use serde_json::{Value, json};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::Element;

use crate::support::act::{click, fill, focus, submit};
use crate::support::look::{all_in, below, description, is_off, name, text, value};
use crate::support::net::Reply;
use crate::support::page::{Page, focused};
use crate::support::world::{World, item, subscription, subscriptions, workspace};

pub const TITLE: &str = "Archive Acme prod";
const FIELD: &str = "Type the name to confirm";
const AGAIN: &str = "Check again";
const GO: &str = "Archive without knowing this";

pub fn active(count: usize) -> Vec<Value> {
    (1..=count)
        .map(|n| subscription(&format!("sub_{n}"), "active"))
        .collect()
}

pub fn acme(rows: Vec<Value>) -> World {
    World::of([
        workspace("ws_acme", "Acme prod").subscribed(rows),
        workspace("ws_beta", "Beta lab"),
    ])
}

/// The dialog, with the name typed.
pub async fn dialog(world: World) -> Page {
    let page = Page::at("/workspaces", world);
    page.roles_known().await;
    opened(&page).await;
    page
}

async fn opened(page: &Page) {
    click(&page.row_button("Archive", "Acme prod"));
    page.find("dialog", TITLE).await;
    fill(&page.get("textbox", FIELD), "Acme prod");
}

pub fn says(page: &Page) -> String {
    text(&page.dialog().expect("the dialog stays"))
}

pub fn confirm(page: &Page) -> Element {
    page.get("button", TITLE)
}

pub fn deletes(page: &Page) -> usize {
    page.net.count("DELETE", &item("ws_acme"))
}

/// Pressed now, it goes through: the so manieth request is the last.
async fn archives(page: &Page, requests: usize) {
    click(&confirm(page));
    page.wait_removed("dialog", TITLE).await;
    assert_eq!(deletes(page), requests);
}

pub async fn focus_on(page: &Page, words: &str) {
    page.until("the focus on the heading", || {
        focused().is_some_and(|focused| focused.tag_name() == "H3" && text(&focused) == words)
    })
    .await;
}

fn lines(page: &Page) -> Vec<String> {
    let dialog = page.dialog().unwrap();
    below(&dialog, ".work li").iter().map(text).collect()
}

/// A refusal although nothing was seen to stand in the way before.
async fn refused(reply: Reply, rows: Vec<Value>) -> Page {
    let page = dialog(acme(vec![])).await;
    page.wait_for_text("Nothing stands in the way").await;
    page.net
        .change(|world| world.get("ws_acme").subscriptions = rows);
    page.net.once("DELETE", &item("ws_acme"), reply);
    click(&confirm(&page));
    page.until("the request", || deletes(&page) == 1).await;
    page
}

fn conflict() -> Reply {
    let words = "Cannot archive workspace because of sub_1, sub_2.";
    Reply::error(409, "workspace_not_empty", words).header("x-request-id", "req_409")
}

#[wasm_bindgen_test]
async fn each_check_says_what_it_came_to_and_nothing_more_is_asked() {
    let page = dialog(acme(vec![])).await;
    page.wait_for_text("Nothing stands in the way").await;
    for words in [
        "Your role allows it: Owner",
        "No active subscriptions",
        "No organizations in use",
    ] {
        assert!(says(&page).contains(words), "{words}: {}", says(&page));
    }
    assert!(!page.has("button", AGAIN) && !page.has("checkbox", GO));
    let asked = |rest: &str| page.net.count("GET", &(item("ws_acme") + rest));
    assert_eq!(
        (asked("/billing-accounts"), asked("/organizations")),
        (1, 1)
    );
    archives(&page, 1).await;
}

#[wasm_bindgen_test]
async fn a_press_before_the_checks_are_done_waits_for_them_and_is_one_request() {
    let page = Page::at("/workspaces", acme(vec![]));
    page.roles_known().await;
    let held = page.net.hold("GET", &(item("ws_acme") + "/organizations"));
    opened(&page).await;
    page.wait_for_text("Checking: Organizations in use").await;
    let field = page.get("textbox", FIELD);
    for _ in 0..5 {
        click(&confirm(&page));
        submit(&field);
    }
    page.idle().await;
    assert_eq!(deletes(&page), 0);
    assert!(confirm(&page).has_attribute("aria-busy"), "the press shows");
    held.pass();
    page.wait_removed("dialog", TITLE).await;
    assert_eq!(deletes(&page), 1);
}

#[wasm_bindgen_test]
async fn a_press_before_the_checks_are_done_comes_to_nothing_where_something_is_in_the_way() {
    let page = Page::at("/workspaces", acme(active(1)));
    page.roles_known().await;
    let held = page.net.hold("GET", &subscriptions("ws_acme"));
    opened(&page).await;
    page.until("the question", || held.waiting() == 1).await;
    click(&confirm(&page));
    held.pass();
    page.wait_for_text("1 active subscription must end first")
        .await;
    assert!(!confirm(&page).has_attribute("aria-busy"));
    page.idle().await;
    assert_eq!(deletes(&page), 0);
}

#[wasm_bindgen_test]
async fn what_is_known_to_stand_in_the_way_is_listed_before_anything_is_sent() {
    let mut rows = active(2);
    rows[1]["product_quantities"] = json!({
        "users": {"quantity": 1, "interval": "year"}, "sso": {"quantity": 2}, "cars": {"quantity": 3}, "odd": 7.5,
    });
    rows[1]["url"] = "javascript:alert(1)".into();
    let mut world = acme(rows);
    let used = world.get("ws_acme").clone().used("org_9");
    *world.get("ws_acme") = used;
    let page = dialog(world).await;
    page.wait_for_text("2 active subscriptions and 1 organization stand in the way")
        .await;
    let said = says(&page);
    for words in [
        "Nothing has been sent. Altostrat refuses to archive while they stand.",
        "40 locations",
        "sub_1",
        "Paid monthly in USD · Renews",
        "3 × cars, odd, 2 single sign-ons, 1 user",
        "Paid yearly in USD · Renews",
        "2026",
        "Main Billing",
        "Branch network",
        "org_9",
        "27 resources in use",
        "In use",
        "Available once nothing stands in the way any more.",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
    assert!(all_in(&page.dialog().unwrap(), "link").is_empty());
    // What is in use cannot be cancelled from here.
    let names = all_in(&page.dialog().unwrap(), "button");
    let names: Vec<String> = names.iter().map(name).collect();
    let cancels = names
        .iter()
        .filter(|name| name.starts_with("Cancel subscription"));
    assert_eq!(cancels.count(), 2);
    assert!(is_off(&confirm(&page)));
    assert!(description(&confirm(&page)).contains("nothing stands in the way"));
    click(&confirm(&page));
    submit(&page.get("textbox", FIELD));
    page.idle().await;
    assert_eq!(deletes(&page), 0);
    assert_eq!(value(&page.get("textbox", FIELD)), "Acme prod");
}

#[wasm_bindgen_test]
async fn a_refusal_becomes_the_list_with_focus_on_its_heading_and_the_services_words() {
    let page = refused(conflict(), active(3)).await;
    focus_on(&page, "3 active subscriptions must end first").await;
    let said = says(&page);
    for words in [
        "Nothing has changed. Altostrat refused with workspace_not_empty.",
        "Cannot archive workspace because of sub_1, sub_2.",
        "req_409",
        "sub_1",
        "sub_2",
        "sub_3",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
    let dialog = page.dialog().unwrap();
    assert!(
        all_in(&dialog, "alert").is_empty(),
        "read out with the focus"
    );
    assert!(page.has("button", "Copy request id") && page.has("button", "Copy message"));
    assert_eq!(value(&page.get("textbox", FIELD)), "Acme prod");
    assert!(is_off(&confirm(&page)));
    assert_eq!(page.cell("Acme prod", "State"), "Active");
    assert_eq!(deletes(&page), 1);
}

#[wasm_bindgen_test]
async fn nothing_of_the_card_is_cut_off_where_the_dialog_is_lower_than_it() {
    let page = refused(conflict(), active(12)).await;
    focus_on(&page, "12 active subscriptions must end first").await;
    let card = all_in(&page.dialog().unwrap(), "region").remove(0);
    assert!(
        card.scroll_height() <= card.client_height() + 1,
        "{} of {}",
        card.client_height(),
        card.scroll_height()
    );
}

#[wasm_bindgen_test]
async fn lists_of_any_length_and_shape_render() {
    let odd = json!([{"id": "sub_1"}, {"id": "sub_2", "status": "on_ice", "product_quantities": [7]}, {"id": "sub_3", "status": "active", "product_quantities": null}]);
    for (rows, heading, count) in [
        (active(1), "1 active subscription must end first", 1),
        (active(500), "500 active subscriptions must end first", 30),
        (
            odd.as_array().unwrap().clone(),
            "3 subscriptions must end first",
            3,
        ),
    ] {
        let page = refused(conflict(), rows).await;
        focus_on(&page, heading).await;
        assert_eq!(lines(&page).len(), count);
        if count == 30 {
            page.wait_for_text("and 470 more").await;
            page.press("button", "Show all").await;
            page.until("all of them", || lines(&page).len() == 500)
                .await;
        }
    }
}

#[wasm_bindgen_test]
async fn states_that_nobody_here_knows_are_shown_in_the_services_word_and_count() {
    let rows = vec![subscription("sub_1", "on_ice"), json!({"id": "sub_2"})];
    let page = dialog(acme(rows)).await;
    page.wait_for_text("2 subscriptions must end first").await;
    let lines = lines(&page);
    assert!(lines[0].contains("on_ice"), "{lines:?}");
    assert!(lines[0].contains("A state not known here, so it counts"));
    assert!(lines[1].contains("Not known"), "{lines:?}");
    assert!(is_off(&confirm(&page)));
    // Nothing is done that rests on a state nobody here knows.
    for line in &lines {
        assert!(line.contains("Steward does not know this state"), "{line}");
    }
    assert!(!says(&page).contains("Cancel subscription"));
}

#[wasm_bindgen_test]
async fn the_six_states_that_are_not_over_are_named_and_can_be_cancelled() {
    let states = [
        ("active", "Active", "Renews"),
        ("trialing", "In trial", "Period ends"),
        ("past_due", "Payment overdue", "Period ends"),
        ("unpaid", "Unpaid", "Period ends"),
        ("incomplete", "First payment missing", "Period ends"),
        ("paused", "Paused", "Period ends"),
    ];
    let mut rows: Vec<Value> = states
        .iter()
        .map(|(status, ..)| subscription(status, status))
        .collect();
    rows.push(subscription("over", "canceled"));
    rows.push(subscription("never", "incomplete_expired"));
    let page = dialog(acme(rows)).await;
    page.wait_for_text("6 subscriptions must end first").await;
    let lines = lines(&page);
    assert_eq!(lines.len(), 6);
    for (line, (_, word, period)) in lines.iter().zip(states) {
        for part in [word, period, "Cancel subscription"] {
            assert!(line.contains(part), "{part}: {line}");
        }
    }
}

#[wasm_bindgen_test]
async fn a_refusal_whose_cause_is_not_listed_keeps_the_services_words_and_lets_try_again() {
    for reply in [
        conflict(),
        Reply::empty(409),
        Reply::text(409, "text/html", "<h1>Conflict</h1>"),
    ] {
        let page = refused(reply, vec![]).await;
        focus_on(&page, "The workspace was not archived: it is still in use").await;
        assert!(says(&page).contains("Nothing has changed."));
        assert!(!is_off(&confirm(&page)), "asking again is the way on");
        archives(&page, 2).await;
    }
}

#[wasm_bindgen_test]
async fn checking_again_ticks_off_adds_and_ends_with_the_way_free_and_the_name_kept() {
    let page = refused(conflict(), active(2)).await;
    focus_on(&page, "2 active subscriptions must end first").await;
    page.net.change(|world| {
        let rows = &mut world.get("ws_acme").subscriptions;
        rows[0]["status"] = "canceled".into();
        rows.push(subscription("sub_new", "active"));
    });
    click(&page.get("button", AGAIN));
    page.until("the lines", || lines(&page).len() == 3).await;
    let now = lines(&page);
    assert!(now[0].contains("No longer in the way"), "{now:?}");
    assert!(now[2].contains("sub_new"), "{now:?}");
    assert!(is_off(&confirm(&page)));
    page.net
        .change(|world| world.get("ws_acme").subscriptions.clear());
    page.until("the button", || !is_off(&page.get("button", AGAIN)))
        .await;
    click(&page.get("button", AGAIN));
    focus_on(&page, "Ready: Acme prod can be archived").await;
    assert!(!says(&page).contains("refused"), "that is cleared up");
    assert_eq!(value(&page.get("textbox", FIELD)), "Acme prod");
    assert_eq!(page.cell("Acme prod", "State"), "Active");
    archives(&page, 2).await;
}

#[wasm_bindgen_test]
async fn whoever_has_gone_on_meanwhile_stays_where_they_are_when_the_way_is_free() {
    let page = dialog(acme(active(1))).await;
    page.wait_for_text("1 active subscription must end first")
        .await;
    page.net.change(|world| {
        world.get("ws_acme").subscriptions[0]["status"] = "canceled".into();
    });
    let held = page.net.hold("GET", &subscriptions("ws_acme"));
    let again = page.get("button", AGAIN);
    focus(&again);
    click(&again);
    page.until("the question", || held.waiting() == 1).await;
    let field = page.get("textbox", FIELD);
    focus(&field);
    held.pass();
    page.wait_for_text("Ready: Acme prod can be archived").await;
    page.idle().await;
    assert!(focused().is_some_and(|one| one.is_same_node(Some(&field))));
    drop(page);

    let page = dialog(acme(active(1))).await;
    page.wait_for_text("1 active subscription must end first")
        .await;
    page.net.change(|world| {
        world.get("ws_acme").subscriptions[0]["status"] = "canceled".into();
    });
    let again = page.get("button", AGAIN);
    focus(&again);
    click(&again);
    focus_on(&page, "Ready: Acme prod can be archived").await;
}

#[wasm_bindgen_test]
async fn a_second_refusal_goes_back_to_the_list() {
    let page = refused(conflict(), active(1)).await;
    focus_on(&page, "1 active subscription must end first").await;
    page.net
        .change(|world| world.get("ws_acme").subscriptions.clear());
    click(&page.get("button", AGAIN));
    focus_on(&page, "Ready: Acme prod can be archived").await;
    page.net
        .change(|world| world.get("ws_acme").subscriptions = vec![subscription("sub_2", "active")]);
    click(&confirm(&page));
    focus_on(&page, "1 active subscription must end first").await;
    assert_eq!(lines(&page).len(), 2);
    assert_eq!(deletes(&page), 2);
}

#[wasm_bindgen_test]
async fn while_one_reading_is_under_way_another_press_is_refused() {
    let page = dialog(acme(active(1))).await;
    page.wait_for_text("1 active subscription must end first")
        .await;
    let held = page.net.hold("GET", &subscriptions("ws_acme"));
    let again = page.get("button", AGAIN);
    for _ in 0..5 {
        click(&again);
    }
    page.until("the question", || held.waiting() == 1).await;
    page.idle().await;
    assert_eq!(held.waiting(), 1);
    assert!(is_off(&again) && again.has_attribute("aria-busy"));
    assert!(
        says(&page).contains("sub_1"),
        "what was known stays meanwhile"
    );
    held.pass();
    page.until("the button", || !is_off(&again)).await;
}

#[wasm_bindgen_test]
async fn somebody_elses_archive_is_seen_when_checking_again() {
    let page = dialog(acme(active(1))).await;
    page.wait_for_text("1 active subscription must end first")
        .await;
    page.net.change(|world| {
        let archived = world.get("ws_acme").clone().subscribed([]).archived();
        *world.get("ws_acme") = archived;
    });
    click(&page.get("button", AGAIN));
    page.wait_for_text("This workspace is archived. Nothing in it can be changed.")
        .await;
    assert!(is_off(&confirm(&page)));
    assert_eq!(deletes(&page), 0);
}
