//! The shape of the repository: what the design says is at the top is there.

use super::{Problem, tree::Tree};

const RULE: &str = "shape";

const REQUIRED: [&str; 40] = [
    ".ci/run",
    ".gitignore",
    "Cargo.lock",
    "Cargo.toml",
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "README.md",
    "Trunk.toml",
    "crates/domain/src/lib.rs",
    "crates/flows/src/lib.rs",
    "crates/providers/src/altostrat/QUIRKS.md",
    "crates/providers/src/anthropic/QUIRKS.md",
    "crates/providers/src/flashback/QUIRKS.md",
    "crates/providers/src/lib.rs",
    "crates/providers/src/openai/QUIRKS.md",
    "crates/server/src/main.rs",
    "docs/ARCHITECTURE.md",
    "docs/QUIRKS.md",
    "docs/adr/README.md",
    "docs/configuration.md",
    "docs/measurements.md",
    "index.html",
    "public/boot.js",
    "public/config.json",
    "rust-toolchain.toml",
    "src/app.rs",
    "src/browser",
    "src/crash.rs",
    "src/main.rs",
    "src/features",
    "src/routes.rs",
    "src/state",
    "src/text.rs",
    "src/ui",
    "style",
    "tests/e2e/package-lock.json",
    "tests/e2e/package.json",
    "tests/web/main.rs",
    "tools.toml",
    "xtask",
];
/// A file that may have become a directory.
const EITHER: [(&str, &str); 1] = [("src/transport.rs", "src/transport")];

pub(crate) fn check(tree: &Tree) -> Vec<Problem> {
    let missing = |path: &str| {
        Problem::new(
            path,
            1,
            RULE,
            "the design has this and the repository does not: add it",
        )
    };
    let each = REQUIRED
        .into_iter()
        .filter(|path| !tree.has(path))
        .map(missing);
    let either = EITHER
        .into_iter()
        .filter(|(file, dir)| !tree.has(file) && !tree.has(dir))
        .map(|(file, _)| missing(file));
    each.chain(either).collect()
}

#[cfg(test)]
mod tests {
    use super::{super::at, EITHER, REQUIRED, check};
    use crate::ci::tree::Tree;

    #[test]
    fn whatever_is_missing_is_named() {
        let all: Vec<(&str, &str)> = REQUIRED
            .into_iter()
            .chain(EITHER.map(|(_, dir)| dir))
            .map(|path| (path, ""))
            .collect();
        assert_eq!(check(&Tree::of(&all)), []);
        let without: Vec<_> = all
            .into_iter()
            .filter(|(path, _)| *path != "LICENSE-MIT")
            .collect();
        assert_eq!(at(&check(&Tree::of(&without))), ["LICENSE-MIT:1"]);
    }
}
