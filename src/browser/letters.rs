//! Letters by Unicode's rules, which the browser knows already: the module's own tables for them were
//! 7 kB of a first visit for lower case alone. It must not know any language: a search is the same for
//! everybody.

use js_sys::JsString;
use steward_domain::fold::{self, Likeness, Unicode};

/// What the browser says of letters.
pub const UNICODE: Unicode = Unicode { canonical, plain };

/// A text as it is searched for.
#[must_use]
pub fn fold(text: &str) -> String {
    fold::fold(text, UNICODE)
}

/// A text as it is seen, to be compared with another.
#[must_use]
pub fn seen(text: &str) -> String {
    fold::seen(text, UNICODE)
}

/// How what was typed stands to a name.
#[must_use]
pub fn likeness(typed: &str, name: &str) -> Likeness {
    fold::likeness(typed, name, UNICODE)
}

fn canonical(text: &str) -> String {
    JsString::from(text).normalize("NFD").into()
}

fn plain(text: &str) -> String {
    JsString::from(text)
        .normalize("NFKD")
        .to_lower_case()
        .into()
}
