//! The pauses that services ask for, counted down.
//!
//! Guarantees: one ticker for all of them, and none while there is no pause; its beginning and its end
//! are announced, what lies between is only seen; a list that waited for the end is read again by itself
//! once, and nothing is ever written by itself.

use std::rc::Rc;

use leptos::prelude::*;
use steward_domain::id::AccountId;
use steward_flows::{Clock, Service};

use super::AppState;
use super::accounts::Accounts;
use super::workspaces::Phase;
use crate::browser::clock::Timer;
use crate::text;
use crate::transport::BrowserClock;

/// A pause that is shorter, in seconds, is over before it is read out.
const WORTH_SAYING_S: u32 = 3;

/// The pauses that services asked for. Copies are handles to the same signals.
#[derive(Clone, Copy)]
pub(super) struct Pauses {
    /// Told when a service asks for a pause, and every second of it.
    tick: RwSignal<u32>,
    /// Accounts whose pause is not over.
    paused: RwSignal<Vec<AccountId>>,
}

impl Pauses {
    pub(super) fn new() -> Self {
        Self {
            tick: RwSignal::new(0),
            paused: RwSignal::new(Vec::new()),
        }
    }

    /// Hears from now on of the pauses that a service asks for.
    pub(super) fn heed(self, service: &Service) {
        service.rate_limit.tell(Rc::new(move || self.tick()));
    }

    fn tick(self) {
        self.tick.try_update(|tick| *tick = tick.wrapping_add(1));
    }
}

impl Accounts {
    /// For how many seconds more an account's service wants to be left alone. Goes on by itself.
    #[must_use]
    pub fn rests(self, id: &AccountId) -> Option<u32> {
        self.pauses.tick.track();
        let account = self.get_untracked(id)?;
        account.service.rate_limit.asked_for(BrowserClock.now())
    }

    /// Whether it does, to be told once and not every second.
    #[must_use]
    pub fn is_resting(self, id: &AccountId) -> bool {
        self.pauses.paused.with(|paused| paused.contains(id))
    }
}

/// Counts pauses down from now on.
pub fn follow(app: AppState) {
    let accounts = app.accounts;
    let ticker = StoredValue::new_local(None::<Timer>);
    let mut resting: Vec<(AccountId, bool)> = Vec::new();
    // Whose list has been read again by itself, until it has come.
    let mut went: Vec<AccountId> = Vec::new();
    Effect::new(move |_| {
        let mut now = Vec::new();
        for account in accounts.all() {
            let Some(left) = accounts.rests(&account.id) else {
                continue;
            };
            let before = resting.iter().find(|(id, _)| *id == account.id);
            let said = match before {
                Some((_, said)) => *said,
                None if left >= WORTH_SAYING_S => {
                    app.notices.announce(text::resting(left));
                    true
                }
                None => false,
            };
            now.push((account.id.clone(), said));
        }
        let over = resting
            .iter()
            .filter(|(id, _)| !now.iter().any(|(other, _)| other == id));
        for (id, said) in over {
            if *said {
                app.notices.announce(text::RESTED.to_owned());
            }
            if untrack(|| is_held_back(app, id)) && !went.contains(id) {
                went.push(id.clone());
                app.workspaces.reload(id);
            }
        }
        let counts = ticker.with_value(Option::is_some);
        match now.is_empty() {
            true => drop(ticker.try_set_value(None)),
            false if !counts => {
                ticker.set_value(Some(Timer::every(1_000, move || accounts.pauses.tick())));
            }
            false => {}
        }
        let same = now
            .iter()
            .map(|(id, _)| id)
            .eq(resting.iter().map(|(id, _)| id));
        resting = now;
        if !same {
            let ids = resting.iter().map(|(id, _)| id.clone()).collect();
            untrack(|| accounts.pauses.paused.set(ids));
        }
        went.retain(|id| {
            !untrack(|| matches!(app.workspaces.load_of(id), Some(Phase::Loaded { .. })))
        });
    });
}

/// Whether an account's list failed because its service wanted to be left alone.
fn is_held_back(app: AppState, id: &AccountId) -> bool {
    match app.workspaces.load_of(id) {
        Some(Phase::Failed(failure)) => failure.asks_for_pause(),
        _ => false,
    }
}
