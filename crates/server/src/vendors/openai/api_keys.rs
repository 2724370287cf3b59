//! API keys of a project: list, retrieve, delete. None can be made here, as at the vendor.
//!
//! Guarantees: a key itself is never shown, nor kept: only the part of it that may be seen.

use axum::Json;
use axum::extract::State;
use rusqlite::{Connection, OptionalExtension, params};

use super::App;
use super::errors::{ApiError, Usual};
use super::input::{Ids, OwnerAccess, Page, Paged};
use super::keys::Caller;
use super::objects::List;
use super::project_key::{ProjectKey, ProjectKeyDeleted};
use super::projects::find;

/// List the API keys of a project
///
/// By id.
#[utoipa::path(get, path = "/v1/organization/projects/{project_id}/api_keys", tag = "Project API keys", operation_id = "list-project-api-keys",
    params(("project_id" = String, Path, description = "The project."),
           ("after" = Option<String>, Query, description = "The last key of the page before."),
           ("limit" = Option<i64>, Query, minimum = 1, maximum = 100, description = "20 if not given."),
           ("owner_project_access" = Option<String>, Query, description = "`active`, `inactive` or `any`; without it, `active`.")), responses(
    (status = 200, description = "A page.", body = List<ProjectKey>),
    Usual,
))]
pub(super) async fn list(
    State(app): State<App>,
    caller: Caller,
    Ids(id): Ids<String>,
    Paged(page): Paged,
) -> Result<Json<List<ProjectKey>>, ApiError> {
    let settings = app.settings;
    let list = app
        .database
        .read(move |db| -> Result<List<ProjectKey>, ApiError> {
            find(db, &settings, &caller, &id)?;
            Ok(read_page(db, &id, &page?)?)
        })
        .await?;
    Ok(Json(list))
}

fn read_page(db: &Connection, project: &str, page: &Page) -> rusqlite::Result<List<ProjectKey>> {
    let mut statement = db.prepare_cached(&format!(
        "SELECT * FROM ({}) WHERE project_id = ?1 AND id > ?2 AND (?3 IS NULL OR has_access = ?3) \
         ORDER BY id LIMIT ?4",
        ProjectKey::ROWS
    ))?;
    let after = page.after.as_deref().unwrap_or_default();
    let wanted = match page.owner_access {
        OwnerAccess::Any => None,
        OwnerAccess::Active => Some(true),
        OwnerAccess::Inactive => Some(false),
    };
    let one_more = i64::try_from(page.limit + 1).unwrap_or(i64::MAX);
    let rows = statement.query_map(
        params![project, after, wanted, one_more],
        ProjectKey::from_row,
    )?;
    let data = rows.collect::<Result<_, _>>()?;
    Ok(List::page(data, page.limit, |each: &ProjectKey| &each.id))
}

fn one(db: &Connection, project: &str, id: &str) -> Result<ProjectKey, ApiError> {
    let found = db
        .prepare_cached(&format!(
            "SELECT * FROM ({}) WHERE project_id = ?1 AND id = ?2",
            ProjectKey::ROWS
        ))?
        .query_row([project, id], ProjectKey::from_row)
        .optional()?;
    found.ok_or_else(|| ApiError::not_found(format!("No such API key: {id}")))
}

/// Retrieve an API key
///
/// One of the project's.
#[utoipa::path(get, path = "/v1/organization/projects/{project_id}/api_keys/{api_key_id}", tag = "Project API keys", operation_id = "retrieve-project-api-key",
    params(("project_id" = String, Path, description = "The project."),
           ("api_key_id" = String, Path, description = "The key.")), responses(
    (status = 200, description = "The key.", body = ProjectKey),
    Usual,
))]
pub(super) async fn retrieve(
    State(app): State<App>,
    caller: Caller,
    Ids((project, id)): Ids<(String, String)>,
) -> Result<Json<ProjectKey>, ApiError> {
    let settings = app.settings;
    let key = app
        .database
        .read(move |db| -> Result<ProjectKey, ApiError> {
            find(db, &settings, &caller, &project)?;
            one(db, &project, &id)
        })
        .await?;
    Ok(Json(key))
}

/// Delete an API key
///
/// It stops working at once.
#[utoipa::path(delete, path = "/v1/organization/projects/{project_id}/api_keys/{api_key_id}", tag = "Project API keys", operation_id = "delete-project-api-key",
    params(("project_id" = String, Path, description = "The project."),
           ("api_key_id" = String, Path, description = "The key.")), responses(
    (status = 200, description = "It is deleted.", body = ProjectKeyDeleted),
    Usual,
))]
pub(super) async fn delete(
    State(app): State<App>,
    caller: Caller,
    Ids((project, id)): Ids<(String, String)>,
) -> Result<Json<ProjectKeyDeleted>, ApiError> {
    let settings = app.settings;
    let deleted = app
        .database
        .write(move |db| -> Result<ProjectKeyDeleted, ApiError> {
            caller.may_write()?;
            find(db, &settings, &caller, &project)?;
            let key = one(db, &project, &id)?;
            db.execute("DELETE FROM openai_project_keys WHERE id = ?1", [&id])?;
            Ok(ProjectKeyDeleted {
                object: "organization.project.api_key.deleted",
                id: key.id,
                deleted: true,
            })
        })
        .await?;
    Ok(Json(deleted))
}
