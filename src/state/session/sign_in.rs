//! The ways in: a redirect to the service's own page, in this tab or in a window of its own, a token or
//! key, e-mail and password, a gateway.
//!
//! Guarantees: a sign-in's secrets are used once, and stay in the tab that made them; a key or token is
//! asked about at its service before it is taken; what goes wrong is told where it was tried, and leaves
//! the other accounts alone.
//!
//! What asks, and what makes a sign-in's secrets, is in the second module (`authenticate`).

use leptos::prelude::*;
use std::rc::Rc;

use steward_domain::id::{AccountId, WorkspaceId};
pub use steward_flows::sign_in::{Half, Problem};
use steward_flows::{Callback, authorize_url, parse_callback};

use super::accept::Known;
use super::accounts::{Account, Accounts, Stage};
pub use super::authenticate::Ask;
use super::authenticate::{self, Proven, Way};
use super::config::ServiceConfig;
use super::session::{self, PendingSignIn};
use crate::browser::{crypto, page, popup};
use crate::routes::Route;
use leptos::task::spawn_local;

/// How a state begins whose sign-in has a window of its own. public/window.js looks for the same.
const OF_A_WINDOW: &str = "w.";

/// What is wanted of a sign-in.
#[derive(Clone)]
pub struct Wish {
    /// The entry of the configuration to sign in to.
    pub place: AccountId,
    /// Whether to keep the session for this tab.
    pub keep: bool,
    /// The account whose session it is to be, where one is signed in to again.
    pub again: Option<Again>,
}

