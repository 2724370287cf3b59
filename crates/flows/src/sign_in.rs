//! Signing in, staying signed in, signing out.
//!
//! Guarantees: a code, a password and a refresh token are each sent once and never again by
//! themselves, since services that rotate tokens take a second use for theft and services count
//! wrong passwords. Must not know where a session is kept or what is shown.

use std::rc::Rc;

use steward_domain::failure::{Failure, FailureKind, Operation};
use steward_domain::id::UserId;
use steward_domain::time::Timestamp;
use steward_providers::desk::{Desk, SecondFactor};
use steward_providers::http::{Reply, Request};
use steward_providers::oauth::{self, Endpoints, Identity, RefreshToken, Tokens};
use steward_providers::{Credential, Dialect, Endpoint, desk, jwt};

use crate::client::{Client, WRITE_LIMIT_MS};
use crate::clock::Clock;
use crate::rate_limit::RateLimit;
use crate::transport::Transport;

/// How long before the end of a session it is renewed.
const AHEAD_S: i64 = 60;

/// How far apart two renewals are at least. A session that is shorter is not renewed in a circle.
const APART_S: i64 = 10;

/// How old a session is at least that is renewed because its service no longer accepts it.
const FRESH_S: i64 = 60;

/// How long before the end of a session that cannot be renewed its person is warned.
const WARNING_S: i64 = 120;

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
    /// The sign-in service's page did not open.
    NotOpened,
    /// A request failed.
    Failed(Failure),
    /// What was given is right, and the service asks for a second factor besides.
    SecondFactor(Half),
    /// The service did not take the code of the second factor.
    WrongCode(Failure),
}

/// A sign-in whose second step is still to come. What it was given so far is no session: it leads to
/// that step and nowhere else.
#[derive(Clone, PartialEq, Debug)]
pub struct Half {
    credential: Credential,
    /// Whether a code from an authenticator does. The service may ask for something that this
    /// console cannot give.
    pub by_code: bool,
}

/// One service's way of signing in.
#[derive(Clone)]
pub struct SignIn {
    /// How requests leave.
    pub transport: Rc<dyn Transport>,
    /// Time and chance.
    pub clock: Rc<dyn Clock>,
    /// The service's dialect.
    pub dialect: &'static dyn Dialect,
    /// Where the service is, without a slash at the end.
    pub base: Rc<str>,
    /// Where to sign in by a redirect, if the service is set up for it.
    pub endpoints: Option<Rc<Endpoints>>,
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
    /// Until when by this device's clock, if known. It plans renewals and warnings; that a session is over its
    /// service alone can say.
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
    /// When the service refused or did not answer; the code is spent either way. `Refused` without
    /// asking where the service is not set up for a redirect.
    pub async fn exchange(
        &self,
        code: &str,
        verifier: &str,
        redirect_uri: &str,
    ) -> Result<Session, Failure> {
        let endpoints = self.endpoints.as_deref();
        let request =
            endpoints.map(|endpoints| oauth::exchange(endpoints, code, verifier, redirect_uri));
        self.tokens(Operation::SignIn, request, &oauth::read_tokens, None)
            .await
    }

    /// Gets a session for an e-mail address and a password.
    ///
    /// # Errors
    /// When the service refused or did not answer; after a lost answer a session that nobody knows
    /// may be left there. `Refused` without asking where the service has no passwords.
    pub async fn log_in(&self, email: &str, password: &str) -> Result<Session, Failure> {
        let request = self.desk().log_in(&self.base, email, password);
        self.tokens(Operation::SignIn, request, &self.reader(), None)
            .await
    }

    /// Gets the next session: from the service itself where it has a way, else where its redirect
    /// leads. Where the service gives no new refresh token the old one stays good (RFC 6749
    /// section 6).
    ///
    /// # Errors
    /// When the service refused or did not answer. After a lost answer the token may be spent, and
    /// sending a spent one again is taken for theft: there must be no second try. `Refused` without
    /// asking where there is no way to renew.
    pub async fn refresh(&self, token: &RefreshToken) -> Result<Session, Failure> {
        let operation = Operation::Refresh;
        if let Some(request) = self.desk().renew(&self.base, token) {
            let reader = self.reader();
            return self
                .tokens(operation, Some(request), &reader, Some(token))
                .await;
        }
        let endpoints = self.endpoints.as_deref();
        let request = endpoints.map(|endpoints| oauth::refresh(endpoints, token));
        self.tokens(operation, request, &oauth::read_tokens, Some(token))
            .await
    }

