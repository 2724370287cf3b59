//! Which changes to members a service's rules allow, once [`crate::capability`] allows managing
//! them. The service stays the authority and may still refuse.

use crate::id::UserId;
use crate::provider::{Description, Power};
use crate::role::{Access, Member, Role};

/// A change to the members of a workspace.
#[derive(Clone, PartialEq, Debug)]
pub enum MemberChange {
    /// Somebody is added in a role.
    Add(UserId, Role),
    /// A member is given another role.
    Change(UserId, Role),
    /// A member is taken out.
    Remove(UserId),
}

impl MemberChange {
    /// Whom it is about.
    #[must_use]
    pub fn user(&self) -> &UserId {
        match self {
            Self::Add(user, _) | Self::Change(user, _) | Self::Remove(user) => user,
        }
    }
}

/// Which rule is in the way.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Obstacle {
    /// My role does not allow managing members.
    NotAllowed,
    /// The role comes from the organization.
    Inherited,
    /// It is the last member in a role of which one must remain.
    Last(Role),
    /// It takes a role at least as strong as this one.
    TooStrong(Role),
    /// There are as many members as the service allows.
    Full(usize),
    /// They are a member already.
    MemberAlready,
    /// This role can't be given in a workspace.
    NotGiven(Role),
}

/// Whether the service's rules allow a change.
///
/// # Errors
/// The first rule that is in the way.
pub fn may_change(
    change: &MemberChange,
    me: Option<&UserId>,
    access: &Access,
    members: &[Member],
    service: &Description,
) -> Result<(), Obstacle> {
    let Some(rules) = &service.members else {
        return Err(Obstacle::NotAllowed);
    };
    let mine = access.role();
    let manages = match access {
        Access::Organization => true,
        _ => mine.is_some_and(|role| service.grants(role, Power::Manage)),
    };
    let leaves = matches!(change, MemberChange::Remove(user) if Some(user) == me && rules.leave);
    if !manages && !leaves {
        return Err(Obstacle::NotAllowed);
    }
    let too_strong =
        |role: &Role| rules.ranked && !leaves && mine.is_some_and(|mine| role.rank() < mine.rank());
    let member = members
        .iter()
        .find(|member| member.person.id == *change.user());
    if let Some(member) = member {
        if matches!(change, MemberChange::Add(..)) {
            return Err(Obstacle::MemberAlready);
        }
        if member.inherited {
            return Err(Obstacle::Inherited);
        }
        if too_strong(&member.role) {
            return Err(Obstacle::TooStrong(member.role.clone()));
        }
        if let Some(last) = &rules.last {
            let stays = matches!(change, MemberChange::Change(_, role) if role == last);
            let others = members
                .iter()
                .any(|other| other.role == *last && other.person.id != member.person.id);
            if member.role == *last && !stays && !others {
                return Err(Obstacle::Last(last.clone()));
            }
        }
    }
    match change {
        MemberChange::Add(_, role) | MemberChange::Change(_, role) => {
            if !service.given_roles().contains(role) {
                return Err(Obstacle::NotGiven(role.clone()));
            }
            if too_strong(role) {
                return Err(Obstacle::TooStrong(role.clone()));
            }
        }
        MemberChange::Remove(_) => {}
    }
    match (change, rules.limit) {
        (MemberChange::Add(..), Some(limit)) if members.len() >= limit => {
            Err(Obstacle::Full(limit))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{ADMIN, OWNER, SERVICE, VIEWER, member, person};

    fn check(change: MemberChange, mine: Role, members: &[Member]) -> Result<(), Obstacle> {
        let me = person("me").id;
        let access = Access::Known(mine, Vec::new());
        may_change(&change, Some(&me), &access, members, &SERVICE)
    }

    fn add(user: &str, role: Role) -> MemberChange {
        MemberChange::Add(person(user).id, role)
    }

    fn change(user: &str, role: Role) -> MemberChange {
        MemberChange::Change(person(user).id, role)
    }

    fn remove(user: &str) -> MemberChange {
        MemberChange::Remove(person(user).id)
    }

    #[test]
    fn one_owner_must_remain() {
        let sole = [member("me", OWNER), member("b", VIEWER)];
        assert_eq!(
            check(remove("me"), OWNER, &sole),
            Err(Obstacle::Last(OWNER))
        );
        assert_eq!(
            check(change("me", ADMIN), OWNER, &sole),
            Err(Obstacle::Last(OWNER))
        );
        assert_eq!(check(change("me", OWNER), OWNER, &sole), Ok(()));
        let two = [member("me", OWNER), member("b", OWNER)];
        assert_eq!(check(remove("me"), OWNER, &two), Ok(()));
        assert_eq!(check(change("b", VIEWER), OWNER, &two), Ok(()));
    }

    #[test]
    fn nobody_deals_in_roles_above_their_own() {
        let members = [member("me", ADMIN), member("o", OWNER), member("p", OWNER)];
        for refused in [
            add("x", OWNER),
            change("me", OWNER),
            change("o", VIEWER),
            remove("o"),
        ] {
            assert_eq!(
                check(refused.clone(), ADMIN, &members),
                Err(Obstacle::TooStrong(OWNER)),
                "{refused:?}"
            );
        }
        assert_eq!(check(change("me", VIEWER), ADMIN, &members), Ok(()));
    }

    #[test]
    fn those_who_may_not_manage_may_still_leave() {
        let members = [member("me", VIEWER), member("o", OWNER)];
        assert_eq!(check(remove("me"), VIEWER, &members), Ok(()));
        for refused in [remove("o"), add("x", VIEWER), change("me", VIEWER)] {
            assert_eq!(check(refused, VIEWER, &members), Err(Obstacle::NotAllowed));
        }
    }

    #[test]
    fn a_full_workspace_a_second_time_and_an_inherited_role_are_refused() {
        let mut members = vec![member("me", OWNER), member("b", VIEWER), member("c", ADMIN)];
        assert_eq!(
            check(add("x", VIEWER), OWNER, &members),
            Err(Obstacle::Full(3))
        );
        assert_eq!(
            check(add("b", VIEWER), OWNER, &members),
            Err(Obstacle::MemberAlready)
        );
        members[1].inherited = true;
        assert_eq!(
            check(remove("b"), OWNER, &members),
            Err(Obstacle::Inherited)
        );
        let odd = Role::from_word("auditor".into());
        assert_eq!(
            check(change("c", odd.clone()), OWNER, &members),
            Err(Obstacle::NotGiven(odd))
        );
    }

    #[test]
    fn an_organizations_credential_manages_everywhere() {
        let members = [member("o", OWNER), member("p", OWNER)];
        let access = Access::Organization;
        assert_eq!(
            may_change(&remove("o"), None, &access, &members, &SERVICE),
            Ok(())
        );
        assert_eq!(
            may_change(&add("x", OWNER), None, &access, &members, &SERVICE),
            Ok(())
        );
    }
}
