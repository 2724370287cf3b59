//! The layout and the table of screens. Which address is which screen is `route`'s; what a screen
//! does is its page's.

use std::cell::Cell;

use any_spawner::Executor;
use leptos::prelude::*;
use leptos::reactive::owner::Owner;
use steward_domain::id::AccountId;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, Node};

use crate::browser::{clock, focus, page};
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
use crate::reactive::{Memo, follow, memo, spawn};
use crate::route::Route;
use crate::state::accounts::Phase;
use crate::state::place::Place;
use crate::state::{Console, config};
use crate::text;
use crate::ui::block::press;
use crate::ui::el::{el, fragment, part};
use crate::ui::hint::{Hint, hint_view};
use crate::ui::icon::{Icon, icon};

/// Puts the app in place of the static shell. The shell stays until there is something to show.
pub fn mount() {
    let root = document()
        .get_element_by_id("app")
        .and_then(|root| root.dyn_into().ok());
    let Some(root): Option<HtmlElement> = root else {
        return;
    };
    // It runs as long as its page.
    std::mem::forget(mount_into(root));
}

/// A running app. Dropping it stops it and leaves its element empty.
pub struct App {
    owner: Owner,
    root: HtmlElement,
}

impl Drop for App {
    fn drop(&mut self) {
        self.owner.cleanup();
        self.root.set_text_content(None);
    }
}

/// Puts the app into an element.
#[must_use]
pub fn mount_into(root: HtmlElement) -> App {
    // Fails only where an executor is set already, by an app before this one.
    let _ = Executor::init_wasm_bindgen();
    let owner = Owner::new();
    owner.with(|| app(&root));
    App { owner, root }
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

/// The app.
fn app(root: &HtmlElement) {
    let console = Console::provide();
    let place = Place::provide();
    Hint::provide();
    spawn(async move {
        console.accounts.start(config::load().await).await;
    });

    let signed_in = memo(move || console.accounts.account().map(|account| account.id.clone()));
    let screen = memo(move || match console.accounts.phase() {
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
    follow(move || page::set_title(&text::title(&pages::name(console, place))));
    // What was confirmed belongs to the screen where it happened, and a new screen is begun at its
    // heading, as a page load would.
    let mut first = true;
    follow(move || {
        screen.track();
        console.notices.clear();
        if !first && matches!(console.accounts.phase_untracked(), Some(Phase::SignedIn(_))) {
            spawn(async {
                clock::sleep(0).await;
                focus::focus_heading();
            });
        }
        first = false;
    });

    let started = Cell::new(false);
    let shell = root.clone();
    let whole = fragment([
        part(move || {
            let screen = screen.get();
            if screen == Screen::Starting && !started.get() {
                return None;
            }
            if !started.replace(true) {
                remove_shell(&shell);
            }
            Some(untrack(|| match screen {
                Screen::Starting => starting_page(),
                Screen::Unconfigured => unconfigured_page(),
                Screen::SignIn => sign_in_page(),
                framed => frame(framed),
            }))
        }),
        archive_dialog(),
        keyboard::sheet(),
        hint_view(),
        notice(console),
        el("div")
            .class("sr")
            .attr("role", "status")
            .live_text(move || console.notices.announced())
            .node(),
    ]);
    let _ = root.append_child(&whole);
}

/// Takes the static shell away; everything after it is the app's own.
fn remove_shell(root: &HtmlElement) {
    if let Ok(Some(shell)) = root.query_selector(".shell") {
        shell.remove();
    }
    let _ = root.remove_attribute("aria-busy");
}

/// The rail and the screen beside it.
fn frame(screen: Screen) -> Node {
    fragment([
        el("a")
            .class("skip")
            .attr("href", "#main")
            .attr("rel", "external")
            .text(text::SKIP)
            .node(),
        el("div")
            .class("app")
            .add(rail())
            .add(match screen {
                Screen::Workspaces => workspaces_page(),
                Screen::Activity => activity_page(),
                Screen::Accounts => accounts_page(),
                Screen::Settings => settings_page(),
                _ => unknown_page(),
            })
            .node(),
    ])
}

/// Loads when somebody signs in, forgets when they leave, and keeps address and session in step.
fn follow_sign_in(console: Console, place: Place, signed_in: Memo<Option<AccountId>>) {
    let mut before = false;
    follow(move || {
        let now = signed_in.with(Option::is_some);
        untrack(|| match (before, now) {
            (_, true) => console.workspaces.load(),
            (true, false) => console.forget(),
            (false, false) => {}
        });
        before = now;
    });
    follow(move || {
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
    spawn(async move {
        if let Some(next) = console.accounts.complete(&search).await {
            place.replace(&next);
        }
    });
}

fn notice(console: Console) -> Node {
    el("div")
        .class("notices")
        .attr("role", "region")
        .attr("aria-label", text::NOTICES)
        .part(move || {
            let shown = console.notices.shown()?;
            let dismiss = press("icon", Callback::new(move |()| console.notices.clear()))
                .attr("aria-label", text::DISMISS)
                .add(icon(Icon::Close));
            let notice = el("div")
                .class("notice")
                .add(icon(Icon::Check))
                .add(el("p").text(&shown));
            Some(notice.add(dismiss).node())
        })
        .node()
}
