//! What is said about accounts and signing in.

use steward_domain::failure::{Failure, FailureKind};
use steward_domain::provider::{CredentialKind, Description};
use steward_domain::reach::asks_why;
use steward_flows::sign_in::Problem;

use super::{counted, failure_text, failure_title, join, unanswered};

#[expect(missing_docs, reason = "each constant is its own text")]
mod words {
    pub const WELCOME: &str = "Sign in to Steward";
    pub const WELCOME_TEXT: &str = "See every workspace you own, change one, archive one.";
    pub const OR: &str = "or";
    pub const TOKEN: &str = "Access token";
    pub const TOKEN_HELP: &str = "Sent to this service alone. Kept in memory until you close or \
                                  reload the page, or for this tab if you tick the box.";
    pub const USE_TOKEN: &str = "Sign in with token";
    pub const TOKEN_INSTEAD: &str = "Use an access token instead";
    pub const ADMIN_KEY: &str = "Admin key";
    pub const ADMIN_KEY_HELP: &str = "Such a key can manage the whole organization: every \
                                      workspace, its members and its API keys. It is tried at \
                                      this service before it is taken, sent nowhere else, and \
                                      stays in this tab.";
    pub const PERSONAL_KEY_HELP: &str = " A personal or service account key that is tied to no workspace \
                                         works too, and can do what its owner may.";
    pub const USE_KEY: &str = "Sign in with key";
    pub const EMAIL: &str = "E-mail";
    pub const PASSWORD: &str = "Password";
    pub const PASSWORD_HELP: &str = "Sent once, to this service alone, and kept nowhere.";
    pub const USE_PASSWORD: &str = "Sign in with password";
    pub const AUTHENTICATOR_CODE: &str = "Code from your authenticator";
    pub const CODE_HELP: &str = "The service has taken your password and asks for a second step. The code is \
                                 sent once, to this service alone.";
    pub const USE_CODE: &str = "Sign in with code";
    pub const START_AGAIN: &str = "Start again";
    pub const PASSWORD_INSTEAD: &str = "Use e-mail and password instead";
    pub const GATEWAY_HELP: &str =
        "A gateway holds the credential for this service. There is nothing to type.";
    pub const KEEP: &str = "Keep me signed in for this tab";
    pub const KEEP_HELP: &str = "The session survives a reload. It is gone when the tab closes.";
    pub const STARTING: &str = "Starting";
    pub const UNCONFIGURED: &str = "No service is configured";
    pub const UNCONFIGURED_TEXT: &str =
        "/config.json is missing, unreadable, or names no service that this version knows.";

    pub const ADD_ACCOUNT: &str = "Add account";
    pub const ADD_ACCOUNT_TEXT: &str = "The accounts you have stay signed in. Whoever is signed \
                                        in already gets a new session, not a second account.";
    pub const BACK_TO_ACCOUNTS: &str = "Back to accounts";
    pub const RENAME: &str = "Rename";
    pub const ACCOUNT_NAME: &str = "Account name";
    pub const ACCOUNT_NAME_HELP: &str = "For this console alone. The service does not learn of it.";
    pub const SAVE_NAME: &str = "Save name";
    pub const SIGN_OUT: &str = "Sign out";
    pub const SIGN_OUT_TEXT: &str = "Its workspaces, your unsaved text and its session leave this \
                                     tab. At the service nothing is changed or deleted, and the \
                                     other accounts stay signed in.";
    pub const KEEP_ACCOUNT: &str = "Stay signed in";
    pub const SIGN_IN_AGAIN: &str = "Sign in again";
    pub const SIGN_IN_AGAIN_TEXT: &str = "The service no longer accepts this session. Everything \
                                          on the page stays as it is, your text too.";
    pub const GOES_ON: &str = "What you sent has changed nothing. It is sent once more, by itself, \
                               as soon as you are signed in.";
    pub const TO_CONFIRM: &str = "Nothing has changed. What you confirmed stands ready to be \
                                  confirmed again once you are signed in.";
    pub const NOT_NOW: &str = "Not now";
    pub const GO_ON_AS_OTHER: &str = "Go on";
    pub const SOMEBODY_ELSE: &str = "Somebody else has signed in";
    pub const NOT_SENT_BY_OTHER: &str = "Nothing was sent";
    pub const ENDING_TEXT: &str =
        "This session ends soon. Sign in now, and nothing is interrupted.";
    pub const MAY_HAVE_ENDED_TEXT: &str =
        "This session may be over. Everything on the page stays as it is, your text too.";
    pub const EXTEND: &str = "Extend session";
    pub const OPEN_AGAIN: &str = "Open the window again";
    pub const WINDOW_OPEN: &str = "Go on in the other window";
    pub const WINDOW_OPEN_TEXT: &str = "It is the service's own page and closes by itself. If you \
                                        have closed it, open it again.";
    pub const IN_THIS_TAB: &str = "Continue in this tab";
    pub const WINDOW_BLOCKED: &str = "The browser blocked the window";
    pub const WINDOW_BLOCKED_TEXT: &str = "Allow windows for this page and press again, or go to \
                                           the service in this tab: your text is kept and is back \
                                           when you are.";
    pub const REPLACE_KEY: &str = "Replace key";

