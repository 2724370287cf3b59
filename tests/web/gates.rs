//! Who may do what, at every control that could do it: the whole table of role, state and action,
//! in the row, in the open workspace, by key and by address. What is not allowed says why and sends
//! nothing, however it is pressed.

use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::Element;

use crate::support::act::{click, focus, key, key_on};
use crate::support::look::{attribute, description, is_off, text};
use crate::support::page::{Page, address, focused};
use crate::support::world::{OWNER, Workspace, World, edit, open, workspace};

/// What a control is expected to say.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Say {
    /// It can be used.
    Ready,
    /// Not yet known.
    Pending,
    /// The roles needed, and what about mine.
    Needs(&'static str, &'static str),
    /// The workspace is archived.
    Archived,
}
use Say::{Archived, Needs, Pending, Ready};

const EDITORS: &str = "owner or admin";
const OWNERS: &str = "role owner";

/// Id, workspace, what Edit says, what Archive says.
fn table() -> Vec<(&'static str, Workspace, Say, Say)> {
    let new = |id: &str| workspace(id, &format!("Name of {id}"));
    let low = |role| (Needs(EDITORS, role), Needs(OWNERS, role));
    let viewer = low("Your role here is viewer");
    let other = low("Your role here is “auditor”");
    let outsider = low("list of members");
    let unreadable = low("could not be read");
    vec![
        ("owner", new("owner").role("owner"), Ready, Ready),
        (
            "admin",
            new("admin").role("admin"),
            Ready,
            Needs(OWNERS, "Your role here is admin"),
        ),
        ("viewer", new("viewer").role("viewer"), viewer.0, viewer.1),
        ("other", new("other").role("auditor"), other.0, other.1),
        (
            "outsider",
            new("outsider").outside(),
            outsider.0,
            outsider.1,
        ),
        (
            "unreadable",
            new("unreadable").unreadable(),
            unreadable.0,
            unreadable.1,
        ),
        ("pending", new("pending"), Pending, Pending),
        ("a-owner", new("a-owner").archived(), Archived, Archived),
        (
            "a-admin",
            new("a-admin").role("admin").archived(),
            Archived,
            Archived,
        ),
        (
            "a-viewer",
            new("a-viewer").role("viewer").archived(),
            Archived,
            Archived,
        ),
        (
            "a-other",
            new("a-other").role("auditor").archived(),
            Archived,
            Archived,
        ),
        (
            "a-outsider",
            new("a-outsider").outside().archived(),
            Archived,
            Archived,
        ),
        (
            "a-unreadable",
            new("a-unreadable").unreadable().archived(),
            Archived,
            Archived,
        ),
        ("a-pending", new("a-pending").archived(), Archived, Archived),
    ]
}

fn page_at(address: &str) -> Page {
    let page = Page::new(World::of(
        table().into_iter().map(|(_, workspace, ..)| workspace),
    ));
    page.sign_in();
    page.net.hold("GET", "*/pending/members");
    page.net.hold("GET", "*/a-pending/members");
    page.open(address);
    page
}

async fn ready(page: &Page) {
    let known = || {
        page.root
            .query_selector_all("tr [data-pending]")
            .unwrap()
            .length()
            == 2
    };
    page.until("all roles but the one held back", || {
        page.rows().len() == 14 && known()
    })
    .await;
}

/// What a control says, against what it should.
fn check(button: &Element, say: Say, owner_known: bool) {
    let what = attribute(button, "aria-label");
    let why = description(button);
    assert_eq!(is_off(button), say != Ready, "{what}: {say:?}, {why:?}");
    assert!(
        !button.has_attribute("disabled"),
        "{what} must hold the focus"
    );
    focus(button);
    match say {
        Ready => assert_eq!(why, "", "{what}"),
        Pending => assert!(why.contains("being checked"), "{what}: {why}"),
        Archived => assert!(why.contains("is archived"), "{what}: {why}"),
        Needs(needed, mine) => {
            assert!(why.contains(needed) && why.contains(mine), "{what}: {why}");
            assert_eq!(
                why.contains(OWNER),
                owner_known,
                "{what} names the owners it knows: {why}"
            );
        }
    }
}

#[wasm_bindgen_test]
async fn the_whole_table_in_the_rows() {
    let page = page_at("/workspaces?state=all");
    ready(&page).await;
    for (id, workspace, edit, archive) in table() {
        let name = workspace.object["name"].as_str().unwrap().to_owned();
        check(&page.row_button("Edit", &name), edit, id != "unreadable");
        check(
            &page.row_button("Archive", &name),
            archive,
            id != "unreadable",
        );
    }
}

#[wasm_bindgen_test]
async fn the_whole_table_in_the_open_workspace() {
    for (id, workspace, edit, archive) in table() {
        let page = page_at(&format!("{}?state=all", open(id)));
        ready(&page).await;
        let name = workspace.object["name"].as_str().unwrap().to_owned();
        let button = page.find_in_pane("button", &format!("Edit {name}")).await;
        check(&button, edit, id != "unreadable");
        let button = page.in_pane("button", &format!("Archive {name}"));
        check(&button, archive, id != "unreadable");
        if archive != Ready {
            // The reason is text to be seen, not for listeners alone.
            let why = description(&button);
            assert!(text(&page.pane()).contains(&why), "{id}: {why}");
        }
    }
}

