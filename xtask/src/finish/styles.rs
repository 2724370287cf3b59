//! One stylesheet instead of one for each part: one request, and what the parts repeat is sent once.
//!
//! Guarantees the order of the page's links, which is the order of the layers. The sources stay apart.

use super::{esbuild::Esbuild, page};
use crate::failure::{Failure, OrSay, Outcome};
use std::{fs, path::Path};

/// Puts all stylesheets of the page into one.
pub(super) fn merge(dir: &Path, esbuild: Option<&Esbuild>) -> Outcome {
    let html = super::read_page(dir)?;
    let links: Vec<&str> = page::tags(&html, "link")
        .filter(|tag| page::attribute(tag, "rel") == Some("stylesheet"))
        .collect();
    let Some(first) = links.first() else {
        return Ok(());
    };
    let mut names = Vec::new();
    let mut text = String::new();
    for link in &links {
        let name = sheet(link)?;
        let rules = fs::read_to_string(dir.join(name)).or_say(|| format!("read {name}"))?;
        if rules.contains("@import") || rules.contains("@charset") {
            return Err(Failure::new(format!(
                "{name} has a rule that has to be the first of its file."
            )));
        }
        text.push_str(&rules);
        text.push('\n');
        names.push(name);
    }
    if let Some(esbuild) = esbuild {
        text = esbuild.styles(&text)?;
    }
    let merged = page::hashed("style", ".css", text.as_bytes());
    fs::write(dir.join(&merged), text).or_say(|| format!("write {merged}"))?;

    let address = page::attribute(first, "href").unwrap_or_default();
    let base = address.rsplit_once('/').map_or("", |(base, _)| base);
    let slash = if address.contains('/') { "/" } else { "" };
    let mut page = html.replacen(
        first,
        &format!("<link rel=\"stylesheet\" href=\"{base}{slash}{merged}\">"),
        1,
    );
    for link in links.iter().skip(1) {
        page = page.replacen(link, "", 1);
    }
    super::write_page(dir, &page)?;
    for name in names.into_iter().filter(|name| *name != merged) {
        fs::remove_file(dir.join(name)).or_say(|| format!("remove {name}"))?;
    }
    Ok(())
}

/// The file of a link that says nothing else: one for print alone must stay one of its own.
fn sheet(link: &str) -> Outcome<&str> {
    let plain = link.matches('=').count() == 2;
    page::attribute(link, "href")
        .filter(|_| plain)
        .ok_or_else(|| Failure::new(format!("{link} is no plain link.")))
        .and_then(page::file)
}

#[cfg(test)]
mod tests {
    use super::merge;
    use crate::finish::scratch;
    use std::fs;

    const HTML: &str = "<head>\n<link rel=\"stylesheet\" href=\"/b-11111111.css\"/>\n<link rel=\"icon\" href=\"/i.svg\"/>\n\
                        <link rel=\"stylesheet\" href=\"/a-22222222.css\"/></head>";

    #[test]
    fn all_become_one_in_the_order_of_the_page() {
        let dir = scratch::of_test("styles");
        fs::write(dir.join("a-22222222.css"), "@layer a { p { color: red } }").unwrap();
        fs::write(dir.join("b-11111111.css"), "@layer b, a;").unwrap();
        fs::write(dir.join("index.html"), HTML).unwrap();
        merge(&dir, None).unwrap();
        let page = fs::read_to_string(dir.join("index.html")).unwrap();
        let name = page
            .split("href=\"/")
            .find(|part| part.starts_with("style-"))
            .and_then(|part| part.split('"').next())
            .unwrap();
        assert_eq!(
            page,
            format!(
                "<head>\n<link rel=\"stylesheet\" href=\"/{name}\">\n<link rel=\"icon\" href=\"/i.svg\"/>\n</head>"
            )
        );
        assert_eq!(
            fs::read_to_string(dir.join(name)).unwrap(),
            "@layer b, a;\n@layer a { p { color: red } }\n"
        );
        assert!(!dir.join("a-22222222.css").exists());
        fs::remove_dir_all(&dir).unwrap();
    }

    #[test]
    fn what_cannot_be_merged_is_left_alone() {
        let dir = scratch::of_test("styles-left");
        fs::write(dir.join("a-22222222.css"), "@import 'x.css';").unwrap();
        fs::write(dir.join("b-11111111.css"), "").unwrap();
        let print = HTML.replace("css\"/>\n", "css\" media=\"print\"/>\n");
        for html in [HTML, &print] {
            fs::write(dir.join("index.html"), html).unwrap();
            assert!(merge(&dir, None).is_err());
            assert_eq!(fs::read_to_string(dir.join("index.html")).unwrap(), html);
            assert!(dir.join("a-22222222.css").is_file() && dir.join("b-11111111.css").is_file());
        }
        fs::remove_dir_all(&dir).unwrap();
    }
}