    pub const SERVICE: &str = "Service";
    pub const ADDRESS: &str = "Address";
    pub const SIGNED_IN_AS: &str = "Signed in as";
    pub const ORGANIZATION: &str = "Organization";
    pub const ORGANIZATION_ID: &str = "Organization id";
    pub const SESSION: &str = "Session";
    pub const SESSION_KEPT: &str = "Kept for this tab";
    pub const SESSION_MEMORY: &str = "In memory until you close or reload the page";
    pub const SESSION_GATEWAY: &str = "Held by a gateway";
    pub const SESSION_ENDS: &str = "Access renewed or ended at";
    pub const NOT_STATED: &str = "Not stated";
    pub const PAUSE: &str = "Pause";
    pub const CONNECTED: &str = "Connected";
    pub const HEALTH_LOADING: &str = "Loading";
    pub const HEALTH_SILENT: &str = "Not answering";
    pub const HEALTH_UNREAD: &str = "Not loaded";
    pub const HEALTH_FAILED: &str = "Could not be loaded";
    pub const RESTING: &str = "Resting";
    pub const RESTED_NOW: &str = "The pause is over.";
    pub const RESTED: &str = "The pause that the service asked for is over.";
    pub const ENDED: &str = "Session ended";
    pub const ENDED_TEXT: &str = "The service no longer accepts this session. What you see may be \
                                  out of date; nothing can be changed until you sign in again.";
}
pub use words::*;

/// Sign in at a service.
#[must_use]
pub fn sign_in_with(label: &str) -> String {
    join(&["Continue with ", label])
}

/// The button that renames an account among several.
#[must_use]
pub fn rename(label: &str) -> String {
    join(&["Rename ", label])
}

/// The button that signs out of an account among several, and the title of its dialog.
#[must_use]
pub fn sign_out_of(label: &str) -> String {
    join(&["Sign out of ", label])
}

/// The button that signs in again to an account among several.
#[must_use]
pub fn sign_in_again_to(label: &str) -> String {
    join(&["Sign in again to ", label])
}

/// What it means that another person has signed in than the one who was asked for.
#[must_use]
pub fn somebody_else(asked: &str, came: &str) -> String {
    join(&[
        "This session is of another person. It is an account of its own now, ",
        came,
        "; ",
        asked,
        " stays ended.",
    ])
}

/// How the first person gets back what they had typed.
#[must_use]
pub fn text_kept(asked: &str) -> String {
    join(&[
        "Text that was typed in ",
        asked,
        " is kept in this tab and not shown. It is back when the person who typed it signs in to ",
        asked,
        " again. Signing out of it discards the text.",
    ])
}

/// Warns of the end of a session.
#[must_use]
pub fn ends_soon(label: &str) -> String {
    join(&["Your session at ", label, " ends within two minutes."])
}

/// The button that replaces the key of an account among several.
#[must_use]
pub fn replace_key_of(label: &str) -> String {
    join(&["Replace key of ", label])
}

/// Confirms a sign-in to a further account.
#[must_use]
pub fn connected(label: &str) -> String {
    join(&[label, " is connected."])
}

/// Confirms that an account has left.
#[must_use]
pub fn signed_out_of(label: &str) -> String {
    join(&["You are signed out of ", label, "."])
}

/// How long a service wants to be left alone.
#[must_use]
pub fn resting(seconds: u32) -> String {
    let seconds = usize::try_from(seconds).unwrap_or(usize::MAX);
    join(&[
        "The service asked for a pause: ",
        &counted(seconds, "second", "seconds"),
        " left.",
    ])
}

/// Why a sign-in with that kind of credential did not work, and the service's own words about it.
#[must_use]
pub fn sign_in_problem(
    problem: &Problem,
    with: CredentialKind,
) -> (String, String, Option<&Failure>) {
    let (title, text) = match (problem, with) {
        (Problem::NotOurs, _) => (
            "This sign-in was not started here",
            "It may have been started in another tab, or used already. Start again.",
        ),
        (Problem::Refused(words), _) => (
            "The sign-in service refused",
            words.as_deref().unwrap_or("It gave no reason."),
        ),
        (Problem::Insecure, _) => (
            "This page is not on a secure address",
            "Signing in needs https, or an address of this computer. Open the page there.",
        ),
        (Problem::NoToken, CredentialKind::AdminKey) => (
            "This is no Admin key",
            "A key is one line of letters, digits and signs. Copy it again.",
        ),
        (Problem::NoToken, _) => (
            "This is no access token",
            "A token is one line of letters, digits and signs. Copy it again.",
        ),
        (Problem::NotOpened, _) => (
            "The service's sign-in page did not open",
            "It has not answered. Try again, or use another way to sign in.",
        ),
        (Problem::SecondFactor(half), _) => (
            "The service asks for a second step",
            match half.by_code {
                true => "It wants a code from your authenticator besides. Nobody is signed in yet.",
                false => {
                    "It wants something besides that cannot be given here, such as a passkey or a link \
                     by e-mail. Sign in there, and use an access token here."
                }
            },
        ),
        (Problem::WrongCode(failure), _) => {
            return (
                "The code was not accepted".to_owned(),
                "Wait for the next one that your authenticator shows. If none is accepted, start again."
                    .to_owned(),
                Some(failure),
            );
        }
        (Problem::Failed(failure), _) => {
            let text = match (&failure.kind, with) {
                (FailureKind::SignedOut, CredentialKind::AdminKey) => {
                    "The service does not accept this key.".to_owned()
                }
                (FailureKind::SignedOut, CredentialKind::Password) => {
                    "The service does not accept this e-mail and password.".to_owned()
                }
                // Why is said below, once somebody has looked around.
                _ if asks_why(failure) => unanswered(failure),
                _ => failure_text(failure, false),
            };
            return (failure_title(failure), text, Some(failure));
        }
    };
    (title.to_owned(), text.to_owned(), None)
}

/// What a key for a whole organization is, and which other keys are taken in its place.
#[must_use]
pub fn admin_key_help(service: &Description) -> String {
    let others = match service.key {
        "anthropic" => PERSONAL_KEY_HELP,
        _ => "",
    };
    join(&[ADMIN_KEY_HELP, others])
}
