//! The second module: what a first visit does not need. Its parts stand in for themselves until it is
//! there.
//!
//! In a release build (the cfg `split`, which `build.rs` sets) everything that only [`drawn`] reaches
//! is cut off into a file of its own by `xtask/src/finish/split.rs`. Elsewhere it is there from the
//! start, and all that follows is ready at once.
//!
//! Guarantees: a part is drawn under the owner that is current where it stands; it is loaded once,
//! and again only after it failed. Must not know what the parts do.

use std::cell::Cell;
use std::sync::Arc;

use futures::FutureExt;
use leptos::prelude::*;
use steward_domain::failure::Failure;
use steward_domain::id::AccountId;
use web_sys::Node;

use super::accounts::{accounts_page, add_account_page};
use super::activity::{activity_page, resume};
use super::bulk;
use super::failure_notice::Again;
use super::new::new_page;
use super::reach::causes;
use super::settings::settings_page;
use super::sign_in_again::sign_in_again;
use super::undo;
use super::workspace::{archive::archive_dialog, pane};
use super::workspaces::banners::banners;
use super::workspaces::view::View;
use super::{PlainPage, keyboard, link, mend_focus};
use crate::route::Route;
use crate::state::AppState;
use crate::state::navigation::Navigation;
use crate::text;
use crate::ui::bridge::Raw;
use crate::ui::el::{el, part};
use crate::ui::icon::{Icon, icon};
use crate::ui::layout::{StateBlock, button, state_block};
use leptos::task::spawn_local;

/// What is in the second module.
#[derive(Clone)]
pub enum Lazy {
    /// The form for a new workspace.
    New,
    /// What was attempted.
    Activity,
    /// The accounts.
    Accounts,
    /// A further account.
    AddAccount,
    /// The settings.
    Settings,
    /// The open workspace, beside the list.
    Pane(AppState, Navigation),
    /// The archive dialog.
    Archive,
    /// What is said above the list.
    Banners(AppState, View),
    /// What this tab kept of its attempts.
    Resume(AppState),
    /// What takes back what the notice confirms.
    Undo(AppState, Navigation),
    /// What may have kept a request of an account, or of a sign-in there, from being answered.
    Causes(AppState, AccountId, Failure, Option<Again>),
    /// The dialogs about many workspaces.
    Many,
    /// The bar that a selection brings.
    Selection(View),
    /// The dialog that signs in again.
    SignInAgain(AppState, Navigation),
    /// The keyboard, and the sheet that explains it.
    Keyboard(AppState, Navigation),
}

/// Draws a part. The one way into the second module.
fn drawn(part: Lazy) -> Node {
    match part {
        Lazy::New => new_page(),
        Lazy::Activity => activity_page(),
        Lazy::Accounts => accounts_page(),
        Lazy::AddAccount => add_account_page(),
        Lazy::Settings => settings_page(),
        Lazy::Pane(app, navigation) => pane(app, navigation),
        Lazy::Archive => archive_dialog(),
        Lazy::Banners(app, view) => banners(app, view),
        Lazy::Resume(app) => resume::resume(app),
        Lazy::Undo(app, navigation) => undo::offer(app, navigation),
        Lazy::Causes(app, whose, failure, again) => causes(app, &whose, &failure, again),
        Lazy::Many => bulk::dialogs(),
        Lazy::Selection(view) => bulk::bar(view),
        Lazy::SignInAgain(app, navigation) => sign_in_again(app, navigation),
        Lazy::Keyboard(app, navigation) => {
            keyboard::listen(app, navigation);
            keyboard::sheet()
        }
    }
}

#[cfg(split)]
mod module {
    use super::{Lazy, drawn};
    use web_sys::Node;

    /// As the macro wants it: a load that failed becomes the function's own error.
    pub(super) struct Missing;

    impl From<wasm_split_helpers::SplitLoaderError> for Missing {
        fn from(_: wasm_split_helpers::SplitLoaderError) -> Self {
            Self
        }
    }

    #[wasm_split_helpers::wasm_split(later, fallible, preload(fetched))]
    pub(super) fn draw(part: Lazy) -> Result<Node, Missing> {
        Ok(drawn(part))
    }

    pub(super) async fn load() -> bool {
        fetched().await.is_ok()
    }
}

#[cfg(not(split))]
mod module {
    use super::{Lazy, drawn};
    use web_sys::Node;

    pub(super) async fn draw(part: Lazy) -> Result<Node, ()> {
        Ok(drawn(part))
    }

    pub(super) async fn load() -> bool {
        true
    }
}

/// How a part that is on its way is framed.
pub(crate) type Frame = Arc<dyn Fn(AnyView) -> AnyView + Send + Sync>;

