//! Reads what a caller sends: path parts and JSON bodies, telling absent, null and value apart.
//!
//! Guarantees: whatever is wrong with a body is a 400 with a reason, never a status that the
//! contract does not document; and reading a body never fails before the caller's right is checked.

use axum::body::to_bytes;
use axum::extract::{FromRequest, FromRequestParts, Path, Request};
use axum::http::header;
use axum::http::request::Parts;
use serde::de::{
    Deserialize, DeserializeOwned, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor,
};

use super::errors::ApiError;

/// Many times what the largest honest body needs.
const BODY_LIMIT: usize = 64 * 1024;

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

/// A JSON object, or why there is none. The handler looks once it knows that the caller may ask.
pub(super) struct Input<T>(pub(super) Result<T, ApiError>);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Input<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, _: &S) -> Result<Self, ApiError> {
        Ok(Self(read(request).await))
    }
}

async fn read<T: DeserializeOwned>(request: Request) -> Result<T, ApiError> {
    let is_json = request
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split(';').next())
        .is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json"));
    let bytes = to_bytes(request.into_body(), BODY_LIMIT)
        .await
        .map_err(|_| ApiError::invalid("The request body cannot exceed 64 kilobytes."))?;
    if !is_json {
        return Err(ApiError::invalid(
            "The Content-Type of the request must be application/json.",
        ));
    }
    // Serde would also read a struct from an array.
    if bytes.trim_ascii_start().first() != Some(&b'{') {
        return Err(ApiError::invalid("The request body must be a JSON object."));
    }
    serde_json::from_slice(&bytes)
        .map_err(|_| ApiError::invalid("The request body is not valid JSON."))
}

/// What was given for one field.
#[derive(Debug, Default)]
pub(super) enum Given {
    /// Nothing.
    #[default]
    Absent,
    /// `null`.
    Null,
    /// A string.
    Text(String),
    /// A value of another type.
    Other,
}

impl Given {
    /// A name, or `None` if none was given.
    pub(super) fn name(self) -> Result<Option<String>, ApiError> {
        match self {
            Self::Absent => Ok(None),
            Self::Text(text) if text.trim().is_empty() => {
                Err(ApiError::invalid("The 'name' parameter cannot be empty."))
            }
            Self::Text(text) => within("name", text, NAME_LIMIT).map(Some),
            Self::Null | Self::Other => {
                Err(ApiError::invalid("The 'name' parameter must be a string."))
            }
        }
    }

    /// A description: `None` if none was given, `Some(None)` to clear it. An empty one clears it
    /// too, as the vendor's framework turns empty strings into null.
    pub(super) fn description(self) -> Result<Option<Option<String>>, ApiError> {
        match self {
            Self::Absent => Ok(None),
            Self::Null => Ok(Some(None)),
            Self::Text(text) if text.is_empty() => Ok(Some(None)),
            Self::Text(text) => {
                within("description", text, DESCRIPTION_LIMIT).map(|text| Some(Some(text)))
            }
            Self::Other => Err(ApiError::invalid(
                "The 'description' parameter must be a string or null.",
            )),
        }
    }

    /// A required string.
    pub(super) fn required(self, parameter: &str) -> Result<String, ApiError> {
        match self {
            Self::Absent => Err(ApiError::missing(parameter)),
            Self::Text(text) => Ok(text),
            Self::Null | Self::Other => Err(ApiError::invalid(format!(
                "The '{parameter}' parameter must be a string."
            ))),
        }
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

impl<'de> Deserialize<'de> for Given {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(GivenVisitor)
    }
}

struct GivenVisitor;

impl<'de> Visitor<'de> for GivenVisitor {
    type Value = Given;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("any value")
    }

    fn visit_str<E>(self, text: &str) -> Result<Given, E> {
        Ok(Given::Text(text.to_owned()))
    }

    fn visit_unit<E>(self) -> Result<Given, E> {
        Ok(Given::Null)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Given, E> {
        Ok(Given::Other)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Given, E> {
        Ok(Given::Other)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Given, E> {
        Ok(Given::Other)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Given, E> {
        Ok(Given::Other)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Given, A::Error> {
        while sequence.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Given::Other)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Given, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Given::Other)
    }
}
