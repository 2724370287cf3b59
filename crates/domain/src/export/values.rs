//! What a spreadsheet takes for a number, a date, a truth or an error when it opens a CSV file, and then
//! writes in its own way: `0042` becomes 42, `3-4` a day, `1E5` a hundred thousand, twenty digits fifteen.
//!
//! Guarantees: whatever has a digit and otherwise only what numbers, amounts, times and dates are written
//! with is found, in the languages below; text that a spreadsheet keeps may be found as well, since an
//! apostrophe too many changes nothing and one too few does. A whole number that every spreadsheet writes
//! as it stands is not found. Must not know what is done about it.

/// The months, of which spreadsheets know the beginnings: in English, and where they begin otherwise in
/// German, French, Spanish, Italian, Portuguese, Dutch, Danish, Swedish and Norwegian.
const MONTHS: [&str; 71] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "januar",
    "jänner",
    "februar",
    "märz",
    "mai",
    "juni",
    "juli",
    "oktober",
    "dezember",
    "janvier",
    "février",
    "mars",
    "avril",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
    "gennaio",
    "febbraio",
    "aprile",
    "maggio",
    "giugno",
    "luglio",
    "settembre",
    "ottobre",
    "dicembre",
    "janeiro",
    "fevereiro",
    "março",
    "maio",
    "junho",
    "julho",
    "setembro",
    "outubro",
    "novembro",
    "dezembro",
    "januari",
    "februari",
    "maart",
    "mrt",
    "mei",
    "maj",
    "augusti",
    "desember",
];

/// Words beside the months that a number, an amount, a time or a date may be written with.
const WORDS: [&str; 22] = [
    "am",
    "pm",
    "eur",
    "usd",
    "gbp",
    "chf",
    "jpy",
    "kr",
    "mon",
    "monday",
    "tue",
    "tuesday",
    "wed",
    "wednesday",
    "thu",
    "thursday",
    "fri",
    "friday",
    "sat",
    "saturday",
    "sun",
    "sunday",
];

/// True and false, by which each spreadsheet means its own language.
const TRUTHS: [&str; 30] = [
    "true",
    "false",
    "wahr",
    "falsch",
    "vrai",
    "faux",
    "verdadero",
    "falso",
    "vero",
    "verdadeiro",
    "waar",
    "onwaar",
    "sand",
    "falsk",
    "sant",
    "falskt",
    "sann",
    "usann",
    "tosi",
    "epätosi",
    "prawda",
    "fałsz",
    "faŁsz",
    "pravda",
    "nepravda",
    "igaz",
    "hamis",
    "doğru",
    "истина",
    "ИСТИНА",
];

/// The longest whole number that every spreadsheet shows with all its digits.
const DIGITS: usize = 11;

/// Whether a spreadsheet may change a cell.
pub(super) fn is_value(cell: &str) -> bool {
    if cell.starts_with('\'') || is_plain_number(cell) {
        return false;
    }
    let cell: String = cell.trim().chars().map(narrow).collect();
    is_error(&cell) || TRUTHS.contains(&cell.as_str()) || is_measure(&cell)
}

/// A letter as it stands in the tables: not wide, and in lower case as far as the tables have letters.
fn narrow(letter: char) -> char {
    let code = u32::from(letter);
    let letter = match code {
        0xFF01..=0xFF5E => char::from_u32(code - 0xFEE0).unwrap_or(letter),
        0xC0..=0xD6 | 0xD8..=0xDE => char::from_u32(code + 0x20).unwrap_or(letter),
        _ => letter,
    };
    letter.to_ascii_lowercase()
}

fn is_plain_number(cell: &str) -> bool {
    let digits = cell.bytes().all(|digit| digit.is_ascii_digit());
    digits && cell.len() <= DIGITS && (cell == "0" || !cell.starts_with('0'))
}

/// An error's name, such as `#N/A`, in whatever language.
fn is_error(cell: &str) -> bool {
    let sign = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '/' | '!' | '?');
    cell.strip_prefix('#')
        .is_some_and(|name| !name.is_empty() && name.chars().all(sign))
}

