//! Flashback's workspaces.
//!
//! Guarantees: each request is one of the contract's, with nothing in it that the intent did not
//! say; every reply of the contract, and every reply a proxy may give in its place, becomes a
//! domain value or a domain failure. `success: false` is a refusal whatever the status. Must not
//! know how requests travel.

mod mfa;
mod storage;
mod wire;

use steward_domain::blocker::{Blocker, Check};
use steward_domain::draft::{Change, Draft};
use steward_domain::failure::{Failure, FailureKind, Operation, Unreadable};
use steward_domain::field::{Field, FieldFacts, Form, When};
use steward_domain::id::WorkspaceId;
use steward_domain::membership::MemberChange;
use steward_domain::percent::push_value;
use steward_domain::provider::{
    AccessSource, Archive, CredentialKind, Description, Effect, InUse, MemberRules, Power,
    Reversibility, RoleFacts,
};
use steward_domain::role::{Member, Person, Role};
use steward_domain::workspace::Workspace;

use crate::credential::Credential;
use crate::desk::{Desk, SecondFactor};
use crate::dialect::{Dialect, Endpoint, Listed, Next, Page, Which};
use crate::directory;
use crate::http::{Method, Reply, Request};
use crate::oauth::{self, Identity, RefreshToken, Tokens};
use crate::pagination::{self, Envelope};
use crate::reply::{accepted, unreadable};
use crate::request::{self, MemberWords, address};
use crate::writer::Object;

/// The dialect of Flashback.
pub struct Flashback;

/// The facts about Flashback, from its documentation ("Flashback API v0.0.60") and its client
/// (FlashbackClient 0.3.13).
pub static DESCRIPTION: Description = Description {
    key: "flashback",
    name: "Flashback",
    mark: "F",
    roles: &[
        RoleFacts {
            role: Role::known("ADMIN", 0),
            powers: &[
                Power::Read,
                Power::Use,
                Power::Edit,
                Power::Manage,
                // Deleting a bucket or repository "respects workspace access controls"; which role
                // that takes is not said. Only an ADMIN has an occasion for it here.
                Power::Delete,
                Power::Archive,
            ],
            given: true,
        },
        RoleFacts {
            role: Role::known("WRITE", 1),
            powers: &[Power::Read, Power::Use],
            given: true,
        },
        RoleFacts {
            role: Role::known("READ", 2),
            powers: &[Power::Read],
            given: true,
        },
    ],
    access: AccessSource::Members,
    credential: CredentialKind::Password,
    fields: &[FieldFacts {
        field: Field::Name,
        form: Form::Line,
        // Whether an empty name is taken is not said. A workspace without one is of no use here.
        required: true,
        clears: false,
        limit: None,
        when: When::Always,
    }],
    columns: &[],
    archive: Archive {
        // Deleting sets a mark and is said to be recoverable, but no operation undoes it.
        reversibility: Reversibility::ByStaff,
        effects: &[Effect::UsersRemoved],
        refused_while: Some(InUse::BucketsOrRepos),
    },
    members: Some(MemberRules {
        limit: None,
        last: None,
        ranked: false,
        leave: false,
        people: true,
    }),
};

/// What the 400 says that means a conflict. The other 400 of the same operation is about the
/// person's own account, and nothing but the message tells them apart.
const IN_USE: &str = "Cannot delete workspace with existing buckets or repos";

const PATH: &str = "/workspace";
const BUCKET: &str = "/bucket";
const REPO: &str = "/repo";
const USERS: &str = "/users";
/// The member of an answer that holds the workspace.
const INSIDE: Option<&str> = Some("workspace");

impl Dialect for Flashback {
    fn which(&self) -> Which {
        Which::Flashback
    }

