//! What stands in the way of an archive, and cancelling a subscription that does.
//!
//! Guarantees: the capability is asked right before a cancelling is sent; one is out at a time, and
//! while it is the dialog does not close over it. Must not know how anything looks.

use leptos::prelude::untrack;
use steward_domain::blocker::{Blocker, BlockerState, Finding, Standing};
use steward_domain::capability::{Action, Verdict, capability};
use steward_domain::failure::{Failure, FailureKind, Operation};
use steward_domain::id::WorkspaceKey;
pub use steward_flows::How;

use super::Console;
use super::activity::{Deed, Turn, What};

impl Console {
    /// Makes the checks that only the service can answer. `None`: whoever asked has signed out.
    pub async fn blockers(self, key: &WorkspaceKey) -> Option<Vec<Finding>> {
        let account = self.accounts.of(key)?;
        let findings = account.service.blockers(&key.id).await;
        if !self.accounts.holds(&account) {
            return None;
        }
        for finding in &findings {
            if let Standing::CouldNotCheck(failure) | Standing::Blocked(_, Some(failure)) =
                &finding.standing
            {
                self.workspaces.heed(&key.account, failure);
            }
        }
        Some(findings)
    }

    /// Whether a subscription of this workspace may be cancelled.
    #[must_use]
    pub fn may_cancel(self, key: &WorkspaceKey) -> Verdict {
        let account = self.accounts.get(&key.account);
        match (account, self.workspaces.get(key)) {
            (Some(account), Some(workspace)) => capability(
                Action::Cancel,
                &workspace,
                &self.roles.access(key),
                account.description(),
            ),
            _ => Verdict::Pending,
        }
    }

    /// Cancels a subscription, once: while it is out, nothing more is sent. `None`: nothing was sent,
    /// or whoever sent it has signed out. `name` is the workspace's.
    pub async fn cancel_subscription(
        self,
        key: WorkspaceKey,
        name: String,
        subscription: Blocker,
    ) -> Option<Result<How, Failure>> {
        let account = self.accounts.of(&key)?;
        let may =
            untrack(|| !self.archiving.is_busy() && self.may_cancel(&key) == Verdict::Allowed);
        if !may {
            return None;
        }
        self.archiving.set_cancelling(Some(subscription.id.clone()));
        let attempt = self.activity.begin(Deed {
            account: key.account.clone(),
            key: Some(key.clone()),
            name,
            operation: Operation::Cancel,
            turns: vec![Turn {
                what: What::Thing(subscription.id.clone()),
                before: match &subscription.state {
                    BlockerState::Unknown(word) => word.clone(),
                    _ => "active".to_owned(),
                },
                after: String::new(),
            }],
        });
        let service = &account.service;
        let result = service.cancel_subscription(&key.id, &subscription).await;
        if !self.accounts.holds(&account) {
            return None;
        }
        self.archiving.set_cancelling(None);
        self.activity.end(attempt, &result);
        let account = &key.account;
        if let Err(failure) = &result {
            self.workspaces.heed(account, failure);
            if failure.kind == FailureKind::Forbidden {
                self.roles.recheck(&key);
            }
        }
        Some(result.map(|done| done.how))
    }
}
