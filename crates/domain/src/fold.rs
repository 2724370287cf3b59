//! Which texts count as the same: when people search, and when they type a name to confirm.
//!
//! Guarantees, held by properties in `tests`: both foldings are idempotent, and whatever is the same for
//! a confirmation is the same for a search. [`fold`] is for searching and tells no letters apart that
//! differ in form, case, marks, width, blanks or signs that nobody sees. [`seen`] is for confirming and
//! tells apart whatever can be seen, so case and marks count. No language counts: a Turkish `ı` is found
//! by `i`. Must not know a browser: [`Unicode`] is handed in, because its tables are large and every
//! browser has them.

use crate::confusables::{self, is_blank, is_direction, is_invisible, skeleton};

/// What Unicode says of letters.
#[derive(Clone, Copy, Debug)]
pub struct Unicode {
    /// A text in its canonical decomposition (NFD).
    pub canonical: fn(&str) -> String,
    /// A text in its compatibility decomposition (NFKD), then in lower case by no language's rules.
    pub plain: fn(&str) -> String,
}

/// How what was typed stands to a name that is to be confirmed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Likeness {
    /// It is the name, as far as it can be seen.
    Same,
    /// It differs in case, marks, width or form alone.
    Form,
    /// It looks the same and has other letters.
    Alike,
    /// It is something else, or not all of the name.
    Other,
}

/// A text as it is searched for.
#[must_use]
pub fn fold(text: &str, unicode: Unicode) -> String {
    let mut line = Line::new(text.len());
    if text.is_ascii() {
        let letters = text.chars().filter_map(drawn);
        letters.for_each(|letter| line.take(letter.to_ascii_lowercase()));
        return line.text;
    }
    // What nobody sees goes first as well: some of it decomposes into something else.
    let text: String = text.chars().filter_map(drawn).collect();
    for letter in (unicode.plain)(&text).chars().filter_map(drawn) {
        if !is_mark(letter) {
            match in_letters(letter) {
                Some(letters) => letters.chars().for_each(|letter| line.take(letter)),
                None => line.take(digit(letter)),
            }
        }
    }
    line.text
}

/// A text as it is seen: canonically decomposed, its blanks single spaces and none at the ends, without
/// signs that nobody sees. Letters that only look alike stay apart, and so do signs that turn the
/// direction of what follows.
#[must_use]
pub fn seen(text: &str, unicode: Unicode) -> String {
    let mut line = Line::new(text.len());
    if text.is_ascii() {
        let letters = text.chars().filter_map(drawn);
        letters.for_each(|letter| line.take(letter));
        return line.text;
    }
    let text = (unicode.canonical)(text);
    confusables::visible(&text, &mut |letter| line.take(letter));
    // Marks that a sign kept apart may stand side by side now.
    (unicode.canonical)(&line.text)
}

/// How what was typed into a field of one line stands to a name.
#[must_use]
pub fn likeness(typed: &str, name: &str, unicode: Unicode) -> Likeness {
    let arrives = one_line(name);
    if !typed.is_empty() && typed == arrives {
        return Likeness::Same;
    }
    let (mine, wanted) = (seen(typed, unicode), seen(name, unicode));
    if mine.is_empty() {
        // A name that has nothing to see is confirmed by pasting it.
        return Likeness::Other;
    }
    if mine == wanted || mine == seen(&arrives, unicode) {
        Likeness::Same
    } else if fold(typed, unicode) == fold(name, unicode) {
        Likeness::Form
    } else if skeleton(&mine) == skeleton(&wanted) {
        Likeness::Alike
    } else {
        Likeness::Other
    }
}

/// What of a text arrives in a field of one line, which takes line breaks out.
fn one_line(text: &str) -> String {
    let arrives = |letter: &char| !matches!(letter, '\n' | '\r');
    text.chars().filter(arrives).collect()
}

/// A text that is put together letter by letter, with single spaces between words.
struct Line {
    text: String,
    blank: bool,
}

impl Line {
    fn new(room: usize) -> Self {
        Self {
            text: String::with_capacity(room),
            blank: false,
        }
    }

    fn take(&mut self, letter: char) {
        if is_blank(letter) {
            self.blank = !self.text.is_empty();
        } else {
            if std::mem::take(&mut self.blank) {
                self.text.push(' ');
            }
            self.text.push(letter);
        }
    }
}

/// A character, unless nobody sees it: a space for one that is drawn as a blank.
fn drawn(letter: char) -> Option<char> {
    match letter {
        ' '..='~' => Some(letter),
        _ if is_blank(letter) => Some(' '),
        _ => (!is_direction(letter) && !is_invisible(letter)).then_some(letter),
    }
}

/// A mark that a decomposed letter carries and that people leave out when they search: accents, the
/// points of Hebrew and Arabic and the stroke that lengthens an Arabic word, dots below letters of India, the voicing of Japanese. The vowels of
/// Indian scripts and the tones of Thai are letters to those who write them.
fn is_mark(letter: char) -> bool {
    matches!(
        letter,
        '\u{300}'..='\u{36F}'
            | '\u{483}'..='\u{489}'
            | '\u{591}'..='\u{5BD}'
            | '\u{5BF}'
            | '\u{5C1}'
            | '\u{5C2}'
            | '\u{5C4}'
            | '\u{5C5}'
            | '\u{5C7}'
            | '\u{610}'..='\u{61A}'
            | '\u{640}'
            | '\u{64B}'..='\u{65F}'
            | '\u{670}'
            | '\u{6D6}'..='\u{6DC}'
            | '\u{6DF}'..='\u{6E4}'
            | '\u{6E7}'
            | '\u{6E8}'
            | '\u{6EA}'..='\u{6ED}'
            | '\u{711}'
            | '\u{730}'..='\u{74A}'
            | '\u{8D3}'..='\u{8FF}'
            | '\u{93C}'
            | '\u{9BC}'
            | '\u{A3C}'
            | '\u{ABC}'
            | '\u{B3C}'
            | '\u{CBC}'
            | '\u{1AB0}'..='\u{1AFF}'
            | '\u{1DC0}'..='\u{1DFF}'
            | '\u{20D0}'..='\u{20FF}'
            | '\u{3099}'
            | '\u{309A}'
            | '\u{FE20}'..='\u{FE2F}'
    )
}

/// What is typed for a character where its decomposition keeps it: letters with a stroke, joined ones,
/// and the shapes of one letter, dash or quote.
fn in_letters(letter: char) -> Option<&'static str> {
    Some(match letter {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'þ' => "th",
        'ø' => "o",
        'ł' => "l",
        'đ' | 'ð' => "d",
        'ħ' => "h",
        'ŧ' => "t",
        'ı' => "i",
        'ς' => "σ",
        'ى' | 'ی' => "ي",
        'ک' => "ك",
        '\u{2010}'..='\u{2015}' | '\u{2212}' => "-",
        '\u{2044}' => "/",
        '\u{2BB}' | '\u{2BC}' | '\u{2018}'..='\u{201B}' | '\u{2032}' => "'",
        '\u{201C}'..='\u{201F}' => "\"",
        _ => return None,
    })
}

/// The European digit of an Arabic or a Persian one; anything else is itself.
fn digit(letter: char) -> char {
    let code = u32::from(letter);
    let value = match code {
        0x660..=0x669 => code - 0x660,
        0x6F0..=0x6F9 => code - 0x6F0,
        _ => return letter,
    };
    char::from_digit(value, 10).unwrap_or(letter)
}

#[cfg(test)]
pub(crate) mod tests;
