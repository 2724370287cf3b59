//! The objects of the contract, as they are on the wire, and their way into the domain.
//!
//! Guarantees: every member may be absent, `null` or of an odd type; only an id is needed. The
//! document has no `required` list, so nothing else may be.

use serde::Deserialize;
use steward_domain::draft::{Change, Draft};
use steward_domain::field::Field;
use steward_domain::odd::Part;
use steward_domain::workspace::BillingMode;

use crate::dialect::Listed;
use crate::json::{Says, Scalar};
use crate::pagination::{Row, plain, set_state};
use crate::writer::Object;

/// A workspace.
#[derive(Default, Deserialize)]
#[serde(default)]
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

impl Row for Workspace {
    fn listed(self) -> Option<Listed> {
        let row = self;
        let mut workspace = plain(row.id, row.name)?;
        let archived = named("archived", row.archived.says());
        set_state(&mut workspace, archived, "archived_at", row.archived_at);
        let odd = &mut workspace.odd;
        workspace.description = row
            .description
            .text_or(Part::Field(Field::Description), odd);
        let billing = Part::Field(Field::Billing);
        workspace.billing = row
            .billing_mode
            .text_or(billing, odd)
            .filter(|word| !word.is_empty())
            .map(BillingMode::from_word);
        workspace.seat_limit = row.pooled_seat_limit.number_or(Part::Seats, odd);
        workspace.created = row.created_at.time_or(Part::Created, odd);
        workspace.updated = row.updated_at.time_or(Part::Updated, odd);
        Some(Listed {
            workspace,
            members: None,
        })
    }
}

/// What a flag says that is neither yes nor no, with the flag's name: alone it would say nothing.
fn named(name: &str, says: Says) -> Says {
    match says {
        Says::Odd(words) => Says::Odd([name, ": ", &words].concat()),
        says => says,
    }
}

/// The body that makes a change: absent keeps, `null` clears, a text sets.
pub(super) fn update(change: &Change) -> String {
    let mut body = Object::default();
    for changed in change.fields() {
        set(&mut body, changed.field, &changed.after);
    }
    body.finish()
}

/// The body that makes a workspace.
pub(super) fn create(draft: &Draft) -> String {
    let mut body = Object::default();
    for field in [Field::Name, Field::Description, Field::Billing] {
        set(&mut body, field, draft.get(field));
    }
    body.finish()
}

fn set(body: &mut Object, field: Field, text: &str) {
    match field {
        Field::Name => body.text("name", text),
        Field::Billing => body.text("billing_mode", text),
        Field::Description => body.text_or_null("description", text),
        _ => {}
    }
}
