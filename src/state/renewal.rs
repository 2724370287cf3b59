//! Sessions that stay: renewed ahead of their end, taken up again from this tab's storage.
//!
//! Guarantees: a session is renewed by one request however many wait for it; a refresh token is
//! sent once, whatever became of the answer.

use std::rc::Rc;

use steward_domain::failure::FailureKind;
use steward_domain::id::{AccountId, UserId};
use steward_domain::time::Timestamp;
use steward_flows::sign_in::Problem;
use steward_flows::{Clock, Credential, RefreshToken, Session};

use super::accounts::{Account, Accounts};
use super::arriving::{Known, store};
use super::asking::{self, Ask, Proven};
use super::kept;
use super::session::{self, StoredSession};
use crate::browser::clock::Timer;
use crate::reactive::spawn;
use crate::transport::BrowserClock;

/// How old a session is at least that is renewed because its service no longer accepts it.
const FRESH_S: i64 = 60;

impl Accounts {
    /// Sets an account's alarm: it has one, for its renewal or, where nothing can renew it, for the
    /// warning of its end.
    pub(super) fn wake_at(self, account: &Account) {
        let session = &account.session;
        match session.renew_at() {
            None => self.alarm(&account.id, session.warn_at(), |accounts, id| {
                accounts.ending.try_update(|ending| ending.push(id));
            }),
            at => self.alarm(&account.id, at, |accounts, id| spawn(accounts.renew(id))),
        }
    }

    /// Renews a session that its service no longer accepts, where there is something to renew it
    /// with: a device that slept wakes after its session's end. One that was renewed just now is
    /// not renewed for the same answer once more.
    pub(super) fn mend(self, id: &AccountId) {
        let Some(account) = self.get_untracked(id) else {
            return;
        };
        // Before it began, the clock has been set back since, and its age is not known.
        let age = BrowserClock.now().seconds_since(account.session.since);
        let fresh = (0..FRESH_S).contains(&age);
        if account.session.refresh.is_none() || account.spent.get() || fresh {
            return;
        }
        self.mending.update(|mending| mending.push(id.clone()));
        let id = id.clone();
        spawn(async move {
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

    async fn renew(self, id: AccountId) {
        let Some(account) = self.get_untracked(&id) else {
            return;
        };
        let Some(refresh) = &account.session.refresh else {
            return;
        };
        // As at the start: a refresh token leaves the storage before it leaves the page.
        if account.spent.replace(true) {
            return;
        }
        let over = self.has_ended_untracked(&id);
        if account.kept && !over {
            store(&account, None);
        }
        let ask = Ask::Token(refresh.clone());
        let renewed = asking::session(&account.sign_in, ask, None).await;
        if !self.holds(&account) {
            // Signed out in the meantime: what came too late must not stay good.
            if let Ok(proven) = renewed {
                account.sign_in.sign_out(&proven.session).await;
            }
            return;
        }
        match renewed {
            Ok(Proven { mut session, .. }) => {
                session.subject = session.subject.or_else(|| account.me.clone());
                let (place, name) = (account.place.clone(), account.name.clone());
                let kept = account.kept;
                // A name given while the request was on its way counts.
                let now = self
                    .get_untracked(&id)
                    .unwrap_or_else(|| Rc::clone(&account));
                // What was refused meanwhile is asked for again.
                let known = match over {
                    true => Known::Again(now),
                    false => Known::Renewed(now),
                };
                self.accept(&place, session, name, kept, known);
            }
            Err(Problem::Failed(failure)) if failure.kind == FailureKind::SignedOut => {
                self.has_been_refused(&id);
            }
            // The token may be spent, so it is not sent again. What is left of the session can
            // still be used.
            Err(_) => self.alarm(&id, account.session.expires, |accounts, id| {
                accounts.has_been_refused(&id);
            }),
        }
    }

    /// Takes up the sessions in this tab's storage.
    pub(super) async fn take_up(self) {
        for stored in session::kept() {
            let id = AccountId::new(stored.account.as_str());
            self.take_up_one(stored).await;
            // No list outlives its session.
            if let Some(id) = id.filter(|id| self.get_untracked(id).is_none()) {
                kept::forget(&id);
            }
        }
    }

    async fn take_up_one(self, stored: StoredSession) {
        let (Some(id), Some(place), Some(credential)) = (
            AccountId::new(stored.account.as_str()),
            AccountId::new(stored.place.as_str()),
            Credential::from_pasted(&stored.token),
        ) else {
            return session::forget_all();
        };
        let Some(sign_in) = self.sign_in_of(&place) else {
            return session::forget(&id);
        };
        let refresh = stored.refresh.and_then(RefreshToken::new);
        let now = BrowserClock.now();
        let mut session = Session::restored(credential, refresh, now, stored.expires);
        let subject = stored.subject.and_then(UserId::new);
        session.subject = session.subject.or_else(|| subject.clone());
        let known = Known::Stored {
            id: &id,
            label: &stored.label,
        };
        let over = session.expires.is_some_and(|end| end <= now);
        match (over, &session.refresh) {
            (false, _) => {
                self.accept(&place, session, stored.name, stored.kept, known);
            }
            (true, Some(refresh)) => {
                // The token leaves the storage before it leaves the page. Whether a request that
                // failed has arrived cannot be told from here, and a service that rotates takes
                // a second use for theft and ends the session everywhere: so there is none, not
                // even after a reload. Signing in again costs a person one press.
                session::forget(&id);
                let ask = Ask::Token(refresh.clone());
                match asking::session(&sign_in, ask, None).await {
                    Ok(Proven { mut session, .. }) => {
                        session.subject = session.subject.or(subject);
                        self.accept(&place, session, stored.name, stored.kept, known);
                    }
                    Err(Problem::Failed(failure)) if failure.kind == FailureKind::SignedOut => {}
                    Err(problem) => self.fail(&place, problem),
                }
            }
            _ => session::forget(&id),
        }
    }
}
