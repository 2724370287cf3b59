//! From the answer of `domain::capability` to the availability of a control. Every control that edits
//! or archives gets its availability here, so that no two of them can disagree.

use leptos::prelude::*;
use std::sync::Arc;

use steward_domain::capability::{Action, Verdict};
use steward_domain::id::WorkspaceKey;
use steward_domain::workspace::Workspace;

use crate::state::AppState;
use crate::text;
use crate::ui::action::Availability;

/// What the console says about an action, as the availability of a control.
#[must_use]
pub fn availability(
    app: AppState,
    action: Action,
    key: WorkspaceKey,
    workspace: Arc<Workspace>,
) -> Signal<Availability> {
    Signal::derive(move || availability_now(app, action, &key, &workspace))
}

/// The same at this moment; follows what it depends on.
#[must_use]
#[inline(never)]
pub fn availability_now(
    app: AppState,
    action: Action,
    key: &WorkspaceKey,
    workspace: &Workspace,
) -> Availability {
    if app.archiving.is_sending(key) {
        return Availability::Busy;
    }
    match app.verdict(action, key, workspace) {
        Verdict::Allowed => Availability::Enabled,
        Verdict::Pending => Availability::Pending(pending(app, action, key).to_owned()),
        Verdict::Denied(denial) => Availability::Disabled(text::denial(action, &denial)),
    }
}

/// What is awaited before it is known whether an action may be taken.
#[must_use]
pub fn pending(app: AppState, action: Action, key: &WorkspaceKey) -> &'static str {
    match app.network.is_up() {
        true if action == Action::Archive && app.is_watched(key) => text::ARCHIVE_ACCEPTED,
        true => text::ONE_MOMENT,
        false => text::OFFLINE_WRITES,
    }
}
