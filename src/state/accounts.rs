//! Who is signed in where. Owns credentials: they go from here into a [`Service`] and nowhere else.
//!
//! Guarantees: a sign-in's secrets are used once; a session is renewed ahead of its end, by one
//! request however many wait for it; signing out revokes what it can and leaves nothing behind.

use std::rc::Rc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use steward_domain::failure::{Failure, FailureKind};
use steward_domain::id::{AccountId, UserId, WorkspaceKey};
use steward_domain::provider::Description;
use steward_flows::sign_in::Problem;
use steward_flows::{
    Callback, Clock, Credential, RefreshToken, Service, Session, SignIn, authorize_url,
    parse_callback,
};

use super::config::ServiceConfig;
use super::session::{self, PendingSignIn, StoredSession};
use crate::browser::clock::{self, Timer};
use crate::browser::{crypto, page};
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
    services: StoredValue<Vec<ServiceConfig>, LocalStorage>,
    phase: RwSignal<Phase, LocalStorage>,
    problem: RwSignal<Option<Problem>>,
    ended: RwSignal<bool>,
    renewal: StoredValue<Option<Timer>, LocalStorage>,
}

impl Accounts {
    pub(super) fn new() -> Self {
        Self {
            services: StoredValue::new_local(Vec::new()),
            phase: RwSignal::new_local(Phase::Starting),
            problem: RwSignal::new(None),
            ended: RwSignal::new(false),
            renewal: StoredValue::new_local(None),
        }
    }

    /// Where signing in stands.
    #[must_use]
    pub fn phase(self) -> Phase {
        self.phase.get()
    }

