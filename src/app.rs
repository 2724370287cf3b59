//! The whole site: which address is which screen, and what is around all of them. What stands in an address is
//! `routes`'; what a screen does is its page's.

use std::rc::Rc;

use leptos::mount::{UnmountHandle, mount_to};
use leptos::prelude::*;
use leptos::reactive::owner::Owner;
use leptos::tachys::view::any_view::AnyViewState;
use leptos::task::spawn_local;
use leptos_router::components::{FlatRoutes, Redirect, Route, Router};
use leptos_router::{NavigateOptions, path};
use send_wrapper::SendWrapper;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use crate::browser::{clock, focus, page};
use crate::components::lazy_part::{Chunks, Lazy, LazyPart, LazyScreen};
use crate::components::notices::{Notices, toast};
use crate::components::rail::Rail;
use crate::components::shortcuts::provide_shortcut_sheet;
use crate::features;
use crate::features::sign_in::{SignInPage, StartingPage, UnconfiguredPage};
use crate::features::unknown::UnknownPage;
use crate::features::workspaces::WorkspacesPage;
use crate::lazy::LOADER;
use crate::routes::Route as At;
use crate::state::accounts::{Account, Phase};
use crate::state::navigation::{Links, Navigation};
use crate::state::{AppState, config};
use crate::text;
use crate::ui::redrawn::Redrawn;
use crate::ui::tooltip::{Tooltip, TooltipLayer};

/// How long after the first screen the lazy groups are asked for, in milliseconds.
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
pub struct Mounted {
    owner: Owner,
    app: Option<UnmountHandle<AnyViewState>>,
    root: HtmlElement,
}

impl Drop for Mounted {
    fn drop(&mut self) {
        // Listeners and timers end with their owner, even where something that is under way still holds it.
        self.owner.cleanup();
        self.app.take();
        self.root.set_text_content(None);
    }
}

/// Puts the app into an element.
#[must_use]
pub fn mount_into(root: HtmlElement) -> Mounted {
    let owner = Owner::new();
    let shell = SendWrapper::new(root.clone());
    let app = owner.with(|| {
        mount_to(root.clone(), move || {
            view! { <App shell=shell/> }.into_any()
        })
    });
    Mounted {
        owner,
        app: Some(app),
        root,
    }
}

/// What there is to see before anybody's workspaces are.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    Starting,
    Unconfigured,
    SignIn,
    /// The screens of [`Site`].
    Site,
}

/// The app. `shell` is the element that holds the static page until the first screen stands.
#[component]
fn App(shell: SendWrapper<HtmlElement>) -> impl IntoView {
    let links = Links::listen();
    view! {
        <Router>
            <Shell shell=shell links=links/>
        </Router>
    }
}

