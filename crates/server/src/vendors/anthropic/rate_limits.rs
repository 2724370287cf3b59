//! The rate limits of a workspace: its own, and what it inherits.
//!
//! Guarantees: each value says where it is from; a page's cursor says nothing to whoever reads it.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use data_encoding::BASE64URL_NOPAD;
use rusqlite::{Connection, Row, params};
use serde::Serialize;
use utoipa::ToSchema;

use super::App;
use super::access::{self, Caller};
use super::errors::{ApiError, Failures, Missing};
use super::query::{Ids, Query};
use super::words::GroupType;

/// What a rate limit is about.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Group {
    /// The same in every organization.
    id: String,
    /// The kind of group.
    #[serde(rename = "type")]
    kind: GroupType,
    /// For people; of model groups alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    display_name: Option<String>,
}

/// Where a value is from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(tag = "type", rename_all = "lowercase")]
pub(super) enum Source {
    /// From the organization.
    Organization,
    /// From the workspace itself.
    Workspace,
}

/// One limit.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct LimitValue {
    /// What it counts.
    #[serde(rename = "type")]
    kind: String,
    /// The limit.
    value: i64,
    /// The organization's own, if it has one.
    #[schema(required)]
    org_limit: Option<i64>,
    /// Where the value is from.
    source: Source,
}

/// The limits of a workspace for one group.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct WorkspaceRateLimit {
    /// Always `workspace_rate_limit`.
    #[serde(rename = "type")]
    #[schema(example = "workspace_rate_limit")]
    kind: &'static str,
    /// The organization's entry.
    rate_limit_id: String,
    /// The workspace.
    workspace_id: String,
    /// What they are about.
    group: Group,
    /// Of a model group, its models.
    #[schema(required)]
    models: Option<Vec<String>>,
    /// The limits.
    limits: Vec<LimitValue>,
}

/// A part of the list.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct LimitPage {
    /// The entries.
    data: Vec<WorkspaceRateLimit>,
    /// The cursor for the next page, if there is one.
    #[schema(required)]
    next_page: Option<String>,
}

/// List the rate limits of a workspace
///
/// Its own, or with `include_inherited` those of the organization too.
#[utoipa::path(get, path = "/v1/organizations/workspaces/{workspace_id}/rate_limits", tag = "Rate limits", operation_id = "list_workspace_rate_limits",
    params(
        ("workspace_id" = String, Path, description = "The workspace."),
        ("group_type" = Option<GroupType>, Query, description = "Only these groups."),
        ("include_inherited" = Option<bool>, Query, description = "The organization's values too."),
        ("limit" = Option<u32>, Query, minimum = 1, maximum = 1000, description = "All where it is left out."),
        ("page" = Option<String>, Query, description = "A `next_page`."),
    ), responses(
    (status = 200, description = "A page.", body = LimitPage),
    Failures, Missing,
))]
pub(super) async fn list(
    State(app): State<App>,
    caller: Caller,
    Ids(id): Ids<String>,
    query: Query,
) -> Result<Json<LimitPage>, ApiError> {
    let page = app
        .database
        .read(move |db| -> Result<LimitPage, ApiError> {
            access::workspace(db, &caller, &id)?;
            let kind = query.word::<GroupType>("group_type")?;
            let inherited = query.flag("include_inherited")?;
            let limit = query.limit()?.unwrap_or(usize::MAX);
            let after = query.text("page").map(position).transpose()?.unwrap_or(-1);
            let mut data = Vec::new();
            let mut last = after;
            for entry in entries(db, &caller)? {
                let is_wanted = kind.is_none_or(|kind| kind == entry.kind);
                if entry.position <= after || !is_wanted {
                    continue;
                }
                let position = entry.position;
                let shown = entry.of_workspace(db, &id, inherited)?;
                if shown.limits.is_empty() {
                    continue;
                }
                if data.len() == limit {
                    let next_page = Some(BASE64URL_NOPAD.encode(last.to_string().as_bytes()));
                    return Ok(LimitPage { data, next_page });
                }
                data.push(shown);
                last = position;
            }
            Ok(LimitPage {
                data,
                next_page: None,
            })
        })
        .await?;
    Ok(Json(page))
}

fn position(cursor: &str) -> Result<i64, ApiError> {
    let bytes = BASE64URL_NOPAD.decode(cursor.as_bytes()).ok();
    bytes
        .and_then(|bytes| String::from_utf8(bytes).ok())
        .and_then(|text| text.parse().ok())
        .ok_or_else(|| ApiError::field("page", "is not a cursor of this list"))
}

/// An organization's entry.
pub(super) struct Entry {
    position: i64,
    id: String,
    group_id: String,
    kind: GroupType,
    display_name: Option<String>,
    models: Option<String>,
    limits: String,
}

/// All of them, in their order.
pub(super) fn entries(db: &Connection, caller: &Caller) -> rusqlite::Result<Vec<Entry>> {
    let mut statement = db.prepare_cached(
        "SELECT position, id, group_id, group_type, display_name, models, limits \
         FROM anthropic_rate_limits WHERE organization_id = ?1 ORDER BY position",
    )?;
    let read = |row: &Row<'_>| {
        Ok(Entry {
            position: row.get(0)?,
            id: row.get(1)?,
            group_id: row.get(2)?,
            kind: row.get(3)?,
            display_name: row.get(4)?,
            models: row.get(5)?,
            limits: row.get(6)?,
        })
    };
    statement.query_map([&caller.organization], read)?.collect()
}

impl Entry {
    pub(super) fn is(&self, id: &str) -> bool {
        self.id == id
    }

    /// What a workspace has of it.
    pub(super) fn of_workspace(
        self,
        db: &Connection,
        workspace: &str,
        inherited: bool,
    ) -> Result<WorkspaceRateLimit, ApiError> {
        let organization: BTreeMap<String, i64> = serde_json::from_str(&self.limits)?;
        let mut statement = db.prepare_cached(
            "SELECT type, value FROM anthropic_rate_limit_overrides \
             WHERE workspace_id = ?1 AND rate_limit_id = ?2 ORDER BY type",
        )?;
        let own = statement.query_map(params![workspace, self.id], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })?;
        let own: BTreeMap<String, i64> = own.collect::<Result<_, _>>()?;
        let mut limits: Vec<LimitValue> = own
            .iter()
            .map(|(kind, value)| LimitValue {
                kind: kind.clone(),
                value: *value,
                org_limit: organization.get(kind).copied(),
                source: Source::Workspace,
            })
            .collect();
        if inherited {
            let rest = organization
                .iter()
                .filter(|(kind, _)| !own.contains_key(*kind));
            limits.extend(rest.map(|(kind, value)| LimitValue {
                kind: kind.clone(),
                value: *value,
                org_limit: Some(*value),
                source: Source::Organization,
            }));
        }
        Ok(WorkspaceRateLimit {
            kind: "workspace_rate_limit",
            rate_limit_id: self.id,
            workspace_id: workspace.to_owned(),
            group: Group {
                id: self.group_id,
                kind: self.kind,
                display_name: self.display_name,
            },
            models: self
                .models
                .map(|models| serde_json::from_str(&models))
                .transpose()?,
            limits,
        })
    }
}
