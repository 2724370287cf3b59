//! What an archive can come to, other than well: the dialog stays, says what is known, and nothing
//! is drawn as archived that is not.

use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::act::{click, fill, key, submit};
use crate::support::look::{all_in, attribute, description, is_off, name, text, value};
use crate::support::net::Reply;
use crate::support::page::{Page, focused};
use crate::support::world::{World, item};

const TITLE: &str = "Archive Acme prod";
const WORDS: &str = "Workspace ws_acme cannot be archived: billing account cus_91 has active subscriptions \
    sub_1, sub_2 and sub_3. Cancel them & \"wait\" <b>for</b> the period to end.";

/// The dialog with the name typed; `DELETE` will be answered like this.
async fn confirmed_with(reply: Reply) -> Page {
    let page = Page::at("/workspaces", World::small());
    page.roles_known().await;
    page.net.on("DELETE", &item("ws_acme"), reply);
    click(&page.row_button("Archive", "Acme prod"));
    fill(
        &page.find("textbox", "Type the name to confirm").await,
        "Acme prod",
    );
    page
}

async fn refused_with(reply: Reply) -> Page {
    let page = confirmed_with(reply).await;
    click(&page.get("button", TITLE));
    page.until("the request", || {
        page.net.count("DELETE", &item("ws_acme")) == 1
    })
    .await;
    page
}

fn says(page: &Page) -> String {
    text(&page.dialog().expect("the dialog stays"))
}

fn is_active(page: &Page) {
    assert_eq!(page.cell("Acme prod", "State"), "Active");
    assert_eq!(page.listed(), ["Acme prod", "Beta lab", "Core"]);
    assert_eq!(page.net.count("DELETE", &item("ws_acme")), 1, "asked once");
}

