//! What stands in the way of archiving a workspace, and cancelling a subscription that does.
//!
//! Guarantees: each check is made by itself, so that one that fails leaves the others known, and one
//! that could not be made whole is never a pass; at most four requests are out at once. A cancelling is
//! sent once, never again by itself, and where its outcome is not known the subscriptions are read
//! again before anything is said about it. Must not know who may cancel.

use futures::future::{join, join_all};
use steward_domain::blocker::{Blocker, BlockerState, Check, Finding, Payer, Standing};
use steward_domain::failure::{Changed, Failure, FailureKind, Operation};
use steward_domain::id::WorkspaceId;
use steward_domain::invoice::{Money, Preview};
use steward_domain::time::Timestamp;
use steward_providers::http::{Reply, Request};
use steward_providers::{Next, Page};

use crate::outcome::{Confirmed, Evidence, accepted, request_id};
use crate::pages::{Ending, other_shape};
use crate::service::Service;

/// How many payers are asked for their subscriptions at once; the organizations are asked for
/// beside them.
const AT_ONCE: usize = 3;
/// More billing accounts than any workspace has (the contract allows ten).
const MOST_PAYERS: usize = 50;

/// What a cancelling came to.
#[derive(Clone, PartialEq, Debug)]
pub enum Cancelled {
    /// The service shows the subscription over, or no longer at all.
    Ended(Confirmed<()>),
    /// The service accepted it and shows the subscription running.
    Scheduled(Scheduled),
}

/// A cancelling that rests on the service's word alone: nothing in the subscription shows it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Scheduled {
    /// When its period ends, and the subscription with it, where the service says so.
    pub until: Option<Timestamp>,
    /// The id under which the service logged the request, if it gave one.
    pub request_id: Option<String>,
}

impl Cancelled {
    /// The same for a record of what was attempted.
    ///
    /// # Errors
    /// [`FailureKind::NotShown`] for one that is only accepted.
    pub fn shown(self) -> Result<Confirmed<()>, Failure> {
        match self {
            Self::Ended(done) => Ok(done),
            Self::Scheduled(scheduled) => Err(accepted(Operation::Cancel, scheduled.request_id)),
        }
    }
}

/// Rows of a list, and why there may be more of them, if there may.
struct Read<T> {
    rows: Vec<T>,
    unread: Option<Failure>,
}

impl Service {
    /// Makes every check that only the service can answer.
    pub async fn blockers(&self, id: &WorkspaceId) -> Vec<Finding> {
        let checks = Check::of(self.description());
        if checks.contains(&Check::Buckets) {
            return self.storage(id).await;
        }
        let (subscriptions, usage) = join(self.subscriptions(id), self.usage(id)).await;
        let (mut subscriptions, mut usage) = (Some(subscriptions), Some(usage));
        let finding = |check: &Check| Finding {
            check: *check,
            standing: match check {
                Check::Subscriptions => subscriptions.take(),
                Check::Usage => usage.take(),
                _ => None,
            }
            .unwrap_or(Standing::NotOffered),
        };
        checks.iter().map(finding).collect()
    }

    /// Cancels a subscription.
    ///
    /// # Errors
    /// When the service refused (its words are in the failure, whole), or asked for a pause that is
    /// not over; or when its answer was lost and reading again did not show it over:
    /// [`Failure::changed`] is then `Perhaps`, since one that still runs may be cancelled all the same.
    pub async fn cancel_subscription(
        &self,
        id: &WorkspaceId,
        subscription: &Blocker,
    ) -> Result<Cancelled, Failure> {
        let refused = || Failure::new(Operation::Cancel, FailureKind::Refused);
        let payer = subscription.payer.as_ref().ok_or_else(refused)?;
        let desk = self.desk();
        let request = desk.cancel(self.endpoint(), id, payer, &subscription.id);
        let client = self.client();
        let reply = client
            .write(Operation::Cancel, request.ok_or_else(refused)?)
            .await;
        let request_id = request_id(&reply);
        let read = reply.and_then(|reply| desk.read_cancel(reply, &subscription.id));
        let (evidence, failure) = match client.observe(read) {
            Ok(()) => (Evidence::Answered, None),
            // Accepted to be done later, as every cancelling is here.
            Err(failure) if failure.kind == FailureKind::NotShown => (Evidence::Answered, None),
            // A second cancelling may be refused as a conflict, as invalid or as not found.
            Err(failure)
                if matches!(
                    failure.kind,
                    FailureKind::Conflict | FailureKind::Invalid(_) | FailureKind::NotFound
                ) =>
            {
                (Evidence::AlreadyThere, Some(failure))
            }
            Err(failure) if failure.changed == Changed::No => return Err(failure),
            Err(failure) => (Evidence::ConfirmedByReading, Some(failure)),
        };
        let found = self.paid_by(id, payer).await;
        let row = found.rows.iter().find(|row| row.id == subscription.id);
        let is_over = match row {
            Some(row) => row.state == BlockerState::Ended,
            None => found.unread.is_none(),
        };
        // What was refused or lost is not the request that shows it.
        let request_id = request_id.filter(|_| evidence == Evidence::Answered);
        match (is_over, failure) {
            (true, _) => Ok(Cancelled::Ended(Confirmed::shown((), evidence, request_id))),
            (false, None) => Ok(Cancelled::Scheduled(Scheduled {
                until: row.map_or(subscription.until, |row| row.until),
                request_id,
            })),
            (false, Some(failure)) => Err(failure),
        }
    }

