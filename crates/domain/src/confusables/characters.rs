//! What kind of character one is: ranges, and a table of letters that look like Latin ones.

/// Whether it changes the direction of the text.
pub(crate) fn is_direction(letter: char) -> bool {
    matches!(
        letter,
        '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}'
    )
}

/// Whether nobody sees it, or it looks like a space.
pub(crate) fn is_invisible(letter: char) -> bool {
    matches!(
        letter,
        '\0'..='\u{1F}'
            | '\u{7F}'..='\u{A0}'
            | '\u{AD}'
            | '\u{34F}'
            | '\u{115F}'
            | '\u{1160}'
            | '\u{1680}'
            | '\u{17B4}'
            | '\u{17B5}'
            | '\u{180B}'..='\u{180F}'
            | '\u{2000}'..='\u{200D}'
            | '\u{2028}'
            | '\u{2029}'
            | '\u{202F}'
            | '\u{205F}'..='\u{2065}'
            | '\u{206A}'..='\u{206F}'
            | '\u{2800}'
            | '\u{3000}'
            | '\u{3164}'
            | '\u{FE00}'..='\u{FE0F}'
            | '\u{FEFF}'
            | '\u{FFA0}'
            | '\u{FFF0}'..='\u{FFFB}'
            | '\u{1BCA0}'..='\u{1BCA3}'
            | '\u{1D173}'..='\u{1D17A}'
            | '\u{E0000}'..='\u{E0FFF}'
    )
}

/// Whether it takes room without showing anything.
pub(crate) fn is_blank(letter: char) -> bool {
    letter.is_whitespace() || matches!(letter, '\u{2800}' | '\u{3164}' | '\u{FFA0}')
}

/// Whether it is a picture, or a part of one.
pub(super) fn is_emoji(letter: char) -> bool {
    matches!(
        letter,
        '\u{A9}'
            | '\u{AE}'
            | '\u{203C}'
            | '\u{2049}'
            | '\u{2122}'
            | '\u{2139}'
            | '\u{2194}'..='\u{21AA}'
            | '\u{231A}'..='\u{23FF}'
            | '\u{24C2}'
            | '\u{25AA}'..='\u{25FE}'
            | '\u{2600}'..='\u{27BF}'
            | '\u{2934}'
            | '\u{2935}'
            | '\u{2B05}'..='\u{2B55}'
            | '\u{3030}'
            | '\u{303D}'
            | '\u{3297}'
            | '\u{3299}'
            | '\u{1F000}'..='\u{1FAFF}'
    )
}

/// What a key is drawn around.
pub(super) fn is_key(letter: char) -> bool {
    letter.is_ascii_digit() || matches!(letter, '#' | '*')
}

/// Scripts that join their letters, and write with joiners and non-joiners.
pub(super) fn is_cursive(letter: char) -> bool {
    matches!(letter, '\u{620}'..='\u{8FF}' | '\u{900}'..='\u{DFF}')
}

/// Whether the tags of a part of a country follow a black flag, and nothing but them.
pub(super) fn is_flag(rest: &str) -> bool {
    let word = matches_tag;
    let length = rest.chars().take_while(|letter| word(*letter)).count();
    (3..=6).contains(&length) && rest.chars().nth(length) == Some('\u{E007F}')
}

fn matches_tag(letter: char) -> bool {
    matches!(letter, '\u{E0030}'..='\u{E0039}' | '\u{E0061}'..='\u{E007A}')
}

/// The Latin letter or the digit that a character looks like.
pub(super) fn looks_like(letter: char) -> Option<char> {
    let code = u32::from(letter);
    let code = match code {
        0..0x250 => return None,
        // Fullwidth digits and letters.
        0xFF10..=0xFF19 | 0xFF21..=0xFF3A | 0xFF41..=0xFF5A => {
            return char::from_u32(code - 0xFEE0);
        }
        // Mathematical ones: alphabets of 52 Latin and of 58 Greek letters, then digits.
        0x1D400..=0x1D6A3 => {
            let at = (code - 0x1D400) % 52;
            return char::from_u32(if at < 26 { 0x41 + at } else { 0x47 + at });
        }
        0x1D6A8..=0x1D7CB => match (code - 0x1D6A8) % 58 {
            at @ 0..=24 => 0x391 + at,
            at => 0x397 + at,
        },
        0x1D7CE..=0x1D7FF => return char::from_u32(0x30 + (code - 0x1D7CE) % 10),
        code => code,
    };
    let alike = |(_, all): &&(char, &str)| all.chars().any(|other| u32::from(other) == code);
    ALIKE.iter().find(alike).map(|(latin, _)| *latin)
}

