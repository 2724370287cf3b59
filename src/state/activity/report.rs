//! The attempts as a file that leaves the console.
//!
//! Guarantees: every attempt is in it, refused and unknown ones too; it says of itself that it is this
//! tab's record and not the service's. Must not know where it goes.

use serde::Serialize;
use steward_domain::time::Timestamp;

use super::stored::{evidence_word, kind_word, operation_word, subject_text};
use super::{ActionRecord, Attempt, FieldChange, Outcome};
use crate::state::accounts::Accounts;
use crate::state::export::{File, Format, Sheet, words};
use crate::state::json;

const CHANGES: &str = "changes";

const HEADS: [&str; 12] = [
    "at",
    "account",
    "service",
    "workspace_id",
    "workspace_name",
    "operation",
    CHANGES,
    "result",
    "known_by",
    "kind",
    "service_message",
    "request_id",
];

/// The attempts as a file. `source` says what they are, and what they are not.
#[must_use]
pub fn file(attempts: &[Attempt], accounts: Accounts, format: Format, source: &str) -> File {
    let mut sheet = Sheet::new(format, HEADS.to_vec()).parted(CHANGES);
    for attempt in attempts {
        let changes = match format {
            Format::Csv => in_words(&attempt.action.changes),
            Format::Json => in_parts(&attempt.action.changes),
        };
        sheet.add(&cells(attempt, changes, accounts));
    }
    sheet.finish("activity-of-this-tab", true, "attempts", Some(source))
}

/// What was attempted, in a word; what it takes back, in three.
fn attempted(action: &ActionRecord) -> String {
    let word = operation_word(action.operation);
    match action.undoes {
        Some(_) => ["undo of ", word].concat(),
        None => word.to_owned(),
    }
}

/// What was to change, a line each.
fn in_words(changes: &[FieldChange]) -> String {
    let line = |change: &FieldChange| {
        let what = subject_text(&change.subject);
        [&what, ": ", &change.before, " → ", &change.after].concat()
    };
    changes.iter().map(line).collect::<Vec<_>>().join("\n")
}

#[derive(Serialize)]
struct Part<'a> {
    what: String,
    before: Option<&'a str>,
    after: Option<&'a str>,
}

/// What was to change, as a JSON array: a text may hold line breaks and arrows of its own.
fn in_parts(changes: &[FieldChange]) -> String {
    let parts = changes.iter().map(|change| Part {
        what: subject_text(&change.subject),
        before: words(&change.before),
        after: words(&change.after),
    });
    json::print(&parts.collect::<Vec<_>>())
}

fn cells(attempt: &Attempt, changes: String, accounts: Accounts) -> [String; 12] {
    let action = &attempt.action;
    let account = accounts.get_untracked(&action.account);
    let (label, service) = account.map_or_else(Default::default, |account| {
        (account.label.clone(), account.description().name)
    });
    let (result, known_by, kind, message) = match &attempt.outcome {
        Outcome::UnderWay => ("under way", "", "", None),
        Outcome::Lost => ("unknown", "", "page closed", None),
        Outcome::Done(how) => ("done", evidence_word(*how), "", attempt.left.clone()),
        Outcome::Failed(failure) => (
            super::result_word(failure),
            "",
            kind_word(&failure.kind),
            failure.service.message.clone(),
        ),
    };
    [
        Timestamp::from_whole_millis(attempt.at).print(),
        label,
        service.to_owned(),
        action
            .key
            .as_ref()
            .map_or_else(String::new, |key| key.id.as_str().to_owned()),
        action.name.clone(),
        attempted(action),
        changes,
        result.to_owned(),
        known_by.to_owned(),
        kind.to_owned(),
        message.unwrap_or_default(),
        attempt.request_id.clone().unwrap_or_default(),
    ]
}
