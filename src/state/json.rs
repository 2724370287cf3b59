//! The JSON texts of the app itself, by serde: what this tab stores, what tabs post to each other, the configuration.
//!
//! Guarantees: a damaged text reads as none, and a damaged member that is marked [`lenient`] as absent; neither panics.
//! Must not know what any text is about.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::value::RawValue;

/// The text of a value.
pub(super) fn print(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

/// The value of such a text; none for any other.
pub(super) fn parse<'a, T: Deserialize<'a>>(text: &'a str) -> Option<T> {
    serde_json::from_str(text).ok()
}

/// Reads a member that is of another type than expected as if it were absent.
///
/// # Errors
/// Only where the text around it is no JSON.
pub(super) fn lenient<'de, D, T>(member: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: DeserializeOwned + Default,
{
    let text = <&RawValue>::deserialize(member)?.get();
    Ok(parse::<T>(text).unwrap_or_default())
}
