//! Archiving: the right one, on purpose, once.

mod services;
mod stored;

use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::act::{click, fill, focus, key, key_on, submit};
use crate::support::look::{all_in, description, find_in, is_off, name, text, value};
use crate::support::page::{Page, focused};
use crate::support::world::{World, item, open, workspace};

const TITLE: &str = "Archive Acme prod";

async fn dialog() -> Page {
    let page = Page::at("/workspaces", World::small());
    page.roles_known().await;
    click(&page.row_button("Archive", "Acme prod"));
    page.find("dialog", TITLE).await;
    page
}

fn confirm(page: &Page) -> web_sys::Element {
    page.get("button", TITLE)
}

#[wasm_bindgen_test]
async fn the_dialog_says_which_one_and_what_it_means() {
    let page = dialog().await;
    let says = text(&page.dialog().unwrap());
    for words in [
        "ws_acme",
        "Altostrat",
        "Acme prod",
        "Nobody can change it afterwards.",
        "no way to undo",
    ] {
        assert!(says.contains(words), "{words}: {says}");
    }
    assert!(page.has("heading", TITLE));
    assert!(page.has("button", "Copy name") && page.has("button", "Keep workspace"));
    assert!(!page.has("link", "Core"), "the rest of the page waits");
}

#[wasm_bindgen_test]
async fn the_focus_starts_in_the_field_and_never_on_the_dangerous_button() {
    let page = dialog().await;
    page.until("the focus", || {
        focused().is_some_and(|field| name(&field) == "Type the name to confirm")
    })
    .await;
    assert!(description(&focused().unwrap()).contains("Upper and lower case count"));
}

#[wasm_bindgen_test]
async fn only_the_exact_name_opens_the_way() {
    let page = dialog().await;
    let field = page.get("textbox", "Type the name to confirm");
    for close in [
        "",
        "acme prod",
        "Acme pro",
        "Acmeprod",
        "Acme pröd",
        "Acme \u{440}rod",
        " ",
    ] {
        fill(&field, close);
        page.idle().await;
        assert!(is_off(&confirm(&page)), "{close:?}");
        assert!(!description(&confirm(&page)).is_empty(), "it says why not");
        click(&confirm(&page));
        submit(&field);
    }
    page.idle().await;
    assert_eq!(page.net.writes().len(), 0);
    fill(&field, "Acme prod");
    page.until("the way", || !is_off(&confirm(&page))).await;
    assert_eq!(description(&confirm(&page)), "");
}

#[wasm_bindgen_test]
async fn names_of_any_kind_can_be_pasted() {
    for (odd, shown) in [
        ("\u{202e}dorp emca", "[U+202E]dorp emca"),
        ("Acme\nprod", "Acme[U+000A]prod"),
        ("<b>Core</b>", "<b>Core</b>"),
        ("🦀 & co", "🦀 & co"),
        ("Ünïcode", "Ünïcode"),
    ] {
        let page = Page::at("/workspaces", World::of([workspace("ws_1", odd)]));
        page.roles_known().await;
        let label = format!("Archive {shown}");
        click(&find_in(&page.rows()[0], "button", &label).unwrap());
        let field = page.find("textbox", "Type the name to confirm").await;
        page.find("heading", &label).await;
        fill(&field, odd);
        page.until("the way", || !is_off(&page.get("button", &label)))
            .await;
    }
}

#[wasm_bindgen_test]
async fn a_name_that_hides_something_is_shown_with_it() {
    let name = "\u{202e}Acme\u{200b} \u{440}rod";
    let page = Page::at("/workspaces", World::of([workspace("ws_1", name)]));
    page.roles_known().await;
    let label = "Archive [U+202E]Acme[U+200B] \u{440}rod";
    click(&find_in(&page.rows()[0], "button", label).unwrap());
    let field = page.find("textbox", "Type the name to confirm").await;
    let says = text(&page.dialog().unwrap());
    for words in [
        "right-to-left override, U+202E",
        "zero-width space, U+200B",
        "(looks like Latin letters, U+0440)",
        "This name hides something",
    ] {
        assert!(says.contains(words), "{words}: {says}");
    }
    let about = description(&field);
    assert!(about.contains("turn its text around"), "{about}");
    assert!(about.contains("Copy it with the button"), "{about}");
    let whole = page.dialog().unwrap().text_content().unwrap();
    assert!(!whole.contains('\u{202e}'), "it never gets into the page");
    page.press("button", "Keep workspace").await;
    page.wait_removed("dialog", label).await;
}

