//! Signing in, staying signed in, signing out.
//!
//! Guarantees: a code and a refresh token are each sent once and never again by themselves, since
//! services that rotate tokens take a second use for theft. Must not know where a session is kept
//! or what is shown.

use std::rc::Rc;

use steward_domain::failure::{Failure, Operation};
use steward_domain::id::UserId;
use steward_domain::time::Timestamp;
use steward_providers::http::Request;
use steward_providers::oauth::{self, Endpoints, Person, RefreshToken, Tokens};
use steward_providers::{Credential, jwt};

use crate::clock::Clock;
use crate::steps;
use crate::transport::Transport;

/// How long before the end of a session it is renewed.
const AHEAD_S: i64 = 60;

/// What went wrong with a sign-in, before or after the service was asked.
#[derive(Clone, PartialEq, Debug)]
pub enum Problem {
    /// The return does not belong to a sign-in of this tab.
    NotOurs,
    /// The sign-in service refused, in its own words.
    Refused(Option<String>),
    /// The browser offers no secure context to make the secrets in.
    Insecure,
    /// The pasted text cannot be a token.
    NoToken,
    /// A request failed.
    Failed(Failure),
}

/// One service's way of signing in.
#[derive(Clone)]
pub struct SignIn {
    /// How requests leave.
    pub transport: Rc<dyn Transport>,
    /// Time and chance.
    pub clock: Rc<dyn Clock>,
    /// Where to sign in.
    pub endpoints: Rc<Endpoints>,
}

/// What proves who is asking, until when, and who that is.
#[derive(Clone, PartialEq, Debug)]
pub struct Session {
    /// What proves who is asking.
    pub credential: Credential,
    /// What renews it, if the service gave such a thing.
    pub refresh: Option<RefreshToken>,
    /// Since when, by this device's clock.
    pub since: Timestamp,
    /// Until when, if known.
    pub expires: Option<Timestamp>,
    /// Who, if the token says so.
    pub subject: Option<UserId>,
    /// The person's name, if the token says so.
    pub name: Option<String>,
}

impl SignIn {
    /// Gets a session for the code that the service's redirect brought. The caller has compared
    /// the state.
    ///
    /// # Errors
    /// When the service refused or did not answer. The code is spent either way.
    pub async fn exchange(
        &self,
        code: &str,
        verifier: &str,
        redirect_uri: &str,
    ) -> Result<Session, Failure> {
        let request = oauth::exchange(&self.endpoints, code, verifier, redirect_uri);
        self.tokens(Operation::SignIn, request, None).await
    }

    /// Gets the next session. Where the service gives no new refresh token the old one stays good
    /// (RFC 6749 section 6).
    ///
    /// # Errors
    /// When the service refused or did not answer. After a lost answer the token may be spent, and
    /// sending a spent one again is taken for theft: there must be no second try.
    pub async fn refresh(&self, token: &RefreshToken) -> Result<Session, Failure> {
        let request = oauth::refresh(&self.endpoints, token);
        self.tokens(Operation::Refresh, request, Some(token)).await
    }

    /// Asks who the credential stands for; where the service offers no way, says what the token
    /// says about itself.
    ///
    /// # Errors
    /// When it could not be read even after trying again.
    pub async fn who_am_i(&self, credential: &Credential) -> Result<Person, Failure> {
        let Some(request) = oauth::userinfo(&self.endpoints, credential) else {
            let claims = claims(credential);
            return Ok(Person {
                id: claims.subject,
                name: claims.name,
                email: claims.email,
            });
        };
        steps::read(
            &*self.transport,
            &*self.clock,
            Operation::WhoAmI,
            request,
            &oauth::read_userinfo,
        )
        .await
    }

    /// Revokes the session's refresh token as far as the service offers it. Signing out goes on
    /// whatever the service says, so nothing is reported. A pasted token is left alone: it was
    /// made elsewhere and may be in use there.
    pub async fn sign_out(&self, session: &Session) {
        let request = session
            .refresh
            .as_ref()
            .and_then(|token| oauth::revoke(&self.endpoints, token));
        if let Some(request) = request {
            let _ = self.transport.send(request, steps::WRITE_LIMIT_MS).await;
        }
    }

    async fn tokens(
        &self,
        operation: Operation,
        request: Request,
        before: Option<&RefreshToken>,
    ) -> Result<Session, Failure> {
        // Counted from before the request: the time on the way is not the session's.
        let now = self.clock.now();
        let reply =
            steps::send(&*self.transport, operation, request, steps::WRITE_LIMIT_MS).await?;
        let tokens = oauth::read_tokens(reply, operation)?;
        Ok(Session::new(tokens, before, now))
    }
}

impl Session {
    fn new(tokens: Tokens, before: Option<&RefreshToken>, now: Timestamp) -> Self {
        // The span is of more use than the claim: it holds on a device whose clock is wrong.
        let expires = tokens
            .expires_in
            .map(|seconds| now.plus_seconds(i64::from(seconds)));
        let refresh = tokens.refresh.or_else(|| before.cloned());
        Self::restored(tokens.access, refresh, now, expires)
    }

    /// A session as it was stored. Where the end is not known, the token's own claim counts.
    #[must_use]
    pub fn restored(
        credential: Credential,
        refresh: Option<RefreshToken>,
        since: Timestamp,
        expires: Option<Timestamp>,
    ) -> Self {
        let claims = claims(&credential);
        Self {
            credential,
            refresh,
            since,
            expires: expires.or(claims.expires),
            subject: claims.subject,
            name: claims.name,
        }
    }

    /// A session with a token that a person pasted. It cannot be renewed.
    #[must_use]
    pub fn from_pasted(credential: Credential, now: Timestamp) -> Self {
        Self::restored(credential, None, now, None)
    }

    /// When to renew: a minute ahead of the end, or at half of the life if that is less than a
    /// minute before it. `None` if the session has no known end or nothing to renew it with.
    #[must_use]
    pub fn renew_at(&self) -> Option<Timestamp> {
        let expires = self.expires.filter(|_| self.refresh.is_some())?;
        let half = expires.seconds_since(self.since).max(0) / 2;
        Some(expires.plus_seconds(-half.min(AHEAD_S)))
    }
}

fn claims(credential: &Credential) -> jwt::Claims {
    credential
        .expose_for_storage()
        .and_then(jwt::claims)
        .unwrap_or_default()
}
