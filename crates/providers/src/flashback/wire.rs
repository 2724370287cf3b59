//! The workspace as it is on the wire, and its way into the domain.
//!
//! Guarantees: every member may be absent, `null` or of an odd type; only an id is needed. Whether
//! the users came along is kept apart from how many there are: answers to a change leave them out.

use super::DESCRIPTION;
use crate::dialect::Listed;
use crate::directory::Entries;
use crate::pagination::{Row, plain, set_state};
use crate::reader::{Place, Record, Says, Scalar};

/// A workspace.
#[derive(Default)]
pub(super) struct Workspace {
    id: Scalar,
    name: Scalar,
    deleted_at: Scalar,
    users: Entries,
    has_users: bool,
    /// Users without an id.
    pub(super) skipped: usize,
}

impl Record for Workspace {
    fn place(&mut self, name: &str) -> Place<'_> {
        Place::Value(match name {
            "id" => &mut self.id,
            "name" => &mut self.name,
            // No documented answer has it, but the vendor's client knows of it.
            "deletedAt" => &mut self.deleted_at,
            "users" => return Place::Rows(&mut self.users, &mut self.has_users),
            _ => return Place::Nowhere,
        })
    }
}

impl Row for Workspace {
    fn take(&mut self) -> Option<Listed> {
        let row = std::mem::take(self);
        self.skipped = row.users.skipped;
        let mut workspace = plain(row.id, row.name)?;
        set_state(&mut workspace, Says::Nothing, "deletedAt", row.deleted_at);
        Some(Listed {
            workspace,
            members: row.has_users.then(|| row.users.members(&DESCRIPTION)),
        })
    }
}
