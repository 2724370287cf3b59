//! What the tests of this crate share.
// Each test crate uses a part of it.
#![allow(dead_code, unused_imports, unused_macros)]

use steward_domain::draft::{Change, Draft, RawDraft};
use steward_domain::failure::{Failure, FailureKind, Operation};
use steward_domain::field::Field;
use steward_domain::id::{UserId, WorkspaceId};
use steward_domain::odd::{Odd, Part};
use steward_domain::provider::Description;
use steward_domain::role::{Member, Person, Role};
use steward_domain::time::Timestamp;
use steward_domain::workspace::{Kind, State, Workspace};
use steward_providers::dialect::{Listed, Next, Page};
use steward_providers::http::{HeaderValue, Reply, Request};
use steward_providers::{Credential, Endpoint};

macro_rules! fixture {
    ($name:literal) => {
        include_bytes!(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/tests/fixtures/",
            $name
        ))
        .trim_ascii()
    };
}
pub(crate) use fixture;

pub(crate) mod readers;

/// A JSON reply.
pub(crate) fn reply(status: u16, body: &[u8]) -> Reply {
    Reply {
        status,
        content_type: Some("application/json".into()),
        request_id: Some("req_1".into()),
        body: body.to_vec(),
        ..Reply::default()
    }
}

pub(crate) fn credential(text: &str) -> Credential {
    Credential::from_pasted(text).unwrap()
}

pub(crate) fn bearer() -> Credential {
    credential("t0ken")
}

pub(crate) fn endpoint<'a>(base: &'a str, credential: &'a Credential) -> Endpoint<'a> {
    Endpoint { base, credential }
}

pub(crate) fn id(text: &str) -> WorkspaceId {
    WorkspaceId::new(text).unwrap()
}

pub(crate) fn user(text: &str) -> UserId {
    UserId::new(text).unwrap()
}

pub(crate) fn at(text: &str) -> Option<Timestamp> {
    Some(Timestamp::parse(text).unwrap())
}

/// A workspace of which nothing but the id is known.
pub(crate) fn bare(text: &str) -> Workspace {
    Workspace {
        id: id(text),
        name: String::new(),
        description: None,
        billing: None,
        seat_limit: None,
        state: State::Active,
        kind: Kind::Ordinary,
        created: None,
        updated: None,
        more: Vec::new(),
        odd: Odd::default(),
    }
}

/// The service's words about what could not be read.
pub(crate) fn odd(words: &[(Part, &str)]) -> Odd {
    let mut odd = Odd::default();
    for (part, words) in words {
        odd.note(*part, (*words).into());
    }
    odd
}

/// Workspaces as they are on a page of a service that sends no members along.
pub(crate) fn page(workspaces: Vec<Workspace>, skipped: usize, next: Next) -> Page<Listed> {
    let listed = |workspace| Listed {
        workspace,
        members: None,
    };
    Page {
        rows: workspaces.into_iter().map(listed).collect(),
        skipped,
        next,
    }
}

pub(crate) fn person(id: &str, name: Option<&str>, email: Option<&str>) -> Person {
    Person {
        id: user(id),
        name: name.map(Into::into),
        email: email.map(Into::into),
    }
}

pub(crate) fn member(person: Person, role: Role) -> Member {
    Member {
        person,
        role,
        inherited: false,
        since: None,
        changed: None,
        odd: Odd::default(),
    }
}

pub(crate) fn role(word: &str) -> Role {
    Role::from_word(word.into())
}

/// The change that typing these texts makes.
pub(crate) fn change(service: &Description, base: &Workspace, texts: &[(Field, &str)]) -> Change {
    let mut raw = RawDraft::of(base, service);
    for (field, text) in texts {
        raw.set(*field, (*text).into());
    }
    raw.check(service, Some(base)).unwrap().change_from(base)
}

/// The new workspace that typing these texts makes.
pub(crate) fn draft(service: &Description, texts: &[(Field, &str)]) -> Draft {
    let mut raw = RawDraft::new(service);
    for (field, text) in texts {
        raw.set(*field, (*text).into());
    }
    raw.check(service, None).unwrap()
}

/// Everything of a request in one text, secrets included: what the wire would show.
pub(crate) fn wire(request: &Request) -> String {
    let mut text = format!("{} {}", request.method.as_str(), request.url);
    for (name, value) in &request.headers {
        let (HeaderValue::Plain(value) | HeaderValue::Secret(value)) = value;
        text += &format!("\n{name}: {value}");
    }
    if let Some(body) = &request.body {
        text += &format!("\n\n{body}");
    }
    text
}

/// The same without the headers, which are the same for all requests of a test.
pub(crate) fn line(request: &Request) -> String {
    let mut text = format!("{} {}", request.method.as_str(), request.url);
    if let Some(body) = &request.body {
        text += &format!(" {body}");
    }
    text
}
