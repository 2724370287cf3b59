//! Buckets and repositories: list them, delete one.
//!
//! Guarantees: only those of workspaces that the caller has access to are shown or found; a bucket
//! in use by a repository stays. Deleting is a mark that nothing takes away. The lists hold keys and
//! encrypted secrets, as the vendor's do; none of them opens anything.

use axum::Json;
use axum::extract::{RawQuery, State};
use rusqlite::{Connection, OptionalExtension, params};

use super::App;
use super::access::{self, Caller};
use super::errors::{ApiError, Failure};
use super::input::Ids;
use super::objects::{Access, Done, Moment};
use super::stored::{Bucket, Buckets, EncryptedSecret, RepoBrief, RepoBucket, Repos, Repository};

/// The workspace that a query asks for, if it names one.
fn workspace_of(query: Option<&str>) -> Option<String> {
    let query = query.unwrap_or_default();
    form_urlencoded::parse(query.as_bytes())
        .find(|(name, _)| name == "workspaceId")
        .map(|(_, id)| id.into_owned())
}

/// List buckets
///
/// All that the caller has access to, or those of one workspace.
#[utoipa::path(get, path = "/bucket", tag = "Storage", operation_id = "list_buckets",
    params(("workspaceId" = Option<String>, Query, description = "Only those of this workspace.")), responses(
    (status = 200, description = "The buckets.", body = Buckets),
    (status = 401, description = "No valid token.", body = Failure),
    (status = 404, description = "`User not found`", body = Failure),
    (status = 500, description = "`Failed to fetch buckets`", body = Failure),
))]
pub(super) async fn list_buckets(
    State(app): State<App>,
    caller: Caller,
    RawQuery(query): RawQuery,
) -> Result<Json<Buckets>, ApiError> {
    let buckets = app
        .database
        .read(move |db| -> Result<Vec<Bucket>, ApiError> {
            let user = caller.reader(db)?;
            let of = workspace_of(query.as_deref());
            Ok(buckets(db, &user.id, of.as_deref())?)
        })
        .await
        .map_err(|error| error.during("Failed to fetch buckets"))?;
    let success = true;
    Ok(Json(Buckets { success, buckets }))
}

fn buckets(db: &Connection, user: &str, of: Option<&str>) -> rusqlite::Result<Vec<Bucket>> {
    let mut statement = db.prepare_cached(
        "SELECT b.id, b.name, b.storage_type, b.created_at, b.workspace_id \
         FROM flashback_workspace_users m JOIN flashback_buckets b ON b.workspace_id = m.workspace_id \
         WHERE m.user_id = ?1 AND b.deleted_at IS NULL AND (?2 IS NULL OR b.workspace_id = ?2) \
         ORDER BY b.name, b.id",
    )?;
    let rows = statement.query_map(params![user, of], |row| {
        let (id, name): (String, String) = (row.get(0)?, row.get(1)?);
        Ok(Bucket {
            bucket: format!("{name}-{}", id.get(..8).unwrap_or_default()),
            storage_type: row.get(2)?,
            key: format!("AKIA{}", id.replace('-', "").to_uppercase()),
            secret: EncryptedSecret::of(&id),
            endpoint: "https://s3.example.com".to_owned(),
            region: "eu-west-1".to_owned(),
            status: "ONLINE".to_owned(),
            created_at: Moment(row.get(3)?),
            workspace_id: row.get(4)?,
            repos: used_by(db, &id)?,
            id,
            name,
        })
    })?;
    rows.collect()
}

/// The repositories that use a bucket.
fn used_by(db: &Connection, bucket: &str) -> rusqlite::Result<Vec<RepoBrief>> {
    let mut statement = db.prepare_cached(
        "SELECT r.id, r.name, r.storage_type, r.created_at FROM flashback_repo_buckets u \
         JOIN flashback_repos r ON r.id = u.repo_id \
         WHERE u.bucket_id = ?1 AND r.deleted_at IS NULL ORDER BY r.name, r.id",
    )?;
    let rows = statement.query_map([bucket], |row| {
        Ok(RepoBrief {
            id: row.get(0)?,
            name: row.get(1)?,
            storage_type: row.get(2)?,
            created_at: Moment(row.get(3)?),
        })
    })?;
    rows.collect()
}

/// List repositories
///
/// All that the caller has access to, or those of one workspace.
#[utoipa::path(get, path = "/repo", tag = "Storage", operation_id = "list_repos",
    params(("workspaceId" = Option<String>, Query, description = "Only those of this workspace.")), responses(
    (status = 200, description = "The repositories.", body = Repos),
    (status = 401, description = "No valid token.", body = Failure),
    (status = 404, description = "`User not found`", body = Failure),
    (status = 500, description = "`Failed to fetch repos`", body = Failure),
))]
pub(super) async fn list_repos(
    State(app): State<App>,
    caller: Caller,
    RawQuery(query): RawQuery,
) -> Result<Json<Repos>, ApiError> {
    let repos = app
        .database
        .read(move |db| -> Result<Vec<Repository>, ApiError> {
            let user = caller.reader(db)?;
            let of = workspace_of(query.as_deref());
            Ok(repos(db, &user.id, of.as_deref())?)
        })
        .await
        .map_err(|error| error.during("Failed to fetch repos"))?;
    let success = true;
    Ok(Json(Repos { success, repos }))
}

