//! Anthropic's Admin API.
//!
//! Guarantees: each request is one of the contract's, with nothing in it that the intent did not
//! say; every reply of the contract, and every reply a proxy may give in its place, becomes a
//! domain value or a domain failure. Must not know how requests travel.

mod body;
mod facts;
mod failure;
mod wire;

use steward_domain::draft::{Change, Draft};
use steward_domain::failure::{Failure, Operation};
use steward_domain::id::WorkspaceId;
use steward_domain::membership::MemberChange;
use steward_domain::provider::Description;
use steward_domain::role::{Member, Person};
use steward_domain::workspace::Workspace;

pub use self::facts::DESCRIPTION;
use crate::credential::Credential;
use crate::desk::Desk;
use crate::dialect::{ApiKey, Dialect, Endpoint, Listed, Page, Which};
use crate::directory;
use crate::http::{HeaderValue, Method, Reply, Request};
use crate::oauth::Identity;
use crate::pagination::{self, Envelope};
use crate::reply::accepted;
use crate::request::{self, MemberWords, address, push_query};

/// The dialect of Anthropic's Admin API.
pub struct Anthropic;

/// `{data, has_more, last_id}`; the page after that is asked for by `after_id`.
const LIST: Envelope = Envelope {
    rows: "data",
    by_id: true,
};

const WORKSPACES: &str = "/v1/organizations/workspaces";
const MEMBERS: &str = "/members";

impl Dialect for Anthropic {
    fn which(&self) -> Which {
        Which::Anthropic
    }

    fn description(&self) -> &'static Description {
        &DESCRIPTION
    }

    fn list(&self, endpoint: Endpoint<'_>, cursor: Option<&str>) -> Request {
        let query =
            "/v1/organizations/workspaces?limit=1000&include_archived=true&include_default=true";
        page_of(endpoint, &[query], cursor)
    }

    fn read_list(&self, reply: &Reply) -> Result<Page<Listed>, Failure> {
        pagination::workspaces::<wire::Workspace>(reply, &LIST)
    }

    fn open(&self, endpoint: Endpoint<'_>, id: &WorkspaceId) -> Request {
        request(endpoint, Method::Get, &[WORKSPACES, id.as_str()])
    }

    fn read_open(&self, reply: Reply) -> Result<Workspace, Failure> {
        read_workspace(Operation::Open, &reply)
    }

    fn members(&self, endpoint: Endpoint<'_>, id: &WorkspaceId, cursor: Option<&str>) -> Request {
        let turns = [WORKSPACES, id.as_str(), "/members?limit=1000"];
        page_of(endpoint, &turns, cursor)
    }

    fn read_members(&self, reply: Reply) -> Result<Page<Member>, Failure> {
        directory::members(&reply, &LIST, &DESCRIPTION)
    }
}

impl Desk for Anthropic {
    fn save(&self, endpoint: Endpoint<'_>, id: &WorkspaceId, change: &Change) -> Request {
        request(endpoint, Method::Post, &[WORKSPACES, id.as_str()]).with_json(body::update(change))
    }

    fn read_save(&self, reply: Reply) -> Result<Workspace, Failure> {
        read_workspace(Operation::Save, &reply)
    }

    fn archive(&self, endpoint: Endpoint<'_>, id: &WorkspaceId) -> Request {
        request(
            endpoint,
            Method::Post,
            &[WORKSPACES, id.as_str(), "/archive"],
        )
    }

    fn read_archive(&self, reply: Reply) -> Result<Option<Workspace>, Failure> {
        read_workspace(Operation::Archive, &reply)
            .map(Some)
            .map_err(failure::of_archive)
    }

    fn create(&self, endpoint: Endpoint<'_>, draft: &Draft) -> Request {
        request(endpoint, Method::Post, &[WORKSPACES]).with_json(body::create(draft))
    }

    fn read_create(&self, reply: Reply) -> Result<Workspace, Failure> {
        read_workspace(Operation::Create, &reply)
            .map_err(|failed| failure::of_create(failed, &reply))
    }

    fn manage(&self, endpoint: Endpoint<'_>, id: &WorkspaceId, change: &MemberChange) -> Request {
        let words = MemberWords {
            user: "user_id",
            role: "workspace_role",
            change: Method::Post,
        };
        let request = request(endpoint, Method::Post, &[WORKSPACES, id.as_str(), MEMBERS]);
        request::manage(request, change, &words)
    }

    /// The members are read again afterwards, so that what the answer holds does not matter.
    fn read_manage(&self, reply: Reply) -> Result<(), Failure> {
        accepted(Operation::Manage, &reply)
    }

    fn people(&self, endpoint: Endpoint<'_>, cursor: Option<&str>) -> Option<Request> {
        let query = "/v1/organizations/users?limit=1000";
        Some(page_of(endpoint, &[query], cursor))
    }

    fn read_people(&self, reply: Reply) -> Result<Page<Person>, Failure> {
        directory::people(&reply, &LIST)
    }

    fn keys(
        &self,
        endpoint: Endpoint<'_>,
        id: &WorkspaceId,
        cursor: Option<&str>,
    ) -> Option<Request> {
        let query = "/v1/organizations/api_keys?status=active&limit=1000";
        let mut request = page_of(endpoint, &[query], cursor);
        push_query(&mut request.url, "workspace_id", Some(id.as_str()));
        Some(request)
    }

    fn read_keys(&self, reply: Reply) -> Result<Page<ApiKey>, Failure> {
        directory::keys(&reply, &LIST)
    }

    fn who(&self, endpoint: Endpoint<'_>) -> Option<Request> {
        Some(request(endpoint, Method::Get, &["/v1/organizations/me"]))
    }

    /// An Admin key speaks for an organization and for nobody in it.
    fn read_who(&self, reply: Reply) -> Result<Identity, Failure> {
        directory::identity(&reply, None, false)
    }
}

fn page_of(endpoint: Endpoint<'_>, turns: &[&str], cursor: Option<&str>) -> Request {
    let mut request = request(endpoint, Method::Get, turns);
    push_query(&mut request.url, "after_id", cursor);
    request
}

fn request(endpoint: Endpoint<'_>, method: Method, turns: &[&str]) -> Request {
    let plain = |text: &str| HeaderValue::Plain(text.to_owned());
    let key = endpoint.credential.expose_for_storage();
    // Tokens that OAuth gave begin alike ("sk-ant-oat…") and are bearer tokens all the same.
    let key = key.filter(|key| key.starts_with("sk-ant-") && !key.starts_with("sk-ant-oat"));
    let credential = match key {
        Some(_) => &Credential::Gateway,
        None => endpoint.credential,
    };
    let mut request = Request::new(method, address(endpoint.base, turns), credential);
    if let Some(key) = key {
        let secret = HeaderValue::Secret(key.to_owned());
        request.headers.push(("x-api-key", secret));
    }
    request
        .headers
        .push(("anthropic-version", plain("2023-06-01")));
    // Without it a request from a page is refused (401). Behind a path of the app's own origin
    // there is a proxy, whose requests come from no page.
    if !endpoint.base.starts_with('/') {
        let name = "anthropic-dangerous-direct-browser-access";
        request.headers.push((name, plain("true")));
    }
    request
}

fn read_workspace(operation: Operation, reply: &Reply) -> Result<Workspace, Failure> {
    pagination::workspace::<wire::Workspace>(operation, reply, None)
}
