//! Searching in rows that are in order: what a keystroke does.

use super::{Lower, Matches, Picked, Query, RoleOf, Row, StateFilter};

/// A bit for each pair of neighbouring bytes. Several pairs share one, so that it rules out and never
/// confirms.
pub(super) type Pairs = [u32; 4];

pub(super) fn pairs(text: &str) -> Pairs {
    let mut all = Pairs::default();
    for (first, second) in text.bytes().zip(text.bytes().skip(1)) {
        let bit = usize::from(first) * 31 + usize::from(second);
        if let Some(part) = all.get_mut(bit / 32 % 4) {
            *part |= 1 << (bit % 32);
        }
    }
    all
}

/// Whether a word occurs in a text. The standard library prepares each search, which pays in long
/// texts; these are short, and there are ten thousand of them at a keystroke.
pub(super) fn occurs(word: &str, text: &str) -> bool {
    let text = text.as_bytes();
    match word.as_bytes() {
        [] => true,
        [one] => text.contains(one),
        [first, second, rest @ ..] => {
            let pair = u16::from_be_bytes([*first, *second]);
            let mut seen = 0_u16;
            text.iter().enumerate().any(|(at, byte)| {
                seen = seen << 8 | u16::from(*byte);
                seen == pair
                    && at > 0
                    && text
                        .get(at + 1..)
                        .is_some_and(|left| left.starts_with(rest))
            })
        }
    }
}

/// The rows that match, in the given order. `lower` is what the rows were prepared with.
#[must_use]
pub fn matches(
    rows: &[Row],
    order: &[u32],
    query: &Query,
    lower: Lower,
    role: RoleOf<'_>,
    picked: Picked<'_>,
) -> Matches {
    let text = lower(&query.text);
    let words = text.split_whitespace();
    let words: Vec<(&str, Pairs)> = words.map(|word| (word, pairs(word))).collect();
    let may = |row: &Row, wanted: &Pairs| {
        let mut both = row.pairs.iter().zip(wanted);
        both.all(|(there, wanted)| there & wanted == *wanted)
    };
    let mut found = Matches::default();
    for position in order {
        let Some(row) = rows.get(*position as usize) else {
            continue;
        };
        let mut words = words.iter();
        if !words.all(|(word, pairs)| may(row, pairs) && occurs(word, &row.haystack)) {
            continue;
        }
        if query.picks_accounts() && !picked(&row.key.account) {
            continue;
        }
        if !query.billing.is_empty()
            && !row
                .workspace
                .billing
                .as_ref()
                .is_some_and(|mode| query.billing.contains(mode))
        {
            continue;
        }
        let archived = row.workspace.state.is_archived();
        let shown = match query.state {
            StateFilter::Active => !archived,
            StateFilter::Archived => archived,
            StateFilter::All => true,
        };
        if !query.roles.is_empty() {
            match role(&row.key) {
                Some(Some(role)) if query.roles.contains(&role) => {}
                Some(_) => continue,
                None => {
                    found.undecided += usize::from(shown);
                    continue;
                }
            }
        }
        if archived {
            found.counts.archived += 1;
        } else {
            found.counts.active += 1;
        }
        if shown {
            found.rows.push(*position);
        }
    }
    found
}
