//! Users of a workspace: add, change, remove.
//!
//! Guarantees: only statuses that are documented, so a workspace that is none, deleted or another
//! organization's is answered as one that the caller is no ADMIN of.

use axum::Json;
use axum::extract::State;
use rusqlite::Connection;
use serde::Deserialize;
use utoipa::ToSchema;

use super::App;
use super::access::{self, Caller};
use super::errors::{ApiError, Failure};
use super::input::{self, Ids, Input};
use super::objects::{Access, Done};
use super::people::{self, User};
use crate::core::json_body::Given;

/// Whom to add as what.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct AddUserRequest {
    /// A user of the same organization.
    #[serde(default)]
    #[schema(value_type = String, required)]
    user_id: Given,
    /// What that user may do.
    #[serde(default)]
    #[schema(value_type = Access, required)]
    role: Given,
}

/// The new role.
#[derive(Deserialize, ToSchema)]
pub(super) struct ChangeUserRequest {
    /// What the user may do.
    #[serde(default)]
    #[schema(value_type = Access, required)]
    role: Given,
}

fn read_role(given: Given) -> Result<Access, ApiError> {
    const WRONG: &str = "Role must be one of READ, WRITE, ADMIN";
    Access::from_name(&input::text(given, WRONG)?).ok_or(ApiError::invalid(WRONG))
}

/// The caller, who has to be an ADMIN of the workspace.
fn administrator(db: &Connection, caller: &Caller, workspace: &str) -> Result<User, ApiError> {
    let user = caller.writer(db)?;
    if access::access_of(db, workspace, &user.id)? != Some(Access::Admin) {
        let message = "Insufficient permissions to manage workspace users";
        return Err(ApiError::forbidden(message));
    }
    Ok(user)
}

/// Add a user
///
/// For ADMINs of the workspace.
#[utoipa::path(post, path = "/workspace/{id}/users", tag = "Workspace users", operation_id = "add_workspace_user",
    params(("id" = String, Path, description = "The workspace.")),
    request_body = AddUserRequest, responses(
    (status = 200, description = "The user was added.", body = Done),
    (status = 400, description = "`User not found or account is not validated`, a parameter is missing or wrong, or the user is there already.", body = Failure),
    (status = 401, description = "No valid token.", body = Failure),
    (status = 403, description = "`Insufficient permissions to manage workspace users`", body = Failure),
    (status = 404, description = "`Target user not found`", body = Failure),
    (status = 500, description = "`Failed to add user to workspace`", body = Failure),
))]
pub(super) async fn add(
    State(app): State<App>,
    caller: Caller,
    Ids(id): Ids<String>,
    Input(body): Input<AddUserRequest>,
) -> Result<Json<Done>, ApiError> {
    let settings = app.settings;
    app.database
        .write(move |db| -> Result<(), ApiError> {
            let me = administrator(db, &caller, &id)?;
            let body = body?;
            let target = input::text(body.user_id, "User ID is required")?;
            let role = read_role(body.role)?;
            people::by_id(db, &target)?
                .filter(|user| user.org_id == me.org_id && !user.is_deleted())
                .ok_or(ApiError::not_found("Target user not found"))?;
            let present = access::access_of(db, &id, &target)?;
            if present.is_some() && !settings.add_again_sets_role {
                return Err(ApiError::invalid("User is already in the workspace"));
            }
            if present == Some(Access::Admin) && role != Access::Admin {
                another_admin(db, settings.last_admin_may_go, &id, &target)?;
            }
            db.execute(
                "INSERT INTO flashback_workspace_users VALUES (?1, ?2, ?3) \
                 ON CONFLICT DO UPDATE SET role = ?3",
                [&id, &target, role.name()],
            )?;
            Ok(())
        })
        .await
        .map_err(|error| error.during("Failed to add user to workspace"))?;
    Ok(Json(Done::YES))
}

