//! Members of a workspace: list, add, change, remove.
//!
//! Guarantees: there is always an owner; an admin can neither make, change nor remove one; anyone
//! may leave. Roles are not changed in an archived workspace.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::Deserialize;
use utoipa::ToSchema;

use super::App;
use super::access::{self, Caller};
use super::errors::{ApiError, ErrorResponse, Guarded};
use super::input::{self, Given, Ids, Input};
use super::objects::{List, Role, WorkspaceMember};
use super::workspaces::after;

/// The contract's limit.
const MOST_MEMBERS: i64 = 100;

/// Whom to add as what.
#[derive(Deserialize, ToSchema)]
pub(super) struct AddMemberRequest {
    /// The subject of that person's tokens.
    #[serde(default)]
    #[schema(value_type = String, required)]
    user_id: Given,
    /// Owner only by an owner.
    #[serde(default)]
    #[schema(value_type = Role, required)]
    role: Given,
}

/// The new role.
#[derive(Deserialize, ToSchema)]
pub(super) struct ChangeMemberRequest {
    /// Owner only by an owner.
    #[serde(default)]
    #[schema(value_type = Role, required)]
    role: Given,
}

fn read_role(given: Given) -> Result<Role, ApiError> {
    Role::from_name(&input::required(given, "role")?).ok_or_else(|| {
        ApiError::invalid("The 'role' parameter must be one of owner, admin, viewer.")
    })
}

/// List the members
///
/// For every member of the workspace, in the order they joined.
#[utoipa::path(get, path = "/workspaces/{workspaceId}/members", tag = "Workspace Members", operation_id = "list_members",
    params(("workspaceId" = String, Path, description = "The workspace.")), responses(
    (status = 200, description = "All of them.", body = List<WorkspaceMember>),
    Guarded,
))]
pub(super) async fn list(
    State(app): State<App>,
    caller: Caller,
    Ids(id): Ids<String>,
) -> Result<Json<List<WorkspaceMember>>, ApiError> {
    let settings = app.settings;
    let data = app
        .database
        .read(move |db| -> Result<Vec<WorkspaceMember>, ApiError> {
            access::workspace(db, &settings, &caller, &id, Role::Viewer)?;
            let mut statement = db.prepare_cached(
                "SELECT user_id, workspace_id, role, created_at, updated_at \
                 FROM altostrat_members WHERE workspace_id = ?1 ORDER BY created_at, user_id",
            )?;
            let rows = statement.query_map([&id], from_row)?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
        .await?;
    Ok(Json(List {
        data,
        has_more: false,
    }))
}

/// Add a member
///
/// For owners and admins, up to 100 members.
#[utoipa::path(post, path = "/workspaces/{workspaceId}/members", tag = "Workspace Members", operation_id = "add_member",
    params(("workspaceId" = String, Path, description = "The workspace.")),
    request_body = AddMemberRequest, responses(
    (status = 201, description = "The new member.", body = WorkspaceMember),
    (status = 400, description = "A parameter is missing or wrong, or the workspace is archived.", body = ErrorResponse),
    (status = 409, description = "That person is a member already.", body = ErrorResponse),
    (status = 422, description = "There are 100 members already.", body = ErrorResponse),
    Guarded,
))]
pub(super) async fn add(
    State(app): State<App>,
    caller: Caller,
    Ids(id): Ids<String>,
    Input(body): Input<AddMemberRequest>,
) -> Result<(StatusCode, Json<WorkspaceMember>), ApiError> {
    let settings = app.settings;
    let now = app.clock.now();
    let member = app
        .database
        .write(move |db| -> Result<WorkspaceMember, ApiError> {
            let (workspace, mine) = access::workspace(db, &settings, &caller, &id, Role::Admin)?;
            let body = body?;
            let user_id = input::required(body.user_id, "user_id")?;
            let role = read_role(body.role)?;
            access::not_archived(&settings, &workspace)?;
            if role > mine {
                return Err(ApiError::Forbidden);
            }
            // The vendor asks its identity provider; the people here are the database's.
            let known: bool = db.query_row(
                "SELECT EXISTS (SELECT 1 FROM altostrat_people WHERE user_id = ?1)",
                [&user_id],
                |row| row.get(0),
            )?;
            if !known {
                return Err(ApiError::invalid(
                    "The 'user_id' parameter does not name a known user.",
                ));
            }
            if access::role_of(db, &id, &user_id)?.is_some() {
                let message = "This user is already a member of the workspace.";
                return Err(ApiError::conflict("member_already_exists", message));
            }
            let count: i64 = db.query_row(
                "SELECT count(*) FROM altostrat_members WHERE workspace_id = ?1",
                [&id],
                |row| row.get(0),
            )?;
            if count >= MOST_MEMBERS {
                let message = "A workspace cannot have more than 100 members.";
                return Err(ApiError::unprocessable("member_limit_reached", message));
            }
            db.execute(
                "INSERT INTO altostrat_members (workspace_id, user_id, role, created_at, updated_at) \
                 VALUES (?1, ?2, ?3, ?4, ?4)",
                params![id, user_id, role, now],
            )?;
            Ok(WorkspaceMember { user_id, workspace_id: id, role, created_at: now, updated_at: now })
        })
        .await?;
    Ok((StatusCode::CREATED, Json(member)))
}

