//! Saving what somebody typed, without writing over what somebody else changed meanwhile.
//!
//! Guarantees: the workspace is read right before it is written, and only what then still differs
//! is sent, once, never again by itself. An overlap, a workspace that is gone or archived, and a
//! reading that failed send nothing. When the outcome is not known, the workspace is read again
//! before anything is said about it. Must not know how a change is typed or shown.
//!
//! No service has a version token, so between reading and writing somebody else can still be
//! faster. What this cannot see it does not claim: a moment remains, it is not a lock.

use steward_domain::draft::{Change, Draft};
use steward_domain::failure::{Changed, Failure, FailureKind, Operation};
use steward_domain::id::WorkspaceId;
use steward_domain::merge::{Answer, Difference, Merge, Trace, merge, trace};
use steward_domain::workspace::Workspace;

use crate::receipt::{Done, How, blurred, not_shown, request_id};
use crate::service::Service;

/// What is to be saved.
#[derive(Clone, Copy, Debug)]
pub struct Edit<'a> {
    /// What the workspace was when it was typed.
    pub base: &'a Workspace,
    /// What was typed.
    pub mine: &'a Draft,
    /// What was answered to overlaps, if there were any.
    pub answers: &'a [Answer],
}

/// What a save came to.
#[derive(Clone, PartialEq, Debug)]
pub enum Saved {
    /// The service has all that was wanted.
    Done {
        /// The workspace as it then is.
        done: Done<Workspace>,
        /// What was sent; empty if the service had it all already.
        sent: Change,
        /// What anybody changed since the base.
        parts: Vec<Difference>,
    },
    /// Nothing is saved: somebody else changed the same, and a person has to say what counts.
    Asks {
        /// The workspace as it is now.
        theirs: Workspace,
        /// What anybody changed since the base, overlaps that have an answer among them.
        parts: Vec<Difference>,
    },
    /// Nothing is saved: the workspace has been archived meanwhile.
    Archived(Workspace),
    /// Nothing is saved: the workspace is not there any more, or not for me.
    Gone,
}

impl Service {
    /// Saves an edit: reads, merges, and writes what is left to write.
    ///
    /// Without a conflict that is one reading and one writing. During a pause that the service
    /// asked for, nothing is sent and nothing is waited for.
    ///
    /// # Errors
    /// When the workspace could not be read: then nothing was sent. When the service refused; or
    /// when its answer was lost and reading again did not show the change. [`Failure::changed`]
    /// then says what is known: `No` if every wanted part is as it was before; `Perhaps` if some
    /// of it is there, or something else; what it was if reading again failed too.
    pub async fn save(&self, id: &WorkspaceId, edit: Edit<'_>) -> Result<Saved, Failure> {
        let (theirs, read_as) = match self.opened_now(id).await {
            Ok(read) => read,
            Err(failure) if failure.kind == FailureKind::NotFound => return Ok(Saved::Gone),
            Err(failure) => {
                return Err(Failure {
                    operation: Operation::Save,
                    ..failure
                });
            }
        };
        let (wanted, parts) = match stand(edit, theirs.clone(), read_as) {
            Stand::Over(saved) => return Ok(*saved),
            Stand::Open(wanted, parts) => (wanted, parts),
        };
        let sent = wanted.change_from(&theirs);
        let line = self.line();
        let request = self.desk().save(self.door(), id, &sent);
        let reply = line.write(Operation::Save, request).await;
        let request_id = request_id(&reply);
        let failure = match line.heed(reply.and_then(|reply| self.desk().read_save(reply))) {
            Ok(saved) => {
                let done = Done::answered(saved, request_id);
                return Ok(Saved::Done { done, sent, parts });
            }
            Err(failure) => failure,
        };
        if failure.changed == Changed::No {
            return match failure.kind {
                // Somebody else may have been faster than this: what reading shows decides.
                FailureKind::Conflict | FailureKind::Refused | FailureKind::NotFound => {
                    self.overtaken(id, edit, failure).await
                }
                _ => Err(failure),
            };
        }
        let Ok((found, request_id)) = self.opened(id).await else {
            return Err(failure);
        };
        match trace(&theirs, &wanted, &found) {
            Trace::Whole => {
                let how = How::ConfirmedByReading;
                let done = Done {
                    value: found,
                    how,
                    request_id,
                };
                Ok(Saved::Done { done, sent, parts })
            }
            Trace::Nothing => Err(not_shown(failure)),
            Trace::Blurred => Err(blurred(failure)),
        }
    }

    /// What a refusal was about that may have come from somebody else's change.
    async fn overtaken(
        &self,
        id: &WorkspaceId,
        edit: Edit<'_>,
        failure: Failure,
    ) -> Result<Saved, Failure> {
        match self.opened(id).await {
            Ok((theirs, read_as)) => match stand(edit, theirs, read_as) {
                Stand::Over(saved) => Ok(*saved),
                Stand::Open(..) => Err(failure),
            },
            Err(gone) if gone.kind == FailureKind::NotFound => Ok(Saved::Gone),
            Err(_) => Err(failure),
        }
    }
}

/// Where an edit stands against what the service has now.
enum Stand {
    /// There is nothing to write.
    Over(Box<Saved>),
    /// This is to be written.
    Open(Draft, Vec<Difference>),
}

fn stand(edit: Edit<'_>, theirs: Workspace, request_id: Option<String>) -> Stand {
    if theirs.state.is_archived() {
        return Stand::Over(Box::new(Saved::Archived(theirs)));
    }
    let Merge { parts, wanted } = merge(edit.base, edit.mine, &theirs, edit.answers);
    let Some(wanted) = wanted else {
        return Stand::Over(Box::new(Saved::Asks { theirs, parts }));
    };
    let sent = wanted.change_from(&theirs);
    if !sent.is_empty() {
        return Stand::Open(wanted, parts);
    }
    let done = Done {
        value: theirs,
        how: How::AlreadyThere,
        request_id,
    };
    Stand::Over(Box::new(Saved::Done { done, sent, parts }))
}
