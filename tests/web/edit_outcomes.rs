//! What a save can come to, other than well: nothing typed is lost, and nothing is claimed that is
//! not known.

use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::act::{click, focus, key};
use crate::support::look::{attribute, description, name, text, value};
use crate::support::net::{Net, Reply};
use crate::support::page::{Page, all_of, focused, session};
use crate::support::world::{LIST, World, edit, item};

/// The form with a new name in it, and this answer to whoever saves.
async fn saved_with(reply: Reply) -> Page {
    let page = Page::at(&edit("ws_acme"), World::small());
    page.find("textbox", "Name").await;
    page.roles_known().await;
    page.net.on("PATCH", &item("ws_acme"), reply);
    page.enter("Name", "Acme production");
    page.press("button", "Save changes").await;
    page.until("the request", || {
        page.net.count("PATCH", &item("ws_acme")) == 1
    })
    .await;
    page
}

fn typed(page: &Page) -> String {
    value(&page.get("textbox", "Name"))
}

#[wasm_bindgen_test]
async fn a_refusal_that_names_a_field_goes_to_that_field() {
    let words = "The 'name' parameter is already taken.";
    let page = saved_with(Reply::error(400, "parameter_invalid", words)).await;
    page.wait_for_text("Check these fields").await;
    let field = page.get("textbox", "Name");
    assert_eq!(attribute(&field, "aria-invalid"), "true");
    assert!(description(&field).contains(words));
    assert_eq!(
        attribute(&page.get("textbox", "Description"), "aria-invalid"),
        ""
    );
    page.until("the focus", || {
        focused().is_some_and(|focused| name(&focused) == "Name")
    })
    .await;
    assert_eq!(typed(&page), "Acme production");
    assert!(!attribute(&page.get("button", "Save changes"), "aria-busy").contains("true"));
}

#[wasm_bindgen_test]
async fn a_refusal_that_names_no_field_stands_above_the_form_in_the_services_words() {
    let reply =
        Reply::error(400, "workspace_frozen", "Come back on Monday.").header("request-id", "req_5");
    let page = saved_with(reply).await;
    page.wait_for_text("The changes were not saved").await;
    for words in [
        "Come back on Monday.",
        "workspace_frozen",
        "req_5",
        "Nothing has changed.",
    ] {
        assert!(page.says(words), "{words}");
    }
    assert!(page.has("link", "https://docs.altostrat.io/errors/workspace_frozen"));
    assert_eq!(typed(&page), "Acme production");
}

#[wasm_bindgen_test]
async fn a_refusal_for_lack_of_rights_keeps_the_text_and_explains() {
    let page = saved_with(Reply::empty(403)).await;
    page.wait_for_text("The changes were not saved").await;
    assert!(page.says("The service does not allow you to do this."));
    assert!(page.says("Nothing has changed."));
    page.roles_known().await;
    assert_eq!(typed(&page), "Acme production");
}

#[wasm_bindgen_test]
async fn text_survives_a_demotion_and_can_be_copied() {
    let page = Page::at(&edit("ws_acme"), World::small());
    page.find("textbox", "Name").await;
    page.roles_known().await;
    page.enter("Name", "Hours of thought");
    page.net.change(|world| {
        let demoted = world.get("ws_acme").clone().role("viewer");
        *world.get("ws_acme") = demoted;
    });
    page.net.on("PATCH", &item("ws_acme"), Reply::empty(403));
    page.press("button", "Save changes").await;
    page.wait_for_text("Your role here is viewer").await;
    page.idle().await;
    // As text or in a field, but there.
    let in_field = page
        .query("textbox", "Name")
        .is_some_and(|field| value(&field) == "Hours of thought");
    assert!(in_field || text(&page.pane()).contains("Hours of thought"));
    assert!(all_of(&session()).contains("Hours of thought"));
    assert_eq!(page.net.count("PATCH", &item("ws_acme")), 1);
}

#[wasm_bindgen_test]
async fn a_fault_is_looked_into_and_said_to_have_changed_nothing_if_so() {
    let page =
        saved_with(Reply::error(500, "internal_error", "It broke.").header("request-id", "req_x"))
            .await;
    page.wait_for_text("The changes were not saved").await;
    assert!(page.says("Nothing has changed.") && page.says("req_x"));
    assert!(
        page.net.count("GET", &item("ws_acme")) >= 2,
        "read again before anything is said"
    );
    assert_eq!(
        page.net.count("PATCH", &item("ws_acme")),
        1,
        "never sent again by itself"
    );
    assert_eq!(typed(&page), "Acme production");
}

