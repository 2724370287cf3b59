//! Points in time as services write them, kept as a number that sorts.
//!
//! Guarantees: a text that leaves a doubt about the moment is never read as one. No time zones and no
//! calendars beyond that: showing a date is the browser's work. Own parser because the crates that
//! read dates weigh more in the download than all of this crate.

/// Microseconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Timestamp(pub i64);

impl Timestamp {
    /// Reads a moment in any form that leaves no doubt: an RFC 3339 date-time, also without seconds,
    /// with a space or an offset as `+00`, `+0000` or `UTC`; the date of HTTP (RFC 9110 section 5.6.7,
    /// the form that is sent); seconds, milliseconds, microseconds or nanoseconds since 1970 in
    /// digits, told apart by their size from 1973 on. Digits beyond the sixth of a second are dropped.
    ///
    /// `None` for anything else: a day is no moment, and without an offset nobody knows which one is
    /// meant. A leap second is refused too.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim_ascii();
        if !text.contains([':', '-']) {
            return since_1970(text);
        }
        let mut rest = Rest(text.as_bytes());
        let day = match rest.0.first() {
            Some(letter) if letter.is_ascii_alphabetic() => rest.http_day()?,
            _ => {
                let day = rest.day()?;
                rest.one_of(b"Tt ").then_some(day)?
            }
        };
        let (hour, minute) = (rest.number(2)?, rest.after(b":", 2)?);
        let (mut second, mut micros) = (0, 0);
        if rest.one_of(b":") {
            second = rest.number(2)?;
            if rest.one_of(b".,") {
                micros = rest.fraction()?;
            }
        }
        if hour > 23 || minute > 59 || second > 59 {
            return None;
        }
        let minutes = (day * 24 + hour) * 60 + minute - rest.offset()?;
        Some(Self((minutes * 60 + second) * 1_000_000 + micros))
    }

    /// Whether a text begins with a day of the calendar, whatever follows: it was written as a date,
    /// though it may be none that can be placed.
    #[must_use]
    pub fn is_dated(text: &str) -> bool {
        Rest(text.trim_ascii().as_bytes()).day().is_some()
    }

    /// Whether it is where programs put a date that was never set: 1970 or the year 1.
    #[must_use]
    pub fn is_unset(self) -> bool {
        // The first day of 1970, whatever the zone, and all before the calendar of today.
        (-86_400..=86_400).contains(&(self.0 / 1_000_000)) || self.0 < -12_219_292_800_000_000
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

/// What is left of a text that is being read.
struct Rest<'a>(&'a [u8]);

impl Rest<'_> {
    /// Takes one of these bytes, if it is next.
    fn one_of(&mut self, wanted: &[u8]) -> bool {
        match self.0 {
            [first, rest @ ..] if wanted.contains(first) => {
                self.0 = rest;
                true
            }
            _ => false,
        }
    }

    /// A number of exactly so many digits.
    fn number(&mut self, digits: usize) -> Option<i64> {
        let (number, rest) = self.0.split_at_checked(digits)?;
        self.0 = rest;
        value(number)
    }

    /// The same after one of these bytes.
    fn after(&mut self, separators: &[u8], digits: usize) -> Option<i64> {
        self.one_of(separators).then(|| self.number(digits))?
    }

    /// Microseconds, from at least one digit of a fraction.
    fn fraction(&mut self) -> Option<i64> {
        let digits = self.0.iter().take_while(|byte| byte.is_ascii_digit());
        let (all, rest) = self.0.split_at_checked(digits.count())?;
        self.0 = rest;
        micros(all)
    }

    /// `2025-05-04`, as days since 1970.
    fn day(&mut self) -> Option<i64> {
        let year = self.number(4)?;
        let (month, day) = (self.after(b"-", 2)?, self.after(b"-", 2)?);
        civil(year, month, day)
    }

    /// `Sun, 04 May 2025 `, as days since 1970. What day of the week that was is not looked at.
    fn http_day(&mut self) -> Option<i64> {
        let text = std::str::from_utf8(self.0).ok()?;
        let mut words = text.splitn(5, ' ');
        let (_, day, month) = (words.next()?, words.next()?, words.next()?);
        let (year, rest) = (words.next()?, words.next()?);
        let number = |word: &str, digits: usize| {
            let right = word.len() == digits;
            right.then(|| value(word.as_bytes()))?
        };
        let month = MONTHS.iter().position(|name| *name == month)?;
        let day = civil(
            number(year, 4)?,
            i64::try_from(month).ok()? + 1,
            number(day, 2)?,
        );
        self.0 = rest.as_bytes();
        day
    }

    /// Minutes ahead of UTC, which have to be all that is left.
    fn offset(&mut self) -> Option<i64> {
        self.one_of(b" ");
        match self.0 {
            b"Z" | b"z" | b"UTC" | b"GMT" => return Some(0),
            _ => {}
        }
        let ahead = match self.0.first()? {
            b'+' => 1,
            b'-' => -1,
            _ => return None,
        };
        self.one_of(b"+-");
        let hours = self.number(2)?;
        let minutes = match self.0 {
            [] | [b' ', ..] => 0,
            [b':', ..] => self.after(b":", 2)?,
            _ => self.number(2)?,
        };
        // Go writes both: `+0000 UTC`.
        let is_end = self.0.is_empty() || self.0 == b" UTC" && hours == 0 && minutes == 0;
        (is_end && hours < 24 && minutes < 60).then_some(ahead * (hours * 60 + minutes))
    }
}

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