fn repos(db: &Connection, user: &str, of: Option<&str>) -> rusqlite::Result<Vec<Repository>> {
    let mut statement = db.prepare_cached(
        "SELECT r.id, r.name, r.storage_type, r.created_at, r.workspace_id \
         FROM flashback_workspace_users m JOIN flashback_repos r ON r.workspace_id = m.workspace_id \
         WHERE m.user_id = ?1 AND r.deleted_at IS NULL AND (?2 IS NULL OR r.workspace_id = ?2) \
         ORDER BY r.name, r.id",
    )?;
    let rows = statement.query_map(params![user, of], |row| {
        let id: String = row.get(0)?;
        Ok(Repository {
            name: row.get(1)?,
            storage_type: row.get(2)?,
            mode: "NORMAL".to_owned(),
            created_at: Moment(row.get(3)?),
            workspace_id: row.get(4)?,
            buckets: buckets_of(db, &id)?,
            disabled: false,
            id,
        })
    })?;
    rows.collect()
}

fn buckets_of(db: &Connection, repo: &str) -> rusqlite::Result<Vec<RepoBucket>> {
    let mut statement = db.prepare_cached(
        "SELECT bucket_id FROM flashback_repo_buckets WHERE repo_id = ?1 ORDER BY bucket_id",
    )?;
    let rows = statement.query_map([repo], |row| {
        Ok(RepoBucket {
            folder: String::new(),
            master: true,
            bucket_id: row.get(0)?,
        })
    })?;
    rows.collect()
}

/// What differs between the two kinds.
struct Kind {
    table: &'static str,
    missing: &'static str,
    forbidden: &'static str,
    failed: &'static str,
}

const BUCKET: Kind = Kind {
    table: "flashback_buckets",
    missing: "Bucket not found",
    forbidden: "Insufficient permissions to delete bucket",
    failed: "Failed to delete bucket",
};

const REPO: Kind = Kind {
    table: "flashback_repos",
    missing: "Repository not found",
    forbidden: "Insufficient permissions to delete repo",
    failed: "Failed to delete repo",
};

/// Delete a bucket
///
/// For ADMINs of its workspace, while no repository uses it.
#[utoipa::path(delete, path = "/bucket/{bucketId}", tag = "Storage", operation_id = "delete_bucket",
    params(("bucketId" = String, Path, description = "The bucket.")), responses(
    (status = 200, description = "It is deleted.", body = Done),
    (status = 401, description = "No valid token.", body = Failure),
    (status = 403, description = "The role does not reach, or a repository uses it.", body = Failure),
    (status = 404, description = "`User not found` or `Bucket not found`", body = Failure),
    (status = 500, description = "`Failed to delete bucket`", body = Failure),
))]
pub(super) async fn delete_bucket(
    State(app): State<App>,
    caller: Caller,
    Ids(id): Ids<String>,
) -> Result<Json<Done>, ApiError> {
    let now = app.clock.now();
    app.database
        .write(move |db| -> Result<(), ApiError> {
            deletable(db, &caller, &BUCKET, &id)?;
            if !used_by(db, &id)?.is_empty() {
                let message = "Cannot delete bucket that is used by a repository";
                return Err(ApiError::forbidden(message));
            }
            let mark = "UPDATE flashback_buckets SET deleted_at = ?2 WHERE id = ?1";
            db.execute(mark, params![id, now])?;
            Ok(())
        })
        .await
        .map_err(|error| error.during(BUCKET.failed))?;
    Ok(Json(Done::YES))
}

/// Delete a repository
///
/// For ADMINs of its workspace. Its buckets stay.
#[utoipa::path(delete, path = "/repo/{id}", tag = "Storage", operation_id = "delete_repo",
    params(("id" = String, Path, description = "The repository.")), responses(
    (status = 200, description = "It is deleted.", body = Done),
    (status = 401, description = "No valid token.", body = Failure),
    (status = 403, description = "The role does not reach.", body = Failure),
    (status = 404, description = "`User not found` or `Repository not found`", body = Failure),
    (status = 500, description = "`Failed to delete repo`", body = Failure),
))]
pub(super) async fn delete_repo(
    State(app): State<App>,
    caller: Caller,
    Ids(id): Ids<String>,
) -> Result<Json<Done>, ApiError> {
    let now = app.clock.now();
    app.database
        .write(move |db| -> Result<(), ApiError> {
            deletable(db, &caller, &REPO, &id)?;
            let mark = "UPDATE flashback_repos SET deleted_at = ?2 WHERE id = ?1";
            db.execute(mark, params![id, now])?;
            Ok(())
        })
        .await
        .map_err(|error| error.during(REPO.failed))?;
    Ok(Json(Done::YES))
}

/// Whether the caller may delete it: not found without access to its workspace, forbidden below ADMIN.
fn deletable(db: &Connection, caller: &Caller, kind: &Kind, id: &str) -> Result<(), ApiError> {
    let user = caller.reader(db)?;
    let workspace: Option<String> = db
        .prepare_cached(&format!(
            "SELECT workspace_id FROM {} WHERE id = ?1 AND deleted_at IS NULL",
            kind.table
        ))?
        .query_row([id], |row| row.get(0))
        .optional()?;
    let missing = || ApiError::not_found(kind.missing);
    let workspace = workspace.ok_or_else(missing)?;
    match access::access_of(db, &workspace, &user.id)? {
        Some(Access::Admin) => Ok(()),
        Some(Access::Read | Access::Write) => Err(ApiError::forbidden(kind.forbidden)),
        None => Err(missing()),
    }
}
