//! Workspaces: list, create, retrieve, update.
//!
//! Guarantees: a deleted workspace is in none of them; a creation and an update answer without users.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use rusqlite::{Connection, params};
use serde::Deserialize;
use utoipa::ToSchema;

use super::App;
use super::access::{self, Caller};
use super::errors::{ApiError, Failure};
use super::input::{self, Ids, Input};
use super::objects::{BareWorkspace, One, Workspace, WorkspaceUser, Workspaces};
use super::people::{OrgRole, User};
use super::settings::Settings;
use crate::core::json_body::Given;
use crate::core::random;

/// What a new workspace is made from.
#[derive(Deserialize, ToSchema)]
pub(super) struct CreateWorkspaceRequest {
    /// Not blank.
    #[serde(default)]
    #[schema(value_type = String, required)]
    name: Given,
}

/// What to change; a field left out stays.
#[derive(Deserialize, ToSchema)]
pub(super) struct UpdateWorkspaceRequest {
    /// Not blank.
    #[serde(default)]
    #[schema(value_type = String, required = false)]
    name: Given,
}

/// List workspaces
///
/// Those the caller has any access to, oldest first, without deleted ones.
#[utoipa::path(get, path = "/workspace", tag = "Workspaces", operation_id = "list_workspaces", responses(
    (status = 200, description = "All of them.", body = Workspaces),
    (status = 401, description = "No valid token.", body = Failure),
    (status = 404, description = "`User not found`", body = Failure),
    (status = 500, description = "`Failed to fetch workspaces`", body = Failure),
))]
pub(super) async fn list(
    State(app): State<App>,
    caller: Caller,
) -> Result<Json<Workspaces>, ApiError> {
    let settings = app.settings;
    let workspaces = app
        .database
        .read(move |db| -> Result<Vec<Workspace>, ApiError> {
            let user = caller.reader(db)?;
            Ok(visible(db, &settings, &user)?)
        })
        .await
        .map_err(|error| error.during("Failed to fetch workspaces"))?;
    Ok(Json(Workspaces {
        success: true,
        workspaces,
    }))
}

fn visible(db: &Connection, settings: &Settings, user: &User) -> rusqlite::Result<Vec<Workspace>> {
    let (sql, of) = if sees_all(settings, user) {
        let sql = "SELECT id, name, org_id FROM flashback_workspaces \
                   WHERE org_id = ?1 AND deleted_at IS NULL ORDER BY created_at, id";
        (sql, &user.org_id)
    } else {
        let sql = "SELECT w.id, w.name, w.org_id FROM flashback_workspace_users m \
                   JOIN flashback_workspaces w ON w.id = m.workspace_id \
                   WHERE m.user_id = ?1 AND w.deleted_at IS NULL ORDER BY w.created_at, w.id";
        (sql, &user.id)
    };
    let mut statement = db.prepare_cached(sql)?;
    let rows = statement.query_map([of], |row| {
        let id: String = row.get(0)?;
        Ok(Workspace {
            users: users(db, &id)?,
            id,
            name: row.get(1)?,
            org_id: row.get(2)?,
        })
    })?;
    rows.collect()
}

fn sees_all(settings: &Settings, user: &User) -> bool {
    settings.owner_sees_all && user.role() == OrgRole::Owner
}

fn users(db: &Connection, workspace: &str) -> rusqlite::Result<Vec<WorkspaceUser>> {
    let mut statement = db.prepare_cached(&format!(
        "SELECT {} FROM flashback_workspace_users m JOIN flashback_users u ON u.id = m.user_id \
         WHERE m.workspace_id = ?1 ORDER BY m.user_id",
        WorkspaceUser::COLUMNS
    ))?;
    let rows = statement.query_map([workspace], WorkspaceUser::from_row)?;
    rows.collect()
}

/// Create a workspace
///
/// For owners, administrators and workspace managers of the organization; the caller becomes ADMIN
/// of it.
#[utoipa::path(post, path = "/workspace", tag = "Workspaces", operation_id = "create_workspace",
    request_body = CreateWorkspaceRequest, responses(
    (status = 201, description = "The new workspace, without its users.", body = One<BareWorkspace>),
    (status = 400, description = "`User not found or account is not validated`, or the name is missing or wrong.", body = Failure),
    (status = 401, description = "No valid token.", body = Failure),
    (status = 403, description = "`Insufficient permissions to create workspaces`", body = Failure),
    (status = 500, description = "`Failed to create workspace`", body = Failure),
))]
pub(super) async fn create(
    State(app): State<App>,
    caller: Caller,
    Input(body): Input<CreateWorkspaceRequest>,
) -> Result<(StatusCode, Json<One<BareWorkspace>>), ApiError> {
    let settings = app.settings;
    let now = app.clock.now();
    let workspace = app
        .database
        .write(move |db| -> Result<BareWorkspace, ApiError> {
            let user = caller.writer(db)?;
            if user.role() < OrgRole::Workspaces {
                let message = "Insufficient permissions to create workspaces";
                return Err(ApiError::forbidden(message));
            }
            let name = input::name(body?.name, &settings)?
                .ok_or(ApiError::invalid("Workspace name is required"))?;
            let workspace = BareWorkspace {
                id: random::uuid()?,
                name,
                org_id: user.org_id,
            };
            not_taken(db, &settings, &workspace)?;
            db.execute(
                "INSERT INTO flashback_workspaces (id, org_id, name, created_at) \
                 VALUES (?1, ?2, ?3, ?4)",
                params![workspace.id, workspace.org_id, workspace.name, now],
            )?;
            db.execute(
                "INSERT INTO flashback_workspace_users VALUES (?1, ?2, 'ADMIN')",
                [&workspace.id, &user.id],
            )?;
            Ok(workspace)
        })
        .await
        .map_err(|error| error.during("Failed to create workspace"))?;
    let success = true;
    Ok((StatusCode::CREATED, Json(One { success, workspace })))
}

