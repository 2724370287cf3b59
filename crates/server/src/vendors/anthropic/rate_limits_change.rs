//! Setting and clearing the rate limits of a workspace.
//!
//! Guarantees: only the limits that are named change, all of them or none. A value above the
//! organization's is kept as it is.

use axum::Json;
use axum::extract::State;
use rusqlite::params;
use serde::Deserialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::App;
use super::access::{self, Caller};
use super::body::{self, BODY_LIMIT, Given, Input};
use super::errors::{ApiError, Failures, Missing};
use super::query::Ids;
use super::rate_limits::{self, WorkspaceRateLimit};
use super::words::LimiterType;

/// Which limits to set or clear.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ChangeLimitsRequest {
    /// Those that are not named stay.
    #[serde(default)]
    #[schema(value_type = Vec<ChangeLimit>, required)]
    limits: Given,
}

/// One limit.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ChangeLimit {
    /// What it counts.
    #[serde(rename = "type", default)]
    #[schema(value_type = LimiterType, required)]
    kind: Given,
    /// The new limit, or null for the organization's.
    #[serde(default)]
    #[schema(value_type = Option<i64>, required, minimum = 0)]
    value: Given,
}

/// Set or clear rate limits of a workspace
#[utoipa::path(post, path = "/v1/organizations/workspaces/{workspace_id}/rate_limits/{rate_limit_id}", tag = "Rate limits", operation_id = "update_workspace_rate_limit",
    params(("workspace_id" = String, Path, description = "The workspace."),
           ("rate_limit_id" = String, Path, description = "The organization's entry.")),
    request_body = ChangeLimitsRequest, responses(
    (status = 200, description = "The workspace's own limits of this entry as they are now.", body = WorkspaceRateLimit),
    Failures, Missing,
))]
pub(super) async fn change(
    State(app): State<App>,
    caller: Caller,
    Ids((id, rate_limit)): Ids<(String, String)>,
    Input(body): Input<ChangeLimitsRequest, BODY_LIMIT>,
) -> Result<Json<WorkspaceRateLimit>, ApiError> {
    let settings = app.settings;
    let changed = app
        .database
        .write(move |db| -> Result<WorkspaceRateLimit, ApiError> {
            let settings = &settings;
            let workspace = access::workspace(db, &caller, &id)?;
            let entry = rate_limits::entries(db, &caller)?
                .into_iter()
                .find(|entry| entry.is(&rate_limit))
                .ok_or(ApiError::NotFound("The rate limit"))?;
            let changes = read(body?.limits)?;
            let refusal = "The default workspace has the limits of the organization.";
            access::not_default(settings, &workspace, refusal)?;
            access::not_archived(settings, &workspace)?;
            for (kind, value) in changes {
                match value {
                    Some(value) => db.execute(
                        "INSERT INTO anthropic_rate_limit_overrides VALUES (?1, ?2, ?3, ?4) \
                         ON CONFLICT DO UPDATE SET value = excluded.value",
                        params![id, rate_limit, kind, value],
                    )?,
                    None => db.execute(
                        "DELETE FROM anthropic_rate_limit_overrides \
                         WHERE workspace_id = ?1 AND rate_limit_id = ?2 AND type = ?3",
                        params![id, rate_limit, kind],
                    )?,
                };
            }
            entry.of_workspace(db, &id, false)
        })
        .await?;
    Ok(Json(changed))
}

fn read(limits: Given) -> Result<Vec<(LimiterType, Option<i64>)>, ApiError> {
    let Value::Array(limits) = limits.required("limits")? else {
        return Err(ApiError::field("limits", "Input should be a list"));
    };
    limits.into_iter().map(read_one).collect()
}

fn read_one(limit: Value) -> Result<(LimiterType, Option<i64>), ApiError> {
    if !limit.is_object() {
        return Err(ApiError::field("limits", "Items should be objects"));
    }
    let limit: ChangeLimit =
        serde_json::from_value(limit).map_err(|error| ApiError::field("limits", error))?;
    let kind = body::word("limits.type", limit.kind.required("limits.type")?)?;
    let value = match limit.value {
        Given::Null => None,
        Given::Absent => return Err(ApiError::field("limits.value", "Field required")),
        Given::Value(value) => {
            Some(value.as_i64().filter(|value| *value >= 0).ok_or_else(|| {
                ApiError::field("limits.value", "Input should be a whole number from 0 on")
            })?)
        }
    };
    Ok((kind, value))
}
