//! Signing in: with a token or key, with e-mail and password, through a gateway, or by what a redirect brought.
//!
//! Guarantees: a key or token is asked about at its service before it is taken; what goes wrong is told where it was
//! tried, and leaves the other accounts alone.
//!
//! What asks is in the second module (`authenticate`).

use std::rc::Rc;

use steward_domain::id::{AccountId, WorkspaceId};
pub use steward_flows::sign_in::{Half, Problem};

use super::accept::Known;
use super::accounts::{Account, Accounts};
pub use super::authenticate::Ask;
use super::authenticate::{self, Flow, Proven};
pub use super::redirect::Leaving;
use crate::routes::Route;
use leptos::task::spawn_local;

/// What a sign-in is asked for.
#[derive(Clone)]
pub struct SignInRequest {
    /// The entry of the configuration to sign in to.
    pub entry: AccountId,
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

impl Accounts {
    /// Leaves for the sign-in service (RFC 6749 4.1, RFC 7636). The address wanted survives. With
    /// a gateway there is nowhere to go: it is asked who is signed in, and that is all.
    pub fn sign_in(self, request: SignInRequest, next: Option<Route>) {
        self.progress.begin(&request.entry);
        let entry = request.entry.clone();
        spawn_local(async move {
            self.run(&entry, Flow::Redirect(request, next)).await;
        });
    }

    /// Runs a flow; that it cannot be run is told where it was tried.
    async fn run(self, entry: &AccountId, flow: Flow) -> Option<Rc<Account>> {
        match authenticate::run(self, flow).await {
            Ok(account) => account,
            Err(missing) => {
                self.progress.fail(entry, missing.into());
                None
            }
        }
    }

    /// Signs in through a gateway.
    pub(super) async fn pass(self, entry: AccountId, again: Option<Again>) {
        let request = SignInRequest {
            entry,
            keep: false,
            again,
        };
        self.enter(request, Ask::Gateway).await;
    }

    /// Signs in: asks the service for a session and whose it is, and takes it.
    pub async fn enter(self, request: SignInRequest, ask: Ask) -> Option<Rc<Account>> {
        self.services.sign_in_of(&request.entry)?;
        self.progress.begin(&request.entry);
        let entry = request.entry.clone();
        self.run(&entry, Flow::Ask(request, ask)).await
    }

    /// The same, where that is done.
    pub(super) async fn ask(self, request: SignInRequest, ask: Ask) -> Option<Rc<Account>> {
        let sign_in = self.services.sign_in_of(&request.entry)?;
        let before = request.again.as_ref().and_then(|again| {
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
                self.progress.fail(&request.entry, problem);
                return None;
            }
        };
        let known = match before {
            Some((before, _)) if same => Known::Again(before),
            Some(_) => Known::Other,
            None => Known::No,
        };
        let account = self.accept(&request.entry, session, name, request.keep, known);
        let reauthenticated = request.again.zip(account.as_ref());
        let reauthenticated = reauthenticated.map(|(again, came)| (again.account, came.id.clone()));
        self.progress.succeed(reauthenticated);
        account
    }
}
