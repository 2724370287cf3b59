//! What counts as done: the one rule for every write.
//!
//! Guarantees: a write is done only when its answer, or a reading after it, is about the very object that was
//! written and shows the change. A success status alone proves nothing, and a reading that says the opposite is
//! never overruled. Nobody outside this crate can make a [`Confirmed`]: inside it [`conclude`] does, and a verb that has
//! read the object itself says so by [`Confirmed::shown`], which is the one place to look at. Must not know what was written.

use std::future::Future;

use steward_domain::failure::{Changed, Failure, FailureKind, Operation, Unreadable};
use steward_domain::merge::Trace;
use steward_providers::http::Reply;

use crate::read::Read;

/// Something that is done.
#[derive(Clone, PartialEq, Debug)]
pub struct Confirmed<T> {
    /// What there is now, as far as the verb tells it.
    pub value: T,
    /// How it is known.
    pub evidence: Evidence,
    /// The id under which the service logged the request whose reply confirmed it, if it gave one.
    pub request_id: Option<String>,
    /// What the service said is left to do ([`Evidence::InPart`]), in its own words.
    pub left: Option<String>,
    /// Keeps everybody outside this crate from making one.
    _proof: Proof,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Proof;

/// How it is known that something is done.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Evidence {
    /// The service answered that it did it, and its answer or a reading shows it.
    Answered,
    /// The answer was lost; reading again shows it done.
    ConfirmedByReading,
    /// The service has it already, by whomever: nothing was sent, or what was sent was refused.
    AlreadyThere,
    /// What was to be archived is not there any more, at a service that does not show archived
    /// workspaces: archived by somebody else, or closed to me.
    Gone,
    /// Done, but not as it was sent: the service keeps other values in some places.
    Differently,
    /// Done, while the service refused in words that say so, and that something is left to do.
    InPart,
}

/// A write that is not shown to be done.
#[derive(Debug)]
pub(crate) struct Undone<T> {
    /// What is known about it.
    pub(crate) failure: Failure,
    /// What the service shows instead, if it could be read.
    pub(crate) found: Option<Read<T>>,
}

impl<T> Confirmed<T> {
    /// What a reading, or an answer about the object itself, has shown.
    pub(crate) fn shown(value: T, evidence: Evidence, request_id: Option<String>) -> Self {
        Self {
            value,
            evidence,
            request_id,
            left: None,
            _proof: Proof,
        }
    }

    /// The same evidence for less of it, or for what follows from it.
    pub(crate) fn map<U>(self, made: impl FnOnce(T) -> U) -> Confirmed<U> {
        Confirmed {
            value: made(self.value),
            evidence: self.evidence,
            request_id: self.request_id,
            left: self.left,
            _proof: self._proof,
        }
    }

    /// What a reading has shown of something that the service refused in words which say that it was done.
    pub(crate) fn in_part(value: T, refusal: Failure) -> Self {
        Self {
            left: refusal.service.message,
            ..Self::shown(value, Evidence::InPart, refusal.service.request_id)
        }
    }
}

/// Decides whether a write is done.
///
/// `answer` is the reply to it: the object, if the service sent it along, already held against what was asked for
/// ([`about`]); `is_late` says that it is only accepted ([`is_only_accepted`]), so that whatever else stands in it is no
/// answer yet. `shows` says how much of the change an object shows. `read` reads the object after the write; it is
/// asked only where the answer does not show the whole change.
///
/// # Errors
/// When neither shows the whole change. [`Failure::changed`] is then `No` if the service refused, or if its answer was
/// lost and the reading shows everything as it was; else `Perhaps`. A success that nothing shows is
/// [`FailureKind::NotShown`].
pub(crate) async fn conclude<T>(
    operation: Operation,
    answer: Result<Option<T>, Failure>,
    (answered_as, is_late): (Option<String>, bool),
    shows: &dyn Fn(&T) -> Trace,
    read: impl Future<Output = Result<Read<T>, Failure>>,
) -> Result<Confirmed<T>, Undone<T>> {
    let failure = match answer {
        Ok(Some(value)) if shows(&value) == Trace::Whole => {
            return Ok(Confirmed::shown(value, Evidence::Answered, answered_as));
        }
        Ok(_) => accepted(operation, answered_as.clone()),
        Err(failure) if says_nothing(&failure, is_late) => accepted(operation, answered_as.clone()),
        Err(failure) => failure,
    };
    let (value, read_as) = match read.await {
        Ok(read) => read,
        Err(_) => {
            return Err(Undone {
                failure,
                found: None,
            });
        }
    };
    let failure = match (shows(&value), failure.changed) {
        (Trace::Whole, _) if failure.admits_effect() => {
            return Ok(Confirmed::in_part(value, failure));
        }
        (Trace::Whole, changed) => {
            let (evidence, request_id) = match (&failure.kind, changed) {
                (FailureKind::NotShown, _) => (Evidence::Answered, answered_as),
                (_, Changed::No) => (Evidence::AlreadyThere, read_as),
                (_, Changed::Perhaps) => (Evidence::ConfirmedByReading, read_as),
            };
            return Ok(Confirmed::shown(value, evidence, request_id));
        }
        (Trace::Nothing, Changed::Perhaps) => not_shown(failure),
        // Refused, or neither what was wanted nor what was there before: no more is known than before.
        (_, Changed::No) | (Trace::Blurred, Changed::Perhaps) => failure,
    };
    Err(Undone {
        failure,
        found: Some((value, read_as)),
    })
}

/// Whether a success holds no word about the object: it is empty, or only accepted with something else in it.
pub(crate) fn says_nothing(failure: &Failure, is_late: bool) -> bool {
    let is_empty = failure.kind == FailureKind::Unreadable(Unreadable::Empty);
    is_empty || is_late && failure.is_unseen()
}

/// What is known after the service accepted a write and nothing has shown its effect yet.
pub(crate) fn accepted(operation: Operation, request_id: Option<String>) -> Failure {
    let mut failure = Failure::new(operation, FailureKind::NotShown);
    failure.service.request_id = request_id;
    failure
}

/// The id of the request that a reply answers, if the service gave it one.
pub(crate) fn request_id(reply: &Result<Reply, Failure>) -> Option<String> {
    reply.as_ref().ok()?.request_id.clone()
}

/// Whether a reply says no more than that the request will be worked on (RFC 9110 section 15.3.3).
pub(crate) fn is_only_accepted(reply: &Result<Reply, Failure>) -> bool {
    reply.as_ref().is_ok_and(|reply| reply.status == 202)
}

/// What is known about a write of unknown outcome, after reading did not show it.
pub(crate) fn not_shown(failure: Failure) -> Failure {
    // After a success the effect may only be late.
    let changed = match failure.is_unseen() {
        true => Changed::Perhaps,
        false => Changed::No,
    };
    Failure { changed, ..failure }
}

/// Holds what was read against what was asked for: an answer about something else is no answer.
pub(crate) fn about<T>(
    operation: Operation,
    asked: bool,
    value: T,
    request_id: Option<&String>,
) -> Result<T, Failure> {
    if asked {
        return Ok(value);
    }
    let kind = FailureKind::Unreadable(Unreadable::AnotherObject);
    let mut failure = Failure::new(operation, kind);
    failure.service.request_id = request_id.cloned();
    Err(failure)
}

/// Whether a service itself says that something is not there. A 404 without a word may come from whatever stands in
/// front of the service, so that it proves nothing about the object.
pub(crate) fn says_gone(failure: &Failure) -> bool {
    let words = &failure.service;
    failure.kind == FailureKind::NotFound && (words.message.is_some() || words.code.is_some())
}
