//! Projects: list, create, retrieve, modify, archive.
//!
//! Guarantees: the Default project and archived ones stay as they are. A page begins after its
//! cursor even if projects were made or archived in between.

use axum::Json;
use axum::extract::State;
use rusqlite::{Connection, OptionalExtension, params};
use serde::Deserialize;
use utoipa::ToSchema;

use super::App;
use super::errors::{ApiError, Usual};
use super::input::{self, Ids, Input, Page, Paged};
use super::keys::Caller;
use super::objects::{List, Project};
use super::settings::Settings;
use crate::core::json_body::Given;
use crate::core::random;

/// Where the data of a project may lie and be worked on, in the vendor's words.
const RESIDENCIES: [&str; 15] = [
    "GLOBAL",
    "US_STORAGE_PROCESSING",
    "EU_STORAGE_PROCESSING",
    "JP_STORAGE",
    "JP_STORAGE_PROCESSING",
    "KR_STORAGE",
    "CA_STORAGE",
    "SG_STORAGE",
    "IN_STORAGE",
    "IN_STORAGE_PROCESSING",
    "AU_STORAGE",
    "AU_STORAGE_PROCESSING",
    "GB_STORAGE",
    "AE_STORAGE",
    "AE_STORAGE_PROCESSING",
];

/// A new project.
#[derive(Deserialize, ToSchema)]
pub(super) struct CreateProjectRequest {
    /// Not empty.
    #[serde(default)]
    #[schema(value_type = String, required, min_length = 1)]
    name: Given,
    /// Where its data are to lie.
    #[serde(default)]
    #[schema(value_type = Option<String>, required = false, example = "EU_STORAGE_PROCESSING")]
    residency: Given,
    /// The customer's own key to go with it.
    #[serde(default)]
    #[schema(value_type = Option<String>, required = false)]
    external_key_id: Given,
}

/// What of a project is to change.
#[derive(Deserialize, ToSchema)]
pub(super) struct ModifyProjectRequest {
    /// Not empty.
    #[serde(default)]
    #[schema(value_type = String, required, min_length = 1)]
    name: Given,
}

fn read_residency(given: Given) -> Result<Option<String>, ApiError> {
    let Some(word) = input::optional(given, "residency")? else {
        return Ok(None);
    };
    if RESIDENCIES.contains(&word.as_str()) {
        return Ok(Some(word));
    }
    let message = format!(
        "Invalid value: '{word}'. Supported values are: {}.",
        RESIDENCIES.join(", ")
    );
    Err(ApiError::parameter("residency", "invalid_value", message))
}

/// List projects
///
/// Newest first.
#[utoipa::path(get, path = "/v1/organization/projects", tag = "Projects", operation_id = "list-projects",
    params(("after" = Option<String>, Query, description = "The last project of the page before."),
           ("limit" = Option<i64>, Query, minimum = 1, maximum = 100, description = "20 if not given."),
           ("include_archived" = Option<bool>, Query, description = "False if not given.")), responses(
    (status = 200, description = "A page.", body = List<Project>),
    Usual,
))]
pub(super) async fn list(
    State(app): State<App>,
    caller: Caller,
    Paged(page): Paged,
) -> Result<Json<List<Project>>, ApiError> {
    let page = page?;
    let settings = app.settings;
    let list = app
        .database
        .read(move |db| read_page(db, &settings, &caller.org_id, &page))
        .await?;
    Ok(Json(list))
}

fn read_page(
    db: &Connection,
    settings: &Settings,
    org: &str,
    page: &Page,
) -> Result<List<Project>, ApiError> {
    let cursor: Option<(i64, String)> = match &page.after {
        None => None,
        Some(after) => {
            let found = db
                .prepare_cached(
                    "SELECT created_at, id FROM openai_projects WHERE id = ?1 AND org_id = ?2",
                )?
                .query_row([after, org], |row| Ok((row.get(0)?, row.get(1)?)))
                .optional()?;
            if found.is_none() {
                return if settings.unknown_after_empty {
                    Ok(List::page(Vec::new(), page.limit, |each: &Project| {
                        &each.id
                    }))
                } else {
                    let message = format!("Invalid 'after': no such project: {after}");
                    Err(ApiError::parameter("after", "invalid_value", message))
                };
            }
            found
        }
    };
    let (created_at, id) = cursor.unwrap_or((i64::MAX, String::new()));
    let mut statement = db.prepare_cached(&format!(
        "SELECT {} FROM openai_projects \
         WHERE org_id = ?1 AND created_at <= ?2 AND (created_at < ?2 OR id > ?3) \
         AND (?4 OR archived_at IS NULL) ORDER BY created_at DESC, id LIMIT ?5",
        Project::COLUMNS
    ))?;
    let one_more = i64::try_from(page.limit + 1).unwrap_or(i64::MAX);
    let rows = statement.query_map(
        params![org, created_at, id, page.include_archived, one_more],
        Project::from_row,
    )?;
    let data = rows.collect::<Result<_, _>>()?;
    Ok(List::page(data, page.limit, |each: &Project| &each.id))
}

