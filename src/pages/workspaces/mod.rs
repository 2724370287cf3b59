//! The list of workspaces, and the open one beside it.

pub(super) mod filters;
pub(super) mod row;
mod states;
mod table;
mod view;

use leptos::prelude::*;

use self::view::View;
use super::workspace::pane;
use crate::state::console;
use crate::state::place::Place;
use crate::state::workspaces::Phase;
use crate::text;
use crate::ui::block::button;
use crate::ui::icon::{Icon, icon};

/// The screen: list at the left, open workspace at the right or, on small screens, in its place.
pub fn workspaces_page() -> AnyView {
    let (console, place) = (console(), Place::get());
    let view = View::new(console, place);
    let split = Memo::new(move |_| place.with(|route| route.workspace().is_some()));
    let summary = move || {
        let all = console.workspaces.with_rows(<[_]>::len);
        let ready = all > 0 || matches!(console.workspaces.phase(), Phase::Loaded { .. });
        ready.then(|| text::shown(view.shown(), all))
    };
    let loading = move || matches!(console.workspaces.phase(), Phase::Loading(_));
    view! {
        <main class="main" id="main" tabindex="-1" class:split=move || split.get()>
            <div class="page">
                <header class="head">
                    <h1 tabindex="-1">{text::WORKSPACES}</h1>
                    <span class="sum">{move || summary()}</span>
                    <div class="act">
                        <button
                            type="button"
                            class="btn"
                            aria-disabled=move || loading().then_some("true")
                            aria-busy=move || loading().then_some("true")
                            on:click=move |_| {
                                if !matches!(console.workspaces.phase_untracked(), Phase::Loading(_)) {
                                    console.workspaces.load();
                                }
                            }
                        >
                            {icon(Icon::Refresh)}
                            {text::RELOAD}
                        </button>
                    </div>
                </header>
                {filters::bar(view)}
                {states::banners(console, view)}
                {table::table(console, place, view)}
            </div>
            {pane(console, place)}
        </main>
    }
    .into_any()
}

/// Buttons in a row.
fn acts(buttons: Vec<(&'static str, &'static str, Callback<()>)>) -> AnyView {
    let buttons = buttons
        .into_iter()
        .map(|(class, label, on_press)| button(class, label, on_press))
        .collect_view();
    view! { <div class="acts">{buttons}</div> }.into_any()
}
