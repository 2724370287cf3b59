//! Members, people and keys as the services list them: an id, and a few plain words about it.
//!
//! Guarantees: every member may be absent, `null` or of an odd type; only an id is needed. An entry
//! that says to be of another kind, or whose person cannot be told, names nobody: it is counted. The
//! services' names for the same thing do not collide, so that one record reads them all and is in
//! the download once. Must not know which service it reads.

use serde::Deserialize;
use steward_domain::failure::{Failure, Operation, Unreadable};
use steward_domain::id::UserId;
use steward_domain::odd::{Odd, Part};
use steward_domain::provider::Description;
use steward_domain::role::{Member, Person};

use crate::dialect::{ApiKey, Page};
use crate::http::Reply;
use crate::json::{Nested, Rows, Scalar};
use crate::oauth::Identity;
use crate::pagination::{Envelope, is_other, object, read, taken};
use crate::reply::unreadable;

/// Somebody or something with an id.
#[derive(Default, Deserialize)]
#[serde(from = "Wire")]
pub(crate) struct Entry {
    kind: Scalar,
    who: Who,
    user_id: Scalar,
    role: Scalar,
    since: Scalar,
    changed: Scalar,
    hint: Scalar,
    asks_code: Scalar,
    program: Scalar,
    /// Who a member is, where a service nests that: Flashback who a member is, OpenAI who a user of the organization is.
    user: Nested<Who>,
}

/// A person, as most services write one.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Who {
    id: Scalar,
    name: Scalar,
    #[serde(rename = "lastName")]
    last_name: Scalar,
    email: Scalar,
    #[serde(rename = "deletedAt")]
    deleted: Scalar,
    enabled: Scalar,
    banned: Scalar,
}

/// An entry with every name that some service has for a member.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Wire {
    id: Scalar,
    name: Scalar,
    #[serde(rename = "lastName")]
    last_name: Scalar,
    email: Scalar,
    #[serde(rename = "deletedAt")]
    deleted: Scalar,
    enabled: Scalar,
    banned: Scalar,
    r#type: Scalar,
    object: Scalar,
    user_id: Scalar,
    #[serde(rename = "userId")]
    flashback_user_id: Scalar,
    role: Scalar,
    workspace_role: Scalar,
    created_at: Scalar,
    added_at: Scalar,
    updated_at: Scalar,
    partial_key_hint: Scalar,
    redacted_value: Scalar,
    #[serde(rename = "mfaRequired")]
    asks_code: Scalar,
    is_service_account: Scalar,
    user: Nested<Who>,
}

impl From<Wire> for Entry {
    fn from(wire: Wire) -> Self {
        Self {
            kind: wire.r#type.or(wire.object),
            who: Who {
                id: wire.id,
                name: wire.name,
                last_name: wire.last_name,
                email: wire.email,
                deleted: wire.deleted,
                enabled: wire.enabled,
                banned: wire.banned,
            },
            user_id: wire.user_id.or(wire.flashback_user_id),
            role: wire.role.or(wire.workspace_role),
            since: wire.created_at.or(wire.added_at),
            changed: wire.updated_at,
            hint: wire.partial_key_hint.or(wire.redacted_value),
            asks_code: wire.asks_code,
            program: wire.is_service_account,
            user: wire.user,
        }
    }
}

impl Who {
    /// The whole name.
    fn name(&mut self) -> Option<String> {
        let first = std::mem::take(&mut self.name).said();
        let last = std::mem::take(&mut self.last_name).said();
        match (first, last) {
            (Some(mut first), Some(last)) => {
                first.push(' ');
                first.push_str(&last);
                Some(first)
            }
            (first, last) => first.or(last),
        }
    }

    fn email(&mut self) -> Option<String> {
        std::mem::take(&mut self.email).said()
    }

    /// Whether it is nobody to be put to work: deleted, shut out, or switched off. What is neither yes
    /// nor no says none of it.
    fn is_out(&self) -> bool {
        self.deleted.is_mark() || self.banned.is_true() || self.enabled.is_false()
    }
}

impl Entry {
    /// The id, which is taken out as all of an entry is. That of a user comes first: what stands
    /// beside it is the id of the membership, and is nobody's where the user cannot be read.
    fn id(&mut self) -> Option<String> {
        let taken = |id: &mut Scalar| std::mem::take(id).id();
        if self.is_user() {
            return taken(&mut self.user_id).or_else(|| taken(&mut self.who.id));
        }
        let says = |value: &Scalar| !matches!(value, Scalar::Missing);
        let is_odd = self.user.is_array || self.user.instead.iter().any(says);
        taken(&mut self.user_id)
            .or_else(|| taken(&mut self.user.record.id))
            .or_else(|| taken(&mut self.who.id).filter(|_| !is_odd))
    }

