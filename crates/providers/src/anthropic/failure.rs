//! Refusals that say of themselves that something was done all the same.
//!
//! Guarantees: what a code says was done is never told as certainly not done; what the service says is
//! kept whole. Must not know what is made of it.

use serde::Deserialize;
use steward_domain::failure::{Changed, Failure};
use steward_domain::id::WorkspaceId;

use crate::http::Reply;
use crate::json::{Nested, Scalar, read_begun};

/// "The Workspace was archived, but External Storage was attached to it during the archive and is still
/// attached." (409)
const STORAGE: &str = "storage_attached_during_archive";
/// "The Workspace was created, but some of what the request asked for did not take effect, or may not
/// have. Don't send the create again." (503)
const INCOMPLETE: &str = "workspace_created_incomplete";

fn is(failure: &Failure, code: &str) -> bool {
    failure.service.code.as_deref() == Some(code)
}

/// A refusal to archive, which may say that it was archived: reading shows.
pub(super) fn of_archive(mut failure: Failure) -> Failure {
    if is(&failure, STORAGE) {
        failure.changed = Changed::Perhaps;
    }
    failure
}

/// A refusal to create, which may name what was created.
pub(super) fn of_create(mut failure: Failure, reply: &Reply) -> Failure {
    if is(&failure, INCOMPLETE) {
        // What broke off after the id still names it.
        let said: Created = read_begun(&reply.body);
        failure.changed = Changed::Perhaps;
        failure.made = said.id().map(Box::new);
    }
    failure
}

/// `{error: {details: {workspace_id}}}`, or either without what is around it.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Created {
    workspace_id: Scalar,
    details: Nested<Details>,
    error: Nested<InError>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct InError {
    workspace_id: Scalar,
    details: Nested<Details>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Details {
    workspace_id: Scalar,
}

impl Created {
    fn id(self) -> Option<WorkspaceId> {
        let error = self.error.record;
        let found = [
            error.details.record.workspace_id,
            error.workspace_id,
            self.details.record.workspace_id,
            self.workspace_id,
        ];
        found
            .into_iter()
            .find_map(Scalar::text)
            .and_then(WorkspaceId::new)
    }
}
