//! My role in each workspace, found in its members list (the contract has no other source).
//!
//! Guarantees: at most four members lists are asked for at once; each once, until something says
//! that it may have changed; what was asked for last is answered first, because it is what the
//! person looks at; once the session has ended nothing more is asked until somebody signs in again.

use std::rc::Rc;

use steward_domain::failure::{Failure, FailureKind};
use steward_domain::id::WorkspaceKey;
use steward_domain::listing::RoleOf;
use steward_domain::role::{Access, Member};

use super::accounts::{Account, Accounts};
use crate::reactive::{Store, Value, spawn};

/// How many members lists are asked for at once.
pub const AT_ONCE: usize = 4;

/// After how many answers the views that need every role are worked out again.
const BATCH: usize = 16;

/// What a members list said.
#[derive(Clone, PartialEq)]
pub struct Found {
    /// My access by it.
    pub access: Access,
    /// The members, or why they could not be read.
    pub members: Result<Rc<[Member]>, Failure>,
}

#[derive(Default)]
struct Known {
    /// In the order of the keys, as the rows are.
    found: Vec<(WorkspaceKey, Found)>,
    in_flight: Vec<WorkspaceKey>,
    /// Asked for by what is on the screen; replaced as a whole when the screen changes.
    seen: Vec<WorkspaceKey>,
    /// Asked for by a filter or an order over all rows.
    all: Vec<WorkspaceKey>,
    answers: usize,
    /// Raised by [`Roles::clear`], so that answers for a former session are dropped.
    generation: u32,
}

impl Known {
    fn get(&self, key: &WorkspaceKey) -> Option<&Found> {
        let (_, found) = self.found.get(self.find(key).ok()?)?;
        Some(found)
    }

    fn find(&self, key: &WorkspaceKey) -> Result<usize, usize> {
        self.found.binary_search_by(|(known, _)| known.cmp(key))
    }

    fn forget(&mut self, key: &WorkspaceKey) {
        if let Ok(at) = self.find(key) {
            self.found.remove(at);
        }
    }

    fn keep(&mut self, key: WorkspaceKey, found: Found) {
        self.forget(&key);
        let (Ok(at) | Err(at)) = self.find(&key);
        self.found.insert(at, (key, found));
    }
}

/// The roles. Copies are handles to the same signals.
#[derive(Clone, Copy)]
pub struct Roles {
    accounts: Accounts,
    store: Store<Known>,
    changed: Value<u32>,
    settled: Value<u32>,
}

impl Roles {
    pub(super) fn new(accounts: Accounts) -> Self {
        Self {
            accounts,
            store: Store::new(Known::default()),
            changed: Value::new(0),
            settled: Value::new(0),
        }
    }

    /// What is known about my access to a workspace.
    #[must_use]
    pub fn access(self, key: &WorkspaceKey) -> Access {
        self.found(key)
            .map_or(Access::Unknown, |found| found.access)
    }

    /// What the members list said, once it has been read.
    #[must_use]
    pub fn found(self, key: &WorkspaceKey) -> Option<Found> {
        self.changed.track();
        self.store.with_value(|store| store.get(key).cloned())
    }

    /// My role for filters and orders over all rows. Changes in batches, not with every answer.
    pub fn with_settled<T>(self, look: impl FnOnce(RoleOf<'_>) -> T) -> T {
        self.settled.track();
        self.store
            .with_value(|store| look(&|key| Some(store.get(key)?.access.role().cloned())))
    }

    /// Says which workspaces are on the screen, the most wanted first.
    pub fn see(self, keys: Vec<WorkspaceKey>) {
        self.store.update_value(|store| store.seen = keys);
        self.ask();
    }

    /// Says which workspaces a filter or an order needs besides.
    pub fn need(self, keys: Vec<WorkspaceKey>) {
        self.store.update_value(|store| store.all = keys);
        self.ask();
    }

    /// Forgets what is known about one and asks again: after a refusal, and on request.
    pub fn recheck(self, key: &WorkspaceKey) {
        self.store.update_value(|store| {
            store.forget(key);
            store.seen.insert(0, key.clone());
        });
        self.raise(true);
        self.ask();
    }

    fn raise(self, settle: bool) {
        self.changed
            .try_update(|count| *count = count.wrapping_add(1));
        if settle {
            self.settled
                .try_update(|count| *count = count.wrapping_add(1));
        }
    }

    fn ask(self) {
        while let Some((key, account, generation)) = self.next() {
            spawn(async move {
                let found = read(&account, &key).await;
                let ended = matches!(&found.members, Err(failure) if failure.kind == FailureKind::SignedOut);
                let settle = self.store.try_update_value(|store| {
                    if store.generation != generation {
                        return None;
                    }
                    store.in_flight.retain(|other| *other != key);
                    store.keep(key, found);
                    store.answers += 1;
                    if ended {
                        // Every further answer would be the same. Once signed in again all begins
                        // anew, and the screen asks for what it shows.
                        store.seen.clear();
                        store.all.clear();
                    }
                    Some(store.in_flight.is_empty() || store.answers % BATCH == 0)
                });
                if let Some(Some(settle)) = settle {
                    if ended {
                        self.accounts.has_been_refused();
                    }
                    self.raise(settle);
                    self.ask();
                }
            });
        }
    }

    fn next(self) -> Option<(WorkspaceKey, Rc<Account>, u32)> {
        if self.accounts.has_ended_untracked() {
            return None;
        }
        self.store.try_update_value(|store| {
            if store.in_flight.len() >= AT_ONCE {
                return None;
            }
            loop {
                let key = match store.seen.is_empty() {
                    false => store.seen.remove(0),
                    true => store.all.pop()?,
                };
                if store.get(&key).is_some() || store.in_flight.contains(&key) {
                    continue;
                }
                let Some(account) = self.accounts.of(&key) else {
                    continue;
                };
                store.in_flight.push(key.clone());
                return Some((key, account, store.generation));
            }
        })?
    }

    pub(super) fn clear(self) {
        self.store.update_value(|store| {
            let generation = store.generation.wrapping_add(1);
            *store = Known {
                generation,
                ..Known::default()
            };
        });
        self.raise(true);
    }
}

async fn read(account: &Account, key: &WorkspaceKey) -> Found {
    match account.service.members(&key.id).await {
        Ok(members) => Found {
            access: match &account.me {
                Some(me) => Access::from_members(me, &members),
                None => Access::Unreadable,
            },
            members: Ok(members.into()),
        },
        Err(failure) => Found {
            access: Access::Unreadable,
            members: Err(failure),
        },
    }
}
