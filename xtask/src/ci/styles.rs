//! Stylesheets: each is linked in index.html, none imports another, because trunk neither follows nor renames what
//! an `@import` names. The screens are tested with the same ones in the same order.

use super::{
    Problem,
    tree::{File, Tree},
};

const RULE: &str = "styles";

/// Where the tests of screens name the stylesheets.
const TESTED: &str = "tests/web/support/page.rs";

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
    let linked: Vec<(usize, &str)> = page.into_iter().flat_map(named).collect();
    for (line, path) in linked.iter().filter(|(_, path)| !tree.has(path)) {
        let advice = format!("{path} does not exist");
        problems.push(Problem::new("index.html", *line, RULE, advice));
    }
    if let Some(tested) = tree.file(TESTED) {
        let paths = linked.iter().map(|(_, path)| *path);
        if !named(tested).map(|(_, path)| path).eq(paths) {
            let advice = "name the stylesheets of index.html, in its order";
            problems.push(Problem::new(TESTED, 1, RULE, advice));
        }
    }
    problems
}

/// The stylesheets that a file names between quotes, by their lines.
fn named(file: &File) -> impl Iterator<Item = (usize, &str)> {
    file.lines().filter_map(|(line, text)| {
        let mut quoted = text.split('"');
        let path = quoted.find(|part| part.contains("style/") && part.ends_with(".css"))?;
        Some((line, path.trim_start_matches("../")))
    })
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

    #[test]
    fn stylesheets_that_the_screens_are_tested_without_are_found() {
        let html = "<link href=\"style/a.css\">\n<link href=\"style/b.css\">";
        let one = "include_str!(\"../../../style/a.css\"),\n";
        let other = "include_str!(\"../../../style/b.css\"),\n";
        let found = |tested: &[&str]| {
            let tested = tested.concat();
            let tree = Tree::of(&[
                ("style/a.css", ""),
                ("style/b.css", ""),
                ("index.html", html),
                ("tests/web/support/page.rs", &tested),
            ]);
            check(&tree).len()
        };
        assert_eq!(found(&[one, other]), 0);
        assert_eq!([found(&[one]), found(&[other, one])], [1, 1]);
    }
}
