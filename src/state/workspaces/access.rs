//! My role in each workspace, found in its members list or, where a credential administers the whole
//! organization, known from the start.
//!
//! Guarantees: at most four members lists of an account are asked for at once, so that a slow one
//! holds up no other; each once, until something says that it may have changed; what was asked for
//! last is answered first, because it is what the person looks at; no answer takes the place of what was
//! asked for, or came of a change, later; once a session has ended nothing more is asked of its account
//! until somebody signs in again.

use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;
use steward_domain::failure::{Failure, FailureKind};
use steward_domain::id::{AccountId, WorkspaceKey};
use steward_domain::listing::{RoleOf, Row};
use steward_domain::provider::AccessSource;
use steward_domain::role::{Access, Member};
use steward_flows::Whole;

use super::Workspaces;
use super::known::{Asked, Known};
use super::rows::row_of;
use crate::state::accounts::Account;
use crate::state::request;
use leptos::task::spawn_local;

/// How many members lists of an account are asked for at once.
pub const AT_ONCE: usize = 4;

/// After how many answers the views that need every role are worked out again.
const BATCH: usize = 16;

/// What a members list said.
#[derive(Clone, PartialEq)]
pub struct Found {
    /// My access by it.
    pub access: Access,
    /// The members, or why they could not be read.
    pub members: Result<Arc<[Member]>, Failure>,
    /// Entries that could not be read: who is not among the members may be one of them.
    pub skipped: usize,
}

impl Workspaces {
    /// What is known about my access to a workspace.
    #[must_use]
    pub fn access(self, key: &WorkspaceKey) -> Access {
        if self.kept.is_only(key, self.rows) {
            self.access_changed.track();
            return Access::Unknown;
        }
        let account = self.accounts.get(&key.account);
        if account.is_some_and(|account| knows(&account)) {
            return Access::Organization;
        }
        self.found(key)
            .map_or(Access::Unknown, |found| found.access)
    }

    /// What the members list said, once it has been read.
    #[must_use]
    pub fn found(self, key: &WorkspaceKey) -> Option<Found> {
        self.access_changed.track();
        if let Some(found) = self.known.with_value(|store| store.get(key).cloned()) {
            return Some(found);
        }
        let members = self.rows.with(|rows| told(rows, key))?;
        let account = self.accounts.get(&key.account)?;
        Some(found(&account, Ok(whole(members))))
    }

