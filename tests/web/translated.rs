//! Pages that other software changes: translators, extensions that mark words, password managers. What is seen and what is
//! done never come apart, and what the app says later is seen.

use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::Element;

use crate::support::act::{click, fill, key_on, scroll};
use crate::support::cast;
use crate::support::js;
use crate::support::look::{attribute, below, text};
use crate::support::page::{Page, address};
use crate::support::world::{LIST, World, item, workspace};

/// Does what a translator does: each text is taken out and stands anew inside two elements. `polite` ones leave alone
/// what says that it is not to be translated.
fn translate(page: &Page, polite: bool) -> u32 {
    let body = "const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT); \
        const found = []; \
        while (walker.nextNode()) found.push(walker.currentNode); \
        let count = 0; \
        for (const node of found) { \
            const parent = node.parentElement; \
            if (!node.data.trim() || parent.closest('script, style, textarea, font')) continue; \
            if (polite && parent.closest('[translate=no]')) continue; \
            const [outer, inner] = [document.createElement('font'), document.createElement('font')]; \
            inner.textContent = polite ? `⟨${node.data}⟩` : node.data; \
            outer.append(inner); \
            node.replaceWith(outer); \
            count += 1; \
        } \
        return count";
    let count = js("root, polite", body, &[&page.root, &polite.into()]);
    let count = count.as_f64().unwrap();
    assert!(count >= 0.0);
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let count = count as u32;
    count
}

/// Does what an extension that marks words does: texts are split, and a part of each stands in an element.
fn mark(page: &Page) {
    let body = "const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT); \
        const found = []; \
        while (walker.nextNode()) found.push(walker.currentNode); \
        for (const node of found) { \
            if (node.data.length < 3) continue; \
            const part = node.splitText(1); \
            part.splitText(1); \
            const mark = document.createElement('mark'); \
            part.replaceWith(mark); \
            mark.append(part); \
        }";
    js("root", body, &[&page.root]);
}

/// What stands in a row and what its controls are about, one workspace each.
fn told(row: &Element) -> [String; 5] {
    let link = &below(row, "a")[0];
    let about = |element: &Element, verb: &str| {
        let label = attribute(element, "aria-label");
        label.strip_prefix(verb).unwrap().trim().to_owned()
    };
    let buttons = below(row, "button");
    [
        text(link),
        about(&below(row, "input")[0], "Select"),
        about(&buttons[0], "Edit"),
        about(&buttons[1], "Archive"),
        text(&below(row, ".id")[0]),
    ]
}

/// Fails where a row's name, id, address and controls are not of one workspace.
fn one_each(page: &Page, when: &str) {
    let rows = page.rows();
    assert!(!rows.is_empty(), "{when}: no rows");
    for row in &rows {
        let [seen, select, edit, archive, id] = told(row);
        assert!(
            seen == select && seen == edit && seen == archive,
            "{when}: {seen:?} stands beside {select:?}, {edit:?}, {archive:?}"
        );
        let href = attribute(&below(row, "a")[0], "href");
        let path = href.split('?').next().unwrap_or_default();
        assert!(path.ends_with(&format!("/{id}")), "{when}: {id} at {href}");
    }
}

fn world() -> World {
    let mut all: Vec<_> = ["Amber Depot", "Birch Lab", "Cedar Yard", "Delta Office"]
        .iter()
        .enumerate()
        .map(|(at, name)| workspace(&format!("ws_{at}"), name))
        .collect();
    all[1] = all[1].clone().role("viewer").without("updated_at");
    all[2] = all[2].clone().role("admin").with("billing_mode", "single");
    all.push(workspace("ws_9", "Elm Archive").archived());
    World::of(all)
}

#[wasm_bindgen_test]
async fn names_stay_beside_their_own_controls_whoever_changes_the_texts() {
    type Change = fn(&Page);
    let changes: [(&str, Change); 3] = [
        ("translated", |page| {
            translate(page, false);
        }),
        ("marked", mark),
        ("both, and joined again", |page| {
            mark(page);
            translate(page, false);
            js("root", "root.normalize()", &[&page.root]);
        }),
    ];
    for (what, change) in changes {
        let page = Page::at("/workspaces?state=all", world());
        page.find("link", "Amber Depot").await;
        page.roles_known().await;
        change(&page);
        one_each(&page, what);
        let search = page.get("searchbox", "Search workspaces");
        for words in ["birch", "de", "", "yard"] {
            fill(&search, words);
            let wanted = ["Amber Depot", "Birch Lab", "Cedar Yard", "Delta Office"];
            let fits = |name: &&&str| name.to_lowercase().contains(words);
            let count = wanted.iter().filter(fits).count() + usize::from(words.is_empty());
            page.until(words, || page.rows().len() == count).await;
            one_each(&page, &format!("{what}, searched for {words:?}"));
            change(&page);
        }
        fill(&search, "");
        page.until("all", || page.rows().len() == 5).await;
        change(&page);
        let by_name = below(&page.root, "th.c-name button").remove(0);
        click(&by_name);
        page.until("the other order", || {
            text(&below(&page.rows()[0], "a")[0]) == "Elm Archive"
        })
        .await;
        one_each(&page, &format!("{what}, sorted"));
        change(&page);
        let segments = below(&page.root, ".seg button");
        click(&segments[1]);
        page.until("the archived", || page.rows().len() == 1).await;
        one_each(&page, &format!("{what}, archived"));
        change(&page);
        click(&segments[2]);
        page.until("all again", || page.rows().len() == 5).await;
        one_each(&page, &format!("{what}, all"));
        // What every other cell says is of the same workspace too.
        let cells: Vec<String> = page
            .rows()
            .iter()
            .map(|row| text(&below(row, ".c-role")[0]))
            .collect();
        assert_eq!(
            cells,
            ["Owner", "Owner", "Admin", "Viewer", "Owner"],
            "{what}"
        );
    }
}

