//! The form for one kind of credential: a token, a key, or e-mail and password.
//!
//! Guarantees: a secret leaves its field as it is sent, and is in no attribute, address or log; what
//! went wrong stands at what was tried, and the focus with it; nothing is sent twice.

use leptos::ev::SubmitEvent;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use steward_domain::provider::CredentialKind;

use super::code::focus_code;
use super::methods::SignInState;
use super::parts::{
    KeepSession, ProblemNote, SignInButton, UncontrolledField, clear_field, field_value,
};
use crate::browser::{clock, focus};
use crate::state::config::Offer;
use crate::state::session::sign_in::Ask;
use crate::text;

/// The ids of the fields, behind what the form's place puts before them.
pub(super) const EMAIL: &str = "email";
const SECRET: &str = "secret";

/// The form. `by_password` says which of two forms is shown where a service takes a password or a token.
#[component]
pub(super) fn CredentialForm(
    state: SignInState,
    offer: StoredValue<Offer>,
    kind: CredentialKind,
    by_password: RwSignal<bool>,
) -> impl IntoView {
    let (entry, own, redirects, key_help) = offer.with_value(|offer| {
        let own = offer.service.credential;
        let key_help = text::admin_key_help(offer.service);
        (offer.entry.clone(), own, offer.redirect, key_help)
    });
    let has_password = kind == CredentialKind::Password;
    let (label, help, autocomplete, submit_label) = match kind {
        CredentialKind::Token => (
            text::TOKEN,
            text::TOKEN_HELP.to_owned(),
            "off",
            text::USE_TOKEN,
        ),
        CredentialKind::AdminKey => (text::ADMIN_KEY, key_help, "off", text::USE_KEY),
        CredentialKind::Password => (
            text::PASSWORD,
            text::PASSWORD_HELP.to_owned(),
            "current-password",
            text::USE_PASSWORD,
        ),
    };
    let email = NodeRef::<html::Input>::new();
    let secret = NodeRef::<html::Input>::new();
    let tried_at = entry.clone();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if state.is_busy_untracked() {
            return;
        }
        state.tried.set(Some(kind));
        let request = state.request(&entry);
        let (email, typed) = (field_value(email), field_value(secret));
        // The field is emptied at once: a secret lives in one place only.
        clear_field(secret);
        let ask = if has_password {
            Ask::Password(email, typed)
        } else {
            Ask::Typed(typed)
        };
        let entry = entry.clone();
        spawn_local(async move {
            if state.app.accounts.enter(request, ask).await.is_some() {
                return;
            }
            if state.asks_code(&entry) {
                focus_code(state).await;
            } else {
                focus::focus_id(&state.id(SECRET));
            }
        });
    };
    // Before anything was tried here, a problem belongs to the button above, where there is one.
    let was_tried = Signal::derive(move || match state.tried.get() {
        Some(tried) => tried == kind,
        None => !redirects,
    });
    let email_field = has_password.then(|| {
        view! {
            <UncontrolledField
                input=email
                id=state.id(EMAIL)
                label=text::EMAIL
                kind="email"
                autocomplete="username"
                required=true
            />
        }
    });
    let switch = (own == CredentialKind::Password).then(|| {
        let (words, first) = if has_password {
            (text::TOKEN_INSTEAD, SECRET)
        } else {
            (text::PASSWORD_INSTEAD, EMAIL)
        };
        let switch = move |_| {
            by_password.set(!has_password);
            spawn_local(async move {
                clock::sleep(0).await;
                focus::focus_id(&state.id(first));
            });
        };
        view! { <button type="button" class="btn quiet" on:click=switch>{words}</button> }
    });
    view! {
        <form class="form" on:submit=submit>
            <ProblemNote state=state entry=tried_at kind=kind shown=was_tried/>
            {email_field}
            <UncontrolledField
                input=secret
                id=state.id(SECRET)
                label=label
                kind="password"
                autocomplete=autocomplete
                required=has_password
                help=help
            />
            {(!redirects).then(|| view! { <KeepSession state=state/> })}
            <SignInButton
                state=state
                class=if redirects { "btn" } else { "btn primary" }
                label=submit_label
            />
            {switch}
        </form>
    }
}
