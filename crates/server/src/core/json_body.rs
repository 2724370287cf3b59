//! Reads JSON objects that callers send, telling absent, null and value apart.
//!
//! Guarantees: an array is never taken for an object, and no body is read beyond a limit. Must not
//! know how any vendor words a refusal.

use std::convert::Infallible;

use axum::body::to_bytes;
use axum::extract::{FromRequest, Request};
use axum::http::header;
use serde::de::{
    Deserialize, DeserializeOwned, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor,
};

/// Many times what the largest honest body needs, where a vendor states no limit of its own.
pub const BODY_LIMIT: usize = 64 * 1024;

/// Why there is no object.
#[derive(Debug)]
pub enum Unreadable {
    /// More than the limit.
    TooLarge,
    /// It does not say that it is JSON.
    NotJsonType,
    /// JSON of another kind.
    NoObject,
    /// No JSON, or a field of a kind that cannot be read.
    Invalid(serde_json::Error),
}

impl Unreadable {
    /// The same for people, with the usual limit.
    #[must_use]
    pub fn sentence(&self) -> &'static str {
        match self {
            Self::TooLarge => "The request body cannot exceed 64 kilobytes.",
            Self::NotJsonType => "The Content-Type of the request must be application/json.",
            Self::NoObject => "The request body must be a JSON object.",
            Self::Invalid(_) => "The request body is not valid JSON.",
        }
    }
}

/// A JSON object of at most `LIMIT` bytes, or why there is none. The handler looks once it knows that the caller may ask.
pub struct Input<T, const LIMIT: usize = BODY_LIMIT>(pub Result<T, Unreadable>);

impl<S: Send + Sync, T: DeserializeOwned, const LIMIT: usize> FromRequest<S> for Input<T, LIMIT> {
    type Rejection = Infallible;

    async fn from_request(request: Request, _: &S) -> Result<Self, Infallible> {
        Ok(Self(read(request, LIMIT).await))
    }
}

async fn read<T: DeserializeOwned>(request: Request, limit: usize) -> Result<T, Unreadable> {
    let is_json = request
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split(';').next())
        .is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json"));
    let bytes = to_bytes(request.into_body(), limit)
        .await
        .map_err(|_| Unreadable::TooLarge)?;
    if !is_json {
        return Err(Unreadable::NotJsonType);
    }
    // Serde would also read a struct from an array.
    if bytes.trim_ascii_start().first() != Some(&b'{') {
        return Err(Unreadable::NoObject);
    }
    serde_json::from_slice(&bytes).map_err(Unreadable::Invalid)
}

/// What was given for one field.
#[derive(Debug, Default)]
pub enum Given {
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
