//! The screens: one folder or file each. A page reads signals and calls `state`; it decides what is
//! drawn and which sentence of `text` is due. It must not know a request, a reply or a status.

pub mod accounts;
pub mod activity;
pub mod bulk;
pub mod display_name;
mod failure_notice;
pub mod fields;
pub mod gate;
pub mod keyboard;
pub mod lazy;
pub mod new;
pub mod rail;
mod reach;
pub mod settings;
pub mod sign_in;
pub mod sign_in_again;
pub mod undo;
pub mod unknown;
pub mod workspace;
pub mod workspaces;

use leptos::prelude::*;

use crate::browser::{clock, focus};
use crate::route::{Route, Tab};
use crate::state::AppState;
use crate::state::navigation::Navigation;
use crate::text;
use crate::ui::icon::Icon;
use leptos::task::spawn_local;

/// What the page at this place is called in the browser's title.
#[must_use]
pub fn name(app: AppState, navigation: Navigation) -> String {
    navigation.with(|route| match route {
        Route::List(_) => text::WORKSPACES.to_owned(),
        Route::Workspace { key, tab, .. } => {
            let name = app.workspaces.get(key).map_or_else(
                || key.id.as_str().to_owned(),
                |workspace| text::name(&workspace),
            );
            match tab {
                Tab::Edit => text::edit(&name),
                Tab::Overview | Tab::Members => name,
            }
        }
        Route::Activity => text::ACTIVITY.to_owned(),
        Route::New(_) => text::NEW_WORKSPACE.to_owned(),
        Route::Accounts => text::ACCOUNTS.to_owned(),
        Route::AddAccount(_) => text::ADD_ACCOUNT.to_owned(),
        Route::Settings => text::SETTINGS.to_owned(),
        Route::SignIn(_) | Route::SignInReturn => text::SIGN_IN.to_owned(),
        Route::Unknown => text::NOT_FOUND.to_owned(),
    })
}

/// The id of the place where confirmations are drawn.
pub const NOTICES_ID: &str = "notices";

/// What held the focus may leave with what is drawn anew: then it goes to the page's heading.
fn mend_focus() {
    spawn_local(async {
        clock::sleep(0).await;
        if focus::is_lost() {
            focus::focus_heading();
        }
    });
}

/// The product's mark and name.
#[component]
pub(crate) fn Brand() -> impl IntoView {
    view! {
        <div class="brand">
            <Icon icon=Icon::Brand/>
            <span>{text::STEWARD}</span>
        </div>
    }
}

/// The frame of a page that is not the list: a heading and what stands below it.
#[component]
pub(crate) fn PlainPage(heading: &'static str, children: Children) -> impl IntoView {
    view! {
        <main class="main" id="main" tabindex="-1">
            <div class="page">
                <header class="head">
                    <h1>{heading}</h1>
                </header>
                <div class="scroll plain">{children()}</div>
            </div>
        </main>
    }
}
