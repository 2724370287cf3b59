//! Saving what was typed into a workspace.
//!
//! Guarantees: what is sent has been checked and merged with what the service has; it is sent once;
//! what a save showed of the workspace is kept, whatever else came of it.

use super::watching;
use std::rc::Rc;
use std::sync::Arc;

use steward_domain::draft::{Change, Changed, Draft};
use steward_domain::failure::{Failure, FailureKind, Operation};
use steward_domain::id::WorkspaceKey;
use steward_domain::merge::Answer;
use steward_domain::workspace::Workspace;
pub use steward_flows::Saved;
use steward_flows::{Confirmed, Edit};

use super::accounts::Account;
use super::activity::{ActionRecord, AttemptId, FieldChange, Subject};
use super::{AppState, request};

/// Saves what was typed over `base`, with what was answered to overlaps, and says what it came
/// to, with its place in the record. `undoes`: the moment of the attempt that it takes back.
/// `None`: whoever saved it has signed out.
///
/// # Errors
/// When the workspace could not be read or the service refused; or when its answer was lost
/// and reading again did not show the change.
pub async fn save(
    app: AppState,
    account: &Rc<Account>,
    key: &WorkspaceKey,
    base: Arc<Workspace>,
    mine: Draft,
    answers: Vec<Answer>,
    undoes: Option<i64>,
) -> Option<Result<(Saved, AttemptId), Failure>> {
    let edit = Edit {
        base: &base,
        mine: &mine,
        answers: &answers,
    };
    let attempt = app.activity.begin(ActionRecord {
        account: key.account.clone(),
        key: Some(key.clone()),
        name: base.name.clone(),
        operation: Operation::Save,
        changes: changes(&mine.change_from(&base)),
        who: None,
        undoes,
    });
    let saving = account.service.save(&key.id, edit);
    let result = request::change(app, account, key, saving).await?;
    match &result {
        Ok(Saved::Done { done, sent, .. }) => {
            // What was merged is not what was typed: the record tells what was written over what.
            if !sent.is_empty() {
                app.activity.changed(attempt, changes(sent));
            }
            app.activity.end(attempt, &Ok(done.clone()));
            app.workspaces.confirm(key, done.value.clone());
        }
        Ok(Saved::Differently {
            done, now, made, ..
        }) => {
            // Nothing that the service did not take is told as done, or could be taken back.
            let result = match done {
                Some(done) => {
                    app.activity.changed(attempt, changes(made));
                    Ok(done.clone())
                }
                None => Err(Failure::new(Operation::Save, FailureKind::NotAsSent)),
            };
            app.activity.end(attempt, &result);
            app.workspaces.confirm(key, now.clone());
        }
        Ok(Saved::Answered { now, .. }) => {
            let refused: Result<Confirmed<()>, Failure> =
                Err(Failure::new(Operation::Save, FailureKind::NotAsSent));
            app.activity.end(attempt, &refused);
            // What the answer had may still come, so that this reading stands for no longer than any.
            app.workspaces.put(key, now.clone());
        }
        // Nothing was done: what is there now is all there is to tell.
        Ok(Saved::Asks { theirs: now, .. } | Saved::Archived(now)) => {
            app.activity.take_back(attempt);
            app.workspaces.put(key, now.clone());
        }
        Ok(Saved::Gone) => {
            app.activity.take_back(attempt);
            app.workspaces.take_out(key);
        }
        Err(failure) => {
            let failed: Result<Confirmed<()>, Failure> = Err(failure.clone());
            app.activity.end(attempt, &failed);
            watching::watch(app, account, attempt, failure);
        }
    }
    Some(result.map(|saved| (saved, attempt)))
}

/// What a change is to change, as it is written down.
fn changes(change: &Change) -> Vec<FieldChange> {
    let written = |changed: &Changed| FieldChange {
        subject: Subject::Field(changed.field),
        before: changed.before.clone(),
        after: changed.after.clone(),
    };
    change.fields().map(written).collect()
}
