//! Parts of the app that a first visit does not need: what stands for each until its module is there.
//!
//! Guarantees: a part is drawn under the owner that is current where it stands; the module is loaded once, and again only
//! after it failed; where it cannot be had, that is said, with the way to try again. Must not know what the parts do.

use std::pin::Pin;
use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use steward_domain::failure::Failure;
use steward_domain::id::AccountId;

use super::failure_notice::Again;
use super::page::{PlainPage, mend_focus};
use crate::route::Route;
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
    Pane,
    /// The archive dialog.
    Archive,
    /// What is said above the list.
    Banners,
    /// What this tab kept of its attempts.
    Resume,
    /// What takes back what the notice confirms.
    Undo,
    /// What may have kept a request of an account, or of a sign-in there, from being answered.
    Causes(AccountId, Failure, Option<Again>),
    /// The dialogs about many workspaces.
    Many,
    /// The bar that a selection brings.
    Selection,
    /// The dialog that signs in again.
    SignInAgain,
    /// The keyboard, and the sheet that explains it.
    Keyboard,
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
    let stage = Memo::new(move |_| match chunk.state.get() {
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
                    Stage::There => (chunk.loader.draw)(part.clone()),
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

/// How the parts come: who gives them knows every feature.
#[derive(Clone, Copy)]
pub struct Loader {
    /// Whether they are there from the start.
    pub is_there: bool,
    /// Loads the module; whether it came.
    pub load: fn() -> Pin<Box<dyn Future<Output = bool>>>,
    /// Draws a part under the current owner, once the module is there.
    pub draw: fn(Lazy) -> Option<AnyView>,
}

/// The second module as the app knows it. Copies are handles to the same one.
#[derive(Clone, Copy)]
pub struct Chunk {
    state: RwSignal<State>,
    loader: Loader,
}

impl Chunk {
    /// Puts it where parts find it.
    pub fn provide(loader: Loader) -> Self {
        let state = match loader.is_there {
            true => State::There,
            false => State::Idle,
        };
        let chunk = Self {
            state: RwSignal::new(state),
            loader,
        };
        provide_context(chunk);
        chunk
    }

    /// Loads it, unless it is there or on its way.
    pub fn load(self) {
        match self.state.try_get_untracked() {
            Some(State::Idle | State::Failed) => self.state.set(State::Awaited),
            _ => return,
        }
        spawn_local(async move {
            let there = (self.loader.load)().await;
            self.state.try_set(match there {
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
pub(crate) fn OpenPane(navigation: Navigation) -> impl IntoView {
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
            part=Lazy::Pane
            wanted=Signal::derive(move || navigation.open().is_some())
            frame=frame
        />
    }
}
