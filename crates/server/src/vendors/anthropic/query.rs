//! Reads ids from the path and values from the query.
//!
//! Guarantees: a key that nobody knows changes nothing, a known one with a wrong value is a 400 that
//! names it. Lists are read in both ways the vendor's clients write them, `ids=` and `ids[]=`.

use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;
use serde::de::DeserializeOwned;

use super::errors::ApiError;
use super::words::{self, Word};

/// The ids in the path. One that is not UTF-8 names nothing, so it is not found.
pub(super) struct Ids<T>(pub(super) T);

impl<S: Send + Sync, T: DeserializeOwned + Send> FromRequestParts<S> for Ids<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let Path(ids) = Path::from_request_parts(parts, state)
            .await
            .map_err(|_| ApiError::NotFound("The requested resource"))?;
        Ok(Self(ids))
    }
}

/// The query, taken apart and not yet judged.
pub(super) struct Query(Vec<(String, String)>);

impl<S: Send + Sync> FromRequestParts<S> for Query {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        let query = parts.uri.query().unwrap_or_default();
        Ok(Self(
            form_urlencoded::parse(query.as_bytes())
                .into_owned()
                .collect(),
        ))
    }
}

impl Query {
    /// The value of a key; the last one where there are several.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().rev().find(|(key, _)| key == name);
        found.map(|(_, value)| value.as_str())
    }

    /// All values of a key.
    pub(super) fn list(&self, name: &str) -> Vec<&str> {
        let is_it = |key: &str| key.strip_suffix("[]").unwrap_or(key) == name;
        let found = self.0.iter().filter(|(key, _)| is_it(key));
        found.map(|(_, value)| value.as_str()).collect()
    }

    /// A yes or no; no where it is absent.
    pub(super) fn flag(&self, name: &str) -> Result<bool, ApiError> {
        match self.text(name) {
            None | Some("false") => Ok(false),
            Some("true") => Ok(true),
            Some(_) => Err(ApiError::field(name, "Input should be true or false")),
        }
    }

    /// `limit`, from 1 to 1000.
    pub(super) fn limit(&self) -> Result<Option<usize>, ApiError> {
        let Some(text) = self.text("limit") else {
            return Ok(None);
        };
        let limit = text.parse().ok().filter(|limit| (1..=1000).contains(limit));
        let problem = "Input should be a whole number from 1 to 1000";
        limit.map(Some).ok_or(ApiError::field("limit", problem))
    }

    /// One of the contract's words.
    pub(super) fn word<W: Word>(&self, name: &str) -> Result<Option<W>, ApiError> {
        self.text(name)
            .map(|text| words::read(name, text))
            .transpose()
    }
}
