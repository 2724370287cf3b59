//! What writes of this tab have shown, while readings may lag behind them.
//!
//! Guarantees: what was confirmed stands until a reading is newer, for a minute at most; after that every reading
//! counts as it is. Must not know what was written.

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
    change: Confirmed,
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
                let key = key.clone();
                held.push(Held { key, change, until });
            }
        });
    }

    /// What a reading of a workspace comes to.
    pub(super) fn as_confirmed(self, key: &WorkspaceKey, read: Workspace) -> Workspace {
        let now = clock::now();
        let held = self.held.try_with_value(|held| {
            let mut own = held.iter().filter(|one| one.until > now);
            own.find(|one| one.key == *key)
                .map(|one| one.change.clone())
        });
        let Some(change) = held.flatten() else {
            return read;
        };
        match change.read(read) {
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
            held.iter().any(|one| {
                one.key == *key && one.change.before.is_none() && one.until > clock::now()
            })
        };
        self.held.try_with_value(is_made) == Some(true)
    }

    pub(super) fn forget_held(self, id: &AccountId) {
        self.held
            .update_value(|held| held.retain(|one| one.key.account != *id));
    }
}
