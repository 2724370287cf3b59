//! Saving what was typed into a workspace.
//!
//! Guarantees: what is sent has been checked and merged with what the service has; it is sent once;
//! what a save showed of the workspace is kept, whatever else came of it.

use std::rc::Rc;
use std::sync::Arc;

use steward_domain::draft::Draft;
use steward_domain::failure::{Failure, FailureKind, Operation};
use steward_domain::id::WorkspaceKey;
use steward_domain::merge::Answer;
use steward_domain::workspace::Workspace;
use steward_flows::Edit;
pub use steward_flows::Saved;

use super::Console;
use super::accounts::Account;

impl Console {
    /// Saves what was typed over `base`, with what was answered to overlaps, and says what it came
    /// to. What comes back after signing out changes nothing here.
    ///
    /// # Errors
    /// When the workspace could not be read or the service refused; or when its answer was lost
    /// and reading again did not show the change.
    pub async fn save(
        self,
        account: &Rc<Account>,
        key: &WorkspaceKey,
        base: Arc<Workspace>,
        mine: Draft,
        answers: Vec<Answer>,
    ) -> Result<Saved, Failure> {
        let edit = Edit {
            base: &base,
            mine: &mine,
            answers: &answers,
        };
        let result = account.service.save(&key.id, edit).await;
        if !self.accounts.holds(account) {
            return result;
        }
        let note = |noted| {
            let (which, name) = (Some(key.clone()), base.name.clone());
            self.activity
                .note(&key.account, which, name, Operation::Save, noted);
        };
        match &result {
            Ok(Saved::Done { done, .. }) => {
                note(Ok(()));
                self.workspaces.put(key, done.value.clone());
            }
            // Nothing was done: what is there now is all there is to tell.
            Ok(Saved::Asks { theirs: now, .. } | Saved::Archived(now)) => {
                self.workspaces.put(key, now.clone());
            }
            Ok(Saved::Gone) => self.workspaces.take_out(key),
            Err(failure) => {
                note(Err(failure.clone()));
                self.workspaces.heed(&key.account, failure);
                if failure.kind == FailureKind::Forbidden {
                    self.roles.recheck(key);
                }
            }
        }
        result
    }
}
