//! The second module: what a first visit does not need, as parts that stand in for themselves until
//! it is there.
//!
//! In a release build (`build.rs` sets the cfg `split`) everything that only [`drawn`] reaches is a
//! file of its own, cut off by `xtask/src/finish`. Elsewhere it is there from the start.
//!
//! Guarantees: a part is drawn under the owner that is current where it stands; a load that failed
//! can be asked for again; two loads never run at once. Must not know what the parts do.

use std::cell::Cell;
use std::rc::Rc;

use futures::FutureExt;
use leptos::prelude::*;
use web_sys::Node;

use super::accounts::{accounts_page, add_account_page};
use super::activity::activity_page;
use super::keyboard;
use super::new::new_page;
use super::settings::settings_page;
use super::workspace::{archive::archive_dialog, pane};
use crate::browser::{clock, focus};
use crate::reactive::{Ask, Value, follow, spawn};
use crate::state::Console;
use crate::state::place::Place;
use crate::text;
use crate::ui::block::{button, state_block};
use crate::ui::el::{el, part};
use crate::ui::icon::Icon;

/// What is in the second module.
#[derive(Clone)]
pub enum Later {
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
    Pane(Console, Place),
    /// The archive dialog.
    Archive,
    /// The keyboard, and the sheet that explains it.
    Keyboard(Console, Place),
}

/// Draws a part. The one way into the second module.
fn drawn(part: Later) -> Node {
    match part {
        Later::New => new_page(),
        Later::Activity => activity_page(),
        Later::Accounts => accounts_page(),
        Later::AddAccount => add_account_page(),
        Later::Settings => settings_page(),
        Later::Pane(console, place) => pane(console, place),
        Later::Archive => archive_dialog(),
        Later::Keyboard(console, place) => {
            keyboard::listen(console, place);
            keyboard::sheet()
        }
    }
}

#[cfg(split)]
mod module {
    use super::{Later, drawn};
    use web_sys::Node;

    /// As the macro wants it: a load that failed becomes the function's own error.
    pub(super) struct Missing;

    impl From<wasm_split_helpers::SplitLoaderError> for Missing {
        fn from(_: wasm_split_helpers::SplitLoaderError) -> Self {
            Self
        }
    }

    #[wasm_split_helpers::wasm_split(later, fallible, preload(fetched))]
    pub(super) fn draw(part: Later) -> Result<Node, Missing> {
        Ok(drawn(part))
    }

    pub(super) async fn load() -> bool {
        fetched().await.is_ok()
    }
}

#[cfg(not(split))]
mod module {
    use super::{Later, drawn};
    use web_sys::Node;

    pub(super) async fn draw(part: Later) -> Result<Node, ()> {
        Ok(drawn(part))
    }

    pub(super) async fn load() -> bool {
        true
    }
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
pub struct Second(Value<State>);

impl Second {
    /// Puts it where parts find it.
    pub fn provide() -> Self {
        let second = Self(Value::new(match cfg!(split) {
            true => State::Idle,
            false => State::There,
        }));
        provide_context(second);
        second
    }

    /// Loads it, unless it is there or on its way.
    pub fn load(self) {
        let state = self.0.get_untracked();
        if matches!(state, State::Awaited | State::There) {
            return;
        }
        self.0.set(State::Awaited);
        spawn(async move {
            let there = module::load().await;
            self.0
                .try_set(if there { State::There } else { State::Failed });
        });
    }

    fn draw(self, part: Later) -> Option<Node> {
        // What is there is drawn at once, and under the current owner.
        untrack(|| module::draw(part).now_or_never()?.ok())
    }
}

/// A part of the second module. Until it is there, `stand_in` is around what says so, where the
/// part is `wanted`; nothing is anywhere else.
pub fn later(what: Later, wanted: impl Fn() -> bool + 'static, stand_in: fn(Node) -> Node) -> Node {
    let second = expect_context::<Second>();
    let wanted: Rc<dyn Ask<bool>> = Rc::new(wanted);
    let wants = Rc::clone(&wanted);
    follow(move || {
        if wants.ask() {
            untrack(|| second.load());
        }
    });
    let waited = Cell::new(false);
    part(move || {
        let state = second.0.get();
        if state == State::There {
            if waited.get() {
                // What held the focus meanwhile has left with it.
                spawn(async {
                    clock::sleep(0).await;
                    if focus::is_lost() {
                        focus::focus_heading();
                    }
                });
            }
            return second.draw(what.clone());
        }
        if !wanted.ask() {
            return None;
        }
        waited.set(true);
        Some(stand_in(match state {
            State::Failed => {
                let again = Callback::new(move |()| second.load());
                state_block(
                    Icon::Warning,
                    text::PART_MISSING.to_owned(),
                    text::PART_MISSING_TEXT.to_owned(),
                    true,
                    Some(button("btn", text::RELOAD, again)),
                )
            }
            _ => el("p")
                .class("wait")
                .attr("role", "status")
                .text(text::LOADING_PART)
                .node(),
        }))
    })
}