#[wasm_bindgen_test]
async fn a_fault_after_which_nothing_can_be_read_is_an_unknown_outcome() {
    for reply in [
        Reply::error(500, "internal_error", "It broke."),
        Reply::lost(),
    ] {
        let page = Page::at(&edit("ws_acme"), World::small());
        page.find("textbox", "Name").await;
        page.roles_known().await;
        page.enter("Name", "Acme production");
        let dark = |net: &Net| net.on("GET", &item("ws_acme"), Reply::empty(503));
        page.save_and_meanwhile(("PATCH", &item("ws_acme")), dark, reply)
            .await;
        page.wait_for_text("It is not known whether the changes were saved")
            .await;
        assert!(page.says("It may have changed all the same."));
        assert!(page.says("Load the workspace again before you decide."));
        assert_eq!(typed(&page), "Acme production");
        assert_eq!(page.net.count("PATCH", &item("ws_acme")), 1);
        assert!(!page.says("are saved.") && !page.says("Nothing has changed"));
        let again = page
            .all("button")
            .into_iter()
            .rfind(|button| name(button) == "Refresh");
        assert!(
            again
                .as_ref()
                .is_some_and(|button| page.pane().contains(Some(button))),
            "what it advises is offered"
        );
        let again = again.unwrap();
        page.net.as_usual();
        focus(&again);
        click(&again);
        page.until("focus on the workspace's heading", || {
            focused().is_some_and(|one| text(&one) == "Acme prod")
        })
        .await;
        assert_eq!(typed(&page), "Acme production");
    }
}

#[wasm_bindgen_test]
async fn a_lost_answer_to_a_save_that_happened_is_found_out_by_reading() {
    let page = Page::at(&edit("ws_acme"), World::small());
    page.find("textbox", "Name").await;
    page.roles_known().await;
    page.enter("Name", "Acme production");
    let done = |net: &Net| {
        net.change(|world| world.get("ws_acme").object["name"] = "Acme production".into());
    };
    page.save_and_meanwhile(("PATCH", &item("ws_acme")), done, Reply::lost())
        .await;
    page.wait_for_text("The answer was lost, so the workspace was read again.")
        .await;
    page.wait_for_text("Changes to Acme production are saved.")
        .await;
    assert_eq!(page.net.count("PATCH", &item("ws_acme")), 1);
}

#[wasm_bindgen_test]
async fn a_session_that_ended_keeps_the_form_and_offers_to_sign_in_again() {
    let page = saved_with(Reply::empty(401)).await;
    page.find("dialog", "Sign in again to Altostrat").await;
    key("Escape");
    page.wait_removed("dialog", "Sign in again to Altostrat")
        .await;
    page.wait_for_text("The service no longer accepts this session.")
        .await;
    assert_eq!(typed(&page), "Acme production");
    assert!(page.names("button").contains(&"Sign in again".to_owned()));
    assert!(
        all_of(&session()).contains("Acme production"),
        "the draft outlives the way to the sign-in page"
    );
    page.idle().await;
    assert_eq!(page.net.count("PATCH", &item("ws_acme")), 1);
    assert_eq!(page.net.count("GET", LIST), 1);
}

#[wasm_bindgen_test]
async fn a_workspace_that_is_gone_keeps_the_text() {
    let page = saved_with(Reply::empty(404)).await;
    page.wait_for_text("The changes were not saved").await;
    assert_eq!(typed(&page), "Acme production");
}

#[wasm_bindgen_test]
async fn a_success_that_cannot_be_read_is_said_as_it_is() {
    let page = Page::at(&edit("ws_acme"), World::small());
    page.find("textbox", "Name").await;
    page.roles_known().await;
    page.enter("Name", "Acme production");
    let dark = |net: &Net| net.on("GET", &item("ws_acme"), Reply::empty(503));
    let odd = Reply::text(200, "application/json", "{\"id\": \"ws_ac");
    page.save_and_meanwhile(("PATCH", &item("ws_acme")), dark, odd)
        .await;
    page.wait_for_text("It is not known whether the changes were saved")
        .await;
    assert_eq!(typed(&page), "Acme production");
}

#[wasm_bindgen_test]
async fn a_failure_goes_away_with_the_next_attempt() {
    let page = saved_with(Reply::error(400, "odd", "No.")).await;
    page.wait_for_text("The changes were not saved").await;
    page.net.as_usual();
    let held = page.net.hold("PATCH", &item("ws_acme"));
    page.press("button", "Save changes").await;
    page.until("the second request", || held.waiting() == 1)
        .await;
    assert!(!page.says("The changes were not saved"));
    held.pass();
    page.wait_for_text("Changes to Acme production are saved.")
        .await;
}
