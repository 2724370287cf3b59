//! How much of the fault matrix was shown, read from what the runs say about each cell they have been through.
//!
//! A line is `fault matrix, native: save: connection refused; no answer; …`, or `in the browser` in place of `native`.
//! No number is kept here: what a run did not say did not happen.

use super::count::Counts;
use std::{collections::BTreeSet, fmt, ops::AddAssign};

const MARK: &str = "fault matrix, ";

/// An operation and a fault.
type Cell = (String, String);

/// The cells that were shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Matrix {
    native: BTreeSet<Cell>,
    in_the_browser: BTreeSet<Cell>,
}

impl Matrix {
    /// Reads the output of a run, of whatever kind.
    pub(super) fn of(text: &str) -> Self {
        let mut matrix = Self::default();
        // Runners put marks of their own before a line.
        for line in text
            .lines()
            .filter_map(|line| Some(line.split_once(MARK)?.1))
        {
            let mut parts = line.splitn(3, ": ");
            let (Some(place), Some(operation), Some(faults)) =
                (parts.next(), parts.next(), parts.next())
            else {
                continue;
            };
            let cells = match place {
                "native" => &mut matrix.native,
                "in the browser" => &mut matrix.in_the_browser,
                _ => continue,
            };
            let faults = faults.split(';').map(str::trim);
            cells.extend(
                faults
                    .filter(|fault| !fault.is_empty())
                    .map(|fault| (operation.to_owned(), fault.to_owned())),
            );
        }
        matrix
    }

    /// What of it was shown natively and not in the browser.
    fn missing(&self) -> usize {
        self.native.difference(&self.in_the_browser).count()
    }

    /// Whether a run had to do with it at all.
    pub(super) fn is_empty(&self) -> bool {
        self.native.is_empty() && self.in_the_browser.is_empty()
    }

    /// A check of its own where both runs were there to be held against each other.
    pub(super) fn judged(&self) -> Counts {
        if self.native.is_empty() || self.in_the_browser.is_empty() {
            Counts::default()
        } else {
            Counts::one(self.missing() == 0)
        }
    }
}

impl AddAssign for Matrix {
    fn add_assign(&mut self, other: Self) {
        self.native.extend(other.native);
        self.in_the_browser.extend(other.in_the_browser);
    }
}

impl fmt::Display for Matrix {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Of the columns that both have: the browser shows one operation more.
        let both = self.native.intersection(&self.in_the_browser).count();
        let (native, browser) = (self.native.len(), self.in_the_browser.len());
        match (native, browser) {
            (_, 0) => write!(f, "{native} cells native, not run end to end"),
            (0, _) => write!(f, "{browser} cells end to end, not run natively"),
            _ => write!(
                f,
                "{native} cells native, {both} end to end and {} more, {} missing",
                browser - both,
                self.missing()
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{super::count::Counts, Matrix};

    const NATIVE: &str = "running 2 tests\nfault matrix, native: save: 409; 429, Retry-After 7\nfault matrix, native: list: 409; no answer\ntest result: ok. 2 passed; 0 failed";

    fn both(browser: &str) -> Matrix {
        let mut matrix = Matrix::of(NATIVE);
        matrix += Matrix::of(browser);
        matrix
    }

    #[test]
    fn cells_are_counted_once_each_and_the_rest_is_missing() {
        let seen = both(
            "▶ saving\n# fault matrix, in the browser: save: 409; 409; 429, Retry-After 7\nfault matrix, in the browser: save: 409\nfault matrix, in the browser: list: 409\n",
        );
        assert_eq!(
            seen.to_string(),
            "4 cells native, 3 end to end and 0 more, 1 missing"
        );
        assert_eq!(seen.judged(), Counts::FAILED);
    }

    #[test]
    fn a_browser_that_shows_everything_and_more_is_a_check_that_passed() {
        let seen = both(
            "fault matrix, in the browser: save: 409; 429, Retry-After 7\nfault matrix, in the browser: list: no answer; 409\nfault matrix, in the browser: members: 409\n",
        );
        assert_eq!(
            seen.to_string(),
            "4 cells native, 4 end to end and 1 more, 0 missing"
        );
        assert_eq!(seen.judged(), Counts::PASSED);
    }

    #[test]
    fn what_did_not_run_is_not_made_up() {
        let alone = Matrix::of(NATIVE);
        assert_eq!(alone.to_string(), "4 cells native, not run end to end");
        assert_eq!(alone.judged(), Counts::default());
        // A walk that broke at its first cell says so with an empty list.
        assert!(
            Matrix::of("fault matrix, in the browser: save: \nfault matrix of something")
                .is_empty()
        );
    }
}
