//! `POST /oauth/token`: a code or a refresh token for new tokens.
//!
//! Guarantees: each code and each refresh token works once. One that is shown again is taken for
//! stolen, and ends its whole session, for the thief and the robbed alike.

use axum::Json;
use axum::body::Body;
use axum::extract::State;
use axum::http::HeaderMap;
use data_encoding::BASE64URL_NOPAD;
use rusqlite::{Connection, OptionalExtension, params};
use serde::Serialize;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use super::form::{Form, OAuthError};
use super::{CLIENT_ID, people, tokens};
use crate::core::clock::Timestamp;
use crate::core::jwt::Keys;
use crate::core::random;
use crate::vendors::altostrat::App;

/// The answer of the token endpoint.
#[derive(Serialize)]
pub(super) struct TokenReply {
    access_token: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    refresh_token: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    id_token: Option<String>,
    token_type: &'static str,
    expires_in: i64,
    scope: String,
}

/// A session that may have tokens made from it.
struct Session {
    id: String,
    user_id: String,
    scope: String,
    ends_at: Timestamp,
    nonce: Option<String>,
}

/// What the database says to a grant. A refusal is a value, because ending a session has to be
/// committed along with it.
type Granted = Result<Session, &'static str>;

pub(super) async fn token(
    State(app): State<App>,
    headers: HeaderMap,
    body: Body,
) -> Result<Json<TokenReply>, OAuthError> {
    let form = Form::read(&headers, body).await?;
    let grant = form.require("grant_type")?.to_owned();
    if form.require("client_id")? != CLIENT_ID {
        return Err(OAuthError::client());
    }
    let now = app.clock.now();
    let keys = app.keys;
    let reply = app
        .database
        .write(
            move |db| -> Result<Result<TokenReply, &'static str>, OAuthError> {
                let granted = match grant.as_str() {
                    "authorization_code" => redeem_code(db, &form, now)?,
                    "refresh_token" => redeem_refresh(db, &form, now)?,
                    _ => {
                        let message = "Use authorization_code or refresh_token.";
                        return Err(OAuthError::new("unsupported_grant_type", message));
                    }
                };
                match granted {
                    Ok(session) => issue(db, &keys, &session, now).map(Ok),
                    Err(refusal) => Ok(Err(refusal)),
                }
            },
        )
        .await?;
    reply.map(Json).map_err(OAuthError::grant)
}

fn redeem_code(db: &Connection, form: &Form, now: Timestamp) -> Result<Granted, OAuthError> {
    let code = random::fingerprint(form.require("code")?);
    let redirect_uri = form.require("redirect_uri")?;
    let verifier = form.require("code_verifier")?;
    let found = db
        .query_row(
            "SELECT c.session_id, c.redirect_uri, c.challenge, c.expires_at, c.used_at, c.nonce, \
                    s.user_id, s.scope, s.ends_at, s.revoked_at \
             FROM altostrat_codes c JOIN altostrat_sessions s ON s.id = c.session_id \
             WHERE c.fingerprint = ?1",
            [&code],
            |row| {
                let session = Session {
                    id: row.get(0)?,
                    nonce: row.get(5)?,
                    user_id: row.get(6)?,
                    scope: row.get(7)?,
                    ends_at: row.get(8)?,
                };
                let redirect_uri: String = row.get(1)?;
                let challenge: String = row.get(2)?;
                let expires_at: Timestamp = row.get(3)?;
                let used_at: Option<Timestamp> = row.get(4)?;
                let revoked_at: Option<Timestamp> = row.get(9)?;
                Ok((
                    session,
                    redirect_uri,
                    challenge,
                    expires_at,
                    used_at,
                    revoked_at,
                ))
            },
        )
        .optional()?;
    let Some((session, registered, challenge, expires_at, used_at, revoked_at)) = found else {
        return Ok(Err("The code is not known."));
    };
    if used_at.is_some() {
        tokens::end_session(db, &session.id, now)?;
        return Ok(Err("The code was used before; the session has been ended."));
    }
    // Spent by any attempt, so that a verifier cannot be guessed at.
    db.execute(
        "UPDATE altostrat_codes SET used_at = ?2 WHERE fingerprint = ?1",
        params![code, now],
    )?;
    if revoked_at.is_some() || expires_at <= now {
        return Ok(Err("The code has expired."));
    }
    if registered != redirect_uri {
        return Ok(Err(
            "The redirect_uri is not the one the code was made for.",
        ));
    }
    let digest = BASE64URL_NOPAD.encode(&Sha256::digest(verifier.as_bytes()));
    let right_length = (43..=128).contains(&verifier.len());
    if !right_length || !bool::from(digest.as_bytes().ct_eq(challenge.as_bytes())) {
        return Ok(Err("The code_verifier does not belong to the code."));
    }
    Ok(Ok(session))
}

