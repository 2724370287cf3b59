//! The layout and the table of screens. Which address is which screen is `route`'s; what a screen
//! does is its page's.

use leptos::mount::mount_to;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::components::Router;
use wasm_bindgen::JsCast;

use crate::browser::page;
use crate::pages;
use crate::pages::accounts::accounts_page;
use crate::pages::activity::activity_page;
use crate::pages::keyboard;
use crate::pages::rail::rail;
use crate::pages::settings::settings_page;
use crate::pages::sign_in::{sign_in_page, starting_page, unconfigured_page};
use crate::pages::unknown::unknown_page;
use crate::pages::workspace::archive::archive_dialog;
use crate::pages::workspaces::workspaces_page;
use crate::route::Route;
use crate::state::accounts::Phase;
use crate::state::place::Place;
use crate::state::{Console, config};
use crate::text;
use crate::ui::hint::{Hint, hint_view};
use crate::ui::icon::{Icon, icon};

/// Puts the app in place of the static shell.
pub fn mount() {
    let root = document()
        .get_element_by_id("app")
        .and_then(|root| root.dyn_into().ok());
    let Some(root): Option<web_sys::HtmlElement> = root else {
        return;
    };
    root.set_text_content(None);
    let _ = root.remove_attribute("aria-busy");
    mount_to(root, || view! { <Router>{app()}</Router> }).forget();
}

/// Which screen is drawn. A screen stays while only its part of the address changes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Screen {
    Starting,
    Unconfigured,
    SignIn,
    Workspaces,
    Activity,
    Accounts,
    Settings,
    Unknown,
}

/// The app, inside a router.
pub fn app() -> AnyView {
    let console = Console::provide();
    let place = Place::provide();
    Hint::provide();
    spawn_local(async move {
        console.accounts.start(config::load().await).await;
    });

    let signed_in =
        Memo::new(move |_| console.accounts.account().map(|account| account.id.clone()));
    let screen = Memo::new(move |_| match console.accounts.phase() {
        Phase::Starting => Screen::Starting,
        Phase::Unconfigured => Screen::Unconfigured,
        Phase::SignedOut | Phase::SigningIn => Screen::SignIn,
        Phase::SignedIn(_) => place.with(|route| match route {
            Route::List(_) | Route::Workspace { .. } => Screen::Workspaces,
            Route::Activity => Screen::Activity,
            Route::Accounts => Screen::Accounts,
            Route::Settings => Screen::Settings,
            Route::SignIn(_) | Route::SignInReturn => Screen::Starting,
            Route::Unknown => Screen::Unknown,
        }),
    });
    follow_sign_in(console, place, signed_in);
    keyboard::listen(console, place);

    Effect::new(move |_| page::set_title(&text::title(&pages::name(console, place))));

    view! {
        {move || match screen.get() {
            Screen::Starting => starting_page(),
            Screen::Unconfigured => unconfigured_page(),
            Screen::SignIn => sign_in_page(),
            framed => frame(framed),
        }}
        {archive_dialog()}
        {keyboard::sheet()}
        {hint_view()}
        {notice(console)}
        <div class="sr" role="status">{move || console.notices.announced()}</div>
    }
    .into_any()
}

/// The rail and the screen beside it.
fn frame(screen: Screen) -> AnyView {
    view! {
        <a class="skip" href="#main">{text::SKIP}</a>
        <div class="app">
            {rail()}
            {match screen {
                Screen::Workspaces => workspaces_page(),
                Screen::Activity => activity_page(),
                Screen::Accounts => accounts_page(),
                Screen::Settings => settings_page(),
                _ => unknown_page(),
            }}
        </div>
    }
    .into_any()
}

/// Loads when somebody signs in, forgets when they leave, and keeps address and session in step.
fn follow_sign_in(
    console: Console,
    place: Place,
    signed_in: Memo<Option<steward_domain::id::AccountId>>,
) {
    Effect::new(move |before: Option<bool>| {
        let now = signed_in.with(Option::is_some);
        if now {
            console.workspaces.load();
        } else if before == Some(true) {
            console.forget();
        }
        now
    });
    Effect::new(move |_| {
        let route = place.route();
        match console.accounts.phase() {
            Phase::SignedOut => match route {
                Route::SignIn(_) => {}
                Route::SignInReturn => come_back(console, place),
                Route::Unknown => place.replace(&Route::SignIn(None)),
                wanted => {
                    let plain = wanted == Route::List(Default::default());
                    let next = (!plain).then(|| Box::new(wanted));
                    place.replace(&Route::SignIn(next));
                }
            },
            Phase::SignedIn(_) => match route {
                Route::SignIn(next) => {
                    let next = next.map_or_else(|| Route::List(Default::default()), |next| *next);
                    place.replace(&next);
                }
                Route::SignInReturn => place.replace(&Route::List(Default::default())),
                _ => {}
            },
            Phase::Starting | Phase::Unconfigured | Phase::SigningIn => {}
        }
    });
}

/// Completes a sign-in. The address with the code is replaced before anything is asked.
fn come_back(console: Console, place: Place) {
    let search = place.search_untracked();
    place.replace(&Route::SignIn(None));
    spawn_local(async move {
        if let Some(next) = console.accounts.complete(&search).await {
            place.replace(&next);
        }
    });
}

fn notice(console: Console) -> AnyView {
    view! {
        <div class="notices">
            {move || {
                console.notices.shown().map(|shown| {
                    view! {
                        <div class="notice">
                            {icon(Icon::Check)}
                            <p>{shown}</p>
                            <button type="button" class="icon" aria-label=text::DISMISS
                                on:click=move |_| console.notices.clear()>
                                {icon(Icon::Close)}
                            </button>
                        </div>
                    }
                    .into_any()
                })
            }}
        </div>
    }
    .into_any()
}
