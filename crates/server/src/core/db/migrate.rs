//! Brings a database up to the tables this program expects.
//!
//! Guarantees: each migration runs once, in order, in a transaction with its number. Must not know what the
//! tables mean.

use rusqlite::{Connection, TransactionBehavior};

/// The number of the newest migration.
pub(super) fn newest(migrations: &[&str]) -> i64 {
    i64::try_from(migrations.len()).unwrap_or(i64::MAX)
}

/// Runs what has not run yet. Two programs may start on one new file: the second waits for the
/// first's transaction and then finds nothing to do.
pub(super) fn run(connection: &mut Connection, migrations: &[&str]) -> rusqlite::Result<()> {
    for (number, sql) in (1_i64..).zip(migrations) {
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let done: i64 = transaction.query_row("PRAGMA user_version", [], |row| row.get(0))?;
        if done < number {
            transaction.execute_batch(sql)?;
            transaction.pragma_update(None, "user_version", number)?;
            transaction.commit()?;
        }
    }
    Ok(())
}
