//! Saving a change.
//!
//! Guarantees: the change is sent once, never again by itself. When its outcome is not known, the
//! workspace is read again before anything is said about it. Must not know how a change is typed
//! or shown.

use steward_domain::draft::{Change, Patch};
use steward_domain::failure::{Changed, Failure, Operation};
use steward_domain::id::WorkspaceId;
use steward_domain::workspace::Workspace;

use crate::service::Service;
use crate::steps;

impl Service {
    /// Sends a change and gives back the workspace as the service then has it.
    ///
    /// The change must not be empty ([`Change::is_empty`]): an empty one would still be sent.
    ///
    /// # Errors
    /// When the service refused, or when its answer was lost and reading again did not show the
    /// change. [`Failure::changed`] then says what is known: `No` if the wanted values are not
    /// there; what it was before if reading again failed too; `Perhaps` if the service reported
    /// success and yet shows other values, as one does that tidies texts.
    pub async fn save(&self, id: &WorkspaceId, change: &Change) -> Result<Workspace, Failure> {
        let request = self.dialect.save(&self.base, &self.credential, id, change);
        let reply = steps::send(
            &*self.transport,
            Operation::Save,
            request,
            steps::WRITE_LIMIT_MS,
        )
        .await;
        let mut failure = match reply.and_then(|reply| self.dialect.read_save(reply)) {
            Ok(saved) => return Ok(saved),
            Err(failure) if failure.changed == Changed::No => return Err(failure),
            Err(failure) => failure,
        };
        let Ok(found) = self.open(id).await else {
            return Err(failure);
        };
        if shows(&found, change) {
            return Ok(found);
        }
        failure.changed = match failure.changed {
            Changed::Yes => Changed::Perhaps,
            Changed::No | Changed::Perhaps => Changed::No,
        };
        Err(failure)
    }
}

/// Whether the workspace has every value that the change wants.
fn shows(workspace: &Workspace, change: &Change) -> bool {
    let description = workspace.description.as_deref().unwrap_or_default();
    change
        .name
        .as_ref()
        .is_none_or(|name| *name == workspace.name)
        && match &change.description {
            Patch::Keep => true,
            Patch::Clear => description.is_empty(),
            Patch::Set(text) => description == text,
        }
}
