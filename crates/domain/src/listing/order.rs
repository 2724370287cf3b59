//! The order of rows, worked out once for many searches.

use std::cmp::Ordering;
use std::sync::Arc;

use super::{Column, RoleOf, Row, natural};
use crate::workspace::{BillingMode, Workspace};

/// How many rows may have changed for their places to be looked for one by one.
const FEW: usize = 32;

/// The order of texts in a language: the person's, which whoever sorts brings along.
///
/// Texts that it calls equal are told apart by [`natural`], so an order stays the same.
pub trait Language {
    /// How two texts stand to each other.
    fn compare(&self, a: &str, b: &str) -> Ordering;

    /// The positions of texts in order; those that are equal stay in the order in which they came.
    fn sorted(&self, texts: &[&str]) -> Vec<u32>;
}

/// Rows in an order, and what it was worked out from, so that it costs little to do that again.
#[derive(Default, Debug)]
pub struct Order {
    positions: Vec<u32>,
    /// The workspaces in the rows' own order.
    of: Vec<Arc<Workspace>>,
    /// The rows' positions by name. A language takes long to compare two names, so this is kept whatever
    /// is sorted by.
    by_name: Vec<u32>,
}

impl Order {
    /// Positions in the rows that were given last, in the order that was asked for.
    #[must_use]
    pub fn positions(&self) -> &[u32] {
        &self.positions
    }

    /// Puts rows in the order of a column.
    ///
    /// Workspaces without a role of mine come after those with one, and those whose role is not known
    /// yet come last. Ties are broken by name, then by key, so that the order is the same at every call,
    /// whatever it was before. Where a few rows changed, only their places by name are looked for. The
    /// language has to be the same at every call.
    pub fn renew(
        &mut self,
        rows: &[Row],
        column: Column,
        descending: bool,
        role: RoleOf<'_>,
        language: &dyn Language,
    ) {
        match self.changed(rows) {
            Some(few) => self.place(rows, &few, language),
            None => {
                self.by_name = by_name(rows, language);
                self.of = rows.iter().map(|row| Arc::clone(&row.workspace)).collect();
            }
        }
        self.positions = match column {
            Column::Name => self.by_name.clone(),
            _ => self.of_column(rows, column, role),
        };
        if descending {
            self.positions.reverse();
        }
    }

    /// The rows' positions by a column other than the name, and then by name.
    fn of_column(&self, rows: &[Row], column: Column, role: RoleOf<'_>) -> Vec<u32> {
        let mut names = vec![0; rows.len()];
        for (rank, position) in (0_u32..).zip(&self.by_name) {
            if let Some(name) = names.get_mut(*position as usize) {
                *name = rank;
            }
        }
        let rank = |row: &Row| match role(&row.key) {
            Some(Some(role)) => role.rank(),
            Some(None) => u8::MAX - 1,
            None => u8::MAX,
        };
        positions(rows.len(), &self.by_name, &|a, b| {
            let ordering = match (rows.get(a), rows.get(b)) {
                (Some(a), Some(b)) if column == Column::Role => rank(a).cmp(&rank(b)),
                (Some(a), Some(b)) => of_column(column, a, b),
                _ => Ordering::Equal,
            };
            ordering.then_with(|| names.get(a).cmp(&names.get(b)))
        })
    }

    /// The rows that are others than they were, if only few are and all else holds.
    fn changed(&self, rows: &[Row]) -> Option<Vec<u32>> {
        if rows.len() != self.of.len() {
            return None;
        }
        let mut few = Vec::new();
        for (number, (row, before)) in rows.iter().zip(&self.of).enumerate() {
            if !Arc::ptr_eq(&row.workspace, before) {
                few.push(u32::try_from(number).ok()?);
            }
            if few.len() > FEW {
                return None;
            }
        }
        Some(few)
    }

    /// Gives these rows the places that are theirs by name among the others.
    fn place(&mut self, rows: &[Row], few: &[u32], language: &dyn Language) {
        self.by_name.retain(|position| !few.contains(position));
        for number in few {
            let Some(row) = rows.get(*number as usize) else {
                continue;
            };
            let at = self.by_name.partition_point(|other| {
                let other = rows.get(*other as usize);
                other.is_some_and(|other| in_language(other, row, language) == Ordering::Less)
            });
            self.by_name.insert(at, *number);
            if let Some(before) = self.of.get_mut(*number as usize) {
                *before = Arc::clone(&row.workspace);
            }
        }
    }
}

