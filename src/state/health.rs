//! How an account is doing, in one word for every place that says it.

use steward_domain::id::AccountId;

use super::AppState;
use super::workspaces::{LoadingPhase, Phase};

/// How an account is doing.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Health {
    /// Its service answers.
    Connected,
    /// Its list is awaited.
    Loading,
    /// Its list is awaited for longer than usual.
    Silent,
    /// Its list was given up.
    Unread,
    /// Its service no longer accepts the session.
    Ended,
    /// Its list could not be loaded.
    Failed,
    /// Its service asked for a pause, for so many seconds more.
    Resting(u32),
}

/// How an account is doing.
#[must_use]
pub fn health(app: AppState, id: &AccountId) -> Health {
    if app.accounts.has_ended(id) {
        return Health::Ended;
    }
    let load = app.workspaces.load_of(id);
    match (app.accounts.rests(id), load) {
        (Some(left), _) => Health::Resting(left),
        (None, Some(Phase::Loading(LoadingPhase::Initial))) => Health::Loading,
        (None, Some(Phase::Loading(_))) => Health::Silent,
        (None, Some(Phase::Failed(_))) => Health::Failed,
        (None, Some(Phase::Idle)) => Health::Unread,
        (None, Some(Phase::Loaded { .. }) | None) => Health::Connected,
    }
}
