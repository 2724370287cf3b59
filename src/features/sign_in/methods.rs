//! The sign-in methods, the same for the first account and for a further one: which service, then its
//! redirect or gateway, token, key, or e-mail and password. How a redirect is gone through is handed in:
//! `in_this_tab` here is for whoever has nothing to lose, `window` for everybody else.
//!
//! Guarantees: what went wrong stands at what was tried; what was typed for one service never stands in
//! the form of another; nothing is sent twice.

use std::cell::Cell;

use leptos::either::Either;
use leptos::prelude::*;
use steward_domain::id::AccountId;
use steward_domain::provider::CredentialKind;

use super::code::CodeForm;
use super::credential::CredentialForm;
use super::parts::{Help, KeepSession, ProblemNote, SignInButton};
use crate::routes::Route;
use crate::state::accounts::Account;
use crate::state::config::Offer;
use crate::state::navigation::Navigation;
use crate::state::session::sign_in::{Again, Half, Problem, SignInRequest};
use crate::state::{AppState, app_state};
use crate::text;

thread_local! {
    /// The service at whose form the next page of methods begins.
    static REQUESTED: Cell<Option<AccountId>> = const { Cell::new(None) };
}

/// Goes to the form of an account's service, for another of its keys.
pub fn replace_key(navigation: Navigation, account: &Account) {
    REQUESTED.set(Some(account.entry.clone()));
    navigation.go(&Route::AddAccount(None));
}

