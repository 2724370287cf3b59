//! Which field a refusal is about, and what kind of conflict it is.
//!
//! The contract says it only inside a sentence ("The 'name' parameter cannot exceed 50
//! characters."), so this is the one place that looks into a message. A miss costs no more than a
//! notice above the form instead of beside the field.

use steward_domain::failure::{Failure, FailureKind};
use steward_domain::field::Field;

/// Adds the field to a failure of the kind that has one.
pub(super) fn with_field(mut failure: Failure) -> Failure {
    if let FailureKind::Invalid(field) = &mut failure.kind {
        // Codes of other kinds may quote a workspace, and a workspace may be called 'name'.
        let about_parameter = failure
            .service
            .code
            .as_deref()
            .is_none_or(|code| code.starts_with("parameter_"));
        if about_parameter {
            *field = failure.service.message.as_deref().and_then(quoted_field);
        }
    }
    failure
}

/// Tells a workspace that is not empty from whatever else a conflict may be about.
pub(super) fn in_use(mut failure: Failure) -> Failure {
    // The one conflict that the contract has for this, and so the likely one where nothing is said.
    let code = failure.service.code.as_deref();
    if failure.kind == FailureKind::Conflict
        && code.is_none_or(|code| code == "workspace_not_empty")
    {
        failure.kind = FailureKind::InUse;
    }
    failure
}

/// The first parameter of ours that a message quotes. An apostrophe before it does no harm.
fn quoted_field(message: &str) -> Option<Field> {
    let quote = |letter: char| matches!(letter, '\'' | '"' | '`');
    message
        .split(quote)
        .skip(1)
        .find_map(|quoted| match quoted {
            "name" => Some(Field::Name),
            "description" => Some(Field::Description),
            _ => None,
        })
}
