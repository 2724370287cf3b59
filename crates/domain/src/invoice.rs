//! What a service says that something will cost.
//!
//! Guarantees: an amount never goes without its currency, and two of different currencies are never
//! set off against each other. Must not know what is invoiced.

/// An amount of money.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Money {
    /// In hundredths; negative for a credit.
    pub cents: i64,
    /// Three letters, in the service's writing.
    pub currency: String,
}

/// What cancelling a subscription means for the next invoice.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Preview {
    /// The next invoice as things stand, where the service says so.
    pub before: Option<Money>,
    /// The next invoice if it is cancelled.
    pub after: Money,
}

impl Preview {
    /// By how much the next invoice is lower.
    #[must_use]
    pub fn saves(&self) -> Option<Money> {
        let before = self.before.as_ref()?;
        let same = before.currency.eq_ignore_ascii_case(&self.after.currency);
        let cents = before.cents.checked_sub(self.after.cents)?;
        (same && cents > 0).then(|| Money {
            cents,
            currency: before.currency.clone(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn money(cents: i64, currency: &str) -> Money {
        Money {
            cents,
            currency: currency.to_owned(),
        }
    }

    #[test]
    fn it_saves_only_what_is_less_of_the_same_currency() {
        let saves = |before: Option<Money>, after| Preview { before, after }.saves();
        assert_eq!(
            saves(Some(money(4_800, "eur")), money(800, "EUR")),
            Some(money(4_000, "eur"))
        );
        // A credit is more than all of it.
        assert_eq!(
            saves(Some(money(100, "eur")), money(-50, "eur")),
            Some(money(150, "eur"))
        );
        for (before, after) in [
            (None, money(0, "eur")),
            (Some(money(4_800, "eur")), money(0, "usd")),
            (Some(money(100, "eur")), money(100, "eur")),
            (Some(money(0, "eur")), money(100, "eur")),
            (Some(money(i64::MAX, "eur")), money(i64::MIN, "eur")),
        ] {
            assert_eq!(saves(before, after), None);
        }
    }
}
