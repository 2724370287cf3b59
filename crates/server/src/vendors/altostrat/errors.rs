//! The vendor's failures: which status has which body, and which has none.
//!
//! Guarantees: 401, 403 and 404 have no body, all others the whole ErrorResponse; a cause inside the
//! server is logged and never sent.

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::{IntoResponses, ToSchema};

use crate::core::errors::{self, Cause};
use crate::core::json_body::Unreadable;

/// The body of a failure.
#[derive(Debug, Serialize, ToSchema)]
pub struct ErrorResponse {
    /// A broad category.
    #[serde(rename = "type")]
    #[schema(example = "invalid_request_error")]
    pub kind: &'static str,
    /// What exactly went wrong.
    #[schema(example = "parameter_invalid")]
    pub code: &'static str,
    /// The same for people.
    #[schema(example = "The 'name' parameter cannot exceed 50 characters.")]
    pub message: String,
    /// Where the code is explained.
    #[schema(example = "https://docs.altostrat.io/errors/parameter_invalid")]
    pub doc_url: String,
}

/// Everything a handler can fail with.
#[derive(Debug)]
pub enum ApiError {
    /// No valid token.
    Unauthorized,
    /// A member whose role does not reach.
    Forbidden,
    /// Not there, or not for this caller.
    NotFound,
    /// Not a method for this path.
    MethodNotAllowed,
    /// Refused with a reason.
    Refused(StatusCode, &'static str, &'static str, String),
    /// The server's own fault; the text is for the log.
    Internal(String),
}

impl ApiError {
    /// 400: a parameter has a value it must not have.
    pub fn invalid(message: impl Into<String>) -> Self {
        let status = StatusCode::BAD_REQUEST;
        Self::Refused(
            status,
            "invalid_request_error",
            "parameter_invalid",
            message.into(),
        )
    }

    /// 400: a required parameter is absent.
    #[must_use]
    pub fn missing(parameter: &str) -> Self {
        let message = format!("The '{parameter}' parameter is required for this request.");
        let status = StatusCode::BAD_REQUEST;
        Self::Refused(
            status,
            "invalid_request_error",
            "parameter_missing",
            message,
        )
    }

    /// 409: the state of things stands against it.
    pub fn conflict(code: &'static str, message: impl Into<String>) -> Self {
        Self::Refused(StatusCode::CONFLICT, "conflict_error", code, message.into())
    }

    /// 422: understood, and against a rule.
    pub fn unprocessable(code: &'static str, message: impl Into<String>) -> Self {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        Self::Refused(status, "unprocessable_entity", code, message.into())
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
        let (status, kind, code, message) = match self {
            Self::Unauthorized => {
                return errors::challenging(StatusCode::UNAUTHORIZED.into_response());
            }
            Self::Forbidden => return StatusCode::FORBIDDEN.into_response(),
            Self::NotFound => return StatusCode::NOT_FOUND.into_response(),
            Self::MethodNotAllowed => {
                let others = HeaderValue::from_static("GET,HEAD");
                return (StatusCode::METHOD_NOT_ALLOWED, [(header::ALLOW, others)]).into_response();
            }
            Self::Refused(status, kind, code, message) => (status, kind, code, message),
            Self::Internal(cause) => {
                errors::log(&cause);
                (
                    StatusCode::INTERNAL_SERVER_ERROR,
                    "api_error",
                    "internal_server_error",
                    "An internal server error occurred. Please try again later.".to_owned(),
                )
            }
        };
        let doc_url = format!("https://docs.altostrat.io/errors/{code}");
        (
            status,
            Json(ErrorResponse {
                kind,
                code,
                message,
                doc_url,
            }),
        )
            .into_response()
    }
}

/// For the OpenAPI document: what every call below one workspace can answer.
#[derive(IntoResponses)]
#[allow(dead_code, reason = "read by the document's generator alone")]
pub(super) enum Guarded {
    /// The request was not authenticated.
    #[response(status = 401)]
    Unauthorized,
    /// The caller's role does not allow this.
    #[response(status = 403)]
    Forbidden,
    /// There is no such thing, or the caller is no member.
    #[response(status = 404)]
    NotFound,
    /// The server failed.
    #[response(status = 500)]
    ServerError(#[to_schema] ErrorResponse),
}
