//! The list of workspaces, and the open one beside it.

pub(crate) mod banners;
mod columns;
pub(crate) mod filters;
mod layout;
pub(crate) mod row;
mod rows;
mod states;
mod table;
pub(crate) mod view;

use std::sync::Arc;

use leptos::prelude::*;
use leptos_router::components::A;

use self::filters::FilterBar;
use self::table::Table;
use self::view::View;
use crate::components::lazy_part::{Lazy, LazyPart, OpenPane};
use crate::routes::Route;
use crate::state::navigation::Navigation;
use crate::state::selection::{ExportScope, Task};
use crate::state::{AppState, app_state};
use crate::text;
use crate::ui::icon::Icon;

/// The screen: list at the left, open workspace at the right or, on small screens, in its place.
#[component]
pub(crate) fn WorkspacesPage() -> impl IntoView {
    let (app, navigation) = (app_state(), Navigation::get());
    let view = View::new(app, navigation);
    // What comes with a lazy group finds it there.
    provide_context(view);
    let split = Memo::new(move |_| navigation.with(|route| route.workspace().is_some()));
    let on_paper = move || match split.get() {
        true => text::OPEN_ON_PAPER.to_owned(),
        false => text::on_paper(view.shown()),
    };
    view! {
        <main
            id="main"
            tabindex="-1"
            class=move || if split.get() { "main split" } else { "main" }
        >
            <p class="printed" prop:textContent=on_paper></p>
            <div class="page">
                <Head app=app view=view/>
                <FilterBar app=app view=view/>
                <LazyPart
                    part=Lazy::Banners
                    wanted=Signal::derive(move || app.workspaces.is_in_trouble())
                    frame=Arc::new(|waiting| view! { <div class="banners">{waiting}</div> }.into_any())
                />
                <Table app=app navigation=navigation view=view/>
                <LazyPart
                    part=Lazy::Selection
                    wanted={Signal::derive(move || app.selection.count() > 0)}
                    frame=Arc::new(|waiting| view! { <div class="selection">{waiting}</div> }.into_any())
                />
            </div>
            <OpenPane navigation=navigation/>
        </main>
    }
}

/// The heading, how many workspaces are shown, and what is done with the whole list.
#[component]
fn Head(app: AppState, view: View) -> impl IntoView {
    let loading = Memo::new(move |_| app.workspaces.is_loading());
    let summary = move || {
        let all = app.workspaces.with_rows(<[_]>::len);
        if app.workspaces.has_arrived() {
            text::shown(view.shown(), all)
        } else {
            String::new()
        }
    };
    view! {
        <header class="head">
            <h1 tabindex="-1">{text::WORKSPACES}</h1>
            <span class="sum" prop:textContent=summary></span>
            <div class="act">
                <button
                    type="button"
                    class="btn"
                    aria-disabled=move || app.workspaces.are_all_loading().then_some("true")
                    aria-busy=move || loading.get().then_some("true")
                    on:click=move |_| app.workspaces.load_all()
                >
                    <Icon icon=Icon::Refresh/>
                    {text::RELOAD}
                </button>
                <button
                    type="button"
                    class="btn"
                    id="export-matching"
                    on:click=move |_| export(app, view)
                >
                    <Icon icon=Icon::Download/>
                    {text::EXPORT}
                </button>
                <A href=Route::New(None).href() attr:class="btn primary">
                    {text::NEW_WORKSPACE}
                </A>
            </div>
        </header>
    }
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
