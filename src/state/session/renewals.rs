//! Which sessions have ended, which end soon, which are being renewed, and the timer of each account.
//!
//! Guarantees: an account has one timer at most, and none once its session has ended. Must not know how a session is
//! renewed.

use leptos::prelude::*;
use steward_domain::id::AccountId;
use steward_domain::time::Timestamp;
use steward_flows::Clock;

use crate::browser::clock::Timer;
use crate::transport::BrowserClock;

/// The ends of sessions and what is done ahead of them. Copies are handles to the same signals.
#[derive(Clone, Copy)]
pub struct Renewals {
    /// Accounts whose service no longer accepts their session.
    ended: RwSignal<Vec<AccountId>>,
    /// Accounts whose session ends soon and cannot be renewed without the person.
    ending: RwSignal<Vec<AccountId>>,
    /// Those that have ended and are being renewed, which nobody need be asked about.
    renewing: RwSignal<Vec<AccountId>>,
    /// What is due ahead of a session's end: its renewal or, where nothing can renew it, the warning.
    timers: StoredValue<Vec<(AccountId, Timer)>, LocalStorage>,
}

impl Renewals {
    pub(super) fn new() -> Self {
        Self {
            ended: RwSignal::new(Vec::new()),
            ending: RwSignal::new(Vec::new()),
            renewing: RwSignal::new(Vec::new()),
            timers: StoredValue::new_local(Vec::new()),
        }
    }

    /// Accounts whose service no longer accepts their session.
    #[must_use]
    pub fn ended(self) -> Vec<AccountId> {
        self.ended.get()
    }

    pub(super) fn has_ended(self, id: &AccountId) -> bool {
        self.ended.with(|ended| ended.contains(id))
    }

    /// The same without subscribing; so it is once the app is gone.
    pub(in crate::state) fn has_ended_untracked(self, id: &AccountId) -> bool {
        self.ended.try_with_untracked(|ended| ended.contains(id)) != Some(false)
    }

    /// Accounts whose session ends soon and cannot be renewed without the person.
    #[must_use]
    pub fn ending(self) -> Vec<AccountId> {
        self.ending.get()
    }

    /// Takes the warning of a session's end away.
    pub fn forget_ending(self, id: &AccountId) {
        take_out(self.ending, id);
    }

    /// Whether an account's session is being renewed after its service has said that it has ended.
    pub(super) fn is_renewing(self, id: &AccountId) -> bool {
        self.renewing.with(|renewing| renewing.contains(id))
    }

    /// Warns of an end.
    pub(super) fn warn(self, id: AccountId) {
        self.ending.try_update(|ending| ending.push(id));
    }

    /// Notes that a service no longer accepts an account's session.
    pub(super) fn end(self, id: &AccountId) {
        self.cancel(id);
        take_out(self.ending, id);
        self.ended.try_update(|ended| ended.push(id.clone()));
    }

    /// An account has another session, or none.
    pub(super) fn forget(self, id: &AccountId) {
        self.cancel(id);
        take_out(self.ended, id);
        take_out(self.ending, id);
    }

    /// Begins to renew a session that has ended. Says no where that has begun, or the app is gone.
    pub(super) fn begin(self, id: &AccountId) -> bool {
        let renewing = self.renewing;
        let idle = renewing.try_with_untracked(|all| !all.contains(id)) == Some(true);
        if idle {
            renewing.update(|all| all.push(id.clone()));
        }
        idle
    }

    /// That is over, whatever came of it.
    pub(super) fn finish(self, id: &AccountId) {
        take_out(self.renewing, id);
    }

    /// Runs something at a moment, in place of what was to be run for this account.
    pub(super) fn schedule(
        self,
        id: &AccountId,
        at: Option<Timestamp>,
        run: impl FnOnce(AccountId) + 'static,
    ) {
        self.cancel(id);
        let Some(at) = at else { return };
        // Browsers count timers in 31 bits; a session beyond that needs no timer in this tab.
        // Never at once, or a service whose sessions last no time would be asked in a circle.
        let wait = at.whole_millis() - BrowserClock.now().whole_millis();
        let wait = u32::try_from(wait.clamp(1_000, 2_000_000_000)).unwrap_or_default();
        let whose = id.clone();
        let timer = Timer::after(wait, move || run(whose));
        self.timers
            .try_update_value(|timers| timers.push((id.clone(), timer)));
    }

    fn cancel(self, id: &AccountId) {
        self.timers
            .try_update_value(|timers| timers.retain(|(other, _)| other != id));
    }
}

fn take_out(from: RwSignal<Vec<AccountId>>, id: &AccountId) {
    if from.try_with_untracked(|all| all.contains(id)) == Some(true) {
        from.try_update(|all| all.retain(|other| other != id));
    }
}
