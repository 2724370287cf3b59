//! What this tab kept of its attempts over a reload, and what came of those that were under way.
//!
//! Guarantees: the person is told once of each, as what reading shows.

use crate::state::network;
use crate::state::reconcile;
use crate::state::retry_after;
use crate::state::workspaces::list_cache;
use leptos::prelude::*;
use steward_domain::id::AccountId;

use crate::state::AppState;
use crate::state::activity::{ActionRecord, AttemptId};
use crate::text;
use leptos::task::spawn_local;

/// Takes up what was kept of each account as it is signed in to, and what a first screen does without:
/// the lists that are kept, the network and the pauses. Draws nothing.
#[component]
pub(crate) fn Resume(app: AppState) -> impl IntoView {
    list_cache::follow(app);
    network::follow(app);
    retry_after::follow(app);
    let mut known: Vec<AccountId> = Vec::new();
    Effect::new(move |_| {
        let accounts = app.accounts.all();
        known.retain(|id| accounts.iter().any(|account| account.id == *id));
        for account in accounts {
            if !known.contains(&account.id) {
                known.push(account.id.clone());
                for (attempt, action) in app.activity.resume(&account.id) {
                    spawn_local(settle(app, attempt, action));
                }
            }
        }
    });
}

async fn settle(app: AppState, attempt: AttemptId, action: ActionRecord) {
    let result = reconcile::settle(app, attempt, &action).await;
    let said = text::settled(&action.name, action.operation, result.as_ref());
    match result {
        Some(Ok(())) => app.notices.confirm(said),
        _ => app.notices.tell(said),
    }
}
