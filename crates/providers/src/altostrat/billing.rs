//! What stands in the way of archiving a workspace, as the contract lists it: billing accounts, their
//! subscriptions, and organizations with what they use.
//!
//! Guarantees: every member may be absent, `null` or of an odd type; only an id is needed. What is not
//! known to be over counts as standing in the way. Must not know what is done about it.

use steward_domain::blocker::{Blocker, BlockerState, Check, Payer};
use steward_domain::failure::{Failure, Operation};

use super::LIST;
use crate::dialect::Page;
use crate::http::Reply;
use crate::page::read;
use crate::reader::{Place, Record, Scalar, Table};

/// Any of the three: their members do not collide, so that one record reads them all.
#[derive(Default)]
struct Entry {
    id: Scalar,
    name: Scalar,
    product: Scalar,
    status: Scalar,
    quantity: Scalar,
    period_end: Scalar,
    canceled_at: Scalar,
    at_period_end: Scalar,
    url: Scalar,
    usage: Usage,
}

impl Record for Entry {
    fn place(&mut self, name: &str) -> Place<'_> {
        Place::Value(match name {
            "id" => &mut self.id,
            "name" => &mut self.name,
            "product" => &mut self.product,
            "status" => &mut self.status,
            "quantity" => &mut self.quantity,
            "current_period_end" => &mut self.period_end,
            "canceled_at" => &mut self.canceled_at,
            "cancel_at_period_end" => &mut self.at_period_end,
            "url" => &mut self.url,
            "usage" => return Place::Record(&mut self.usage),
            _ => return Place::Nowhere,
        })
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
        let id = self.id.words()?;
        Some(Payer {
            name: self.name.words().unwrap_or_else(|| id.clone()),
            id,
        })
    }

    fn subscription(self, payer: &Payer) -> Option<Blocker> {
        let ends = self.at_period_end.is_true() || self.canceled_at.is_mark();
        let state = match self.status.words() {
            Some(word) if word == "canceled" || word == "cancelled" => BlockerState::Ended,
            // "Cancels the subscription at the end of the billing period": it runs until then.
            Some(word) if word == "active" && ends => BlockerState::Ending,
            Some(word) if word == "active" => BlockerState::Active,
            word => BlockerState::Unknown(word.unwrap_or_default()),
        };
        Some(Blocker {
            check: Check::Subscriptions,
            id: self.id.words()?,
            name: self.product.words().or(self.name.words()),
            state,
            quantity: self.quantity.number(),
            until: self.period_end.time(),
            payer: Some(payer.clone()),
            // A link of another kind could do anything in this page's name.
            link: self.url.words().filter(|url| url.starts_with("https://")),
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
            id: self.id.words()?,
            name: self.name.words(),
            state,
            quantity: (self.usage.own.sum > 0).then_some(self.usage.own.sum),
            until: None,
            payer: None,
            link: self.url.words().filter(|url| url.starts_with("https://")),
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
