//! Unguessable values: ids, codes and tokens, from the operating system's generator.
//!
//! Must not be used for seed data, which has to come out the same each time.

use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use sha2::{Digest, Sha256};

/// Random bytes from the operating system.
///
/// # Errors
/// When the operating system has none to give.
pub fn bytes<const N: usize>() -> Result<[u8; N], getrandom::Error> {
    let mut buffer = [0_u8; N];
    getrandom::fill(&mut buffer)?;
    Ok(buffer)
}

/// `prefix` and 16 hexadecimal digits: the form of every object id here.
///
/// # Errors
/// When the operating system has no randomness to give.
pub fn id(prefix: &str) -> Result<String, getrandom::Error> {
    Ok(format!("{prefix}{}", HEXLOWER.encode(&bytes::<8>()?)))
}

/// A UUID of the random kind.
///
/// # Errors
/// When the operating system has no randomness to give.
pub fn uuid() -> Result<String, getrandom::Error> {
    let bits = u128::from_be_bytes(bytes::<16>()?);
    let version = (bits & !(0xf << 76)) | (0x4 << 76);
    let hex = format!("{:032x}", (version & !(0b11 << 62)) | (0b10 << 62));
    let part = |from: usize, to: usize| hex.get(from..to).unwrap_or_default();
    Ok([
        part(0, 8),
        part(8, 12),
        part(12, 16),
        part(16, 20),
        part(20, 32),
    ]
    .join("-"))
}

/// 256 bits, safe in a URL and in a form.
///
/// # Errors
/// When the operating system has no randomness to give.
pub fn secret() -> Result<String, getrandom::Error> {
    Ok(BASE64URL_NOPAD.encode(&bytes::<32>()?))
}

/// What the database keeps instead of a secret, so that a copied file gives no one a way in.
#[must_use]
pub fn fingerprint(secret: &str) -> String {
    BASE64URL_NOPAD.encode(&Sha256::digest(secret.as_bytes()))
}