#[wasm_bindgen_test]
async fn names_that_look_the_same_are_told_apart_before_one_is_archived() {
    let page = Page::at(
        "/workspaces?state=all",
        World::of([
            workspace("ws_latin", "Acme prod"),
            workspace("ws_cyrillic", "Acme \u{440}rod"),
            workspace("ws_other", "Acme prod 2"),
        ]),
    );
    page.roles_known().await;
    click(&page.row_button("Archive", "Acme prod"));
    page.wait_for_text("The name of another workspace looks the same")
        .await;
    let says = text(&page.dialog().unwrap());
    for words in ["Altostrat · ws_latin This one", "Altostrat · ws_cyrillic"] {
        assert!(says.contains(words), "{words}: {says}");
    }
    assert!(!says.contains("ws_other"));
}

#[wasm_bindgen_test]
async fn many_presses_make_one_request_to_the_id() {
    let page = dialog().await;
    let held = page.net.hold("DELETE", &item("ws_acme"));
    let field = page.get("textbox", "Type the name to confirm");
    fill(&field, "Acme prod");
    page.until("the way", || !is_off(&confirm(&page))).await;
    let button = confirm(&page);
    for _ in 0..5 {
        click(&button);
        submit(&field);
        key_on(&button, "Enter", &[]);
    }
    page.until("the request", || held.waiting() == 1).await;
    page.idle().await;
    let writes = page.net.writes();
    assert_eq!(writes.len(), 1, "{writes:?}");
    assert_eq!(
        (writes[0].method.as_str(), writes[0].path.clone()),
        ("DELETE", item("ws_acme"))
    );
    assert_eq!(writes[0].body, "");
}

#[wasm_bindgen_test]
async fn while_the_request_is_out_nothing_closes_and_nothing_is_drawn_as_archived() {
    let page = dialog().await;
    let held = page.net.hold("DELETE", &item("ws_acme"));
    let field = page.get("textbox", "Type the name to confirm");
    fill(&field, "Acme prod");
    submit(&field);
    page.until("the request", || held.waiting() == 1).await;
    let button = confirm(&page);
    assert!(is_off(&button) && button.has_attribute("aria-busy"));
    assert!(page.says("Archiving"));
    key("Escape");
    key("Escape");
    click(&page.get("button", "Keep workspace"));
    click(&page.dialog().unwrap());
    page.idle().await;
    assert!(
        page.has("dialog", TITLE),
        "it stays until there is an answer"
    );
    assert_eq!(page.cell("Acme prod", "State"), "Active");
    assert_eq!(page.listed(), ["Acme prod", "Beta lab", "Core"]);
    let row = page.row_button("Archive", "Acme prod");
    assert!(
        is_off(&row) && row.has_attribute("aria-busy"),
        "the row is at work"
    );
    fill(&field, "something else");
    assert_eq!(value(&field), "Acme prod", "what was confirmed stays");
    assert!(!page.says("is archived."));
    held.pass();
    page.wait_removed("dialog", TITLE).await;
}

#[wasm_bindgen_test]
async fn success_closes_confirms_and_announces_once() {
    let page = dialog().await;
    fill(
        &page.get("textbox", "Type the name to confirm"),
        "Acme prod",
    );
    click(&confirm(&page));
    page.wait_removed("dialog", TITLE).await;
    page.list(&["Beta lab", "Core"]).await;
    page.wait_for_text("Acme prod is archived.").await;
    page.until("the announcement", || {
        page.announced() == "Acme prod is archived."
    })
    .await;
    assert!(page.has("button", "Archived 2"));
    assert!(
        !page.has("button", "Undo") && !page.has("button", "Restore"),
        "nothing that cannot work"
    );
    page.until("the focus somewhere sensible", || focused().is_some())
        .await;
    page.press("button", "Dismiss").await;
    page.until("no notice", || {
        !page.says("Acme prod is archived.") || page.announced().contains("archived")
    })
    .await;
    assert_eq!(page.net.writes().len(), 1);
}

#[wasm_bindgen_test]
async fn after_success_the_focus_goes_to_the_next_row() {
    let page = dialog().await;
    fill(
        &page.get("textbox", "Type the name to confirm"),
        "Acme prod",
    );
    click(&confirm(&page));
    page.wait_removed("dialog", TITLE).await;
    page.until("the focus on the row that moved up, or the heading", || {
        focused().is_some_and(|focused| {
            let in_row = focused
                .closest("tr")
                .unwrap()
                .is_some_and(|row| text(&row).contains("Beta lab"));
            in_row || focused.tag_name() == "H1"
        })
    })
    .await;
}