#[wasm_bindgen_test]
async fn a_long_list_that_is_scrolled_keeps_names_and_controls_together() {
    let page = Page::at("/workspaces", World::many(400));
    page.until("rows", || page.rows().len() > 5).await;
    let frame: Element = page.root.query_selector(".scroll").unwrap().unwrap();
    for top in [3_000, 9_000, 9_100, 0, 12_000] {
        translate(&page, false);
        scroll(&frame, top);
        page.until("the rows there", || {
            let rows = page.rows();
            let box_of = frame.get_bounding_client_rect();
            let middle = box_of.top() + box_of.height() / 2.0;
            rows.iter().any(|row| {
                let row = row.get_bounding_client_rect();
                row.top() <= middle && middle <= row.bottom()
            })
        })
        .await;
        one_each(&page, &format!("at {top}"));
        for row in page.rows() {
            let number: usize = attribute(&row, "aria-rowindex").parse().unwrap();
            let name = text(&below(&row, "a")[0]);
            assert_eq!(name, format!("Workspace {:05}", number - 1));
        }
    }
}

#[wasm_bindgen_test]
async fn data_is_not_to_be_translated_and_words_are() {
    let page = Page::at("/workspaces/altostrat/ws_0?state=all", world());
    page.find("complementary", "Amber Depot").await;
    page.roles_known().await;
    assert!(translate(&page, true) > 20);
    one_each(&page, "translated");
    let heading = below(&page.pane(), "h2").remove(0);
    assert_eq!(text(&heading), "Amber Depot");
    let row = &page.rows()[0];
    assert_eq!(text(&below(row, ".c-acct")[0]), "Altostrat");
    assert_eq!(text(&below(row, ".c-role")[0]), "⟨Owner⟩");
    for data in below(&page.root, ".id, bdi, .acct") {
        assert!(
            data.closest("[translate=no]").unwrap().is_some() || data.tag_name() == "A",
            "{}",
            data.outer_html()
        );
    }
}

#[wasm_bindgen_test]
async fn what_is_said_later_is_seen_on_a_translated_page() {
    let page = Page::new(world());
    page.sign_in();
    let held = page
        .net
        .hold("GET", "/api/altostrat/workspaces/ws_0/members");
    page.open("/workspaces");
    page.until("the question", || held.waiting() == 1).await;
    let role = || text(&below(&page.row("Amber Depot"), ".c-role")[0]);
    page.until("not known yet", || role() == "…").await;
    translate(&page, true);
    assert_eq!(role(), "⟨…⟩");
    let members = serde_json::json!({"data": [{"user_id": crate::support::world::ME, "workspace_id": "ws_0", "role": "admin",
        "created_at": "2025-10-29T00:40:06.000000Z", "updated_at": "2025-10-30T00:40:06.000000Z"}], "has_more": false});
    held.reply(crate::support::net::Reply::json(200, &members));
    page.until("the role", || role() == "Admin").await;
    // The count, the words for listeners, and what stands in the list's place.
    let search = page.get("searchbox", "Search workspaces");
    fill(&search, "birch");
    page.until("the count", || page.says("1 of 5 workspaces"))
        .await;
    translate(&page, true);
    fill(&search, "nothing of the kind");
    page.wait_for_text("No workspace fits").await;
    assert!(!page.says("⟨1 of 5 workspaces⟩"));
    translate(&page, true);
    fill(&search, "");
    page.until("the rows again", || page.rows().len() == 4)
        .await;
    assert!(!page.says("No workspace fits"), "what was said is gone");
}

