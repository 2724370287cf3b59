//! Signing in: by the service's own page, or with a token.

use leptos::prelude::*;
use leptos::task::spawn_local;
use steward_domain::id::AccountId;

use crate::browser::focus;
use crate::route::Route;
use crate::state::accounts::Phase;
use crate::state::console;
use crate::state::place::Place;
use crate::text;
use crate::ui::block::{note, state_block};
use crate::ui::icon::{Icon, icon};

/// While the configuration is read and a kept session looked at: what the static shell shows.
pub fn starting_page() -> AnyView {
    view! { <main class="welcome" id="main" aria-busy="true"><p class="sr" role="status">{text::STARTING}</p></main> }.into_any()
}

/// There is nothing to sign in to.
pub fn unconfigured_page() -> AnyView {
    view! {
        <main class="welcome" id="main">
            <h1 class="sr">{text::STEWARD}</h1>
            {state_block(
                Icon::Warning,
                text::UNCONFIGURED.to_owned(),
                text::UNCONFIGURED_TEXT.to_owned(),
                true,
                None,
            )}
        </main>
    }
    .into_any()
}

/// The sign-in page.
pub fn sign_in_page() -> AnyView {
    let (console, place) = (console(), Place::get());
    let keep = RwSignal::new(false);
    let busy = Signal::derive(move || matches!(console.accounts.phase(), Phase::SigningIn));
    let services = console.accounts.offered();
    let wanted = move || match place.route_untracked() {
        Route::SignIn(next) => next.map(|next| *next),
        route @ (Route::List(_)
        | Route::Workspace { .. }
        | Route::Activity
        | Route::Accounts
        | Route::Settings) => Some(route),
        Route::SignInReturn | Route::Unknown => None,
    };
    let by_redirect = services
        .iter()
        .filter(|(.., redirect)| *redirect)
        .map(|(account, label, ..)| {
            let account = account.clone();
            view! {
                <button
                    type="button"
                    class="btn primary"
                    aria-disabled=move || busy.get().then_some("true")
                    aria-busy=move || busy.get().then_some("true")
                    on:click=move |_| {
                        if !busy.get_untracked() {
                            console.accounts.sign_in(account.clone(), wanted(), keep.get_untracked());
                        }
                    }
                >
                    {text::sign_in_with(label)}
                </button>
            }
        })
        .collect_view();
    let problem = move || {
        console.accounts.problem().map(|problem| {
            let (title, text) = text::sign_in_problem(&problem);
            note("danger", title, text, None)
        })
    };
    let account = services.first().map(|(account, ..)| account.clone());
    view! {
        <main class="welcome" id="main">
            <div class="card">
                <div class="brand">{icon(Icon::Brand)}<span>{text::STEWARD}</span></div>
                <h1>{text::WELCOME}</h1>
                <p>{text::WELCOME_TEXT}</p>
                {move || problem()}
                {by_redirect}
                <label class="check">
                    <input
                        type="checkbox"
                        aria-describedby="keep-help"
                        prop:checked=move || keep.get()
                        on:change=move |event| keep.set(event_target_checked(&event))
                    />
                    <span>{text::KEEP}</span>
                </label>
                <p class="help" id="keep-help">{text::KEEP_HELP}</p>
                <div class="or"><span>{text::OR}</span></div>
                {account.map(|account| token_form(account, keep, busy))}
            </div>
        </main>
    }
    .into_any()
}

fn token_form(account: AccountId, keep: RwSignal<bool>, busy: Signal<bool>) -> AnyView {
    let console = console();
    let token = RwSignal::new(String::new());
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        let account = account.clone();
        spawn_local(async move {
            let text = token.get_untracked();
            // The field is emptied at once: the token lives in one place only.
            token.set(String::new());
            if !console
                .accounts
                .paste(account, &text, keep.get_untracked())
                .await
            {
                focus::focus_id("token");
            }
        });
    };
    view! {
        <form class="form" on:submit=submit>
            <div class="field">
                <label for="token">{text::TOKEN}</label>
                <input
                    id="token"
                    type="password"
                    autocomplete="off"
                    spellcheck="false"
                    aria-describedby="token-help"
                    prop:value=move || token.get()
                    on:input=move |event| token.set(event_target_value(&event))
                />
                <p class="help" id="token-help">{text::TOKEN_HELP}</p>
            </div>
            <button
                type="submit"
                class="btn"
                aria-disabled=move || busy.get().then_some("true")
                aria-busy=move || busy.get().then_some("true")
            >
                {text::USE_TOKEN}
            </button>
        </form>
    }
    .into_any()
}
