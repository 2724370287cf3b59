//! Adding, changing and removing members.
//!
//! Guarantees: the change is sent once, never again by itself. It counts as made only if the members, read again,
//! show it. Must not know which changes are allowed.

use steward_domain::failure::{Changed, Failure, FailureKind, Operation};
use steward_domain::id::{UserId, WorkspaceId};
use steward_domain::membership::MemberChange;
use steward_domain::merge::Trace;
use steward_domain::role::Member;

use crate::outcome::{Confirmed, conclude, is_only_accepted, request_id};
use crate::read::{Read, Whole};
use crate::service::Service;

impl Service {
    /// Sends a change to the members and gives them back as the service then has them. `me` is whom the credential
    /// speaks for, if that is a person. `None`: I have taken myself out, and the service does not show me the members
    /// any more.
    ///
    /// # Errors
    /// When the service refused, or asked for a pause that is not over; or when the members, read again, do not show
    /// the change. [`Failure::changed`] is then `No` if the answer was lost, and `Perhaps` if they could not be read
    /// or the service accepted the request ([`FailureKind::NotShown`]).
    pub async fn manage(
        &self,
        id: &WorkspaceId,
        change: &MemberChange,
        me: Option<&UserId>,
    ) -> Result<Confirmed<Option<Whole<Member>>>, Failure> {
        let operation = Operation::Manage;
        let client = self.client();
        let request = self.desk().manage(self.endpoint(), id, change);
        let reply = client.write(operation, request).await;
        let (answered_as, is_late) = (request_id(&reply), is_only_accepted(&reply));
        let answer = client.observe(reply.and_then(|reply| self.desk().read_manage(reply)));
        if let Err(failure) = &answer
            && failure.changed == Changed::No
            && failure.kind != FailureKind::Refused
        {
            return Err(failure.clone());
        }
        // Who leaves loses the members list with it: being refused it, after the service said yes, shows that.
        let leaves = matches!(change, MemberChange::Remove(user) if me == Some(user));
        let may_be_closed = leaves && answer.is_ok();
        let shows = |found: &Option<Whole<Member>>| match found {
            Some(members) => shows(members, change),
            None => Trace::Whole,
        };
        let read = self.read_managed(id, may_be_closed);
        // What the answer holds is one member at most: the list is what is shown afterwards.
        let answer = answer.map(|()| None);
        conclude(operation, answer, (answered_as, is_late), &shows, read)
            .await
            .map_err(|undone| undone.failure)
    }

    async fn read_managed(
        &self,
        id: &WorkspaceId,
        may_be_closed: bool,
    ) -> Result<Read<Option<Whole<Member>>>, Failure> {
        match self.members_read(id).await {
            Ok((members, request_id)) => Ok((Some(members), request_id)),
            Err(closed)
                if may_be_closed
                    && matches!(closed.kind, FailureKind::Forbidden | FailureKind::NotFound) =>
            {
                Ok((None, closed.service.request_id))
            }
            Err(failure) => Err(failure),
        }
    }
}

/// How much of the change the members show. Who is not among those that could be read may be among the others.
fn shows(members: &Whole<Member>, change: &MemberChange) -> Trace {
    let mut rows = members.rows.iter();
    let found = rows.find(|member| member.person.id == *change.user());
    match (change, found) {
        (MemberChange::Add(_, role) | MemberChange::Change(_, role), Some(member))
            if member.role == *role =>
        {
            Trace::Whole
        }
        (_, None) if members.skipped > 0 => Trace::Blurred,
        (MemberChange::Remove(_), None) => Trace::Whole,
        _ => Trace::Nothing,
    }
}
