//! The layout and the table of screens. Which address is which screen is `route`'s; what a screen
//! does is its page's.

use std::cell::Cell;
use std::rc::Rc;

use any_spawner::Executor;
use leptos::prelude::*;
use leptos::reactive::owner::Owner;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, Node};

use crate::browser::{clock, focus, page};
use crate::pages;
use crate::pages::keyboard;
use crate::pages::lazy::{self, Chunk, Lazy, lazy};
use crate::pages::rail::rail;
use crate::pages::sign_in::{sign_in_page, starting_page, unconfigured_page};
use crate::pages::unknown::unknown_page;
use crate::pages::workspaces::workspaces_page;
use crate::route::Route;
use crate::state::accounts::{Account, Phase};
use crate::state::navigation::Navigation;
use crate::state::notices::Mark;
use crate::state::{AppState, config};
use crate::text;
use crate::ui::el::{el, fragment, part};
use crate::ui::icon::{Icon, icon};
use crate::ui::layout::press;
use crate::ui::tooltip::{Tooltip, hint_view};
use leptos::task::spawn_local;

/// How long after the first screen the second module is asked for, in milliseconds.
const LATER_MS: u32 = 100;

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
    New,
    Activity,
    Accounts,
    AddAccount,
    Settings,
    Unknown,
}

/// The app.
fn app(root: &HtmlElement) {
    let app = AppState::provide();
    let navigation = Navigation::provide();
    Tooltip::provide();
    let chunk = Chunk::provide();
    app.accounts.hear_shown_again();
    spawn_local(async move {
        app.accounts.start(config::load().await).await;
    });

    let screen = Memo::new(move |_| match app.accounts.phase() {
        Phase::Starting => Screen::Starting,
        Phase::Unconfigured => Screen::Unconfigured,
        Phase::SignedOut => Screen::SignIn,
        Phase::SignedIn => navigation.with(|route| match route {
            Route::List(_) | Route::Workspace { .. } => Screen::Workspaces,
            Route::New(_) => Screen::New,
            Route::Activity => Screen::Activity,
            Route::Accounts => Screen::Accounts,
            Route::AddAccount(_) => Screen::AddAccount,
            Route::Settings => Screen::Settings,
            Route::SignIn(_) | Route::SignInReturn => Screen::Starting,
            Route::Unknown => Screen::Unknown,
        }),
    });
    follow_accounts(app);
    follow_sign_in(app, navigation);
    let sheet = keyboard::provide();
    follow_first_screen(app, chunk);
    Effect::new(move |_| page::set_title(&text::title(&pages::name(app, navigation))));
    // What was confirmed belongs to the screen where it happened, and a new screen is begun at its
    // heading, as a page load would.
    let mut first = true;
    Effect::new(move |_| {
        screen.track();
        app.notices.leave();
        let pane_is_opening = untrack(|| navigation.open()).is_some();
        if !first && !pane_is_opening && !app.accounts.all_untracked().is_empty() {
            let was = focus::here();
            spawn_local(async move {
                clock::sleep(0).await;
                if !was.has_moved() {
                    focus::focus_heading();
                }
            });
        }
        first = false;
    });

    let started = Cell::new(false);
    let shell = root.clone();
    let all = fragment([
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
        lazy(
            Lazy::Archive,
            move || app.archiving.target().is_some(),
            move |node| toast(node, Callback::new(move |()| app.archiving.close())),
        ),
        lazy(Lazy::Resume(app), || false, |node| node),
        lazy(
            Lazy::Many,
            move || app.selection.task().is_some(),
            move |node| toast(node, Callback::new(move |()| app.selection.end())),
        ),
        lazy(
            Lazy::SignInAgain(app, navigation),
            move || app.reauthentication.asked().is_some(),
            move |node| toast(node, Callback::new(move |()| app.reauthentication.close())),
        ),
        lazy(
            Lazy::Keyboard(app, navigation),
            move || sheet.get(),
            move |node| toast(node, Callback::new(move |()| sheet.set(false))),
        ),
        hint_view(),
        notice(app, navigation),
        el("div")
            .class("sr")
            .attr("role", "status")
            .live_text(move || app.notices.announced())
            .node(),
    ]);
    let _ = root.append_child(&all);
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
                Screen::New => lazy::screen(Lazy::New, text::NEW_WORKSPACE),
                Screen::Activity => lazy::screen(Lazy::Activity, text::ACTIVITY),
                Screen::Accounts => lazy::screen(Lazy::Accounts, text::ACCOUNTS),
                Screen::AddAccount => lazy::screen(Lazy::AddAccount, text::ADD_ACCOUNT),
                Screen::Settings => lazy::screen(Lazy::Settings, text::SETTINGS),
                _ => unknown_page(),
            })
            .node(),
    ])
}

