//! The workspaces of all accounts, as far as they are known, my access to each, and where the loading of each list
//! stands.
//!
//! Guarantees: a workspace that did not change keeps its place in memory, so that its row is not drawn
//! again; what was asked for earlier never takes the place of what was asked for later, whichever
//! arrives first. [`rows`] keeps them, [`loading`] reads the lists, [`access`] finds my role in each, [`confirmed`]
//! holds what writes have shown.

mod access;
mod confirmed;
mod known;
pub mod list_cache;
mod loading;
mod rows;

use leptos::prelude::*;
use steward_domain::failure::{Failure, FailureKind};
use steward_domain::id::{AccountId, WorkspaceKey};
use steward_domain::listing::Row;
pub use steward_domain::loading::LoadingPhase;

pub use self::access::{AT_ONCE, Found};
use self::confirmed::Held;
use self::known::Known;
use self::list_cache::ListCache;
use self::loading::Work;
use crate::state::accounts::Accounts;
use crate::state::network::Network;
use crate::state::request;
use crate::state::request_order::{RequestOrder, Since};

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
    rows: RwSignal<Vec<Row>>,
    loads: RwSignal<Vec<Load>>,
    /// What this tab keeps of the lists.
    kept: ListCache,
    network: Network,
    request_order: RequestOrder,
    /// Workspaces that are gone, since when: a list that was asked for before brings none back.
    gone: StoredValue<Since>,
    /// What writes have shown, while readings may lag behind them.
    held: StoredValue<Vec<Held>, LocalStorage>,
    /// The loads that are awaited. Dropping one ends its request.
    under_way: StoredValue<Vec<(u32, Work)>, LocalStorage>,
    /// What members lists have said, and which are to be read.
    known: StoredValue<Known, LocalStorage>,
    /// Counts what has become known of access.
    access_changed: RwSignal<u32>,
    /// The same in batches, for views that need every role.
    access_settled: RwSignal<u32>,
}

impl Workspaces {
    pub(super) fn new(accounts: Accounts, network: Network) -> Self {
        Self {
            accounts,
            rows: RwSignal::new(Vec::new()),
            loads: RwSignal::new(Vec::new()),
            kept: ListCache::new(),
            network,
            request_order: RequestOrder::new(),
            gone: StoredValue::new(Since::default()),
            held: StoredValue::new_local(Vec::new()),
            under_way: StoredValue::new_local(Vec::new()),
            known: StoredValue::new_local(Known::default()),
            access_changed: RwSignal::new(0),
            access_settled: RwSignal::new(0),
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
                    FailureKind::Forbidden => self.recheck_access(key),
                    _ => {}
                }
                Err(failure)
            }
        }
    }

    pub(super) fn forget(self, id: &AccountId) {
        self.cancel(id);
        self.gone.update_value(|gone| gone.forget(id));
        self.forget_held(id);
        self.forget_access(id);
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
