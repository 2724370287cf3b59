//! Who is signed in where. Owns credentials: they go from here into a [`Service`] and nowhere else.
//!
//! Guarantees: a sign-in's secrets are used once; a session is renewed ahead of its end, by one
//! request however many wait for it; a refresh token is sent once, whatever became of the answer;
//! signing out revokes what it can and leaves nothing behind, and what arrives for a former session
//! changes nothing.

use std::rc::Rc;

use steward_domain::failure::FailureKind;
use steward_domain::id::{AccountId, UserId, WorkspaceKey};
use steward_domain::provider::Description;
use steward_domain::time::Timestamp;
use steward_flows::sign_in::Problem;
use steward_flows::{
    Callback, Clock, Credential, RefreshToken, Service, Session, SignIn, authorize_url,
    parse_callback,
};

use super::config::ServiceConfig;
use super::session::{self, PendingSignIn, StoredSession};
use crate::browser::clock::Timer;
use crate::browser::{crypto, page};
use crate::reactive::{Store, Value, spawn};
use crate::route::Route;
use crate::transport::{BrowserClock, BrowserTransport};

/// An account that is signed in.
#[derive(Clone)]
pub struct Account {
    /// How the console knows it.
    pub id: AccountId,
    /// What people call it.
    pub label: String,
    /// Where and how to ask its service.
    pub service: Service,
    /// Who is signed in, where the credential says so. Their id at the service.
    pub me: Option<UserId>,
    /// That person's name, where the credential says so.
    pub name: Option<String>,
    /// The session behind the credential.
    pub session: Session,
    /// How it was signed in to.
    sign_in: Option<Rc<SignIn>>,
    /// Whether this tab keeps the session over a reload.
    pub kept: bool,
    /// Which sign-in of this page it stems from. Renewals keep it.
    number: u32,
}

impl Account {
    /// The facts about its service.
    #[must_use]
    pub fn description(&self) -> &'static Description {
        self.service.description()
    }
}

/// Where the console stands with signing in.
#[derive(Clone)]
pub enum Phase {
    /// The configuration is being read, or a kept session looked at.
    Starting,
    /// There is no usable configuration.
    Unconfigured,
    /// Nobody is signed in.
    SignedOut,
    /// A sign-in has come back and is being completed, or a pasted token looked at.
    SigningIn,
    /// Signed in.
    SignedIn(Rc<Account>),
}

/// The accounts. Copies are handles to the same signals.
#[derive(Clone, Copy)]
pub struct Accounts {
    services: Store<Vec<ServiceConfig>>,
    phase: Value<Phase>,
    problem: Value<Option<Problem>>,
    ended: Value<bool>,
    /// The renewal ahead of the session's end, or that end, if nothing can renew it any more.
    alarm: Store<Option<Timer>>,
    /// How many sign-ins there were.
    number: Store<u32>,
}

impl Accounts {
    pub(super) fn new() -> Self {
        Self {
            services: Store::new(Vec::new()),
            phase: Value::new(Phase::Starting),
            problem: Value::new(None),
            ended: Value::new(false),
            alarm: Store::new(None),
            number: Store::new(0),
        }
    }

    /// Where signing in stands.
    #[must_use]
    pub fn phase(self) -> Phase {
        self.phase.get()
    }

    /// The same without subscribing; nothing once the app is gone.
    #[must_use]
    pub fn phase_untracked(self) -> Option<Phase> {
        self.phase.try_get_untracked()
    }

    /// The account that is signed in.
    #[must_use]
    pub fn account(self) -> Option<Rc<Account>> {
        match self.phase.get() {
            Phase::SignedIn(account) => Some(account),
            _ => None,
        }
    }

    /// The account of a key, without subscribing: for requests.
    #[must_use]
    pub fn of(self, key: &WorkspaceKey) -> Option<Rc<Account>> {
        match self.phase.try_get_untracked()? {
            Phase::SignedIn(account) if account.id == key.account => Some(account),
            _ => None,
        }
    }

    /// Whether the person who was signed in as this account still is, by the same sign-in. Ask it
    /// of the account a request was made for before its reply changes anything.
    #[must_use]
    pub fn holds(self, account: &Account) -> bool {
        matches!(self.phase_untracked(), Some(Phase::SignedIn(now)) if now.number == account.number)
    }

    /// What went wrong with the last sign-in.
    #[must_use]
    pub fn problem(self) -> Option<Problem> {
        self.problem.get()
    }

