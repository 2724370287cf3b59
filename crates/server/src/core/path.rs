//! Reads the ids in a path.
//!
//! Must not know what they name.

use std::convert::Infallible;

use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;
use serde::de::DeserializeOwned;

/// The ids in the path. One that is not UTF-8 becomes the empty text, which names nothing, so that the handler
/// answers it as any other that is not there.
pub struct Ids<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned + Default + Send> FromRequestParts<S> for Ids<T> {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Infallible> {
        let ids = Path::from_request_parts(parts, state).await;
        Ok(Self(ids.map_or_else(|_| T::default(), |Path(ids)| ids)))
    }
}
