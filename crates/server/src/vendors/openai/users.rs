//! Users of a project: list, add, retrieve, modify, remove.
//!
//! Guarantees: an archived project refuses the list and every change, as documented; only users of
//! the organization can be added.

use axum::Json;
use axum::extract::State;
use rusqlite::{Connection, OptionalExtension, params};
use serde::Deserialize;
use utoipa::ToSchema;

use super::App;
use super::errors::{ApiError, Usual};
use super::input::{self, Ids, Input, Page, Paged};
use super::keys::Caller;
use super::objects::{List, ProjectUser, ProjectUserDeleted, Role};
use super::organization_users::in_organization;
use super::projects::{find, not_archived};
use crate::core::json_body::Given;

/// Whom to add as what.
#[derive(Deserialize, ToSchema)]
pub(super) struct AddUserRequest {
    /// A user of the organization.
    #[serde(default)]
    #[schema(value_type = String, required)]
    user_id: Given,
    /// Owner or member.
    #[serde(default)]
    #[schema(value_type = Role, required)]
    role: Given,
}

/// The new role.
#[derive(Deserialize, ToSchema)]
pub(super) struct ModifyUserRequest {
    /// Owner or member.
    #[serde(default)]
    #[schema(value_type = Role, required)]
    role: Given,
}

fn read_role(given: Given) -> Result<Role, ApiError> {
    let name = input::required(given, "role")?;
    Role::from_name(&name).ok_or_else(|| {
        let message = "Invalid value for 'role': expected owner or member.";
        ApiError::parameter("role", "invalid_value", message)
    })
}

/// List the users of a project
///
/// By id.
#[utoipa::path(get, path = "/v1/organization/projects/{project_id}/users", tag = "Project users", operation_id = "list-project-users",
    params(("project_id" = String, Path, description = "The project."),
           ("after" = Option<String>, Query, description = "The last user of the page before."),
           ("limit" = Option<i64>, Query, minimum = 1, maximum = 100, description = "20 if not given.")), responses(
    (status = 200, description = "A page.", body = List<ProjectUser>),
    Usual,
))]
pub(super) async fn list(
    State(app): State<App>,
    caller: Caller,
    Ids(id): Ids<String>,
    Paged(page): Paged,
) -> Result<Json<List<ProjectUser>>, ApiError> {
    let settings = app.settings;
    let list = app
        .database
        .read(move |db| -> Result<List<ProjectUser>, ApiError> {
            let project = find(db, &settings, &caller, &id)?;
            let page = page?;
            not_archived(&project)?;
            Ok(read_page(db, &id, &page)?)
        })
        .await?;
    Ok(Json(list))
}

fn read_page(db: &Connection, project: &str, page: &Page) -> rusqlite::Result<List<ProjectUser>> {
    let mut statement = db.prepare_cached(&format!(
        "SELECT {} FROM openai_project_users m JOIN openai_users u ON u.id = m.user_id \
         WHERE m.project_id = ?1 AND m.user_id > ?2 ORDER BY m.user_id LIMIT ?3",
        ProjectUser::COLUMNS
    ))?;
    // Ids sort the list, so a cursor that was removed meanwhile still says where to go on.
    let after = page.after.as_deref().unwrap_or_default();
    let one_more = i64::try_from(page.limit + 1).unwrap_or(i64::MAX);
    let rows = statement.query_map(params![project, after, one_more], ProjectUser::from_row)?;
    let data = rows.collect::<Result<_, _>>()?;
    Ok(List::page(data, page.limit, |each: &ProjectUser| &each.id))
}

fn in_project(db: &Connection, project: &str, user: &str) -> rusqlite::Result<Option<ProjectUser>> {
    db.prepare_cached(&format!(
        "SELECT {} FROM openai_project_users m JOIN openai_users u ON u.id = m.user_id \
         WHERE m.project_id = ?1 AND m.user_id = ?2",
        ProjectUser::COLUMNS
    ))?
    .query_row([project, user], ProjectUser::from_row)
    .optional()
}

/// 404 for a user that the organization or the project does not have.
pub(super) fn missing(user: &str) -> ApiError {
    ApiError::not_found(format!("No such user: {user}"))
}

