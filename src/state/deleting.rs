//! Deleting a bucket or a repository that stands in the way of an archive.
//!
//! Guarantees: the capability is asked right before it is sent; one is out at a time, and while it is
//! the dialog does not close over it. What is written down is the id and the name: of keys and secrets
//! nothing is known here. Must not know how anything looks.

use leptos::prelude::untrack;
use steward_domain::blocker::Blocker;
use steward_domain::capability::{Action, Verdict};
use steward_domain::failure::{Failure, Operation};
use steward_domain::id::WorkspaceKey;
use steward_flows::Evidence;

use super::activity::{ActionRecord, FieldChange, Subject};
use super::{AppState, request};

/// Deletes one, once: while it is out, nothing more is sent. `None`: nothing was sent, or whoever
/// sent it has signed out. `name` is the workspace's.
pub async fn delete(
    app: AppState,
    key: WorkspaceKey,
    name: String,
    row: Blocker,
) -> Option<Result<Evidence, Failure>> {
    let account = app.accounts.of(&key)?;
    let may = untrack(|| {
        !app.archiving.is_busy() && app.verdict_of(Action::Delete, &key) == Verdict::Allowed
    });
    if !may {
        return None;
    }
    app.archiving.set_cancelling(Some(row.id.clone()));
    let attempt = app.activity.begin(ActionRecord {
        account: key.account.clone(),
        key: Some(key.clone()),
        name,
        operation: Operation::Delete,
        changes: vec![FieldChange {
            subject: Subject::Thing(row.id.clone()),
            before: row.name.clone().unwrap_or_default(),
            after: String::new(),
        }],
        who: None,
        undoes: None,
    });
    let work = account.service.delete_stored(&key.id, &row);
    let result = request::change(app, &account, &key, work).await?;
    app.archiving.set_cancelling(None);
    app.activity.end(attempt, &result);
    Some(result.map(|done| done.evidence))
}
