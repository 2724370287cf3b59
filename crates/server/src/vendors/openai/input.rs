//! Reads what a caller sends: path parts, queries and JSON bodies.
//!
//! Guarantees: reading a body or a query never fails before the caller's right is checked, and
//! whatever is wrong names its parameter.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;

use super::errors::ApiError;
pub(super) use crate::core::json_body::{Given, Input};
pub(super) use crate::core::path::Ids;

const USUAL_LIMIT: usize = 20;
const MOST: usize = 100;

/// Which part of a list is asked for.
#[derive(Debug)]
pub(super) struct Page {
    /// The last object of the page before.
    pub(super) after: Option<String>,
    /// How many at most.
    pub(super) limit: usize,
    /// Whether archived ones are in it.
    pub(super) include_archived: bool,
    /// The e-mail addresses that are asked for; none given is all of them.
    pub(super) emails: Option<Vec<String>>,
    /// Which keys are asked for, by their owners' access to the project.
    pub(super) owner_access: OwnerAccess,
}

/// Whether the owner of a key has access to its project.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum OwnerAccess {
    /// They have.
    #[default]
    Active,
    /// They have not.
    Inactive,
    /// Whether or not.
    Any,
}

/// A page, or what is wrong with its parameters. Parameters of other names are not looked at.
pub(super) struct Paged(pub(super) Result<Page, ApiError>);

impl<S: Send + Sync> FromRequestParts<S> for Paged {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self(page(parts.uri.query().unwrap_or_default())))
    }
}

fn page(query: &str) -> Result<Page, ApiError> {
    let mut page = Page {
        after: None,
        limit: USUAL_LIMIT,
        include_archived: false,
        emails: None,
        owner_access: OwnerAccess::default(),
    };
    for (name, value) in form_urlencoded::parse(query.as_bytes()) {
        match name.as_ref() {
            "after" => page.after = Some(value.into_owned()),
            "limit" => page.limit = limit(&value)?,
            "include_archived" => page.include_archived = boolean(&value)?,
            // The vendor's clients write the first, its pages the second.
            "emails[]" | "emails" => {
                page.emails.get_or_insert_default().push(value.into_owned());
            }
            "owner_project_access" => page.owner_access = owner_access(&value)?,
            _ => {}
        }
    }
    Ok(page)
}

fn limit(text: &str) -> Result<usize, ApiError> {
    let number: i64 = text.parse().map_err(|_| {
        let message = "Invalid 'limit': expected an integer.";
        ApiError::parameter("limit", "invalid_type", message)
    })?;
    let within = usize::try_from(number).ok();
    match within.filter(|within| (1..=MOST).contains(within)) {
        Some(within) => Ok(within),
        None => {
            let code = if number < 1 {
                "integer_below_min_value"
            } else {
                "integer_above_max_value"
            };
            let message = format!("Invalid 'limit': expected 1 to {MOST}, but got {number}.");
            Err(ApiError::parameter("limit", code, message))
        }
    }
}

fn boolean(text: &str) -> Result<bool, ApiError> {
    text.parse().map_err(|_| {
        let message = "Invalid 'include_archived': expected true or false.";
        ApiError::parameter("include_archived", "invalid_type", message)
    })
}

fn owner_access(text: &str) -> Result<OwnerAccess, ApiError> {
    match text {
        "active" => Ok(OwnerAccess::Active),
        "inactive" => Ok(OwnerAccess::Inactive),
        "any" => Ok(OwnerAccess::Any),
        _ => {
            let message = "Invalid 'owner_project_access': expected active, inactive or any.";
            Err(ApiError::parameter(
                "owner_project_access",
                "invalid_value",
                message,
            ))
        }
    }
}

/// A string that may be left out; null is the same.
pub(super) fn optional(given: Given, param: &'static str) -> Result<Option<String>, ApiError> {
    match given {
        Given::Absent | Given::Null => Ok(None),
        Given::Text(_) | Given::Other => required(given, param).map(Some),
    }
}

/// A string that has to be there and not empty.
pub(super) fn required(given: Given, param: &'static str) -> Result<String, ApiError> {
    match given {
        Given::Absent => {
            let message = format!("Missing required parameter: '{param}'.");
            Err(ApiError::parameter(
                param,
                "missing_required_parameter",
                message,
            ))
        }
        Given::Text(text) if text.is_empty() => {
            let message = format!("Invalid '{param}': expected a string that is not empty.");
            Err(ApiError::parameter(param, "empty_string", message))
        }
        Given::Text(text) => Ok(text),
        Given::Null | Given::Other => {
            let message = format!("Invalid type for '{param}': expected a string.");
            Err(ApiError::parameter(param, "invalid_type", message))
        }
    }
}
