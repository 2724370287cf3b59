//! Who is signed in where: the set of accounts. Owns credentials: they go from here into a
//! [`Service`] and nowhere else. How an account gets in is `signing_in`'s, how it stays `refresh`'s.
//!
//! Guarantees: accounts never share a session, an end or an error; signing out revokes what it can
//! and leaves nothing behind, and what arrives for a former session changes nothing.

use leptos::prelude::*;
use std::cell::Cell;
use std::rc::Rc;

use steward_domain::id::{AccountId, UserId, WorkspaceKey};
use steward_domain::provider::Description;
use steward_flows::sign_in::Problem;
use steward_flows::{RefreshToken, Service, Session, SignIn};

use super::accept::store;
use super::config::ServiceConfig;
use super::tabs::Tabs;
use super::{list_cache, session};
use crate::browser::clock::Timer;
use crate::transport::{BrowserClock, BrowserTransport, WayOf};
use leptos::task::spawn_local;

/// An account that is signed in.
#[derive(Clone)]
pub struct Account {
    /// How the console knows it.
    pub id: AccountId,
    /// The entry of the configuration that it is an account of.
    pub place: AccountId,
    /// What people call it.
    pub label: String,
    /// Where and how to ask its service.
    pub service: Service,
    /// Whose credential it is, where that is known: a person's id at the service, or the id of an
    /// organization where keys belong to one.
    pub me: Option<UserId>,
    /// That person's or organization's name.
    pub name: Option<String>,
    /// The session behind the credential.
    pub session: Session,
    /// How it was signed in to.
    pub(super) sign_in: Rc<SignIn>,
    /// Whether this tab keeps the session over a reload.
    pub kept: bool,
    /// Which sign-in of this page it stems from. Renewals keep it.
    pub(super) number: u32,
    /// Which person's it is. Signing in again keeps it.
    pub(super) user_generation: u32,
    /// Whether its refresh token has been sent: it is good for once.
    pub(super) spent: Rc<Cell<bool>>,
    /// What is known of the way to its service.
    pub(super) way: WayOf,
}

impl Account {
    /// The facts about its service.
    #[must_use]
    pub fn description(&self) -> &'static Description {
        self.service.description()
    }

    /// Its refresh token, if it has not been sent.
    pub(super) fn unspent(&self) -> Option<&RefreshToken> {
        let token = self.session.refresh.as_ref();
        token.filter(|_| !self.spent.get())
    }

    /// Whether it is the same sign-in as another: renewed or renamed, not signed in to again.
    #[must_use]
    pub fn is_session_of(&self, other: &Self) -> bool {
        self.id == other.id && self.number == other.number
    }
}

/// Where the console stands with signing in.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// The configuration is being read, or kept sessions looked at.
    Starting,
    /// There is no usable configuration.
    Unconfigured,
    /// Nobody is signed in.
    SignedOut,
    /// Somebody is signed in somewhere.
    SignedIn,
}

/// A service that one can sign in to.
#[derive(Clone, PartialEq)]
pub struct Offer {
    /// The entry of the configuration.
    pub place: AccountId,
    /// What people call it.
    pub label: String,
    /// The facts about the service.
    pub service: &'static Description,
    /// Whether one is sent to the service's own page.
    pub redirect: bool,
    /// Whether a gateway holds the credential: then nothing is typed here.
    pub gateway: bool,
}

/// The accounts. Copies are handles to the same signals.
#[derive(Clone, Copy)]
pub struct Accounts {
    pub(super) services: StoredValue<Vec<ServiceConfig>, LocalStorage>,
    pub(super) stage: RwSignal<Stage>,
    pub(super) all: RwSignal<Vec<Rc<Account>>, LocalStorage>,
    /// Where a sign-in is under way.
    pub(super) busy: RwSignal<Option<AccountId>>,
    /// While this page leaves for a service's: what ends that if it comes to nothing.
    pub(super) leaving: StoredValue<Option<Timer>, LocalStorage>,
    /// What went wrong with the last sign-in, and where.
    pub(super) problem: RwSignal<Option<(AccountId, Problem)>>,
    /// Accounts whose service no longer accepts their session.
    pub(super) ended: RwSignal<Vec<AccountId>>,
    /// Those of them that are being renewed, which nobody need be asked about.
    pub(super) mending: RwSignal<Vec<AccountId>>,
    /// Accounts whose session ends soon and cannot be renewed without the person.
    pub(super) ending: RwSignal<Vec<AccountId>>,
    /// Who was to sign in again last, and whose session came.
    pub(super) arrived: RwSignal<Option<(AccountId, AccountId)>>,
    /// The other tabs.
    pub(super) tabs: Tabs,
    /// The renewals ahead of the sessions' ends, or those ends, if nothing can renew them any more.
    pub(super) alarms: StoredValue<Vec<(AccountId, Timer)>, LocalStorage>,
    /// How many sign-ins there were.
    pub(super) number: StoredValue<u32>,
    /// Told when a service asks for a pause, and every second of it.
    pub(super) beat: RwSignal<u32>,
    /// Accounts whose service asked for a pause that is not over.
    pub(super) resting: RwSignal<Vec<AccountId>>,
}

