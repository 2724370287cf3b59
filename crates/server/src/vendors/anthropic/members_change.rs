//! Members of a workspace: add, change, remove.
//!
//! Guarantees: nobody is made an explicit member who is one by the role in the organization, with the
//! one exception of the contract: who pays may be made admin. No billing role is given by adding.

use axum::Json;
use axum::extract::State;
use rusqlite::{Connection, params};
use serde::Deserialize;
use utoipa::ToSchema;

use super::App;
use super::access::{self, Caller};
use super::body::{self, BODY_LIMIT, Given, Input};
use super::errors::{ApiError, Failures, Missing};
use super::members::{find, workspace_with_members};
use super::objects::{WorkspaceMember, WorkspaceMemberDeleted};
use super::query::Ids;
use super::users;
use super::words::{OrganizationRole, WorkspaceRole};

const ROLE: &str = "workspace_role";

/// Whom to add as what.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct AddMemberRequest {
    /// Somebody of the organization.
    #[serde(default)]
    #[schema(value_type = String, required)]
    user_id: Given,
    /// Not `workspace_billing`.
    #[serde(default)]
    #[schema(value_type = WorkspaceRole, required)]
    workspace_role: Given,
}

/// The new role.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ChangeMemberRequest {
    /// `workspace_billing` only for who pays for the organization.
    #[serde(default)]
    #[schema(value_type = WorkspaceRole, required)]
    workspace_role: Given,
}

/// Add a member
#[utoipa::path(post, path = "/v1/organizations/workspaces/{workspace_id}/members", tag = "Workspace members", operation_id = "add_workspace_member",
    params(("workspace_id" = String, Path, description = "The workspace.")),
    request_body = AddMemberRequest, responses(
    (status = 200, description = "The new member.", body = WorkspaceMember),
    Failures, Missing,
))]
pub(super) async fn add(
    State(app): State<App>,
    caller: Caller,
    Ids(id): Ids<String>,
    Input(body): Input<AddMemberRequest, BODY_LIMIT>,
) -> Result<Json<WorkspaceMember>, ApiError> {
    let settings = app.settings;
    let now = app.clock.now();
    let added = app
        .database
        .write(move |db| -> Result<WorkspaceMember, ApiError> {
            let settings = &settings;
            let workspace = workspace_with_members(db, settings, &caller, &id)?;
            let body = body?;
            let user_id = body::text("user_id", body.user_id.required("user_id")?)?;
            let role = body::word(ROLE, body.workspace_role.required(ROLE)?)?;
            access::not_archived(settings, &workspace)?;
            if role == WorkspaceRole::Billing {
                return Err(ApiError::field(ROLE, "workspace_billing cannot be given"));
            }
            let user = users::find(db, &caller, &user_id)?.ok_or_else(|| {
                ApiError::field("user_id", "does not name a user of the organization")
            })?;
            may_have(user.role, role)?;
            if find(db, &id, &user_id)?.is_some() {
                let message = "The user is already a member of the workspace.".to_owned();
                return Err(if settings.member_twice_coded {
                    ApiError::Coded("already_member", message)
                } else {
                    ApiError::Invalid(message)
                });
            }
            if members(db, &id)? >= i64::from(settings.member_limit) {
                let message = "The workspace has as many members as it may have.";
                let code = "workspace_member_limit_exceeded";
                return Err(ApiError::Coded(code, message.to_owned()));
            }
            db.execute(
                "INSERT INTO anthropic_members (workspace_id, user_id, workspace_role, added_at) \
                 VALUES (?1, ?2, ?3, ?4)",
                params![id, user_id, role, now],
            )?;
            Ok(WorkspaceMember {
                kind: "workspace_member",
                user_id,
                workspace_id: id,
                workspace_role: role,
            })
        })
        .await?;
    Ok(Json(added))
}

