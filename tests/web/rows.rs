//! Rows are written over for other workspaces: what that must never do.

use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::Element;

use crate::support::act::{click, fill, focus};
use crate::support::js;
use crate::support::look::{below, text, value};
use crate::support::page::{Page, focused};
use crate::support::world::{World, workspace};

/// Workspaces that differ in all that a row can say.
fn world() -> World {
    World::of([
        workspace("ws_a", "Alike one").role("viewer"),
        workspace("ws_b", "Beta \u{202e}two")
            .without("updated_at")
            .without("billing_mode"),
        workspace("ws_c", "Core three").outside(),
        workspace("ws_d", "Delta four").role("admin"),
        workspace("ws_e", "Epsilon old").archived().role("owner"),
        workspace("ws_f", "Farm old")
            .archived()
            .without("updated_at")
            .unreadable(),
    ])
}

/// All that a row says, in an order of its own: attributes come in the order they were set.
fn told(row: &Element) -> Vec<String> {
    let mut parts = vec![row.clone()];
    parts.extend(below(row, "*"));
    let mut told = Vec::new();
    for part in parts {
        let names = part.get_attribute_names();
        let mut said: Vec<String> = names
            .iter()
            .filter_map(|name| name.as_string())
            .map(|name| {
                let value = part.get_attribute(&name).unwrap_or_default();
                format!("{}: {name}={value}", part.tag_name())
            })
            .collect();
        said.sort();
        told.append(&mut said);
        let checked = js("element", "return String(element.checked)", &[&part]);
        told.push(checked.as_string().unwrap());
    }
    told.push(text(row));
    told
}

async fn fresh(address: &str) -> Vec<Vec<String>> {
    let page = Page::at(address, world());
    page.until("rows", || !page.rows().is_empty()).await;
    page.roles_known().await;
    page.idle().await;
    page.rows().iter().map(told).collect()
}

#[wasm_bindgen_test]
async fn a_row_that_is_written_over_says_what_one_made_for_its_workspace_says() {
    let views = [
        ("All 6", "/workspaces?state=all"),
        ("Archived 2", "/workspaces?state=archived"),
        ("Active 4", "/workspaces"),
    ];
    let mut wanted = Vec::new();
    for (_, address) in views {
        wanted.push(fresh(address).await);
    }
    let page = Page::at("/workspaces/altostrat/ws_a?state=all", world());
    page.find("link", "Alike one").await;
    page.roles_known().await;
    // A row that is open, selected, explained.
    click(&page.get("checkbox", "Select Alike one"));
    focus(&page.row_button("Archive", "Alike one"));
    page.press("button", "Close").await;
    page.wait_removed("button", "Close").await;
    click(&page.get("checkbox", "Select Alike one"));
    focus(&page.get("searchbox", "Search workspaces"));
    for _ in 0..2 {
        for ((segment, address), wanted) in views.iter().zip(&wanted) {
            page.press("button", segment).await;
            page.until(address, || page.rows().len() == wanted.len())
                .await;
            page.roles_known().await;
            page.idle().await;
            let rows: Vec<_> = page.rows().iter().map(told).collect();
            assert_eq!(rows, *wanted, "at {address}");
        }
    }
}

#[wasm_bindgen_test]
async fn what_is_selected_and_open_is_so_for_its_own_row_alone() {
    let page = Page::at("/workspaces/altostrat/ws_a?state=all", world());
    page.find("link", "Alike one").await;
    click(&page.get("checkbox", "Select Alike one"));
    let checked = || below(&page.root, "tbody input:checked").len();
    let current = || below(&page.root, "tbody [aria-current]").len();
    page.until("one of each", || (checked(), current()) == (1, 1))
        .await;
    fill(&page.get("searchbox", "Search workspaces"), "core");
    page.list(&["Core three"]).await;
    assert_eq!((checked(), current()), (0, 0));
    fill(&page.get("searchbox", "Search workspaces"), "");
    page.until("all", || page.rows().len() == 6).await;
    assert_eq!((checked(), current()), (1, 1));
    assert!(text(&page.row("Alike one")).contains("ws_a"));
}

#[wasm_bindgen_test]
async fn the_row_with_the_focus_keeps_its_nodes_and_its_workspace_wherever_it_goes() {
    let page = Page::at("/workspaces?state=all", world());
    page.find("link", "Core three").await;
    let link = page.get("link", "Core three");
    focus(&link);
    // Turned round it stands elsewhere.
    page.press("button", "Name").await;
    page.until("the other order", || {
        page.listed().first().map(String::as_str) == Some("Farm old")
    })
    .await;
    assert!(focused().unwrap().is_same_node(Some(&link)));
    assert!(page.get("link", "Core three").is_same_node(Some(&link)));
    let others: Vec<_> = page.listed();
    assert_eq!(others.len(), 6, "{others:?}");
    // Where it does not belong it goes, and nobody else gets its nodes.
    page.press("button", "Archived 2").await;
    page.list(&["Farm old", "Epsilon old"]).await;
    assert!(!link.is_connected());
    assert_eq!(text(&link), "Core three");
    page.press("button", "All 6").await;
    page.until("all", || page.rows().len() == 6).await;
    assert!(!link.is_connected() && text(&link) == "Core three");
}

#[wasm_bindgen_test]
async fn a_reason_that_stands_beside_a_row_leaves_with_it() {
    let page = Page::at("/workspaces?state=all", world());
    page.find("link", "Core three").await;
    page.roles_known().await;
    let hint = || {
        below(&page.root, ".hint")
            .iter()
            .map(text)
            .collect::<String>()
    };
    let button = page.row_button("Archive", "Alike one");
    let over = "element.dispatchEvent(new PointerEvent('pointerover', { bubbles: true }))";
    js("element", over, &[&button]);
    page.until("the reason", || !hint().is_empty()).await;
    fill(&page.get("searchbox", "Search workspaces"), "core");
    page.list(&["Core three"]).await;
    page.until("no reason", || hint().is_empty()).await;
}

#[wasm_bindgen_test]
async fn rows_have_one_set_of_listeners_however_many_there_are() {
    let page = Page::new(World::many(150));
    let counted = "const real = EventTarget.prototype.addEventListener; \
        EventTarget.prototype.addEventListener = function (...words) { \
            if (this instanceof Element && this.closest('tr')) globalThis.rowListeners = (globalThis.rowListeners ?? 0) + 1; \
            return real.apply(this, words); \
        }; \
        return () => { EventTarget.prototype.addEventListener = real; }";
    let restore = js("", counted, &[]);
    page.sign_in();
    page.open("/workspaces");
    page.until("all rows", || page.rows().len() == 150).await;
    let search = page.get("searchbox", "Search workspaces");
    fill(&search, "workspace 0001");
    page.until("some", || page.rows().len() < 20).await;
    fill(&search, "");
    page.until("all rows", || page.rows().len() == 150).await;
    let heard = js(
        "restore",
        "restore(); return String(globalThis.rowListeners ?? 0)",
        &[&restore],
    );
    let heads = 6;
    let heard: usize = heard.as_string().unwrap().parse().unwrap();
    assert!(
        heard <= heads,
        "{heard} listeners in rows, {heads} of the head"
    );
    assert_eq!(value(&search), "");
}