/// A part of the second module. Until it is there, and where it is `wanted` already, what says so
/// is drawn within `frame`.
#[component]
pub(crate) fn LazyPart(
    part: Lazy,
    #[prop(into, optional)] wanted: Signal<bool>,
    #[prop(optional)] frame: Option<Frame>,
) -> impl IntoView {
    let chunk = expect_context::<Chunk>();
    Effect::new(move |_| {
        if wanted.get() {
            chunk.load();
        }
    });
    let waited = StoredValue::new(false);
    move || {
        let state = chunk.0.get();
        if waited.get_value() {
            mend_focus();
        }
        if state == State::There {
            // The module is there, so that this is ready at once, and under the current owner.
            return untrack(|| module::draw(part.clone()).now_or_never()?.ok())
                .map(|node| Raw::new(node).into_any());
        }
        wanted.get().then(|| {
            waited.set_value(true);
            let waiting =
                view! { <Waiting chunk=chunk failed={state == State::Failed}/> }.into_any();
            match &frame {
                Some(frame) => frame(waiting),
                None => waiting,
            }
        })
    }
}

/// What stands in place of a part that is on its way, or that could not be loaded.
#[component]
fn Waiting(chunk: Chunk, failed: bool) -> impl IntoView {
    if !failed {
        return view! { <p class="wait" role="status">{text::LOADING_PART}</p> }.into_any();
    }
    view! {
        <StateBlock
            icon=Icon::Warning
            title=text::PART_MISSING
            text=text::PART_MISSING_TEXT
            urgent=true
        >
            <button type="button" class="btn" on:click=move |_| chunk.load()>{text::RELOAD}</button>
        </StateBlock>
    }
    .into_any()
}

#[derive(Clone, Copy, PartialEq)]
enum State {
    Idle,
    Awaited,
    There,
    Failed,
}

/// The second module as the app knows it. Copies are handles to the same one.
#[derive(Clone, Copy)]
pub struct Chunk(RwSignal<State>);

impl Chunk {
    /// Puts it where parts find it.
    pub fn provide() -> Self {
        let chunk = Self(RwSignal::new(match cfg!(split) {
            true => State::Idle,
            false => State::There,
        }));
        provide_context(chunk);
        chunk
    }

    /// Loads it, unless it is there or on its way.
    pub fn load(self) {
        match self.0.try_get_untracked() {
            Some(State::Idle | State::Failed) => self.0.set(State::Awaited),
            _ => return,
        }
        spawn_local(async move {
            let there = module::load().await;
            self.0.try_set(match there {
                true => State::There,
                false => State::Failed,
            });
        });
    }
}

/// A screen of the second module. Until it is there, its heading stands already.
#[component]
pub(crate) fn LazyScreen(part: Lazy, heading: &'static str) -> impl IntoView {
    let frame: Frame = Arc::new(move |waiting| {
        view! { <PlainPage heading=heading>{waiting}</PlainPage> }.into_any()
    });
    view! { <LazyPart part=part wanted=Signal::stored(true) frame=frame/> }
}

/// The open workspace, where there is one.
pub fn open_pane(app: AppState, navigation: Navigation) -> Node {
    let stand_in = move |node| {
        let back = link(
            "btn quiet back",
            &Route::List(navigation.route_untracked().query()),
        );
        let back = back.add(icon(Icon::Back)).text(text::BACK);
        el("aside")
            .class("pane")
            .add(el("header").add(back))
            .add(el("div").class("body").add(node))
            .node()
    };
    lazy(
        Lazy::Pane(app, navigation),
        move || navigation.open().is_some(),
        stand_in,
    )
}

/// A part of the second module. Until it is there, and where it is `wanted` already, what says so
/// is drawn within `stand_in`.
pub fn lazy(
    what: Lazy,
    wanted: impl Fn() -> bool + Send + Sync + 'static,
    stand_in: impl Fn(Node) -> Node + 'static,
) -> Node {
    later_boxed(what, Signal::derive(wanted), Box::new(stand_in))
}

#[inline(never)]
fn later_boxed(what: Lazy, wanted: Signal<bool>, stand_in: Box<dyn Fn(Node) -> Node>) -> Node {
    let chunk = expect_context::<Chunk>();
    Effect::new(move |_| {
        if wanted.get() {
            untrack(|| chunk.load());
        }
    });
    let waited = Cell::new(false);
    part(move || {
        let state = chunk.0.get();
        if waited.get() {
            mend_focus();
        }
        if state == State::There {
            // The module is there, so that this is ready at once, and under the current owner.
            return untrack(|| module::draw(what.clone()).now_or_never()?.ok());
        }
        wanted.get().then(|| {
            waited.set(true);
            untrack(|| stand_in(waiting(chunk, state)))
        })
    })
}

/// What stands in place of a part that is on its way, or that could not be loaded.
fn waiting(chunk: Chunk, state: State) -> Node {
    if state != State::Failed {
        let wait = el("p").class("wait").attr("role", "status");
        return wait.text(text::LOADING_PART).node();
    }
    let again = Callback::new(move |()| chunk.load());
    state_block(
        Icon::Warning,
        text::PART_MISSING.to_owned(),
        text::PART_MISSING_TEXT.to_owned(),
        true,
        Some(button("btn", text::RELOAD, again)),
    )
}
