//! Users of the organization: list and retrieve, to choose whom to add to a project.
//!
//! Guarantees: no caller sees a user of another organization, whatever id, cursor or address is given.

use axum::Json;
use axum::extract::State;
use rusqlite::{Connection, OptionalExtension, params};

use super::App;
use super::errors::{ApiError, Usual};
use super::input::{Ids, Page, Paged};
use super::keys::Caller;
use super::objects::{List, OrganizationUser};
use super::users::missing;

/// List users
///
/// Of the organization, by id.
#[utoipa::path(get, path = "/v1/organization/users", tag = "Users", operation_id = "list-users",
    params(("after" = Option<String>, Query, description = "The last user of the page before."),
           ("limit" = Option<i64>, Query, minimum = 1, maximum = 100, description = "20 if not given."),
           ("emails[]" = Option<Vec<String>>, Query, description = "Only those with one of these e-mail addresses.")), responses(
    (status = 200, description = "A page.", body = List<OrganizationUser>),
    Usual,
))]
pub(super) async fn list(
    State(app): State<App>,
    caller: Caller,
    Paged(page): Paged,
) -> Result<Json<List<OrganizationUser>>, ApiError> {
    let page = page?;
    let list = app
        .database
        .read(move |db| read_page(db, &caller.org_id, &page))
        .await?;
    Ok(Json(list))
}

fn read_page(db: &Connection, org: &str, page: &Page) -> Result<List<OrganizationUser>, ApiError> {
    let wanted = page.emails.as_deref().map(serde_json::Value::from);
    let mut statement = db.prepare_cached(&format!(
        "SELECT {} FROM openai_users WHERE org_id = ?1 AND id > ?2 \
         AND (?3 IS NULL OR email COLLATE NOCASE IN (SELECT value FROM json_each(?3))) \
         ORDER BY id LIMIT ?4",
        OrganizationUser::COLUMNS
    ))?;
    // Ids sort the list, as they do in a project.
    let after = page.after.as_deref().unwrap_or_default();
    let one_more = i64::try_from(page.limit + 1).unwrap_or(i64::MAX);
    let rows = statement.query_map(
        params![org, after, wanted.map(|list| list.to_string()), one_more],
        OrganizationUser::from_row,
    )?;
    let data = rows.collect::<Result<_, _>>()?;
    Ok(List::page(data, page.limit, |each: &OrganizationUser| {
        &each.id
    }))
}

/// Retrieve a user
///
/// Of the organization.
#[utoipa::path(get, path = "/v1/organization/users/{user_id}", tag = "Users", operation_id = "retrieve-user",
    params(("user_id" = String, Path, description = "The user.")), responses(
    (status = 200, description = "The user.", body = OrganizationUser),
    Usual,
))]
pub(super) async fn retrieve(
    State(app): State<App>,
    caller: Caller,
    Ids(id): Ids<String>,
) -> Result<Json<OrganizationUser>, ApiError> {
    let found = app
        .database
        .read(move |db| -> Result<OrganizationUser, ApiError> {
            in_organization(db, &caller.org_id, &id)?.ok_or_else(|| missing(&id))
        })
        .await?;
    Ok(Json(found))
}

/// The user, if it is one of that organization.
pub(super) fn in_organization(
    db: &Connection,
    org: &str,
    id: &str,
) -> rusqlite::Result<Option<OrganizationUser>> {
    db.prepare_cached(&format!(
        "SELECT {} FROM openai_users WHERE id = ?1 AND org_id = ?2",
        OrganizationUser::COLUMNS
    ))?
    .query_row([id, org], OrganizationUser::from_row)
    .optional()
}
