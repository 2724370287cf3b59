//! The project as it is on the wire, and its way into the domain.
//!
//! Guarantees: every member may be absent, `null` or of an odd type; only an id is needed.

use serde::Deserialize;
use steward_domain::field::Field;
use steward_domain::odd::{Part, short};

use crate::dialect::Listed;
use crate::json::{Says, Scalar};
use crate::pagination::{Row, is_other, plain, set_state};

/// A project.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Project {
    id: Scalar,
    object: Scalar,
    name: Scalar,
    created_at: Scalar,
    archived_at: Scalar,
    status: Scalar,
    residency: Scalar,
    external_key_id: Scalar,
}

impl Row for Project {
    fn listed(self) -> Option<Listed> {
        let row = self;
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
            (Field::ExternalKey, row.external_key_id),
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
