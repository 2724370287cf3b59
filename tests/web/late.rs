//! Answers that come late: what was asked for before a change never takes the place of what came of it.

use serde_json::{Value, json};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::act::{click, fill};
use crate::support::js;
use crate::support::look::{below, is_off, text, value};
use crate::support::net::{Held, Reply};
use crate::support::page::{Page, SHIPPED, address};
use crate::support::world::{LIST, World, edit, item, open, workspace};

/// The list as the service would send it at this moment.
fn list_now(page: &Page) -> Reply {
    let mut rows = Vec::new();
    page.net.change(|world| {
        rows.extend(world.workspaces.iter().map(|one| one.object.clone()));
    });
    Reply::json(200, &json!({"data": rows, "has_more": false}))
}

/// Has the list read again, with an answer from this moment that is still on its way.
async fn reading_the_list(page: &Page) -> (Held, Reply) {
    let (held, then) = (page.net.hold("GET", LIST), list_now(page));
    page.load_again();
    page.until("the request", || held.waiting() == 1).await;
    page.net.as_usual();
    (held, then)
}

async fn arrives(page: &Page, held: &Held, reply: Reply) {
    held.reply(reply);
    page.until("the end of it", || !page.has("button", "Cancel"))
        .await;
    page.idle().await;
}

#[wasm_bindgen_test]
async fn a_list_asked_for_before_a_save_does_not_bring_the_former_name_back() {
    let page = Page::at(&edit("ws_acme"), World::small());
    page.find("textbox", "Name").await;
    page.roles_known().await;
    let (held, then) = reading_the_list(&page).await;
    page.enter("Name", "Mine");
    page.press("button", "Save changes").await;
    page.wait_for_text("Changes to Mine are saved.").await;
    arrives(&page, &held, then).await;
    assert_eq!(page.listed(), ["Beta lab", "Core", "Mine"]);
    // What comes next is newer.
    page.net
        .change(|world| world.get("ws_acme").object["name"] = "Theirs".into());
    let (held, then) = reading_the_list(&page).await;
    arrives(&page, &held, then).await;
    assert_eq!(page.listed(), ["Beta lab", "Core", "Theirs"]);
}

#[wasm_bindgen_test]
async fn a_list_asked_for_before_an_archive_does_not_make_it_active_again() {
    let page = Page::at("/workspaces", World::small());
    page.roles_known().await;
    let (held, then) = reading_the_list(&page).await;
    click(&page.row_button("Archive", "Acme prod"));
    page.find("dialog", "Archive Acme prod").await;
    page.enter("Type the name to confirm", "Acme prod");
    page.until("the way", || {
        !is_off(&page.get("button", "Archive Acme prod"))
    })
    .await;
    click(&page.get("button", "Archive Acme prod"));
    page.list(&["Beta lab", "Core"]).await;
    arrives(&page, &held, then).await;
    assert_eq!(page.listed(), ["Beta lab", "Core"]);
}

#[wasm_bindgen_test]
async fn a_list_asked_for_before_a_workspace_was_gone_does_not_bring_it_back() {
    let page = Page::at("/workspaces", World::small());
    page.roles_known().await;
    let (held, then) = reading_the_list(&page).await;
    page.net
        .change(|world| world.workspaces.retain(|one| one.id != "ws_beta"));
    click(&page.row_button("Edit", "Beta lab"));
    page.wait_for_text("Workspace not found").await;
    page.list(&["Acme prod", "Core"]).await;
    arrives(&page, &held, then).await;
    assert_eq!(page.listed(), ["Acme prod", "Core"]);
    // Whoever makes it anew has it.
    page.net
        .change(|world| world.workspaces.push(workspace("ws_beta", "Beta again")));
    let (held, then) = reading_the_list(&page).await;
    arrives(&page, &held, then).await;
    assert_eq!(page.listed(), ["Acme prod", "Beta again", "Core"]);
}

#[wasm_bindgen_test]
async fn a_reading_asked_for_before_a_save_changes_nothing_after_it() {
    let page = Page::at(&edit("ws_acme"), World::small());
    page.find("textbox", "Name").await;
    page.roles_known().await;
    page.idle().await;
    let mut before = Value::Null;
    page.net
        .change(|world| before = world.get("ws_acme").object.clone());
    let held = page.net.hold("GET", &item("ws_acme"));
    page.pass(5_000);
    js("", "dispatchEvent(new Event('focus'))", &[]);
    page.until("the request", || held.waiting() == 1).await;
    page.net.as_usual();
    page.enter("Name", "Mine");
    page.press("button", "Save changes").await;
    page.wait_for_text("Changes to Mine are saved.").await;
    page.until("the overview", || address() == open("ws_acme"))
        .await;
    held.reply(Reply::json(200, &before));
    page.idle().await;
    assert_eq!(page.listed(), ["Beta lab", "Core", "Mine"]);
    click(&page.in_pane("button", "Edit Mine"));
    assert_eq!(value(&page.find("textbox", "Name").await), "Mine");
}

#[wasm_bindgen_test]
async fn members_that_came_with_an_older_list_do_not_undo_a_change_of_them() {
    const FLASHBACK: &str = "/api/flashback/workspace";
    let with = |role: &str| {
        let person = |id: &str| json!({"id": id, "name": id, "lastName": "", "email": ""});
        let users = json!([
            {"userId": "fay", "role": "ADMIN", "user": person("fay")},
            {"userId": "bo", "role": role, "user": person("bo")},
        ]);
        json!({"id": "f1", "name": "Media", "orgId": "o1", "users": users})
    };
    let list = |role| Reply::json(200, &json!({"success": true, "workspaces": [with(role)]}));
    let one = |role| Reply::json(200, &json!({"success": true, "workspace": with(role)}));
    let page = Page::new(World::default());
    page.configure(SHIPPED);
    page.keep(&json!({
        "account": "flashback", "place": "flashback", "label": "Flashback", "kept": true,
        "token": "fl4sh", "subject": "fay",
    }));
    page.net.on("GET", FLASHBACK, list("READ"));
    let item = [FLASHBACK, "/f1"].concat();
    page.net.on("GET", &item, one("READ"));
    page.open("/workspaces/flashback/f1/members");
    page.find("table", "Members").await;
    let bo = || {
        let rows = below(&page.get("table", "Members"), "tbody tr").into_iter();
        rows.map(|row| text(&row))
            .find(|row| row.starts_with("bo"))
            .unwrap_or_default()
    };
    assert!(bo().contains("Read") && !bo().contains("Admin"), "{}", bo());
    let held = page.net.hold("GET", FLASHBACK);
    page.load_again();
    page.until("the request", || held.waiting() == 1).await;

    page.net.on("GET", &item, one("ADMIN"));
    let done = Reply::json(200, &json!({"success": true}));
    page.net.on("PUT", &[&item, "/users/bo"].concat(), done);
    page.press("button", "Change role of bo").await;
    let roles = || below(&page.pane(), "select");
    page.until("the roles", || !roles().is_empty()).await;
    fill(&roles()[0], "ADMIN");
    page.press("button", "Change role").await;
    page.wait_for_text("The role of bo in Media is").await;
    let again = page.net.hold("GET", &item);
    arrives(&page, &held, list("READ")).await;
    // Drawn anew, so that it shows what is known and not what was.
    page.press("link", "Overview").await;
    page.wait_removed("table", "Members").await;
    page.press("link", "Members").await;
    page.find("table", "Members").await;
    assert!(bo().contains("Admin"), "{}", bo());
    assert_eq!(again.waiting(), 0, "nobody has asked once more");
}
