//! The second factor of a sign-in: whether it is still to come, and what it gives.
//!
//! Guarantees: only a token that the service calls one for everything is taken for one; what is not
//! said counts as not done. Known from the types of the vendor's client alone.

use serde::Deserialize;
use steward_domain::failure::{Failure, FailureKind, Operation, Unreadable};

use crate::credential::Credential;
use crate::desk::SecondFactor;
use crate::http::Reply;
use crate::json::{Nested, Scalar};
use crate::oauth::{RefreshToken, Tokens};
use crate::pagination::object;
use crate::reply::{accepted, unreadable};

/// The kind of second factor that a code from an authenticator is.
pub(super) const BY_CODE: &str = "GOOGLE_AUTH";

/// `{isEnabled, isRequired, enabledMethods: [text], sessionVerified}`.
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Status {
    session_verified: Scalar,
    enabled_methods: Nested<Nothing>,
}

/// An array of texts is due there.
#[derive(Default, Deserialize)]
struct Nothing {}

/// Reads how far the second factor has come.
pub(super) fn status(reply: &Reply) -> Result<SecondFactor, Failure> {
    let operation = Operation::SignIn;
    accepted(operation, reply)?;
    let status: Status = match object(operation, reply, Some("data")) {
        // What says nothing of it, whatever its shape, doesn't say that it is done.
        Err(failure) if failure.kind == FailureKind::Unreadable(Unreadable::OtherShape) => {
            Status::default()
        }
        read => read?,
    };
    let methods = status.enabled_methods.instead.into_iter();
    let methods: Vec<String> = methods.filter_map(Scalar::words).collect();
    Ok(match status.session_verified.is_true() {
        true => SecondFactor::Done,
        // Where no kind is named, the usual one is tried.
        false if methods.is_empty() || methods.iter().any(|one| one == BY_CODE) => {
            SecondFactor::ByCode
        }
        false => SecondFactor::ByOther,
    })
}

/// `{success, message, fullAccessToken, refreshToken}`.
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Granted {
    full_access_token: Scalar,
    refresh_token: Scalar,
}

/// Reads the tokens that the second step gave.
pub(super) fn verified(reply: &Reply) -> Result<Tokens, Failure> {
    let operation = Operation::SignIn;
    accepted(operation, reply)?;
    let granted: Granted = object(operation, reply, None)?;
    let access = granted
        .full_access_token
        .text()
        .and_then(Credential::bearer);
    Ok(Tokens {
        access: access.ok_or_else(|| unreadable(operation, reply, Unreadable::OtherShape))?,
        refresh: granted.refresh_token.text().and_then(RefreshToken::new),
        expires_in: None,
    })
}
