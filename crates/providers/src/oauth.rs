//! Signing in by OAuth 2.0: authorization code (RFC 6749) with PKCE (RFC 7636), renewal, and
//! revocation (RFC 7009), as request and reply values.
//!
//! Guarantees: no random numbers, no hashing and no storage in here; state, verifier and challenge
//! come from the caller. A secret goes into a body or a header, never into an address, and is never
//! printed.

use std::fmt;

use serde::Deserialize;
use steward_domain::failure::{Failure, FailureKind, Operation, Unreadable};
use steward_domain::id::UserId;

use crate::credential::Credential;
use crate::http::{Method, Reply, Request};
use crate::json::{Scalar, read};
use crate::jwt::Subject;
use crate::reply::{body, unreadable};
use steward_domain::percent::{decode_value, push_value};

/// Where and as whom to sign in at one service. From `config.json`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Endpoints {
    /// The address to send the person to.
    pub authorize: String,
    /// The address that gives tokens.
    pub token: String,
    /// The address that says who is signed in.
    pub userinfo: Option<String>,
    /// The address that revokes tokens.
    pub revoke: Option<String>,
    /// The id under which the service knows this console.
    pub client_id: String,
    /// What to ask for, separated by spaces; may be empty.
    pub scope: String,
}

/// A refresh token. Never printed; a way back to text only into a request's body, or through
/// [`RefreshToken::expose_for_storage`] into this tab's session storage.
#[derive(Clone, PartialEq, Eq)]
pub struct RefreshToken(String);

impl RefreshToken {
    /// Takes the token as the service issued it, or as it was stored. An empty text is none.
    #[must_use]
    pub fn new(text: String) -> Option<Self> {
        (!text.is_empty()).then_some(Self(text))
    }

    /// The token itself, for the one caller that may store it.
    #[must_use]
    pub fn expose_for_storage(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for RefreshToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[refresh token]")
    }
}

/// What a service gives in exchange for a code or a refresh token.
#[derive(Clone, PartialEq, Debug)]
pub struct Tokens {
    /// What proves who is asking.
    pub access: Credential,
    /// What gets the next tokens, if the service gave one.
    pub refresh: Option<RefreshToken>,
    /// Seconds for which the credential is good, if the service said.
    pub expires_in: Option<u32>,
}

/// Whom a credential speaks for, as far as the service says.
#[derive(Clone, PartialEq, Default, Debug)]
pub struct Identity {
    /// Who, if it is a person.
    pub id: Option<UserId>,
    /// The person's name.
    pub name: Option<String>,
    /// The person's e-mail address.
    pub email: Option<String>,
    /// The organization's name, if the service says it.
    pub organization: Option<String>,
    /// Whether the service says that signing in takes a second factor of this person.
    pub asks_code: bool,
}

/// What the service's redirect back to this console says.
#[derive(Clone, PartialEq, Eq)]
pub enum Callback {
    /// Yes. The state has to be compared before the code is used.
    Code {
        /// What to exchange for tokens.
        code: String,
        /// The state that we sent along.
        state: String,
    },
    /// No.
    Refused {
        /// The service's code for the reason.
        error: String,
        /// The reason, in the service's own words.
        description: Option<String>,
        /// The state that we sent along.
        state: Option<String>,
    },
    /// The address is no answer to a sign-in.
    Neither,
}

impl Callback {
    /// Whether this is the answer to the sign-in that was begun with this state. A refusal has to
    /// bring the state back as well (RFC 6749 section 4.1.2.1): without it anybody could end a
    /// sign-in that is under way.
    #[must_use]
    pub fn answers(&self, sent: &str) -> bool {
        match self {
            Self::Code { state, .. } => state == sent,
            Self::Refused { state, .. } => state.as_deref() == Some(sent),
            Self::Neither => false,
        }
    }
}

/// The address to send the person to. `challenge` is the S256 challenge of the verifier.
#[must_use]
pub fn authorize_url(
    endpoints: &Endpoints,
    redirect_uri: &str,
    state: &str,
    challenge: &str,
) -> String {
    let mut url = endpoints.authorize.clone();
    url.push(if url.contains('?') { '&' } else { '?' });
    push_pairs(
        &mut url,
        &[
            ("response_type", "code"),
            ("client_id", &endpoints.client_id),
            ("redirect_uri", redirect_uri),
            ("scope", &endpoints.scope),
            ("state", state),
            ("code_challenge", challenge),
            ("code_challenge_method", "S256"),
        ],
    );
    url
}

/// Asks for tokens in exchange for a code.
#[must_use]
pub fn exchange(endpoints: &Endpoints, code: &str, verifier: &str, redirect_uri: &str) -> Request {
    form(
        &endpoints.token,
        &[
            ("grant_type", "authorization_code"),
            ("client_id", &endpoints.client_id),
            ("code", code),
            ("code_verifier", verifier),
            ("redirect_uri", redirect_uri),
        ],
    )
}

/// Asks for new tokens.
#[must_use]
pub fn refresh(endpoints: &Endpoints, token: &RefreshToken) -> Request {
    form(
        &endpoints.token,
        &[
            ("grant_type", "refresh_token"),
            ("client_id", &endpoints.client_id),
            ("refresh_token", &token.0),
        ],
    )
}

