//! Whether there is a network at all.
//!
//! Guarantees: the browser's word is believed when it says that the network has gone, and about a page
//! that opens without one only once a request has failed; an answer from a service proves it wrong.

use leptos::prelude::*;
use steward_domain::failure::FailureKind;

use super::Console;
use super::workspaces::Phase;
use crate::browser::events::on_window;
use crate::browser::page;
use crate::reactive::{Store, Value, follow};
use crate::text;

/// The network. Copies are handles to the same.
#[derive(Clone, Copy)]
pub struct Network(Value<bool>);

impl Network {
    pub(super) fn new() -> Self {
        Self(Value::new(true))
    }

    /// Whether there is one, as far as is known.
    #[must_use]
    pub fn is_up(self) -> bool {
        self.0.get()
    }

    /// A service has answered.
    pub(super) fn answered(self) {
        if self.0.try_get_untracked() == Some(false) {
            self.0.set(true);
        }
    }

    fn is_down(self) {
        if self.0.try_get_untracked() == Some(true) {
            self.0.set(false);
        }
    }
}

impl Console {
    /// Follows the browser's word from now on. Once it is back, what was read is read again, and that
    /// is said once.
    pub fn follow_network(self) {
        let network = self.network;
        let back = Store::new(false);
        for event in ["offline", "online"] {
            on_window(event, move |_| {
                if page::is_online() {
                    network.answered();
                    back.try_set_value(true);
                    self.workspaces.load_all();
                } else {
                    network.is_down();
                }
            });
        }
        follow(move || {
            let unreachable = self.workspaces.loads().iter().any(|load| {
                matches!(&load.phase, Phase::Failed(failure) if failure.kind == FailureKind::Unreachable)
            });
            if unreachable && !page::is_online() {
                untrack(|| network.is_down());
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
