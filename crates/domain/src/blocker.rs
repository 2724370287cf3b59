//! What stands in the way of archiving a workspace: the checks, what each came to, and the work list
//! that is made of it.
//!
//! Guarantees: a check that could not be made is never a pass; a state that nobody here knows counts
//! as standing in the way; what has been on the list stays on it until a reading shows it gone. Must
//! not know how anything is read or drawn.

use crate::capability::{Reason, Verdict};
use crate::failure::Failure;
use crate::provider::{Description, InUse};
use crate::time::Timestamp;

/// A question to be answered before a workspace is archived.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Check {
    /// Whether my role allows it.
    Role,
    /// Whether it is archived already.
    AlreadyArchived,
    /// Whether the service protects it.
    Protected,
    /// Whether subscriptions run in it.
    Subscriptions,
    /// Whether its organizations use anything.
    Usage,
    /// Whether there are repositories in it. They come before the buckets that they use.
    Repositories,
    /// Whether there are buckets in it.
    Buckets,
}

impl Check {
    /// What only the service can answer, in the order in which it is shown.
    #[must_use]
    pub fn of(service: &Description) -> &'static [Self] {
        match service.archive.refused_while {
            Some(InUse::Subscriptions) => &[Self::Subscriptions, Self::Usage],
            Some(InUse::BucketsOrRepos) => &[Self::Repositories, Self::Buckets],
            None => &[],
        }
    }

    /// What the answer of the capability is about.
    #[must_use]
    pub fn decided_by(verdict: &Verdict) -> Self {
        match verdict {
            Verdict::Denied(denial) if denial.reason == Reason::Archived => Self::AlreadyArchived,
            Verdict::Denied(denial) if denial.reason == Reason::Protected => Self::Protected,
            _ => Self::Role,
        }
    }
}

/// What a check came to.
#[derive(Clone, PartialEq, Debug)]
pub enum Standing {
    /// Nothing stands in the way.
    Pass,
    /// These do; and why the list of them may not be whole, if it may not.
    Blocked(Vec<Blocker>, Option<Failure>),
    /// It is not known, and why.
    CouldNotCheck(Failure),
    /// The service offers no way to ask.
    NotOffered,
}

impl Standing {
    /// What was found, and whether something could not be read, as one answer.
    #[must_use]
    pub fn of(found: Vec<Blocker>, unread: Option<Failure>) -> Self {
        match (found.is_empty(), unread) {
            (true, None) => Self::Pass,
            (true, Some(failure)) => Self::CouldNotCheck(failure),
            (false, unread) => Self::Blocked(found, unread),
        }
    }
}

/// A check and what it came to.
#[derive(Clone, PartialEq, Debug)]
pub struct Finding {
    /// Which.
    pub check: Check,
    /// What it came to.
    pub standing: Standing,
}

/// Something that stands in the way.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Blocker {
    /// Which check found it.
    pub check: Check,
    /// Its id at the service.
    pub id: String,
    /// What it is called, where the service says so.
    pub name: Option<String>,
    /// How it stands.
    pub state: BlockerState,
    /// How much of it is in use, where the service says so.
    pub quantity: Option<i64>,
    /// What a subscription is for.
    pub products: Vec<Product>,
    /// The currency it is paid in, three letters.
    pub currency: Option<String>,
    /// When its period ends: it renews then, or is over.
    pub until: Option<Timestamp>,
    /// Who pays for it.
    pub payer: Option<Payer>,
    /// What is known of a bucket or repository besides.
    pub stored: Option<Stored>,
}

/// What is known of a bucket or repository besides its name. Of its keys and secrets nothing is.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Stored {
    /// Whether the service says that it is in this very workspace. What may be in another is never
    /// deleted from here.
    pub is_here: bool,
    /// The ids of what it is used together with: a bucket's repositories, a repository's buckets.
    pub linked: Vec<String>,
    /// Whether it belongs to a wallet: such a repository is deleted for good, its buckets too.
    pub for_good: bool,
}

