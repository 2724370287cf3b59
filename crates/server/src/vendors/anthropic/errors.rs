//! The vendor's failures: one envelope, and the types and codes that may stand in it.
//!
//! Guarantees: every body carries the id of its request; a cause inside the server is logged and never
//! sent. A failure becomes a body only in [`render`], which the layer around all routes calls, because
//! only that layer knows the id.

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::{IntoResponses, ToSchema};

use crate::core::errors::{self, Cause};
use crate::core::json_body::Unreadable;
use crate::core::observe::RequestId;

/// The body of a failure.
#[derive(Debug, Serialize, ToSchema)]
pub struct ErrorResponse {
    /// Always `error`.
    #[serde(rename = "type")]
    #[schema(example = "error")]
    kind: &'static str,
    /// What went wrong.
    error: ErrorObject,
    /// The id that the `request-id` header has too.
    request_id: String,
}

/// What went wrong.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ErrorObject {
    /// A broad category.
    #[serde(rename = "type")]
    #[schema(example = "invalid_request_error")]
    kind: &'static str,
    /// The same for people; its wording may change.
    message: String,
    /// The cause, where it has a code.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    details: Option<ErrorDetails>,
}

/// The cause of a failure for programs.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ErrorDetails {
    /// A stable name of the cause.
    #[schema(example = "workspace_member_limit_exceeded")]
    error_code: &'static str,
    /// The field that a broken policy is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    field: Option<&'static str>,
    /// The workspace that was made all the same.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    workspace_id: Option<String>,
}