    /// What the service says that cancelling a subscription means for its next invoice.
    ///
    /// # Errors
    /// When the service does not say what the invoice comes to once it is cancelled.
    pub async fn preview_cancelling(
        &self,
        id: &WorkspaceId,
        subscription: &Blocker,
    ) -> Result<Preview, Failure> {
        let (before, after) = join(
            self.invoice(id, subscription, false),
            self.invoice(id, subscription, true),
        )
        .await;
        Ok(Preview {
            before: before.ok(),
            after: after?,
        })
    }

    async fn invoice(
        &self,
        id: &WorkspaceId,
        subscription: &Blocker,
        cancelled: bool,
    ) -> Result<Money, Failure> {
        let (desk, operation) = (self.desk(), Operation::Blockers);
        let payer = subscription.payer.as_ref();
        let request = payer
            .and_then(|payer| desk.preview(self.endpoint(), id, payer, &subscription.id, cancelled))
            .ok_or_else(|| Failure::new(operation, FailureKind::Refused))?;
        self.client()
            .read_one(operation, request, &|reply| desk.read_preview(reply))
            .await
    }

    async fn subscriptions(&self, id: &WorkspaceId) -> Standing {
        let desk = self.desk();
        if desk.payers(self.endpoint(), id, None).is_none() {
            return Standing::NotOffered;
        }
        let ask = |cursor: Option<&str>| desk.payers(self.endpoint(), id, cursor);
        let payers = self
            .all(&ask, &|reply| desk.read_payers(reply), &|payer: &Payer| {
                &payer.id
            })
            .await;
        let mut unread = payers.unread;
        if payers.rows.len() > MOST_PAYERS {
            unread = unread.or(Some(other_shape(Operation::Blockers)));
        }
        let mut found = Vec::new();
        let asked = payers.rows.get(..MOST_PAYERS).unwrap_or(&payers.rows);
        for some in asked.chunks(AT_ONCE) {
            for read in join_all(some.iter().map(|payer| self.paid_by(id, payer))).await {
                found.extend(read.rows);
                unread = unread.or(read.unread);
            }
        }
        standing(found, unread)
    }

    async fn usage(&self, id: &WorkspaceId) -> Standing {
        let desk = self.desk();
        if desk.usage(self.endpoint(), id, None).is_none() {
            return Standing::NotOffered;
        }
        let ask = |cursor: Option<&str>| desk.usage(self.endpoint(), id, cursor);
        let read = self
            .all(&ask, &|reply| desk.read_usage(reply), &|row: &Blocker| {
                &row.id
            })
            .await;
        standing(read.rows, read.unread)
    }

    /// The subscriptions that one of them pays for, over or not.
    async fn paid_by(&self, id: &WorkspaceId, payer: &Payer) -> Read<Blocker> {
        let desk = self.desk();
        self.all(
            &|cursor| desk.subscriptions(self.endpoint(), id, payer, cursor),
            &|reply| desk.read_subscriptions(reply, payer),
            &|row: &Blocker| &row.id,
        )
        .await
    }

    /// All rows of a list that could be read, each once.
    async fn all<T>(
        &self,
        ask: &dyn Fn(Option<&str>) -> Option<Request>,
        read: &dyn Fn(Reply) -> Result<Page<T>, Failure>,
        id: &dyn Fn(&T) -> &String,
    ) -> Read<T> {
        let (mut rows, mut skipped) = (Vec::new(), 0);
        let ended = self
            .client()
            .pages(Operation::Blockers, None, ask, &mut |reply, seen| {
                let page = read(reply)?;
                skipped += page.skipped;
                rows.extend(page.rows.into_iter().filter(|row| seen.is_new(id(row))));
                Ok::<Next, Failure>(page.next)
            })
            .await;
        let unread = match ended {
            Ok(Ending::Whole) if skipped == 0 => None,
            // What has no id, or does not come, may stand in the way all the same.
            Ok(_) => Some(other_shape(Operation::Blockers)),
            Err(failure) => Some(failure),
        };
        Read { rows, unread }
    }
}

fn standing(found: Vec<Blocker>, unread: Option<Failure>) -> Standing {
    let standing = found.into_iter().filter(|row| row.state.stands());
    Standing::of(standing.collect(), unread)
}
