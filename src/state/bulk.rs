//! Archiving many workspaces, with a report.
//!
//! Guarantees: every workspace that was asked for has exactly one standing, and the standings add up
//! to their number; each account goes at its own pace, one request at a time; whether a workspace may
//! be archived is asked right before it is sent; a workspace counts as archived only as
//! `flows::archive` says so. Must not know how a report looks.

use super::archiving;
use super::watching;
use std::cell::Cell;
use std::rc::Rc;

use leptos::prelude::*;
use steward_domain::capability::{Action, Verdict};
use steward_domain::failure::{Failure, FailureKind};
use steward_domain::id::{AccountId, WorkspaceId, WorkspaceKey};
use steward_flows::archive::Archived;
use steward_flows::bulk::{BulkReport, Decision};
pub use steward_flows::bulk::{End, Standing};

use super::accounts::Account;
use super::activity::{ActionRecord, AttemptId};
use super::{AppState, request};
use crate::browser::page;
use crate::text;
use leptos::task::spawn_local;

/// One workspace in the report.
#[derive(Clone, PartialEq)]
pub struct Entry {
    /// Which.
    pub key: WorkspaceKey,
    /// Its name when it was asked for.
    pub name: String,
    /// What came of it.
    pub standing: Standing,
}

/// Where it stands as a whole.
#[derive(Clone, PartialEq)]
pub enum Phase {
    /// The person is reading.
    Confirming,
    /// Requests leave.
    Running,
    /// The person wanted a pause.
    Held,
    /// The person wanted an end; what is out is awaited.
    Stopping,
    /// Nothing is under way any more. Accounts that ended early, with why.
    Ended(Vec<(AccountId, End)>),
}

/// How many there are in each standing.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Summary {
    /// All of them.
    pub all: usize,
    /// Archived.
    pub done: usize,
    /// Something stands in the way.
    pub blocked: usize,
    /// Refused by the service.
    pub refused: usize,
    /// Accepted by the service, and not shown yet.
    pub accepted: usize,
    /// Nobody knows.
    pub unknown: usize,
    /// Not sent.
    pub not_tried: usize,
    /// Out, or waiting for the service's pause.
    pub open: usize,
}

/// The report. Copies are handles to the same signals.
#[derive(Clone, Copy)]
pub struct Bulk {
    app: AppState,
    entries: RwSignal<Vec<Entry>>,
    phase: RwSignal<Phase>,
    /// Accounts that are at it.
    at_work: RwSignal<usize>,
    /// Accounts that ended early.
    ends: RwSignal<Vec<(AccountId, End)>>,
}

impl Bulk {
    /// An empty report.
    #[must_use]
    pub fn new(app: AppState) -> Self {
        Self {
            app,
            entries: RwSignal::new(Vec::new()),
            phase: RwSignal::new(Phase::Confirming),
            at_work: RwSignal::new(0),
            ends: RwSignal::new(Vec::new()),
        }
    }

    /// Begins anew with these; none is sent yet.
    pub fn begin(self, entries: Vec<Entry>) {
        self.entries.set(entries);
        self.phase.set(Phase::Confirming);
    }

    /// Where it stands.
    #[must_use]
    pub fn phase(self) -> Phase {
        self.phase.get()
    }

    /// Whether something is under way, so that leaving would leave it unwatched.
    #[must_use]
    pub fn is_under_way(self) -> bool {
        self.phase
            .with(|phase| !matches!(phase, Phase::Confirming | Phase::Ended(_)))
    }

    /// The workspaces and what came of each.
    #[must_use]
    pub fn entries(self) -> Vec<Entry> {
        self.entries.get()
    }

    /// How many there are in each standing.
    #[must_use]
    pub fn summary(self) -> Summary {
        self.entries.with(|entries| {
            let mut tally = Summary {
                all: entries.len(),
                ..Summary::default()
            };
            for entry in entries {
                *match entry.standing {
                    Standing::Done(_) => &mut tally.done,
                    Standing::Blocked(_) => &mut tally.blocked,
                    Standing::Refused(_) => &mut tally.refused,
                    Standing::Accepted(_) => &mut tally.accepted,
                    Standing::Unknown(_) => &mut tally.unknown,
                    Standing::NotTried => &mut tally.not_tried,
                    Standing::UnderWay | Standing::Waiting(_) => &mut tally.open,
                } += 1;
            }
            tally
        })
    }

