//! Sessions that stay: renewed ahead of their end, taken up again from this tab's storage.
//!
//! Guarantees: a session is renewed by one request however many wait for it, in however many tabs; a refresh token is
//! sent once, whatever became of the answer; that a session is over is the service's word, never a clock's, nor a
//! renewal's that failed.
//!
//! What sends something is in the second module (`authenticate`); alarms, and taking up what does not seem over, are not.

use leptos::prelude::*;
use std::rc::Rc;

use steward_domain::failure::FailureKind;
use steward_domain::id::{AccountId, UserId};
use steward_domain::time::Timestamp;
use steward_flows::sign_in::Problem;
use steward_flows::{Clock, Session};

use super::accept::{self, Known, store};
use super::accounts::{Account, Accounts};
use super::authenticate::{self, Ask, Way};
use super::list_cache;
use super::session::{self, StoredSession};
use super::turns::{self, Renewal, Wanted};
use crate::browser::clock::Timer;
use crate::browser::page;
use crate::transport::BrowserClock;
use leptos::task::spawn_local;

/// After how long a renewal that could not be sent is looked at again.
const AGAIN_S: i64 = 15;

impl Accounts {
    /// Sets an account's alarm: it has one, for its renewal or, where nothing can renew it, for the
    /// warning of its end.
    pub(super) fn wake_at(self, account: &Account) {
        let session = &account.session;
        match session.renew_at() {
            None => self.warn_at(&account.id, session.warn_at()),
            at => self.renew_at(&account.id, at),
        }
    }

    fn renew_at(self, id: &AccountId, at: Option<Timestamp>) {
        self.alarm(id, at, |accounts, id| spawn_local(accounts.renew(id)));
    }

    fn warn_at(self, id: &AccountId, at: Option<Timestamp>) {
        self.alarm(id, at, |accounts, id| {
            accounts.ending.try_update(|ending| ending.push(id));
        });
    }

    /// Renews a session that its service no longer accepts, where there is something to renew it
    /// with: a device that slept wakes after its session's end. One that was renewed just now is
    /// not renewed for the same answer once more.
    pub(super) fn mend(self, id: &AccountId) {
        let Some(account) = self.get_untracked(id) else {
            return;
        };
        let mends = self
            .mending
            .try_with_untracked(|mending| mending.contains(id));
        if mends != Some(false)
            || account.spent.get()
            || !account.session.can_be_mended(BrowserClock.now())
        {
            return;
        }
        self.mending.update(|mending| mending.push(id.clone()));
        let id = id.clone();
        spawn_local(async move {
            self.renew(id.clone()).await;
            self.mending
                .try_update(|mending| mending.retain(|other| *other != id));
        });
    }

    fn alarm(self, id: &AccountId, at: Option<Timestamp>, run: fn(Self, AccountId)) {
        self.rest(id);
        let Some(at) = at else { return };
        // Browsers count timers in 31 bits; a session beyond that needs no alarm in this tab.
        // Never at once, or a service whose sessions last no time would be asked in a circle.
        let wait = at.whole_millis() - BrowserClock.now().whole_millis();
        let wait = u32::try_from(wait.clamp(1_000, 2_000_000_000)).unwrap_or_default();
        let whose = id.clone();
        let timer = Timer::after(wait, move || run(self, whose.clone()));
        self.alarms
            .try_update_value(|alarms| alarms.push((id.clone(), timer)));
    }

    /// Takes an account's alarm away.
    pub(super) fn rest(self, id: &AccountId) {
        self.alarms
            .try_update_value(|alarms| alarms.retain(|(other, _)| other != id));
    }

    /// Renews the session of an account, or tries again in a while.
    async fn renew(self, id: AccountId) {
        let renewed = authenticate::go(self, Way::Renew(id.clone())).await;
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
        let over = self.has_ended_untracked(&id);
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
                    store(&left, None);
                }
            }),
            take: Box::new(move |session| self.take_renewed(&came, session)),
        };
        match turns::renew(wanted).await {
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
        let known = match self.has_ended_untracked(&account.id) {
            true => Known::Again(now),
            false => Known::Renewed(now),
        };
        let (place, name) = (account.place.clone(), account.name.clone());
        let account = self.accept(&place, session, name, account.kept, known)?;
        accept::stored(&account, account.unspent())
    }

    /// Leaves an account with the session that it has: nothing can renew it any more, and its person is told ahead
    /// of its end.
    pub(super) fn goes_on_unrenewed(self, account: &Account) {
        if !self.same_user(account) || self.has_ended_untracked(&account.id) {
            return;
        }
        if account.kept {
            store(account, None);
        }
        let mut session = account.session.clone();
        session.refresh = None;
        self.warn_at(&account.id, session.warn_at());
    }

    /// Takes up the sessions in this tab's storage.
    pub(super) async fn resume(self) {
        for stored in session::kept() {
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
        let id = AccountId::new(stored.account.as_str());
        let place = AccountId::new(stored.place.as_str());
        let sign_in = place.as_ref().and_then(|place| self.sign_in_of(place));
        let (Some(id), Some(_)) = (id, sign_in) else {
            return session::forget_stored(&stored);
        };
        // How long it has been there nobody knows: it is not new.
        let Some(mut session) = stored.session(Timestamp(0)) else {
            return session::forget(&id);
        };
        if session.seems_over(BrowserClock.now()) {
            let over = Way::Resume(Rc::clone(&stored), session.clone());
            if authenticate::go(self, over).await.is_ok() {
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
        let id = AccountId::new(stored.account.as_str());
        let place = AccountId::new(stored.place.as_str());
        let sign_in = place.as_ref().and_then(|place| self.sign_in_of(place));
        let (Some(id), Some(place), Some(sign_in)) = (id, place, sign_in) else {
            return;
        };
        let mut problem = None;
        if let Some(token) = session.refresh.take() {
            let (own, left) = (Rc::clone(&stored), id.clone());
            let wanted = Wanted {
                accounts: self,
                sign_in: Rc::clone(&sign_in),
                token: token.clone(),
                // The token leaves the storage before it leaves the page. Whether a request that
                // failed has arrived cannot be told from here, and a service that rotates takes
                // a second use for theft and ends the session everywhere: so there is none, not
                // even after a reload. Signing in again costs a person one press.
                leaves: Box::new(move || session::forget(&left)),
                take: Box::new(move |session| {
                    let account = self.take_stored(&own, session)?;
                    accept::stored(&account, account.unspent())
                }),
            };
            match turns::renew(wanted).await {
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
                session::forget(&id);
                if let Some(problem) = problem.filter(|why| !says_over(why)) {
                    self.fail(&place, problem);
                }
            }
            // Nobody has said that it is over.
            Err(_) => drop(self.take_stored(&stored, session)),
        }
    }

    fn take_stored(self, stored: &StoredSession, mut session: Session) -> Option<Rc<Account>> {
        let id = AccountId::new(stored.account.as_str())?;
        let place = AccountId::new(stored.place.as_str())?;
        let subject = stored.subject.clone().and_then(UserId::new);
        session.subject = session.subject.or(subject);
        let known = Known::Stored {
            id: &id,
            label: &stored.label,
        };
        self.accept(&place, session, stored.name.clone(), stored.kept, known)
    }
}

/// Whether a service has said that a session is over.
fn says_over(problem: &Problem) -> bool {
    matches!(problem, Problem::Failed(failure) if failure.kind == FailureKind::SignedOut)
}

/// When what could not be done is tried again.
fn in_a_while() -> Timestamp {
    BrowserClock.now().plus_seconds(AGAIN_S)
}