/// What looks like each letter: Greek, Cyrillic, Armenian, Cherokee, letters used as signs, Roman
/// numerals, Lisu, in the order of their codes.
pub(super) const ALIKE: [(char, &str); 52] = [
    ('A', "\u{391}\u{410}\u{13AA}\u{A4EE}"),
    ('B', "\u{392}\u{412}\u{13F4}\u{212C}\u{A4D0}"),
    (
        'C',
        "\u{3F9}\u{421}\u{13DF}\u{2102}\u{212D}\u{216D}\u{2CA4}\u{A4DA}",
    ),
    ('D', "\u{13A0}\u{2145}\u{216E}\u{A4D3}"),
    ('E', "\u{395}\u{415}\u{13AC}\u{2130}\u{A4F0}"),
    ('F', "\u{3DC}\u{2131}\u{A4DD}"),
    ('G', "\u{50C}\u{13C0}\u{13F3}\u{A4D6}"),
    (
        'H',
        "\u{397}\u{41D}\u{13BB}\u{210B}\u{210C}\u{210D}\u{A4E7}",
    ),
    ('I', "\u{399}\u{406}\u{4C0}\u{2110}\u{2111}\u{2160}\u{A4F2}"),
    ('J', "\u{37F}\u{408}\u{13AB}\u{A4D9}"),
    ('K', "\u{39A}\u{41A}\u{13E6}\u{212A}\u{A4D7}"),
    ('L', "\u{53C}\u{13DE}\u{2112}\u{216C}\u{A4E1}"),
    ('M', "\u{39C}\u{41C}\u{13B7}\u{2133}\u{216F}\u{A4DF}"),
    ('N', "\u{39D}\u{2115}\u{A4E0}"),
    ('O', "\u{39F}\u{41E}\u{555}\u{2C9E}\u{A4F3}"),
    ('P', "\u{3A1}\u{420}\u{13E2}\u{2119}\u{2CA2}\u{A4D1}"),
    ('Q', "\u{51A}\u{211A}"),
    ('R', "\u{13A1}\u{13D2}\u{211B}\u{211C}\u{211D}\u{A4E3}"),
    ('S', "\u{405}\u{54F}\u{13D5}\u{13DA}\u{A4E2}"),
    ('T', "\u{3A4}\u{422}\u{13A2}\u{A4D4}"),
    ('U', "\u{54D}\u{A4F4}"),
    ('V', "\u{474}\u{13D9}\u{2164}\u{A4E6}"),
    ('W', "\u{51C}\u{13B3}\u{13D4}\u{A4EA}"),
    ('X', "\u{3A7}\u{425}\u{2169}\u{A4EB}"),
    ('Y', "\u{3A5}\u{423}\u{4AE}\u{13BD}\u{A4EC}"),
    ('Z', "\u{396}\u{13C3}\u{2124}\u{2128}\u{A4DC}"),
    ('a', "\u{251}\u{3B1}\u{430}"),
    ('b', "\u{13CF}"),
    ('c', "\u{3F2}\u{441}\u{217D}\u{2CA5}"),
    ('d', "\u{501}\u{2146}\u{217E}"),
    ('e', "\u{435}\u{212F}\u{2147}"),
    ('g', "\u{261}\u{581}\u{210A}"),
    ('h', "\u{4BB}\u{570}\u{13C2}\u{210E}"),
    ('i', "\u{3B9}\u{456}\u{13A5}\u{2148}\u{2170}"),
    ('j', "\u{3F3}\u{458}\u{575}\u{2149}"),
    ('l', "\u{4CF}\u{2113}\u{217C}"),
    ('m', "\u{217F}"),
    ('n', "\u{578}"),
    ('o', "\u{3BF}\u{3C3}\u{43E}\u{585}\u{2134}\u{2C9F}"),
    ('p', "\u{3C1}\u{3F1}\u{440}\u{2CA3}"),
    ('q', "\u{51B}\u{566}"),
    ('r', "\u{433}"),
    ('s', "\u{455}"),
    ('u', "\u{3C5}\u{57D}"),
    ('v', "\u{3BD}\u{475}\u{2174}"),
    ('w', "\u{51D}\u{561}"),
    ('x', "\u{445}\u{2179}"),
    ('y', "\u{3B3}\u{443}\u{4AF}"),
    ('Ë', "\u{401}"),
    ('Ï', "\u{407}"),
    ('ë', "\u{451}"),
    ('ï', "\u{457}"),
];
