//! Archiving a workspace, and what stands against it.
//!
//! Guarantees: the look for active subscriptions and usage and the archiving itself are one
//! transaction, so nothing can become active in between. Whatever is not over stands against it; that
//! states other than `active` do is not stated by the vendor.

use axum::extract::State;
use axum::http::StatusCode;
use rusqlite::{Connection, params};

use super::App;
use super::access::{self, Caller};
use super::errors::{ApiError, ErrorResponse, Guarded};
use super::input::Ids;
use super::objects::Role;
use super::subscription;
use super::workspaces::after;
use crate::core::clock::Timestamp;

/// Archive a workspace
///
/// For owners. A soft delete that cannot be undone here. A second time is answered with 409 and
/// `workspace_archived`, a code of this server's own.
#[utoipa::path(delete, path = "/workspaces/{workspaceId}", tag = "Workspaces", operation_id = "archive_workspace",
    params(("workspaceId" = String, Path, description = "The workspace.")), responses(
    (status = 204, description = "It is archived."),
    (status = 409, description = "Active subscriptions or usage stand against it, or it is archived already.", body = ErrorResponse),
    Guarded,
))]
pub(super) async fn archive(
    State(app): State<App>,
    caller: Caller,
    Ids(id): Ids<String>,
) -> Result<StatusCode, ApiError> {
    let settings = app.settings;
    let now = app.clock.now();
    app.database
        .write(move |db| -> Result<(), ApiError> {
            let (workspace, _) = access::workspace(db, &settings, &caller, &id, Role::Owner)?;
            if workspace.archived {
                return if settings.archived_delete == 204 {
                    Ok(())
                } else {
                    let message = "This workspace is already archived.";
                    Err(ApiError::conflict("workspace_archived", message))
                };
            }
            if let Some(message) = obstacles(db, &id, now)? {
                return Err(ApiError::conflict("workspace_not_empty", message));
            }
            let now = after(workspace.updated_at, now);
            db.execute(
                "UPDATE altostrat_workspaces SET archived_at = ?2, updated_at = ?2 WHERE id = ?1",
                params![id, now],
            )?;
            Ok(())
        })
        .await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The vendor's sentence about what stands against archiving, if anything does.
fn obstacles(db: &Connection, workspace: &str, now: Timestamp) -> rusqlite::Result<Option<String>> {
    let accounts = subscription::standing(db, workspace, now)?;
    let mut statement = db.prepare_cached(
        "SELECT id FROM altostrat_organizations \
         WHERE workspace_id = ?1 AND locations + users + sso > 0 ORDER BY depth, id",
    )?;
    let organizations = statement.query_map([workspace], |row| row.get(0))?;
    let organizations: Vec<String> = organizations.collect::<Result<_, _>>()?;
    let mut causes: Vec<String> = accounts
        .iter()
        .map(|(name, ids)| format!("billing account '{name}' has active subscriptions: {ids}"))
        .collect();
    let mut advice = Vec::new();
    if !causes.is_empty() {
        advice.push("Please cancel or transfer these subscriptions before archiving.");
    }
    if !organizations.is_empty() {
        causes.push(format!(
            "organizations have active resource usage: {}",
            organizations.join(", ")
        ));
        advice.push("Please remove this usage before archiving.");
    }
    Ok((!causes.is_empty()).then(|| {
        let (causes, advice) = (causes.join("; "), advice.join(" "));
        format!("Cannot archive workspace because {causes}. {advice}")
    }))
}
