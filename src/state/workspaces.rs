//! The workspaces of all accounts, as far as they are known, and where the loading of each list stands.
//!
//! Guarantees: a workspace that did not change keeps its place in memory, so that its row is not drawn
//! again; what was asked for earlier never takes the place of what was asked for later, whichever
//! arrives first. How lists are loaded is in [`loading`].

mod confirmed;
mod loading;

use std::sync::Arc;

use leptos::prelude::*;
use steward_domain::failure::{Failure, FailureKind};
use steward_domain::id::{AccountId, WorkspaceId, WorkspaceKey};
use steward_domain::listing::Row;
pub use steward_domain::loading::LoadingPhase;
use steward_domain::workspace::{State, Workspace};

use self::confirmed::Held;
use self::loading::Work;
use super::accounts::Accounts;
use super::list_cache::ListCache;
use super::network::Network;
use super::request;
use super::request_order::{RequestOrder, Since};
use super::roles::Roles;
use crate::browser::letters::UNICODE;

/// Where loading an account's list stands.
#[derive(Clone, PartialEq)]
pub enum Phase {
    /// Not asked for yet, or cancelled.
    Idle,
    /// Under way.
    Loading(LoadingPhase),
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

/// An account's list.
#[derive(Clone, PartialEq)]
pub struct Load {
    /// Whose.
    pub account: AccountId,
    /// Where it stands.
    pub phase: Phase,
    /// How many entries have come, on this load.
    pub arrived: usize,
    /// When it was last complete, in milliseconds since 1970.
    pub complete_at: Option<f64>,
    /// From which page a load that broke off goes on.
    cursor: Option<String>,
    /// Whether it began again by itself, because its service refused to go on.
    has_begun_again: bool,
    number: u32,
}

/// The workspaces. Copies are handles to the same signals.
#[derive(Clone, Copy)]
pub struct Workspaces {
    accounts: Accounts,
    roles: Roles,
    pub(super) rows: RwSignal<Vec<Row>>,
    pub(super) loads: RwSignal<Vec<Load>>,
    /// What this tab keeps of the lists.
    pub(super) kept: ListCache,
    network: Network,
    request_order: RequestOrder,
    /// Workspaces that are gone, since when: a list that was asked for before brings none back.
    gone: StoredValue<Since>,
    /// What writes have shown, while readings may lag behind them.
    held: StoredValue<Vec<Held>, LocalStorage>,
    /// The loads that are awaited. Dropping one ends its request.
    under_way: StoredValue<Vec<(u32, Work)>, LocalStorage>,
}

impl Workspaces {
    pub(super) fn new(
        accounts: Accounts,
        roles: Roles,
        rows: RwSignal<Vec<Row>>,
        kept: ListCache,
        network: Network,
        request_order: RequestOrder,
    ) -> Self {
        Self {
            accounts,
            roles,
            rows,
            loads: RwSignal::new(Vec::new()),
            kept,
            network,
            request_order,
            gone: StoredValue::new(Since::default()),
            held: StoredValue::new_local(Vec::new()),
            under_way: StoredValue::new_local(Vec::new()),
        }
    }

    /// Where loading stands, account by account.
    #[must_use]
    pub fn loads(self) -> Vec<Load> {
        self.loads.get()
    }

    /// Where loading an account's list stands.
    #[must_use]
    pub fn load_of(self, id: &AccountId) -> Option<Phase> {
        self.loads.with(|loads| {
            let mut own = loads.iter().filter(|load| load.account == *id);
            own.next().map(|load| load.phase.clone())
        })
    }

    /// When the rows of an account are from, if they are not what its service has just shown.
    #[must_use]
    pub fn are_from(self, load: &Load) -> Option<f64> {
        load.complete_at
            .or_else(|| self.kept.read_at(&load.account))
    }

    /// Whether rows of an account are only what this tab kept of an earlier visit.
    #[must_use]
    pub fn is_kept(self, load: &Load) -> bool {
        self.kept.read_at(&load.account).is_some()
    }

    /// Whether a list has been awaited for longer than most take, or could not be loaded.
    #[must_use]
    pub fn is_in_trouble(self) -> bool {
        let trouble = |load: &Load| {
            !matches!(
                load.phase,
                Phase::Idle | Phase::Loading(LoadingPhase::Initial) | Phase::Loaded { .. }
            )
        };
        self.loads.with(|loads| loads.iter().any(trouble))
    }

    /// Whether any account is loading.
    #[must_use]
    pub fn is_loading(self) -> bool {
        self.loads.with(|loads| loads.iter().any(is_loading))
    }

    /// Whether every account is loading: then there is none left to load.
    #[must_use]
    pub fn are_all_loading(self) -> bool {
        self.loads.with(|loads| loads.iter().all(is_loading))
    }

    /// Whether anything has arrived that could be counted.
    #[must_use]
    pub fn has_arrived(self) -> bool {
        self.loads.with(|loads| {
            loads
                .iter()
                .any(|load| load.arrived > 0 || self.are_from(load).is_some())
        })
    }