#[wasm_bindgen_test]
async fn an_archived_one_stays_in_view_where_all_are_shown() {
    let page = Page::at("/workspaces?state=all", World::small());
    page.roles_known().await;
    click(&page.row_button("Archive", "Acme prod"));
    fill(
        &page.find("textbox", "Type the name to confirm").await,
        "Acme prod",
    );
    click(&confirm(&page));
    page.wait_removed("dialog", TITLE).await;
    page.until("the state", || {
        page.cell("Acme prod", "State") == "Archived"
    })
    .await;
    let button = page.row_button("Archive", "Acme prod");
    assert!(is_off(&button) && description(&button).contains("is archived"));
    page.until("the focus back on the row", || {
        focused().is_some_and(|focused| name(&focused) == "Archive Acme prod")
    })
    .await;
}

#[wasm_bindgen_test]
async fn the_danger_zone_opens_the_same_dialog_and_the_pane_follows() {
    let page = Page::at(&format!("{}?state=all", open("ws_acme")), World::small());
    page.roles_known().await;
    click(&page.find_in_pane("button", "Archive Acme prod").await);
    fill(
        &page.find("textbox", "Type the name to confirm").await,
        "Acme prod",
    );
    click(&confirm(&page));
    page.wait_removed("dialog", TITLE).await;
    page.until("the pane", || {
        is_off(&page.in_pane("button", "Archive Acme prod"))
    })
    .await;
    assert!(text(&page.pane()).contains("This workspace is archived."));
}

#[wasm_bindgen_test]
async fn keeping_the_workspace_closes_and_returns_the_focus() {
    for way in ["button", "escape"] {
        let page = Page::at("/workspaces", World::small());
        page.roles_known().await;
        let opener = page.row_button("Archive", "Acme prod");
        focus(&opener);
        key("Enter");
        let field = page.find("textbox", "Type the name to confirm").await;
        fill(&field, "Acme prod");
        page.until("the focus inside", || {
            focused().is_some_and(|focused| focused.is_same_node(Some(&field)))
        })
        .await;
        if way == "button" {
            click(&page.get("button", "Keep workspace"));
        } else {
            key("Escape");
        }
        page.wait_removed("dialog", TITLE).await;
        page.until("the focus back", || {
            focused().is_some_and(|focused| focused.is_same_node(Some(&opener)))
        })
        .await;
        assert_eq!(page.net.writes().len(), 0);
        // Nothing typed is left over for the next time.
        click(&page.row_button("Archive", "Acme prod"));
        assert_eq!(
            value(&page.find("textbox", "Type the name to confirm").await),
            ""
        );
    }
}

#[wasm_bindgen_test]
async fn of_two_with_one_name_the_one_pressed_is_archived() {
    let twins = [workspace("ws_one", "Twin"), workspace("ws_two", "Twin")];
    let page = Page::at("/workspaces", World::of(twins));
    page.roles_known().await;
    let second = page.rows()[1].clone();
    click(&find_in(&second, "button", "Archive Twin").unwrap());
    let field = page.find("textbox", "Type the name to confirm").await;
    let says = text(&page.dialog().unwrap());
    for words in [
        "Two workspaces are called Twin",
        "ws_two This one",
        "Altostrat · ws_one",
    ] {
        assert!(says.contains(words), "{words}: {says}");
    }
    fill(&field, "Twin");
    submit(&field);
    page.until("one left", || page.rows().len() == 1).await;
    assert_eq!(page.net.writes()[0].path, item("ws_two"));
    assert!(text(&page.rows()[0]).contains("ws_one"));
}

#[wasm_bindgen_test]
async fn a_workspace_renamed_meanwhile_is_confirmed_by_the_name_that_was_shown() {
    let page = dialog().await;
    page.net
        .change(|world| world.get("ws_acme").object["name"] = "Renamed".into());
    fill(
        &page.get("textbox", "Type the name to confirm"),
        "Acme prod",
    );
    click(&confirm(&page));
    page.wait_removed("dialog", TITLE).await;
    assert_eq!(page.net.writes()[0].path, item("ws_acme"));
    page.wait_for_text("is archived.").await;
}

#[wasm_bindgen_test]
async fn the_dialog_has_one_dangerous_button_and_it_comes_last() {
    let page = dialog().await;
    let buttons: Vec<String> = all_in(&page.dialog().unwrap(), "button")
        .iter()
        .map(name)
        .collect();
    assert_eq!(buttons, ["Copy name", "Keep workspace", TITLE]);
}
