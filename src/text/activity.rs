//! Sentences about what was attempted from this tab.

use steward_domain::failure::{Changed, Failure, Operation};
use steward_flows::Evidence;

use super::{DONE, join, visible};

#[expect(missing_docs, reason = "each constant is its own text")]
mod words {
    pub const NO_ACTIVITY: &str = "No activity yet";
    pub const NO_ACTIVITY_TEXT: &str = "Every change you attempt from this tab is listed here, \
                                        with what came of it. It is not the service's audit log, \
                                        and it is gone when the tab closes or you sign out.";
    pub const WHAT_CHANGES: &str = "What changes";
    pub const UNDER_WAY_NOW: &str = "Under way";
    pub const PAGE_CLOSED: &str = "The page closed before there was an answer.";
    pub const EXPORT_CSV: &str = "Export CSV";
    pub const EXPORT_JSON: &str = "Export JSON";
}
pub use words::*;

/// That something is done, and how it is known.
#[must_use]
pub fn done_how(evidence: Evidence) -> &'static str {
    match evidence {
        Evidence::Answered => DONE,
        Evidence::ConfirmedByReading => "Done, confirmed by reading",
        Evidence::AlreadyThere => "Was so already",
        Evidence::Gone => "Not there any more",
        Evidence::Differently => "Done, but not as sent",
        Evidence::InPart => "Done, something left to do",
    }
}

/// A file that has been written.
#[must_use]
pub fn saved_as(name: &str) -> String {
    join(&["Written to ", name])
}

/// What came of something that was under way when the page closed.
#[must_use]
pub fn settled(name: &str, operation: Operation, result: Option<&Result<(), Failure>>) -> String {
    let (done, not_done, unknown) = match operation {
        Operation::Archive => (
            " was archived.",
            " was not archived.",
            " was archived. Load it again before you decide.",
        ),
        Operation::Create => (
            " was created.",
            " was not created.",
            " was created. Look for it in the list before you make it again.",
        ),
        Operation::Manage => (
            ": the members were changed.",
            ": the members were not changed.",
            ": the members were changed. Look at them before you decide.",
        ),
        _ => (
            ": your changes were saved.",
            ": your changes were not saved.",
            ": your changes were saved. Load it again before you decide.",
        ),
    };
    let (before, end) = match result {
        Some(Ok(())) => ("", done),
        Some(Err(failure)) if failure.changed == Changed::No => ("", not_done),
        _ => ("It is not known whether ", unknown),
    };
    join(&[
        "The page closed before there was an answer. ",
        before,
        &visible(name),
        end,
    ])
}
