//! Making a workspace.
//!
//! Guarantees: what is sent has been checked; it is sent once; a workspace is shown only as its service
//! gave it back.

use std::rc::Rc;

use steward_domain::draft::Draft;
use steward_domain::failure::{Changed, Failure, Operation};
use steward_domain::field::Field;
use steward_domain::id::WorkspaceKey;

use super::Console;
use super::accounts::Account;

impl Console {
    /// Makes a workspace in an account and says which it became.
    ///
    /// # Errors
    /// When the service refused, or its answer was lost: then the list is read again, because it may
    /// have been made all the same.
    pub async fn create(self, account: Rc<Account>, draft: Draft) -> Result<WorkspaceKey, Failure> {
        let result = account.service.create(&draft).await;
        let made = result.map(|workspace| {
            let key = WorkspaceKey {
                account: account.id.clone(),
                id: workspace.id.clone(),
            };
            (key, workspace)
        });
        if self.accounts.holds(&account) {
            let (key, noted) = match &made {
                Ok((key, _)) => (Some(key.clone()), Ok(())),
                Err(failure) => (None, Err(failure.clone())),
            };
            let name = draft.get(Field::Name).to_owned();
            self.activity
                .note(&account.id, key, name, Operation::Create, noted);
        }
        match made {
            Ok((key, workspace)) => {
                self.workspaces.put(&key, workspace);
                Ok(key)
            }
            Err(failure) => {
                self.workspaces.heed(&account.id, &failure);
                if failure.changed != Changed::No {
                    self.workspaces.load(&account);
                }
                Err(failure)
            }
        }
    }
}
