//! Time and chance, so that tests own both.

use futures::future::LocalBoxFuture;
use steward_domain::time::Timestamp;

/// The time, waiting, and a random number for jitter.
pub trait Clock {
    /// Now.
    fn now(&self) -> Timestamp;
    /// Waits.
    fn sleep(&self, millis: u32) -> LocalBoxFuture<'static, ()>;
    /// A number from 0 up to but not including 1, another at every call.
    fn chance(&self) -> f64;
}
