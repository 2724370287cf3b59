//! The organization whose key the caller holds.
//!
//! Guarantees: says nothing about a person, since a key belongs to none.

use axum::Json;
use axum::extract::State;

use super::App;
use super::access::Caller;
use super::errors::{ApiError, Failures};
use super::objects::Organization;

/// Retrieve the organization
#[utoipa::path(get, path = "/v1/organizations/me", tag = "Organization", operation_id = "retrieve_organization", responses(
    (status = 200, description = "The organization of the key.", body = Organization),
    Failures,
))]
pub(super) async fn retrieve(
    State(app): State<App>,
    caller: Caller,
) -> Result<Json<Organization>, ApiError> {
    let found = app
        .database
        .read(move |db| -> Result<Organization, ApiError> {
            let name = db.query_row(
                "SELECT name FROM anthropic_organizations WHERE id = ?1",
                [&caller.organization],
                |row| row.get(0),
            )?;
            Ok(Organization {
                id: caller.organization,
                kind: "organization",
                name,
            })
        })
        .await?;
    Ok(Json(found))
}
