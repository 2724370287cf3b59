//! One account's pace: what its service asked for when it had too many requests.
//!
//! Guarantees: a pause that the service asked for once is known to every request of the account.
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
#[derive(Clone, Default)]
pub struct Pace(Rc<Cell<Option<Pause>>>);

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
        let pause = self.0.get().filter(|pause| now >= pause.since)?;
        let micros = u64::try_from(pause.until.0.saturating_sub(now.0)).ok()?;
        let millis = u32::try_from(micros.div_ceil(1000)).ok()?;
        (millis > 0).then_some(millis)
    }

    /// Begins a pause if the service asked for one just now. One that lasts longer stays.
    pub(crate) fn heed(&self, failure: &Failure, now: Timestamp) {
        let FailureKind::RateLimited(Some(seconds)) = failure.kind else {
            return;
        };
        if self.left(now).is_none_or(|left| left < seconds) {
            let seconds = i64::from(seconds.min(LONGEST_S));
            self.0.set(Some(Pause {
                since: now,
                until: now.plus_seconds(seconds),
            }));
        }
    }
}
