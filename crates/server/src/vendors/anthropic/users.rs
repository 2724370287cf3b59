//! The people of the organization: list, retrieve, change, remove.
//!
//! Guarantees: newest first, which the contract states for this list alone. Admins are neither made,
//! changed nor removed here, and the last person stays.

use axum::Json;
use axum::extract::State;
use rusqlite::types::Value as SqlValue;
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::Deserialize;
use utoipa::ToSchema;

use super::App;
use super::access::Caller;
use super::body::{self, BODY_LIMIT, Given, Input};
use super::errors::{ApiError, Failures, Missing};
use super::objects::{OrganizationUser, UserDeleted};
use super::page::{Listing, Page, Wanted};
use super::query::{Ids, Query};
use super::words::{self, OrganizationRole};

const COLUMNS: &str = "added_at, id, name, email, role";

/// The new role.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ChangeUserRequest {
    /// One of user, developer, billing, claude_code_user.
    #[serde(default)]
    #[schema(value_type = OrganizationRole, required)]
    role: Given,
}

/// List the people
#[utoipa::path(get, path = "/v1/organizations/users", tag = "Users", operation_id = "list_users",
    params(
        ("after_id" = Option<String>, Query, description = "The page after this one. Not with `before_id`."),
        ("before_id" = Option<String>, Query, description = "The page before this one. Not with `after_id`."),
        ("limit" = Option<u32>, Query, minimum = 1, maximum = 1000, description = "20 where it is left out."),
        ("email" = Option<String>, Query, description = "Only this address, in small or capital letters."),
        ("roles" = Option<Vec<OrganizationRole>>, Query, description = "Only these roles. Also `roles[]`."),
    ), responses(
    (status = 200, description = "A page.", body = Page<OrganizationUser>),
    Failures,
))]
pub(super) async fn list(
    State(app): State<App>,
    caller: Caller,
    query: Query,
) -> Result<Json<Page<OrganizationUser>>, ApiError> {
    let wanted = Wanted::from_query(&query)?;
    let mut listing = Listing {
        select: format!("SELECT {COLUMNS} FROM anthropic_users"),
        place: ("added_at", "id"),
        scope: (
            "organization_id = ?",
            vec![SqlValue::from(caller.organization)],
        ),
        filters: Vec::new(),
        newest_first: true,
    };
    if let Some(email) = query.text("email") {
        listing.filter(
            "lower(email) = lower(?)",
            vec![SqlValue::from(email.to_owned())],
        );
    }
    let roles = query.list("roles");
    for role in &roles {
        words::read::<OrganizationRole>("roles", role)?;
    }
    if !roles.is_empty() {
        let json = serde_json::to_string(&roles)?;
        listing.filter(
            "role IN (SELECT value FROM json_each(?))",
            vec![SqlValue::from(json)],
        );
    }
    let page = app
        .database
        .read(move |db| listing.page(db, &wanted, from_row))
        .await?;
    Ok(Json(page))
}

/// Retrieve a person
#[utoipa::path(get, path = "/v1/organizations/users/{user_id}", tag = "Users", operation_id = "retrieve_user",
    params(("user_id" = String, Path, description = "The user.")), responses(
    (status = 200, description = "The user.", body = OrganizationUser),
    Failures, Missing,
))]
pub(super) async fn retrieve(
    State(app): State<App>,
    caller: Caller,
    Ids(id): Ids<String>,
) -> Result<Json<OrganizationUser>, ApiError> {
    let found = app.database.read(move |db| known(db, &caller, &id)).await?;
    Ok(Json(found))
}

/// Change a person's role
#[utoipa::path(post, path = "/v1/organizations/users/{user_id}", tag = "Users", operation_id = "update_user",
    params(("user_id" = String, Path, description = "The user.")),
    request_body = ChangeUserRequest, responses(
    (status = 200, description = "The user as it is now.", body = OrganizationUser),
    Failures, Missing,
))]
pub(super) async fn change(
    State(app): State<App>,
    caller: Caller,
    Ids(id): Ids<String>,
    Input(body): Input<ChangeUserRequest, BODY_LIMIT>,
) -> Result<Json<OrganizationUser>, ApiError> {
    let changed = app
        .database
        .write(move |db| -> Result<OrganizationUser, ApiError> {
            let mut user = known(db, &caller, &id)?;
            let role: OrganizationRole = body::word("role", body?.role.required("role")?)?;
            if !role.is_assignable() {
                let problem = "Input should be one of user, developer, billing, claude_code_user";
                return Err(ApiError::field("role", problem));
            }
            not_admin(&user, "The role of an admin cannot be changed here.")?;
            db.execute(
                "UPDATE anthropic_users SET role = ?2 WHERE id = ?1",
                params![id, role],
            )?;
            user.role = role;
            Ok(user)
        })
        .await?;
    Ok(Json(changed))
}

/// Remove a person
///
/// From every workspace too.
#[utoipa::path(delete, path = "/v1/organizations/users/{user_id}", tag = "Users", operation_id = "remove_user",
    params(("user_id" = String, Path, description = "The user.")), responses(
    (status = 200, description = "That person has left the organization.", body = UserDeleted),
    Failures, Missing,
))]
pub(super) async fn remove(
    State(app): State<App>,
    caller: Caller,
    Ids(id): Ids<String>,
) -> Result<Json<UserDeleted>, ApiError> {
    let removed = app
        .database
        .write(move |db| -> Result<UserDeleted, ApiError> {
            let user = known(db, &caller, &id)?;
            let people: i64 = db.query_row(
                "SELECT count(*) FROM anthropic_users WHERE organization_id = ?1",
                [&caller.organization],
                |row| row.get(0),
            )?;
            if people == 1 {
                let message = "The user is the only member of the organization.";
                let code = "cannot_remove_last_member";
                return Err(ApiError::Coded(code, message.to_owned()));
            }
            not_admin(&user, "An admin cannot be removed here.")?;
            db.execute("DELETE FROM anthropic_members WHERE user_id = ?1", [&id])?;
            db.execute("DELETE FROM anthropic_users WHERE id = ?1", [&id])?;
            Ok(UserDeleted {
                id,
                kind: "user_deleted",
            })
        })
        .await?;
    Ok(Json(removed))
}

fn not_admin(user: &OrganizationUser, refusal: &str) -> Result<(), ApiError> {
    if user.role.is_admin() {
        return Err(ApiError::Invalid(refusal.to_owned()));
    }
    Ok(())
}

/// Somebody of the caller's organization.
pub(super) fn find(
    db: &Connection,
    caller: &Caller,
    id: &str,
) -> rusqlite::Result<Option<OrganizationUser>> {
    db.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM anthropic_users WHERE id = ?1 AND organization_id = ?2"
    ))?
    .query_row(params![id, caller.organization], from_row)
    .optional()
}

fn known(db: &Connection, caller: &Caller, id: &str) -> Result<OrganizationUser, ApiError> {
    find(db, caller, id)?.ok_or(ApiError::NotFound("The user"))
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<OrganizationUser> {
    Ok(OrganizationUser {
        added_at: row.get(0)?,
        id: row.get(1)?,
        kind: "user",
        name: row.get(2)?,
        email: row.get(3)?,
        role: row.get(4)?,
    })
}
