//! What proves to a service who is asking.
//!
//! Guarantees: a credential can be sent in a header as it is, and can't be printed. Must not know
//! where it came from or where it is kept.

use std::fmt;

use crate::http::{HeaderValue, Request};

/// A credential. It has no way back to text except into a request's header, or through
/// [`Credential::expose_for_storage`] into this tab's session storage.
#[derive(Clone, PartialEq, Eq)]
pub enum Credential {
    /// A bearer token (RFC 6750).
    Bearer(String),
    /// A gateway in front of the service holds the credential; the browser has none.
    Gateway,
}

impl Credential {
    /// A pasted token: surrounding white space and a leading `Bearer` are dropped. `None` if
    /// nothing is left or it could not stand in a header.
    #[must_use]
    pub fn from_pasted(text: &str) -> Option<Self> {
        let text = text.trim();
        let text = match text.split_once(char::is_whitespace) {
            Some((scheme, rest)) if scheme.eq_ignore_ascii_case("bearer") => rest.trim(),
            // The word alone: the token was left behind.
            _ if text.eq_ignore_ascii_case("bearer") => "",
            _ => text,
        };
        Self::bearer(text.to_owned())
    }

    /// A token as a service issued it. `None` if it could not stand in a header.
    pub(crate) fn bearer(token: String) -> Option<Self> {
        let sendable = !token.is_empty() && token.bytes().all(|byte| byte.is_ascii_graphic());
        sendable.then_some(Self::Bearer(token))
    }

    /// Puts the credential on a request.
    pub(crate) fn apply(&self, request: &mut Request) {
        match self {
            Self::Bearer(token) => {
                let mut value = String::from("Bearer ");
                value.push_str(token);
                request
                    .headers
                    .push(("authorization", HeaderValue::Secret(value)));
            }
            Self::Gateway => {}
        }
    }

    /// The token itself, for the one caller that may store it or read its claims.
    #[must_use]
    pub fn expose_for_storage(&self) -> Option<&str> {
        match self {
            Self::Bearer(token) => Some(token),
            Self::Gateway => None,
        }
    }
}

impl fmt::Debug for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[credential]")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::Method;

    #[test]
    fn takes_a_token_as_people_paste_it() {
        let token = Credential::Bearer("abc.def".into());
        for text in [
            "abc.def",
            "  abc.def\n",
            "Bearer abc.def",
            "bearer\tabc.def",
        ] {
            assert_eq!(
                Credential::from_pasted(text).as_ref(),
                Some(&token),
                "{text:?}"
            );
        }
        for text in ["", "  ", "Bearer ", "a b", "naïve", "a\u{202e}b"] {
            assert_eq!(Credential::from_pasted(text), None, "{text:?}");
        }
    }

    #[test]
    fn is_never_printed() {
        let credential = Credential::Bearer("abc.def".into());
        let request = Request::new(Method::Get, String::new(), &credential);
        assert!(!format!("{credential:?} {request:?}").contains("abc"));
    }
}
