//! The order of rows, worked out once for many searches.

use std::cmp::Ordering;
use std::sync::Arc;

use super::{Column, RoleOf, Row};
use crate::workspace::{BillingMode, Workspace};

/// How many rows may have changed for their places to be looked for one by one.
const FEW: usize = 32;

/// Rows in an order, and what it was worked out from, so that it costs little to do that again.
#[derive(Default, Debug)]
pub struct Order {
    positions: Vec<u32>,
    /// The workspaces in the rows' own order, and what they were sorted by, where nothing else counts.
    of: Vec<Arc<Workspace>>,
    by: Option<(Column, bool)>,
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
    /// whatever it was before. Where a few rows changed, only their places are looked for.
    pub fn renew(&mut self, rows: &[Row], column: Column, descending: bool, role: RoleOf<'_>) {
        let rank = |row: &Row| match role(&row.key) {
            Some(Some(role)) => role.rank(),
            Some(None) => u8::MAX - 1,
            None => u8::MAX,
        };
        let compare = |a: &Row, b: &Row| {
            let ordering = match column {
                Column::Role => rank(a).cmp(&rank(b)),
                _ => of_column(column, a, b),
            };
            let ordering = ordering.then_with(|| by_name(a, b));
            if descending {
                ordering.reverse()
            } else {
                ordering
            }
        };
        let by = (column != Column::Role).then_some((column, descending));
        match self.changed(rows, by) {
            Some(few) => self.place(rows, &few, &compare),
            None => {
                self.positions = sorted(rows, &self.positions, &compare);
                self.by = by;
                self.of.clear();
                if by.is_some() {
                    let workspaces = rows.iter().map(|row| Arc::clone(&row.workspace));
                    self.of.extend(workspaces);
                }
            }
        }
    }

    /// The rows that are others than they were, if only few are and all else holds.
    fn changed(&self, rows: &[Row], by: Option<(Column, bool)>) -> Option<Vec<u32>> {
        if by.is_none() || by != self.by || rows.len() != self.of.len() {
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

    /// Gives these rows the places that are theirs among the others.
    fn place(&mut self, rows: &[Row], few: &[u32], compare: &dyn Fn(&Row, &Row) -> Ordering) {
        self.positions.retain(|position| !few.contains(position));
        for number in few {
            let Some(row) = rows.get(*number as usize) else {
                continue;
            };
            let at = self.positions.partition_point(|other| {
                let other = rows.get(*other as usize);
                other.is_some_and(|other| compare(other, row) == Ordering::Less)
            });
            self.positions.insert(at, *number);
            if let Some(before) = self.of.get_mut(*number as usize) {
                *before = Arc::clone(&row.workspace);
            }
        }
    }
}

fn by_name(a: &Row, b: &Row) -> Ordering {
    a.lower_name()
        .cmp(b.lower_name())
        .then_with(|| a.key.cmp(&b.key))
}

/// How two rows stand to each other by what they hold.
fn of_column(column: Column, a: &Row, b: &Row) -> Ordering {
    fn billing(row: &Row) -> Option<&str> {
        row.workspace.billing.as_ref().map(BillingMode::as_str)
    }
    match column {
        Column::Name | Column::Role => Ordering::Equal,
        Column::Account => a.key.account.cmp(&b.key.account),
        Column::Billing => billing(a).cmp(&billing(b)),
        Column::State => a.state.place().cmp(&b.state.place()),
        Column::Updated => a.workspace.updated.cmp(&b.workspace.updated),
    }
}

/// The rows in the order of their keys, each key once.
#[must_use]
pub fn by_key(rows: Vec<Row>) -> Vec<Row> {
    let order = sorted(&rows, &[], &|a, b| a.key.cmp(&b.key));
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
fn sorted(rows: &[Row], before: &[u32], compare: &dyn Fn(&Row, &Row) -> Ordering) -> Vec<u32> {
    positions(
        rows.len(),
        before,
        &|a, b| match (rows.get(a), rows.get(b)) {
            (Some(a), Some(b)) => compare(a, b),
            _ => Ordering::Equal,
        },
    )
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
