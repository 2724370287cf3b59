//! Taking a session: which account it is of, what that is called, and what this tab keeps of it.
//!
//! Guarantees: the same person at the same service is the same account; an account's name and id are its
//! own; only what its person asked to be kept is stored.

use std::rc::Rc;

use steward_domain::id::AccountId;
use steward_flows::{Service, Session};

use super::accounts::{Account, Accounts, find};
use super::storage;
use crate::state::list_cache;
use crate::transport::{BrowserClock, BrowserTransport, WayOf};

impl Accounts {
    /// Takes a session: a new one, or the renewal of the one before. The same person at the same
    /// service is the same account, so that signing in again leaves no second one behind.
    pub(super) fn accept(
        self,
        entry: &AccountId,
        session: Session,
        name: Option<String>,
        kept: bool,
        known: Known<'_>,
    ) -> Option<Rc<Account>> {
        let all = self.all_untracked();
        let before = match &known {
            Known::Renewed(before) | Known::Again(before) => Some(Rc::clone(before)),
            Known::No | Known::Stored { .. } | Known::Other => all
                .iter()
                .find(|other| {
                    let again = !matches!(known, Known::Other)
                        && session.subject.is_none()
                        && self.renewals.has_ended_untracked(&other.id);
                    other.entry == *entry && (is_same(other, &session) || again)
                })
                .cloned(),
        };
        // A session more tells nothing about what the service lets a browser read.
        let way = before
            .as_ref()
            .map_or_else(WayOf::default, |before| before.way.clone());
        let made = self.services.with(entry, |service| {
            let own = Service {
                transport: Rc::new(BrowserTransport { way: way.clone() }),
                clock: Rc::new(BrowserClock),
                dialect: service.dialect,
                base: Rc::clone(&service.base),
                credential: session.credential.clone(),
                rate_limit: Default::default(),
            };
            (service.label.clone(), own, service.sign_in())
        });
        let (offered, mut service, sign_in) = made?;
        let (id, label) = match (&before, &known) {
            (Some(before), _) => (before.id.clone(), before.label.clone()),
            (None, Known::Stored { id, label }) => ((*id).clone(), (*label).to_owned()),
            (None, _) => new_name(&all, entry, &offered),
        };
        let session_generation = match &known {
            Known::Renewed(before) => {
                service.rate_limit = before.service.rate_limit.clone();
                before.session_generation
            }
            _ => self.next_generation(),
        };
        let same = |before: &&Rc<Account>| {
            matches!(known, Known::Renewed(_) | Known::Again(_)) || is_same(before, &session)
        };
        let user_generation = before
            .as_ref()
            .filter(same)
            .map(|before| before.user_generation);
        let account = Account {
            id,
            entry: entry.clone(),
            label,
            service,
            me: session.subject.clone(),
            name: name.or_else(|| session.name.clone()),
            sign_in,
            session,
            kept,
            session_generation,
            user_generation: user_generation.unwrap_or(session_generation),
            spent: Rc::default(),
            way,
        };
        if kept {
            storage::keep(&account, account.session.refresh.as_ref());
        } else {
            storage::forget(account.id.as_str());
            list_cache::forget(&account.id);
        }
        self.pauses.heed(&account.service);
        self.renewals.forget(&account.id);
        self.schedule(&account);
        let account = Rc::new(account);
        self.put(Rc::clone(&account));
        Some(account)
    }
}

/// What is known of an account before its session is taken.
pub(super) enum Known<'a> {
    /// Nothing: it has just signed in.
    No,
    /// It is from this tab's storage.
    Stored {
        /// Its id.
        id: &'a AccountId,
        /// What people call it.
        label: &'a str,
    },
    /// It is the renewal of this one.
    Renewed(Rc<Account>),
    /// The same person has signed in to this one again.
    Again(Rc<Account>),
    /// Somebody else has signed in where this tab asked for another person.
    Other,
}

/// Whether a session is of the person, or by the key, that an account is of.
fn is_same(account: &Account, session: &Session) -> bool {
    account.me.is_some() && account.me == session.subject
        || account.session.credential == session.credential
}

/// A name for a further account: the entry's own for the first, with a number for the others.
fn new_name(all: &[Rc<Account>], entry: &AccountId, label: &str) -> (AccountId, String) {
    let mut number = 1_u32;
    loop {
        let (id, label) = match number {
            1 => (Some(entry.clone()), label.to_owned()),
            _ => (
                AccountId::new(format!("{}-{number}", entry.as_str())),
                format!("{label} {number}"),
            ),
        };
        match id {
            Some(id) if find(all, &id).is_none() => return (id, label),
            _ => number += 1,
        }
    }
}
