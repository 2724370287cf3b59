//! In which order things were asked for.
//!
//! Guarantees: what was asked for later has a greater number, whatever it is and whichever answer
//! arrives first. Must not know what is asked.

use leptos::prelude::*;
use steward_domain::id::{AccountId, WorkspaceKey};

/// The number of what was asked for last. Copies are handles to the same.
#[derive(Clone, Copy)]
pub struct RequestOrder(StoredValue<u32>);

impl RequestOrder {
    pub(super) fn new() -> Self {
        Self(StoredValue::new(0))
    }

    /// The number of what is asked for now; never 0.
    pub(super) fn next(self) -> u32 {
        let next = |number: &mut u32| {
            *number = number.wrapping_add(1);
            *number
        };
        // Without a console nobody looks at what is answered.
        self.0.try_update_value(next).unwrap_or(u32::MAX)
    }
}

/// Workspaces of which more is known than what was asked for up to a moment can say.
#[derive(Default)]
pub struct Since(Vec<(WorkspaceKey, u32)>);

impl Since {
    /// More is known of this one now.
    pub(super) fn note(&mut self, key: &WorkspaceKey, now: u32) {
        self.0.retain(|(other, _)| other != key);
        self.0.push((key.clone(), now));
    }

    /// Whether more has become known of a workspace since something was asked for.
    pub(super) fn is_after(&self, key: &WorkspaceKey, asked: u32) -> bool {
        let mut all = self.0.iter();
        all.any(|(other, since)| *since > asked && other == key)
    }

    pub(super) fn forget(&mut self, account: &AccountId) {
        self.0.retain(|(key, _)| key.account != *account);
    }
}
