//! Time, as the contracts write it: UTC with exactly six fraction digits.
//!
//! Everything that asks for the time asks a [`Clock`], so that tests can let hours pass at once.
//! Must not know who asks.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use rusqlite::ToSql;
use rusqlite::types::{FromSql, FromSqlResult, ToSqlOutput, ValueRef};
use serde::{Serialize, Serializer};
use utoipa::ToSchema;

/// A moment in microseconds since 1970, which is also how the database keeps it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, ToSchema)]
#[schema(value_type = String, format = DateTime, example = "2025-10-29T00:40:06.000000Z")]
pub struct Timestamp(pub i64);

impl Timestamp {
    /// The moment this many seconds later.
    #[must_use]
    pub fn plus_seconds(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds.saturating_mul(1_000_000)))
    }

    /// As headers have it: `Sun, 04 May 2025 10:00:00 GMT`.
    #[must_use]
    pub fn http_date(self) -> String {
        let moment =
            jiff::Timestamp::from_microsecond(self.0).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
        moment.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()
    }

    /// Whole seconds since 1970, as tokens count.
    #[must_use]
    pub fn seconds(self) -> i64 {
        self.0.div_euclid(1_000_000)
    }
}

impl std::fmt::Display for Timestamp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let moment =
            jiff::Timestamp::from_microsecond(self.0).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
        write!(f, "{moment:.6}")
    }
}

impl FromSql for Timestamp {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        value.as_i64().map(Self)
    }
}

impl ToSql for Timestamp {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(self.0.into())
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// The machine's clock, moved on by as much as a test has asked for.
#[derive(Clone, Debug, Default)]
pub struct Clock {
    ahead_micros: Arc<AtomicI64>,
}

impl Clock {
    /// The present moment.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        let machine = jiff::Timestamp::now().as_microsecond();
        Timestamp(machine.saturating_add(self.ahead_micros.load(Ordering::Relaxed)))
    }

    /// Puts everyone who holds a copy of this clock so many seconds ahead of the machine's; less than
    /// nothing is behind.
    pub fn set_ahead(&self, seconds: i64) {
        self.ahead_micros
            .store(seconds.saturating_mul(1_000_000), Ordering::Relaxed);
    }

    /// Whether it is another time than the machine's.
    #[must_use]
    pub fn is_off(&self) -> bool {
        self.ahead_micros.load(Ordering::Relaxed) != 0
    }

    /// Lets time pass for everyone who holds a copy of this clock.
    pub fn advance(&self, seconds: i64) {
        self.ahead_micros
            .fetch_add(seconds.saturating_mul(1_000_000), Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_has_the_day_of_the_week_and_no_fraction() {
        assert_eq!(
            Timestamp(1_761_698_406_120_003).http_date(),
            "Wed, 29 Oct 2025 00:40:06 GMT"
        );
    }

    #[test]
    fn a_timestamp_always_has_six_fraction_digits() {
        assert_eq!(
            Timestamp(1_761_698_406_000_000).to_string(),
            "2025-10-29T00:40:06.000000Z"
        );
        assert_eq!(
            Timestamp(1_761_698_406_120_003).to_string(),
            "2025-10-29T00:40:06.120003Z"
        );
    }
}
