//! Sentences about taking back what was done.

use steward_domain::failure::{Changed, Failure};
use steward_domain::field::Field;
use steward_domain::merge::Difference;
use steward_domain::provider::Reversibility;
use steward_domain::reversal::Irreversible;
use steward_flows::Evidence;

use super::{field, join, list, merged, problem, visible};

#[expect(missing_docs, reason = "each constant is its own text")]
mod words {
    pub const UNDO: &str = "Undo";
    pub const UNDONE: &str = "Undone";
    pub const NOT_UNDONE: &str = "Not undone";
    pub const ANOTHER_UNDO: &str = "Something else is being undone.";
    pub const UNDO_GONE: &str = "The workspace is not in the list any more: it was deleted or archived, or it is closed to you.";
    pub const UNDO_MOVED: &str = "This member has been changed again since, so nothing was sent. The members stand as they are now.";
    pub const UNDO_UNSAVED: &str = "The same was changed again since, so that it has to be decided in the workspace's form. Text waits there to be saved: save or discard it first. Nothing was sent.";
    pub const UNDO_ASKS_TITLE: &str = "The same was changed again since";
    pub const UNDO_ASKS: &str = "Nothing is undone yet. Mine is what was there before your change, theirs is what is there now. Choose what counts, then save.";
}
pub use words::*;

/// What a save did, in the words in which it is taken back.
#[must_use]
pub fn did_save(name: &str) -> String {
    join(&["Changed ", &visible(name)])
}

/// The same for a member who was added.
#[must_use]
pub fn did_add(who: &str, name: &str) -> String {
    join(&["Added ", &visible(who), " to ", &visible(name)])
}

/// The same for a member who was taken out.
#[must_use]
pub fn did_remove(who: &str, name: &str) -> String {
    join(&["Removed ", &visible(who), " from ", &visible(name)])
}

/// The same for a role.
#[must_use]
pub fn did_change(who: &str, name: &str) -> String {
    join(&[
        "Changed the role of ",
        &visible(who),
        " in ",
        &visible(name),
    ])
}

/// The same for what took something back itself.
#[must_use]
pub fn did_undo(what: &str) -> String {
    join(&["Undid: ", what])
}

/// The name of the button that takes something back; and of the attempt that did.
#[must_use]
pub fn undo_of(what: &str) -> String {
    join(&[UNDO, ": ", what])
}

/// Why something stays done.
#[must_use]
pub fn stays_done(why: &Irreversible, service: &str) -> String {
    let why = match why {
        Irreversible::Archived(Reversibility::NoWayDocumented) => {
            join(&[service, " documents no way back."])
        }
        Irreversible::Archived(Reversibility::Never) => {
            join(&[service, " documents that there is no way back."])
        }
        Irreversible::Archived(Reversibility::ByStaff) => join(&[
            service,
            "'s own staff may be able to bring it back, and it offers no way to ask for that.",
        ]),
        Irreversible::Made => "archiving what was made would be a change for good.".to_owned(),
        Irreversible::Ended => join(&[service, " documents no way to take this back."]),
        Irreversible::Left => "only somebody who manages the members can add you again.".to_owned(),
        Irreversible::Fixed(of) => join(&[field(*of), " cannot be changed any more."]),
        Irreversible::Rejected(of, why) => join(&[
            service,
            " does not take what was there before. ",
            &problem(*of, why),
        ]),
        Irreversible::Unclear => {
            "what it replaced is not known for certain, because the page closed during it."
                .to_owned()
        }
    };
    join(&["Cannot be undone: ", &why])
}

/// What is known of something that was to be taken back, after a failure.
#[must_use]
pub fn undo_failed(failure: &Failure) -> String {
    match failure.changed {
        Changed::No => NOT_UNDONE,
        Changed::Perhaps => "It is not known whether it was undone",
    }
    .to_owned()
}

/// Confirms that a save was taken back, and what of somebody else's stays.
#[must_use]
pub fn undone_save(
    name: &str,
    fields: &[Field],
    evidence: Evidence,
    parts: &[Difference],
) -> String {
    let names: Vec<String> = fields.iter().map(|of| field(*of).to_owned()).collect();
    let (before, end) = match evidence {
        Evidence::AlreadyThere => ("", " had that again already. Nothing had to be sent."),
        Evidence::ConfirmedByReading => (
            "The answer was lost, so the workspace was read again. ",
            " has what was there before.",
        ),
        Evidence::Answered | Evidence::Gone | Evidence::Differently | Evidence::InPart => {
            ("", " has what was there before.")
        }
    };
    join(&[
        before,
        UNDONE,
        ", ",
        &list(&names),
        ": ",
        &visible(name),
        end,
        &merged(parts),
    ])
}

/// Confirms that a change of members was taken back.
#[must_use]
pub fn undone_members(what: &str) -> String {
    join(&[UNDONE, ". ", what])
}
