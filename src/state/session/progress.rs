//! How far the sign-in under way has come, at whichever service: one at a time.
//!
//! Guarantees: a sign-in that has ended leaves nothing busy. Must not know how one signs in.

use leptos::prelude::*;
use steward_domain::id::AccountId;
use steward_flows::sign_in::Problem;

use crate::browser::clock::Timer;

/// The sign-in under way, and what came of the last one. Copies are handles to the same signals.
#[derive(Clone, Copy)]
pub struct SignInProgress {
    /// The service entry that is signed in to.
    busy: RwSignal<Option<AccountId>>,
    problem: RwSignal<Option<(AccountId, Problem)>>,
    /// While this page leaves for a service's: what ends that if it comes to nothing.
    leaving: StoredValue<Option<Timer>, LocalStorage>,
    reauthenticated: RwSignal<Option<(AccountId, AccountId)>>,
}

impl SignInProgress {
    pub(super) fn new() -> Self {
        Self {
            busy: RwSignal::new(None),
            problem: RwSignal::new(None),
            leaving: StoredValue::new_local(None),
            reauthenticated: RwSignal::new(None),
        }
    }

    /// The service entry that is signed in to.
    #[must_use]
    pub fn busy(self) -> Option<AccountId> {
        self.busy.get()
    }

    /// What went wrong with the last sign-in, and at which service entry.
    #[must_use]
    pub fn problem(self) -> Option<(AccountId, Problem)> {
        self.problem.get()
    }

    /// The same without subscribing; none once the app is gone.
    #[must_use]
    pub fn problem_untracked(self) -> Option<(AccountId, Problem)> {
        self.problem.try_get_untracked().flatten()
    }

    /// Tells what went wrong before a sign-in began.
    pub fn tell(self, entry: &AccountId, problem: Problem) {
        self.problem.try_set(Some((entry.clone(), problem)));
    }

    /// Takes back what was said about the last sign-in.
    pub fn forget_problem(self) {
        self.problem.try_set(None);
    }

    /// The account that was to be signed in to again last, and the one that came.
    pub(super) fn reauthenticated(self) -> Option<(AccountId, AccountId)> {
        self.reauthenticated.get()
    }

    pub(super) fn begin(self, entry: &AccountId) {
        self.leaving.set_value(None);
        self.problem.set(None);
        self.busy.set(Some(entry.clone()));
    }

    pub(super) fn fail(self, entry: &AccountId, problem: Problem) {
        self.tell(entry, problem);
        self.busy.try_set(None);
    }

    /// Ends in a session; `reauthenticated` says for whom it was asked, and whose it is.
    pub(super) fn succeed(self, reauthenticated: Option<(AccountId, AccountId)>) {
        self.busy.try_set(None);
        self.problem.try_set(None);
        if reauthenticated.is_some() {
            self.reauthenticated.try_set(reauthenticated);
        }
    }

    /// The page is about to leave; the timer ends that.
    pub(super) fn leave(self, stays: Timer) {
        self.leaving.set_value(Some(stays));
    }

    /// The page is here still, or again. Says whether it had left, and then keeps nothing busy.
    pub(super) fn stay(self) -> bool {
        let left = self.leaving.try_update_value(Option::take).flatten();
        if left.is_some() {
            self.busy.set(None);
        }
        left.is_some()
    }
}
