//! Buckets and repositories that stand in the way of archiving a workspace: listing them, and deleting
//! one.
//!
//! Guarantees: a list that could not be read whole is never a pass. A deletion is sent once, never
//! again by itself, and of nothing that may be in another workspace; it counts as done only when a
//! whole reading after it does not list that id any more. Must not know who may delete.

use futures::future::join;
use steward_domain::blocker::{Blocker, Check, Finding, Standing};
use steward_domain::failure::{Changed, Failure, FailureKind, Operation};
use steward_domain::id::WorkspaceId;
use steward_domain::merge::Trace;
use steward_providers::Next;

use crate::outcome::{Confirmed, conclude, is_only_accepted, request_id};
use crate::pages::other_shape;
use crate::read::Read;
use crate::service::Service;

/// How long it is waited before each further look at whether a deletion shows, in milliseconds.
const LOOKS_MS: [u32; 4] = [250, 750, 2_000, 4_000];

/// The rows of a list, each id once, and whether they are all of them.
struct Listed {
    rows: Vec<Blocker>,
    is_whole: bool,
}

impl Service {
    /// Makes the checks for repositories and for buckets.
    pub(crate) async fn storage(&self, id: &WorkspaceId) -> Vec<Finding> {
        let of = |check| async move {
            Finding {
                check,
                standing: self.stored_standing(id, check).await,
            }
        };
        let (repositories, buckets) = join(of(Check::Repositories), of(Check::Buckets)).await;
        vec![repositories, buckets]
    }

    async fn stored_standing(&self, id: &WorkspaceId, check: Check) -> Standing {
        if self.desk().stored(self.endpoint(), id, check).is_none() {
            return Standing::NotOffered;
        }
        match self.stored_read(id, check).await {
            Ok((list, _)) => {
                let standing = list.rows.into_iter().filter(|row| row.state.stands());
                let unread = (!list.is_whole).then(|| other_shape(Operation::Blockers));
                Standing::of(standing.collect(), unread)
            }
            Err(failure) => Standing::of(Vec::new(), Some(failure)),
        }
    }

    /// The list, and the id of the request.
    async fn stored_read(&self, id: &WorkspaceId, check: Check) -> Result<Read<Listed>, Failure> {
        let desk = self.desk();
        let request = desk.stored(self.endpoint(), id, check);
        let request =
            request.ok_or_else(|| Failure::new(Operation::Blockers, FailureKind::Refused))?;
        let read = |reply: steward_providers::http::Reply| {
            let request_id = reply.request_id.clone();
            let page = desk.read_stored(reply, id, check)?;
            // What has no id may stand in the way all the same.
            let whole = page.next == Next::End && page.skipped == 0;
            Ok((page.rows, whole, request_id))
        };
        let (mut rows, is_whole, request_id) = self
            .client()
            .read_one(Operation::Blockers, request, &read)
            .await?;
        let mut seen: Vec<String> = Vec::new();
        rows.retain(|row| {
            let is_new = !seen.contains(&row.id);
            seen.push(row.id.clone());
            is_new
        });
        Ok((Listed { rows, is_whole }, request_id))
    }

    /// Deletes a bucket or a repository.
    ///
    /// # Errors
    /// When the service refused (its words are in the failure, whole), or asked for a pause that is
    /// not over; `Refused` without asking where the service does not say that it is in this
    /// workspace. [`FailureKind::NotShown`] when the service accepted it and goes on listing it, or
    /// could not be asked: it may be deleted then. When the answer was lost and the list has it
    /// still, [`Failure::changed`] is `No`; it stays `Perhaps` if the list could not be read.
    pub async fn delete_stored(
        &self,
        id: &WorkspaceId,
        row: &Blocker,
    ) -> Result<Confirmed<()>, Failure> {
        let is_here = row.stored.as_ref().is_some_and(|stored| stored.is_here);
        let operation = Operation::Delete;
        let request = self.desk().delete(self.endpoint(), row);
        let refused = || Failure::new(operation, FailureKind::Refused);
        let request = request.filter(|_| is_here).ok_or_else(refused)?;
        let client = self.client();
        let reply = client.write(operation, request).await;
        let (answered_as, is_late) = (request_id(&reply), is_only_accepted(&reply));
        let answer = client.observe(reply.and_then(|reply| self.desk().read_delete(reply)));
        if let Err(failure) = &answer
            && failure.changed == Changed::No
            && failure.kind != FailureKind::NotFound
        {
            return Err(failure.clone());
        }
        let shows = |list: &Listed| shows(list, row);
        let read = self.read_deleted(id, row, answer.is_ok());
        let answer = answer.map(|()| None);
        conclude(operation, answer, (answered_as, is_late), &shows, read)
            .await
            .map(|done| done.map(|_| ()))
            .map_err(|undone| undone.failure)
    }

    /// Reads the list; what was accepted is looked for a few times.
    async fn read_deleted(
        &self,
        id: &WorkspaceId,
        row: &Blocker,
        is_accepted: bool,
    ) -> Result<Read<Listed>, Failure> {
        let mut waits = LOOKS_MS.iter().filter(|_| is_accepted);
        loop {
            let read = self.stored_read(id, row.check).await?;
            match (shows(&read.0, row), waits.next()) {
                (Trace::Nothing, Some(wait)) => self.clock.sleep(*wait).await,
                _ => return Ok(read),
            }
        }
    }
}

/// How much of the deletion a list shows. A mark on this very object is as good as its absence; what is
/// not among those that could be read may be among the others.
fn shows(list: &Listed, row: &Blocker) -> Trace {
    let mut rows = list.rows.iter();
    match rows.find(|other| other.id == row.id) {
        Some(found) if found.state.stands() => Trace::Nothing,
        None if !list.is_whole => Trace::Blurred,
        _ => Trace::Whole,
    }
}
