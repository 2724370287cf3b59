//! What was attempted from this tab, for the person who did it. Kept in memory, gone with the tab,
//! and no substitute for a service's own audit log. Never holds a credential.

use steward_domain::failure::{Failure, Operation};
use steward_domain::id::{AccountId, WorkspaceKey};

use super::accounts::Accounts;
use crate::browser::clock;
use crate::reactive::Value;

/// One attempt.
#[derive(Clone, PartialEq)]
pub struct Attempt {
    /// When, in milliseconds since 1970.
    pub at: f64,
    /// In which account.
    pub account: AccountId,
    /// On which workspace; none where one was to be made and was not.
    pub key: Option<WorkspaceKey>,
    /// Its name at that time.
    pub name: String,
    /// What was attempted.
    pub operation: Operation,
    /// What came of it.
    pub result: Result<(), Failure>,
}

/// The attempts, newest first.
#[derive(Clone, Copy)]
pub struct Activity {
    accounts: Accounts,
    attempts: Value<Vec<Attempt>>,
}

impl Activity {
    pub(super) fn new(accounts: Accounts) -> Self {
        Self {
            accounts,
            attempts: Value::new(Vec::new()),
        }
    }

    /// Notes what came of an attempt, unless its account has signed out in the meantime: at
    /// sign-out the list was emptied, and must stay so.
    pub fn note(
        self,
        account: &AccountId,
        key: Option<WorkspaceKey>,
        name: String,
        operation: Operation,
        result: Result<(), Failure>,
    ) {
        if self.accounts.get_untracked(account).is_none() {
            return;
        }
        let attempt = Attempt {
            at: clock::now(),
            account: account.clone(),
            key,
            name,
            operation,
            result,
        };
        self.attempts.try_update(|all| all.insert(0, attempt));
    }

    /// All attempts, newest first.
    #[must_use]
    pub fn all(self) -> Vec<Attempt> {
        self.attempts.get()
    }

    pub(super) fn forget(self, account: &AccountId) {
        self.attempts
            .update(|all| all.retain(|attempt| attempt.account != *account));
    }
}
