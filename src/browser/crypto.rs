//! Randomness, one digest and one cipher (AES-GCM), from the platform: nothing of our own. It must not know what they
//! prove or hide.

use js_sys::{Array, Function, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// Bytes of the number that no two sealed texts share (NIST SP 800-38D, 8.2).
const NONCE: usize = 12;

/// 32 random bytes in base64url, 43 letters: unguessable, and fit for an address. None where the browser has
/// no source of randomness; there is no second best.
#[must_use]
pub fn random_token() -> Option<String> {
    Some(base64url(&random::<32>()?))
}

fn random<const N: usize>() -> Option<[u8; N]> {
    let mut bytes = [0_u8; N];
    let crypto = super::window()?.crypto().ok()?;
    crypto.get_random_values_with_u8_array(&mut bytes).ok()?;
    Some(bytes)
}

/// SHA-256 of the text in base64url. None outside a secure context, where the browser withholds it.
pub async fn sha256_base64url(text: &str) -> Option<String> {
    Some(base64url(&sha256(text).await?.to_vec()))
}

/// A text, in base64url, that only whoever knows `secret` can read: the secret has to be one that nobody guesses. None
/// outside a secure context.
pub async fn seal(secret: &str, text: &str) -> Option<String> {
    let nonce = random::<NONCE>()?;
    let mut bytes = nonce.to_vec();
    bytes.extend(cipher("encrypt", secret, &nonce, text.as_bytes()).await?);
    Some(base64url(&bytes))
}

/// Reads what was sealed with the same secret, from the bytes that its base64url stands for; none for anything else.
pub async fn unseal(secret: &str, sealed: &[u8]) -> Option<String> {
    let (nonce, sealed) = sealed.split_at_checked(NONCE)?;
    let text = cipher("decrypt", secret, nonce, sealed).await?;
    String::from_utf8(text).ok()
}

async fn cipher(way: &str, secret: &str, nonce: &[u8], bytes: &[u8]) -> Option<Vec<u8>> {
    let name = JsValue::from("AES-GCM");
    let uses = Array::of2(&"encrypt".into(), &"decrypt".into());
    let hash = sha256(secret).await?;
    let raw = JsValue::from("raw");
    let key: [&JsValue; 5] = [&raw, &hash, &name, &JsValue::FALSE, &uses];
    let key = subtle("importKey", &key).await?;
    let how = Object::new();
    Reflect::set(&how, &"name".into(), &name).ok()?;
    Reflect::set(&how, &"iv".into(), &Uint8Array::from(nonce)).ok()?;
    let made = subtle(way, &[&how, &key, &Uint8Array::from(bytes)]).await?;
    Some(Uint8Array::new(&made).to_vec())
}

async fn sha256(text: &str) -> Option<Uint8Array> {
    let bytes = Uint8Array::from(text.as_bytes());
    let digest = subtle("digest", &[&"SHA-256".into(), &bytes]).await?;
    Some(Uint8Array::new(&digest))
}

/// Calls the platform by name: its typed form would bring two more types for these three calls.
async fn subtle(method: &str, arguments: &[&JsValue]) -> Option<JsValue> {
    let subtle = super::window()?.crypto().ok()?.subtle();
    if subtle.is_undefined() {
        return None;
    }
    let method: Function = Reflect::get(&subtle, &method.into())
        .ok()?
        .dyn_into()
        .ok()?;
    let arguments: Array = arguments.iter().copied().collect();
    let made: Promise = method.apply(&subtle, &arguments).ok()?.dyn_into().ok()?;
    JsFuture::from(made).await.ok()
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
