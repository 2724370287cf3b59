//! What becomes of a page that leaves for a service's own: it goes, it stays because nothing came of it, or it is
//! shown again as it was left.
//!
//! Guarantees: a sign-in that was left for keeps nothing busy when its page is here again; sessions that were put into
//! the storage for the way are taken out of it; of what a later page of this tab has done with a session nothing is
//! done a second time.

use leptos::prelude::*;
use std::rc::Rc;

use steward_domain::id::AccountId;
use steward_flows::sign_in::Problem;
use wasm_bindgen::JsCast;
use web_sys::PageTransitionEvent;

use super::accounts::{Account, Accounts};
use super::session;
use crate::browser::clock::Timer;
use crate::browser::{events, page};
use leptos::task::spawn_local;

/// How long a service's page may take to answer. A reply without a page (204) never becomes one, and no event says so.
const OPENS_MS: u32 = 10_000;

impl Accounts {
    /// Hears from now on when this page is shown again as it was left, from the browser's back-forward cache.
    pub fn hear_shown_again(self) {
        events::on_window("pageshow", move |event| {
            if event.unchecked_ref::<PageTransitionEvent>().persisted() {
                self.shown_again();
            }
        });
    }

    /// Leaves for a service's page.
    pub(super) fn leave_for(self, place: &AccountId, url: &str) {
        self.park();
        let at = place.clone();
        let stays = Timer::after(OPENS_MS, move || {
            self.leaving.set_value(None);
            self.unpark();
            self.fail(&at, Problem::NotOpened);
        });
        self.leaving.set_value(Some(stays));
        page::go(url);
    }

    fn shown_again(self) {
        let left = self.leaving.try_update_value(Option::take).flatten();
        let left = left.is_some();
        if left {
            self.busy.set(None);
        }
        let stored = session::kept();
        let of = |account: &Account| {
            let own = |stored: &&session::StoredSession| stored.account == account.id.as_str();
            stored.iter().find(own)
        };
        for account in self.all_untracked() {
            let there = of(&account);
            if account.kept && there.is_none() && !self.has_ended_untracked(&account.id) {
                // A later page of this tab has signed out of it.
                self.leave(&account.id);
            } else if !account.kept && left && there.is_none() {
                // A later page has taken it along, and its refresh token.
                account.spent.set(true);
                self.goes_on_unrenewed(&account);
            }
        }
        self.unpark();
        let known: Vec<Rc<Account>> = self.all_untracked();
        for stored in stored.into_iter().filter(|stored| stored.kept) {
            let same = |account: &Rc<Account>| {
                let token = account.session.credential.expose_for_storage();
                account.id.as_str() == stored.account && token == Some(&stored.token)
            };
            // A later page has renewed it, or signed in to it.
            if !known.iter().any(same) {
                spawn_local(self.resume_one(stored));
            }
        }
    }

    /// Puts every session where a page that comes back from a sign-in finds it.
    fn park(self) {
        for account in self.all_untracked() {
            if !self.has_ended_untracked(&account.id) {
                super::accept::store(&account, account.unspent());
            }
        }
    }

    /// Takes the sessions away that were put there for the way alone.
    fn unpark(self) {
        for account in self.all_untracked().iter().filter(|one| !one.kept) {
            session::forget(&account.id);
        }
    }
}
