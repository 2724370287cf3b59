//! Sentences about what failed: what, why, whether anything changed, and what to do.

use steward_domain::failure::{Changed, Failure, FailureKind, Operation, Unreadable};

use super::{CHECK_BEFORE, CREATED_PERHAPS, counted, join};

/// What failed.
#[must_use]
pub fn failure_title(failure: &Failure) -> String {
    let what = match failure.operation {
        Operation::List => "The list could not be loaded",
        Operation::Open => "The workspace could not be loaded",
        Operation::Members => "The members could not be loaded",
        Operation::Save => "The changes were not saved",
        Operation::Archive => "The workspace was not archived",
        Operation::Create => "The workspace was not created",
        Operation::Manage => "The members were not changed",
        Operation::People => "The people who can be added could not be loaded",
        Operation::Keys => "The API keys could not be loaded",
        Operation::Blockers => "What stands in the way could not be loaded",
        Operation::Cancel => "The subscription was not cancelled",
        Operation::Delete => "It was not deleted",
        Operation::SignIn | Operation::WhoAmI => "Signing in did not work",
        Operation::Refresh => "The session could not be renewed",
    };
    match (failure.operation, failure.changed) {
        (Operation::Save, Changed::Perhaps) => "It is not known whether the changes were saved",
        (Operation::Archive, Changed::Perhaps) => {
            "It is not known whether the workspace was archived"
        }
        (Operation::Create, Changed::Perhaps) => {
            "It is not known whether the workspace was created"
        }
        (Operation::Manage, Changed::Perhaps) => "It is not known whether the members were changed",
        (Operation::Cancel, Changed::Perhaps) => {
            "It is not known whether the subscription was cancelled"
        }
        (Operation::Delete, Changed::Perhaps) => "It is not known whether it was deleted",
        _ => what,
    }
    .to_owned()
}

/// What failed where a part of a list is shown, and never was all of it.
pub const LIST_BROKE_OFF: &str = "The list could not be loaded completely";

/// How much of it this load brought.
#[must_use]
pub fn broke_off(count: usize) -> String {
    const NOT_COMPLETE: &str = "The list is not complete.";
    match count {
        0 => NOT_COMPLETE.to_owned(),
        _ => join(&[&super::arrived(count, false), ". ", NOT_COMPLETE]),
    }
}

/// Why it failed, whether anything changed, and what to do. Where the time until the service can be
/// asked again is `counted` down beside it, that is not said twice.
#[must_use]
pub fn failure_text(failure: &Failure, counted: bool) -> String {
    let waits = counted && failure.changed == Changed::No && failure.asks_for_pause();
    let advice = if waits {
        String::new()
    } else {
        advice(failure)
    };
    join(&[&why(failure), " ", changed(failure), &advice])
}

pub(super) fn why(failure: &Failure) -> String {
    match &failure.kind {
        FailureKind::SignedOut => match failure.operation {
            Operation::WhoAmI => "The service does not accept this token.",
            Operation::SignIn => "The service does not accept this sign-in.",
            _ => "The service no longer accepts this session.",
        },
        FailureKind::Forbidden => match failure.operation {
            Operation::WhoAmI => "The service does not let this credential administer anything.",
            // One status for both: its words say which.
            Operation::Delete => {
                "The service does not allow it: something still uses it, or your role does not reach."
            }
            _ => "The service does not allow you to do this.",
        },
        FailureKind::NotFound => match failure.operation {
            Operation::Cancel => {
                "The service has no such subscription, or does not show it to you."
            }
            Operation::Delete => "The service has no such thing, or does not show it to you.",
            // There is none yet that could be missing: what is not found is the place for it.
            Operation::Create => {
                "The service does not offer to make workspaces here, or not to you."
            }
            Operation::SignIn | Operation::WhoAmI => {
                "The service has nothing at the address that is configured for signing in."
            }
            Operation::List => "The service has no list at the address that is configured.",
            _ => "The service has no such workspace, or does not show it to you.",
        },
        FailureKind::Conflict | FailureKind::InUse => {
            "The service refuses while something else stands in the way."
        }
        FailureKind::Invalid(_) => "The service found something wrong with the request.",
        FailureKind::RateLimited(_) => "The service received too many requests.",
        FailureKind::ServiceFault(_) => "The service failed.",
        FailureKind::PaymentRequired => {
            "The service refuses until something about its billing is settled."
        }
        FailureKind::Refused => "The service refused, in a way its contract does not describe.",
        FailureKind::Unreachable => "The service could not be reached, or the connection broke.",
        FailureKind::TimedOut => "The service did not answer in time.",
        FailureKind::Redirected => {
            "Something in front of the service answered with a redirect, as a gateway does when its \
             sign-in is over."
        }
        FailureKind::NotShown => "The service accepted the request and does not show its effect yet.",
        FailureKind::NeverShown => {
            "The service accepted the request and did not show its effect within a minute."
        }
        FailureKind::NotAsSent => "The service answered with success and kept the values that it had.",
        FailureKind::Unreadable(why) => match why {
            Unreadable::Empty => "The service answered with nothing.",
            Unreadable::WebPage => {
                "A web page came instead of data. A proxy or a sign-in page of your network may \
                 stand in between."
            }
            Unreadable::Truncated => "The answer broke off in the middle.",
            Unreadable::OtherShape => "The answer does not look as the contract says.",
            Unreadable::AnotherObject => "The answer is about something else than what was asked for.",
        },
    }
    .to_owned()
}

