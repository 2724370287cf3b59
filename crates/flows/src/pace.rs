//! One account's pace: what its service asked for when it had too many requests, and how many more
//! tries it may be burdened with.
//!
//! Guarantees: a pause that the service asked for once is known to every request of the account; of
//! a service that is out, second tries make up at most a tenth of the requests in the long run.
//! Must not know what is asked, nor wait itself.

use std::cell::Cell;
use std::rc::Rc;

use steward_domain::failure::{Failure, FailureKind};
use steward_domain::time::Timestamp;

/// The longest pause that is remembered. After it the service is asked again, so that an absurd
/// number in one reply does not shut an account for good.
const LONGEST_S: u32 = 3_600;

/// A pause that all requests of one account share. Cheap to clone; clones are one pace. A new one
/// has no pause.
///
/// A read waits for the end of the pause, up to a minute; if it is longer, it fails at once. A
/// write does neither: it is refused before it is sent. Both failures are
/// [`FailureKind::RateLimited`] with the seconds that are left.
///
/// Second tries are paid from a budget: every request earns a tenth of one, and ten can be saved up.
/// An outage is then not made worse by everybody who tries three times (quality.md, protocol rule 5).
#[derive(Clone, Default)]
pub struct Pace(Rc<State>);

struct State {
    pause: Cell<Option<Pause>>,
    /// In tenths of a try.
    budget: Cell<u32>,
}

impl Default for State {
    fn default() -> Self {
        Self {
            pause: Cell::default(),
            budget: Cell::new(MOST_SAVED),
        }
    }
}

/// What a second try costs, in what a request earns.
const COST: u32 = 10;
/// What can be saved up.
const MOST_SAVED: u32 = 10 * COST;

#[derive(Clone, Copy)]
struct Pause {
    since: Timestamp,
    until: Timestamp,
}

impl Pace {
    /// The whole seconds until the pause ends, rounded up; `None` if there is none.
    #[must_use]
    pub fn left(&self, now: Timestamp) -> Option<u32> {
        self.left_ms(now).map(|millis| millis.div_ceil(1000))
    }

    /// The same in milliseconds.
    pub(crate) fn left_ms(&self, now: Timestamp) -> Option<u32> {
        // A time before the pause began: the device's clock was set back, and nothing is known.
        let pause = self.0.pause.get().filter(|pause| now >= pause.since)?;
        let micros = u64::try_from(pause.until.0.saturating_sub(now.0)).ok()?;
        let millis = u32::try_from(micros.div_ceil(1000)).ok()?;
        (millis > 0).then_some(millis)
    }

    /// Notes that a request leaves.
    pub(crate) fn earn(&self) {
        let budget = &self.0.budget;
        budget.set((budget.get() + 1).min(MOST_SAVED));
    }

    /// Pays for a second try; says whether there was enough.
    pub(crate) fn pay(&self) -> bool {
        let left = self.0.budget.get().checked_sub(COST);
        if let Some(left) = left {
            self.0.budget.set(left);
        }
        left.is_some()
    }

    /// Begins a pause if the service asked for one just now. One that lasts longer stays.
    pub(crate) fn heed(&self, failure: &Failure, now: Timestamp) {
        let FailureKind::RateLimited(Some(seconds)) = failure.kind else {
            return;
        };
        if self.left(now).is_none_or(|left| left < seconds) {
            let seconds = i64::from(seconds.min(LONGEST_S));
            self.0.pause.set(Some(Pause {
                since: now,
                until: now.plus_seconds(seconds),
            }));
        }
    }
}
