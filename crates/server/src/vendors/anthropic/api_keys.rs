//! API keys: list, retrieve, change.
//!
//! Guarantees: a key whose time is over reads as expired and an archived one stays archived, whatever is
//! asked for; no more of a key than its hint is ever known here.

use axum::Json;
use axum::extract::State;
use rusqlite::types::Value as SqlValue;
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::Deserialize;
use utoipa::ToSchema;

use super::App;
use super::access::Caller;
use super::body::{self, BODY_LIMIT, Given, Input};
use super::errors::{ApiError, Failures, Missing};
use super::objects::{ApiKey, CreatedBy, KeyScope, Principal};
use super::page::{Listing, Page, Wanted};
use super::query::{Ids, Query};
use super::settings::Settings;
use super::words::{KeyStatus, Word};
use crate::core::clock::Timestamp;

const COLUMNS: &str = "created_at, id, name, status, workspace_id, service_account_id, \
     created_by_user_id, expires_at, partial_key_hint";

/// More than any name needs.
const NAME_LIMIT: usize = 500;

/// What to change.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ChangeKeyRequest {
    /// From 1 to 500 Unicode code points. Null is the same as absent.
    #[serde(default)]
    #[schema(value_type = Option<String>, required = false)]
    name: Given,
    /// Not `expired`. Null is the same as absent.
    #[serde(default)]
    #[schema(value_type = Option<KeyStatus>, required = false)]
    status: Given,
}

/// List API keys
///
/// Archived ones too.
#[utoipa::path(get, path = "/v1/organizations/api_keys", tag = "API keys", operation_id = "list_api_keys",
    params(
        ("after_id" = Option<String>, Query, description = "The page after this one. Not with `before_id`."),
        ("before_id" = Option<String>, Query, description = "The page before this one. Not with `after_id`."),
        ("limit" = Option<u32>, Query, minimum = 1, maximum = 1000, description = "20 where it is left out."),
        ("workspace_id" = Option<String>, Query, description = "Only those of this workspace."),
        ("status" = Option<KeyStatus>, Query, description = "Only these."),
        ("created_by_user_id" = Option<String>, Query, description = "Only those this person made."),
    ), responses(
    (status = 200, description = "A page.", body = Page<ApiKey>),
    Failures,
))]
pub(super) async fn list(
    State(app): State<App>,
    caller: Caller,
    query: Query,
) -> Result<Json<Page<ApiKey>>, ApiError> {
    let wanted = Wanted::from_query(&query)?;
    let now = app.clock.now();
    let mut listing = Listing {
        select: format!("SELECT {COLUMNS} FROM anthropic_api_keys"),
        place: ("created_at", "id"),
        scope: (
            "organization_id = ?",
            vec![SqlValue::from(caller.organization)],
        ),
        filters: Vec::new(),
        newest_first: app.settings.newest_first,
    };
    for (name, condition) in [
        ("workspace_id", "workspace_id = ?"),
        ("created_by_user_id", "created_by_user_id = ?"),
    ] {
        if let Some(id) = query.text(name) {
            listing.filter(condition, vec![SqlValue::from(id.to_owned())]);
        }
    }
    let now_value = || SqlValue::from(now.0);
    match query.word::<KeyStatus>("status")? {
        None => {}
        Some(KeyStatus::Archived) => listing.filter("status = 'archived'", Vec::new()),
        Some(KeyStatus::Expired) => {
            listing.filter(
                "status <> 'archived' AND expires_at <= ?",
                vec![now_value()],
            );
        }
        Some(status @ (KeyStatus::Active | KeyStatus::Inactive)) => listing.filter(
            "status = ? AND (expires_at IS NULL OR expires_at > ?)",
            vec![SqlValue::from(status.name().to_owned()), now_value()],
        ),
    }
    let page = app
        .database
        .read(move |db| listing.page(db, &wanted, |row| from_row(row, now)))
        .await?;
    Ok(Json(page))
}

/// Retrieve an API key
#[utoipa::path(get, path = "/v1/organizations/api_keys/{api_key_id}", tag = "API keys", operation_id = "retrieve_api_key",
    params(("api_key_id" = String, Path, description = "The key.")), responses(
    (status = 200, description = "The key.", body = ApiKey),
    Failures, Missing,
))]
pub(super) async fn retrieve(
    State(app): State<App>,
    caller: Caller,
    Ids(id): Ids<String>,
) -> Result<Json<ApiKey>, ApiError> {
    let now = app.clock.now();
    let found = app
        .database
        .read(move |db| find(db, &caller, &id, now))
        .await?;
    Ok(Json(found))
}

