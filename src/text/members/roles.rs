//! What is said about roles, and about what a role does not allow.

use steward_domain::capability::{Action, Denial, Reason};
use steward_domain::provider::{Description, Power};
use steward_domain::role::{Person, Role};

use super::EVERYBODY_TEXT;
use crate::text::{ARCHIVED_ALREADY, NOT_GIVEN, counted, join, quoted};

/// A role: the service's word, to be read; unknown ones exactly as the service writes them.
#[must_use]
pub fn role(role: &Role) -> String {
    let word = role.as_str();
    if word.is_empty() {
        return NOT_GIVEN.to_owned();
    }
    if !role.is_known() {
        return quoted(word);
    }
    let mut out = word.replace('_', " ").to_ascii_lowercase();
    if let Some(first) = out.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    out
}

/// The same within a sentence.
pub(super) fn role_within(named: &Role) -> String {
    let mut out = role(named);
    if named.is_known() {
        out.make_ascii_lowercase();
    }
    out
}

/// What a role may do, in plain words.
#[must_use]
pub fn role_meaning(service: &Description, role: &Role) -> String {
    if !role.is_known() {
        return "a role this version does not know".to_owned();
    }
    let verb = |power: &Power| {
        Some(match power {
            Power::Read => "reads",
            Power::Use => "uses it",
            Power::Develop => "makes API keys",
            Power::Edit => "edits",
            Power::Manage => "manages members",
            Power::Bill => "sees bills",
            Power::Archive => "archives",
            // Said where it is needed: beside what can be cancelled or deleted.
            Power::Cancel | Power::Delete => return None,
        })
    };
    let verbs: Vec<&str> = service.powers(role).iter().filter_map(verb).collect();
    listed(&verbs, " and ")
}

fn listed(parts: &[&str], last: &str) -> String {
    let mut out = String::new();
    for (number, part) in parts.iter().enumerate() {
        if number > 0 {
            out.push_str(if number + 1 == parts.len() {
                last
            } else {
                ", "
            });
        }
        out.push_str(part);
    }
    out
}

/// How many owners are named to somebody who may not do something.
const NAMED: usize = 3;

/// Why an action is not available: the role needed, yours, and who can.
#[must_use]
pub fn denial(action: Action, denial: &Denial) -> String {
    let act = match action {
        Action::Edit => "Editing",
        Action::Manage => "Managing members",
        Action::Archive => "Archiving",
        Action::Cancel => "Cancelling a subscription",
        Action::Delete => "Deleting this",
    };
    let roles: Vec<String> = denial.needed.iter().map(role_within).collect();
    let roles: Vec<&str> = roles.iter().map(String::as_str).collect();
    let needed = match roles.is_empty() {
        true => "No role in a workspace allows this.".to_owned(),
        false => join(&[act, " takes the role ", &listed(&roles, " or "), "."]),
    };
    let yours = match &denial.reason {
        Reason::Archived => return ARCHIVED_ALREADY.to_owned(),
        Reason::Protected => return protected(action).to_owned(),
        Reason::StateUnknown(words) => {
            return join(&[
                "The service gives this workspace the state ",
                &quoted(words),
                ", which this console does not know. Nothing is changed that rests on it: look at the \
                 workspace in the service's own console, or refresh once it is in use.",
            ]);
        }
        Reason::FieldsUnreadable => {
            return "What can be changed here came in a form that this console cannot read, so it \
                    changes none of it. Refresh, or edit it in the service's own console."
                .to_owned();
        }
        Reason::NotOffered => return "The service offers no way to do this.".to_owned(),
        Reason::RoleUnreadable => {
            return join(&[&needed, " Your role in this workspace could not be read."]);
        }
        Reason::RoleTooLow(mine) => join(&[" Your role here is ", &role_within(mine), "."]),
        Reason::NotAMember => " You are not in this workspace's list of members.".to_owned(),
    };
    let owners = denial.owners.iter().take(NAMED).map(Person::called);
    let owners = owners.collect::<Vec<&str>>().join(", ");
    let ask = match denial.owners.len() {
        0 => "",
        1 => " Ask the owner: ",
        _ => " Ask an owner: ",
    };
    let others = match denial.owners.len().saturating_sub(NAMED) {
        0 => String::new(),
        more => join(&[" and ", &counted(more, "other", "others")]),
    };
    join(&[&needed, &yours, ask, &owners, &others])
}

fn protected(action: Action) -> &'static str {
    match action {
        Action::Edit => "The service lets nothing about this workspace be changed.",
        Action::Manage => EVERYBODY_TEXT,
        Action::Archive | Action::Cancel | Action::Delete => {
            "This is the organization's default workspace. The service does not let it be archived."
        }
    }
}
