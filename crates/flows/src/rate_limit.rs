//! One account's rate limit: what its service asked for when it had too many requests or was out, and how
//! many more tries it may be burdened with.
//!
//! Guarantees: a pause that the service asked for once is known to every request of the account; of
//! a service that is out, second tries make up at most a tenth of the requests in the long run.
//! Must not know what is asked, nor wait itself.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use steward_domain::failure::{Failure, FailureKind};
use steward_domain::time::Timestamp;

/// The longest pause that is remembered. After it the service is asked again, so that an absurd
/// number in one reply does not shut an account for good.
const LONGEST_S: u32 = 3_600;

/// A pause that all requests of one account share. Cheap to clone; clones share it. A new one
/// has no pause.
///
/// A read waits for the end of the pause, up to a minute; if it is longer, it fails at once. A
/// write does neither: it is refused before it is sent. Both failures are
/// [`FailureKind::RateLimited`] with the seconds that are left.
///
/// A service that is out (503) may name a moment as well. That holds nobody else's request back, since
/// a failure of one thing says little of another, but it is told as long as somebody waits for it or
/// nothing is answered.
///
/// Second tries are paid from a budget: every request earns a tenth of one, and ten can be saved up.
/// An outage is then not made worse by everybody who tries three times (quality.md, protocol rule 5).
#[derive(Clone, Default)]
pub struct RateLimit(Rc<State>);

struct State {
    pause: Cell<Option<Pause>>,
    /// Until when a service that is out asked to be left alone.
    outage: Cell<Option<Pause>>,
    /// How many requests wait for that moment.
    waiting: Cell<u32>,
    told: RefCell<Option<Rc<dyn Fn()>>>,
    /// In tenths of a try.
    budget: Cell<u32>,
}

impl Default for State {
    fn default() -> Self {
        Self {
            pause: Cell::default(),
            outage: Cell::default(),
            waiting: Cell::default(),
            told: RefCell::default(),
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

/// A request that waits.
pub(crate) struct Waits<'a>(&'a Cell<u32>);

impl Drop for Waits<'_> {
    fn drop(&mut self) {
        self.0.set(self.0.get().saturating_sub(1));
    }
}

impl Pause {
    fn left_ms(self, now: Timestamp) -> Option<u32> {
        // A time before the pause began: the device's clock was set back, and nothing is known.
        if now < self.since {
            return None;
        }
        let micros = u64::try_from(self.until.0.saturating_sub(now.0)).ok()?;
        let millis = u32::try_from(micros.div_ceil(1000)).ok()?;
        (millis > 0).then_some(millis)
    }
}

impl RateLimit {
    /// The whole seconds until the pause ends, rounded up; `None` if there is none.
    #[must_use]
    pub fn left(&self, now: Timestamp) -> Option<u32> {
        self.left_ms(now).map(|millis| millis.div_ceil(1000))
    }

    /// The whole seconds until the service wants to be asked again, for whatever reason, to be told.
    #[must_use]
    pub fn asked_for(&self, now: Timestamp) -> Option<u32> {
        let outage = self.0.outage.get().and_then(|outage| outage.left_ms(now));
        let millis = outage.max(self.left_ms(now));
        millis.map(|millis| millis.div_ceil(1000))
    }

    /// Has this called whenever the service asks for a pause from now on.
    pub fn tell(&self, told: Rc<dyn Fn()>) {
        self.0.told.replace(Some(told));
    }

    /// The milliseconds until the pause ends.
    pub(crate) fn left_ms(&self, now: Timestamp) -> Option<u32> {
        self.0.pause.get()?.left_ms(now)
    }

    /// Notes that the service has answered: it is not out, except for those who still wait.
    pub(crate) fn answered(&self) {
        if self.0.waiting.get() == 0 {
            self.0.outage.set(None);
        }
    }

    /// Notes that a request waits for the moment that a service named, until this is dropped.
    pub(crate) fn waits(&self) -> Waits<'_> {
        let waiting = &self.0.waiting;
        waiting.set(waiting.get() + 1);
        Waits(waiting)
    }

    /// Notes that a request leaves.
    pub(crate) fn deposit(&self) {
        let budget = &self.0.budget;
        budget.set((budget.get() + 1).min(MOST_SAVED));
    }

    /// Pays for a second try; says whether there was enough.
    pub(crate) fn withdraw(&self) -> bool {
        let left = self.0.budget.get().checked_sub(COST);
        if let Some(left) = left {
            self.0.budget.set(left);
        }
        left.is_some()
    }

    /// Begins a pause if the service asked for one just now. One that lasts longer stays.
    pub(crate) fn observe(&self, failure: &Failure, now: Timestamp) {
        let (seconds, place) = match failure.kind {
            FailureKind::RateLimited(Some(seconds)) => (seconds, &self.0.pause),
            FailureKind::ServiceFault(Some(seconds)) => (seconds, &self.0.outage),
            _ => return,
        };
        let left = place.get().and_then(|pause| pause.left_ms(now));
        if left.is_none_or(|left| left.div_ceil(1000) < seconds) {
            let seconds = i64::from(seconds.min(LONGEST_S));
            place.set(Some(Pause {
                since: now,
                until: now.plus_seconds(seconds),
            }));
            let told = self.0.told.borrow().clone();
            if let Some(told) = told {
                told();
            }
        }
    }
}
