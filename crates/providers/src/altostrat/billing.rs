//! What stands in the way of archiving a workspace, as the contract lists it: billing accounts, their
//! subscriptions, and organizations with what they use; and what cancelling a subscription costs.
//!
//! Guarantees: every member may be absent, `null` or of an odd type; only an id is needed. What is not
//! known to be over counts as standing in the way. Must not know what is done about it.

use steward_domain::blocker::{Blocker, BlockerState, Check, Payer, Product};
use steward_domain::failure::{Failure, Operation, Unreadable};
use steward_domain::invoice::Money;

use super::LIST;
use crate::dialect::Page;
use crate::http::Reply;
use crate::pagination::read;
use crate::reader::{Place, Record, Scalar, Table, fill, members};
use crate::reply::{accepted, body, unreadable};
use crate::writer::Object;

/// Any of the three: their members do not collide, so that one record reads them all.
#[derive(Default)]
struct Entry {
    id: Scalar,
    name: Scalar,
    status: Scalar,
    currency: Scalar,
    payer: Scalar,
    period_end: Scalar,
    products: Products,
    usage: Usage,
}

impl Record for Entry {
    fn place(&mut self, name: &str) -> Place<'_> {
        Place::Value(match name {
            "id" => &mut self.id,
            "name" => &mut self.name,
            "status" => &mut self.status,
            "currency" => &mut self.currency,
            "billing_account_id" => &mut self.payer,
            "current_period_end" => &mut self.period_end,
            "product_quantities" => return Place::Record(&mut self.products),
            "usage" => return Place::Record(&mut self.usage),
            _ => return Place::Nowhere,
        })
    }
}

/// `{kind: {price_id, quantity, interval}}`. Kinds may be added.
#[derive(Default)]
struct Products(Vec<(String, Quantity)>);

impl Record for Products {
    fn place(&mut self, name: &str) -> Place<'_> {
        self.0.push((name.to_owned(), Quantity::default()));
        match self.0.last_mut() {
            Some((_, quantity)) => Place::Record(quantity),
            None => Place::Nowhere,
        }
    }
}

#[derive(Default)]
struct Quantity {
    quantity: Scalar,
    interval: Scalar,
}

impl Record for Quantity {
    fn place(&mut self, name: &str) -> Place<'_> {
        Place::Value(match name {
            "quantity" => &mut self.quantity,
            "interval" => &mut self.interval,
            _ => return Place::Nowhere,
        })
    }

    fn plain(&mut self, value: Scalar) {
        self.quantity = value;
    }
}

impl Products {
    fn read(self) -> Vec<Product> {
        let read = self.0.into_iter().map(|(kind, of)| Product {
            kind,
            quantity: of.quantity.number(),
            interval: of.interval.said(),
        });
        read.collect()
    }
}

/// `{usage: {kind: count}, subtree_usage}`. What is below an organization is listed by itself.
#[derive(Default)]
struct Usage {
    is_there: bool,
    own: Counts,
}

impl Record for Usage {
    fn place(&mut self, name: &str) -> Place<'_> {
        if name == "usage" {
            self.is_there = true;
            Place::Record(&mut self.own)
        } else {
            Place::Nowhere
        }
    }
}

/// Counts by kind, of which only the sum is wanted. Kinds may be added.
#[derive(Default)]
struct Counts {
    sum: i64,
    last: Scalar,
}

impl Record for Counts {
    fn place(&mut self, _name: &str) -> Place<'_> {
        self.settle();
        Place::Value(&mut self.last)
    }
}

impl Counts {
    fn settle(&mut self) {
        let last = std::mem::take(&mut self.last);
        self.sum = self.sum.saturating_add(last.number().unwrap_or_default());
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
        if self.payer.id().is_some_and(|id| id != payer.id) {
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
            products: self.products.read(),
            currency: self.currency.words(),
            until: self.period_end.time(),
            payer: Some(payer.clone()),
            stored: None,
        })
    }

    fn organization(mut self) -> Option<Blocker> {
        self.usage.own.settle();
        let state = match (self.usage.is_there, self.usage.own.sum) {
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
            quantity: (self.usage.own.sum > 0).then_some(self.usage.own.sum),
            products: Vec::new(),
            currency: None,
            until: None,
            payer: None,
            stored: None,
        })
    }
}

/// Entries as they come; those that name nothing are counted.
struct Entries<'a, T> {
    row: Entry,
    made: &'a dyn Fn(Entry) -> Option<T>,
    read: Vec<T>,
    skipped: usize,
}

impl<T> Table for Entries<'_, T> {
    fn row(&mut self) -> &mut dyn Record {
        &mut self.row
    }

    fn take(&mut self) {
        match (self.made)(std::mem::take(&mut self.row)) {
            Some(row) => self.read.push(row),
            None => self.skipped += 1,
        }
    }
}

fn page<T>(reply: &Reply, made: &dyn Fn(Entry) -> Option<T>) -> Result<Page<T>, Failure> {
    let mut rows = Entries {
        row: Entry::default(),
        made,
        read: Vec::new(),
        skipped: 0,
    };
    let more = read(Operation::Blockers, reply, &LIST, &mut rows)?;
    Ok(Page {
        rows: rows.read,
        skipped: rows.skipped,
        next: more.next(None),
    })
}

/// Reads billing accounts.
pub(super) fn payers(reply: &Reply) -> Result<Page<Payer>, Failure> {
    page(reply, &Entry::payer)
}

/// Reads the subscriptions of one of them.
pub(super) fn subscriptions(reply: &Reply, payer: &Payer) -> Result<Page<Blocker>, Failure> {
    page(reply, &|entry| entry.subscription(payer))
}

/// Reads organizations.
pub(super) fn usage(reply: &Reply) -> Result<Page<Blocker>, Failure> {
    page(reply, &Entry::organization)
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
#[derive(Default)]
struct Invoice {
    total: Scalar,
    currency: Scalar,
}

impl Record for Invoice {
    fn place(&mut self, name: &str) -> Place<'_> {
        Place::Value(match name {
            "total" => &mut self.total,
            "currency" => &mut self.currency,
            _ => return Place::Nowhere,
        })
    }
}

/// Reads what an invoice comes to.
pub(super) fn invoice(reply: &Reply) -> Result<Money, Failure> {
    let operation = Operation::Blockers;
    let mut invoice = Invoice::default();
    fill(body(operation, reply)?, &mut invoice).map_err(|why| unreadable(operation, reply, why))?;
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
