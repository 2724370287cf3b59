//! The checks before archiving: when they are made, what they came to, and whether that leaves the way
//! free.
//!
//! Guarantees: one reading at a time is listened to, and the answer of an older one is dropped; what is
//! not known is neither a pass nor a refusal, but waits for the person's word. Must not know how it is
//! drawn.

use crate::state::blockers;
use leptos::prelude::*;
use leptos::task::spawn_local;
use steward_domain::blocker::{Blocker, Check, Claim, Finding, Item, Standing, renew};
use steward_domain::capability::{Action, Verdict};
use steward_domain::failure::{Failure, FailureKind};
use steward_domain::id::WorkspaceKey;
use steward_domain::provider::Description;
use steward_domain::time::Timestamp;

use super::blocker::claim;
use super::panel::{AGAIN, HEADING_ID};
use crate::browser::clock::Timer;
use crate::browser::{clock, focus};
use crate::components::failure_notice::Again;
use crate::state::AppState;
use crate::state::archiving::Target;
use crate::state::request::Request;
use crate::text;

/// After how long it is offered to go ahead without the answer.
const SLOW_MS: u32 = 3_000;
/// How often coming back to the tab may ask again.
const RETURN_MS: f64 = 5_000.0;

/// Why the checks are made.
#[derive(Clone, Copy, PartialEq)]
pub enum Because {
    /// The dialog has opened.
    Opened,
    /// The service refused to archive.
    Refused,
    /// The person asked.
    Asked,
    /// The person came back to the tab.
    Returned,
    /// Something was cancelled.
    Cancelled,
    /// The service wanted to be left alone, and does no more.
    Rested,
}

/// The checks of one opening of the dialog. Copies are handles to the same ones.
#[derive(Clone, Copy)]
pub struct Checks {
    pub(super) app: AppState,
    pub(super) service: &'static Description,
    pub(super) target: StoredValue<Target>,
    findings: RwSignal<Option<Vec<Finding>>>,
    /// All that has been in the way since the dialog opened.
    pub(super) items: RwSignal<Vec<Item>>,
    /// The refusal of the service that has not been cleared up.
    refused: RwSignal<Option<Failure>>,
    /// The reading that began last.
    reading: Request<Vec<Finding>>,
    slow: RwSignal<bool>,
    /// Runs out once that reading is slow.
    patience: StoredValue<Option<Timer>, LocalStorage>,
    pub(super) go: RwSignal<bool>,
    pub(super) said: RwSignal<String>,
    /// How many readings have been listened to.
    pub(super) done: RwSignal<u32>,
    last: StoredValue<f64>,
}

/// What all of it comes to.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Comes {
    /// To waiting.
    Running,
    /// Something stands in the way.
    Blocked,
    /// It is not known whether something does.
    Unknown,
    /// Nothing does, as far as can be told.
    Free,
}

/// Whether focus is still on the button that asks again, or has left with something.
fn is_where_it_was_asked() -> bool {
    focus::is_lost() || focus::is_within(AGAIN)
}

impl Checks {
    /// The checks of this workspace, begun at once, and again after each refusal.
    pub fn begin(app: AppState, service: &'static Description, target: &Target) -> Self {
        let checks = Self {
            app,
            service,
            target: StoredValue::new(target.clone()),
            findings: RwSignal::new(None),
            items: RwSignal::new(Vec::new()),
            refused: RwSignal::new(None),
            reading: Request::new(),
            slow: RwSignal::new(false),
            patience: StoredValue::new_local(None),
            go: RwSignal::new(false),
            said: RwSignal::new(String::new()),
            done: RwSignal::new(0),
            last: StoredValue::new(0.0),
        };
        checks.run(Because::Opened);
        Effect::new(move |_| match app.archiving.failure() {
            Some(failure) if failure.kind == FailureKind::InUse => untrack(|| {
                checks.refused.set(Some(failure));
                checks.run(Because::Refused);
            }),
            Some(_) => untrack(|| checks.refused.set(None)),
            None => {}
        });
        let again = Callback::new(move |()| checks.run(Because::Rested));
        Again::by_itself(again).after(Memo::new(move |_| checks.rests()));
        checks
    }

    pub(super) fn key(self) -> WorkspaceKey {
        self.target.with_value(|target| target.key.clone())
    }

