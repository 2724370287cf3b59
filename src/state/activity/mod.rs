//! What was attempted from this tab, for the person who did it: what was wanted, what came of it, and
//! under which id the service logged it. No substitute for a service's own audit log.
//!
//! Guarantees: an attempt is written down before its request leaves, so that a page that closes in
//! between leaves a trace; it is kept until the tab closes or its account signs out, and shown to
//! nobody but the person whose it is. Never holds a credential.

use leptos::prelude::*;
pub mod report;
mod stored;

use serde::{Deserialize, Serialize};
use steward_domain::failure::{Changed, Failure, FailureKind, Operation};
use steward_domain::field::Field;
use steward_domain::id::{AccountId, WorkspaceKey};
use steward_domain::time::Timestamp;
use steward_flows::{Confirmed, Evidence};

use super::accounts::Accounts;
use crate::browser::{clock, storage};

/// One thing that an attempt was to change.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct FieldChange {
    /// What.
    pub subject: Subject,
    /// Its text before; empty where there was none.
    pub before: String,
    /// What it was to be; empty where it was to go.
    pub after: String,
}

/// What a [`FieldChange`] is about.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub enum Subject {
    /// A field of the workspace.
    Field(Field),
    /// Whether it is in use; the texts are the words `active` and `archived`.
    State,
    /// The role of a member, by the id of the person.
    Member(String),
    /// A thing in the workspace that was to end, by its id.
    Thing(String),
}

/// What is about to be attempted.
#[derive(Clone, PartialEq, Debug)]
pub struct ActionRecord {
    /// In which account.
    pub account: AccountId,
    /// On which workspace; none where one is to be made.
    pub key: Option<WorkspaceKey>,
    /// Its name at that time.
    pub name: String,
    /// What.
    pub operation: Operation,
    /// What it is to change.
    pub changes: Vec<FieldChange>,
    /// What the member was called whom it takes out: afterwards no list says so.
    pub who: Option<String>,
    /// The moment of the attempt on the same workspace that it takes back.
    pub undoes: Option<i64>,
}

impl ActionRecord {
    /// Archiving a workspace.
    #[must_use]
    pub fn archive(key: &WorkspaceKey, name: &str) -> Self {
        Self {
            account: key.account.clone(),
            key: Some(key.clone()),
            name: name.to_owned(),
            operation: Operation::Archive,
            changes: vec![FieldChange {
                subject: Subject::State,
                before: "active".to_owned(),
                after: "archived".to_owned(),
            }],
            who: None,
            undoes: None,
        }
    }
}

/// What came of an attempt.
#[derive(Clone, PartialEq, Debug)]
pub enum Outcome {
    /// Nothing yet.
    UnderWay,
    /// The page closed before there was an answer.
    Lost,
    /// It is done.
    Done(Evidence),
    /// It is not, or nobody knows.
    Failed(Failure),
}

/// One attempt.
#[derive(Clone, PartialEq, Debug)]
pub struct Attempt {
    /// When, in whole milliseconds since 1970.
    pub at: i64,
    /// What.
    pub action: ActionRecord,
    /// What came of it.
    pub outcome: Outcome,
    /// The id under which the service logged the request that says so.
    pub request_id: Option<String>,
    /// What the service said is left to do, where it did it in part.
    pub left: Option<String>,
    /// Whether the changes are what it has changed, to the letter, and not only what was wanted.
    pub exact: bool,
    /// The person or organization whose it is.
    me: String,
    /// Which of this tab's.
    number: u32,
}

/// The handle of an attempt, as long as the page is there.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct AttemptId(u32);

impl AttemptId {
    /// A number that no other attempt of this page has, for ids in it.
    #[must_use]
    pub fn number(self) -> u32 {
        self.0
    }
}

impl Attempt {
    /// Its handle.
    #[must_use]
    pub fn id(&self) -> AttemptId {
        AttemptId(self.number)
    }

    /// Whether it takes another one back.
    #[must_use]
    pub fn takes_back(&self, other: &Self) -> bool {
        self.action.undoes == Some(other.at) && self.action.key == other.action.key
    }
}

/// The attempts. Copies are handles to the same signals.
#[derive(Clone, Copy)]
pub struct Activity {
    accounts: Accounts,
    /// Newest first.
    attempts: RwSignal<Vec<Attempt>>,
    numbers: StoredValue<u32>,
}

impl Activity {
    pub(super) fn new(accounts: Accounts) -> Self {
        Self {
            accounts,
            attempts: RwSignal::new(Vec::new()),
            numbers: StoredValue::new(0),
        }
    }

