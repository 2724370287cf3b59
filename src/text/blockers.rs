//! What is said about the checks before archiving, and about what stands in the way of it.

use steward_domain::blocker::{Blocker, BlockerState, Check};
use steward_domain::failure::Failure;
use steward_domain::provider::Description;
use steward_domain::role::Role;
use steward_flows::How;

use super::{counted, failure_text, join, role, visible};
use crate::browser::intl;

#[expect(missing_docs, reason = "each constant is its own text")]
mod words {
    pub const CHECKS_RUNNING: &str = "Checking what stands in the way";
    pub const CHECKS_PASSED: &str = "Nothing stands in the way";
    pub const CHECKS_OWN: &str = "Before you archive";
    pub const CHECKS_UNKNOWN: &str = "Not everything could be checked";
    pub const CHECK_AGAIN: &str = "Check again";
    pub const CHECKING: &str = "Checking";
    pub const CHECK_BEFORE: &str = "Check again before you decide.";
    pub const STILL_LOOKING: &str = "Nothing has changed. Looking for what stands in the way.";
    pub const CHECKS_SLOW: &str =
        "The service takes long to answer. You can wait, or archive without knowing.";
    pub const GO_AHEAD: &str = "Archive without knowing this";
    pub const GO_AHEAD_FIRST: &str =
        "Available once everything is checked, or you choose to archive without knowing.";
    pub const AFTER_CHECKS: &str = "Available once the checks are done.";
    pub const AFTER_BLOCKERS: &str = "Available once nothing stands in the way any more.";
    pub const SHOW_ALL: &str = "Show all";
    pub const STANDING_LIST: &str = "What stands in the way";

    pub const CANCEL_SUBSCRIPTION: &str = "Cancel subscription";
    pub const KEEP_SUBSCRIPTION: &str = "Keep subscription";
    pub const CANCELLING: &str = "Cancelling the subscription";
    pub const ANOTHER_CANCELLING: &str = "Another one is being cancelled.";
    pub const CHECK_FIRST: &str = "Check again first: it may be cancelled already.";
    pub const COPY_BLOCKER_ID: &str = "Copy id";

    pub const BLOCKER_ACTIVE: &str = "Active";
    pub const BLOCKER_ENDING: &str = "Ending";
    pub const BLOCKER_IN_USE: &str = "In use";
    pub const BLOCKER_CLEARED: &str = "No longer in the way";
    pub const BLOCKER_UNKNOWN: &str = "Not known";
}
pub use words::*;

/// How many stand in the way.
#[must_use]
pub fn in_the_way(subscriptions: &[&Blocker], organizations: usize) -> String {
    let active = |row: &&&Blocker| row.state == BlockerState::Active;
    let all_active = subscriptions.iter().filter(active).count() == subscriptions.len();
    let subs = match all_active {
        true => counted(
            subscriptions.len(),
            "active subscription",
            "active subscriptions",
        ),
        false => counted(subscriptions.len(), "subscription", "subscriptions"),
    };
    match (subscriptions.len(), organizations) {
        (_, 0) => join(&[&subs, " must end first"]),
        (0, _) => counted(
            organizations,
            "organization is still in use",
            "organizations are still in use",
        ),
        _ => join(&[
            &subs,
            " and ",
            &counted(organizations, "organization", "organizations"),
            " stand in the way",
        ]),
    }
}

/// What that means, before anything was sent or after the service refused.
#[must_use]
pub fn refuses_while(service: &Description, refused: Option<&Failure>) -> String {
    match refused {
        None => join(&[
            "Nothing has been sent. ",
            service.name,
            " refuses to archive while they stand.",
        ]),
        Some(failure) => {
            let code = failure.service.code.as_deref();
            let with = code.map_or(String::new(), |code| join(&[" with ", code]));
            join(&[
                "Nothing has changed. ",
                service.name,
                " refused",
                &with,
                ".",
            ])
        }
    }
}

/// What it means that a check could not be made.
#[must_use]
pub fn may_refuse(service: &Description) -> String {
    join(&[
        service.name,
        " refuses while something stands in the way. It is not known whether anything does.",
    ])
}

/// The way is free after all.
#[must_use]
pub fn ready(name: &str) -> String {
    join(&["Ready: ", &visible(name), " can be archived"])
}

/// What my role says about archiving.
#[must_use]
pub fn role_allows(mine: Option<&Role>) -> String {
    match mine {
        Some(role) => join(&["Your role allows it: ", &self::role(role)]),
        None => "Your access allows it".to_owned(),
    }
}

