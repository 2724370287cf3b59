//! Asking for a session: for a code, for a password, for the next one. A page that opens asks for
//! none, so this is in the second module (`pages::later` has the rest of it).
//!
//! Guarantees: what is sent once is sent once; where the module cannot be had, nothing was sent and
//! the failure says so.

use std::pin::Pin;
use std::rc::Rc;

use steward_domain::failure::Failure;
use steward_flows::{RefreshToken, Session, SignIn};

/// What a session is asked for with.
pub(super) enum Ask {
    /// The code of a redirect, the secret it was asked for with, and where it came back to.
    Code(String, String, String),
    /// An e-mail address and a password.
    Password(String, String),
    /// What renews the session before.
    Token(RefreshToken),
}

type Answer = Pin<Box<dyn Future<Output = Result<Session, Failure>>>>;

fn asked(sign_in: Rc<SignIn>, ask: Ask) -> Answer {
    Box::pin(async move {
        match ask {
            Ask::Code(code, verifier, address) => {
                sign_in.exchange(&code, &verifier, &address).await
            }
            Ask::Password(email, password) => sign_in.log_in(&email, &password).await,
            Ask::Token(token) => sign_in.refresh(&token).await,
        }
    })
}

#[cfg(split)]
mod module {
    use super::{Answer, Ask, asked};
    use std::rc::Rc;
    use steward_domain::failure::{Failure, FailureKind, Operation};
    use steward_flows::SignIn;
    use wasm_split_helpers::SplitLoaderError;

    pub(super) struct Missing;

    impl From<SplitLoaderError> for Missing {
        fn from(_: SplitLoaderError) -> Self {
            Self
        }
    }

    #[wasm_split_helpers::wasm_split(later, fallible)]
    pub(super) fn begin(sign_in: Rc<SignIn>, ask: Ask) -> Result<Answer, Missing> {
        Ok(asked(sign_in, ask))
    }

    impl From<Missing> for Failure {
        fn from(_: Missing) -> Self {
            Self::new(Operation::SignIn, FailureKind::Unreachable)
        }
    }
}

#[cfg(not(split))]
mod module {
    use super::{Answer, Ask, asked};
    use std::rc::Rc;
    use steward_domain::failure::Failure;
    use steward_flows::SignIn;

    pub(super) async fn begin(sign_in: Rc<SignIn>, ask: Ask) -> Result<Answer, Failure> {
        Ok(asked(sign_in, ask))
    }
}

/// Asks.
pub(super) async fn session(sign_in: &Rc<SignIn>, ask: Ask) -> Result<Session, Failure> {
    module::begin(Rc::clone(sign_in), ask).await?.await
}
