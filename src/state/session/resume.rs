//! Sessions of this tab's storage, taken up again when the page opens or is shown again.
//!
//! Guarantees: that a session is over is its service's word, never a clock's; a refresh token leaves the storage before
//! it leaves the page. What sends something is in the second module (`authenticate`).

use std::rc::Rc;

use steward_domain::failure::FailureKind;
use steward_domain::id::{AccountId, UserId};
use steward_domain::time::Timestamp;
use steward_flows::sign_in::Problem;
use steward_flows::{Clock, Session, SignIn};

use super::accept::Known;
use super::accounts::{Account, Accounts};
use super::authenticate::{self, Ask, Flow};
use super::shared_token::{self, Renewal, Wanted};
use super::storage::{self, StoredSession};
use crate::state::list_cache;
use crate::transport::BrowserClock;

impl Accounts {
    /// Takes up the sessions in this tab's storage.
    pub(super) async fn resume(self) {
        for stored in storage::all() {
            let id = AccountId::new(stored.account.as_str());
            self.resume_one(stored).await;
            // No list outlives its session.
            if let Some(id) = id.filter(|id| self.get_untracked(id).is_none()) {
                list_cache::forget(&id);
            }
        }
    }

    /// Takes up one of them. Where it seems over, by a clock that may be wrong, it is renewed, or its service asked.
    pub(super) async fn resume_one(self, stored: StoredSession) {
        let stored = Rc::new(stored);
        // How long it has been there nobody knows: it is not new.
        let session = stored.session(Timestamp(0));
        let Some(mut session) = session.filter(|_| self.whose(&stored).is_some()) else {
            return storage::forget(&stored.account);
        };
        if session.seems_over(BrowserClock.now()) {
            let over = Flow::Resume(Rc::clone(&stored), session.clone());
            if authenticate::run(self, over).await.is_ok() {
                return;
            }
            // Without the second module nobody was asked, and nobody has said that it is over.
            if session.refresh.is_none() {
                session.expires = None;
            }
        }
        self.take_stored(&stored, session);
    }

    /// Takes up a session that seems over: renews it, or asks its service.
    pub(super) async fn resume_over(self, stored: Rc<StoredSession>, mut session: Session) {
        let Some((_, entry, sign_in)) = self.whose(&stored) else {
            return;
        };
        let mut problem = None;
        if let Some(token) = session.refresh.take() {
            let (own, left) = (Rc::clone(&stored), stored.account.clone());
            let wanted = Wanted {
                accounts: self,
                sign_in: Rc::clone(&sign_in),
                token: token.clone(),
                // The token leaves the storage before it leaves the page. Whether a request that
                // failed has arrived cannot be told from here, and a service that rotates takes
                // a second use for theft and ends the session everywhere: so there is none, not
                // even after a reload. Signing in again costs a person one press.
                leaves: Box::new(move || storage::forget(&left)),
                take: Box::new(move |session| {
                    let account = self.take_stored(&own, session)?;
                    StoredSession::of(&account, account.unspent())
                }),
            };
            match shared_token::renew(wanted).await {
                Renewal::Taken => return,
                Renewal::NotSent => {
                    session.refresh = Some(token);
                    self.take_stored(&stored, session);
                    return;
                }
                Renewal::Failed(why) => problem = Some(why),
                Renewal::Spent => {}
            }
        }
        session.expires = None;
        let ask = Ask::Typed(stored.token.clone());
        match authenticate::session(&sign_in, ask, None).await {
            Ok(proven) => {
                session.expires = proven.session.expires;
                self.take_stored(&stored, session);
            }
            Err(why) if says_over(&why) => {
                storage::forget(&stored.account);
                if let Some(problem) = problem.filter(|why| !says_over(why)) {
                    self.progress.fail(&entry, problem);
                }
            }
            // Nobody has said that it is over.
            Err(_) => drop(self.take_stored(&stored, session)),
        }
    }

    /// The account of a stored session, its service entry and how one signs in there; none where that is no longer
    /// configured.
    fn whose(self, stored: &StoredSession) -> Option<(AccountId, AccountId, Rc<SignIn>)> {
        let id = AccountId::new(stored.account.as_str())?;
        let entry = AccountId::new(stored.entry.as_str())?;
        let sign_in = self.services.sign_in_of(&entry)?;
        Some((id, entry, sign_in))
    }

    fn take_stored(self, stored: &StoredSession, mut session: Session) -> Option<Rc<Account>> {
        let (id, entry, _) = self.whose(stored)?;
        let subject = stored.subject.clone().and_then(UserId::new);
        session.subject = session.subject.or(subject);
        let known = Known::Stored {
            id: &id,
            label: &stored.label,
        };
        self.accept(&entry, session, stored.name.clone(), stored.kept, known)
    }
}

/// Whether a service has said that a session is over.
fn says_over(problem: &Problem) -> bool {
    matches!(problem, Problem::Failed(failure) if failure.kind == FailureKind::SignedOut)
}