/// Loads what an account has when it is signed in to, and forgets it when it has left.
fn follow_accounts(app: AppState) {
    let mut before: Vec<Rc<Account>> = Vec::new();
    Effect::new(move |_| {
        let now = app.accounts.all();
        untrack(|| {
            for account in &before {
                if !now.iter().any(|other| other.id == account.id) {
                    app.forget(&account.id);
                }
            }
            for account in &now {
                if !before.iter().any(|other| account.is_session_of(other)) {
                    app.workspaces.load(account);
                    app.roles.ask_again(&account.id);
                }
            }
        });
        before = now;
    });
}

/// Loads the second module as soon as the first screen has what it needs, so that nobody waits for it.
fn follow_first_screen(app: AppState, chunk: Chunk) {
    let stands = Memo::new(move |_| match app.accounts.phase() {
        Phase::Starting => false,
        Phase::SignedIn => app.workspaces.has_settled() || app.workspaces.is_in_trouble(),
        Phase::SignedOut | Phase::Unconfigured => true,
    });
    Effect::new(move |_| {
        if stands.get() {
            spawn_local(async move {
                // The rows are drawn first.
                clock::sleep(LATER_MS).await;
                chunk.load();
            });
        }
    });
}

/// Keeps address and sessions in step.
fn follow_sign_in(app: AppState, navigation: Navigation) {
    let phase = Memo::new(move |_| app.accounts.phase());
    Effect::new(move |_| {
        let route = navigation.route();
        match phase.get() {
            Phase::SignedOut => match route {
                Route::SignIn(_) => {}
                Route::SignInReturn => come_back(app, navigation),
                Route::Unknown => navigation.replace(&Route::SignIn(None)),
                wanted => {
                    let plain = wanted == Route::List(Default::default());
                    let next = (!plain).then(|| Box::new(wanted));
                    navigation.replace(&Route::SignIn(next));
                }
            },
            Phase::SignedIn => match route {
                Route::SignIn(next) => {
                    let next = next.map_or_else(|| Route::List(Default::default()), |next| *next);
                    navigation.replace(&next);
                }
                Route::SignInReturn => come_back(app, navigation),
                _ => {}
            },
            Phase::Starting | Phase::Unconfigured => {}
        }
    });
}

/// Completes a sign-in. The address with the code is replaced before anything is asked.
fn come_back(app: AppState, navigation: Navigation) {
    let search = navigation.search_untracked();
    // Somebody who is signed in elsewhere stays so, whatever becomes of this one.
    let several = !app.accounts.all_untracked().is_empty();
    navigation.replace(&match several {
        true => Route::AddAccount(None),
        // What was wanted stays so, if this comes to nothing.
        false => Route::SignIn(app.accounts.wanted(&search).map(Box::new)),
    });
    spawn_local(async move {
        let Some((next, label)) = app.accounts.complete(&search).await else {
            // The page is a new one, and what had focus went with the old.
            if focus::is_lost() {
                focus::focus_heading();
            }
            return;
        };
        navigation.replace(&next);
        if several {
            // A new screen begins without what was confirmed before it.
            clock::sleep(0).await;
            app.notices.confirm(text::connected(&label));
        }
    });
}

fn notice(app: AppState, navigation: Navigation) -> Node {
    el("div")
        .class("notices")
        .attr("id", pages::NOTICES_ID)
        .attr("tabindex", "-1")
        .attr("role", "region")
        .attr("aria-label", text::NOTICES)
        .part(move || {
            let shown = app.notices.shown()?;
            let (mark, class) = match shown.mark {
                Mark::Done => (Icon::Check, "notice"),
                Mark::Otherwise => (Icon::Warning, "notice otherwise"),
                Mark::Open => (Icon::Info, "notice open"),
            };
            let said = fragment([
                icon(mark),
                el("p").text(&shown.text).node(),
                lazy(Lazy::Undo(app, navigation), || false, |node| node),
            ]);
            let dismiss = Callback::new(move |()| app.notices.clear());
            Some(dismissible(class, said, dismiss))
        })
        .node()
}

/// What stands for a dialog that is not there yet.
fn toast(node: Node, dismiss: Callback<()>) -> Node {
    let notice = dismissible("notice", node, dismiss);
    el("div").class("notices").add(notice).node()
}

fn dismissible(class: &'static str, said: Node, dismiss: Callback<()>) -> Node {
    let dismiss = press("icon", dismiss)
        .attr("aria-label", text::DISMISS)
        .add(icon(Icon::Close));
    el("div").class(class).add(said).add(dismiss).node()
}
