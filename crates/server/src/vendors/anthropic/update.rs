//! Changing a workspace.
//!
//! Guarantees: what is not named stays; either everything that is named is changed or nothing is.

use axum::Json;
use axum::extract::State;
use rusqlite::params;
use serde::Deserialize;
use utoipa::ToSchema;

use super::App;
use super::access::{self, Caller};
use super::body::{BODY_LIMIT, Given, Input};
use super::errors::{ApiError, ErrorResponse, Failures, Missing};
use super::fields;
use super::keys_and_profiles::Attached;
use super::objects::Workspace;
use super::query::Ids;
use super::residency::{self, ResidencyRequest};
use super::words::Word;

/// What to change.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct UpdateWorkspaceRequest {
    /// From 1 to 40 Unicode code points.
    #[serde(default)]
    #[schema(value_type = String, required = false, min_length = 1, max_length = 40)]
    name: Given,
    /// `#` and six hexadecimal digits.
    #[serde(default)]
    #[schema(value_type = String, required = false, pattern = "^#[0-9A-Fa-f]{6}$")]
    display_color: Given,
    /// Without `workspace_geo`.
    #[serde(default)]
    #[schema(value_type = Option<ResidencyRequest>, required = false)]
    data_residency: Given,
    /// A key with a value is set, one with null removed; the others stay.
    #[serde(default)]
    #[schema(value_type = Option<std::collections::BTreeMap<String, Option<String>>>, required = false)]
    tags: Given,
    /// Once.
    #[serde(default)]
    #[schema(value_type = String, required = false)]
    external_key_id: Given,
    /// Once, and never for the default workspace.
    #[serde(default)]
    #[schema(value_type = String, required = false)]
    user_profile_id: Given,
}

/// Update a workspace
#[utoipa::path(post, path = "/v1/organizations/workspaces/{workspace_id}", tag = "Workspaces", operation_id = "update_workspace",
    params(("workspace_id" = String, Path, description = "The workspace.")),
    request_body = UpdateWorkspaceRequest, responses(
    (status = 200, description = "The workspace as it is now.", body = Workspace),
    (status = 413, description = "The body is too large.", body = ErrorResponse),
    (status = 503, description = "Some of it may have been saved; by a setting of this server.", body = ErrorResponse),
    Failures, Missing,
))]
pub(super) async fn update(
    State(app): State<App>,
    caller: Caller,
    Ids(id): Ids<String>,
    Input(body): Input<UpdateWorkspaceRequest, BODY_LIMIT>,
) -> Result<Json<Workspace>, ApiError> {
    let settings = app.settings;
    let unknown = settings.update_unknown;
    let updated = app
        .database
        .write(move |db| -> Result<Workspace, ApiError> {
            let settings = &settings;
            let mut workspace = access::workspace(db, &caller, &id)?;
            let body = body?;
            access::not_archived(settings, &workspace)?;
            if let Some(name) = body.name.not_null("name")? {
                let refusal = "The default workspace cannot be renamed.";
                access::not_default(settings, &workspace, refusal)?;
                workspace.name = fields::name(name)?;
            }
            if let Some(color) = body.display_color.not_null("display_color")? {
                workspace.display_color = fields::color(color)?;
            }
            workspace.data_residency =
                residency::changed(workspace.data_residency, body.data_residency.or_null())?;
            fields::merge_tags(&mut workspace.tags, body.tags.or_null(), true)?;
            let before = Attached {
                external_key_id: workspace.external_key_id,
                user_profile_id: workspace.user_profile_id,
            };
            let after = before.with(
                body.external_key_id.not_null("external_key_id")?,
                body.user_profile_id.not_null("user_profile_id")?,
            )?;
            if after != before {
                after.check(db, &caller)?;
            }
            workspace.external_key_id = after.external_key_id;
            workspace.user_profile_id = after.user_profile_id;
            if workspace.user_profile_id.is_some() {
                let refusal = "The default workspace cannot have a user profile.";
                access::not_default(settings, &workspace, refusal)?;
            }
            write(db, &workspace)?;
            Ok(workspace)
        })
        .await?;
    if unknown {
        return Err(ApiError::OutcomeUnknown);
    }
    Ok(Json(updated))
}

fn write(db: &rusqlite::Connection, workspace: &Workspace) -> Result<(), ApiError> {
    db.prepare_cached(
        "UPDATE anthropic_workspaces SET name = ?2, display_color = ?3, \
         allowed_inference_geos = ?4, default_inference_geo = ?5, tags = ?6, \
         external_key_id = ?7, user_profile_id = ?8 WHERE id = ?1",
    )?
    .execute(params![
        workspace.id,
        workspace.name,
        workspace.display_color,
        residency::column(&workspace.data_residency.allowed_inference_geos)?,
        workspace.data_residency.default_inference_geo.name(),
        serde_json::to_string(&workspace.tags)?,
        workspace.external_key_id,
        workspace.user_profile_id
    ])?;
    Ok(())
}
