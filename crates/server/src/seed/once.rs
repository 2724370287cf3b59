//! Sows one vendor's part of the data, if that was not done before.
//!
//! Guarantees: done and noted in the same transaction, so a file from before a vendor was played
//! gets that vendor's part, and only that.

use rusqlite::{Connection, OptionalExtension};

use super::{SOWING_CACHE_KIB, USUAL_CACHE_KIB};

/// Sows unless `mark` stands in the database, and puts it there.
pub(super) fn once(
    db: &Connection,
    mark: &str,
    workspaces: u32,
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
    db.pragma_update(None, "cache_size", -SOWING_CACHE_KIB)?;
    sow(db)?;
    db.execute(
        "INSERT INTO meta (key, value) VALUES (?1, ?2)",
        (mark, workspaces.to_string().into_bytes()),
    )?;
    db.pragma_update(None, "cache_size", -USUAL_CACHE_KIB)
}
