//! The vendor's failures: the envelope with a message, and the few that have another shape.
//!
//! Guarantees: a cause inside the server is logged and never sent; what is sent in its place is the
//! sentence that the vendor documents for the call.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;

use crate::core::errors::{self, Cause};
use crate::core::json_body::Unreadable;

/// The body of a failure.
#[derive(Debug, Serialize, ToSchema)]
pub struct Failure {
    /// Always false.
    #[schema(example = false)]
    pub success: bool,
    /// What went wrong.
    #[schema(example = "Workspace not found")]
    pub message: &'static str,
}

/// The body of a failure to sign in.
#[derive(Debug, Serialize, ToSchema)]
pub struct SignInFailure {
    /// Always false.
    #[schema(example = false)]
    pub success: bool,
    /// What went wrong.
    #[schema(example = "INVALID_PASSWORD")]
    pub error_code: &'static str,
    /// The same for people, where the vendor has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<&'static str>,
}

/// Everything a handler can fail with.
#[derive(Debug)]
pub enum ApiError {
    /// No valid token; with a body or without.
    Unauthorized(bool),
    /// Refused with a message.
    Refused(StatusCode, &'static str),
    /// Refused with a code, and perhaps a message.
    Coded(StatusCode, &'static str, Option<&'static str>),
    /// The server's own fault: the message to send, and the cause for the log.
    Internal(&'static str, String),
}

impl ApiError {
    /// 400.
    #[must_use]
    pub fn invalid(message: &'static str) -> Self {
        Self::Refused(StatusCode::BAD_REQUEST, message)
    }

    /// 403.
    #[must_use]
    pub fn forbidden(message: &'static str) -> Self {
        Self::Refused(StatusCode::FORBIDDEN, message)
    }

    /// 404.
    #[must_use]
    pub fn not_found(message: &'static str) -> Self {
        Self::Refused(StatusCode::NOT_FOUND, message)
    }

    /// From any cause inside the server.
    pub fn internal(cause: impl Into<String>) -> Self {
        Self::Internal("Internal server error", cause.into())
    }

    /// The same, with what the vendor says when this call fails inside.
    #[must_use]
    pub fn during(self, message: &'static str) -> Self {
        match self {
            Self::Internal(_, cause) => Self::Internal(message, cause),
            other => other,
        }
    }
}

impl<C: Cause> From<C> for ApiError {
    fn from(cause: C) -> Self {
        Self::internal(cause.to_string())
    }
}

impl From<Unreadable> for ApiError {
    fn from(unreadable: Unreadable) -> Self {
        Self::invalid(unreadable.sentence())
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let (status, message) = match self {
            Self::Unauthorized(with_body) => {
                let status = StatusCode::UNAUTHORIZED;
                return errors::challenging(if with_body {
                    Self::Refused(status, "Unauthorized").into_response()
                } else {
                    status.into_response()
                });
            }
            Self::Coded(status, error_code, message) => {
                let body = SignInFailure {
                    success: false,
                    error_code,
                    message,
                };
                return (status, Json(body)).into_response();
            }
            Self::Refused(status, message) => (status, message),
            Self::Internal(message, cause) => {
                errors::log(&cause);
                (StatusCode::INTERNAL_SERVER_ERROR, message)
            }
        };
        let success = false;
        (status, Json(Failure { success, message })).into_response()
    }
}
