//! Workspaces: list, create, retrieve, update.
//!
//! Guarantees: a PATCH that changes nothing leaves `updated_at` alone, one that changes something
//! moves it forward.

use axum::Json;
use axum::extract::{FromRequestParts, State};
use axum::http::StatusCode;
use axum::http::request::Parts;
use rusqlite::params;
use serde::Deserialize;
use utoipa::ToSchema;

use super::App;
use super::access::{self, Caller};
use super::errors::{ApiError, ErrorResponse, Guarded};
use super::input::{self, Given, Ids, Input, is_bare};
use super::objects::{BillingMode, List, Role, Workspace};
use crate::core::clock::Timestamp;
use crate::core::random;

/// A POST that carries something.
///
/// The vendor's document for `/workspaces` stops at GET, though its pages describe the POST. A bare
/// POST is answered as the document has it, with 405; one with a body as the pages have it.
pub(super) struct NotBare;

impl<S: Send + Sync> FromRequestParts<S> for NotBare {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        if is_bare(parts) {
            Err(ApiError::MethodNotAllowed)
        } else {
            Ok(Self)
        }
    }
}

/// What a new workspace is made from.
#[derive(Deserialize, ToSchema)]
pub(super) struct CreateWorkspaceRequest {
    /// At most 50 Unicode code points, and not blank.
    #[serde(default)]
    #[schema(value_type = String, required, max_length = 50)]
    name: Given,
    /// At most 200 Unicode code points. Empty is the same as null.
    #[serde(default)]
    #[schema(value_type = Option<String>, max_length = 200)]
    description: Given,
    /// Permanent.
    #[serde(default)]
    #[schema(value_type = BillingMode, required)]
    billing_mode: Given,
}

/// What to change; a field left out stays.
#[derive(Deserialize, ToSchema)]
pub(super) struct UpdateWorkspaceRequest {
    /// At most 50 Unicode code points, and not blank.
    #[serde(default)]
    #[schema(value_type = String, required = false, max_length = 50)]
    name: Given,
    /// At most 200 Unicode code points. Null clears it, and so does an empty string.
    #[serde(default)]
    #[schema(value_type = Option<String>, required = false, max_length = 200)]
    description: Given,
}

/// List workspaces
///
/// Those the caller is a member of, newest first, archived ones included.
#[utoipa::path(get, path = "/workspaces", tag = "Workspaces", operation_id = "list_workspaces", responses(
    (status = 200, description = "All of them.", body = List<Workspace>),
    (status = 401, description = "The request was not authenticated."),
    (status = 500, description = "The server failed.", body = ErrorResponse),
))]
pub(super) async fn list(
    State(app): State<App>,
    caller: Caller,
) -> Result<Json<List<Workspace>>, ApiError> {
    let has_more = app.settings.list_has_more;
    let archived = app.settings.list_archived;
    let data = app
        .database
        .read(move |db| -> Result<Vec<Workspace>, ApiError> {
            let sql = format!(
                "SELECT {} FROM altostrat_members m \
                 JOIN altostrat_workspaces w ON w.id = m.workspace_id \
                 WHERE m.user_id = ?1 AND (?2 OR w.archived_at IS NULL) \
                 ORDER BY w.created_at DESC, w.id",
                Workspace::COLUMNS
            );
            let mut statement = db.prepare_cached(&sql)?;
            let rows =
                statement.query_map(params![caller.user_id, archived], Workspace::from_row)?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
        .await?;
    Ok(Json(List { data, has_more }))
}

/// Create a workspace
///
/// The caller becomes its owner.
#[utoipa::path(post, path = "/workspaces", tag = "Workspaces", operation_id = "create_workspace", request_body = CreateWorkspaceRequest, responses(
    (status = 201, description = "The new workspace.", body = Workspace),
    (status = 400, description = "A parameter is missing or wrong.", body = ErrorResponse),
    (status = 401, description = "The request was not authenticated."),
    (status = 405, description = "Nothing came along with the request.", body = ErrorResponse),
    (status = 500, description = "The server failed.", body = ErrorResponse),
))]
pub(super) async fn create(
    State(app): State<App>,
    caller: Caller,
    _: NotBare,
    Input(body): Input<CreateWorkspaceRequest>,
) -> Result<(StatusCode, Json<Workspace>), ApiError> {
    let body = body?;
    let name = input::name(body.name)?.ok_or_else(|| ApiError::missing("name"))?;
    let description = input::description(body.description)?.flatten();
    let billing_mode = input::required(body.billing_mode, "billing_mode")?;
    let billing_mode = BillingMode::from_name(&billing_mode).ok_or_else(|| {
        ApiError::invalid("The 'billing_mode' parameter must be one of single, assigned, pooled.")
    })?;
    let now = app.clock.now();
    let workspace = Workspace {
        id: random::id("ws_")?,
        name,
        description,
        billing_mode,
        pooled_seat_limit: (billing_mode == BillingMode::Pooled).then_some(0),
        archived: false,
        created_at: now,
        updated_at: now,
        archived_at: None,
    };
    let made = app
        .database
        .write(move |db| -> Result<Workspace, ApiError> {
            db.prepare_cached(
                "INSERT INTO altostrat_workspaces \
                 (id, name, description, billing_mode, pooled_seat_limit, created_at, updated_at) \
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6)",
            )?
            .execute(params![
                workspace.id,
                workspace.name,
                workspace.description,
                workspace.billing_mode.name(),
                workspace.pooled_seat_limit,
                now
            ])?;
            db.prepare_cached(
                "INSERT INTO altostrat_members (workspace_id, user_id, role, created_at, updated_at) \
                 VALUES (?1, ?2, ?3, ?4, ?4)",
            )?
            .execute(params![workspace.id, caller.user_id, Role::Owner, now])?;
            Ok(workspace)
        })
        .await?;
    Ok((StatusCode::CREATED, Json(made)))
}

