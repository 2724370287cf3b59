//! Buckets and repositories as they go over the wire, keys and encrypted secrets included.
//!
//! Must not know who may see them.

use serde::Serialize;
use utoipa::ToSchema;

use super::objects::Moment;

/// A secret as the vendor's lists hold it: encrypted.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct EncryptedSecret {
    /// The encrypted key of it.
    pub key: String,
    /// The initialization vector.
    pub iv: String,
    /// The tag.
    pub auth_tag: String,
    /// The text itself.
    pub message: String,
}

impl EncryptedSecret {
    /// One that opens nothing, the same each time for the same id.
    pub(super) fn of(id: &str) -> Self {
        Self {
            key: format!("sealed-key-{id}"),
            iv: format!("sealed-iv-{id}"),
            auth_tag: format!("sealed-tag-{id}"),
            message: format!("sealed-text-{id}"),
        }
    }
}

/// A bucket.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Bucket {
    /// A UUID.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What it is called at its own provider.
    pub bucket: String,
    /// `S3`, `GCS` or `BLOB`.
    #[schema(example = "S3")]
    pub storage_type: String,
    /// The access key.
    pub key: String,
    /// The secret key, encrypted.
    pub secret: EncryptedSecret,
    /// Where its provider is.
    pub endpoint: String,
    /// Its provider's region.
    pub region: String,
    /// Whether it could be reached.
    #[schema(example = "ONLINE")]
    pub status: String,
    /// Since when.
    pub created_at: Moment,
    /// Which workspace it is in.
    pub workspace_id: String,
    /// The repositories that use it.
    pub repos: Vec<RepoBrief>,
}

/// A repository as a bucket names it.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RepoBrief {
    /// A UUID.
    pub id: String,
    /// Its name.
    pub name: String,
    /// `S3`, `GCS` or `BLOB`.
    pub storage_type: String,
    /// Since when.
    pub created_at: Moment,
}

/// A repository.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Repository {
    /// A UUID.
    pub id: String,
    /// Its name.
    pub name: String,
    /// `S3`, `GCS` or `BLOB`.
    pub storage_type: String,
    /// `NORMAL` or `MIRROR`.
    #[schema(example = "NORMAL")]
    pub mode: String,
    /// Since when.
    pub created_at: Moment,
    /// Which workspace it is in.
    pub workspace_id: String,
    /// The buckets that it uses.
    pub buckets: Vec<RepoBucket>,
    /// Whether it is switched off.
    pub disabled: bool,
}

/// A bucket as a repository names it.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RepoBucket {
    /// The folder in the bucket.
    pub folder: String,
    /// Whether it is the first of a mirror.
    pub master: bool,
    /// Which.
    pub bucket_id: String,
}

/// The answer with buckets.
#[derive(Debug, Serialize, ToSchema)]
pub struct Buckets {
    /// Always true.
    pub success: bool,
    /// All of them.
    pub buckets: Vec<Bucket>,
}

/// The answer with repositories.
#[derive(Debug, Serialize, ToSchema)]
pub struct Repos {
    /// Always true.
    pub success: bool,
    /// All of them.
    pub repos: Vec<Repository>,
}