/// An account that is signed in to again.
#[derive(Clone, PartialEq)]
pub struct Again {
    /// Which.
    pub account: AccountId,
    /// A workspace of it. Where a service does not say whose a key is, one that opens it will do.
    pub witness: Option<WorkspaceId>,
}

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
    /// Begins: takes the configuration and the sessions that this tab kept.
    pub async fn start(self, services: Option<Vec<ServiceConfig>>) {
        let Some(services) = services else {
            self.stage.set(Stage::Unconfigured);
            return;
        };
        let gateways: Vec<AccountId> = services
            .iter()
            .filter(|service| service.gateway)
            .map(|service| service.account.clone())
            .collect();
        self.services.set_value(services);
        for place in gateways {
            self.pass(place, None).await;
        }
        self.resume().await;
        self.stage.set(Stage::Ready);
    }

    /// Leaves for the sign-in service (RFC 6749 4.1, RFC 7636). The address wanted survives. With
    /// a gateway there is nowhere to go: it is asked who is signed in, and that is all.
    pub fn sign_in(self, wish: Wish, next: Option<Route>) {
        self.begin(&wish.place);
        let place = wish.place.clone();
        spawn_local(async move {
            self.go(&place, Way::Redirect(wish, next)).await;
        });
    }

    /// The same, where that is done.
    pub(super) async fn redirect(self, wish: Wish, next: Option<Route>) {
        let Wish { place, keep, again } = wish;
        let mut offers = self.offered().into_iter();
        if offers.any(|offer| offer.place == place && offer.gateway) {
            self.pass(place, again).await;
            return;
        }
        let leaving = match self.prepare(&place, "").await {
            Ok(leaving) => leaving,
            Err(problem) => return self.fail(&place, problem),
        };
        session::leave(&PendingSignIn {
            state: leaving.state,
            verifier: leaving.verifier,
            account: place.as_str().to_owned(),
            next: next.map(|route| route.href()),
            keep,
        });
        self.leave_for(&place, &leaving.url);
    }

    /// Goes a way to a session; that it cannot be gone is told where it was tried.
    async fn go(self, place: &AccountId, way: Way) -> Option<Rc<Account>> {
        match authenticate::go(self, way).await {
            Ok(account) => account,
            Err(missing) => {
                self.fail(place, missing.into());
                None
            }
        }
    }

    /// Makes the secrets of a sign-in that has a window of its own, ahead of the press that opens it:
    /// browsers let a window open only while the press is handled.
    ///
    /// # Errors
    /// Where the browser has no secure context, or the service no page.
    pub async fn prepare_window(self, place: &AccountId) -> Result<Leaving, Problem> {
        self.prepare(place, OF_A_WINDOW).await
    }

    async fn prepare(self, place: &AccountId, begins: &str) -> Result<Leaving, Problem> {
        let (Some(random), Some(verifier)) = (crypto::random_token(), crypto::random_token())
        else {
            return Err(Problem::Insecure);
        };
        let challenge = crypto::sha256_base64url(&verifier).await;
        let challenge = challenge.ok_or(Problem::Insecure)?;
        let sign_in = self.sign_in_of(place);
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
    pub fn open_window(self, leaving: Leaving, wish: Wish) -> bool {
        let opened = popup::open(&leaving.url);
        if opened {
            self.problem.set(None);
            let state = leaving.state.clone();
            let back = Rc::new(move |search: &str| {
                let callback = parse_callback(search);
                let (leaving, wish) = (leaving.clone(), wish.clone());
                if callback.answers(&leaving.state) {
                    spawn_local(async move {
                        self.come_back(wish, callback, leaving.verifier).await;
                    });
                }
            });
            self.tabs.expect(state, back);
        }
        opened
    }

    fn begin(self, place: &AccountId) {
        self.leaving.set_value(None);
        self.problem.set(None);
        self.busy.set(Some(place.clone()));
    }

    pub(super) fn fail(self, place: &AccountId, problem: Problem) {
        self.problem.try_set(Some((place.clone(), problem)));
        self.busy.try_set(None);
    }

    /// Tells what went wrong before a sign-in began.
    pub fn tell(self, place: &AccountId, problem: Problem) {
        self.problem.try_set(Some((place.clone(), problem)));
    }

    /// Takes back what was said about the last sign-in.
    pub fn forget_problem(self) {
        self.problem.try_set(None);
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
            session::forget_pending();
            let place = AccountId::new(pending.account.as_str())?;
            Some((place, pending))
        });
        let Some((place, pending)) = pending else {
            let nowhere = self.offered().into_iter().next()?;
            self.fail(&nowhere.place, Problem::NotOurs);
            return None;
        };
        let wish = Wish {
            place,
            keep: pending.keep,
            again: None,
        };
        let account = self.come_back(wish, callback, pending.verifier).await?;
        let next = pending
            .next
            .map_or_else(start_page, |next| Route::parse_address(&next));
        Some((next, account.label.clone()))
    }

    /// Takes the answer of a service's page. The caller has compared the state.
    async fn come_back(
        self,
        wish: Wish,
        callback: Callback,
        verifier: String,
    ) -> Option<Rc<Account>> {
        match callback {
            Callback::Code { code, .. } => {
                return self.enter(wish, Ask::Code(code, verifier)).await;
            }
            Callback::Refused {
                error, description, ..
            } => self.fail(&wish.place, Problem::Refused(description.or(Some(error)))),
            Callback::Neither => self.fail(&wish.place, Problem::NotOurs),
        }
        None
    }

    /// Signs in through a gateway.
    async fn pass(self, place: AccountId, again: Option<Again>) {
        let wish = Wish {
            place,
            keep: false,
            again,
        };
        self.enter(wish, Ask::Gateway).await;
    }

    /// Signs in: asks the service for a session and whose it is, and takes it.
    pub async fn enter(self, wish: Wish, ask: Ask) -> Option<Rc<Account>> {
        self.sign_in_of(&wish.place)?;
        self.begin(&wish.place);
        let place = wish.place.clone();
        self.go(&place, Way::Ask(wish, ask)).await
    }

    /// The same, where that is done.
    pub(super) async fn ask(self, wish: Wish, ask: Ask) -> Option<Rc<Account>> {
        let sign_in = self.sign_in_of(&wish.place)?;
        let before = wish.again.as_ref().and_then(|again| {
            let account = self.get_untracked(&again.account)?;
            Some((account, again.witness.clone()))
        });
        let proven = authenticate::session(&sign_in, ask, before.clone()).await;
        let Proven {
            session,
            name,
            same,
        } = match proven {
            Ok(proven) => proven,
            Err(problem) => {
                self.fail(&wish.place, problem);
                return None;
            }
        };
        let known = match before {
            Some((before, _)) if same => Known::Again(before),
            Some(_) => Known::Other,
            None => Known::No,
        };
        let account = self.accept(&wish.place, session, name, wish.keep, known);
        self.busy.try_set(None);
        self.problem.try_set(None);
        if let (Some(again), Some(account)) = (wish.again, &account) {
            let came = (again.account, account.id.clone());
            self.arrived.try_set(Some(came));
        }
        account
    }
}

/// What came back, and the sign-in under way that it answers. What is no answer leaves that alone.
fn answered(search: &str) -> (Callback, Option<PendingSignIn>) {
    let callback = parse_callback(search);
    let pending = session::pending().filter(|pending| callback.answers(&pending.state));
    (callback, pending)
}

/// Where the sign-in service sends people back to.
pub(super) fn return_address() -> String {
    [page::origin(), Route::SignInReturn.href()].concat()
}

fn start_page() -> Route {
    Route::List(steward_domain::listing::Query::default())
}
