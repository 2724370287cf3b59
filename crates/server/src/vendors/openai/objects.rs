//! The vendor's objects as they go over the wire: every field, exact types.
//!
//! Must not know who may see them.

use rusqlite::Row;
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ValueRef};
use serde::Serialize;
use utoipa::ToSchema;

use crate::core::clock::Timestamp;

/// The envelope of every list.
#[derive(Debug, Serialize, ToSchema)]
pub struct List<T> {
    /// Always `list`.
    #[schema(example = "list")]
    pub object: &'static str,
    /// The objects.
    pub data: Vec<T>,
    /// The first of them.
    #[schema(required)]
    pub first_id: Option<String>,
    /// The last of them, which the next page comes after.
    #[schema(required)]
    pub last_id: Option<String>,
    /// Whether there is a next page.
    pub has_more: bool,
}

impl<T> List<T> {
    /// One page out of what was read: up to one more than `limit`, to know whether there is more.
    pub(super) fn page(mut data: Vec<T>, limit: usize, id: fn(&T) -> &str) -> Self {
        let has_more = data.len() > limit;
        data.truncate(limit);
        Self {
            object: "list",
            first_id: data.first().map(|each| id(each).to_owned()),
            last_id: data.last().map(|each| id(each).to_owned()),
            data,
            has_more,
        }
    }
}

/// Whether a project can be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// It can.
    Active,
    /// It can neither be used nor updated.
    Archived,
}

/// A project.
#[derive(Debug, Serialize, ToSchema)]
pub struct Project {
    /// Starts with `proj_`.
    #[schema(example = "proj_a1b2c3d4e5f60718")]
    pub id: String,
    /// Always `organization.project`.
    #[schema(example = "organization.project")]
    pub object: &'static str,
    /// Its name.
    pub name: String,
    /// When it was made, in seconds since 1970.
    pub created_at: i64,
    /// When it was archived, in seconds since 1970.
    #[schema(required)]
    pub archived_at: Option<i64>,
    /// Active or archived.
    pub status: Status,
    /// Where its data lie and are worked on.
    #[schema(required, example = "EU_STORAGE_PROCESSING")]
    pub residency: Option<String>,
    /// The customer's own key that goes with it.
    #[schema(required)]
    pub external_key_id: Option<String>,
    #[serde(skip)]
    pub(super) is_default: bool,
}

impl Project {
    /// The columns that [`Project::from_row`] reads.
    pub(super) const COLUMNS: &'static str =
        "id, name, created_at, archived_at, is_default, residency, external_key_id";

    pub(super) fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        let created_at: Timestamp = row.get(2)?;
        let archived_at: Option<Timestamp> = row.get(3)?;
        Ok(Self {
            id: row.get(0)?,
            object: "organization.project",
            name: row.get(1)?,
            created_at: created_at.seconds(),
            archived_at: archived_at.map(Timestamp::seconds),
            status: if archived_at.is_some() {
                Status::Archived
            } else {
                Status::Active
            },
            is_default: row.get(4)?,
            residency: row.get(5)?,
            external_key_id: row.get(6)?,
        })
    }

    pub(super) fn is_archived(&self) -> bool {
        self.status == Status::Archived
    }
}

/// What a user is in a project.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// May administer it.
    Owner,
    /// May use it.
    Member,
}

impl Role {
    /// As the vendor and the database write it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Member => "member",
        }
    }

    /// The role of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Owner, Self::Member]
            .into_iter()
            .find(|role| role.name() == name)
    }
}

impl FromSql for Role {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        Self::from_name(value.as_str()?).ok_or(FromSqlError::InvalidType)
    }
}

/// What a user is in the organization.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum OrganizationRole {
    /// May administer it.
    Owner,
    /// May use what it has.
    Reader,
}

impl OrganizationRole {
    /// As the vendor and the database write it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Reader => "reader",
        }
    }
}

impl FromSql for OrganizationRole {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let name = value.as_str()?;
        [Self::Owner, Self::Reader]
            .into_iter()
            .find(|role| role.name() == name)
            .ok_or(FromSqlError::InvalidType)
    }
}

/// A user of the organization.
#[derive(Debug, Serialize, ToSchema)]
pub struct OrganizationUser {
    /// Always `organization.user`.
    #[schema(example = "organization.user")]
    pub object: &'static str,
    /// Starts with `user_`.
    pub id: String,
    /// The user's name.
    pub name: String,
    /// The user's e-mail address.
    pub email: String,
    /// Owner or reader.
    pub role: OrganizationRole,
    /// Since when, in seconds since 1970.
    pub added_at: i64,
    /// Whether it is a program's account.
    pub is_service_account: bool,
    /// The same user as an account.
    pub user: NestedUser,
}

/// A user as an account.
#[derive(Debug, Serialize, ToSchema)]
pub struct NestedUser {
    /// Always `user`.
    #[schema(example = "user")]
    pub object: &'static str,
    /// Not the id that the API's paths take.
    pub id: String,
    /// The user's name.
    pub name: String,
    /// The user's e-mail address.
    pub email: String,
    /// A picture's address.
    #[schema(required)]
    pub picture: Option<String>,
    /// Whether the account may still sign in.
    pub enabled: bool,
    /// Whether it is shut out.
    pub banned: bool,
    /// Since when, in seconds since 1970.
    #[schema(required)]
    pub banned_at: Option<i64>,
}

impl OrganizationUser {
    /// The columns that [`OrganizationUser::from_row`] reads.
    pub(super) const COLUMNS: &'static str =
        "id, name, email, role, added_at, is_service_account, enabled, banned";

    pub(super) fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        let added_at: Timestamp = row.get(4)?;
        let (id, name, email): (String, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let banned: bool = row.get(7)?;
        Ok(Self {
            object: "organization.user",
            is_service_account: row.get(5)?,
            user: NestedUser {
                object: "user",
                id: id.replacen("user_", "user-", 1),
                name: name.clone(),
                email: email.clone(),
                picture: None,
                enabled: row.get(6)?,
                banned,
                banned_at: banned.then(|| added_at.seconds()),
            },
            id,
            name,
            email,
            role: row.get(3)?,
            added_at: added_at.seconds(),
        })
    }
}

/// A user's place in a project.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProjectUser {
    /// Always `organization.project.user`.
    #[schema(example = "organization.project.user")]
    pub object: &'static str,
    /// Starts with `user_`.
    pub id: String,
    /// The user's name.
    pub name: String,
    /// The user's e-mail address.
    pub email: String,
    /// Owner or member.
    pub role: Role,
    /// Since when, in seconds since 1970.
    pub added_at: i64,
}

impl ProjectUser {
    /// The columns that [`ProjectUser::from_row`] reads, of tables called `m` and `u`.
    pub(super) const COLUMNS: &'static str = "u.id, u.name, u.email, m.role, m.added_at";

    pub(super) fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        let added_at: Timestamp = row.get(4)?;
        Ok(Self {
            object: "organization.project.user",
            id: row.get(0)?,
            name: row.get(1)?,
            email: row.get(2)?,
            role: row.get(3)?,
            added_at: added_at.seconds(),
        })
    }
}

/// The answer to a removal.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProjectUserDeleted {
    /// Always `organization.project.user.deleted`.
    #[schema(example = "organization.project.user.deleted")]
    pub object: &'static str,
    /// Who is no longer there.
    pub id: String,
    /// Always true.
    pub deleted: bool,
}
