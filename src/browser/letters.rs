//! Letters by Unicode's rules, which the browser knows already: the module's own tables for them were
//! 7 kB of a first visit. It must not know any language: a search is the same for everybody.

use js_sys::JsString;

/// A text in lower case.
#[must_use]
pub fn lower(text: &str) -> String {
    match text.is_ascii() {
        true => text.to_ascii_lowercase(),
        false => JsString::from(text).to_lower_case().into(),
    }
}
