//! Workspaces: list, create, retrieve.
//!
//! Guarantees: the default workspace is in a list only if it is asked for, an archived one likewise;
//! either can always be retrieved by its id.

use axum::Json;
use axum::extract::State;
use rusqlite::types::Value as SqlValue;
use rusqlite::{Connection, params};
use serde::Deserialize;
use utoipa::ToSchema;

use super::App;
use super::access::{self, Caller};
use super::body::{BODY_LIMIT, Given, Input};
use super::errors::{ApiError, ErrorResponse, Failures, Missing};
use super::fields;
use super::keys_and_profiles::Attached;
use super::objects::{Tags, Workspace};
use super::page::{Listing, Page, Wanted};
use super::query::{Ids, Query};
use super::residency::{self, ResidencyRequest};
use super::words::Word;
use crate::core::random;

/// The contract's limit of workspaces that are not archived.
const MOST_ACTIVE: i64 = 100;

/// The contract's limit of a list's `ids`.
const MOST_IDS: usize = 100;

/// Of workspaces for which nobody chose one.
const USUAL_COLOR: &str = "#6C5BB9";

/// What a new workspace is made from.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct CreateWorkspaceRequest {
    /// From 1 to 40 Unicode code points.
    #[serde(default)]
    #[schema(value_type = String, required, min_length = 1, max_length = 40)]
    name: Given,
    /// `#` and six hexadecimal digits.
    #[serde(default)]
    #[schema(value_type = Option<String>, required = false, pattern = "^#[0-9A-Fa-f]{6}$")]
    display_color: Given,
    /// Unrestricted where it is left out.
    #[serde(default)]
    #[schema(value_type = Option<ResidencyRequest>, required = false)]
    data_residency: Given,
    /// Keys may not begin with `anthropic`.
    #[serde(default)]
    #[schema(value_type = Option<std::collections::BTreeMap<String, String>>, required = false)]
    tags: Given,
    /// Cannot be replaced later.
    #[serde(default)]
    #[schema(value_type = Option<String>, required = false)]
    external_key_id: Given,
    /// Cannot be replaced later.
    #[serde(default)]
    #[schema(value_type = Option<String>, required = false)]
    user_profile_id: Given,
}

/// List workspaces
#[utoipa::path(get, path = "/v1/organizations/workspaces", tag = "Workspaces", operation_id = "list_workspaces",
    params(
        ("after_id" = Option<String>, Query, description = "The page after this one. Not with `before_id`."),
        ("before_id" = Option<String>, Query, description = "The page before this one. Not with `after_id`."),
        ("limit" = Option<u32>, Query, minimum = 1, maximum = 1000, description = "20 where it is left out."),
        ("ids" = Option<Vec<String>>, Query, description = "Only these, at most 100. Also `ids[]`."),
        ("include_archived" = Option<bool>, Query, description = "Archived ones too."),
        ("include_default" = Option<bool>, Query, description = "The default one too."),
    ), responses(
    (status = 200, description = "A page.", body = Page<Workspace>),
    Failures,
))]
pub(super) async fn list(
    State(app): State<App>,
    caller: Caller,
    query: Query,
) -> Result<Json<Page<Workspace>>, ApiError> {
    let wanted = Wanted::from_query(&query)?;
    let mut listing = Listing {
        select: format!("SELECT {} FROM anthropic_workspaces w", Workspace::COLUMNS),
        place: ("w.created_at", "w.id"),
        scope: (
            "w.organization_id = ?",
            vec![SqlValue::from(caller.organization)],
        ),
        filters: Vec::new(),
        newest_first: app.settings.newest_first,
    };
    if !query.flag("include_archived")? {
        listing.filter("w.archived_at IS NULL", Vec::new());
    }
    if !query.flag("include_default")? {
        listing.filter("w.kind <> 'default'", Vec::new());
    }
    let ids = query.list("ids");
    if ids.len() > MOST_IDS {
        return Err(ApiError::field("ids", "List should have at most 100 items"));
    }
    if !ids.is_empty() {
        // The plus keeps SQLite from walking the whole organization in order to find a few.
        listing.scope.0 = "+w.organization_id = ?";
        let json = serde_json::to_string(&ids)?;
        listing.filter(
            "w.id IN (SELECT value FROM json_each(?))",
            vec![SqlValue::from(json)],
        );
    }
    let page = app
        .database
        .read(move |db| listing.page(db, &wanted, Workspace::from_row))
        .await?;
    Ok(Json(page))
}

