//! Making a workspace.
//!
//! Guarantees: it is asked for once, never again by itself. It counts as made only if the answer is about a workspace
//! that was not there before, or the list shows exactly one such with all that was asked for. Must not know how it is
//! typed or shown.

use steward_domain::draft::{Change, Changed as ChangedField, Draft};
use steward_domain::failure::{Changed, Failure, FailureKind, Operation};
use steward_domain::field::{Field, Form};
use steward_domain::id::WorkspaceId;
use steward_domain::provider::Description;
use steward_domain::workspace::Workspace;
use steward_providers::{Listed, Page};

use crate::outcome::{
    Confirmed, Evidence, about, accepted, is_only_accepted, not_shown, request_id, says_nothing,
};
use crate::read::Read;
use crate::service::Service;

/// A workspace that was made.
#[derive(Clone, PartialEq, Debug)]
pub struct Created {
    /// The workspace as the service has it.
    pub done: Confirmed<Workspace>,
    /// What is not as it was asked for: what each field was to be, and what the service keeps.
    pub kept: Change,
}

impl Service {
    /// Makes a workspace and gives it back as the service then has it. `known` are the ids that
    /// the account had before, all of them; `None` where that is not known. Where the outcome stays
    /// unknown, `found` are the workspaces of that name which may be it, so that nobody need read the
    /// list once more to see them.
    ///
    /// # Errors
    /// When the service refused, or asked for a pause that is not over; or when its answer was lost, tells nothing, or
    /// is about a workspace that was there before, and the list does not show for certain what was made.
    /// [`Failure::changed`] is then `No` if the answer was lost and the whole list shows none of that name that was
    /// not there before. In all other cases it is `Perhaps`: there are several, or one that is not quite as asked for,
    /// or it is not known what was there before, or the list could not be read, or the service accepted the request
    /// and does not show it ([`FailureKind::NotShown`]).
    pub async fn create(
        &self,
        draft: &Draft,
        known: Option<&[WorkspaceId]>,
        found: &mut Vec<Workspace>,
    ) -> Result<Created, Failure> {
        let operation = Operation::Create;
        let client = self.client();
        let request = self.desk().create(self.endpoint(), draft);
        let reply = client.write(operation, request).await;
        let (answered_as, is_late) = (request_id(&reply), is_only_accepted(&reply));
        let is_new = |id: &WorkspaceId| !known.is_some_and(|known| known.contains(id));
        let read = client.observe(reply.and_then(|reply| self.desk().read_create(reply)));
        let answer = read.and_then(|made| {
            // Where it is not known what was there before, the name has to speak for it.
            let is_it = match known {
                Some(_) => is_new(&made.id),
                None => is_alike(&made.name, draft.get(Field::Name)),
            };
            about(operation, is_it, made, answered_as.as_ref())
        });
        let failure = match answer {
            Ok(made) if !is_late => {
                let kept = kept(&made, draft, self.description());
                let done = Confirmed::shown(made, Evidence::Answered, answered_as);
                return Ok(Created { done, kept });
            }
            Ok(_) => accepted(operation, answered_as),
            Err(failure) if failure.changed == Changed::No => return Err(failure),
            Err(failure) if says_nothing(&failure, is_late) => accepted(operation, answered_as),
            Err(failure) => failure,
        };
        // The service names what it made although it did not do all that was asked: that one is opened, and nothing is
        // sent again.
        if let Some(id) = failure.made.as_deref().filter(|id| is_new(id)).cloned() {
            let Ok((made, _)) = self.opened(&id).await else {
                return Err(failure);
            };
            // It says that something is missing: whatever was asked for and is not there is told.
            let differs = draft.differs(&made);
            let asked = differs.fields().filter(|one| !one.before.is_empty());
            let kept = asked.cloned().collect();
            let done = Confirmed::in_part(made, failure);
            return Ok(Created { done, kept });
        }
        match self.made_by(draft, known).await {
            Made::Unread => Err(failure),
            Made::None => Err(not_shown(failure)),
            Made::One(done) => Ok(Created {
                done: match failure.kind {
                    // Answered, with no word about it: the list shows it.
                    FailureKind::NotShown => {
                        Confirmed::shown(done.value, Evidence::Answered, failure.service.request_id)
                    }
                    _ => *done,
                },
                kept: Change::default(),
            }),
            Made::Perhaps(seen) => {
                found.extend(seen);
                Err(failure)
            }
        }
    }

