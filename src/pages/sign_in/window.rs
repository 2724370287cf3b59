//! The page of a service in a window of its own, for whoever is signed in already: what is on the screen,
//! and every session in memory, stays.
//!
//! Guarantees: where the browser blocks the window, the way that leaves this page is offered with words,
//! and nothing was sent; each press has secrets of its own.

use leptos::prelude::*;
use steward_domain::id::AccountId;
use web_sys::Node;

use super::ways::{Ways, leave_by};
use crate::state::accounts::Offer;
use crate::state::signing_in::Leaving;
use crate::text;
use crate::ui::el::{el, part};
use crate::ui::layout::note;
use leptos::task::spawn_local;

/// Where the window stands.
#[derive(Clone, Copy, PartialEq)]
enum Stage {
    /// Not opened yet.
    Closed,
    /// Opened. Whether it still is cannot be told: pages apart know nothing of each other.
    Open,
    /// The browser did not let it.
    Blocked,
}

/// The button that opens the window, and what became of it.
pub fn by_window(ways: Ways, offer: Offer, class: &'static str) -> Node {
    let ready = RwSignal::new(None);
    let stage = RwSignal::new(Stage::Closed);
    prepare(ways, offer.place.clone(), ready);
    let name = text::sign_in_with(&offer.label);
    let at = offer.place.clone();
    let press = ways
        .button("button", class, "")
        .live_text(move || match stage.get() {
            Stage::Open => text::OPEN_AGAIN.to_owned(),
            Stage::Closed | Stage::Blocked => name.clone(),
        })
        .on("click", move |_| {
            if untrack(|| ways.is_busy()) {
                return;
            }
            ways.tried.set(None);
            if let Some(leaving) = ready.get_untracked() {
                let wish = ways.wish(&at);
                let opened = ways.app.accounts.open_window(leaving, wish);
                stage.set(if opened { Stage::Open } else { Stage::Blocked });
                prepare(ways, at.clone(), ready);
            }
        });
    let said = part(move || match stage.get() {
        Stage::Closed => None,
        Stage::Open => {
            let (title, words) = (text::WINDOW_OPEN, text::WINDOW_OPEN_TEXT);
            Some(note("info", title.to_owned(), words.to_owned(), None))
        }
        Stage::Blocked => {
            let (title, words) = (text::WINDOW_BLOCKED, text::WINDOW_BLOCKED_TEXT);
            let here = leave_by(ways, offer.clone(), "btn", text::IN_THIS_TAB);
            let here = el("div").class("acts").add(here).node();
            Some(note(
                "warning",
                title.to_owned(),
                words.to_owned(),
                Some(here),
            ))
        }
    });
    el("div").class("ways").add(press).add(said).node()
}

/// Has the secrets of the next press ready.
fn prepare(ways: Ways, at: AccountId, ready: RwSignal<Option<Leaving>>) {
    ready.set(None);
    let accounts = ways.app.accounts;
    spawn_local(async move {
        match accounts.prepare_window(&at).await {
            Ok(leaving) => {
                ready.try_set(Some(leaving));
            }
            Err(problem) => accounts.tell(&at, problem),
        }
    });
}
