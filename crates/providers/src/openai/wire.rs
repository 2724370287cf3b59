//! The project as it is on the wire, and its way into the domain.
//!
//! Guarantees: every member may be absent, `null` or of an odd type; only an id is needed.

use steward_domain::field::Field;
use steward_domain::odd::{Part, short};

use crate::dialect::Listed;
use crate::pagination::{Row, is_other, plain, set_state};
use crate::reader::{Place, Record, Says, Scalar};

/// A project.
#[derive(Default)]
pub(super) struct Project {
    id: Scalar,
    object: Scalar,
    name: Scalar,
    created_at: Scalar,
    archived_at: Scalar,
    status: Scalar,
    residency: Scalar,
    external_key: Scalar,
}

impl Record for Project {
    fn place(&mut self, name: &str) -> Place<'_> {
        Place::Value(match name {
            "id" => &mut self.id,
            "object" => &mut self.object,
            "name" => &mut self.name,
            "created_at" => &mut self.created_at,
            "archived_at" => &mut self.archived_at,
            "status" => &mut self.status,
            "residency" => &mut self.residency,
            "external_key_id" => &mut self.external_key,
            _ => return Place::Nowhere,
        })
    }
}

impl Row for Project {
    fn take(&mut self) -> Option<Listed> {
        let row = std::mem::take(self);
        if is_other(&row.object, &["organization.project"]) {
            return None;
        }
        let status = match row.status {
            Scalar::Missing => Says::Nothing,
            Scalar::Text(word) if word == "archived" => Says::Yes,
            Scalar::Text(word) if word == "active" => Says::No,
            other => Says::Odd(other.said().unwrap_or_else(|| "\"\"".to_owned())),
        };
        // The default project is like any other as far as the object says.
        let mut workspace = plain(row.id, row.name)?;
        set_state(&mut workspace, status, "archived_at", row.archived_at);
        workspace.created = row.created_at.time_or(Part::Created, &mut workspace.odd);
        for (field, value) in [
            (Field::Residency, row.residency),
            (Field::ExternalKey, row.external_key),
        ] {
            let is_odd = !matches!(value, Scalar::Text(_));
            let Some(text) = value.said() else {
                continue;
            };
            if is_odd {
                workspace.odd.note(Part::Field(field), short(&text));
            }
            workspace.more.push((field, text));
        }
        Some(Listed {
            workspace,
            members: None,
        })
    }
}
