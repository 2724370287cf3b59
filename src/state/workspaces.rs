//! The workspaces of all accounts: loaded, kept, searched.
//!
//! Guarantees: a reply to an older load never replaces a newer one; a workspace that did not change
//! keeps its place in memory, so that its row is not drawn again.

use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::task::Poll;

use steward_domain::failure::{Failure, FailureKind};
use steward_domain::id::{AccountId, WorkspaceKey};
use steward_domain::listing::{Row, by_key};
use steward_domain::workspace::Workspace;

use super::accounts::{Accounts, Phase as SignIn};
use super::roles::Roles;
use crate::browser::clock;
use crate::reactive::{Store, Value, spawn};

/// How long a load has been going on, in steps that a person notices.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Patience {
    /// Too short to say anything.
    Fresh,
    /// Over 2 seconds: say what is awaited.
    Slow,
    /// Over 10 seconds: offer a way out.
    Long,
}

/// Where loading the list stands.
#[derive(Clone, PartialEq)]
pub enum Phase {
    /// Not asked for yet, or cancelled.
    Idle,
    /// Under way.
    Loading(Patience),
    /// Complete as far as the service gives it.
    Loaded {
        /// The service said that there are more, and offers no way to ask for them.
        cut: bool,
        /// Entries without an id, which cannot be shown.
        skipped: usize,
    },
    /// It failed. Rows from before stay.
    Failed(Failure),
}

/// The workspaces. Copies are handles to the same signals.
#[derive(Clone, Copy)]
pub struct Workspaces {
    accounts: Accounts,
    roles: Roles,
    rows: Value<Vec<Row>>,
    phase: Value<Phase>,
    loaded_at: Value<Option<f64>>,
    sequence: Store<u32>,
    /// The load that is awaited. Dropping it ends its request.
    under_way: Store<Option<Pin<Box<dyn Future<Output = ()>>>>>,
}

impl Workspaces {
    pub(super) fn new(accounts: Accounts, roles: Roles) -> Self {
        Self {
            accounts,
            roles,
            rows: Value::new(Vec::new()),
            phase: Value::new(Phase::Idle),
            loaded_at: Value::new(None),
            sequence: Store::new(0),
            under_way: Store::new(None),
        }
    }

    /// Where loading stands.
    #[must_use]
    pub fn phase(self) -> Phase {
        self.phase.get()
    }

    /// The same without subscribing.
    #[must_use]
    pub fn phase_untracked(self) -> Phase {
        self.phase.get_untracked()
    }

    /// When the rows were last complete, in milliseconds since 1970.
    #[must_use]
    pub fn loaded_at(self) -> Option<f64> {
        self.loaded_at.get()
    }

    /// Looks at the rows.
    pub fn with_rows<T>(self, look: impl FnOnce(&[Row]) -> T) -> T {
        self.rows.with(|rows| look(rows))
    }

    /// One workspace, if it is among the rows.
    #[must_use]
    pub fn get(self, key: &WorkspaceKey) -> Option<Arc<Workspace>> {
        self.rows.with(|rows| find(rows, key))
    }

    /// The same without subscribing.
    #[must_use]
    pub fn get_untracked(self, key: &WorkspaceKey) -> Option<Arc<Workspace>> {
        self.rows.with_untracked(|rows| find(rows, key))
    }

    /// Loads the list of the account that is signed in.
    pub fn load(self) {
        let Some(SignIn::SignedIn(account)) = self.accounts.phase_untracked() else {
            return;
        };
        let number = self.sequence.with_value(|number| number.wrapping_add(1));
        self.sequence.set_value(number);
        self.phase.set(Phase::Loading(Patience::Fresh));
        self.lose_patience(number);
        let load = async move {
            let mut rows = Vec::new();
            let id = account.id.clone();
            let result = account
                .service
                .list(&mut |page| {
                    self.rows.try_with_untracked(|before| {
                        let page = page.workspaces.into_iter();
                        rows.extend(page.map(|workspace| row(&id, workspace, before)));
                    });
                })
                .await;
            if !self.is_current(number) {
                return;
            }
            match result {
                Ok(listing) => {
                    self.rows.set(by_key(rows));
                    self.loaded_at.set(Some(clock::now()));
                    self.phase.set(Phase::Loaded {
                        cut: listing.cut,
                        skipped: listing.skipped,
                    });
                }
                Err(failure) => {
                    self.heed(&failure);
                    self.phase.set(Phase::Failed(failure));
                }
            }
        };
        self.under_way.set_value(Some(Box::pin(load)));
        // The load is out of its place while it runs: what it does may put another there.
        spawn(poll_fn(move |context| {
            if !self.is_current(number) {
                return Poll::Ready(());
            }
            let Some(Some(mut load)) = self.under_way.try_update_value(Option::take) else {
                return Poll::Ready(());
            };
            let polled = load.as_mut().poll(context);
            if polled.is_pending() && self.is_current(number) {
                self.under_way.try_set_value(Some(load));
            }
            polled
        }));
    }

