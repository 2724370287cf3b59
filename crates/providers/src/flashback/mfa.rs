//! The second factor of a sign-in: whether it is still to come, and what it gives.
//!
//! Guarantees: only a token that the service calls one for everything is taken for one; what is not
//! said counts as not done. Known from the types of the vendor's client alone.

use steward_domain::failure::{Failure, Operation, Unreadable};

use crate::credential::Credential;
use crate::desk::SecondFactor;
use crate::http::Reply;
use crate::oauth::{RefreshToken, Tokens};
use crate::pagination::object;
use crate::reader::{Place, Record, Scalar};
use crate::reply::{accepted, unreadable};

/// The kind of second factor that a code from an authenticator is.
pub(super) const BY_CODE: &str = "GOOGLE_AUTH";

/// `{isEnabled, isRequired, enabledMethods: [text], sessionVerified}`.
#[derive(Default)]
struct Status {
    verified: Scalar,
    methods: Methods,
}

/// An array of texts, read as a record that its plain values go into.
#[derive(Default)]
struct Methods {
    any: bool,
    by_code: bool,
}

impl Record for Methods {
    fn place(&mut self, _name: &str) -> Place<'_> {
        Place::Nowhere
    }

    fn plain(&mut self, value: Scalar) {
        if let Some(word) = value.words() {
            self.any = true;
            self.by_code |= word == BY_CODE;
        }
    }
}

impl Record for Status {
    fn place(&mut self, name: &str) -> Place<'_> {
        match name {
            "sessionVerified" => Place::Value(&mut self.verified),
            "enabledMethods" => Place::Record(&mut self.methods),
            _ => Place::Nowhere,
        }
    }
}

/// Reads how far the second factor has come.
pub(super) fn status(reply: &Reply) -> Result<SecondFactor, Failure> {
    let operation = Operation::SignIn;
    accepted(operation, reply)?;
    let mut status = Status::default();
    object(operation, reply, Some("data"), &mut status)?;
    Ok(match (status.verified.is_true(), &status.methods) {
        (true, _) => SecondFactor::Done,
        // Where no kind is named, the usual one is tried.
        (false, methods) if methods.by_code || !methods.any => SecondFactor::ByCode,
        (false, _) => SecondFactor::ByOther,
    })
}

/// `{success, message, fullAccessToken, refreshToken}`.
#[derive(Default)]
struct Granted {
    access: Scalar,
    refresh: Scalar,
}

impl Record for Granted {
    fn place(&mut self, name: &str) -> Place<'_> {
        match name {
            "fullAccessToken" => Place::Value(&mut self.access),
            "refreshToken" => Place::Value(&mut self.refresh),
            _ => Place::Nowhere,
        }
    }
}

/// Reads the tokens that the second step gave.
pub(super) fn verified(reply: &Reply) -> Result<Tokens, Failure> {
    let operation = Operation::SignIn;
    accepted(operation, reply)?;
    let mut granted = Granted::default();
    object(operation, reply, None, &mut granted)?;
    let access = granted.access.text().and_then(Credential::bearer);
    Ok(Tokens {
        access: access.ok_or_else(|| unreadable(operation, reply, Unreadable::OtherShape))?,
        refresh: granted.refresh.text().and_then(RefreshToken::new),
        expires_in: None,
    })
}
