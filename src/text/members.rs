//! What is said about members and about changing them.

mod roles;

pub use roles::*;

use steward_domain::membership::Obstacle;
use steward_domain::role::Role;

use self::roles::role_within;
use super::{counted, join, visible};
use crate::browser::intl;

#[expect(missing_docs, reason = "each constant is its own text")]
mod words {
    pub const PERSON: &str = "Person";
    pub const USER: &str = "User id";
    pub const ROLE: &str = "Role";
    pub const YOU: &str = "You";
    pub const NO_MEMBERS: &str = "The service lists no members.";
    pub const LOADING_MEMBERS: &str = "Loading members";
    pub const CHECK_ROLE: &str = "Check again";
    pub const ROLE_PENDING: &str = "Checking your role";
    pub const ROLE_UNREADABLE: &str = "Could not be read";
    pub const NOT_A_MEMBER: &str = "Not a member";
    pub const ONE_MOMENT: &str = "Your role in this workspace is being checked.";
    pub const ORGANIZATION_ROLE: &str = "Organization";
    pub const ORGANIZATION_ADMIN: &str = "Organization administrator";
    pub const ORGANIZATION_MEANING: &str =
        "the account's key administers the whole organization, this workspace included";

    pub const EVERYBODY: &str = "Everybody is in this workspace";
    pub const EVERYBODY_TEXT: &str = "It is the organization's default workspace. It has no list \
                                      of members: everybody in the organization is in it.";
    pub const INHERITED: &str = "Inherited from the organization";
    pub const ROLE_CHANGED: &str = "Changed ";
    pub const ADDED: &str = "Added ";
    pub const FILTER_MEMBERS: &str = "Filter members";
    pub const NO_MEMBER_FITS: &str = "No member fits.";
    pub const SHOW_MORE: &str = "Show more";

    pub const ADD_MEMBER: &str = "Add member";
    pub const FIND_PERSON: &str = "Find a person";
    pub const LOADING_PEOPLE: &str = "Loading the people who can be added";
    pub const NOBODY_FITS: &str = "Nobody fits who is not a member already. Accounts of programs, and of \
                                   people who are shut out or switched off, are not offered.";
    pub const TYPE_USER_INSTEAD: &str = "You can type a user id instead.";
    pub const CHOOSE_PERSON: &str = "Choose a person first.";
    pub const TYPE_USER: &str = "Type the user id first.";
    pub const CHANGE_ROLE: &str = "Change role";
    pub const SAME_ROLE: &str = "Choose another role first.";
    pub const ANOTHER_CHANGE: &str = "Another change of the members is under way.";
    pub const KEEP_MEMBER: &str = "Keep member";
    pub const STAY: &str = "Stay";
    pub const CHANGING: &str = "Changing the members";
    pub const NOT_CHANGED: &str = "The members were not changed";
    pub const MEMBERS_ODD: &str = "Some members could not be read";
}
pub use words::*;

/// Which rule is in the way of a change of members.
#[must_use]
pub fn obstacle(obstacle: &Obstacle) -> String {
    match obstacle {
        Obstacle::NotAllowed => "Your role does not allow managing members.".to_owned(),
        Obstacle::Inherited => {
            "This role comes from the organization. It can be changed only there.".to_owned()
        }
        Obstacle::Last(last) => {
            let last = role_within(last);
            join(&[
                "This is the last member with the role ",
                &last,
                ", and one has to remain. Make somebody else ",
                &last,
                " first.",
            ])
        }
        Obstacle::TooStrong(strong) => join(&[
            "Giving, changing or taking away the role ",
            &role_within(strong),
            " takes that role yourself.",
        ]),
        Obstacle::Full(limit) => join(&[
            "This workspace has as many members as the service allows: ",
            &intl::number(*limit),
            ".",
        ]),
        Obstacle::MemberAlready => "They are a member already.".to_owned(),
        Obstacle::NotGiven(other) => join(&[
            "The role ",
            &role_within(other),
            " cannot be given in a workspace. It comes from the organization.",
        ]),
    }
}

/// How many of how many members fit a filter.
#[must_use]
pub fn members(fits: usize, all: usize) -> String {
    let all_of_them = counted(all, "member", "members");
    match fits == all {
        true => all_of_them,
        false => join(&[&intl::number(fits), " of ", &all_of_them]),
    }
}

/// How many more there are than are shown, and how to get at them.
#[must_use]
pub fn more_people(count: usize) -> String {
    join(&[
        &intl::number(count),
        " more fit. Type more of the name, e-mail or id.",
    ])
}

/// Where a user id that has to be typed is from.
#[must_use]
pub fn user_help(service: &str) -> String {
    join(&[
        "The person's id at ",
        service,
        ", which lists nobody to choose from.",
    ])
}

/// The button that adds somebody.
#[must_use]
pub fn add_as(who: &str, named: &Role) -> String {
    join(&["Add ", &visible(who), " as ", &role_within(named)])
}

/// Confirms that somebody was added.
#[must_use]
pub fn added(who: &str, workspace: &str, named: &Role) -> String {
    join(&[
        &visible(who),
        " was added to ",
        &visible(workspace),
        " as ",
        &role_within(named),
        ".",
    ])
}

/// The name of the button at a member that begins a change of role.
#[must_use]
pub fn change_role_of(who: &str) -> String {
    join(&["Change role of ", &visible(who)])
}

/// The name of the field with a member's role.
#[must_use]
pub fn role_of(who: &str) -> String {
    join(&["Role of ", &visible(who)])
}

/// Confirms a change of role.
#[must_use]
pub fn role_changed(who: &str, workspace: &str, named: &Role) -> String {
    join(&[
        "The role of ",
        &visible(who),
        " in ",
        &visible(workspace),
        " is ",
        &role_within(named),
        " now.",
    ])
}

/// The button at a member that takes them out, or oneself.
#[must_use]
pub fn remove(who: &str, me: bool) -> String {
    match me {
        true => "Leave this workspace".to_owned(),
        false => join(&["Remove ", &visible(who)]),
    }
}

/// The title of the question and its button.
#[must_use]
pub fn remove_from(who: &str, workspace: &str, me: bool) -> String {
    let workspace = visible(workspace);
    match me {
        true => join(&["Leave ", &workspace]),
        false => join(&["Remove ", &visible(who), " from ", &workspace]),
    }
}

/// What taking somebody out means.
#[must_use]
pub fn remove_meaning(named: &Role, me: bool) -> String {
    let role = role_within(named);
    match me {
        true => join(&[
            "You lose the role ",
            &role,
            " here. Only somebody who manages the members can add you again.",
        ]),
        false => join(&[
            "They lose the role ",
            &role,
            " here. They can be added again.",
        ]),
    }
}

/// Confirms that somebody was taken out, or left.
#[must_use]
pub fn removed(who: &str, workspace: &str, me: bool) -> String {
    let workspace = visible(workspace);
    match me {
        true => join(&["You left ", &workspace, "."]),
        false => join(&[&visible(who), " was removed from ", &workspace, "."]),
    }
}

/// Entries of a members list that name nobody.
#[must_use]
pub fn members_skipped(count: usize) -> String {
    join(&[
        &counted(count, "entry of this list does", "entries of this list do"),
        " not say who it is about. Who is missing here may be among them.",
    ])
}
