//! The one way through a list of pages, whatever is on them.
//!
//! Guarantees: comes to an end whatever a service answers, and says by which end. Must not know
//! what is listed, so that it is in the download once.

use steward_domain::failure::{Failure, FailureKind, Operation, Unreadable};
use steward_providers::Next;
use steward_providers::http::{Reply, Request};

use crate::client::Client;

/// More pages than any list has. A service that goes on is going round.
const MOST_PAGES: usize = 10_000;
/// Pages in a row that bring nothing new, after which a service is taken to be going round. One or
/// two may be what a service has filtered out, or the shift that a change meanwhile makes.
const MOST_IDLE: usize = 3;

/// Where a list ended.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ending {
    /// At its end.
    Whole,
    /// The service has more than it gives, or said so.
    Cut,
}

/// Whether a service refuses the place where a list was to go on, as when what the cursor points at is gone: then only
/// a new beginning leads to its end.
pub(crate) fn refuses_place(failure: &Failure) -> bool {
    matches!(
        failure.kind,
        FailureKind::Invalid(_)
            | FailureKind::NotFound
            | FailureKind::Conflict
            | FailureKind::Refused
    )
}

/// The ids that have been on a page, sorted: a hash table would be 2 kB more to download, and
/// putting 5,000 in their places takes less time than a page does to come.
#[derive(Default)]
pub(crate) struct Seen {
    ids: Vec<String>,
    any_new: bool,
}

impl Seen {
    /// Whether this id is here for the first time.
    pub(crate) fn is_new(&mut self, id: &str) -> bool {
        let found = self.ids.binary_search_by(|seen| seen.as_str().cmp(id));
        let Err(place) = found else {
            return false;
        };
        self.ids.insert(place, id.to_owned());
        self.any_new = true;
        true
    }
}

impl Client<'_> {
    /// Asks for page after page. `ask` makes the request, or none where the service has no such
    /// list; `take` reads a reply and shows at least its first id to [`Seen`].
    ///
    /// # Errors
    /// When a page could not be read even after trying again, or the pages do not end. A list that was said to go
    /// on and then brings nothing new is [`Ending::Cut`], not whole.
    pub(crate) async fn pages(
        &self,
        operation: Operation,
        from: Option<&str>,
        ask: &dyn Fn(Option<&str>) -> Option<Request>,
        take: &mut dyn FnMut(Reply, &mut Seen) -> Result<Next, Failure>,
    ) -> Result<Ending, Failure> {
        let (mut cursors, mut seen, mut idle) = (Seen::default(), Seen::default(), 0);
        let mut at = from.map(str::to_owned);
        if let Some(from) = from {
            cursors.is_new(from);
        }
        for _ in 0..MOST_PAGES {
            let Some(request) = ask(at.as_deref()) else {
                break;
            };
            let mut next = Next::End;
            seen.any_new = false;
            self.read(operation, request, &mut |reply| {
                next = take(reply, &mut seen)?;
                Ok(())
            })
            .await?;
            let cursor = match next {
                // The page before, or whoever gave the cursor, said that there was more.
                Next::End if at.is_some() && !seen.any_new => return Ok(Ending::Cut),
                Next::End => return Ok(Ending::Whole),
                Next::Cut => return Ok(Ending::Cut),
                Next::Cursor(cursor) => cursor,
            };
            idle = if seen.any_new { 0 } else { idle + 1 };
            if idle >= MOST_IDLE || !cursors.is_new(&cursor) {
                return Err(other_shape(operation));
            }
            at = Some(cursor);
        }
        match at {
            // Nothing was asked: there is no such list.
            None => Ok(Ending::Whole),
            Some(_) => Err(other_shape(operation)),
        }
    }
}

pub(crate) fn other_shape(operation: Operation) -> Failure {
    Failure::new(operation, FailureKind::Unreadable(Unreadable::OtherShape))
}
