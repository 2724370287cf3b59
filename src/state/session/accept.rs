//! Taking a session: which account it is of, what that is called, and what this tab keeps of it.
//!
//! Guarantees: the same person at the same service is the same account; an account's name and id are its
//! own; only what its person asked to be kept is stored.

use leptos::prelude::*;
use std::rc::Rc;

use steward_domain::id::AccountId;
use steward_domain::provider::CredentialKind;
use steward_flows::{RefreshToken, Service, Session};

use super::accounts::{Account, Accounts, find, sign_in, take_out};
use super::list_cache;
use super::session::{self, StoredSession};
use crate::transport::{BrowserClock, BrowserTransport, WayOf};

impl Accounts {
    /// Takes a session: a new one, or the renewal of the one before. The same person at the same
    /// service is the same account, so that signing in again leaves no second one behind.
    pub(super) fn accept(
        self,
        place: &AccountId,
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
                        && self.has_ended_untracked(&other.id);
                    other.place == *place && (is_same(other, &session) || again)
                })
                .cloned(),
        };
        // A session more tells nothing about what the service lets a browser read.
        let way = before
            .as_ref()
            .map_or_else(WayOf::default, |before| before.way.clone());
        let made = self.services.with_value(|services| {
            let service = services.iter().find(|service| service.account == *place)?;
            let rate_limit = Default::default();
            Some((
                service.label.clone(),
                Service {
                    transport: Rc::new(BrowserTransport { way: way.clone() }),
                    clock: Rc::new(BrowserClock),
                    dialect: service.dialect,
                    base: Rc::clone(&service.base),
                    credential: session.credential.clone(),
                    rate_limit,
                },
                sign_in(service),
            ))
        });
        let (offered, mut service, sign_in) = made?;
        let (id, label) = match (&before, &known) {
            (Some(before), _) => (before.id.clone(), before.label.clone()),
            (None, Known::Stored { id, label }) => ((*id).clone(), (*label).to_owned()),
            (None, _) => new_name(&all, place, &offered),
        };
        let number = match &known {
            Known::Renewed(before) => {
                service.rate_limit = before.service.rate_limit.clone();
                before.number
            }
            _ => {
                self.number
                    .update_value(|number| *number = number.wrapping_add(1));
                self.number.get_value()
            }
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
            place: place.clone(),
            label,
            service,
            me: session.subject.clone(),
            name: name.or_else(|| session.name.clone()),
            sign_in,
            session,
            kept,
            number,
            user_generation: user_generation.unwrap_or(number),
            spent: Rc::default(),
            way,
        };
        if kept {
            store(&account, account.session.refresh.as_ref());
        } else {
            session::forget(&account.id);
            list_cache::forget(&account.id);
        }
        self.count_pauses(&account);
        take_out(self.ended, &account.id);
        take_out(self.ending, &account.id);
        self.wake_at(&account);
        let account = Rc::new(account);
        self.replace(Rc::clone(&account));
        Some(account)
    }

    fn replace(self, account: Rc<Account>) {
        let order = self.places();
        let place = |account: &Account| order.iter().position(|place| *place == account.place);
        self.all.update(
            |all| match all.iter_mut().find(|other| other.id == account.id) {
                Some(known) => *known = account,
                None => {
                    let behind = all
                        .iter()
                        .rposition(|other| place(other) <= place(&account));
                    all.insert(behind.map_or(0, |at| at + 1), account);
                }
            },
        );
    }

    fn places(self) -> Vec<AccountId> {
        self.services
            .with_value(|services| services.iter().map(|one| one.account.clone()).collect())
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
fn new_name(all: &[Rc<Account>], place: &AccountId, label: &str) -> (AccountId, String) {
    let mut number = 1_u32;
    loop {
        let (id, label) = match number {
            1 => (Some(place.clone()), label.to_owned()),
            _ => {
                let number = number.to_string();
                (
                    AccountId::new([place.as_str(), "-", &number].concat()),
                    [label, " ", &number].concat(),
                )
            }
        };
        match id {
            Some(id) if find(all, &id).is_none() => return (id, label),
            _ => number += 1,
        }
    }
}

/// Keeps the session of an account, with the refresh token that has not been sent yet.
pub(super) fn store(account: &Account, refresh: Option<&RefreshToken>) {
    if let Some(stored) = stored(account, refresh) {
        session::keep(&stored);
    }
}

/// The session of an account as it is stored. None where a gateway has the credential.
pub(super) fn stored(account: &Account, refresh: Option<&RefreshToken>) -> Option<StoredSession> {
    let token = account.session.credential.expose_for_storage()?;
    // What boot.js can send by itself is a bearer token and nothing else.
    let plain = account.description().credential != CredentialKind::AdminKey;
    let first = plain.then(|| {
        account
            .service
            .dialect
            .list(account.service.endpoint(), None)
            .url
    });
    Some(StoredSession {
        account: account.id.as_str().to_owned(),
        place: account.place.as_str().to_owned(),
        label: account.label.clone(),
        kept: account.kept,
        token: token.to_owned(),
        refresh: refresh.map(|refresh| refresh.expose_for_storage().to_owned()),
        expires: account.session.expires,
        subject: account.me.as_ref().map(|me| me.as_str().to_owned()),
        name: account.name.clone(),
        first,
    })
}