/// Change a user's role
///
/// For ADMINs of the workspace.
#[utoipa::path(put, path = "/workspace/{id}/users/{userId}", tag = "Workspace users", operation_id = "change_workspace_user",
    params(("id" = String, Path, description = "The workspace."),
           ("userId" = String, Path, description = "The user.")),
    request_body = ChangeUserRequest, responses(
    (status = 200, description = "The user has that role.", body = Done),
    (status = 400, description = "`User not found or account is not validated`, the role is missing or wrong, or the user is the last ADMIN.", body = Failure),
    (status = 401, description = "No valid token.", body = Failure),
    (status = 403, description = "`Insufficient permissions to manage workspace users`", body = Failure),
    (status = 404, description = "`User not found in workspace`", body = Failure),
    (status = 500, description = "`Failed to update user role`", body = Failure),
))]
pub(super) async fn change(
    State(app): State<App>,
    caller: Caller,
    Ids((id, target)): Ids<(String, String)>,
    Input(body): Input<ChangeUserRequest>,
) -> Result<Json<Done>, ApiError> {
    let settings = app.settings;
    app.database
        .write(move |db| -> Result<(), ApiError> {
            administrator(db, &caller, &id)?;
            let role = read_role(body?.role)?;
            let present = in_workspace(db, &id, &target)?;
            if present == Access::Admin && role != Access::Admin {
                another_admin(db, settings.last_admin_may_go, &id, &target)?;
            }
            db.execute(
                "UPDATE flashback_workspace_users SET role = ?3 \
                 WHERE workspace_id = ?1 AND user_id = ?2",
                [&id, &target, role.name()],
            )?;
            Ok(())
        })
        .await
        .map_err(|error| error.during("Failed to update user role"))?;
    Ok(Json(Done::YES))
}

/// Remove a user
///
/// For ADMINs of the workspace.
#[utoipa::path(delete, path = "/workspace/{id}/users/{userId}", tag = "Workspace users", operation_id = "remove_workspace_user",
    params(("id" = String, Path, description = "The workspace."),
           ("userId" = String, Path, description = "The user.")), responses(
    (status = 200, description = "The user is no longer there.", body = Done),
    (status = 400, description = "`User not found or account is not validated`, or the user is the last ADMIN.", body = Failure),
    (status = 401, description = "No valid token.", body = Failure),
    (status = 403, description = "`Insufficient permissions to manage workspace users`", body = Failure),
    (status = 404, description = "`User not found in workspace`", body = Failure),
    (status = 500, description = "`Failed to remove user from workspace`", body = Failure),
))]
pub(super) async fn remove(
    State(app): State<App>,
    caller: Caller,
    Ids((id, target)): Ids<(String, String)>,
) -> Result<Json<Done>, ApiError> {
    let settings = app.settings;
    app.database
        .write(move |db| -> Result<(), ApiError> {
            let me = administrator(db, &caller, &id)?;
            let present = in_workspace(db, &id, &target)?;
            if present == Access::Admin {
                another_admin(db, settings.last_admin_may_go, &id, &target)?;
            }
            if target == me.id && settings.leaving_400 {
                return Err(ApiError::invalid("Cannot remove yourself from workspace"));
            }
            db.execute(
                "DELETE FROM flashback_workspace_users WHERE workspace_id = ?1 AND user_id = ?2",
                [&id, &target],
            )?;
            Ok(())
        })
        .await
        .map_err(|error| error.during("Failed to remove user from workspace"))?;
    Ok(Json(Done::YES))
}

fn in_workspace(db: &Connection, workspace: &str, user: &str) -> Result<Access, ApiError> {
    access::access_of(db, workspace, user)?
        .ok_or(ApiError::not_found("User not found in workspace"))
}

/// A workspace without an ADMIN could never be deleted again.
fn another_admin(
    db: &Connection,
    not_needed: bool,
    workspace: &str,
    user: &str,
) -> Result<(), ApiError> {
    let another: bool = db.query_row(
        "SELECT EXISTS (SELECT 1 FROM flashback_workspace_users \
         WHERE workspace_id = ?1 AND user_id <> ?2 AND role = 'ADMIN')",
        [workspace, user],
        |row| row.get(0),
    )?;
    if another || not_needed {
        return Ok(());
    }
    let message = "Cannot remove or demote the last workspace admin";
    Err(ApiError::invalid(message))
}
