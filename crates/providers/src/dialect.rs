//! What every dialect can do. One implementation a service, each in its own folder.

use steward_domain::failure::{Failure, FailureKind, Operation};
use steward_domain::id::WorkspaceId;
use steward_domain::provider::Description;
use steward_domain::role::Member;
use steward_domain::workspace::Workspace;

use crate::credential::Credential;
use crate::desk::Desk;
use crate::http::{Reply, Request};

/// Where an account's service is, and what proves who is asking. A credential is only ever put on
/// a request to the `base` it stands beside.
#[derive(Clone, Copy, Debug)]
pub struct Endpoint<'a> {
    /// The address under which the service's own paths begin, without a slash at the end; it comes
    /// from `config.json`.
    pub base: &'a str,
    /// What proves who is asking.
    pub credential: &'a Credential,
}

/// Every dialect there is.
#[derive(Clone, Copy)]
pub enum Which {
    /// Altostrat.
    Altostrat,
    /// Anthropic.
    Anthropic,
    /// Flashback.
    Flashback,
    /// OpenAI.
    OpenAi,
    /// None of these, as in tests; it brings its desk along.
    Other(&'static dyn Desk),
}

/// A service's way of asking and answering: what there is. What changes it, and who asks, is the [`Desk`]'s.
///
/// Every `read_…` looks at the status, then at the body, and takes what it can: missing fields,
/// unknown words and additional fields never fail.
pub trait Dialect: Sync {
    /// Which of them it is.
    fn which(&self) -> Which;

    /// The facts about the service.
    fn description(&self) -> &'static Description;

    /// Asks for a page of the workspaces; `cursor` is from the page before.
    fn list(&self, endpoint: Endpoint<'_>, cursor: Option<&str>) -> Request;
    /// Reads a page.
    ///
    /// # Errors
    /// When the service refused or the body is no list of workspaces.
    fn read_list(&self, reply: &Reply) -> Result<Page<Listed>, Failure>;

    /// Asks for one workspace.
    fn open(&self, endpoint: Endpoint<'_>, id: &WorkspaceId) -> Request;
    /// Reads one workspace, also as the answer to a change.
    ///
    /// # Errors
    /// When the service refused or the body is no workspace.
    fn read_open(&self, reply: Reply) -> Result<Workspace, Failure>;

    /// Asks for a page of the members of a workspace.
    fn members(&self, endpoint: Endpoint<'_>, id: &WorkspaceId, cursor: Option<&str>) -> Request;
    /// Reads a page of members.
    ///
    /// # Errors
    /// When the service refused or the body is no list of members.
    fn read_members(&self, reply: Reply) -> Result<Page<Member>, Failure>;
}

pub(crate) fn not_offered(operation: Operation) -> Failure {
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
