//! The external key and the user profile of a workspace: whether they may be given, and whether together.
//!
//! Guarantees: each is written once; both exist in the organization; a key and its workspace have the
//! same profile or none.

use rusqlite::{Connection, OptionalExtension, params};
use serde_json::Value;

use super::access::Caller;
use super::body;
use super::errors::ApiError;

const KEY: &str = "external_key_id";
const PROFILE: &str = "user_profile_id";

/// What a workspace has or is given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Attached {
    pub(super) external_key_id: Option<String>,
    pub(super) user_profile_id: Option<String>,
}

impl Attached {
    /// With what is given besides.
    pub(super) fn with(
        &self,
        key: Option<Value>,
        profile: Option<Value>,
    ) -> Result<Self, ApiError> {
        Ok(Self {
            external_key_id: once(KEY, self.external_key_id.as_ref(), key)?,
            user_profile_id: once(PROFILE, self.user_profile_id.as_ref(), profile)?,
        })
    }

    /// Refuses what does not exist or does not fit together.
    pub(super) fn check(&self, db: &Connection, caller: &Caller) -> Result<(), ApiError> {
        if let Some(profile) = &self.user_profile_id {
            let known: bool = db.query_row(
                "SELECT EXISTS (SELECT 1 FROM anthropic_user_profiles \
                 WHERE id = ?1 AND organization_id = ?2)",
                params![profile, caller.organization],
                |row| row.get(0),
            )?;
            if !known {
                let message = format!("The user profile {profile} does not exist.");
                return Err(ApiError::Coded("user_profile_not_found", message));
            }
        }
        let Some(key) = &self.external_key_id else {
            return Ok(());
        };
        let bound: Option<Option<String>> = db
            .query_row(
                "SELECT user_profile_id FROM anthropic_external_keys \
                 WHERE id = ?1 AND organization_id = ?2",
                params![key, caller.organization],
                |row| row.get(0),
            )
            .optional()?;
        match bound {
            None => Err(ApiError::field(KEY, "does not name an external key")),
            Some(profile) if profile != self.user_profile_id => {
                let message =
                    "The external key and the workspace would not have the same user profile.";
                Err(ApiError::Coded("key_profile_mismatch", message.to_owned()))
            }
            Some(_) => Ok(()),
        }
    }
}

fn once(
    name: &str,
    there: Option<&String>,
    given: Option<Value>,
) -> Result<Option<String>, ApiError> {
    let given = given.map(|value| body::text(name, value)).transpose()?;
    match (there, given) {
        (Some(there), Some(given)) if *there != given => Err(ApiError::field(
            name,
            "cannot be replaced once it has been set",
        )),
        (_, Some(given)) => Ok(Some(given)),
        (there, None) => Ok(there.cloned()),
    }
}
