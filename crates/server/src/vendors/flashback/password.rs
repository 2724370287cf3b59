//! Passwords as the database keeps them: PBKDF2 with SHA-256, in the usual text form.
//!
//! Guarantees: the text says how it was made, so that a later cost does not lock out earlier
//! passwords; comparing takes the same time whatever is wrong.

use data_encoding::BASE64_NOPAD;
use pbkdf2::pbkdf2_hmac;
use sha2::Sha256;
use subtle::ConstantTimeEq;

/// Far too few for secrets. The only passwords here are the demo's, which the start-up prints, and
/// every test server hashes all of them.
const ROUNDS: u32 = 1_000;

const SCHEME: &str = "pbkdf2-sha256";

/// What to keep of a password.
#[must_use]
pub fn keep(password: &str, salt: &[u8]) -> String {
    let (rounds, salt_text) = (ROUNDS, BASE64_NOPAD.encode(salt));
    let hash = BASE64_NOPAD.encode(&derive(password, salt, rounds));
    format!("${SCHEME}$i={rounds}${salt_text}${hash}")
}

/// Whether it is the password that `kept` was made from.
pub(super) fn matches(password: &str, kept: &str) -> bool {
    let mut parts = kept.split('$');
    let (Some(""), Some(SCHEME), Some(rounds), Some(salt), Some(hash), None) = (
        parts.next(),
        parts.next(),
        parts.next().and_then(|cost| cost.strip_prefix("i=")),
        parts.next(),
        parts.next(),
        parts.next(),
    ) else {
        return false;
    };
    let (Ok(rounds), Ok(salt), Ok(hash)) = (
        rounds.parse(),
        BASE64_NOPAD.decode(salt.as_bytes()),
        BASE64_NOPAD.decode(hash.as_bytes()),
    ) else {
        return false;
    };
    derive(password, &salt, rounds).ct_eq(&hash).into()
}

fn derive(password: &str, salt: &[u8], rounds: u32) -> [u8; 32] {
    let mut hash = [0; 32];
    pbkdf2_hmac::<Sha256>(password.as_bytes(), salt, rounds, &mut hash);
    hash
}

#[cfg(test)]
mod tests {
    use super::{keep, matches};

    #[test]
    fn only_the_password_itself_matches_what_was_kept() {
        let kept = keep("demo", b"salt");
        assert!(kept.starts_with("$pbkdf2-sha256$i=1000$") && !kept.contains("demo"));
        assert!(matches("demo", &kept));
        assert!(!matches("Demo", &kept) && !matches("", &kept));
        assert_ne!(kept, keep("demo", b"pepper"));
        for damaged in ["", "demo", "$pbkdf2-sha256$i=x$AA$AA", "$other$i=1$AA$AA"] {
            assert!(!matches("demo", damaged), "{damaged}");
        }
    }
}
