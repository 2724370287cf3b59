//! Media queries: the width, the theme and the motion a person has. It must not know what follows from them.

/// Whether the query holds now; false where the browser cannot tell.
#[must_use]
pub fn matches(query: &str) -> bool {
    list(query).is_some_and(|list| list.matches())
}

fn list(query: &str) -> Option<web_sys::MediaQueryList> {
    super::window()?.match_media(query).ok()?
}
