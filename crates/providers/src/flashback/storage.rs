//! Buckets and repositories, as far as archiving a workspace needs to know them.
//!
//! Guarantees: of an entry only named members are read. The lists hold access keys and encrypted
//! secrets as well, of entries and of what is nested in them: none of those has a place here, so none
//! is kept. Every member may be absent, `null` or of an odd type; only an id is needed. Must not know
//! what is done about them.

use serde::Deserialize;
use steward_domain::blocker::{Blocker, BlockerState, Check, Stored};
use steward_domain::failure::{Failure, Operation};
use steward_domain::id::WorkspaceId;
use steward_domain::odd::short;

use crate::dialect::Page;
use crate::http::Reply;
use crate::json::{Nested, Rows, Scalar};
use crate::pagination::{Envelope, read, taken};

/// A bucket or a repository: their members do not collide, so that one record reads both.
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Entry {
    id: Scalar,
    name: Scalar,
    workspace_id: Scalar,
    deleted_at: Scalar,
    wallet_address: Scalar,
    /// A repository has these, a bucket the next.
    buckets: Rows<Link>,
    repos: Rows<Link>,
}

/// What an entry is used together with, by id alone: `{id}` of a repository, and `{bucketId}` or
/// `{bucket: {id}}` of a bucket.
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Link {
    id: Scalar,
    bucket_id: Scalar,
    bucket: Nested<Inner>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Inner {
    id: Scalar,
}

impl Link {
    fn id(self) -> Option<String> {
        let [bucket, own, inner] = [self.bucket_id, self.id, self.bucket.record.id].map(Scalar::id);
        bucket.or(own).or(inner)
    }
}

impl Entry {
    /// `None` without an id.
    fn blocker(self, check: Check, of: &WorkspaceId) -> Option<Blocker> {
        let links = self.buckets.rows.into_iter().chain(self.repos.rows);
        Some(Blocker {
            check,
            id: self.id.id()?,
            name: self.name.words(),
            state: state(self.deleted_at),
            quantity: None,
            until: None,
            payer: None,
            products: Vec::new(),
            currency: None,
            stored: Some(Stored {
                is_here: self.workspace_id.id().as_deref() == Some(of.as_str()),
                linked: links.flatten().filter_map(Link::id).collect(),
                for_good: self.wallet_address.is_mark(),
            }),
        })
    }

    /// Whether it says that it is in another workspace than this.
    fn is_elsewhere(&self, of: &WorkspaceId) -> bool {
        matches!(&self.workspace_id, Scalar::Text(id) if !id.is_empty() && id != of.as_str())
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

/// Reads the buckets or the repositories of a workspace.
pub(super) fn stored(
    reply: &Reply,
    check: Check,
    of: &WorkspaceId,
) -> Result<Page<Blocker>, Failure> {
    let envelope = Envelope {
        rows: match check {
            Check::Repositories => "repos",
            _ => "buckets",
        },
        by_id: false,
    };
    let (mut rows, more) = read::<Entry>(Operation::Blockers, reply, &envelope)?;
    // Where the filter is not heeded, the list is everybody's.
    rows.retain(|row| !row.as_ref().is_some_and(|row| row.is_elsewhere(of)));
    let (rows, skipped) = taken(rows, |row| row.blocker(check, of));
    Ok(Page {
        rows,
        skipped,
        next: more.next(None),
    })
}
