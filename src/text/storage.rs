//! What is said about buckets and repositories that stand in the way of archiving.

use steward_domain::blocker::{Blocker, Check};
use steward_flows::Evidence;

use super::{blocker, counted, join, visible};

#[expect(missing_docs, reason = "each constant is its own text")]
mod words {
    pub const KEEP_STORED: &str = "Keep it";
    pub const DELETING: &str = "Deleting";
    pub const ANOTHER_DELETION: &str = "Another one is being deleted.";
    pub const CHECK_DELETED_FIRST: &str = "Check again first: it may be deleted already.";
}
pub use words::*;

/// How many stand in the way.
#[must_use]
pub fn stored_in_the_way(repositories: usize, buckets: usize) -> String {
    let repositories =
        (repositories > 0).then(|| counted(repositories, "repository", "repositories"));
    let buckets = (buckets > 0).then(|| counted(buckets, "bucket", "buckets"));
    let both: Vec<String> = repositories.into_iter().chain(buckets).collect();
    join(&[&both.join(" and "), " must be deleted first"])
}

/// What the button that deletes one says.
#[must_use]
pub fn delete_kind(check: Check) -> &'static str {
    match check {
        Check::Repositories => "Delete repository",
        _ => "Delete bucket",
    }
}

/// The accessible name of the buttons that delete one.
#[must_use]
pub fn delete(row: &Blocker) -> String {
    join(&[
        delete_kind(row.check),
        ": ",
        &blocker(row),
        ", ",
        &visible(&row.id),
    ])
}

/// What is lost, before it is sent.
#[must_use]
pub fn delete_means(service: &str, row: &Blocker) -> String {
    let for_good = row.stored.as_ref().is_some_and(|stored| stored.for_good);
    let name = blocker(row);
    match (row.check, for_good) {
        (Check::Repositories, true) => join(&[
            service,
            " deletes the repository “",
            &name,
            "” for good, and the buckets in it with it: it belongs to a Web3 wallet. Whatever works \
             with it or its keys stops. This cannot be taken back.",
        ]),
        (Check::Repositories, false) => join(&[
            service,
            " marks the repository “",
            &name,
            "” as deleted; its buckets stay. Where it was made with a Web3 wallet, it and its buckets \
             are deleted for good. Whatever works with it or its keys stops. There is no way here to \
             take this back.",
        ]),
        _ => join(&[
            service,
            " takes the bucket “",
            &name,
            "” out of its system and calls that irreversible. Whatever reaches its data through ",
            service,
            " stops. There is no way here to take this back.",
        ]),
    }
}

/// A deletion that is done while its line is still there.
#[must_use]
pub fn deleted(evidence: Evidence) -> &'static str {
    match evidence {
        Evidence::Answered | Evidence::Differently | Evidence::InPart => {
            "The service deleted it, and lists it no more."
        }
        Evidence::ConfirmedByReading => {
            "The answer was lost, so the list was read again: it is deleted."
        }
        Evidence::AlreadyThere | Evidence::Gone => "It was deleted already.",
    }
}

/// Why a bucket cannot be deleted yet.
#[must_use]
pub fn used_by(repositories: &[String]) -> String {
    let which = match repositories.len() {
        1 => "the repository that uses it",
        _ => "the repositories that use it",
    };
    join(&["First delete ", which, ": ", &repositories.join(", ")])
}

/// Why something cannot be deleted from here at all.
#[must_use]
pub fn not_said_to_be_here(service: &str) -> String {
    join(&[
        service,
        " does not say that it is in this workspace, so it cannot be deleted from here.",
    ])
}
