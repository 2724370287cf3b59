//! What goes wrong while the program starts, as a sentence about the database file.
//!
//! Must not know any table.

use super::{OpenError, Unavailable};

/// What a write during start-up can fail with.
#[derive(Debug)]
pub enum StartError {
    /// SQLite refused.
    Sqlite(rusqlite::Error),
    /// Anything else.
    Other(String),
}

impl From<rusqlite::Error> for StartError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sqlite(error)
    }
}

impl From<Unavailable> for StartError {
    fn from(_: Unavailable) -> Self {
        Self::Other("its thread ended".to_owned())
    }
}

impl From<getrandom::Error> for StartError {
    fn from(error: getrandom::Error) -> Self {
        Self::Other(error.to_string())
    }
}

impl StartError {
    /// The sentence for the person who started the program.
    #[must_use]
    pub fn sentence(&self, file: &str) -> String {
        match self {
            Self::Sqlite(error) => OpenError::sqlite(file, error).to_string(),
            Self::Other(cause) => OpenError::other(file, cause).to_string(),
        }
    }
}
