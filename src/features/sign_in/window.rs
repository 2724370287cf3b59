//! The page of a service in a window of its own, for whoever is signed in already: what is on the screen,
//! and every session in memory, stays.
//!
//! Guarantees: where the browser blocks the window, the way that leaves this page is offered with words,
//! and nothing was sent; each press has secrets of its own.

use leptos::prelude::*;
use leptos::task::spawn_local;
use steward_domain::id::AccountId;

use super::methods::{RedirectButton, SignInState};
use super::parts::SignInButton;
use crate::state::config::Offer;
use crate::state::session::sign_in::Leaving;
use crate::text;
use crate::ui::layout::Note;

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
pub fn by_window(state: SignInState, offer: Offer, class: &'static str) -> AnyView {
    view! { <WindowMethod state=state offer=offer class=class/> }.into_any()
}

/// The button that opens the window, and what became of it.
#[component]
fn WindowMethod(state: SignInState, offer: Offer, class: &'static str) -> impl IntoView {
    let ready = RwSignal::new(None);
    let stage = RwSignal::new(Stage::Closed);
    let name = text::sign_in_with(&offer.label);
    let entry = StoredValue::new(offer.entry);
    prepare(state, entry.get_value(), ready);
    let label = Signal::derive(move || match stage.get() {
        Stage::Open => text::OPEN_AGAIN.to_owned(),
        Stage::Closed | Stage::Blocked => name.clone(),
    });
    let open = move |()| {
        state.tried.set(None);
        if let Some(leaving) = ready.get_untracked() {
            let entry = entry.get_value();
            let opened = state
                .app
                .accounts
                .open_window(leaving, state.request(&entry));
            stage.set(if opened { Stage::Open } else { Stage::Blocked });
            prepare(state, entry, ready);
        }
    };
    view! {
        <div class="ways">
            <SignInButton state=state class=class label=label on_press=open/>
            <Show when=move || stage.get() == Stage::Open>
                <Note tone="info" title=text::WINDOW_OPEN text=text::WINDOW_OPEN_TEXT/>
            </Show>
            <Show when=move || stage.get() == Stage::Blocked>
                <Note tone="warning" title=text::WINDOW_BLOCKED text=text::WINDOW_BLOCKED_TEXT>
                    <div class="acts">
                        <RedirectButton
                            state=state
                            entry=entry.get_value()
                            class="btn"
                            label=text::IN_THIS_TAB
                        />
                    </div>
                </Note>
            </Show>
        </div>
    }
}

/// Has the secrets of the next press ready.
fn prepare(state: SignInState, entry: AccountId, ready: RwSignal<Option<Leaving>>) {
    ready.set(None);
    let accounts = state.app.accounts;
    spawn_local(async move {
        match accounts.prepare_window(&entry).await {
            Ok(leaving) => {
                ready.try_set(Some(leaving));
            }
            Err(problem) => accounts.progress.tell(&entry, problem),
        }
    });
}
