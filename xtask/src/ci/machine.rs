//! Nothing of one machine is committed: no absolute path of somebody's checkout, no host that only one network has,
//! no pointer to a file kept elsewhere.

use super::{Problem, tree::Tree};

const RULE: &str = "machine";

// Put together here so that this file passes its own rule.
const PATHS: [&str; 4] = [
    concat!("/ro", "ot/"),
    concat!("/ho", "me/"),
    concat!("/wo", "rk/"),
    concat!("/Us", "ers/"),
];
const HOSTS: [&str; 5] = [
    concat!("registry.npm", "js.org"),
    concat!("registry.yarn", "pkg.com"),
    concat!("index.crates", ".io"),
    concat!("static.crates", ".io"),
    concat!("artifact", "ory."),
];
const POINTER: &str = concat!("version https://git-", "lfs.github.com");

pub(crate) fn check(tree: &Tree) -> Vec<Problem> {
    let mut problems = Vec::new();
    for file in &tree.files {
        if file.text.starts_with(POINTER)
            || (file.path.ends_with(".gitattributes") && file.text.contains("filter=lfs"))
        {
            problems.push(Problem::new(
                &file.path,
                1,
                RULE,
                "commit the file itself, not a pointer to it",
            ));
        }
        for (line, text) in file.lines() {
            if let Some(path) = PATHS.into_iter().find(|path| is_absolute(text, path)) {
                let advice = format!(
                    "{path} is a path of one machine: make it relative, or ask the environment"
                );
                problems.push(Problem::new(&file.path, line, RULE, advice));
            }
            if let Some(host) = HOSTS.into_iter().find(|host| text.contains(host)) {
                let advice =
                    format!("take out {host}: where packages come from is the machine's business");
                problems.push(Problem::new(&file.path, line, RULE, advice));
            }
            if file.path.ends_with("package-lock.json") && text.contains("\"resolved\": \"http") {
                let advice = "take out the address: install again with tests/e2e/.npmrc in place";
                problems.push(Problem::new(&file.path, line, RULE, advice));
            }
        }
    }
    problems
}

/// The path as the beginning of one, not as the middle of another.
fn is_absolute(text: &str, path: &str) -> bool {
    text.match_indices(path).any(|(at, _)| {
        let before = text.get(..at).and_then(|before| before.chars().next_back());
        let after = text
            .get(at + path.len()..)
            .and_then(|after| after.chars().next());
        before.is_none_or(|c| !c.is_alphanumeric() && !"_.-~}/*".contains(c))
            && after.is_some_and(char::is_alphanumeric)
    })
}

#[cfg(test)]
mod tests {
    use super::{super::at, HOSTS, PATHS, POINTER, check};
    use crate::ci::tree::Tree;

    #[test]
    fn paths_hosts_and_pointers_are_found() {
        let [path, ..] = PATHS;
        let [host, ..] = HOSTS;
        let tree = Tree::of(&[
            ("README.md", &format!("See {path}me/notes and src{path}x.")),
            ("tests/e2e/.npmrc", &format!("registry=https://{host}/")),
            (
                "tests/e2e/package-lock.json",
                "{\n \"resolved\": \"https://example.test/a.tgz\"\n}",
            ),
            ("docs/shot.png", &format!("{POINTER}/spec/v1\n")),
        ]);
        assert_eq!(
            at(&check(&tree)),
            [
                "README.md:1",
                "tests/e2e/.npmrc:1",
                "tests/e2e/package-lock.json:2",
                "docs/shot.png:1"
            ]
        );
    }

    #[test]
    fn the_middle_of_another_path_is_no_machine() {
        let [path, ..] = PATHS;
        let tree = Tree::of(&[("README.md", &format!("a{path}b, ~{path}b and {path}"))]);
        assert_eq!(check(&tree), []);
    }
}
