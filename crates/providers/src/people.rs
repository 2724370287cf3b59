//! Members, people and keys as the services list them: an id, and a few plain words about it.
//!
//! Guarantees: every member may be absent, `null` or of an odd type; only an id is needed. The
//! services' names for the same thing do not collide, so that one record reads them all and is in
//! the download once. Must not know which service it reads.

use steward_domain::failure::{Failure, Operation, Unreadable};
use steward_domain::id::UserId;
use steward_domain::provider::Description;
use steward_domain::role::{Member, Person};

use crate::dialect::{ApiKey, Page};
use crate::http::Reply;
use crate::oauth::Identity;
use crate::page::{Envelope, object, read};
use crate::reader::{Place, Record, Scalar, Table};
use crate::reply::unreadable;

/// Somebody or something with an id.
#[derive(Default)]
pub(crate) struct Entry {
    id: Scalar,
    user_id: Scalar,
    name: Scalar,
    last_name: Scalar,
    email: Scalar,
    role: Scalar,
    since: Scalar,
    changed: Scalar,
    deleted: Scalar,
    hint: Scalar,
}

impl Record for Entry {
    fn place(&mut self, name: &str) -> Place<'_> {
        Place::Value(match name {
            "id" => &mut self.id,
            "user_id" | "userId" => &mut self.user_id,
            "name" => &mut self.name,
            "lastName" => &mut self.last_name,
            "email" => &mut self.email,
            "role" | "workspace_role" => &mut self.role,
            "created_at" | "added_at" => &mut self.since,
            "updated_at" => &mut self.changed,
            "deletedAt" => &mut self.deleted,
            "partial_key_hint" => &mut self.hint,
            // Flashback nests who a member is.
            "user" => return Place::Record(self),
            _ => return Place::Nowhere,
        })
    }
}

impl Entry {
    /// The id, which is taken out as all of an entry is. That of a user comes first: what stands
    /// beside it is the id of the membership.
    fn id(&mut self) -> Option<String> {
        let id = std::mem::take(&mut self.user_id).words();
        id.or_else(|| std::mem::take(&mut self.id).words())
    }

    /// The whole name.
    fn name(&mut self) -> Option<String> {
        let first = std::mem::take(&mut self.name).words();
        let last = std::mem::take(&mut self.last_name).words();
        match (first, last) {
            (Some(mut first), Some(last)) => {
                first.push(' ');
                first.push_str(&last);
                Some(first)
            }
            (first, last) => first.or(last),
        }
    }

    /// The e-mail address.
    fn email(&mut self) -> Option<String> {
        std::mem::take(&mut self.email).words()
    }

    fn person(mut self) -> Option<Person> {
        Some(Person {
            id: self.id().and_then(UserId::new)?,
            name: self.name(),
            email: self.email(),
        })
    }

    fn member(mut self, service: &Description) -> Option<Member> {
        // No role at all is a role we don't know: it grants nothing.
        let role = service.role(std::mem::take(&mut self.role).text().unwrap_or_default());
        Some(Member {
            // A role that the workspace can't give comes from the organization.
            inherited: service
                .roles
                .iter()
                .any(|facts| facts.role == role && !facts.given),
            role,
            since: self.since.time().or(self.since.unix()),
            changed: self.changed.time().or(self.changed.unix()),
            person: self.person()?,
        })
    }

    fn key(mut self) -> Option<ApiKey> {
        let id = self.id()?;
        Some(ApiKey {
            name: self.name().unwrap_or_else(|| id.clone()),
            hint: self.hint.words(),
            id,
        })
    }
}

/// A list of entries. Those without an id are counted: they name nobody.
#[derive(Default)]
pub(crate) struct Entries {
    row: Entry,
    read: Vec<Entry>,
    pub(crate) skipped: usize,
}

impl Table for Entries {
    fn row(&mut self) -> &mut dyn Record {
        &mut self.row
    }

    fn take(&mut self) {
        let mut row = std::mem::take(&mut self.row);
        match row.id() {
            Some(id) => {
                row.id = Scalar::Text(id);
                self.read.push(row);
            }
            None => self.skipped += 1,
        }
    }
}

impl Entries {
    /// The entries as members of a workspace.
    pub(crate) fn members(self, service: &Description) -> Vec<Member> {
        let rows = self.read.into_iter();
        rows.filter_map(|entry| entry.member(service)).collect()
    }
}

/// Reads whom a credential speaks for: a person, or else an organization, which is then the subject
/// by which the same account is known again.
pub(crate) fn identity(
    reply: &Reply,
    inside: Option<&'static str>,
    is_person: bool,
) -> Result<Identity, Failure> {
    let mut entry = Entry::default();
    object(Operation::WhoAmI, reply, inside, &mut entry)?;
    let mut identity = Identity {
        id: entry.id().and_then(UserId::new),
        name: entry.name(),
        email: entry.email(),
        organization: None,
    };
    if identity == Identity::default() {
        let why = Unreadable::OtherShape;
        return Err(unreadable(Operation::WhoAmI, reply, why));
    }
    if !is_person {
        identity.organization = identity.name.take();
    }
    Ok(identity)
}

/// Reads a page of members.
pub(crate) fn members(
    reply: &Reply,
    envelope: &Envelope,
    service: &Description,
) -> Result<Page<Member>, Failure> {
    let page = entries(Operation::Members, reply, envelope)?;
    let rows = page.rows.into_iter();
    Ok(Page {
        rows: rows.filter_map(|entry| entry.member(service)).collect(),
        skipped: page.skipped,
        next: page.next,
    })
}

/// Reads a page of people; those who have been deleted are left out.
pub(crate) fn people(reply: &Reply, envelope: &Envelope) -> Result<Page<Person>, Failure> {
    let page = entries(Operation::People, reply, envelope)?;
    let rows = page.rows.into_iter();
    Ok(Page {
        rows: rows
            .filter(|entry| !entry.deleted.is_mark())
            .filter_map(Entry::person)
            .collect(),
        skipped: page.skipped,
        next: page.next,
    })
}

/// Reads a page of keys.
pub(crate) fn keys(reply: &Reply, envelope: &Envelope) -> Result<Page<ApiKey>, Failure> {
    let page = entries(Operation::Keys, reply, envelope)?;
    Ok(Page {
        rows: page.rows.into_iter().filter_map(Entry::key).collect(),
        skipped: page.skipped,
        next: page.next,
    })
}

fn entries(
    operation: Operation,
    reply: &Reply,
    envelope: &Envelope,
) -> Result<Page<Entry>, Failure> {
    let mut rows = Entries::default();
    let more = read(operation, reply, envelope, &mut rows)?;
    let last = match rows.read.last().map(|last| &last.id) {
        Some(Scalar::Text(id)) => Some(id.as_str()),
        _ => None,
    };
    Ok(Page {
        next: more.next(last),
        rows: rows.read,
        skipped: rows.skipped,
    })
}
