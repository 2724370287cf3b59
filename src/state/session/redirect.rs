//! Signing in at a service's own page (RFC 6749 4.1, RFC 7636): in this tab, which leaves and comes back, or in a
//! window of its own.
//!
//! Guarantees: a sign-in's secrets are used once, and stay in the tab that made them; a page that did not leave, or is
//! shown again as it was left, keeps nothing busy and no session in the storage that was there for the way alone; of
//! what a later page of this tab has done with a session nothing is done a second time.

use std::rc::Rc;

use leptos::task::spawn_local;
use steward_domain::id::AccountId;
use steward_flows::sign_in::Problem;
use steward_flows::{Callback, authorize_url, parse_callback};
use wasm_bindgen::JsCast;
use web_sys::PageTransitionEvent;

use super::accounts::{Account, Accounts};
use super::sign_in::{Ask, SignInRequest};
use super::storage::{self, PendingSignIn, StoredSession};
use crate::browser::clock::Timer;
use crate::browser::{crypto, events, page, popup};
use crate::routes::Route;

/// How long a service's page may take to answer. A reply without a page (204) never becomes one, and no event says so.
const OPENS_MS: u32 = 10_000;

/// How a state begins whose sign-in has a window of its own. public/window.js looks for the same.
const OF_A_WINDOW: &str = "w.";

/// A sign-in by redirect that is ready to leave: all that takes time is done.
#[derive(Clone)]
pub struct Leaving {
    /// The address of the service's page.
    url: String,
    /// What must come back unchanged.
    state: String,
    /// The secret whose hash is in the address.
    verifier: String,
}

impl Accounts {
    /// Leaves for the service's page, or passes its gateway. The address wanted survives.
    pub(super) async fn redirect(self, request: SignInRequest, next: Option<Route>) {
        let SignInRequest { entry, keep, again } = request;
        let mut offers = self.offered().into_iter();
        if offers.any(|offer| offer.entry == entry && offer.gateway) {
            self.pass(entry, again).await;
            return;
        }
        let leaving = match self.prepare(&entry, "").await {
            Ok(leaving) => leaving,
            Err(problem) => return self.progress.fail(&entry, problem),
        };
        storage::keep_pending(&PendingSignIn {
            state: leaving.state,
            verifier: leaving.verifier,
            account: entry.as_str().to_owned(),
            next: next.map(|route| route.href()),
            keep,
        });
        self.leave_for(&entry, &leaving.url);
    }

    /// Makes the secrets of a sign-in that has a window of its own, ahead of the press that opens it:
    /// browsers let a window open only while the press is handled.
    ///
    /// # Errors
    /// Where the browser has no secure context, or the service no page.
    pub async fn prepare_window(self, entry: &AccountId) -> Result<Leaving, Problem> {
        self.prepare(entry, OF_A_WINDOW).await
    }

    async fn prepare(self, entry: &AccountId, begins: &str) -> Result<Leaving, Problem> {
        let (Some(random), Some(verifier)) = (crypto::random_token(), crypto::random_token())
        else {
            return Err(Problem::Insecure);
        };
        let challenge = crypto::sha256_base64url(&verifier).await;
        let challenge = challenge.ok_or(Problem::Insecure)?;
        let sign_in = self.services.sign_in_of(entry);
        let endpoints = sign_in.as_ref().and_then(|one| one.endpoints.as_ref());
        let endpoints = endpoints.ok_or(Problem::NotOurs)?;
        let state = [begins, &random].concat();
        Ok(Leaving {
            url: authorize_url(endpoints, &return_address(), &state, &challenge),
            state,
            verifier,
        })
    }

    /// Opens the service's page in a window of its own and goes on when that has come back. Says
    /// whether the browser let it open. What is on the screen stays, and so do the secrets.
    pub fn open_window(self, leaving: Leaving, request: SignInRequest) -> bool {
        let opened = popup::open(&leaving.url);
        if opened {
            self.progress.forget_problem();
            let state = leaving.state.clone();
            let back = Rc::new(move |search: &str| {
                let callback = parse_callback(search);
                let (leaving, request) = (leaving.clone(), request.clone());
                if callback.answers(&leaving.state) {
                    spawn_local(async move {
                        self.come_back(request, callback, leaving.verifier).await;
                    });
                }
            });
            self.tabs.expect(state, back);
        }
        opened
    }

