//! Whether there is a network at all.
//!
//! Guarantees: the browser's word that the network has gone is a hint, which is believed once nothing
//! answers; an answer of a service proves it wrong at once, and while it is believed somebody looks
//! again and again, so that nobody waits for a word that never comes.

use std::rc::Rc;

use leptos::prelude::*;
use steward_domain::failure::FailureKind;

use super::AppState;
use super::reach::is_anything_there;
use super::workspaces::Phase;
use crate::browser::clock::Timer;
use crate::browser::events::on_window;
use crate::browser::page;
use crate::text;
use crate::transport::on_answer;
use leptos::task::spawn_local;

/// How often somebody looks for a network that has gone, in milliseconds.
const LOOK_MS: u32 = 3_000;

/// The network. Copies are handles to the same.
#[derive(Clone, Copy)]
pub struct Network {
    up: RwSignal<bool>,
    /// Looks for it while it is gone.
    looks: StoredValue<Option<Timer>, LocalStorage>,
    /// How many answers there were: one that comes while somebody looks counts more than what they see.
    answers: StoredValue<u32>,
}

impl Network {
    pub(super) fn new() -> Self {
        Self {
            up: RwSignal::new(true),
            looks: StoredValue::new_local(None),
            answers: StoredValue::new(0),
        }
    }

    /// Whether there is one, as far as is known.
    #[must_use]
    pub fn is_up(self) -> bool {
        self.up.get()
    }

    /// Something has answered.
    pub(super) fn answered(self) {
        self.answers
            .try_update_value(|count| *count = count.wrapping_add(1));
        if self.up.try_get_untracked() == Some(false) {
            drop(self.looks.try_set_value(None));
            self.up.set(true);
        }
    }

    fn is_down(self, look: impl FnMut() + 'static) {
        if self.up.try_get_untracked() == Some(true) {
            drop(self.looks.try_set_value(Some(Timer::every(LOOK_MS, look))));
            self.up.set(false);
        }
    }
}

impl AppState {
    /// Follows the network from now on. Once it is back, what was read is read again, and that is said
    /// once.
    pub fn follow_network(self) {
        let network = self.network;
        let back = StoredValue::new(false);
        on_answer(Rc::new(move || network.answered()));
        let returned = move || {
            network.answered();
            back.try_set_value(true);
            self.workspaces.load_all();
        };
        let look = move || {
            spawn_local(async move {
                if is_anything_there(self.accounts).await
                    && network.up.try_get_untracked() == Some(false)
                {
                    returned();
                }
            });
        };
        let doubt = move || {
            let before = network.answers.try_get_value();
            spawn_local(async move {
                let there = is_anything_there(self.accounts).await;
                let since = network.answers.try_get_value();
                if !there && since == before && !page::is_online() {
                    network.is_down(look);
                }
            });
        };
        for event in ["offline", "online"] {
            on_window(event, move |_| match page::is_online() {
                true => returned(),
                false => doubt(),
            });
        }
        Effect::new(move |_| {
            let unreachable = self.workspaces.loads().iter().any(|load| {
                matches!(&load.phase, Phase::Failed(failure) if failure.kind == FailureKind::Unreachable)
            });
            if unreachable && !page::is_online() {
                untrack(doubt);
            }
            let settled = !self.workspaces.is_loading();
            if settled && back.try_get_value() == Some(true) {
                back.set_value(false);
                self.notices.announce(match unreachable {
                    true => text::BACK_ONLINE.to_owned(),
                    false => text::BACK_ONLINE_READ.to_owned(),
                });
            }
        });
    }
}