    /// My role for filters and orders over all rows. Changes in batches, not with every answer.
    pub fn with_roles<T>(self, look: impl FnOnce(RoleOf<'_>) -> T) -> T {
        self.access_settled.track();
        let accounts = self.accounts.all();
        self.rows.with(|rows| {
            self.known.with_value(|store| {
                look(&|key| {
                    if let Some(found) = store.get(key) {
                        return Some(found.access.role().cloned());
                    }
                    let account = accounts.iter().find(|account| account.id == key.account)?;
                    if knows(account) {
                        return Some(None);
                    }
                    let access = found(account, Ok(whole(told(rows, key)?))).access;
                    Some(access.role().cloned())
                })
            })
        })
    }

    /// Says that a workspace's members are to be looked at.
    pub fn want_members(self, key: WorkspaceKey) {
        self.want_members_of(vec![key]);
    }

    /// The same for many.
    pub fn want_members_of(self, keys: Vec<WorkspaceKey>) {
        self.known.update_value(|store| store.wanted.extend(keys));
        self.ask_for_members();
    }

    /// Forgets what was asked about rows that bring newer members along.
    pub(super) fn forget_told(self, rows: &[Row]) {
        self.known.try_update_value(|store| {
            if !store.found.is_empty() {
                for row in rows.iter().filter(|row| row.members.is_some()) {
                    if !store.renewed.is_after(&row.key, row.asked) {
                        store.forget(&row.key);
                    }
                }
            }
        });
    }

    /// Takes members that a change of them brought back.
    pub fn learn_members(self, account: &Account, key: &WorkspaceKey, members: Whole<Member>) {
        let (found, now) = (
            found(account, Ok(shared(members))),
            self.request_order.next(),
        );
        self.known.try_update_value(|store| {
            store.renew(key, now);
            store.keep(key.clone(), now, found);
        });
        self.tell_access(true);
    }

    /// Says which workspaces are on the screen, the most wanted first.
    pub fn set_on_screen(self, keys: Vec<WorkspaceKey>) {
        self.known.update_value(|store| store.seen = keys);
        self.ask_for_members();
    }

    /// Says which workspaces a filter or an order needs besides.
    pub fn set_needed(self, keys: Vec<WorkspaceKey>) {
        self.known.update_value(|store| store.all = keys);
        self.ask_for_members();
    }

    /// Forgets what is known about one and asks again: after a refusal, and on request.
    pub fn recheck_access(self, key: &WorkspaceKey) {
        let now = self.request_order.next();
        self.known.update_value(|store| {
            store.renew(key, now);
            store.forget(key);
            store.wanted.push(key.clone());
        });
        self.tell_access(true);
        self.ask_for_members();
    }

    /// Reads the members of a workspace once more and waits for the answer, where my role comes from
    /// them.
    pub(in crate::state) async fn look_up_access(self, key: &WorkspaceKey) {
        let account = self.accounts.get_untracked(&key.account);
        let Some(account) = account.filter(|account| !knows(account)) else {
            return;
        };
        let number = self.request_order.next();
        let members = account.service.members(&key.id).await;
        if self.accounts.is_current(&account) {
            let found = found(&account, members.map(shared));
            self.known
                .try_update_value(|store| store.keep(key.clone(), number, found));
            self.tell_access(true);
        }
    }

    /// Asks again for what an account's ended session or a network that was gone left unread, and for
    /// what had to be shown again first.
    pub fn ask_again(self, id: &AccountId) {
        let unread = |key: &WorkspaceKey, found: &Found| {
            let passed = |failure: &Failure| {
                use FailureKind::{SignedOut, TimedOut, Unreachable};
                matches!(failure.kind, SignedOut | TimedOut | Unreachable)
            };
            key.account == *id && found.members.as_ref().is_err_and(passed)
        };
        let asked = self.known.try_update_value(|store| {
            let taken = store
                .found
                .extract_if(.., |(key, found)| unread(key, found));
            let keys: Vec<WorkspaceKey> = taken.map(|(key, _)| key).collect();
            store.wanted.extend(keys.iter().cloned());
            !keys.is_empty()
        });
        if asked == Some(true) {
            self.tell_access(true);
        }
        self.ask_for_members();
    }

    /// Says that a row which only was kept has been shown again.
    pub(super) fn has_been_shown(self) {
        self.tell_access(false);
        self.ask_for_members();
    }

    fn tell_access(self, settle: bool) {
        self.access_changed
            .try_update(|count| *count = count.wrapping_add(1));
        if settle {
            self.access_settled
                .try_update(|count| *count = count.wrapping_add(1));
        }
    }

    fn ask_for_members(self) {
        while let Some(asked) = self.next_to_ask() {
            spawn_local(async move {
                let Asked { key, by, number } = asked;
                let reading = by.service.members(&key.id);
                let members = request::awaited(self.accounts, &by, reading).await;
                let has_ended = |members: &Result<_, Failure>| matches!(members, Err(failure) if failure.kind == FailureKind::SignedOut);
                // That a former session has ended says nothing about the members.
                let members =
                    members.filter(|members| !has_ended(members) || self.accounts.is_current(&by));
                let ended = members.as_ref().is_some_and(has_ended);
                let settle = self.known.try_update_value(|store| {
                    store.in_flight.retain(|other| other.number != number);
                    // What was asked for a former session is nobody's any more.
                    let found = found(&by, members?.map(shared));
                    if !store.keep(key, number, found) {
                        return None;
                    }
                    store.answers += 1;
                    Some(store.in_flight.is_empty() || store.answers % BATCH == 0)
                });
                if ended {
                    self.accounts.has_been_refused(&by.id);
                }
                if let Some(settle) = settle {
                    if let Some(settle) = settle {
                        self.tell_access(settle);
                    }
                    self.ask_for_members();
                }
            });
        }
    }

    /// The next that can be asked for: what is wanted, then what is seen, then all.
    fn next_to_ask(self) -> Option<Asked> {
        let mut free = self.accounts.all_untracked();
        free.retain(|account| !self.accounts.renewals.has_ended_untracked(&account.id));
        self.known.try_update_value(|store| {
            free.retain(|account| {
                let own = store.in_flight.iter();
                own.filter(|asked| asked.by.id == account.id).count() < AT_ONCE
            });
            let mut queues = [
                (std::mem::take(&mut store.wanted), true),
                (std::mem::take(&mut store.seen), false),
                (std::mem::take(&mut store.all), false),
            ];
            let next = queues
                .iter_mut()
                .find_map(|(queue, wanted)| self.take_due(store, queue, *wanted, &free));
            let [(wanted, _), (seen, _), (all, _)] = queues;
            (store.wanted, store.seen, store.all) = (wanted, seen, all);
            let (key, by) = next?;
            let asked = Asked {
                key,
                by,
                number: self.request_order.next(),
            };
            store.in_flight.push(asked.clone());
            Some(asked)
        })?
    }

    /// Takes the first of a queue that can be asked for now. What need not be asked for leaves.
    fn take_due(
        self,
        store: &Known,
        queue: &mut Vec<WorkspaceKey>,
        wanted: bool,
        free: &[Rc<Account>],
    ) -> Option<(WorkspaceKey, Rc<Account>)> {
        let mut at = 0;
        while let Some(key) = queue.get(at) {
            let Some(account) = free.iter().find(|account| account.id == key.account) else {
                at += 1;
                continue;
            };
            // A service that lets one wait for its list is not asked about rows of an older one.
            if !wanted && untrack(|| self.kept.is_only(key, self.rows)) {
                at += 1;
                continue;
            }
            let due = store.get(key).is_none()
                && !store.in_flight.iter().any(|other| other.key == *key)
                && (wanted || !knows(account) && !self.is_told(key));
            let key = queue.remove(at);
            if due {
                return Some((key, Rc::clone(account)));
            }
        }
        None
    }

    fn is_told(self, key: &WorkspaceKey) -> bool {
        self.rows
            .try_with_untracked(|rows| told(rows, key).is_some())
            == Some(true)
    }

    pub(super) fn forget_access(self, id: &AccountId) {
        self.known.update_value(|store| {
            store.found.retain(|(key, _)| key.account != *id);
            store.renewed.forget(id);
            for queue in [&mut store.wanted, &mut store.seen, &mut store.all] {
                queue.retain(|key| key.account != *id);
            }
        });
        self.tell_access(true);
    }
}

/// Members, and how many entries beside them could not be read.
type Shared = (Arc<[Member]>, usize);

fn shared(members: Whole<Member>) -> Shared {
    (members.rows.into(), members.skipped)
}

/// What a list of workspaces brought along.
fn whole(members: Arc<[Member]>) -> Shared {
    (members, 0)
}

fn found(account: &Account, read: Result<Shared, Failure>) -> Found {
    let (members, skipped) = match read {
        Ok((members, skipped)) => (Ok(members), skipped),
        Err(failure) => (Err(failure), 0),
    };
    let access = match (&account.me, &members) {
        (Some(me), Ok(members)) => Access::from_members(me, members, account.description()),
        _ => Access::Unreadable,
    };
    // Who cannot be found among those that could be read may be one of the others.
    let access = match access {
        Access::NotAMember(_) if skipped > 0 => Access::Unreadable,
        access => access,
    };
    Found {
        access,
        members,
        skipped,
    }
}

/// The members that a list of workspaces brought along.
fn told(rows: &[Row], key: &WorkspaceKey) -> Option<Arc<[Member]>> {
    row_of(rows, key)?.members.clone()
}

/// Whether an account's credential says what I may, without a list of members.
fn knows(account: &Account) -> bool {
    account.description().access == AccessSource::Organization
}
