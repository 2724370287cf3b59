//! The table. Up to 200 rows it is complete; beyond that only the rows in view are in the page,
//! between spaces of the others' height, and the row that holds focus stays wherever it is.

use std::collections::BTreeSet;
use std::sync::Arc;

use leptos::{ev, html, prelude::*};
use steward_domain::id::WorkspaceKey;
use steward_domain::listing::{Column, Query};
use steward_domain::window::{Piece, pieces, window};
use steward_domain::workspace::Workspace;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::row;
use super::states::in_place;
use super::view::View;
use crate::state::Console;
use crate::state::place::Place;
use crate::state::workspaces::Phase;
use crate::text;

/// Rows drawn beyond each edge, so that scrolling does not outrun drawing.
const EXTRA: usize = 4;

/// How many placeholder rows stand while the first rows are awaited.
const SKELETONS: usize = 12;

/// A piece of the table's body with what it takes to draw it.
#[derive(Clone, PartialEq)]
enum Drawn {
    Gap {
        slot: usize,
        pixels: usize,
    },
    Row {
        number: usize,
        key: WorkspaceKey,
        workspace: Arc<Workspace>,
    },
}

impl Drawn {
    /// Equal for the same content only: a workspace that changed is drawn anew, one that merely
    /// moved is moved.
    fn identity(&self) -> (usize, usize) {
        match self {
            Self::Gap { slot, pixels } => (*slot, *pixels),
            Self::Row { workspace, .. } => (usize::MAX, Arc::as_ptr(workspace).addr()),
        }
    }
}

/// The scrolling box with the table in it, or with what stands in place of rows.
pub fn table(console: Console, place: Place, view: View) -> AnyView {
    let node = NodeRef::<html::Div>::new();
    let scroll = RwSignal::new(0_usize);
    let size = RwSignal::new((900_usize, 44_usize));
    let focused = RwSignal::new(None::<usize>);

    let measure = move || {
        if let Some(element) = node.get_untracked() {
            size.set((height_of(&element), row_height(&element)));
        }
    };
    Effect::new(move |_| {
        // Density changes the height of rows.
        console.settings.get();
        if node.get().is_some() {
            measure();
        }
    });
    let resized = window_event_listener(ev::resize, move |_| measure());
    on_cleanup(move || resized.remove());

    let total = Memo::new(move |_| view.shown());
    let drawn = Memo::new(move |_| {
        let (height, row) = size.get();
        let total = total.get();
        let window = window(total, row, scroll.get(), height, EXTRA);
        let pieces = pieces(window, total, row, focused.get());
        view.found.with(|found| {
            console.workspaces.with_rows(|rows| {
                let mut slot = 0;
                pieces
                    .into_iter()
                    .filter_map(|piece| match piece {
                        Piece::Gap(pixels) => {
                            slot += 1;
                            Some(Drawn::Gap { slot, pixels })
                        }
                        Piece::Row(number) => {
                            let row = rows.get(*found.rows.get(number)? as usize)?;
                            let workspace = Arc::clone(&row.workspace);
                            Some(Drawn::Row {
                                number,
                                key: row.key.clone(),
                                workspace,
                            })
                        }
                    })
                    .collect::<Vec<_>>()
            })
        })
    });
    Effect::new(move |_| {
        drawn.with(|drawn| {
            let mut seen: Vec<WorkspaceKey> = place.open().into_iter().collect();
            seen.extend(drawn.iter().filter_map(|drawn| match drawn {
                Drawn::Row { key, .. } => Some(key.clone()),
                Drawn::Gap { .. } => None,
            }));
            // Each once, in the order of the screen.
            let mut once = BTreeSet::new();
            seen.retain(|key| once.insert(key.clone()));
            console.roles.see(seen);
        });
    });
    // Another view starts at its top; typing and coming back do not.
    Effect::new(move |before: Option<Query>| {
        let now = view.query.get();
        if before.is_some_and(|before| before != now) {
            if let Some(element) = node.get_untracked() {
                element.set_scroll_top(0);
            }
        }
        now
    });

    let has_rows = Memo::new(move |_| total.get() > 0);
    let loading = Memo::new(move |_| {
        matches!(console.workspaces.phase(), Phase::Loading(_)) && !has_rows.get()
    });
    let rows = move || {
        view! {
            <For
                each=move || drawn.get()
                key=Drawn::identity
                children=move |piece| match piece {
                    Drawn::Gap { pixels, .. } => gap(pixels),
                    Drawn::Row { key, workspace, .. } => {
                        let identity = Arc::as_ptr(&workspace).addr();
                        let number = Signal::derive(move || {
                            drawn.with(|drawn| drawn.iter().find_map(|drawn| match drawn {
                                Drawn::Row { number, workspace, .. }
                                    if Arc::as_ptr(workspace).addr() == identity => Some(*number),
                                _ => None,
                            }))
                        });
                        row::row(console, place, key, workspace, number)
                    }
                }
            />
        }
    };
    view! {
        <div
            class="scroll"
            node_ref=node
            tabindex="-1"
            on:scroll=move |event| {
                let element = event.target().and_then(|target| target.dyn_into::<HtmlElement>().ok());
                if let Some(element) = element {
                    scroll.set(usize::try_from(element.scroll_top()).unwrap_or(0));
                }
            }
            on:focusin=move |event| focused.set(row_number(&event))
            on:focusout=move |_| focused.set(None)
        >
            <table
                class="rows"
                role="table"
                aria-label=text::WORKSPACES
                aria-rowcount=move || {
                    // The header is a row too; while loading nobody knows the number (ARIA: -1).
                    if loading.get() { "-1".to_owned() } else { (total.get() + 1).to_string() }
                }
                aria-busy=move || loading.get().then_some("true")
            >
                <thead role="rowgroup">
                    <tr role="row" aria-rowindex="1">
                        {Column::ALL.map(|column| head(view, column)).into_iter().collect_view()}
                        <th role="columnheader" scope="col"><span class="sr">{text::ACTIONS}</span></th>
                    </tr>
                </thead>
                <tbody role="rowgroup">
                    {rows}
                    {move || loading.get().then(skeletons)}
                </tbody>
            </table>
            {move || (!has_rows.get()).then(|| in_place(console, view))}
        </div>
    }
    .into_any()
}

