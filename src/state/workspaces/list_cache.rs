//! The last whole list of each account that is kept signed in, for the next visit of this tab.
//!
//! Guarantees: kept are the pages as the service sent them, read back by the code that read them first;
//! only of accounts whose person asked to be kept, only whole lists, never a credential, and gone with
//! the session. What does not fit, is another person's or cannot be read is not there. Rows that only
//! were kept say so ([`ListCache::is_only`]) until the service has shown them again, and grant nothing.

use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use steward_domain::id::{AccountId, UserId, WorkspaceKey};
use steward_domain::listing::{Row, by_key};
use steward_domain::loading::{Reading, stands_in};
use steward_flows::Listed;

use super::rows::row_of;
use super::{Load, Phase, Workspaces};
use crate::browser::letters::UNICODE;
use crate::browser::{clock, storage};
use crate::state::AppState;
use crate::state::accounts::{Account, Phase as Stage};
use crate::state::json;
use leptos::task::spawn_local;

/// Before the account's id.
const LIST: &str = "steward.list/";

/// Between an account's id and the number of a page. What stands under the id alone says how many there
/// are.
const PAGE: &str = "#";

/// How much room a list leaves in this tab's storage, in characters: what people type is kept there too,
/// and comes first.
const ROOM: usize = 250_000;

/// When a row was asked for that was only kept: before all others.
const NEVER: u32 = 0;

/// A list that has come to its end.
struct Whole {
    account: Rc<Account>,
    at: f64,
    pages: Vec<Vec<u8>>,
}

/// What is kept, and what is to be. Copies are handles to the same.
#[derive(Clone, Copy)]
pub struct ListCache {
    /// The pages of the loads under way.
    pages: StoredValue<Vec<(u32, Vec<u8>)>>,
    /// Lists that wait for a moment in which nobody is held up.
    whole: RwSignal<Vec<Whole>, LocalStorage>,
    /// Accounts of which rows are shown that only were kept, and when those were read.
    shown: RwSignal<Vec<(AccountId, f64)>>,
}

impl ListCache {
    pub(super) fn new() -> Self {
        Self {
            pages: StoredValue::new(Vec::new()),
            whole: RwSignal::new_local(Vec::new()),
            shown: RwSignal::new(Vec::new()),
        }
    }

    /// When the rows of an account were read, if they only were kept.
    #[must_use]
    pub fn read_at(self, id: &AccountId) -> Option<f64> {
        self.shown.with(|shown| {
            let (_, at) = shown.iter().find(|(other, _)| other == id)?;
            Some(*at)
        })
    }

    /// Whether a workspace is among the rows only because it was kept.
    #[must_use]
    pub fn is_only(self, key: &WorkspaceKey, rows: RwSignal<Vec<Row>>) -> bool {
        self.read_at(&key.account).is_some()
            && rows.try_with_untracked(|rows| is_only(rows, key)) == Some(true)
    }

    pub(super) fn take_page(self, account: &Account, number: u32, body: Vec<u8>) {
        if account.kept {
            self.pages
                .try_update_value(|pages| pages.push((number, body)));
        }
    }

    /// A load is over: what came on it is no longer of use.
    pub(super) fn drop_pages(self, number: u32) -> Vec<Vec<u8>> {
        let mut dropped = Vec::new();
        self.pages.try_update_value(|pages| {
            for (of, body) in std::mem::take(pages) {
                match of == number {
                    true => dropped.push(body),
                    false => pages.push((of, body)),
                }
            }
        });
        dropped
    }

    /// The service has shown its list: no row is from before any more, and the list is to be kept if
    /// that is all of it.
    pub(super) fn renew(self, account: &Rc<Account>, number: u32, is_all: bool) {
        self.drop_shown(&account.id);
        let pages = self.drop_pages(number);
        if account.kept && is_all {
            let whole = Whole {
                account: Rc::clone(account),
                at: clock::now(),
                pages,
            };
            self.whole.try_update(|all| all.push(whole));
        }
    }

