//! Percent-encoding (RFC 3986), both ways.
//!
//! Guarantees: encoded text is one path segment or one query value and can't become anything else,
//! neither in the service nor in the browser's own tidying of addresses.

/// A text as one query or form value, or as one path segment that is not `.` or `..`: everything
/// but unreserved characters is encoded.
#[must_use]
pub fn encode(text: &str) -> String {
    let mut to = String::with_capacity(text.len());
    push_value(&mut to, text);
    to
}

/// Appends a text as one query or form value: everything but unreserved characters is encoded.
pub fn push_value(to: &mut String, text: &str) {
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            to.push(char::from(byte));
        } else {
            to.push('%');
            to.push(hex(byte >> 4));
            to.push(hex(byte & 15));
        }
    }
}

/// Appends a slash and a text as one path segment.
///
/// Browsers take `.` and `..` as steps in the path even when encoded, so these two are encoded
/// twice: the service then knows no such id, which beats asking it for something else.
pub fn push_segment(to: &mut String, text: &str) {
    to.push('/');
    match text {
        "." => to.push_str("%252E"),
        ".." => to.push_str("%252E%252E"),
        _ => push_value(to, text),
    }
}

/// Decodes escapes. What is no escape stays as it is, a `+` too; bytes that are no UTF-8 become
/// replacement characters.
#[must_use]
pub fn decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        rest = after;
        let escaped = match (first, after) {
            (b'%', [high, low, beyond @ ..]) => {
                value(*high).zip(value(*low)).map(|byte| (byte, beyond))
            }
            _ => None,
        };
        bytes.push(match escaped {
            Some(((high, low), beyond)) => {
                rest = beyond;
                high << 4 | low
            }
            None => first,
        });
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Decodes a query or form value, where a `+` is a space.
#[must_use]
pub fn decode_value(text: &str) -> String {
    decode(&text.replace('+', " "))
}

fn hex(digit: u8) -> char {
    char::from(if digit < 10 {
        b'0' + digit
    } else {
        b'A' + digit - 10
    })
}

fn value(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        b'A'..=b'F' => Some(digit - b'A' + 10),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn segment(text: &str) -> String {
        let mut to = String::new();
        push_segment(&mut to, text);
        to
    }

    #[test]
    fn a_segment_stays_one_segment() {
        for (text, encoded) in [
            ("ws_a1-B2.c~3", "/ws_a1-B2.c~3"),
            ("auth0|64f5", "/auth0%7C64f5"),
            ("a/../b", "/a%2F..%2Fb"),
            ("..", "/%252E%252E"),
            (".", "/%252E"),
            ("...", "/..."),
            ("100%", "/100%25"),
            ("a?b#c", "/a%3Fb%23c"),
            ("a\\b c", "/a%5Cb%20c"),
            ("é", "/%C3%A9"),
        ] {
            assert_eq!(segment(text), encoded);
        }
    }

    #[test]
    fn what_is_no_escape_stays() {
        for (text, decoded) in [
            ("a+b%20c", "a+b c"),
            ("%", "%"),
            ("%4", "%4"),
            ("%zz1", "%zz1"),
            ("%%41", "%A"),
            ("%ff", "\u{fffd}"),
        ] {
            assert_eq!(decode(text), decoded);
        }
    }

    #[test]
    fn a_plus_in_a_query_is_a_space() {
        assert_eq!(decode_value("a+b%2Bc"), "a b+c");
    }

    proptest! {
        #[test]
        fn decoding_undoes_encoding(text in "\\PC{0,40}") {
            let encoded = encode(&text);
            prop_assert!(encoded.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~%".contains(&byte)));
            prop_assert_eq!(decode(&encoded), text);
        }

        #[test]
        fn junk_never_panics(text in "[%+0-9a-zé]{0,40}") {
            let _ = decode_value(&text);
        }
    }
}
