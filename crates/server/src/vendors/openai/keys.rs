//! Admin keys: whose organization one opens, and whether it may change anything.
//!
//! Guarantees: the database holds a key's fingerprint and never the key.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use rusqlite::{Connection, OptionalExtension, params};

use super::App;
use super::errors::ApiError;
use crate::core::clock::Timestamp;
use crate::core::db::StartError;
use crate::core::persona::Persona;
use crate::core::{jwt, random};

const PREFIX: &str = "sk-admin-";

/// A new key of a demo person; the viewer's can only read.
///
/// # Errors
/// When the database or the system's generator fails.
pub fn for_script(db: &Connection, persona: Persona, now: Timestamp) -> Result<String, StartError> {
    let key = format!("{PREFIX}{}", random::secret()?);
    db.execute(
        "INSERT INTO openai_admin_keys (fingerprint, org_id, can_write, created_at) \
         SELECT ?1, org_id, ?2, ?3 FROM openai_users WHERE persona = ?4",
        params![
            random::fingerprint(&key),
            persona != Persona::Viewer,
            now,
            persona.key()
        ],
    )?;
    Ok(key)
}

/// What a valid key opens.
pub(super) struct Caller {
    pub(super) org_id: String,
    can_write: bool,
}

impl FromRequestParts<App> for Caller {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        let key = jwt::bearer(&parts.headers).ok_or_else(ApiError::no_key)?;
        let fingerprint = random::fingerprint(key);
        app.database
            .read(move |db| -> Result<Option<Self>, ApiError> {
                let found = db
                    .prepare_cached(
                        "SELECT org_id, can_write FROM openai_admin_keys WHERE fingerprint = ?1",
                    )?
                    .query_row([fingerprint], |row| {
                        Ok(Self {
                            org_id: row.get(0)?,
                            can_write: row.get(1)?,
                        })
                    });
                Ok(found.optional()?)
            })
            .await?
            .ok_or_else(ApiError::wrong_key)
    }
}

impl Caller {
    /// Refuses a key that can only read.
    pub(super) fn may_write(&self) -> Result<(), ApiError> {
        if self.can_write {
            return Ok(());
        }
        let message = "You have insufficient permissions for this operation.";
        Err(ApiError::forbidden(message))
    }
}
