//! Signing in to a further account, and back to the accounts.

use leptos::prelude::*;
use leptos_router::components::A;

use super::confirm_soon;
use crate::components::page::PlainPage;
use crate::features::sign_in::{SignInMethods, by_window};
use crate::routes::Route;
use crate::state::app_state;
use crate::state::navigation::Navigation;
use crate::text;
use crate::ui::icon::Icon;

/// The page that signs in to a further account.
#[component]
pub(crate) fn AddAccountPage() -> impl IntoView {
    let (app, navigation) = (app_state(), Navigation::get());
    let before = app.accounts.all_untracked();
    // What went wrong here is not said again when the page is opened anew.
    on_cleanup(move || app.accounts.progress.forget_problem());
    Effect::new(move |_| {
        let new = app.accounts.all().into_iter().find(|account| {
            let mut known = before.iter().filter(|other| other.id == account.id);
            !known.any(|other| account.is_session_of(other))
        });
        // Whoever has come back from a redirect may be led elsewhere.
        if let Some(account) = new
            && let Route::AddAccount(next) = navigation.route_untracked()
        {
            navigation.replace(&next.map_or(Route::Accounts, |next| *next));
            confirm_soon(app, text::connected(&account.label));
        }
    });
    view! {
        <PlainPage heading=text::ADD_ACCOUNT>
            <p class="help">{text::ADD_ACCOUNT_TEXT}</p>
            <div class="card add">
                <SignInMethods next=wanted redirect=by_window/>
            </div>
            <A href=Route::Accounts.href() exact=true attr:class="btn quiet">
                <Icon icon=Icon::Back/>
                {text::BACK_TO_ACCOUNTS}
            </A>
        </PlainPage>
    }
}

/// Where a person who signs in wants to go.
fn wanted(navigation: Navigation) -> Option<Route> {
    match navigation.route_untracked() {
        Route::AddAccount(Some(next)) => Some(*next),
        _ => Some(Route::Accounts),
    }
}
