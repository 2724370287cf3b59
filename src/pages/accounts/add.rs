//! Signing in to a further account, and back to the accounts.

use leptos::prelude::*;
use web_sys::Node;

use super::confirm_soon;
use crate::pages::sign_in::{by_window, ways};
use crate::pages::{link, plain_page};
use crate::route::Route;
use crate::state::app_state;
use crate::state::navigation::Navigation;
use crate::text;
use crate::ui::el::{el, fragment};
use crate::ui::icon::{Icon, icon};

/// The page that signs in to a further account.
pub fn add_account_page() -> Node {
    let (app, navigation) = (app_state(), Navigation::get());
    let before = app.accounts.all_untracked();
    // What went wrong here is not said again when the page is opened anew.
    on_cleanup(move || app.accounts.forget_problem());
    Effect::new(move |_| {
        let new = app.accounts.all().into_iter().find(|account| {
            let mut known = before.iter().filter(|other| other.id == account.id);
            !known.any(|other| account.is_session_of(other))
        });
        // Whoever has come back from a redirect may be led elsewhere.
        if let Some(account) = new
            && let Route::AddAccount(next) = untrack(|| navigation.route_untracked())
        {
            navigation.replace(&next.map_or(Route::Accounts, |next| *next));
            confirm_soon(app, text::connected(&account.label));
        }
    });
    let card = el("div").class("card add").add(ways(wanted, by_window));
    let back = link("btn quiet", &Route::Accounts)
        .add(icon(Icon::Back))
        .text(text::BACK_TO_ACCOUNTS);
    plain_page(
        text::ADD_ACCOUNT,
        fragment([
            el("p").class("help").text(text::ADD_ACCOUNT_TEXT).node(),
            card.node(),
            back.node(),
        ]),
    )
}

/// Where a person who signs in wants to go.
fn wanted(navigation: Navigation) -> Option<Route> {
    match navigation.route_untracked() {
        Route::AddAccount(Some(next)) => Some(*next),
        _ => Some(Route::Accounts),
    }
}
