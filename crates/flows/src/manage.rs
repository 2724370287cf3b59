//! Adding, changing and removing members.
//!
//! Guarantees: the change is sent once, never again by itself. When its outcome is not known, the
//! members are read again before anything is said about it; a success of which the service gave its
//! word is never reported as a failure. Must not know which changes are allowed.

use steward_domain::failure::{Changed, Failure, Operation};
use steward_domain::id::WorkspaceId;
use steward_domain::membership::MemberChange;
use steward_domain::role::Member;

use crate::receipt::{Done, How, not_shown, request_id};
use crate::service::Service;

impl Service {
    /// Sends a change to the members and gives them back as the service then has them. `None`: it
    /// is done, but they could not be read afterwards, as when one has taken oneself out, or do
    /// not show it yet.
    ///
    /// # Errors
    /// When the service refused, or asked for a pause that is not over; or when its answer was lost
    /// and the members do not show the change. [`Failure::changed`] is then `No`; it stays
    /// `Perhaps` if they could not be read, and is `Perhaps` too if the service reported success.
    pub async fn manage(
        &self,
        id: &WorkspaceId,
        change: &MemberChange,
    ) -> Result<Done<Option<Vec<Member>>>, Failure> {
        let line = self.line();
        let request = self.desk().manage(self.door(), id, change);
        let reply = line.write(Operation::Manage, request).await;
        let answered_as = request_id(&reply);
        let failure = match line.heed(reply.and_then(|reply| self.desk().read_manage(reply))) {
            Ok(()) => {
                let found = self.members(id).await.ok();
                let shown = found.filter(|members| shows(members, change));
                return Ok(Done::answered(shown, answered_as));
            }
            Err(failure) if failure.changed == Changed::No => return Err(failure),
            Err(failure) => failure,
        };
        match self.members_read(id).await {
            Ok((members, request_id)) if shows(&members, change) => Ok(Done {
                value: Some(members),
                how: How::ConfirmedByReading,
                request_id,
            }),
            Ok(_) => Err(not_shown(failure)),
            Err(_) => Err(failure),
        }
    }
}

/// Whether the members are as the change wants them.
fn shows(members: &[Member], change: &MemberChange) -> bool {
    let found = members
        .iter()
        .find(|member| member.person.id == *change.user());
    match change {
        MemberChange::Add(_, role) | MemberChange::Change(_, role) => {
            found.is_some_and(|member| member.role == *role)
        }
        MemberChange::Remove(_) => found.is_none(),
    }
}
