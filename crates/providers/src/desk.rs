//! What a dialect can do beyond showing workspaces: change them, ask what a change needs to know, and
//! begin, renew and end a session.
//!
//! Apart from [`Dialect`], because a list is shown without it: the app downloads it later, as long as
//! nothing that is there from the start names it.

use steward_domain::blocker::{Blocker, Check, Payer};
use steward_domain::draft::{Change, Draft};
use steward_domain::failure::{Failure, Operation};
use steward_domain::id::WorkspaceId;
use steward_domain::invoice::Money;
use steward_domain::membership::MemberChange;
use steward_domain::role::Person;
use steward_domain::workspace::Workspace;

use crate::dialect::{ApiKey, Dialect, Endpoint, Page, Which, not_offered};
use crate::http::{Reply, Request};
use crate::oauth::{Identity, RefreshToken, Tokens};

/// A service's way of being changed, and of signing in. What a service does not have has a default:
/// no request, and nothing that could read its answer.
pub trait Desk: Dialect {
    /// Sends a change: the changed fields and nothing else.
    fn save(&self, endpoint: Endpoint<'_>, id: &WorkspaceId, change: &Change) -> Request;
    /// Reads the answer to a change.
    ///
    /// # Errors
    /// When the service refused, with the field if it named one; or when its answer cannot be
    /// read, which then says that the change was made.
    fn read_save(&self, reply: Reply) -> Result<Workspace, Failure>;

    /// Asks to archive.
    fn archive(&self, endpoint: Endpoint<'_>, id: &WorkspaceId) -> Request;
    /// Reads the answer to an archive: the workspace, if the service sends it along. A refusal
    /// because something is still in it is a [`FailureKind::InUse`], whatever its status.
    ///
    /// # Errors
    /// When the service refused.
    fn read_archive(&self, reply: Reply) -> Result<Option<Workspace>, Failure>;

    /// Whether the service still shows an archived workspace. Where it does not, "not found" after
    /// an archive is the sign that it worked.
    fn shows_archived(&self) -> bool {
        true
    }

    /// Asks to make a workspace.
    fn create(&self, endpoint: Endpoint<'_>, draft: &Draft) -> Request;
    /// Reads the answer: the workspace that was made.
    ///
    /// # Errors
    /// When the service refused, with the field if it named one; or when its answer cannot be
    /// read, which then says that the workspace was made.
    fn read_create(&self, reply: Reply) -> Result<Workspace, Failure>;

    /// Asks to add, change or remove a member.
    fn manage(&self, endpoint: Endpoint<'_>, id: &WorkspaceId, change: &MemberChange) -> Request;
    /// Reads the answer.
    ///
    /// # Errors
    /// When the service refused.
    fn read_manage(&self, reply: Reply) -> Result<(), Failure>;

    /// Asks for a page of the people who can be added to a workspace.
    fn people(&self, _endpoint: Endpoint<'_>, _cursor: Option<&str>) -> Option<Request> {
        None
    }
    /// Reads a page of people.
    ///
    /// # Errors
    /// When the service refused or the body is no list of people.
    fn read_people(&self, _reply: Reply) -> Result<Page<Person>, Failure> {
        Err(not_offered(Operation::People))
    }

    /// Asks for a page of the active API keys of a workspace.
    fn keys(
        &self,
        _endpoint: Endpoint<'_>,
        _id: &WorkspaceId,
        _cursor: Option<&str>,
    ) -> Option<Request> {
        None
    }
    /// Reads a page of API keys.
    ///
    /// # Errors
    /// When the service refused or the body is no list of keys.
    fn read_keys(&self, _reply: Reply) -> Result<Page<ApiKey>, Failure> {
        Err(not_offered(Operation::Keys))
    }

    /// Asks for a page of who pays for a workspace.
    fn payers(
        &self,
        _endpoint: Endpoint<'_>,
        _id: &WorkspaceId,
        _cursor: Option<&str>,
    ) -> Option<Request> {
        None
    }
    /// Reads a page of them.
    ///
    /// # Errors
    /// When the service refused or the body is no such list.
    fn read_payers(&self, _reply: Reply) -> Result<Page<Payer>, Failure> {
        Err(not_offered(Operation::Blockers))
    }

    /// Asks for a page of what one of them pays for.
    fn subscriptions(
        &self,
        _endpoint: Endpoint<'_>,
        _id: &WorkspaceId,
        _payer: &Payer,
        _cursor: Option<&str>,
    ) -> Option<Request> {
        None
    }
    /// Reads a page of subscriptions, those that are over included.
    ///
    /// # Errors
    /// When the service refused or the body is no such list.
    fn read_subscriptions(&self, _reply: Reply, _payer: &Payer) -> Result<Page<Blocker>, Failure> {
        Err(not_offered(Operation::Blockers))
    }

    /// Asks for a page of the organizations of a workspace.
    fn usage(
        &self,
        _endpoint: Endpoint<'_>,
        _id: &WorkspaceId,
        _cursor: Option<&str>,
    ) -> Option<Request> {
        None
    }
    /// Reads a page of organizations, those that use nothing included.
    ///
    /// # Errors
    /// When the service refused or the body is no such list.
    fn read_usage(&self, _reply: Reply) -> Result<Page<Blocker>, Failure> {
        Err(not_offered(Operation::Blockers))
    }

    /// Asks to cancel a subscription.
    fn cancel(
        &self,
        _endpoint: Endpoint<'_>,
        _id: &WorkspaceId,
        _payer: &Payer,
        _subscription: &str,
    ) -> Option<Request> {
        None
    }
    /// Reads the answer: whether it was accepted, not whether it has taken effect.
    ///
    /// # Errors
    /// When the service refused, or answered about another subscription.
    fn read_cancel(&self, _reply: Reply, _subscription: &str) -> Result<(), Failure> {
        Err(not_offered(Operation::Cancel))
    }

    /// Asks what the next invoice of a subscription comes to, as it stands or once it is cancelled.
    /// Changes nothing.
    fn preview(
        &self,
        _endpoint: Endpoint<'_>,
        _id: &WorkspaceId,
        _payer: &Payer,
        _subscription: &str,
        _cancelled: bool,
    ) -> Option<Request> {
        None
    }
    /// Reads what it comes to.
    ///
    /// # Errors
    /// When the service refused or the body is no invoice.
    fn read_preview(&self, _reply: Reply) -> Result<Money, Failure> {
        Err(not_offered(Operation::Blockers))
    }

    /// Asks for the repositories or the buckets of a workspace.
    fn stored(&self, _endpoint: Endpoint<'_>, _id: &WorkspaceId, _kind: Check) -> Option<Request> {
        None
    }
    /// Reads them; what says that it is in another workspace is left out.
    ///
    /// # Errors
    /// When the service refused or the body is no such list.
    fn read_stored(
        &self,
        _reply: Reply,
        _id: &WorkspaceId,
        _kind: Check,
    ) -> Result<Page<Blocker>, Failure> {
        Err(not_offered(Operation::Blockers))
    }

    /// Asks to delete one of them.
    fn delete(&self, _endpoint: Endpoint<'_>, _row: &Blocker) -> Option<Request> {
        None
    }
    /// Reads the answer.
    ///
    /// # Errors
    /// When the service refused.
    fn read_delete(&self, _reply: Reply) -> Result<(), Failure> {
        Err(not_offered(Operation::Delete))
    }

    /// Asks whom the credential speaks for: a person, or an organization. `None` where this is
    /// left to OpenID Connect (`userinfo` in `config.json`).
    fn who(&self, _endpoint: Endpoint<'_>) -> Option<Request> {
        None
    }
    /// Reads whom it speaks for.
    ///
    /// # Errors
    /// When the service refused or the body says nothing of the kind.
    fn read_who(&self, _reply: Reply) -> Result<Identity, Failure> {
        Err(not_offered(Operation::WhoAmI))
    }

    /// Signs in with e-mail and password.
    fn log_in(&self, _base: &str, _email: &str, _password: &str) -> Option<Request> {
        None
    }
    /// Renews a session that [`Desk::log_in`] began.
    fn renew(&self, _base: &str, _token: &RefreshToken) -> Option<Request> {
        None
    }
    /// Reads the answer to either.
    ///
    /// # Errors
    /// When the service refused or the body holds no token.
    fn read_session(&self, _reply: Reply, operation: Operation) -> Result<Tokens, Failure> {
        Err(not_offered(operation))
    }
    /// Ends a session that [`Desk::log_in`] began.
    fn log_out(&self, _endpoint: Endpoint<'_>, _token: &RefreshToken) -> Option<Request> {
        None
    }

    /// Asks how far the second factor of a sign-in has come.
    fn second_factor(&self, _endpoint: Endpoint<'_>) -> Option<Request> {
        None
    }
    /// Reads how far.
    ///
    /// # Errors
    /// When the service refused or the body does not say.
    fn read_second_factor(&self, _reply: Reply) -> Result<SecondFactor, Failure> {
        Err(not_offered(Operation::SignIn))
    }

    /// Sends the code of a second factor.
    fn verify(&self, _endpoint: Endpoint<'_>, _code: &str) -> Option<Request> {
        None
    }
    /// Reads the tokens that it gave.
    ///
    /// # Errors
    /// When the service refused or its answer holds no token for everything.
    fn read_verify(&self, _reply: Reply) -> Result<Tokens, Failure> {
        Err(not_offered(Operation::SignIn))
    }
}

/// How far the second factor of a sign-in has come.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SecondFactor {
    /// The token is good for everything.
    Done,
    /// A code from an authenticator is still to come.
    ByCode,
    /// Something else is still to come, which this console cannot give.
    ByOther,
}

/// The desk of a dialect.
#[must_use]
pub fn desk(of: &dyn Dialect) -> &'static dyn Desk {
    match of.which() {
        Which::Altostrat => &crate::altostrat::Altostrat,
        Which::Anthropic => &crate::anthropic::Anthropic,
        Which::Flashback => &crate::flashback::Flashback,
        Which::OpenAi => &crate::openai::OpenAi,
        Which::Other(desk) => desk,
    }
}
