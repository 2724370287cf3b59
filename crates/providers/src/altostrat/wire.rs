//! The objects of the contract, as they are on the wire, and their way into the domain.
//!
//! Guarantees: every member may be absent, `null` or of an odd type; only an id is needed. The
//! document has no `required` list, so nothing else may be.

use steward_domain::draft::{Change, Draft};
use steward_domain::field::Field;
use steward_domain::odd::Part;
use steward_domain::workspace::BillingMode;

use crate::dialect::Listed;
use crate::pagination::{Row, plain, set_state};
use crate::reader::{Place, Record, Says, Scalar};
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

impl Row for Workspace {
    fn take(&mut self) -> Option<Listed> {
        let row = std::mem::take(self);
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
