//! Billing accounts and their subscriptions, as far as archiving needs them: they can be listed,
//! and a subscription can be cancelled.
//!
//! The vendor cancels at the end of the period. Here a cancelled subscription stops counting at
//! once, so that a test of archiving need not wait for a month to end.

use axum::Json;
use axum::extract::State;
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ValueRef};
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::access::{self, Caller};
use super::errors::{ApiError, Guarded};
use super::input::Ids;
use super::objects::{Address, BillingAccount, List, Role, Subscription, SubscriptionStatus};
use crate::app::App;

const SUBSCRIPTION_COLUMNS: &str = "id, billing_account_id, status, product, quantity, \
     current_period_start, current_period_end, canceled_at, created_at";

/// List the billing accounts
///
/// For every member.
#[utoipa::path(get, path = "/workspaces/{workspaceId}/billing-accounts", tag = "Billing Accounts", operation_id = "list_billing_accounts",
    params(("workspaceId" = String, Path, description = "The workspace.")), responses(
    (status = 200, description = "All of them.", body = List<BillingAccount>),
    Guarded,
))]
pub(super) async fn accounts(
    State(app): State<App>,
    caller: Caller,
    Ids(id): Ids<String>,
) -> Result<Json<List<BillingAccount>>, ApiError> {
    let settings = app.settings;
    let data = app
        .database
        .read(move |db| -> Result<Vec<BillingAccount>, ApiError> {
            access::workspace(db, &settings, &caller, &id, Role::Viewer)?;
            let mut statement = db.prepare_cached(
                "SELECT id, workspace_id, name, email, phone, description, currency, country, \
                        line1, city, postal_code, created_at, updated_at \
                 FROM altostrat_billing_accounts WHERE workspace_id = ?1 ORDER BY created_at, id",
            )?;
            let rows = statement.query_map([&id], account_from_row)?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
        .await?;
    Ok(Json(List {
        data,
        has_more: false,
    }))
}

/// List the subscriptions
///
/// Of one billing account, cancelled ones included. For every member.
#[utoipa::path(get, path = "/workspaces/{workspaceId}/billing-accounts/{billingAccountId}/subscriptions", tag = "Subscriptions", operation_id = "list_subscriptions",
    params(("workspaceId" = String, Path, description = "The workspace."),
           ("billingAccountId" = String, Path, description = "The billing account.")), responses(
    (status = 200, description = "All of them.", body = List<Subscription>),
    Guarded,
))]
pub(super) async fn subscriptions(
    State(app): State<App>,
    caller: Caller,
    Ids((id, account)): Ids<(String, String)>,
) -> Result<Json<List<Subscription>>, ApiError> {
    let settings = app.settings;
    let data = app
        .database
        .read(move |db| -> Result<Vec<Subscription>, ApiError> {
            access::workspace(db, &settings, &caller, &id, Role::Viewer)?;
            account_of(db, &id, &account)?;
            let mut statement = db.prepare_cached(&format!(
                "SELECT {SUBSCRIPTION_COLUMNS} FROM altostrat_subscriptions \
                 WHERE billing_account_id = ?1 ORDER BY created_at, id"
            ))?;
            let rows = statement.query_map([&account], subscription_from_row)?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
        .await?;
    Ok(Json(List {
        data,
        has_more: false,
    }))
}

/// Cancel a subscription
///
/// For owners and admins. It stops counting as active at once. Cancelling it again changes nothing.
#[utoipa::path(delete, path = "/workspaces/{workspaceId}/billing-accounts/{billingAccountId}/subscriptions/{subscriptionId}", tag = "Subscriptions", operation_id = "cancel_subscription",
    params(("workspaceId" = String, Path, description = "The workspace."),
           ("billingAccountId" = String, Path, description = "The billing account."),
           ("subscriptionId" = String, Path, description = "The subscription.")), responses(
    (status = 200, description = "The cancelled subscription.", body = Subscription),
    Guarded,
))]
pub(super) async fn cancel(
    State(app): State<App>,
    caller: Caller,
    Ids((id, account, subscription)): Ids<(String, String, String)>,
) -> Result<Json<Subscription>, ApiError> {
    let settings = app.settings;
    let now = app.clock.now();
    let cancelled = app
        .database
        .write(move |db| -> Result<Subscription, ApiError> {
            access::workspace(db, &settings, &caller, &id, Role::Admin)?;
            account_of(db, &id, &account)?;
            db.execute(
                "UPDATE altostrat_subscriptions SET status = 'canceled', canceled_at = ?3 \
                 WHERE id = ?1 AND billing_account_id = ?2 AND status = 'active'",
                params![subscription, account, now],
            )?;
            db.prepare_cached(&format!(
                "SELECT {SUBSCRIPTION_COLUMNS} FROM altostrat_subscriptions \
                 WHERE id = ?1 AND billing_account_id = ?2"
            ))?
            .query_row([&subscription, &account], subscription_from_row)
            .optional()?
            .ok_or(ApiError::NotFound)
        })
        .await?;
    Ok(Json(cancelled))
}

fn account_of(db: &Connection, workspace: &str, account: &str) -> Result<(), ApiError> {
    let exists: bool = db.query_row(
        "SELECT EXISTS (SELECT 1 FROM altostrat_billing_accounts \
         WHERE workspace_id = ?1 AND id = ?2)",
        [workspace, account],
        |row| row.get(0),
    )?;
    if exists {
        Ok(())
    } else {
        Err(ApiError::NotFound)
    }
}

fn account_from_row(row: &Row<'_>) -> rusqlite::Result<BillingAccount> {
    Ok(BillingAccount {
        id: row.get(0)?,
        workspace_id: row.get(1)?,
        name: row.get(2)?,
        email: row.get(3)?,
        phone: row.get(4)?,
        description: row.get(5)?,
        currency: row.get(6)?,
        address: Address {
            country: row.get(7)?,
            line1: row.get(8)?,
            line2: None,
            city: row.get(9)?,
            state: None,
            postal_code: row.get(10)?,
        },
        created_at: row.get(11)?,
        updated_at: row.get(12)?,
    })
}

impl FromSql for SubscriptionStatus {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        match value.as_str()? {
            "active" => Ok(Self::Active),
            "canceled" => Ok(Self::Canceled),
            _ => Err(FromSqlError::InvalidType),
        }
    }
}

fn subscription_from_row(row: &Row<'_>) -> rusqlite::Result<Subscription> {
    Ok(Subscription {
        id: row.get(0)?,
        billing_account_id: row.get(1)?,
        status: row.get(2)?,
        product: row.get(3)?,
        quantity: row.get(4)?,
        current_period_start: row.get(5)?,
        current_period_end: row.get(6)?,
        canceled_at: row.get(7)?,
        created_at: row.get(8)?,
    })
}
