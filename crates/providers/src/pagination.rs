//! Reading workspaces, one or a page of them, alike for every dialect.
//!
//! Guarantees: an entry without an id, or of another kind by its own words, is counted, never shown; a
//! state that is not understood is neither in use nor archived; a list that says it goes on is never
//! taken for a whole one. Must not know what a workspace looks like at any service: each dialect has a
//! [`Row`] that does.

use serde::de::DeserializeOwned;
use steward_domain::failure::{Failure, Operation, Unreadable};
use steward_domain::field::Field;
use steward_domain::id::WorkspaceId;
use steward_domain::odd::{Odd, Part, short};
use steward_domain::time::Timestamp;
use steward_domain::workspace::{Kind, State, Workspace};

use crate::dialect::{Listed, Next, Page};
use crate::http::Reply;
use crate::json::{self, Says, Scalar};
use crate::reply::{body, unreadable};

/// How a service answers with a list.
pub(crate) struct Envelope {
    /// The name under which the rows stand.
    pub(crate) rows: &'static str,
    /// Whether a page is followed by asking for what comes after an id.
    pub(crate) by_id: bool,
}

/// The workspace of one service as it is on the wire.
pub(crate) trait Row: DeserializeOwned + Default {
    /// What it says; `None` without an id, or where it is no workspace.
    fn listed(self) -> Option<Listed>;
}

/// A workspace of which no more is known than what every service says; `None` without an id.
pub(crate) fn plain(id: Scalar, name: Scalar) -> Option<Workspace> {
    let mut odd = Odd::default();
    let name = name.text_or(Part::Field(Field::Name), &mut odd);
    Some(Workspace {
        id: id.id().and_then(WorkspaceId::new)?,
        name: name.unwrap_or_default(),
        description: None,
        billing: None,
        seat_limit: None,
        state: State::Active,
        kind: Kind::Ordinary,
        created: None,
        updated: None,
        more: Vec::new(),
        odd,
    })
}

/// Says in which state a workspace is: by a flag or a word that says whether it is archived, and by the
/// time since which it is, under the name of that. Either alone is enough: an archived workspace shown
/// as active would offer a person what no longer works. Where neither says yes and one says what cannot
/// be understood, the state is not known.
pub(crate) fn set_state(workspace: &mut Workspace, flag: Says, name: &str, since: Scalar) {
    let time = since.time();
    let is_unset = time.is_some_and(Timestamp::is_unset);
    let dated = match &since {
        Scalar::Text(text) => Timestamp::is_dated(text),
        // Yes, without saying since when.
        other => other.is_true(),
    };
    let is_mark = since.is_mark();
    let words = since.said().filter(|_| is_mark);
    let is_archived =
        matches!(flag, Says::Yes) || time.is_some() && !is_unset || dated && !is_unset;
    workspace.state = match (is_archived, flag, words) {
        (true, _, words) => {
            if let (None, Some(words)) = (time, words) {
                workspace.odd.note(Part::ArchivedAt, short(&words));
            }
            State::Archived(time)
        }
        (false, Says::Odd(words), _) => State::Unknown(short(&words)),
        (false, _, Some(words)) => State::Unknown([name, ": ", &short(&words)].concat()),
        (false, _, None) => State::Active,
    };
}

/// Whether an object that names its kind names another one than was asked for.
pub(crate) fn is_other(kind: &Scalar, expected: &[&str]) -> bool {
    match kind {
        Scalar::Missing => false,
        Scalar::Text(word) => !expected.contains(&word.as_str()),
        _ => true,
    }
}

/// Reads a page of workspaces.
pub(crate) fn workspaces<T: Row>(
    reply: &Reply,
    envelope: &Envelope,
) -> Result<Page<Listed>, Failure> {
    let (rows, more) = read::<T>(Operation::List, reply, envelope)?;
    let (rows, skipped) = taken(rows, T::listed);
    let last = rows.last().map(|last| last.workspace.id.as_str());
    Ok(Page {
        next: more.next(last),
        rows,
        skipped,
    })
}

/// What entries of a list stand for, and how many stand for nothing.
pub(crate) fn taken<T, U>(
    rows: Vec<Option<T>>,
    made: impl FnMut(T) -> Option<U>,
) -> (Vec<U>, usize) {
    let all = rows.len();
    let rows: Vec<U> = rows.into_iter().flatten().filter_map(made).collect();
    let skipped = all - rows.len();
    (rows, skipped)
}

/// Reads one workspace, under a name where the service puts it under one.
pub(crate) fn workspace<T: Row>(
    operation: Operation,
    reply: &Reply,
    inside: Option<&'static str>,
) -> Result<Workspace, Failure> {
    object::<T>(operation, reply, inside)?
        .listed()
        .map(|listed| listed.workspace)
        .ok_or_else(|| unreadable(operation, reply, Unreadable::OtherShape))
}

/// Reads any object.
pub(crate) fn object<T: DeserializeOwned + Default>(
    operation: Operation,
    reply: &Reply,
    inside: Option<&'static str>,
) -> Result<T, Failure> {
    let body = body(operation, reply)?;
    let read = match inside {
        Some(name) => json::read_inside(body, name),
        None => json::read(body),
    };
    read.map_err(|why| unreadable(operation, reply, why))
}

/// Reads any list.
pub(crate) fn read<T: DeserializeOwned>(
    operation: Operation,
    reply: &Reply,
    envelope: &Envelope,
) -> Result<(Vec<Option<T>>, More), Failure> {
    let list = json::read_list(body(operation, reply)?, envelope.rows)
        .map_err(|why| unreadable(operation, reply, why))?;
    let more = match (list.has_more, envelope.by_id) {
        (false, _) => More::No,
        (true, true) => More::After(list.last_id),
        (true, false) => More::OutOfReach,
    };
    Ok((list.rows, more))
}

/// What a list says about what follows it.
pub(crate) enum More {
    /// It is complete.
    No,
    /// It goes on after this id, if the service named one.
    After(Option<String>),
    /// It goes on, and the contract has no way to ask.
    OutOfReach,
}

impl More {
    /// How to go on; the last row's own id stands in where the service named none.
    pub(crate) fn next(self, last_row: Option<&str>) -> Next {
        match self {
            Self::No => Next::End,
            Self::After(last_id) => last_id
                .or_else(|| last_row.map(str::to_owned))
                .map_or(Next::Cut, Next::Cursor),
            Self::OutOfReach => Next::Cut,
        }
    }
}
