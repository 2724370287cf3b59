//! A long list: complete up to 200 rows, a window on it beyond.

use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Element, HtmlElement};

use crate::support::act::{click, fill, focus, scroll};
use crate::support::look::{attribute, below};
use crate::support::page::{Page, focused, microtasks};
use crate::support::world::{LIST, World};
use crate::support::{cast, js};

async fn with(count: usize) -> Page {
    let page = Page::at("/workspaces", World::many(count));
    page.until("rows", || page.rows().len() > 5).await;
    page
}

fn scroller(page: &Page) -> HtmlElement {
    cast(page.root.query_selector(".scroll").unwrap().unwrap())
}

fn numbers(page: &Page) -> Vec<usize> {
    page.rows()
        .iter()
        .map(|row| attribute(row, "aria-rowindex").parse().unwrap())
        .collect()
}

fn heights(page: &Page) -> f64 {
    let table = page.get("table", "Workspaces");
    below(&table, "tbody tr")
        .iter()
        .map(|row: &Element| row.get_bounding_client_rect().height())
        .sum()
}

#[wasm_bindgen_test]
async fn two_hundred_rows_are_a_complete_table() {
    let page = with(200).await;
    assert_eq!(page.rows().len(), 200);
    assert_eq!(
        attribute(&page.get("table", "Workspaces"), "aria-rowcount"),
        "201"
    );
    assert_eq!(numbers(&page), (2..=201).collect::<Vec<_>>());
    assert!(below(&page.root, "tr.gap").is_empty());
}

#[wasm_bindgen_test]
async fn beyond_that_only_what_is_in_view_is_drawn_and_the_count_is_of_all() {
    let page = with(201).await;
    assert!(page.rows().len() < 60, "{} rows", page.rows().len());
    assert_eq!(
        attribute(&page.get("table", "Workspaces"), "aria-rowcount"),
        "202"
    );
    assert_eq!(numbers(&page)[..3], [2, 3, 4]);
}

#[wasm_bindgen_test]
async fn ten_thousand_rows_take_fewer_than_seven_hundred_nodes_anywhere() {
    let page = with(10_000).await;
    let row = page
        .row("Workspace 00001")
        .get_bounding_client_rect()
        .height();
    let whole = heights(&page);
    assert!(
        (whole - row * 10_000.0).abs() < 2.0,
        "the scroll bar stands for {whole} px of {row} px rows"
    );
    for at in [0.0, 0.3, 0.77, 1.0] {
        #[allow(clippy::cast_possible_truncation, reason = "a whole number of pixels")]
        scroll(&scroller(&page), ((row * 10_000.0) * at) as i32);
        page.until("a row in the middle of the view", || drawn_in_view(&page))
            .await;
        let nodes = below(&page.root, "*").len();
        assert!(nodes <= 700, "{nodes} nodes at {at}");
        assert!(
            (heights(&page) - whole).abs() < 2.0,
            "the height changed at {at}"
        );
        let numbers = numbers(&page);
        assert!(numbers.is_sorted() && numbers.len() < 60, "{numbers:?}");
        let last = page.rows().pop().unwrap();
        let number: usize = attribute(&last, "aria-rowindex").parse().unwrap();
        let name = last
            .query_selector("a")
            .unwrap()
            .unwrap()
            .text_content()
            .unwrap();
        assert_eq!(
            name,
            format!("Workspace {:05}", number - 1),
            "numbers and rows belong together"
        );
    }
    assert_eq!(
        attribute(&page.get("table", "Workspaces"), "aria-rowcount"),
        "10001"
    );
}

/// No blank where rows should be: rows reach from the head to the lower edge.
fn drawn_in_view(page: &Page) -> bool {
    let view = scroller(page).get_bounding_client_rect();
    let rows: Vec<_> = page
        .rows()
        .iter()
        .map(Element::get_bounding_client_rect)
        .collect();
    let covers = |y: f64| rows.iter().any(|row| row.top() <= y && y <= row.bottom());
    covers(view.top() + view.height() / 2.0)
        && covers(view.bottom() - 30.0)
        && covers(view.top() + 60.0)
}

#[wasm_bindgen_test]
async fn the_row_with_the_focus_stays_while_others_scroll_away() {
    let page = with(1_000).await;
    focus(&page.get("link", "Workspace 00003"));
    scroll(&scroller(&page), 20_000);
    page.until("other rows", || {
        numbers(&page).iter().any(|number| *number > 400)
    })
    .await;
    let names = page.listed();
    assert!(names.contains(&"Workspace 00003".to_owned()), "{names:?}");
    assert!(!names.contains(&"Workspace 00002".to_owned()));
    assert_eq!(
        focused().unwrap().text_content().unwrap(),
        "Workspace 00003"
    );
    assert_eq!(
        attribute(&page.row("Workspace 00003"), "aria-rowindex"),
        "4"
    );
    assert!(numbers(&page).is_sorted());
}

#[wasm_bindgen_test]
async fn a_new_search_starts_at_the_top() {
    let page = with(1_000).await;
    scroll(&scroller(&page), 20_000);
    page.until("other rows", || {
        numbers(&page).iter().all(|number| *number > 100)
    })
    .await;
    fill(&page.get("searchbox", "Search workspaces"), "workspace 00");
    page.until("the top", || numbers(&page).first() == Some(&2))
        .await;
    assert_eq!(scroller(&page).scroll_top(), 0);
}

