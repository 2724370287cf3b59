//! Signed tokens: the key that lives in the database, and what is signed and read with it.
//!
//! Guarantees: the key never leaves the database and this module. Must not know any vendor's claims,
//! which alone keep one vendor's token from counting at another.

use axum::http::{HeaderMap, header};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use rusqlite::{Connection, OptionalExtension};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::core::db::StartError;
use crate::core::{hs256, random};

/// The key that signs and checks.
pub struct Keys {
    signing: EncodingKey,
    checking: DecodingKey,
}

impl Keys {
    /// A token that says this.
    ///
    /// # Errors
    /// The token crate's.
    pub fn sign<T: Serialize>(&self, claims: &T) -> jsonwebtoken::errors::Result<String> {
        jsonwebtoken::encode(&Header::new(Algorithm::HS256), claims, &self.signing)
    }

    /// What a token says, if this key signed it and `validation` has nothing against it.
    #[must_use]
    pub fn read<T: DeserializeOwned>(&self, token: &str, validation: &Validation) -> Option<T> {
        jsonwebtoken::decode::<T>(token, &self.checking, validation)
            .ok()
            .map(|data| data.claims)
    }
}

/// Reads the signing key, or makes the one this database will keep.
///
/// # Errors
/// When the database or the system's generator fails.
pub fn load_or_make_key(db: &Connection) -> Result<Keys, StartError> {
    let stored: Option<Vec<u8>> = db
        .query_row(
            "SELECT value FROM meta WHERE key = 'signing_key'",
            [],
            |row| row.get(0),
        )
        .optional()?;
    let secret = match stored {
        Some(secret) => secret,
        None => {
            let secret = random::bytes::<32>()?.to_vec();
            db.execute(
                "INSERT INTO meta (key, value) VALUES ('signing_key', ?1)",
                [&secret],
            )?;
            secret
        }
    };
    hs256::install();
    Ok(Keys {
        signing: EncodingKey::from_secret(&secret),
        checking: DecodingKey::from_secret(&secret),
    })
}

/// The token of an `Authorization: Bearer` header.
#[must_use]
pub fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme
        .eq_ignore_ascii_case("bearer")
        .then_some(token.trim())
}
