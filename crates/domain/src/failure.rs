//! How things go wrong, as a small closed type. `providers` makes it from replies, `flows` from
//! what happened to a request; everything above matches on it and never sees a status code.

use crate::field::Field;
use crate::id::WorkspaceId;

/// What was being done. Decides the words and whether anything can have changed.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Operation {
    /// Reading the list of workspaces.
    List,
    /// Reading one workspace.
    Open,
    /// Reading the members of a workspace.
    Members,
    /// Changing a workspace.
    Save,
    /// Archiving a workspace.
    Archive,
    /// Making a workspace.
    Create,
    /// Adding, changing or removing a member.
    Manage,
    /// Reading the people who can be added.
    People,
    /// Reading the API keys of a workspace.
    Keys,
    /// Reading what stands in the way of archiving a workspace.
    Blockers,
    /// Cancelling a subscription.
    Cancel,
    /// Deleting a bucket or repository.
    Delete,
    /// Signing in.
    SignIn,
    /// Renewing a session.
    Refresh,
    /// Reading who is signed in.
    WhoAmI,
}

impl Operation {
    /// Every operation.
    pub const ALL: [Self; 15] = [
        Self::List,
        Self::Open,
        Self::Members,
        Self::Save,
        Self::Archive,
        Self::Create,
        Self::Manage,
        Self::People,
        Self::Keys,
        Self::Blockers,
        Self::Cancel,
        Self::Delete,
        Self::SignIn,
        Self::Refresh,
        Self::WhoAmI,
    ];

    /// Whether it can change something at the service.
    #[must_use]
    pub fn writes(self) -> bool {
        matches!(
            self,
            Self::Save | Self::Archive | Self::Create | Self::Manage | Self::Cancel | Self::Delete
        )
    }
}

/// Something that did not work.
#[derive(Clone, PartialEq, Debug)]
pub struct Failure {
    /// What was being done.
    pub operation: Operation,
    /// What kind of thing went wrong.
    pub kind: FailureKind,
    /// Whether anything changed at the service.
    pub changed: Changed,
    /// What the service itself said, if it said anything.
    pub service: ServiceWords,
    /// The workspace that the service says it made although it did not do all that was asked.
    pub made: Option<Box<WorkspaceId>>,
}

/// The service's own words about a failure. Text from outside: shown, never parsed.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct ServiceWords {
    /// The message, whole.
    pub message: Option<String>,
    /// The machine-readable code.
    pub code: Option<String>,
    /// An `https:` address of documentation. Others are dropped when read.
    pub doc_url: Option<String>,
    /// The id under which the service logged the request.
    pub request_id: Option<String>,
}

/// Whether anything changed at the service.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Changed {
    /// Certainly not.
    No,
    /// It may have: the request may have been carried out, and nothing that could be read shows whether it was.
    Perhaps,
}

/// The kinds of failure.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum FailureKind {
    /// The service no longer accepts the credential (401).
    SignedOut,
    /// The service does not allow it (403).
    Forbidden,
    /// It is not there, or not visible to this person (404).
    NotFound,
    /// The service refuses while something else stands (409).
    Conflict,
    /// Something that is still in the workspace keeps it from being archived.
    InUse,
    /// The service found the request wrong (400, 422), and in which field if it said so.
    Invalid(Option<Field>),
    /// Too many requests (429); seconds to wait, if the service said.
    RateLimited(Option<u32>),
    /// The service failed (5xx); seconds to wait, if it said.
    ServiceFault(Option<u32>),
    /// The service wants something about money settled first (402).
    PaymentRequired,
    /// Refused with a status that its contract does not name.
    Refused,
    /// No reply: no network, no service, or the connection broke.
    Unreachable,
    /// No reply in time.
    TimedOut,
    /// A redirect came in place of a reply: something in front of the service answered, not the service.
    Redirected,
    /// The service accepted the request, and does not show its effect yet.
    NotShown,
    /// The service accepted the request, and did not show its effect for as long as it was looked at.
    NeverShown,
    /// The service answered with success, and keeps the values that it had.
    NotAsSent,
    /// A reply that cannot be read.
    Unreadable(Unreadable),
}

