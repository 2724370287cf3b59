//! Whether a write took effect, by reading alone: after its page closed, and while a service that accepted it does not
//! show its effect yet.
//!
//! Guarantees: nothing is sent that could change anything; "done" is only what reading shows. Must not know how the
//! intent was kept.

use steward_domain::failure::{Changed, Failure, FailureKind, Operation};
use steward_domain::field::Field;
use steward_domain::id::{UserId, WorkspaceId};
use steward_domain::role::Member;
use steward_domain::workspace::Workspace;

use crate::archive::Archived;
use crate::outcome::{Confirmed, Evidence};
use crate::read::Whole;
use crate::service::Service;

/// How long to wait before each look at a write that was accepted and is not shown, in milliseconds: growing, and a
/// minute in all. After the last one it stays unknown.
pub const LOOKS_MS: [u32; 6] = [1_000, 2_000, 4_000, 8_000, 15_000, 30_000];

/// A text that was to become another one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Edited {
    /// Where.
    pub field: Field,
    /// What it was.
    pub before: String,
    /// What it was to be.
    pub after: String,
}

/// What a write was for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Intent {
    /// These texts were to change.
    Save(Vec<Edited>),
    /// It was to be archived.
    Archive,
    /// A person was to have a role, by the service's word, or none.
    Member(UserId, Option<String>),
}

/// What a reading showed.
#[derive(Clone, PartialEq, Debug)]
pub enum Seen {
    /// The workspace; `None` if the service says that it is not there, as those do that show no archived ones.
    Workspace(Option<Workspace>),
    /// The members of it.
    Members(Whole<Member>),
}

impl Confirmed<Seen> {
    /// The same as the outcome of an archive.
    #[must_use]
    pub fn archived(self) -> Archived {
        self.map(|seen| match seen {
            Seen::Workspace(found) => found,
            Seen::Members(_) => None,
        })
    }
}

impl Intent {
    fn operation(&self) -> Operation {
        match self {
            Self::Save(_) => Operation::Save,
            Self::Archive => Operation::Archive,
            Self::Member(..) => Operation::Manage,
        }
    }

    /// Whether what was read shows it; `None` if it cannot tell.
    fn is_shown(&self, seen: &Seen) -> Option<bool> {
        match (self, seen) {
            (Self::Save(texts), Seen::Workspace(Some(found))) => {
                let all = |text: fn(&Edited) -> &str| {
                    texts.iter().all(|one| found.text(one.field) == text(one))
                };
                // Some of it, or something else, is neither done nor as it was.
                match (all(|one| &one.after), all(|one| &one.before)) {
                    (true, _) => Some(true),
                    (false, true) => Some(false),
                    (false, false) => None,
                }
            }
            (Self::Archive, Seen::Workspace(found)) => {
                Some(found.as_ref().is_none_or(|found| found.state.is_archived()))
            }
            (Self::Member(user, wanted), Seen::Members(members)) => {
                let mut rows = members.rows.iter();
                let found = rows.find(|member| member.person.id == *user);
                // Who is not among those that could be read may be one of the others.
                if found.is_none() && members.skipped > 0 {
                    return None;
                }
                Some(found.map(|member| member.role.as_str()) == wanted.as_deref())
            }
            _ => None,
        }
    }
}

impl Service {
    /// Reads whether the write took effect, and gives back what it read.
    ///
    /// # Errors
    /// When reading does not show it ([`Failure::changed`] is `No`), or when it could not be read
    /// (`Perhaps`).
    pub async fn reconcile(
        &self,
        id: &WorkspaceId,
        intent: &Intent,
    ) -> Result<Confirmed<Seen>, Failure> {
        let read = match intent {
            Intent::Save(_) => self
                .opened(id)
                .await
                .map(|(found, request_id)| (Seen::Workspace(Some(found)), request_id)),
            Intent::Archive => self
                .read_archived(id)
                .await
                .map(|(found, request_id)| (Seen::Workspace(found), request_id)),
            Intent::Member(..) => self
                .members_read(id)
                .await
                .map(|(found, request_id)| (Seen::Members(found), request_id)),
        };
        let failed = |changed| Failure {
            changed,
            ..Failure::new(intent.operation(), FailureKind::NotShown)
        };
        match read {
            Ok((seen, request_id)) => match intent.is_shown(&seen) {
                Some(true) => Ok(Confirmed::shown(
                    seen,
                    Evidence::ConfirmedByReading,
                    request_id,
                )),
                Some(false) => Err(failed(Changed::No)),
                None => Err(failed(Changed::Perhaps)),
            },
            Err(_) => Err(failed(Changed::Perhaps)),
        }
    }

    /// Looks again and again, with growing waits, whether a write has taken effect, for a minute at most
    /// ([`LOOKS_MS`]).
    ///
    /// # Errors
    /// When no look shows it: what the last one came to, as [`Service::reconcile`] says it.
    pub async fn watch(
        &self,
        id: &WorkspaceId,
        intent: &Intent,
    ) -> Result<Confirmed<Seen>, Failure> {
        let mut last = Err(Failure::new(intent.operation(), FailureKind::NotShown));
        for wait in LOOKS_MS {
            self.clock.sleep(wait).await;
            last = self.reconcile(id, intent).await;
            if last.is_ok() {
                break;
            }
        }
        last
    }
}
