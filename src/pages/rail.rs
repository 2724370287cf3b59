//! The rail: where one can go, and how each account is doing.

use leptos::prelude::*;

use super::href;
use crate::route::Route;
use crate::state::console;
use crate::state::place::Place;
use crate::text;
use crate::ui::icon::{Icon, icon};

/// The rail at the left; icons only on small screens, a bar at the bottom of a phone.
pub fn rail() -> AnyView {
    let (console, place) = (console(), Place::get());
    let entry = move |mark: Icon, label: &'static str, to: Route| {
        let target = to.clone();
        let here = move || {
            place.with(|route| match (&target, route) {
                (Route::List(_), Route::List(_) | Route::Workspace { .. }) => true,
                (target, route) => target == route,
            })
        };
        view! {
            <a class="nav" href=href(&to) aria-current=move || here().then_some("page")>
                {icon(mark)}
                <span>{label}</span>
            </a>
        }
    };
    let account = move || {
        console.accounts.account().map(|account| {
            let service = account.description();
            let ended = console.accounts.has_ended();
            view! {
                <h2>{text::ACCOUNTS}</h2>
                <a class="acct" href=href(&Route::Accounts)>
                    <span class="mark" data-mark=service.mark></span>
                    <span>
                        {account.label.clone()}
                        <small>{if ended { text::ENDED } else { text::CONNECTED }}</small>
                    </span>
                    <i class=if ended { "dot warn" } else { "dot" }></i>
                </a>
            }
            .into_any()
        })
    };
    view! {
        <nav class="rail" aria-label=text::MAIN_NAVIGATION>
            <div class="brand">{icon(Icon::Brand)}<span>{text::STEWARD}</span></div>
            {entry(Icon::Grid, text::WORKSPACES, Route::List(Default::default()))}
            {entry(Icon::Pulse, text::ACTIVITY, Route::Activity)}
            {entry(Icon::Key, text::ACCOUNTS, Route::Accounts)}
            {entry(Icon::Cog, text::SETTINGS, Route::Settings)}
            {move || account()}
            <div class="foot">
                <button type="button" class="btn quiet" on:click=move |_| super::keyboard::open()>
                    <kbd>"?"</kbd>
                    <span>{text::KEYS_TITLE}</span>
                </button>
            </div>
        </nav>
    }
    .into_any()
}
