//! Sessions and the refresh tokens that keep them going.
//!
//! Guarantees: a refresh token works once; one that is shown again is taken for stolen and ends its
//! session. The database never holds the token itself.

use rusqlite::{Connection, OptionalExtension, params};

use super::errors::ApiError;
use super::people::{self, User};
use crate::core::clock::Timestamp;
use crate::core::random;

/// A session ends a week after sign-in, however often it is refreshed.
const SESSION_SECONDS: i64 = 7 * 24 * 60 * 60;

/// Begins a session.
pub(super) fn start(db: &Connection, user: &User, now: Timestamp) -> Result<String, ApiError> {
    let session = random::uuid()?;
    db.execute(
        "INSERT INTO flashback_sessions (id, user_id, created_at, ends_at) \
         VALUES (?1, ?2, ?3, ?4)",
        params![session, user.id, now, now.plus_seconds(SESSION_SECONDS)],
    )?;
    Ok(session)
}

/// Spends a refresh token: its session and user, if all three still count.
pub(super) fn redeem(
    db: &Connection,
    token: &str,
    now: Timestamp,
) -> rusqlite::Result<Option<(String, User)>> {
    let token = random::fingerprint(token);
    let found = db
        .query_row(
            "SELECT s.id, s.user_id, r.used_at IS NOT NULL, s.revoked_at IS NOT NULL OR s.ends_at <= ?2 \
             FROM flashback_refresh_tokens r JOIN flashback_sessions s ON s.id = r.session_id \
             WHERE r.fingerprint = ?1",
            params![token, now],
            |row| {
                let (session, user): (String, String) = (row.get(0)?, row.get(1)?);
                let (used, over): (bool, bool) = (row.get(2)?, row.get(3)?);
                Ok((session, user, used, over))
            },
        )
        .optional()?;
    let Some((session, user, used, over)) = found else {
        return Ok(None);
    };
    if used {
        end(db, &session, now)?;
    }
    if used || over {
        return Ok(None);
    }
    db.execute(
        "UPDATE flashback_refresh_tokens SET used_at = ?2 WHERE fingerprint = ?1",
        params![token, now],
    )?;
    let user = people::by_id(db, &user)?.filter(|user| !user.is_deleted());
    Ok(user.map(|user| (session, user)))
}

/// Ends the session of a refresh token, if there is one.
pub(super) fn end_by(db: &Connection, token: &str, now: Timestamp) -> rusqlite::Result<()> {
    let session: Option<String> = db
        .query_row(
            "SELECT session_id FROM flashback_refresh_tokens WHERE fingerprint = ?1",
            [random::fingerprint(token)],
            |row| row.get(0),
        )
        .optional()?;
    session.map_or(Ok(()), |session| end(db, &session, now))
}

fn end(db: &Connection, session: &str, now: Timestamp) -> rusqlite::Result<()> {
    db.execute(
        "UPDATE flashback_sessions SET revoked_at = ?2 WHERE id = ?1 AND revoked_at IS NULL",
        params![session, now],
    )?;
    Ok(())
}

/// The next refresh token of a session.
pub(super) fn refresh_token(db: &Connection, session: &str) -> Result<String, ApiError> {
    let token = random::secret()?;
    db.execute(
        "INSERT INTO flashback_refresh_tokens (fingerprint, session_id) VALUES (?1, ?2)",
        [&random::fingerprint(&token), session],
    )?;
    Ok(token)
}
