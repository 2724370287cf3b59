//! The claims inside an access token, read for show and for planning ahead.
//!
//! Nothing is verified here: no signature, no audience, no expiry. That is the service's work at
//! every request. What is read decides only whom the console greets, when it renews, and which
//! member of a workspace it takes for me; a forged token gains nothing but wrong labels.

use serde::Deserialize;
use steward_domain::id::UserId;
use steward_domain::time::Timestamp;

use crate::json::{Scalar, read};

/// What a token says about its bearer.
#[derive(Clone, PartialEq, Default, Debug)]
pub struct Claims {
    /// Who (`sub`).
    pub subject: Option<UserId>,
    /// Until when, by the service's clock (`exp`).
    pub expires: Option<Timestamp>,
    /// Seconds between its making (`iat`) and its end, if it says both and the one is ahead of the other.
    pub life: Option<i64>,
    /// The person's name.
    pub name: Option<String>,
    /// The person's e-mail address.
    pub email: Option<String>,
}

/// The claims of a token; `None` if it is no readable JSON Web Token (RFC 7519), as opaque tokens
/// and static keys are not.
#[must_use]
pub fn claims(token: &str) -> Option<Claims> {
    let mut parts = token.split('.');
    let (_, payload, _, None) = (parts.next()?, parts.next()?, parts.next()?, parts.next()) else {
        return None;
    };
    let mut said: Subject = read(&base64url(payload)?).ok()?;
    let seconds = said.exp.seconds();
    let life = seconds.zip(said.iat.seconds());
    let life = life.and_then(|(end, made)| end.checked_sub(made));
    Some(Claims {
        life: life.filter(|life| *life > 0),
        expires: seconds.map(|seconds| Timestamp(0).plus_seconds(seconds)),
        subject: said.id(),
        name: said.name.or(said.altostrat_name).said(),
        email: said.email.or(said.altostrat_email).said(),
    })
}

/// The members that tokens and user-info replies share (OpenID Connect Core 5.1, RFC 7519 section 4.1).
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Subject {
    sub: Scalar,
    /// Flashback names it after its own tables.
    #[serde(rename = "userId")]
    user_id: Scalar,
    exp: Scalar,
    iat: Scalar,
    pub(crate) name: Scalar,
    pub(crate) email: Scalar,
    /// Altostrat's tokens carry these two under names of its own.
    #[serde(rename = "urn:altostrat:name")]
    altostrat_name: Scalar,
    #[serde(rename = "urn:altostrat:email")]
    altostrat_email: Scalar,
}

impl Subject {
    /// Who it is; leaves nobody.
    pub(crate) fn id(&mut self) -> Option<UserId> {
        let sub = std::mem::take(&mut self.sub).or(std::mem::take(&mut self.user_id));
        sub.id().and_then(UserId::new)
    }
}

/// Decodes base64url (RFC 4648 section 5), padded or not; `None` for what is not.
#[must_use]
pub fn base64url(text: &str) -> Option<Vec<u8>> {
    let text = text.trim_end_matches('=');
    let mut bytes = Vec::with_capacity(text.len());
    let (mut bits, mut held) = (0_u32, 0_u32);
    for letter in text.bytes() {
        let six = match letter {
            b'A'..=b'Z' => letter - b'A',
            b'a'..=b'z' => letter - b'a' + 26,
            b'0'..=b'9' => letter - b'0' + 52,
            b'-' => 62,
            b'_' => 63,
            _ => return None,
        };
        bits = (bits << 6 | u32::from(six)) & 0xffff;
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push((bits >> held & 0xff) as u8);
        }
    }
    // Six bits left over are no byte: the text was cut.
    (held < 6).then_some(bytes)
}