pub(super) fn changed(failure: &Failure) -> &'static str {
    match failure.changed {
        _ if !failure.operation.writes() => "",
        Changed::No => "Nothing has changed. ",
        Changed::Perhaps => "It may have changed all the same. ",
    }
}

/// What to do first where something may have changed.
pub(super) fn perhaps(failure: &Failure) -> Option<String> {
    if failure.changed == Changed::No {
        return None;
    }
    let text = match failure.operation {
        Operation::Create => CREATED_PERHAPS,
        Operation::Cancel | Operation::Delete => CHECK_BEFORE,
        _ => "Load the workspace again before you decide.",
    };
    Some(text.to_owned())
}

/// Whether something goes along that a person has typed or chosen. What a list is asked for with, nobody can change.
fn is_typed(operation: Operation) -> bool {
    let signs_in = matches!(
        operation,
        Operation::SignIn | Operation::WhoAmI | Operation::Refresh
    );
    signs_in || operation.writes()
}

fn advice(failure: &Failure) -> String {
    let wait = |seconds: &Option<u32>| match seconds {
        Some(seconds) => {
            let seconds = usize::try_from(*seconds).unwrap_or(usize::MAX);
            join(&["Try again in ", &counted(seconds, "second", "seconds"), "."])
        }
        None => "Wait a moment, then try again.".to_owned(),
    };
    if let Some(look) = perhaps(failure) {
        return look;
    }
    match &failure.kind {
        FailureKind::RateLimited(seconds) | FailureKind::ServiceFault(seconds) => wait(seconds),
        FailureKind::SignedOut => "Sign in again.".to_owned(),
        FailureKind::Forbidden => match failure.operation {
            Operation::SignIn | Operation::WhoAmI => "Sign in with one that is allowed to.",
            _ => "Your role is being checked again.",
        }
        .to_owned(),
        FailureKind::NotFound => match failure.operation {
            Operation::Create => "Show the details to whoever runs the service.",
            Operation::SignIn | Operation::WhoAmI | Operation::List => {
                "Show the details to whoever runs Steward."
            }
            _ => "Load the list again.",
        }
        .to_owned(),
        FailureKind::Conflict | FailureKind::InUse => {
            "Clear what stands in the way, then try again.".to_owned()
        }
        FailureKind::Invalid(_) => match is_typed(failure.operation) {
            true => "Change it and try again.",
            false => "Load it again. If it stays so, show the details to whoever runs Steward.",
        }
        .to_owned(),
        FailureKind::Unreachable => "Check your connection, then try again.".to_owned(),
        FailureKind::TimedOut => "Try again.".to_owned(),
        FailureKind::Redirected => {
            "Sign in at the gateway again, or show the details to whoever runs Steward.".to_owned()
        }
        FailureKind::NotShown | FailureKind::NeverShown => "Load it again in a moment.".to_owned(),
        FailureKind::NotAsSent => {
            "Try other values, or show the details to whoever runs the service.".to_owned()
        }
        FailureKind::PaymentRequired => {
            "Settle it at the service, or show the details to whoever pays there; then try again."
                .to_owned()
        }
        FailureKind::Refused | FailureKind::Unreadable(_) => {
            "Try again. If it stays so, show the details to whoever runs the service.".to_owned()
        }
    }
}

/// What an attempt came to, in a few words.
#[must_use]
pub fn outcome(failure: &Failure) -> &'static str {
    match failure.changed {
        Changed::Perhaps if failure.kind == FailureKind::NotShown => super::ACCEPTED,
        _ if failure.kind == FailureKind::NotAsSent => "Not as sent",
        Changed::No => "Refused",
        Changed::Perhaps => "Not known",
    }
}
