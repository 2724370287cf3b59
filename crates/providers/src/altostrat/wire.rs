//! The objects of the contract, as they are on the wire, and their way into the domain.
//!
//! Guarantees: every member may be absent, `null` or of an odd type; only an id is needed. The
//! document has no `required` list, so nothing else may be.

use steward_domain::draft::{Change, Patch};
use steward_domain::id::{UserId, WorkspaceId};
use steward_domain::role::{Member, Role};
use steward_domain::workspace::{self, BillingMode, State};

use crate::reader::{Place, Record, Scalar, Table};
use crate::writer::Object;

/// A workspace.
#[derive(Default)]
pub(super) struct Workspace {
    id: Scalar,
    name: Scalar,
    description: Scalar,
    billing_mode: Scalar,
    pooled_seat_limit: Scalar,
    archived: Scalar,
    created_at: Scalar,
    updated_at: Scalar,
    archived_at: Scalar,
}

impl Record for Workspace {
    fn place(&mut self, name: &str) -> Place<'_> {
        Place::Value(match name {
            "id" => &mut self.id,
            "name" => &mut self.name,
            "description" => &mut self.description,
            "billing_mode" => &mut self.billing_mode,
            "pooled_seat_limit" => &mut self.pooled_seat_limit,
            "archived" => &mut self.archived,
            "created_at" => &mut self.created_at,
            "updated_at" => &mut self.updated_at,
            "archived_at" => &mut self.archived_at,
            _ => return Place::Nowhere,
        })
    }
}

impl Workspace {
    /// As the domain knows it; `None` without an id.
    pub(super) fn read(self) -> Option<workspace::Workspace> {
        let since = self.archived_at.time();
        // Either mark alone is enough: an archived workspace shown as active would offer a person
        // what no longer works.
        let archived = self.archived.is_true() || self.archived_at.words().is_some();
        Some(workspace::Workspace {
            id: self.id.text().and_then(WorkspaceId::new)?,
            name: self.name.text().unwrap_or_default(),
            description: self.description.text(),
            billing: self.billing_mode.words().map(BillingMode::from_word),
            seat_limit: self.pooled_seat_limit.number(),
            state: if archived {
                State::Archived(since)
            } else {
                State::Active
            },
            created: self.created_at.time(),
            updated: self.updated_at.time(),
        })
    }
}

/// A list of workspaces.
#[derive(Default)]
pub(super) struct Workspaces {
    row: Workspace,
    pub(super) read: Vec<workspace::Workspace>,
    pub(super) skipped: usize,
}

impl Table for Workspaces {
    fn row(&mut self) -> &mut dyn Record {
        &mut self.row
    }

    fn take(&mut self) {
        match std::mem::take(&mut self.row).read() {
            Some(workspace) => self.read.push(workspace),
            None => self.skipped += 1,
        }
    }
}

/// A member of a workspace.
#[derive(Default)]
struct WorkspaceMember {
    user_id: Scalar,
    role: Scalar,
    created_at: Scalar,
    updated_at: Scalar,
}

impl Record for WorkspaceMember {
    fn place(&mut self, name: &str) -> Place<'_> {
        Place::Value(match name {
            "user_id" => &mut self.user_id,
            "role" => &mut self.role,
            "created_at" => &mut self.created_at,
            "updated_at" => &mut self.updated_at,
            _ => return Place::Nowhere,
        })
    }
}

/// A list of members. Entries without a user are left out: they name nobody.
#[derive(Default)]
pub(super) struct Members {
    row: WorkspaceMember,
    pub(super) read: Vec<Member>,
}

impl Table for Members {
    fn row(&mut self) -> &mut dyn Record {
        &mut self.row
    }

    fn take(&mut self) {
        let row = std::mem::take(&mut self.row);
        let Some(user) = row.user_id.text().and_then(UserId::new) else {
            return;
        };
        self.read.push(Member {
            user,
            // No role at all is a role we don't know: it grants nothing.
            role: Role::from_word(row.role.text().unwrap_or_default()),
            since: row.created_at.time(),
            changed: row.updated_at.time(),
        });
    }
}

/// The body that makes a change: absent keeps, `null` clears, a text sets.
pub(super) fn update(change: &Change) -> String {
    let mut body = Object::default();
    body.text_if("name", change.name.as_deref());
    match &change.description {
        Patch::Keep => {}
        Patch::Clear => body.word("description", "null"),
        Patch::Set(text) => body.text("description", text),
    }
    body.finish()
}
