//! Unsaved form text, written at every input so that neither a crash nor a reload loses it. Kept
//! in this tab's session storage, for one workspace a time each, wiped on saving, discarding and
//! signing out, and shown to nobody but the person who typed it. Never holds a credential.

use std::cell::RefCell;
use std::collections::BTreeMap;

use steward_domain::draft::RawDraft;
use steward_domain::field::Field;
use steward_domain::id::{AccountId, UserId, WorkspaceKey};
use steward_domain::workspace::Workspace;

use super::json;
use crate::browser::storage;

const PREFIX: &str = "steward.draft/";

thread_local! {
    /// Accounts where somebody else came instead of the person who typed.
    static HELD_BACK: RefCell<Vec<AccountId>> = const { RefCell::new(Vec::new()) };
}

/// Shows and changes an account's drafts no more: somebody else is at the screen.
pub fn hold_back(account: &AccountId) {
    give_back(account);
    HELD_BACK.with_borrow_mut(|all| all.push(account.clone()));
}

/// Shows an account's drafts again: their person is back, or they are gone.
pub fn give_back(account: &AccountId) {
    HELD_BACK.with_borrow_mut(|all| all.retain(|other| other != account));
}

/// The same for all accounts: the console starts anew.
pub(super) fn give_all_back() {
    HELD_BACK.with_borrow_mut(Vec::clear);
}

fn is_held_back(key: &WorkspaceKey) -> bool {
    HELD_BACK.with_borrow(|all| all.contains(&key.account))
}

fn name_of(me: Option<&UserId>, key: &WorkspaceKey) -> String {
    let me = me.map_or("", UserId::as_str);
    [PREFIX, key.account.as_str(), "/", me, "/", key.id.as_str()].concat()
}

/// Keeps what stands in a form. Of a workspace's form that is what was typed, each text with the
/// one it was typed over: what somebody else changes until the form is opened again is told from
/// that.
pub fn keep(me: Option<&UserId>, key: &WorkspaceKey, draft: &RawDraft, base: Option<&Workspace>) {
    if is_held_back(key) {
        return;
    }
    let mut texts = BTreeMap::new();
    for (field, typed) in draft.fields() {
        let before = base.map(|base| base.text(field));
        if before != Some(typed) {
            texts.insert(field.key().to_owned(), typed);
        }
        if let Some(before) = before.filter(|before| *before != typed) {
            texts.insert(before_name(field), before);
        }
    }
    storage::session_set(&name_of(me, key), &json::print(&texts));
}

fn before_name(field: Field) -> String {
    [field.key(), " before"].concat()
}

/// Puts what was left unsaved in this workspace's form into it; says whether there was anything.
/// `base` becomes what it was typed over.
pub fn restore(
    me: Option<&UserId>,
    key: &WorkspaceKey,
    draft: &mut RawDraft,
    base: Option<&mut Workspace>,
) -> bool {
    if is_held_back(key) {
        return false;
    }
    let text = storage::session_get(&name_of(me, key)).unwrap_or_default();
    let Some(mut kept) = json::parse::<BTreeMap<String, String>>(&text) else {
        return false;
    };
    let before = draft.clone();
    for field in Field::ALL {
        if let Some(typed) = kept.remove(field.key()) {
            draft.set(field, typed);
        }
    }
    if let Some(base) = base {
        for field in Field::ALL {
            if let Some(before) = kept.remove(&before_name(field)) {
                base.set(field, before);
            }
        }
    }
    *draft != before
}

/// Forgets one.
pub fn forget(me: Option<&UserId>, key: &WorkspaceKey) {
    if !is_held_back(key) {
        storage::session_remove(&name_of(me, key));
    }
}

/// Forgets all of an account.
pub fn clear(account: &AccountId) {
    storage::session_clear_prefix(&[PREFIX, account.as_str(), "/"].concat());
}