    /// Whether the service has said that the session has ended.
    #[must_use]
    pub fn has_ended(self) -> bool {
        self.ended.get()
    }

    /// Whether the service has said so, without subscribing.
    pub(super) fn has_ended_untracked(self) -> bool {
        self.ended.try_get_untracked() == Some(true)
    }

    /// The services one can sign in to: account, label, service name, and whether a button does it,
    /// by redirect or through a gateway.
    #[must_use]
    pub fn offered(self) -> Vec<(AccountId, String, &'static str, bool)> {
        self.services.with_value(|services| {
            services
                .iter()
                .map(|service| {
                    let name = service.dialect.description().name;
                    (
                        service.account.clone(),
                        service.label.clone(),
                        name,
                        service.sign_in.is_some() || service.gateway,
                    )
                })
                .collect()
        })
    }

    /// Whether one can sign in to this account with a token. A gateway takes none: it has its own.
    #[must_use]
    pub fn offers_token(self, account: &AccountId) -> bool {
        !self.is_gateway(account)
    }

    fn is_gateway(self, account: &AccountId) -> bool {
        self.services.with_value(|services| {
            services
                .iter()
                .any(|service| service.account == *account && service.gateway)
        })
    }

    /// Begins: takes the configuration and a session that this tab kept.
    pub async fn start(self, services: Option<Vec<ServiceConfig>>) {
        let Some(services) = services else {
            self.phase.set(Phase::Unconfigured);
            return;
        };
        let gateway = services
            .iter()
            .find(|service| service.gateway)
            .map(|service| service.account.clone());
        self.services.set_value(services);
        if let Some(account) = gateway {
            self.pass(account).await;
            return;
        }
        let Some(stored) = session::kept() else {
            self.phase.set(Phase::SignedOut);
            return;
        };
        let (Some(account), Some(credential)) = (
            AccountId::new(stored.account.clone()),
            Credential::from_pasted(&stored.token),
        ) else {
            return self.end_quietly();
        };
        let refresh = stored.refresh.clone().and_then(RefreshToken::new);
        let mut session =
            Session::restored(credential, refresh, BrowserClock.now(), stored.expires);
        let (subject, name) = (stored.subject.and_then(UserId::new), stored.name);
        session.subject = session.subject.or_else(|| subject.clone());
        session.name = session.name.or_else(|| name.clone());
        let over = session.expires.is_some_and(|end| end <= BrowserClock.now());
        match (over, &session.refresh, self.sign_in_of(&account)) {
            (false, ..) => self.accept(&account, session, true, None),
            (true, Some(refresh), Some(sign_in)) => {
                // The token leaves the storage before it leaves the page. Whether a request that
                // failed has arrived cannot be told from here, and a service that rotates takes
                // a second use for theft and ends the session everywhere: so there is none, not
                // even after a reload. Signing in again costs a person one press.
                session::forget();
                match sign_in.refresh(refresh).await {
                    Ok(mut session) => {
                        session.subject = session.subject.or(subject);
                        session.name = session.name.or(name);
                        self.accept(&account, session, true, None);
                    }
                    Err(failure) if failure.kind == FailureKind::SignedOut => self.end_quietly(),
                    Err(failure) => self.fail(Problem::Failed(failure)),
                }
            }
            _ => self.end_quietly(),
        }
    }

    fn end_quietly(self) {
        session::forget();
        self.phase.set(Phase::SignedOut);
    }

    fn sign_in_of(self, account: &AccountId) -> Option<Rc<SignIn>> {
        self.services.with_value(|services| {
            let service = services
                .iter()
                .find(|service| service.account == *account)?;
            Some(Rc::new(SignIn {
                transport: Rc::new(BrowserTransport),
                clock: Rc::new(BrowserClock),
                endpoints: service.sign_in.clone()?,
            }))
        })
    }

