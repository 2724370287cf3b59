//! What a write came to, and by which reply that is known.
//!
//! Guarantees: there is a receipt only for what the service said or showed. Must not know what was
//! written.

use steward_domain::failure::{Changed, Failure, FailureKind, Unreadable};
use steward_providers::http::Reply;

/// Something that is done.
#[derive(Clone, PartialEq, Debug)]
pub struct Done<T> {
    /// What there is now, as far as the verb tells it.
    pub value: T,
    /// How it is known.
    pub how: How,
    /// The id under which the service logged the request whose reply confirmed it, if it gave one.
    pub request_id: Option<String>,
}

/// How it is known that something is done.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum How {
    /// The service answered that it did it.
    Answered,
    /// The answer was lost; reading again shows it done.
    ConfirmedByReading,
    /// The service has it already, by whomever: nothing was sent, or what was sent was refused.
    AlreadyThere,
    /// What was to be archived is not there any more, at a service that does not show archived
    /// workspaces: archived by somebody else, or closed to me.
    Gone,
}

impl<T> Done<T> {
    pub(crate) fn answered(value: T, request_id: Option<String>) -> Self {
        Self {
            value,
            how: How::Answered,
            request_id,
        }
    }
}

/// The id of the request that a reply answers, if the service gave it one.
pub(crate) fn request_id(reply: &Result<Reply, Failure>) -> Option<String> {
    reply.as_ref().ok()?.request_id.clone()
}

/// What is known about a write of unknown outcome, after reading did not show it.
pub(crate) fn not_shown(failure: Failure) -> Failure {
    let changed = match failure.kind {
        // A success status came, so that the effect may only be late.
        FailureKind::NotShown
        | FailureKind::Unreadable(
            Unreadable::Empty
            | Unreadable::Truncated
            | Unreadable::OtherShape
            | Unreadable::AnotherObject,
        ) => Changed::Perhaps,
        _ => Changed::No,
    };
    Failure { changed, ..failure }
}

/// The same after reading showed neither what was wanted nor what was there before.
pub(crate) fn blurred(failure: Failure) -> Failure {
    Failure {
        changed: Changed::Perhaps,
        ..failure
    }
}
