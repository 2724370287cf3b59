//! Reading: the whole list, one workspace, its members and keys, and who could be a member.
//!
//! Guarantees: changes nothing, so it may try again by itself; says when a list is cut or entries
//! were unreadable; comes to an end whatever a service answers. Must not know what is shown.

use steward_domain::failure::{Failure, Operation};
use steward_domain::id::WorkspaceId;
use steward_domain::role::{Member, Person};
use steward_domain::workspace::Workspace;
use steward_providers::http::{Reply, Request};
use steward_providers::{ApiKey, Listed, Page};

use crate::client::Client;
use crate::outcome::about;
use crate::pages::{Ending, Seen, other_shape, refuses_place};
use crate::service::Service;

/// What is known about a list after its last page.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Listing {
    /// The service has more workspaces than it gives.
    pub cut: bool,
    /// Entries on all pages that were read by this call and could not be read as a workspace.
    pub skipped: usize,
}

/// A list that was read to its end.
#[derive(Clone, PartialEq, Debug)]
pub struct Whole<T> {
    /// What could be read, each once.
    pub rows: Vec<T>,
    /// Entries that could not be read, so that nobody can say who or what is not in the list.
    pub skipped: usize,
}

/// What was read, and the id under which the service logged the request.
pub(crate) type Read<T> = (T, Option<String>);

impl Service {
    /// Reads the workspaces, all of them or those after a cursor; `on_page` gets each page as it
    /// comes, and the bytes it was read from, for [`Service::read_kept`]. A workspace that the service
    /// puts on two pages is handed over twice.
    ///
    /// # Errors
    /// When a page could not be read even after trying again, or the service's pages do not end:
    /// it names a page a second time, three pages in a row bring nothing new, or there are more
    /// pages than any account has. Pages that came before have been handed over; the cursor in the
    /// last one's [`Page::next`], given as `from`, goes on where this call ended.
    pub async fn list(
        &self,
        from: Option<&str>,
        on_page: &mut dyn FnMut(Page<Listed>, Vec<u8>),
    ) -> Result<Listing, Failure> {
        self.list_read(from, &mut |page, _, body| on_page(page, body))
            .await
    }

    /// Reads a page again from the bytes that [`Service::list`] handed over. Asks nobody.
    #[must_use]
    pub fn read_kept(&self, body: Vec<u8>) -> Option<Page<Listed>> {
        self.dialect.read_list(&Reply::kept(body)).ok()
    }

    /// The same as [`Service::list`] with the id of the request that brought the page.
    pub(crate) async fn list_read(
        &self,
        from: Option<&str>,
        on_page: &mut dyn FnMut(Page<Listed>, Option<String>, Vec<u8>),
    ) -> Result<Listing, Failure> {
        let mut skipped = 0;
        let ask = |cursor: Option<&str>| Some(self.dialect.list(self.endpoint(), cursor));
        let mut take = |reply: Reply, seen: &mut Seen| {
            let page = self.dialect.read_list(&reply)?;
            // The ids at both ends tell one page from another, at less than the price of all.
            for row in [page.rows.first(), page.rows.last()].into_iter().flatten() {
                seen.is_new(row.workspace.id.as_str());
            }
            let next = page.next.clone();
            skipped += page.skipped;
            on_page(page, reply.request_id, reply.body);
            Ok(next)
        };
        let ending = self
            .client()
            .pages(Operation::List, from, &ask, &mut take)
            .await?;
        Ok(Listing {
            cut: ending == Ending::Cut,
            skipped,
        })
    }

    /// Reads one workspace.
    ///
    /// # Errors
    /// When it could not be read even after trying again, or the answer is about another one.
    pub async fn open(&self, id: &WorkspaceId) -> Result<Workspace, Failure> {
        self.opened(id).await.map(|(workspace, _)| workspace)
    }

    /// The same with the id of the request that was answered.
    pub(crate) async fn opened(&self, id: &WorkspaceId) -> Result<Read<Workspace>, Failure> {
        self.opened_by(self.client(), id).await
    }