/// A name without the blanks around it, which no page shows.
fn name(row: &Row) -> &str {
    row.workspace.name.trim()
}

fn in_language(a: &Row, b: &Row, language: &dyn Language) -> Ordering {
    let ordering = match name(a) == name(b) {
        true => Ordering::Equal,
        false => language.compare(name(a), name(b)),
    };
    ordering.then_with(|| without_language(a, b))
}

/// Close to the order of any language that writes in Latin letters, and far quicker.
fn without_language(a: &Row, b: &Row) -> Ordering {
    natural(a.folded_name(), b.folded_name())
        .then_with(|| name(a).cmp(name(b)))
        .then_with(|| a.key.cmp(&b.key))
}

/// The rows' positions by name. The language gets each name once, and nearly in order: it is quick with
/// what is in order already.
fn by_name(rows: &[Row], language: &dyn Language) -> Vec<u32> {
    let apart = sorted(rows, &|a, b| without_language(a, b));
    let near: Vec<(u32, &Row)> = apart
        .iter()
        .copied()
        .filter_map(|position| Some((position, rows.get(position as usize)?)))
        .collect();
    let groups: Vec<&[(u32, &Row)]> = near.chunk_by(|(_, a), (_, b)| name(a) == name(b)).collect();
    let names = groups.iter().filter_map(|group| group.first());
    let names: Vec<&str> = names.map(|(_, row)| name(row)).collect();
    let order = language.sorted(&names);
    let order = order.iter().filter_map(|at| groups.get(*at as usize));
    let order: Vec<u32> = order
        .flat_map(|group| group.iter().map(|(position, _)| *position))
        .collect();
    // Better in no language's order than a row that is not shown.
    match order.len() == apart.len() {
        true => order,
        false => apart,
    }
}

/// How two rows stand to each other by what they hold.
fn of_column(column: Column, a: &Row, b: &Row) -> Ordering {
    fn billing(row: &Row) -> Option<&str> {
        row.workspace.billing.as_ref().map(BillingMode::as_str)
    }
    match column {
        Column::Name | Column::Role => Ordering::Equal,
        Column::Account => natural(a.key.account.as_str(), b.key.account.as_str()),
        Column::Billing => billing(a).cmp(&billing(b)),
        Column::State => a.state.place().cmp(&b.state.place()),
        Column::Updated => a.workspace.updated.cmp(&b.workspace.updated),
    }
}

/// The rows in the order of their keys, each key once.
#[must_use]
pub fn by_key(rows: Vec<Row>) -> Vec<Row> {
    let order = sorted(&rows, &|a, b| a.key.cmp(&b.key));
    let mut rows: Vec<Option<Row>> = rows.into_iter().map(Some).collect();
    let mut ordered: Vec<Row> = Vec::with_capacity(rows.len());
    for position in order {
        if let Some(row) = rows.get_mut(position as usize).and_then(Option::take)
            && ordered.last().is_none_or(|last| last.key != row.key)
        {
            ordered.push(row);
        }
    }
    ordered
}

/// The rows' positions in an order.
fn sorted(rows: &[Row], compare: &dyn Fn(&Row, &Row) -> Ordering) -> Vec<u32> {
    positions(rows.len(), &[], &|a, b| match (rows.get(a), rows.get(b)) {
        (Some(a), Some(b)) => compare(a, b),
        _ => Ordering::Equal,
    })
}

/// Positions in an order. The one sort of the console: each further one is 2 kB of the download. It
/// looks first whether they are in order as they stand, so it begins from an earlier order of as many.
pub(crate) fn positions(
    count: usize,
    before: &[u32],
    compare: &dyn Fn(usize, usize) -> Ordering,
) -> Vec<u32> {
    let mut order: Vec<u32> = match before.len() == count {
        true => before.to_vec(),
        false => (0..u32::try_from(count).unwrap_or(u32::MAX)).collect(),
    };
    order.sort_unstable_by(|a, b| compare(*a as usize, *b as usize));
    order
}
