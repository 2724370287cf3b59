//! Sentences about why there may be no answer: likely causes, each with the step that leads on.
//!
//! Guarantees: what is not known for certain is worded as likely; that a service could not be reached is
//! said only where nothing better is known.

use steward_domain::failure::{Changed, Failure};
use steward_domain::reach::Cause;

use super::{changed, join, perhaps};

#[expect(missing_docs, reason = "each constant is its own text")]
mod words {
    pub const LIKELY: &str = "Likely causes, the likeliest first:";
    pub const OPEN_GATEWAY: &str = "Sign in at the gateway";
    pub const OPEN_SERVICE: &str = "Open the service’s address";
    pub const OPENS_WINDOW: &str = "It opens in a window of its own, and what you typed stays here. Come back once you are signed in there.";
}
pub use words::*;

/// That nothing has come, before anybody has looked around, and whether anything changed.
#[must_use]
pub fn unanswered(failure: &Failure) -> String {
    join(&[
        "No answer came that this page can read. ",
        changed(failure),
        &perhaps(failure).unwrap_or_default(),
    ])
}

/// A likely cause and the step that leads on.
#[must_use]
pub fn cause(cause: Cause, failure: &Failure, address: &str) -> String {
    // What may have been done is looked at before it is tried again.
    let again = failure.changed == Changed::No;
    let text = match cause {
        Cause::Insecure => {
            "This page is on https and the address of the service is not, so browsers send nothing \
             there. Whoever runs Steward can give it an https address in config.json."
        }
        Cause::Policy => {
            "The content policy of this page does not allow the address of the service, or one that it \
             redirects to. Whoever runs Steward can add it to connect-src."
        }
        Cause::Nothing if again => {
            "The service could not be reached, or the connection broke. Check your connection, then \
             try again."
        }
        Cause::Nothing => {
            "The service could not be reached, or the connection broke. Check your connection."
        }
        Cause::Broken if again => {
            "The service could not be reached, or the connection broke. Other requests of this page \
             are answered. Try again."
        }
        Cause::Broken => {
            "The service could not be reached, or the connection broke. Other requests of this page \
             are answered."
        }
        Cause::Gateway => {
            "The sign-in of the gateway may be over. Sign in there again; what you typed stays here."
        }
        Cause::Session => {
            "Your sign-in may be over, and the service may hide that from this page. Sign in again; \
             what you typed stays here."
        }
        Cause::Reading => {
            "The service may not let this page read its answers. Whoever runs it can allow the address \
             of this page (CORS); otherwise a gateway has to stand in between."
        }
        Cause::Changing => {
            "The service lets this page read, and may not let it change anything. Whoever runs it can \
             allow the address of this page to (CORS); otherwise a gateway has to stand in between."
        }
        Cause::Down => {
            "The service may be down, or a blocker, a VPN or a firewall may keep this browser from it. \
             Try without them, or later."
        }
        Cause::Address => {
            return join(&[
                "The address of the service may be wrong: ",
                address,
                ". Whoever runs Steward can correct it in config.json.",
            ]);
        }
    };
    text.to_owned()
}