/// Whether there is a digit, and nothing that a number, an amount, a time or a date does without.
fn is_measure(cell: &str) -> bool {
    let mut digits = false;
    let mut rest = cell;
    while let Some(letter) = rest.chars().next() {
        let length = match letter.is_ascii_alphabetic() || matches!(letter, 'à'..='ÿ') {
            true => word(rest),
            false => letter.len_utf8(),
        };
        let (part, after) = rest.split_at_checked(length).unwrap_or((rest, ""));
        digits |= is_digit(letter);
        let fits = match part.len() {
            1 if letter.is_ascii_alphabetic() => digits && matches!(letter, 'e' | 'a' | 'p' | 't'),
            _ if is_digit(letter) || is_sign(letter) => true,
            _ => WORDS.contains(&part) || is_month(part),
        };
        if !fits {
            return false;
        }
        rest = after;
    }
    digits
}

/// How long the word is that a text begins with.
fn word(text: &str) -> usize {
    text.find(|letter: char| !letter.is_ascii_alphabetic() && !matches!(letter, 'à'..='ÿ'))
        .unwrap_or(text.len())
}

fn is_month(word: &str) -> bool {
    word.chars().count() >= 3 && MONTHS.iter().any(|month| month.starts_with(word))
}

fn is_digit(letter: char) -> bool {
    letter.is_ascii_digit() || matches!(letter, '\u{660}'..='\u{669}' | '\u{6F0}'..='\u{6F9}')
}

/// What stands between digits, with an amount, or for a unit of time in East Asia.
fn is_sign(letter: char) -> bool {
    letter.is_whitespace()
        || matches!(
            letter,
            '.' | ',' | ':' | ';' | '/' | '\\' | '-' | '+' | '*' | '^' | '(' | ')' | '%' | '\'' | '$'
                | '’' | '¢'..='¥' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{20A0}'..='\u{20CF}'
                | '‰' | '½' | '¼' | '¾' | '年' | '月' | '日' | '時' | '分' | '秒' | '년' | '월' | '일'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_reads_as_a_number_a_time_or_a_date_is_found() {
        for cell in [
            "0042",
            "00",
            "1E5",
            "1e-5",
            "1.5",
            "1,5",
            "1,000.50",
            "1'000",
            "12345678901234567890",
            "123456789012",
            "3-4",
            "3/4",
            "2024-01",
            "2024-01-05",
            "5.1.2024",
            "12:30",
            "12:30:05.5",
            "2024-01-05T10:00",
            "1:30 pm",
            "5 a",
            "10%",
            "(5)",
            "$5",
            "5 €",
            "EUR 5",
            "1 1/2",
            "½ 1",
            "SEPT2",
            "mar1",
            "1 Mai",
            "Mär 5",
            "5 août",
            "Février 2024",
            "Jan-24",
            "DEC1",
            "Monday, 3 March 2024",
            "3月4日",
            "２０２４",
            "１／２",
            "49 30 1234",
            "٤٢",
            " 0042 ",
            "\u{a0}3-4",
            "TRUE",
            "true",
            "ＴＲＵＥ",
            "Wahr",
            "VRAI",
            "FAŁSZ",
            "#N/A",
            "#REF!",
            "#NAME?",
            "#DIV/0!",
        ] {
            assert!(is_value(cell), "{cell:?}");
        }
    }

    #[test]
    fn what_a_spreadsheet_keeps_is_left_alone() {
        for cell in [
            "",
            " ",
            "0",
            "5",
            "42",
            "12345678901",
            "Acme",
            "Echo 10",
            "Mark 5",
            "Marina 2",
            "Mayor 1",
            "Decade 3",
            "A1",
            "Q3",
            "ws_0042",
            "v1.5",
            "2024-01-05T10:00:00Z",
            "x",
            "May",
            "truest",
            "#general chat",
            "#",
            "'0042",
            "Acme = 1",
            "100 Acres",
            "e5",
            "proj_1e5",
            "a-b",
            "—",
        ] {
            assert!(!is_value(cell), "{cell:?}");
        }
    }
}
