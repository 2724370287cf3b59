//! The second module: what a first visit does not need. Its parts stand in for themselves until it is
//! there.
//!
//! In a release build (the cfg `split`, which `build.rs` sets) everything that only [`drawn`] reaches
//! is cut off into a file of its own by `xtask/src/finish/split.rs`. Elsewhere it is there from the
//! start, and all that follows is ready at once.
//!
//! Guarantees: a part is drawn under the owner that is current where it stands; it is loaded once,
//! and again only after it failed. Must not know what the parts do.

use std::sync::Arc;

use futures::FutureExt;
use leptos::prelude::*;
use leptos::task::spawn_local;
use steward_domain::failure::Failure;
use steward_domain::id::AccountId;

use super::accounts::{AccountsPage, AddAccountPage};
use super::activity::ActivityPage;
use super::activity::resume::Resume;
use super::bulk::{BulkDialogs, SelectionBar};
use super::failure_notice::Again;
use super::keyboard::{self, ShortcutSheet};
use super::new::NewPage;
use super::reach::Causes;
use super::settings::SettingsPage;
use super::sign_in_again::SignInAgain;
use super::undo::UndoOffer;
use super::workspace::Pane;
use super::workspace::archive::ArchiveDialog;
use super::workspaces::banners::Banners;
use super::workspaces::view::View;
use super::{PlainPage, mend_focus};
use crate::route::Route;
use crate::state::AppState;
use crate::state::navigation::Navigation;
use crate::text;
use crate::ui::icon::Icon;
use crate::ui::layout::StateBlock;
use crate::ui::redrawn::Redrawn;

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
fn drawn(part: Lazy) -> AnyView {
    match part {
        Lazy::New => view! { <NewPage/> }.into_any(),
        Lazy::Activity => view! { <ActivityPage/> }.into_any(),
        Lazy::Accounts => view! { <AccountsPage/> }.into_any(),
        Lazy::AddAccount => view! { <AddAccountPage/> }.into_any(),
        Lazy::Settings => view! { <SettingsPage/> }.into_any(),
        Lazy::Pane(app, navigation) => view! { <Pane app=app navigation=navigation/> }.into_any(),
        Lazy::Archive => view! { <ArchiveDialog/> }.into_any(),
        Lazy::Banners(app, view) => view! { <Banners app=app view=view/> }.into_any(),
        Lazy::Resume(app) => view! { <Resume app=app/> }.into_any(),
        Lazy::Undo(app, navigation) => {
            view! { <UndoOffer app=app navigation=navigation/> }.into_any()
        }
        Lazy::Causes(app, whose, failure, again) => {
            view! { <Causes app=app whose=whose failure=failure again=again/> }.into_any()
        }
        Lazy::Many => view! { <BulkDialogs/> }.into_any(),
        Lazy::Selection(view) => view! { <SelectionBar view=view/> }.into_any(),
        Lazy::SignInAgain(app, navigation) => {
            view! { <SignInAgain app=app navigation=navigation/> }.into_any()
        }
        Lazy::Keyboard(app, navigation) => {
            keyboard::listen(app, navigation);
            view! { <ShortcutSheet/> }.into_any()
        }
    }
}

#[cfg(split)]
mod module {
    use super::{Lazy, drawn};
    use leptos::prelude::AnyView;

    /// As the macro wants it: a load that failed becomes the function's own error.
    pub(super) struct Missing;

    impl From<wasm_split_helpers::SplitLoaderError> for Missing {
        fn from(_: wasm_split_helpers::SplitLoaderError) -> Self {
            Self
        }
    }

    #[wasm_split_helpers::wasm_split(later, fallible, preload(fetched))]
    pub(super) fn draw(part: Lazy) -> Result<AnyView, Missing> {
        Ok(drawn(part))
    }

    pub(super) async fn load() -> bool {
        fetched().await.is_ok()
    }
}

#[cfg(not(split))]
mod module {
    use super::{Lazy, drawn};
    use leptos::prelude::AnyView;

    pub(super) async fn draw(part: Lazy) -> Result<AnyView, ()> {
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
    let stage = Memo::new(move |_| match chunk.0.get() {
        State::There => Stage::There,
        _ if !wanted.get() => Stage::Absent,
        State::Failed => Stage::Failed,
        State::Idle | State::Awaited => Stage::Awaited,
    });
    view! {
        <Redrawn on=stage let:stage>
            {
                if waited.get_value() {
                    mend_focus();
                }
                waited.set_value(matches!(stage, Stage::Awaited | Stage::Failed));
                match stage {
                    Stage::Absent => None,
                    // The module is there, so that this is ready at once, and under the current owner.
                    Stage::There => module::draw(part.clone()).now_or_never().and_then(Result::ok),
                    Stage::Awaited | Stage::Failed => {
                        let failed = stage == Stage::Failed;
                        let waiting = view! { <Waiting chunk=chunk failed=failed/> }.into_any();
                        Some(match &frame {
                            Some(frame) => frame(waiting),
                            None => waiting,
                        })
                    }
                }
            }
        </Redrawn>
    }
}

/// What is drawn of a part.
#[derive(Clone, Copy, PartialEq)]
enum Stage {
    Absent,
    Awaited,
    Failed,
    There,
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
#[component]
pub(crate) fn OpenPane(app: AppState, navigation: Navigation) -> impl IntoView {
    let frame: Frame = Arc::new(move |waiting| {
        let list = Route::List(navigation.route_untracked().query());
        view! {
            <aside class="pane">
                <header>
                    <a class="btn quiet back" href=list.href()>
                        <Icon icon=Icon::Back/>
                        {text::BACK}
                    </a>
                </header>
                <div class="body">{waiting}</div>
            </aside>
        }
        .into_any()
    });
    view! {
        <LazyPart
            part=Lazy::Pane(app, navigation)
            wanted=Signal::derive(move || navigation.open().is_some())
            frame=frame
        />
    }
}
