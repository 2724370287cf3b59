//! Asking for a session: for a code, a password, a token or key, for the next one; and whose it is. A
//! page that opens asks for none, so this is in the group of the ways to sign in (`lazy` has the rest of it),
//! with what of `redirect`, `sign_in`, `refresh` and `resume` leads here.
//!
//! Guarantees: what is sent once is sent once; a session is given out only after its service has said
//! whose it is; where the group cannot be had, nothing was sent or written, and who wants it is told.

use std::pin::Pin;
use std::rc::Rc;

use steward_domain::failure::{Failure, FailureKind, Operation};
use steward_domain::id::{AccountId, WorkspaceId};
use steward_flows::sign_in::{Half, Problem};
use steward_flows::{Clock, Credential, Session, SignIn};

use super::accounts::{Account, Accounts};
use super::redirect::return_address;
use super::sign_in::SignInRequest;
use super::storage::StoredSession;
use crate::routes::Route;
use crate::transport::BrowserClock;

/// What leads to a session.
pub(super) enum Flow {
    /// To the service's own page, which comes back to this address of the app.
    Redirect(SignInRequest, Option<Route>),
    /// Asking with what is there.
    Ask(SignInRequest, Ask),
    /// Renewing an account's.
    Renew(AccountId),
    /// Taking up a stored one that seems over.
    Resume(Rc<StoredSession>, Session),
}

/// Runs such a flow. The account, where it has come to one.
pub(super) async fn run(accounts: Accounts, flow: Flow) -> Result<Option<Rc<Account>>, Missing> {
    Ok(module::begin(accounts, flow).await?.await)
}

/// The group cannot be had.
pub(super) struct Missing;

impl From<Missing> for Problem {
    fn from(_: Missing) -> Self {
        Self::Failed(Failure::new(Operation::SignIn, FailureKind::Unreachable))
    }
}

type Running = Pin<Box<dyn Future<Output = Option<Rc<Account>>>>>;

fn running(accounts: Accounts, flow: Flow) -> Running {
    Box::pin(async move {
        match flow {
            Flow::Redirect(request, next) => accounts.redirect(request, next).await,
            Flow::Ask(request, ask) => return accounts.ask(request, ask).await,
            Flow::Renew(id) => accounts.renew_now(id).await,
            Flow::Resume(stored, session) => accounts.resume_over(stored, session).await,
        }
        None
    })
}

#[cfg(split)]
mod module {
    use super::{Accounts, Flow, Missing, Running, running};
    use wasm_split_helpers::SplitLoaderError;

    impl From<SplitLoaderError> for Missing {
        fn from(_: SplitLoaderError) -> Self {
            Self
        }
    }

    #[wasm_split_helpers::wasm_split(sign_in, fallible)]
    pub(super) fn begin(accounts: Accounts, flow: Flow) -> Result<Running, Missing> {
        Ok(running(accounts, flow))
    }
}

#[cfg(not(split))]
mod module {
    use super::{Accounts, Flow, Missing, Running, running};

    pub(super) async fn begin(accounts: Accounts, flow: Flow) -> Result<Running, Missing> {
        Ok(running(accounts, flow))
    }
}

/// What a session is asked for with.
pub enum Ask {
    /// The code of a redirect, and the secret it was asked for with.
    Code(String, String),
    /// An e-mail address and a password.
    Password(String, String),
    /// What an e-mail address and a password came to, and the code that completes it.
    SecondFactor(Half, String),
    /// A token or a key, as it was typed.
    Typed(String),
    /// Nothing: a gateway has the credential.
    Gateway,
}

/// A session that its service has answered to.
pub(super) struct Proven {
    pub(super) session: Session,
    /// Whose it is, in words.
    pub(super) name: Option<String>,
    /// Whether it is of the person who was there before.
    pub(super) same: bool,
}

/// The account that is signed in to again, and a workspace of it.
type Before = (Rc<Account>, Option<WorkspaceId>);

/// Asks; `before` is whom the session is to be of, where that matters.
pub(super) async fn session(
    sign_in: &SignIn,
    ask: Ask,
    before: Option<Before>,
) -> Result<Proven, Problem> {
    let now = BrowserClock.now();
    let redirected = matches!(ask, Ask::Code(..));
    let answer = match ask {
        Ask::Code(code, verifier) => {
            let address = return_address();
            sign_in.exchange(&code, &verifier, &address).await
        }
        Ask::Password(email, password) => sign_in.log_in(&email, &password).await,
        Ask::SecondFactor(half, code) => Ok(sign_in.verify(&half, &code).await?),
        Ask::Typed(text) => {
            let credential = Credential::from_pasted(&text).ok_or(Problem::NoToken)?;
            Ok(Session::from_pasted(credential, now))
        }
        Ask::Gateway => Ok(Session::from_pasted(Credential::Gateway, now)),
    };
    let mut session = answer.map_err(Problem::Failed)?;
    let mut name = None;
    // The token of a redirect may say itself whose it is.
    if !(redirected && session.subject.is_some()) {
        let who = sign_in.who_am_i(&session.credential).await;
        // What is good for the second step alone is no session.
        let half = sign_in.second_step(&session, &who).await;
        if let Some(half) = half.map_err(Problem::Failed)? {
            return Err(Problem::SecondFactor(half));
        }
        let who = who.map_err(Problem::Failed)?;
        session.subject = session.subject.or(who.id);
        name = who.name.or(who.organization).or(who.email);
    }
    let same = match &before {
        Some(before) => is_of(&session, before).await?,
        None => false,
    };
    Ok(Proven {
        session,
        name,
        same,
    })
}

/// Whether a session is of the same person as an account's, or, where its service does not say whose
/// a key is, of a key to the same workspaces.
async fn is_of(session: &Session, before: &Before) -> Result<bool, Problem> {
    let (before, witness) = before;
    if session.subject.is_some() || before.me.is_some() {
        return Ok(session.subject == before.me);
    }
    let Some(witness) = witness else {
        return Ok(true);
    };
    let mut service = before.service.clone();
    service.credential = session.credential.clone();
    service.rate_limit = Default::default();
    match service.open(witness).await {
        Ok(_) => Ok(true),
        Err(failure) => match failure.kind {
            FailureKind::NotFound | FailureKind::Forbidden => Ok(false),
            _ => Err(Problem::Failed(failure)),
        },
    }
}
