//! Roles, members and persons, and what is known about the role of the person at the screen.
//!
//! What a role allows is not here: it stands in its service's [`crate::provider::Description`].

use std::borrow::Cow;
use std::hash::{Hash, Hasher};

use crate::id::UserId;
use crate::odd::Odd;
use crate::provider::{Description, Power};
use crate::time::Timestamp;

/// A person's role in one workspace: the service's own word. Equal when the words are.
#[derive(Clone, Debug)]
pub struct Role {
    word: Cow<'static, str>,
    rank: u8,
}

/// Beyond every role that a service describes, before having no role at all.
const UNKNOWN: u8 = u8::MAX - 2;

impl Role {
    /// A role that a service's contract names; 0 is its strongest.
    #[must_use]
    pub const fn known(word: &'static str, rank: u8) -> Self {
        Self {
            word: Cow::Borrowed(word),
            rank,
        }
    }

    /// A role as a word alone. It is kept, not refused, and grants nothing: what we don't
    /// understand we don't offer.
    #[must_use]
    pub fn from_word(word: String) -> Self {
        Self {
            word: Cow::Owned(word),
            rank: UNKNOWN,
        }
    }

    /// The service's own word.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.word
    }

    /// Place in a list from strongest to weakest; unknown roles come last.
    #[must_use]
    pub fn rank(&self) -> u8 {
        self.rank
    }

    /// Whether a service's contract names it.
    #[must_use]
    pub fn is_known(&self) -> bool {
        self.rank < UNKNOWN
    }
}

impl PartialEq for Role {
    fn eq(&self, other: &Self) -> bool {
        self.word == other.word
    }
}

impl Eq for Role {}

impl Hash for Role {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.word.hash(state);
    }
}

/// Somebody at a service.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Person {
    /// Their id there.
    pub id: UserId,
    /// Their name, where the service gives it.
    pub name: Option<String>,
    /// Their address, where the service gives it.
    pub email: Option<String>,
}

impl Person {
    /// What to call them: the name, else the address, else the id.
    #[must_use]
    pub fn called(&self) -> &str {
        let given = [&self.name, &self.email];
        given
            .into_iter()
            .flatten()
            .map(String::as_str)
            .find(|text| !text.trim().is_empty())
            .unwrap_or(self.id.as_str())
    }
}

/// One member of a workspace.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Member {
    /// Who.
    pub person: Person,
    /// In which role.
    pub role: Role,
    /// Whether the role comes from the organization, so that the workspace can't change it.
    pub inherited: bool,
    /// Since when.
    pub since: Option<Timestamp>,
    /// When the role last changed.
    pub changed: Option<Timestamp>,
    /// What the service said about these times and this console cannot read.
    pub odd: Odd,
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
    /// The account's credential administers the whole organization; the service knows no role of
    /// the caller in one workspace.
    Organization,
}

/// Those who may archive a workspace, to be named to those who may not do something.
pub type Owners = Vec<Person>;

impl Access {
    /// Finds me in a members list.
    #[must_use]
    pub fn from_members(me: &UserId, members: &[Member], service: &Description) -> Self {
        let owners = members
            .iter()
            .filter(|member| service.grants(&member.role, Power::Archive))
            .map(|member| member.person.clone())
            .collect();
        match members.iter().find(|member| member.person.id == *me) {
            Some(member) => Self::Known(member.role.clone(), owners),
            None => Self::NotAMember(owners),
        }
    }

    /// My role, where it is known.
    #[must_use]
    pub fn role(&self) -> Option<&Role> {
        match self {
            Self::Known(role, _) => Some(role),
            Self::Unknown | Self::NotAMember(_) | Self::Unreadable | Self::Organization => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{ADMIN, OWNER, SERVICE, VIEWER, member, person};

    #[test]
    fn finds_me_and_names_those_who_may_archive() {
        let members = [member("a", OWNER), member("b", VIEWER), member("c", OWNER)];
        let owners = vec![person("a"), person("c")];
        assert_eq!(
            Access::from_members(&person("b").id, &members, &SERVICE),
            Access::Known(VIEWER, owners.clone())
        );
        assert_eq!(
            Access::from_members(&person("z").id, &members, &SERVICE),
            Access::NotAMember(owners)
        );
    }

    #[test]
    fn a_role_is_its_word_wherever_it_was_read() {
        assert_eq!(Role::from_word("admin".to_owned()), ADMIN);
        assert!(!Role::from_word("admin".to_owned()).is_known());
        assert_eq!(SERVICE.role("admin".to_owned()).rank(), ADMIN.rank());
        assert_eq!(SERVICE.role("auditor".to_owned()).as_str(), "auditor");
        assert!(OWNER.rank() < ADMIN.rank() && VIEWER.rank() < SERVICE.role(String::new()).rank());
    }

    #[test]
    fn a_person_is_called_by_what_there_is() {
        let mut who = person("u1");
        assert_eq!(who.called(), "u1");
        who.email = Some("ada@example.com".to_owned());
        assert_eq!(who.called(), "ada@example.com");
        who.name = Some("  ".to_owned());
        assert_eq!(who.called(), "ada@example.com");
        who.name = Some("Ada".to_owned());
        assert_eq!(who.called(), "Ada");
    }
}
