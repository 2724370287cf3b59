//! The attempts as a file that leaves the console.
//!
//! Guarantees: every attempt is in it, refused and unknown ones too; it says of itself that it is this
//! tab's record and not the service's. Must not know where it goes.

use steward_domain::export::csv_line;
use steward_domain::time::Timestamp;
use steward_flows::json::Object;

use super::stored::{how_word, kind_word, operation_word, what_text};
use super::{Attempt, Outcome};
use crate::browser::clock;
use crate::state::accounts::Accounts;
use crate::state::export::Format;

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

/// The file's name, its media type and its text.
#[must_use]
pub fn file(
    attempts: &[Attempt],
    accounts: Accounts,
    format: Format,
    source: &str,
) -> (String, &'static str, String) {
    let now = Timestamp::from_millis(clock::now()).print();
    let (day, _) = now.split_once('T').unwrap_or((&now, ""));
    let rows = attempts.iter().map(|attempt| cells(attempt, accounts));
    match format {
        Format::Csv => {
            let mut out = String::from("\u{feff}");
            csv_line(&mut out, &HEADS.map(str::to_owned));
            for cells in rows {
                csv_line(&mut out, &cells);
            }
            let name = ["activity-of-this-tab-", day, ".csv"].concat();
            (name, "text/csv;charset=utf-8", out)
        }
        Format::Json => {
            let mut list = String::from("[");
            for (number, cells) in rows.enumerate() {
                let mut object = Object::default();
                for (head, cell) in HEADS.iter().zip(&cells) {
                    object.text_or_null(head, cell);
                }
                list.push_str(if number == 0 { "\n" } else { ",\n" });
                list.push_str(&object.finish());
            }
            list.push_str("\n]");
            let mut object = Object::default();
            object.text("source", source);
            object.text("exported_at", &now);
            object.word("attempts", &list);
            let name = ["activity-of-this-tab-", day, ".json"].concat();
            (name, "application/json", object.finish() + "\n")
        }
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
        operation_word(deed.operation).to_owned(),
        changes.join("\n"),
        result.to_owned(),
        known_by.to_owned(),
        kind.to_owned(),
        message.unwrap_or_default(),
        attempt.request_id.clone().unwrap_or_default(),
    ]
}
