//! An API key of a project as it goes over the wire.
//!
//! Must not know who may see it.

use rusqlite::Row;
use serde::Serialize;
use utoipa::ToSchema;

use super::objects::Role;
use crate::core::clock::Timestamp;

/// An API key. The key itself is not among what is shown.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProjectKey {
    /// Always `organization.project.api_key`.
    #[schema(example = "organization.project.api_key")]
    pub object: &'static str,
    /// Starts with `key_`.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The part of it that may be seen.
    #[schema(example = "sk-proj-…a1b2")]
    pub redacted_value: String,
    /// Since when, in seconds since 1970.
    pub created_at: i64,
    /// When it was used last, in seconds since 1970.
    #[schema(required)]
    pub last_used_at: Option<i64>,
    /// When it ends, in seconds since 1970. None of these does.
    #[schema(required)]
    pub expires_at: Option<i64>,
    /// Whose it is.
    pub owner: Owner,
    /// Whether whoever owns it has access to the project: `active` or `inactive`.
    #[schema(example = "active")]
    pub owner_project_access: &'static str,
}

/// Whose a key is: of a user, or else of a service account.
#[derive(Debug, Serialize, ToSchema)]
pub struct Owner {
    /// `user` or `service_account`.
    #[serde(rename = "type")]
    #[schema(example = "user")]
    pub kind: &'static str,
    /// The user.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user: Option<OwningUser>,
    /// The service account.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service_account: Option<OwningAccount>,
}

/// A user who owns a key.
#[derive(Debug, Serialize, ToSchema)]
pub struct OwningUser {
    /// Starts with `user_`.
    pub id: String,
    /// The user's name.
    pub name: String,
    /// The user's e-mail address.
    pub email: String,
    /// Owner or member.
    pub role: Role,
    /// Since when, in seconds since 1970.
    pub created_at: i64,
}

/// A service account that owns a key.
#[derive(Debug, Serialize, ToSchema)]
pub struct OwningAccount {
    /// Starts with `svc_`.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Owner or member.
    pub role: Role,
    /// Since when, in seconds since 1970.
    pub created_at: i64,
}

impl ProjectKey {
    /// The rows that [`ProjectKey::from_row`] reads. A service account has access to its project;
    /// a user only as long as they are in it.
    pub(super) const ROWS: &'static str = "SELECT k.id, k.name, k.redacted_value, k.created_at, \
         k.last_used_at, k.account, u.id AS user_id, u.name AS user_name, u.email, m.role, u.added_at, \
         k.project_id, (k.account IS NOT NULL OR m.role IS NOT NULL) AS has_access \
         FROM openai_project_keys k LEFT JOIN openai_users u ON u.id = k.user_id \
         LEFT JOIN openai_project_users m ON m.user_id = k.user_id AND m.project_id = k.project_id";

    pub(super) fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        let id: String = row.get(0)?;
        let created_at: Timestamp = row.get(3)?;
        let last_used_at: Option<Timestamp> = row.get(4)?;
        let account: Option<String> = row.get(5)?;
        let has_access: bool = row.get(12)?;
        let owner = match account {
            Some(name) => Owner {
                kind: "service_account",
                user: None,
                service_account: Some(OwningAccount {
                    id: format!("svc_{}", id.trim_start_matches("key_")),
                    name,
                    role: Role::Member,
                    created_at: created_at.seconds(),
                }),
            },
            None => {
                let since: Timestamp = row.get(10)?;
                Owner {
                    kind: "user",
                    user: Some(OwningUser {
                        id: row.get(6)?,
                        name: row.get(7)?,
                        email: row.get(8)?,
                        role: row.get::<_, Option<Role>>(9)?.unwrap_or(Role::Member),
                        created_at: since.seconds(),
                    }),
                    service_account: None,
                }
            }
        };
        Ok(Self {
            object: "organization.project.api_key",
            name: row.get(1)?,
            redacted_value: row.get(2)?,
            created_at: created_at.seconds(),
            last_used_at: last_used_at.map(Timestamp::seconds),
            expires_at: None,
            owner,
            owner_project_access: if has_access { "active" } else { "inactive" },
            id,
        })
    }
}

/// The answer to a deletion.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProjectKeyDeleted {
    /// Always `organization.project.api_key.deleted`.
    #[schema(example = "organization.project.api_key.deleted")]
    pub object: &'static str,
    /// Which is no longer there.
    pub id: String,
    /// Always true.
    pub deleted: bool,
}