#[wasm_bindgen_test]
async fn only_rows_in_view_have_their_members_asked_for() {
    let page = with(1_000).await;
    page.roles_known().await;
    let asked = page.net.count("GET", "*/members");
    assert!(
        asked < 60,
        "{asked} members lists for {} rows",
        page.rows().len()
    );
    assert_eq!(page.net.count("GET", LIST), 1);
}

#[wasm_bindgen_test]
async fn a_search_in_ten_thousand_takes_no_request_and_few_rows() {
    let page = with(10_000).await;
    page.roles_known().await;
    page.net.forget();
    fill(&page.get("searchbox", "Search workspaces"), "09999");
    page.list(&["Workspace 09999"]).await;
    assert_eq!(
        attribute(&page.get("table", "Workspaces"), "aria-rowcount"),
        "2"
    );
    page.roles_known().await;
    assert_eq!(
        page.net.requests().len(),
        1,
        "the one role that came into view"
    );
}

#[wasm_bindgen_test]
async fn opening_a_workspace_and_coming_back_keeps_the_place_in_the_list() {
    let page = with(1_000).await;
    scroll(&scroller(&page), 20_000);
    page.until("other rows", || {
        numbers(&page).iter().all(|number| *number > 100)
    })
    .await;
    let top = scroller(&page).scroll_top();
    click(&page.rows()[6].query_selector("a").unwrap().unwrap());
    page.find("button", "Close").await;
    click(&page.get("button", "Close"));
    page.wait_removed("button", "Close").await;
    page.idle().await;
    assert_eq!(scroller(&page).scroll_top(), top);
}

#[wasm_bindgen_test]
async fn paper_gets_every_row_at_once_and_the_screen_its_few_again() {
    let page = with(260).await;
    page.roles_known().await;
    scroll(&scroller(&page), 4_000);
    page.until("other rows", || numbers(&page)[0] > 20).await;
    let before = numbers(&page);
    let asked = page.net.count("GET", "*/members");
    // A browser prints once what its event set off has run.
    js("", "dispatchEvent(new Event('beforeprint'))", &[]);
    microtasks().await;
    assert_eq!(page.rows().len(), 260);
    page.idle().await;
    assert_eq!(numbers(&page), (2..=261).collect::<Vec<_>>());
    js("", "dispatchEvent(new Event('afterprint'))", &[]);
    page.idle().await;
    assert_eq!(numbers(&page), before);
    page.idle().await;
    let more = page.net.count("GET", "*/members") - asked;
    assert!(more < 60, "{more} members lists for paper");
}

#[wasm_bindgen_test]
async fn paper_says_what_it_does_not_have() {
    let printed = |page: &Page| below(&page.root, ".printed")[0].text_content().unwrap();
    let page = with(200).await;
    assert_eq!(printed(&page), "");
    let page = with(260).await;
    assert!(printed(&page).contains("has not been read yet"));
    let page = with(2_500).await;
    let says = printed(&page);
    assert!(
        says.contains("the first 2,000 of 2,500 workspaces"),
        "{says}"
    );
    assert!(says.contains("Export has all of them"), "{says}");
    js("", "dispatchEvent(new Event('beforeprint'))", &[]);
    microtasks().await;
    assert_eq!(page.rows().len(), 2_000);
    js("", "dispatchEvent(new Event('afterprint'))", &[]);
    page.until("the few again", || page.rows().len() < 60).await;
    click(&page.rows()[3].query_selector("a").unwrap().unwrap());
    page.find("button", "Close").await;
    assert!(printed(&page).contains("the open workspace alone"));
}

#[wasm_bindgen_test]
async fn rows_are_as_high_as_the_readers_text_asks_and_none_is_missing() {
    let page = with(1_000).await;
    let root = "document.documentElement.style.fontSize = size; dispatchEvent(new Event('focus'))";
    for (size, row) in [("24px", 66.0), ("17px", 47.0), ("32px", 88.0)] {
        js("size", root, &[&size.into()]);
        let whole = || (heights(&page) - row * 1_000.0).abs() < 2.0;
        page.until(size, whole).await;
        scroll(&scroller(&page), 30_000);
        page.until("no gap", || drawn_in_view(&page)).await;
        assert!(whole(), "{size}: {}", heights(&page));
    }
    js("size", root, &[&"".into()]);
}

#[wasm_bindgen_test]
async fn an_app_that_is_gone_listens_to_nothing() {
    let count = "const [add, remove] = [window.addEventListener, window.removeEventListener]; \
        globalThis.heard = {}; \
        window.addEventListener = function (name, ...rest) { heard[name] = (heard[name] ?? 0) + 1; return add.call(window, name, ...rest); }; \
        window.removeEventListener = function (name, ...rest) { heard[name] = (heard[name] ?? 0) - 1; return remove.call(window, name, ...rest); }; \
        return () => { delete window.addEventListener; delete window.removeEventListener; }";
    let restore = js("", count, &[]);
    let page = with(20).await;
    page.idle().await;
    drop(page);
    let left = "restore(); return JSON.stringify(Object.entries(heard).filter(([, count]) => count !== 0))";
    let left = js("restore", left, &[&restore]).as_string().unwrap();
    assert_eq!(left, "[]");
}