/// Everything a handler can fail with.
#[derive(Debug)]
pub enum ApiError {
    /// 400: what was sent, or the state of things, stands against it.
    Invalid(String),
    /// 400 with a code for the cause.
    Coded(&'static str, String),
    /// 400: the organization's policy stands against this field.
    Policy(&'static str, String),
    /// 401, with the reason.
    Unauthorized(&'static str),
    /// 403, with the reason.
    Forbidden(&'static str),
    /// 404: this is not there, or not in the caller's organization.
    NotFound(&'static str),
    /// Not a method for this path.
    MethodNotAllowed,
    /// 409: somebody or something else came first.
    Conflict(String),
    /// 409: it is archived, and storage is still attached to it.
    StorageAttached,
    /// 503: this workspace was made, and not all that was asked for with it.
    Incomplete(String),
    /// 503: some of the changes may have been saved.
    OutcomeUnknown,
    /// 413.
    TooLarge,
    /// 429, with the seconds to wait.
    TooMany(i64),
    /// The server's own fault; the text is for the log.
    Internal(String),
}

impl ApiError {
    /// 400 about one field.
    pub(super) fn field(name: &str, problem: impl std::fmt::Display) -> Self {
        Self::Invalid(format!("{name}: {problem}"))
    }
}

impl<C: Cause> From<C> for ApiError {
    fn from(cause: C) -> Self {
        Self::Internal(cause.to_string())
    }
}

impl From<Unreadable> for ApiError {
    fn from(unreadable: Unreadable) -> Self {
        Self::Invalid(match unreadable {
            Unreadable::TooLarge => return Self::TooLarge,
            Unreadable::NotJsonType => "The Content-Type has to be application/json.".to_owned(),
            Unreadable::NoObject => "The request body is not a JSON object.".to_owned(),
            Unreadable::Invalid(error) if error.is_data() => {
                format!("The request body is not as documented: {error}.")
            }
            Unreadable::Invalid(_) => "The request body is not valid JSON.".to_owned(),
        })
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let details = match &self {
            Self::Coded(error_code, _) => Some((*error_code, None, None)),
            Self::Policy(field, _) => Some(("workspace_policy_violation", Some(*field), None)),
            Self::StorageAttached => Some(("storage_attached_during_archive", None, None)),
            Self::Incomplete(id) => Some(("workspace_created_incomplete", None, Some(id.clone()))),
            Self::OutcomeUnknown => Some(("change_outcome_unknown", None, None)),
            _ => None,
        };
        let retry_after = match &self {
            Self::TooMany(seconds) => Some(HeaderValue::from(*seconds)),
            _ => None,
        };
        let (status, kind, message) = match self {
            Self::Invalid(message) | Self::Coded(_, message) | Self::Policy(_, message) => {
                (StatusCode::BAD_REQUEST, "invalid_request_error", message)
            }
            Self::Unauthorized(message) => (
                StatusCode::UNAUTHORIZED,
                "authentication_error",
                message.to_owned(),
            ),
            Self::Forbidden(message) => (
                StatusCode::FORBIDDEN,
                "permission_error",
                message.to_owned(),
            ),
            Self::NotFound(what) => (
                StatusCode::NOT_FOUND,
                "not_found_error",
                format!("{what} was not found."),
            ),
            Self::MethodNotAllowed => (
                StatusCode::METHOD_NOT_ALLOWED,
                "invalid_request_error",
                "This method is not allowed here.".to_owned(),
            ),
            Self::Conflict(message) => (StatusCode::CONFLICT, "conflict_error", message),
            Self::StorageAttached => (
                StatusCode::CONFLICT,
                "conflict_error",
                "The workspace was archived, but external storage was attached to it meanwhile and still is. \
                 Archive it again with the permission org:external-storage:use to detach it."
                    .to_owned(),
            ),
            Self::Incomplete(id) => (
                StatusCode::SERVICE_UNAVAILABLE,
                "api_error",
                format!(
                    "The workspace {id} was created, but its tags were not set. Do not create it again; set \
                     them on this one."
                ),
            ),
            Self::OutcomeUnknown => (
                StatusCode::SERVICE_UNAVAILABLE,
                "api_error",
                "Some of the changes may have been saved. Send the request again to finish it."
                    .to_owned(),
            ),
            Self::TooLarge => (
                StatusCode::PAYLOAD_TOO_LARGE,
                "request_too_large",
                "The request body is too large.".to_owned(),
            ),
            Self::TooMany(seconds) => (
                StatusCode::TOO_MANY_REQUESTS,
                "rate_limit_error",
                format!(
                    "This organization has made too many requests; try again in {seconds} seconds."
                ),
            ),
            Self::Internal(cause) => {
                errors::log(&cause);
                (
                    StatusCode::INTERNAL_SERVER_ERROR,
                    "api_error",
                    "Internal server error".to_owned(),
                )
            }
        };
        let mut response = status.into_response();
        response.extensions_mut().insert(ErrorObject {
            kind,
            message,
            details: details.map(|(error_code, field, workspace_id)| ErrorDetails {
                error_code,
                field,
                workspace_id,
            }),
        });
        if let Some(seconds) = retry_after {
            response.headers_mut().insert(header::RETRY_AFTER, seconds);
        }
        response
    }
}

/// Gives a failure its body. Anything else passes unchanged.
pub(super) fn render(mut response: Response, id: &RequestId) -> Response {
    let Some(error) = response.extensions_mut().remove::<ErrorObject>() else {
        return response;
    };
    let body = Json(ErrorResponse {
        kind: "error",
        error,
        request_id: id.0.clone(),
    });
    let (mut parts, _) = response.into_parts();
    parts.headers.remove(header::CONTENT_LENGTH);
    (parts, body).into_response()
}

/// The answer where a handler gave none, whole: no layer of this dialect comes after it.
#[must_use]
pub fn no_answer(id: &RequestId) -> Response {
    let failure = ApiError::Internal("no answer".to_owned()).into_response();
    super::middleware::identified(render(failure, id), id)
}

/// For the OpenAPI document: what every call can answer.
#[derive(IntoResponses)]
#[allow(dead_code, reason = "read by the document's generator alone")]
pub(super) enum Failures {
    /// Something that was sent is wrong.
    #[response(status = 400)]
    Invalid(#[to_schema] ErrorResponse),
    /// No credential, one that is not valid, or a page of another origin that may not ask.
    #[response(status = 401)]
    Unauthorized(#[to_schema] ErrorResponse),
    /// The credential is no Admin key.
    #[response(status = 403)]
    Forbidden(#[to_schema] ErrorResponse),
    /// Too many requests in a minute.
    #[response(status = 429)]
    TooMany(#[to_schema] ErrorResponse),
    /// The server failed.
    #[response(status = 500)]
    ServerError(#[to_schema] ErrorResponse),
}

/// For the OpenAPI document: the same below one object.
#[derive(IntoResponses)]
#[allow(dead_code, reason = "read by the document's generator alone")]
pub(super) enum Missing {
    /// There is no such thing in this organization.
    #[response(status = 404)]
    NotFound(#[to_schema] ErrorResponse),
}

#[cfg(test)]
mod tests {
    use super::{RequestId, StatusCode, no_answer};

    #[test]
    fn an_answer_in_place_of_a_handlers_has_its_id_and_its_kind() {
        let response = no_answer(&RequestId("req_1".to_owned()));
        assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
        let header = |name: &str| response.headers().get(name).map(|value| value.as_bytes());
        assert_eq!(header("request-id"), Some(&b"req_1"[..]));
        assert_eq!(header("content-type"), Some(&b"application/json"[..]));
    }
}
