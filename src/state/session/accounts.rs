//! Who is signed in where: the set of accounts. How an account gets in is `sign_in`'s and `accept`'s, how it stays
//! `refresh`'s.
//!
//! Guarantees: accounts never share a session, an end or an error; signing out revokes what it can
//! and leaves nothing behind, and what arrives for a former session changes nothing.

use leptos::prelude::*;
use std::cell::Cell;
use std::rc::Rc;

use steward_domain::id::{AccountId, UserId, WorkspaceKey};
use steward_domain::provider::Description;
use steward_flows::{RefreshToken, Service, Session, SignIn};

use super::config::{Offer, ServiceConfig, Services};
use super::progress::SignInProgress;
use super::renewals::Renewals;
use super::storage;
use super::tabs::Tabs;
use crate::state::list_cache;
use crate::state::retry_after::Pauses;
use crate::transport::WayOf;
use leptos::task::spawn_local;

/// An account that is signed in.
#[derive(Clone)]
pub struct Account {
    /// How the console knows it.
    pub id: AccountId,
    /// The entry of the configuration that it is an account of.
    pub entry: AccountId,
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
    pub(super) session_generation: u32,
    /// Which person's it is. Signing in again keeps it.
    pub(in crate::state) user_generation: u32,
    /// Whether its refresh token has been sent: it is good for once.
    pub(super) spent: Rc<Cell<bool>>,
    /// What is known of the way to its service.
    pub(in crate::state) way: WayOf,
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
        self.id == other.id && self.session_generation == other.session_generation
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

/// The accounts. Copies are handles to the same signals.
#[derive(Clone, Copy)]
pub struct Accounts {
    /// The services that accounts can be on.
    pub(in crate::state) services: Services,
    stage: RwSignal<Stage>,
    all: RwSignal<Vec<Rc<Account>>, LocalStorage>,
    /// How many sign-ins there were.
    sign_ins: StoredValue<u32>,
    /// The sign-in under way.
    pub progress: SignInProgress,
    /// The ends of sessions.
    pub renewals: Renewals,
    pub(super) tabs: Tabs,
    /// The pauses that services asked for.
    pub(in crate::state) pauses: Pauses,
}

/// How far the console has come with its configuration.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    Starting,
    Unconfigured,
    Ready,
}

impl Accounts {
    pub(in crate::state) fn new() -> Self {
        Self {
            services: Services::new(),
            stage: RwSignal::new(Stage::Starting),
            all: RwSignal::new_local(Vec::new()),
            sign_ins: StoredValue::new(0),
            progress: SignInProgress::new(),
            renewals: Renewals::new(),
            tabs: Tabs::new(),
            pauses: Pauses::new(),
        }
    }

    /// Begins: takes the configuration and the sessions that this tab kept.
    pub async fn start(self, services: Option<Vec<ServiceConfig>>) {
        let Some(services) = services else {
            self.stage.set(Stage::Unconfigured);
            return;
        };
        self.services.set(services);
        let offers = self.offered().into_iter();
        for gateway in offers.filter(|offer| offer.gateway) {
            self.pass(gateway.entry, None).await;
        }
        self.resume().await;
        self.stage.set(Stage::Ready);
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

    /// Whether an account's service has said that the session has ended.
    #[must_use]
    pub fn has_ended(self, id: &AccountId) -> bool {
        self.renewals.has_ended(id)
    }

    /// The services one can sign in to, in the order of the configuration.
    #[must_use]
    pub fn offered(self) -> Vec<Offer> {
        self.services.offered()
    }

    /// What an account is signed in to again with: by a redirect or a gateway if there is one.
    #[must_use]
    pub fn offer_of(self, account: &Account) -> Option<Offer> {
        self.offered()
            .into_iter()
            .find(|offer| offer.entry == account.entry)
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
            storage::keep(&account, account.unspent());
        }
        self.put(Rc::new(account));
    }

    /// Puts an account in the place of the one with its id, or behind the others of its service.
    pub(super) fn put(self, account: Rc<Account>) {
        let order = self.services.position(&account.entry);
        self.all.update(
            |all| match all.iter_mut().find(|other| other.id == account.id) {
                Some(known) => *known = account,
                None => {
                    let behind = all
                        .iter()
                        .rposition(|other| self.services.position(&other.entry) <= order);
                    all.insert(behind.map_or(0, |at| at + 1), account);
                }
            },
        );
    }

    /// The number of a sign-in that has just been made.
    pub(super) fn next_generation(self) -> u32 {
        self.sign_ins
            .update_value(|count| *count = count.wrapping_add(1));
        self.sign_ins.get_value()
    }

    /// Notes that a service no longer accepts an account's session. What is on the screen stays, and
    /// the other accounts go on.
    pub fn has_been_refused(self, id: &AccountId) {
        if self.get_untracked(id).is_none() || self.renewals.has_ended_untracked(id) {
            return;
        }
        storage::forget(id.as_str());
        list_cache::forget(id);
        self.renewals.end(id);
        self.renew_ended(id);
    }

    /// Whether this is the account's session still, renewals of it included.
    pub(in crate::state) fn is_current(self, account: &Account) -> bool {
        self.get_untracked(&account.id)
            .is_some_and(|now| now.session_generation == account.session_generation)
    }

    /// The same for one session of it: what arrives for a former one ends nothing.
    pub(in crate::state) fn has_refused(self, account: &Account) {
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
        storage::forget(id.as_str());
        storage::forget_pending();
        list_cache::forget(id);
        self.renewals.forget(id);
        self.progress.forget_problem();
        self.all.update(|all| all.retain(|other| other.id != *id));
        Some(account)
    }
}

pub(super) fn find(all: &[Rc<Account>], id: &AccountId) -> Option<Rc<Account>> {
    all.iter().find(|account| account.id == *id).cloned()
}