/// A check that found nothing.
#[must_use]
pub fn check_passed(check: Check) -> &'static str {
    match check {
        Check::Subscriptions => "No active subscriptions",
        Check::Usage => "No organizations in use",
        Check::Storage => "No buckets or repositories",
        Check::Role | Check::AlreadyArchived | Check::Protected => "Allowed",
    }
}

/// What a check looks for.
#[must_use]
pub fn check(check: Check) -> &'static str {
    match check {
        Check::Subscriptions => "Active subscriptions",
        Check::Usage => "Organizations in use",
        Check::Storage => "Buckets or repositories",
        Check::Role => "Your role",
        Check::AlreadyArchived => "Archived already",
        Check::Protected => "Protected",
    }
}

/// A check that could not be made, or only in part. A pause is counted down beside it.
#[must_use]
pub fn could_not_check(failure: &Failure, in_part: bool) -> String {
    let start = match in_part {
        true => "There may be more: the list could not be read to its end. ",
        false => "Could not check. ",
    };
    join(&[start, &failure_text(failure, true)])
}

/// A check that the service offers no way to make.
#[must_use]
pub fn cannot_be_listed(service: &str) -> String {
    join(&[
        "Could not be listed by this service: ",
        service,
        " looks itself when it is asked to archive.",
    ])
}

/// What a blocker is called.
#[must_use]
pub fn blocker(row: &Blocker) -> String {
    match (&row.name, row.check) {
        (Some(name), _) => visible(name),
        (None, Check::Usage) => "Organization".to_owned(),
        (None, _) => "Subscription".to_owned(),
    }
}

/// A state in a word.
#[must_use]
pub fn blocker_state(row: &Blocker) -> String {
    match (&row.state, row.check) {
        (BlockerState::Active, Check::Usage) => BLOCKER_IN_USE,
        (BlockerState::Active, _) => BLOCKER_ACTIVE,
        (BlockerState::Ending, _) => BLOCKER_ENDING,
        (BlockerState::Ended, _) => BLOCKER_CLEARED,
        (BlockerState::Unknown(word), _) if word.is_empty() => BLOCKER_UNKNOWN,
        (BlockerState::Unknown(word), _) => return visible(word),
    }
    .to_owned()
}

/// What else is known about a blocker, in a line.
#[must_use]
pub fn blocker_facts(row: &Blocker) -> String {
    let mut parts = Vec::new();
    let quantity = row.quantity.and_then(|count| usize::try_from(count).ok());
    if let Some(count) = quantity {
        parts.push(match row.check {
            Check::Usage => counted(count, "resource in use", "resources in use"),
            _ => join(&["Quantity ", &intl::number(count)]),
        });
    }
    let date = row.until.map(|until| intl::date(until.as_millis()));
    match (&row.state, date) {
        (BlockerState::Ending, Some(date)) => {
            parts.push(join(&[
                "Cancelled, ends ",
                &date,
                ". It may count until then.",
            ]));
        }
        (BlockerState::Ending, None) => {
            parts.push("Cancelled. It may count until its period ends.".to_owned());
        }
        (BlockerState::Unknown(_), _) => {
            parts.push("A state not known here, so it counts".to_owned());
        }
        (BlockerState::Active, Some(date)) => parts.push(join(&["Renews ", &date])),
        _ => {}
    }
    if let Some(payer) = &row.payer {
        parts.push(visible(&payer.name));
    }
    parts.join(" · ")
}

/// The accessible name of the button that begins a cancelling.
#[must_use]
pub fn cancel(row: &Blocker) -> String {
    join(&[
        CANCEL_SUBSCRIPTION,
        ": ",
        &blocker(row),
        ", ",
        &visible(&row.id),
    ])
}

/// What a cancelling does, before it is done.
#[must_use]
pub fn cancel_means(service: &str, row: &Blocker) -> String {
    let date = row.until.map(|until| intl::date(until.as_millis()));
    let when = date.map_or(String::new(), |date| join(&[", ", &date]));
    join(&[
        service,
        " ends ",
        &visible(&row.id),
        " at the end of the period that is paid for",
        &when,
        ". Until then it may still count. There is no way here to take this back.",
    ])
}

/// A cancelling that is done while the service still lists the subscription.
#[must_use]
pub fn cancelled(how: How) -> &'static str {
    match how {
        How::Answered | How::Differently => "The service cancelled it.",
        How::ConfirmedByReading => {
            "The answer was lost, so the subscriptions were read again: it is cancelled."
        }
        How::AlreadyThere | How::Gone => "It was cancelled already.",
    }
}

/// The accessible name of a link to something at the service.
#[must_use]
pub fn open_at(service: &str, row: &Blocker) -> String {
    join(&["Open ", &blocker(row), " at ", service, ", in a new tab"])
}
