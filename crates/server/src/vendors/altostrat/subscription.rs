//! Subscriptions as the vendor shows them, and as they stand at a moment.
//!
//! Guarantees: one that is cancelled runs to the end of its period and shows nothing of it until
//! then; one that is not renews by itself. Must not know who asks.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::tz::TimeZone;
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ValueRef};
use rusqlite::{Connection, OptionalExtension, Row, ToSql, params};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::core::clock::Timestamp;

/// How a subscription stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SubscriptionStatus {
    /// It runs and is paid for.
    Active,
    /// It runs, and its last invoice is not paid.
    PastDue,
    /// Its invoices are not paid, and no more are collected.
    Unpaid,
    /// It has ended.
    Canceled,
    /// Its first payment has not come.
    Incomplete,
    /// Its first payment never came, so that it never began.
    IncompleteExpired,
    /// It runs before anything is paid.
    Trialing,
    /// It stands still.
    Paused,
}

impl SubscriptionStatus {
    const ALL: [Self; 8] = [
        Self::Active,
        Self::PastDue,
        Self::Unpaid,
        Self::Canceled,
        Self::Incomplete,
        Self::IncompleteExpired,
        Self::Trialing,
        Self::Paused,
    ];

    /// As the contract and the database write it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::PastDue => "past_due",
            Self::Unpaid => "unpaid",
            Self::Canceled => "canceled",
            Self::Incomplete => "incomplete",
            Self::IncompleteExpired => "incomplete_expired",
            Self::Trialing => "trialing",
            Self::Paused => "paused",
        }
    }

    /// Whether nothing comes after it.
    #[must_use]
    pub fn is_over(self) -> bool {
        matches!(self, Self::Canceled | Self::IncompleteExpired)
    }

    /// Whether what it is for can be used.
    fn provides(self) -> bool {
        matches!(self, Self::Active | Self::PastDue | Self::Trialing)
    }
}

impl FromSql for SubscriptionStatus {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let name = value.as_str()?;
        let mut all = Self::ALL.into_iter();
        all.find(|status| status.name() == name)
            .ok_or(FromSqlError::InvalidType)
    }
}

impl ToSql for SubscriptionStatus {
    fn to_sql(&self) -> rusqlite::Result<rusqlite::types::ToSqlOutput<'_>> {
        self.name().to_sql()
    }
}

/// What can be subscribed to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Product {
    /// Places.
    Locations,
    /// People.
    Users,
    /// Signing in by another service.
    Sso,
}

impl Product {
    /// As the contract and the database write it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Locations => "locations",
            Self::Users => "users",
            Self::Sso => "sso",
        }
    }

    /// What one costs for so long, in hundredths. Prices of this server's own.
    #[must_use]
    pub fn price(self, interval: Interval) -> i64 {
        let month = match self {
            Self::Locations => 1_200,
            Self::Users => 350,
            Self::Sso => 4_900,
        };
        match interval {
            Interval::Month => month,
            Interval::Year => month * 10,
        }
    }

    /// The id of that price.
    #[must_use]
    pub fn price_id(self, interval: Interval) -> String {
        format!("price_{}_{}", self.name(), interval.name())
    }
}

impl FromSql for Product {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        match value.as_str()? {
            "locations" => Ok(Self::Locations),
            "users" => Ok(Self::Users),
            "sso" => Ok(Self::Sso),
            _ => Err(FromSqlError::InvalidType),
        }
    }
}

/// How often is paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Interval {
    /// Each month.
    Month,
    /// Each year.
    Year,
}

impl Interval {
    /// As the contract and the database write it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Month => "month",
            Self::Year => "year",
        }
    }

    fn after(self, then: Timestamp) -> Option<Timestamp> {
        let moment = jiff::Timestamp::from_microsecond(then.0).ok()?;
        let span = match self {
            Self::Month => 1.month(),
            Self::Year => 1.year(),
        };
        let later = moment.to_zoned(TimeZone::UTC).checked_add(span).ok()?;
        Some(Timestamp(later.timestamp().as_microsecond()))
    }
}

impl FromSql for Interval {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        match value.as_str()? {
            "month" => Ok(Self::Month),
            "year" => Ok(Self::Year),
            _ => Err(FromSqlError::InvalidType),
        }
    }
}

/// How many of a product, and what they cost.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProductQuantity {
    /// Starts with `price_`.
    pub price_id: String,
    /// How many.
    pub quantity: i64,
    /// How often is paid.
    pub interval: Interval,
}

/// What is paid for by the period. Nothing in it shows that it is cancelled before it has ended.
#[derive(Debug, Serialize, ToSchema)]
pub struct Subscription {
    /// Starts with `sub_`.
    pub id: String,
    /// Which billing account.
    pub billing_account_id: String,
    /// How it stands.
    pub status: SubscriptionStatus,
    /// Three letters, the billing account's.
    #[schema(example = "usd")]
    pub currency: String,
    /// By product: `locations`, `users`, `sso`.
    pub product_quantities: BTreeMap<Product, ProductQuantity>,
    /// Up to ten words of the caller's own; this server keeps none.
    pub metadata: BTreeMap<String, String>,
    /// Start of the period.
    pub current_period_start: Timestamp,
    /// Its end.
    pub current_period_end: Timestamp,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
    #[serde(skip)]
    pub(super) ends_at: Option<Timestamp>,
}

const COLUMNS: &str = "s.id, s.billing_account_id, s.status, a.currency, s.current_period_start, \
     s.current_period_end, s.created_at, s.updated_at, s.ends_at \
     FROM altostrat_subscriptions s JOIN altostrat_billing_accounts a ON a.id = s.billing_account_id";

