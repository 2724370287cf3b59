//! Saving a change, and making a workspace.
//!
//! Guarantees: each is sent once, never again by itself. When the outcome of a change is not known,
//! the workspace is read again before anything is said about it. Must not know how a change is
//! typed or shown.

use steward_domain::draft::{Change, Draft};
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
    /// When the service refused, or asked for a pause that is not over; or when its answer was lost
    /// and reading again did not show the change. [`Failure::changed`] then says what is known:
    /// `No` if the wanted values are not there; what it was before if reading again failed too;
    /// `Perhaps` if the service reported success and yet shows other values, as one does that
    /// tidies texts.
    pub async fn save(&self, id: &WorkspaceId, change: &Change) -> Result<Workspace, Failure> {
        let line = self.line();
        let request = self.desk().save(self.door(), id, change);
        let reply = line.write(Operation::Save, request).await;
        let failure = match line.heed(reply.and_then(|reply| self.desk().read_save(reply))) {
            Ok(saved) => return Ok(saved),
            Err(failure) if failure.changed == Changed::No => return Err(failure),
            Err(failure) => failure,
        };
        match self.open(id).await {
            Ok(found) if change.is_in(&found) => Ok(found),
            Ok(_) => Err(steps::not_shown(failure)),
            Err(_) => Err(failure),
        }
    }

    /// Makes a workspace and gives it back as the service then has it.
    ///
    /// # Errors
    /// When the service refused, or asked for a pause that is not over; or when its answer was
    /// lost. A lost answer leaves no id to read again, so that [`Failure::changed`] stays as it is:
    /// `Perhaps`, or `Yes` if only the answer's content could not be read. The caller then reads
    /// the list again; trying again by itself could make a second workspace.
    pub async fn create(&self, draft: &Draft) -> Result<Workspace, Failure> {
        let line = self.line();
        let request = self.desk().create(self.door(), draft);
        let reply = line.write(Operation::Create, request).await;
        line.heed(reply.and_then(|reply| self.desk().read_create(reply)))
    }
}