    /// Whether it is a user of OpenAI's organization: what is nested there has an id that no path
    /// takes, and comes second.
    fn is_user(&self) -> bool {
        matches!(&self.kind, Scalar::Text(kind) if kind == "organization.user")
    }

    fn in_order(&mut self) -> [&mut Who; 2] {
        match self.is_user() {
            true => [&mut self.who, &mut self.user.record],
            false => [&mut self.user.record, &mut self.who],
        }
    }

    /// The whole name.
    fn name(&mut self) -> Option<String> {
        self.in_order().into_iter().find_map(Who::name)
    }

    /// The e-mail address.
    fn email(&mut self) -> Option<String> {
        self.in_order().into_iter().find_map(Who::email)
    }

    /// Whether it is somebody who can be added to a workspace, and no program.
    fn is_at_work(&self) -> bool {
        !(self.program.is_true() || self.who.is_out() || self.user.record.is_out())
    }

    fn person(mut self) -> Option<Person> {
        Some(Person {
            id: self.id().and_then(UserId::new)?,
            name: self.name(),
            email: self.email(),
        })
    }

    fn member(mut self, service: &Description) -> Option<Member> {
        let mut odd = Odd::default();
        // No role at all is a role we don't know, and so is what is no text: it grants nothing.
        let role = service.role(std::mem::take(&mut self.role).said().unwrap_or_default());
        Some(Member {
            // A role that the workspace can't give comes from the organization.
            inherited: service
                .roles
                .iter()
                .any(|facts| facts.role == role && !facts.given),
            role,
            since: std::mem::take(&mut self.since).time_or(Part::Created, &mut odd),
            changed: std::mem::take(&mut self.changed).time_or(Part::Updated, &mut odd),
            person: self.person()?,
            odd,
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

/// What the entries of a list call themselves, at the services whose entries do.
fn kinds(operation: Operation) -> &'static [&'static str] {
    match operation {
        Operation::Members => &["workspace_member", "organization.project.user"],
        // Who can be added to a project is listed as a user of it by some servers.
        Operation::People => &["user", "organization.user", "organization.project.user"],
        Operation::Keys => &["api_key", "organization.project.api_key"],
        _ => &[],
    }
}

/// The members of a workspace that came with it, and how many entries beside them name nobody.
pub(crate) fn listed(rows: Rows<Entry>, service: &Description) -> (Vec<Member>, usize) {
    let (rows, skipped) = named(rows.rows, Operation::Members);
    let members = rows.into_iter().filter_map(|entry| entry.member(service));
    (members.collect(), skipped)
}

/// Entries that name somebody, with the id in `user_id`, and how many do not.
fn named(rows: Vec<Option<Entry>>, operation: Operation) -> (Vec<Entry>, usize) {
    let kinds = kinds(operation);
    taken(rows, |mut entry| {
        let id = entry.id().filter(|_| !is_other(&entry.kind, kinds))?;
        entry.user_id = Scalar::Text(id);
        Some(entry)
    })
}

/// Reads whom a credential speaks for: a person, or else an organization, which is then the subject
/// by which the same account is known again.
pub(crate) fn identity(
    reply: &Reply,
    inside: Option<&'static str>,
    is_person: bool,
) -> Result<Identity, Failure> {
    let mut entry: Entry = object(Operation::WhoAmI, reply, inside)?;
    if !is_person && is_other(&entry.kind, &["organization"]) {
        return Err(unreadable(Operation::WhoAmI, reply, Unreadable::OtherShape));
    }
    let mut identity = Identity {
        id: entry.id().and_then(UserId::new),
        name: entry.name(),
        email: entry.email(),
        organization: None,
        asks_code: entry.asks_code.is_true(),
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

/// Reads a page of people who can be added; programs, and those who have been deleted, shut out or
/// switched off, are left out.
pub(crate) fn people(reply: &Reply, envelope: &Envelope) -> Result<Page<Person>, Failure> {
    let page = entries(Operation::People, reply, envelope)?;
    let rows = page.rows.into_iter();
    Ok(Page {
        rows: rows
            .filter(Entry::is_at_work)
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
    let (rows, more) = read(operation, reply, envelope)?;
    let (rows, skipped) = named(rows, operation);
    let last = match rows.last().map(|last| &last.user_id) {
        Some(Scalar::Text(id)) => Some(id.as_str()),
        _ => None,
    };
    Ok(Page {
        next: more.next(last),
        rows,
        skipped,
    })
}
