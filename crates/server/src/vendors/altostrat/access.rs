//! Who is calling, and what that person may do in a workspace.
//!
//! Guarantees: the role is read in the same transaction that acts on it, so a change of role counts
//! at once. An outsider learns nothing, not even that the workspace exists.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use rusqlite::{Connection, OptionalExtension};

use super::App;
use super::errors::ApiError;
use super::objects::{Role, Workspace};
use super::settings::Settings;
use crate::core::jwt;
use crate::vendors::altostrat::signin::tokens;

/// A signed-in person.
pub(super) struct Caller {
    pub(super) user_id: String,
}

impl FromRequestParts<App> for Caller {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        let token = jwt::bearer(&parts.headers).ok_or(ApiError::Unauthorized)?;
        match tokens::check::<ApiError>(app, token).await? {
            Some(bearer) => Ok(Self {
                user_id: bearer.user_id,
            }),
            None => Err(ApiError::Unauthorized),
        }
    }
}

/// The workspace and the caller's role in it, which is at least `least`.
pub(super) fn workspace(
    db: &Connection,
    settings: &Settings,
    caller: &Caller,
    id: &str,
    least: Role,
) -> Result<(Workspace, Role), ApiError> {
    let workspace = db
        .prepare_cached(&format!(
            "SELECT {} FROM altostrat_workspaces w WHERE w.id = ?1",
            Workspace::COLUMNS
        ))?
        .query_row([id], Workspace::from_row)
        .optional()?
        .ok_or(ApiError::NotFound)?;
    let Some(role) = role_of(db, id, &caller.user_id)? else {
        let shows_itself = settings.outsider == 403;
        return Err(if shows_itself {
            ApiError::Forbidden
        } else {
            ApiError::NotFound
        });
    };
    if role < least {
        return Err(ApiError::Forbidden);
    }
    Ok((workspace, role))
}

/// The role of a person in a workspace, if any.
pub(super) fn role_of(
    db: &Connection,
    workspace: &str,
    user: &str,
) -> rusqlite::Result<Option<Role>> {
    db.prepare_cached(
        "SELECT role FROM altostrat_members WHERE workspace_id = ?1 AND user_id = ?2",
    )?
    .query_row([workspace, user], |row| row.get(0))
    .optional()
}

/// Refuses a change to an archived workspace: 400, or 409 by setting.
pub(super) fn not_archived(settings: &Settings, workspace: &Workspace) -> Result<(), ApiError> {
    const CODE: &str = "workspace_archived";
    if !workspace.archived {
        return Ok(());
    }
    let message = "This workspace is archived and cannot be modified.".to_owned();
    Err(if settings.archived_patch == 409 {
        ApiError::conflict(CODE, message)
    } else {
        let status = axum::http::StatusCode::BAD_REQUEST;
        ApiError::Refused(status, "invalid_request_error", CODE, message)
    })
}
