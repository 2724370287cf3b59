//! The record of what was attempted from this tab.

use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::act::{click, fill};
use crate::support::look::{below, text};
use crate::support::net::Reply;
use crate::support::page::{Page, token_of};
use crate::support::world::{ME, World, item};

/// Action, workspace, result (its first line) and request id of every attempt, newest first.
fn attempts(page: &Page) -> Vec<[String; 4]> {
    let table = page.get("table", "Activity");
    let rows = below(&table, "tbody tr").into_iter();
    rows.map(|row| {
        let cells: Vec<String> = below(&row, "td").iter().map(text).collect();
        [
            cells[1].clone(),
            cells[2].clone(),
            cells[4].clone(),
            cells[5].clone(),
        ]
    })
    .collect()
}

async fn rename(page: &Page, workspace: &str, to: &str) {
    page.press("link", "Workspaces").await;
    page.find("link", workspace).await;
    page.roles_known().await;
    click(&page.row_button("Edit", workspace));
    fill(&page.find("textbox", "Name").await, to);
    page.until("something to save", || {
        !crate::support::look::is_off(&page.get("button", "Save changes"))
    })
    .await;
    page.press("button", "Save changes").await;
}

#[wasm_bindgen_test]
async fn an_empty_record_says_what_it_is_and_is_not() {
    let page = Page::at("/activity", World::small());
    page.find("heading", "No activity yet").await;
    assert!(page.says("It is not the service's audit log"));
}

#[wasm_bindgen_test]
async fn done_refused_and_unknown_attempts_all_stand_there() {
    let page = Page::at("/workspaces", World::small());
    rename(&page, "Acme prod", "Acme two").await;
    page.wait_for_text("Changes to Acme two are saved.").await;

    let refusal = Reply::error(400, "odd", "No.").header("x-request-id", "req_no");
    page.net.once("PATCH", &item("ws_beta"), refusal);
    rename(&page, "Beta lab", "Beta two").await;
    page.wait_for_text("The changes were not saved").await;

    page.net.once("DELETE", &item("ws_acme"), Reply::lost());
    page.net.on("GET", &item("ws_acme"), Reply::empty(503));
    page.press("link", "Workspaces").await;
    page.until("the row", || page.listed().contains(&"Acme two".to_owned()))
        .await;
    click(&page.row_button("Archive", "Acme two"));
    fill(
        &page.find("textbox", "Type the name to confirm").await,
        "Acme two",
    );
    click(&page.get("button", "Archive Acme two"));
    page.wait_for_text("It is not known whether the workspace was archived")
        .await;
    page.press("button", "Keep workspace").await;

    page.press("link", "Activity").await;
    page.find("table", "Activity").await;
    let all = attempts(&page);
    let begins = |at: usize, wanted: [&str; 3]| {
        let [action, workspace, result, _] = &all[at];
        assert_eq!([action, workspace], wanted[..2]);
        assert!(result.starts_with(wanted[2]), "{result}");
    };
    begins(0, ["Archive", "Acme two", "Not known"]);
    begins(1, ["Edit", "Beta lab", "Refused"]);
    begins(2, ["Edit", "Acme prod", "Done"]);
    assert_eq!(all[1][3], "req_no");
    assert!(all[1][2].contains("No."), "the service's own words");
    assert!(page.says("Name Acme prod → Acme two"));
    assert_eq!(all.len(), 3, "reads are no attempts");
    assert!(!page.says(&token_of(ME)) && !page.says("Bearer"));
}

#[wasm_bindgen_test]
async fn an_attempt_leads_to_its_workspace() {
    let page = Page::at("/workspaces", World::small());
    rename(&page, "Acme prod", "Acme two").await;
    page.wait_for_text("are saved.").await;
    page.press("link", "Activity").await;
    page.press("link", "Acme prod").await;
    page.find("complementary", "Acme two").await;
}

#[wasm_bindgen_test]
async fn the_record_stays_over_a_reload_and_goes_with_signing_out() {
    let page = Page::at("/workspaces", World::small());
    rename(&page, "Acme prod", "Acme two").await;
    page.wait_for_text("are saved.").await;
    page.reload().await;
    page.press("link", "Activity").await;
    page.find("table", "Activity").await;
    assert_eq!(attempts(&page)[0][..3], ["Edit", "Acme prod", "Done Undo"]);
    assert!(stored().iter().all(|text| !text.contains(&token_of(ME))));
    page.press("link", "Accounts").await;
    page.press("button", "Sign out").await;
    page.until("nothing is kept", || stored().is_empty()).await;
}

/// What this tab keeps of attempts.
fn stored() -> Vec<String> {
    let storage = web_sys::window()
        .unwrap()
        .session_storage()
        .unwrap()
        .unwrap();
    let names = (0..storage.length().unwrap()).filter_map(|at| storage.key(at).unwrap());
    let names = names.filter(|name| name.starts_with("steward.activity/"));
    let texts: Vec<String> = names
        .map(|name| storage.get_item(&name).unwrap().unwrap())
        .collect();
    texts
}

#[wasm_bindgen_test]
async fn a_page_that_closed_during_a_write_says_what_came_of_it() {
    for done in [true, false] {
        let page = Page::at("/workspaces", World::small());
        let held = page.net.hold("PATCH", &item("ws_acme"));
        rename(&page, "Acme prod", "Acme two").await;
        page.until("it is out", || held.waiting() == 1).await;
        if done {
            page.net.change(|world| {
                let renamed = world.get("ws_acme").clone().with("name", "Acme two");
                *world.get("ws_acme") = renamed;
            });
        }
        page.reload().await;
        // What does not show at once is looked at again before anything is said about it.
        page.hurry(1_000);
        let said = match done {
            true => "Acme prod: your changes were saved.",
            false => "Acme prod: your changes were not saved.",
        };
        page.wait_for_text(said).await;
        page.press("link", "Activity").await;
        page.find("table", "Activity").await;
        let wanted = match done {
            true => "Done, confirmed by reading",
            false => "Refused",
        };
        assert!(attempts(&page)[0][2].starts_with(wanted));
        assert_eq!(page.net.writes().len(), 1, "nothing is sent again");
    }
}
