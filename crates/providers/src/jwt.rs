//! The claims inside an access token, read for show and for planning ahead.
//!
//! Nothing is verified here: no signature, no audience, no expiry. That is the service's work at
//! every request. What is read decides only whom the console greets, when it renews, and which
//! member of a workspace it takes for me; a forged token gains nothing but wrong labels.

use steward_domain::id::UserId;
use steward_domain::time::Timestamp;

use crate::reader::{Place, Record, Scalar, fill};

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
    let mut said = ErrorBody::default();
    fill(&base64url(payload)?, &mut said).ok()?;
    let seconds = said.exp.seconds();
    let life = seconds.zip(said.iat.seconds());
    let life = life.and_then(|(end, made)| end.checked_sub(made));
    Some(Claims {
        life: life.filter(|life| *life > 0),
        subject: said.sub.id().and_then(UserId::new),
        expires: seconds.map(|seconds| Timestamp(0).plus_seconds(seconds)),
        name: said.name.said(),
        email: said.email.said(),
    })
}

/// The members that tokens and user-info replies share.
#[derive(Default)]
pub(crate) struct ErrorBody {
    pub(crate) sub: Scalar,
    pub(crate) exp: Scalar,
    pub(crate) iat: Scalar,
    pub(crate) name: Scalar,
    pub(crate) email: Scalar,
}

impl Record for ErrorBody {
    fn place(&mut self, name: &str) -> Place<'_> {
        Place::Value(match name {
            // Flashback names it after its own tables.
            "sub" | "userId" => &mut self.sub,
            "exp" => &mut self.exp,
            "iat" => &mut self.iat,
            // Altostrat's tokens carry these two under names of its own.
            "name" | "urn:altostrat:name" => &mut self.name,
            "email" | "urn:altostrat:email" => &mut self.email,
            _ => return Place::Nowhere,
        })
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