    pub(super) fn drop_shown(self, id: &AccountId) {
        if untrack(|| self.read_at(id)).is_some() {
            self.shown
                .update(|shown| shown.retain(|(other, _)| other != id));
        }
    }
}

/// Leaves nothing of an account's list in this tab's storage.
pub(in crate::state) fn forget(id: &AccountId) {
    let key = key_of(id);
    storage::session_clear_prefix(&[&key, PAGE].concat());
    storage::session_remove(&key);
}

fn key_of(id: &AccountId) -> String {
    [LIST, id.as_str()].concat()
}

fn page_key(id: &AccountId, number: usize) -> String {
    [&key_of(id), PAGE, &number.to_string()].concat()
}

/// Whether a row is there only because it was kept.
fn is_only(rows: &[Row], key: &WorkspaceKey) -> bool {
    row_of(rows, key).is_some_and(|row| row.asked == NEVER)
}

/// How far the reading of a list is.
fn reading(load: &Load) -> Reading {
    match load.phase {
        Phase::Loading(patience) => Reading::Awaited(patience),
        Phase::Failed(_) | Phase::Idle => Reading::Without,
        Phase::Loaded { .. } => Reading::Whole,
    }
}

/// Keeps whole lists from now on, and has the kept ones stand in where the service lets one wait.
pub fn follow(app: AppState) {
    let kept = app.workspaces.kept;
    let mut tidied = false;
    Effect::new(move |_| {
        if !tidied && app.accounts.phase() != Stage::Starting {
            tidied = true;
            untrack(|| drop_orphans(app));
        }
    });
    let mut looked: Vec<AccountId> = Vec::new();
    Effect::new(move |_| {
        let online = app.network.is_up();
        for load in app.workspaces.loads() {
            let due = load.complete_at.is_none() && stands_in(reading(&load), online);
            if due && !looked.contains(&load.account) {
                looked.push(load.account.clone());
                untrack(|| show_kept(app, &load.account));
            }
        }
    });
    Effect::new(move |_| {
        if kept.whole.with(|all| !all.is_empty()) {
            spawn_local(async move {
                clock::idle().await;
                keep(app);
            });
        }
    });
}

/// What has no session any more has no list either.
fn drop_orphans(app: AppState) {
    let accounts = app.accounts.all_untracked();
    for key in storage::session_keys(LIST) {
        let (whose, _) = key.split_once(PAGE).unwrap_or((&key, ""));
        if !accounts.iter().any(|account| key_of(&account.id) == whose) {
            storage::session_remove(&key);
        }
    }
}

/// Writes down the lists that wait for it.
fn keep(app: AppState) {
    let kept = app.workspaces.kept;
    let all = kept.whole.try_update(std::mem::take).unwrap_or_default();
    for Whole { account, at, pages } in all {
        let now = app.accounts.get_untracked(&account.id);
        // Signed out, or asked not to be kept, meanwhile.
        let same = |now: &Rc<Account>| now.kept && now.user_generation == account.user_generation;
        if !now.is_some_and(|now| same(&now)) {
            continue;
        }
        // The older one makes room.
        forget(&account.id);
        let head = print(at, account.me.as_ref(), pages.len());
        // Page by page: one text of all would be made here first, and memory that a module once had
        // it keeps.
        let mut entries = vec![(key_of(&account.id), head.as_str())];
        for (number, page) in pages.iter().enumerate() {
            // What is no text is stored as what cannot be read.
            let page = std::str::from_utf8(page).unwrap_or_default();
            entries.push((page_key(&account.id, number), page));
        }
        storage::session_set_within(&entries, ROOM);
    }
}

