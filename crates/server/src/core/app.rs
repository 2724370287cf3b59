//! What every handler may ask for.
//!
//! Must not know any vendor: each one's handlers see their own settings as `S`.

use std::sync::Arc;

use super::clock::Clock;
use super::db::Database;
use super::jwt::Keys;

/// The state that handlers share, cheap to copy.
#[derive(Clone)]
pub struct App<S> {
    /// The database.
    pub database: Database,
    /// The time.
    pub clock: Clock,
    /// The key that access tokens are signed with.
    pub keys: Arc<Keys>,
    /// The answers to what the contract leaves open.
    pub settings: Arc<S>,
}

impl<S> App<S> {
    /// Puts the parts together.
    #[must_use]
    pub fn new(database: Database, keys: Keys, clock: Clock, settings: S) -> Self {
        Self {
            database,
            clock,
            keys: Arc::new(keys),
            settings: Arc::new(settings),
        }
    }

    /// The same database, time and key with other settings.
    #[must_use]
    pub fn with_settings<T>(&self, settings: T) -> App<T> {
        App {
            database: self.database.clone(),
            clock: self.clock.clone(),
            keys: Arc::clone(&self.keys),
            settings: Arc::new(settings),
        }
    }
}
