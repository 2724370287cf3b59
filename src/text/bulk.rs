//! Sentences about many workspaces at once: selecting, archiving, exporting.

use steward_domain::export::Column;
use steward_domain::failure::Failure;
use steward_domain::role::Access;
use steward_flows::bulk::End;

use super::failures::why;
use super::{counted, join};
use crate::browser::intl;

#[expect(missing_docs, reason = "each constant is its own text")]
mod words {
    pub const SELECTION: &str = "Selection";
    pub const SELECT: &str = "Select";
    pub const CLEAR_SELECTION: &str = "Clear selection";
    pub const EXPORT: &str = "Export";
    pub const KEEP_WORKSPACES: &str = "Keep workspaces";
    pub const WHAT_WILL_HAPPEN: &str = "What will happen";
    pub const WILL_BE_ARCHIVED: &str = "Will be archived";
    pub const NONE_CAN_BE_ARCHIVED: &str = "None of these can be archived.";
    pub const TYPE_NUMBER: &str = "Type the number to confirm";
    pub const EXACT_NUMBER: &str = "Type the number of workspaces that will be archived.";
    pub const BULK_REPORT: &str = "What came of each";
    pub const PROGRESS: &str = "Progress";
    pub const HOLD: &str = "Pause";
    pub const GO_ON: &str = "Continue";
    pub const CANCEL_REST: &str = "Cancel the rest";
    pub const STOPPING: &str = "Waiting for the one that is out.";
    pub const BLOCKED: &str = "Blocked";
    pub const REFUSED: &str = "Refused";
    pub const NOT_KNOWN: &str = "Not known";
    pub const WAITING: &str = "Waiting";
    pub const UNDER_WAY: &str = "Archiving";
    pub const NOT_TRIED: &str = "Not tried";
    pub const NOTHING_SENT: &str = "Nothing was sent for it.";
    pub const ARCHIVED_WORD: &str = "archived";
    pub const BLOCKED_WORD: &str = "blocked";
    pub const REFUSED_WORD: &str = "refused";
    pub const UNKNOWN_WORD: &str = "not known";
    pub const OPEN_WORD: &str = "under way";
    pub const NOT_TRIED_WORD: &str = "not tried";

    pub const FORMAT: &str = "Format";
    pub const CSV: &str = "CSV, for spreadsheets";
    pub const CSV_HELP: &str = "In CSV a cell that a spreadsheet would run or change, such as =1+1 or 0042, \
                                begins with an apostrophe. Take the first one away to have the exact \
                                text. JSON has every text as it is.";
    pub const JSON: &str = "JSON";
    pub const COLUMNS: &str = "Columns";
    pub const NO_COLUMNS: &str = "Choose at least one column.";
    pub const DOWNLOAD: &str = "Download";
    pub const NO_FILE: &str = "No file was written";
    pub const FILE_NOT_TAKEN: &str = "The browser did not take the file. Check whether downloads \
                                      are allowed here, then try again.";
    pub const EXPORT_PARTIAL: &str = "The list is not complete yet";
    pub const EXPORT_CUT: &str = "The file will not be complete";
    pub const EXPORT_CUT_TEXT: &str = "A service sent only part of its list and offers no way to \
                                       ask for the rest. The file's name will say that it is incomplete.";
    pub const READ_ROLES: &str = "Read the roles";
    pub const ROLES_MISSING: &str = "Some roles are not known yet";
}
pub use words::*;

/// How many are selected.
#[must_use]
pub fn selected(count: usize) -> String {
    join(&[&intl::number(count), " selected"])
}

/// The accessible name of a row's checkbox.
#[must_use]
pub fn select(name: &str) -> String {
    join(&[SELECT, " ", &super::visible(name)])
}

/// The step that selects everything that matches.
#[must_use]
pub fn select_all(count: usize) -> String {
    join(&["Select all ", &intl::number(count), " shown"])
}

/// What is about to happen to so many.
#[must_use]
pub fn archive_many(count: usize) -> String {
    join(&["Archive ", &super::workspaces(count)])
}

/// What is about to be written.
#[must_use]
pub fn export_many(count: usize) -> String {
    join(&["Export ", &super::workspaces(count)])
}

