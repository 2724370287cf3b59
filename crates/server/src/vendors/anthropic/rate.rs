//! How many requests an organization may make in a minute.
//!
//! Guarantees: at no moment have more than the limit been let through in the minute before it; a
//! refused request does not count. Must not know what a request is for.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};

use crate::core::clock::Timestamp;

const MINUTE: i64 = 60_000_000;

/// The requests of the last minute, by organization.
#[derive(Clone, Debug, Default)]
pub(super) struct Rates(Arc<Mutex<HashMap<String, VecDeque<Timestamp>>>>);

impl Rates {
    /// Counts a request, or says in how many seconds there is room for one. A limit of 0 is none.
    pub(super) fn admit(&self, organization: &str, limit: u32, now: Timestamp) -> Result<(), i64> {
        if limit == 0 {
            return Ok(());
        }
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let recent = all.entry(organization.to_owned()).or_default();
        while recent
            .front()
            .is_some_and(|first| first.0.saturating_add(MINUTE) <= now.0)
        {
            recent.pop_front();
        }
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        match recent.front() {
            Some(first) if recent.len() >= limit => {
                let left = first.0.saturating_add(MINUTE).saturating_sub(now.0);
                // Rounded up: a client that waits exactly this long finds room.
                Err(left.saturating_add(999_999).div_euclid(1_000_000))
            }
            _ => {
                recent.push_back(now);
                Ok(())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Rates, Timestamp};

    #[test]
    fn the_wait_that_is_named_is_long_enough_and_not_a_second_longer() {
        let rates = Rates::default();
        let at = |seconds: i64| Timestamp(0).plus_seconds(seconds);
        assert_eq!(rates.admit("a", 2, at(0)), Ok(()));
        assert_eq!(rates.admit("a", 2, at(10)), Ok(()));
        assert_eq!(rates.admit("a", 2, at(20)), Err(40));
        assert_eq!(rates.admit("b", 2, at(20)), Ok(()));
        assert_eq!(rates.admit("a", 2, at(59)), Err(1));
        assert_eq!(rates.admit("a", 2, at(60)), Ok(()));
        assert_eq!(rates.admit("a", 2, at(60)), Err(10));
        assert_eq!(rates.admit("a", 0, at(60)), Ok(()));
    }
}
