//! What is said about the checks before archiving, and about what stands in the way of it.

use steward_domain::blocker::{Blocker, BlockerState, Cancellation, Check, Claim, Product};
use steward_domain::failure::Failure;
use steward_domain::invoice::{Money, Preview};
use steward_domain::provider::Description;
use steward_domain::role::Role;
use steward_domain::time::Timestamp;
use steward_flows::Evidence;

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
    pub const CHECK_FIRST: &str = "Check again first: it may be over already.";
    pub const PREVIEWING: &str = "Asking what it saves.";
    pub const COPY_BLOCKER_ID: &str = "Copy id";

    pub const BLOCKER_ACTIVE: &str = "Active";
    pub const BLOCKER_TRIALING: &str = "In trial";
    pub const BLOCKER_PAST_DUE: &str = "Payment overdue";
    pub const BLOCKER_UNPAID: &str = "Unpaid";
    pub const BLOCKER_INCOMPLETE: &str = "First payment missing";
    pub const BLOCKER_PAUSED: &str = "Paused";
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
        Check::Repositories => "No repositories",
        Check::Buckets => "No buckets",
        Check::Role | Check::AlreadyArchived | Check::Protected => "Allowed",
    }
}

/// What a check looks for.
#[must_use]
pub fn check(check: Check) -> &'static str {
    match check {
        Check::Subscriptions => "Active subscriptions",
        Check::Usage => "Organizations in use",
        Check::Repositories => "Repositories",
        Check::Buckets => "Buckets",
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

/// What a blocker is called: by its name, or by what it is for.
#[must_use]
pub fn blocker(row: &Blocker) -> String {
    match (&row.name, row.check) {
        (Some(name), _) => visible(name),
        (None, Check::Usage) => "Organization".to_owned(),
        (None, Check::Repositories) => "Repository".to_owned(),
        (None, Check::Buckets) => "Bucket".to_owned(),
        (None, _) if row.products.is_empty() => "Subscription".to_owned(),
        (None, _) => {
            let products: Vec<String> = row.products.iter().map(product).collect();
            products.join(", ")
        }
    }
}

fn product(of: &Product) -> String {
    let count = of.quantity.and_then(|count| usize::try_from(count).ok());
    match (of.kind.as_str(), count) {
        ("locations", Some(count)) => counted(count, "location", "locations"),
        ("users", Some(count)) => counted(count, "user", "users"),
        ("sso", Some(count)) => counted(count, "single sign-on", "single sign-ons"),
        (kind, Some(count)) => join(&[&intl::number(count), " × ", &visible(kind)]),
        (kind, None) => visible(kind),
    }
}

/// A state in a word.
#[must_use]
pub fn blocker_state(row: &Blocker) -> String {
    match (&row.state, row.check) {
        (BlockerState::Active, Check::Usage) => BLOCKER_IN_USE,
        (BlockerState::Active, Check::Repositories) => "Repository",
        (BlockerState::Active, Check::Buckets) => "Bucket",
        (BlockerState::Active, _) => BLOCKER_ACTIVE,
        (BlockerState::Trialing, _) => BLOCKER_TRIALING,
        (BlockerState::PastDue, _) => BLOCKER_PAST_DUE,
        (BlockerState::Unpaid, _) => BLOCKER_UNPAID,
        (BlockerState::Incomplete, _) => BLOCKER_INCOMPLETE,
        (BlockerState::Paused, _) => BLOCKER_PAUSED,
        (BlockerState::Ended, _) => BLOCKER_CLEARED,
        (BlockerState::Unknown(word), _) if word.is_empty() => BLOCKER_UNKNOWN,
        (BlockerState::Unknown(word), _) => return visible(word),
    }
    .to_owned()
}

fn date(moment: Timestamp) -> String {
    intl::date(moment.as_millis())
}

/// What else is known about a blocker, in a line; with what a cancellation of this session means.
#[must_use]
pub fn blocker_facts(row: &Blocker, claim: Option<Claim>) -> String {
    let mut parts = Vec::new();
    let quantity = row.quantity.and_then(|count| usize::try_from(count).ok());
    if let Some(count) = quantity {
        parts.push(counted(count, "resource in use", "resources in use"));
    }
    parts.extend(paid(row));
    match (&row.state, row.until.map(date), claim) {
        (BlockerState::Unknown(_), ..) => {
            parts.push("A state not known here, so it counts".to_owned());
        }
        (_, Some(date), Some(Claim::Scheduled)) => {
            parts.push(join(&["Cancelled here, runs until ", &date]));
        }
        (_, None, Some(Claim::Scheduled)) => {
            parts.push("Cancelled here, runs until its period ends".to_owned());
        }
        (BlockerState::Active, Some(date), None | Some(Claim::WentOn)) => {
            parts.push(join(&["Renews ", &date]));
        }
        (_, Some(date), _) => parts.push(join(&["Period ends ", &date])),
        _ => {}
    }
    if let Some(payer) = &row.payer {
        parts.push(visible(&payer.name));
    }
    parts.join(" · ")
}

/// How often it is paid, and in which currency.
fn paid(row: &Blocker) -> Option<String> {
    let mut intervals: Vec<String> = Vec::new();
    for interval in row.products.iter().filter_map(|of| of.interval.as_deref()) {
        let words = match interval {
            "month" => "monthly".to_owned(),
            "year" => "yearly".to_owned(),
            other => join(&["by ", &visible(other)]),
        };
        if !intervals.contains(&words) {
            intervals.push(words);
        }
    }
    let currency = row.currency.as_deref().map(str::to_ascii_uppercase);
    let currency = currency.map_or(String::new(), |code| join(&[" in ", &visible(&code)]));
    match intervals.is_empty() && currency.is_empty() {
        true => None,
        false => {
            let often = intervals.join(" and ");
            Some(join(&["Paid ", &often, &currency]).replace("  ", " "))
        }
    }
}

/// What is known of a cancellation of this session, of which the service shows nothing.
#[must_use]
pub fn cancellation(service: &str, row: &Blocker, sent: &Cancellation, claim: Claim) -> String {
    let at = intl::date_time(sent.at.as_millis());
    let end = row.until.map(date);
    match claim {
        Claim::Scheduled => join(&[
            "You cancelled it on ",
            &at,
            ", and ",
            service,
            " accepted that. It runs until ",
            &end.map_or_else(
                || "the end of its period".to_owned(),
                |end| join(&[&end, ", the end of its period"]),
            ),
            ", and counts until then. ",
            service,
            " does not show the cancellation.",
        ]),
        Claim::WentOn => join(&[
            "You cancelled it on ",
            &at,
            ", but it has gone on: its period now ends on ",
            &end.unwrap_or_default(),
            ". It is not cancelled.",
        ]),
        Claim::Unknown => {
            let end = end.map_or_else(
                || "its period has ended".to_owned(),
                |end| join(&["its period has ended on ", &end]),
            );
            join(&[
                "You sent a cancellation on ",
                &at,
                ", and the answer was lost. ",
                service,
                " does not show whether it holds: if the subscription still runs after ",
                &end,
                ", it does not. You can cancel it again; what a second time is answered is not \
                 documented.",
            ])
        }
    }
}

/// That all there is ends by itself, the last of it then.
#[must_use]
pub fn all_end(last: Option<Timestamp>) -> String {
    match last {
        Some(last) => join(&[
            " All of it is cancelled; the last of it ends on ",
            &date(last),
            ". Come back then.",
        ]),
        None => " All of it is cancelled and ends with its periods. Come back then.".to_owned(),
    }
}

/// One of a state that is not known cannot be cancelled from here.
#[must_use]
pub fn cannot_cancel(service: &str) -> String {
    join(&[
        "Steward does not know this state, and so does not cancel it. Look at it at ",
        service,
        ".",
    ])
}

/// What the service says that cancelling saves.
#[must_use]
pub fn preview(service: &str, preview: &Preview) -> String {
    let after = money(&preview.after);
    let Some(before) = &preview.before else {
        return join(&[
            service,
            " previews the next invoice once it is cancelled: ",
            &after,
            ".",
        ]);
    };
    let saved = preview.saves().map_or(String::new(), |saved| {
        join(&[" That saves ", &money(&saved), "."])
    });
    join(&[
        service,
        " previews the next invoice: ",
        &money(before),
        " as things stand, ",
        &after,
        " once it is cancelled.",
        &saved,
    ])
}

/// That the service does not say what cancelling saves.
#[must_use]
pub fn no_preview(failure: &Failure) -> String {
    join(&[
        "What it saves could not be read. ",
        &super::failures::why(failure),
    ])
}

/// Of the currencies that the service documents, as people write it; of others as it came.
fn money(of: &Money) -> String {
    let code = of.currency.to_ascii_uppercase();
    let known = ["USD", "ZAR", "EUR", "GBP", "AUD"]
        .into_iter()
        .find(|known| *known == code);
    #[allow(clippy::cast_precision_loss)]
    let amount = of.cents as f64 / 100.0;
    match known {
        Some(known) => intl::money(amount, known),
        None => join(&[&visible(&code), " ", &amount.to_string()]),
    }
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
    let when = row
        .until
        .map_or(String::new(), |until| join(&[", ", &date(until)]));
    join(&[
        service,
        " ends ",
        &visible(&row.id),
        " at the end of its period",
        &when,
        ". Until then it runs and counts, and ",
        service,
        " does not show that it is cancelled. There is no way here to take this back.",
    ])
}

/// A cancelling after which the service shows the subscription over.
#[must_use]
pub fn cancelled(evidence: Evidence) -> &'static str {
    match evidence {
        Evidence::Answered | Evidence::Differently | Evidence::InPart => {
            "The service cancelled it."
        }
        Evidence::ConfirmedByReading => {
            "The answer was lost, so the subscriptions were read again: it is over."
        }
        Evidence::AlreadyThere | Evidence::Gone => "It was over already.",
    }
}