/// Why a reply cannot be read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Unreadable {
    /// There is no body where one is due.
    Empty,
    /// A web page in place of data: a captive portal or a proxy.
    WebPage,
    /// The data breaks off.
    Truncated,
    /// Data of another shape than the contract says.
    OtherShape,
    /// Data about something else than what was asked for.
    AnotherObject,
}

impl Failure {
    /// A failure without words from the service, and what the kind says about changes.
    #[must_use]
    pub fn new(operation: Operation, kind: FailureKind) -> Self {
        let changed = match &kind {
            _ if !operation.writes() => Changed::No,
            FailureKind::SignedOut
            | FailureKind::Forbidden
            | FailureKind::NotFound
            | FailureKind::Conflict
            | FailureKind::InUse
            | FailureKind::Invalid(_)
            | FailureKind::RateLimited(_)
            | FailureKind::NotAsSent
            | FailureKind::PaymentRequired
            | FailureKind::Refused => Changed::No,
            // A success status proves nothing by itself: whether it was done, only reading shows.
            FailureKind::ServiceFault(_)
            | FailureKind::Unreachable
            | FailureKind::TimedOut
            | FailureKind::Redirected
            | FailureKind::NotShown
            | FailureKind::NeverShown
            | FailureKind::Unreadable(_) => Changed::Perhaps,
        };
        Self {
            operation,
            kind,
            changed,
            service: ServiceWords::default(),
            made: None,
        }
    }

    /// Whether the service named a moment before which it wants to be left alone.
    #[must_use]
    pub fn asks_for_pause(&self) -> bool {
        matches!(
            self.kind,
            FailureKind::RateLimited(Some(1..)) | FailureKind::ServiceFault(Some(1..))
        )
    }

    /// Whether something may have changed, so that the next step is to look and not to press again.
    /// After a session's end it is to sign in.
    #[must_use]
    pub fn asks_for_a_look(&self) -> bool {
        self.changed != Changed::No && self.kind != FailureKind::SignedOut
    }

    /// Whether the service refused a write in words which say that it did it, or part of it.
    #[must_use]
    pub fn admits_effect(&self) -> bool {
        let is_refusal = matches!(self.kind, FailureKind::Conflict | FailureKind::InUse);
        self.changed == Changed::Perhaps && (is_refusal || self.made.is_some())
    }

    /// Whether a write was answered with success and nothing has shown its effect, so that it is worth looking again.
    #[must_use]
    pub fn is_unseen(&self) -> bool {
        let is_success = match self.kind {
            FailureKind::NotShown => true,
            FailureKind::Unreadable(why) => why != Unreadable::WebPage,
            _ => false,
        };
        is_success && self.changed == Changed::Perhaps
    }

    /// Whether the same read may be tried again by itself.
    #[must_use]
    pub fn is_passing(&self) -> bool {
        matches!(
            self.kind,
            FailureKind::RateLimited(_)
                | FailureKind::ServiceFault(_)
                | FailureKind::Unreachable
                | FailureKind::TimedOut
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_read_never_changes_anything() {
        for operation in Operation::ALL
            .into_iter()
            .filter(|operation| !operation.writes())
        {
            assert_eq!(
                Failure::new(operation, FailureKind::TimedOut).changed,
                Changed::No
            );
        }
    }

    #[test]
    fn a_write_without_a_reply_may_have_happened() {
        for kind in [
            FailureKind::TimedOut,
            FailureKind::Unreachable,
            FailureKind::ServiceFault(None),
        ] {
            assert_eq!(
                Failure::new(Operation::Archive, kind).changed,
                Changed::Perhaps
            );
        }
        assert_eq!(
            Failure::new(Operation::Save, FailureKind::Forbidden).changed,
            Changed::No
        );
        let empty = FailureKind::Unreadable(Unreadable::Empty);
        assert_eq!(
            Failure::new(Operation::Save, empty).changed,
            Changed::Perhaps
        );
    }
}
