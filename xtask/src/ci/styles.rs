//! Stylesheets: each is linked in index.html, none imports another, because trunk neither follows nor renames what
//! an `@import` names.

use super::{Problem, tree::Tree};

const RULE: &str = "styles";

pub(crate) fn check(tree: &Tree) -> Vec<Problem> {
    let page = tree.file("index.html");
    let html = page.map_or("", |file| file.text.as_str());
    let mut problems = Vec::new();
    for file in tree
        .files
        .iter()
        .filter(|file| file.path.starts_with("style/") && file.path.ends_with(".css"))
    {
        for (line, text) in file
            .lines()
            .filter(|(_, text)| text.trim_start().starts_with("@import"))
        {
            let advice = format!(
                "link the stylesheet in index.html instead of `{}`",
                text.trim()
            );
            problems.push(Problem::new(&file.path, line, RULE, advice));
        }
        if !html.contains(&format!("\"{}\"", file.path)) {
            problems.push(Problem::new(
                &file.path,
                1,
                RULE,
                "link it in index.html, in the order of its layer, or delete it",
            ));
        }
    }
    for (line, text) in page.into_iter().flat_map(|file| file.lines()) {
        let linked = text
            .split('"')
            .find(|part| part.starts_with("style/") && part.ends_with(".css"));
        if let Some(path) = linked.filter(|path| !tree.has(path)) {
            problems.push(Problem::new(
                "index.html",
                line,
                RULE,
                format!("{path} does not exist"),
            ));
        }
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::{super::at, check};
    use crate::ci::tree::Tree;

    #[test]
    fn an_import_an_orphan_and_a_dead_link_are_found() {
        let tree = Tree::of(&[
            ("style/base.css", "/* x */\n@import \"tokens.css\";"),
            ("style/orphan.css", ""),
            (
                "index.html",
                "<link data-trunk rel=\"css\" href=\"style/base.css\">\n<link href=\"style/gone.css\">",
            ),
        ]);
        assert_eq!(
            at(&check(&tree)),
            ["style/base.css:2", "style/orphan.css:1", "index.html:2"]
        );
    }
}
