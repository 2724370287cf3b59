//! Archiving a workspace.
//!
//! Guarantees: the service is asked once, never again by itself; a workspace counts as archived
//! only if the service said so or shows it so on reading again. Must not know who may archive.

use steward_domain::failure::{Changed, Failure, FailureKind, Operation};
use steward_domain::id::WorkspaceId;
use steward_domain::workspace::Workspace;

use crate::service::Service;
use crate::steps;

/// An archived workspace.
#[derive(Clone, PartialEq, Debug)]
pub struct Archived {
    /// The workspace after it, where it could be read and shows itself archived. `None` where the
    /// service does not show archived ones.
    pub workspace: Option<Workspace>,
    /// How it is known.
    pub how: How,
}

/// How it is known that a workspace is archived.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum How {
    /// The service answered that it did it.
    Answered,
    /// The answer was lost; reading again shows it archived, or no longer shows it where the
    /// service does not show archived workspaces.
    ConfirmedByReading,
    /// The service refused because it is archived already, by whomever.
    AlreadyArchived,
    /// It is not there any more, at a service that does not show archived workspaces: archived by
    /// somebody else, or closed to me.
    Gone,
}

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
                return Ok(Archived {
                    workspace,
                    how: How::Answered,
                });
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
            ) => How::AlreadyArchived,
            (_, Changed::No) => return Err(failure),
            (_, Changed::Perhaps | Changed::Yes) => How::ConfirmedByReading,
        };
        match self.open(id).await {
            Ok(found) if found.state.is_archived() => Ok(Archived {
                workspace: Some(found),
                how,
            }),
            Ok(_) => Err(steps::not_shown(failure)),
            Err(gone) if gone.kind == FailureKind::NotFound && !self.desk().shows_archived() => {
                // Not found twice may as well be a workspace that is closed to me now.
                let how = match failure.kind {
                    FailureKind::NotFound => How::Gone,
                    _ => how,
                };
                Ok(Archived {
                    workspace: None,
                    how,
                })
            }
            Err(_) => Err(failure),
        }
    }
}