/// What is on every screen, and the state that all of them share.
#[component]
fn Shell(shell: SendWrapper<HtmlElement>, links: Links) -> impl IntoView {
    let app = AppState::provide();
    let navigation = Navigation::provide(links);
    Tooltip::provide();
    let chunks = Chunks::provide(LOADER);
    let sheet = provide_shortcut_sheet();
    app.accounts.hear_shown_again();
    spawn_local(async move {
        app.accounts.start(config::load().await).await;
    });
    let stage = Memo::new(move |_| stage(app, navigation));
    follow_accounts(app);
    follow_sign_in(app, navigation);
    follow_first_screen(app, chunks);
    follow_screen(app, navigation, stage);
    Effect::new(move |_| page::set_title(&text::title(&features::name(app, navigation))));
    // While the app starts the static page stands for it, which draws the list.
    let has_started = Memo::new(move |before: Option<&bool>| {
        before.is_some_and(|before| *before) || stage.get() != Stage::Starting
    });
    Effect::new(move |_| {
        if has_started.get() {
            remove_shell(&shell);
        }
    });
    let due = Memo::new(move |_| has_started.get().then(|| stage.get()));
    view! {
        <Redrawn on=due let:due>
            {match due {
                None => ().into_any(),
                Some(Stage::Starting) => view! { <StartingPage/> }.into_any(),
                Some(Stage::Unconfigured) => view! { <UnconfiguredPage/> }.into_any(),
                Some(Stage::SignIn) => view! { <SignInPage/> }.into_any(),
                Some(Stage::Site) => view! { <Site/> }.into_any(),
            }}
        </Redrawn>
        <LazyPart
            part=Lazy::Archive
            wanted=Signal::derive(move || app.archiving.target().is_some())
            frame=toast(move || app.archiving.close())
        />
        <LazyPart part=Lazy::Resume/>
        <LazyPart
            part=Lazy::Many
            wanted=Signal::derive(move || app.selection.task().is_some())
            frame=toast(move || app.selection.end())
        />
        <LazyPart
            part=Lazy::SignInAgain
            wanted=Signal::derive(move || app.reauthentication.asked().is_some())
            frame=toast(move || app.reauthentication.close())
        />
        <LazyPart
            part=Lazy::Keyboard
            wanted=sheet
            frame=toast(move || sheet.set(false))
        />
        <TooltipLayer/>
        <Notices app=app/>
        <div class="sr" role="status" prop:textContent=move || app.notices.announced()></div>
    }
}

/// A screen, as the router draws it. All are of one type, so that the code around a route is there once.
type Screen = fn() -> AnyView;

const HOME: Screen = || view! { <Home/> }.into_any();
const WORKSPACES: Screen = || framed(|| view! { <Workspaces/> }.into_any());
const NEW: Screen =
    || framed(|| view! { <LazyScreen part=Lazy::New heading=text::NEW_WORKSPACE/> }.into_any());
const ACTIVITY: Screen =
    || framed(|| view! { <LazyScreen part=Lazy::Activity heading=text::ACTIVITY/> }.into_any());
const ACCOUNTS: Screen =
    || framed(|| view! { <LazyScreen part=Lazy::Accounts heading=text::ACCOUNTS/> }.into_any());
const ADD_ACCOUNT: Screen = || {
    framed(|| view! { <LazyScreen part=Lazy::AddAccount heading=text::ADD_ACCOUNT/> }.into_any())
};
const SETTINGS: Screen =
    || framed(|| view! { <LazyScreen part=Lazy::Settings heading=text::SETTINGS/> }.into_any());
const UNKNOWN: Screen = || framed(|| view! { <UnknownPage/> }.into_any());

/// The screens of who is signed in, each at its address. `routes::Route` reads and prints what stands in an address.
#[component]
fn Site() -> impl IntoView {
    view! {
        <FlatRoutes fallback=UNKNOWN>
            <Route path=path!("/") view=HOME/>
            <Route path=path!("/workspaces/new") view=NEW/>
            // One route, so that the list stays as it is when a workspace opens beside it.
            <Route path=path!("/workspaces/:account?/:id?/:tab?") view=WORKSPACES/>
            <Route path=path!("/activity") view=ACTIVITY/>
            <Route path=path!("/accounts") view=ACCOUNTS/>
            <Route path=path!("/accounts/add") view=ADD_ACCOUNT/>
            <Route path=path!("/settings") view=SETTINGS/>
        </FlatRoutes>
    }
}

/// The list is at an address of its own, so that it stays when the view on it changes.
#[component]
fn Home() -> impl IntoView {
    let options = NavigateOptions {
        replace: true,
        scroll: false,
        ..NavigateOptions::default()
    };
    view! { <Redirect path=Navigation::get().route_untracked().href() options=options/> }
}

/// The list and what is open beside it, or that the address names neither.
#[component]
fn Workspaces() -> impl IntoView {
    let navigation = Navigation::get();
    let known = Memo::new(move |_| navigation.with(|route| *route != At::Unknown));
    view! {
        <Redrawn on=known let:known>
            {match known {
                true => view! { <WorkspacesPage/> }.into_any(),
                false => view! { <UnknownPage/> }.into_any(),
            }}
        </Redrawn>
    }
}

