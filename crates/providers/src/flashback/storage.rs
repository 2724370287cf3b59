//! Buckets and repositories, as far as archiving a workspace needs to know them.
//!
//! Guarantees: of an entry only named members are read. The lists hold access keys and encrypted
//! secrets as well, of entries and of what is nested in them: none of those has a place here, so none
//! is kept. Every member may be absent, `null` or of an odd type; only an id is needed. Must not know
//! what is done about them.

use steward_domain::blocker::{Blocker, BlockerState, Check, Stored};
use steward_domain::failure::{Failure, Operation};
use steward_domain::id::WorkspaceId;
use steward_domain::odd::short;

use crate::dialect::Page;
use crate::http::Reply;
use crate::pagination::{Envelope, read};
use crate::reader::{Place, Record, Scalar, Table};

/// A bucket or a repository: their members do not collide, so that one record reads both.
#[derive(Default)]
struct Entry {
    id: Scalar,
    name: Scalar,
    workspace: Scalar,
    deleted: Scalar,
    wallet: Scalar,
    links: Links,
    has_links: bool,
}

impl Record for Entry {
    fn place(&mut self, name: &str) -> Place<'_> {
        Place::Value(match name {
            "id" => &mut self.id,
            "name" => &mut self.name,
            "workspaceId" => &mut self.workspace,
            "deletedAt" => &mut self.deleted,
            "walletAddress" => &mut self.wallet,
            // A repository has buckets, a bucket repositories.
            "buckets" | "repos" => return Place::Rows(&mut self.links, &mut self.has_links),
            _ => return Place::Nowhere,
        })
    }
}

/// What an entry is used together with, by id alone: `{id}` of a repository, and `{bucketId}` or
/// `{bucket: {id}}` of a bucket.
#[derive(Default)]
struct Links {
    row: Link,
    ids: Vec<String>,
}

#[derive(Default)]
struct Link {
    id: Scalar,
    inner: Inner,
}

#[derive(Default)]
struct Inner {
    id: Scalar,
}

impl Record for Link {
    fn place(&mut self, name: &str) -> Place<'_> {
        match name {
            "id" | "bucketId" => Place::Value(&mut self.id),
            "bucket" => Place::Record(&mut self.inner),
            _ => Place::Nowhere,
        }
    }
}

impl Record for Inner {
    fn place(&mut self, name: &str) -> Place<'_> {
        match name {
            "id" => Place::Value(&mut self.id),
            _ => Place::Nowhere,
        }
    }
}

impl Table for Links {
    fn row(&mut self) -> &mut dyn Record {
        &mut self.row
    }

    fn take(&mut self) {
        let row = std::mem::take(&mut self.row);
        self.ids.extend(row.id.id().or(row.inner.id.id()));
    }
}

impl Entry {
    /// `None` without an id.
    fn blocker(self, check: Check, of: &WorkspaceId) -> Option<Blocker> {
        Some(Blocker {
            check,
            id: self.id.id()?,
            name: self.name.words(),
            state: state(self.deleted),
            quantity: None,
            until: None,
            payer: None,
            products: Vec::new(),
            currency: None,
            stored: Some(Stored {
                is_here: self.workspace.id().as_deref() == Some(of.as_str()),
                linked: self.links.ids,
                for_good: self.wallet.is_mark(),
            }),
        })
    }

    /// Whether it says that it is in another workspace than this.
    fn is_elsewhere(&self, of: &WorkspaceId) -> bool {
        matches!(&self.workspace, Scalar::Text(id) if !id.is_empty() && id != of.as_str())
    }
}

/// Whether it is deleted already. Only a time, or a plain yes, says that: what cannot be understood
/// stands in the way.
fn state(deleted: Scalar) -> BlockerState {
    let since = deleted.time().filter(|since| !since.is_unset());
    if since.is_some() || deleted.is_true() {
        return BlockerState::Ended;
    }
    let is_mark = deleted.is_mark();
    match deleted.said().filter(|_| is_mark) {
        Some(words) => BlockerState::Unknown(short(&words)),
        None => BlockerState::Active,
    }
}

/// Entries as they come; those that name nothing are counted.
struct Entries<'a> {
    row: Entry,
    check: Check,
    of: &'a WorkspaceId,
    read: Vec<Blocker>,
    skipped: usize,
}

impl Table for Entries<'_> {
    fn row(&mut self) -> &mut dyn Record {
        &mut self.row
    }

    fn take(&mut self) {
        let row = std::mem::take(&mut self.row);
        // Where the filter is not heeded, the list is everybody's.
        if row.is_elsewhere(self.of) {
            return;
        }
        match row.blocker(self.check, self.of) {
            Some(row) => self.read.push(row),
            None => self.skipped += 1,
        }
    }
}

/// Reads the buckets or the repositories of a workspace.
pub(super) fn stored(
    reply: &Reply,
    check: Check,
    of: &WorkspaceId,
) -> Result<Page<Blocker>, Failure> {
    let mut rows = Entries {
        row: Entry::default(),
        check,
        of,
        read: Vec::new(),
        skipped: 0,
    };
    let envelope = Envelope {
        rows: match check {
            Check::Repositories => "repos",
            _ => "buckets",
        },
        by_id: false,
    };
    let more = read(Operation::Blockers, reply, &envelope, &mut rows)?;
    Ok(Page {
        rows: rows.read,
        skipped: rows.skipped,
        next: more.next(None),
    })
}