    /// Whether one may be archived at this moment.
    #[must_use]
    pub fn may(self, key: &WorkspaceKey) -> bool {
        self.app.verdict_of(Action::Archive, key) == Verdict::Allowed
    }

    /// Sends what is not done yet and may be sent, account by account. Whether it may is asked again
    /// right before each.
    pub fn run(self) {
        let again = self
            .phase
            .with_untracked(|phase| matches!(phase, Phase::Confirming | Phase::Ended(_)));
        if !again {
            return;
        }
        let mut groups: Vec<(Rc<Account>, Vec<usize>)> = Vec::new();
        self.entries.update(|entries| {
            for (at, entry) in entries.iter_mut().enumerate() {
                let Some(account) = self.app.accounts.of(&entry.key) else {
                    continue;
                };
                let is_under_way = matches!(entry.standing, Standing::Accepted(_));
                if entry.standing.is_done() || is_under_way || !untrack(|| self.may(&entry.key)) {
                    continue;
                }
                entry.standing = Standing::NotTried;
                match groups.iter_mut().find(|(other, _)| other.id == account.id) {
                    Some((_, rows)) => rows.push(at),
                    None => groups.push((account, vec![at])),
                }
            }
        });
        if groups.is_empty() {
            return self.phase.set(Phase::Ended(Vec::new()));
        }
        self.phase.set(Phase::Running);
        self.at_work.set(groups.len());
        page::guard_leaving(true);
        self.ends.set(Vec::new());
        for (account, rows) in groups {
            spawn_local(self.go_through(account, rows));
        }
    }

    async fn go_through(self, account: Rc<Account>, rows: Vec<usize>) {
        let ids = self.entries.try_with_untracked(|entries| {
            let ids = rows.iter().filter_map(|at| entries.get(*at));
            ids.map(|entry| entry.key.id.clone()).collect()
        });
        let ids: Vec<WorkspaceId> = ids.unwrap_or_default();
        let group = Group {
            bulk: self,
            account: Rc::clone(&account),
            rows,
            attempt: Cell::new(None),
        };
        let end = account.service.archive_each(&ids, &group).await;
        if end != End::Finished {
            self.ends
                .try_update(|ends| ends.push((account.id.clone(), end)));
        }
        let left = self.at_work.try_update(|count| {
            *count = count.saturating_sub(1);
            *count
        });
        if left == Some(0) {
            page::guard_leaving(false);
            let ends = self.ends.try_get_untracked().unwrap_or_default();
            self.phase.try_set(Phase::Ended(ends));
            self.keep_unfinished();
        }
    }

    /// Takes note of what came of one that was accepted. After the last of them those are named that never showed:
    /// whoever has closed the report has nothing else that says so.
    fn has_seen(self, key: &WorkspaceKey, seen: Result<Archived, Failure>) {
        let left = self.entries.try_update(|entries| {
            if let Some(entry) = entries.iter_mut().find(|entry| entry.key == *key) {
                entry.standing = match seen {
                    Ok(archived) => Standing::Done(archived),
                    Err(failure) => Standing::Unknown(failure),
                };
            }
            let is_open = |entry: &Entry| matches!(entry.standing, Standing::Accepted(_));
            if entries.iter().any(is_open) {
                return Vec::new();
            }
            let never = entries.iter().filter(|entry| match &entry.standing {
                Standing::Unknown(failure) => failure.kind == FailureKind::NeverShown,
                _ => false,
            });
            never.map(|entry| text::visible(&entry.name)).collect()
        });
        if let Some(names) = left.filter(|names| !names.is_empty()) {
            self.app.notices.tell(text::never_shown_archived(&names));
        }
        if self
            .phase
            .try_with_untracked(|phase| matches!(phase, Phase::Ended(_)))
            == Some(true)
        {
            self.keep_unfinished();
        }
    }