#[wasm_bindgen_test]
async fn a_conflict_keeps_the_dialog_with_the_services_message_whole_and_its_code_and_link() {
    let reply = Reply::error(409, "workspace_not_empty", WORDS).header("x-request-id", "req_409");
    let page = refused_with(reply).await;
    // Said once it has been looked for what stands in the way.
    page.wait_for_text("Nothing has changed. End them, then try again.")
        .await;
    let said = says(&page);
    for words in [
        "The workspace was not archived: it is still in use",
        WORDS,
        "workspace_not_empty",
        "req_409",
        "Altostrat refuses while the workspace has active subscriptions",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
    let link = page.get(
        "link",
        "https://docs.altostrat.io/errors/workspace_not_empty",
    );
    assert_eq!(attribute(&link, "target"), "_blank");
    assert!(attribute(&link, "rel").contains("noreferrer"));
    assert!(page.has("button", "Copy message") && page.has("button", "Copy request id"));
    assert!(
        all_in(&page.dialog().unwrap(), "alert").is_empty(),
        "read out once, with the focus on its heading"
    );
    page.until("the focus", || {
        focused().is_some_and(|heading| text(&heading).ends_with("it is still in use"))
    })
    .await;
    assert_eq!(
        value(&page.get("textbox", "Type the name to confirm")),
        "Acme prod",
        "the typed name stays"
    );
    is_active(&page);
}

#[wasm_bindgen_test]
async fn after_a_conflict_is_cleared_the_same_dialog_archives() {
    let page = refused_with(Reply::error(409, "workspace_not_empty", WORDS)).await;
    page.wait_for_text("The workspace was not archived: it is still in use")
        .await;
    page.net.as_usual();
    page.until("the way", || !is_off(&page.get("button", TITLE)))
        .await;
    click(&page.get("button", TITLE));
    page.wait_removed("dialog", TITLE).await;
    page.list(&["Beta lab", "Core"]).await;
    assert_eq!(page.net.count("DELETE", &item("ws_acme")), 2);
}

#[wasm_bindgen_test]
async fn conflicts_of_any_shape_are_shown() {
    let shapes = [
        Reply::empty(409),
        Reply::text(409, "text/html", "<h1>Conflict</h1>"),
        Reply::text(409, "application/json", "{\"message\": \"Only this"),
        Reply::text(409, "application/json", "[1, 2]"),
        Reply::error(409, "workspace_not_empty", &"sub_x, ".repeat(500)),
    ];
    for reply in shapes {
        let page = refused_with(reply).await;
        page.wait_for_text("The workspace was not archived: it is still in use")
            .await;
        assert!(says(&page).contains("Nothing has changed."));
        is_active(&page);
    }
}

#[wasm_bindgen_test]
async fn one_that_is_archived_already_counts_as_done_after_reading_it() {
    let page = confirmed_with(Reply::error(409, "conflict", "Already archived.")).await;
    page.net.change(|world| {
        let archived = world.get("ws_acme").clone().archived();
        *world.get("ws_acme") = archived;
    });
    click(&page.get("button", TITLE));
    page.wait_removed("dialog", TITLE).await;
    page.wait_for_text("Acme prod was archived already.").await;
    page.list(&["Beta lab", "Core"]).await;
}

#[wasm_bindgen_test]
async fn an_outcome_that_nobody_knows_is_said_as_such() {
    for reply in [
        Reply::lost(),
        Reply::error(500, "internal_error", "It broke."),
        Reply::empty(502),
    ] {
        let page = confirmed_with(reply).await;
        page.net.on("GET", &item("ws_acme"), Reply::empty(503));
        click(&page.get("button", TITLE));
        page.wait_for_text("It is not known whether the workspace was archived")
            .await;
        let said = says(&page);
        assert!(said.contains("It may have changed all the same."), "{said}");
        assert!(
            said.contains("Load the workspace again before you decide."),
            "{said}"
        );
        assert!(!said.contains("Nothing has changed"));
        is_active(&page);
        // Looking again shows what is so.
        page.net.as_usual();
        page.net.change(|world| {
            let archived = world.get("ws_acme").clone().archived();
            *world.get("ws_acme") = archived;
        });
        let again = all_in(&page.dialog().unwrap(), "button");
        click(
            again
                .iter()
                .find(|button| name(button) == "Refresh")
                .expect("a way to look"),
        );
        page.wait_for_text("This workspace is archived.").await;
        assert!(
            is_off(&page.get("button", TITLE)),
            "there is nothing left to press"
        );
        click(&page.get("button", TITLE));
        submit(&page.get("textbox", "Type the name to confirm"));
        page.idle().await;
        assert_eq!(page.net.count("DELETE", &item("ws_acme")), 1);
    }
}

#[wasm_bindgen_test]
async fn a_lost_answer_to_an_archive_that_happened_is_found_out_by_reading() {
    let page = confirmed_with(Reply::lost()).await;
    page.net.change(|world| {
        let archived = world.get("ws_acme").clone().archived();
        *world.get("ws_acme") = archived;
    });
    click(&page.get("button", TITLE));
    page.wait_removed("dialog", TITLE).await;
    page.wait_for_text(
        "The answer was lost, so the workspace was read again: Acme prod is archived.",
    )
    .await;
    assert_eq!(page.net.count("DELETE", &item("ws_acme")), 1);
}

#[wasm_bindgen_test]
async fn a_lost_answer_to_one_that_did_not_happen_says_that_nothing_changed() {
    let page = refused_with(Reply::lost()).await;
    page.wait_for_text("The workspace was not archived").await;
    assert!(says(&page).contains("Nothing has changed."));
    is_active(&page);
}

#[wasm_bindgen_test]
async fn while_the_outcome_is_looked_into_nothing_can_be_pressed_again() {
    let page = confirmed_with(Reply::lost()).await;
    let look = page.net.hold("GET", &item("ws_acme"));
    click(&page.get("button", TITLE));
    page.until("the look", || look.waiting() == 1).await;
    click(&page.get("button", TITLE));
    submit(&page.get("textbox", "Type the name to confirm"));
    key("Escape");
    page.idle().await;
    assert!(page.has("dialog", TITLE) && is_off(&page.get("button", TITLE)));
    is_active(&page);
    look.pass();
    page.wait_for_text("The workspace was not archived").await;
}

#[wasm_bindgen_test]
async fn a_refusal_for_lack_of_rights_refreshes_the_role_and_shuts_the_way() {
    let page = confirmed_with(Reply::empty(403)).await;
    page.net.change(|world| {
        let demoted = world.get("ws_acme").clone().role("admin");
        *world.get("ws_acme") = demoted;
    });
    click(&page.get("button", TITLE));
    page.wait_for_text("The workspace was not archived").await;
    assert!(says(&page).contains("The service does not allow you to do this."));
    page.until("the new role", || {
        page.cell("Acme prod", "Your role") == "Admin"
    })
    .await;
    click(&page.get("button", TITLE));
    submit(&page.get("textbox", "Type the name to confirm"));
    page.idle().await;
    assert_eq!(
        page.net.count("DELETE", &item("ws_acme")),
        1,
        "known to be refused, so not asked again"
    );
    key("Escape");
    page.wait_removed("dialog", TITLE).await;
    let button = page.row_button("Archive", "Acme prod");
    assert!(is_off(&button) && description(&button).contains("Your role here is admin"));
}

#[wasm_bindgen_test]
async fn a_session_that_ended_is_said_in_the_dialog() {
    let page = refused_with(Reply::empty(401)).await;
    page.find("dialog", "Sign in again to Altostrat").await;
    key("Escape");
    page.wait_removed("dialog", "Sign in again to Altostrat")
        .await;
    assert!(says(&page).contains("Nothing has changed."));
    let buttons = all_in(&page.dialog().unwrap(), "button");
    assert!(buttons.iter().any(|button| name(button) == "Sign in again"));
    is_active(&page);
}

#[wasm_bindgen_test]
async fn a_refusal_is_forgotten_when_the_dialog_opens_again() {
    let page = refused_with(Reply::error(409, "workspace_not_empty", WORDS)).await;
    page.wait_for_text("The workspace was not archived: it is still in use")
        .await;
    key("Escape");
    page.wait_removed("dialog", TITLE).await;
    click(&page.row_button("Archive", "Acme prod"));
    page.find("dialog", TITLE).await;
    assert!(!says(&page).contains("still in use"));
}

#[wasm_bindgen_test]
async fn a_yes_whose_workspace_cannot_be_read_again_is_accepted_and_no_more() {
    let page = confirmed_with(Reply::empty(204)).await;
    page.net.change(|world| {
        world
            .workspaces
            .retain(|workspace| workspace.id != "ws_acme")
    });
    click(&page.get("button", TITLE));
    page.wait_removed("dialog", TITLE).await;
    page.wait_for_text("The service accepted archiving Acme prod, and does not show it yet.")
        .await;
    is_active(&page);
}

#[wasm_bindgen_test]
async fn a_page_in_place_of_an_answer_is_no_yes() {
    let page = refused_with(Reply::text(
        200,
        "text/html",
        "<html>Sign in to the hotel</html>",
    ))
    .await;
    page.wait_for_text("The workspace was not archived").await;
    assert!(says(&page).contains("A web page came instead of data."));
    is_active(&page);
}
