//! Altostrat Workspaces.
//!
//! Guarantees: each request is one of the contract's, with nothing in it that the intent did not
//! say; every reply of the contract, and every reply a proxy may give in its place, becomes a
//! domain value or a domain failure. Must not know how requests travel.

mod billing;
mod failure;
mod wire;

use steward_domain::blocker::{Blocker, Payer};
use steward_domain::draft::{Change, Draft};
use steward_domain::failure::{Failure, Operation};
use steward_domain::field::{Field, FieldFacts, Form, When};
use steward_domain::id::WorkspaceId;
use steward_domain::invoice::Money;
use steward_domain::listing::Column;
use steward_domain::membership::MemberChange;
use steward_domain::provider::{
    AccessSource, Archive, CredentialKind, Description, Effect, InUse, MemberRules, Power,
    Reversibility, RoleFacts,
};
use steward_domain::role::{Member, Role};
use steward_domain::workspace::Workspace;

use crate::desk::Desk;
use crate::dialect::{Dialect, Endpoint, Listed, Next, Page, Which};
use crate::directory;
use crate::http::{Method, Reply, Request};
use crate::pagination::{self, Envelope};
use crate::reply::accepted;
use crate::request::{self, MemberWords, address};

/// The dialect of Altostrat Workspaces.
pub struct Altostrat;

const OWNER: Role = Role::known("owner", 0);

/// `{data, has_more}`, and no parameter that would ask for a second page.
const LIST: Envelope = Envelope {
    rows: "data",
    by_id: false,
};

/// The facts about Altostrat Workspaces, from the OpenAPI document `api/en/workspaces.yaml` 1.0.0
/// and the pages of the documentation that describe members and creation.
pub static DESCRIPTION: Description = Description {
    key: "altostrat",
    name: "Altostrat",
    mark: "A",
    roles: &[
        RoleFacts {
            role: OWNER,
            // "Only workspace owners can perform this action." (Archive a workspace)
            powers: &[
                Power::Read,
                Power::Edit,
                Power::Manage,
                Power::Cancel,
                Power::Archive,
            ],
            given: true,
        },
        RoleFacts {
            role: Role::known("admin", 1),
            // "Only workspace owners and admins can perform this action." (Update a workspace)
            // What is paid for is managed by owners and admins (Subscriptions).
            powers: &[Power::Read, Power::Edit, Power::Manage, Power::Cancel],
            given: true,
        },
        RoleFacts {
            role: Role::known("viewer", 2),
            powers: &[Power::Read],
            given: true,
        },
    ],
    access: AccessSource::Members,
    credential: CredentialKind::Token,
    fields: &[
        FieldFacts {
            field: Field::Name,
            form: Form::Line,
            required: true,
            clears: false,
            // UpdateWorkspaceRequest.name: "Maximum 50 characters." The unit is not said; code points.
            limit: Some(50),
            when: When::Always,
        },
        FieldFacts {
            field: Field::Description,
            form: Form::Text,
            required: false,
            clears: true,
            // UpdateWorkspaceRequest.description: "Maximum 200 characters."
            limit: Some(200),
            when: When::Always,
        },
        FieldFacts {
            field: Field::Billing,
            form: Form::Choice(&["single", "assigned", "pooled"]),
            required: true,
            clears: false,
            limit: None,
            // Chosen when the workspace is made, and permanent.
            when: When::AtCreation,
        },
    ],
    columns: &[Column::Billing, Column::Updated],
    archive: Archive {
        // A "soft-delete operation", and the document has no operation that undoes it.
        reversibility: Reversibility::NoWayDocumented,
        effects: &[Effect::Frozen],
        refused_while: Some(InUse::Subscriptions),
    },
    members: Some(MemberRules {
        // "A workspace can have at most 100 members."
        limit: Some(100),
        last: Some(OWNER),
        // An admin cannot make an owner.
        ranked: true,
        leave: true,
        people: false,
    }),
};

impl Dialect for Altostrat {
    fn which(&self) -> Which {
        Which::Altostrat
    }

    fn description(&self) -> &'static Description {
        &DESCRIPTION
    }

    /// The contract has no way to ask for a second page, so the cursor is not used.
    fn list(&self, endpoint: Endpoint<'_>, _cursor: Option<&str>) -> Request {
        request(endpoint, Method::Get, &[PATH])
    }

    fn read_list(&self, reply: &Reply) -> Result<Page<Listed>, Failure> {
        pagination::workspaces::<wire::Workspace>(reply, &LIST)
    }

    fn open(&self, endpoint: Endpoint<'_>, id: &WorkspaceId) -> Request {
        request(endpoint, Method::Get, &[PATH, id.as_str()])
    }

    fn read_open(&self, reply: Reply) -> Result<Workspace, Failure> {
        read_workspace(Operation::Open, &reply)
    }

    fn members(&self, endpoint: Endpoint<'_>, id: &WorkspaceId, _cursor: Option<&str>) -> Request {
        request(endpoint, Method::Get, &[PATH, id.as_str(), MEMBERS])
    }

    /// A workspace has at most 100 members and the contract names no second page, so `has_more`
    /// is not looked at.
    fn read_members(&self, reply: Reply) -> Result<Page<Member>, Failure> {
        let mut page = directory::members(&reply, &LIST, &DESCRIPTION)?;
        page.next = Next::End;
        Ok(page)
    }
}

