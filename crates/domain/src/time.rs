//! Points in time as services write them (RFC 3339), kept as a number that sorts.
//!
//! No time zones and no calendars beyond that: showing a date is the browser's work. Own parser
//! because the crates that read RFC 3339 weigh more in the download than all of this crate.

/// Microseconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Timestamp(pub i64);

impl Timestamp {
    /// Reads an RFC 3339 date-time with zero to nine fraction digits; digits beyond the sixth are
    /// dropped. `None` for anything else, a leap second included.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        let number = |from: usize, to: usize| -> Option<i64> {
            let part = bytes.get(from..to)?;
            if !part.iter().all(u8::is_ascii_digit) {
                return None;
            }
            Some(
                part.iter()
                    .fold(0, |sum, digit| sum * 10 + i64::from(digit - b'0')),
            )
        };
        let is = |at: usize, wanted: &[u8]| bytes.get(at).is_some_and(|byte| wanted.contains(byte));

        if !(is(4, b"-") && is(7, b"-") && is(10, b"Tt ") && is(13, b":") && is(16, b":")) {
            return None;
        }
        let (year, month, day) = (number(0, 4)?, number(5, 7)?, number(8, 10)?);
        let (hour, minute, second) = (number(11, 13)?, number(14, 16)?, number(17, 19)?);
        if !(1..=12).contains(&month)
            || !(1..=days_in_month(year, month)).contains(&day)
            || hour > 23
            || minute > 59
            || second > 59
        {
            return None;
        }

        let mut at = 19;
        let mut micros = 0;
        if is(at, b".") {
            let digits = bytes
                .get(at + 1..)?
                .iter()
                .take_while(|byte| byte.is_ascii_digit())
                .count();
            if !(1..=9).contains(&digits) {
                return None;
            }
            let kept = digits.min(6);
            micros = number(at + 1, at + 1 + kept)? * 10_i64.pow(6 - u32::try_from(kept).ok()?);
            at += 1 + digits;
        }

        let offset_minutes = if is(at, b"Zz") && bytes.len() == at + 1 {
            0
        } else if is(at, b"+-") && is(at + 3, b":") && bytes.len() == at + 6 {
            let (hours, minutes) = (number(at + 1, at + 3)?, number(at + 4, at + 6)?);
            if hours > 23 || minutes > 59 {
                return None;
            }
            (hours * 60 + minutes) * if is(at, b"-") { -1 } else { 1 }
        } else {
            return None;
        };

        let days = days_from_civil(year, month, day);
        let seconds = ((days * 24 + hour) * 60 + minute - offset_minutes) * 60 + second;
        Some(Self(seconds * 1_000_000 + micros))
    }

    /// Writes it as RFC 3339 in UTC, with six fraction digits or none. For the years 0 to 9999.
    #[must_use]
    pub fn print(self) -> String {
        let (seconds, micros) = (self.0.div_euclid(1_000_000), self.0.rem_euclid(1_000_000));
        let (days, of_day) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
        let (year, month, day) = civil_from_days(days);
        let mut out = String::with_capacity(27);
        for (before, number, width) in [
            ("", year, 4),
            ("-", month, 2),
            ("-", day, 2),
            ("T", of_day / 3600, 2),
            (":", of_day / 60 % 60, 2),
            (":", of_day % 60, 2),
        ] {
            out.push_str(before);
            digits(&mut out, number, width);
        }
        if micros != 0 {
            out.push('.');
            digits(&mut out, micros, 6);
        }
        out.push('Z');
        out
    }

    /// Milliseconds since 1970, the unit of the browser's `Date`.
    #[must_use]
    pub fn as_millis(self) -> f64 {
        // Exact for every date of the next 280,000 years: 2^53 milliseconds.
        #[allow(clippy::cast_precision_loss)]
        let millis = self.whole_millis() as f64;
        millis
    }

    /// The same as a whole number, to be written down: printing a fraction costs the download a
    /// table of powers.
    #[must_use]
    pub fn whole_millis(self) -> i64 {
        self.0.div_euclid(1000)
    }

    /// From whole milliseconds since 1970.
    #[must_use]
    pub fn from_whole_millis(millis: i64) -> Self {
        Self(millis.saturating_mul(1000))
    }

    /// From the browser's `Date.now()`.
    #[must_use]
    pub fn from_millis(millis: f64) -> Self {
        #[allow(clippy::cast_possible_truncation)]
        let micros = (millis * 1000.0) as i64;
        Self(micros)
    }

    /// This point plus a number of seconds.
    #[must_use]
    pub fn plus_seconds(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds.saturating_mul(1_000_000)))
    }

    /// Whole seconds from `earlier` to this point; negative when `earlier` is later.
    #[must_use]
    pub fn seconds_since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0).div_euclid(1_000_000)
    }
}