/// The project, if it is the caller's organization's.
pub(super) fn find(
    db: &Connection,
    settings: &Settings,
    caller: &Caller,
    id: &str,
) -> Result<Project, ApiError> {
    let missing = || ApiError::not_found(format!("No such project: {id}"));
    let (project, org): (Project, String) = db
        .prepare_cached(&format!(
            "SELECT {}, org_id FROM openai_projects WHERE id = ?1",
            Project::COLUMNS
        ))?
        .query_row([id], |row| Ok((Project::from_row(row)?, row.get(7)?)))
        .optional()?
        .ok_or_else(missing)?;
    if org == caller.org_id {
        return Ok(project);
    }
    Err(if settings.outsider_403 {
        ApiError::forbidden("The project belongs to another organization.")
    } else {
        missing()
    })
}

/// Refuses what an archived project cannot have done to it.
pub(super) fn not_archived(project: &Project) -> Result<(), ApiError> {
    if project.is_archived() {
        let message = format!("The project {} is archived", project.name);
        return Err(ApiError::invalid(message));
    }
    Ok(())
}

/// Create a project
///
/// With nobody in it.
#[utoipa::path(post, path = "/v1/organization/projects", tag = "Projects", operation_id = "create-project",
    request_body = CreateProjectRequest, responses(
    (status = 200, description = "The new project.", body = Project),
    Usual,
))]
pub(super) async fn create(
    State(app): State<App>,
    caller: Caller,
    Input(body): Input<CreateProjectRequest>,
) -> Result<Json<Project>, ApiError> {
    caller.may_write()?;
    let body = body?;
    let name = input::required(body.name, "name")?;
    let residency = read_residency(body.residency)?;
    let key = input::optional(body.external_key_id, "external_key_id")?;
    let settings = app.settings;
    let now = app.clock.now();
    let project = app
        .database
        .write(move |db| -> Result<Project, ApiError> {
            let id = random::id("proj_")?;
            db.execute(
                "INSERT INTO openai_projects (id, org_id, name, created_at, is_default, residency, \
                 external_key_id) VALUES (?1, ?2, ?3, ?4, 0, ?5, ?6)",
                params![id, caller.org_id, name, now, residency, key],
            )?;
            find(db, &settings, &caller, &id)
        })
        .await?;
    Ok(Json(project))
}

/// Retrieve a project
///
/// Archived ones too.
#[utoipa::path(get, path = "/v1/organization/projects/{project_id}", tag = "Projects", operation_id = "retrieve-project",
    params(("project_id" = String, Path, description = "The project.")), responses(
    (status = 200, description = "The project.", body = Project),
    Usual,
))]
pub(super) async fn retrieve(
    State(app): State<App>,
    caller: Caller,
    Ids(id): Ids<String>,
) -> Result<Json<Project>, ApiError> {
    let settings = app.settings;
    let project = app
        .database
        .read(move |db| find(db, &settings, &caller, &id))
        .await?;
    Ok(Json(project))
}

/// Modify a project
///
/// Neither the Default project nor an archived one.
#[utoipa::path(post, path = "/v1/organization/projects/{project_id}", tag = "Projects", operation_id = "modify-project",
    params(("project_id" = String, Path, description = "The project.")),
    request_body = ModifyProjectRequest, responses(
    (status = 200, description = "The project as it is now.", body = Project),
    Usual,
))]
pub(super) async fn modify(
    State(app): State<App>,
    caller: Caller,
    Ids(id): Ids<String>,
    Input(body): Input<ModifyProjectRequest>,
) -> Result<Json<Project>, ApiError> {
    let settings = app.settings;
    let project = app
        .database
        .write(move |db| -> Result<Project, ApiError> {
            caller.may_write()?;
            let mut project = find(db, &settings, &caller, &id)?;
            let name = input::required(body?.name, "name")?;
            if project.is_default {
                let message = "The Default project cannot be modified.";
                return Err(ApiError::invalid(message));
            }
            not_archived(&project)?;
            db.execute(
                "UPDATE openai_projects SET name = ?2 WHERE id = ?1",
                [&id, &name],
            )?;
            project.name = name;
            Ok(project)
        })
        .await?;
    Ok(Json(project))
}

/// Archive a project
///
/// For good; an archived project can neither be used nor updated. The Default project cannot be.
#[utoipa::path(post, path = "/v1/organization/projects/{project_id}/archive", tag = "Projects", operation_id = "archive-project",
    params(("project_id" = String, Path, description = "The project.")), responses(
    (status = 200, description = "The project, archived.", body = Project),
    Usual,
))]
pub(super) async fn archive(
    State(app): State<App>,
    caller: Caller,
    Ids(id): Ids<String>,
) -> Result<Json<Project>, ApiError> {
    let settings = app.settings;
    let now = app.clock.now();
    let project = app
        .database
        .write(move |db| -> Result<Project, ApiError> {
            caller.may_write()?;
            let project = find(db, &settings, &caller, &id)?;
            if project.is_default {
                let message = "The Default project cannot be archived.";
                return Err(ApiError::invalid(message));
            }
            if settings.archive_again_400 {
                not_archived(&project)?;
            }
            if project.is_archived() {
                return Ok(project);
            }
            db.execute(
                "UPDATE openai_projects SET archived_at = ?2 WHERE id = ?1",
                params![id, now],
            )?;
            find(db, &settings, &caller, &id)
        })
        .await?;
    Ok(Json(project))
}
