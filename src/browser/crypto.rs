//! Randomness and one digest, from the platform: no cipher of our own. It must not know what they prove.

use js_sys::Uint8Array;
use wasm_bindgen_futures::JsFuture;

/// 32 random bytes in base64url, 43 letters: unguessable, and fit for an address. None where the browser has
/// no source of randomness; there is no second best.
#[must_use]
pub fn random_token() -> Option<String> {
    let mut bytes = [0_u8; 32];
    let crypto = super::window()?.crypto().ok()?;
    crypto.get_random_values_with_u8_array(&mut bytes).ok()?;
    Some(base64url(&bytes))
}

/// SHA-256 of the text in base64url. None outside a secure context, where the browser withholds it.
pub async fn sha256_base64url(text: &str) -> Option<String> {
    let subtle = super::window()?.crypto().ok()?.subtle();
    if subtle.is_undefined() {
        return None;
    }
    let input = Uint8Array::from(text.as_bytes());
    let digest = subtle
        .digest_with_str_and_js_u8_array("SHA-256", &input)
        .ok()?;
    let digest = JsFuture::from(digest).await.ok()?;
    Some(base64url(&Uint8Array::new(&digest).to_vec()))
}

/// RFC 4648 section 5, without padding.
fn base64url(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for group in bytes.chunks(3) {
        let mut bits = 0_u32;
        for place in 0..3 {
            bits = bits << 8 | group.get(place).copied().map_or(0, u32::from);
        }
        for place in 0..=group.len() {
            text.push(letter(bits >> (18 - 6 * place) & 63));
        }
    }
    text
}

fn letter(six_bits: u32) -> char {
    let letters = match six_bits {
        0..=25 => u32::from(b'A') + six_bits,
        26..=51 => u32::from(b'a') + six_bits - 26,
        52..=61 => u32::from(b'0') + six_bits - 52,
        62 => u32::from(b'-'),
        _ => u32::from(b'_'),
    };
    char::from_u32(letters).unwrap_or('_')
}