    fn description(&self) -> &'static Description {
        &DESCRIPTION
    }

    /// There are no pages, so the cursor is not used.
    fn list(&self, endpoint: Endpoint<'_>, _cursor: Option<&str>) -> Request {
        request(endpoint, Method::Get, &[PATH])
    }

    fn read_list(&self, reply: &Reply) -> Result<Page<Listed>, Failure> {
        accepted(Operation::List, reply)?;
        let envelope = Envelope {
            rows: "workspaces",
            by_id: false,
        };
        pagination::workspaces::<wire::Workspace>(reply, &envelope)
    }

    fn open(&self, endpoint: Endpoint<'_>, id: &WorkspaceId) -> Request {
        request(endpoint, Method::Get, &[PATH, id.as_str()])
    }

    fn read_open(&self, reply: Reply) -> Result<Workspace, Failure> {
        read_workspace(Operation::Open, &reply)
    }

    /// The members come with the workspace and in no other way.
    fn members(&self, endpoint: Endpoint<'_>, id: &WorkspaceId, _cursor: Option<&str>) -> Request {
        self.open(endpoint, id)
    }

    fn read_members(&self, reply: Reply) -> Result<Page<Member>, Failure> {
        let operation = Operation::Members;
        accepted(operation, &reply)?;
        let row: wire::Workspace = pagination::object(operation, &reply, INSIDE)?;
        // A workspace without the array says nothing about its members.
        let (rows, skipped) = row
            .members()
            .ok_or_else(|| unreadable(operation, &reply, Unreadable::OtherShape))?;
        Ok(Page {
            rows,
            skipped,
            next: Next::End,
        })
    }
}

impl Desk for Flashback {
    fn save(&self, endpoint: Endpoint<'_>, id: &WorkspaceId, change: &Change) -> Request {
        let mut body = Object::default();
        body.text_if(
            "name",
            change
                .get(Field::Name)
                .map(|changed| changed.after.as_str()),
        );
        request(endpoint, Method::Put, &[PATH, id.as_str()]).with_json(body.finish())
    }

    fn read_save(&self, reply: Reply) -> Result<Workspace, Failure> {
        read_workspace(Operation::Save, &reply)
    }

    fn archive(&self, endpoint: Endpoint<'_>, id: &WorkspaceId) -> Request {
        request(endpoint, Method::Delete, &[PATH, id.as_str()])
    }

    fn read_archive(&self, reply: Reply) -> Result<Option<Workspace>, Failure> {
        match accepted(Operation::Archive, &reply) {
            Ok(()) => Ok(None),
            Err(mut failure) => {
                if failure.kind == FailureKind::Invalid(None)
                    && failure.service.message.as_deref() == Some(IN_USE)
                {
                    failure.kind = FailureKind::InUse;
                }
                Err(failure)
            }
        }
    }

    fn shows_archived(&self) -> bool {
        false
    }

    fn create(&self, endpoint: Endpoint<'_>, draft: &Draft) -> Request {
        let mut body = Object::default();
        body.text("name", draft.get(Field::Name));
        request(endpoint, Method::Post, &[PATH]).with_json(body.finish())
    }

    fn read_create(&self, reply: Reply) -> Result<Workspace, Failure> {
        read_workspace(Operation::Create, &reply)
    }

    fn manage(&self, endpoint: Endpoint<'_>, id: &WorkspaceId, change: &MemberChange) -> Request {
        let words = MemberWords {
            user: "userId",
            role: "role",
            change: Method::Put,
        };
        let request = request(endpoint, Method::Post, &[PATH, id.as_str(), USERS]);
        request::manage(request, change, &words)
    }

    fn read_manage(&self, reply: Reply) -> Result<(), Failure> {
        accepted(Operation::Manage, &reply)
    }

    fn people(&self, endpoint: Endpoint<'_>, _cursor: Option<&str>) -> Option<Request> {
        Some(request(endpoint, Method::Get, &["/organization/users"]))
    }

    fn read_people(&self, reply: Reply) -> Result<Page<Person>, Failure> {
        accepted(Operation::People, &reply)?;
        let envelope = Envelope {
            rows: "data",
            by_id: false,
        };
        directory::people(&reply, &envelope)
    }

    fn stored(&self, endpoint: Endpoint<'_>, id: &WorkspaceId, kind: Check) -> Option<Request> {
        let mut request = request(endpoint, Method::Get, &[stored_at(kind)?]);
        request.url.push_str("?workspaceId=");
        push_value(&mut request.url, id.as_str());
        Some(request)
    }