    /// Leaves for the sign-in service (RFC 6749 4.1, RFC 7636). The address wanted survives. With
    /// a gateway there is nowhere to go: it is asked who is signed in, and that is all.
    pub fn sign_in(self, account: AccountId, next: Option<Route>, keep: bool) {
        self.problem.set(None);
        if self.is_gateway(&account) {
            self.phase.set(Phase::SigningIn);
            spawn(self.pass(account));
            return;
        }
        let Some(sign_in) = self.sign_in_of(&account) else {
            return;
        };
        // Somebody whose session has ended keeps the page until it is left.
        if matches!(self.phase.get_untracked(), Phase::SignedOut) {
            self.phase.set(Phase::SigningIn);
        }
        spawn(async move {
            let (Some(state), Some(verifier)) = (crypto::random_token(), crypto::random_token())
            else {
                return self.fail(Problem::Insecure);
            };
            let Some(challenge) = crypto::sha256_base64url(&verifier).await else {
                return self.fail(Problem::Insecure);
            };
            let url = authorize_url(&sign_in.endpoints, &return_address(), &state, &challenge);
            session::leave(&PendingSignIn {
                state,
                verifier,
                account: account.as_str().to_owned(),
                next: next.map(|route| route.href()),
                keep,
            });
            page::go(&url);
        });
    }

    /// Signs in again at the same service and comes back to the same place.
    pub fn sign_in_again(self, account: &Account, place: Route) {
        if account.sign_in.is_some() || self.is_gateway(&account.id) {
            self.sign_in(account.id.clone(), Some(place), account.kept);
        } else {
            self.sign_out();
        }
    }

    fn fail(self, problem: Problem) {
        self.problem.try_set(Some(problem));
        self.phase.try_set(Phase::SignedOut);
    }

    /// Completes a sign-in that has come back, and says where the person wanted to go.
    pub async fn complete(self, search: &str) -> Option<Route> {
        let callback = parse_callback(search);
        // What is not the answer leaves the sign-in that is under way alone.
        let pending = session::pending().filter(|pending| callback.answers(&pending.state));
        let pending = pending.and_then(|pending| {
            session::forget_pending();
            let account = AccountId::new(pending.account.as_str())?;
            Some((self.sign_in_of(&account)?, account, pending))
        });
        let (code, (sign_in, account, pending)) = match (callback, pending) {
            (Callback::Code { code, .. }, Some(pending)) => (code, pending),
            (
                Callback::Refused {
                    error, description, ..
                },
                Some(_),
            ) => {
                self.fail(Problem::Refused(description.or(Some(error))));
                return None;
            }
            _ => {
                self.fail(Problem::NotOurs);
                return None;
            }
        };
        self.phase.set(Phase::SigningIn);
        let session = sign_in
            .exchange(&code, &pending.verifier, &return_address())
            .await;
        let admitted = match session {
            // The token need not say whose it is.
            Ok(session) if session.subject.is_none() => {
                self.admit(&account, session, pending.keep).await
            }
            Ok(session) => {
                self.accept(&account, session, pending.keep, None);
                true
            }
            Err(failure) => {
                self.fail(Problem::Failed(failure));
                false
            }
        };
        admitted.then(|| {
            pending
                .next
                .map_or_else(start_page, |next| Route::parse_address(&next))
        })
    }

    /// Takes a pasted token, after its service has answered to it.
    pub async fn paste(self, account: AccountId, text: &str, keep: bool) -> bool {
        let Some(credential) = Credential::from_pasted(text) else {
            self.problem.set(Some(Problem::NoToken));
            return false;
        };
        self.problem.set(None);
        self.phase.set(Phase::SigningIn);
        let session = Session::from_pasted(credential, BrowserClock.now());
        self.admit(&account, session, keep).await
    }

    /// Signs in through a gateway.
    async fn pass(self, account: AccountId) {
        let session = Session::from_pasted(Credential::Gateway, BrowserClock.now());
        self.admit(&account, session, false).await;
    }

    /// Takes a session after its service has said whose it is.
    async fn admit(self, account: &AccountId, mut session: Session, keep: bool) -> bool {
        if let Some(sign_in) = self.sign_in_of(account) {
            match sign_in.who_am_i(&session.credential).await {
                Ok(person) => {
                    session.subject = session.subject.or(person.id);
                    session.name = person.name.or(session.name);
                }
                Err(failure) => {
                    self.fail(Problem::Failed(failure));
                    return false;
                }
            }
        }
        self.accept(account, session, keep, None);
        true
    }

