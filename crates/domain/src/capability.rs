//! The one place that decides who may do what. Every button, key, menu entry and direct address
//! asks [`capability`]; the service stays the authority and may still refuse.
//!
//! Fails closed: what is unknown is pending, what could not be read is denied.

use crate::provider::{Description, InUse, Power};
use crate::role::{Access, Owners, Role};
use crate::workspace::{Kind, State, Workspace};

/// Something a person may want to do with a workspace.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Action {
    /// Change its fields.
    Edit,
    /// Add, change and remove its members.
    Manage,
    /// Archive it.
    Archive,
    /// Cancel a subscription that stands in the way of archiving it.
    Cancel,
    /// Delete a bucket or repository that stands in the way of archiving it.
    Delete,
}

impl Action {
    /// Every action.
    pub const ALL: [Self; 5] = [
        Self::Edit,
        Self::Manage,
        Self::Archive,
        Self::Cancel,
        Self::Delete,
    ];

    fn power(self) -> Power {
        match self {
            Self::Edit => Power::Edit,
            Self::Manage => Power::Manage,
            Self::Archive => Power::Archive,
            Self::Cancel => Power::Cancel,
            Self::Delete => Power::Delete,
        }
    }
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
    pub needed: Vec<Role>,
    /// The owners of the workspace, where they are known.
    pub owners: Owners,
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
    /// The service gives it a state that this console does not know, in these words.
    StateUnknown(String),
    /// The service gives its fields in a form that this console can't read.
    FieldsUnreadable,
    /// It is the organization's default one, which the service protects from this.
    Protected,
    /// The service has no such thing.
    NotOffered,
}

