//! How requests leave, whatever carries them.

use futures::future::LocalBoxFuture;
use steward_providers::http::{Reply, Request};

/// Carries one request and brings its reply, however bad. Never retries, never reads a body.
pub trait Transport {
    /// Sends a request and waits at most `limit_ms` for the reply to begin. How long a reply that
    /// has begun may take to end is bounded by the carrier.
    fn send(
        &self,
        request: Request,
        limit_ms: u32,
    ) -> LocalBoxFuture<'static, Result<Reply, Interrupted>>;
}

/// Why there is no reply.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Interrupted {
    /// No connection, or it broke. The request may have arrived.
    Unreachable,
    /// The limit passed. The request may have arrived.
    TimedOut,
    /// A redirect came, which is no answer of the service. What it led to may have carried the request out.
    Redirected,
}
