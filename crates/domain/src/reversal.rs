//! What takes a change back: an ordinary change with the sides swapped, or why there is none.
//!
//! Guarantees: a reversal names the fields and the member that the change named, and nothing else; it
//! is checked like any other change. Whether it may be made now is decided where every change is
//! ([`crate::capability`], [`crate::membership`]), and what meets somebody else's by
//! [`crate::merge`]. Must not know who asks for it.

use crate::draft::{Changed, Draft, Problem, RawDraft};
use crate::failure::Operation;
use crate::field::Field;
use crate::id::UserId;
use crate::membership::MemberChange;
use crate::provider::{AccessSource, Description, Reversibility};
use crate::role::{Member, Role};
use crate::workspace::Workspace;

/// Why something that was done stays done.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Irreversible {
    /// It was archived; what its service says about a way back.
    Archived(Reversibility),
    /// It was made: archiving it would be one more change, and one for good.
    Made,
    /// It ended something for which no service has a beginning again.
    Ended,
    /// Who has left cannot add themselves.
    Left,
    /// The field cannot be set at all any more.
    Fixed(Field),
    /// The service does not take what the field had before.
    Rejected(Field, Problem),
    /// What it replaced is not known for certain.
    Unclear,
}

/// Why what this operation does can never be taken back, whatever it was done to.
#[must_use]
pub fn lasting(operation: Operation, service: &Description) -> Option<Irreversible> {
    match operation {
        Operation::Save | Operation::Manage => None,
        Operation::Archive => Some(Irreversible::Archived(service.archive.reversibility)),
        Operation::Create => Some(Irreversible::Made),
        _ => Some(Irreversible::Ended),
    }
}

/// A save that takes another one back: what is typed over what.
#[derive(Clone, PartialEq, Debug)]
pub struct Reversal {
    /// What the change left.
    pub base: Workspace,
    /// What stood there before, as it would be typed.
    pub raw: RawDraft,
    /// The same, checked.
    pub mine: Draft,
}

/// Swaps the sides of a save. `now` is the workspace as it is known here; of it only the fields that
/// the save did not change are taken, and those as they are.
///
/// # Errors
/// The first field that cannot be set back.
pub fn of_save(
    changes: &[Changed],
    now: &Workspace,
    service: &Description,
) -> Result<Reversal, Irreversible> {
    let mut base = now.clone();
    for change in changes {
        base.set(change.field, change.after.clone());
    }
    let mut raw = RawDraft::of(&base, service);
    for change in changes {
        if raw.fields().all(|(field, _)| field != change.field) {
            return Err(Irreversible::Fixed(change.field));
        }
        raw.set(change.field, change.before.clone());
    }
    match raw.check(service, Some(&base)) {
        Ok(mine) => Ok(Reversal { base, raw, mine }),
        Err(problems) => {
            let first = problems.into_iter().next();
            Err(first.map_or(Irreversible::Unclear, |(field, why)| {
                Irreversible::Rejected(field, why)
            }))
        }
    }
}

/// The role of a member before and after a change; none where they were no member.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Stood {
    /// Whose.
    pub user: UserId,
    /// What it was.
    pub before: Option<Role>,
    /// What it became.
    pub after: Option<Role>,
}

impl Stood {
    /// Swaps the sides. `me` is the person at the screen.
    ///
    /// # Errors
    /// When nothing was changed, or when I took myself out of a workspace whose members alone can
    /// add anybody.
    pub fn reversed(
        &self,
        me: Option<&UserId>,
        service: &Description,
    ) -> Result<MemberChange, Irreversible> {
        let user = self.user.clone();
        match (&self.before, &self.after) {
            (Some(before), Some(_)) => Ok(MemberChange::Change(user, before.clone())),
            (None, Some(_)) => Ok(MemberChange::Remove(user)),
            (Some(_), None) if service.access == AccessSource::Members && me == Some(&user) => {
                Err(Irreversible::Left)
            }
            (Some(before), None) => Ok(MemberChange::Add(user, before.clone())),
            (None, None) => Err(Irreversible::Unclear),
        }
    }

    /// Whether the member is still as the change left them.
    #[must_use]
    pub fn still_stands(&self, members: &[Member]) -> bool {
        let mut members = members.iter();
        let found = members.find(|member| member.person.id == self.user);
        found.map(|member| &member.role) == self.after.as_ref()
    }
}

#[cfg(test)]
mod tests;
