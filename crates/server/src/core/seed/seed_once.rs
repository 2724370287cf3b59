//! Sows one vendor's part of the data, if that was not done before.
//!
//! Guarantees: done and noted in the same transaction, so a file from before a vendor was played
//! gets that vendor's part, and only that.

use rusqlite::{Connection, OptionalExtension};

use super::Plan;

/// Holds 100,000 workspaces and all that belongs to them.
const SOWING_CACHE_KIB: i64 = 256 * 1024;
const USUAL_CACHE_KIB: i64 = 16 * 1024;

/// Sows unless `mark` stands in the database, and puts it there.
pub(crate) fn seed_once(
    db: &Connection,
    mark: &str,
    plan: Plan,
    sow: impl FnOnce(&Connection) -> rusqlite::Result<()>,
) -> rusqlite::Result<()> {
    let sown: Option<i64> = db
        .query_row("SELECT 1 FROM meta WHERE key = ?1", [mark], |row| {
            row.get(0)
        })
        .optional()?;
    if sown.is_some() {
        return Ok(());
    }
    // Random keys touch every page: with SQLite's usual two megabytes each would be written many
    // times over. This is given back below.
    db.pragma_update(None, "cache_size", -SOWING_CACHE_KIB)?;
    sow(db)?;
    db.execute(
        "INSERT INTO meta (key, value) VALUES (?1, ?2)",
        (mark, plan.workspaces.to_string().into_bytes()),
    )?;
    db.pragma_update(None, "cache_size", -USUAL_CACHE_KIB)
}
