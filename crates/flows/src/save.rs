//! Saving what somebody typed, without writing over what somebody else changed meanwhile.
//!
//! Guarantees: the workspace is read right before it is written, and only what then still differs
//! is sent, once, never again by itself. An overlap, a workspace that is gone or archived, and a
//! reading that failed send nothing. A save is done only if the service shows every value that was sent
//! ([`crate::outcome`]); values that differ are told one by one. Must not know how a change is typed or shown.
//!
//! No service has a version token, so between reading and writing somebody else can still be
//! faster. What this cannot see it does not claim: a moment remains, it is not a lock.

use steward_domain::draft::{Change, Changed as ChangedField, Draft};
use steward_domain::failure::{Changed, Failure, FailureKind, Operation};
use steward_domain::id::WorkspaceId;
use steward_domain::merge::{Answer, Difference, Merge, Trace, merge, trace};
use steward_domain::workspace::Workspace;

use crate::outcome::{Confirmed, Evidence, Undone, about, conclude, is_only_accepted, request_id};
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
        done: Confirmed<Workspace>,
        /// What was sent; empty if the service had it all already.
        sent: Change,
        /// What anybody changed since the base.
        parts: Vec<Difference>,
    },
    /// The service took the request and keeps other values than were sent.
    Differently {
        /// How that is known; `None` if it changed nothing at all.
        done: Option<Confirmed<()>>,
        /// The workspace as it is now.
        now: Workspace,
        /// What has changed: what each field was, and what the service made of it.
        made: Change,
        /// What was sent and is not so: what each field was to be, and what the service keeps.
        kept: Change,
    },
    /// The service took the request, answered with other values than were sent, and shows everything as it was.
    Answered {
        /// The workspace as a reading shows it.
        now: Workspace,
        /// Where its answer differs from what was sent: what each field was to be, and what the answer has.
        said: Change,
    },
    /// Nothing is saved: somebody else changed the same, and a person has to say what counts.
    Asks {
        /// The workspace as it is now.
        theirs: Workspace,
        /// What anybody changed since the base, overlaps that have an answer among them.
        parts: Vec<Difference>,
    },
    /// Nothing is saved: the workspace has been archived meanwhile, or is in a state that is not known.
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
    /// When the workspace could not be read: then nothing was sent. When the service refused; or when neither its
    /// answer nor a reading after it shows the change. [`Failure::changed`] then says what is known: `No` if the
    /// answer was lost and every wanted part is as it was before; `Perhaps` if some of it is there, or something
    /// else, or it could not be read, or the service accepted the request ([`FailureKind::NotShown`]).
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
        let operation = Operation::Save;
        let sent = wanted.change_from(&theirs);
        let client = self.client();
        let request = self.desk().save(self.endpoint(), id, &sent);
        let reply = client.write(operation, request).await;
        let (answered_as, is_late) = (request_id(&reply), is_only_accepted(&reply));
        let read = client.observe(reply.and_then(|reply| self.desk().read_save(reply)));
        let answer = read
            .and_then(|saved| about(operation, saved.id == *id, saved, answered_as.as_ref()))
            .map(Some);
        if let Err(failure) = &answer
            && failure.changed == Changed::No
        {
            return match failure.kind {
                // Somebody else may have been faster than this: what reading shows decides.
                FailureKind::Conflict | FailureKind::Refused | FailureKind::NotFound => {
                    self.overtaken(id, edit, failure.clone()).await
                }
                _ => Err(failure.clone()),
            };
        }
        let said = answer.as_ref().ok().and_then(Clone::clone);
        let shows = |found: &Workspace| trace(&theirs, &wanted, found);
        let concluded = conclude(
            operation,
            answer,
            (answered_as, is_late),
            &shows,
            self.opened(id),
        )
        .await;
        let Undone { failure, found } = match concluded {
            Ok(done) => return Ok(Saved::Done { done, sent, parts }),
            Err(undone) => undone,
        };
        let Some((now, request_id)) = found else {
            return Err(failure);
        };
        if is_late || failure.kind != FailureKind::NotShown {
            return Err(failure);
        }
        // The service said yes: what a reading shows is what it made of it, unless that is nothing. Then its answer is
        // all there is to tell, and its effect may still come.
        match said.map(|said| kept(&wanted, &sent, &said)) {
            _ if shows(&now) == Trace::Blurred => {}
            None => return Err(failure),
            Some(said) if said.is_empty() => return Err(failure),
            Some(said) if said != kept(&wanted, &sent, &now) => {
                return Ok(Saved::Answered { now, said });
            }
            Some(_) => {}
        }
        let kept = kept(&wanted, &sent, &now);
        let made = wanted.at(&now).change_from(&theirs);
        let made: Change = only_sent(&made, &sent);
        let done =
            (!made.is_empty()).then(|| Confirmed::shown((), Evidence::Differently, request_id));
        Ok(Saved::Differently {
            done,
            now,
            made,
            kept,
        })
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
    if !theirs.state.is_active() {
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
    let done = Confirmed::shown(theirs, Evidence::AlreadyThere, request_id);
    Stand::Over(Box::new(Saved::Done { done, sent, parts }))
}

/// What was sent and is not so: what each field was to be, and what the service keeps.
fn kept(wanted: &Draft, sent: &Change, found: &Workspace) -> Change {
    only_sent(&wanted.differs(found), sent)
}

fn only_sent(change: &Change, sent: &Change) -> Change {
    let is_sent = |changed: &&ChangedField| sent.get(changed.field).is_some();
    change.fields().filter(is_sent).cloned().collect()
}
