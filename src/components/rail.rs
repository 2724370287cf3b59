//! The rail: where one can go, and how each account is doing.

use crate::state::health;
use leptos::prelude::*;
use steward_domain::id::AccountId;

use super::page::Brand;
use super::shortcuts::shortcut_sheet;
use crate::routes::Route;
use crate::state::health::Health;
use crate::state::navigation::Navigation;
use crate::state::{AppState, app_state};
use crate::text;
use crate::ui::icon::Icon;

/// The rail counts no seconds.
fn plain(health: Health) -> Health {
    match health {
        Health::Resting(_) => Health::Resting(0),
        health => health,
    }
}

/// How an account is doing, in a word.
pub fn word(health: Health) -> &'static str {
    match health {
        Health::Connected => text::CONNECTED,
        Health::Loading => text::HEALTH_LOADING,
        Health::Silent => text::HEALTH_SILENT,
        Health::Unread => text::HEALTH_UNREAD,
        Health::Ended => text::ENDED,
        Health::Failed => text::HEALTH_FAILED,
        Health::Resting(_) => text::RESTING,
    }
}

/// The class of the dot that shows how an account is doing.
fn dot(health: Health) -> &'static str {
    match health {
        Health::Connected => "dot",
        Health::Loading | Health::Unread => "dot idle",
        Health::Ended | Health::Resting(_) | Health::Silent => "dot warn",
        Health::Failed => "dot bad",
    }
}

/// The rail at the left; icons only on small screens, a bar at the bottom of a phone.
#[component]
pub(crate) fn Rail() -> impl IntoView {
    let app = app_state();
    let sheet = shortcut_sheet();
    let accounts = move || {
        let all = app.accounts.all();
        all.iter()
            .map(|account| {
                let mark = account.description().mark;
                (account.id.clone(), account.label.clone(), mark)
            })
            .collect::<Vec<(AccountId, String, &'static str)>>()
    };
    view! {
        <nav class="rail" aria-label=text::MAIN_NAVIGATION>
            <Brand/>
            <Entry icon=Icon::Grid label=text::WORKSPACES to=Route::List(Default::default())/>
            <Entry icon=Icon::Pulse label=text::ACTIVITY to=Route::Activity/>
            <Entry icon=Icon::Key label=text::ACCOUNTS to=Route::Accounts/>
            <Entry icon=Icon::Cog label=text::SETTINGS to=Route::Settings/>
            <h2>{text::ACCOUNTS}</h2>
            <For each=accounts key=Clone::clone let((id, label, mark))>
                <AccountEntry app=app id=id label=label mark=mark/>
            </For>
            <div class="foot">
                <button type="button" class="btn quiet" on:click=move |_| sheet.set(true)>
                    <span>{text::KEYS_TITLE}</span>
                </button>
            </div>
        </nav>
    }
}

/// A link to one of the screens, marked while its person is there.
#[component]
fn Entry(icon: Icon, label: &'static str, to: Route) -> impl IntoView {
    let navigation = Navigation::get();
    let address = to.href();
    let here = move || {
        navigation.with(|route| match (&to, route) {
            (Route::List(_), Route::List(_) | Route::Workspace { .. }) => true,
            (Route::Accounts, Route::AddAccount(_)) => true,
            (to, route) => to == route,
        })
    };
    view! {
        <a class="nav" href=address aria-current=move || here().then_some("page")>
            <Icon icon=icon/>
            <span>{label}</span>
        </a>
    }
}

/// An account and how it is doing; leads to all accounts.
#[component]
fn AccountEntry(app: AppState, id: AccountId, label: String, mark: &'static str) -> impl IntoView {
    let health = Memo::new(move |_| plain(health::health(app, &id)));
    view! {
        // Marked by nothing: the entry above leads to the same screen, and is.
        <a class="acct" href=Route::Accounts.href()>
            <span class="mark" data-mark=mark></span>
            <span>
                <bdi translate="no">{label}</bdi>
                <small prop:textContent=move || word(health.get())></small>
            </span>
            <i class=move || dot(health.get())></i>
        </a>
    }
}