fn not_taken(
    db: &Connection,
    settings: &Settings,
    workspace: &BareWorkspace,
) -> Result<(), ApiError> {
    if !settings.same_name_400 {
        return Ok(());
    }
    let taken: bool = db.query_row(
        "SELECT EXISTS (SELECT 1 FROM flashback_workspaces \
         WHERE org_id = ?1 AND name = ?2 AND id <> ?3 AND deleted_at IS NULL)",
        [&workspace.org_id, &workspace.name, &workspace.id],
        |row| row.get(0),
    )?;
    if taken {
        return Err(ApiError::invalid("Workspace name already exists"));
    }
    Ok(())
}

/// Retrieve a workspace
///
/// For everyone with any access to it.
#[utoipa::path(get, path = "/workspace/{id}", tag = "Workspaces", operation_id = "retrieve_workspace",
    params(("id" = String, Path, description = "The workspace.")), responses(
    (status = 200, description = "The workspace.", body = One<Workspace>),
    (status = 401, description = "No valid token.", body = Failure),
    (status = 404, description = "`User not found` or `Workspace not found or access denied`", body = Failure),
    (status = 500, description = "`Failed to fetch workspace`", body = Failure),
))]
pub(super) async fn retrieve(
    State(app): State<App>,
    caller: Caller,
    Ids(id): Ids<String>,
) -> Result<Json<One<Workspace>>, ApiError> {
    let settings = app.settings;
    let workspace = app
        .database
        .read(move |db| -> Result<Workspace, ApiError> {
            let user = caller.reader(db)?;
            let denied = ApiError::not_found("Workspace not found or access denied");
            let Some((found, false)) = access::workspace(db, &id)? else {
                return Err(denied);
            };
            let may = access::access_of(db, &id, &user.id)?.is_some() || sees_all(&settings, &user);
            if found.org_id != user.org_id || !may {
                return Err(denied);
            }
            Ok(Workspace {
                users: users(db, &id)?,
                id: found.id,
                name: found.name,
                org_id: found.org_id,
            })
        })
        .await
        .map_err(|error| error.during("Failed to fetch workspace"))?;
    let success = true;
    Ok(Json(One { success, workspace }))
}

/// Update a workspace
///
/// For ADMINs of it.
#[utoipa::path(put, path = "/workspace/{id}", tag = "Workspaces", operation_id = "update_workspace",
    params(("id" = String, Path, description = "The workspace.")),
    request_body = UpdateWorkspaceRequest, responses(
    (status = 200, description = "The workspace as it is now, without its users.", body = One<BareWorkspace>),
    (status = 400, description = "`User not found or account is not validated`, or the name is wrong.", body = Failure),
    (status = 401, description = "No valid token.", body = Failure),
    (status = 403, description = "`Insufficient permissions to update workspace`", body = Failure),
    (status = 404, description = "`Workspace not found`", body = Failure),
    (status = 500, description = "`Failed to update workspace`", body = Failure),
))]
pub(super) async fn update(
    State(app): State<App>,
    caller: Caller,
    Ids(id): Ids<String>,
    Input(body): Input<UpdateWorkspaceRequest>,
) -> Result<Json<One<BareWorkspace>>, ApiError> {
    const FORBIDDEN: &str = "Insufficient permissions to update workspace";
    let settings = app.settings;
    let workspace = app
        .database
        .write(move |db| -> Result<BareWorkspace, ApiError> {
            let user = caller.writer(db)?;
            let mut workspace = access::administered(db, &settings, &user, &id, FORBIDDEN)?;
            if let Some(name) = input::name(body?.name, &settings)? {
                workspace.name = name;
                not_taken(db, &settings, &workspace)?;
                db.execute(
                    "UPDATE flashback_workspaces SET name = ?2 WHERE id = ?1",
                    [&workspace.id, &workspace.name],
                )?;
            }
            Ok(workspace)
        })
        .await
        .map_err(|error| error.during("Failed to update workspace"))?;
    let success = true;
    Ok(Json(One { success, workspace }))
}
