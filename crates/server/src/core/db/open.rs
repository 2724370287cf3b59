//! Opens connections with the settings every one of them needs, and says in one sentence why not.
//!
//! Must not know any table.

use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, ErrorCode, OpenFlags};

use super::migrate;

/// "stwd", so that another program's SQLite file is never taken for ours.
const APPLICATION_ID: i64 = 0x7374_7764;

/// Long enough for the `token` command to wait while the server seeds a large database.
const BUSY: Duration = Duration::from_secs(30);

/// Why a database could not be opened, in a sentence that says what to do.
#[derive(Debug)]
pub struct OpenError(String);

impl std::fmt::Display for OpenError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl OpenError {
    pub(crate) fn other(file: &str, cause: &str) -> Self {
        Self(format!(
            "The database {file} could not be used ({cause}); check the file or choose another with --database."
        ))
    }

    /// The sentence for a failure of SQLite.
    #[must_use]
    pub fn sqlite(file: &str, error: &rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Self(format!(
                "The disk that holds {file} is full; free some space or choose another place with --database."
            )),
            Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => Self(format!(
                "The file {file} is damaged or is not a database; move it away or choose another with --database."
            )),
            Some(ErrorCode::CannotOpen) => Self(format!(
                "The database {file} cannot be opened; check that its folder exists and may be written, or choose another with --database."
            )),
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => Self(format!(
                "The database {file} may not be written; change its permissions or choose another with --database."
            )),
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self(format!(
                "The database {file} is held by another program; end that program or choose another with --database."
            )),
            _ => Self::other(file, &error.to_string()),
        }
    }
}

pub(super) fn writer(file: &str, migrations: &[&str]) -> Result<Connection, OpenError> {
    let sentence = |error: rusqlite::Error| OpenError::sqlite(file, &error);
    let mut connection = Connection::open(file).map_err(sentence)?;
    connection.busy_timeout(BUSY).map_err(sentence)?;
    let version: i64 = pragma(&connection, "user_version").map_err(sentence)?;
    let application: i64 = pragma(&connection, "application_id").map_err(sentence)?;
    let tables: i64 = connection
        .query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))
        .map_err(sentence)?;
    if tables > 0 && application != APPLICATION_ID {
        return Err(OpenError(format!(
            "The file {file} belongs to another program; choose another with --database."
        )));
    }
    if version > migrate::newest(migrations) {
        return Err(OpenError(format!(
            "The database {file} was made by a newer version of this program; use that version or choose another with --database."
        )));
    }
    configure(&connection).map_err(sentence)?;
    connection
        .pragma_update(None, "journal_mode", "WAL")
        .and_then(|()| connection.pragma_update(None, "application_id", APPLICATION_ID))
        .and_then(|()| migrate::run(&mut connection, migrations))
        .map_err(sentence)?;
    Ok(connection)
}

pub(super) fn reader(path: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(BUSY)?;
    configure(&connection)?;
    Ok(connection)
}

fn configure(connection: &Connection) -> rusqlite::Result<()> {
    connection.pragma_update(None, "foreign_keys", true)?;
    // An acknowledged write survives a power cut too, not only the end of the process.
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.set_prepared_statement_cache_capacity(64);
    Ok(())
}

fn pragma(connection: &Connection, name: &str) -> rusqlite::Result<i64> {
    connection.query_row(&format!("PRAGMA {name}"), [], |row| row.get(0))
}
