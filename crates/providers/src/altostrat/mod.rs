//! Altostrat Workspaces.
//!
//! Guarantees: each request is one of the contract's, with nothing in it that the intent did not
//! say; every reply of the contract, and every reply a proxy may give in its place, becomes a
//! domain value or a domain failure. Must not know how requests travel.

mod failure;
mod wire;

use steward_domain::draft::Change;
use steward_domain::failure::{Failure, Operation, Unreadable};
use steward_domain::id::WorkspaceId;
use steward_domain::provider::{Description, Reversibility};
use steward_domain::role::{Member, Role};
use steward_domain::workspace::Workspace;

use crate::credential::Credential;
use crate::dialect::{Dialect, Next, Page};
use crate::http::{Method, Reply, Request};
use crate::reader::{fill, list};
use crate::reply::{accepted, body, unreadable};
use steward_domain::percent::push_segment;

/// The dialect of Altostrat Workspaces.
pub struct Altostrat;

/// The facts about Altostrat Workspaces, from the OpenAPI document `api/en/workspaces.yaml` 1.0.0.
pub const DESCRIPTION: Description = Description {
    key: "altostrat",
    name: "Altostrat",
    mark: "A",
    // "Only workspace owners and admins can perform this action." (Update a workspace)
    may_edit: &[Role::Owner, Role::Admin],
    // "Only workspace owners can perform this action." (Archive a workspace)
    may_archive: &[Role::Owner],
    // UpdateWorkspaceRequest.name: "Maximum 50 characters." The unit is not said; code points.
    name_limit: 50,
    // UpdateWorkspaceRequest.description: "Maximum 200 characters."
    description_limit: Some(200),
    // A "soft-delete operation", and the document has no operation that undoes it.
    archive: Reversibility::NoWayDocumented,
};

impl Dialect for Altostrat {
    fn description(&self) -> &'static Description {
        &DESCRIPTION
    }

    /// The contract has no way to ask for a second page, so the cursor is not used.
    fn list(&self, base: &str, credential: &Credential, _cursor: Option<&str>) -> Request {
        Request::new(Method::Get, collection(base), credential)
    }

    fn read_list(&self, reply: Reply) -> Result<Page, Failure> {
        let mut rows = wire::Workspaces::default();
        let has_more = body(Operation::List, &reply).and_then(|body| {
            list(body, &mut rows).map_err(|why| unreadable(Operation::List, &reply, why))
        })?;
        let next = if has_more { Next::Cut } else { Next::End };
        Ok(Page {
            workspaces: rows.read,
            skipped: rows.skipped,
            next,
        })
    }

    fn open(&self, base: &str, credential: &Credential, id: &WorkspaceId) -> Request {
        Request::new(Method::Get, item(base, id), credential)
    }

    fn read_open(&self, reply: Reply) -> Result<Workspace, Failure> {
        read_workspace(Operation::Open, &reply)
    }

    fn members(&self, base: &str, credential: &Credential, id: &WorkspaceId) -> Request {
        let mut url = item(base, id);
        url.push_str("/members");
        Request::new(Method::Get, url, credential)
    }

    /// A workspace has at most 100 members and the contract names no second page, so `has_more`
    /// is not looked at.
    fn read_members(&self, reply: Reply) -> Result<Vec<Member>, Failure> {
        let mut rows = wire::Members::default();
        body(Operation::Members, &reply).and_then(|body| {
            list(body, &mut rows).map_err(|why| unreadable(Operation::Members, &reply, why))
        })?;
        Ok(rows.read)
    }

    fn save(
        &self,
        base: &str,
        credential: &Credential,
        id: &WorkspaceId,
        change: &Change,
    ) -> Request {
        Request::new(Method::Patch, item(base, id), credential)
            .with_body("application/json", wire::update(change))
    }

    fn read_save(&self, reply: Reply) -> Result<Workspace, Failure> {
        read_workspace(Operation::Save, &reply).map_err(failure::with_field)
    }

    fn archive(&self, base: &str, credential: &Credential, id: &WorkspaceId) -> Request {
        Request::new(Method::Delete, item(base, id), credential)
    }

    /// The contract answers without a body. One that comes all the same is not read: the state
    /// after an archive is a matter of reading the workspace again.
    fn read_archive(&self, reply: Reply) -> Result<Option<Workspace>, Failure> {
        accepted(Operation::Archive, &reply).map(|()| None)
    }
}

fn read_workspace(operation: Operation, reply: &Reply) -> Result<Workspace, Failure> {
    let mut workspace = wire::Workspace::default();
    fill(body(operation, reply)?, &mut workspace)
        .and_then(|()| workspace.read().ok_or(Unreadable::OtherShape))
        .map_err(|why| unreadable(operation, reply, why))
}

fn collection(base: &str) -> String {
    let mut url = String::from(base);
    url.push_str("/workspaces");
    url
}

fn item(base: &str, id: &WorkspaceId) -> String {
    let mut url = collection(base);
    push_segment(&mut url, id.as_str());
    url
}
