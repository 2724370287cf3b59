//! Asking for a session: for a code, a password, a token or key, for the next one; and whose it is. A
//! page that opens asks for none, so this is in the second module (`pages::later` has the rest of it).
//!
//! Guarantees: what is sent once is sent once; a session is given out only after its service has said
//! whose it is; where the module cannot be had, nothing was sent and the problem says so.

use std::pin::Pin;
use std::rc::Rc;

use steward_flows::sign_in::Problem;
use steward_flows::{Clock, Credential, RefreshToken, Session, SignIn};

use crate::transport::BrowserClock;

/// What a session is asked for with.
pub enum Ask {
    /// The code of a redirect, the secret it was asked for with, and where it came back to.
    Code(String, String, String),
    /// An e-mail address and a password.
    Password(String, String),
    /// A token or a key, as it was typed.
    Typed(String),
    /// Nothing: a gateway has the credential.
    Gateway,
    /// What renews the session before. Whose it is is known.
    Token(RefreshToken),
}

/// A session that its service has answered to.
pub(super) struct Proven {
    pub(super) session: Session,
    /// Whose it is, in words.
    pub(super) name: Option<String>,
}

type Answer = Pin<Box<dyn Future<Output = Result<Proven, Problem>>>>;

async fn ask_for(sign_in: &SignIn, ask: Ask) -> Result<Proven, Problem> {
    let now = BrowserClock.now();
    let renewed = matches!(ask, Ask::Token(_));
    let redirected = matches!(ask, Ask::Code(..));
    let answer = match ask {
        Ask::Code(code, verifier, address) => sign_in.exchange(&code, &verifier, &address).await,
        Ask::Password(email, password) => sign_in.log_in(&email, &password).await,
        Ask::Token(token) => sign_in.refresh(&token).await,
        Ask::Typed(text) => {
            let credential = Credential::from_pasted(&text).ok_or(Problem::NoToken)?;
            Ok(Session::from_pasted(credential, now))
        }
        Ask::Gateway => Ok(Session::from_pasted(Credential::Gateway, now)),
    };
    let mut session = answer.map_err(Problem::Failed)?;
    let mut name = None;
    // The token of a redirect may say itself whose it is.
    if !(renewed || redirected && session.subject.is_some()) {
        let who = sign_in.who_am_i(&session.credential).await;
        let who = who.map_err(Problem::Failed)?;
        session.subject = session.subject.or(who.id);
        name = who.name.or(who.organization).or(who.email);
    }
    Ok(Proven { session, name })
}

fn asked(sign_in: Rc<SignIn>, ask: Ask) -> Answer {
    Box::pin(async move { ask_for(&sign_in, ask).await })
}

#[cfg(split)]
mod module {
    use super::{Answer, Ask, asked};
    use std::rc::Rc;
    use steward_domain::failure::{Failure, FailureKind, Operation};
    use steward_flows::SignIn;
    use steward_flows::sign_in::Problem;
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

    impl From<Missing> for Problem {
        fn from(_: Missing) -> Self {
            Self::Failed(Failure::new(Operation::SignIn, FailureKind::Unreachable))
        }
    }
}

#[cfg(not(split))]
mod module {
    use super::{Answer, Ask, asked};
    use std::rc::Rc;
    use steward_flows::SignIn;
    use steward_flows::sign_in::Problem;

    pub(super) async fn begin(sign_in: Rc<SignIn>, ask: Ask) -> Result<Answer, Problem> {
        Ok(asked(sign_in, ask))
    }
}

/// Asks.
pub(super) async fn session(sign_in: &Rc<SignIn>, ask: Ask) -> Result<Proven, Problem> {
    module::begin(Rc::clone(sign_in), ask).await?.await
}
