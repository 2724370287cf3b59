//! Makes JSON of what is almost JSON, before it is read: a broken text must not cost the list that it
//! stands in.
//!
//! Guarantees: JSON comes out as it is, and is not copied; no text gains or loses its end, so that a
//! body that was cut stays one. What cannot be known is U+FFFD, as in every reader of texts: half of a
//! surrogate pair, bytes that are no UTF-8. Control characters and escapes that JSON doesn't have are
//! kept as they stand. `NaN`, `Infinity` and numbers that JSON would write otherwise become texts.

use std::borrow::Cow;

/// The body as text that a strict reader takes, as far as its damage is inside texts and numbers.
pub(crate) fn mended(body: &[u8]) -> Cow<'_, str> {
    let text = String::from_utf8_lossy(body);
    let mut mend = Mend {
        bytes: text.as_bytes(),
        text: &text,
        at: 0,
        copied: 0,
        out: String::new(),
    };
    mend.run();
    let Mend {
        copied, mut out, ..
    } = mend;
    if copied == 0 {
        return text;
    }
    out.push_str(text.get(copied..).unwrap_or_default());
    Cow::Owned(out)
}

struct Mend<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    /// How much of the text is in `out`, mended.
    copied: usize,
    out: String,
}

impl Mend<'_> {
    fn run(&mut self) {
        while let Some(byte) = self.bytes.get(self.at) {
            match byte {
                b'"' => {
                    self.at += 1;
                    self.inside();
                }
                b'-' | b'+' | b'.' | b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => self.word(),
                _ => self.at += 1,
            }
        }
    }

    /// Puts something in the place of the next bytes.
    fn put(&mut self, length: usize, instead: &str) {
        let end = self.at + length;
        self.out
            .push_str(self.text.get(self.copied..self.at).unwrap_or_default());
        self.out.push_str(instead);
        self.at = end;
        self.copied = end;
    }

    /// A text, up to behind its end.
    fn inside(&mut self) {
        while let Some(byte) = self.bytes.get(self.at) {
            match byte {
                b'"' => {
                    self.at += 1;
                    return;
                }
                b'\\' => self.escape(),
                0..=0x1f => {
                    let digit = |four: u8| char::from_digit(u32::from(four), 16).unwrap_or('0');
                    let mut escape = String::from("\\u00");
                    escape.push(digit(byte >> 4));
                    escape.push(digit(byte & 15));
                    self.put(1, &escape);
                }
                _ => self.at += 1,
            }
        }
    }

    fn escape(&mut self) {
        match self.bytes.get(self.at + 1) {
            Some(b'u') => match self.unit(self.at) {
                Some(0xD800..0xDC00) if matches!(self.unit(self.at + 6), Some(0xDC00..0xE000)) => {
                    self.at += 12;
                }
                Some(0xD800..0xE000) => self.put(6, "\\ufffd"),
                Some(_) => self.at += 6,
                None if self.is_cut() => self.at = self.bytes.len(),
                None => self.put(1, "\\\\"),
            },
            Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => self.at += 2,
            Some(_) => self.put(1, "\\\\"),
            None => self.at += 1,
        }
    }

    /// Whether the escape at this place lacks nothing but what was cut off.
    fn is_cut(&self) -> bool {
        let digits = self.bytes.get(self.at + 2..).unwrap_or_default();
        digits.len() < 4 && digits.iter().all(u8::is_ascii_hexdigit)
    }

    /// The code unit that an escape at this place stands for.
    fn unit(&self, at: usize) -> Option<u32> {
        let digits = self.text.get(at..at + 6)?.strip_prefix("\\u")?;
        // The parser of numbers takes a sign.
        let hex = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        hex.then(|| u32::from_str_radix(digits, 16).ok())?
    }

    /// A word outside of texts: a number, or one of the three that JSON has.
    fn word(&mut self) {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let in_word =
            |byte: &&u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.');
        let length = rest.iter().take_while(in_word).count();
        let word = self.text.get(self.at..self.at + length).unwrap_or_default();
        let is_number = !word.starts_with(|letter: char| letter.is_ascii_alphabetic());
        if is_number && !is_json(word) || matches!(word, "NaN" | "Infinity") {
            let quoted = ["\"", word, "\""].concat();
            self.put(length, &quoted);
        } else {
            self.at += length;
        }
    }
}

/// More digits than a number is read with; an amount has twenty.
const MOST_DIGITS: usize = 60;

