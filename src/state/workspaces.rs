//! The workspaces of all accounts: loaded, kept, searched.
//!
//! Guarantees: each account loads by itself, so that none waits for another; a reply to an older
//! load never replaces a newer one; a workspace that did not change keeps its place in memory, so
//! that its row is not drawn again.

use std::cell::RefCell;
use std::future::poll_fn;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;
use std::task::Poll;

use leptos::prelude::untrack;
use steward_domain::failure::{Failure, FailureKind};
use steward_domain::id::{AccountId, WorkspaceId, WorkspaceKey};
use steward_domain::listing::{Row, by_key};
pub use steward_domain::patience::Patience;
use steward_domain::patience::{LONG_MS, SLOW_MS};
use steward_domain::workspace::{State, Workspace};
use steward_flows::{Listed, Next, Page};

use super::accounts::{Account, Accounts};
use super::kept::Kept;
use super::network::Network;
use super::roles::Roles;
use crate::browser::clock;
use crate::reactive::{Store, Value, spawn};

/// Rows are shown at the first page and then this often, in milliseconds: sorting tens of thousands
/// of them for every page would hold the page up.
const SHOW_EVERY_MS: f64 = 400.0;

/// Where loading an account's list stands.
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
    number: u32,
}

type Work = Rc<RefCell<Option<Pin<Box<dyn Future<Output = ()>>>>>>;

/// The workspaces. Copies are handles to the same signals.
#[derive(Clone, Copy)]
pub struct Workspaces {
    accounts: Accounts,
    roles: Roles,
    pub(super) rows: Value<Vec<Row>>,
    pub(super) loads: Value<Vec<Load>>,
    /// What this tab keeps of the lists.
    pub(super) kept: Kept,
    network: Network,
    numbers: Store<u32>,
    /// The loads that are awaited. Dropping one ends its request.
    under_way: Store<Vec<(u32, Work)>>,
}