    /// The same without subscribing; nothing once the app is gone.
    pub(super) fn phase_untracked(self) -> Option<Phase> {
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

    /// The services one can sign in to: account, label, service name, whether by redirect.
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
                        service.sign_in.is_some(),
                    )
                })
                .collect()
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
            let session = Session::from_pasted(Credential::Gateway, BrowserClock.now());
            self.accept(&account, session, false).await;
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
            self.end_quietly();
            return;
        };
        let refresh = stored.refresh.clone().and_then(RefreshToken::new);
        let session = Session::restored(credential, refresh, BrowserClock.now(), stored.expires());
        let over = session.expires.is_some_and(|end| end <= BrowserClock.now());
        match (over, &session.refresh, self.sign_in_of(&account)) {
            (false, ..) => self.accept(&account, session, true).await,
            (true, Some(refresh), Some(sign_in)) => match sign_in.refresh(refresh).await {
                Ok(session) => self.accept(&account, session, true).await,
                Err(_) => self.end_quietly(),
            },
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

    /// Leaves for the sign-in service (RFC 6749 4.1, RFC 7636). The address wanted survives.
    pub fn sign_in(self, account: AccountId, next: Option<Route>, keep: bool) {
        self.problem.set(None);
        let Some(sign_in) = self.sign_in_of(&account) else {
            return;
        };
        // Somebody whose session has ended keeps the page until it is left.
        if matches!(self.phase.get_untracked(), Phase::SignedOut) {
            self.phase.set(Phase::SigningIn);
        }
        spawn_local(async move {
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
        if account.sign_in.is_some() {
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
        let pending = session::returned();
        let (code, pending) = match (parse_callback(search), pending) {
            (Callback::Code { code, state }, Some(pending)) if state == pending.state => {
                (code, pending)
            }
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
        let account = AccountId::new(pending.account)?;
        let Some(sign_in) = self.sign_in_of(&account) else {
            self.fail(Problem::NotOurs);
            return None;
        };
        match sign_in
            .exchange(&code, &pending.verifier, &return_address())
            .await
        {
            Ok(session) => {
                self.accept(&account, session, pending.keep).await;
                Some(
                    pending
                        .next
                        .map_or_else(start_page, |next| Route::parse_address(&next)),
                )
            }
            Err(failure) => {
                self.fail(Problem::Failed(failure));
                None
            }
        }
    }

    /// Takes a pasted token, after its service has answered to it.
    pub async fn paste(self, account: AccountId, text: &str, keep: bool) -> bool {
        let Some(credential) = Credential::from_pasted(text) else {
            self.problem.set(Some(Problem::NoToken));
            return false;
        };
        self.problem.set(None);
        self.phase.set(Phase::SigningIn);
        let mut session = Session::from_pasted(credential, BrowserClock.now());
        if let Some(sign_in) = self.sign_in_of(&account) {
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
        self.accept(&account, session, keep).await;
        true
    }

    async fn accept(self, id: &AccountId, session: Session, kept: bool) {
        let found = self.services.with_value(|services| {
            let service = services.iter().find(|service| service.account == *id)?;
            Some((
                service.label.clone(),
                service.dialect,
                Rc::clone(&service.base),
            ))
        });
        let Some((label, dialect, base)) = found else {
            self.end_quietly();
            return;
        };
        let service = Service {
            transport: Rc::new(BrowserTransport),
            clock: Rc::new(BrowserClock),
            dialect,
            base,
            credential: session.credential.clone(),
        };
        let account = Account {
            id: id.clone(),
            label,
            service,
            me: session.subject.clone(),
            name: session.name.clone(),
            sign_in: self.sign_in_of(id),
            session,
            kept,
        };
        if kept {
            store(&account);
        }
        self.ended.set(false);
        self.renew_in_time(&account);
        self.phase.set(Phase::SignedIn(Rc::new(account)));
    }

    /// Sets the alarm for the renewal, a while ahead of the end.
    fn renew_in_time(self, account: &Account) {
        self.renewal.set_value(None);
        if account.session.refresh.is_none() {
            return;
        }
        let Some(at) = account.session.renew_at() else {
            return;
        };
        // Browsers count timers in 31 bits; a session beyond that needs no alarm in this tab.
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let wait = (at.as_millis() - clock::now()).clamp(0.0, 2_000_000_000.0) as u32;
        let timer = Timer::after(wait, move || spawn_local(self.renew()));
        self.renewal.set_value(Some(timer));
    }

    async fn renew(self) {
        let Some(Phase::SignedIn(account)) = self.phase.try_get_untracked() else {
            return;
        };
        let (Some(refresh), Some(sign_in)) = (&account.session.refresh, &account.sign_in) else {
            return;
        };
        match sign_in.refresh(refresh).await {
            Ok(mut session) => {
                session.name = session.name.or_else(|| account.name.clone());
                self.accept(&account.id, session, account.kept).await;
            }
            Err(failure) if failure.kind == FailureKind::SignedOut => self.has_been_refused(),
            // The access token still holds for a while: try again before it ends.
            Err(_) => {
                let timer = Timer::after(10_000, move || spawn_local(self.renew()));
                self.renewal.try_set_value(Some(timer));
            }
        }
    }

    /// Notes that a service no longer accepts the session. What is on the screen stays.
    pub fn has_been_refused(self) {
        session::forget();
        self.ended.try_set(true);
    }

    /// Signs out: revokes what can be revoked and forgets the session at once.
    pub fn sign_out(self) {
        let Some(Phase::SignedIn(account)) = self.phase.try_get_untracked() else {
            return;
        };
        self.renewal.set_value(None);
        session::forget();
        self.ended.set(false);
        self.problem.set(None);
        self.phase.set(Phase::SignedOut);
        if let Some(sign_in) = account.sign_in.clone() {
            spawn_local(async move { sign_in.sign_out(&account.session).await });
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

fn store(account: &Account) {
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
        refresh: account
            .session
            .refresh
            .as_ref()
            .map(|refresh| refresh.expose_for_storage().to_owned()),
        expires: account
            .session
            .expires
            .map(steward_domain::time::Timestamp::as_millis),
        first: first.url,
    });
}