impl Desk for Altostrat {
    fn save(&self, endpoint: Endpoint<'_>, id: &WorkspaceId, change: &Change) -> Request {
        request(endpoint, Method::Patch, &[PATH, id.as_str()]).with_json(wire::update(change))
    }

    fn read_save(&self, reply: Reply) -> Result<Workspace, Failure> {
        read_workspace(Operation::Save, &reply).map_err(failure::with_field)
    }

    fn archive(&self, endpoint: Endpoint<'_>, id: &WorkspaceId) -> Request {
        request(endpoint, Method::Delete, &[PATH, id.as_str()])
    }

    /// The contract answers without a body. One that comes all the same is not read: the state
    /// after an archive is a matter of reading the workspace again.
    fn read_archive(&self, reply: Reply) -> Result<Option<Workspace>, Failure> {
        accepted(Operation::Archive, &reply)
            .map(|()| None)
            .map_err(failure::in_use)
    }

    fn create(&self, endpoint: Endpoint<'_>, draft: &Draft) -> Request {
        request(endpoint, Method::Post, &[PATH]).with_json(wire::create(draft))
    }

    fn read_create(&self, reply: Reply) -> Result<Workspace, Failure> {
        read_workspace(Operation::Create, &reply).map_err(failure::with_field)
    }

    fn manage(&self, endpoint: Endpoint<'_>, id: &WorkspaceId, change: &MemberChange) -> Request {
        let words = MemberWords {
            user: "user_id",
            role: "role",
            change: Method::Patch,
        };
        let request = request(endpoint, Method::Post, &[PATH, id.as_str(), MEMBERS]);
        request::manage(request, change, &words)
    }

    /// The members are read again afterwards, so that what the answer holds does not matter.
    fn read_manage(&self, reply: Reply) -> Result<(), Failure> {
        accepted(Operation::Manage, &reply)
    }

    fn payers(
        &self,
        endpoint: Endpoint<'_>,
        id: &WorkspaceId,
        _cursor: Option<&str>,
    ) -> Option<Request> {
        let turns = [PATH, id.as_str(), PAYERS];
        Some(request(endpoint, Method::Get, &turns))
    }

    fn read_payers(&self, reply: Reply) -> Result<Page<Payer>, Failure> {
        billing::payers(&reply)
    }

    fn subscriptions(
        &self,
        endpoint: Endpoint<'_>,
        id: &WorkspaceId,
        payer: &Payer,
        _cursor: Option<&str>,
    ) -> Option<Request> {
        let turns = [PATH, id.as_str(), PAYERS, &payer.id, SUBSCRIPTIONS];
        Some(request(endpoint, Method::Get, &turns))
    }

    fn read_subscriptions(&self, reply: Reply, payer: &Payer) -> Result<Page<Blocker>, Failure> {
        billing::subscriptions(&reply, payer)
    }

    fn usage(
        &self,
        endpoint: Endpoint<'_>,
        id: &WorkspaceId,
        _cursor: Option<&str>,
    ) -> Option<Request> {
        let turns = [PATH, id.as_str(), ORGANIZATIONS];
        Some(request(endpoint, Method::Get, &turns))
    }

    fn read_usage(&self, reply: Reply) -> Result<Page<Blocker>, Failure> {
        billing::usage(&reply)
    }

    fn cancel(
        &self,
        endpoint: Endpoint<'_>,
        id: &WorkspaceId,
        payer: &Payer,
        subscription: &str,
    ) -> Option<Request> {
        let turns = [
            PATH,
            id.as_str(),
            PAYERS,
            &payer.id,
            SUBSCRIPTIONS,
            subscription,
        ];
        Some(request(endpoint, Method::Delete, &turns))
    }

    fn read_cancel(&self, reply: Reply, subscription: &str) -> Result<(), Failure> {
        billing::cancelled(&reply, subscription)
    }

    fn preview(
        &self,
        endpoint: Endpoint<'_>,
        id: &WorkspaceId,
        payer: &Payer,
        subscription: &str,
        cancelled: bool,
    ) -> Option<Request> {
        let turns = [PATH, id.as_str(), PAYERS, &payer.id, "/invoices/preview"];
        let body = billing::preview(subscription, cancelled);
        Some(request(endpoint, Method::Post, &turns).with_json(body))
    }

    fn read_preview(&self, reply: Reply) -> Result<Money, Failure> {
        billing::invoice(&reply)
    }
}

const PATH: &str = "/workspaces";
const MEMBERS: &str = "/members";
const PAYERS: &str = "/billing-accounts";
const SUBSCRIPTIONS: &str = "/subscriptions";
const ORGANIZATIONS: &str = "/organizations";

fn request(endpoint: Endpoint<'_>, method: Method, turns: &[&str]) -> Request {
    Request::new(method, address(endpoint.base, turns), endpoint.credential)
}

fn read_workspace(operation: Operation, reply: &Reply) -> Result<Workspace, Failure> {
    pagination::workspace::<wire::Workspace>(operation, reply, None)
}
