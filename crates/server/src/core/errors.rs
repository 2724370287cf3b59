//! What every vendor's error type does alike: causes inside the server become one kind of failure, and a refused token a challenge.
//!
//! Guarantees: a cause is logged and never sent. Must not know how any vendor words a failure.

use axum::http::{HeaderValue, header};
use axum::response::Response;

use super::db::Unavailable;

/// A failure inside the server. Its text is for the log alone.
pub trait Cause: std::fmt::Display {}

impl Cause for rusqlite::Error {}
impl Cause for getrandom::Error {}
impl Cause for jsonwebtoken::errors::Error {}
impl Cause for serde_json::Error {}
impl Cause for Unavailable {}

/// Writes a cause to the log, within the span of its request.
pub fn log(cause: &str) {
    tracing::error!(%cause, "internal error");
}

/// The response with `WWW-Authenticate: Bearer` (RFC 6750, 3).
#[must_use]
pub fn challenging(mut response: Response) -> Response {
    let challenge = HeaderValue::from_static("Bearer");
    response
        .headers_mut()
        .insert(header::WWW_AUTHENTICATE, challenge);
    response
}
