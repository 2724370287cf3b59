//! Billing accounts and their subscriptions, as far as archiving needs them: they can be listed,
//! and a subscription can be cancelled.
//!
//! Guarantees: a cancellation takes effect at the end of the period, and is refused where it would
//! leave less than is in use; the look and the cancellation are one transaction.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use rusqlite::{Connection, Row};
use serde_json::json;

use super::App;
use super::access::{self, Caller};
use super::errors::{ApiError, ErrorResponse, Guarded};
use super::input::Ids;
use super::objects::{Address, BillingAccount, List, Role};
use super::subscription::{self, Subscription};

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
    let now = app.clock.now();
    let data = app
        .database
        .read(move |db| -> Result<Vec<Subscription>, ApiError> {
            access::workspace(db, &settings, &caller, &id, Role::Viewer)?;
            account_of(db, &id, &account)?;
            Ok(subscription::of_account(db, &account, now)?)
        })
        .await?;
    Ok(Json(List {
        data,
        has_more: false,
    }))
}

/// Cancel a subscription
///
/// For owners and admins. It runs to the end of its period, and is canceled then; until then nothing in
/// it shows that it was cancelled. Cancelling it again changes nothing.
#[utoipa::path(delete, path = "/workspaces/{workspaceId}/billing-accounts/{billingAccountId}/subscriptions/{subscriptionId}", tag = "Subscriptions", operation_id = "cancel_subscription",
    params(("workspaceId" = String, Path, description = "The workspace."),
           ("billingAccountId" = String, Path, description = "The billing account."),
           ("subscriptionId" = String, Path, description = "The subscription.")), responses(
    (status = 204, description = "It ends with its period. By a setting of this server 200 with a message, as older pages have it."),
    (status = 409, description = "Less would be left than is in use.", body = ErrorResponse),
    Guarded,
))]
pub(super) async fn cancel(
    State(app): State<App>,
    caller: Caller,
    Ids((id, account, subscription)): Ids<(String, String, String)>,
) -> Result<Response, ApiError> {
    let settings = app.settings;
    let (now, says_so) = (app.clock.now(), settings.cancel_message);
    app.database
        .write(move |db| -> Result<(), ApiError> {
            access::workspace(db, &settings, &caller, &id, Role::Admin)?;
            account_of(db, &id, &account)?;
            let found = subscription::one(db, &account, &subscription, now)?;
            let found = found.ok_or(ApiError::NotFound)?;
            if found.status.is_over() {
                return Ok(());
            }
            if let Some((product, left, used)) = subscription::missing(db, &id, &found, now)? {
                let message = format!(
                    "Cancelling this subscription would leave {left} {} while {used} are in use.",
                    product.name()
                );
                return Err(ApiError::conflict(
                    "cancellation_would_underprovision",
                    message,
                ));
            }
            let at = if settings.cancel_at_once {
                now
            } else {
                found.current_period_end
            };
            Ok(subscription::end(db, &found.id, at)?)
        })
        .await?;
    Ok(if says_so {
        let message = "The subscription will be cancelled at the end of the billing period.";
        Json(json!({ "message": message })).into_response()
    } else {
        StatusCode::NO_CONTENT.into_response()
    })
}

pub(super) fn account_of(db: &Connection, workspace: &str, account: &str) -> Result<(), ApiError> {
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