/// Change a member's role
///
/// For owners and admins; an owner only by an owner, and never the last one.
#[utoipa::path(patch, path = "/workspaces/{workspaceId}/members/{memberId}", tag = "Workspace Members", operation_id = "change_member",
    params(("workspaceId" = String, Path, description = "The workspace."),
           ("memberId" = String, Path, description = "The member's user id.")),
    request_body = ChangeMemberRequest, responses(
    (status = 200, description = "The member as it is now.", body = WorkspaceMember),
    (status = 400, description = "The role is missing or wrong, or the workspace is archived.", body = ErrorResponse),
    (status = 422, description = "It is the last owner.", body = ErrorResponse),
    Guarded,
))]
pub(super) async fn change(
    State(app): State<App>,
    caller: Caller,
    Ids((id, user_id)): Ids<(String, String)>,
    Input(body): Input<ChangeMemberRequest>,
) -> Result<Json<WorkspaceMember>, ApiError> {
    let settings = app.settings;
    let now = app.clock.now();
    let member = app
        .database
        .write(move |db| -> Result<WorkspaceMember, ApiError> {
            let (workspace, mine) = access::workspace(db, &settings, &caller, &id, Role::Admin)?;
            let mut member = find(db, &id, &user_id)?;
            let role = read_role(body?.role)?;
            access::not_archived(&settings, &workspace)?;
            if role.max(member.role) > mine {
                return Err(ApiError::Forbidden);
            }
            if role == member.role {
                return Ok(member);
            }
            if member.role == Role::Owner {
                another_owner(db, &id, &user_id)?;
            }
            member.role = role;
            member.updated_at = after(member.updated_at, now);
            db.execute(
                "UPDATE altostrat_members SET role = ?3, updated_at = ?4 \
                 WHERE workspace_id = ?1 AND user_id = ?2",
                params![id, user_id, role, member.updated_at],
            )?;
            Ok(member)
        })
        .await?;
    Ok(Json(member))
}

/// Remove a member
///
/// Oneself, or others for owners and admins; an owner only by an owner, and never the last one.
#[utoipa::path(delete, path = "/workspaces/{workspaceId}/members/{memberId}", tag = "Workspace Members", operation_id = "remove_member",
    params(("workspaceId" = String, Path, description = "The workspace."),
           ("memberId" = String, Path, description = "The member's user id.")), responses(
    (status = 204, description = "That person is no longer a member."),
    (status = 400, description = "The workspace is archived.", body = ErrorResponse),
    (status = 422, description = "It is the last owner.", body = ErrorResponse),
    Guarded,
))]
pub(super) async fn remove(
    State(app): State<App>,
    caller: Caller,
    Ids((id, user_id)): Ids<(String, String)>,
) -> Result<StatusCode, ApiError> {
    let settings = app.settings;
    app.database
        .write(move |db| -> Result<(), ApiError> {
            let least = if user_id == caller.user_id {
                Role::Viewer
            } else {
                Role::Admin
            };
            let (workspace, mine) = access::workspace(db, &settings, &caller, &id, least)?;
            let member = find(db, &id, &user_id)?;
            access::not_archived(&settings, &workspace)?;
            if member.role > mine {
                return Err(ApiError::Forbidden);
            }
            if member.role == Role::Owner {
                another_owner(db, &id, &user_id)?;
            }
            db.execute(
                "DELETE FROM altostrat_members WHERE workspace_id = ?1 AND user_id = ?2",
                params![id, user_id],
            )?;
            Ok(())
        })
        .await?;
    Ok(StatusCode::NO_CONTENT)
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<WorkspaceMember> {
    Ok(WorkspaceMember {
        user_id: row.get(0)?,
        workspace_id: row.get(1)?,
        role: row.get(2)?,
        created_at: row.get(3)?,
        updated_at: row.get(4)?,
    })
}

fn find(db: &Connection, workspace: &str, user: &str) -> Result<WorkspaceMember, ApiError> {
    db.prepare_cached(
        "SELECT user_id, workspace_id, role, created_at, updated_at \
         FROM altostrat_members WHERE workspace_id = ?1 AND user_id = ?2",
    )?
    .query_row([workspace, user], from_row)
    .optional()?
    .ok_or(ApiError::NotFound)
}

/// A workspace without an owner could never be archived again.
fn another_owner(db: &Connection, workspace: &str, user: &str) -> Result<(), ApiError> {
    let another: bool = db.query_row(
        "SELECT EXISTS (SELECT 1 FROM altostrat_members \
         WHERE workspace_id = ?1 AND user_id <> ?2 AND role = 'owner')",
        [workspace, user],
        |row| row.get(0),
    )?;
    if another {
        return Ok(());
    }
    let message = "The last owner of a workspace cannot be removed or demoted.";
    Err(ApiError::unprocessable("cannot_remove_last_owner", message))
}