    fn lose_patience(self, number: u32) {
        spawn(async move {
            for (wait, patience) in [(2_000, Patience::Slow), (8_000, Patience::Long)] {
                clock::sleep(wait).await;
                let loading = matches!(self.phase.try_get_untracked(), Some(Phase::Loading(_)));
                if !loading || !self.is_current(number) {
                    return;
                }
                self.phase.set(Phase::Loading(patience));
            }
        });
    }

    fn is_current(self, number: u32) -> bool {
        self.sequence.try_get_value() == Some(number)
    }

    /// Stops waiting for a load and ends its request.
    pub fn cancel(self) {
        self.sequence
            .set_value(self.sequence.with_value(|number| number.wrapping_add(1)));
        self.under_way.set_value(None);
        self.phase.set(Phase::Idle);
    }

    /// Reads one workspace again and keeps it.
    ///
    /// # Errors
    /// As the service said; the row stays as it was, except that a workspace which is gone leaves.
    /// A refusal has the role looked up again. What arrives after signing out changes nothing.
    pub async fn refresh(self, key: &WorkspaceKey) -> Result<(), Failure> {
        let Some(account) = self.accounts.of(key) else {
            return Ok(());
        };
        let opened = account.service.open(&key.id).await;
        if !self.accounts.holds(&account) {
            return Ok(());
        }
        match opened {
            Ok(workspace) => {
                self.put(key, workspace);
                Ok(())
            }
            Err(failure) => {
                self.heed(&failure);
                match failure.kind {
                    FailureKind::NotFound => {
                        self.rows
                            .try_update(|rows| rows.retain(|row| row.key != *key));
                    }
                    FailureKind::Forbidden => self.roles.recheck(key),
                    _ => {}
                }
                Err(failure)
            }
        }
    }

    /// Keeps a workspace as the service has just given it. One that arrives after its account has
    /// signed out is dropped; whether it is the same person as before is for the caller to ask
    /// ([`Accounts::holds`]).
    pub fn put(self, key: &WorkspaceKey, workspace: Workspace) {
        if self.accounts.of(key).is_none() {
            return;
        }
        if self
            .rows
            .with_untracked(|rows| find(rows, key))
            .is_some_and(|before| *before == workspace)
        {
            return;
        }
        self.rows.try_update(|rows| {
            let row = Row::new(key.clone(), Arc::new(workspace));
            match rows.binary_search_by(|row| row.key.cmp(key)) {
                Ok(at) => {
                    if let Some(place) = rows.get_mut(at) {
                        *place = row;
                    }
                }
                Err(at) => rows.insert(at, row),
            }
        });
    }

    /// Passes on that a session has ended.
    pub fn heed(self, failure: &Failure) {
        if failure.kind == FailureKind::SignedOut {
            self.accounts.has_been_refused();
        }
    }

    pub(super) fn clear(self) {
        self.cancel();
        self.rows.set(Vec::new());
        self.loaded_at.set(None);
    }
}

/// Rows are kept in the order of their keys, so that one is found without walking all.
fn find(rows: &[Row], key: &WorkspaceKey) -> Option<Arc<Workspace>> {
    let at = rows.binary_search_by(|row| row.key.cmp(key)).ok()?;
    rows.get(at).map(|row| Arc::clone(&row.workspace))
}

fn row(account: &AccountId, workspace: Workspace, before: &[Row]) -> Row {
    let key = WorkspaceKey {
        account: account.clone(),
        id: workspace.id.clone(),
    };
    if let Ok(at) = before.binary_search_by(|row| row.key.cmp(&key))
        && let Some(same) = before.get(at).filter(|row| *row.workspace == workspace)
    {
        return same.clone();
    }
    Row::new(key, Arc::new(workspace))
}
