//! What of a sign-in this tab's session storage may hold, and nothing more: the session, if the
//! person asked to be kept signed in, and the secrets of a sign-in that is under way.

use serde::{Deserialize, Serialize};
use steward_domain::time::Timestamp;

use crate::browser::storage;

const SESSION: &str = "steward.session";
const PENDING: &str = "steward.sign-in";

/// A session as stored. boot.js reads `token`, `expires` and `first` to begin the first request
/// while this module is on its way.
#[derive(Serialize, Deserialize)]
pub struct StoredSession {
    /// The account it belongs to.
    pub account: String,
    /// The access token.
    pub token: String,
    /// The refresh token, if there is one.
    pub refresh: Option<String>,
    /// When the access token ends, in milliseconds since 1970.
    pub expires: Option<f64>,
    /// The address of the first request that this account will make.
    pub first: String,
}

impl StoredSession {
    /// The end of the access token.
    #[must_use]
    pub fn expires(&self) -> Option<Timestamp> {
        self.expires.map(Timestamp::from_millis)
    }
}

/// A sign-in that has left for the sign-in service (RFC 7636).
#[derive(Serialize, Deserialize)]
pub struct PendingSignIn {
    /// What must come back unchanged.
    pub state: String,
    /// The secret whose hash was sent.
    pub verifier: String,
    /// The account that is being signed in to.
    pub account: String,
    /// The address the person wanted.
    pub next: Option<String>,
    /// Whether to keep the session for this tab.
    pub keep: bool,
}

/// Keeps the session for this tab.
pub fn keep(session: &StoredSession) {
    if let Ok(text) = serde_json::to_string(session) {
        storage::session_set(SESSION, &text);
    }
}

/// The session kept for this tab.
#[must_use]
pub fn kept() -> Option<StoredSession> {
    serde_json::from_str(&storage::session_get(SESSION)?).ok()
}

/// Forgets the session.
pub fn forget() {
    storage::session_remove(SESSION);
    storage::session_remove(PENDING);
}

/// Notes a sign-in that is about to leave the page.
pub fn leave(pending: &PendingSignIn) {
    if let Ok(text) = serde_json::to_string(pending) {
        storage::session_set(PENDING, &text);
    }
}

/// The sign-in that left, once: a second return with the same address finds nothing.
#[must_use]
pub fn returned() -> Option<PendingSignIn> {
    let text = storage::session_get(PENDING)?;
    storage::session_remove(PENDING);
    serde_json::from_str(&text).ok()
}
