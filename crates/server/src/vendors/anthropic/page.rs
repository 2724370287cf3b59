//! Pages between two ids, in both directions.
//!
//! Guarantees: a page holds neither its cursor nor anything on the other side of it; it is in the order
//! of the whole list whichever way it was asked for; `has_more` speaks of that way. A cursor stays good
//! when its object drops out of the list that is asked for, and is a 400 when it names nothing.

use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, Row, params_from_iter};
use serde::Serialize;
use utoipa::ToSchema;

use super::errors::ApiError;
use super::query::Query;
use crate::core::clock::Timestamp;

const USUAL_LIMIT: usize = 20;

/// A part of a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct Page<T> {
    /// The objects.
    pub data: Vec<T>,
    /// The cursor for the page before this one.
    #[schema(required)]
    pub first_id: Option<String>,
    /// The cursor for the page after this one.
    #[schema(required)]
    pub last_id: Option<String>,
    /// Whether there is more in the direction that was asked for.
    pub has_more: bool,
}

/// Which page.
#[derive(Debug)]
pub(super) struct Wanted {
    cursor: Option<(Side, String)>,
    limit: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    After,
    Before,
}

impl Side {
    fn parameter(self) -> &'static str {
        match self {
            Self::After => "after_id",
            Self::Before => "before_id",
        }
    }
}

impl Wanted {
    pub(super) fn from_query(query: &Query) -> Result<Self, ApiError> {
        let cursor = match (query.text("after_id"), query.text("before_id")) {
            (Some(_), Some(_)) => {
                let message = "Only one of after_id and before_id can be given.";
                return Err(ApiError::Invalid(message.to_owned()));
            }
            (Some(id), None) => Some((Side::After, id.to_owned())),
            (None, Some(id)) => Some((Side::Before, id.to_owned())),
            (None, None) => None,
        };
        Ok(Self {
            cursor,
            limit: query.limit()?.unwrap_or(USUAL_LIMIT),
        })
    }
}

/// A list in the database. The first two columns of each row are its moment and its id, which together
/// are its place.
pub(super) struct Listing {
    /// Everything up to WHERE.
    pub(super) select: String,
    /// The columns of moment and id.
    pub(super) place: (&'static str, &'static str),
    /// What is true of everything that a cursor may name.
    pub(super) scope: (&'static str, Vec<Value>),
    /// What is true of everything in the list besides.
    pub(super) filters: Vec<(&'static str, Vec<Value>)>,
    pub(super) newest_first: bool,
}

impl Listing {
    /// Adds a condition.
    pub(super) fn filter(&mut self, condition: &'static str, values: Vec<Value>) {
        self.filters.push((condition, values));
    }

    /// The page.
    pub(super) fn page<T>(
        self,
        db: &Connection,
        wanted: &Wanted,
        read: impl Fn(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Page<T>, ApiError> {
        let (moment, id) = self.place;
        let (scope, mut values) = self.scope;
        let mut sql = format!("{} WHERE {scope}", self.select);
        let backwards = matches!(wanted.cursor, Some((Side::Before, _)));
        let descending = self.newest_first != backwards;
        if let Some((side, cursor)) = &wanted.cursor {
            let place = format!("{sql} AND {id} = ?");
            let named = values.iter().cloned().chain([Value::from(cursor.clone())]);
            let place: Option<(Timestamp, String)> = db
                .prepare_cached(&place)?
                .query_row(params_from_iter(named), |row| {
                    Ok((row.get(0)?, row.get(1)?))
                })
                .optional()?;
            let (at, named) = place.ok_or_else(|| {
                ApiError::field(side.parameter(), "does not name an object of this list")
            })?;
            let than = if descending { '<' } else { '>' };
            sql.push_str(&format!(" AND ({moment}, {id}) {than} (?, ?)"));
            values.extend([Value::from(at.0), Value::from(named)]);
        }
        for (condition, more) in self.filters {
            sql.push_str(" AND ");
            sql.push_str(condition);
            values.extend(more);
        }
        let direction = if descending { "DESC" } else { "ASC" };
        // One more than asked for tells whether there is more.
        let most = i64::try_from(wanted.limit.saturating_add(1)).unwrap_or(i64::MAX);
        values.push(Value::from(most));
        sql.push_str(&format!(
            " ORDER BY {moment} {direction}, {id} {direction} LIMIT ?"
        ));
        let mut statement = db.prepare_cached(&sql)?;
        let rows = statement.query_map(params_from_iter(values), |row| {
            Ok((row.get::<_, String>(1)?, read(row)?))
        })?;
        let mut rows: Vec<(String, T)> = rows.collect::<Result<_, _>>()?;
        let has_more = rows.len() > wanted.limit;
        rows.truncate(wanted.limit);
        if backwards {
            rows.reverse();
        }
        let (ids, data): (Vec<String>, Vec<T>) = rows.into_iter().unzip();
        Ok(Page {
            data,
            first_id: ids.first().cloned(),
            last_id: ids.last().cloned(),
            has_more,
        })
    }
}
