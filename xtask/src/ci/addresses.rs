//! Paths of the app are made in src/routes.rs and matched in src/app.rs, addresses of services in crates/providers, and
//! nowhere else: a link that does not exist cannot be written.

use super::{Problem, lex::Kind, tree::Tree};

const RULE: &str = "addresses";
const ROUTES: [&str; 2] = ["src/routes.rs", "src/app.rs"];
/// The one file of our own origin that the app reads.
const CONFIGURATION: &str = "/config.json";

pub(crate) fn check(tree: &Tree) -> Vec<Problem> {
    let mut problems = Vec::new();
    for file in tree.rust() {
        let in_app = file.path.starts_with("src/");
        let in_core = ["crates/domain/src/", "crates/flows/src/"]
            .iter()
            .any(|dir| file.path.starts_with(dir));
        if !(in_app || in_core) || ROUTES.contains(&file.path.as_str()) {
            continue;
        }
        for token in file
            .shipped()
            .into_iter()
            .filter(|token| token.kind == Kind::Text)
        {
            let reads_configuration =
                file.path.starts_with("src/transport") && token.text == CONFIGURATION;
            let advice = if reads_configuration {
                continue;
            } else if is_url(&token.text) {
                "addresses of services are made in crates/providers"
            } else if in_app && is_path(&token.text) {
                "paths of the app are made in src/routes.rs"
            } else {
                continue;
            };
            problems.push(Problem::new(
                &file.path,
                token.line,
                RULE,
                format!("\"{}\": {advice}", token.text),
            ));
        }
    }
    problems
}

fn is_url(text: &str) -> bool {
    // The name of SVG's vocabulary is no address.
    let text = text.replace("http://www.w3.org/", "");
    ["http://", "https://", "/api/"]
        .iter()
        .any(|part| text.contains(part))
}

/// The lone slash is a key on the keyboard, and a path followed by words is a sentence.
fn is_path(text: &str) -> bool {
    !text.contains(' ')
        && text.strip_prefix('/').is_some_and(|rest| {
            rest.starts_with(|c: char| c.is_alphanumeric() || "{:_".contains(c))
        })
}

#[cfg(test)]
mod tests {
    use super::{super::at, check};
    use crate::ci::tree::Tree;

    #[test]
    fn a_path_or_an_address_elsewhere_is_found() {
        let tree = Tree::of(&[
            (
                "src/features/list.rs",
                "fn f() {\n navigate(\"/workspaces/new\");\n}",
            ),
            ("src/state/a.rs", "const A: &str = \"https://api.example\";"),
            (
                "crates/flows/src/a.rs",
                "const A: &str = \"/api/altostrat\";",
            ),
        ]);
        assert_eq!(
            at(&check(&tree)),
            [
                "src/features/list.rs:2",
                "src/state/a.rs:1",
                "crates/flows/src/a.rs:1"
            ]
        );
    }

    #[test]
    fn the_one_place_each_and_the_slash_key_are_left_alone() {
        let tree = Tree::of(&[
            ("src/routes.rs", "const A: &str = \"/workspaces\";"),
            ("src/app.rs", "const A: &str = \"/workspaces\";"),
            ("src/transport.rs", "const A: &str = \"/config.json\";"),
            (
                "crates/providers/src/a.rs",
                "const A: &str = \"/workspaces\";",
            ),
            (
                "src/ui/keys.rs",
                "const A: [&str; 2] = [\"/\", \"http://www.w3.org/2000/svg\"];",
            ),
        ]);
        assert_eq!(check(&tree), []);
    }
}
