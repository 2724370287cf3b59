//! Reads what a caller sends: path parts and JSON bodies.
//!
//! Guarantees: reading a body never fails before the caller's right is checked. The vendor documents
//! no message for a body that cannot be read, so these are this server's own.

use axum::extract::{FromRequest, FromRequestParts, Path, Request};
use axum::http::request::Parts;
use serde::de::DeserializeOwned;

use super::errors::ApiError;
use super::settings::Settings;
use crate::json_body::{self, Given};

/// Longer than any name that an honest person gives.
const LONG_NAME: usize = 255;

/// The ids in the path. One that is not UTF-8 is kept as a text that names nothing, so that the
/// handler answers it as any other.
pub(super) struct Ids<T>(pub(super) T);

impl<S: Send + Sync, T: DeserializeOwned + Default + Send> FromRequestParts<S> for Ids<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let ids = Path::from_request_parts(parts, state).await;
        Ok(Self(ids.map_or_else(|_| T::default(), |Path(ids)| ids)))
    }
}

/// A JSON object, or why there is none. The handler looks once it knows that the caller may ask.
pub(super) struct Input<T>(pub(super) Result<T, ApiError>);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Input<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, _: &S) -> Result<Self, ApiError> {
        let body = json_body::read(request).await;
        Ok(Self(body.map_err(|unreadable| {
            ApiError::invalid(unreadable.sentence())
        })))
    }
}

/// A name, or `None` if none was given.
pub(super) fn name(given: Given, settings: &Settings) -> Result<Option<String>, ApiError> {
    let name = match given {
        Given::Absent => return Ok(None),
        Given::Text(name) => name,
        Given::Null | Given::Other => {
            return Err(ApiError::invalid("Workspace name must be a string"));
        }
    };
    if name.trim().is_empty() && !settings.empty_name_taken {
        return Err(ApiError::invalid("Workspace name cannot be empty"));
    }
    if name.chars().count() > LONG_NAME && settings.long_name_400 {
        return Err(ApiError::invalid("Workspace name is too long"));
    }
    Ok(Some(name))
}

/// A string that has to be there.
pub(super) fn text(given: Given, otherwise: &'static str) -> Result<String, ApiError> {
    match given {
        Given::Text(text) => Ok(text),
        Given::Absent | Given::Null | Given::Other => Err(ApiError::invalid(otherwise)),
    }
}