    /// Asks whom the credential speaks for: the service itself where it has a way, else the
    /// address that `config.json` names. Where there is neither, says what the token says about
    /// itself, without asking; that may be nothing.
    ///
    /// # Errors
    /// When it could not be read even after trying again.
    pub async fn who_am_i(&self, credential: &Credential) -> Result<Identity, Failure> {
        let read_who = |reply: Reply| self.desk().read_who(reply);
        let endpoints = self.endpoints.as_deref();
        let by_dialect = self.desk().who(self.endpoint(credential));
        let (request, reader): (_, &dyn Fn(Reply) -> Result<Identity, Failure>) = match by_dialect {
            Some(request) => (Some(request), &read_who),
            None => (
                endpoints.and_then(|endpoints| oauth::userinfo(endpoints, credential)),
                &oauth::read_userinfo,
            ),
        };
        let Some(request) = request else {
            let claims = claims(credential);
            return Ok(Identity {
                id: claims.subject,
                name: claims.name,
                email: claims.email,
                organization: None,
                asks_code: false,
            });
        };
        let rate_limit = RateLimit::default();
        self.client(&rate_limit)
            .read_one(Operation::WhoAmI, request, reader)
            .await
    }

    /// Whether a second step is still to come, for a session of whom the service said `who`, or
    /// refused to. Asked only where it says that this person has a second factor, or lets the session
    /// not even read that: nobody else waits for it.
    ///
    /// # Errors
    /// When it could not be read: then nobody knows what the session is good for.
    pub async fn second_step(
        &self,
        session: &Session,
        who: &Result<Identity, Failure>,
    ) -> Result<Option<Half>, Failure> {
        let may_come = match who {
            Ok(who) => who.asks_code,
            Err(failure) => failure.kind == FailureKind::Forbidden,
        };
        let desk = self.desk();
        let request = desk.second_factor(self.endpoint(&session.credential));
        let Some(request) = request.filter(|_| may_come) else {
            return Ok(None);
        };
        let rate_limit = RateLimit::default();
        let read = |reply: Reply| desk.read_second_factor(reply);
        let found = self
            .client(&rate_limit)
            .read_one(Operation::SignIn, request, &read)
            .await;
        let by_code = match (found, who) {
            (Ok(SecondFactor::Done), _) => return Ok(None),
            (Ok(SecondFactor::ByOther), _) => false,
            (Ok(SecondFactor::ByCode), _) => true,
            // A service that cannot say how far it has come is given a code.
            (Err(failure), Ok(_)) if failure.kind == FailureKind::NotFound => true,
            // Then it was refused for another reason.
            (Err(_), Err(_)) => return Ok(None),
            (Err(failure), Ok(_)) => return Err(failure),
        };
        Ok(Some(Half {
            credential: session.credential.clone(),
            by_code,
        }))
    }

    /// Completes a sign-in with the code that the person's authenticator shows.
    ///
    /// # Errors
    /// [`Problem::WrongCode`] when the service refused, `Failed` when it did not answer; after a
    /// lost answer the code may be spent.
    pub async fn verify(&self, half: &Half, code: &str) -> Result<Session, Problem> {
        let desk = self.desk();
        let request = desk.verify(self.endpoint(&half.credential), code);
        let reader = move |reply: Reply, _: Operation| desk.read_verify(reply);
        let verified = self.tokens(Operation::SignIn, request, &reader, None).await;
        verified.map_err(|failure| match failure.kind {
            FailureKind::SignedOut
            | FailureKind::Forbidden
            | FailureKind::Invalid(_)
            | FailureKind::Refused => Problem::WrongCode(failure),
            _ => Problem::Failed(failure),
        })
    }

    /// Ends the session at the service as far as the service offers it. Signing out goes on
    /// whatever the service says, so nothing is reported. A pasted token is left alone: it was
    /// made elsewhere and may be in use there.
    pub async fn sign_out(&self, session: &Session) {
        let Some(token) = &session.refresh else {
            return;
        };
        let request = self
            .desk()
            .log_out(self.endpoint(&session.credential), token)
            .or_else(|| oauth::revoke(self.endpoints.as_deref()?, token));
        if let Some(request) = request {
            let _ = self.transport.send(request, WRITE_LIMIT_MS).await;
        }
    }

