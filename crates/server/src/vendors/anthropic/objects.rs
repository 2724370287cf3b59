//! The vendor's objects as they go over the wire: every field, exact types.
//!
//! Must not know who may see them.

use std::collections::BTreeMap;

use rusqlite::Row;
use rusqlite::types::Type;
use serde::Serialize;
use utoipa::ToSchema;

use super::words::{Geo, KeyStatus, OrganizationRole, WorkspaceRole};
use crate::core::clock::Timestamp;

/// The caller's organization.
#[derive(Debug, Serialize, ToSchema)]
pub struct Organization {
    /// A UUID.
    pub id: String,
    /// Always `organization`.
    #[serde(rename = "type")]
    #[schema(example = "organization")]
    pub kind: &'static str,
    /// Its name.
    pub name: String,
}

/// The place `us`, which is the only one workspaces are kept in.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum WorkspaceGeo {
    /// The United States.
    Us,
}

/// Where requests may be computed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(untagged)]
pub enum AllowedGeos {
    /// The word `unrestricted`.
    Unrestricted(String),
    /// Only there.
    Only(Vec<Geo>),
}

impl AllowedGeos {
    /// Everywhere.
    #[must_use]
    pub fn unrestricted() -> Self {
        Self::Unrestricted("unrestricted".to_owned())
    }

    /// Whether it lets a place in.
    #[must_use]
    pub fn allow(&self, geo: Geo) -> bool {
        match self {
            Self::Unrestricted(_) => true,
            Self::Only(geos) => geos.contains(&geo),
        }
    }
}

/// Where data is kept and computed.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct DataResidency {
    /// An array of places, or the word `unrestricted`.
    pub allowed_inference_geos: AllowedGeos,
    /// For requests that name no place.
    pub default_inference_geo: Geo,
    /// Chosen at creation for good.
    pub workspace_geo: WorkspaceGeo,
}

/// Tags, in the order of their keys.
pub type Tags = BTreeMap<String, String>;

/// A part of the organization with its own keys, members and limits.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Workspace {
    /// Starts with `wrkspc_`.
    #[schema(example = "wrkspc_01a1b2c3d4e5f60718")]
    pub id: String,
    /// Always `workspace`.
    #[serde(rename = "type")]
    #[schema(example = "workspace")]
    pub kind: &'static str,
    /// From 1 to 40 Unicode code points.
    pub name: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was archived.
    #[schema(required)]
    pub archived_at: Option<Timestamp>,
    /// `#` and six hexadecimal digits.
    #[schema(example = "#6C5BB9")]
    pub display_color: String,
    /// Where its data is kept and computed.
    pub data_residency: DataResidency,
    /// The person's own tags.
    #[schema(value_type = BTreeMap<String, String>)]
    pub tags: Tags,
    /// The encryption key it was given.
    #[schema(required)]
    pub external_key_id: Option<String>,
    /// The user profile it was given.
    #[schema(required)]
    pub user_profile_id: Option<String>,
    /// Its encryption compartment.
    pub compartment_id: String,
    /// Whether it is the organization's default workspace.
    #[serde(skip)]
    pub is_default: bool,
}

impl Workspace {
    /// The columns that [`Workspace::from_row`] reads, of a table called `w`.
    pub(super) const COLUMNS: &'static str = "w.created_at, w.id, w.name, w.archived_at, w.display_color, \
         w.allowed_inference_geos, w.default_inference_geo, w.tags, w.external_key_id, \
         w.user_profile_id, w.compartment_id, w.kind = 'default'";

    pub(super) fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        let allowed: Option<String> = row.get(5)?;
        let allowed_inference_geos = match allowed {
            None => AllowedGeos::unrestricted(),
            Some(json) => AllowedGeos::Only(super::residency::geos_of(&json)),
        };
        let tags: String = row.get(7)?;
        let tags = serde_json::from_str(&tags).map_err(|error| {
            rusqlite::Error::FromSqlConversionFailure(7, Type::Text, Box::new(error))
        })?;
        Ok(Self {
            created_at: row.get(0)?,
            id: row.get(1)?,
            kind: "workspace",
            name: row.get(2)?,
            archived_at: row.get(3)?,
            display_color: row.get(4)?,
            data_residency: DataResidency {
                allowed_inference_geos,
                default_inference_geo: row.get(6)?,
                workspace_geo: WorkspaceGeo::Us,
            },
            tags,
            external_key_id: row.get(8)?,
            user_profile_id: row.get(9)?,
            compartment_id: row.get(10)?,
            is_default: row.get(11)?,
        })
    }
}

/// A person's place in a workspace.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct WorkspaceMember {
    /// Always `workspace_member`.
    #[serde(rename = "type")]
    #[schema(example = "workspace_member")]
    pub kind: &'static str,
    /// Who.
    pub user_id: String,
    /// Where.
    pub workspace_id: String,
    /// As what.
    pub workspace_role: WorkspaceRole,
}

/// A member that is no longer one.
#[derive(Debug, Serialize, ToSchema)]
pub struct WorkspaceMemberDeleted {
    /// Always `workspace_member_deleted`.
    #[serde(rename = "type")]
    #[schema(example = "workspace_member_deleted")]
    pub kind: &'static str,
    /// Who.
    pub user_id: String,
    /// Where.
    pub workspace_id: String,
}

/// A person of the organization.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct OrganizationUser {
    /// Starts with `user_`.
    pub id: String,
    /// Always `user`.
    #[serde(rename = "type")]
    #[schema(example = "user")]
    pub kind: &'static str,
    /// The person's name.
    pub name: String,
    /// The person's address.
    pub email: String,
    /// What the person is here.
    pub role: OrganizationRole,
    /// Since when.
    pub added_at: Timestamp,
}

/// A person who has left the organization.
#[derive(Debug, Serialize, ToSchema)]
pub struct UserDeleted {
    /// Who.
    pub id: String,
    /// Always `user_deleted`.
    #[serde(rename = "type")]
    #[schema(example = "user_deleted")]
    pub kind: &'static str,
}

/// Where an API key belongs.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum KeyScope {
    /// To the organization.
    Organization,
    /// To one workspace, the default one included.
    Workspace {
        /// Which.
        workspace_id: String,
    },
}

/// Whom an API key acts as.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Principal {
    /// A person.
    UserActor {
        /// Who.
        user_id: String,
    },
    /// A service account.
    ServiceAccountActor {
        /// Which.
        service_account_id: String,
    },
}

/// Who made an API key.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CreatedBy {
    /// The maker's id.
    pub id: String,
    /// `user` or `service_account`.
    #[serde(rename = "type")]
    #[schema(example = "user")]
    pub kind: &'static str,
}

/// A key for the other APIs of the vendor.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ApiKey {
    /// Starts with `apikey_`.
    pub id: String,
    /// Always `api_key`.
    #[serde(rename = "type")]
    #[schema(example = "api_key")]
    pub kind: &'static str,
    /// Its name.
    pub name: String,
    /// Whether it works.
    pub status: KeyStatus,
    /// Where it belongs.
    pub scope: KeyScope,
    /// Whom it acts as.
    #[schema(required)]
    pub principal: Option<Principal>,
    /// Who made it.
    #[schema(required)]
    pub created_by: Option<CreatedBy>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it ends.
    #[schema(required)]
    pub expires_at: Option<Timestamp>,
    /// Its beginning and its end.
    #[schema(required)]
    pub partial_key_hint: Option<String>,
}
