//! What members lists have said, and which are to be read.
//!
//! Guarantees: of two answers about one workspace the one that was asked for later counts. Must not know
//! how a list is read.

use std::rc::Rc;

use steward_domain::id::WorkspaceKey;

use super::access::Found;
use crate::state::accounts::Account;
use crate::state::request_order::Since;

/// A members list that is awaited.
#[derive(Clone)]
pub(super) struct Asked {
    pub(super) key: WorkspaceKey,
    pub(super) by: Rc<Account>,
    pub(super) number: u32,
}

#[derive(Default)]
pub(super) struct Known {
    /// In the order of the keys, as the rows are.
    pub(super) found: Vec<(WorkspaceKey, Found)>,
    pub(super) in_flight: Vec<Asked>,
    /// What was asked for before this says less than what is known since.
    pub(super) renewed: Since,
    /// Asked for by what is on the screen; replaced as a whole when the screen changes.
    pub(super) seen: Vec<WorkspaceKey>,
    /// Asked for by a filter or an order over all rows.
    pub(super) all: Vec<WorkspaceKey>,
    /// Asked for to be looked at, whatever my role comes from.
    pub(super) wanted: Vec<WorkspaceKey>,
    pub(super) answers: usize,
}

impl Known {
    pub(super) fn get(&self, key: &WorkspaceKey) -> Option<&Found> {
        let (_, found) = self.found.get(self.find(key).ok()?)?;
        Some(found)
    }

    fn find(&self, key: &WorkspaceKey) -> Result<usize, usize> {
        self.found.binary_search_by(|(known, _)| known.cmp(key))
    }

    pub(super) fn forget(&mut self, key: &WorkspaceKey) {
        if let Ok(at) = self.find(key) {
            self.found.remove(at);
        }
    }

    /// What was asked for so far about a workspace is no longer listened to.
    pub(super) fn renew(&mut self, key: &WorkspaceKey, now: u32) {
        self.renewed.note(key, now);
        self.in_flight.retain(|asked| asked.key != *key);
    }

    /// Keeps what was asked for then; false if more is known by now.
    pub(super) fn keep(&mut self, key: WorkspaceKey, asked: u32, found: Found) -> bool {
        if self.renewed.is_after(&key, asked) {
            return false;
        }
        self.forget(&key);
        let (Ok(at) | Err(at)) = self.find(&key);
        self.found.insert(at, (key, found));
        true
    }
}
