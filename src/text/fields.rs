//! What is said about the fields of a workspace, and about making one.

use steward_domain::draft::Problem;
use steward_domain::field::{Field, FieldFacts, Form, When};
use steward_domain::workspace::BillingMode;
use steward_flows::Evidence;

use super::evidence::with_left;
use super::{BILLING_MODE, DESCRIPTION, NAME, NOT_GIVEN, billing, join, visible};
use crate::browser::intl;

#[expect(missing_docs, reason = "each constant is its own text")]
mod words {
    pub const SAVE: &str = "Save changes";
    pub const DISCARD: &str = "Discard changes";
    pub const KEEP_EDITING: &str = "Keep editing";
    pub const DISCARD_TITLE: &str = "Discard your changes?";
    pub const DISCARD_TEXT: &str = "What you typed will be gone. The workspace stays as it is.";
    pub const NOTHING_TO_SAVE: &str = "Nothing differs from what the service has.";
    pub const RESTORED: &str = "Your unsaved text is back";
    pub const RESTORED_TEXT: &str = "This tab kept it when you left the form.";
    pub const SAVING: &str = "Saving";
    pub const CHECK_FIELDS: &str = "Check these fields";
    pub const READ_ONLY: &str = "You can read and copy this, not change it";
    pub const STILL_HERE: &str =
        "What you typed has not been lost. Copy from here what you want to keep.";

    pub const CREATE: &str = "Create workspace";
    pub const CREATING: &str = "Creating";
    pub const DISCARD_NEW: &str = "Discard";
    pub const DISCARD_NEW_TITLE: &str = "Discard the new workspace?";
    pub const DISCARD_NEW_TEXT: &str = "What you typed will be gone. Nothing has been created.";
    pub const CHOOSE_ACCOUNT: &str = "Choose an account";
    pub const ACCOUNT_HELP: &str = "The account that the workspace is created in. Its service \
                                    decides which fields there are.";
    pub const CREATED_PERHAPS: &str = "Look in the list before you create it again.";
}
pub use words::*;

/// A field's name, as the service has it.
#[must_use]
pub fn field(field: Field) -> &'static str {
    match field {
        Field::Name => NAME,
        Field::Description => DESCRIPTION,
        Field::Billing => BILLING_MODE,
        Field::Color => "Display colour",
        Field::Tags => "Tags",
        Field::InferenceGeo => "Default inference geo",
        Field::AllowedGeos => "Allowed inference geos",
        Field::WorkspaceGeo => "Workspace geo",
        Field::Residency => "Data residency",
        Field::ExternalKey => "External key id",
        Field::Compartment => "Compartment id",
        Field::Profile => "User profile id",
    }
}

/// What always stands below a field: its limit, what it means and how it is written. In the form
/// of a `new` workspace also whether it can be changed later.
#[must_use]
pub fn field_help(facts: &FieldFacts, new: bool) -> String {
    let limit = facts.limit.map(limit).unwrap_or_default();
    let reserved = match facts.form {
        Form::Tags(reserved) if !reserved.is_empty() => join(&[
            "Keys that begin with “",
            reserved,
            "” are the service's own.",
        ]),
        _ => String::new(),
    };
    let means = match facts.field {
        Field::Description => "Leave empty for no description.",
        Field::Color => "A number sign and six digits, as in #1F6FEB.",
        Field::Tags => "One a line, as in team=blue.",
        Field::Billing => "How the workspace is paid for.",
        Field::InferenceGeo => "Where requests are worked on unless they say otherwise.",
        Field::AllowedGeos => {
            "Where requests may be worked on. The default has to be one of these."
        }
        Field::WorkspaceGeo => "Where its data lie.",
        Field::Residency => {
            "Where its data lie, and whether they are worked on there as well. Your organization must \
             have access to it."
        }
        _ => "",
    };
    let later = match facts.when {
        When::AtCreation if new => "This cannot be changed later.",
        _ => "",
    };
    let mut help = String::new();
    for sentence in [limit.as_str(), means, &reserved, later] {
        if !help.is_empty() && !sentence.is_empty() {
            help.push(' ');
        }
        help.push_str(sentence);
    }
    help
}