fn show_kept(app: AppState, id: &AccountId) {
    let Some(account) = app.accounts.get_untracked(id).filter(|one| one.kept) else {
        return;
    };
    let Some(head) = storage::session_get(&key_of(id)) else {
        return;
    };
    match read(&head, &account) {
        Some((at, listed)) => app.workspaces.stand_in(id, at, listed),
        None => forget(id),
    }
}

impl Workspaces {
    /// Puts what was kept where nothing newer is. The members that a list brought along stay away: my
    /// role is the service's to say again.
    fn stand_in(self, id: &AccountId, at: f64, listed: Vec<Listed>) {
        let row = |listed: Listed| {
            let key = WorkspaceKey {
                account: id.clone(),
                id: listed.workspace.id.clone(),
            };
            Row::new(key, Arc::new(listed.workspace), NEVER, UNICODE)
        };
        self.kept.shown.update(|shown| shown.push((id.clone(), at)));
        self.rows.update(|rows| {
            // Of two with the same key the first stays only by chance, so that newer ones are left out.
            let old = listed.into_iter().map(row);
            let missing =
                |old: &Row| row_of(rows, &old.key).is_none() && !self.is_gone(NEVER, &old.key);
            let mut missing: Vec<Row> = old.filter(missing).collect();
            rows.append(&mut missing);
            *rows = by_key(std::mem::take(rows));
        });
        // What is counted and said of the loads has changed with it.
        self.loads.update(|_| ());
    }
}

/// What is stored of a list besides its pages.
#[derive(Serialize, Deserialize)]
struct Head {
    /// When it was read, in whole milliseconds since 1970.
    at: i64,
    /// Whose it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    me: Option<String>,
    /// How many pages it has.
    pages: usize,
}

fn print(at: f64, me: Option<&UserId>, pages: usize) -> String {
    #[allow(clippy::cast_possible_truncation)]
    let at = at as i64;
    let me = me.map(|me| me.as_str().to_owned());
    json::print(&Head { at, me, pages })
}

/// When it was read and how many pages there are, if it is this person's.
fn parse(text: &str, me: Option<&UserId>) -> Option<(f64, usize)> {
    let head: Head = json::parse(text)?;
    #[allow(clippy::cast_precision_loss)]
    let at = head.at as f64;
    (head.me.as_deref() == me.map(UserId::as_str)).then_some((at, head.pages))
}

/// When it was read and what is on its pages, if it is this account's.
fn read(head: &str, account: &Account) -> Option<(f64, Vec<Listed>)> {
    let (at, pages) = parse(head, account.me.as_ref())?;
    let mut listed = Vec::new();
    for number in 0..pages {
        let page = storage::session_get(&page_key(&account.id, number))?;
        listed.extend(account.service.read_kept(page.into_bytes())?.rows);
    }
    Some((at, listed))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn me(id: &str) -> Option<UserId> {
        UserId::new(id)
    }

    #[test]
    fn a_list_is_stored_with_its_moment_and_its_person() {
        let head = print(1_761_698_406_123.7, me("auth0|1").as_ref(), 2);
        assert_eq!(head, r#"{"at":1761698406123,"me":"auth0|1","pages":2}"#);
        let read = parse(&head, me("auth0|1").as_ref());
        assert_eq!(read, Some((1_761_698_406_123.0, 2)));
    }

    #[test]
    fn a_list_of_another_person_or_of_nobody_is_not_read() {
        for (whose, me) in [
            (me("auth0|1"), me("auth0|2")),
            (me("auth0|1"), None),
            (None, me("auth0|1")),
        ] {
            let head = print(1.0, whose.as_ref(), 0);
            assert_eq!(parse(&head, me.as_ref()), None);
            assert_eq!(parse(&head, whose.as_ref()), Some((1.0, 0)));
        }
        for junk in [
            "",
            "{}",
            "null",
            r#"{"at":"now"}"#,
            r#"{"at":1,"pages":-1}"#,
        ] {
            assert_eq!(parse(junk, None), None, "{junk}");
        }
    }
}