/// Add a user
///
/// One of the organization's.
#[utoipa::path(post, path = "/v1/organization/projects/{project_id}/users", tag = "Project users", operation_id = "create-project-user",
    params(("project_id" = String, Path, description = "The project.")),
    request_body = AddUserRequest, responses(
    (status = 200, description = "The user as one of the project.", body = ProjectUser),
    Usual,
))]
pub(super) async fn add(
    State(app): State<App>,
    caller: Caller,
    Ids(id): Ids<String>,
    Input(body): Input<AddUserRequest>,
) -> Result<Json<ProjectUser>, ApiError> {
    let settings = app.settings;
    let now = app.clock.now();
    let user = app
        .database
        .write(move |db| -> Result<ProjectUser, ApiError> {
            caller.may_write()?;
            let project = find(db, &settings, &caller, &id)?;
            let body = body?;
            let user = input::required(body.user_id, "user_id")?;
            let role = read_role(body.role)?;
            not_archived(&project)?;
            in_organization(db, &caller.org_id, &user)?.ok_or_else(|| missing(&user))?;
            if in_project(db, &id, &user)?.is_some() && !settings.add_again_sets_role {
                let message = "The user is already in the project.";
                return Err(ApiError::invalid(message));
            }
            db.execute(
                "INSERT INTO openai_project_users VALUES (?1, ?2, ?3, ?4) \
                 ON CONFLICT DO UPDATE SET role = ?3",
                params![id, user, role.name(), now],
            )?;
            in_project(db, &id, &user)?.ok_or_else(|| missing(&user))
        })
        .await?;
    Ok(Json(user))
}

/// Retrieve a user
///
/// As one of the project.
#[utoipa::path(get, path = "/v1/organization/projects/{project_id}/users/{user_id}", tag = "Project users", operation_id = "retrieve-project-user",
    params(("project_id" = String, Path, description = "The project."),
           ("user_id" = String, Path, description = "The user.")), responses(
    (status = 200, description = "The user.", body = ProjectUser),
    Usual,
))]
pub(super) async fn retrieve(
    State(app): State<App>,
    caller: Caller,
    Ids((id, user)): Ids<(String, String)>,
) -> Result<Json<ProjectUser>, ApiError> {
    let settings = app.settings;
    let found = app
        .database
        .read(move |db| -> Result<ProjectUser, ApiError> {
            find(db, &settings, &caller, &id)?;
            in_project(db, &id, &user)?.ok_or_else(|| missing(&user))
        })
        .await?;
    Ok(Json(found))
}

/// Modify a user's role
///
/// Owner or member.
#[utoipa::path(post, path = "/v1/organization/projects/{project_id}/users/{user_id}", tag = "Project users", operation_id = "modify-project-user",
    params(("project_id" = String, Path, description = "The project."),
           ("user_id" = String, Path, description = "The user.")),
    request_body = ModifyUserRequest, responses(
    (status = 200, description = "The user with that role.", body = ProjectUser),
    Usual,
))]
pub(super) async fn modify(
    State(app): State<App>,
    caller: Caller,
    Ids((id, user)): Ids<(String, String)>,
    Input(body): Input<ModifyUserRequest>,
) -> Result<Json<ProjectUser>, ApiError> {
    let settings = app.settings;
    let user = app
        .database
        .write(move |db| -> Result<ProjectUser, ApiError> {
            caller.may_write()?;
            let project = find(db, &settings, &caller, &id)?;
            let mut found = in_project(db, &id, &user)?.ok_or_else(|| missing(&user))?;
            found.role = read_role(body?.role)?;
            not_archived(&project)?;
            db.execute(
                "UPDATE openai_project_users SET role = ?3 WHERE project_id = ?1 AND user_id = ?2",
                [&id, &user, found.role.name()],
            )?;
            Ok(found)
        })
        .await?;
    Ok(Json(user))
}

/// Remove a user
///
/// From the project; the organization keeps them.
#[utoipa::path(delete, path = "/v1/organization/projects/{project_id}/users/{user_id}", tag = "Project users", operation_id = "delete-project-user",
    params(("project_id" = String, Path, description = "The project."),
           ("user_id" = String, Path, description = "The user.")), responses(
    (status = 200, description = "The user is no longer there.", body = ProjectUserDeleted),
    Usual,
))]
pub(super) async fn remove(
    State(app): State<App>,
    caller: Caller,
    Ids((id, user)): Ids<(String, String)>,
) -> Result<Json<ProjectUserDeleted>, ApiError> {
    let settings = app.settings;
    let gone = app
        .database
        .write(move |db| -> Result<String, ApiError> {
            caller.may_write()?;
            let project = find(db, &settings, &caller, &id)?;
            in_project(db, &id, &user)?.ok_or_else(|| missing(&user))?;
            not_archived(&project)?;
            db.execute(
                "DELETE FROM openai_project_users WHERE project_id = ?1 AND user_id = ?2",
                [&id, &user],
            )?;
            Ok(user)
        })
        .await?;
    Ok(Json(ProjectUserDeleted {
        object: "organization.project.user.deleted",
        id: gone,
        deleted: true,
    }))
}
