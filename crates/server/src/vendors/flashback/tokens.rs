//! Access tokens: signed, for one hour, with the claims that the vendor's client reads.
//!
//! Guarantees: a token of another vendor does not count here. A token counts to its end whatever
//! becomes of its session, as one that nobody looks up has to; who is behind it is read each time.

use jsonwebtoken::{Algorithm, Validation};
use rusqlite::Connection;
use serde::{Deserialize, Serialize};

use super::people::{self, User};
use crate::core::clock::Timestamp;
use crate::core::db::StartError;
use crate::core::jwt::Keys;
use crate::core::persona::Persona;

/// One hour, as documented.
const ACCESS_SECONDS: i64 = 60 * 60;

const ACCESS: &str = "access";
/// From before the second step of a sign-in.
const HALF: &str = "mfa";

#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
struct Claims {
    user_id: String,
    email: String,
    org_id: String,
    #[serde(rename = "type")]
    kind: String,
    iat: i64,
    exp: i64,
}

/// A token and when it ends.
pub(super) struct AccessToken {
    pub(super) text: String,
    pub(super) expires: Timestamp,
}

/// Signs a token for a user.
pub(super) fn issue(
    keys: &Keys,
    user: &User,
    now: Timestamp,
) -> jsonwebtoken::errors::Result<AccessToken> {
    sign(keys, user, now, ACCESS)
}

/// The same for someone whose second step is still to come.
pub(super) fn issue_half(
    keys: &Keys,
    user: &User,
    now: Timestamp,
) -> jsonwebtoken::errors::Result<AccessToken> {
    sign(keys, user, now, HALF)
}

fn sign(
    keys: &Keys,
    user: &User,
    now: Timestamp,
    kind: &str,
) -> jsonwebtoken::errors::Result<AccessToken> {
    let expires = now.plus_seconds(ACCESS_SECONDS);
    let claims = Claims {
        user_id: user.id.clone(),
        email: user.email.clone(),
        org_id: user.org_id.clone(),
        kind: kind.to_owned(),
        iat: now.seconds(),
        exp: expires.seconds(),
    };
    let text = keys.sign(&claims)?;
    Ok(AccessToken { text, expires })
}

/// An access token of a demo person.
///
/// # Errors
/// When the database or the signing fails.
pub fn for_script(
    db: &Connection,
    keys: &Keys,
    persona: Persona,
    now: Timestamp,
) -> Result<String, StartError> {
    let user = people::by_persona(db, persona)?;
    let token = issue(keys, &user, now).map_err(|error| StartError::Other(error.to_string()))?;
    Ok(token.text)
}

/// The id of the user that a token which counts was made for, and whether it is past the second
/// step of the sign-in.
pub(super) fn check(keys: &Keys, token: &str, now: Timestamp) -> Option<(String, bool)> {
    let mut validation = Validation::new(Algorithm::HS256);
    validation.set_required_spec_claims(&["exp"]);
    validation.validate_aud = false;
    // Compared below with the clock that the rest of the server goes by.
    validation.validate_exp = false;
    let claims: Claims = keys.read(token, &validation)?;
    let known = claims.kind == ACCESS || claims.kind == HALF;
    let verified = claims.kind == ACCESS;
    (known && claims.exp > now.seconds()).then_some((claims.user_id, verified))
}