/// The value of digits, if they are digits and not too many.
fn value(digits: &[u8]) -> Option<i64> {
    let is_number = !digits.is_empty() && digits.iter().all(u8::is_ascii_digit);
    let step = |sum: i64, digit: &u8| {
        let ten = sum.checked_mul(10)?;
        ten.checked_add(i64::from(*digit - b'0'))
    };
    is_number.then(|| digits.iter().try_fold(0, step))?
}

/// A fraction of a second as microseconds.
fn micros(digits: &[u8]) -> Option<i64> {
    let kept = digits.get(..digits.len().min(6))?;
    let missing = 6 - u32::try_from(kept.len()).ok()?;
    Some(value(kept)? * 10_i64.pow(missing))
}

/// Digits as a time since 1970. The ranges leave no doubt: each unit is read from 1973 on, and none
/// so far that digits such as `20250504100000` could be a date written together.
fn since_1970(text: &str) -> Option<Timestamp> {
    let (whole, fraction) = match text.split_once('.') {
        Some((whole, fraction)) => (whole, micros(fraction.as_bytes())?),
        None => (text, 0),
    };
    let number = value(whole.as_bytes())?;
    let micros = match number {
        100_000_000..100_000_000_000 => number * 1_000_000 + fraction,
        100_000_000_000..10_000_000_000_000 => number * 1000 + fraction / 1000,
        100_000_000_000_000..10_000_000_000_000_000 => number,
        100_000_000_000_000_000.. => number / 1000,
        _ => return None,
    };
    Some(Timestamp(micros))
}

