//! The order of texts where no language is asked: letters by their codes, numbers by value.

use std::cmp::Ordering;

/// How two texts stand to each other: "Echo 2" before "Echo 10". Only the same text is equal.
#[must_use]
pub fn natural(a: &str, b: &str) -> Ordering {
    let (mut left, mut right) = (a.as_bytes(), b.as_bytes());
    loop {
        let (one, other) = match (left, right) {
            ([one, ..], [other, ..]) => (one, other),
            // The shorter one; of those that only leading zeros tell apart, the one with fewer.
            _ => {
                let ends = left.len().cmp(&right.len());
                return ends.then_with(|| a.len().cmp(&b.len()).then_with(|| a.cmp(b)));
            }
        };
        let ordering;
        if one.is_ascii_digit() && other.is_ascii_digit() {
            let ((mine, after), (theirs, rest)) = (number(left), number(right));
            ordering = mine.len().cmp(&theirs.len()).then_with(|| mine.cmp(theirs));
            (left, right) = (after, rest);
        } else {
            ordering = one.cmp(other);
            (left, right) = (tail(left), tail(right));
        }
        if ordering != Ordering::Equal {
            return ordering;
        }
    }
}

/// The digits that a text begins with, without leading zeros, and what comes after them.
fn number(text: &[u8]) -> (&[u8], &[u8]) {
    let zeros = text.iter().take_while(|digit| **digit == b'0').count();
    let text = text.get(zeros..).unwrap_or_default();
    let digits = text.iter().take_while(|digit| digit.is_ascii_digit());
    text.split_at_checked(digits.count()).unwrap_or_default()
}

fn tail(text: &[u8]) -> &[u8] {
    text.get(1..).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_are_compared_by_value() {
        let sorted = [
            "",
            "(old)",
            "-1",
            "0",
            "00",
            "1",
            "01",
            "2",
            "10",
            "echo",
            "echo 1",
            "echo 2",
            "echo 2a",
            "echo 10",
            "echo 010",
            "echo 99999999999999999999",
            "echo 100000000000000000000",
            "v1.9",
            "v1.10",
            "é",
        ];
        for (at, a) in sorted.iter().enumerate() {
            for (other, b) in sorted.iter().enumerate() {
                assert_eq!(natural(a, b), at.cmp(&other), "{a:?} {b:?}");
            }
        }
    }

    proptest! {
        #[test]
        fn it_is_an_order(a in "[a0-2 é]{0,6}", b in "[a0-2 é]{0,6}", c in "[a0-2 é]{0,6}") {
            prop_assert_eq!(natural(&a, &b), natural(&b, &a).reverse());
            prop_assert_eq!(natural(&a, &b) == Ordering::Equal, a == b);
            if natural(&a, &b).is_lt() && natural(&b, &c).is_lt() {
                prop_assert!(natural(&a, &c).is_lt());
            }
        }
    }
}