/// Create a workspace
#[utoipa::path(post, path = "/v1/organizations/workspaces", tag = "Workspaces", operation_id = "create_workspace",
    request_body = CreateWorkspaceRequest, responses(
    (status = 200, description = "The new workspace.", body = Workspace),
    (status = 413, description = "The body is too large.", body = ErrorResponse),
    (status = 503, description = "It was created without all that was asked for; by a setting of this server.", body = ErrorResponse),
    Failures,
))]
pub(super) async fn create(
    State(app): State<App>,
    caller: Caller,
    Input(body): Input<CreateWorkspaceRequest, BODY_LIMIT>,
) -> Result<Json<Workspace>, ApiError> {
    let body = body?;
    let name = fields::name(body.name.required("name")?)?;
    let display_color = match body.display_color.or_null() {
        Some(color) => fields::color(color)?,
        None => USUAL_COLOR.to_owned(),
    };
    let data_residency = residency::chosen(body.data_residency.or_null())?;
    let mut tags = Tags::new();
    fields::merge_tags(&mut tags, body.tags.or_null(), false)?;
    let (key, profile) = (
        body.external_key_id.or_null(),
        body.user_profile_id.or_null(),
    );
    let attached = Attached::default().with(key, profile)?;
    let incomplete = app.settings.create_incomplete;
    if incomplete {
        tags.clear();
    }
    let new = Workspace {
        id: random::id("wrkspc_01")?,
        kind: "workspace",
        name,
        created_at: app.clock.now(),
        archived_at: None,
        display_color,
        data_residency,
        tags,
        external_key_id: attached.external_key_id.clone(),
        user_profile_id: attached.user_profile_id.clone(),
        compartment_id: random::uuid()?,
        is_default: false,
    };
    let settings = app.settings;
    let made = app
        .database
        .write(move |db| -> Result<Workspace, ApiError> {
            let settings = &settings;
            if settings.policy_needs_external_key && new.external_key_id.is_none() {
                let message =
                    "The organization's policy asks for an external key on every workspace.";
                return Err(ApiError::Policy("external_key_id", message.to_owned()));
            }
            attached.check(db, &caller)?;
            if active(db, &caller)? >= MOST_ACTIVE {
                let message = "The organization has 100 workspaces already; archive one first.";
                return Err(if settings.workspace_limit == 409 {
                    ApiError::Conflict(message.to_owned())
                } else {
                    ApiError::Invalid(message.to_owned())
                });
            }
            insert(db, &caller, &new)?;
            Ok(new)
        })
        .await?;
    if incomplete {
        return Err(ApiError::Incomplete(made.id));
    }
    Ok(Json(made))
}

/// Retrieve a workspace
///
/// Archived ones and the default one too.
#[utoipa::path(get, path = "/v1/organizations/workspaces/{workspace_id}", tag = "Workspaces", operation_id = "retrieve_workspace",
    params(("workspace_id" = String, Path, description = "The workspace.")), responses(
    (status = 200, description = "The workspace.", body = Workspace),
    Failures, Missing,
))]
pub(super) async fn retrieve(
    State(app): State<App>,
    caller: Caller,
    Ids(id): Ids<String>,
) -> Result<Json<Workspace>, ApiError> {
    let found = app
        .database
        .read(move |db| access::workspace(db, &caller, &id))
        .await?;
    Ok(Json(found))
}

/// How many workspaces count towards the limit, up to it. The default one is not made by anyone, so it does not.
fn active(db: &Connection, caller: &Caller) -> rusqlite::Result<i64> {
    db.prepare_cached(
        "SELECT count(*) FROM (SELECT 1 FROM anthropic_workspaces \
         WHERE organization_id = ?1 AND archived_at IS NULL AND kind <> 'default' LIMIT ?2)",
    )?
    .query_row(params![caller.organization, MOST_ACTIVE], |row| row.get(0))
}

fn insert(db: &Connection, caller: &Caller, new: &Workspace) -> Result<(), ApiError> {
    db.prepare_cached(
        "INSERT INTO anthropic_workspaces (id, organization_id, kind, name, display_color, \
         allowed_inference_geos, default_inference_geo, tags, compartment_id, external_key_id, \
         user_profile_id, created_at) \
         VALUES (?1, ?2, 'ordinary', ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
    )?
    .execute(params![
        new.id,
        caller.organization,
        new.name,
        new.display_color,
        residency::column(&new.data_residency.allowed_inference_geos)?,
        new.data_residency.default_inference_geo.name(),
        serde_json::to_string(&new.tags)?,
        new.compartment_id,
        new.external_key_id,
        new.user_profile_id,
        new.created_at
    ])?;
    Ok(())
}
