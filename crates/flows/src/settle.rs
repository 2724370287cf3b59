//! What came of a write whose answer nobody waited for, because its page closed.
//!
//! Guarantees: nothing is sent that could change anything; "done" is only what reading shows. Must
//! not know how the intent was kept.

use steward_domain::failure::{Changed, Failure, FailureKind, Operation};
use steward_domain::field::Field;
use steward_domain::id::{UserId, WorkspaceId};

use crate::receipt::{Done, How};
use crate::service::Service;

/// What a write was for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Intent {
    /// These fields were to have these texts.
    Save(Vec<(Field, String)>),
    /// It was to be archived.
    Archive,
    /// A person was to have a role, by the service's word, or none.
    Member(UserId, Option<String>),
}

impl Intent {
    fn operation(&self) -> Operation {
        match self {
            Self::Save(_) => Operation::Save,
            Self::Archive => Operation::Archive,
            Self::Member(..) => Operation::Manage,
        }
    }
}

impl Service {
    /// Reads whether the write took effect.
    ///
    /// # Errors
    /// When reading does not show it ([`Failure::changed`] is `No`), or when it could not be read
    /// (`Perhaps`).
    pub async fn settle(&self, id: &WorkspaceId, intent: &Intent) -> Result<Done<()>, Failure> {
        let shown = match intent {
            Intent::Save(texts) => self.open(id).await.map(|found| {
                texts
                    .iter()
                    .all(|(field, wanted)| found.text(*field) == wanted)
            }),
            Intent::Archive => match self.open(id).await {
                Ok(found) => Ok(found.state.is_archived()),
                Err(gone)
                    if gone.kind == FailureKind::NotFound && !self.desk().shows_archived() =>
                {
                    Ok(true)
                }
                Err(failure) => Err(failure),
            },
            Intent::Member(user, wanted) => self.members(id).await.map(|members| {
                let found = members.iter().find(|member| member.person.id == *user);
                found.map(|member| member.role.as_str()) == wanted.as_deref()
            }),
        };
        let failed = |changed| Failure {
            changed,
            ..Failure::new(intent.operation(), FailureKind::Unreachable)
        };
        match shown {
            Ok(true) => Ok(Done {
                value: (),
                how: How::ConfirmedByReading,
                request_id: None,
            }),
            Ok(false) => Err(failed(Changed::No)),
            Err(_) => Err(failed(Changed::Perhaps)),
        }
    }
}