    /// Writes down what is about to leave.
    pub fn begin(self, action: ActionRecord) -> AttemptId {
        let number = self.numbers.with_value(|number| number.wrapping_add(1));
        self.numbers.set_value(number);
        let me = self.accounts.get_untracked(&action.account);
        let me = me.and_then(|account| account.me.clone());
        let attempt = Attempt {
            at: Timestamp::from_millis(clock::now()).whole_millis(),
            action,
            outcome: Outcome::UnderWay,
            request_id: None,
            left: None,
            exact: false,
            me: me.map_or_else(String::new, |me| me.as_str().to_owned()),
            number,
        };
        stored::keep(&attempt);
        self.attempts.try_update(|all| all.insert(0, attempt));
        AttemptId(number)
    }

    /// Writes down what came of it. What comes after signing out changes nothing: the list was
    /// emptied, and stays so.
    pub fn end<T>(self, id: AttemptId, result: &Result<Confirmed<T>, Failure>) {
        let (outcome, request_id, left) = match result {
            Ok(done) => (
                Outcome::Done(done.evidence),
                done.request_id.clone(),
                done.left.clone(),
            ),
            Err(failure) => (
                Outcome::Failed(failure.clone()),
                failure.service.request_id.clone(),
                None,
            ),
        };
        self.change(id, |attempt| {
            attempt.outcome = outcome;
            attempt.request_id = request_id;
            attempt.left = left;
        });
    }

    /// Notes what an attempt has changed, to the letter, where that is known.
    pub(super) fn changed(self, id: AttemptId, changes: Vec<FieldChange>) {
        self.change(id, |attempt| {
            attempt.action.changes = changes;
            attempt.exact = true;
        });
    }

    /// Notes which workspace an attempt made.
    pub fn made(self, id: AttemptId, key: WorkspaceKey) {
        self.change(id, |attempt| attempt.action.key = Some(key));
    }

    /// Takes one out of which nothing left the page.
    pub fn take_back(self, id: AttemptId) {
        self.attempts.try_update(|all| {
            if let Some(at) = all.iter().position(|attempt| attempt.number == id.0) {
                stored::forget(&all.remove(at));
            }
        });
    }

    fn change(self, id: AttemptId, change: impl FnOnce(&mut Attempt)) {
        self.attempts.try_update(|all| {
            if let Some(attempt) = all.iter_mut().find(|attempt| attempt.number == id.0) {
                change(attempt);
                stored::keep(attempt);
            }
        });
    }

    /// All attempts, newest first.
    #[must_use]
    pub fn all(self) -> Vec<Attempt> {
        self.attempts.get()
    }

    /// Looks at all attempts, newest first; follows them.
    pub(super) fn with<T>(self, look: impl FnOnce(&[Attempt]) -> T) -> T {
        self.attempts.with(|all| look(all))
    }

    /// One of them.
    #[must_use]
    pub fn get(self, id: AttemptId) -> Option<Attempt> {
        self.with(|all| all.iter().find(|one| one.number == id.0).cloned())
    }

    /// What was attempted, and when, in whole milliseconds since 1970. Without following it.
    #[must_use]
    pub(super) fn action(self, id: AttemptId) -> Option<(ActionRecord, i64)> {
        let found = self.attempts.try_with_untracked(|all| {
            let one = all.iter().find(|one| one.number == id.0)?;
            Some((one.action.clone(), one.at))
        });
        found.flatten()
    }

    /// Takes up what this tab kept of an account before the page was loaded, and gives back the
    /// attempts of which nobody knows what came.
    pub fn resume(self, account: &AccountId) -> Vec<(AttemptId, ActionRecord)> {
        let Some(account) = self.accounts.get_untracked(account) else {
            return Vec::new();
        };
        let me = account.me.as_ref().map_or("", |me| me.as_str());
        let mut lost = Vec::new();
        for mut attempt in stored::kept(&account.id, me) {
            let known = self.attempts.with_untracked(|all| {
                let same = |other: &&Attempt| {
                    other.at == attempt.at && other.action.account == attempt.action.account
                };
                all.iter()
                    .any(|other| same(&other) && other.number == attempt.number)
            });
            if known {
                continue;
            }
            // Numbers begin anew with the page: what is kept goes under a new one.
            stored::forget(&attempt);
            let number = self.numbers.with_value(|number| number.wrapping_add(1));
            self.numbers.set_value(number);
            attempt.number = number;
            if attempt.outcome == Outcome::UnderWay {
                attempt.outcome = Outcome::Lost;
                lost.push((AttemptId(number), attempt.action.clone()));
            }
            stored::keep(&attempt);
            self.attempts.try_update(|all| {
                let at = all.partition_point(|other| other.at > attempt.at);
                all.insert(at, attempt);
            });
        }
        lost
    }

    pub(super) fn forget(self, account: &AccountId) {
        storage::session_clear_prefix(&stored::prefix(account));
        self.attempts
            .update(|all| all.retain(|attempt| attempt.action.account != *account));
    }
}

/// What a failure says of the outcome, as a word for files.
fn result_word(failure: &Failure) -> &'static str {
    match failure.changed {
        Changed::Perhaps if failure.kind == FailureKind::NotShown => "accepted",
        Changed::No => "not done",
        Changed::Perhaps => "unknown",
    }
}