/// How far the console has come with its configuration.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Stage {
    Starting,
    Unconfigured,
    Ready,
}

impl Accounts {
    pub(super) fn new() -> Self {
        Self {
            services: StoredValue::new_local(Vec::new()),
            stage: RwSignal::new(Stage::Starting),
            all: RwSignal::new_local(Vec::new()),
            busy: RwSignal::new(None),
            leaving: StoredValue::new_local(None),
            problem: RwSignal::new(None),
            ended: RwSignal::new(Vec::new()),
            mending: RwSignal::new(Vec::new()),
            ending: RwSignal::new(Vec::new()),
            arrived: RwSignal::new(None),
            tabs: Tabs::new(),
            alarms: StoredValue::new_local(Vec::new()),
            number: StoredValue::new(0),
            beat: RwSignal::new(0),
            resting: RwSignal::new(Vec::new()),
        }
    }

    /// Where signing in stands.
    #[must_use]
    pub fn phase(self) -> Phase {
        match self.stage.get() {
            Stage::Starting => Phase::Starting,
            Stage::Unconfigured => Phase::Unconfigured,
            Stage::Ready if self.all.with(Vec::is_empty) => Phase::SignedOut,
            Stage::Ready => Phase::SignedIn,
        }
    }

    /// Every account, in the order of the configuration.
    #[must_use]
    pub fn all(self) -> Vec<Rc<Account>> {
        self.all.get()
    }

    /// The same without subscribing; none once the app is gone.
    #[must_use]
    pub fn all_untracked(self) -> Vec<Rc<Account>> {
        self.all.try_get_untracked().unwrap_or_default()
    }

    /// Whether there is more than one.
    #[must_use]
    pub fn are_several(self) -> bool {
        self.all.with(|all| all.len() > 1)
    }

    /// An account by its id.
    #[must_use]
    pub fn get(self, id: &AccountId) -> Option<Rc<Account>> {
        self.all.with(|all| find(all, id))
    }

    /// The same without subscribing.
    #[must_use]
    pub fn get_untracked(self, id: &AccountId) -> Option<Rc<Account>> {
        self.all.try_with_untracked(|all| find(all, id))?
    }

    /// The account of a key, without subscribing: for requests.
    #[must_use]
    pub fn of(self, key: &WorkspaceKey) -> Option<Rc<Account>> {
        self.get_untracked(&key.account)
    }

    /// Whether the person who was signed in as this account still is, by this or by a later
    /// sign-in. Ask it of the account a request was made for before its reply changes anything.
    #[must_use]
    pub fn same_user(self, account: &Account) -> bool {
        self.get_untracked(&account.id)
            .is_some_and(|now| now.user_generation == account.user_generation)
    }

    /// Where a sign-in is under way.
    #[must_use]
    pub fn busy(self) -> Option<AccountId> {
        self.busy.get()
    }

    /// What went wrong with the last sign-in, and where.
    #[must_use]
    pub fn problem(self) -> Option<(AccountId, Problem)> {
        self.problem.get()
    }

    /// The same at this moment, if anything is still there to ask.
    #[must_use]
    pub fn problem_untracked(self) -> Option<(AccountId, Problem)> {
        self.problem.try_get_untracked().flatten()
    }

    /// Whether an account's service has said that the session has ended.
    #[must_use]
    pub fn has_ended(self, id: &AccountId) -> bool {
        self.ended.with(|ended| ended.contains(id))
    }

    /// Accounts whose service has said so.
    #[must_use]
    pub fn ended(self) -> Vec<AccountId> {
        self.ended.get()
    }

    /// Whether an account's session is being renewed after its service has said so.
    #[must_use]
    pub fn is_mending(self, id: &AccountId) -> bool {
        self.mending.with(|mending| mending.contains(id))
    }