impl Workspaces {
    pub(super) fn new(
        accounts: Accounts,
        roles: Roles,
        rows: Value<Vec<Row>>,
        kept: Kept,
        network: Network,
    ) -> Self {
        Self {
            accounts,
            roles,
            rows,
            loads: Value::new(Vec::new()),
            kept,
            network,
            numbers: Store::new(0),
            under_way: Store::new(Vec::new()),
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
                Phase::Idle | Phase::Loading(Patience::Fresh) | Phase::Loaded { .. }
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

    /// Loads the lists of all accounts that are not loading already.
    pub fn load_all(self) {
        for account in self.accounts.all_untracked() {
            let loading = self.loads.with_untracked(|loads| {
                let mut own = loads.iter().filter(|load| load.account == account.id);
                own.any(is_loading)
            });
            if !loading {
                self.load(&account);
            }
        }
    }

    /// Loads the list of one account, by its id.
    pub fn reload(self, id: &AccountId) {
        if let Some(account) = self.accounts.get_untracked(id) {
            self.load(&account);
        }
    }

    /// Loads the list of an account. A load that broke off in the middle goes on where it was.
    pub fn load(self, account: &Rc<Account>) {
        let before = self.loads.with_untracked(|loads| {
            loads
                .iter()
                .find(|load| load.account == account.id)
                .cloned()
        });
        let goes_on = before
            .as_ref()
            .filter(|load| matches!(load.phase, Phase::Failed(_)) && load.cursor.is_some());
        let number = match goes_on {
            Some(load) => load.number,
            None => self.numbers.with_value(|number| number.wrapping_add(1)),
        };
        let load = Load {
            account: account.id.clone(),
            phase: Phase::Loading(Patience::Fresh),
            arrived: goes_on.map_or(0, |load| load.arrived),
            complete_at: before.as_ref().and_then(|load| load.complete_at),
            cursor: goes_on.and_then(|load| load.cursor.clone()),
            number,
        };
        if goes_on.is_none() {
            self.numbers.set_value(number);
            if let Some(before) = &before {
                self.drop_work(before.number);
                self.kept.drop_pages(before.number);
            }
        }
        let from = load.cursor.clone();
        self.loads.update(|loads| {
            match loads.iter_mut().find(|other| other.account == load.account) {
                Some(place) => *place = load,
                None => loads.push(load),
            }
        });
        self.lose_patience(number);
        self.run(
            number,
            Box::pin(self.read(Rc::clone(account), number, from)),
        );
    }

    async fn read(self, account: Rc<Account>, number: u32, from: Option<String>) {
        let id = account.id.clone();
        let mut waiting = Vec::new();
        let mut shown_at = 0.0;
        let result = account
            .service
            .list(from.as_deref(), &mut |page, body| {
                self.kept.take_page(&account, number, body);
                self.take_page(&id, number, page, &mut waiting, &mut shown_at);
            })
            .await;
        if !self.is_current(number) {
            return;
        }
        self.show(&mut waiting);
        match result {
            Ok(listing) => {
                let gone = |row: &Row| row.key.account == id && row.seen != number;
                if self.rows.with_untracked(|rows| rows.iter().any(gone)) {
                    self.rows.update(|rows| rows.retain(|row| !gone(row)));
                }
                let is_all = !listing.cut && listing.skipped == 0;
                self.kept.renew(&account, number, is_all);
                self.roles.ask_again(&id);
                self.change(number, |load| {
                    load.complete_at = Some(clock::now());
                    load.cursor = None;
                    load.phase = Phase::Loaded {
                        cut: listing.cut,
                        skipped: listing.skipped,
                    };
                });
            }
            Err(failure) => {
                self.heed(&account, &failure);
                self.change(number, |load| load.phase = Phase::Failed(failure));
            }
        }
    }

    fn take_page(
        self,
        id: &AccountId,
        number: u32,
        page: Page<Listed>,
        waiting: &mut Vec<Row>,
        shown_at: &mut f64,
    ) {
        if !self.is_current(number) {
            return;
        }
        let count = page.rows.len();
        self.network.answered();
        self.rows.try_with_untracked(|before| {
            for listed in page.rows {
                waiting.push(row(id, listed, before, number));
            }
        });
        self.roles.forget_told(waiting);
        if clock::now() - *shown_at >= SHOW_EVERY_MS {
            self.show(waiting);
            *shown_at = clock::now();
        }
        self.change(number, |load| {
            load.arrived += count;
            if let Next::Cursor(next) = page.next {
                load.cursor = Some(next);
            }
        });
    }

    /// Puts rows that have arrived where they are seen.
    fn show(self, waiting: &mut Vec<Row>) {
        if waiting.is_empty() {
            return;
        }
        self.rows.try_update(|rows| {
            let mut new = Vec::new();
            for row in waiting.drain(..) {
                match rows.binary_search_by(|other| other.key.cmp(&row.key)) {
                    Ok(at) => {
                        if let Some(place) = rows.get_mut(at) {
                            *place = row;
                        }
                    }
                    Err(_) => new.push(row),
                }
            }
            if !new.is_empty() {
                rows.append(&mut new);
                *rows = by_key(std::mem::take(rows));
            }
        });
    }

    /// Awaits a load until it is done or dropped.
    fn run(self, number: u32, load: Pin<Box<dyn Future<Output = ()>>>) {
        let work: Work = Rc::new(RefCell::new(Some(load)));
        self.under_way
            .update_value(|all| all.push((number, Rc::clone(&work))));
        spawn(poll_fn(move |context| {
            // The load is out of its place while it runs: what it does may take it away.
            let Some(mut load) = work.borrow_mut().take() else {
                return Poll::Ready(());
            };
            let polled = load.as_mut().poll(context);
            let awaited = self
                .under_way
                .try_with_value(|all| all.iter().any(|(_, other)| Rc::ptr_eq(other, &work)));
            if polled.is_pending() && awaited == Some(true) {
                work.replace(Some(load));
                return Poll::Pending;
            }
            self.under_way
                .try_update_value(|all| all.retain(|(_, other)| !Rc::ptr_eq(other, &work)));
            Poll::Ready(())
        }));
    }

    /// Ends a load's request.
    fn drop_work(self, number: u32) {
        let mut ended = Vec::new();
        self.under_way.update_value(|all| {
            all.retain(|(other, work)| {
                let stays = *other != number;
                if !stays {
                    ended.push(Rc::clone(work));
                }
                stays
            });
        });
        for work in ended {
            let load = work.borrow_mut().take();
            drop(load);
        }
    }

    fn lose_patience(self, number: u32) {
        spawn(async move {
            let (slow, long) = (SLOW_MS, LONG_MS - SLOW_MS);
            for (wait, patience) in [(slow, Patience::Slow), (long, Patience::Long)] {
                clock::sleep(wait).await;
                let loading = self.loads.try_with_untracked(|loads| {
                    loads
                        .iter()
                        .any(|load| load.number == number && is_loading(load))
                });
                if loading != Some(true) {
                    return;
                }
                self.change(number, |load| load.phase = Phase::Loading(patience));
            }
        });
    }

    fn change(self, number: u32, change: impl FnOnce(&mut Load)) {
        self.loads.try_update(|loads| {
            if let Some(load) = loads.iter_mut().find(|load| load.number == number) {
                change(load);
            }
        });
    }

    fn is_current(self, number: u32) -> bool {
        let known = |loads: &Vec<Load>| loads.iter().any(|load| load.number == number);
        self.loads.try_with_untracked(known) == Some(true)
    }

    /// Stops waiting for an account's list and ends its request. What has arrived stays.
    pub fn cancel(self, id: &AccountId) {
        let number = self.loads.with_untracked(|loads| {
            let load = loads.iter().find(|load| load.account == *id)?;
            Some(load.number)
        });
        if let Some(number) = number {
            self.drop_work(number);
            self.change(number, |load| load.phase = Phase::Idle);
        }
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
                self.heed(&account, &failure);
                match failure.kind {
                    FailureKind::NotFound => self.take_out(key),
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
            self.put(key, workspace);
        }
    }

    /// Takes a workspace out of the rows: its service does not have it any more.
    pub fn take_out(self, key: &WorkspaceKey) {
        self.rows
            .try_update(|rows| rows.retain(|row| row.key != *key));
    }

    /// Keeps a workspace as the service has just given it. One that arrives after its account has
    /// signed out is dropped; whether it is the same person as before is for the caller to ask
    /// ([`Accounts::holds`]).
    pub fn put(self, key: &WorkspaceKey, workspace: Workspace) {
        if self.accounts.of(key).is_none() {
            return;
        }
        let was_kept = untrack(|| self.kept.is_only(key, self.rows));
        let before = self.rows.with_untracked(|rows| find(rows, key));
        if !was_kept && before.is_some_and(|before| *before == workspace) {
            return;
        }
        let number = self.loads.with_untracked(|loads| {
            let load = loads.iter().find(|load| load.account == key.account);
            load.map_or(0, |load| load.number)
        });
        let mut row = Row::new(key.clone(), Arc::new(workspace), number);
        row.members = self.rows.with_untracked(|rows| {
            let at = rows.binary_search_by(|row| row.key.cmp(key)).ok()?;
            rows.get(at)?.members.clone()
        });
        self.show(&mut vec![row]);
        if was_kept {
            self.roles.has_been_shown();
        }
    }

    /// Passes on that a session has ended, if it is the account's session still.
    pub fn heed(self, account: &Account, failure: &Failure) {
        if failure.kind == FailureKind::SignedOut {
            self.accounts.has_refused(account);
        }
    }

    pub(super) fn forget(self, id: &AccountId) {
        self.cancel(id);
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
fn find(rows: &[Row], key: &WorkspaceKey) -> Option<Arc<Workspace>> {
    let at = rows.binary_search_by(|row| row.key.cmp(key)).ok()?;
    rows.get(at).map(|row| Arc::clone(&row.workspace))
}

fn row(account: &AccountId, listed: Listed, before: &[Row], number: u32) -> Row {
    let key = WorkspaceKey {
        account: account.clone(),
        id: listed.workspace.id.clone(),
    };
    let same = before
        .binary_search_by(|row| row.key.cmp(&key))
        .ok()
        .and_then(|at| before.get(at))
        .filter(|row| *row.workspace == listed.workspace);
    let mut row = match same {
        Some(same) => same.clone(),
        None => Row::new(key, Arc::new(listed.workspace), number),
    };
    row.seen = number;
    row.members = listed.members.map(Into::into);
    row
}
