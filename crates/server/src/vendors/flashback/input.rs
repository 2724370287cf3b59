//! Reads what a caller sends: path parts and JSON bodies.
//!
//! Guarantees: reading a body never fails before the caller's right is checked. The vendor documents
//! no message for a body that cannot be read, so these are this server's own.

use super::errors::ApiError;
use super::settings::Settings;
pub(super) use crate::core::json_body::{Given, Input};
pub(super) use crate::core::path::Ids;

/// Longer than any name that an honest person gives.
const LONG_NAME: usize = 255;

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
