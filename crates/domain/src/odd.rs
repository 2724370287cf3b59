//! What a service said in a way that this console cannot read, kept in the service's own words.
//!
//! Guarantees: what was said never turns into "nothing was said"; words are short enough to stand in
//! a cell. Must not know what was expected, nor how words are marked on the screen.

use crate::field::Field;

/// What the words were said about.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Part {
    /// A field.
    Field(Field),
    /// The seats in the pool.
    Seats,
    /// When it was made, or since when somebody is a member.
    Created,
    /// When it was last changed.
    Updated,
    /// Since when it has been archived.
    ArchivedAt,
}

/// The service's words, by what they are about. Most objects have none.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Odd(Vec<(Part, String)>);

impl Odd {
    /// Keeps words. Those that were there about the same part stay.
    pub fn note(&mut self, part: Part, words: String) {
        if self.words(part).is_none() {
            self.0.push((part, words));
        }
    }

    /// The words about a part; `None` where all that was said of it could be read.
    #[must_use]
    pub fn words(&self, part: Part) -> Option<&str> {
        let found = self.0.iter().find(|(other, _)| *other == part);
        found.map(|(_, words)| words.as_str())
    }

    /// Whether all could be read.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// How many characters of an object or array are kept.
const SHORT: usize = 80;

/// A text of any length as words for a cell: what is longer ends in an ellipsis.
#[must_use]
pub fn short(text: &str) -> String {
    match text.char_indices().nth(SHORT) {
        Some((end, _)) => {
            let mut out = text.get(..end).unwrap_or_default().to_owned();
            out.push('…');
            out
        }
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_words_about_a_part_stay() {
        let mut odd = Odd::default();
        assert!(odd.is_empty());
        odd.note(Part::Created, "soon".into());
        odd.note(Part::Created, "later".into());
        odd.note(Part::Field(Field::Tags), "[]".into());
        assert!(!odd.is_empty());
        assert_eq!(odd.words(Part::Created), Some("soon"));
        assert_eq!(odd.words(Part::Field(Field::Tags)), Some("[]"));
        assert_eq!(odd.words(Part::Updated), None);
    }

    #[test]
    fn long_words_are_cut_between_characters() {
        assert_eq!(short("[1]"), "[1]");
        let crabs = "🦀".repeat(SHORT);
        assert_eq!(short(&crabs), crabs);
        assert_eq!(short(&"🦀".repeat(SHORT + 1)), [&crabs, "…"].concat());
    }
}