fn days_in_month(year: i64, month: i64) -> i64 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days since 1970-01-01 in the proleptic Gregorian calendar, counted in eras of 400 years that
/// begin in March so that the leap day is the last day of its year.
fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let month_from_march = (month + 9) % 12;
    let day_of_year = (153 * month_from_march + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

/// The inverse of [`days_from_civil`].
fn civil_from_days(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = (month_from_march + 2) % 12 + 1;
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month, day)
}

/// A number in at least so many digits.
fn digits(out: &mut String, number: i64, width: usize) {
    let text = number.to_string();
    for _ in text.len()..width {
        out.push('0');
    }
    out.push_str(&text);
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reads_zero_to_nine_fraction_digits() {
        let whole = Timestamp(1_761_698_406_000_000);
        for (text, micros) in [
            ("2025-10-29T00:40:06Z", 0),
            ("2025-10-29T00:40:06.5Z", 500_000),
            ("2025-10-29T00:40:06.000000Z", 0),
            ("2025-10-29T00:40:06.123456Z", 123_456),
            ("2025-10-29T00:40:06.123456789Z", 123_456),
            ("2025-10-29T02:40:06+02:00", 0),
            ("2025-10-28T22:10:06-02:30", 0),
        ] {
            assert_eq!(
                Timestamp::parse(text),
                Some(Timestamp(whole.0 + micros)),
                "{text}"
            );
        }
    }

    #[test]
    fn refuses_what_is_no_date() {
        for text in [
            "",
            "2025",
            "2025-10-29",
            "2025-13-01T00:00:00Z",
            "2025-02-29T00:00:00Z",
            "2025-10-29T24:00:00Z",
            "2025-10-29T00:60:00Z",
            "2025-10-29T00:40:06",
            "2025-10-29T00:40:06.Z",
            "2025-10-29T00:40:06.1234567890Z",
            "2025-10-29T00:40:06Zx",
            "２025-10-29T00:40:06Z",
            "2025-10-29T00:40:06+2:00",
        ] {
            assert_eq!(Timestamp::parse(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_is_printed_is_read_back(micros in -62_167_219_200_000_000_i64..253_402_300_800_000_000) {
            prop_assert_eq!(Timestamp::parse(&Timestamp(micros).print()), Some(Timestamp(micros)));
        }
    }

    proptest! {
        #[test]
        fn junk_never_panics(text in ".{0,40}") {
            let _ = Timestamp::parse(&text);
        }

        #[test]
        fn later_dates_are_larger(days in 0_i64..30_000, second in 0_i64..86_400) {
            // Walks the calendar by its own rules, day by day, against the closed formula.
            let (mut year, mut month, mut day) = (1970, 1, 1);
            for _ in 0..days {
                day += 1;
                if day > days_in_month(year, month) { day = 1; month += 1; }
                if month > 12 { month = 1; year += 1; }
            }
            let text = format!("{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}Z", second / 3600, second / 60 % 60, second % 60);
            prop_assert_eq!(Timestamp::parse(&text), Some(Timestamp((days * 86_400 + second) * 1_000_000)));
        }
    }
}
