//! What is done with many workspaces: the bar that a selection brings, archiving them, writing them
//! into a file. In the second module.

mod archive;
mod export;
mod report;

use leptos::prelude::*;
use web_sys::Node;

pub use self::archive::archive_dialog;
pub use self::export::export_dialog;
use crate::browser::{clock, focus};
use crate::pages::workspaces::view::View;
use crate::state::selection::{ExportScope, Task};
use crate::state::{AppState, app_state};
use crate::text;
use crate::ui::el::{el, group, part};
use crate::ui::icon::{Icon, icon};
use crate::ui::layout::{button, press};
use leptos::task::spawn_local;

/// The bar below the list, while something is selected. It lies over the page: nothing moves.
pub fn bar(view: View) -> Node {
    let app = app_state();
    let count = Memo::new(move |_| app.selection.count());
    let mut before = 0;
    Effect::new(move |_| {
        let now = count.get();
        if now != before {
            app.notices.announce(text::selected(now));
        }
        before = now;
    });
    let any = Memo::new(move |_| count.get() > 0);
    part(move || any.get().then(|| untrack(|| selected(app, view, count))))
}

fn selected(app: AppState, view: View, count: Memo<usize>) -> Node {
    let all = press(
        "btn quiet",
        Callback::new(move |()| app.selection.add(view.matching(app))),
    )
    .live_text(move || text::select_all(view.shown()));
    let all = all.node();
    let archive = Callback::new(move |()| {
        let keys = app.selection.keys_untracked();
        app.selection.begin(Task::Archive(keys));
    });
    let export = Callback::new(move |()| {
        let keys = app.selection.keys_untracked();
        app.selection
            .begin(Task::Export(keys, ExportScope::Selected));
    });
    let clear = Callback::new(move |()| {
        app.selection.clear();
        spawn_local(async {
            clock::sleep(0).await;
            if focus::is_lost() {
                focus::focus_heading();
            }
        });
    });
    let archive = press("btn danger", archive)
        .attr("id", "archive-selected")
        .add(icon(Icon::Box))
        .text(text::ARCHIVE);
    let export = press("btn", export)
        .attr("id", "export-selected")
        .add(icon(Icon::Download))
        .text(text::EXPORT);
    el("div")
        .class("selection")
        .attr("role", "region")
        .attr("aria-label", text::SELECTION)
        .add(el("strong").live_text(move || text::selected(count.get())))
        .add(all)
        .add(export)
        .add(archive)
        .add(button("btn quiet", text::CLEAR_SELECTION, clear))
        .node()
}

/// The dialogs.
pub fn dialogs() -> Node {
    group(&[archive_dialog(), export_dialog()])
}
