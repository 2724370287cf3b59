//! Archiving a workspace.
//!
//! Guarantees: the service is asked once, never again by itself; a workspace counts as archived only if the service
//! shows it so. Must not know who may archive.

use steward_domain::failure::{Changed, Failure, FailureKind, Operation};
use steward_domain::id::WorkspaceId;
use steward_domain::merge::Trace;
use steward_domain::workspace::{State, Workspace};

use crate::outcome::{
    Confirmed, Evidence, about, conclude, is_only_accepted, request_id, says_gone,
};
use crate::read::Read;
use crate::service::Service;

/// An archived workspace; `None` where the service does not show archived ones, and says so of this one.
pub type Archived = Confirmed<Option<Workspace>>;

impl Service {
    /// Archives a workspace.
    ///
    /// Where the service does not show archived workspaces, its own word that this one is not there shows it
    /// archived.
    ///
    /// # Errors
    /// When the service refused (its words are in the failure, whole), or asked for a pause that is not over; or when
    /// neither its answer nor a reading after it shows the workspace archived: [`Failure::changed`] is `No` if the
    /// answer was lost and the workspace is in use, and `Perhaps` if it could not be read, or if the service accepted
    /// the request and does not show its effect yet ([`FailureKind::NotShown`]).
    pub async fn archive(&self, id: &WorkspaceId) -> Result<Archived, Failure> {
        let operation = Operation::Archive;
        let client = self.client();
        let request = self.desk().archive(self.endpoint(), id);
        let reply = client.write(operation, request).await;
        let (answered_as, is_late) = (request_id(&reply), is_only_accepted(&reply));
        let read = client.observe(reply.and_then(|reply| self.desk().read_archive(reply)));
        let answer = read.and_then(|answered| match answered {
            Some(found) => about(operation, found.id == *id, found, answered_as.as_ref())
                .map(|found| Some(Some(found))),
            None => Ok(None),
        });
        let refused_as_missing = match &answer {
            // Services refuse a second archive with a conflict, as invalid or as not found: what reading shows
            // decides whether somebody else was faster.
            Err(failure) if failure.changed == Changed::No => match failure.kind {
                FailureKind::Conflict
                | FailureKind::InUse
                | FailureKind::Invalid(_)
                | FailureKind::PaymentRequired
                | FailureKind::Refused => false,
                FailureKind::NotFound => true,
                _ => return Err(failure.clone()),
            },
            _ => false,
        };
        let shows = |found: &Option<Workspace>| match found {
            None => Trace::Whole,
            Some(found) => match found.state {
                State::Archived(_) => Trace::Whole,
                State::Active => Trace::Nothing,
                // On its way there, perhaps: neither done nor undone.
                State::Unknown(_) => Trace::Blurred,
            },
        };
        let read = self.read_archived(id);
        match conclude(operation, answer, (answered_as, is_late), &shows, read).await {
            // Not found twice may as well be a workspace that is closed to me now.
            Ok(done) if refused_as_missing && done.value.is_none() => {
                Ok(Confirmed::shown(None, Evidence::Gone, done.request_id))
            }
            Ok(done) => Ok(done),
            Err(undone) => Err(undone.failure),
        }
    }

    /// Reads a workspace that may have been archived: `None` if the service does not show archived ones and says
    /// that this one is not there.
    pub(crate) async fn read_archived(
        &self,
        id: &WorkspaceId,
    ) -> Result<Read<Option<Workspace>>, Failure> {
        match self.opened(id).await {
            Ok((found, request_id)) => Ok((Some(found), request_id)),
            Err(gone) if says_gone(&gone) && !self.desk().shows_archived() => {
                Ok((None, gone.service.request_id))
            }
            Err(failure) => Err(failure),
        }
    }
}
