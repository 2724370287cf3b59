//! Reads and edits the built index.html: which files it names, and nothing about what is in them.

use crate::failure::{Failure, Outcome};

/// The opening tags of this element, from `<` to `>`.
pub(crate) fn tags<'t>(html: &'t str, element: &'t str) -> impl Iterator<Item = &'t str> {
    html.match_indices('<').filter_map(move |(at, _)| {
        let tag = html.get(at..)?;
        let tag = tag.get(..=tag.find('>')?)?;
        let rest = tag.get(1..)?.strip_prefix(element)?;
        rest.starts_with(|c: char| c.is_whitespace() || c == '>' || c == '/')
            .then_some(tag)
    })
}

pub(crate) fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    tag.match_indices(name).find_map(|(at, _)| {
        let alone = tag.get(..at)?.ends_with(char::is_whitespace);
        let value = tag.get(at + name.len()..)?.strip_prefix("=\"")?;
        alone.then(|| value.split('"').next())?
    })
}

/// The file in the app's own folder that an address such as `/steward-1a2b.js` names.
pub(super) fn file(address: &str) -> Outcome<&str> {
    address
        .rsplit('/')
        .next()
        .filter(|name| !name.is_empty() && !address.contains("://"))
        .ok_or_else(|| Failure::new(format!("{address} is no file of the app.")))
}

/// `style-0a1b2c3d.css`: the server lets a name like this be kept for ever, so other bytes need another name.
pub(super) fn hashed(start: &str, end: &str, bytes: &[u8]) -> String {
    let mut crc = flate2::Crc::new();
    crc.update(bytes);
    format!("{start}-{:08x}{end}", crc.sum())
}

/// The name a hashed file gets with its new bytes; a file without a hash keeps its name.
pub(super) fn renamed(name: &str, bytes: &[u8]) -> String {
    let parts = || {
        let (start, rest) = name.rsplit_once('-')?;
        let hash = rest.bytes().take_while(u8::is_ascii_hexdigit).count();
        (hash >= 8).then(|| Some(hashed(start, rest.get(hash..)?, bytes)))?
    };
    parts().unwrap_or_else(|| name.to_owned())
}

/// What may stand beside a line break that shows nowhere: in the head nothing shows, and blocks begin
/// lines of their own.
const BLOCKS: [&str; 12] = [
    "<head",
    "</head",
    "<body",
    "</body",
    "</html",
    "<meta",
    "<title",
    "<link",
    "<script",
    "<noscript",
    "<div",
    "</div",
];

/// Without comments, indentation and empty lines. White space that shows is left alone; what does not
/// show goes, because each is a node of a page that may have 700.
pub(super) fn squeeze(html: &str) -> String {
    if ["<pre", "<textarea"].iter().any(|tag| html.contains(tag)) {
        return html.to_owned();
    }
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, comment)) = rest.split_once("<!--") {
        text.push_str(before);
        rest = comment.split_once("-->").map_or("", |(_, after)| after);
    }
    text.push_str(rest);
    let mut squeezed = String::with_capacity(text.len());
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let hidden = squeezed.ends_with('>') && BLOCKS.iter().any(|block| line.starts_with(block));
        if !hidden && !squeezed.is_empty() {
            squeezed.push('\n');
        }
        squeezed.push_str(line);
    }
    squeezed
}

#[cfg(test)]
mod tests {
    use super::{attribute, hashed, renamed, squeeze, tags};

    #[test]
    fn a_tag_is_told_from_one_that_only_begins_alike() {
        let html = r#"<linked href="/a"><link rel="icon" data-href="/b" href="/c"/><p>"#;
        let found: Vec<_> = tags(html, "link").collect();
        assert_eq!(found, [r#"<link rel="icon" data-href="/b" href="/c"/>"#]);
        assert_eq!(attribute(found[0], "href"), Some("/c"));
        assert_eq!(attribute(found[0], "media"), None);
    }

    #[test]
    fn other_bytes_have_another_name() {
        assert_eq!(hashed("style", ".css", b"123456789"), "style-cbf43926.css");
        assert_eq!(
            renamed("steward-6b1d2ccd87b4345e_bg.wasm", b"123456789"),
            "steward-cbf43926_bg.wasm"
        );
        assert_eq!(renamed("a-facade.js", b""), "a-facade.js");
        assert_eq!(renamed("steward.js", b""), "steward.js");
    }

    #[test]
    fn comments_and_indentation_go() {
        let html = "<p>\n  <!-- why\n  not -->\n\n  <b>a</b> <i>b</i>\n</p>\n";
        assert_eq!(squeeze(html), "<p>\n<b>a</b> <i>b</i>\n</p>");
        assert_eq!(squeeze("<pre>\n  a</pre>"), "<pre>\n  a</pre>");
        let html = "<head>\n<meta a>\n<link b>\n</head>\n<body>\n<div>\n<b>a</b>\n<i>b</i>\n</div>";
        assert_eq!(
            squeeze(html),
            "<head><meta a><link b></head><body><div>\n<b>a</b>\n<i>b</i></div>"
        );
    }
}
