//! Reading workspaces, one or a page of them, alike for every dialect.
//!
//! Guarantees: an entry without an id, or of another kind by its own words, is counted, never shown; a
//! state that is not understood is neither in use nor archived; a list that says it goes on is never
//! taken for a whole one. Must not know what a workspace looks like at any service: each dialect hands
//! in a [`Row`] that does.

use steward_domain::failure::{Failure, Operation, Unreadable};
use steward_domain::field::Field;
use steward_domain::id::WorkspaceId;
use steward_domain::odd::{Odd, Part, short};
use steward_domain::time::Timestamp;
use steward_domain::workspace::{Kind, State, Workspace};

use crate::dialect::{Listed, Next, Page};
use crate::http::Reply;
use crate::reader::{Inside, Record, Says, Scalar, Table, fill, list};
use crate::reply::{body, unreadable};

/// How a service answers with a list.
pub(crate) struct Envelope {
    /// The name under which the rows stand.
    pub(crate) rows: &'static str,
    /// Whether a page is followed by asking for what comes after an id.
    pub(crate) by_id: bool,
}

/// The workspace of one service as it is filled from the wire, again and again.
pub(crate) trait Row: Record {
    /// What was filled in; `None` without an id, or where it is no workspace. Leaves the row empty.
    fn take(&mut self) -> Option<Listed>;
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

struct Rows<'a> {
    row: &'a mut dyn Row,
    read: Vec<Listed>,
    skipped: usize,
}

impl Table for Rows<'_> {
    fn row(&mut self) -> &mut dyn Record {
        self.row
    }

    fn take(&mut self) {
        match self.row.take() {
            Some(listed) => self.read.push(listed),
            None => self.skipped += 1,
        }
    }
}

/// Reads a page of workspaces.
pub(crate) fn workspaces(
    reply: &Reply,
    envelope: &Envelope,
    row: &mut dyn Row,
) -> Result<Page<Listed>, Failure> {
    let mut rows = Rows {
        row,
        read: Vec::new(),
        skipped: 0,
    };
    let more = read(Operation::List, reply, envelope, &mut rows)?;
    let last = rows.read.last().map(|last| last.workspace.id.as_str());
    Ok(Page {
        next: more.next(last),
        rows: rows.read,
        skipped: rows.skipped,
    })
}

/// Reads one workspace, under a name where the service puts it under one.
pub(crate) fn workspace(
    operation: Operation,
    reply: &Reply,
    inside: Option<&'static str>,
    row: &mut dyn Row,
) -> Result<Workspace, Failure> {
    listed(operation, reply, inside, row).map(|listed| listed.workspace)
}

/// The same with the members, where the service sends them along.
pub(crate) fn listed(
    operation: Operation,
    reply: &Reply,
    inside: Option<&'static str>,
    row: &mut dyn Row,
) -> Result<Listed, Failure> {
    object(operation, reply, inside, row)?;
    row.take()
        .ok_or_else(|| unreadable(operation, reply, Unreadable::OtherShape))
}

/// Reads any object.
pub(crate) fn object(
    operation: Operation,
    reply: &Reply,
    inside: Option<&'static str>,
    record: &mut dyn Record,
) -> Result<(), Failure> {
    let body = body(operation, reply)?;
    let read = match inside {
        Some(name) => fill(body, &mut Inside(name, record)),
        None => fill(body, record),
    };
    read.map_err(|why| unreadable(operation, reply, why))
}

/// Reads any list, row by row.
pub(crate) fn read(
    operation: Operation,
    reply: &Reply,
    envelope: &Envelope,
    rows: &mut dyn Table,
) -> Result<More, Failure> {
    let (has_more, last_id) = list(body(operation, reply)?, envelope.rows, rows)
        .map_err(|why| unreadable(operation, reply, why))?;
    Ok(match (has_more, envelope.by_id) {
        (false, _) => More::No,
        (true, true) => More::After(last_id),
        (true, false) => More::OutOfReach,
    })
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