/// Whether a number is one of JSON (RFC 8259 section 6), and not beyond every reader.
fn is_json(word: &str) -> bool {
    let digits = word.strip_prefix('-').unwrap_or(word);
    let (mantissa, exponent) = digits.split_once(['e', 'E']).unwrap_or((digits, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, "0"));
    let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
    let number =
        |digits: &str| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    number(whole)
        && number(fraction)
        && number(exponent)
        && (whole == "0" || !whole.starts_with('0'))
        && word.len() <= MOST_DIGITS
        && exponent.len() <= 2
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn is_mended(broken: &[u8], whole: &str) {
        assert_eq!(mended(broken), whole, "{}", broken.escape_ascii());
    }

    #[test]
    fn json_comes_out_as_it_is_and_is_not_copied() {
        for text in [
            "",
            "{}",
            "[1,-2.5,0,1e3,1E-30,true,false,null,\"\"]",
            r#"{"a":"\ud83e\udd80 \u00e9 \" \\ \/ \b\f\n\r\t","b":[{"c":"NaN"}]}"#,
            "{\"🦀\":\"é\"}",
        ] {
            assert!(matches!(mended(text.as_bytes()), Cow::Borrowed(same) if same == text));
        }
    }

    #[test]
    fn halves_of_pairs_are_replaced() {
        is_mended(br#"["Launch \ud83d"]"#, r#"["Launch \ufffd"]"#);
        is_mended(br#"["\ude80 Rest"]"#, r#"["\ufffd Rest"]"#);
        is_mended(br#"["\ud83d\ud83e\udd80"]"#, r#"["\ufffd\ud83e\udd80"]"#);
        is_mended(br#"["\uDD80\uD83E"]"#, r#"["\ufffd\ufffd"]"#);
        is_mended(br#"["\ud83dx\n"]"#, r#"["\ufffdx\n"]"#);
        is_mended(br#"["\\ud83d"]"#, r#"["\\ud83d"]"#);
        is_mended(br#"{"\ud83d":1}"#, r#"{"\ufffd":1}"#);
        // Behind an escape that is whole.
        is_mended(br#"["\u00e9\ud83d"]"#, r#"["\u00e9\ufffd"]"#);
    }

    #[test]
    fn bytes_controls_and_escapes_that_json_does_not_have_stay_as_far_as_they_can() {
        is_mended(b"[\"caf\xe9\"]", "[\"caf\u{fffd}\"]");
        is_mended(b"[\"a\nb\x00\x1f\"]", "[\"a\\u000ab\\u0000\\u001f\"]");
        is_mended(
            br#"["C:\dir\x41 \u12g4 \u+123"]"#,
            r#"["C:\\dir\\x41 \\u12g4 \\u+123"]"#,
        );
        is_mended(b"[\"\\\n\"]", "[\"\\\\\\u000a\"]");
    }

    #[test]
    fn numbers_that_json_does_not_have_become_texts() {
        is_mended(
            b"[NaN,Infinity,-Infinity,1e999,01,.5,+1,1.,-,0x1F,2025-05-04]",
            r#"["NaN","Infinity","-Infinity","1e999","01",".5","+1","1.","-","0x1F","2025-05-04"]"#,
        );
        let long = "9".repeat(400);
        is_mended(long.as_bytes(), &["\"", &long, "\""].concat());
        // Words are left to the reader, who refuses them.
        is_mended(b"{data:[undefined]}", "{data:[undefined]}");
    }

    #[test]
    fn what_was_cut_stays_cut() {
        let whole = br#"{"a":"\ud83d x","b":[1.5e3,"\ud83e\udd80","C:\x"]}"#;
        for end in 0..whole.len() {
            let error = serde_json::from_str::<serde_json::Value>(&mended(&whole[..end]));
            assert!(error.unwrap_err().is_eof(), "cut at {end}");
        }
    }

    #[test]
    fn an_escape_that_was_cut_is_left_as_it_stands() {
        for text in [r#"["\u"#, r#"["\u1"#, r#"["\u12"#, r#"["\u12a"#] {
            is_mended(text.as_bytes(), text);
        }
        // More of it would not make it one.
        is_mended(br#"["\u1g"#, r#"["\\u1g"#);
        is_mended(br#"["\u12""#, r#"["\\u12""#);
    }

    proptest! {
        #[test]
        fn junk_never_panics_and_is_mended_once(body: Vec<u8>, text in "[\\\\u\"dD8EeNa0-9+.\n{}:,\\[\\]-]{0,40}") {
            for body in [body.as_slice(), text.as_bytes()] {
                let once = mended(body).into_owned();
                prop_assert_eq!(mended(once.as_bytes()), once.as_str());
            }
        }

        #[test]
        fn any_text_within_quotes_is_read(text in "[^\"\\\\]{0,20}", halves in "(\\\\u[dD][89a-fA-F][0-9a-f]{2}|\\\\[a-z]| ){0,6}") {
            let body = ["[\"", &text, &halves, "\"]"].concat();
            prop_assert!(serde_json::from_str::<Vec<String>>(&mended(body.as_bytes())).is_ok(), "{}", body);
        }
    }
}
