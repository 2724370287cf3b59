//! OpenAI's projects.
//!
//! Guarantees: each request is one of the contract's, with nothing in it that the intent did not
//! say; every reply of the contract, and every reply a proxy may give in its place, becomes a
//! domain value or a domain failure. Must not know how requests travel.

mod wire;

use steward_domain::draft::{Change, Draft};
use steward_domain::failure::{Failure, FailureKind, Operation};
use steward_domain::field::{Field, FieldFacts, Form, When};
use steward_domain::id::WorkspaceId;
use steward_domain::membership::MemberChange;
use steward_domain::provider::{
    AccessSource, Archive, CredentialKind, Description, Effect, MemberRules, Power, Reversibility,
    RoleFacts,
};
use steward_domain::role::{Member, Person, Role};
use steward_domain::workspace::Workspace;

use crate::desk::Desk;
use crate::dialect::{ApiKey, Dialect, Endpoint, Listed, Page, Which};
use crate::directory;
use crate::http::{Method, Reply, Request};
use crate::oauth::Identity;
use crate::pagination::{self, Envelope};
use crate::reply::{accepted, body, parameter};
use crate::request::{self, MemberWords, address, push_query};
use crate::writer::Object;

/// The dialect of OpenAI's projects.
pub struct OpenAi;

/// The facts about OpenAI's projects, from the public OpenAPI document and reference.
pub static DESCRIPTION: Description = Description {
    key: "openai",
    name: "OpenAI",
    mark: "O",
    roles: &[
        RoleFacts {
            role: Role::known("owner", 0),
            // Changing and archiving a project takes the organization's Admin key.
            powers: &[Power::Read, Power::Use, Power::Develop, Power::Manage],
            given: true,
        },
        RoleFacts {
            role: Role::known("member", 1),
            powers: &[Power::Read, Power::Use, Power::Develop],
            given: true,
        },
    ],
    access: AccessSource::Organization,
    credential: CredentialKind::AdminKey,
    fields: &[
        FieldFacts {
            field: Field::Name,
            form: Form::Line,
            required: true,
            clears: false,
            limit: None,
            when: When::Always,
        },
        // What the service takes by itself comes first: nothing is sent then, and it decides. "Your
        // organization must have access to the requested residency configuration."
        FieldFacts {
            field: Field::Residency,
            form: Form::Choice(RESIDENCIES),
            required: false,
            clears: false,
            limit: None,
            when: When::AtCreation,
        },
    ],
    columns: &[],
    archive: Archive {
        // "Archives a project in the organization. Archived projects cannot be used or updated."
        // No word about a way back.
        reversibility: Reversibility::NoWayDocumented,
        effects: &[Effect::Frozen, Effect::KeysUnusable],
        refused_while: None,
    },
    members: Some(MemberRules {
        limit: None,
        last: None,
        ranked: false,
        leave: false,
        // "Users must already be members of the organization to be added to a project."
        people: true,
    }),
};

/// Where the data of a project may lie and be worked on, in the words of its client 3.57.
const RESIDENCIES: &[&str] = &[
    "",
    "GLOBAL",
    "US_STORAGE_PROCESSING",
    "EU_STORAGE_PROCESSING",
    "JP_STORAGE",
    "JP_STORAGE_PROCESSING",
    "KR_STORAGE",
    "CA_STORAGE",
    "SG_STORAGE",
    "IN_STORAGE",
    "IN_STORAGE_PROCESSING",
    "AU_STORAGE",
    "AU_STORAGE_PROCESSING",
    "GB_STORAGE",
    "AE_STORAGE",
    "AE_STORAGE_PROCESSING",
];

/// `{data, has_more, last_id}`; the page after that is asked for by `after`.
const LIST: Envelope = Envelope {
    rows: "data",
    by_id: true,
};

const PROJECTS: &str = "/v1/organization/projects";
const USERS: &str = "/users";

impl Dialect for OpenAi {
    fn which(&self) -> Which {
        Which::OpenAi
    }

    fn description(&self) -> &'static Description {
        &DESCRIPTION
    }

    fn list(&self, endpoint: Endpoint<'_>, cursor: Option<&str>) -> Request {
        let query = "/v1/organization/projects?limit=100&include_archived=true";
        page_of(endpoint, &[query], cursor)
    }

    fn read_list(&self, reply: &Reply) -> Result<Page<Listed>, Failure> {
        pagination::workspaces::<wire::Project>(reply, &LIST)
    }

    fn open(&self, endpoint: Endpoint<'_>, id: &WorkspaceId) -> Request {
        request(endpoint, Method::Get, &[PROJECTS, id.as_str()])
    }

    fn read_open(&self, reply: Reply) -> Result<Workspace, Failure> {
        read_project(Operation::Open, &reply)
    }

    fn members(&self, endpoint: Endpoint<'_>, id: &WorkspaceId, cursor: Option<&str>) -> Request {
        page_of(
            endpoint,
            &[PROJECTS, id.as_str(), "/users?limit=100"],
            cursor,
        )
    }

    fn read_members(&self, reply: Reply) -> Result<Page<Member>, Failure> {
        directory::members(&reply, &LIST, &DESCRIPTION)
    }
}

