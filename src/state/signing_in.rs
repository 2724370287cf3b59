//! The ways in: a redirect to the service's own page, a token or key, e-mail and password, a gateway.
//!
//! Guarantees: a sign-in's secrets are used once; a key or token is asked about at its service before
//! it is taken; what goes wrong is told where it was tried, and leaves the other accounts alone.

use steward_domain::id::AccountId;
use steward_flows::sign_in::Problem;
use steward_flows::{Callback, Clock, Credential, Session, authorize_url, parse_callback};

use super::accounts::{Account, Accounts, Known, Stage};
use super::asking::{self, Ask};
use super::config::ServiceConfig;
use super::session::{self, PendingSignIn};
use crate::browser::{crypto, page};
use crate::reactive::spawn;
use crate::route::Route;
use crate::transport::BrowserClock;

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
        for gateway in gateways {
            self.pass(gateway).await;
        }
        self.take_up().await;
        self.stage.set(Stage::Ready);
    }

    /// Leaves for the sign-in service (RFC 6749 4.1, RFC 7636). The address wanted survives. With
    /// a gateway there is nowhere to go: it is asked who is signed in, and that is all.
    pub fn sign_in(self, place: AccountId, next: Option<Route>, keep: bool) {
        let offer = self
            .offered()
            .into_iter()
            .find(|offer| offer.place == place);
        let Some(sign_in) = self.sign_in_of(&place) else {
            return;
        };
        self.begin(&place);
        if offer.is_some_and(|offer| offer.gateway) {
            spawn(self.pass(place));
            return;
        }
        spawn(async move {
            let (Some(state), Some(verifier)) = (crypto::random_token(), crypto::random_token())
            else {
                return self.fail(&place, Problem::Insecure);
            };
            let Some(challenge) = crypto::sha256_base64url(&verifier).await else {
                return self.fail(&place, Problem::Insecure);
            };
            let Some(endpoints) = &sign_in.endpoints else {
                return self.fail(&place, Problem::NotOurs);
            };
            let url = authorize_url(endpoints, &return_address(), &state, &challenge);
            session::leave(&PendingSignIn {
                state,
                verifier,
                account: place.as_str().to_owned(),
                next: next.map(|route| route.href()),
                keep,
            });
            self.park();
            page::go(&url);
        });
    }

    /// Signs in again at the same service and comes back to the same place. Where that takes
    /// something to be typed, the answer is no.
    pub fn sign_in_again(self, account: &Account, place: Route) -> bool {
        let offer = self.offer_of(account);
        let presses = offer.is_some_and(|offer| offer.redirect || offer.gateway);
        if presses {
            self.sign_in(account.place.clone(), Some(place), account.kept);
        }
        presses
    }

    fn begin(self, place: &AccountId) {
        self.problem.set(None);
        self.busy.set(Some(place.clone()));
    }

    pub(super) fn fail(self, place: &AccountId, problem: Problem) {
        self.problem.try_set(Some((place.clone(), problem)));
        self.busy.try_set(None);
    }

    /// Completes a sign-in that has come back, and says where the person wanted to go and what the
    /// account is called.
    pub async fn complete(self, search: &str) -> Option<(Route, String)> {
        let callback = parse_callback(search);
        // What is not the answer leaves the sign-in that is under way alone.
        let pending = session::pending().filter(|pending| callback.answers(&pending.state));
        let pending = pending.and_then(|pending| {
            session::forget_pending();
            let place = AccountId::new(pending.account.as_str())?;
            Some((self.sign_in_of(&place)?, place, pending))
        });
        let nowhere = self.offered().into_iter().next().map(|offer| offer.place);
        let (code, (sign_in, place, pending)) = match (callback, pending) {
            (Callback::Code { code, .. }, Some(pending)) => (code, pending),
            (
                Callback::Refused {
                    error, description, ..
                },
                Some((_, place, _)),
            ) => {
                self.fail(&place, Problem::Refused(description.or(Some(error))));
                return None;
            }
            _ => {
                self.fail(&nowhere?, Problem::NotOurs);
                return None;
            }
        };
        self.begin(&place);
        let ask = Ask::Code(code, pending.verifier, return_address());
        let session = asking::session(&sign_in, ask).await;
        let label = match session {
            // The token need not say whose it is.
            Ok(session) if session.subject.is_none() => {
                self.admit(&place, session, pending.keep).await
            }
            Ok(session) => self.take(&place, session, None, pending.keep),
            Err(failure) => {
                self.fail(&place, Problem::Failed(failure));
                None
            }
        };
        let next = pending
            .next
            .map_or_else(start_page, |next| Route::parse_address(&next));
        Some((next, label?))
    }

    /// Takes a pasted token or key, after its service has answered to it.
    pub async fn paste(self, place: AccountId, text: &str, keep: bool) -> bool {
        let Some(credential) = Credential::from_pasted(text) else {
            self.problem.set(Some((place, Problem::NoToken)));
            return false;
        };
        self.begin(&place);
        let session = Session::from_pasted(credential, BrowserClock.now());
        self.admit(&place, session, keep).await.is_some()
    }

    /// Signs in with e-mail and password.
    pub async fn log_in(self, place: AccountId, email: &str, password: &str, keep: bool) -> bool {
        let Some(sign_in) = self.sign_in_of(&place) else {
            return false;
        };
        self.begin(&place);
        let ask = Ask::Password(email.to_owned(), password.to_owned());
        match asking::session(&sign_in, ask).await {
            Ok(session) => self.admit(&place, session, keep).await.is_some(),
            Err(failure) => {
                self.fail(&place, Problem::Failed(failure));
                false
            }
        }
    }

    /// Signs in through a gateway.
    async fn pass(self, place: AccountId) {
        let session = Session::from_pasted(Credential::Gateway, BrowserClock.now());
        self.admit(&place, session, false).await;
    }

    /// Takes a session after its service has said whose it is.
    async fn admit(self, place: &AccountId, mut session: Session, keep: bool) -> Option<String> {
        let sign_in = self.sign_in_of(place)?;
        match sign_in.who_am_i(&session.credential).await {
            Ok(who) => {
                session.subject = session.subject.or(who.id);
                let name = who.name.or(who.organization).or(who.email);
                self.take(place, session, name, keep)
            }
            Err(failure) => {
                self.fail(place, Problem::Failed(failure));
                None
            }
        }
    }

    fn take(
        self,
        place: &AccountId,
        session: Session,
        name: Option<String>,
        keep: bool,
    ) -> Option<String> {
        let label = self.accept(place, session, name, keep, Known::No);
        self.busy.set(None);
        self.problem.set(None);
        label
    }
}

/// Where the sign-in service sends people back to.
fn return_address() -> String {
    [page::origin(), Route::SignInReturn.href()].concat()
}

fn start_page() -> Route {
    Route::List(steward_domain::listing::Query::default())
}
