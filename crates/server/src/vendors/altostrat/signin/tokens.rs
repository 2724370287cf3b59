//! Access tokens and the sessions behind them.
//!
//! Guarantees: a token counts only if its signature, audience, issuer and time are right and its
//! session has not been ended.

use jsonwebtoken::{Algorithm, Validation};
use rusqlite::{Connection, params};
use serde::{Deserialize, Serialize};

use super::people::{self, Person};
use super::{CLIENT_ID, SESSION_SECONDS};
use crate::core::clock::Timestamp;
use crate::core::db::StartError;
use crate::core::db::Unavailable;
use crate::core::jwt::Keys;
use crate::core::persona::Persona;
use crate::core::random;
use crate::vendors::altostrat::App;

const AUDIENCE: &str = "https://api.altostrat.io";
const ISSUER: &str = "https://signin.altostrat.io";

/// Fifteen minutes, as the best practice for browsers has it.
pub(super) const ACCESS_SECONDS: i64 = 15 * 60;

#[derive(Debug, Deserialize, Serialize)]
struct Claims {
    id: String,
    sub: String,
    user_id: String,
    scopes: Vec<String>,
    email: String,
    #[serde(rename = "urn:altostrat:email")]
    urn_email: String,
    name: String,
    #[serde(rename = "urn:altostrat:name")]
    urn_name: String,
    session: String,
    timezone: String,
    language: String,
    date_format: String,
    time_format: String,
    aud: String,
    iss: String,
    iat: i64,
    exp: i64,
    jti: String,
}

#[derive(Serialize)]
struct IdClaims<'a> {
    sub: &'a str,
    name: String,
    given_name: &'a str,
    family_name: &'a str,
    email: &'a str,
    email_verified: bool,
    aud: &'static str,
    iss: &'static str,
    iat: i64,
    exp: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    nonce: Option<&'a str>,
}

/// Who presented a token, and the session it was made from.
#[derive(Debug)]
pub struct Bearer {
    /// The person.
    pub user_id: String,
    /// The session.
    pub session: String,
}

/// A session of its own with one token that lasts as long as it: eight hours, enough for any script.
///
/// # Errors
/// When the database, the system's generator or the signing fails.
pub fn for_script(
    db: &Connection,
    keys: &Keys,
    persona: Persona,
    now: Timestamp,
) -> Result<String, StartError> {
    let person = people::by_persona(db, persona)?;
    let session = start_session::<StartError>(db, &person.user_id, "openid profile email", now)?;
    access_token(
        keys,
        &person,
        &session,
        "openid profile email",
        now,
        SESSION_SECONDS,
    )?
    .map_err(|error| StartError::Other(error.to_string()))
}

/// Begins a session.
pub(super) fn start_session<E>(
    db: &Connection,
    user_id: &str,
    scope: &str,
    now: Timestamp,
) -> Result<String, E>
where
    E: From<rusqlite::Error> + From<getrandom::Error>,
{
    let id = random::id("ses_")?;
    db.execute(
        "INSERT INTO altostrat_sessions (id, user_id, client_id, scope, created_at, ends_at) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        params![
            id,
            user_id,
            CLIENT_ID,
            scope,
            now,
            now.plus_seconds(SESSION_SECONDS)
        ],
    )?;
    Ok(id)
}

/// Ends a session, and with it every token made from it.
pub(super) fn end_session(db: &Connection, session: &str, now: Timestamp) -> rusqlite::Result<()> {
    db.execute(
        "UPDATE altostrat_sessions SET revoked_at = ?2 WHERE id = ?1 AND revoked_at IS NULL",
        params![session, now],
    )?;
    Ok(())
}

/// Signs an access token. The inner error is the token crate's.
pub(super) fn access_token(
    keys: &Keys,
    person: &Person,
    session: &str,
    scope: &str,
    now: Timestamp,
    seconds: i64,
) -> Result<jsonwebtoken::errors::Result<String>, getrandom::Error> {
    let claims = Claims {
        id: person.user_id.clone(),
        sub: person.user_id.clone(),
        user_id: person.user_id.clone(),
        scopes: scope.split(' ').map(str::to_owned).collect(),
        email: person.email.clone(),
        urn_email: person.email.clone(),
        name: person.name(),
        urn_name: person.name(),
        session: session.to_owned(),
        timezone: person.timezone.clone(),
        language: person.language.clone(),
        date_format: person.date_format.clone(),
        time_format: person.time_format.clone(),
        aud: AUDIENCE.to_owned(),
        iss: ISSUER.to_owned(),
        iat: now.seconds(),
        exp: now.plus_seconds(seconds).seconds(),
        jti: random::id("jti_")?,
    };
    Ok(keys.sign(&claims))
}

/// Signs an id token for the client.
pub(super) fn id_token(
    keys: &Keys,
    person: &Person,
    nonce: Option<&str>,
    now: Timestamp,
) -> jsonwebtoken::errors::Result<String> {
    keys.sign(&IdClaims {
        sub: &person.user_id,
        name: person.name(),
        given_name: &person.given_name,
        family_name: &person.family_name,
        email: &person.email,
        email_verified: true,
        aud: CLIENT_ID,
        iss: ISSUER,
        iat: now.seconds(),
        exp: now.plus_seconds(ACCESS_SECONDS).seconds(),
        nonce,
    })
}

/// The person behind a token that counts.
///
/// # Errors
/// When the database fails.
pub async fn check<E>(app: &App, token: &str) -> Result<Option<Bearer>, E>
where
    E: From<rusqlite::Error> + From<Unavailable> + Send + 'static,
{
    let now = app.clock.now();
    let Some(claims) = decode(&app.keys, token, now) else {
        return Ok(None);
    };
    app.database
        .read(move |db| -> Result<Option<Bearer>, E> {
            let lives: bool = db
                .prepare_cached(
                    "SELECT EXISTS (SELECT 1 FROM altostrat_sessions \
                     WHERE id = ?1 AND user_id = ?2 AND revoked_at IS NULL)",
                )?
                .query_row([&claims.session, &claims.sub], |row| row.get(0))?;
            Ok(lives.then_some(Bearer {
                user_id: claims.sub,
                session: claims.session,
            }))
        })
        .await
}

fn decode(keys: &Keys, token: &str, now: Timestamp) -> Option<Claims> {
    let mut validation = Validation::new(Algorithm::HS256);
    validation.set_audience(&[AUDIENCE]);
    validation.set_issuer(&[ISSUER]);
    validation.set_required_spec_claims(&["exp", "aud", "iss", "sub"]);
    // Compared below with the clock that the rest of the server goes by.
    validation.validate_exp = false;
    let claims: Claims = keys.read(token, &validation)?;
    (claims.exp > now.seconds()).then_some(claims)
}
