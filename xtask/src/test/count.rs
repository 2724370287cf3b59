//! How many tests passed and failed, read from what cargo's, Node's and Python's runners print.

use std::{fmt, ops::Add};

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Counts {
    pub(super) passed: usize,
    pub(super) failed: usize,
}

impl Counts {
    pub(super) const PASSED: Self = Self {
        passed: 1,
        failed: 0,
    };
    pub(super) const FAILED: Self = Self {
        passed: 0,
        failed: 1,
    };

    /// A check that is one thing.
    pub(super) fn one(ok: bool) -> Self {
        if ok { Self::PASSED } else { Self::FAILED }
    }

    /// The verdict of a runner: a failure it did not count, such as code that does not compile, is one; so is a run
    /// without any test, because it proves nothing.
    pub(super) fn judged(self, ok: bool) -> Self {
        let proves_nothing = self == Self::default();
        if self.failed == 0 && (!ok || proves_nothing) {
            Self { failed: 1, ..self }
        } else {
            self
        }
    }
}

impl Add for Counts {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            passed: self.passed + other.passed,
            failed: self.failed + other.failed,
        }
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)
    }
}

/// The sum of every `test result: ok. 12 passed; 0 failed; …` of cargo and of wasm-bindgen's runner.
pub(super) fn of_cargo(text: &str) -> Counts {
    let results = text
        .lines()
        .filter_map(|line| line.trim_start().strip_prefix("test result:"));
    results
        .map(|line| Counts {
            passed: before(line, "passed"),
            failed: before(line, "failed"),
        })
        .fold(Counts::default(), Add::add)
}

/// `ℹ pass 12`, or `# pass 12` in the other format. A cancelled test did not pass.
pub(super) fn of_node(text: &str) -> Counts {
    let after = |name: &str| -> usize {
        let lines = text.lines().filter_map(|line| {
            let (mark, rest) = line.trim().split_once(' ')?;
            let count = matches!(mark, "ℹ" | "#").then(|| rest.strip_prefix(name))??;
            count.trim().parse::<usize>().ok()
        });
        lines.sum()
    };
    Counts {
        passed: after("pass "),
        failed: after("fail ") + after("cancelled "),
    }
}

/// `Ran 12 tests in 0.3s`, then `OK` or `FAILED (failures=1, errors=2, skipped=1)`. A skipped test did not pass, and
/// one that was expected to fail is not in use here.
pub(super) fn of_python(text: &str) -> Counts {
    let ran = text
        .lines()
        .filter_map(|line| line.strip_prefix("Ran "))
        .filter_map(|rest| rest.split(' ').next()?.parse::<usize>().ok())
        .sum::<usize>();
    let verdicts = text
        .lines()
        .filter(|line| line.starts_with("OK") || line.starts_with("FAILED"));
    let bad = verdicts
        .flat_map(|line| line.split(['(', ',', ')']))
        .filter_map(|part| part.trim().split_once('='))
        .filter(|(name, _)| matches!(*name, "failures" | "errors" | "skipped"))
        .filter_map(|(_, number)| number.parse::<usize>().ok())
        .sum::<usize>();
    Counts {
        passed: ran.saturating_sub(bad),
        failed: bad,
    }
}

/// The number that stands before a word.
fn before(line: &str, word: &str) -> usize {
    let words: Vec<&str> = line
        .split(|c: char| c.is_whitespace() || c == ';')
        .filter(|word| !word.is_empty())
        .collect();
    let pairs = words.windows(2).filter_map(|pair| match pair {
        [number, is] if *is == word => number.parse::<usize>().ok(),
        _ => None,
    });
    pairs.sum()
}

#[cfg(test)]
mod tests {
    use super::{Counts, of_cargo, of_node, of_python};

    #[test]
    fn every_binary_of_a_cargo_run_counts() {
        let text = "running 2 tests\ntest result: ok. 2 passed; 0 failed; 0 ignored; 0 measured\n\nDoc-tests\ntest result: FAILED. 3 passed; 1 failed; 0 ignored; 0 filtered out; finished in 0.2s\n";
        assert_eq!(
            of_cargo(text),
            Counts {
                passed: 5,
                failed: 1
            }
        );
    }

    #[test]
    fn both_formats_of_node_are_read_and_cancelled_is_failed() {
        assert_eq!(
            of_node("ℹ tests 5\nℹ pass 4\nℹ fail 0\nℹ cancelled 1\n"),
            Counts {
                passed: 4,
                failed: 1
            }
        );
        assert_eq!(
            of_node("# tests 3\n# pass 3\n# fail 0\n"),
            Counts {
                passed: 3,
                failed: 0
            }
        );
    }

    #[test]
    fn what_python_skipped_did_not_pass() {
        assert_eq!(
            of_python("...\nRan 25 tests in 2.057s\n\nOK\n"),
            Counts {
                passed: 25,
                failed: 0
            }
        );
        assert_eq!(
            of_python("Ran 9 tests in 1s\n\nFAILED (failures=1, errors=2, skipped=1)\n"),
            Counts {
                passed: 5,
                failed: 4
            }
        );
    }

    #[test]
    fn a_run_that_failed_or_proved_nothing_is_a_failure() {
        assert_eq!(
            Counts {
                passed: 3,
                failed: 0
            }
            .judged(false)
            .to_string(),
            "3 passed, 1 failed"
        );
        assert_eq!(
            Counts::default().judged(true).to_string(),
            "0 passed, 1 failed"
        );
        assert_eq!(
            Counts {
                passed: 3,
                failed: 2
            }
            .judged(false)
            .to_string(),
            "3 passed, 2 failed"
        );
    }
}
