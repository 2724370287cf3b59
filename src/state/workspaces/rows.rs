//! The rows: one for each workspace that is known.
//!
//! Guarantees: a workspace that did not change keeps its place in memory; what was asked for earlier never takes the
//! place of what was asked for later. Must not know why a workspace is read.

use std::sync::Arc;

use leptos::prelude::*;
use steward_domain::id::{AccountId, WorkspaceId, WorkspaceKey};
use steward_domain::listing::Row;
use steward_domain::workspace::{State, Workspace};

use super::{Phase, Workspaces};
use crate::browser::letters::UNICODE;

impl Workspaces {
    /// Looks at the rows.
    pub fn with_rows<T>(self, look: impl FnOnce(&[Row]) -> T) -> T {
        self.rows.with(|rows| look(rows))
    }

    /// One workspace, if it is among the rows.
    #[must_use]
    pub fn get(self, key: &WorkspaceKey) -> Option<Arc<Workspace>> {
        self.rows.with(|rows| find(rows, key))
    }

    /// The same without subscribing.
    #[must_use]
    pub fn get_untracked(self, key: &WorkspaceKey) -> Option<Arc<Workspace>> {
        self.rows.with_untracked(|rows| find(rows, key))
    }

    /// The ids of all workspaces that an account has; `None` if some may be missing here.
    #[must_use]
    pub fn known(self, id: &AccountId) -> Option<Vec<WorkspaceId>> {
        let is_whole = self.loads.with_untracked(|loads| {
            let load = loads.iter().find(|load| load.account == *id)?;
            let partly = |phase: &Phase| {
                matches!(phase, Phase::Loaded { cut, skipped } if *cut || *skipped > 0)
            };
            Some(load.complete_at.is_some() && !partly(&load.phase))
        });
        let of = |row: &&Row| row.key.account == *id;
        let ids = |rows: &Vec<Row>| {
            rows.iter()
                .filter(of)
                .map(|row| row.key.id.clone())
                .collect()
        };
        (is_whole == Some(true)).then(|| self.rows.with_untracked(ids))
    }

    /// Marks a workspace as archived whose service said so without showing it.
    pub fn mark_archived(self, key: &WorkspaceKey) {
        if let Some(workspace) = self.get_untracked(key) {
            let mut workspace = (*workspace).clone();
            workspace.state = State::Archived(None);
            self.confirm(key, workspace);
        }
    }

    /// Takes a workspace out of the rows: its service does not have it any more.
    pub fn take_out(self, key: &WorkspaceKey) {
        self.take_out_asked(self.request_order.next(), key);
    }

    pub(super) fn take_out_asked(self, asked: u32, key: &WorkspaceKey) {
        if self.is_older(asked, key) {
            return;
        }
        self.gone.try_update_value(|gone| gone.note(key, asked));
        self.rows
            .try_update(|rows| rows.retain(|row| row.key != *key));
    }

    /// Whether what was asked for then says less than what is known of a workspace.
    fn is_older(self, asked: u32, key: &WorkspaceKey) -> bool {
        let newer = |rows: &Vec<Row>| row_of(rows, key).is_some_and(|row| row.asked > asked);
        self.rows.try_with_untracked(newer) == Some(true) || self.is_gone(asked, key)
    }

    /// Whether a workspace has left since something was asked for.
    pub(super) fn is_gone(self, asked: u32, key: &WorkspaceKey) -> bool {
        self.gone.try_with_value(|gone| gone.is_after(key, asked)) == Some(true)
    }

    /// Keeps a workspace as the service has just given it. One that arrives after its account has
    /// signed out is dropped; that it is the same person as before is what [`request`] sees to.
    pub fn put(self, key: &WorkspaceKey, workspace: Workspace) {
        self.put_asked(self.request_order.next(), key, workspace);
    }

    pub(super) fn put_asked(self, asked: u32, key: &WorkspaceKey, workspace: Workspace) {
        self.put_row(asked, key, self.as_confirmed(key, workspace));
    }

    /// Keeps a workspace as a write has shown it.
    pub(super) fn put_now(self, key: &WorkspaceKey, workspace: Workspace) {
        self.put_row(self.request_order.next(), key, workspace);
    }

    fn put_row(self, asked: u32, key: &WorkspaceKey, workspace: Workspace) {
        if self.accounts.of(key).is_none() || self.is_older(asked, key) {
            return;
        }
        let was_kept = untrack(|| self.kept.is_only(key, self.rows));
        let before = self.rows.with_untracked(|rows| find(rows, key));
        if !was_kept && before.is_some_and(|before| *before == workspace) {
            return;
        }
        let mut row = Row::new(key.clone(), Arc::new(workspace), asked, UNICODE);
        row.members = self
            .rows
            .with_untracked(|rows| row_of(rows, key)?.members.clone());
        self.show(&mut vec![row]);
        if was_kept {
            self.has_been_shown();
        }
    }
}

/// Rows are kept in the order of their keys, so that one is found without walking all.
pub(super) fn row_of<'a>(rows: &'a [Row], key: &WorkspaceKey) -> Option<&'a Row> {
    let at = rows.binary_search_by(|row| row.key.cmp(key)).ok()?;
    rows.get(at)
}

fn find(rows: &[Row], key: &WorkspaceKey) -> Option<Arc<Workspace>> {
    row_of(rows, key).map(|row| Arc::clone(&row.workspace))
}