    fn read_stored(
        &self,
        reply: Reply,
        id: &WorkspaceId,
        kind: Check,
    ) -> Result<Page<Blocker>, Failure> {
        accepted(Operation::Blockers, &reply)?;
        storage::stored(&reply, kind, id)
    }

    fn delete(&self, endpoint: Endpoint<'_>, row: &Blocker) -> Option<Request> {
        let turns = [stored_at(row.check)?, row.id.as_str()];
        Some(request(endpoint, Method::Delete, &turns))
    }

    fn read_delete(&self, reply: Reply) -> Result<(), Failure> {
        accepted(Operation::Delete, &reply)
    }

    fn who(&self, endpoint: Endpoint<'_>) -> Option<Request> {
        Some(request(endpoint, Method::Get, &["/user/profile"]))
    }

    fn read_who(&self, reply: Reply) -> Result<Identity, Failure> {
        accepted(Operation::WhoAmI, &reply)?;
        directory::identity(&reply, Some("data"), true)
    }

    fn log_in(&self, base: &str, email: &str, password: &str) -> Option<Request> {
        let mut body = Object::default();
        body.text("email", email);
        body.text("password", password);
        Some(session(base, &Credential::Gateway, "/user/login", body))
    }

    /// The documentation names the token `refreshToken`, the vendor's client sends `refresh_token`:
    /// both go along.
    fn renew(&self, base: &str, token: &RefreshToken) -> Option<Request> {
        let mut body = Object::default();
        body.text("refreshToken", token.expose_for_storage());
        body.text("refresh_token", token.expose_for_storage());
        Some(session(base, &Credential::Gateway, "/user/refresh", body))
    }

    /// `expiresAt` is not read: whether it counts seconds or milliseconds is not said, and the
    /// access token says by itself until when it is good (`exp`).
    fn read_session(&self, reply: Reply, operation: Operation) -> Result<Tokens, Failure> {
        match accepted(operation, &reply) {
            Ok(()) => oauth::read_tokens(reply, operation),
            Err(mut failure) => {
                // "No" to a password or a token is the same whatever status it comes with.
                if failure.kind == FailureKind::Refused && (200..300).contains(&reply.status) {
                    failure.kind = FailureKind::SignedOut;
                }
                Err(failure)
            }
        }
    }

    fn log_out(&self, endpoint: Endpoint<'_>, token: &RefreshToken) -> Option<Request> {
        let mut body = Object::default();
        body.text("refresh_token", token.expose_for_storage());
        Some(session(
            endpoint.base,
            endpoint.credential,
            "/user/logout",
            body,
        ))
    }

    fn second_factor(&self, endpoint: Endpoint<'_>) -> Option<Request> {
        Some(request(endpoint, Method::Get, &["/mfa/status"]))
    }

    fn read_second_factor(&self, reply: Reply) -> Result<SecondFactor, Failure> {
        mfa::status(&reply)
    }

    fn verify(&self, endpoint: Endpoint<'_>, code: &str) -> Option<Request> {
        let mut body = Object::default();
        body.text("mfaType", mfa::BY_CODE);
        body.text("code", code);
        Some(session(
            endpoint.base,
            endpoint.credential,
            "/mfa/verify-login",
            body,
        ))
    }

    fn read_verify(&self, reply: Reply) -> Result<Tokens, Failure> {
        mfa::verified(&reply)
    }
}

/// Where what is stored is listed and deleted.
fn stored_at(kind: Check) -> Option<&'static str> {
    match kind {
        Check::Repositories => Some(REPO),
        Check::Buckets => Some(BUCKET),
        _ => None,
    }
}

fn request(endpoint: Endpoint<'_>, method: Method, turns: &[&str]) -> Request {
    Request::new(method, address(endpoint.base, turns), endpoint.credential)
}

fn session(base: &str, credential: &Credential, path: &str, body: Object) -> Request {
    request(Endpoint { base, credential }, Method::Post, &[path]).with_json(body.finish())
}

fn read_workspace(operation: Operation, reply: &Reply) -> Result<Workspace, Failure> {
    accepted(operation, reply)?;
    pagination::workspace::<wire::Workspace>(operation, reply, INSIDE)
}
