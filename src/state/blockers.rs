//! What stands in the way of an archive, and cancelling a subscription that does.
//!
//! Guarantees: the capability is asked right before a cancelling is sent; one is out at a time, and
//! while it is the dialog does not close over it. What the service accepted and does not show is
//! remembered with what was attempted from this tab, and goes with it. Must not know how anything looks.

use leptos::prelude::untrack;
use steward_domain::blocker::{Blocker, BlockerState, Cancellation, Finding, Standing};
use steward_domain::capability::{Action, Verdict};
use steward_domain::failure::{Changed, Failure, FailureKind, Operation};
use steward_domain::id::WorkspaceKey;
use steward_domain::invoice::Preview;
use steward_domain::time::Timestamp;
pub use steward_flows::{Cancelled, Evidence};

use super::activity::{ActionRecord, Attempt, FieldChange, Outcome, Subject};
use super::{AppState, request};

/// What a subscription is to be once a cancelling of it is accepted: over at this moment, or at the end of
/// its period. These are words of the record, which a file of it shows as well.
fn ending(until: Option<Timestamp>) -> String {
    let end = until.map_or_else(|| PERIOD_END.to_owned(), Timestamp::print);
    [UNTIL, &end].concat()
}

const UNTIL: &str = "until ";
const PERIOD_END: &str = "the end of its period";

/// What an attempt says about a subscription that goes on, if it is one to cancel it.
fn sent(attempt: &Attempt, id: &str) -> Option<Cancellation> {
    let mut changes = attempt.action.changes.iter();
    let change =
        changes.find(|change| matches!(&change.subject, Subject::Thing(thing) if thing == id))?;
    let accepted = match &attempt.outcome {
        Outcome::Done(_) => true,
        Outcome::Failed(failure) if failure.kind == FailureKind::NotShown => true,
        Outcome::Lost => false,
        Outcome::Failed(failure) if failure.changed == Changed::Perhaps => false,
        Outcome::Failed(_) | Outcome::UnderWay => return None,
    };
    Some(Cancellation {
        at: Timestamp::from_whole_millis(attempt.at),
        until: Timestamp::parse(change.after.strip_prefix(UNTIL)?),
        accepted,
    })
}

impl super::activity::Activity {
    /// The newest cancelling of a subscription that may be scheduled; one that was accepted before one whose
    /// answer was lost, as long as both are about the same period.
    fn cancellation(self, key: &WorkspaceKey, id: &str) -> Option<Cancellation> {
        self.with(|all| {
            let about = all.iter().filter(|one| {
                one.action.operation == Operation::Cancel && one.action.key.as_ref() == Some(key)
            });
            let mut found = about.filter_map(|one| sent(one, id));
            let newest = found.next()?;
            let accepted = |one: &Cancellation| one.accepted && one.until == newest.until;
            Some(match newest.accepted {
                true => newest,
                false => found.find(accepted).unwrap_or(newest),
            })
        })
    }
}

/// Makes the checks that only the service can answer. `None`: whoever asked has signed out.
pub async fn blockers(app: AppState, key: &WorkspaceKey) -> Option<Vec<Finding>> {
    let account = app.accounts.of(key)?;
    let checks = account.service.blockers(&key.id);
    let findings = request::awaited(app.accounts, &account, checks).await?;
    for finding in &findings {
        if let Standing::CouldNotCheck(failure) | Standing::Blocked(_, Some(failure)) =
            &finding.standing
        {
            request::heed(app.accounts, &account, failure);
        }
    }
    Some(findings)
}

/// What this session knows of a cancelling that the service does not show. Follows the record.
#[must_use]
pub fn cancellation(app: AppState, key: &WorkspaceKey, subscription: &str) -> Option<Cancellation> {
    app.activity.cancellation(key, subscription)
}

/// Asks what cancelling a subscription saves; changes nothing. `None`: whoever asked has signed out.
pub async fn preview_cancelling(
    app: AppState,
    key: &WorkspaceKey,
    subscription: &Blocker,
) -> Option<Result<Preview, Failure>> {
    let account = app.accounts.of(key)?;
    let preview = account.service.preview_cancelling(&key.id, subscription);
    request::answer(app.accounts, &account, preview).await
}

/// Cancels a subscription, once: while it is out, nothing more is sent. `None`: nothing was sent,
/// or whoever sent it has signed out. `name` is the workspace's.
pub async fn cancel_subscription(
    app: AppState,
    key: WorkspaceKey,
    name: String,
    subscription: Blocker,
) -> Option<Result<Cancelled, Failure>> {
    let account = app.accounts.of(&key)?;
    let may = untrack(|| {
        !app.archiving.is_busy() && app.verdict_of(Action::Cancel, &key) == Verdict::Allowed
    });
    if !may {
        return None;
    }
    app.archiving.set_cancelling(Some(subscription.id.clone()));
    let change = |after: String| FieldChange {
        subject: Subject::Thing(subscription.id.clone()),
        before: match &subscription.state {
            BlockerState::Unknown(word) => word.clone(),
            _ => "active".to_owned(),
        },
        after,
    };
    let attempt = app.activity.begin(ActionRecord {
        account: key.account.clone(),
        key: Some(key.clone()),
        name,
        operation: Operation::Cancel,
        changes: vec![change(ending(subscription.until))],
        who: None,
        undoes: None,
    });
    let cancelling = account.service.cancel_subscription(&key.id, &subscription);
    let result = request::change(app, &account, &key, cancelling).await?;
    app.archiving.set_cancelling(None);
    app.activity
        .end(attempt, &result.clone().and_then(Cancelled::shown));
    if let Ok(came) = &result {
        let after = match came {
            Cancelled::Ended(_) => String::new(),
            Cancelled::Scheduled(scheduled) => ending(scheduled.until),
        };
        app.activity.changed(attempt, vec![change(after)]);
    }
    Some(result)
}
