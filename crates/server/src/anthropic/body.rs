//! Reads the JSON of a request, telling absent, null and value apart.
//!
//! Guarantees: whatever is wrong with a body is a 400 that names the field, or a 413; and a body is not
//! looked at before the caller's right is checked. A field nobody knows is refused, because it is most
//! likely one that was misspelt.

use axum::body::to_bytes;
use axum::extract::{FromRequest, Request};
use axum::http::header;
use serde::de::{Deserialize, DeserializeOwned, Deserializer};
use serde_json::Value;

use super::errors::ApiError;
use super::words::{self, Word};

/// Many times what the largest honest body needs.
const BODY_LIMIT: usize = 256 * 1024;

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
        .map_err(|_| ApiError::TooLarge)?;
    let wrong = |message: &str| ApiError::Invalid(message.to_owned());
    if !is_json {
        return Err(wrong("The Content-Type has to be application/json."));
    }
    // Serde would also read a struct from an array.
    if bytes.trim_ascii_start().first() != Some(&b'{') {
        return Err(wrong("The request body is not a JSON object."));
    }
    serde_json::from_slice(&bytes).map_err(|error| {
        if error.is_data() {
            ApiError::Invalid(format!("The request body is not as documented: {error}."))
        } else {
            wrong("The request body is not valid JSON.")
        }
    })
}

/// What was given for one field.
#[derive(Debug, Default)]
pub(super) enum Given {
    /// Nothing.
    #[default]
    Absent,
    /// `null`.
    Null,
    /// Anything else.
    Value(Value),
}

impl<'de> Deserialize<'de> for Given {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(match Value::deserialize(deserializer)? {
            Value::Null => Self::Null,
            value => Self::Value(value),
        })
    }
}

impl Given {
    /// Absent and null alike, where the contract says that a field may be null and means nothing then.
    pub(super) fn or_null(self) -> Option<Value> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }

    /// Absent or a value, where null is none.
    pub(super) fn not_null(self, name: &str) -> Result<Option<Value>, ApiError> {
        match self {
            Self::Absent => Ok(None),
            Self::Null => Err(ApiError::field(name, "Input should not be null")),
            Self::Value(value) => Ok(Some(value)),
        }
    }

    /// A value.
    pub(super) fn required(self, name: &str) -> Result<Value, ApiError> {
        self.not_null(name)?
            .ok_or_else(|| ApiError::field(name, "Field required"))
    }
}

/// A text.
pub(super) fn text(name: &str, value: Value) -> Result<String, ApiError> {
    match value {
        Value::String(text) if text.contains('\0') => Err(ApiError::field(
            name,
            "String should not hold a null character",
        )),
        Value::String(text) => Ok(text),
        _ => Err(ApiError::field(name, "Input should be a valid string")),
    }
}

/// A text of 1 to `most` code points.
pub(super) fn sized(name: &str, value: Value, most: usize) -> Result<String, ApiError> {
    let text = text(name, value)?;
    match text.chars().count() {
        0 => Err(ApiError::field(
            name,
            "String should have at least 1 character",
        )),
        count if count > most => Err(ApiError::field(
            name,
            format!("String should have at most {most} characters"),
        )),
        _ => Ok(text),
    }
}

/// One of the contract's words.
pub(super) fn word<W: Word>(name: &str, value: Value) -> Result<W, ApiError> {
    words::read(name, &text(name, value)?)
}
