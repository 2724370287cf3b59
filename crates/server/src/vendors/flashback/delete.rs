//! Deleting a workspace, and what stands against it.
//!
//! Guarantees: the look for buckets and repos, the mark and the removal of all users are one
//! transaction. Nothing here undoes it: the vendor calls it recoverable and documents no way.

use axum::Json;
use axum::extract::State;
use rusqlite::{Connection, params};

use super::App;
use super::access::{self, Caller};
use super::errors::{ApiError, Failure};
use super::input::Ids;
use super::objects::Done;

const FORBIDDEN: &str = "Insufficient permissions to delete workspace";

/// Delete a workspace
///
/// For ADMINs of it. A mark, not a removal; all its users are taken out.
#[utoipa::path(delete, path = "/workspace/{id}", tag = "Workspaces", operation_id = "delete_workspace",
    params(("id" = String, Path, description = "The workspace.")), responses(
    (status = 200, description = "It is deleted.", body = Done),
    (status = 400, description = "`User not found or account is not validated` or `Cannot delete workspace with existing buckets or repos`", body = Failure),
    (status = 401, description = "No valid token.", body = Failure),
    (status = 403, description = "`Insufficient permissions to delete workspace`", body = Failure),
    (status = 404, description = "`Workspace not found`", body = Failure),
    (status = 500, description = "`Failed to delete workspace`", body = Failure),
))]
pub(super) async fn delete(
    State(app): State<App>,
    caller: Caller,
    Ids(id): Ids<String>,
) -> Result<Json<Done>, ApiError> {
    let settings = app.settings;
    let now = app.clock.now();
    app.database
        .write(move |db| -> Result<(), ApiError> {
            let settings = &settings;
            let user = caller.writer(db)?;
            if settings.delete_again_400
                && let Some((workspace, true)) = access::workspace(db, &id)?
                && workspace.org_id == user.org_id
            {
                return Err(ApiError::invalid("Workspace is already deleted"));
            }
            access::administered(db, settings, &user, &id, FORBIDDEN)?;
            if is_in_use(db, &id)? {
                let message = "Cannot delete workspace with existing buckets or repos";
                return Err(ApiError::invalid(message));
            }
            db.execute(
                "UPDATE flashback_workspaces SET deleted_at = ?2 WHERE id = ?1",
                params![id, now],
            )?;
            db.execute(
                "DELETE FROM flashback_workspace_users WHERE workspace_id = ?1",
                [&id],
            )?;
            Ok(())
        })
        .await
        .map_err(|error| error.during("Failed to delete workspace"))?;
    Ok(Json(Done::YES))
}

fn is_in_use(db: &Connection, workspace: &str) -> rusqlite::Result<bool> {
    db.query_row(
        "SELECT EXISTS (SELECT 1 FROM flashback_buckets WHERE workspace_id = ?1 AND deleted_at IS NULL) \
         OR EXISTS (SELECT 1 FROM flashback_repos WHERE workspace_id = ?1 AND deleted_at IS NULL)",
        [workspace],
        |row| row.get(0),
    )
}
