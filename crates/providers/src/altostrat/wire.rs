//! The objects of the contract, as they are on the wire, and their way into the domain.
//!
//! Guarantees: every member may be absent, `null` or of an odd type; only an id is needed. The
//! document has no `required` list, so nothing else may be.

use steward_domain::draft::{Change, Draft};
use steward_domain::field::Field;
use steward_domain::workspace::BillingMode;

use crate::dialect::Listed;
use crate::page::{Row, plain, state};
use crate::reader::{Place, Record, Scalar};
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
        // Either mark alone is enough: an archived workspace shown as active would offer a person
        // what no longer works.
        let archived = row.archived.is_true() || row.archived_at.is_mark();
        let mut workspace = plain(row.id, row.name, state(archived, row.archived_at.time()))?;
        workspace.description = row.description.text();
        workspace.billing = row.billing_mode.words().map(BillingMode::from_word);
        workspace.seat_limit = row.pooled_seat_limit.number();
        workspace.created = row.created_at.time();
        workspace.updated = row.updated_at.time();
        Some(Listed {
            workspace,
            members: None,
        })
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
