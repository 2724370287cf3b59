//! Unsaved form text, written at every input so that neither a crash nor a reload loses it. Kept
//! in this tab's session storage, for one workspace a time each, wiped on saving, discarding and
//! signing out, and shown to nobody but the person who typed it. Never holds a credential.

use steward_domain::draft::RawDraft;
use steward_domain::id::{UserId, WorkspaceKey};

use crate::browser::storage;

const PREFIX: &str = "steward.draft/";

fn name_of(me: Option<&UserId>, key: &WorkspaceKey) -> String {
    let me = me.map_or("", UserId::as_str);
    [PREFIX, key.account.as_str(), "/", me, "/", key.id.as_str()].concat()
}

/// Keeps what stands in the form. The name is a single line, so the first line break ends it.
pub fn keep(me: Option<&UserId>, key: &WorkspaceKey, draft: &RawDraft) {
    storage::session_set(
        &name_of(me, key),
        &[&draft.name, "\n", &draft.description].concat(),
    );
}

/// What was left unsaved in this workspace's form.
#[must_use]
pub fn kept(me: Option<&UserId>, key: &WorkspaceKey) -> Option<RawDraft> {
    let text = storage::session_get(&name_of(me, key))?;
    let (name, description) = text.split_once('\n')?;
    Some(RawDraft {
        name: name.to_owned(),
        description: description.to_owned(),
    })
}

/// Forgets one.
pub fn forget(me: Option<&UserId>, key: &WorkspaceKey) {
    storage::session_remove(&name_of(me, key));
}

/// Forgets all.
pub fn clear() {
    storage::session_clear_prefix(PREFIX);
}
