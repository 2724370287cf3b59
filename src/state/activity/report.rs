//! The attempts as a file that leaves the console.
//!
//! Guarantees: every attempt is in it, refused and unknown ones too; it says of itself that it is this
//! tab's record and not the service's. Must not know where it goes.

use steward_domain::time::Timestamp;

use super::stored::{how_word, kind_word, operation_word, what_text};
use super::{Attempt, Deed, Outcome};
use crate::state::accounts::Accounts;
use crate::state::export::{File, Format, Sheet};

const HEADS: [&str; 12] = [
    "at",
    "account",
    "service",
    "workspace_id",
    "workspace_name",
    "operation",
    "changes",
    "result",
    "known_by",
    "kind",
    "service_message",
    "request_id",
];

/// The attempts as a file. `source` says what they are, and what they are not.
#[must_use]
pub fn file(attempts: &[Attempt], accounts: Accounts, format: Format, source: &str) -> File {
    let mut sheet = Sheet::new(format, HEADS.to_vec());
    for attempt in attempts {
        sheet.add(&cells(attempt, accounts));
    }
    let about = [("source", source)];
    sheet.finish("activity-of-this-tab", true, "attempts", &about)
}

/// What was attempted, in a word; what it takes back, in three.
fn attempted(deed: &Deed) -> String {
    let word = operation_word(deed.operation);
    match deed.undoes {
        Some(_) => ["undo of ", word].concat(),
        None => word.to_owned(),
    }
}

fn cells(attempt: &Attempt, accounts: Accounts) -> [String; 12] {
    let deed = &attempt.deed;
    let account = accounts.get_untracked(&deed.account);
    let (label, service) = account.map_or_else(Default::default, |account| {
        (account.label.clone(), account.description().name)
    });
    let changes: Vec<String> = deed
        .turns
        .iter()
        .map(|turn| {
            [
                &what_text(&turn.what),
                ": ",
                &turn.before,
                " → ",
                &turn.after,
            ]
            .concat()
        })
        .collect();
    let (result, known_by, kind, message) = match &attempt.outcome {
        Outcome::UnderWay => ("under way", "", "", None),
        Outcome::Lost => ("unknown", "", "page closed", None),
        Outcome::Done(how) => ("done", how_word(*how), "", None),
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
        deed.key
            .as_ref()
            .map_or_else(String::new, |key| key.id.as_str().to_owned()),
        deed.name.clone(),
        attempted(deed),
        changes.join("\n"),
        result.to_owned(),
        known_by.to_owned(),
        kind.to_owned(),
        message.unwrap_or_default(),
        attempt.request_id.clone().unwrap_or_default(),
    ]
}
