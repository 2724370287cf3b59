//! Parts of the app that a first visit does not need, in a few groups: what stands for each until its group is there.
//!
//! Guarantees: a part is drawn under the owner that is current where it stands; a group is loaded once, and again only
//! after it failed; where it cannot be had, that is said, with the way to try again. Must not know what the parts do.

use std::pin::Pin;
use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::components::A;
use steward_domain::failure::Failure;
use steward_domain::id::AccountId;

use super::failure_notice::Again;
use super::page::{PlainPage, mend_focus};
use crate::routes::Route;
use crate::state::navigation::Navigation;
use crate::text;
use crate::ui::icon::Icon;
use crate::ui::layout::StateBlock;
use crate::ui::redrawn::Redrawn;

/// What is downloaded together.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Group {
    /// The open workspace, the archive dialog, what is said about workspaces and what is done with many.
    Workspace,
    /// The ways to sign in.
    SignIn,
    /// The other screens, and the keyboard.
    Screens,
}

impl Group {
    /// Every group, in the order in which they are fetched ahead: by what a person most likely opens next.
    pub const ALL: [Self; 3] = [Self::Workspace, Self::Screens, Self::SignIn];
}

/// A part that is in one of the groups.
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
    /// The ways to sign in, for whoever is signed in nowhere.
    SignIn,
    /// The dialog that signs in again.
    SignInAgain,
    /// The keyboard, and the sheet that explains it.
    Keyboard,
}

impl Lazy {
    /// With what it is downloaded.
    #[must_use]
    pub fn group(&self) -> Group {
        match self {
            Self::Pane
            | Self::Archive
            | Self::Banners
            | Self::Resume
            | Self::Undo
            | Self::Causes(..)
            | Self::Many
            | Self::Selection => Group::Workspace,
            Self::SignIn | Self::AddAccount | Self::SignInAgain => Group::SignIn,
            Self::New | Self::Activity | Self::Accounts | Self::Settings | Self::Keyboard => {
                Group::Screens
            }
        }
    }
}

/// How a part that is on its way is framed.
pub(crate) type Frame = Arc<dyn Fn(AnyView) -> AnyView + Send + Sync>;

/// A part of a group. Until it is there, and where it is `wanted` already, what says so is drawn within `frame`.
#[component]
pub(crate) fn LazyPart(
    part: Lazy,
    #[prop(into, optional)] wanted: Signal<bool>,
    #[prop(optional)] frame: Option<Frame>,
) -> impl IntoView {
    let chunk = expect_context::<Chunks>().of(part.group());
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
                    // The group is there, so that this is ready at once, and under the current owner.
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
    /// Loads a group; whether it came.
    pub load: fn(Group) -> Pin<Box<dyn Future<Output = bool>>>,
    /// Draws a part under the current owner, once its group is there.
    pub draw: fn(Lazy) -> Option<AnyView>,
}

/// The groups as the app knows them. Copies are handles to the same ones.
#[derive(Clone, Copy)]
pub struct Chunks([Chunk; Group::ALL.len()]);

impl Chunks {
    /// Puts them where parts find them.
    pub fn provide(loader: Loader) -> Self {
        let chunks = Self(Group::ALL.map(|group| Chunk::new(group, loader)));
        provide_context(chunks);
        chunks
    }

    fn of(self, group: Group) -> Chunk {
        let [first, others @ ..] = self.0;
        let found = others.into_iter().find(|chunk| chunk.group == group);
        found.unwrap_or(first)
    }

    /// Fetches every group that nobody has asked for, one after the other, so that the likeliest comes first.
    pub async fn fetch_ahead(self) {
        for chunk in self.0 {
            if chunk.state.try_get_untracked() == Some(State::Idle) {
                chunk.fetch().await;
            }
        }
    }
}

/// One group. Copies are handles to the same one.
#[derive(Clone, Copy)]
struct Chunk {
    group: Group,
    state: RwSignal<State>,
    loader: Loader,
}

impl Chunk {
    fn new(group: Group, loader: Loader) -> Self {
        let state = match loader.is_there {
            true => State::There,
            false => State::Idle,
        };
        Self {
            group,
            state: RwSignal::new(state),
            loader,
        }
    }

    /// Loads it, unless it is there or on its way.
    fn load(self) {
        spawn_local(self.fetch());
    }

    async fn fetch(self) {
        match self.state.try_get_untracked() {
            Some(State::Idle | State::Failed) => self.state.set(State::Awaited),
            _ => return,
        }
        let there = (self.loader.load)(self.group).await;
        self.state.try_set(match there {
            true => State::There,
            false => State::Failed,
        });
    }
}

/// A screen of a group. Until it is there, its heading stands already.
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
                    <A href=list.href() exact=true attr:class="btn quiet back">
                        <Icon icon=Icon::Back/>
                        {text::BACK}
                    </A>
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
