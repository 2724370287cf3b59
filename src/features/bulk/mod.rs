//! What is done with many workspaces: the bar that a selection brings, archiving them, writing them
//! into a file. In a lazy group.

mod archive;
mod export;
mod export_dialog;
mod report;

use leptos::prelude::*;
use leptos::task::spawn_local;

use self::archive::ArchiveManyDialog;
use self::export_dialog::ExportDialog;
use crate::browser::{clock, focus};
use crate::features::workspaces::view::View;
use crate::state::app_state;
use crate::state::selection::{ExportScope, Task};
use crate::text;
use crate::ui::icon::Icon;

/// The bar below the list, while something is selected. It lies over the page: nothing moves.
#[component]
pub(crate) fn SelectionBar() -> impl IntoView {
    let view = expect_context::<View>();
    let app = app_state();
    let count = Memo::new(move |_| app.selection.count());
    Effect::new(move |before: Option<usize>| {
        let now = count.get();
        if now != before.unwrap_or_default() {
            app.notices.announce(text::selected(now));
        }
        now
    });
    view! {
        <Show when=move || { count.get() > 0 }>
            <SelectionActions view=view count=count/>
        </Show>
    }
}

/// How many are selected, and what can be done with them.
#[component]
fn SelectionActions(view: View, count: Memo<usize>) -> impl IntoView {
    let app = app_state();
    let export = move |_| {
        let keys = app.selection.keys_untracked();
        app.selection
            .begin(Task::Export(keys, ExportScope::Selected));
    };
    let archive = move |_| {
        let keys = app.selection.keys_untracked();
        app.selection.begin(Task::Archive(keys));
    };
    // The button leaves with the bar, and the focus with it.
    let clear = move |_| {
        app.selection.clear();
        spawn_local(async {
            clock::sleep(0).await;
            if focus::is_lost() {
                focus::focus_heading();
            }
        });
    };
    view! {
        <div class="selection" role="region" aria-label=text::SELECTION>
            <strong prop:textContent=move || text::selected(count.get())></strong>
            <button
                type="button"
                class="btn quiet"
                on:click=move |_| app.selection.add(view.matching(app))
                prop:textContent=move || text::select_all(view.shown())
            ></button>
            <button type="button" class="btn" id="export-selected" on:click=export>
                <Icon icon=Icon::Download/>
                {text::EXPORT}
            </button>
            <button type="button" class="btn danger" id="archive-selected" on:click=archive>
                <Icon icon=Icon::Box/>
                {text::ARCHIVE}
            </button>
            <button type="button" class="btn quiet" on:click=clear>
                {text::CLEAR_SELECTION}
            </button>
        </div>
    }
}

/// The dialogs, once for the whole app.
#[component]
pub(crate) fn BulkDialogs() -> impl IntoView {
    view! {
        <ArchiveManyDialog/>
        <ExportDialog/>
    }
}
