//! Making a workspace.
//!
//! Guarantees: what is sent has been checked; it is sent once; a workspace is shown only as its service
//! gave it back.

use super::watching;
use std::rc::Rc;

use steward_domain::draft::{Change, Draft};
use steward_domain::failure::{Changed, Failure, Operation};
use steward_domain::field::Field;
use steward_domain::id::WorkspaceKey;
use steward_domain::workspace::Workspace;
use steward_flows::{Created, Evidence};

use super::accounts::Account;
use super::activity::{ActionRecord, FieldChange, Subject};
use super::{AppState, request};

/// A workspace that was made.
pub struct Made {
    /// Which it became.
    pub key: WorkspaceKey,
    /// How that is known.
    pub evidence: Evidence,
    /// What the service said is left to do.
    pub left: Option<String>,
    /// What of it the service keeps otherwise than it was asked for.
    pub kept: Change,
}

/// Makes a workspace in an account. `None`: whoever made it has signed out.
///
/// # Errors
/// When the service refused, or its answer was lost and its list does not show for certain that
/// it was made. What may be it is among the rows then, or its list is read again.
pub async fn create(
    app: AppState,
    account: Rc<Account>,
    draft: Draft,
) -> Option<Result<Made, Failure>> {
    let known = app.workspaces.known(&account.id);
    let attempt = app.activity.begin(ActionRecord {
        account: account.id.clone(),
        key: None,
        name: draft.get(Field::Name).to_owned(),
        operation: Operation::Create,
        changes: changes(&draft),
        who: None,
        undoes: None,
    });
    let mut found = Vec::new();
    let creating = account.service.create(&draft, known.as_deref(), &mut found);
    let created = request::answer(app.accounts, &account, creating).await?;
    let (result, kept) = match created {
        Ok(Created { done, kept }) => (Ok(done), kept),
        Err(failure) => (Err(failure), Change::default()),
    };
    app.activity.end(attempt, &result);
    let key_of = |workspace: &Workspace| WorkspaceKey {
        account: account.id.clone(),
        id: workspace.id.clone(),
    };
    Some(match result {
        Ok(done) => {
            let key = key_of(&done.value);
            app.activity.made(attempt, key.clone());
            app.workspaces.confirm_made(&key, done.value);
            Ok(Made {
                key,
                evidence: done.evidence,
                left: done.left,
                kept,
            })
        }
        Err(failure) => {
            watching::watch_created(app, &account, attempt, &failure, draft, known);
            if found.is_empty() && failure.changed != Changed::No {
                // The list could not be read, or did not tell: whoever goes there looks again.
                app.workspaces.load(&account);
            }
            for workspace in found {
                app.workspaces.put(&key_of(&workspace), workspace);
            }
            Err(failure)
        }
    })
}

/// What stands in a draft, as it is written down.
fn changes(draft: &Draft) -> Vec<FieldChange> {
    let fields = Field::ALL.into_iter();
    let filled = fields.filter(|field| !draft.get(*field).is_empty());
    let change = |field| FieldChange {
        subject: Subject::Field(field),
        before: String::new(),
        after: draft.get(field).to_owned(),
    };
    filled.map(change).collect()
}
