//! Organizations of a workspace, as far as archiving needs them: they can be listed.

use axum::Json;
use axum::extract::State;
use rusqlite::{Connection, params};

use super::App;
use super::access::{self, Caller};
use super::errors::{ApiError, Guarded};
use super::input::Ids;
use super::objects::{Branding, Counts, List, Organization, Role, Usage};

/// List the organizations
///
/// For every member, parents before children.
#[utoipa::path(get, path = "/workspaces/{workspaceId}/organizations", tag = "Organizations", operation_id = "list_organizations",
    params(("workspaceId" = String, Path, description = "The workspace.")), responses(
    (status = 200, description = "All of them.", body = List<Organization>),
    Guarded,
))]
pub(super) async fn list(
    State(app): State<App>,
    caller: Caller,
    Ids(id): Ids<String>,
) -> Result<Json<List<Organization>>, ApiError> {
    let settings = app.settings;
    let data = app
        .database
        .read(move |db| -> Result<Vec<Organization>, ApiError> {
            access::workspace(db, &settings, &caller, &id, Role::Viewer)?;
            Ok(all(db, &id)?)
        })
        .await?;
    Ok(Json(List {
        data,
        has_more: false,
    }))
}

fn all(db: &Connection, workspace: &str) -> rusqlite::Result<Vec<Organization>> {
    // Below an organization is every one whose path goes on from its own.
    let mut statement = db.prepare_cached(
        "SELECT o.id, o.name, o.workspace_id, o.external_id, o.parent_org_id, o.path, o.depth, \
                o.billing_account_id, o.locations, o.users, o.sso, \
                sum(t.locations), sum(t.users), sum(t.sso) \
         FROM altostrat_organizations o \
         JOIN altostrat_organizations t ON t.workspace_id = o.workspace_id \
              AND (t.id = o.id OR substr(t.path, 1, length(o.path) + 1) = o.path || '#') \
         WHERE o.workspace_id = ?1 GROUP BY o.id ORDER BY o.depth, o.id",
    )?;
    let rows = statement.query_map(params![workspace], |row| {
        let name: String = row.get(1)?;
        let counts = |from: usize| -> rusqlite::Result<Counts> {
            Ok(Counts::from([
                ("locations", row.get(from)?),
                ("users", row.get(from + 1)?),
                ("sso", row.get(from + 2)?),
            ]))
        };
        Ok(Organization {
            id: row.get(0)?,
            workspace_id: row.get(2)?,
            external_id: row.get(3)?,
            parent_org_id: row.get(4)?,
            path: row.get(5)?,
            depth: row.get(6)?,
            billing_account_id: row.get(7)?,
            picture: None,
            usage: Usage {
                usage: counts(8)?,
                subtree_usage: counts(11)?,
            },
            limits: Counts::new(),
            branding: Branding {
                display_name: name.clone(),
                login_hint: None,
            },
            name,
        })
    })?;
    rows.collect()
}