    /// Where the person wanted to go whose sign-in comes back with this.
    pub fn wanted(self, search: &str) -> Option<Route> {
        let (_, pending) = answered(search);
        Some(Route::parse_address(&pending?.next?))
    }

    /// Completes a sign-in that has come back, and says where the person wanted to go and what the
    /// account is called.
    pub async fn complete(self, search: &str) -> Option<(Route, String)> {
        let (callback, pending) = answered(search);
        let pending = pending.and_then(|pending| {
            storage::forget_pending();
            let entry = AccountId::new(pending.account.as_str())?;
            Some((entry, pending))
        });
        let Some((entry, pending)) = pending else {
            let nowhere = self.offered().into_iter().next()?;
            self.progress.fail(&nowhere.entry, Problem::NotOurs);
            return None;
        };
        let request = SignInRequest {
            entry,
            keep: pending.keep,
            again: None,
        };
        let account = self.come_back(request, callback, pending.verifier).await?;
        let next = pending
            .next
            .map_or_else(start_page, |next| Route::parse_address(&next));
        Some((next, account.label.clone()))
    }

    /// Takes the answer of a service's page. The caller has compared the state.
    async fn come_back(
        self,
        request: SignInRequest,
        callback: Callback,
        verifier: String,
    ) -> Option<Rc<Account>> {
        match callback {
            Callback::Code { code, .. } => {
                return self.enter(request, Ask::Code(code, verifier)).await;
            }
            Callback::Refused {
                error, description, ..
            } => self.progress.fail(
                &request.entry,
                Problem::Refused(description.or(Some(error))),
            ),
            Callback::Neither => self.progress.fail(&request.entry, Problem::NotOurs),
        }
        None
    }

    /// Hears from now on when this page is shown again as it was left, from the browser's back-forward cache.
    pub fn hear_shown_again(self) {
        events::on_window("pageshow", move |event| {
            if event.unchecked_ref::<PageTransitionEvent>().persisted() {
                self.shown_again();
            }
        });
    }

    /// Leaves for a service's page.
    fn leave_for(self, entry: &AccountId, url: &str) {
        self.park();
        let at = entry.clone();
        let stays = Timer::after(OPENS_MS, move || {
            self.progress.stay();
            self.unpark();
            self.progress.fail(&at, Problem::NotOpened);
        });
        self.progress.leave(stays);
        page::go(url);
    }

    fn shown_again(self) {
        let left = self.progress.stay();
        let stored = storage::all();
        let of = |account: &Account| {
            let own = |stored: &&StoredSession| stored.account == account.id.as_str();
            stored.iter().find(own)
        };
        for account in self.all_untracked() {
            let there = of(&account);
            if account.kept && there.is_none() && !self.renewals.has_ended_untracked(&account.id) {
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
            if !self.renewals.has_ended_untracked(&account.id) {
                storage::keep(&account, account.unspent());
            }
        }
    }

    /// Takes the sessions away that were put there for the way alone.
    fn unpark(self) {
        for account in self.all_untracked().iter().filter(|one| !one.kept) {
            storage::forget(account.id.as_str());
        }
    }
}

/// What came back, and the sign-in under way that it answers. What is no answer leaves that alone.
fn answered(search: &str) -> (Callback, Option<PendingSignIn>) {
    let callback = parse_callback(search);
    let pending = storage::pending().filter(|pending| callback.answers(&pending.state));
    (callback, pending)
}

/// Where the sign-in service sends people back to.
pub(super) fn return_address() -> String {
    [page::origin(), Route::SignInReturn.href()].concat()
}

fn start_page() -> Route {
    Route::List(steward_domain::listing::Query::default())
}
