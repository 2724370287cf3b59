//! The table. Up to 200 rows it is complete; beyond that only the rows in view are in the page,
//! between spaces of the others' height, and the row that holds focus stays wherever it is.

use leptos::html;
use leptos::prelude::*;
use steward_domain::listing::Query;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::columns::{COLUMNS, ColumnFacts};
use super::layout::Measure;
use super::row::TableRow;
use super::rows::Rows;
use super::states::InPlace;
use super::view::View;
use crate::browser::events::on_window;
use crate::state::AppState;
use crate::state::navigation::Navigation;
use crate::text;

/// How many placeholder rows stand while the first rows are awaited.
const SKELETONS: usize = 12;

/// The scrolling box with the table in it, or with what stands in place of rows.
#[component]
pub(super) fn Table(app: AppState, navigation: Navigation, view: View) -> impl IntoView {
    let measure = Measure {
        total: Memo::new(move |_| view.shown()),
        scroll: RwSignal::new(0),
        size: RwSignal::new((900, 44)),
    };
    let rows = Rows::new(app, navigation, view, measure);
    let has_rows = Memo::new(move |_| measure.total.get() > 0);
    let loading = Memo::new(move |_| !has_rows.get() && app.workspaces.is_loading());
    let has_table = Memo::new(move |_| has_rows.get() || loading.get());
    let row_count = move || match loading.get() {
        // While loading nobody knows the number.
        true => String::from("-1"),
        // The head is a row too.
        false => (measure.total.get() + 1).to_string(),
    };
    let above = Memo::new(move |_| rows.space_above());
    let below = Memo::new(move |_| rows.space_below());
    let frame = NodeRef::<html::Div>::new();
    keep_measured(app, frame, measure.size);
    start_at_top(view, frame, measure.scroll);
    view! {
        <div
            node_ref=frame
            class="scroll"
            tabindex="-1"
            on:scroll=move |_| {
                if let Some(frame) = frame.try_get_untracked().flatten() {
                    measure.scroll.set(usize::try_from(frame.scroll_top()).unwrap_or(0));
                }
            }
            on:focusin=move |event| rows.focus_in(&event)
            on:focusout=move |event| rows.focus_out(&event)
            on:pointerover=move |event| rows.explain(&event)
            on:pointerout=move |event| rows.leave(&event, false)
            on:click=move |event| rows.press(&event)
            on:change=move |event| rows.select(&event)
        >
            <Show when=move || has_table.get()>
                <table
                    class="rows"
                    role="table"
                    aria-label=text::WORKSPACES
                    aria-rowcount=row_count
                    aria-busy=move || loading.get().then_some("true")
                >
                    <thead role="rowgroup">
                        <tr role="row" aria-rowindex="1">
                            {COLUMNS.iter().map(|column| view! { <Head view=view column=column/> }).collect_view()}
                        </tr>
                    </thead>
                    <tbody role="rowgroup">
                        <Show when=move || loading.get()>
                            <Skeletons/>
                        </Show>
                        <Space pixels=above/>
                        <For each=move || rows.slots() key={|slot| *slot} let:slot>
                            <TableRow rows=rows id=slot/>
                        </For>
                        <Space pixels=below/>
                    </tbody>
                </table>
            </Show>
            <Show when=move || !has_rows.get()>
                <InPlace app=app view=view/>
            </Show>
        </div>
    }
}

/// Empty space that stands for rows that are not drawn.
#[component]
fn Space(pixels: Memo<usize>) -> impl IntoView {
    let is_due = Memo::new(move |_| pixels.get() > 0);
    view! {
        <Show when=move || is_due.get()>
            <tr class="gap" aria-hidden="true" style:height=move || format!("{}px", pixels.get())></tr>
        </Show>
    }
}

/// The height of rows is the stylesheet's (`--row`): it depends on density, on the width and on the reader's size of text.
fn keep_measured(app: AppState, frame: NodeRef<html::Div>, size: RwSignal<(usize, usize)>) {
    let measure = move || {
        let Some(frame) = frame.try_get_untracked().flatten() else {
            return;
        };
        let height = usize::try_from(frame.client_height()).unwrap_or(0);
        // Before it is in the page it has no height; the first guess stands until then.
        if height > 0 {
            size.set((height, row_height(&frame)));
        }
    };
    // Whoever has set another size of text in the browser comes back to this window from there.
    for event in ["resize", "focus"] {
        on_window(event, move |_| measure());
    }
    Effect::new(move |_| {
        app.settings.track();
        frame.track();
        request_animation_frame(measure);
    });
}

/// Another view starts at its top; coming back to the same one does not. Where it is at its top
/// already it is left alone: to set it has a browser lay out the page at once.
fn start_at_top(view: View, frame: NodeRef<html::Div>, scroll: RwSignal<usize>) {
    Effect::new(move |before: Option<Query>| {
        let now = view.query.get();
        if before.is_some_and(|before| before != now)
            && scroll.get_untracked() > 0
            && let Some(frame) = frame.get_untracked()
        {
            frame.set_scroll_top(0);
        }
        now
    });
}

/// What stands while the first rows are awaited.
#[component]
fn Skeletons() -> impl IntoView {
    (0..SKELETONS)
        .map(|_| view! { <tr class="skeleton" aria-hidden="true"><td></td></tr> })
        .collect_view()
}

/// A head cell. One that sorts is a button, and turns the order round when pressed again.
#[component]
fn Head(view: View, column: &'static ColumnFacts) -> impl IntoView {
    let sorted = move || {
        let by = column.sorts_by?;
        view.query
            .with(|query| match (query.column == by, query.descending) {
                (false, _) => None,
                (true, false) => Some("ascending"),
                (true, true) => Some("descending"),
            })
    };
    let content = match column.sorts_by {
        None => column.label.into_any(),
        Some(by) => {
            let turn = move |_| {
                view.change(|query| {
                    query.descending = query.column == by && !query.descending;
                    query.column = by;
                });
            };
            view! { <button type="button" class="sort" on:click=turn>{column.label}</button> }
                .into_any()
        }
    };
    view! {
        <th class=column.class role="columnheader" scope="col" aria-sort=sorted>
            {content}
        </th>
    }
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
