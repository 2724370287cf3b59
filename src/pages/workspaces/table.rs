//! The table. Up to 200 rows it is complete; beyond that only the rows in view are in the page,
//! between spaces of the others' height, and the row that holds focus stays wherever it is.

use leptos::prelude::*;
use steward_domain::listing::Column;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, Node};

use super::rows::{Measure, Rows};
use super::states::in_place;
use super::view::View;
use crate::browser::events::on_window;
use crate::state::AppState;
use crate::state::navigation::Navigation;
use crate::text;
use crate::ui::el::{el, group};
use crate::ui::layout::press;

/// How many placeholder rows stand while the first rows are awaited.
const SKELETONS: usize = 12;

/// The scrolling box with the table in it, or with what stands in place of rows.
pub fn table(app: AppState, navigation: Navigation, view: View) -> Node {
    let scroll = RwSignal::new(0_usize);
    let size = RwSignal::new((900_usize, 44_usize));
    let total = Memo::new(move |_| view.shown());
    let rows = Rows::new(app, navigation, view);

    let has_rows = Memo::new(move |_| total.get() > 0);
    let loading = Memo::new(move |_| !has_rows.get() && app.workspaces.is_loading());
    let standing = Memo::new(move |_| has_rows.get() || loading.get());
    let count = move || {
        // The head is a row too; while loading nobody knows the number (ARIA: -1).
        Some(if loading.get() {
            String::from("-1")
        } else {
            (total.get() + 1).to_string()
        })
    };
    let content = move || {
        if !standing.get() {
            return None;
        }
        let mut head_row = el("tr").attr("role", "row").attr("aria-rowindex", "1");
        for column in Column::ALL {
            head_row = head_row.add(head(view, column));
        }
        let head_row = head_row.add(
            el("th")
                .attr("role", "columnheader")
                .attr("scope", "col")
                .class("c-acts")
                .text(text::ACTIONS),
        );
        let body = el("tbody")
            .attr("role", "rowgroup")
            .part(move || loading.get().then(skeletons));
        let measure = Measure {
            total,
            scroll,
            size,
        };
        rows.fill(body.clone().node(), measure);
        let table = el("table")
            .class("rows")
            .attr("role", "table")
            .attr("aria-label", text::WORKSPACES)
            .live("aria-rowcount", count)
            .when("aria-busy", move || loading.get())
            .add(el("thead").attr("role", "rowgroup").add(head_row))
            .add(body);
        Some(table.node())
    };
    let frame = el("div")
        .class("scroll")
        .attr("tabindex", "-1")
        .on("scroll", move |event| {
            if let Some(element) = event.current_target() {
                let element: HtmlElement = element.unchecked_into();
                scroll.set(usize::try_from(element.scroll_top()).unwrap_or(0));
            }
        })
        .part(content)
        .part(move || (!has_rows.get()).then(|| in_place(app, view)));
    let frame = rows.listened(frame);
    let element = frame.html();
    keep_measured(app, element.clone(), size);
    start_at_top(view, element, scroll);
    frame.node()
}

/// The height of rows is the stylesheet's (`--row`): it depends on density, on the width and on the reader's size of text.
fn keep_measured(app: AppState, element: HtmlElement, size: RwSignal<(usize, usize)>) {
    let measure = move || {
        let height = usize::try_from(element.client_height()).unwrap_or(0);
        // Before it is in the page it has no height; the first guess stands until then.
        if height > 0 {
            size.set((height, row_height(&element)));
        }
    };
    // Whoever has set another size of text in the browser comes back to this window from there.
    for event in ["resize", "focus"] {
        let changed = measure.clone();
        on_window(event, move |_| changed());
    }
    Effect::new(move |_| {
        app.settings.track();
        let measure = measure.clone();
        request_animation_frame(measure);
    });
}

/// Another view starts at its top; coming back to the same one does not. Where it is at its top
/// already it is left alone: to set it has a browser lay out the page at once.
fn start_at_top(view: View, element: HtmlElement, scroll: RwSignal<usize>) {
    let mut before = None;
    Effect::new(move |_| {
        let now = view.query.get();
        let other = before.as_ref().is_some_and(|before| *before != now);
        if other && scroll.get_untracked() > 0 {
            element.set_scroll_top(0);
        }
        before = Some(now);
    });
}

fn skeletons() -> Node {
    let bones: Vec<Node> = (0..SKELETONS)
        .map(|_| {
            el("tr")
                .class("skeleton")
                .attr("aria-hidden", "true")
                .add(el("td"))
                .node()
        })
        .collect();
    group(&bones)
}

/// A head cell: a button that sorts, and turns the order round when pressed again.
fn head(view: View, column: Column) -> Node {
    let sort = move || {
        view.query
            .with(|query| match (query.column == column, query.descending) {
                (false, _) => None,
                (true, false) => Some(String::from("ascending")),
                (true, true) => Some(String::from("descending")),
            })
    };
    let class = match column {
        Column::Name => "c-name",
        Column::Account => "c-acct",
        Column::Role => "c-role",
        Column::Billing => "c-bill",
        Column::State => "c-state",
        Column::Updated => "c-upd num",
    };
    let turn = Callback::new(move |()| {
        view.change(|query| {
            query.descending = query.column == column && !query.descending;
            query.column = column;
        });
    });
    el("th")
        .class(class)
        .attr("role", "columnheader")
        .attr("scope", "col")
        .live("aria-sort", sort)
        .add(press("sort", turn).text(text::column(column)))
        .node()
}

fn row_height(element: &HtmlElement) -> usize {
    let style = window().get_computed_style(element).ok().flatten();
    let text = style
        .and_then(|style| style.get_property_value("--row").ok())
        .unwrap_or_default();
    let whole = text.trim().trim_end_matches("px").parse().ok();
    // A browser that gives the words of the stylesheet, or a fraction, is asked how high a row is.
    let row = || element.query_selector("tbody tr[aria-rowindex]").ok()?;
    let drawn = || {
        let row: HtmlElement = row()?.unchecked_into();
        usize::try_from(row.offset_height()).ok()
    };
    whole.or_else(drawn).unwrap_or(44)
}