fn redeem_refresh(db: &Connection, form: &Form, now: Timestamp) -> Result<Granted, OAuthError> {
    let token = random::fingerprint(form.require("refresh_token")?);
    let found = db
        .query_row(
            "SELECT r.session_id, r.used_at, s.user_id, s.scope, s.ends_at, s.revoked_at \
             FROM altostrat_refresh_tokens r JOIN altostrat_sessions s ON s.id = r.session_id \
             WHERE r.fingerprint = ?1",
            [&token],
            |row| {
                let session = Session {
                    id: row.get(0)?,
                    nonce: None,
                    user_id: row.get(2)?,
                    scope: row.get(3)?,
                    ends_at: row.get(4)?,
                };
                let used_at: Option<Timestamp> = row.get(1)?;
                let revoked_at: Option<Timestamp> = row.get(5)?;
                Ok((session, used_at, revoked_at))
            },
        )
        .optional()?;
    let Some((session, used_at, revoked_at)) = found else {
        return Ok(Err("The refresh token is not known."));
    };
    if used_at.is_some() {
        tokens::end_session(db, &session.id, now)?;
        return Ok(Err(
            "The refresh token was used before; the session has been ended.",
        ));
    }
    if revoked_at.is_some() || session.ends_at <= now {
        return Ok(Err("The session has ended; sign in again."));
    }
    db.execute(
        "UPDATE altostrat_refresh_tokens SET used_at = ?2 WHERE fingerprint = ?1",
        params![token, now],
    )?;
    Ok(Ok(session))
}

fn issue(
    db: &Connection,
    keys: &Keys,
    session: &Session,
    now: Timestamp,
) -> Result<TokenReply, OAuthError> {
    let person = people::by_id(db, &session.user_id)?
        .ok_or_else(|| OAuthError::internal("a session without its person"))?;
    // Near the end of the session a token lasts only as long as that.
    let left = session.ends_at.seconds().saturating_sub(now.seconds());
    let seconds = tokens::ACCESS_SECONDS.min(left);
    let access_token =
        tokens::access_token(keys, &person, &session.id, &session.scope, now, seconds)??;
    let has = |scope: &str| session.scope.split(' ').any(|each| each == scope);
    let refresh_token = if has("offline_access") {
        let token = random::secret()?;
        db.execute(
            "INSERT INTO altostrat_refresh_tokens (fingerprint, session_id, created_at) \
             VALUES (?1, ?2, ?3)",
            params![random::fingerprint(&token), session.id, now],
        )?;
        Some(token)
    } else {
        None
    };
    let id_token = if has("openid") {
        Some(tokens::id_token(
            keys,
            &person,
            session.nonce.as_deref(),
            now,
        )?)
    } else {
        None
    };
    Ok(TokenReply {
        access_token,
        refresh_token,
        id_token,
        token_type: "Bearer",
        expires_in: seconds,
        scope: session.scope.clone(),
    })
}