    /// Looks again and again, with growing waits, whether a workspace that the service accepted to make is in its
    /// list, for a minute at most.
    ///
    /// # Errors
    /// When no look shows it for certain: [`Failure::changed`] is `Perhaps`, since the service may still work on it.
    pub async fn watch_created(
        &self,
        draft: &Draft,
        known: Option<&[WorkspaceId]>,
    ) -> Result<Confirmed<Workspace>, Failure> {
        // A list is long: fewer looks than at one workspace.
        for wait in LIST_LOOKS_MS {
            self.clock.sleep(wait).await;
            if let Made::One(done) = self.made_by(draft, known).await {
                return Ok(*done);
            }
        }
        Err(Failure::new(Operation::Create, FailureKind::NotShown))
    }

    /// What the list shows of a workspace that was to be made.
    async fn made_by(&self, draft: &Draft, known: Option<&[WorkspaceId]>) -> Made {
        let is_new = |id: &WorkspaceId| !known.is_some_and(|known| known.contains(id));
        let mut new: Vec<Read<Workspace>> = Vec::new();
        // A service may tidy a name, so that blanks around it don't tell two apart.
        let name = draft.get(Field::Name).trim();
        let mut take = |page: Page<Listed>, request_id: Option<String>, _: Vec<u8>| {
            for row in page.rows {
                let workspace = row.workspace;
                let is_again = |(other, _): &Read<Workspace>| other.id == workspace.id;
                if workspace.name.trim() == name
                    && is_new(&workspace.id)
                    && !new.iter().any(is_again)
                {
                    new.push((workspace, request_id.clone()));
                }
            }
        };
        let Ok(listing) = self.list_read(None, &mut take).await else {
            return Made::Unread;
        };
        let is_whole = !listing.cut && listing.skipped == 0;
        match (new.pop(), new.is_empty()) {
            (None, _) if is_whole => Made::None,
            (Some((value, request_id)), true)
                if is_whole
                    && known.is_some()
                    && !value.state.is_archived()
                    && kept(&value, draft, self.description()).is_empty() =>
            {
                Made::One(Box::new(Confirmed::shown(
                    value,
                    Evidence::ConfirmedByReading,
                    request_id,
                )))
            }
            (last, _) => {
                let seen = last.into_iter().chain(new);
                Made::Perhaps(seen.map(|(workspace, _)| workspace).collect())
            }
        }
    }
}

/// How long to wait before each look at the list for a workspace that was accepted, in milliseconds.
const LIST_LOOKS_MS: [u32; 4] = [3_000, 7_000, 15_000, 35_000];

/// What a list shows of a workspace that was to be made.
enum Made {
    /// The list could not be read.
    Unread,
    /// Nothing of that name that was not there before.
    None,
    /// Exactly one, and all of it as it was asked for.
    One(Box<Confirmed<Workspace>>),
    /// These may be it.
    Perhaps(Vec<Workspace>),
}

/// Whether a service may have made the one name of the other: by tidying it, cutting it, or in other letters. An answer
/// with any other name is about something else.
fn is_alike(made: &str, asked: &str) -> bool {
    let (made, asked) = (made.trim(), asked.trim());
    let length = made.len().min(asked.len());
    match (made.get(..length), asked.get(..length)) {
        (Some(made), Some(asked)) => length > 0 && made.eq_ignore_ascii_case(asked),
        // Cut in the middle of a letter, so that they differ there.
        _ => made.starts_with(asked) || asked.starts_with(made),
    }
}

/// Where a workspace is not what was asked for. A text that was left empty is asked to be empty; what else was left
/// out is the service's to choose.
fn kept(made: &Workspace, draft: &Draft, service: &Description) -> Change {
    let is_asked = |changed: &&ChangedField| {
        let facts = service.field(changed.field);
        let is_text = facts.is_some_and(|facts| matches!(facts.form, Form::Line | Form::Text));
        // A service may not tell which of its words it chose: only a text can be empty.
        is_text || !changed.before.is_empty() && !changed.after.is_empty()
    };
    let differs = draft.differs(made);
    differs.fields().filter(is_asked).cloned().collect()
}
