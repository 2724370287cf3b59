//! Who the caller is, and who else is in the organization.
//!
//! Guarantees: nobody of another organization is ever shown.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use rusqlite::{Connection, params};

use super::App;
use super::access::{Caller, HalfCaller};
use super::errors::{ApiError, Failure};
use super::input::Ids;
use super::objects::{OrgUser, OrgUsers, Profile, ProfileReply};
use super::people::{self, OrgRole, User};

/// Who am I
///
/// The caller's own account.
#[utoipa::path(get, path = "/user/profile", tag = "Account", operation_id = "profile", responses(
    (status = 200, description = "The account.", body = ProfileReply),
    (status = 401, description = "No valid token.", body = Failure),
    (status = 404, description = "`User not found`", body = Failure),
    (status = 500, description = "`Internal server error`", body = Failure),
))]
pub(super) async fn profile(
    State(app): State<App>,
    HalfCaller { caller, .. }: HalfCaller,
) -> Result<Json<ProfileReply>, ApiError> {
    let (user, mfa_required) = app
        .database
        .read(move |db| -> Result<(User, bool), ApiError> {
            let user = caller.reader(db)?;
            let asks = people::mfa_code(db, &user.id)?.is_some();
            Ok((user, asks))
        })
        .await?;
    let role = user.role();
    Ok(Json(ProfileReply {
        success: true,
        data: Profile {
            id: user.id,
            name: user.name,
            last_name: user.last_name,
            email: user.email,
            org_id: user.org_id,
            org_role: user.org_role,
            org_role_description: role.name(),
            org_roles: role.included(),
            validated: user.validated,
            mfa_required,
        },
    }))
}

/// List the users of the organization
///
/// For WORKSPACES and higher. A refusal has the shape of the answer, and no message.
#[utoipa::path(get, path = "/organization/users", tag = "Organization", operation_id = "list_organization_users", responses(
    (status = 200, description = "All of them, deleted ones included.", body = OrgUsers),
    (status = 401, description = "No valid token.", body = Failure),
    (status = 403, description = "The role does not reach.", body = OrgUsers),
    (status = 500, description = "The server failed.", body = OrgUsers),
))]
pub(super) async fn list(State(app): State<App>, caller: Caller) -> Result<Response, ApiError> {
    let settings = app.settings;
    let read = app
        .database
        .read(move |db| -> Result<Option<Vec<OrgUser>>, ApiError> {
            let Some(user) = manager(db, &caller)? else {
                return Ok(None);
            };
            let with_deleted = !settings.deleted_users_left_out;
            Ok(Some(all(db, &user.org_id, with_deleted)?))
        })
        .await;
    let status = match read {
        Ok(Some(data)) => {
            let (success, total) = (true, data.len());
            let body = OrgUsers {
                success,
                data,
                total,
            };
            return Ok(Json(body).into_response());
        }
        Ok(None) => StatusCode::FORBIDDEN,
        Err(error) => error.into_response().status(),
    };
    let nothing = OrgUsers {
        success: false,
        data: Vec::new(),
        total: 0,
    };
    Ok((status, Json(nothing)).into_response())
}

/// The caller, if the organization's users may be seen.
fn manager(db: &Connection, caller: &Caller) -> rusqlite::Result<Option<User>> {
    let user = people::by_id(db, &caller.user_id)?;
    Ok(user.filter(|user| !user.is_deleted() && user.role() >= OrgRole::Workspaces))
}

fn all(db: &Connection, org: &str, with_deleted: bool) -> rusqlite::Result<Vec<OrgUser>> {
    let mut statement = db.prepare_cached(&format!(
        "SELECT {} FROM flashback_users WHERE org_id = ?1 AND (?2 OR deleted_at IS NULL) \
         ORDER BY last_name, name, id",
        User::COLUMNS
    ))?;
    let rows = statement.query_map(params![org, with_deleted], User::from_row)?;
    rows.map(|user| user.map(OrgUser::from)).collect()
}

/// Retrieve a user of the organization
///
/// For WORKSPACES and higher. The user alone, outside the envelope that everything else is in.
#[utoipa::path(get, path = "/organization/users/{id}", tag = "Organization", operation_id = "retrieve_organization_user",
    params(("id" = String, Path, description = "The user.")), responses(
    (status = 200, description = "The user.", body = OrgUser),
    (status = 401, description = "No valid token.", body = Failure),
    (status = 403, description = "`Insufficient permissions to view users`", body = Failure),
    (status = 404, description = "`User not found`", body = Failure),
    (status = 500, description = "`Internal server error`", body = Failure),
))]
pub(super) async fn retrieve(
    State(app): State<App>,
    caller: Caller,
    Ids(id): Ids<String>,
) -> Result<Json<OrgUser>, ApiError> {
    let found = app
        .database
        .read(move |db| -> Result<User, ApiError> {
            const FORBIDDEN: &str = "Insufficient permissions to view users";
            let me = manager(db, &caller)?.ok_or(ApiError::forbidden(FORBIDDEN))?;
            let user = people::by_id(db, &id)?.ok_or(ApiError::not_found("User not found"))?;
            // The documentation puts users of different organizations under 403.
            if user.org_id != me.org_id {
                return Err(ApiError::forbidden(FORBIDDEN));
            }
            Ok(user)
        })
        .await?;
    Ok(Json(found.into()))
}
