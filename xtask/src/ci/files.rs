//! A file opens with what it guarantees, and is short enough to hold one idea.

use super::{
    Problem,
    tree::{File, Tree},
};

const RULE: &str = "files";
const LONG: usize = 400;
const TOO_LONG: usize = 600;

pub(crate) fn check(tree: &Tree) -> Vec<Problem> {
    let silent = tree
        .rust()
        .filter(|file| !file.text.starts_with("//!"))
        .map(|file| {
            Problem::new(
                &file.path,
                1,
                RULE,
                "open the file with `//!` and what it guarantees and must not know",
            )
        });
    let too_long = tree
        .files
        .iter()
        .filter(|file| is_ours(file))
        .filter_map(|file| {
            let lines = file.text.lines().count();
            let advice =
                format!("{lines} lines: look for the second idea in it and give that a file");
            (lines > TOO_LONG).then(|| Problem::new(&file.path, TOO_LONG, RULE, advice))
        });
    silent.chain(too_long).collect()
}

/// Files that are getting long: worth a look, no failure.
pub(crate) fn long(tree: &Tree) -> Vec<String> {
    let files = tree
        .files
        .iter()
        .filter(|file| is_ours(file))
        .filter_map(|file| {
            let lines = file.text.lines().count();
            (lines > LONG && lines <= TOO_LONG)
                .then(|| format!("  {}: {lines} lines, over {LONG}", file.path))
        });
    files.collect()
}

fn is_ours(file: &File) -> bool {
    [".rs", ".css", ".js", ".mjs"]
        .iter()
        .any(|ending| file.path.ends_with(ending))
}

#[cfg(test)]
mod tests {
    use super::{super::at, check, long};
    use crate::ci::tree::Tree;

    #[test]
    fn a_silent_file_and_an_endless_one_are_found() {
        let endless = format!("//! x\n{}", "fn f() {}\n".repeat(600));
        let longish = format!("//! x\n{}", "fn f() {}\n".repeat(450));
        let tree = Tree::of(&[
            ("src/a.rs", "fn f() {}"),
            ("src/b.rs", &endless),
            ("src/c.rs", &longish),
        ]);
        assert_eq!(at(&check(&tree)), ["src/a.rs:1", "src/b.rs:600"]);
        assert_eq!(long(&tree), ["  src/c.rs: 451 lines, over 400"]);
    }
}