/// A word that a field can be set to, with what it means; unknown ones exactly as the service
/// writes them.
#[must_use]
pub fn choice(field: Field, word: &str) -> String {
    if field == Field::Billing {
        let mode = BillingMode::from_word(word.to_owned());
        let means = match mode {
            BillingMode::Single => ": one billing account for the workspace",
            BillingMode::Assigned => ": a billing account for each organization",
            BillingMode::Pooled => ": all organizations share a pool of seats",
            BillingMode::Other(_) => "",
        };
        return join(&[&billing(&mode), means]);
    }
    if field == Field::Residency {
        return residency(word);
    }
    let means = match word {
        "" => NOT_GIVEN,
        "unrestricted" => ": no limit",
        "global" => ": anywhere",
        "us" => ": in the United States",
        _ => "",
    };
    join(&[word, means])
}

fn residency(word: &str) -> String {
    let (place, what) = match word.split_once("_STORAGE") {
        Some((place, "")) => (place, ": data stored in "),
        Some((place, "_PROCESSING")) => (place, ": data stored and worked on in "),
        _ => {
            return match word {
                "" => "As the service decides".to_owned(),
                "GLOBAL" => "GLOBAL: anywhere".to_owned(),
                _ => word.to_owned(),
            };
        }
    };
    let place = match place {
        "US" => "the United States",
        "EU" => "the European Union",
        "JP" => "Japan",
        "KR" => "South Korea",
        "CA" => "Canada",
        "SG" => "Singapore",
        "IN" => "India",
        "AU" => "Australia",
        "GB" => "the United Kingdom",
        "AE" => "the United Arab Emirates",
        _ => return word.to_owned(),
    };
    join(&[word, what, place])
}

/// What is wrong with a field.
#[must_use]
pub fn problem(of: Field, problem: &Problem) -> String {
    let name = field(of);
    match problem {
        Problem::Empty => join(&[name, " must not be empty."]),
        Problem::TooLong { limit, length } => join(&[
            name,
            " must not be longer than ",
            &intl::number(*limit),
            " characters. It has ",
            &intl::number(*length),
            ".",
        ]),
        Problem::NotAColor => join(&[
            name,
            " must be a number sign and six digits from 0 to 9 and A to F.",
        ]),
        Problem::NotATag(line) => join(&[
            "Line ",
            &intl::number(*line),
            " of the tags needs a key of its own before an equals sign.",
        ]),
        Problem::Reserved(key) => join(&[
            "The key “",
            key,
            "” begins as the service's own keys do. Choose another.",
        ]),
        Problem::NotAChoice => join(&[name, " must be one of those offered."]),
        Problem::NotAllowed => join(&[
            name,
            " must be among the allowed ones. Change one of the two.",
        ]),
        Problem::Service(words) => words.clone(),
    }
}

/// A field's limit.
#[must_use]
pub fn limit(limit: usize) -> String {
    join(&["At most ", &intl::number(limit), " characters."])
}

/// A field's counter.
#[must_use]
pub fn count(length: usize, limit: usize) -> String {
    join(&[&intl::number(length), " / ", &intl::number(limit)])
}

/// The name of the button that copies a field.
#[must_use]
pub fn copy_field(of: Field) -> String {
    join(&["Copy ", &field(of).to_ascii_lowercase()])
}

/// Confirms that a workspace has been made.
#[must_use]
pub fn created(name: &str, evidence: Evidence, left: Option<&str>) -> String {
    let (lost, end) = match evidence {
        Evidence::ConfirmedByReading => (
            "The answer was lost, so the list was read again: ",
            " is created.",
        ),
        Evidence::InPart => ("", " is created, and something is left to do."),
        _ => ("", " is created."),
    };
    with_left(join(&[lost, &visible(name), end]), left)
}

/// An account and its service; once where it is called as that is.
#[must_use]
pub fn account_of(label: &str, service: &str) -> String {
    match label == service {
        true => label.to_owned(),
        false => join(&[label, " · ", service]),
    }
}