    /// Makes the checks, unless that would be too much.
    pub fn run(self, because: Because) {
        let Some(last) = self.last.try_get_value() else {
            return;
        };
        let running = self.reading.pending_untracked();
        let wait = match because {
            Because::Asked => running || untrack(|| self.rests().is_some()),
            Because::Rested => running || untrack(|| self.app.archiving.is_busy()),
            Because::Returned => {
                running
                    || clock::now() - last < RETURN_MS
                    || untrack(|| self.comes() == Comes::Free || self.app.archiving.is_busy())
            }
            Because::Opened | Because::Refused | Because::Cancelled => false,
        };
        if wait {
            return;
        }
        self.slow.set(false);
        let slow = Timer::after(SLOW_MS, move || {
            if self.reading.pending_untracked() {
                self.slow.try_set(true);
            }
        });
        self.patience.set_value(Some(slow));
        if matches!(because, Because::Opened | Because::Refused) {
            // What was known before the service refused was not all of it.
            self.findings.set(None);
            self.go.set(false);
        }
        let key = self.key();
        let reading = async move {
            if matches!(because, Because::Asked | Because::Returned) {
                // Somebody else may have archived it meanwhile.
                let _ = self.app.workspaces.refresh(&key).await;
            }
            blockers::blockers(self.app, &key).await.map(Ok)
        };
        self.reading.read_then(reading, move |findings| {
            self.last.try_set_value(clock::now());
            self.take(findings, because);
        });
    }

    fn take(self, findings: Vec<Finding>, because: Because) {
        self.items.try_update(|items| renew(items, &findings));
        self.findings.try_set(Some(findings));
        let comes = untrack(|| self.comes());
        if comes != Comes::Unknown {
            self.go.try_set(false);
        }
        if comes == Comes::Free && because != Because::Refused {
            self.refused.try_set(None);
        }
        self.done.try_update(|done| *done += 1);
        let moves = match because {
            Because::Refused | Because::Cancelled => true,
            // Whoever has gone on meanwhile stays where they are.
            Because::Asked | Because::Returned | Because::Rested => {
                comes == Comes::Free && is_where_it_was_asked()
            }
            Because::Opened => false,
        };
        if moves {
            // Read out with the focus, and so not announced besides.
            spawn_local(async {
                clock::sleep(0).await;
                focus::focus_id(HEADING_ID);
            });
        } else if comes != Comes::Free || because != Because::Opened {
            let (_, words) = untrack(|| self.heading());
            self.said.try_set(words);
        }
    }

    /// What the capability says.
    pub(super) fn verdict(self) -> Verdict {
        let key = self.key();
        match self.app.workspaces.get(&key) {
            Some(workspace) => self.app.verdict(Action::Archive, &key, &workspace),
            None => Verdict::Pending,
        }
    }

    /// The line at a place of the work list.
    pub(super) fn item(self, place: usize) -> Option<Item> {
        self.items.with(|items| items.get(place).cloned())
    }

    /// What stands in the way now.
    pub(super) fn in_the_way(self, check: Check) -> usize {
        self.items.with(|items| {
            let stands = |item: &&Item| !item.cleared && item.blocker.check == check;
            items.iter().filter(stands).count()
        })
    }

    fn is_blocked(self) -> bool {
        self.items
            .with(|items| items.iter().any(|item| !item.cleared))
    }

    /// What all of it comes to.
    pub fn comes(self) -> Comes {
        if self.is_blocked() {
            return Comes::Blocked;
        }
        self.findings.with(|findings| match findings {
            None => Comes::Running,
            Some(findings) => {
                let unknown =
                    |finding: &Finding| matches!(finding.standing, Standing::CouldNotCheck(_));
                match findings.iter().any(unknown) {
                    true => Comes::Unknown,
                    false => Comes::Free,
                }
            }
        })
    }

    /// What one check came to; `None` while that is awaited.
    pub(super) fn standing(self, check: Check) -> Option<Standing> {
        self.findings.with(|findings| {
            let mut all = findings.as_ref()?.iter();
            let found = all.find(|finding| finding.check == check)?;
            Some(found.standing.clone())
        })
    }

    pub(super) fn is_running(self) -> bool {
        self.reading.pending()
    }

    /// For how many seconds more a check waits because the service wants to be left alone.
    pub(super) fn rests(self) -> Option<u32> {
        let waits = self.findings.with(|findings| {
            let mut all = findings.iter().flatten();
            all.any(|finding| match &finding.standing {
                Standing::CouldNotCheck(failure) | Standing::Blocked(_, Some(failure)) => {
                    failure.asks_for_pause()
                }
                _ => false,
            })
        });
        let left = self.app.accounts.rests(&self.key().account);
        left.filter(|_| waits)
    }

