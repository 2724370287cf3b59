//! The order of rows, worked out once for many searches.

use std::cmp::Ordering;

use super::{Column, RoleOf, Row};
use crate::workspace::BillingMode;

/// The order of rows for a column: positions in `rows`.
///
/// Workspaces without a role of mine come after those with one, and those whose role is not known
/// yet come last. Ties are broken by name, then by key, so that the order is the same at every call,
/// whatever it begins from: `before` is an earlier order, and one that still holds is not made again.
#[must_use]
pub fn order(
    rows: &[Row],
    column: Column,
    descending: bool,
    role: RoleOf<'_>,
    before: &[u32],
) -> Vec<u32> {
    let by_name = |a: &Row, b: &Row| {
        a.lower_name()
            .cmp(b.lower_name())
            .then_with(|| a.key.cmp(&b.key))
    };
    let rank = |row: &Row| match role(&row.key) {
        Some(Some(role)) => role.rank(),
        Some(None) => u8::MAX - 1,
        None => u8::MAX,
    };
    let compare = |a: &Row, b: &Row| -> Ordering {
        match column {
            Column::Name => Ordering::Equal,
            Column::Account => a.key.account.cmp(&b.key.account),
            Column::Role => rank(a).cmp(&rank(b)),
            Column::Billing => {
                fn word(row: &Row) -> Option<&str> {
                    row.workspace.billing.as_ref().map(BillingMode::as_str)
                }
                word(a).cmp(&word(b))
            }
            Column::State => a
                .workspace
                .state
                .is_archived()
                .cmp(&b.workspace.state.is_archived()),
            Column::Updated => a.workspace.updated.cmp(&b.workspace.updated),
        }
        .then_with(|| by_name(a, b))
    };
    sorted(rows, before, &|a, b| {
        let ordering = compare(a, b);
        if descending {
            ordering.reverse()
        } else {
            ordering
        }
    })
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
