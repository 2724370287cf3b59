//! Searching in rows that have an order: what a keystroke does.

use super::{Matches, Picked, Query, RoleOf, Row, StateFilter};
use crate::fold::{Unicode, fold};

/// What a text may hold, by a bit each: its letters, exactly where they are ASCII, and its pairs of
/// neighbouring bytes, of which several share one. So a single letter is found here alone, and for the
/// rest a bit that is missing rules out, while one that is there confirms nothing.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub(super) struct Marks {
    letters: u128,
    pairs: u128,
}

impl Marks {
    pub(super) fn of(text: &str) -> Self {
        let bytes = text.bytes();
        let pair = |(first, second): (u8, u8)| u32::from(first) * 31 + u32::from(second);
        Self {
            letters: bits(bytes.clone().filter(u8::is_ascii).map(u32::from)),
            pairs: bits(bytes.clone().zip(bytes.skip(1)).map(pair)),
        }
    }

    /// Whether a text with these marks may hold one with those.
    pub(super) fn may_hold(&self, wanted: &Self) -> bool {
        self.letters & wanted.letters == wanted.letters && self.pairs & wanted.pairs == wanted.pairs
    }
}

fn bits(of: impl Iterator<Item = u32>) -> u128 {
    of.fold(0, |all, bit| all | 1 << (bit % u128::BITS))
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

/// A word that is looked for.
struct Word<'a> {
    text: &'a str,
    marks: Marks,
}

impl<'a> Word<'a> {
    fn new(text: &'a str) -> Self {
        let marks = Marks::of(text);
        Self { text, marks }
    }

    /// Whether a row holds it.
    fn is_in(&self, row: &Row) -> bool {
        row.marks.may_hold(&self.marks)
            && (self.text.len() == 1 || occurs(self.text, &row.haystack))
    }
}

/// The rows that match, in the given order. `unicode` is what the rows were prepared with.
#[must_use]
pub fn matches(
    rows: &[Row],
    order: &[u32],
    query: &Query,
    unicode: Unicode,
    role: RoleOf<'_>,
    picked: Picked<'_>,
) -> Matches {
    let text = fold(&query.text, unicode);
    let words: Vec<Word> = text.split_whitespace().map(Word::new).collect();
    let mut found = Matches::default();
    let mut shows = |row: &Row| {
        if !words.iter().all(|word| word.is_in(row)) {
            return false;
        }
        if query.picks_accounts() && !picked(&row.key.account) {
            return false;
        }
        if !query.billing.is_empty()
            && !row
                .workspace
                .billing
                .as_ref()
                .is_some_and(|mode| query.billing.contains(mode))
        {
            return false;
        }
        let shown = query.state == StateFilter::All || query.state == row.state;
        if !query.roles.is_empty() {
            match role(&row.key) {
                Some(Some(role)) if query.roles.contains(&role) => {}
                Some(_) => return false,
                None => {
                    found.undecided += usize::from(shown);
                    return false;
                }
            }
        }
        let counts = &mut found.counts;
        *match row.state {
            StateFilter::Active => &mut counts.active,
            StateFilter::Archived => &mut counts.archived,
            StateFilter::Other | StateFilter::All => &mut counts.other,
        } += 1;
        shown
    };
    // One row after the other as they lie in memory, and their order only then: to jump about among
    // ten thousand rows takes longer than to read them.
    let shown: Vec<bool> = rows.iter().map(&mut shows).collect();
    let is_shown = |position: &&u32| shown.get(**position as usize).is_some_and(|shown| *shown);
    found.rows = order.iter().filter(is_shown).copied().collect();
    found
}