/// A product of a subscription.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Product {
    /// Which, in the service's word.
    pub kind: String,
    /// How many, where the service says so.
    pub quantity: Option<i64>,
    /// How often it is paid, in the service's word.
    pub interval: Option<String>,
}

/// Who pays: a billing account.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Payer {
    /// Its id.
    pub id: String,
    /// Its name, or its id where it has none.
    pub name: String,
}

/// How something that may stand in the way stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum BlockerState {
    /// It runs.
    Active,
    /// It runs before anything is paid.
    Trialing,
    /// It runs, and its last invoice is not paid.
    PastDue,
    /// Its invoices are not paid.
    Unpaid,
    /// Its first payment has not come.
    Incomplete,
    /// It stands still.
    Paused,
    /// It is over and stands in nobody's way.
    Ended,
    /// In the service's own word, which this console does not know; empty where it says nothing.
    Unknown(String),
}

impl BlockerState {
    /// Whether it counts. Only what is known to be over does not.
    #[must_use]
    pub fn stands(&self) -> bool {
        *self != Self::Ended
    }

    /// Whether it is known to be something that goes on until it is ended.
    #[must_use]
    pub fn goes_on(&self) -> bool {
        !matches!(self, Self::Ended | Self::Unknown(_))
    }
}

/// What this session knows of a cancellation that the service does not show: what it answered.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Cancellation {
    /// When it was sent.
    pub at: Timestamp,
    /// When the period ended, as the service said then.
    pub until: Option<Timestamp>,
    /// Whether the service accepted it; otherwise its answer was lost.
    pub accepted: bool,
}

/// What a cancellation of this session means for a subscription that the service shows running.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Claim {
    /// It was accepted, and runs until its period ends.
    Scheduled,
    /// Nobody knows whether it is scheduled.
    Unknown,
    /// It has gone on into another period, so that it cannot have been scheduled.
    WentOn,
}

impl Cancellation {
    /// What it means, by the service's own dates: the clock of this device plays no part.
    #[must_use]
    pub fn claim(&self, now: &Blocker) -> Claim {
        match (self.until, now.until) {
            (Some(then), Some(now)) if now > then => Claim::WentOn,
            _ if self.accepted => Claim::Scheduled,
            _ => Claim::Unknown,
        }
    }
}

impl Blocker {
    fn is(&self, other: &Self) -> bool {
        self.check == other.check && self.id == other.id && self.payer_id() == other.payer_id()
    }

    fn payer_id(&self) -> Option<&str> {
        self.payer.as_ref().map(|payer| payer.id.as_str())
    }

    /// Whether a bucket is used by this repository, as either of the two says.
    fn is_used_by(&self, repository: &Self) -> bool {
        let links = |of: &Self, to: &Self| {
            let stored = of.stored.as_ref();
            stored.is_some_and(|stored| stored.linked.contains(&to.id))
        };
        self.check == Check::Buckets
            && repository.check == Check::Repositories
            && (links(self, repository) || links(repository, self))
    }
}

/// The repositories on the work list that still use a bucket: a service keeps it as long as they do.
#[must_use]
pub fn users_of<'a>(bucket: &Blocker, list: &'a [Item]) -> Vec<&'a Blocker> {
    let standing = list.iter().filter(|item| !item.cleared);
    standing
        .map(|item| &item.blocker)
        .filter(|row| bucket.is_used_by(row))
        .collect()
}

/// A line of the work list.
#[derive(Clone, PartialEq, Debug)]
pub struct Item {
    /// What it is, as it was read last.
    pub blocker: Blocker,
    /// Whether a later reading showed that it no longer stands in the way.
    pub cleared: bool,
}

