//! The preview of an invoice, which changes nothing.
//!
//! Guarantees: it costs what the subscription costs for one more period, nothing if it is to be
//! cancelled. Must not know any invoice that was ever sent.

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::App;
use super::access::{self, Caller};
use super::billing::account_of;
use super::errors::{ApiError, ErrorResponse, Guarded};
use super::input::{self, Given, Ids, Input};
use super::objects::Role;
use super::subscription::{self, Interval, Product};
use crate::core::clock::Timestamp;

/// What to preview.
#[derive(Deserialize, ToSchema)]
pub(super) struct PreviewRequest {
    /// Which subscription; without one `items` are those of a new one.
    #[serde(default)]
    #[schema(value_type = String, required = false)]
    subscription_id: Given,
    /// What it is to be for; without them it stays as it is.
    items: Option<Vec<PreviewItem>>,
    /// Whether it is to be cancelled.
    cancel_subscription: Option<bool>,
}

/// A product to preview.
#[derive(Clone, Copy, Deserialize, ToSchema)]
pub(super) struct PreviewItem {
    product_type: Product,
    #[schema(minimum = 1)]
    quantity: u32,
    interval: Interval,
}

/// A line of an invoice.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct InvoiceLine {
    id: String,
    description: String,
    amount: i64,
    currency: String,
    quantity: i64,
    price_id: String,
    unit_amount: i64,
    product_name: &'static str,
}

/// An invoice. Amounts are in hundredths of the currency.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Invoice {
    id: String,
    customer_id: String,
    #[schema(required)]
    number: Option<String>,
    status: &'static str,
    currency: String,
    amount_due: i64,
    amount_paid: i64,
    subtotal: i64,
    total: i64,
    #[schema(required)]
    tax: Option<i64>,
    #[schema(required)]
    discount_amount: Option<i64>,
    discount_names: Vec<String>,
    created_at: Timestamp,
    #[schema(required)]
    due_date: Option<Timestamp>,
    #[schema(required)]
    hosted_invoice_url: Option<String>,
    #[schema(required)]
    invoice_pdf: Option<String>,
    lines: Vec<InvoiceLine>,
}

/// Preview an invoice
///
/// For every member. It changes nothing.
#[utoipa::path(post, path = "/workspaces/{workspaceId}/billing-accounts/{billingAccountId}/invoices/preview", tag = "Invoices", operation_id = "preview_invoice",
    params(("workspaceId" = String, Path, description = "The workspace."),
           ("billingAccountId" = String, Path, description = "The billing account.")),
    request_body = PreviewRequest, responses(
    (status = 200, description = "The invoice that would come next.", body = Invoice),
    (status = 400, description = "A parameter is missing or wrong.", body = ErrorResponse),
    Guarded,
))]
pub(super) async fn preview(
    State(app): State<App>,
    caller: Caller,
    Ids((id, account)): Ids<(String, String)>,
    Input(body): Input<PreviewRequest>,
) -> Result<Json<Invoice>, ApiError> {
    let settings = app.settings;
    let now = app.clock.now();
    let invoice = app
        .database
        .read(move |db| -> Result<Invoice, ApiError> {
            access::workspace(db, &settings, &caller, &id, Role::Viewer)?;
            account_of(db, &id, &account)?;
            let body = body?;
            let is_cancelled = body.cancel_subscription.unwrap_or_default();
            let found = match body.subscription_id {
                Given::Absent | Given::Null => None,
                given => {
                    let given = input::required(given, "subscription_id")?;
                    let found = subscription::one(db, &account, &given, now)?;
                    Some(found.ok_or(ApiError::NotFound)?)
                }
            };
            let items: Vec<(Product, i64, Interval)> = match (body.items, found) {
                (_, None) if is_cancelled => return Err(ApiError::missing("subscription_id")),
                (None, None) => return Err(ApiError::missing("items")),
                (_, Some(_)) if is_cancelled => Vec::new(),
                (Some(items), _) => items
                    .iter()
                    .map(|item| (item.product_type, i64::from(item.quantity), item.interval))
                    .collect(),
                (None, Some(found)) if found.status.is_over() => Vec::new(),
                (None, Some(found)) => found
                    .product_quantities
                    .iter()
                    .map(|(product, of)| (*product, of.quantity, of.interval))
                    .collect(),
            };
            let currency: String = db.query_row(
                "SELECT currency FROM altostrat_billing_accounts WHERE id = ?1",
                [&account],
                |row| row.get(0),
            )?;
            Ok(of(account, &currency, &items, now))
        })
        .await?;
    Ok(Json(invoice))
}

fn of(
    customer_id: String,
    currency: &str,
    items: &[(Product, i64, Interval)],
    now: Timestamp,
) -> Invoice {
    let lines: Vec<InvoiceLine> = items
        .iter()
        .map(|(product, quantity, interval)| {
            let unit_amount = product.price(*interval);
            InvoiceLine {
                id: format!("il_{}", product.name()),
                description: format!("{quantity} × {} ({})", product.name(), interval.name()),
                amount: quantity.saturating_mul(unit_amount),
                currency: currency.to_owned(),
                quantity: *quantity,
                price_id: product.price_id(*interval),
                unit_amount,
                product_name: product.name(),
            }
        })
        .collect();
    let total = lines
        .iter()
        .fold(0_i64, |sum, line| sum.saturating_add(line.amount));
    Invoice {
        id: "in_preview".to_owned(),
        customer_id,
        number: None,
        status: "draft",
        currency: currency.to_owned(),
        amount_due: total,
        amount_paid: 0,
        subtotal: total,
        total,
        tax: None,
        discount_amount: None,
        discount_names: Vec::new(),
        created_at: now,
        due_date: None,
        hosted_invoice_url: None,
        invoice_pdf: None,
        lines,
    }
}