/// Change an API key
#[utoipa::path(post, path = "/v1/organizations/api_keys/{api_key_id}", tag = "API keys", operation_id = "update_api_key",
    params(("api_key_id" = String, Path, description = "The key.")),
    request_body = ChangeKeyRequest, responses(
    (status = 200, description = "The key as it is now.", body = ApiKey),
    Failures, Missing,
))]
pub(super) async fn change(
    State(app): State<App>,
    caller: Caller,
    Ids(id): Ids<String>,
    Input(body): Input<ChangeKeyRequest, BODY_LIMIT>,
) -> Result<Json<ApiKey>, ApiError> {
    let settings = app.settings;
    let now = app.clock.now();
    let changed = app
        .database
        .write(move |db| -> Result<ApiKey, ApiError> {
            let mut key = find(db, &caller, &id, now)?;
            let body = body?;
            if let Some(name) = body.name.or_null() {
                key.name = body::sized("name", name, NAME_LIMIT)?;
            }
            if let Some(status) = body.status.or_null() {
                let status = body::word("status", status)?;
                may_become(db, &settings, &key, status, now)?;
                key.status = status;
                db.execute(
                    "UPDATE anthropic_api_keys SET status = ?2 WHERE id = ?1",
                    params![id, status],
                )?;
            }
            db.execute(
                "UPDATE anthropic_api_keys SET name = ?2 WHERE id = ?1",
                params![id, key.name],
            )?;
            Ok(key)
        })
        .await?;
    Ok(Json(changed))
}

/// Refuses a status that a key cannot be given, or that one cannot leave.
fn may_become(
    db: &Connection,
    settings: &Settings,
    key: &ApiKey,
    status: KeyStatus,
    now: Timestamp,
) -> Result<(), ApiError> {
    let wrong = |problem: &str| Err(ApiError::field("status", problem));
    match (key.status, status) {
        (_, KeyStatus::Expired) => wrong("Input should be one of active, archived, inactive"),
        (KeyStatus::Archived, KeyStatus::Active | KeyStatus::Inactive) => {
            wrong("an archived key stays archived")
        }
        (KeyStatus::Expired, KeyStatus::Active | KeyStatus::Inactive) => {
            wrong("the time of this key is over")
        }
        (KeyStatus::Inactive, KeyStatus::Active) => room_for_one(db, settings, key, now),
        _ => Ok(()),
    }
}

fn room_for_one(
    db: &Connection,
    settings: &Settings,
    key: &ApiKey,
    now: Timestamp,
) -> Result<(), ApiError> {
    let KeyScope::Workspace { workspace_id } = &key.scope else {
        return Ok(());
    };
    let active: i64 = db.query_row(
        "SELECT count(*) FROM anthropic_api_keys WHERE workspace_id = ?1 AND status = 'active' \
         AND (expires_at IS NULL OR expires_at > ?2)",
        params![workspace_id, now],
        |row| row.get(0),
    )?;
    if active < i64::from(settings.key_limit) {
        return Ok(());
    }
    let message = "The workspace has as many active API keys as it may have.";
    let code = "workspace_api_key_limit_exceeded";
    Err(ApiError::Coded(code, message.to_owned()))
}

fn find(db: &Connection, caller: &Caller, id: &str, now: Timestamp) -> Result<ApiKey, ApiError> {
    db.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM anthropic_api_keys WHERE id = ?1 AND organization_id = ?2"
    ))?
    .query_row(params![id, caller.organization], |row| from_row(row, now))
    .optional()?
    .ok_or(ApiError::NotFound("The API key"))
}

fn from_row(row: &Row<'_>, now: Timestamp) -> rusqlite::Result<ApiKey> {
    let expires_at: Option<Timestamp> = row.get(7)?;
    let status = match row.get(3)? {
        KeyStatus::Archived => KeyStatus::Archived,
        _ if expires_at.is_some_and(|end| end <= now) => KeyStatus::Expired,
        status => status,
    };
    let workspace: Option<String> = row.get(4)?;
    let service_account: Option<String> = row.get(5)?;
    let maker: Option<String> = row.get(6)?;
    Ok(ApiKey {
        created_at: row.get(0)?,
        id: row.get(1)?,
        kind: "api_key",
        name: row.get(2)?,
        status,
        scope: workspace.map_or(KeyScope::Organization, |workspace_id| KeyScope::Workspace {
            workspace_id,
        }),
        principal: service_account
            .map(|service_account_id| Principal::ServiceAccountActor { service_account_id }),
        created_by: maker.map(|id| CreatedBy { id, kind: "user" }),
        expires_at,
        partial_key_hint: row.get(8)?,
    })
}
