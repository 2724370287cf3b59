//! Decimal numbers as services write them, digit by digit: amounts never pass through binary floating
//! point, which has no 0.1.
//!
//! Guarantees: what is read is written as it was, in plain notation, so that equal numbers are equal
//! texts. The text is what the browser's `Intl.NumberFormat` takes without loss. No arithmetic.

/// A number, exact.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Decimal(String);

/// The farthest that an exponent may move the point: amounts need two places, and a number of a
/// thousand digits is nothing to show.
const FARTHEST: i32 = 30;

impl Decimal {
    /// Reads a number as JSON writes it (RFC 8259 section 6), which is also how amounts in texts are
    /// written. `None` for anything else, and where the exponent is beyond 30 either way.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (sign, rest) = match text.strip_prefix('-') {
            Some(rest) => ("-", rest),
            None => ("", text),
        };
        let (mantissa, exponent) = match rest.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().ok()?),
            None => (rest, 0),
        };
        let (whole, fraction) = match mantissa.split_once('.') {
            Some((_, "")) => return None,
            Some(parts) => parts,
            None => (mantissa, ""),
        };
        let is_number = |digits: &str| digits.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || !is_number(whole) || !is_number(fraction) {
            return None;
        }
        if !(-FARTHEST..=FARTHEST).contains(&exponent) {
            return None;
        }
        // All digits with enough zeros on both sides for the point to move.
        let room = usize::try_from(FARTHEST).ok()?;
        let zeros = "0".repeat(room);
        let digits = [&zeros, whole, fraction, &zeros].concat();
        let point = i32::try_from(room + whole.len()).ok()? + exponent;
        let (whole, fraction) = digits.split_at_checked(usize::try_from(point).ok()?)?;
        let (whole, fraction) = (
            whole.trim_start_matches('0'),
            fraction.trim_end_matches('0'),
        );
        Some(Self(match (whole, fraction) {
            ("", "") => "0".to_owned(),
            ("", fraction) => [sign, "0.", fraction].concat(),
            (whole, "") => [sign, whole].concat(),
            (whole, fraction) => [sign, whole, ".", fraction].concat(),
        }))
    }

    /// The number in plain notation: no exponent, no zeros that say nothing.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The number, if it is a whole one and not too large for this.
    #[must_use]
    pub fn whole(&self) -> Option<i64> {
        self.0.parse().ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_keep_their_digits() {
        for (text, plain) in [
            ("0", "0"),
            ("-0", "0"),
            ("-0.0", "0"),
            ("0.06", "0.06"),
            ("0.1", "0.1"),
            ("-12.50", "-12.5"),
            ("100", "100"),
            ("1e3", "1000"),
            ("1.5E-3", "0.0015"),
            ("12e-1", "1.2"),
            (
                "12345678901234567890.123456789",
                "12345678901234567890.123456789",
            ),
            ("1e30", "1000000000000000000000000000000"),
            ("1e-30", "0.000000000000000000000000000001"),
        ] {
            let read = Decimal::parse(text);
            assert_eq!(read.as_ref().map(Decimal::as_str), Some(plain), "{text}");
        }
        assert_eq!(Decimal::parse("5.0").unwrap().whole(), Some(5));
        assert_eq!(Decimal::parse("0.06").unwrap().whole(), None);
        assert_eq!(Decimal::parse("9223372036854775808").unwrap().whole(), None);
    }

    #[test]
    fn what_is_no_number_is_none() {
        for text in [
            "", "-", "+1", ".5", "1.", "1e", "1e+", "1e999", "1e-31", "NaN", "1,5", "0x1", "1 ",
            "--1", "1.2.3", "١",
        ] {
            assert_eq!(Decimal::parse(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_is_plain_is_read_as_it_is(
            text in "-?(0|[1-9][0-9]{0,30})\\.[0-9]{0,30}[1-9]"
        ) {
            let read = Decimal::parse(&text);
            prop_assert_eq!(read.as_ref().map(Decimal::as_str), Some(text.as_str()));
        }

        #[test]
        fn junk_never_panics(text in "[-+.eE0-9]{0,40}") {
            if let Some(read) = Decimal::parse(&text) {
                prop_assert_eq!(Decimal::parse(read.as_str()), Some(read));
            }
        }
    }
}
