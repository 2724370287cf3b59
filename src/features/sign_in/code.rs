//! The second step of a sign-in: the code that the person's authenticator shows.
//!
//! Guarantees: what stands in the field is what is sent, blanks aside, once; the field is emptied as it
//! is, and the code is in no attribute, address or log; nobody is signed in before the service took it.

use leptos::ev::SubmitEvent;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use steward_domain::id::AccountId;
use steward_domain::provider::CredentialKind;

use super::credential::EMAIL;
use super::methods::SignInState;
use super::parts::{ProblemNote, SignInButton, UncontrolledField, clear_field, field_value};
use crate::browser::{clock, focus};
use crate::state::session::sign_in::Ask;
use crate::text;

const CODE: &str = "code";

/// Moves focus to the field once it has been drawn.
pub(super) async fn focus_code(state: SignInState) {
    clock::sleep(0).await;
    focus::focus_id(&state.id(CODE));
}

/// The form.
#[component]
pub(super) fn CodeForm(state: SignInState, entry: AccountId) -> impl IntoView {
    let kind = CredentialKind::Password;
    let input = NodeRef::<html::Input>::new();
    let tried_at = entry.clone();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let Some((_, half)) = state.half.get_untracked() else {
            return;
        };
        if state.is_busy_untracked() {
            return;
        }
        let code: String = field_value(input).split_whitespace().collect();
        if code.is_empty() {
            focus::focus_id(&state.id(CODE));
            return;
        }
        clear_field(input);
        state.tried.set(Some(kind));
        let (request, entry) = (state.request(&entry), entry.clone());
        let ask = Ask::SecondFactor(half, code);
        spawn_local(async move {
            // Whoever is signed in has left this form, and what it held is gone with it.
            if state.app.accounts.enter(request, ask).await.is_some() {
                return;
            }
            // A service may ask for one more.
            state.asks_code(&entry);
            focus_code(state).await;
        });
    };
    let start_again = move |_| {
        if state.is_busy_untracked() {
            return;
        }
        state.half.set(None);
        state.app.accounts.progress.forget_problem();
        spawn_local(async move {
            clock::sleep(0).await;
            focus::focus_id(&state.id(EMAIL));
        });
    };
    view! {
        <form class="form" on:submit=submit>
            <ProblemNote state=state entry=tried_at kind=kind/>
            <UncontrolledField
                input=input
                id=state.id(CODE)
                label=text::AUTHENTICATOR_CODE
                kind="text"
                autocomplete="one-time-code"
                autocapitalize="none"
                help=text::CODE_HELP
            />
            <SignInButton state=state class="btn primary" label=text::USE_CODE/>
            <button type="button" class="btn quiet" on:click=start_again>{text::START_AGAIN}</button>
        </form>
    }
}