/// Draws the button that goes to a service's page, with its class. It is handed in as a function because the window
/// belongs to a lazy group, which a first visit does not load.
pub type RedirectView = fn(SignInState, Offer, &'static str) -> AnyView;

/// What the sign-in methods of all services share. Copies are handles to the same signals.
#[derive(Clone, Copy)]
pub struct SignInState {
    /// The console's state.
    pub app: AppState,
    /// Where the person is.
    pub navigation: Navigation,
    /// Whether to keep the session for this tab.
    pub keep: RwSignal<bool>,
    /// What was typed at the last attempt; `None` for a button alone.
    pub tried: RwSignal<Option<CredentialKind>>,
    /// Where to go after a redirect.
    pub next: fn(Navigation) -> Option<Route>,
    /// How the page of a service is gone to.
    pub go: RedirectView,
    /// The account that is signed in to again, if it is one.
    pub again: StoredValue<Option<Again>>,
    /// What the ids of the fields begin with.
    pub ids: &'static str,
    /// A sign-in that waits for its second step, and where. It is in this page alone.
    pub half: RwSignal<Option<(AccountId, Half)>>,
}

impl SignInState {
    /// Whether a sign-in is under way.
    pub(super) fn is_busy(self) -> bool {
        self.app.accounts.progress.busy().is_some()
    }

    /// The same for what handles an event, and must not run again with the next sign-in.
    pub(super) fn is_busy_untracked(self) -> bool {
        untrack(|| self.is_busy())
    }

    /// What is wanted of a sign-in there.
    pub(super) fn request(self, entry: &AccountId) -> SignInRequest {
        SignInRequest {
            entry: entry.clone(),
            keep: self.keep.get_untracked(),
            again: self.again.get_value(),
        }
    }

    /// The id of a field, which no other form on the page has.
    pub(super) fn id(self, id: &str) -> String {
        format!("{}{id}", self.ids)
    }

    /// Whether a sign-in there waits for its second step.
    fn awaits_code(self, entry: &AccountId) -> bool {
        self.half
            .with(|half| half.as_ref().is_some_and(|(at, _)| at == entry))
    }

    /// Takes up a sign-in that the service wants a code for, and says whether it does.
    pub(super) fn asks_code(self, entry: &AccountId) -> bool {
        let accounts = self.app.accounts;
        match accounts.progress.problem_untracked() {
            Some((at, Problem::SecondFactor(half))) if at == *entry && half.by_code => {
                accounts.progress.forget_problem();
                self.half.try_set(Some((at, half)));
                true
            }
            _ => false,
        }
    }
}

/// The sign-in methods of the service that is chosen. `next` is asked where to go after a redirect, `redirect` draws
/// the button for one.
#[component]
pub(crate) fn SignInMethods(
    next: fn(Navigation) -> Option<Route>,
    redirect: RedirectView,
) -> impl IntoView {
    let (app, navigation) = (app_state(), Navigation::get());
    let offers = app.accounts.offered();
    // Chosen once: what happens later must not take the form from under its person.
    let first = untrack(|| first_choice(app, &offers, next(navigation)));
    let chosen = RwSignal::new(first);
    let chooser = (offers.len() > 1).then(|| {
        let offers = offers.clone();
        view! { <ServiceChooser offers=offers chosen=chosen/> }
    });
    let state = SignInState {
        app,
        navigation,
        keep: RwSignal::new(false),
        tried: RwSignal::new(None),
        next,
        go: redirect,
        again: StoredValue::new(None),
        ids: "",
        half: RwSignal::new(None),
    };
    view! {
        {chooser}
        // Keyed: each service gets fields of its own, and what was typed for another is gone.
        <For
            each=move || offers.get(chosen.get()).cloned()
            key=|offer| offer.entry.clone()
            let:offer
        >
            <ServiceMethods state=state offer=offer/>
        </For>
    }
}

/// The service that was asked for, else the one where something went wrong, else that of the link one
/// came by, else one whose session has ended, else the first.
fn first_choice(app: AppState, offers: &[Offer], next: Option<Route>) -> usize {
    let ended = || {
        let id = app.accounts.renewals.ended().into_iter().next()?;
        Some(app.accounts.get(&id)?.entry.clone())
    };
    let wanted = REQUESTED
        .take()
        .or_else(|| Some(app.accounts.progress.problem()?.0))
        .or_else(|| {
            let account = match next? {
                Route::Workspace { key, .. } => key.account,
                Route::New(account) => account?,
                _ => return None,
            };
            Some(app.accounts.service_named(&account)?.entry)
        })
        .or_else(ended);
    offers
        .iter()
        .position(|offer| wanted.as_ref() == Some(&offer.entry))
        .unwrap_or_default()
}

/// Which service to sign in to.
#[component]
fn ServiceChooser(offers: Vec<Offer>, chosen: RwSignal<usize>) -> impl IntoView {
    let choices = offers.into_iter().enumerate().map(|(at, offer)| {
        view! {
            <label>
                <input
                    type="radio"
                    name="service"
                    prop:checked=move || chosen.get() == at
                    on:change=move |_| {
                        chosen.try_set(at);
                    }
                />
                <span data-mark=offer.service.mark>{offer.label}</span>
            </label>
        }
    });
    view! {
        <fieldset class="services">
            <legend>{text::SERVICE}</legend>
            {choices.collect_view()}
        </fieldset>
    }
}

/// The sign-in methods of one service.
#[component]
pub(crate) fn ServiceMethods(state: SignInState, offer: Offer) -> impl IntoView {
    let has_button = offer.redirect || offer.gateway;
    let button = has_button.then(|| {
        let offer = offer.clone();
        view! { <ButtonMethod state=state offer=offer/> }
    });
    let rest = if offer.gateway {
        Either::Left(view! { <Help id=state.id("gateway") text=text::GATEWAY_HELP/> })
    } else {
        let separator = has_button.then(|| {
            view! {
                <KeepSession state=state/>
                <div class="or">
                    <span>{text::OR}</span>
                </div>
            }
        });
        Either::Right(view! {
            {separator}
            <TypedMethod state=state offer=StoredValue::new(offer)/>
        })
    };
    view! {
        <div class="ways">
            {button}
            {rest}
        </div>
    }
}

/// The method that takes one press: a redirect, or a gateway that knows who is there. What went wrong with it stands
/// above the button.
#[component]
fn ButtonMethod(state: SignInState, offer: Offer) -> impl IntoView {
    let (entry, kind) = (offer.entry.clone(), offer.service.credential);
    let was_pressed = Signal::derive(move || state.tried.with(Option::is_none));
    // A gateway has no page to go to.
    let draw = if offer.gateway { in_this_tab } else { state.go };
    view! {
        <ProblemNote state=state entry=entry kind=kind shown=was_pressed/>
        {draw(state, offer, "btn primary")}
    }
}

/// The method that takes something typed: the service's own kind of credential, or a token where that is a password;
/// then the code of a second factor, if the service wants one.
#[component]
fn TypedMethod(state: SignInState, offer: StoredValue<Offer>) -> impl IntoView {
    let own = offer.with_value(|offer| offer.service.credential);
    let by_password = RwSignal::new(own == CredentialKind::Password);
    let other = match own {
        CredentialKind::Password => CredentialKind::Token,
        CredentialKind::Token | CredentialKind::AdminKey => own,
    };
    let form = move |kind| view! { <CredentialForm state=state offer=offer kind=kind by_password=by_password/> };
    view! {
        <Show
            when=move || offer.with_value(|offer| state.awaits_code(&offer.entry))
            fallback=move || {
                view! {
                    <Show when=move || by_password.get() fallback=move || form(other)>
                        {form(CredentialKind::Password)}
                    </Show>
                }
            }
        >
            <CodeForm state=state entry=offer.with_value(|offer| offer.entry.clone())/>
        </Show>
    }
}

/// The button that leaves for the service's page in this tab, or asks a gateway.
pub fn in_this_tab(state: SignInState, offer: Offer, class: &'static str) -> AnyView {
    let label = text::sign_in_with(&offer.label);
    view! { <RedirectButton state=state entry=offer.entry class=class label=label/> }.into_any()
}

/// A button that leaves this page for the service's, or asks a gateway.
#[component]
pub(super) fn RedirectButton(
    state: SignInState,
    entry: AccountId,
    class: &'static str,
    #[prop(into)] label: String,
) -> impl IntoView {
    let leave = move |()| {
        state.tried.set(None);
        let next = (state.next)(state.navigation);
        state.app.accounts.sign_in(state.request(&entry), next);
    };
    view! { <SignInButton state=state class=class label=label on_press=leave/> }
}
