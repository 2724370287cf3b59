//! Archiving a workspace.
//!
//! Guarantees: the service is asked once, never again by itself; a workspace counts as archived
//! only if the service said so or shows it so on reading again. Must not know who may archive.

use steward_domain::failure::{Changed, Failure, FailureKind, Operation};
use steward_domain::id::WorkspaceId;
use steward_domain::workspace::Workspace;

use crate::receipt::{Done, How, not_shown, request_id};
use crate::service::Service;

/// An archived workspace, where it could be read and shows itself archived. `None` where the
/// service does not show archived ones.
pub type Archived = Done<Option<Workspace>>;

impl Service {
    /// Archives a workspace.
    ///
    /// Where the service does not show archived workspaces, not finding it afterwards shows it
    /// archived.
    ///
    /// # Errors
    /// When the service refused (its words are in the failure, whole), or asked for a pause that is
    /// not over; or when its answer was lost and reading again did not show the workspace archived:
    /// [`Failure::changed`] is `No` if it is in use, stays `Perhaps` if it could not be read, and
    /// is `Perhaps` too if the service reported success.
    pub async fn archive(&self, id: &WorkspaceId) -> Result<Archived, Failure> {
        let line = self.line();
        let request = self.desk().archive(self.door(), id);
        let reply = line.write(Operation::Archive, request).await;
        let answered_as = request_id(&reply);
        let failure = match line.heed(reply.and_then(|reply| self.desk().read_archive(reply))) {
            Ok(answered) => {
                let answered = answered.filter(|workspace| workspace.state.is_archived());
                let workspace = match answered {
                    None if self.desk().shows_archived() => {
                        // A service may show the old state for a moment after it said yes; its
                        // word holds.
                        let found = self.open(id).await.ok();
                        found.filter(|workspace| workspace.state.is_archived())
                    }
                    answered => answered,
                };
                return Ok(Done::answered(workspace, answered_as));
            }
            Err(failure) => failure,
        };
        // Services refuse a second archive with a conflict, as invalid or as not found: what reading
        // shows decides whether somebody else was faster.
        let how = match (&failure.kind, failure.changed) {
            (
                FailureKind::Conflict
                | FailureKind::InUse
                | FailureKind::Invalid(_)
                | FailureKind::NotFound
                | FailureKind::Refused,
                _,
            ) => How::AlreadyThere,
            (_, Changed::No) => return Err(failure),
            (_, Changed::Perhaps) => How::ConfirmedByReading,
        };
        match self.opened(id).await {
            Ok((found, request_id)) if found.state.is_archived() => Ok(Done {
                value: Some(found),
                how,
                request_id,
            }),
            Ok(_) => Err(not_shown(failure)),
            Err(gone) if gone.kind == FailureKind::NotFound && !self.desk().shows_archived() => {
                // Not found twice may as well be a workspace that is closed to me now.
                let how = match failure.kind {
                    FailureKind::NotFound => How::Gone,
                    _ => how,
                };
                Ok(Done {
                    value: None,
                    how,
                    request_id: gone.service.request_id,
                })
            }
            Err(_) => Err(failure),
        }
    }
}
