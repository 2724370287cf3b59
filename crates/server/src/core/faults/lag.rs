//! Reads that lag behind: for a while they show what was true before a change.
//!
//! Guarantees: what a lagging read shows was true at one moment, in every reply alike. Must not know
//! what any dialect answers.

use std::pin::Pin;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::Router;
use globset::GlobMatcher;

use super::rule::{self, Lag};

/// Makes a router that answers for ever from what is true now.
pub type Freeze =
    Arc<dyn Fn() -> Pin<Box<dyn Future<Output = Result<Router, String>> + Send>> + Send + Sync>;

/// What was true, and until when reads show it.
struct Past {
    dialect: String,
    reads: Option<GlobMatcher>,
    ends: Option<Instant>,
    router: Router,
}

/// The moments that reads still show, oldest first.
#[derive(Default)]
pub(super) struct Lags(Vec<Past>);

impl Lags {
    /// Has reads of `dialect` go on to show what `router` shows.
    ///
    /// # Errors
    /// When the glob is none.
    pub(super) fn begin(&mut self, dialect: &str, lag: &Lag, router: Router) -> Result<(), String> {
        self.0.push(Past {
            dialect: dialect.to_owned(),
            reads: lag.reads.as_deref().map(rule::glob).transpose()?,
            ends: lag.ms.map(|ms| Instant::now() + Duration::from_millis(ms)),
            router,
        });
        Ok(())
    }

    /// What answers a read of this path, unless the present does. Of several moments the oldest: whoever
    /// lags by a minute has not seen the changes of that minute.
    pub(super) fn of(&mut self, dialect: &str, rest: &str) -> Option<Router> {
        let now = Instant::now();
        self.0
            .retain(|past| past.ends.is_none_or(|ends| now < ends));
        self.0
            .iter()
            .find(|past| {
                past.dialect == dialect
                    && past.reads.as_ref().is_none_or(|glob| glob.is_match(rest))
            })
            .map(|past| past.router.clone())
    }
}