/// How many can be archived and how many not.
#[must_use]
pub fn can_be_archived(can: usize, cannot: usize, pending: usize) -> String {
    let mut said = join(&[
        &intl::number(can),
        " can be archived, ",
        &intl::number(cannot),
        " not.",
    ]);
    if pending > 0 {
        said.push_str(&join(&[
            " Your role is being read for ",
            &intl::number(pending),
            " more.",
        ]));
    }
    said
}

/// A number alone.
#[must_use]
pub fn plain_number(count: usize) -> String {
    intl::number(count)
}

/// Why a group will not be archived.
#[must_use]
pub fn will_not(why: &str) -> String {
    join(&["Will not be archived. ", why])
}

/// What has to be typed.
#[must_use]
pub fn type_number(count: usize) -> String {
    join(&["Type ", &count.to_string(), "."])
}

/// How many there are in each standing; those that are none are left out.
#[must_use]
pub fn tally(parts: &[(usize, &'static str)]) -> String {
    let mut said = String::new();
    for (count, word) in parts {
        if *count > 0 {
            let before = if said.is_empty() { "" } else { ", " };
            said.push_str(&join(&[before, &intl::number(*count), " ", word]));
        }
    }
    said.push('.');
    said
}

/// Why an account could not go on; none where the person wanted it so.
#[must_use]
pub fn ended_early(end: End) -> Option<&'static str> {
    match end {
        End::Finished | End::Stopped => None,
        End::SignedOut => {
            Some("The service no longer accepts this session. Sign in again, then retry the rest.")
        }
        End::NotAnswering => Some(
            "The service did not answer three times in a row, so nothing more was sent to it. \
             Retry the rest later.",
        ),
    }
}

/// Why something failed, with the service's own words.
#[must_use]
pub fn failure_words(failure: &Failure) -> String {
    match &failure.service.message {
        Some(words) => words.clone(),
        None => why(failure),
    }
}

/// The button that goes on with what is left.
#[must_use]
pub fn retry_rest(count: usize) -> String {
    join(&["Retry the rest (", &intl::number(count), ")"])
}

/// My role, or what is known instead.
#[must_use]
pub fn role_or_state(access: &Access) -> String {
    match access {
        Access::Unknown => "…".to_owned(),
        Access::Known(role, _) => super::role(role),
        Access::NotAMember(_) => super::NOT_A_MEMBER.to_owned(),
        Access::Unreadable => super::ROLE_UNREADABLE.to_owned(),
        Access::Organization => super::ORGANIZATION_ROLE.to_owned(),
    }
}

/// How many rows are written.
#[must_use]
pub fn written(count: usize, all: usize) -> String {
    join(&[&intl::number(count), " of ", &intl::number(all), " written"])
}

/// What has been written, and where.
#[must_use]
pub fn exported(count: usize, name: &str) -> String {
    join(&[&super::workspaces(count), " written to ", name])
}

/// Workspaces that have left the list meanwhile.
#[must_use]
pub fn export_missing(count: usize) -> String {
    join(&[
        &counted(count, "workspace is", "workspaces are"),
        " no longer in the list. Close this, load the list again, then export.",
    ])
}

/// Roles that would be left empty.
#[must_use]
pub fn roles_missing(count: usize) -> String {
    join(&[
        "Your role is not known in ",
        &super::workspaces(count),
        ". It is left empty there, unless you have it read first. At some services that takes a \
         request for each.",
    ])
}

/// A column of the file, as people choose it.
#[must_use]
pub fn export_column(column: Column) -> &'static str {
    match column {
        Column::Name => super::NAME,
        Column::Id => "Id",
        Column::Account => super::ACCOUNT,
        Column::Service => "Service",
        Column::Role => super::YOUR_ROLE,
        Column::State => super::STATE,
        Column::Billing => super::BILLING_MODE,
        Column::Description => super::DESCRIPTION,
        Column::Tags => "Tags",
        Column::Created => super::CREATED,
        Column::Updated => super::UPDATED,
        Column::ArchivedAt => "Archived at",
    }
}
