//! What is said about changes that meet: mine, somebody else's, and both together.

use steward_domain::field::Field;
use steward_domain::merge::{Difference, PLACES, Part, Verdict};
use steward_flows::Evidence;

use super::{NONE, choice, field, join, visible};

#[expect(missing_docs, reason = "each constant is its own text")]
mod words {
    pub const MERGE_TITLE: &str = "Somebody else changed the same";
    pub const MERGE_TEXT: &str =
        "Nothing is saved yet. Choose what counts, then save again. All else is merged already.";
    pub const ORIGINAL: &str = "Original";
    pub const KEEP_MINE: &str = "Keep mine";
    pub const TAKE_THEIRS: &str = "Take theirs";
    pub const MERGED_TITLE: &str = "Merged already";
    pub const CHANGED_BY_YOU: &str = "Changed by you";
    pub const CHANGED_BY_OTHERS: &str = "Changed by somebody else";
    pub const CHANGED_BY_BOTH: &str = "Changed by both, to the same";
    pub const BACK_TO_FIELDS: &str = "Back to the fields";
    pub const NO_TAG: &str = "No such tag";
    pub const CHOOSE_FIRST: &str = "Choose for each first.";

    pub const MOVED_TITLE: &str = "Somebody else changed this workspace";
    pub const GONE_TITLE: &str = "This workspace is not there any more";
    pub const GONE_TEXT: &str =
        "It was deleted or archived, or it is closed to you. Nothing was saved.";
    pub const BACK_TO_WORKSPACE: &str = "Back to the workspace";
}
pub use words::*;

/// What a part is called.
#[must_use]
pub fn part(part: &Part) -> String {
    match part {
        Part::Field(of) => field(*of).to_owned(),
        Part::Tag(key) => join(&["Tag ", &visible(key)]),
        Part::Places => "Inference geos".to_owned(),
    }
}

/// What one side has in a part.
#[must_use]
pub fn side(of: &Part, text: Option<&str>) -> String {
    match (of, text) {
        (_, None) => NO_TAG.to_owned(),
        (Part::Places, Some(text)) => {
            let mut lines = String::new();
            for (of, word) in PLACES.into_iter().zip(text.splitn(2, '\n')) {
                if !lines.is_empty() {
                    lines.push('\n');
                }
                lines.push_str(&join(&[field(of), ": ", word]));
            }
            lines
        }
        (_, Some("")) => NONE.to_owned(),
        (Part::Field(of @ (Field::InferenceGeo | Field::AllowedGeos)), Some(word)) => {
            choice(*of, word)
        }
        (_, Some(text)) => text.to_owned(),
    }
}

/// The accessible name of a choice.
#[must_use]
pub fn choose(what: &str, of: &Part) -> String {
    join(&[what, ": ", &part(of)])
}

/// Who changed a part.
#[must_use]
pub fn changed_by(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Mine => CHANGED_BY_YOU,
        Verdict::Theirs => CHANGED_BY_OTHERS,
        Verdict::Same | Verdict::Overlap => CHANGED_BY_BOTH,
    }
}

/// It changed again while somebody chose.
#[must_use]
pub fn asked_again(new: &[&Part]) -> String {
    let names: Vec<String> = new.iter().map(|one| part(one)).collect();
    join(&[
        "It changed again while you chose, so nothing is saved yet. New: ",
        &list(&names),
        ". Your other choices still stand.",
    ])
}

/// What somebody else changed while a form was open: what the form shows already, and what was
/// typed over as well.
#[must_use]
pub fn moved(followed: &[Field], clash: &[Field]) -> String {
    let names = |fields: &[Field]| {
        let names: Vec<String> = fields.iter().map(|of| field(*of).to_owned()).collect();
        list(&names)
    };
    let mut said = String::new();
    if !followed.is_empty() {
        said = join(&[&names(followed), ": the form shows what is there now."]);
    }
    if !clash.is_empty() {
        let space = if said.is_empty() { "" } else { " " };
        said = join(&[
            &said,
            space,
            &names(clash),
            ": what you typed stays. Saving merges both, and asks where they clash.",
        ]);
    }
    said
}

/// Confirms a save, and what was merged by it.
#[must_use]
pub fn saved(name: &str, evidence: Evidence, parts: &[Difference]) -> String {
    let name = visible(name);
    let before = match evidence {
        Evidence::AlreadyThere => {
            return join(&[
                &name,
                " already has what you chose. Nothing had to be sent.",
            ]);
        }
        Evidence::ConfirmedByReading => "The answer was lost, so the workspace was read again. ",
        Evidence::Answered | Evidence::Gone | Evidence::Differently | Evidence::InPart => "",
    };
    let merged = merged(parts);
    join(&[before, "Changes to ", &name, " are saved.", &merged])
}

/// What of somebody else's a save kept, as a sentence after another one; nothing where there was none.
pub(super) fn merged(parts: &[Difference]) -> String {
    let theirs = |one: &&Difference| one.verdict == Verdict::Theirs;
    let names: Vec<String> = parts
        .iter()
        .filter(theirs)
        .map(|one| part(&one.part))
        .collect();
    match names.is_empty() {
        true => String::new(),
        false => join(&[
            " Somebody else changed ",
            &list(&names),
            " meanwhile. Both changes are kept.",
        ]),
    }
}

pub(super) fn list(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [more @ .., last] => join(&[&more.join(", "), " and ", last]),
    }
}