    /// Only what is not done stays selected.
    fn keep_unfinished(self) {
        let done = self.entries.try_with_untracked(|entries| {
            let done = entries.iter().filter(|entry| entry.standing.is_done());
            done.map(|entry| entry.key.clone()).collect()
        });
        let done: Vec<WorkspaceKey> = done.unwrap_or_default();
        // They were taken from the selection, so they are in its order.
        let is_done = |key: &WorkspaceKey| done.binary_search(key).is_ok();
        self.app.selection.keep(|key| !is_done(key));
    }

    /// Waits before the next one, or goes on.
    pub fn hold(self, hold: bool) {
        self.phase.update(|phase| match (&phase, hold) {
            (Phase::Running, true) => *phase = Phase::Held,
            (Phase::Held, false) => *phase = Phase::Running,
            _ => {}
        });
    }

    /// Ends after what is out.
    pub fn stop(self) {
        if self
            .phase
            .with_untracked(|phase| matches!(phase, Phase::Running | Phase::Held))
        {
            self.phase.set(Phase::Stopping);
        }
    }
}

/// The rows of one account, as its flow sees them.
struct Group {
    bulk: Bulk,
    account: Rc<Account>,
    /// Where its rows are among the entries.
    rows: Vec<usize>,
    /// What is written down of the one that is out.
    attempt: Cell<Option<AttemptId>>,
}

impl Group {
    fn entry(&self, row: usize) -> Option<Entry> {
        let at = *self.rows.get(row)?;
        self.bulk
            .entries
            .try_with_untracked(|entries| entries.get(at).cloned())?
    }

    fn is_left(&self) -> bool {
        !request::is_for(self.bulk.app.accounts, &self.account)
    }

    /// Writes down what came of one, and shows it where the workspace stands.
    fn record(&self, entry: &Entry, result: Result<Archived, Failure>) {
        let app = self.bulk.app;
        if let Some(attempt) = self.attempt.take() {
            app.activity.end(attempt, &result);
            if let Err(failure) = &result {
                let (bulk, key) = (self.bulk, entry.key.clone());
                let then = move |_: &ActionRecord, seen| bulk.has_seen(&key, seen);
                watching::watch_then(app, &self.account, attempt, failure, then);
            }
        }
        match result {
            Ok(archived) => archiving::show_archived(app, &entry.key, archived),
            Err(failure) => app.heed_change(&self.account, &entry.key, &failure),
        }
    }
}

impl BulkReport for Group {
    fn decide(&self, row: usize) -> Decision {
        let phase = self.bulk.phase.try_get_untracked();
        let may = || {
            let entry = self.entry(row);
            entry.is_some_and(|entry| untrack(|| self.bulk.may(&entry.key)))
        };
        match phase {
            _ if self.is_left() => Decision::Stop,
            None | Some(Phase::Stopping | Phase::Ended(_)) => Decision::Stop,
            Some(Phase::Held) => Decision::Pause,
            Some(Phase::Confirming | Phase::Running) if may() => Decision::Send,
            Some(Phase::Confirming | Phase::Running) => Decision::Skip,
        }
    }

    fn note(&self, row: usize, standing: Standing) {
        // Whoever signed out has left this behind.
        if self.is_left() {
            return;
        }
        if let Some(entry) = self.entry(row) {
            match &standing {
                Standing::Done(archived) => self.record(&entry, Ok(archived.clone())),
                Standing::Blocked(failure)
                | Standing::Refused(failure)
                | Standing::Accepted(failure)
                | Standing::Unknown(failure) => self.record(&entry, Err(failure.clone())),
                Standing::UnderWay => {
                    let action = ActionRecord::archive(&entry.key, &entry.name);
                    let attempt = self.bulk.app.activity.begin(action);
                    self.attempt.set(Some(attempt));
                }
                // What was refused unread did not happen, and is tried again.
                Standing::NotTried => {
                    if let Some(attempt) = self.attempt.take() {
                        self.bulk.app.activity.take_back(attempt);
                    }
                }
                Standing::Waiting(_) => {}
            }
        }
        let at = self.rows.get(row).copied();
        self.bulk.entries.try_update(|entries| {
            if let Some(entry) = at.and_then(|at| entries.get_mut(at)) {
                entry.standing = standing;
            }
        });
    }
}
