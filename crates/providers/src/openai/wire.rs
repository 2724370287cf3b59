//! The project as it is on the wire, and its way into the domain.
//!
//! Guarantees: every member may be absent, `null` or of an odd type; only an id is needed.

use crate::dialect::Listed;
use crate::page::{Row, plain, state};
use crate::reader::{Place, Record, Scalar};

/// A project.
#[derive(Default)]
pub(super) struct Project {
    id: Scalar,
    name: Scalar,
    created_at: Scalar,
    archived_at: Scalar,
    status: Scalar,
}

impl Record for Project {
    fn place(&mut self, name: &str) -> Place<'_> {
        Place::Value(match name {
            "id" => &mut self.id,
            "name" => &mut self.name,
            "created_at" => &mut self.created_at,
            "archived_at" => &mut self.archived_at,
            "status" => &mut self.status,
            _ => return Place::Nowhere,
        })
    }
}

impl Row for Project {
    fn take(&mut self) -> Option<Listed> {
        let row = std::mem::take(self);
        // Either mark alone is enough: an archived project shown as active would offer a person
        // what no longer works.
        let archived =
            row.archived_at.is_mark() || row.status.text().is_some_and(|word| word == "archived");
        // The default project is like any other as far as the object says.
        let mut workspace = plain(row.id, row.name, state(archived, row.archived_at.unix()))?;
        workspace.created = row.created_at.unix();
        Some(Listed {
            workspace,
            members: None,
        })
    }
}
