//! What writes of this tab have shown, while readings may lag behind them.
//!
//! Guarantees: what was confirmed stands until a reading is newer, for a minute at most; after that every reading
//! counts as it is. Must not know what was written.
//!
//! A change is held as what it makes of a reading, so that what knows changes is where writes are: in the second
//! module.

use leptos::prelude::*;
use std::rc::Rc;

use steward_domain::confirmed::{Confirmed, Reading};
use steward_domain::id::{AccountId, WorkspaceKey};
use steward_domain::workspace::Workspace;

use super::Workspaces;
use crate::browser::clock;

/// How long a service may show what was before, in milliseconds.
const LAG_MS: f64 = 60_000.0;

/// A change and until when it is held.
pub(super) struct Held {
    key: WorkspaceKey,
    /// What a reading comes to with it.
    read: Rc<dyn Fn(Workspace) -> Reading>,
    /// Whether it made the workspace.
    made: bool,
    until: f64,
}

impl Workspaces {
    /// Keeps a workspace as a write has shown it. Readings that still show what was before do not undo it.
    pub fn confirm(self, key: &WorkspaceKey, workspace: Workspace) {
        let before = self.get_untracked(key);
        let before = before.map(|before| (*before).clone());
        // Of one that is not among the rows nothing is known that a reading could take back.
        if before.is_some() {
            self.hold(key, before, &workspace);
        }
        self.put_now(key, workspace);
    }

    /// Keeps a workspace that was made. Readings that do not show it yet do not take it away.
    pub fn confirm_made(self, key: &WorkspaceKey, workspace: Workspace) {
        self.hold(key, None, &workspace);
        self.put_now(key, workspace);
    }

    fn hold(self, key: &WorkspaceKey, before: Option<Workspace>, after: &Workspace) {
        let change = Confirmed {
            before,
            after: after.clone(),
        };
        let until = clock::now() + LAG_MS;
        self.held.try_update_value(|held| {
            held.retain(|one| one.key != *key && one.until > clock::now());
            if change.is_change() {
                held.push(Held {
                    key: key.clone(),
                    made: change.before.is_none(),
                    read: Rc::new(move |read| change.read(read)),
                    until,
                });
            }
        });
    }

    /// What a reading of a workspace comes to.
    pub(super) fn as_confirmed(self, key: &WorkspaceKey, read: Workspace) -> Workspace {
        let now = clock::now();
        let held = self.held.try_with_value(|held| {
            let mut own = held.iter().filter(|one| one.until > now);
            own.find(|one| one.key == *key)
                .map(|one| Rc::clone(&one.read))
        });
        let Some(with_change) = held.flatten() else {
            return read;
        };
        match with_change(read) {
            Reading::Lagging(shown) => shown,
            Reading::Newer(shown) => {
                self.held
                    .try_update_value(|held| held.retain(|one| one.key != *key));
                shown
            }
        }
    }

    /// Whether a workspace was made so lately that a reading may not show it yet.
    pub(super) fn is_just_made(self, key: &WorkspaceKey) -> bool {
        let is_made = |held: &Vec<Held>| {
            held.iter()
                .any(|one| one.key == *key && one.made && one.until > clock::now())
        };
        self.held.try_with_value(is_made) == Some(true)
    }

    pub(super) fn forget_held(self, id: &AccountId) {
        self.held
            .update_value(|held| held.retain(|one| one.key.account != *id));
    }
}
