//! Services that say yes and do something else: nothing is told as done that no answer and no reading shows, and what
//! was confirmed does not go because a reading lags.

use serde_json::{Value, json};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::act::{click, fill};
use crate::support::look::{attribute, description, is_off, text};
use crate::support::net::Reply;
use crate::support::page::{Page, token_of};
use crate::support::world::{OWNER, World, edit, item};

const TITLE: &str = "Archive Acme prod";
const ACCEPTED: &str = "The service accepted archiving Acme prod, and does not show it yet. \
    Steward looks again for a minute.";

/// The list, with an archive pressed that the service answers like this.
async fn archived_with(reply: Reply) -> Page {
    let page = Page::at("/workspaces", World::small());
    page.roles_known().await;
    page.net.on("DELETE", &item("ws_acme"), reply);
    click(&page.row_button("Archive", "Acme prod"));
    let field = page.find("textbox", "Type the name to confirm").await;
    fill(&field, "Acme prod");
    click(&page.get("button", TITLE));
    page
}

/// The form, with these texts saved and the save answered with this.
async fn saved_with(texts: &[(&str, &str)], answer: Value) -> Page {
    let page = Page::at(&edit("ws_acme"), World::small());
    page.find("textbox", "Name").await;
    page.roles_known().await;
    page.idle().await;
    let kept = answer.clone();
    page.net
        .on("PATCH", &item("ws_acme"), Reply::json(200, &answer));
    page.net
        .change(move |world| world.get("ws_acme").object = kept);
    // The reading right before the writing shows what was there.
    let before = json!({
        "id": "ws_acme", "name": "Acme prod", "description": "Everything that customers see",
        "billing_mode": "single", "archived": false,
    });
    page.net
        .once("GET", &item("ws_acme"), Reply::json(200, &before));
    for (field, text) in texts {
        page.enter(field, text);
    }
    page.press("button", "Save changes").await;
    page
}

fn answer(name: &str, description: &str) -> Value {
    json!({
        "id": "ws_acme", "name": name, "description": description, "billing_mode": "single",
        "archived": false,
    })
}

/// What is wrong with a field, as it is tied to it.
fn problem(page: &Page, field: &str) -> String {
    let field = page.get("textbox", field);
    match attribute(&field, "aria-invalid") == "true" {
        true => description(&field),
        false => String::new(),
    }
}

/// What the activity page says of the newest attempt.
async fn recorded(page: &Page) -> String {
    page.press("link", "Activity").await;
    let table = page.find("table", "Activity").await;
    text(&table)
}

#[wasm_bindgen_test]
async fn an_archive_that_is_only_accepted_is_told_as_that_and_looked_after() {
    for status in [200, 202, 204] {
        let page = archived_with(Reply::empty(status)).await;
        page.wait_for_text(ACCEPTED).await;
        page.wait_removed("dialog", TITLE).await;
        assert_eq!(page.cell("Acme prod", "State"), "Active");
        assert!(!page.has("button", "Undo"));
        // While its effect may still come, it is not offered to archive it again.
        let again = page.row_button("Archive", "Acme prod");
        page.until("no second archive", || is_off(&again)).await;
        assert!(description(&again).contains("accepted archiving it"));
        page.net.change(|world| {
            world.get("ws_acme").object["archived"] = true.into();
        });
        page.hurry(100);
        page.wait_for_text("Acme prod is archived. The service shows it now.")
            .await;
        page.list(&["Beta lab", "Core"]).await;
        assert_eq!(page.net.count("DELETE", &item("ws_acme")), 1);
    }
}

#[wasm_bindgen_test]
async fn what_was_accepted_before_signing_out_holds_nobody_back_afterwards() {
    let page = archived_with(Reply::empty(202)).await;
    page.wait_for_text(ACCEPTED).await;
    page.press("link", "Accounts").await;
    page.press("button", "Sign out").await;
    page.find("textbox", "Access token").await;
    page.enter("Access token", &token_of(OWNER));
    page.press("button", "Sign in with token").await;
    page.find("link", "Workspaces").await;
    page.press("link", "Workspaces").await;
    page.find("link", "Acme prod").await;
    page.roles_known().await;
    let button = page.row_button("Archive", "Acme prod");
    page.until("the archive", || !is_off(&button)).await;
}

#[wasm_bindgen_test]
async fn an_archive_that_never_shows_is_never_told_as_done() {
    let page = archived_with(Reply::empty(202)).await;
    page.wait_for_text(ACCEPTED).await;
    page.hurry(1_000);
    page.wait_for_text(
        "A minute after it accepted this, the service does not show Acme prod archived.",
    )
    .await;
    assert_eq!(page.cell("Acme prod", "State"), "Active");
    let said = recorded(&page).await;
    assert!(said.contains("Not known"), "{said}");
    assert!(
        !said.contains("Accepted, not shown yet") && !said.contains("Done"),
        "{said}"
    );
    page.idle().await;
}

