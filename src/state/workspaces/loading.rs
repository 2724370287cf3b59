//! Loading the lists.
//!
//! Guarantees: each account loads by itself, so that none waits for another; a reply to an older load
//! never replaces a newer one, nor what came of a change since; a load that broke off goes on where it
//! was.

use leptos::prelude::*;
use std::cell::RefCell;
use std::future::poll_fn;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;
use std::task::Poll;

use steward_domain::failure::FailureKind;
use steward_domain::id::{AccountId, WorkspaceKey};
use steward_domain::listing::{Row, by_key};
use steward_domain::loading::{LONG_MS, LoadingPhase, SLOW_MS};
use steward_flows::{Listed, Next, Page};

use super::rows::row_of;
use super::{Load, Phase, Workspaces, is_loading};
use crate::browser::clock;
use crate::browser::letters::UNICODE;
use crate::state::accounts::Account;
use crate::state::request;
use leptos::task::spawn_local;

/// Rows are shown at the first page and then this often, in milliseconds: sorting tens of thousands
/// of them for every page would hold the page up.
const SHOW_EVERY_MS: f64 = 400.0;

/// A load that is awaited, out of its place while it runs.
pub(super) type Work = Rc<RefCell<Option<Pin<Box<dyn Future<Output = ()>>>>>>;

impl Workspaces {
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
            None => self.request_order.next(),
        };
        let load = Load {
            account: account.id.clone(),
            phase: Phase::Loading(LoadingPhase::Initial),
            arrived: goes_on.map_or(0, |load| load.arrived),
            complete_at: before.as_ref().and_then(|load| load.complete_at),
            cursor: goes_on.and_then(|load| load.cursor.clone()),
            has_begun_again: before
                .as_ref()
                .is_some_and(|load| load.has_begun_again && matches!(load.phase, Phase::Failed(_))),
            number,
        };
        if goes_on.is_none() {
            self.gone.update_value(|gone| gone.forget(&account.id));
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
                let gone = |row: &Row| {
                    row.key.account == id && row.asked < number && !self.is_just_made(&row.key)
                };
                if self.rows.with_untracked(|rows| rows.iter().any(gone)) {
                    self.rows.update(|rows| rows.retain(|row| !gone(row)));
                }
                let is_all = !listing.cut && listing.skipped == 0;
                self.kept.renew(&account, number, is_all);
                self.ask_again(&id);
                self.change(number, |load| {
                    load.complete_at = Some(clock::now());
                    load.cursor = None;
                    load.has_begun_again = false;
                    load.phase = Phase::Loaded {
                        cut: listing.cut,
                        skipped: listing.skipped,
                    };
                });
            }
            Err(failure) => {
                request::heed(self.accounts, &account, &failure);
                // Where going on was refused, only a new beginning leads to the end: once by itself, and then
                // whenever somebody asks for it.
                let goes_on = failure.is_passing() || failure.kind == FailureKind::SignedOut;
                let mut begins_again = false;
                self.change(number, |load| {
                    if !goes_on && load.cursor.take().is_some() && !load.has_begun_again {
                        load.has_begun_again = true;
                        begins_again = true;
                    }
                    load.phase = Phase::Failed(failure);
                });
                if begins_again {
                    self.load(&account);
                }
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
                waiting.push(self.row(id, listed, before, number));
            }
        });
        self.forget_told(waiting);
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
    pub(super) fn show(self, waiting: &mut Vec<Row>) {
        if waiting.is_empty() {
            return;
        }
        self.rows.try_update(|rows| {
            let mut new = Vec::new();
            for row in waiting.drain(..) {
                match rows.binary_search_by(|other| other.key.cmp(&row.key)) {
                    Ok(at) => {
                        let place = rows.get_mut(at);
                        if let Some(place) = place.filter(|place| place.asked <= row.asked) {
                            *place = row;
                        }
                    }
                    Err(_) if self.is_gone(row.asked, &row.key) => {}
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
        spawn_local(poll_fn(move |context| {
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
        spawn_local(async move {
            let (slow, long) = (SLOW_MS, LONG_MS - SLOW_MS);
            for (wait, patience) in [(slow, LoadingPhase::Slow), (long, LoadingPhase::Long)] {
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

    fn row(self, account: &AccountId, listed: Listed, before: &[Row], number: u32) -> Row {
        let key = WorkspaceKey {
            account: account.clone(),
            id: listed.workspace.id.clone(),
        };
        let workspace = self.as_confirmed(&key, listed.workspace);
        let same = row_of(before, &key).filter(|row| *row.workspace == workspace);
        let mut row = match same {
            Some(same) => same.clone(),
            None => Row::new(key, Arc::new(workspace), number, UNICODE),
        };
        row.asked = number;
        row.members = listed.members.map(Into::into);
        row
    }
}