    /// The same right before something is written: it does not wait for a moment that the service
    /// asks for, as the writing would not.
    pub(crate) async fn opened_now(&self, id: &WorkspaceId) -> Result<Read<Workspace>, Failure> {
        let client = Client {
            hurried: true,
            ..self.client()
        };
        self.opened_by(client, id).await
    }

    async fn opened_by(
        &self,
        client: Client<'_>,
        id: &WorkspaceId,
    ) -> Result<Read<Workspace>, Failure> {
        let request = self.dialect.open(self.endpoint(), id);
        client
            .read_one(Operation::Open, request, &|reply| {
                let request_id = reply.request_id.clone();
                let found = self.dialect.read_open(reply)?;
                let found = about(Operation::Open, found.id == *id, found, request_id.as_ref())?;
                Ok((found, request_id))
            })
            .await
    }

    /// Reads all members of a workspace, each once.
    ///
    /// # Errors
    /// When a page could not be read even after trying again, the pages do not end, or the service
    /// has more than it gives: of a part nobody could say who is not in it.
    pub async fn members(&self, id: &WorkspaceId) -> Result<Whole<Member>, Failure> {
        self.members_read(id).await.map(|(members, _)| members)
    }

    /// The same with the id of the last request that was answered.
    pub(crate) async fn members_read(
        &self,
        id: &WorkspaceId,
    ) -> Result<Read<Whole<Member>>, Failure> {
        let mut request_id = None;
        let members = self
            .whole(
                Operation::Members,
                &|cursor| Some(self.dialect.members(self.endpoint(), id, cursor)),
                &mut |reply| {
                    request_id.clone_from(&reply.request_id);
                    self.dialect.read_members(reply)
                },
                &|member: &Member| member.person.id.as_str(),
            )
            .await?;
        Ok((members, request_id))
    }

    /// Reads all people who can be added to a workspace, each once; none where the service does
    /// not list them.
    ///
    /// # Errors
    /// As those of [`Service::members`].
    pub async fn people(&self) -> Result<Vec<Person>, Failure> {
        self.whole(
            Operation::People,
            &|cursor| self.desk().people(self.endpoint(), cursor),
            &mut |reply| self.desk().read_people(reply),
            &|person: &Person| person.id.as_str(),
        )
        .await
        .map(|people| people.rows)
    }

    /// Reads all active API keys of a workspace, each once; none where the service does not list
    /// them.
    ///
    /// # Errors
    /// As those of [`Service::members`].
    pub async fn keys(&self, id: &WorkspaceId) -> Result<Vec<ApiKey>, Failure> {
        self.whole(
            Operation::Keys,
            &|cursor| self.desk().keys(self.endpoint(), id, cursor),
            &mut |reply| self.desk().read_keys(reply),
            &|key: &ApiKey| &key.id,
        )
        .await
        .map(|keys| keys.rows)
    }

    /// All rows of a list, each once. Where the service refuses to go on at a cursor, the list is read once more from
    /// its beginning.
    async fn whole<T>(
        &self,
        operation: Operation,
        ask: &dyn Fn(Option<&str>) -> Option<Request>,
        read: &mut dyn FnMut(Reply) -> Result<Page<T>, Failure>,
        id: &dyn Fn(&T) -> &str,
    ) -> Result<Whole<T>, Failure> {
        for is_last_try in [false, true] {
            let (mut rows, mut skipped, mut has_begun) = (Vec::new(), 0, false);
            let mut take = |reply: Reply, seen: &mut Seen| {
                let page = read(reply)?;
                has_begun = true;
                skipped += page.skipped;
                rows.extend(page.rows.into_iter().filter(|row| seen.is_new(id(row))));
                Ok(page.next)
            };
            match self.client().pages(operation, None, ask, &mut take).await {
                Ok(Ending::Whole) => return Ok(Whole { rows, skipped }),
                Ok(Ending::Cut) => break,
                Err(failure) if is_last_try || !has_begun || !refuses_place(&failure) => {
                    return Err(failure);
                }
                Err(_) => {}
            }
        }
        Err(other_shape(operation))
    }
}
