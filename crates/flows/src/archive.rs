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
    /// The workspace after it, where it could be read and shows itself archived.
    pub workspace: Option<Workspace>,
    /// How it is known.
    pub how: How,
}

/// How it is known that a workspace is archived.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum How {
    /// The service answered that it did it.
    Answered,
    /// The answer was lost; reading again shows it archived.
    ConfirmedByReading,
    /// The service refused because it is archived already, by whomever.
    AlreadyArchived,
}

impl Service {
    /// Archives a workspace.
    ///
    /// # Errors
    /// When the service refused (its words are in the failure, whole), or when its answer was lost
    /// and reading again did not show the workspace archived: [`Failure::changed`] is `No` if it
    /// is in use and stays `Perhaps` if it could not be read.
    pub async fn archive(&self, id: &WorkspaceId) -> Result<Archived, Failure> {
        let request = self.dialect.archive(&self.base, &self.credential, id);
        let reply = steps::send(
            &*self.transport,
            Operation::Archive,
            request,
            steps::WRITE_LIMIT_MS,
        )
        .await;
        let mut failure = match reply.and_then(|reply| self.dialect.read_archive(reply)) {
            Ok(Some(workspace)) if workspace.state.is_archived() => {
                return Ok(Archived {
                    workspace: Some(workspace),
                    how: How::Answered,
                });
            }
            Ok(_) => {
                // A service may show the old state for a moment after it said yes; its word holds.
                let found = self.open(id).await.ok();
                let workspace = found.filter(|workspace| workspace.state.is_archived());
                return Ok(Archived {
                    workspace,
                    how: How::Answered,
                });
            }
            Err(failure) => failure,
        };
        let how = match (&failure.kind, failure.changed) {
            (FailureKind::Conflict, _) => How::AlreadyArchived,
            (_, Changed::No) => return Err(failure),
            (_, Changed::Perhaps | Changed::Yes) => How::ConfirmedByReading,
        };
        match self.open(id).await {
            Ok(found) if found.state.is_archived() => Ok(Archived {
                workspace: Some(found),
                how,
            }),
            Ok(_) => {
                failure.changed = Changed::No;
                Err(failure)
            }
            Err(_) => Err(failure),
        }
    }
}
