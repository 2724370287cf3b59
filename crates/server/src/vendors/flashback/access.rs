//! Who is calling, and what that user may do in a workspace.
//!
//! Guarantees: user, organization and role are read in the same transaction that acts on them, so a
//! change counts at once. Nothing of another organization can be reached.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use rusqlite::{Connection, OptionalExtension};

use super::App;
use super::errors::ApiError;
use super::objects::{Access, BareWorkspace};
use super::people::{self, User};
use super::settings::Settings;
use super::tokens;
use crate::core::jwt;

/// Whoever a valid token was made for; the user may be gone since.
pub(super) struct Caller {
    pub(super) user_id: String,
}

impl FromRequestParts<App> for Caller {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        let half = HalfCaller::from_request_parts(parts, app).await?;
        if half.verified || app.settings.half_token_opens_all {
            return Ok(half.caller);
        }
        Err(ApiError::forbidden("MFA verification required"))
    }
}

/// The same, whether or not the second step of the sign-in is done.
pub(super) struct HalfCaller {
    pub(super) caller: Caller,
    pub(super) verified: bool,
}

impl FromRequestParts<App> for HalfCaller {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        let now = app.clock.now();
        let found =
            jwt::bearer(&parts.headers).and_then(|token| tokens::check(&app.keys, token, now));
        let with_body = !app.settings.unauthorized_without_body;
        let (user_id, verified) = found.ok_or(ApiError::Unauthorized(with_body))?;
        Ok(Self {
            caller: Caller { user_id },
            verified,
        })
    }
}

impl Caller {
    /// The user, who may look: 404 if gone.
    pub(super) fn reader(&self, db: &Connection) -> Result<User, ApiError> {
        people::by_id(db, &self.user_id)?
            .filter(|user| !user.is_deleted())
            .ok_or(ApiError::not_found("User not found"))
    }

    /// The user, who may change things: 400 if gone or not validated.
    pub(super) fn writer(&self, db: &Connection) -> Result<User, ApiError> {
        people::by_id(db, &self.user_id)?
            .filter(|user| !user.is_deleted() && user.validated)
            .ok_or(ApiError::invalid(
                "User not found or account is not validated",
            ))
    }
}

/// A workspace, deleted or not, of whichever organization, and whether it is deleted.
pub(super) fn workspace(
    db: &Connection,
    id: &str,
) -> rusqlite::Result<Option<(BareWorkspace, bool)>> {
    db.prepare_cached(
        "SELECT id, name, org_id, deleted_at IS NOT NULL FROM flashback_workspaces WHERE id = ?1",
    )?
    .query_row([id], |row| {
        let workspace = BareWorkspace {
            id: row.get(0)?,
            name: row.get(1)?,
            org_id: row.get(2)?,
        };
        Ok((workspace, row.get(3)?))
    })
    .optional()
}

/// The workspace that a user, who has to be an ADMIN there, wants to change.
pub(super) fn administered(
    db: &Connection,
    settings: &Settings,
    user: &User,
    id: &str,
    forbidden: &'static str,
) -> Result<BareWorkspace, ApiError> {
    const MISSING: ApiError =
        ApiError::Refused(axum::http::StatusCode::NOT_FOUND, "Workspace not found");
    let (workspace, deleted) = workspace(db, id)?.ok_or(MISSING)?;
    if workspace.org_id != user.org_id {
        return Err(if settings.outsider_403 {
            ApiError::forbidden(forbidden)
        } else {
            MISSING
        });
    }
    if deleted {
        return Err(MISSING);
    }
    if access_of(db, id, &user.id)? != Some(Access::Admin) {
        return Err(ApiError::forbidden(forbidden));
    }
    Ok(workspace)
}

/// What a user may do in a workspace, if anything. Nobody may anything in a deleted one, because
/// deleting takes its users out.
pub(super) fn access_of(
    db: &Connection,
    workspace: &str,
    user: &str,
) -> rusqlite::Result<Option<Access>> {
    db.prepare_cached(
        "SELECT role FROM flashback_workspace_users WHERE workspace_id = ?1 AND user_id = ?2",
    )?
    .query_row([workspace, user], |row| row.get(0))
    .optional()
}