/// A screen beside the rail. A function is not patched: each screen is drawn anew.
fn framed(screen: Screen) -> AnyView {
    // What a screen reads while it is made must not have it made again.
    let framed = move || untrack(|| view! { <Layout>{screen()}</Layout> });
    framed.into_any()
}

/// The rail and a screen beside it.
#[component]
fn Layout(children: Children) -> impl IntoView {
    view! {
        <a class="skip" href="#main" rel="external">{text::SKIP}</a>
        <div class="app">
            <Rail/>
            {children()}
        </div>
    }
}

/// What is due by who is signed in, and by the address where somebody is signed in already.
fn stage(app: AppState, navigation: Navigation) -> Stage {
    match app.accounts.phase() {
        Phase::Starting => Stage::Starting,
        Phase::Unconfigured => Stage::Unconfigured,
        Phase::SignedOut => Stage::SignIn,
        // The address is about to change.
        Phase::SignedIn => {
            match navigation.with(|route| matches!(route, At::SignIn(_) | At::SignInReturn)) {
                true => Stage::Starting,
                false => Stage::Site,
            }
        }
    }
}

/// Leaves what was confirmed at the screen where it happened, and begins a new screen at its heading, as a page load
/// would.
fn follow_screen(app: AppState, navigation: Navigation, stage: Memo<Stage>) {
    let screen = Memo::new(move |_| (stage.get(), navigation.with(At::screen)));
    Effect::new(move |before: Option<_>| {
        let now = screen.get();
        app.notices.leave();
        // A workspace that is opened takes the focus by itself.
        let pane_opens = navigation.open_untracked().is_some();
        if before.is_some() && !pane_opens && !app.accounts.all_untracked().is_empty() {
            let was = focus::here();
            spawn_local(async move {
                clock::sleep(0).await;
                if !was.has_moved() {
                    focus::focus_heading();
                }
            });
        }
        now
    });
}

/// Takes the static shell away; everything after it is the app's own.
fn remove_shell(root: &HtmlElement) {
    if let Ok(Some(shell)) = root.query_selector(".shell") {
        shell.remove();
    }
    let _ = root.remove_attribute("aria-busy");
}

/// Loads what an account has when it is signed in to, and forgets it when it has left.
fn follow_accounts(app: AppState) {
    Effect::new(move |before: Option<Vec<Rc<Account>>>| {
        let before = before.unwrap_or_default();
        let now = app.accounts.all();
        // Only who is signed in is followed, whatever forgetting and loading look at.
        untrack(|| {
            for account in &before {
                if !now.iter().any(|other| other.id == account.id) {
                    app.forget(&account.id);
                }
            }
            for account in &now {
                if !before.iter().any(|other| account.is_session_of(other)) {
                    app.workspaces.load(account);
                    app.workspaces.ask_again(&account.id);
                }
            }
        });
        now
    });
}

/// Fetches the lazy groups as soon as the first screen has what it needs, so that nobody waits for it.
fn follow_first_screen(app: AppState, chunks: Chunks) {
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
                chunks.fetch_ahead().await;
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
                At::SignIn(_) => {}
                At::SignInReturn => come_back(app, navigation),
                At::Unknown => navigation.replace(&At::SignIn(None)),
                wanted => {
                    let plain = wanted == At::List(Default::default());
                    let next = (!plain).then(|| Box::new(wanted));
                    navigation.replace(&At::SignIn(next));
                }
            },
            Phase::SignedIn => match route {
                At::SignIn(next) => {
                    let next = next.map_or_else(|| At::List(Default::default()), |next| *next);
                    navigation.replace(&next);
                }
                At::SignInReturn => come_back(app, navigation),
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
        true => At::AddAccount(None),
        // What was wanted stays so, if this comes to nothing.
        false => At::SignIn(app.accounts.wanted(&search).map(Box::new)),
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
