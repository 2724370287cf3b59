//! From the answer of `domain::capability` to the standing of a control. Every control that edits
//! or archives gets its standing here, so that no two of them can disagree.

use std::sync::Arc;

use steward_domain::capability::{Action, Verdict, capability};
use steward_domain::id::WorkspaceKey;
use steward_domain::workspace::Workspace;

use crate::reactive::{Live, live};
use crate::state::Console;
use crate::text;
use crate::ui::action::Standing;

/// What the console says about an action on a workspace, at this moment.
#[must_use]
pub fn verdict(
    console: Console,
    action: Action,
    key: &WorkspaceKey,
    workspace: &Workspace,
) -> Verdict {
    let Some(account) = console.accounts.get(&key.account) else {
        return Verdict::Pending;
    };
    capability(
        action,
        workspace,
        &console.roles.access(key),
        account.description(),
    )
}

/// The same as the standing of a control.
#[must_use]
pub fn standing(
    console: Console,
    action: Action,
    key: WorkspaceKey,
    workspace: Arc<Workspace>,
) -> Live<Standing> {
    live(move || {
        if console.archiving.is_sending(&key) {
            return Standing::Busy;
        }
        match verdict(console, action, &key, &workspace) {
            Verdict::Allowed => Standing::Ready,
            Verdict::Pending => Standing::Waiting(text::ONE_MOMENT.to_owned()),
            Verdict::Denied(denial) => Standing::Refused(text::denial(action, &denial)),
        }
    })
}
