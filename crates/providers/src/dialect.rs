//! What every dialect can do. One implementation a service, each in its own folder.

use steward_domain::draft::Change;
use steward_domain::failure::Failure;
use steward_domain::id::WorkspaceId;
use steward_domain::provider::Description;
use steward_domain::role::Member;
use steward_domain::workspace::Workspace;

use crate::credential::Credential;
use crate::http::{Reply, Request};

/// A service's way of asking and answering. `base` is the address under which the service's own
/// paths begin, without a slash at the end; it comes from `config.json`.
///
/// Every `read_…` looks at the status, then at the body, and takes what it can: missing fields,
/// unknown words and additional fields never fail.
pub trait Dialect: Sync {
    /// The facts about the service.
    fn description(&self) -> &'static Description;

    /// Asks for a page of the workspaces; `cursor` is from the page before.
    fn list(&self, base: &str, credential: &Credential, cursor: Option<&str>) -> Request;
    /// Reads a page.
    ///
    /// # Errors
    /// When the service refused or the body is no list of workspaces.
    fn read_list(&self, reply: Reply) -> Result<Page, Failure>;

    /// Asks for one workspace.
    fn open(&self, base: &str, credential: &Credential, id: &WorkspaceId) -> Request;
    /// Reads one workspace, also as the answer to a change.
    ///
    /// # Errors
    /// When the service refused or the body is no workspace.
    fn read_open(&self, reply: Reply) -> Result<Workspace, Failure>;

    /// Asks for the members of a workspace.
    fn members(&self, base: &str, credential: &Credential, id: &WorkspaceId) -> Request;
    /// Reads members.
    ///
    /// # Errors
    /// When the service refused or the body is no list of members.
    fn read_members(&self, reply: Reply) -> Result<Vec<Member>, Failure>;

    /// Sends a change: the changed fields and nothing else.
    fn save(
        &self,
        base: &str,
        credential: &Credential,
        id: &WorkspaceId,
        change: &Change,
    ) -> Request;
    /// Reads the answer to a change.
    ///
    /// # Errors
    /// When the service refused, with the field if it named one; or when its answer cannot be
    /// read, which then says that the change was made.
    fn read_save(&self, reply: Reply) -> Result<Workspace, Failure>;

    /// Asks to archive.
    fn archive(&self, base: &str, credential: &Credential, id: &WorkspaceId) -> Request;
    /// Reads the answer to an archive: the workspace, if the service sends it along.
    ///
    /// # Errors
    /// When the service refused.
    fn read_archive(&self, reply: Reply) -> Result<Option<Workspace>, Failure>;
}

/// A page of workspaces.
#[derive(Clone, PartialEq, Default, Debug)]
pub struct Page {
    /// The workspaces, as the service ordered them.
    pub workspaces: Vec<Workspace>,
    /// Entries that could not be read as a workspace, for want of an id.
    pub skipped: usize,
    /// What follows this page.
    pub next: Next,
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
    let all: [&'static dyn Dialect; 1] = [&crate::altostrat::Altostrat];
    all.into_iter()
        .find(|dialect| dialect.description().key == key)
}