/// May the person with this access do this to this workspace?
#[must_use]
pub fn capability(
    action: Action,
    workspace: &Workspace,
    access: &Access,
    service: &Description,
) -> Verdict {
    let denied = |reason, owners: &Owners| {
        Verdict::Denied(Denial {
            reason,
            needed: service.with_power(action.power()),
            owners: owners.clone(),
        })
    };
    let nobody = Owners::new();
    match &workspace.state {
        State::Active => {}
        State::Archived(_) => return denied(Reason::Archived, &nobody),
        State::Unknown(words) => return denied(Reason::StateUnknown(words.clone()), &nobody),
    }
    let offered = match action {
        Action::Manage => service.members.is_some(),
        Action::Cancel => service.archive.refused_while == Some(InUse::Subscriptions),
        Action::Delete => service.archive.refused_while == Some(InUse::BucketsOrRepos),
        Action::Edit | Action::Archive => true,
    };
    if !offered {
        return denied(Reason::NotOffered, &nobody);
    }
    if workspace.kind == Kind::Default && action != Action::Edit {
        return denied(Reason::Protected, &nobody);
    }
    if action == Action::Edit && service.editable(workspace).next().is_none() {
        return match workspace.odd.is_empty() {
            true => denied(Reason::Protected, &nobody),
            false => denied(Reason::FieldsUnreadable, &nobody),
        };
    }
    match access {
        Access::Organization => Verdict::Allowed,
        Access::Unknown => Verdict::Pending,
        Access::Unreadable => denied(Reason::RoleUnreadable, &nobody),
        Access::NotAMember(owners) => denied(Reason::NotAMember, owners),
        Access::Known(role, _) if service.grants(role, action.power()) => Verdict::Allowed,
        Access::Known(role, owners) => denied(Reason::RoleTooLow(role.clone()), owners),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::field::Field;
    use crate::odd::Part;
    use crate::provider::{AccessSource, Archive, CredentialKind, Reversibility, RoleFacts};
    use crate::testing::{ADMIN, OWNER, SERVICE, VIEWER, person, workspace};

    fn owners() -> Owners {
        vec![person("auth0|1")]
    }

    #[test]
    fn the_whole_table() {
        let accesses = [
            Access::Known(OWNER, owners()),
            Access::Known(ADMIN, owners()),
            Access::Known(VIEWER, owners()),
            Access::Known(Role::from_word("auditor".into()), owners()),
            Access::Unknown,
            Access::NotAMember(owners()),
            Access::Unreadable,
            Access::Organization,
        ];
        let mut table = String::new();
        for action in Action::ALL {
            for (state, kind) in [
                (State::Active, Kind::Ordinary),
                (State::Archived(None), Kind::Ordinary),
                (State::Active, Kind::Default),
                (State::Active, Kind::ForTool),
                (State::Unknown("suspended".into()), Kind::Ordinary),
                (State::Unknown("suspended".into()), Kind::Default),
            ] {
                let mut workspace = workspace("ws_1", "Acme");
                (workspace.state, workspace.kind) = (state, kind);
                for access in &accesses {
                    table.push(match capability(action, &workspace, access, &SERVICE) {
                        Verdict::Allowed => 'A',
                        Verdict::Pending => '?',
                        Verdict::Denied(denial) => match denial.reason {
                            Reason::RoleTooLow(_) => 'R',
                            Reason::NotAMember => 'M',
                            Reason::RoleUnreadable => 'U',
                            Reason::Archived => 'X',
                            Reason::StateUnknown(_) => 'S',
                            Reason::FieldsUnreadable => 'F',
                            Reason::Protected => 'D',
                            Reason::NotOffered => 'N',
                        },
                    });
                }
                table.push(' ');
            }
            table.push('\n');
        }
        // Columns: in use, archived, the default one, one for a tool, two in a state that is not known.
        // Rows: edit, manage, archive, cancel, and delete, which
        // this service has no occasion for.
        assert_eq!(
            table,
            "AARR?MUA XXXXXXXX AARR?MUA AARR?MUA SSSSSSSS SSSSSSSS \n\
             AARR?MUA XXXXXXXX DDDDDDDD AARR?MUA SSSSSSSS SSSSSSSS \n\
             ARRR?MUA XXXXXXXX DDDDDDDD ARRR?MUA SSSSSSSS SSSSSSSS \n\
             AARR?MUA XXXXXXXX DDDDDDDD AARR?MUA SSSSSSSS SSSSSSSS \n\
             NNNNNNNN XXXXXXXX NNNNNNNN NNNNNNNN SSSSSSSS SSSSSSSS \n"
        );
    }

    #[test]
    fn a_field_in_another_form_is_not_edited_and_the_others_are() {
        let access = Access::Organization;
        let mut odd = workspace("ws_1", "42");
        odd.odd.note(Part::Field(Field::Name), "42".into());
        assert_eq!(
            capability(Action::Edit, &odd, &access, &SERVICE),
            Verdict::Allowed
        );
        assert!(
            SERVICE
                .editable(&odd)
                .all(|facts| facts.field != Field::Name)
        );
        for facts in SERVICE.fields {
            odd.odd.note(Part::Field(facts.field), "{}".into());
        }
        let Verdict::Denied(denial) = capability(Action::Edit, &odd, &access, &SERVICE) else {
            panic!("nothing of it can be edited");
        };
        assert_eq!(denial.reason, Reason::FieldsUnreadable);
        assert_eq!(
            capability(Action::Archive, &odd, &access, &SERVICE),
            Verdict::Allowed
        );
    }

    #[test]
    fn what_is_stored_is_deleted_by_roles_that_may_where_it_stands_in_the_way() {
        static STORES: Description = Description {
            key: "stores",
            name: "Stores",
            mark: "S",
            access: AccessSource::Members,
            credential: CredentialKind::Token,
            roles: &[
                RoleFacts {
                    role: OWNER,
                    powers: &[Power::Delete],
                    given: true,
                },
                RoleFacts {
                    role: VIEWER,
                    powers: &[Power::Read],
                    given: true,
                },
            ],
            archive: Archive {
                reversibility: Reversibility::ByStaff,
                effects: &[],
                refused_while: Some(InUse::BucketsOrRepos),
            },
            fields: &[],
            columns: &[],
            members: None,
        };
        let mut workspace = workspace("ws_1", "Acme");
        let asked = |workspace: &Workspace, access: Access| {
            capability(Action::Delete, workspace, &access, &STORES)
        };
        let verdict = asked(&workspace, Access::Known(OWNER, owners()));
        assert_eq!(verdict, Verdict::Allowed);
        let denied = asked(&workspace, Access::Known(VIEWER, owners()));
        assert!(matches!(denied, Verdict::Denied(denial) if denial.needed == [OWNER]));
        assert_eq!(asked(&workspace, Access::Unknown), Verdict::Pending);
        workspace.state = State::Archived(None);
        let archived = asked(&workspace, Access::Known(OWNER, owners()));
        assert!(matches!(archived, Verdict::Denied(denial) if denial.reason == Reason::Archived));
    }

    #[test]
    fn a_denial_names_the_needed_roles_my_role_and_the_owners() {
        let access = Access::Known(VIEWER, owners());
        assert_eq!(
            capability(
                Action::Archive,
                &workspace("ws_1", "Acme"),
                &access,
                &SERVICE
            ),
            Verdict::Denied(Denial {
                reason: Reason::RoleTooLow(VIEWER),
                needed: vec![OWNER],
                owners: owners(),
            })
        );
    }
}