/// Change a member's role
#[utoipa::path(post, path = "/v1/organizations/workspaces/{workspace_id}/members/{user_id}", tag = "Workspace members", operation_id = "update_workspace_member",
    params(("workspace_id" = String, Path, description = "The workspace."),
           ("user_id" = String, Path, description = "The user.")),
    request_body = ChangeMemberRequest, responses(
    (status = 200, description = "The member as it is now.", body = WorkspaceMember),
    Failures, Missing,
))]
pub(super) async fn change(
    State(app): State<App>,
    caller: Caller,
    Ids((id, user)): Ids<(String, String)>,
    Input(body): Input<ChangeMemberRequest, BODY_LIMIT>,
) -> Result<Json<WorkspaceMember>, ApiError> {
    let settings = app.settings;
    let changed = app
        .database
        .write(move |db| -> Result<WorkspaceMember, ApiError> {
            let settings = &settings;
            let workspace = workspace_with_members(db, settings, &caller, &id)?;
            let mut member = explicit(db, &caller, &id, &user)?;
            let role = body::word(ROLE, body?.workspace_role.required(ROLE)?)?;
            access::not_archived(settings, &workspace)?;
            if let Some(user) = users::find(db, &caller, &user)? {
                may_have(user.role, role)?;
            }
            db.execute(
                "UPDATE anthropic_members SET workspace_role = ?3 \
                 WHERE workspace_id = ?1 AND user_id = ?2",
                params![id, user, role],
            )?;
            member.workspace_role = role;
            Ok(member)
        })
        .await?;
    Ok(Json(changed))
}

/// Remove a member
#[utoipa::path(delete, path = "/v1/organizations/workspaces/{workspace_id}/members/{user_id}", tag = "Workspace members", operation_id = "remove_workspace_member",
    params(("workspace_id" = String, Path, description = "The workspace."),
           ("user_id" = String, Path, description = "The user.")), responses(
    (status = 200, description = "That person is no longer a member.", body = WorkspaceMemberDeleted),
    Failures, Missing,
))]
pub(super) async fn remove(
    State(app): State<App>,
    caller: Caller,
    Ids((id, user)): Ids<(String, String)>,
) -> Result<Json<WorkspaceMemberDeleted>, ApiError> {
    let settings = app.settings;
    let removed = app
        .database
        .write(move |db| -> Result<WorkspaceMemberDeleted, ApiError> {
            let settings = &settings;
            let workspace = workspace_with_members(db, settings, &caller, &id)?;
            let member = explicit(db, &caller, &id, &user)?;
            access::not_archived(settings, &workspace)?;
            db.execute(
                "DELETE FROM anthropic_members WHERE workspace_id = ?1 AND user_id = ?2",
                params![id, user],
            )?;
            Ok(WorkspaceMemberDeleted {
                kind: "workspace_member_deleted",
                user_id: member.user_id,
                workspace_id: member.workspace_id,
            })
        })
        .await?;
    Ok(Json(removed))
}

/// The member to act on, which is neither a stranger nor one by the role in the organization.
fn explicit(
    db: &Connection,
    caller: &Caller,
    workspace: &str,
    user: &str,
) -> Result<WorkspaceMember, ApiError> {
    if let Some(member) = find(db, workspace, user)? {
        return Ok(member);
    }
    let inherits = users::find(db, caller, user)?
        .is_some_and(|user| user.role.is_admin() || user.role == OrganizationRole::Billing);
    Err(if inherits {
        let message = "This membership is inherited from the organization and cannot be changed.";
        ApiError::Invalid(message.to_owned())
    } else {
        ApiError::NotFound("The workspace member")
    })
}

/// Whether somebody with that role in the organization may have this one in a workspace.
fn may_have(organization: OrganizationRole, workspace: WorkspaceRole) -> Result<(), ApiError> {
    let pays = organization == OrganizationRole::Billing;
    if organization.is_admin() {
        let message = "Admins of the organization are admins of every workspace.";
        return Err(ApiError::Invalid(message.to_owned()));
    }
    let allowed = match workspace {
        WorkspaceRole::Admin => true,
        WorkspaceRole::Billing => pays,
        _ => !pays,
    };
    if allowed {
        return Ok(());
    }
    let problem = "does not go with the user's role in the organization";
    Err(ApiError::field(ROLE, problem))
}

fn members(db: &Connection, workspace: &str) -> rusqlite::Result<i64> {
    db.query_row(
        "SELECT count(*) FROM anthropic_members WHERE workspace_id = ?1",
        [workspace],
        |row| row.get(0),
    )
}
