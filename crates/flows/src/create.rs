//! Making a workspace.
//!
//! Guarantees: it is asked for once, never again by itself. A lost answer leaves no id to read
//! again, so that the list is read before anything is said: it counts as made only if exactly one
//! workspace is there that was not, with all that was asked for. Must not know how it is typed or
//! shown.

use steward_domain::draft::Draft;
use steward_domain::failure::{Changed, Failure, Operation};
use steward_domain::field::{Field, Form};
use steward_domain::id::WorkspaceId;
use steward_domain::provider::Description;
use steward_domain::workspace::Workspace;
use steward_providers::{Listed, Page};

use crate::read::Read;
use crate::receipt::{Done, How, blurred, not_shown, request_id};
use crate::service::Service;

impl Service {
    /// Makes a workspace and gives it back as the service then has it. `known` are the ids that
    /// the account had before, all of them; `None` where that is not known. Where the outcome stays
    /// unknown, `found` are the workspaces of that name which may be it, so that nobody need read the
    /// list once more to see them.
    ///
    /// # Errors
    /// When the service refused, or asked for a pause that is not over; or when its answer was
    /// lost. [`Failure::changed`] is then `No` if the whole list shows none of that name that was
    /// not there before, and stays as it was if the list could not be read. In all other cases it
    /// is `Perhaps`: there are several, or one that is not quite as asked for, or it is not known
    /// what was there before, or the service said yes and does not show it.
    pub async fn create(
        &self,
        draft: &Draft,
        known: Option<&[WorkspaceId]>,
        found: &mut Vec<Workspace>,
    ) -> Result<Done<Workspace>, Failure> {
        let line = self.line();
        let request = self.desk().create(self.door(), draft);
        let reply = line.write(Operation::Create, request).await;
        let answered_as = request_id(&reply);
        let failure = match line.heed(reply.and_then(|reply| self.desk().read_create(reply))) {
            Ok(made) => return Ok(Done::answered(made, answered_as)),
            Err(failure) if failure.changed == Changed::No => return Err(failure),
            Err(failure) => failure,
        };
        let mut new: Vec<Read<Workspace>> = Vec::new();
        // A service may tidy a name, so that blanks around it don't tell two apart.
        let name = draft.get(Field::Name).trim();
        let mut take = |page: Page<Listed>, request_id: Option<String>, _: Vec<u8>| {
            for row in page.rows {
                let workspace = row.workspace;
                let is_known = |known: &[WorkspaceId]| known.contains(&workspace.id);
                let is_again = |(other, _): &Read<Workspace>| other.id == workspace.id;
                if workspace.name.trim() == name
                    && !known.is_some_and(is_known)
                    && !new.iter().any(is_again)
                {
                    new.push((workspace, request_id.clone()));
                }
            }
        };
        let Ok(listing) = self.list_read(None, &mut take).await else {
            return Err(failure);
        };
        let is_whole = !listing.cut && listing.skipped == 0;
        match (new.pop(), new.is_empty()) {
            (None, _) if is_whole => Err(not_shown(failure)),
            (Some((value, request_id)), true)
                if is_whole
                    && known.is_some()
                    && is_as_asked(&value, draft, self.description()) =>
            {
                Ok(Done {
                    value,
                    how: How::ConfirmedByReading,
                    request_id,
                })
            }
            (last, _) => {
                let seen = last.into_iter().chain(new);
                found.extend(seen.map(|(workspace, _)| workspace));
                Err(blurred(failure))
            }
        }
    }
}

/// Whether a workspace is what was asked for. A text that was left empty is asked to be empty; what
/// else was left out is the service's to choose.
fn is_as_asked(made: &Workspace, draft: &Draft, service: &Description) -> bool {
    let is_text = |field| {
        let facts = service.field(field);
        facts.is_some_and(|facts| matches!(facts.form, Form::Line | Form::Text))
    };
    let mut asked = draft.fields();
    !made.state.is_archived()
        && asked.all(|(field, text)| made.text(field) == text || text.is_empty() && !is_text(field))
}