#[wasm_bindgen_test]
async fn what_is_not_allowed_sends_nothing_however_it_is_pressed() {
    let page = page_at("/workspaces?state=all");
    ready(&page).await;
    page.net.forget();
    for (id, workspace, edit, archive) in table() {
        let name = workspace.object["name"].as_str().unwrap().to_owned();
        for (verb, say) in [("Edit", edit), ("Archive", archive)] {
            if say == Ready {
                continue;
            }
            let button = page.row_button(verb, &name);
            focus(&button);
            click(&button);
            key("Enter");
            key(" ");
            if verb == "Edit" {
                key("e");
            }
            page.idle().await;
            assert_eq!(
                address(),
                "/workspaces?state=all",
                "{verb} {id} led somewhere"
            );
            assert!(page.dialog().is_none(), "{verb} {id} opened a dialog");
        }
    }
    assert_eq!(page.net.requests().len(), 0, "{:?}", page.net.requests());
}

#[wasm_bindgen_test]
async fn the_reason_is_seen_on_focus_and_on_press_and_leaves_with_escape() {
    let page = page_at("/workspaces?state=all");
    ready(&page).await;
    let button = page.row_button("Archive", "Name of viewer");
    let hint = || {
        page.root
            .query_selector(".hint:popover-open")
            .unwrap()
            .map(|hint| text(&hint))
    };
    assert_eq!(hint(), None);
    focus(&button);
    page.until("the reason", || hint().is_some()).await;
    assert_eq!(hint().unwrap(), description(&button));
    key("Escape");
    page.until("no reason", || hint().is_none()).await;
    click(&button);
    page.until("the reason", || hint().is_some()).await;
    focus(&page.row_button("Edit", "Name of owner"));
    page.until("no reason", || hint().is_none()).await;
}

#[wasm_bindgen_test]
async fn the_key_e_on_a_row_says_why_not() {
    let page = page_at("/workspaces?state=all");
    ready(&page).await;
    focus(&page.get("link", "Name of viewer"));
    page.net.forget();
    key("e");
    page.wait_for_text("Editing takes the role owner or admin. Your role here is viewer.")
        .await;
    assert_eq!(address(), "/workspaces?state=all");
    assert_eq!(page.net.requests().len(), 0);
}

#[wasm_bindgen_test]
async fn the_key_e_edits_where_editing_is_allowed() {
    for name in ["owner", "admin"] {
        let page = page_at("/workspaces?state=all");
        ready(&page).await;
        focus(&page.get("link", &format!("Name of {name}")));
        key("e");
        page.find("button", "Save changes").await;
        page.until("the address", || {
            address() == format!("{}?state=all", edit(name))
        })
        .await;
    }
}

#[wasm_bindgen_test]
async fn an_address_of_the_form_shows_text_to_whoever_may_not_edit() {
    for (id, workspace, say, _) in table() {
        if say == Ready || say == Pending {
            continue;
        }
        let page = page_at(&format!("{}?state=all", edit(id)));
        ready(&page).await;
        page.until("the reason", || {
            page.says("You can read and copy this, not change it")
        })
        .await;
        let name = workspace.object["name"].as_str().unwrap().to_owned();
        assert!(text(&page.pane()).contains(&name));
        let inputs = page
            .pane()
            .query_selector_all("input, textarea, select")
            .unwrap()
            .length();
        assert_eq!(inputs, 0, "{id}: no fields that only look alive");
        assert!(!page.has("button", "Save changes"));
        let form = page.pane().query_selector("form").unwrap();
        if let Some(form) = form {
            key_on(&form, "Enter", &["ctrlKey"]);
            crate::support::js("form", "form.requestSubmit()", &[&form]);
        }
        page.idle().await;
        assert_eq!(page.net.writes().len(), 0, "{id}");
        assert!(
            !crate::support::page::asks_before_leaving(),
            "{id}: nothing can be lost here"
        );
    }
}

#[wasm_bindgen_test]
async fn while_the_role_is_unknown_the_form_cannot_be_sent() {
    let page = page_at(&edit("pending"));
    let save = page.find("button", "Save changes").await;
    page.enter("Name", "Something else");
    assert!(is_off(&save));
    click(&save);
    key_on(&page.get("textbox", "Name"), "Enter", &["ctrlKey"]);
    key_on(&page.get("textbox", "Name"), "Enter", &[]);
    page.idle().await;
    assert_eq!(page.net.writes().len(), 0);
}

#[wasm_bindgen_test]
async fn a_whole_visit_of_a_viewer_changes_nothing() {
    let page = Page::at(
        "/workspaces",
        World::of([workspace("v", "Valley").role("viewer")]),
    );
    page.roles_known().await;
    for press in ["j", "e", "Enter", "x", "a", "d", "Delete", "?", "Escape"] {
        key(press);
        page.idle().await;
    }
    page.find_in_pane("button", "Archive Valley").await;
    for button in page.all("button") {
        // What an earlier press took away cannot be pressed.
        if button.is_connected() {
            click(&button);
        }
        page.idle().await;
    }
    page.reload().await;
    page.idle().await;
    assert_eq!(page.net.writes().len(), 0);
    assert!(focused().is_some() || page.all("dialog").is_empty());
}
