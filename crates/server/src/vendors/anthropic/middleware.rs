//! What lies around every call: its id, whose organization it was for, and pages of other origins.
//!
//! Guarantees: `request-id` is on every reply, and `anthropic-organization-id` on every one whose caller
//! is known. A browser lets a page of another origin read a reply only where the settings allow it.

use std::sync::{Arc, OnceLock};

use axum::extract::{Request, State};
use axum::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::App;
use super::errors::{self, ApiError};
use super::settings::Cors;
use crate::core::observe::RequestId;

const REQUEST_ID: HeaderName = HeaderName::from_static("request-id");
const ORGANIZATION_ID: HeaderName = HeaderName::from_static("anthropic-organization-id");

/// With this header a page says that it knows what a key in a browser means.
const FROM_A_BROWSER: &str = "anthropic-dangerous-direct-browser-access";

/// What the caller turns out to be, told from the handler to the layer around it.
#[derive(Clone, Debug, Default)]
pub(super) struct Told {
    organization: Arc<OnceLock<String>>,
    readable: Arc<OnceLock<()>>,
}

impl Told {
    pub(super) fn organization(&self, id: &str) {
        // The first word counts; there is one caller.
        let _ = self.organization.set(id.to_owned());
    }

    fn readable(&self) {
        let _ = self.readable.set(());
    }
}

/// The layer around every route.
pub(super) async fn around(mut request: Request, next: Next) -> Response {
    let id = request
        .extensions()
        .get::<RequestId>()
        .cloned()
        .unwrap_or_else(|| RequestId("req_0000000000000000".to_owned()));
    let told = Told::default();
    request.extensions_mut().insert(told.clone());
    let response = next.run(request).await;
    let mut response = identified(errors::render(response, &id), &id);
    let headers = response.headers_mut();
    if let Some(Ok(value)) = told.organization.get().map(|id| HeaderValue::from_str(id)) {
        headers.insert(ORGANIZATION_ID, value);
    }
    if told.readable.get().is_some() {
        headers.insert(
            header::ACCESS_CONTROL_ALLOW_ORIGIN,
            HeaderValue::from_static("*"),
        );
        headers.insert(
            header::ACCESS_CONTROL_EXPOSE_HEADERS,
            HeaderValue::from_static("request-id, anthropic-organization-id, retry-after"),
        );
    }
    response
}

/// With its `request-id`.
pub(super) fn identified(mut response: Response, id: &RequestId) -> Response {
    if let Ok(value) = HeaderValue::from_str(&id.0) {
        response.headers_mut().insert(REQUEST_ID, value);
    }
    response
}

/// Refuses a page of another origin, unless the settings and its headers allow it.
pub(super) fn check_origin(headers: &HeaderMap, cors: Cors, told: &Told) -> Result<(), ApiError> {
    if is_same_origin(headers) {
        return Ok(());
    }
    if cors != Cors::Unanswered {
        told.readable();
    }
    if !headers.contains_key(FROM_A_BROWSER) {
        return Err(ApiError::Unauthorized(
            "CORS requests must set the 'anthropic-dangerous-direct-browser-access' header.",
        ));
    }
    match cors {
        Cors::Allow => Ok(()),
        Cors::Refuse | Cors::Unanswered => Err(ApiError::Unauthorized(
            "CORS requests are not allowed for this organization because of its data settings.",
        )),
    }
}

/// The answer to a method that a path does not have; OPTIONS is one of them everywhere.
pub(super) async fn other_method(
    State(app): State<App>,
    method: Method,
    headers: HeaderMap,
) -> Response {
    if method == Method::OPTIONS {
        preflight(&headers, app.settings.cors)
    } else {
        ApiError::MethodNotAllowed.into_response()
    }
}

/// A preflight that asks for the vendor's header is let through, any other is not.
fn preflight(headers: &HeaderMap, cors: Cors) -> Response {
    let asks = headers
        .get_all(header::ACCESS_CONTROL_REQUEST_HEADERS)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|names| names.split(','))
        .any(|name| name.trim().eq_ignore_ascii_case(FROM_A_BROWSER));
    let mut response = StatusCode::NO_CONTENT.into_response();
    if asks && cors != Cors::Unanswered {
        let answers = [
            (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
            (header::ACCESS_CONTROL_ALLOW_METHODS, "GET, POST, DELETE"),
            (
                header::ACCESS_CONTROL_ALLOW_HEADERS,
                "x-api-key, authorization, anthropic-version, anthropic-beta, content-type, \
                 anthropic-dangerous-direct-browser-access",
            ),
            (header::ACCESS_CONTROL_MAX_AGE, "600"),
        ];
        for (name, value) in answers {
            response
                .headers_mut()
                .insert(name, HeaderValue::from_static(value));
        }
    }
    response
}

/// Whether the page that asks, if a page does, was served by this server. A development proxy changes
/// `Host` but not what the browser says about the site.
fn is_same_origin(headers: &HeaderMap) -> bool {
    let text = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    let Some(origin) = headers.get(header::ORIGIN) else {
        return true;
    };
    if text(HeaderName::from_static("sec-fetch-site")) == Some("same-origin") {
        return true;
    }
    let authority = origin
        .to_str()
        .ok()
        .and_then(|origin| origin.split_once("://"))
        .map(|(_, authority)| authority);
    match (authority, text(header::HOST)) {
        (Some(authority), Some(host)) => authority.eq_ignore_ascii_case(host),
        _ => false,
    }
}