    /// Accounts whose session ends soon and cannot be renewed without the person.
    #[must_use]
    pub fn ending(self) -> Vec<AccountId> {
        self.ending.get()
    }

    /// Takes the warning of a session's end away.
    pub fn forget_ending(self, id: &AccountId) {
        take_out(self.ending, id);
    }

    /// Whether the service has said so, without subscribing.
    pub(super) fn has_ended_untracked(self, id: &AccountId) -> bool {
        self.ended.try_with_untracked(|ended| ended.contains(id)) != Some(false)
    }

    /// The services one can sign in to, in the order of the configuration.
    #[must_use]
    pub fn offered(self) -> Vec<Offer> {
        self.services.with_value(|services| {
            services
                .iter()
                .map(|service| Offer {
                    place: service.account.clone(),
                    label: service.label.clone(),
                    service: service.dialect.description(),
                    redirect: service.sign_in.is_some() && !service.gateway,
                    gateway: service.gateway,
                })
                .collect()
        })
    }

    /// What an account is signed in to again with: by a redirect or a gateway if there is one.
    #[must_use]
    pub fn offer_of(self, account: &Account) -> Option<Offer> {
        self.offered()
            .into_iter()
            .find(|offer| offer.place == account.place)
    }

    /// Gives an account another name; a blank one changes nothing.
    pub fn rename(self, id: &AccountId, label: &str) {
        let label = label.trim();
        let Some(account) = self.get_untracked(id).filter(|_| !label.is_empty()) else {
            return;
        };
        let mut account = (*account).clone();
        account.label = label.to_owned();
        if account.kept {
            store(&account, account.unspent());
        }
        self.all.update(|all| {
            if let Some(place) = all.iter_mut().find(|other| other.id == account.id) {
                *place = Rc::new(account);
            }
        });
    }

    /// Notes that a service no longer accepts an account's session. What is on the screen stays, and
    /// the other accounts go on.
    pub fn has_been_refused(self, id: &AccountId) {
        if self.get_untracked(id).is_none() || self.has_ended_untracked(id) {
            return;
        }
        self.rest(id);
        session::forget(id);
        list_cache::forget(id);
        take_out(self.ending, id);
        self.ended.try_update(|ended| ended.push(id.clone()));
        self.mend(id);
    }

    /// Whether this is the account's session still, renewals of it included.
    pub(super) fn is_current(self, account: &Account) -> bool {
        self.get_untracked(&account.id)
            .is_some_and(|now| now.number == account.number)
    }

    /// The same for one session of it: what arrives for a former one ends nothing.
    pub(super) fn has_refused(self, account: &Account) {
        if self.is_current(account) {
            self.has_been_refused(&account.id);
        }
    }

    /// Signs an account out: revokes what can be revoked, forgets the session at once, and has the
    /// other tabs do the same.
    pub fn sign_out(self, id: &AccountId) {
        if let Some(account) = self.leave(id) {
            self.tabs.say_signed_out(&account);
            spawn_local(async move { account.sign_in.sign_out(&account.session).await });
        }
    }

    /// Forgets an account's session.
    pub(super) fn leave(self, id: &AccountId) -> Option<Rc<Account>> {
        let account = self.get_untracked(id)?;
        self.rest(id);
        session::forget(id);
        session::forget_pending();
        list_cache::forget(id);
        take_out(self.ended, id);
        take_out(self.ending, id);
        self.problem.set(None);
        self.all.update(|all| all.retain(|other| other.id != *id));
        Some(account)
    }

    pub(super) fn sign_in_of(self, place: &AccountId) -> Option<Rc<SignIn>> {
        self.services.with_value(|services| {
            services
                .iter()
                .find(|service| service.account == *place)
                .map(sign_in)
        })
    }
}

pub(super) fn take_out(from: RwSignal<Vec<AccountId>>, id: &AccountId) {
    if from.try_with_untracked(|all| all.contains(id)) == Some(true) {
        from.try_update(|all| all.retain(|other| other != id));
    }
}

pub(super) fn find(all: &[Rc<Account>], id: &AccountId) -> Option<Rc<Account>> {
    all.iter().find(|account| account.id == *id).cloned()
}

pub(super) fn sign_in(service: &ServiceConfig) -> Rc<SignIn> {
    Rc::new(SignIn {
        transport: Rc::new(BrowserTransport::default()),
        clock: Rc::new(BrowserClock),
        dialect: service.dialect,
        base: Rc::clone(&service.base),
        endpoints: service.sign_in.clone(),
    })
}
