//! What was attempted from this tab, for the person who did it. Kept in memory, gone with the tab,
//! and no substitute for a service's own audit log. Never holds a credential.

use leptos::prelude::*;
use steward_domain::capability::Action;
use steward_domain::failure::Failure;
use steward_domain::id::WorkspaceKey;

use crate::browser::clock;

/// One attempt.
#[derive(Clone, PartialEq)]
pub struct Attempt {
    /// When, in milliseconds since 1970.
    pub at: f64,
    /// On which workspace.
    pub key: WorkspaceKey,
    /// Its name at that time.
    pub name: String,
    /// What was attempted.
    pub action: Action,
    /// What came of it.
    pub result: Result<(), Failure>,
}

/// The attempts, newest first.
#[derive(Clone, Copy)]
pub struct Activity(RwSignal<Vec<Attempt>>);

impl Activity {
    pub(super) fn new() -> Self {
        Self(RwSignal::new(Vec::new()))
    }

    /// Notes what came of an attempt.
    pub fn note(
        self,
        key: WorkspaceKey,
        name: String,
        action: Action,
        result: Result<(), Failure>,
    ) {
        let attempt = Attempt {
            at: clock::now(),
            key,
            name,
            action,
            result,
        };
        self.0.try_update(|all| all.insert(0, attempt));
    }

    /// All attempts, newest first.
    #[must_use]
    pub fn all(self) -> Vec<Attempt> {
        self.0.get()
    }

    pub(super) fn clear(self) {
        self.0.set(Vec::new());
    }
}
