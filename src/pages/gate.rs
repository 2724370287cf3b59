//! From the answer of `domain::capability` to the standing of a control. Every control that edits
//! or archives gets its standing here, so that no two of them can disagree.

use std::sync::Arc;

use steward_domain::capability::{Action, Verdict};
use steward_domain::id::WorkspaceKey;
use steward_domain::workspace::Workspace;

use crate::reactive::{Live, live};
use crate::state::AppState;
use crate::text;
use crate::ui::action::Standing;

/// What the console says about an action, as the standing of a control.
#[must_use]
pub fn standing(
    app: AppState,
    action: Action,
    key: WorkspaceKey,
    workspace: Arc<Workspace>,
) -> Live<Standing> {
    live(move || standing_now(app, action, &key, &workspace))
}

/// The same at this moment; follows what it depends on.
#[must_use]
#[inline(never)]
pub fn standing_now(
    app: AppState,
    action: Action,
    key: &WorkspaceKey,
    workspace: &Workspace,
) -> Standing {
    if app.archiving.is_sending(key) {
        return Standing::Busy;
    }
    match app.verdict(action, key, workspace) {
        Verdict::Allowed => Standing::Ready,
        Verdict::Pending => Standing::Waiting(
            match app.network.is_up() {
                true => text::ONE_MOMENT,
                false => text::OFFLINE_WRITES,
            }
            .to_owned(),
        ),
        Verdict::Denied(denial) => Standing::Refused(text::denial(action, &denial)),
    }
}
