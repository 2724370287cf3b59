//! How long somebody has been kept waiting for a list, and what that calls for.
//!
//! Guarantees: rows from before stand in for a list only while it is not there, and never in the first
//! moments, in which most lists come. Must not know what time it is.

/// How long something has been awaited, in steps that a person notices.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum LoadingPhase {
    /// Too short to say anything.
    Initial,
    /// Say what is awaited, and show what is there from before.
    Slow,
    /// Offer a way out.
    Long,
}

/// After how many milliseconds a wait is slow.
pub const SLOW_MS: u32 = 2_000;
/// After how many it is long.
pub const LONG_MS: u32 = 10_000;

impl LoadingPhase {
    /// The step after so many milliseconds.
    #[must_use]
    pub fn after(waited_ms: u32) -> Self {
        match waited_ms {
            LONG_MS.. => Self::Long,
            SLOW_MS.. => Self::Slow,
            _ => Self::Initial,
        }
    }
}

/// How the reading of a list stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Reading {
    /// It is awaited.
    Awaited(LoadingPhase),
    /// It came to an end without the whole list: it failed, or nobody waits for it any more.
    Without,
    /// The list is there.
    Whole,
}

/// Whether rows that were kept from an earlier reading stand in for the list.
///
/// At once where there is no network and nothing can come, or where the reading has ended; else when
/// the service lets one wait (flows 5.6).
#[must_use]
pub fn stands_in(reading: Reading, online: bool) -> bool {
    match reading {
        Reading::Awaited(LoadingPhase::Initial) => !online,
        Reading::Awaited(LoadingPhase::Slow | LoadingPhase::Long) | Reading::Without => true,
        Reading::Whole => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wait_is_told_in_steps() {
        for (waited, step) in [
            (0, LoadingPhase::Initial),
            (1_999, LoadingPhase::Initial),
            (2_000, LoadingPhase::Slow),
            (9_999, LoadingPhase::Slow),
            (10_000, LoadingPhase::Long),
            (u32::MAX, LoadingPhase::Long),
        ] {
            assert_eq!(LoadingPhase::after(waited), step, "{waited}");
        }
    }

    #[test]
    fn kept_rows_stand_in_for_a_list_that_lets_one_wait_fails_or_cannot_come() {
        let after = |waited| Reading::Awaited(LoadingPhase::after(waited));
        for (reading, online, shown) in [
            (after(0), true, false),
            (after(1_999), true, false),
            (after(2_000), true, true),
            (after(30_000), true, true),
            (after(0), false, true),
            (Reading::Without, true, true),
            (Reading::Without, false, true),
        ] {
            assert_eq!(stands_in(reading, online), shown, "{reading:?}, {online}");
        }
    }

    #[test]
    fn a_list_that_is_there_is_never_covered() {
        assert!(!stands_in(Reading::Whole, true) && !stands_in(Reading::Whole, false));
    }
}
