//! The workspace as it is on the wire, and its way into the domain.
//!
//! Guarantees: every member may be absent, `null` or of an odd type; only an id is needed. Whether
//! the users came along is kept apart from how many there are: answers to a change leave them out.

use serde::Deserialize;
use steward_domain::role::Member;

use super::DESCRIPTION;
use crate::dialect::Listed;
use crate::directory::{self, Entry};
use crate::json::{Rows, Says, Scalar};
use crate::pagination::{Row, plain, set_state};

/// A workspace.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Workspace {
    id: Scalar,
    name: Scalar,
    /// No documented answer has it, but the vendor's client knows of it.
    #[serde(rename = "deletedAt")]
    deleted_at: Scalar,
    users: Rows<Entry>,
}

impl Workspace {
    /// The members and how many entries beside them name nobody; `None` where the users did not come along, or without
    /// an id.
    pub(super) fn members(self) -> Option<(Vec<Member>, usize)> {
        self.id.id()?;
        let users = self.users;
        users
            .is_there
            .then(|| directory::listed(users, &DESCRIPTION))
    }
}

impl Row for Workspace {
    fn listed(self) -> Option<Listed> {
        let row = self;
        let mut workspace = plain(row.id, row.name)?;
        set_state(&mut workspace, Says::Nothing, "deletedAt", row.deleted_at);
        Some(Listed {
            workspace,
            members: row
                .users
                .is_there
                .then(|| directory::listed(row.users, &DESCRIPTION).0),
        })
    }
}
