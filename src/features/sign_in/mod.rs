//! The page for whoever is signed in nowhere, and what stands there before anybody can be.

pub mod again;
mod code;
mod credential;
mod methods;
mod parts;
mod window;

use leptos::prelude::*;

pub(super) use methods::{ServiceMethods, SignInMethods, SignInState, replace_key};
pub(super) use window::by_window;

use crate::components::lazy_part::{Lazy, LazyPart};
use crate::components::page::Brand;
use crate::routes::Route;
use crate::state::navigation::Navigation;
use crate::text;
use crate::ui::icon::Icon;
use crate::ui::layout::StateBlock;

/// While the configuration is read and a kept session looked at: what the static shell shows.
#[component]
pub(crate) fn StartingPage() -> impl IntoView {
    view! {
        <Welcome busy=true>
            <p class="sr" role="status">{text::STARTING}</p>
        </Welcome>
    }
}

/// There is nothing to sign in to.
#[component]
pub(crate) fn UnconfiguredPage() -> impl IntoView {
    view! {
        <Welcome>
            <h1 class="sr">{text::STEWARD}</h1>
            <StateBlock
                icon=Icon::Warning
                title=text::UNCONFIGURED
                text=text::UNCONFIGURED_TEXT
                urgent=true
            />
        </Welcome>
    }
}

/// The sign-in page.
#[component]
pub(crate) fn SignInPage() -> impl IntoView {
    view! {
        <Welcome>
            <div class="card">
                <Brand/>
                <h1>{text::WELCOME}</h1>
                <p>{text::WELCOME_TEXT}</p>
                <LazyPart part=Lazy::SignIn wanted=Signal::stored(true)/>
            </div>
        </Welcome>
    }
}

/// The ways to sign in of the sign-in page.
#[component]
pub(crate) fn SignInHere() -> impl IntoView {
    view! { <SignInMethods next=wanted redirect=methods::in_this_tab/> }
}

/// The frame of these pages. `busy` says that what it shows will be replaced.
#[component]
fn Welcome(#[prop(optional)] busy: bool, children: Children) -> impl IntoView {
    view! {
        <main class="welcome" id="main" aria-busy=busy.then_some("true")>
            {children()}
        </main>
    }
}

/// Where a person who signs in wants to go.
fn wanted(navigation: Navigation) -> Option<Route> {
    match navigation.route_untracked() {
        Route::SignIn(next) => next.map(|next| *next),
        Route::SignInReturn | Route::Unknown => None,
        route => Some(route),
    }
}