#[wasm_bindgen_test]
async fn the_whole_job_is_done_on_a_translated_page_and_about_the_right_workspace() {
    let page = Page::at("/workspaces", world());
    page.roles_known().await;
    translate(&page, true);
    fill(&page.get("searchbox", "Search workspaces"), "delta");
    page.until("the row", || page.rows().len() == 1).await;
    translate(&page, true);
    // Edit.
    click(&page.row_button("Edit", "Delta Office"));
    let field = |label: &str| below(&page.root, &format!("input[id^=field-{label}]")).pop();
    page.until("the form", || field("name").is_some()).await;
    translate(&page, true);
    fill(&field("name").unwrap(), "");
    let submit = below(&page.root, ".form-foot .primary").remove(0);
    click(&submit);
    page.until("what is wrong", || {
        !below(&page.root, ".summary, .note.danger").is_empty()
    })
    .await;
    translate(&page, true);
    fill(&field("name").unwrap(), "Delta Bureau");
    page.until("nothing is wrong", || {
        below(&page.root, ".field .error")
            .iter()
            .all(|one| text(one).is_empty())
    })
    .await;
    click(&below(&page.root, ".form-foot .primary").remove(0));
    page.until("it is saved", || {
        text(&below(&page.root, "aside h2")[0]) == "Delta Bureau"
    })
    .await;
    page.wait_for_text("Delta Bureau").await;
    translate(&page, true);
    // Archive.
    let search = page.get("searchbox", "Search workspaces");
    fill(&search, "amber");
    page.until("the row", || page.listed() == ["Amber Depot"])
        .await;
    translate(&page, true);
    click(&page.row_button("Archive", "Amber Depot"));
    page.until("the dialog", || page.dialog().is_some()).await;
    page.idle().await;
    translate(&page, true);
    let dialog = page.dialog().unwrap();
    assert_eq!(text(&below(&dialog, ".which-name bdi")[0]), "Amber Depot");
    fill(&below(&dialog, "#confirm-name")[0], "Amber Depot");
    page.until("the way", || {
        let send = below(&dialog, "footer .danger").remove(0);
        attribute(&send, "aria-disabled") != "true"
    })
    .await;
    click(&below(&dialog, "footer .danger")[0]);
    page.until("it is done", || page.dialog().is_none()).await;
    let sent: Vec<String> = page
        .net
        .writes()
        .iter()
        .map(|write| format!("{} {}", write.method, write.path))
        .collect();
    assert_eq!(
        sent,
        [
            format!("PATCH {}", item("ws_3")),
            format!("DELETE {}", item("ws_0"))
        ]
    );
    page.until("the notice", || page.says("Amber Depot is archived"))
        .await;
    assert!(page.net.count("GET", LIST) >= 1);
}

#[wasm_bindgen_test]
async fn what_others_put_into_a_row_leaves_with_its_workspace_and_stops_no_press() {
    let page = Page::at("/workspaces", world());
    page.roles_known().await;
    let put = "const note = document.createElement('span'); note.className = 'foreign'; note.textContent = 'Note'; \
        element.append(note); return note";
    // A note in the cell of the name, an icon in a button, a field of its own in the row.
    js("element", put, &[&below(&page.row("Amber Depot"), "td")[0]]);
    let inside: Element = cast(js(
        "element",
        put,
        &[&page.row_button("Edit", "Delta Office")],
    ));
    let field = "const field = document.createElement('input'); field.type = 'checkbox'; element.append(field); return field";
    let foreign: Element = cast(js(
        "element",
        field,
        &[&below(&page.row("Cedar Yard"), "td")[0]],
    ));
    click(&foreign);
    page.idle().await;
    assert!(
        below(&page.root, ".pick:checked").is_empty(),
        "it selects nothing"
    );
    fill(&page.get("searchbox", "Search workspaces"), "birch");
    page.list(&["Birch Lab"]).await;
    assert!(below(&page.root, "tbody .foreign").is_empty());
    fill(&page.get("searchbox", "Search workspaces"), "");
    page.until("all", || page.rows().len() == 4).await;
    one_each(&page, "after it");
    let inside = if inside.is_connected() {
        inside
    } else {
        cast(js(
            "element",
            put,
            &[&page.row_button("Edit", "Delta Office")],
        ))
    };
    click(&inside);
    page.until("the form", || address().contains("/ws_3/edit"))
        .await;
}

#[wasm_bindgen_test]
async fn fields_and_dialogs_work_with_what_a_password_manager_puts_into_them() {
    let page = Page::at("/workspaces", world());
    page.roles_known().await;
    let guest = "for (const field of root.querySelectorAll('input, textarea, select')) { \
            field.setAttribute('data-gramm', 'false'); field.setAttribute('data-kwid', '7'); \
            const icon = document.createElement('div'); icon.textContent = '•'; field.after(icon); \
        } \
        for (const dialog of root.querySelectorAll('dialog, form')) dialog.prepend(document.createElement('span'))";
    js("root", guest, &[&page.root]);
    fill(&page.get("searchbox", "Search workspaces"), "amber");
    page.list(&["Amber Depot"]).await;
    click(&page.row_button("Archive", "Amber Depot"));
    let field = page.find("textbox", "Type the name to confirm").await;
    js("root", guest, &[&page.root]);
    key_on(&field, "Escape", &[]);
    page.wait_removed("dialog", "Archive Amber Depot").await;
    click(&page.row_button("Archive", "Amber Depot"));
    let field = page.find("textbox", "Type the name to confirm").await;
    js("root", guest, &[&page.root]);
    fill(&field, "Amber Depot");
    page.press("button", "Archive Amber Depot").await;
    page.wait_removed("dialog", "Archive Amber Depot").await;
    assert_eq!(page.net.writes().len(), 1);
}
