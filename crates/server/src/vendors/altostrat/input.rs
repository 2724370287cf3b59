//! Reads what a caller sends: path parts and JSON bodies, telling absent, null and value apart.
//!
//! Guarantees: whatever is wrong with a body is a 400 with a reason, never a status that the
//! contract does not document; and reading a body never fails before the caller's right is checked.

use axum::extract::{FromRequestParts, Path};
use axum::http::header;
use axum::http::request::Parts;
use serde::de::DeserializeOwned;

use super::errors::ApiError;
pub(super) use crate::core::json_body::{Given, Input};

/// The limits of the contract, in Unicode code points.
const NAME_LIMIT: usize = 50;
const DESCRIPTION_LIMIT: usize = 200;

/// The ids in the path. One that is not UTF-8 names nothing, so it is not found.
pub(super) struct Ids<T>(pub(super) T);

impl<S: Send + Sync, T: DeserializeOwned + Send> FromRequestParts<S> for Ids<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let Path(ids) = Path::from_request_parts(parts, state)
            .await
            .map_err(|_| ApiError::NotFound)?;
        Ok(Self(ids))
    }
}

/// Whether a request came with nothing at all: no body and no word of one.
pub(super) fn is_bare(parts: &Parts) -> bool {
    let none = |name| !parts.headers.contains_key(name);
    let length = parts.headers.get(header::CONTENT_LENGTH);
    none(header::CONTENT_TYPE)
        && none(header::TRANSFER_ENCODING)
        && length.is_none_or(|length| length.as_bytes() == b"0")
}

/// A name, or `None` if none was given.
pub(super) fn name(given: Given) -> Result<Option<String>, ApiError> {
    match given {
        Given::Absent => Ok(None),
        Given::Text(text) if text.trim().is_empty() => {
            Err(ApiError::invalid("The 'name' parameter cannot be empty."))
        }
        Given::Text(text) => within("name", text, NAME_LIMIT).map(Some),
        Given::Null | Given::Other => {
            Err(ApiError::invalid("The 'name' parameter must be a string."))
        }
    }
}

/// A description: `None` if none was given, `Some(None)` to clear it. An empty one clears it
/// too, as the vendor's framework turns empty strings into null.
pub(super) fn description(given: Given) -> Result<Option<Option<String>>, ApiError> {
    match given {
        Given::Absent => Ok(None),
        Given::Null => Ok(Some(None)),
        Given::Text(text) if text.is_empty() => Ok(Some(None)),
        Given::Text(text) => {
            within("description", text, DESCRIPTION_LIMIT).map(|text| Some(Some(text)))
        }
        Given::Other => Err(ApiError::invalid(
            "The 'description' parameter must be a string or null.",
        )),
    }
}

/// A required string.
pub(super) fn required(given: Given, parameter: &str) -> Result<String, ApiError> {
    match given {
        Given::Absent => Err(ApiError::missing(parameter)),
        Given::Text(text) => Ok(text),
        Given::Null | Given::Other => Err(ApiError::invalid(format!(
            "The '{parameter}' parameter must be a string."
        ))),
    }
}

fn within(parameter: &str, text: String, limit: usize) -> Result<String, ApiError> {
    if text.chars().count() > limit {
        return Err(ApiError::invalid(format!(
            "The '{parameter}' parameter cannot exceed {limit} characters."
        )));
    }
    if text.contains('\0') {
        return Err(ApiError::invalid(format!(
            "The '{parameter}' parameter cannot contain a null character."
        )));
    }
    Ok(text)
}
