//! Writes that were under way when a page of this tab closed.
//!
//! Guarantees: nothing is sent again; what came of each is read from the service and written down.

use steward_domain::failure::{Changed, Failure, Operation};
use steward_domain::id::UserId;
use steward_domain::time::Timestamp;
use steward_flows::reconcile::{Edited, Intent};

use super::activity::{ActionRecord, AttemptId, Subject};
use super::{AppState, request};
use crate::browser::clock;

/// Reads what came of an attempt, and writes it down. None where no reading could tell.
///
/// # Errors
/// When reading does not show it, or when it could not be read.
pub async fn settle(
    app: AppState,
    id: AttemptId,
    action: &ActionRecord,
) -> Option<Result<(), Failure>> {
    let key = action.key.as_ref()?;
    let account = app.accounts.of(key)?;
    let intent = intent(action)?;
    let reading = async {
        let result = account.service.reconcile(&key.id, &intent).await;
        let is_unseen = |failure: &Failure| failure.changed == Changed::No;
        match result.as_ref().is_err_and(is_unseen) && is_young(app, id) {
            // The service may still work on it: what a reading does not show now says nothing yet.
            true => account.service.watch(&key.id, &intent).await,
            false => result,
        }
    };
    let result = request::awaited(app.accounts, &account, reading).await?;
    app.activity.end(id, &result);
    Some(result.map(|_| ()))
}

fn is_young(app: AppState, id: AttemptId) -> bool {
    let now = Timestamp::from_millis(clock::now()).whole_millis();
    let began = app.activity.action(id).map(|(_, at)| at);
    began.is_some_and(|at| (0..YOUNG_MS).contains(&(now - at)))
}

/// How long a write may be without an effect before reading shows that it has none, in milliseconds.
const YOUNG_MS: i64 = 60_000;

/// What an attempt was for; none where no reading could tell.
pub(super) fn intent(action: &ActionRecord) -> Option<Intent> {
    let mut changes = action.changes.iter();
    match action.operation {
        Operation::Archive => Some(Intent::Archive),
        Operation::Manage => match changes.next() {
            Some(change) => match &change.subject {
                Subject::Member(id) => {
                    let role = (!change.after.is_empty()).then(|| change.after.clone());
                    Some(Intent::Member(UserId::new(id.as_str())?, role))
                }
                _ => None,
            },
            None => None,
        },
        Operation::Save => {
            let texts = changes.filter_map(|change| match change.subject {
                Subject::Field(field) => Some(Edited {
                    field,
                    before: change.before.clone(),
                    after: change.after.clone(),
                }),
                _ => None,
            });
            Some(Intent::Save(texts.collect()))
        }
        _ => None,
    }
}
