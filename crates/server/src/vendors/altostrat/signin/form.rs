//! Reads form-encoded parameters and answers in the form of RFC 6749.
//!
//! Guarantees: a parameter given twice is refused, as the RFC wants, and never silently chosen from.

use std::collections::BTreeMap;

use axum::Json;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use crate::core::errors::{self, Cause};

const BODY_LIMIT: usize = 64 * 1024;

/// Parameters by name.
pub(super) struct Form(BTreeMap<String, String>);

impl Form {
    /// From a query or a body.
    pub(super) fn parse(encoded: &[u8]) -> Result<Self, OAuthError> {
        let mut fields = BTreeMap::new();
        for (name, value) in form_urlencoded::parse(encoded) {
            let name = name.into_owned();
            if fields.insert(name.clone(), value.into_owned()).is_some() {
                return Err(OAuthError::request("A parameter is given more than once."));
            }
        }
        Ok(Self(fields))
    }

    /// From a request's body, if that is what it claims to be.
    pub(super) async fn read(headers: &HeaderMap, body: Body) -> Result<Self, OAuthError> {
        let is_form = headers
            .get(header::CONTENT_TYPE)
            .and_then(|value| value.to_str().ok())
            .and_then(|value| value.split(';').next())
            .is_some_and(|kind| {
                kind.trim()
                    .eq_ignore_ascii_case("application/x-www-form-urlencoded")
            });
        let bytes = to_bytes(body, BODY_LIMIT)
            .await
            .map_err(|_| OAuthError::request("The body cannot exceed 64 kilobytes."))?;
        if !is_form {
            return Err(OAuthError::request(
                "The Content-Type must be application/x-www-form-urlencoded.",
            ));
        }
        Self::parse(&bytes)
    }

    /// A parameter that is there and not empty.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0
            .get(name)
            .map(String::as_str)
            .filter(|value| !value.is_empty())
    }

    /// A parameter that has to be there.
    pub(super) fn require(&self, name: &str) -> Result<&str, OAuthError> {
        self.get(name)
            .ok_or_else(|| OAuthError::request(format!("The parameter {name} is missing.")))
    }
}

/// A failure in the RFC's form.
#[derive(Debug)]
pub(super) struct OAuthError {
    status: StatusCode,
    pub(super) error: &'static str,
    pub(super) description: String,
}

#[derive(Serialize)]
struct OAuthErrorBody {
    error: &'static str,
    error_description: String,
}

impl OAuthError {
    pub(super) fn new(error: &'static str, description: impl Into<String>) -> Self {
        Self {
            status: StatusCode::BAD_REQUEST,
            error,
            description: description.into(),
        }
    }

    pub(super) fn request(description: impl Into<String>) -> Self {
        Self::new("invalid_request", description)
    }

    pub(super) fn grant(description: impl Into<String>) -> Self {
        Self::new("invalid_grant", description)
    }

    pub(super) fn client() -> Self {
        Self {
            status: StatusCode::UNAUTHORIZED,
            ..Self::new("invalid_client", "This client is not registered.")
        }
    }

    pub(super) fn internal(cause: &str) -> Self {
        errors::log(cause);
        Self {
            status: StatusCode::INTERNAL_SERVER_ERROR,
            ..Self::new("server_error", "The server failed. Please try again later.")
        }
    }
}

impl<C: Cause> From<C> for OAuthError {
    fn from(cause: C) -> Self {
        Self::internal(&cause.to_string())
    }
}

impl IntoResponse for OAuthError {
    fn into_response(self) -> Response {
        let body = OAuthErrorBody {
            error: self.error,
            error_description: self.description,
        };
        (self.status, Json(body)).into_response()
    }
}
