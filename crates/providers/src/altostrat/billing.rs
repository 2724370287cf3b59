//! What stands in the way of archiving a workspace, as the contract lists it: billing accounts, their
//! subscriptions, and organizations with what they use; and what cancelling a subscription costs.
//!
//! Guarantees: every member may be absent, `null` or of an odd type; only an id is needed. What is not
//! known to be over counts as standing in the way. Must not know what is done about it.

use std::collections::BTreeMap;

use serde::Deserialize;
use steward_domain::blocker::{Blocker, BlockerState, Check, Payer, Product};
use steward_domain::failure::{Failure, Operation, Unreadable};
use steward_domain::invoice::Money;

use super::LIST;
use crate::dialect::Page;
use crate::http::Reply;
use crate::json::{Nested, Scalar, members};
use crate::pagination::{object, read, taken};
use crate::reply::{accepted, unreadable};
use crate::writer::Object;

/// Any of the three: their members do not collide, so that one record reads them all.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Entry {
    id: Scalar,
    name: Scalar,
    status: Scalar,
    currency: Scalar,
    billing_account_id: Scalar,
    current_period_end: Scalar,
    /// By kind. Kinds may be added.
    product_quantities: Nested<BTreeMap<String, Nested<Quantity>>>,
    usage: Nested<Usage>,
}

/// `{price_id, quantity, interval}`, or the number alone.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Quantity {
    quantity: Scalar,
    interval: Scalar,
}

/// `{usage: {kind: count}, subtree_usage}`. What is below an organization is listed by itself.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Usage {
    /// Of which only the sum is wanted. Kinds may be added.
    usage: Nested<BTreeMap<String, Scalar>>,
}

fn product((kind, mut of): (String, Nested<Quantity>)) -> Product {
    let alone = of.instead.pop().unwrap_or_default();
    Product {
        kind,
        quantity: of.record.quantity.or(alone).number(),
        interval: of.record.interval.said(),
    }
}

impl Entry {
    fn payer(self) -> Option<Payer> {
        let id = self.id.id()?;
        Some(Payer {
            name: self.name.words().unwrap_or_else(|| id.clone()),
            id,
        })
    }

    /// `None` without an id, and for one that somebody else pays for: a list with such a one in it is not the list
    /// that was asked for, and nothing follows from what it does not have.
    fn subscription(self, payer: &Payer) -> Option<Blocker> {
        if self
            .billing_account_id
            .id()
            .is_some_and(|id| id != payer.id)
        {
            return None;
        }
        let word = self.status.said().unwrap_or_default();
        let state = match word.as_str() {
            "active" => BlockerState::Active,
            "trialing" => BlockerState::Trialing,
            "past_due" => BlockerState::PastDue,
            "unpaid" => BlockerState::Unpaid,
            "incomplete" => BlockerState::Incomplete,
            "paused" => BlockerState::Paused,
            // The first payment never came, and so it never began.
            "canceled" | "cancelled" | "incomplete_expired" => BlockerState::Ended,
            _ => BlockerState::Unknown(word),
        };
        Some(Blocker {
            check: Check::Subscriptions,
            id: self.id.id()?,
            name: self.name.words(),
            state,
            quantity: None,
            products: self
                .product_quantities
                .record
                .into_iter()
                .map(product)
                .collect(),
            currency: self.currency.words(),
            until: self.current_period_end.time(),
            payer: Some(payer.clone()),
            stored: None,
        })
    }

    fn organization(self) -> Option<Blocker> {
        let own = self.usage.record.usage;
        let counts = own.record.values().filter_map(Scalar::number);
        let sum = counts.fold(0, i64::saturating_add);
        let state = match (own.is_there, sum) {
            (true, 0) => BlockerState::Ended,
            (true, _) => BlockerState::Active,
            // Nothing said is not nothing used.
            (false, _) => BlockerState::Unknown(String::new()),
        };
        Some(Blocker {
            check: Check::Usage,
            id: self.id.id()?,
            name: self.name.words(),
            state,
            quantity: (sum > 0).then_some(sum),
            products: Vec::new(),
            currency: None,
            until: None,
            payer: None,
            stored: None,
        })
    }
}

fn page<T>(reply: &Reply, made: impl FnMut(Entry) -> Option<T>) -> Result<Page<T>, Failure> {
    let (rows, more) = read(Operation::Blockers, reply, &LIST)?;
    let (rows, skipped) = taken(rows, made);
    Ok(Page {
        rows,
        skipped,
        next: more.next(None),
    })
}

/// Reads billing accounts.
pub(super) fn payers(reply: &Reply) -> Result<Page<Payer>, Failure> {
    page(reply, Entry::payer)
}

/// Reads the subscriptions of one of them.
pub(super) fn subscriptions(reply: &Reply, payer: &Payer) -> Result<Page<Blocker>, Failure> {
    page(reply, |entry: Entry| entry.subscription(payer))
}

/// Reads organizations.
pub(super) fn usage(reply: &Reply) -> Result<Page<Blocker>, Failure> {
    page(reply, Entry::organization)
}

/// The question what the next invoice of a subscription is, as it stands or without it.
pub(super) fn preview(subscription: &str, cancelled: bool) -> String {
    let mut body = Object::default();
    body.text("subscription_id", subscription);
    if cancelled {
        body.word("cancel_subscription", "true");
    }
    body.finish()
}

/// The members of an invoice that say what it comes to.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Invoice {
    total: Scalar,
    currency: Scalar,
}

/// Reads what an invoice comes to.
pub(super) fn invoice(reply: &Reply) -> Result<Money, Failure> {
    let operation = Operation::Blockers;
    let invoice: Invoice = object(operation, reply, None)?;
    match (invoice.total.number(), invoice.currency.words()) {
        (Some(cents), Some(currency)) => Ok(Money { cents, currency }),
        // An amount without a currency says nothing.
        _ => Err(unreadable(operation, reply, Unreadable::OtherShape)),
    }
}

/// Reads whether a cancellation was accepted. By the contract nothing is said besides; what is said
/// about another subscription is no answer.
pub(super) fn cancelled(reply: &Reply, subscription: &str) -> Result<(), Failure> {
    accepted(Operation::Cancel, reply)?;
    let said = members(&reply.body, ["id"]);
    let said = said.and_then(|[id]| id.id());
    if said.is_some_and(|id| id != subscription) {
        return Err(unreadable(
            Operation::Cancel,
            reply,
            Unreadable::AnotherObject,
        ));
    }
    Ok(())
}
