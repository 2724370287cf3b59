//! Where focus goes after a workspace has been archived.

use std::sync::Arc;

use leptos::prelude::*;
use steward_domain::id::WorkspaceKey;
use steward_domain::workspace::Workspace;
use web_sys::Element;

use crate::features::workspace::{HEADING_ID, archive_id, focus_soon, open_id};
use crate::state::AppState;
use crate::state::navigation::Navigation;

/// After a success focus goes to the heading of the open workspace, or along the list: what opened
/// the dialog has left with its row.
pub fn follow_success(app: AppState, navigation: Navigation) {
    let archiving = app.archiving;
    let mut sent = None::<(WorkspaceKey, Vec<String>)>;
    Effect::new(move |_| match (archiving.target(), archiving.pending()) {
        // Looked up while the row still stands.
        (Some(target), true) => sent = Some((target.key.clone(), beside(&target.key))),
        (Some(_), false) => sent = None,
        (None, _) => {
            // Whoever signed out meanwhile has left the list as well.
            let here = |sent: &(WorkspaceKey, _)| app.accounts.of(&sent.0).is_some();
            let Some((key, beside)) = sent.take().filter(here) else {
                return;
            };
            let mut ids = Vec::new();
            if untrack(|| navigation.open()).as_ref() == Some(&key) {
                ids.push(HEADING_ID.to_owned());
            }
            let archived = |workspace: Arc<Workspace>| workspace.state.is_archived();
            if app.workspaces.get_untracked(&key).is_some_and(archived) {
                // Where archived ones are shown its row has stayed.
                ids.push(archive_id(&key));
            }
            ids.extend(beside);
            focus_soon(ids, false);
        }
    });
}

/// The links of the rows after a row, then those before it, the nearest first.
fn beside(key: &WorkspaceKey) -> Vec<String> {
    let link = document().get_element_by_id(&open_id(key));
    let row = link.and_then(|link| link.closest("tr").ok().flatten());
    let mut ids = Vec::new();
    for step in [
        Element::next_element_sibling,
        Element::previous_element_sibling,
    ] {
        let mut at = row.as_ref().and_then(step);
        while let Some(row) = at {
            if let Ok(Some(link)) = row.query_selector("a[id]") {
                ids.push(link.id());
            }
            at = step(&row);
        }
    }
    ids
}
