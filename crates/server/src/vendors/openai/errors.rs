//! The vendor's failures: one envelope for all of them.
//!
//! Guarantees: every failure has the four fields; a cause inside the server is logged and never
//! sent. Statuses are the vendor's; the document has no messages, so these are our own.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::{IntoResponses, ToSchema};

use crate::core::errors::{self, Cause};
use crate::core::json_body::Unreadable;

/// The body of a failure.
#[derive(Debug, Serialize, ToSchema)]
pub struct ErrorResponse {
    /// What went wrong.
    pub error: Error,
}

/// What went wrong.
#[derive(Debug, Serialize, ToSchema)]
pub struct Error {
    /// For people.
    #[schema(example = "Missing required parameter: 'name'.")]
    pub message: String,
    /// A broad category.
    #[serde(rename = "type")]
    #[schema(example = "invalid_request_error")]
    pub kind: &'static str,
    /// Which parameter it is about.
    #[schema(required, example = "name")]
    pub param: Option<&'static str>,
    /// What exactly.
    #[schema(required, example = "missing_required_parameter")]
    pub code: Option<&'static str>,
}

/// Everything a handler can fail with.
#[derive(Debug)]
pub enum ApiError {
    /// Refused.
    Refused(StatusCode, Error),
    /// The server's own fault; the text is for the log.
    Internal(String),
}

impl ApiError {
    fn refused(status: StatusCode, code: Option<&'static str>, message: impl Into<String>) -> Self {
        let error = Error {
            message: message.into(),
            kind: "invalid_request_error",
            param: None,
            code,
        };
        Self::Refused(status, error)
    }

    /// 400: the state of things stands against it, or the body cannot be read.
    pub fn invalid(message: impl Into<String>) -> Self {
        Self::refused(StatusCode::BAD_REQUEST, None, message)
    }

    /// 400: a parameter is missing or wrong.
    pub fn parameter(param: &'static str, code: &'static str, message: impl Into<String>) -> Self {
        let error = Error {
            message: message.into(),
            kind: "invalid_request_error",
            param: Some(param),
            code: Some(code),
        };
        Self::Refused(StatusCode::BAD_REQUEST, error)
    }

    /// 401: no key.
    #[must_use]
    pub fn no_key() -> Self {
        let message = "Missing bearer authentication in header";
        Self::refused(StatusCode::UNAUTHORIZED, None, message)
    }

    /// 401: a key that is none.
    #[must_use]
    pub fn wrong_key() -> Self {
        let message = "Incorrect API key provided.";
        Self::refused(StatusCode::UNAUTHORIZED, Some("invalid_api_key"), message)
    }

    /// 403: the key does not reach.
    pub fn forbidden(message: impl Into<String>) -> Self {
        Self::refused(StatusCode::FORBIDDEN, None, message)
    }

    /// 404.
    pub fn not_found(message: impl Into<String>) -> Self {
        Self::refused(StatusCode::NOT_FOUND, None, message)
    }
}

impl<C: Cause> From<C> for ApiError {
    fn from(cause: C) -> Self {
        Self::Internal(cause.to_string())
    }
}

impl From<Unreadable> for ApiError {
    fn from(unreadable: Unreadable) -> Self {
        Self::invalid(unreadable.sentence())
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let (status, error) = match self {
            Self::Refused(status, error) => (status, error),
            Self::Internal(cause) => {
                errors::log(&cause);
                let message = "The server had an error while processing your request.";
                let error = Error {
                    message: message.to_owned(),
                    kind: "server_error",
                    param: None,
                    code: None,
                };
                (StatusCode::INTERNAL_SERVER_ERROR, error)
            }
        };
        let response = (status, Json(ErrorResponse { error })).into_response();
        if status == StatusCode::UNAUTHORIZED {
            errors::challenging(response)
        } else {
            response
        }
    }
}

/// For the OpenAPI document: what every call can answer.
#[derive(IntoResponses)]
#[allow(dead_code, reason = "read by the document's generator alone")]
pub(super) enum Usual {
    /// A parameter is missing or wrong.
    #[response(status = 400)]
    BadRequest(#[to_schema] ErrorResponse),
    /// No key, or one that is none.
    #[response(status = 401)]
    Unauthorized(#[to_schema] ErrorResponse),
    /// The key does not reach.
    #[response(status = 403)]
    Forbidden(#[to_schema] ErrorResponse),
    /// There is no such thing in this organization.
    #[response(status = 404)]
    NotFound(#[to_schema] ErrorResponse),
    /// Too many requests.
    #[response(status = 429)]
    TooMany(#[to_schema] ErrorResponse),
    /// The server failed.
    #[response(status = 500)]
    ServerError(#[to_schema] ErrorResponse),
}
