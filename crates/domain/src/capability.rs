//! The one place that decides who may do what. Every button, key, menu entry and direct address
//! asks [`capability`]; the service stays the authority and may still refuse.
//!
//! Fails closed: what is unknown is pending, what could not be read is denied.

use crate::id::UserId;
use crate::provider::Description;
use crate::role::{Access, Role};
use crate::workspace::State;

/// Something a person may want to do with a workspace.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Action {
    /// Change its name or description.
    Edit,
    /// Archive it.
    Archive,
}

impl Action {
    /// Every action.
    pub const ALL: [Self; 2] = [Self::Edit, Self::Archive];
}

/// The answer to "may I?".
#[derive(Clone, PartialEq, Debug)]
pub enum Verdict {
    /// Yes, as far as this console can tell.
    Allowed,
    /// My role is not known yet. Neither enabled nor denied.
    Pending,
    /// No, and why.
    Denied(Denial),
}

/// Why not, and who could.
#[derive(Clone, PartialEq, Debug)]
pub struct Denial {
    /// The reason.
    pub reason: Reason,
    /// The roles that may, strongest first.
    pub needed: &'static [Role],
    /// The owners of the workspace, where they are known.
    pub owners: Vec<UserId>,
}

/// The reason of a denial.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Reason {
    /// My role is known and does not suffice.
    RoleTooLow(Role),
    /// I am not in the members list.
    NotAMember,
    /// My role could not be read.
    RoleUnreadable,
    /// The workspace is archived: nothing can be changed any more.
    Archived,
}

/// May the person with this access do this to a workspace in this state?
///
/// The state comes first: an archived workspace refuses everyone, so nobody is told to ask an
/// owner for something that no owner can do.
#[must_use]
pub fn capability(action: Action, state: State, access: &Access, service: &Description) -> Verdict {
    let needed = match action {
        Action::Edit => service.may_edit,
        Action::Archive => service.may_archive,
    };
    let denied = |reason, owners: &[UserId]| {
        Verdict::Denied(Denial {
            reason,
            needed,
            owners: owners.to_vec(),
        })
    };
    if state.is_archived() {
        return denied(Reason::Archived, &[]);
    }
    match access {
        Access::Unknown => Verdict::Pending,
        Access::Unreadable => denied(Reason::RoleUnreadable, &[]),
        Access::NotAMember(owners) => denied(Reason::NotAMember, owners),
        Access::Known(role, _) if needed.contains(role) => Verdict::Allowed,
        Access::Known(role, owners) => denied(Reason::RoleTooLow(role.clone()), owners),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::provider::Reversibility;

    const SERVICE: Description = Description {
        key: "test",
        name: "Test",
        mark: "T",
        may_edit: &[Role::Owner, Role::Admin],
        may_archive: &[Role::Owner],
        name_limit: 50,
        description_limit: Some(200),
        archive: Reversibility::NoWayDocumented,
    };

    fn owners() -> Vec<UserId> {
        vec![UserId::new("auth0|1").unwrap()]
    }

    /// One letter a cell: A allowed, P pending, R role too low, M not a member, U unreadable,
    /// X archived. The whole table, so that a new action, role or state has to be thought about.
    #[test]
    fn the_whole_table() {
        let accesses = [
            ("owner", Access::Known(Role::Owner, owners())),
            ("admin", Access::Known(Role::Admin, owners())),
            ("viewer", Access::Known(Role::Viewer, owners())),
            (
                "other",
                Access::Known(Role::Other("auditor".into()), owners()),
            ),
            ("unknown", Access::Unknown),
            ("outsider", Access::NotAMember(owners())),
            ("unreadable", Access::Unreadable),
        ];
        let states = [State::Active, State::Archived(None)];
        let mut table = String::new();
        for action in Action::ALL {
            for state in states {
                for (_, access) in &accesses {
                    table.push(match capability(action, state, access, &SERVICE) {
                        Verdict::Allowed => 'A',
                        Verdict::Pending => 'P',
                        Verdict::Denied(denial) => match denial.reason {
                            Reason::RoleTooLow(_) => 'R',
                            Reason::NotAMember => 'M',
                            Reason::RoleUnreadable => 'U',
                            Reason::Archived => 'X',
                        },
                    });
                }
                table.push(' ');
            }
        }
        //                 edit: active, archived; archive: active, archived
        assert_eq!(table, "AARRPMU XXXXXXX ARRRPMU XXXXXXX ");
    }

    #[test]
    fn a_denial_names_the_needed_roles_my_role_and_the_owners() {
        let access = Access::Known(Role::Viewer, owners());
        assert_eq!(
            capability(Action::Archive, State::Active, &access, &SERVICE),
            Verdict::Denied(Denial {
                reason: Reason::RoleTooLow(Role::Viewer),
                needed: &[Role::Owner],
                owners: owners(),
            })
        );
    }
}
