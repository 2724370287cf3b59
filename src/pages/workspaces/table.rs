//! The table. Up to 200 rows it is complete; beyond that only the rows in view are in the page,
//! between spaces of the others' height, and the row that holds focus stays wherever it is.

use std::ops::RangeInclusive;
use std::sync::Arc;

use leptos::{ev, prelude::*};
use steward_domain::id::WorkspaceKey;
use steward_domain::listing::Column;
use steward_domain::window::{Piece, pieces, window};
use steward_domain::workspace::Workspace;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlElement, Node};

use super::row;
use super::states::in_place;
use super::view::View;
use crate::reactive::{Value, follow, live, memo};
use crate::state::Console;
use crate::state::place::Place;
use crate::text;
use crate::ui::block::press;
use crate::ui::el::{el, group, list};

/// Rows drawn beyond each edge, so that scrolling does not outrun drawing.
const EXTRA: usize = 1;

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
pub fn table(console: Console, place: Place, view: View) -> Node {
    let scroll = Value::new(0_usize);
    let size = Value::new((900_usize, 44_usize));
    let focused = Value::new(None::<usize>);

    let total = memo(move || view.shown());
    let drawn = memo(move || {
        draw(
            console,
            view,
            total.get(),
            scroll.get(),
            size.get(),
            focused.get(),
        )
    });
    follow(move || {
        let (height, row) = size.get();
        let (top, row) = (scroll.get(), row.max(1));
        let in_view = (top / row).saturating_sub(EXTRA)..=(top + height) / row + EXTRA;
        let seen = drawn.with(|drawn| keys_of(place.open(), drawn, &in_view));
        console.roles.see(seen);
    });

    let has_rows = memo(move || total.get() > 0);
    let loading = memo(move || !has_rows.get() && console.workspaces.is_loading());
    let standing = memo(move || has_rows.get() || loading.get());
    let rows = move || {
        list(
            move || drawn.get(),
            Drawn::identity,
            move |piece| match piece {
                Drawn::Gap { pixels, .. } => gap(pixels),
                Drawn::Row { key, workspace, .. } => {
                    let identity = Arc::as_ptr(&workspace).addr();
                    let number = live(move || {
                        drawn.with(|drawn| drawn.iter().find_map(|drawn| drawn.number_of(identity)))
                    });
                    row::row(console, place, key, workspace, number)
                }
            },
        )
    };
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
            .add(rows())
            .part(move || loading.get().then(skeletons));
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
        .on("focusin", move |event| focused.set(row_number(&event)))
        .on("focusout", move |_| focused.set(None))
        .part(content)
        .part(move || (!has_rows.get()).then(|| in_place(console, view)));
    let element = frame.html();
    keep_measured(console, element.clone(), size);
    start_at_top(view, element);
    frame.node()
}

impl Drawn {
    fn number_of(&self, identity: usize) -> Option<usize> {
        match self {
            Self::Row {
                number, workspace, ..
            } if Arc::as_ptr(workspace).addr() == identity => Some(*number),
            _ => None,
        }
    }
}

fn draw(
    console: Console,
    view: View,
    total: usize,
    scroll: usize,
    (height, row): (usize, usize),
    focused: Option<usize>,
) -> Vec<Drawn> {
    let window = window(total, row, scroll, height, EXTRA);
    let mut drawn = Vec::new();
    view.found.with(|found| {
        console.workspaces.with_rows(|rows| {
            for piece in pieces(window, total, row, focused) {
                match piece {
                    Piece::Gap(pixels) => drawn.push(Drawn::Gap {
                        slot: drawn.len(),
                        pixels,
                    }),
                    Piece::Row(number) => {
                        let at = found.rows.get(number).map(|position| *position as usize);
                        let Some(row) = at.and_then(|at| rows.get(at)) else {
                            continue;
                        };
                        let workspace = Arc::clone(&row.workspace);
                        drawn.push(Drawn::Row {
                            number,
                            key: row.key.clone(),
                            workspace,
                        });
                    }
                }
            }
        });
    });
    drawn
}

/// The workspaces that are drawn, each once: the open one, those in view, and then the rest of a
/// short table, which is drawn whole.
fn keys_of(
    open: Option<WorkspaceKey>,
    drawn: &[Drawn],
    in_view: &RangeInclusive<usize>,
) -> Vec<WorkspaceKey> {
    let mut seen: Vec<WorkspaceKey> = open.into_iter().collect();
    for wanted in [true, false] {
        for piece in drawn {
            match piece {
                Drawn::Row { number, key, .. }
                    if in_view.contains(number) == wanted && seen.first() != Some(key) =>
                {
                    seen.push(key.clone());
                }
                _ => {}
            }
        }
    }
    seen
}

/// The height of rows is the stylesheet's (`--row`): it depends on density and on the width.
fn keep_measured(console: Console, element: HtmlElement, size: Value<(usize, usize)>) {
    let measure = move || {
        let height = usize::try_from(element.client_height()).unwrap_or(0);
        // Before it is in the page it has no height; the first guess stands until then.
        if height > 0 {
            size.set((height, row_height(&element)));
        }
    };
    let resized = {
        let measure = measure.clone();
        window_event_listener(ev::resize, move |_| measure())
    };
    on_cleanup(move || resized.remove());
    follow(move || {
        console.settings.track();
        let measure = measure.clone();
        request_animation_frame(measure);
    });
}

/// Another view starts at its top; coming back to the same one does not.
fn start_at_top(view: View, element: HtmlElement) {
    let mut before = None;
    follow(move || {
        let now = view.query.get();
        if before.as_ref().is_some_and(|before| *before != now) {
            element.set_scroll_top(0);
        }
        before = Some(now);
    });
}

fn gap(pixels: usize) -> Node {
    let height = [&pixels.to_string(), "px"].concat();
    el("tr")
        .class("gap")
        .attr("aria-hidden", "true")
        .style("height", move || height.clone())
        .node()
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
fn row_number(event: &Event) -> Option<usize> {
    let element = event.target()?.dyn_into::<web_sys::Element>().ok()?;
    let row = element.closest("tr[aria-rowindex]").ok()??;
    let index: usize = row.get_attribute("aria-rowindex")?.parse().ok()?;
    // Row indexes count from 1 and the header is the first.
    index.checked_sub(2)
}
