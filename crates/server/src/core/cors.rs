//! Pages of one other origin, where the server listens at a second address: it lets them call it, as services
//! do that live elsewhere than the console.
//!
//! Guarantees: no other origin is let in, and nothing is said to a page of the address that was asked. Must
//! not know which handler answered.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::Method;
use axum::http::header::{self, HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;

/// The origin whose pages may call, such as `http://127.0.0.1:4180`.
#[derive(Clone, Debug)]
pub struct Pages(Arc<str>);

impl Pages {
    /// Those of this origin.
    #[must_use]
    pub fn of(origin: &str) -> Self {
        Self(origin.into())
    }

    /// Whether a page of that origin asks at another address than its own.
    fn asks(&self, request: &Request) -> bool {
        let text = |name: HeaderName| {
            let value = request.headers().get(name);
            value.and_then(|value| value.to_str().ok())
        };
        let own = self.0.split_once("://").map(|(_, authority)| authority);
        text(header::ORIGIN) == Some(&*self.0) && text(header::HOST) != own
    }
}

/// The layer that lets them in.
pub async fn allow(State(pages): State<Pages>, request: Request, next: Next) -> Response {
    if !pages.asks(&request) {
        return next.run(request).await;
    }
    let is_preflight = request.method() == Method::OPTIONS;
    let wanted = request
        .headers()
        .get(header::ACCESS_CONTROL_REQUEST_HEADERS)
        .cloned();
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    if let Ok(origin) = HeaderValue::from_str(&pages.0) {
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    }
    headers.append(header::VARY, HeaderValue::from_static("Origin"));
    if is_preflight {
        headers.insert(
            header::ACCESS_CONTROL_ALLOW_METHODS,
            HeaderValue::from_static("GET, POST, PUT, PATCH, DELETE"),
        );
        // Asked for each time, so that a fault meets the next one.
        headers.insert(
            header::ACCESS_CONTROL_MAX_AGE,
            HeaderValue::from_static("0"),
        );
        if let Some(wanted) = wanted {
            headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, wanted);
        }
    } else {
        headers.insert(
            header::ACCESS_CONTROL_EXPOSE_HEADERS,
            HeaderValue::from_static("request-id, x-request-id, retry-after, date"),
        );
    }
    response
}
