//! Reads the JSON of a request, telling absent, null and value apart.
//!
//! Guarantees: whatever is wrong with a body is a 400 that names the field, or a 413; and a body is not
//! looked at before the caller's right is checked. A field nobody knows is refused, because it is most
//! likely one that was misspelt.

use serde::de::{Deserialize, Deserializer};
use serde_json::Value;

use super::errors::ApiError;
use super::words::{self, Word};
pub(super) use crate::core::json_body::Input;

/// Many times what the largest honest body needs.
pub(super) const BODY_LIMIT: usize = 256 * 1024;

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
