//! Sentences about links that another tab or another person made.

use super::join;

#[expect(missing_docs, reason = "each constant is its own text")]
mod words {
    pub const NOT_HERE: &str = "You are not signed in to this account here";
    pub const NO_SUCH_SERVICE: &str = "This console has no such service";
    pub const FILTER_NOT_HERE: &str = "The filter names an account that is not signed in here.";
}
pub use words::*;

/// What a link is to whose account is not signed in here; whether others of its service are.
#[must_use]
pub fn not_here(label: &str, others: bool) -> String {
    let (here, with) = match others {
        true => (
            ", and no account that is signed in here shows it.",
            " Sign in with another one;",
        ),
        false => (
            ", where nobody is signed in in this tab.",
            " Sign in there;",
        ),
    };
    let back = " you come back to this address.";
    join(&["The link leads to a workspace at ", label, here, with, back])
}

/// That a form's address names an account which is not signed in here.
#[must_use]
pub fn new_not_here(label: &str) -> String {
    join(&[
        "The link leads to an account at ",
        label,
        ". Sign in there and come back to this address, or choose another account below.",
    ])
}

/// That a link names a service which this console does not have.
#[must_use]
pub fn no_such_service(name: &str) -> String {
    join(&[
        "The link names “",
        name,
        "”, which is not among the services of this console. It may be a link of another console.",
    ])
}

/// That a link may be of another account than the one that does not show the workspace.
#[must_use]
pub fn perhaps_of_another(label: &str) -> String {
    join(&[
        "If somebody gave you this link, it may be of another account at ",
        label,
        ".",
    ])
}

/// The way to the sign-in of a service.
#[must_use]
pub fn sign_in_to(label: &str) -> String {
    join(&["Sign in to ", label])
}
