//! Roles and members, and what is known about the role of the person at the screen.

use crate::id::UserId;
use crate::time::Timestamp;

/// A person's role in one workspace.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Role {
    /// May do everything, archiving included.
    Owner,
    /// May edit and manage members, but not archive.
    Admin,
    /// May read.
    Viewer,
    /// A role this console does not know, in the service's own word. Grants nothing here: what we
    /// don't understand we don't offer.
    Other(String),
}

impl Role {
    /// The roles this console knows, strongest first.
    pub const KNOWN: [Self; 3] = [Self::Owner, Self::Admin, Self::Viewer];

    /// The service's own word.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Owner => "owner",
            Self::Admin => "admin",
            Self::Viewer => "viewer",
            Self::Other(word) => word,
        }
    }

    /// Reads the service's word; an unknown one is kept, not refused.
    #[must_use]
    pub fn from_word(word: String) -> Self {
        match word.as_str() {
            "owner" => Self::Owner,
            "admin" => Self::Admin,
            "viewer" => Self::Viewer,
            _ => Self::Other(word),
        }
    }

    /// Place in a list from strongest to weakest; unknown roles come last.
    #[must_use]
    pub fn rank(&self) -> u8 {
        match self {
            Self::Owner => 0,
            Self::Admin => 1,
            Self::Viewer => 2,
            Self::Other(_) => 3,
        }
    }
}

/// One member of a workspace.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Member {
    /// Who.
    pub user: UserId,
    /// In which role.
    pub role: Role,
    /// Since when.
    pub since: Option<Timestamp>,
    /// When the role last changed.
    pub changed: Option<Timestamp>,
}

/// What is known about my role in one workspace.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum Access {
    /// Nobody has asked yet, or the answer is on its way.
    #[default]
    Unknown,
    /// The members list names me.
    Known(Role, Owners),
    /// The members list is there and does not name me.
    NotAMember(Owners),
    /// The members list could not be read. Never treated as permission.
    Unreadable,
}

/// The owners of a workspace, to be named to those who may not do something.
pub type Owners = Vec<UserId>;

impl Access {
    /// Finds me in a members list.
    #[must_use]
    pub fn from_members(me: &UserId, members: &[Member]) -> Self {
        let owners = members
            .iter()
            .filter(|member| member.role == Role::Owner)
            .map(|member| member.user.clone())
            .collect();
        match members.iter().find(|member| member.user == *me) {
            Some(member) => Self::Known(member.role.clone(), owners),
            None => Self::NotAMember(owners),
        }
    }

    /// My role, where it is known.
    #[must_use]
    pub fn role(&self) -> Option<&Role> {
        match self {
            Self::Known(role, _) => Some(role),
            Self::Unknown | Self::NotAMember(_) | Self::Unreadable => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn member(user: &str, role: Role) -> Member {
        Member {
            user: UserId::new(user).unwrap(),
            role,
            since: None,
            changed: None,
        }
    }

    #[test]
    fn finds_me_and_names_the_owners() {
        let members = [
            member("a", Role::Owner),
            member("b", Role::Viewer),
            member("c", Role::Owner),
        ];
        let owners = vec![UserId::new("a").unwrap(), UserId::new("c").unwrap()];
        assert_eq!(
            Access::from_members(&UserId::new("b").unwrap(), &members),
            Access::Known(Role::Viewer, owners.clone())
        );
        assert_eq!(
            Access::from_members(&UserId::new("z").unwrap(), &members),
            Access::NotAMember(owners)
        );
    }

    #[test]
    fn every_known_role_survives_its_word() {
        for role in Role::KNOWN {
            assert_eq!(Role::from_word(role.as_str().to_owned()), role);
        }
        assert_eq!(
            Role::from_word("auditor".to_owned()),
            Role::Other("auditor".to_owned())
        );
    }
}