impl Desk for OpenAi {
    fn save(&self, endpoint: Endpoint<'_>, id: &WorkspaceId, change: &Change) -> Request {
        let name = change.get(Field::Name);
        let mut body = Object::default();
        body.text_if("name", name.map(|changed| changed.after.as_str()));
        request(endpoint, Method::Post, &[PROJECTS, id.as_str()]).with_json(body.finish())
    }

    fn read_save(&self, reply: Reply) -> Result<Workspace, Failure> {
        read_project(Operation::Save, &reply).map_err(|failure| with_field(failure, &reply))
    }

    fn archive(&self, endpoint: Endpoint<'_>, id: &WorkspaceId) -> Request {
        request(endpoint, Method::Post, &[PROJECTS, id.as_str(), "/archive"])
    }

    fn read_archive(&self, reply: Reply) -> Result<Option<Workspace>, Failure> {
        read_project(Operation::Archive, &reply).map(Some)
    }

    fn create(&self, endpoint: Endpoint<'_>, draft: &Draft) -> Request {
        let mut body = Object::default();
        body.text("name", draft.get(Field::Name));
        let residency = draft.get(Field::Residency);
        body.text_if("residency", Some(residency).filter(|word| !word.is_empty()));
        request(endpoint, Method::Post, &[PROJECTS]).with_json(body.finish())
    }

    fn read_create(&self, reply: Reply) -> Result<Workspace, Failure> {
        read_project(Operation::Create, &reply).map_err(|failure| with_field(failure, &reply))
    }

    fn manage(&self, endpoint: Endpoint<'_>, id: &WorkspaceId, change: &MemberChange) -> Request {
        let words = MemberWords {
            user: "user_id",
            role: "role",
            change: Method::Post,
        };
        let request = request(endpoint, Method::Post, &[PROJECTS, id.as_str(), USERS]);
        request::manage(request, change, &words)
    }

    /// The members are read again afterwards, so that what the answer holds does not matter.
    fn read_manage(&self, reply: Reply) -> Result<(), Failure> {
        accepted(Operation::Manage, &reply)
    }

    fn people(&self, endpoint: Endpoint<'_>, cursor: Option<&str>) -> Option<Request> {
        let query = "/v1/organization/users?limit=100";
        Some(page_of(endpoint, &[query], cursor))
    }

    fn read_people(&self, reply: Reply) -> Result<Page<Person>, Failure> {
        directory::people(&reply, &LIST)
    }

    /// Without the last part the list "may exclude some enabled keys".
    fn keys(
        &self,
        endpoint: Endpoint<'_>,
        id: &WorkspaceId,
        cursor: Option<&str>,
    ) -> Option<Request> {
        let query = "/api_keys?limit=100&owner_project_access=any";
        Some(page_of(endpoint, &[PROJECTS, id.as_str(), query], cursor))
    }

    fn read_keys(&self, reply: Reply) -> Result<Page<ApiKey>, Failure> {
        directory::keys(&reply, &LIST)
    }

    /// No documented request says whose key it is; one that lists a project says that it is good.
    fn who(&self, endpoint: Endpoint<'_>) -> Option<Request> {
        let query = "/v1/organization/projects?limit=1";
        Some(request(endpoint, Method::Get, &[query]))
    }

    fn read_who(&self, reply: Reply) -> Result<Identity, Failure> {
        body(Operation::WhoAmI, &reply).map(|_| Identity::default())
    }
}

/// `param` of an error names the parameter that it is about.
fn with_field(mut failure: Failure, reply: &Reply) -> Failure {
    if let FailureKind::Invalid(field) = &mut failure.kind {
        *field = match parameter(reply).as_deref() {
            Some("name") => Some(Field::Name),
            Some("residency") => Some(Field::Residency),
            _ => None,
        };
    }
    failure
}

fn page_of(endpoint: Endpoint<'_>, turns: &[&str], cursor: Option<&str>) -> Request {
    let mut request = request(endpoint, Method::Get, turns);
    push_query(&mut request.url, "after", cursor);
    request
}

fn request(endpoint: Endpoint<'_>, method: Method, turns: &[&str]) -> Request {
    Request::new(method, address(endpoint.base, turns), endpoint.credential)
}

fn read_project(operation: Operation, reply: &Reply) -> Result<Workspace, Failure> {
    pagination::workspace::<wire::Project>(operation, reply, None)
}
