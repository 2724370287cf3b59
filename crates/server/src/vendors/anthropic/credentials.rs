//! The demo credentials: an Admin key, an OAuth token or an ordinary key for each demo person, and a key
//! of that person's own.
//!
//! Guarantees: the same on every machine and in every database, which keeps only their fingerprints.
//! That makes them no secret, and none is needed: they open demo data, as the sign-in page does for
//! whoever picks a person there. In return a key that was pasted once goes on working with a new database,
//! and a script can be told one without a server.

use data_encoding::BASE64URL_NOPAD;
use sha2::{Digest, Sha512};

use crate::core::persona::Persona;

/// What a credential is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// For `x-api-key` or `Authorization: Bearer`; speaks for the organization.
    AdminKey,
    /// For `Authorization: Bearer` alone, with the scope `org:admin`.
    Bearer,
    /// As an Admin key is sent, but belongs to a workspace and may not administer.
    ApiKey,
    /// A personal or service account key that is tied to no workspace: may do what whom it acts as may.
    AccountKey,
}

impl Kind {
    /// As the database writes it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::AdminKey => "admin_key",
            Self::Bearer => "bearer",
            Self::ApiKey => "api_key",
            Self::AccountKey => "account_key",
        }
    }

    fn prefix(self) -> &'static str {
        match self {
            Self::AdminKey => "sk-ant-admin01-",
            Self::Bearer => "sk-ant-oat01-",
            Self::ApiKey | Self::AccountKey => "sk-ant-api03-",
        }
    }
}

/// The key of a demo person. The viewer has an ordinary one, the others have Admin keys.
#[must_use]
pub fn key(person: Persona) -> String {
    secret(key_kind(person), person.key())
}

/// The OAuth token of a demo person, if that person has one.
#[must_use]
pub fn bearer(person: Persona) -> Option<String> {
    (person != Persona::Viewer).then(|| secret(Kind::Bearer, person.key()))
}

/// The personal key of a demo person, and whether that person administers the organization.
#[must_use]
pub fn account_key(person: Persona) -> (String, bool) {
    let key = secret(Kind::AccountKey, person.key());
    (key, person != Persona::Viewer)
}

/// What kind of key a demo person has.
#[must_use]
pub fn key_kind(person: Persona) -> Kind {
    if person == Persona::Viewer {
        Kind::ApiKey
    } else {
        Kind::AdminKey
    }
}

/// The form in which lists show a key.
#[must_use]
pub fn hint(key: &str) -> String {
    let count = key.chars().count();
    let head: String = key.chars().take(16).collect();
    let tail: String = key.chars().skip(count.saturating_sub(4)).collect();
    format!("{head}...{tail}")
}

fn secret(kind: Kind, owner: &str) -> String {
    let seed = format!("steward demo {} {owner}", kind.name());
    let digest = BASE64URL_NOPAD.encode(&Sha512::digest(seed.as_bytes()));
    format!("{}{digest}AA", kind.prefix())
}

#[cfg(test)]
mod tests {
    use super::{Persona, bearer, hint, key};

    #[test]
    fn each_person_has_a_key_of_the_right_form() {
        assert!(key(Persona::Owner).starts_with("sk-ant-admin01-"));
        assert!(key(Persona::Viewer).starts_with("sk-ant-api03-"));
        assert!(key(Persona::Owner) != key(Persona::Admin));
        assert_eq!(bearer(Persona::Viewer), None);
    }

    #[test]
    fn a_hint_gives_nothing_away() {
        assert_eq!(
            hint("sk-ant-api03-R2Dsecretsecretigaa"),
            "sk-ant-api03-R2D...igaa"
        );
    }
}
