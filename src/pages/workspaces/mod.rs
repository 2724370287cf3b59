//! The list of workspaces, and the open one beside it.

pub(super) mod banners;
mod columns;
pub(super) mod filters;
pub(super) mod row;
mod rows;
mod states;
mod table;
pub(super) mod view;

use leptos::prelude::*;
use web_sys::Node;

use self::view::View;
use super::lazy::{Lazy, lazy, open_pane};
use super::link;
use crate::route::Route;
use crate::state::navigation::Navigation;
use crate::state::selection::{ExportScope, Task};
use crate::state::{AppState, app_state};
use crate::text;
use crate::ui::el::el;
use crate::ui::icon::{Icon, icon};
use crate::ui::layout::{button, press};

/// The screen: list at the left, open workspace at the right or, on small screens, in its place.
#[must_use]
pub fn workspaces_page() -> Node {
    let (app, navigation) = (app_state(), Navigation::get());
    let view = View::new(app, navigation);
    let split = Memo::new(move |_| navigation.with(|route| route.workspace().is_some()));
    let loading = Memo::new(move |_| app.workspaces.is_loading());
    let reload = Callback::new(move |()| {
        app.workspaces.load_all();
    });
    let export = Callback::new(move |()| export(app, view));
    let summary = move || {
        let all = app.workspaces.with_rows(<[_]>::len);
        if app.workspaces.has_arrived() {
            text::shown(view.shown(), all)
        } else {
            String::new()
        }
    };
    el("main")
        .attr("id", "main")
        .attr("tabindex", "-1")
        .live("class", move || {
            Some(String::from(if split.get() {
                "main split"
            } else {
                "main"
            }))
        })
        .add(
            el("p")
                .class("printed")
                .live_text(move || match split.get() {
                    true => text::OPEN_ON_PAPER.to_owned(),
                    false => text::on_paper(view.shown()),
                }),
        )
        .add(
            el("div")
                .class("page")
                .add(
                    el("header")
                        .class("head")
                        .add(el("h1").attr("tabindex", "-1").text(text::WORKSPACES))
                        .add(el("span").class("sum").live_text(summary))
                        .add(
                            el("div")
                                .class("act")
                                .add(
                                    press("btn", reload)
                                        .when("aria-disabled", move || {
                                            app.workspaces.are_all_loading()
                                        })
                                        .when("aria-busy", move || loading.get())
                                        .add(icon(Icon::Refresh))
                                        .text(text::RELOAD),
                                )
                                .add(
                                    press("btn", export)
                                        .attr("id", "export-matching")
                                        .add(icon(Icon::Download))
                                        .text(text::EXPORT),
                                )
                                .add(
                                    link("btn primary", &Route::New(None))
                                        .text(text::NEW_WORKSPACE),
                                ),
                        ),
                )
                .add(filters::bar(app, view))
                .add(lazy(
                    Lazy::Banners(app, view),
                    move || app.workspaces.is_in_trouble(),
                    move |node| el("div").class("banners").add(node).node(),
                ))
                .add(table::table(app, navigation, view))
                .add(lazy(
                    Lazy::Selection(view),
                    move || app.selection.count() > 0,
                    move |node| el("div").class("selection").add(node).node(),
                )),
        )
        .add(open_pane(app, navigation))
        .node()
}

/// Begins to write everything that is shown into a file.
fn export(app: AppState, view: View) {
    let (accounts, undecided) = view.extent(app);
    let extent = ExportScope::Matching {
        accounts: accounts.into(),
        undecided,
    };
    let keys = view.matching(app).into();
    app.selection.begin(Task::Export(keys, extent));
}

/// Buttons in a row.
fn acts(buttons: &[(&'static str, &'static str, Callback<()>)]) -> Node {
    let mut row = el("div").class("acts");
    for (class, label, on_press) in buttons {
        row = row.add(button(class, label, *on_press));
    }
    row.node()
}
