//! Sentences about writes that a service accepted and does not show yet, and about values that it keeps otherwise.

use steward_domain::draft::Change;
use steward_domain::failure::Operation;

use super::merge::list;
use super::{field, join, visible};
use crate::browser::intl;

/// How many names a sentence may hold.
const FEW: usize = 3;

/// The word for something that was accepted and is not shown.
pub const ACCEPTED: &str = "Accepted, not shown yet";

/// Why what was accepted to be archived is not archived again.
pub const ARCHIVE_ACCEPTED: &str =
    "The service accepted archiving it, and Steward is looking whether it shows.";

/// The same in a sum.
pub const ACCEPTED_WORD: &str = "accepted, not shown yet";

/// That something was accepted, and what happens next.
#[must_use]
pub fn accepted(name: &str, operation: Operation) -> String {
    let what = match operation {
        Operation::Archive => "accepted archiving ",
        Operation::Create => "accepted creating ",
        Operation::Manage => "accepted the change to the members of ",
        _ => "accepted the changes to ",
    };
    join(&[
        "The service ",
        what,
        &visible(name),
        ", and does not show it yet. Steward looks again for a minute.",
    ])
}

/// That it shows now.
#[must_use]
pub fn shown_later(name: &str, operation: Operation) -> String {
    let (before, after) = match operation {
        Operation::Archive => ("", " is archived. The service shows it now."),
        Operation::Create => ("", " is created. The service shows it now."),
        Operation::Manage => ("The members of ", " are changed. The service shows it now."),
        _ => ("Changes to ", " are saved. The service shows them now."),
    };
    join(&[before, &visible(name), after])
}

/// That it does not show after all that time.
#[must_use]
pub fn never_shown(name: &str, operation: Operation) -> String {
    let what = match operation {
        Operation::Archive => " archived",
        Operation::Create => "",
        Operation::Manage => " with other members",
        _ => " as it was sent",
    };
    join(&[
        "A minute after it accepted this, the service does not show ",
        &visible(name),
        what,
        ". It is not known whether it will. Load it again before you decide.",
    ])
}

/// The same of several that were to be archived together. More than a few are counted, since the report has them all.
#[must_use]
pub fn never_shown_archived(names: &[String]) -> String {
    let named = match names.get(..FEW) {
        Some(few) if names.len() > FEW + 1 => {
            let more = intl::number(names.len() - FEW);
            join(&[&few.join(", "), " and ", &more, " more"])
        }
        _ => list(names),
    };
    join(&[
        "A minute after it accepted this, the service does not show ",
        &named,
        " archived. It is not known whether it will. Load the list again before you decide.",
    ])
}

/// What a service keeps in a field in place of what was sent.
#[must_use]
pub fn kept(words: &str) -> String {
    match words.is_empty() {
        true => "The service left this empty.".to_owned(),
        false => join(&[
            "The service keeps \u{201c}",
            &visible(words),
            "\u{201d} here.",
        ]),
    }
}

/// What a service answered with in place of what was sent, while it shows what was there before.
#[must_use]
pub fn answered(words: &str) -> String {
    let with = match words.is_empty() {
        true => "nothing".to_owned(),
        false => join(&["\u{201c}", &visible(words), "\u{201d}"]),
    };
    join(&[
        "The service answered with ",
        &with,
        " here, and still shows what was there before.",
    ])
}

/// That a workspace has changed, but not as it was sent.
#[must_use]
pub fn saved_differently(name: &str, kept: &Change) -> String {
    join(&[
        "Changes to ",
        &visible(name),
        " are saved, but not as they were sent. ",
        &kept_fields(kept),
    ])
}

/// The same after another sentence.
#[must_use]
pub fn with_kept(said: String, kept: &Change) -> String {
    join(&[&said, " ", &kept_fields(kept)])
}

/// What the service said is left to do of something that it did.
#[must_use]
pub fn left_to_do(words: &str) -> String {
    join(&["The service says: \u{201c}", &visible(words), "\u{201d}"])
}

/// The same after another sentence.
#[must_use]
pub fn with_left(said: String, left: Option<&str>) -> String {
    match left {
        Some(words) => join(&[&said, " ", &left_to_do(words)]),
        None => said,
    }
}

/// Which fields a service keeps otherwise.
#[must_use]
pub fn kept_fields(kept: &Change) -> String {
    let names: Vec<String> = kept
        .fields()
        .map(|one| field(one.field).to_owned())
        .collect();
    join(&["The service keeps another value in ", &list(&names), "."])
}