fn gap(pixels: usize) -> AnyView {
    let height = [pixels.to_string().as_str(), "px"].concat();
    view! { <tr class="gap" aria-hidden="true" style:height=height></tr> }.into_any()
}

fn skeletons() -> AnyView {
    (0..SKELETONS)
        .map(|_| view! { <tr class="skeleton" aria-hidden="true"><td colspan="7"></td></tr> })
        .collect_view()
        .into_any()
}

/// A head cell: a button that sorts, and turns the order round when pressed again.
fn head(view: View, column: Column) -> AnyView {
    let sort = move || {
        view.query
            .with(|query| match (query.column == column, query.descending) {
                (false, _) => None,
                (true, false) => Some("ascending"),
                (true, true) => Some("descending"),
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
    view! {
        <th class=class role="columnheader" scope="col" aria-sort=move || sort()>
            <button
                type="button"
                class="sort"
                on:click=move |_| {
                    view.change(|query| {
                        query.descending = query.column == column && !query.descending;
                        query.column = column;
                    });
                }
            >
                {text::column(column)}
            </button>
        </th>
    }
    .into_any()
}

fn height_of(element: &HtmlElement) -> usize {
    usize::try_from(element.client_height()).unwrap_or(0)
}

/// The height of rows is the stylesheet's (`--row`): it depends on density and width.
fn row_height(element: &HtmlElement) -> usize {
    let style = leptos::prelude::window()
        .get_computed_style(element)
        .ok()
        .flatten();
    let text = style
        .and_then(|style| style.get_property_value("--row").ok())
        .unwrap_or_default();
    text.trim().trim_end_matches("px").parse().unwrap_or(44)
}

/// The number of the row that an event came from.
fn row_number(event: &ev::FocusEvent) -> Option<usize> {
    let element = event.target()?.dyn_into::<web_sys::Element>().ok()?;
    let row = element.closest("tr[aria-rowindex]").ok()??;
    let index: usize = row.get_attribute("aria-rowindex")?.parse().ok()?;
    // Row indexes count from 1 and the header is the first.
    index.checked_sub(2)
}
