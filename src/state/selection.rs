//! The workspaces that are selected, and what is being done with many of them.
//!
//! Guarantees: a selection is kept by account and id, so that sorting and filtering move nothing in
//! it; what is done with many is done with the list of ids that was counted when it was asked for;
//! nothing of an account stays selected once it has left.

use leptos::prelude::*;
use std::rc::Rc;

use steward_domain::id::{AccountId, WorkspaceKey};

/// What is being done with many workspaces.
#[derive(Clone, PartialEq)]
pub enum Task {
    /// They are to be archived.
    Archive(Rc<[WorkspaceKey]>),
    /// They are to be written into a file.
    Export(Rc<[WorkspaceKey]>, ExportScope),
}

/// What the workspaces of an export are.
#[derive(Clone, PartialEq, Eq)]
pub enum ExportScope {
    /// Those that were selected.
    Selected,
    /// All that fit the search and the filters.
    Matching {
        /// The accounts whose lists they are from.
        accounts: Rc<[AccountId]>,
        /// How many workspaces a filter by role is still waiting for.
        undecided: usize,
    },
}

/// The selection. Copies are handles to the same signals.
#[derive(Clone, Copy)]
pub struct Selection {
    /// In their order.
    keys: RwSignal<Vec<WorkspaceKey>>,
    task: RwSignal<Option<Task>, LocalStorage>,
}

impl Selection {
    pub(super) fn new() -> Self {
        Self {
            keys: RwSignal::new(Vec::new()),
            task: RwSignal::new_local(None),
        }
    }

    /// How many are selected.
    #[must_use]
    pub fn count(self) -> usize {
        self.keys.with(Vec::len)
    }

    /// Whether one is.
    #[must_use]
    pub fn has(self, key: &WorkspaceKey) -> bool {
        self.keys.with(|keys| keys.binary_search(key).is_ok())
    }

    /// All of them, in their order, without subscribing.
    #[must_use]
    pub fn keys_untracked(self) -> Rc<[WorkspaceKey]> {
        self.keys.with_untracked(|keys| keys.as_slice().into())
    }

    /// Selects one, or takes it out again.
    pub fn toggle(self, key: &WorkspaceKey) {
        self.keys.update(|keys| match keys.binary_search(key) {
            Ok(at) => {
                keys.remove(at);
            }
            Err(at) => keys.insert(at, key.clone()),
        });
    }

    /// Selects these besides.
    pub fn add(self, more: Vec<WorkspaceKey>) {
        self.keys.update(|keys| {
            keys.extend(more);
            keys.sort_unstable();
            keys.dedup();
        });
    }

    /// Leaves only those selected.
    pub fn keep(self, mut which: impl FnMut(&WorkspaceKey) -> bool) {
        self.keys.try_update(|keys| keys.retain(&mut which));
    }

    /// Selects nothing.
    pub fn clear(self) {
        self.keys.set(Vec::new());
    }

    /// What is being done with many.
    #[must_use]
    pub fn task(self) -> Option<Task> {
        self.task.get()
    }

    /// Begins something.
    pub fn begin(self, task: Task) {
        self.task.set(Some(task));
    }

    /// Ends it.
    pub fn end(self) {
        self.task.set(None);
    }

    pub(super) fn forget(self, account: &AccountId) {
        self.keep(|key| key.account != *account);
        let theirs = self.task.with_untracked(|task| match task {
            Some(Task::Archive(keys) | Task::Export(keys, _)) => {
                keys.iter().any(|key| key.account == *account)
            }
            None => false,
        });
        if theirs {
            self.task.try_set(None);
        }
    }
}