    /// Whether there is something to look at, or nothing left to wait for.
    #[must_use]
    pub fn has_settled(self) -> bool {
        self.has_arrived() || !self.is_loading()
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

    /// The ids of all workspaces that an account has; `None` if some may be missing here.
    #[must_use]
    pub fn known(self, id: &AccountId) -> Option<Vec<WorkspaceId>> {
        let is_whole = self.loads.with_untracked(|loads| {
            let load = loads.iter().find(|load| load.account == *id)?;
            let partly = |phase: &Phase| {
                matches!(phase, Phase::Loaded { cut, skipped } if *cut || *skipped > 0)
            };
            Some(load.complete_at.is_some() && !partly(&load.phase))
        });
        let of = |row: &&Row| row.key.account == *id;
        let ids = |rows: &Vec<Row>| {
            rows.iter()
                .filter(of)
                .map(|row| row.key.id.clone())
                .collect()
        };
        (is_whole == Some(true)).then(|| self.rows.with_untracked(ids))
    }

    /// Reads one workspace again and keeps it, unless something newer has come meanwhile.
    ///
    /// # Errors
    /// As the service said; the row stays as it was, except that a workspace which is gone leaves.
    /// A refusal has the role looked up again. What arrives after signing out changes nothing.
    pub async fn refresh(self, key: &WorkspaceKey) -> Result<(), Failure> {
        let Some(account) = self.accounts.of(key) else {
            return Ok(());
        };
        let asked = self.request_order.next();
        let opening = account.service.open(&key.id);
        let Some(opened) = request::answer(self.accounts, &account, opening).await else {
            return Ok(());
        };
        match opened {
            Ok(workspace) => {
                self.put_asked(asked, key, workspace);
                Ok(())
            }
            Err(failure) => {
                match failure.kind {
                    // Its service has confirmed it, and is only late to show it.
                    FailureKind::NotFound if self.is_just_made(key) => return Ok(()),
                    FailureKind::NotFound => self.take_out_asked(asked, key),
                    FailureKind::Forbidden => self.roles.recheck(key),
                    _ => {}
                }
                Err(failure)
            }
        }
    }

    /// Marks a workspace as archived whose service said so without showing it.
    pub fn mark_archived(self, key: &WorkspaceKey) {
        if let Some(workspace) = self.get_untracked(key) {
            let mut workspace = (*workspace).clone();
            workspace.state = State::Archived(None);
            self.confirm(key, workspace);
        }
    }

    /// Takes a workspace out of the rows: its service does not have it any more.
    pub fn take_out(self, key: &WorkspaceKey) {
        self.take_out_asked(self.request_order.next(), key);
    }

    fn take_out_asked(self, asked: u32, key: &WorkspaceKey) {
        if self.is_older(asked, key) {
            return;
        }
        self.gone.try_update_value(|gone| gone.note(key, asked));
        self.rows
            .try_update(|rows| rows.retain(|row| row.key != *key));
    }

    /// Whether what was asked for then says less than what is known of a workspace.
    fn is_older(self, asked: u32, key: &WorkspaceKey) -> bool {
        let newer = |rows: &Vec<Row>| row_of(rows, key).is_some_and(|row| row.asked > asked);
        self.rows.try_with_untracked(newer) == Some(true) || self.is_gone(asked, key)
    }

    /// Whether a workspace has left since something was asked for.
    pub(super) fn is_gone(self, asked: u32, key: &WorkspaceKey) -> bool {
        self.gone.try_with_value(|gone| gone.is_after(key, asked)) == Some(true)
    }

    /// Keeps a workspace as the service has just given it. One that arrives after its account has
    /// signed out is dropped; that it is the same person as before is what [`request`] sees to.
    pub fn put(self, key: &WorkspaceKey, workspace: Workspace) {
        self.put_asked(self.request_order.next(), key, workspace);
    }

    fn put_asked(self, asked: u32, key: &WorkspaceKey, workspace: Workspace) {
        self.put_row(asked, key, self.as_confirmed(key, workspace));
    }

    /// Keeps a workspace as a write has shown it.
    fn put_now(self, key: &WorkspaceKey, workspace: Workspace) {
        self.put_row(self.request_order.next(), key, workspace);
    }

    fn put_row(self, asked: u32, key: &WorkspaceKey, workspace: Workspace) {
        if self.accounts.of(key).is_none() || self.is_older(asked, key) {
            return;
        }
        let was_kept = untrack(|| self.kept.is_only(key, self.rows));
        let before = self.rows.with_untracked(|rows| find(rows, key));
        if !was_kept && before.is_some_and(|before| *before == workspace) {
            return;
        }
        let mut row = Row::new(key.clone(), Arc::new(workspace), asked, UNICODE);
        row.members = self
            .rows
            .with_untracked(|rows| row_of(rows, key)?.members.clone());
        self.show(&mut vec![row]);
        if was_kept {
            self.roles.has_been_shown();
        }
    }

    pub(super) fn forget(self, id: &AccountId) {
        self.cancel(id);
        self.gone.update_value(|gone| gone.forget(id));
        self.forget_held(id);
        self.kept.drop_shown(id);
        self.loads
            .update(|loads| loads.retain(|load| load.account != *id));
        self.rows
            .update(|rows| rows.retain(|row| row.key.account != *id));
    }
}

fn is_loading(load: &Load) -> bool {
    matches!(load.phase, Phase::Loading(_))
}

/// Rows are kept in the order of their keys, so that one is found without walking all.
pub(super) fn row_of<'a>(rows: &'a [Row], key: &WorkspaceKey) -> Option<&'a Row> {
    let at = rows.binary_search_by(|row| row.key.cmp(key)).ok()?;
    rows.get(at)
}

fn find(rows: &[Row], key: &WorkspaceKey) -> Option<Arc<Workspace>> {
    row_of(rows, key).map(|row| Arc::clone(&row.workspace))
}
