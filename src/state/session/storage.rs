//! What of a sign-in this tab's session storage may hold, and nothing more: the sessions of accounts
//! whose person asked to be kept signed in, the secrets of a sign-in that is under way, and, while the
//! page is left for one, the other sessions, until it is back.

use serde::{Deserialize, Serialize};
use serde_json::Number;
use steward_domain::id::UserId;
use steward_domain::provider::CredentialKind;
use steward_domain::time::Timestamp;
use steward_flows::{Credential, RefreshToken, Session};

use super::accounts::Account;
use crate::browser::storage;
use crate::state::json;

/// Before the account's id. boot.js looks for the same beginning.
const SESSION: &str = "steward.session/";
const PENDING: &str = "steward.sign-in";

/// A session as stored. boot.js reads `token`, `expires` and `first` to begin the first request
/// while this module is on its way.
#[derive(Serialize, Deserialize)]
#[cfg_attr(test, derive(PartialEq, Debug))]
pub(super) struct StoredSession {
    /// The account it belongs to.
    pub account: String,
    /// The entry of the configuration that this is an account of.
    #[serde(rename = "place")]
    pub entry: String,
    /// What people call it.
    pub label: String,
    /// Whether it is kept, or only waits for the page to come back from a sign-in.
    #[serde(default)]
    pub kept: bool,
    /// The access token.
    pub token: String,
    /// The refresh token, if there is one that has not been sent yet.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refresh: Option<String>,
    /// When the access token ends, in milliseconds since 1970: a whole number, or a fraction as scripts have them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires: Option<Number>,
    /// Whose session it is, where the service has said so. Not every token can be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// That person's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The address of the first request that this account will make, if a bearer token is all that
    /// it takes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first: Option<String>,
}

impl StoredSession {
    /// The session of an account, with the refresh token that has not been sent yet. None where a gateway has the
    /// credential.
    pub(super) fn of(account: &Account, refresh: Option<&RefreshToken>) -> Option<Self> {
        let token = account.session.credential.expose_for_storage()?;
        // What boot.js can send by itself is a bearer token and nothing else.
        let plain = account.description().credential != CredentialKind::AdminKey;
        let service = &account.service;
        let first = plain.then(|| service.dialect.list(service.endpoint(), None).url);
        Some(Self {
            account: account.id.as_str().to_owned(),
            entry: account.entry.as_str().to_owned(),
            label: account.label.clone(),
            kept: account.kept,
            token: token.to_owned(),
            refresh: refresh.map(|refresh| refresh.expose_for_storage().to_owned()),
            expires: account.session.expires.map(|end| end.whole_millis().into()),
            subject: account.me.as_ref().map(|me| me.as_str().to_owned()),
            name: account.name.clone(),
            first,
        })
    }

    /// The session itself, which is known to be good or not since `since`. None where the token cannot be one.
    pub(super) fn session(&self, since: Timestamp) -> Option<Session> {
        let credential = Credential::from_pasted(&self.token)?;
        let refresh = self.refresh.clone().and_then(RefreshToken::new);
        let expires = self.expires.as_ref().and_then(Number::as_f64);
        let expires = expires.map(Timestamp::from_millis);
        let mut session = Session::restored(credential, refresh, since, expires);
        let subject = self.subject.clone().and_then(UserId::new);
        session.subject = session.subject.or(subject);
        Some(session)
    }
}

/// A sign-in that has left for the sign-in service (RFC 7636).
#[derive(Serialize, Deserialize)]
#[cfg_attr(test, derive(PartialEq, Debug))]
pub(super) struct PendingSignIn {
    /// What must come back unchanged.
    pub state: String,
    /// The secret whose hash was sent.
    pub verifier: String,
    /// The account that is being signed in to.
    pub account: String,
    /// The address the person wanted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
    /// Whether to keep the session for this tab.
    #[serde(default)]
    pub keep: bool,
}

fn key_of(account: &str) -> String {
    [SESSION, account].concat()
}

/// Keeps an account's session for this tab, with the refresh token that has not been sent yet.
pub(super) fn keep(account: &Account, refresh: Option<&RefreshToken>) {
    if let Some(stored) = StoredSession::of(account, refresh) {
        storage::session_set(&key_of(&stored.account), &json::print(&stored));
    }
}

/// The sessions in this tab's storage. What cannot be read there, as another version may have left it, is forgotten:
/// by itself, whatever stands beside it.
pub(super) fn all() -> Vec<StoredSession> {
    let mut all = Vec::new();
    for key in storage::session_keys(SESSION) {
        let text = storage::session_get(&key);
        match text.and_then(|text| json::parse::<StoredSession>(&text)) {
            Some(stored) if key_of(&stored.account) == key => all.push(stored),
            _ => storage::session_remove(&key),
        }
    }
    all
}

/// Forgets an account's session. A sign-in that is under way goes on: it may be the answer to this
/// one's end.
pub(super) fn forget(account: &str) {
    storage::session_remove(&key_of(account));
}

/// Notes a sign-in that is about to leave the page.
pub(super) fn keep_pending(pending: &PendingSignIn) {
    storage::session_set(PENDING, &json::print(pending));
}

/// The sign-in that is under way.
pub(super) fn pending() -> Option<PendingSignIn> {
    json::parse(&storage::session_get(PENDING)?)
}

/// Forgets the sign-in that is under way: it has been answered, and a second return with the same
/// address must find nothing.
pub(super) fn forget_pending() {
    storage::session_remove(PENDING);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kept_session_is_read_as_it_was_written() {
        let mut session = StoredSession {
            account: "altostrat-2".into(),
            entry: "altostrat".into(),
            label: "Al".into(),
            kept: true,
            token: "a.b.c".into(),
            refresh: Some("r\"1".into()),
            expires: Some(1_761_698_406_123_i64.into()),
            subject: Some("auth0|1".into()),
            name: Some("Ada".into()),
            first: Some("/api/altostrat/workspaces".into()),
        };
        assert_eq!(
            json::print(&session),
            r#"{"account":"altostrat-2","place":"altostrat","label":"Al","kept":true,"token":"a.b.c","refresh":"r\"1","expires":1761698406123,"subject":"auth0|1","name":"Ada","first":"/api/altostrat/workspaces"}"#
        );
        assert_eq!(json::parse(&json::print(&session)).as_ref(), Some(&session));
        (session.refresh, session.expires) = (None, None);
        (session.subject, session.name, session.first) = (None, None, None);
        assert_eq!(json::parse(&json::print(&session)).as_ref(), Some(&session));
    }

    #[test]
    fn what_is_no_session_is_none() {
        for junk in ["", "{}", "[]", "null", r#"{"account":"a","token":"t"}"#] {
            assert_eq!(json::parse::<StoredSession>(junk), None, "{junk}");
        }
    }

    #[test]
    fn a_sign_in_under_way_is_read_as_it_was_written() {
        for (next, keep) in [
            (None, false),
            (Some("/workspaces?q=a%20b".to_owned()), true),
        ] {
            let pending = PendingSignIn {
                state: "s".into(),
                verifier: "v".into(),
                account: "altostrat".into(),
                next,
                keep,
            };
            assert_eq!(json::parse(&json::print(&pending)), Some(pending));
        }
        assert_eq!(json::parse::<PendingSignIn>(r#"{"state":"s"}"#), None);
    }
}