/// Asks to revoke a refresh token, and with it all that came from it; `None` where the service
/// offers no way.
#[must_use]
pub fn revoke(endpoints: &Endpoints, token: &RefreshToken) -> Option<Request> {
    Some(form(
        endpoints.revoke.as_deref()?,
        &[
            ("client_id", &endpoints.client_id),
            ("token", &token.0),
            ("token_type_hint", "refresh_token"),
        ],
    ))
}

/// Asks who is signed in; `None` where the service offers no way.
#[must_use]
pub fn userinfo(endpoints: &Endpoints, credential: &Credential) -> Option<Request> {
    Some(Request::new(
        Method::Get,
        endpoints.userinfo.clone()?,
        credential,
    ))
}

/// Reads the answer to [`exchange`] or [`refresh`].
///
/// # Errors
/// When the service refused (a code or refresh token that is no longer good means signed out), or
/// when its answer holds no bearer token.
pub fn read_tokens(reply: Reply, operation: Operation) -> Result<Tokens, Failure> {
    read::<Granted>(body(operation, &reply).map_err(with_grant)?)
        .and_then(|granted| granted.tokens().ok_or(Unreadable::OtherShape))
        .map_err(|why| unreadable(operation, &reply, why))
}

/// Reads the answer to [`userinfo`].
///
/// # Errors
/// When the service refused or the answer says nothing about anybody.
pub fn read_userinfo(reply: Reply) -> Result<Identity, Failure> {
    let mut said: Subject = read(body(Operation::WhoAmI, &reply)?)
        .map_err(|why| unreadable(Operation::WhoAmI, &reply, why))?;
    let identity = Identity {
        id: said.id(),
        name: said.name.said(),
        email: said.email.said(),
        organization: None,
        asks_code: false,
    };
    if identity == Identity::default() {
        return Err(unreadable(
            Operation::WhoAmI,
            &reply,
            Unreadable::OtherShape,
        ));
    }
    Ok(identity)
}

/// Reads the query of the address that the service sent the person back to; a leading `?` is
/// dropped. An answer without a state cannot be told from a forged one, so a code without it is
/// [`Callback::Neither`]. Where a name is repeated, the first counts.
#[must_use]
pub fn parse_callback(query: &str) -> Callback {
    let query = query.strip_prefix('?').unwrap_or(query);
    let value = |name: &str| {
        query.split('&').find_map(|pair| {
            let (found, value) = pair.split_once('=')?;
            (found == name && !value.is_empty()).then(|| decode_value(value))
        })
    };
    if let Some(error) = value("error") {
        return Callback::Refused {
            error,
            description: value("error_description"),
            state: value("state"),
        };
    }
    match (value("code"), value("state")) {
        (Some(code), Some(state)) => Callback::Code { code, state },
        _ => Callback::Neither,
    }
}

/// Hides the code, which is as good as a token for a moment.
impl fmt::Debug for Callback {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Code { .. } => "[code]",
            Self::Refused { error, .. } => error,
            Self::Neither => "[neither]",
        })
    }
}

/// The members of a token reply (RFC 6749 section 5.1). The names of two words are also Flashback's, whose log-in is no
/// OAuth and answers alike.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Granted {
    access_token: Scalar,
    #[serde(rename = "accessToken")]
    flashback_access: Scalar,
    token_type: Scalar,
    refresh_token: Scalar,
    #[serde(rename = "refreshToken")]
    flashback_refresh: Scalar,
    expires_in: Scalar,
}

impl Granted {
    fn tokens(self) -> Option<Tokens> {
        // Another type of token would have to be sent in another way. None at all is lenience.
        if self
            .token_type
            .text()
            .is_some_and(|word| !word.eq_ignore_ascii_case("bearer"))
        {
            return None;
        }
        Some(Tokens {
            access: Credential::bearer(self.access_token.or(self.flashback_access).text()?)?,
            refresh: (self.refresh_token.or(self.flashback_refresh).text())
                .and_then(RefreshToken::new),
            expires_in: self
                .expires_in
                .seconds()
                .and_then(|seconds| u32::try_from(seconds).ok()),
        })
    }
}

/// A grant that no longer holds comes as a 400, and means the same as a 401: sign in again.
fn with_grant(mut failure: Failure) -> Failure {
    if failure.service.code.as_deref() == Some("invalid_grant") {
        failure.kind = FailureKind::SignedOut;
    }
    failure
}

fn form(url: &str, pairs: &[(&str, &str)]) -> Request {
    let mut body = String::new();
    push_pairs(&mut body, pairs);
    // These endpoints know a public client by its id; no credential goes along.
    Request::new(Method::Post, String::from(url), &Credential::Gateway)
        .with_body("application/x-www-form-urlencoded", body)
}

/// Appends names and values as a query or form; an empty value is left out.
fn push_pairs(to: &mut String, pairs: &[(&str, &str)]) {
    let mut separator = "";
    for (name, value) in pairs.iter().filter(|(_, value)| !value.is_empty()) {
        to.push_str(separator);
        to.push_str(name);
        to.push('=');
        push_value(to, value);
        separator = "&";
    }
}
