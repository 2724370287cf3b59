//! Brings a database up to the tables this program expects.
//!
//! Guarantees: each numbered file runs once, in order, in a transaction with its number. A file that
//! has shipped is never changed; a new one is added. Must not know what the tables mean.

use rusqlite::{Connection, TransactionBehavior};

const MIGRATIONS: [&str; 10] = [
    include_str!("migrations/0001_meta.sql"),
    include_str!("migrations/0002_altostrat.sql"),
    include_str!("migrations/0003_altostrat_signin.sql"),
    include_str!("migrations/0004_anthropic.sql"),
    include_str!("migrations/0005_flashback.sql"),
    include_str!("migrations/0006_openai.sql"),
    include_str!("migrations/0007_altostrat_subscriptions.sql"),
    include_str!("migrations/0008_anthropic_account_keys.sql"),
    include_str!("migrations/0009_flashback_storage.sql"),
    include_str!("migrations/0010_openai_keys.sql"),
];

/// The number of the newest migration.
pub(super) fn newest() -> i64 {
    i64::try_from(MIGRATIONS.len()).unwrap_or(i64::MAX)
}

/// Runs what has not run yet. Two programs may start on one new file: the second waits for the
/// first's transaction and then finds nothing to do.
pub(super) fn run(connection: &mut Connection) -> rusqlite::Result<()> {
    for (number, sql) in (1_i64..).zip(MIGRATIONS) {
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