/// A day of the calendar as days since 1970.
fn civil(year: i64, month: i64, day: i64) -> Option<i64> {
    let exists = (1..=12).contains(&month) && (1..=days_in_month(year, month)).contains(&day);
    exists.then(|| days_from_civil(year, month, day))
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
    fn reads_a_moment_however_it_is_written() {
        for text in [
            "2025-05-04T10:00:00Z",
            "2025-05-04t10:00:00z",
            " 2025-05-04T10:00:00Z\n",
            "2025-05-04T10:00:00+0000",
            "2025-05-04T10:00:00-00:00",
            "2025-05-04 10:00:00+00",
            "2025-05-04 10:00:00 UTC",
            "2025-05-04 10:00:00 +0000 UTC",
            "2025-05-04T12:30:00+0230",
            "2025-05-04T10:00Z",
            "2025-05-04T10:00:00.0000000009Z",
            "2025-05-04T10:00:00,000Z",
            "Sun, 04 May 2025 10:00:00 GMT",
            "Sun, 04 May 2025 12:00:00 +0200",
            "1746352800",
            "1746352800.0",
            "1746352800000",
            "1746352800000000",
            "1746352800000000000",
        ] {
            let at = Timestamp(1_746_352_800_000_000);
            assert_eq!(Timestamp::parse(text), Some(at), "{text}");
        }
        let ten = Timestamp::parse("2025-05-04T10:00:00.1234567891Z");
        assert_eq!(ten, Some(Timestamp(1_746_352_800_123_456)));
        let parts = Timestamp::parse("1746352800.25");
        assert_eq!(parts, Some(Timestamp(1_746_352_800_250_000)));
    }

    #[test]
    fn refuses_what_is_no_moment() {
        for text in [
            "",
            "2025",
            "2025-10-29",
            "2025-13-01T00:00:00Z",
            "2025-02-29T00:00:00Z",
            "2025-10-29T24:00:00Z",
            "2025-10-29T00:60:00Z",
            "2025-10-29T00:00:60Z",
            "2025-10-29T00:40:06",
            "2025-10-29 00:40:06",
            "2025-10-29T00:40:06.Z",
            "2025-10-29T00:40:06Zx",
            "2025-10-29T00:40:06 CET",
            "2025-10-29T00:40:06+0200 UTC",
            "２025-10-29T00:40:06Z",
            "2025-10-29T00:40:06+2:00",
            "2025-10-29T00:40:06+24:00",
            "0000-00-00 00:00:00",
            "29/10/2025 00:40:06 UTC",
            "Wed Oct 29 00:40:06 2025",
            "Wednesday, 29-Oct-25 00:40:06 GMT",
            "Wed, 29 Okt 2025 00:40:06 GMT",
            "yesterday",
            "12",
            "-1746352800",
            "20251029",
            "20251029004006",
            "1746352800.",
            "99999999999999999999",
        ] {
            assert_eq!(Timestamp::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_date_is_known_for_one_though_it_cannot_be_placed() {
        for text in [
            "2025-05-04",
            "2025-05-04T10:00:00",
            " 2025-05-04 10 o'clock",
        ] {
            assert!(Timestamp::is_dated(text), "{text}");
        }
        for text in ["", "never", "0000-00-00 00:00:00", "2025-05", "2025-02-30"] {
            assert!(!Timestamp::is_dated(text), "{text}");
        }
    }

    #[test]
    fn a_date_that_was_never_set_is_told_from_one_that_was() {
        let unset = |text| Timestamp::parse(text).map(Timestamp::is_unset);
        for text in [
            "1970-01-01T00:00:00Z",
            "1970-01-01T00:00:00+01:00",
            "0001-01-01T00:00:00Z",
        ] {
            assert_eq!(unset(text), Some(true), "{text}");
        }
        for text in ["2025-05-04T10:00:00Z", "1969-07-20T20:17:40Z", "1746352800"] {
            assert_eq!(unset(text), Some(false), "{text}");
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
        fn junk_never_panics(text in ".{0,40}", numbers in "[-+:., TZ0-9]{0,40}") {
            for text in [text, numbers] {
                let _ = (Timestamp::parse(&text), Timestamp::is_dated(&text));
            }
        }

        #[test]
        fn one_moment_is_the_same_in_every_form(seconds in 100_000_000_i64..4_102_444_800, ahead in -1439_i64..1440) {
            let at = Timestamp(seconds * 1_000_000);
            let there = at.plus_seconds(ahead * 60).print();
            let there = there.trim_end_matches('Z');
            let (sign, off) = (if ahead < 0 { '-' } else { '+' }, ahead.abs());
            let (hours, minutes) = (off / 60, off % 60);
            for text in [
                format!("{there}{sign}{hours:02}:{minutes:02}"),
                format!("{there} {sign}{hours:02}{minutes:02}"),
                seconds.to_string(),
                format!("{seconds}000"),
                format!("{seconds}000000"),
                format!("{seconds}.000"),
            ] {
                prop_assert_eq!(Timestamp::parse(&text), Some(at), "{}", text);
            }
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
