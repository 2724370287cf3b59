//! Sessions that stay: renewed ahead of their end, or once their service has said that they have ended.
//!
//! Guarantees: a session is renewed by one request however many wait for it, in however many tabs; a refresh token is
//! sent once, whatever became of the answer; that a session is over is the service's word, never a clock's, nor a
//! renewal's that failed.
//!
//! What sends something is in the second module (`authenticate`); timers are not.

use std::rc::Rc;

use leptos::task::spawn_local;
use steward_domain::id::AccountId;
use steward_domain::time::Timestamp;
use steward_flows::{Clock, Session};

use super::accept::Known;
use super::accounts::{Account, Accounts};
use super::authenticate::{self, Flow};
use super::shared_token::{self, Renewal, Wanted};
use super::storage::{self, StoredSession};
use crate::browser::page;
use crate::transport::BrowserClock;

/// After how long a renewal that could not be sent is looked at again.
const AGAIN_S: i64 = 15;

impl Accounts {
    /// Schedules an account's renewal or, where nothing can renew it, the warning of its end.
    pub(super) fn schedule(self, account: &Account) {
        let session = &account.session;
        match session.renew_at() {
            None => self.warn_at(&account.id, session.warn_at()),
            at => self.renew_at(&account.id, at),
        }
    }

    fn renew_at(self, id: &AccountId, at: Option<Timestamp>) {
        self.renewals
            .schedule(id, at, move |id| spawn_local(self.renew(id)));
    }

    fn warn_at(self, id: &AccountId, at: Option<Timestamp>) {
        self.renewals
            .schedule(id, at, move |id| self.renewals.warn(id));
    }

    /// Renews a session that its service no longer accepts, where there is something to renew it
    /// with: a device that slept wakes after its session's end. One that was renewed just now is
    /// not renewed for the same answer once more.
    pub(super) fn renew_ended(self, id: &AccountId) {
        let Some(account) = self.get_untracked(id) else {
            return;
        };
        let can = !account.spent.get() && account.session.can_be_mended(BrowserClock.now());
        if can && self.renewals.begin(id) {
            let id = id.clone();
            spawn_local(async move {
                self.renew(id.clone()).await;
                self.renewals.finish(&id);
            });
        }
    }

    /// Renews the session of an account, or tries again in a while.
    async fn renew(self, id: AccountId) {
        let renewed = authenticate::run(self, Flow::Renew(id.clone())).await;
        // Without the second module nothing was sent.
        if renewed.is_err() && self.get_untracked(&id).is_some() {
            self.renew_at(&id, Some(in_a_while()));
        }
    }

    /// The same, where that is done.
    pub(super) async fn renew_now(self, id: AccountId) {
        let Some(account) = self.get_untracked(&id) else {
            return;
        };
        let Some(token) = account.unspent().cloned() else {
            return;
        };
        let over = self.renewals.has_ended_untracked(&id);
        if !over && !page::is_online() && self.may_wait(&account) {
            return self.renew_at(&id, Some(in_a_while()));
        }
        account.spent.set(true);
        let (left, came) = (Rc::clone(&account), Rc::clone(&account));
        let wanted = Wanted {
            accounts: self,
            sign_in: Rc::clone(&account.sign_in),
            token,
            // As at the start: a refresh token leaves the storage before it leaves the page.
            leaves: Box::new(move || {
                if left.kept && !over {
                    storage::keep(&left, None);
                }
            }),
            take: Box::new(move |session| self.take_renewed(&came, session)),
        };
        match shared_token::renew(wanted).await {
            Renewal::Taken => {}
            Renewal::NotSent => {
                account.spent.set(false);
                if self.same_user(&account) {
                    self.renew_at(&id, Some(in_a_while()));
                }
            }
            // The token may be spent, so it is not sent again. What is left of the session can still be used.
            Renewal::Failed(_) | Renewal::Spent => self.goes_on_unrenewed(&account),
        }
    }

    /// Whether a renewal can wait until there is a network: a request that fails would cost the token.
    fn may_wait(self, account: &Account) -> bool {
        let latest = in_a_while().plus_seconds(AGAIN_S);
        account.session.expires.is_some_and(|end| end > latest)
    }

    /// Takes the session that comes after an account's, and says how it is stored.
    pub(super) fn take_renewed(
        self,
        account: &Rc<Account>,
        mut session: Session,
    ) -> Option<StoredSession> {
        if !self.same_user(account) {
            // Signed out in the meantime: what came too late must not stay good.
            let account = Rc::clone(account);
            spawn_local(async move { account.sign_in.sign_out(&session).await });
            return None;
        }
        session.subject = session.subject.or_else(|| account.me.clone());
        // A name given while the request was on its way counts.
        let now = self
            .get_untracked(&account.id)
            .unwrap_or_else(|| Rc::clone(account));
        // What was refused meanwhile is asked for again.
        let known = match self.renewals.has_ended_untracked(&account.id) {
            true => Known::Again(now),
            false => Known::Renewed(now),
        };
        let (entry, name) = (account.entry.clone(), account.name.clone());
        let account = self.accept(&entry, session, name, account.kept, known)?;
        StoredSession::of(&account, account.unspent())
    }

    /// Leaves an account with the session that it has: nothing can renew it any more, and its person is told ahead
    /// of its end.
    pub(super) fn goes_on_unrenewed(self, account: &Account) {
        if !self.same_user(account) || self.renewals.has_ended_untracked(&account.id) {
            return;
        }
        if account.kept {
            storage::keep(account, None);
        }
        let mut session = account.session.clone();
        session.refresh = None;
        self.warn_at(&account.id, session.warn_at());
    }
}

/// When what could not be done is tried again.
fn in_a_while() -> Timestamp {
    BrowserClock.now().plus_seconds(AGAIN_S)
}
