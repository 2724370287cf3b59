//! What stands in the way of an archive, and cancelling a subscription that does.
//!
//! Guarantees: the capability is asked right before a cancelling is sent; one is out at a time, and
//! while it is the dialog does not close over it. Must not know how anything looks.

use leptos::prelude::untrack;
use steward_domain::blocker::{Blocker, BlockerState, Finding, Standing};
use steward_domain::capability::{Action, Verdict};
use steward_domain::failure::{Failure, Operation};
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
                self.workspaces.heed(&account, failure);
            }
        }
        Some(findings)
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
        let may = untrack(|| {
            !self.archiving.is_busy() && self.verdict_of(Action::Cancel, &key) == Verdict::Allowed
        });
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
            who: None,
            undoes: None,
        });
        let service = &account.service;
        let result = service.cancel_subscription(&key.id, &subscription).await;
        if !self.accounts.holds(&account) {
            return None;
        }
        self.archiving.set_cancelling(None);
        self.activity.end(attempt, &result);
        if let Err(failure) = &result {
            self.heed_change(&account, &key, failure);
        }
        Some(result.map(|done| done.how))
    }
}
