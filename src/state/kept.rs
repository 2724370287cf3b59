//! The last whole list of each account that is kept signed in, for the next visit of this tab.
//!
//! Guarantees: kept are the pages as the service sent them, read back by the code that read them first;
//! only of accounts whose person asked to be kept, only whole lists, never a credential, and gone with
//! the session. What does not fit, is another person's or cannot be read is not there. Rows that only
//! were kept say so ([`Kept::is_only`]) until the service has shown them again, and grant nothing.

use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::untrack;
use steward_domain::id::{AccountId, UserId, WorkspaceKey};
use steward_domain::listing::{Row, by_key};
use steward_domain::patience::{Reading, stands_in};
use steward_flows::Listed;
use steward_flows::json::{Object, members};

use super::Console;
use super::accounts::{Account, Phase as Stage};
use super::workspaces::{Load, Phase, Workspaces};
use crate::browser::letters::lower;
use crate::browser::{clock, storage};
use crate::reactive::{Store, Value, follow, spawn};

/// Before the account's id.
const LIST: &str = "steward.list/";

/// Between the pages: no JSON text has it.
const BETWEEN: char = '\u{1e}';

/// How much room a list leaves in this tab's storage, in characters: what people type is kept there too,
/// and comes first.
const ROOM: usize = 250_000;

/// On which load a row was seen that was only kept: on none.
const NEVER: u32 = 0;

/// A list that has come to its end.
struct Whole {
    account: Rc<Account>,
    at: f64,
    pages: Vec<Vec<u8>>,
}

/// What is kept, and what is to be. Copies are handles to the same.
#[derive(Clone, Copy)]
pub struct Kept {
    /// The pages of the loads under way.
    pages: Store<Vec<(u32, Vec<u8>)>>,
    /// Lists that wait for a moment in which nobody is held up.
    whole: Value<Vec<Whole>>,
    /// Accounts of which rows are shown that only were kept, and when those were read.
    shown: Value<Vec<(AccountId, f64)>>,
}