impl Subscription {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get(0)?,
            billing_account_id: row.get(1)?,
            status: row.get(2)?,
            currency: row.get(3)?,
            product_quantities: BTreeMap::new(),
            metadata: BTreeMap::new(),
            current_period_start: row.get(4)?,
            current_period_end: row.get(5)?,
            created_at: row.get(6)?,
            updated_at: row.get(7)?,
            ends_at: row.get(8)?,
        })
    }

    /// With its products, as it stands now.
    fn whole(mut self, db: &Connection, now: Timestamp) -> rusqlite::Result<Self> {
        let mut statement = db.prepare_cached(
            "SELECT product, quantity, interval FROM altostrat_subscription_products \
             WHERE subscription_id = ?1",
        )?;
        let products = statement.query_map([&self.id], |row| {
            let (product, interval): (Product, Interval) = (row.get(0)?, row.get(2)?);
            let quantity = ProductQuantity {
                price_id: product.price_id(interval),
                quantity: row.get(1)?,
                interval,
            };
            Ok((product, quantity))
        })?;
        self.product_quantities = products.collect::<Result<_, _>>()?;
        self.pass(now);
        Ok(self)
    }

    /// Lets time pass until now: it ends, or renews.
    fn pass(&mut self, now: Timestamp) {
        if self.status.is_over() {
            return;
        }
        let until = self.ends_at.map_or(now, |ends| ends.min(now));
        let mut products = self.product_quantities.values();
        let interval = products.next().map_or(Interval::Month, |one| one.interval);
        while self.current_period_end < until {
            let Some(next) = interval.after(self.current_period_end) else {
                break;
            };
            self.current_period_start = self.current_period_end;
            self.current_period_end = next;
        }
        if let Some(ends) = self.ends_at.filter(|ends| *ends <= now) {
            self.status = SubscriptionStatus::Canceled;
            self.updated_at = ends;
        }
    }

    /// How many of a product can be used because of it, and go on to be.
    fn lasting(&self, product: Product) -> i64 {
        let lasts = self.status.provides() && self.ends_at.is_none();
        let of = self.product_quantities.get(&product);
        of.filter(|_| lasts).map_or(0, |one| one.quantity)
    }
}

/// Those of a billing account, the oldest first.
pub(super) fn of_account(
    db: &Connection,
    account: &str,
    now: Timestamp,
) -> rusqlite::Result<Vec<Subscription>> {
    let mut statement = db.prepare_cached(&format!(
        "SELECT {COLUMNS} WHERE s.billing_account_id = ?1 ORDER BY s.created_at, s.id"
    ))?;
    let rows = statement.query_map([account], Subscription::from_row)?;
    rows.map(|row| row?.whole(db, now)).collect()
}

/// One of a billing account.
pub(super) fn one(
    db: &Connection,
    account: &str,
    id: &str,
    now: Timestamp,
) -> rusqlite::Result<Option<Subscription>> {
    let mut statement = db.prepare_cached(&format!(
        "SELECT {COLUMNS} WHERE s.billing_account_id = ?1 AND s.id = ?2"
    ))?;
    let found = statement
        .query_row([account, id], Subscription::from_row)
        .optional()?;
    found.map(|row| row.whole(db, now)).transpose()
}

/// The ids of those of a workspace that are not over, by the name of who pays for them.
pub(super) fn standing(
    db: &Connection,
    workspace: &str,
    now: Timestamp,
) -> rusqlite::Result<Vec<(String, String)>> {
    let mut statement = db.prepare_cached(
        "SELECT a.name, group_concat(s.id, ', ' ORDER BY s.created_at, s.id) \
         FROM altostrat_billing_accounts a \
         JOIN altostrat_subscriptions s ON s.billing_account_id = a.id \
              AND s.status NOT IN ('canceled', 'incomplete_expired') \
              AND (s.ends_at IS NULL OR s.ends_at > ?2) \
         WHERE a.workspace_id = ?1 GROUP BY a.id ORDER BY a.created_at, a.id",
    )?;
    let rows = statement.query_map(params![workspace, now], |row| {
        Ok((row.get(0)?, row.get(1)?))
    })?;
    rows.collect()
}

/// A product of which too few would be left without this subscription: how many, and how many are in
/// use in the workspace.
pub(super) fn missing(
    db: &Connection,
    workspace: &str,
    without: &Subscription,
    now: Timestamp,
) -> rusqlite::Result<Option<(Product, i64, i64)>> {
    let used = db.query_row(
        "SELECT coalesce(sum(locations), 0), coalesce(sum(users), 0), coalesce(sum(sso), 0) \
         FROM altostrat_organizations WHERE workspace_id = ?1",
        [workspace],
        |row| {
            Ok([
                (Product::Locations, row.get(0)?),
                (Product::Users, row.get(1)?),
                (Product::Sso, row.get(2)?),
            ])
        },
    )?;
    let mut statement =
        db.prepare_cached("SELECT id FROM altostrat_billing_accounts WHERE workspace_id = ?1")?;
    let accounts = statement.query_map([workspace], |row| row.get::<_, String>(0))?;
    let mut others = Vec::new();
    for account in accounts {
        others.extend(of_account(db, &account?, now)?);
    }
    others.retain(|other| other.id != without.id);
    Ok(used.into_iter().find_map(|(product, used)| {
        let left = others.iter().map(|other| other.lasting(product)).sum();
        (without.lasting(product) > 0 && used > left).then_some((product, left, used))
    }))
}

/// Notes that it ends at this moment.
pub(super) fn end(db: &Connection, id: &str, at: Timestamp) -> rusqlite::Result<()> {
    db.execute(
        "UPDATE altostrat_subscriptions SET ends_at = ?2 WHERE id = ?1 AND ends_at IS NULL",
        params![id, at],
    )?;
    Ok(())
}
