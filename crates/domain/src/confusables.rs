//! What a name hides: characters that nobody sees, that turn the direction of the text around, and
//! letters that look like Latin ones and are none.
//!
//! Guarantees: the pieces, joined, are the name; printable ASCII and emoji are plain. What is
//! marked is in no way forbidden: many an honest name has a no-break space. Must not know how a
//! piece is shown.
//!
//! Ranges and a short table of our own, because those of the crates weigh more in the download
//! than this whole crate (docs/adr/0005-browser-apis.md). The look-alikes are those of Unicode's
//! confusables (UTS 39) that stand for one Latin letter in the typefaces of a screen.

mod characters;

pub(crate) use self::characters::{is_blank, is_direction, is_invisible};
use self::characters::{is_cursive, is_emoji, is_flag, is_key, looks_like};

/// A part of a name.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Piece<'a> {
    /// What it looks like is what it is.
    Plain(&'a str),
    /// It is not: one character that nobody sees, or letters in a row that look like others.
    Marked(&'a str, Confusable),
}

/// What is odd about a piece.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Confusable {
    /// It changes the direction of the text.
    Direction,
    /// It is not seen, or looks like a space.
    Invisible,
    /// It looks like a Latin letter or a digit and is none.
    LookAlike,
}

struct Mark {
    letter: char,
    odd: Option<Confusable>,
}

/// Whether a character is to be written out wherever it stands: it changes the direction of the text,
/// or is a control or a space of no width. Takes no look at its neighbours and no table.
#[must_use]
pub fn is_hidden(letter: char) -> bool {
    is_direction(letter)
        || matches!(
            letter,
            '\0'..='\u{1F}'
                | '\u{7F}'..='\u{9F}'
                | '\u{AD}'
                | '\u{200B}'
                | '\u{2060}'..='\u{2064}'
                | '\u{FEFF}'
        )
}

/// Splits a name. Neighbours are never both plain, nor both look-alikes.
#[must_use]
pub fn reveal(name: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    if is_plain(name) {
        if !name.is_empty() {
            pieces.push(Piece::Plain(name));
        }
        return pieces;
    }
    let (mut start, mut end, mut odd) = (0, 0, None);
    let mut flush = |start: &mut usize, end: usize, odd: Option<Confusable>| {
        match name.get(*start..end) {
            None | Some("") => {}
            Some(text) => {
                pieces.push(odd.map_or(Piece::Plain(text), |odd| Piece::Marked(text, odd)))
            }
        }
        *start = end;
    };
    for mark in marks(name) {
        let hidden = mark.odd.is_some_and(|odd| odd != Confusable::LookAlike);
        if hidden || mark.odd != odd {
            flush(&mut start, end, odd);
        }
        odd = mark.odd;
        end += mark.letter.len_utf8();
    }
    flush(&mut start, end, odd);
    pieces
}

/// Whether a name has anything that is odd in this way.
#[must_use]
pub fn has(name: &str, odd: fn(Confusable) -> bool) -> bool {
    let is = |piece: &Piece<'_>| matches!(piece, Piece::Marked(_, which) if odd(*which));
    reveal(name).iter().any(is)
}

