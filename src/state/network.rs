//! Whether there is a network at all.
//!
//! Guarantees: the browser's word that the network has gone is a hint, which is believed once nothing
//! answers; an answer of a service proves it wrong at once. As long as the browser says so, the app looks
//! again and again, whether it believes it or not: nobody waits for a word that never comes, and an answer
//! that was on its way when the network went does not settle the question.

use std::rc::Rc;

use leptos::prelude::*;
use steward_domain::failure::FailureKind;

use super::AppState;
use super::reach::is_anything_there;
use super::workspaces::Phase;
use crate::browser::clock::{self, Timer};
use crate::browser::events::on_window;
use crate::browser::page;
use crate::text;
use crate::transport::on_answer;
use leptos::task::spawn_local;

/// How often the app looks for a network that has gone, in milliseconds. It is also the first wait before it
/// looks again whether one has gone of which the browser said so while something answered.
const LOOK_MS: u32 = 3_000;
/// The longest of those waits, each of which is twice the one before.
const DOUBT_MS: u32 = 60_000;

/// The network. Copies are handles to the same.
#[derive(Clone, Copy)]
pub struct Network {
    up: RwSignal<bool>,
    /// Looks for it while it is gone.
    looks: StoredValue<Option<Timer>, LocalStorage>,
    /// How many answers there were: one that comes while somebody looks counts more than what they see.
    answers: StoredValue<u32>,
    /// Which doubt is the newest: an older one ends.
    doubt: StoredValue<u32>,
}

impl Network {
    pub(super) fn new() -> Self {
        Self {
            up: RwSignal::new(true),
            looks: StoredValue::new_local(None),
            answers: StoredValue::new(0),
            doubt: StoredValue::new(0),
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

/// Follows the network from now on. Once it is back, what was read is read again, and that is said
/// once.
pub fn follow(app: AppState) {
    let network = app.network;
    let back = StoredValue::new(false);
    on_answer(Rc::new(move || network.answered()));
    let returned = move || {
        network.answered();
        back.try_set_value(true);
        app.workspaces.load_all();
    };
    let look = move || {
        spawn_local(async move {
            if is_anything_there(app.accounts).await
                && network.up.try_get_untracked() == Some(false)
            {
                returned();
            }
        });
    };
    let doubt = move || {
        network
            .doubt
            .update_value(|doubt| *doubt = doubt.wrapping_add(1));
        let newest = network.doubt.try_get_value();
        let goes_on = move || {
            let up = network.up.try_get_untracked() == Some(true);
            up && network.doubt.try_get_value() == newest && !page::is_online()
        };
        spawn_local(async move {
            let mut wait = LOOK_MS;
            while goes_on() {
                let before = network.answers.try_get_value();
                let there = is_anything_there(app.accounts).await;
                let since = network.answers.try_get_value();
                if !there && since == before && goes_on() {
                    network.is_down(look);
                    return;
                }
                clock::sleep(wait).await;
                wait = wait.saturating_mul(2).min(DOUBT_MS);
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
        let unreachable = app.workspaces.loads().iter().any(|load| {
            matches!(&load.phase, Phase::Failed(failure) if failure.kind == FailureKind::Unreachable)
        });
        if unreachable && !page::is_online() {
            untrack(doubt);
        }
        let settled = !app.workspaces.is_loading();
        if settled && back.try_get_value() == Some(true) {
            back.set_value(false);
            app.notices.announce(match unreachable {
                true => text::BACK_ONLINE.to_owned(),
                false => text::BACK_ONLINE_READ.to_owned(),
            });
        }
    });
}