#[wasm_bindgen_test]
async fn a_save_that_the_service_ignores_is_told_field_by_field_and_not_as_saved() {
    let ignored = answer("Acme prod", "Everything that customers see");
    let page = saved_with(&[("Name", "Acme two")], ignored).await;
    page.until("the field's own words", || {
        problem(&page, "Name").contains("The service keeps \u{201c}Acme prod\u{201d} here.")
    })
    .await;
    assert!(!page.says("are saved"), "nothing was saved");
    assert!(!page.has("button", "Undo: Changed Acme prod"));
    assert_eq!(page.net.count("PATCH", &item("ws_acme")), 1);
    let said = recorded(&page).await;
    assert!(said.contains("Not as sent"), "{said}");
    page.idle().await;
}

#[wasm_bindgen_test]
async fn an_answer_with_other_values_that_no_reading_shows_is_told_field_by_field() {
    let page = Page::at(&edit("ws_acme"), World::small());
    page.find("textbox", "Name").await;
    page.roles_known().await;
    page.idle().await;
    let cut = Reply::json(200, &answer("Acme", "Everything that customers see"));
    page.net.on("PATCH", &item("ws_acme"), cut);
    page.enter("Name", "Acme production");
    page.press("button", "Save changes").await;
    page.wait_for_text(
        "The service answered with “Acme” here, and still shows what was there before.",
    )
    .await;
    assert!(problem(&page, "Name").contains("answered with"));
    assert!(!page.says("are saved") && !page.has("button", "Undo"));
    assert_eq!(page.net.count("PATCH", &item("ws_acme")), 1);
    let said = recorded(&page).await;
    assert!(
        said.contains("Not as sent") && !said.contains("Done"),
        "{said}"
    );
}

#[wasm_bindgen_test]
async fn a_save_that_the_service_changes_is_told_field_by_field_and_undone_as_it_happened() {
    let cut = answer("Acme t", "Everything that customers see");
    let page = saved_with(&[("Name", "Acme two")], cut).await;
    page.wait_for_text("Changes to Acme t are saved, but not as they were sent. The service keeps another value in Name.")
        .await;
    assert!(problem(&page, "Name").contains("The service keeps \u{201c}Acme t\u{201d} here."));
    page.net.as_usual();
    page.press("button", "Undo: Changed Acme prod").await;
    page.until("what was before", || {
        let writes = page.net.writes();
        writes
            .last()
            .is_some_and(|write| write.body == r#"{"name":"Acme prod"}"#)
    })
    .await;
}

#[wasm_bindgen_test]
async fn an_answer_about_another_workspace_is_never_shown() {
    let page = Page::new(World::small());
    page.sign_in();
    let other = answer("Beta lab", "");
    let other = Value::Object(
        other
            .as_object()
            .into_iter()
            .flatten()
            .map(|(name, value)| match name.as_str() {
                "id" => (name.clone(), "ws_beta".into()),
                _ => (name.clone(), value.clone()),
            })
            .collect(),
    );
    page.net
        .on("GET", &item("ws_acme"), Reply::json(200, &other));
    page.open(&edit("ws_acme"));
    page.find("textbox", "Name").await;
    page.roles_known().await;
    page.enter("Name", "Acme two");
    page.press("button", "Save changes").await;
    page.wait_for_text("The changes were not saved").await;
    assert!(page.says("The answer is about something else than what was asked for."));
    assert_eq!(page.net.writes().len(), 0);
}

#[wasm_bindgen_test]
async fn a_reading_that_lags_does_not_bring_an_archived_workspace_back() {
    let page = Page::at("/workspaces", World::small());
    page.roles_known().await;
    click(&page.row_button("Archive", "Acme prod"));
    let field = page.find("textbox", "Type the name to confirm").await;
    fill(&field, "Acme prod");
    click(&page.get("button", TITLE));
    page.list(&["Beta lab", "Core"]).await;
    page.net.change(|world| {
        world.get("ws_acme").object["archived"] = false.into();
        world.get("ws_acme").object["archived_at"] = Value::Null;
    });
    let before = page.net.count("GET", "/api/altostrat/workspaces");
    page.press("button", "Refresh").await;
    page.until("the list", || {
        page.net.count("GET", "/api/altostrat/workspaces") > before
    })
    .await;
    page.idle().await;
    assert_eq!(page.listed(), ["Beta lab", "Core"]);
}

#[wasm_bindgen_test]
async fn what_was_made_stays_while_readings_do_not_show_it_yet() {
    let page = Page::at("/workspaces/new", World::small());
    page.find("textbox", "Name").await;
    page.idle().await;
    let made =
        json!({"id": "ws_new", "name": "Fresh Pier", "billing_mode": "single", "archived": false});
    page.net
        .on("POST", "/api/altostrat/workspaces", Reply::json(201, &made));
    page.enter("Name", "Fresh Pier");
    page.press("button", "Create workspace").await;
    page.wait_for_text("Fresh Pier is created.").await;
    page.idle().await;
    assert!(!page.says("Workspace not found"));
}
