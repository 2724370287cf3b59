//! What every dialect can do. One implementation a service, each in its own folder.

use steward_domain::draft::{Change, Draft};
use steward_domain::failure::{Failure, FailureKind, Operation};
use steward_domain::id::WorkspaceId;
use steward_domain::membership::MemberChange;
use steward_domain::provider::Description;
use steward_domain::role::{Member, Person};
use steward_domain::workspace::Workspace;

use crate::credential::Credential;
use crate::http::{Reply, Request};
use crate::oauth::{Identity, RefreshToken, Tokens};

/// Where an account's service is, and what proves who is asking. A credential is only ever put on
/// a request to the `base` it stands beside.
#[derive(Clone, Copy, Debug)]
pub struct Door<'a> {
    /// The address under which the service's own paths begin, without a slash at the end; it comes
    /// from `config.json`.
    pub base: &'a str,
    /// What proves who is asking.
    pub credential: &'a Credential,
}

/// A service's way of asking and answering.
///
/// Every `read_…` looks at the status, then at the body, and takes what it can: missing fields,
/// unknown words and additional fields never fail. What a service does not have has a default here:
/// no request, and nothing that could read its answer.
pub trait Dialect: Sync {
    /// The facts about the service.
    fn description(&self) -> &'static Description;

    /// Asks for a page of the workspaces; `cursor` is from the page before.
    fn list(&self, door: Door<'_>, cursor: Option<&str>) -> Request;
    /// Reads a page.
    ///
    /// # Errors
    /// When the service refused or the body is no list of workspaces.
    fn read_list(&self, reply: Reply) -> Result<Page<Listed>, Failure>;

    /// Asks for one workspace.
    fn open(&self, door: Door<'_>, id: &WorkspaceId) -> Request;
    /// Reads one workspace, also as the answer to a change.
    ///
    /// # Errors
    /// When the service refused or the body is no workspace.
    fn read_open(&self, reply: Reply) -> Result<Workspace, Failure>;

    /// Asks for a page of the members of a workspace.
    fn members(&self, door: Door<'_>, id: &WorkspaceId, cursor: Option<&str>) -> Request;
    /// Reads a page of members.
    ///
    /// # Errors
    /// When the service refused or the body is no list of members.
    fn read_members(&self, reply: Reply) -> Result<Page<Member>, Failure>;

    /// Sends a change: the changed fields and nothing else.
    fn save(&self, door: Door<'_>, id: &WorkspaceId, change: &Change) -> Request;
    /// Reads the answer to a change.
    ///
    /// # Errors
    /// When the service refused, with the field if it named one; or when its answer cannot be
    /// read, which then says that the change was made.
    fn read_save(&self, reply: Reply) -> Result<Workspace, Failure>;

    /// Asks to archive.
    fn archive(&self, door: Door<'_>, id: &WorkspaceId) -> Request;
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
    fn create(&self, door: Door<'_>, draft: &Draft) -> Request;
    /// Reads the answer: the workspace that was made.
    ///
    /// # Errors
    /// When the service refused, with the field if it named one; or when its answer cannot be
    /// read, which then says that the workspace was made.
    fn read_create(&self, reply: Reply) -> Result<Workspace, Failure>;

    /// Asks to add, change or remove a member.
    fn manage(&self, door: Door<'_>, id: &WorkspaceId, change: &MemberChange) -> Request;
    /// Reads the answer.
    ///
    /// # Errors
    /// When the service refused.
    fn read_manage(&self, reply: Reply) -> Result<(), Failure>;

    /// Asks for a page of the people who can be added to a workspace.
    fn people(&self, _door: Door<'_>, _cursor: Option<&str>) -> Option<Request> {
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
    fn keys(&self, _door: Door<'_>, _id: &WorkspaceId, _cursor: Option<&str>) -> Option<Request> {
        None
    }
    /// Reads a page of API keys.
    ///
    /// # Errors
    /// When the service refused or the body is no list of keys.
    fn read_keys(&self, _reply: Reply) -> Result<Page<ApiKey>, Failure> {
        Err(not_offered(Operation::Keys))
    }

    /// Asks whom the credential speaks for: a person, or an organization. `None` where this is
    /// left to OpenID Connect (`userinfo` in `config.json`).
    fn who(&self, _door: Door<'_>) -> Option<Request> {
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
    /// Renews a session that [`Dialect::log_in`] began.
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
    /// Ends a session that [`Dialect::log_in`] began.
    fn log_out(&self, _door: Door<'_>, _token: &RefreshToken) -> Option<Request> {
        None
    }
}

fn not_offered(operation: Operation) -> Failure {
    Failure::new(operation, FailureKind::Refused)
}

/// A page of a list.
#[derive(Clone, PartialEq, Debug)]
pub struct Page<T> {
    /// What is on it, as the service ordered it.
    pub rows: Vec<T>,
    /// Entries that could not be read, for want of an id.
    pub skipped: usize,
    /// What follows this page.
    pub next: Next,
}

/// A workspace on a page.
#[derive(Clone, PartialEq, Debug)]
pub struct Listed {
    /// The workspace.
    pub workspace: Workspace,
    /// Its members, where the service sends them along.
    pub members: Option<Vec<Member>>,
}

/// An API key of a workspace. The key itself is never among what a service lists.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ApiKey {
    /// Its id.
    pub id: String,
    /// Its name, or its id where it has none.
    pub name: String,
    /// The part of it that the service shows.
    pub hint: Option<String>,
}

/// What follows a page.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub enum Next {
    /// Nothing: the list is complete.
    #[default]
    End,
    /// Another page, by this cursor.
    Cursor(String),
    /// More, but the service offers no way to ask for it: the list is cut.
    Cut,
}

/// The dialect of a service named in `config.json`.
#[must_use]
pub fn named(key: &str) -> Option<&'static dyn Dialect> {
    let all: [&'static dyn Dialect; 4] = [
        &crate::altostrat::Altostrat,
        &crate::anthropic::Anthropic,
        &crate::flashback::Flashback,
        &crate::openai::OpenAi,
    ];
    all.into_iter()
        .find(|dialect| dialect.description().key == key)
}
