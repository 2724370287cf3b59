//! Reading: the whole list, one workspace, its members.
//!
//! Guarantees: changes nothing, so it may try again by itself; says when a list is cut or entries
//! were unreadable; comes to an end whatever a service answers. Must not know what is shown.

use steward_domain::failure::{Failure, FailureKind, Operation, Unreadable};
use steward_domain::id::WorkspaceId;
use steward_domain::role::Member;
use steward_domain::workspace::Workspace;
use steward_providers::Page;
use steward_providers::dialect::Next;

use crate::service::Service;
use crate::steps;

/// More pages than any account has. A service that goes on is going round.
const MOST_PAGES: usize = 10_000;

/// What is known about a list after its last page.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Listing {
    /// The service has more workspaces than it gives.
    pub cut: bool,
    /// Entries on all pages that could not be read as a workspace.
    pub skipped: usize,
}

impl Service {
    /// Reads all workspaces; `on_page` gets each page as it comes.
    ///
    /// # Errors
    /// When a page could not be read even after trying again, or the service's pages do not end.
    /// Pages that came before have been handed over.
    pub async fn list(&self, on_page: &mut dyn FnMut(Page)) -> Result<Listing, Failure> {
        let mut listing = Listing {
            cut: false,
            skipped: 0,
        };
        let mut cursors: Vec<String> = Vec::new();
        loop {
            let cursor = cursors.last().map(String::as_str);
            let request = self.dialect.list(&self.base, &self.credential, cursor);
            let page = steps::read(
                &*self.transport,
                &*self.clock,
                Operation::List,
                request,
                &|reply| self.dialect.read_list(reply),
            )
            .await?;
            let next = page.next.clone();
            listing.skipped += page.skipped;
            on_page(page);
            match next {
                Next::End => return Ok(listing),
                Next::Cut => {
                    listing.cut = true;
                    return Ok(listing);
                }
                Next::Cursor(cursor) => {
                    if cursors.contains(&cursor) || cursors.len() + 1 >= MOST_PAGES {
                        let why = FailureKind::Unreadable(Unreadable::OtherShape);
                        return Err(Failure::new(Operation::List, why));
                    }
                    cursors.push(cursor);
                }
            }
        }
    }

    /// Reads one workspace.
    ///
    /// # Errors
    /// When it could not be read even after trying again.
    pub async fn open(&self, id: &WorkspaceId) -> Result<Workspace, Failure> {
        let request = self.dialect.open(&self.base, &self.credential, id);
        steps::read(
            &*self.transport,
            &*self.clock,
            Operation::Open,
            request,
            &|reply| self.dialect.read_open(reply),
        )
        .await
    }

    /// Reads the members of a workspace.
    ///
    /// # Errors
    /// When they could not be read even after trying again.
    pub async fn members(&self, id: &WorkspaceId) -> Result<Vec<Member>, Failure> {
        let request = self.dialect.members(&self.base, &self.credential, id);
        steps::read(
            &*self.transport,
            &*self.clock,
            Operation::Members,
            request,
            &|reply| self.dialect.read_members(reply),
        )
        .await
    }
}