    /// Takes a session: a new one, or the renewal of the one before.
    fn accept(self, id: &AccountId, session: Session, kept: bool, before: Option<&Account>) {
        let found = self.services.with_value(|services| {
            let service = services.iter().find(|service| service.account == *id)?;
            Some((
                service.label.clone(),
                service.dialect,
                Rc::clone(&service.base),
            ))
        });
        let Some((label, dialect, base)) = found else {
            return self.end_quietly();
        };
        let service = Service {
            transport: Rc::new(BrowserTransport),
            clock: Rc::new(BrowserClock),
            dialect,
            base,
            credential: session.credential.clone(),
        };
        let number = before.map_or_else(
            || self.number.with_value(|number| number.wrapping_add(1)),
            |before| before.number,
        );
        self.number.set_value(number);
        let account = Account {
            id: id.clone(),
            label,
            service,
            me: session.subject.clone(),
            name: session.name.clone(),
            sign_in: self.sign_in_of(id),
            session,
            kept,
            number,
        };
        if kept {
            store(&account, account.session.refresh.as_ref());
        }
        self.ended.set(false);
        self.wake_at(account.session.renew_at(), |accounts| {
            spawn(accounts.renew());
        });
        self.phase.set(Phase::SignedIn(Rc::new(account)));
    }

    /// Sets the alarm; there is one.
    fn wake_at(self, at: Option<Timestamp>, run: fn(Self)) {
        let timer = at.map(|at| {
            // Browsers count timers in 31 bits; a session beyond that needs no alarm in this tab.
            // Never at once, or a service whose sessions last no time would be asked in a circle.
            let wait = at.whole_millis() - BrowserClock.now().whole_millis();
            let wait = u32::try_from(wait.clamp(1_000, 2_000_000_000)).unwrap_or_default();
            Timer::after(wait, move || run(self))
        });
        self.alarm.try_set_value(timer);
    }

    async fn renew(self) {
        let Some(Phase::SignedIn(account)) = self.phase_untracked() else {
            return;
        };
        let (Some(refresh), Some(sign_in)) = (&account.session.refresh, &account.sign_in) else {
            return;
        };
        // As at the start: a refresh token leaves the storage before it leaves the page.
        if account.kept {
            store(&account, None);
        }
        let renewed = sign_in.refresh(refresh).await;
        if !self.holds(&account) {
            // Signed out in the meantime: what came too late must not stay good.
            if let Ok(session) = renewed {
                sign_in.sign_out(&session).await;
            }
            return;
        }
        match renewed {
            Ok(mut session) => {
                session.subject = session.subject.or_else(|| account.me.clone());
                session.name = session.name.or_else(|| account.name.clone());
                self.accept(&account.id, session, account.kept, Some(&account));
            }
            Err(failure) if failure.kind == FailureKind::SignedOut => self.has_been_refused(),
            // The token may be spent, so it is not sent again. What is left of the session can
            // still be used.
            Err(_) => self.wake_at(account.session.expires, Self::has_been_refused),
        }
    }

    /// Notes that a service no longer accepts the session. What is on the screen stays.
    pub fn has_been_refused(self) {
        if !matches!(self.phase_untracked(), Some(Phase::SignedIn(_))) {
            return;
        }
        self.alarm.try_set_value(None);
        session::forget();
        self.ended.try_set(true);
    }

    /// Signs out: revokes what can be revoked and forgets the session at once.
    pub fn sign_out(self) {
        let Some(Phase::SignedIn(account)) = self.phase_untracked() else {
            return;
        };
        self.alarm.set_value(None);
        session::forget();
        session::forget_pending();
        self.ended.set(false);
        self.problem.set(None);
        self.phase.set(Phase::SignedOut);
        if let Some(sign_in) = account.sign_in.clone() {
            spawn(async move { sign_in.sign_out(&account.session).await });
        }
    }
}

/// Where the sign-in service sends people back to.
fn return_address() -> String {
    [page::origin(), Route::SignInReturn.href()].concat()
}

fn start_page() -> Route {
    Route::List(steward_domain::listing::Query::default())
}

/// Keeps the session of an account, with the refresh token that has not been sent yet.
fn store(account: &Account, refresh: Option<&RefreshToken>) {
    let Some(token) = account.session.credential.expose_for_storage() else {
        return;
    };
    let first =
        account
            .service
            .dialect
            .list(&account.service.base, &account.service.credential, None);
    session::keep(&StoredSession {
        account: account.id.as_str().to_owned(),
        token: token.to_owned(),
        refresh: refresh.map(|refresh| refresh.expose_for_storage().to_owned()),
        expires: account.session.expires,
        subject: account.me.as_ref().map(|me| me.as_str().to_owned()),
        name: account.name.clone(),
        first: first.url,
    });
}