/// Whether a sign turns what follows it around, or ends that: more than a mark of one place does.
#[must_use]
pub fn turns(letter: char) -> bool {
    matches!(letter, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Hands over what of a name can be seen: a space for each character that looks like one, and no sign
/// that is not drawn, unless it turns the text around or holds an emoji or a cursive word together.
/// Whether an emoji is in colour is not told.
pub(crate) fn visible(name: &str, take: &mut dyn FnMut(char)) {
    for Mark { letter, odd } in marks(name) {
        match (odd, letter) {
            (Some(Confusable::Direction), _) if !turns(letter) => {}
            (Some(Confusable::Invisible), _) if is_blank(letter) => take(' '),
            (Some(Confusable::Invisible), _) | (_, '\u{FE0E}' | '\u{FE0F}') => {}
            _ => take(letter),
        }
    }
}

/// What a name looks like: two names with the same skeleton can be taken for each other. For
/// comparing, not for showing.
#[must_use]
pub fn skeleton(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    bones(name, &mut |letter| {
        out.push(letter);
        true
    });
    out
}

/// Whether that is the skeleton of a name. Asked of thousands of names, it looks at the first letters of
/// most.
#[must_use]
pub fn has_skeleton(name: &str, skeleton: &str) -> bool {
    let mut rest = skeleton.chars();
    bones(name, &mut |letter| rest.next() == Some(letter)) && rest.next().is_none()
}

/// Hands over the letters of a name's skeleton for as long as they are taken, and tells whether all were.
fn bones(name: &str, take: &mut dyn FnMut(char) -> bool) -> bool {
    // A page shows many spaces as one, and none at the ends.
    let (mut begun, mut space) = (false, false);
    let mut hand_over = |text: &str| {
        text.chars().all(|letter| {
            let letter = looks_like(letter).unwrap_or(letter);
            if letter == ' ' {
                space = begun;
                return true;
            }
            begun = true;
            let after = !std::mem::take(&mut space) || take(' ');
            after
                && match letter {
                    'I' | '1' | '|' => take('l'),
                    '0' => take('O'),
                    'm' => take('r') && take('n'),
                    letter => take(letter),
                }
        })
    };
    if is_plain(name) {
        return hand_over(name);
    }
    reveal(name).into_iter().all(|piece| match piece {
        Piece::Marked(_, Confusable::Direction) => true,
        Piece::Marked(text, Confusable::Invisible) => !text.chars().any(is_blank) || hand_over(" "),
        Piece::Plain(text) | Piece::Marked(text, Confusable::LookAlike) => hand_over(text),
    })
}

/// Whether a name is of printable ASCII alone.
fn is_plain(name: &str) -> bool {
    name.bytes().all(|byte| matches!(byte, b' '..=b'~'))
}

/// Every character of a name, and what is odd about it where it stands.
fn marks(name: &str) -> Vec<Mark> {
    let mut marks = Vec::new();
    let mut chars = name.chars();
    // Whether an emoji ends here, whether it may still be given a look, and whether its tags follow.
    let (mut emoji, mut bare, mut tags) = (false, false, false);
    let mut before = '\0';
    while let Some(letter) = chars.next() {
        let rest = chars.as_str();
        let next = rest.chars().next().unwrap_or_default();
        let belongs = match letter {
            '\u{FE0E}' | '\u{FE0F}' => bare || is_key(before) && next == '\u{20E3}',
            '\u{200D}' if emoji => is_emoji(next),
            '\u{200C}' | '\u{200D}' => is_cursive(before) && is_cursive(next),
            '\u{E0020}'..='\u{E007F}' => tags,
            _ => false,
        };
        let odd = match letter {
            _ if belongs => None,
            letter if is_direction(letter) => Some(Confusable::Direction),
            letter if is_invisible(letter) => Some(Confusable::Invisible),
            letter => looks_like(letter).map(|_| Confusable::LookAlike),
        };
        bare = is_emoji(letter);
        emoji = bare || emoji && belongs && letter != '\u{200D}';
        tags = letter == '\u{1F3F4}' && is_flag(rest) || tags && letter != '\u{E007F}';
        before = letter;
        marks.push(Mark { letter, odd });
    }
    let latin = marks.iter().any(is_latin);
    let other = marks.iter().any(is_other);
    // A word of another script is not odd for the letters that it shares with the Latin one.
    for word in marks.split_mut(is_break) {
        let odd = match word.iter().any(is_other) {
            true => word.iter().any(is_latin),
            false => latin || !other || word.iter().any(is_latin),
        };
        for mark in word.iter_mut().filter(|_| !odd) {
            mark.odd = mark.odd.filter(|odd| *odd != Confusable::LookAlike);
        }
    }
    marks
}

fn is_break(mark: &Mark) -> bool {
    match mark.odd {
        None => {
            let letter = mark.letter;
            letter.is_ascii() && !letter.is_ascii_alphanumeric()
                || matches!(letter, '\u{2010}'..='\u{20CF}' | '\u{2190}'..='\u{2BFF}' | '\u{3001}'..='\u{303F}')
                || is_emoji(letter)
        }
        Some(Confusable::Invisible) => is_blank(mark.letter),
        Some(_) => false,
    }
}

fn is_latin(mark: &Mark) -> bool {
    let letter = mark.letter;
    mark.odd.is_none()
        && (letter.is_ascii_alphabetic()
            || matches!(letter, '\u{C0}'..='\u{2AF}' | '\u{1E00}'..='\u{1EFF}'))
}

/// A letter of another script that cannot be taken for a Latin one.
fn is_other(mark: &Mark) -> bool {
    let accent = matches!(mark.letter, '\u{300}'..='\u{36F}');
    mark.odd.is_none() && mark.letter > '\u{2AF}' && !accent && !is_latin(mark) && !is_break(mark)
}

#[cfg(test)]
mod tests;