    pub(super) fn is_slow(self) -> bool {
        self.slow.get()
    }

    pub(super) fn refusal(self) -> Option<Failure> {
        self.refused.get()
    }

    /// Whether there is something to be checked again.
    pub(super) fn has_more(self) -> bool {
        self.items.with(|items| !items.is_empty())
            || self.refused.with(Option::is_some)
            || self.comes() == Comes::Unknown
    }

    /// Whether the person may go ahead without knowing.
    pub(super) fn offers_go_ahead(self) -> bool {
        match self.comes() {
            Comes::Unknown => true,
            Comes::Running => self.is_slow(),
            Comes::Blocked | Comes::Free => false,
        }
    }

    /// Whether a press waits for the checks: the first ones, as long as they do not take long.
    pub fn holds(self) -> bool {
        self.comes() == Comes::Running && !self.is_slow() && self.refused.with(Option::is_none)
    }

    /// Why the checks do not leave the way free.
    pub fn obstacle(self) -> Option<&'static str> {
        let go = self.go.get() && self.offers_go_ahead();
        match self.comes() {
            Comes::Blocked => Some(text::AFTER_BLOCKERS),
            Comes::Running if !go && self.is_slow() => Some(text::GO_AHEAD_FIRST),
            Comes::Running if !go && self.refused.with(Option::is_some) => Some(text::AFTER_CHECKS),
            Comes::Unknown if !go => Some(text::GO_AHEAD_FIRST),
            Comes::Running | Comes::Unknown | Comes::Free => None,
        }
    }

    /// When the last of what stands in the way ends by itself, if all of it does: it was cancelled from
    /// here.
    fn all_end(self) -> Option<Option<Timestamp>> {
        self.items.with(|items| {
            let mut ends = Vec::new();
            for item in items.iter().filter(|item| !item.cleared) {
                match claim(self, item) {
                    Some((_, Claim::Scheduled)) => ends.push(item.blocker.until),
                    _ => return None,
                }
            }
            let all: Option<Vec<Timestamp>> = ends.iter().copied().collect();
            Some(all.and_then(|all| all.into_iter().max()))
        })
    }

    /// The heading, and what it is drawn as.
    pub(super) fn heading(self) -> (&'static str, String) {
        let name = || self.target.with_value(|target| target.name.clone());
        let refused = self.refused.with(Option::is_some);
        let comes = self.comes();
        if comes == Comes::Blocked {
            if Check::of(self.service).contains(&Check::Buckets) {
                let (repositories, buckets) = (
                    self.in_the_way(Check::Repositories),
                    self.in_the_way(Check::Buckets),
                );
                return ("danger", text::stored_in_the_way(repositories, buckets));
            }
            let words = self.items.with(|items| {
                let stands = items.iter().filter(|item| !item.cleared);
                let (subscriptions, others): (Vec<&Blocker>, Vec<&Blocker>) = stands
                    .map(|item| &item.blocker)
                    .partition(|row| row.check == Check::Subscriptions);
                text::in_the_way(&subscriptions, others.len())
            });
            return ("danger", words);
        }
        if refused {
            return ("danger", text::STILL_IN_USE.to_owned());
        }
        if let Verdict::Denied(_) = self.verdict() {
            return ("plain", text::NOT_ALLOWED.to_owned());
        }
        let words = match comes {
            Comes::Running => text::CHECKS_RUNNING,
            Comes::Unknown => return ("warning", text::CHECKS_UNKNOWN.to_owned()),
            _ if self.items.with(|items| !items.is_empty()) => {
                return ("ready", text::ready(&name()));
            }
            _ if !Check::of(self.service).is_empty() => text::CHECKS_PASSED,
            _ => text::CHECKS_OWN,
        };
        ("plain", words.to_owned())
    }

    /// What the heading means.
    pub(super) fn meaning(self) -> String {
        let refused = self.refused.get();
        match self.comes() {
            Comes::Blocked => {
                let ends = self.all_end().map_or(String::new(), text::all_end);
                text::refuses_while(self.service, refused.as_ref()) + &ends
            }
            Comes::Running if refused.is_some() => text::STILL_LOOKING.to_owned(),
            Comes::Running if self.is_slow() => text::CHECKS_SLOW.to_owned(),
            _ if refused.is_some() => text::still_in_use(self.service),
            Comes::Unknown => text::may_refuse(self.service),
            Comes::Running | Comes::Free => String::new(),
        }
    }
}