/// Retrieve a workspace
///
/// Archived ones too.
#[utoipa::path(get, path = "/workspaces/{workspaceId}", tag = "Workspaces", operation_id = "retrieve_workspace",
    params(("workspaceId" = String, Path, description = "The workspace.")), responses(
    (status = 200, description = "The workspace.", body = Workspace),
    Guarded,
))]
pub(super) async fn retrieve(
    State(app): State<App>,
    caller: Caller,
    Ids(id): Ids<String>,
) -> Result<Json<Workspace>, ApiError> {
    let settings = app.settings;
    let (workspace, _) = app
        .database
        .read(move |db| access::workspace(db, &settings, &caller, &id, Role::Viewer))
        .await?;
    Ok(Json(workspace))
}

/// Update a workspace
///
/// For owners and admins. An archived workspace is refused with `workspace_archived`, a code of
/// this server's own.
#[utoipa::path(patch, path = "/workspaces/{workspaceId}", tag = "Workspaces", operation_id = "update_workspace",
    params(("workspaceId" = String, Path, description = "The workspace.")),
    request_body = UpdateWorkspaceRequest, responses(
    (status = 200, description = "The workspace as it is now.", body = Workspace),
    (status = 400, description = "A parameter is wrong, or the workspace is archived.", body = ErrorResponse),
    Guarded,
))]
pub(super) async fn update(
    State(app): State<App>,
    caller: Caller,
    Ids(id): Ids<String>,
    Input(body): Input<UpdateWorkspaceRequest>,
) -> Result<Json<Workspace>, ApiError> {
    let settings = app.settings;
    let now = app.clock.now();
    let updated = app
        .database
        .write(move |db| -> Result<Workspace, ApiError> {
            let (mut workspace, _) = access::workspace(db, &settings, &caller, &id, Role::Admin)?;
            let body = body?;
            let name = input::name(body.name)?;
            let description = input::description(body.description)?;
            access::not_archived(&settings, &workspace)?;
            let new_name = name.unwrap_or_else(|| workspace.name.clone());
            let new_description = description.unwrap_or_else(|| workspace.description.clone());
            if new_name == workspace.name && new_description == workspace.description {
                return Ok(workspace);
            }
            workspace.name = new_name;
            workspace.description = new_description;
            workspace.updated_at = after(workspace.updated_at, now);
            db.prepare_cached(
                "UPDATE altostrat_workspaces SET name = ?2, description = ?3, updated_at = ?4 \
                 WHERE id = ?1",
            )?
            .execute(params![
                workspace.id,
                workspace.name,
                workspace.description,
                workspace.updated_at
            ])?;
            Ok(workspace)
        })
        .await?;
    Ok(Json(updated))
}

/// A clock that was set back must not make a change look older than the one before it.
pub(super) fn after(last: Timestamp, now: Timestamp) -> Timestamp {
    now.max(Timestamp(last.0.saturating_add(1)))
}
