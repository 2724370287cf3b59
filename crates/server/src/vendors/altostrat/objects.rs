//! The vendor's objects as they go over the wire: every field, exact types.
//!
//! Must not know who may see them.

use std::collections::BTreeMap;

use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ValueRef};
use rusqlite::{Row, ToSql};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::core::clock::Timestamp;

/// The envelope of every list.
#[derive(Debug, Serialize, ToSchema)]
pub struct List<T> {
    /// The objects.
    pub data: Vec<T>,
    /// Whether the list was cut.
    pub has_more: bool,
}

/// What a member may do; a later one may do everything an earlier one may.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Read.
    Viewer,
    /// Change, and manage those who are not owners.
    Admin,
    /// Everything, archiving included.
    Owner,
}

impl Role {
    /// As the contract and the database write it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Viewer => "viewer",
            Self::Admin => "admin",
            Self::Owner => "owner",
        }
    }

    /// The role of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Viewer, Self::Admin, Self::Owner]
            .into_iter()
            .find(|role| role.name() == name)
    }
}

impl FromSql for Role {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        Self::from_name(value.as_str()?).ok_or(FromSqlError::InvalidType)
    }
}

impl ToSql for Role {
    fn to_sql(&self) -> rusqlite::Result<rusqlite::types::ToSqlOutput<'_>> {
        self.name().to_sql()
    }
}

/// How subscriptions and usage are handled; chosen at creation for good.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum BillingMode {
    /// One billing account.
    Single,
    /// A billing account for each organization.
    Assigned,
    /// Seats shared by all organizations.
    Pooled,
}

impl BillingMode {
    /// As the contract and the database write it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Single => "single",
            Self::Assigned => "assigned",
            Self::Pooled => "pooled",
        }
    }

    /// The mode of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Single, Self::Assigned, Self::Pooled]
            .into_iter()
            .find(|mode| mode.name() == name)
    }
}

impl FromSql for BillingMode {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        Self::from_name(value.as_str()?).ok_or(FromSqlError::InvalidType)
    }
}

/// The top-level container of a tenant's resources.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Workspace {
    /// Starts with `ws_`.
    #[schema(example = "ws_a1b2c3d4e5f60718")]
    pub id: String,
    /// At most 50 Unicode code points.
    pub name: String,
    /// At most 200 Unicode code points.
    #[schema(required)]
    pub description: Option<String>,
    /// How it is billed.
    pub billing_mode: BillingMode,
    /// Seats, in pooled mode only.
    #[schema(required)]
    pub pooled_seat_limit: Option<i64>,
    /// Whether it is archived.
    pub archived: bool,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
    /// When it was archived.
    #[schema(required)]
    pub archived_at: Option<Timestamp>,
}

impl Workspace {
    /// The columns that [`Workspace::from_row`] reads, of a table called `w`.
    pub(super) const COLUMNS: &'static str = "w.id, w.name, w.description, w.billing_mode, \
         w.pooled_seat_limit, w.created_at, w.updated_at, w.archived_at";

    pub(super) fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        let archived_at: Option<Timestamp> = row.get(7)?;
        Ok(Self {
            id: row.get(0)?,
            name: row.get(1)?,
            description: row.get(2)?,
            billing_mode: row.get(3)?,
            pooled_seat_limit: row.get(4)?,
            archived: archived_at.is_some(),
            created_at: row.get(5)?,
            updated_at: row.get(6)?,
            archived_at,
        })
    }
}

/// A person's place in a workspace.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct WorkspaceMember {
    /// The subject of that person's tokens.
    #[schema(example = "auth0|64f5c0a1b2c3d4e5f6071829")]
    pub user_id: String,
    /// Which workspace.
    pub workspace_id: String,
    /// What the person may do there.
    pub role: Role,
    /// Since when.
    pub created_at: Timestamp,
    /// When the role last changed.
    pub updated_at: Timestamp,
}

/// A postal address.
#[derive(Debug, Serialize, ToSchema)]
pub struct Address {
    /// Two letters.
    pub country: String,
    /// Street and number.
    pub line1: String,
    /// More of it.
    #[schema(required)]
    pub line2: Option<String>,
    /// City.
    pub city: String,
    /// State or province.
    #[schema(required)]
    pub state: Option<String>,
    /// Postal code.
    pub postal_code: String,
}

/// Who pays.
#[derive(Debug, Serialize, ToSchema)]
pub struct BillingAccount {
    /// Starts with `cus_`.
    pub id: String,
    /// Which workspace.
    pub workspace_id: String,
    /// Its name.
    pub name: String,
    /// Where invoices go.
    pub email: String,
    /// A telephone number.
    #[schema(required)]
    pub phone: Option<String>,
    /// A note.
    #[schema(required)]
    pub description: Option<String>,
    /// Three letters.
    #[schema(example = "usd")]
    pub currency: String,
    /// Where it is.
    pub address: Address,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
}

/// Counts by kind of resource: `locations`, `users`, `sso`.
pub type Counts = BTreeMap<&'static str, i64>;

/// What an organization uses.
#[derive(Debug, Serialize, ToSchema)]
pub struct Usage {
    /// By itself.
    pub usage: Counts,
    /// With everything below it.
    pub subtree_usage: Counts,
}

/// How an organization's sign-in page looks.
#[derive(Debug, Serialize, ToSchema)]
pub struct Branding {
    /// The name shown.
    pub display_name: String,
    /// A hint in the sign-in field.
    #[schema(required)]
    pub login_hint: Option<String>,
}

/// A tenant or a unit inside a workspace.
#[derive(Debug, Serialize, ToSchema)]
pub struct Organization {
    /// Starts with `org_`.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Which workspace.
    pub workspace_id: String,
    /// The same organization in other systems.
    pub external_id: String,
    /// What it is part of.
    #[schema(required)]
    pub parent_org_id: Option<String>,
    /// Ids from the root to this one, joined by `#`.
    pub path: String,
    /// 0 for a root.
    pub depth: i64,
    /// Who pays for it.
    #[schema(required)]
    pub billing_account_id: Option<String>,
    /// An image's address.
    #[schema(required)]
    pub picture: Option<String>,
    /// What it uses.
    pub usage: Usage,
    /// What it may use at most; a kind that is absent has no limit.
    pub limits: Counts,
    /// How it looks.
    pub branding: Branding,
}