impl Kept {
    pub(super) fn new() -> Self {
        Self {
            pages: Store::new(Vec::new()),
            whole: Value::new(Vec::new()),
            shown: Value::new(Vec::new()),
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
    pub fn is_only(self, key: &WorkspaceKey, rows: Value<Vec<Row>>) -> bool {
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
pub(super) fn forget(id: &AccountId) {
    storage::session_remove(&key_of(id));
}

fn key_of(id: &AccountId) -> String {
    [LIST, id.as_str()].concat()
}

/// Whether a row is there only because it was kept.
fn is_only(rows: &[Row], key: &WorkspaceKey) -> bool {
    let found = rows.binary_search_by(|row| row.key.cmp(key));
    let row = found.ok().and_then(|at| rows.get(at));
    row.is_some_and(|row| row.seen == NEVER)
}

/// How far the reading of a list is.
fn reading(load: &Load) -> Reading {
    match load.phase {
        Phase::Loading(patience) => Reading::Awaited(patience),
        Phase::Failed(_) | Phase::Idle => Reading::Without,
        Phase::Loaded { .. } => Reading::Whole,
    }
}

impl Console {
    /// Keeps whole lists from now on, and has the kept ones stand in where the service lets one wait.
    pub fn follow_kept(self) {
        let kept = self.workspaces.kept;
        let mut tidied = false;
        follow(move || {
            if !tidied && self.accounts.phase() != Stage::Starting {
                tidied = true;
                untrack(|| self.drop_orphans());
            }
        });
        let mut looked: Vec<AccountId> = Vec::new();
        follow(move || {
            let online = self.network.is_up();
            for load in self.workspaces.loads() {
                let due = load.complete_at.is_none() && stands_in(reading(&load), online);
                if due && !looked.contains(&load.account) {
                    looked.push(load.account.clone());
                    untrack(|| self.show_kept(&load.account));
                }
            }
        });
        follow(move || {
            kept.whole.track();
            let all = kept
                .whole
                .try_with_untracked(|all| !all.is_empty())
                .unwrap_or_default();
            if all {
                spawn(async move {
                    clock::idle().await;
                    self.keep();
                });
            }
        });
    }

    /// What has no session any more has no list either.
    fn drop_orphans(self) {
        let accounts = self.accounts.all_untracked();
        for key in storage::session_keys(LIST) {
            if !accounts.iter().any(|account| key_of(&account.id) == key) {
                storage::session_remove(&key);
            }
        }
    }

    /// Writes down the lists that wait for it.
    fn keep(self) {
        let kept = self.workspaces.kept;
        let all = kept.whole.try_update(std::mem::take).unwrap_or_default();
        for Whole { account, at, pages } in all {
            let now = self.accounts.get_untracked(&account.id);
            // Signed out, or asked not to be kept, meanwhile.
            let same = |now: &Rc<Account>| now.kept && now.holder == account.holder;
            if !now.is_some_and(|now| same(&now)) {
                continue;
            }
            let key = key_of(&account.id);
            // The older one makes room.
            storage::session_remove(&key);
            if let Some(text) = print(at, account.me.as_ref(), pages) {
                storage::session_set_within(&key, &text, ROOM);
            }
        }
    }

    fn show_kept(self, id: &AccountId) {
        let Some(account) = self.accounts.get_untracked(id).filter(|one| one.kept) else {
            return;
        };
        let Some(text) = storage::session_get(&key_of(id)) else {
            return;
        };
        match parse(&text, &account) {
            Some((at, listed)) => self.workspaces.stand_in(id, at, listed),
            None => forget(id),
        }
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
            Row::new(key, Arc::new(listed.workspace), NEVER, lower)
        };
        self.kept.shown.update(|shown| shown.push((id.clone(), at)));
        self.rows.update(|rows| {
            // Of two with the same key the first stays only by chance, so that newer ones are left out.
            let old = listed.into_iter().map(row);
            let missing = |old: &Row| rows.binary_search_by(|row| row.key.cmp(&old.key)).is_err();
            let mut missing: Vec<Row> = old.filter(missing).collect();
            rows.append(&mut missing);
            *rows = by_key(std::mem::take(rows));
        });
        // What is counted and said of the loads has changed with it.
        self.loads.update(|_| ());
    }
}

/// A list as it is stored: when it was read and whose it is, then its pages.
fn print(at: f64, me: Option<&UserId>, pages: Vec<Vec<u8>>) -> Option<String> {
    let mut head = Object::default();
    #[allow(clippy::cast_possible_truncation)]
    head.word("at", &(at as i64).to_string());
    head.text_if("me", me.map(UserId::as_str));
    let head = head.finish();
    // As long as it will be: a list grown by doubling would hold four times its length for a moment,
    // and memory that a module once had it keeps.
    let length = pages.iter().map(|page| page.len() + 1).sum::<usize>();
    let mut text = String::with_capacity(head.len() + length);
    text.push_str(&head);
    for page in pages {
        text.push(BETWEEN);
        text.push_str(&String::from_utf8(page).ok()?);
    }
    Some(text)
}

/// When it was read and what is on its pages, if it is this account's.
fn parse(text: &str, account: &Account) -> Option<(f64, Vec<Listed>)> {
    let mut parts = text.split(BETWEEN);
    let at = head(parts.next()?, account.me.as_ref())?;
    let mut listed = Vec::new();
    for page in parts {
        listed.extend(account.service.read_kept(page.as_bytes().to_vec())?.rows);
    }
    Some((at, listed))
}

fn head(text: &str, me: Option<&UserId>) -> Option<f64> {
    let [at, whose] = members(text.as_bytes(), ["at", "me"])?;
    let same = whose.text().as_deref() == me.map(UserId::as_str);
    #[allow(clippy::cast_precision_loss)]
    let at = at.number().map(|at| at as f64);
    at.filter(|_| same)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn me(id: &str) -> Option<UserId> {
        UserId::new(id)
    }

    #[test]
    fn a_list_is_stored_with_its_moment_and_its_person() {
        let pages = vec![b"{\"data\":[]}".to_vec(), "{\"data\":[\"\u{e4}\"]}".into()];
        let text = print(1_761_698_406_123.7, me("auth0|1").as_ref(), pages).unwrap_or_default();
        assert_eq!(
            text,
            "{\"at\":1761698406123,\"me\":\"auth0|1\"}\u{1e}{\"data\":[]}\u{1e}{\"data\":[\"\u{e4}\"]}"
        );
        let first = text.split(BETWEEN).next().unwrap_or_default();
        assert_eq!(
            head(first, me("auth0|1").as_ref()),
            Some(1_761_698_406_123.0)
        );
    }

    #[test]
    fn a_list_of_another_person_or_of_nobody_is_not_read() {
        for (whose, me) in [
            (me("auth0|1"), me("auth0|2")),
            (me("auth0|1"), None),
            (None, me("auth0|1")),
        ] {
            let text = print(1.0, whose.as_ref(), Vec::new()).unwrap_or_default();
            assert_eq!(head(&text, me.as_ref()), None);
            assert_eq!(head(&text, whose.as_ref()), Some(1.0));
        }
        for junk in ["", "{}", "null", r#"{"at":"now"}"#] {
            assert_eq!(head(junk, None), None, "{junk}");
        }
    }

    #[test]
    fn what_is_no_text_is_not_kept() {
        assert_eq!(print(1.0, None, vec![vec![0xff, 0xfe]]), None);
    }
}