    fn desk(&self) -> &'static dyn Desk {
        desk(self.dialect)
    }

    fn endpoint<'a>(&'a self, credential: &'a Credential) -> Endpoint<'a> {
        Endpoint {
            base: &self.base,
            credential,
        }
    }

    fn client<'a>(&'a self, rate_limit: &'a RateLimit) -> Client<'a> {
        Client {
            transport: &*self.transport,
            clock: &*self.clock,
            rate_limit,
            hurried: false,
        }
    }

    fn reader(&self) -> impl Fn(Reply, Operation) -> Result<Tokens, Failure> {
        let desk = self.desk();
        move |reply, operation| desk.read_session(reply, operation)
    }

    async fn tokens(
        &self,
        operation: Operation,
        request: Option<Request>,
        reader: &dyn Fn(Reply, Operation) -> Result<Tokens, Failure>,
        before: Option<&RefreshToken>,
    ) -> Result<Session, Failure> {
        let request = request.ok_or_else(|| Failure::new(operation, FailureKind::Refused))?;
        // Counted from before the request: the time on the way is not the session's.
        let now = self.clock.now();
        let reply = self
            .client(&RateLimit::default())
            .write(operation, request)
            .await?;
        let tokens = reader(reply, operation)?;
        Ok(Session::new(tokens, before, now))
    }
}

impl Session {
    fn new(tokens: Tokens, before: Option<&RefreshToken>, now: Timestamp) -> Self {
        let claims = claims(&tokens.access);
        // A span is of more use than a time: it holds on a device whose clock is wrong. One that is over before it
        // begins says nothing: some services mean "no end" by it.
        let span = tokens.expires_in.map(i64::from).filter(|span| *span > 0);
        let expires = span
            .or(claims.life)
            .map(|seconds| now.plus_seconds(seconds))
            .or_else(|| claimed_end(&claims, now));
        let refresh = tokens.refresh.or_else(|| before.cloned());
        Self::restored(tokens.access, refresh, now, expires)
    }

    /// A session as it was stored.
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
            expires,
            subject: claims.subject,
            name: claims.name,
        }
    }

    /// A session with a token that a person pasted. It cannot be renewed.
    #[must_use]
    pub fn from_pasted(credential: Credential, now: Timestamp) -> Self {
        let expires = claimed_end(&claims(&credential), now);
        Self::restored(credential, None, now, expires)
    }

    /// Whether it is over by this device's clock, which may be wrong: ask the service.
    #[must_use]
    pub fn seems_over(&self, now: Timestamp) -> bool {
        self.expires.is_some_and(|end| end <= now)
    }

    /// Whether to renew it because its service no longer accepts it. One that is new is not renewed for the same
    /// answer once more.
    #[must_use]
    pub fn can_be_mended(&self, now: Timestamp) -> bool {
        // Before it began, the clock has been set back since, and its age is not known.
        let age = now.seconds_since(self.since);
        self.refresh.is_some() && !(0..FRESH_S).contains(&age)
    }

    /// When to renew: a minute ahead of the end, or at half of the life if that is less than a
    /// minute before it, but not within ten seconds of the renewal before. `None` if the session has no known end
    /// or nothing to renew it with.
    #[must_use]
    pub fn renew_at(&self) -> Option<Timestamp> {
        let expires = self.expires.filter(|_| self.refresh.is_some())?;
        let half = expires.seconds_since(self.since).max(0) / 2;
        let ahead = expires.plus_seconds(-half.min(AHEAD_S));
        Some(ahead.max(self.since.plus_seconds(APART_S)))
    }

    /// When to warn of the end: two minutes ahead of it, which may be over already. `None` if the
    /// session has no known end or renews itself.
    #[must_use]
    pub fn warn_at(&self) -> Option<Timestamp> {
        let expires = self.expires.filter(|_| self.refresh.is_none())?;
        Some(expires.plus_seconds(-WARNING_S))
    }
}

/// When a token says that it ends. By a clock that says that this is over the time is worth nothing: the service has
/// accepted the token a moment ago, or is asked in a moment.
fn claimed_end(claims: &jwt::Claims, now: Timestamp) -> Option<Timestamp> {
    claims.expires.filter(|end| *end > now)
}

fn claims(credential: &Credential) -> jwt::Claims {
    credential
        .expose_for_storage()
        .and_then(jwt::claims)
        .unwrap_or_default()
}
