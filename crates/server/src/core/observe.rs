//! One log line and one id per request, a limit on its time, and an answer even after a panic.
//!
//! Guarantees: no query, header or body is ever logged, so no token, code or state can be.

use std::panic::AssertUnwindSafe;
use std::time::{Duration, Instant};

use axum::extract::{Request, State};
use axum::http::HeaderValue;
use axum::middleware::Next;
use axum::response::Response;
use futures_util::FutureExt;
use tracing::Instrument;

use crate::core::random;

/// Longer than any honest request takes, the list of 100,000 workspaces included.
const TIMEOUT: Duration = Duration::from_secs(30);

/// The request's id, for a dialect whose vendor sends one of its own. Every request carries it as an
/// extension.
#[derive(Clone, Debug)]
pub struct RequestId(pub String);

/// Makes the answer for a path whose handler gave none.
#[derive(Clone, Copy)]
pub struct Failure(pub fn(&str, &RequestId) -> Response);

/// Lines of JSON on stderr; `STEWARD_LOG` chooses the level.
pub fn start_logging() {
    let filter = tracing_subscriber::EnvFilter::try_from_env("STEWARD_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("info"));
    // A second call, as in tests, keeps the first logger.
    let _ = tracing_subscriber::fmt()
        .json()
        .flatten_event(true)
        .with_current_span(true)
        .with_span_list(false)
        .with_target(false)
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .try_init();
}

/// The layer around every route.
pub async fn watch(State(failure): State<Failure>, mut request: Request, next: Next) -> Response {
    let started = Instant::now();
    let id = random::id("req_").unwrap_or_else(|_| "req_0000000000000000".to_owned());
    let id = RequestId(id);
    request.extensions_mut().insert(id.clone());
    let method = request.method().clone();
    let path = request.uri().path().to_owned();
    let span = tracing::info_span!("request", id = %id.0);
    let answer = AssertUnwindSafe(next.run(request)).catch_unwind();
    let answer = tokio::time::timeout(TIMEOUT, answer)
        .instrument(span.clone())
        .await;
    let _entered = span.enter();
    let mut response = match answer {
        Ok(Ok(response)) => response,
        Ok(Err(_)) => {
            tracing::error!("the handler panicked");
            (failure.0)(&path, &id)
        }
        Err(_) => {
            tracing::error!("the handler took too long");
            (failure.0)(&path, &id)
        }
    };
    if let Ok(value) = HeaderValue::from_str(&id.0) {
        response.headers_mut().insert("x-request-id", value);
    }
    let status = response.status().as_u16();
    let ms = started.elapsed().as_millis();
    tracing::info!(%method, path, status, ms = u64::try_from(ms).unwrap_or(u64::MAX), "answered");
    response
}
