//! Today's date, for what is measured.

use std::time::{SystemTime, UNIX_EPOCH};

/// The day in UTC, as 2026-11-22.
pub(crate) fn today() -> String {
    let seconds = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| since.as_secs());
    date(i64::try_from(seconds / 86_400).unwrap_or_default())
}

/// From days since 1970, by Howard Hinnant's arithmetic: years begin in March, eras have 400 of them.
fn date(days: i64) -> String {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 {
        month_from_march + 3
    } else {
        month_from_march - 9
    };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}

#[cfg(test)]
mod tests {
    use super::date;

    #[test]
    fn days_since_1970_are_dates() {
        let dates = [0, 20_779, 11_016].map(date);
        assert_eq!(dates, ["1970-01-01", "2026-11-22", "2000-02-29"]);
    }
}