/// Brings a work list up to date: what is gone is ticked off, what is new is added at the end, and
/// what could not be read again stays as it was. Nothing changes its place.
pub fn renew(list: &mut Vec<Item>, findings: &[Finding]) {
    for finding in findings {
        let (now, whole): (&[Blocker], bool) = match &finding.standing {
            Standing::Pass => (&[], true),
            Standing::Blocked(rows, unread) => (rows, unread.is_none()),
            Standing::CouldNotCheck(_) | Standing::NotOffered => continue,
        };
        for item in list.iter_mut() {
            if item.blocker.check != finding.check {
                continue;
            }
            match now.iter().find(|row| row.is(&item.blocker)) {
                Some(row) => {
                    item.blocker = row.clone();
                    item.cleared = false;
                }
                None if whole => item.cleared = true,
                None => {}
            }
        }
        for row in now {
            if !list.iter().any(|item| item.blocker.is(row)) {
                list.push(Item {
                    blocker: row.clone(),
                    cleared: false,
                });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::failure::{FailureKind, Operation};
    use crate::testing::SERVICE;
    use proptest::prelude::*;

    fn row(id: &str) -> Blocker {
        Blocker {
            check: Check::Subscriptions,
            id: id.to_owned(),
            name: None,
            state: BlockerState::Active,
            quantity: None,
            products: vec![],
            currency: None,
            until: None,
            payer: None,
            stored: None,
        }
    }

    fn failed() -> Failure {
        Failure::new(Operation::Blockers, FailureKind::TimedOut)
    }

    fn found(ids: &[&str], unread: Option<Failure>) -> [Finding; 1] {
        let rows = ids.iter().map(|id| row(id)).collect();
        [Finding {
            check: Check::Subscriptions,
            standing: Standing::of(rows, unread),
        }]
    }

    fn standing(list: &[Item]) -> Vec<(&str, bool)> {
        list.iter()
            .map(|item| (item.blocker.id.as_str(), item.cleared))
            .collect()
    }

    #[test]
    fn not_known_is_no_pass_and_nothing_found_is_one_only_where_all_was_read() {
        assert_eq!(Standing::of(vec![], None), Standing::Pass);
        assert_eq!(
            Standing::of(vec![], Some(failed())),
            Standing::CouldNotCheck(failed())
        );
        assert!(matches!(
            Standing::of(vec![row("a")], Some(failed())),
            Standing::Blocked(rows, Some(_)) if rows.len() == 1
        ));
    }

    #[test]
    fn only_what_is_over_does_not_count() {
        for state in [
            BlockerState::Active,
            BlockerState::Trialing,
            BlockerState::PastDue,
            BlockerState::Unpaid,
            BlockerState::Incomplete,
            BlockerState::Paused,
        ] {
            assert!(state.stands() && state.goes_on(), "{state:?}");
        }
        for word in ["on_ice", ""] {
            let state = BlockerState::Unknown(word.into());
            assert!(state.stands() && !state.goes_on(), "{word}");
        }
        assert!(!BlockerState::Ended.stands() && !BlockerState::Ended.goes_on());
    }

    #[test]
    fn a_cancellation_holds_until_the_service_shows_a_later_period() {
        let end = |days: i64| Some(Timestamp(0).plus_seconds(days * 86_400));
        let sent = |until, accepted| Cancellation {
            at: Timestamp(0),
            until,
            accepted,
        };
        let shown = |until| Blocker { until, ..row("a") };
        for (known, now, accepted, unknown) in [
            (end(30), end(30), Claim::Scheduled, Claim::Unknown),
            // Shortened, or not said any more: nothing that speaks against it.
            (end(30), end(20), Claim::Scheduled, Claim::Unknown),
            (end(30), None, Claim::Scheduled, Claim::Unknown),
            (None, end(60), Claim::Scheduled, Claim::Unknown),
            (end(30), end(60), Claim::WentOn, Claim::WentOn),
        ] {
            assert_eq!(sent(known, true).claim(&shown(now)), accepted);
            assert_eq!(sent(known, false).claim(&shown(now)), unknown);
        }
    }

    #[test]
    fn what_is_gone_is_ticked_off_what_is_new_is_added_and_what_comes_back_counts_again() {
        let mut list = Vec::new();
        renew(&mut list, &found(&["a", "b"], None));
        renew(&mut list, &found(&["b", "c"], None));
        assert_eq!(standing(&list), [("a", true), ("b", false), ("c", false)]);
        renew(&mut list, &found(&["a"], None));
        assert_eq!(standing(&list), [("a", false), ("b", true), ("c", true)]);
        renew(&mut list, &found(&[], None));
        assert!(list.iter().all(|item| item.cleared));
    }

    #[test]
    fn what_could_not_be_read_again_stays_as_it_was() {
        let mut list = Vec::new();
        renew(&mut list, &found(&["a", "b"], None));
        let before = list.clone();
        renew(&mut list, &found(&[], Some(failed())));
        assert_eq!(list, before);
        // Half a list ticks nothing off, and adds what is new.
        renew(&mut list, &found(&["b", "c"], Some(failed())));
        assert_eq!(standing(&list), [("a", false), ("b", false), ("c", false)]);
    }

    #[test]
    fn one_id_under_two_payers_is_two() {
        let paid = |payer: &str| Blocker {
            payer: Some(Payer {
                id: payer.to_owned(),
                name: payer.to_owned(),
            }),
            ..row("a")
        };
        let mut list = Vec::new();
        let standing = Standing::Blocked(vec![paid("x"), paid("y")], None);
        let check = Check::Subscriptions;
        renew(&mut list, &[Finding { check, standing }]);
        assert_eq!(list.len(), 2);
    }

    #[test]
    fn the_checks_follow_from_what_makes_a_service_refuse() {
        assert_eq!(Check::of(&SERVICE), [Check::Subscriptions, Check::Usage]);
        assert_eq!(Check::decided_by(&Verdict::Allowed), Check::Role);
        assert_eq!(Check::decided_by(&Verdict::Pending), Check::Role);
    }

    #[test]
    fn a_bucket_is_used_as_either_side_says_and_by_what_still_stands_alone() {
        let stored = |check, id: &str, linked: &[&str]| Blocker {
            check,
            stored: Some(Stored {
                is_here: true,
                linked: linked.iter().map(|id| (*id).to_owned()).collect(),
                for_good: false,
            }),
            ..row(id)
        };
        let one = |blocker, cleared| Item { blocker, cleared };
        let list = [
            one(stored(Check::Repositories, "r1", &["b1"]), false),
            one(stored(Check::Repositories, "r2", &[]), false),
            one(stored(Check::Repositories, "r3", &["b1", "b2"]), true),
            one(stored(Check::Buckets, "b9", &["b1"]), false),
        ];
        let users = |id: &str, linked: &[&str]| -> Vec<&str> {
            let bucket = stored(Check::Buckets, id, linked);
            let users = users_of(&bucket, &list).into_iter();
            users.map(|row| row.id.as_str()).collect()
        };
        assert_eq!(users("b1", &[]), ["r1"]);
        assert_eq!(users("b1", &["r2"]), ["r1", "r2"]);
        assert_eq!(users("b2", &["r3", "gone"]), Vec::<&str>::new());
        assert!(users_of(&stored(Check::Repositories, "r2", &["r1"]), &list).is_empty());
        assert!(users_of(&row("b1"), &list).is_empty());
    }

    proptest! {
        #[test]
        fn after_a_whole_reading_exactly_what_it_found_counts(
            readings in prop::collection::vec((prop::collection::vec("[a-e]", 0..5), any::<bool>()), 1..12)
        ) {
            let mut list = Vec::new();
            for (ids, whole) in readings {
                let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
                let places: Vec<String> = list.iter().map(|item: &Item| item.blocker.id.clone()).collect();
                renew(&mut list, &found(&ids, (!whole).then(failed)));
                for (place, id) in places.iter().enumerate() {
                    prop_assert_eq!(&list[place].blocker.id, id, "nothing changes its place");
                }
                for id in &ids {
                    prop_assert_eq!(list.iter().filter(|item| item.blocker.id == *id && !item.cleared).count(), 1);
                }
                if whole {
                    for item in &list {
                        prop_assert_eq!(!item.cleared, ids.contains(&item.blocker.id.as_str()));
                    }
                }
            }
        }
    }
}
