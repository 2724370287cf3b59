//! Archiving a workspace, which takes its API keys with it.
//!
//! Guarantees: the workspace and its keys are archived in one transaction, so no key outlives it; there
//! is no way back.

use axum::Json;
use axum::extract::State;
use rusqlite::params;

use super::App;
use super::access::{self, Caller};
use super::errors::{ApiError, ErrorResponse, Failures, Missing};
use super::objects::Workspace;
use super::query::Ids;

/// Archive a workspace
///
/// Its API keys are archived too and stay listed. A second time is answered with the workspace as it is.
#[utoipa::path(post, path = "/v1/organizations/workspaces/{workspace_id}/archive", tag = "Workspaces", operation_id = "archive_workspace",
    params(("workspace_id" = String, Path, description = "The workspace.")), responses(
    (status = 200, description = "The archived workspace.", body = Workspace),
    (status = 409, description = "It is archived, and external storage is still attached; by a setting of this server.", body = ErrorResponse),
    Failures, Missing,
))]
pub(super) async fn archive(
    State(app): State<App>,
    caller: Caller,
    Ids(id): Ids<String>,
) -> Result<Json<Workspace>, ApiError> {
    let settings = app.settings;
    let now = app.clock.now();
    let attached = settings.storage_attached;
    let (archived, is_new) = app
        .database
        .write(move |db| -> Result<(Workspace, bool), ApiError> {
            let settings = &settings;
            let mut workspace = access::workspace(db, &caller, &id)?;
            let refusal = "The default workspace cannot be archived.";
            access::not_default(settings, &workspace, refusal)?;
            if workspace.archived_at.is_some() {
                return if settings.archive_again == 400 {
                    let message = "The workspace is already archived.";
                    Err(ApiError::Invalid(message.to_owned()))
                } else {
                    Ok((workspace, false))
                };
            }
            // A clock that was set back must not archive it before it was made.
            let now = now.max(workspace.created_at);
            db.execute(
                "UPDATE anthropic_workspaces SET archived_at = ?2 WHERE id = ?1",
                params![id, now],
            )?;
            db.execute(
                "UPDATE anthropic_api_keys SET status = 'archived' WHERE workspace_id = ?1",
                [&id],
            )?;
            workspace.archived_at = Some(now);
            Ok((workspace, true))
        })
        .await?;
    if is_new && attached {
        return Err(ApiError::StorageAttached);
    }
    Ok(Json(archived))
}
