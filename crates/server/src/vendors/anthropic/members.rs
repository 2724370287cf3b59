//! Members of a workspace: list and retrieve.
//!
//! Guarantees: only explicit members are here. Those whose role in the organization makes them members
//! of every workspace are not, and the default workspace has no list at all.

use axum::Json;
use axum::extract::State;
use rusqlite::types::Value as SqlValue;
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::App;
use super::access::{self, Caller};
use super::errors::{ApiError, Failures, Missing};
use super::objects::{Workspace, WorkspaceMember};
use super::page::{Listing, Page, Wanted};
use super::query::{Ids, Query};
use super::settings::Settings;

/// List the members
#[utoipa::path(get, path = "/v1/organizations/workspaces/{workspace_id}/members", tag = "Workspace members", operation_id = "list_workspace_members",
    params(
        ("workspace_id" = String, Path, description = "The workspace."),
        ("after_id" = Option<String>, Query, description = "The page after this user. Not with `before_id`."),
        ("before_id" = Option<String>, Query, description = "The page before this user. Not with `after_id`."),
        ("limit" = Option<u32>, Query, minimum = 1, maximum = 1000, description = "20 where it is left out."),
    ), responses(
    (status = 200, description = "A page.", body = Page<WorkspaceMember>),
    Failures, Missing,
))]
pub(super) async fn list(
    State(app): State<App>,
    caller: Caller,
    Ids(id): Ids<String>,
    query: Query,
) -> Result<Json<Page<WorkspaceMember>>, ApiError> {
    let settings = app.settings;
    let page = app
        .database
        .read(move |db| -> Result<_, ApiError> {
            let settings = &settings;
            workspace_with_members(db, settings, &caller, &id)?;
            let wanted = Wanted::from_query(&query)?;
            let listing = Listing {
                select:
                    "SELECT added_at, user_id, workspace_id, workspace_role FROM anthropic_members"
                        .to_owned(),
                place: ("added_at", "user_id"),
                scope: ("workspace_id = ?", vec![SqlValue::from(id)]),
                filters: Vec::new(),
                newest_first: settings.newest_first,
            };
            listing.page(db, &wanted, from_row)
        })
        .await?;
    Ok(Json(page))
}

/// Retrieve a member
#[utoipa::path(get, path = "/v1/organizations/workspaces/{workspace_id}/members/{user_id}", tag = "Workspace members", operation_id = "retrieve_workspace_member",
    params(("workspace_id" = String, Path, description = "The workspace."),
           ("user_id" = String, Path, description = "The user.")), responses(
    (status = 200, description = "The member.", body = WorkspaceMember),
    Failures, Missing,
))]
pub(super) async fn retrieve(
    State(app): State<App>,
    caller: Caller,
    Ids((id, user)): Ids<(String, String)>,
) -> Result<Json<WorkspaceMember>, ApiError> {
    let settings = app.settings;
    let found = app
        .database
        .read(move |db| -> Result<_, ApiError> {
            workspace_with_members(db, &settings, &caller, &id)?;
            find(db, &id, &user)?.ok_or(ApiError::NotFound("The workspace member"))
        })
        .await?;
    Ok(Json(found))
}

/// A workspace that has members of its own.
pub(super) fn workspace_with_members(
    db: &Connection,
    settings: &Settings,
    caller: &Caller,
    id: &str,
) -> Result<Workspace, ApiError> {
    let workspace = access::workspace(db, caller, id)?;
    let refusal = "The default workspace has no members of its own.";
    access::not_default(settings, &workspace, refusal)?;
    Ok(workspace)
}

/// The explicit member, if there is one.
pub(super) fn find(
    db: &Connection,
    workspace: &str,
    user: &str,
) -> rusqlite::Result<Option<WorkspaceMember>> {
    db.prepare_cached(
        "SELECT added_at, user_id, workspace_id, workspace_role FROM anthropic_members \
         WHERE workspace_id = ?1 AND user_id = ?2",
    )?
    .query_row(params![workspace, user], from_row)
    .optional()
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<WorkspaceMember> {
    Ok(WorkspaceMember {
        kind: "workspace_member",
        user_id: row.get(1)?,
        workspace_id: row.get(2)?,
        workspace_role: row.get(3)?,
    })
}
