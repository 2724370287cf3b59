//! wasm-bindgen has one version in Cargo.toml, Cargo.lock and tools.toml: trunk and the test runner refuse anything
//! else, with a message nobody understands.

use super::{Problem, tree::Tree};
use crate::setup;
use toml::Table;

const RULE: &str = "versions";

pub(crate) fn check(tree: &Tree) -> Vec<Problem> {
    let text = |path: &str| tree.file(path).map_or("", |file| file.text.as_str());
    let table = |path: &str| text(path).parse::<Table>().unwrap_or_default();
    let manifest = table("Cargo.toml");
    let wanted = manifest.get("dependencies").and_then(|all| {
        let entry = all.get("wasm-bindgen")?;
        entry
            .as_str()
            .or_else(|| entry.get("version")?.as_str())
            .map(str::to_owned)
    });
    let Some(wanted) = wanted else {
        return vec![Problem::new(
            "Cargo.toml",
            1,
            RULE,
            "pin wasm-bindgen with `=` in [dependencies]",
        )];
    };
    let Some(wanted) = wanted.strip_prefix('=').map(str::trim) else {
        return vec![Problem::new(
            "Cargo.toml",
            line(tree, "Cargo.toml"),
            RULE,
            format!("pin it: \"={wanted}\""),
        )];
    };
    let tools = table("tools.toml");
    let tool = tools
        .get("wasm-bindgen-cli")
        .and_then(|tool| tool.get("version")?.as_str());
    let found = [
        (
            "Cargo.lock",
            setup::locked(text("Cargo.lock"), "wasm-bindgen"),
        ),
        ("tools.toml", tool.map(str::to_owned)),
    ];
    found
        .into_iter()
        .filter(|(_, version)| version.as_deref() != Some(wanted))
        .map(|(path, version)| {
            let is = version.unwrap_or_else(|| "missing".to_owned());
            let advice =
                format!("wasm-bindgen is {is} here and {wanted} in Cargo.toml: make them equal");
            Problem::new(path, line(tree, path), RULE, advice)
        })
        .collect()
}

fn line(tree: &Tree, path: &str) -> usize {
    let file = tree.file(path);
    file.and_then(|file| file.lines().find(|(_, text)| text.contains("wasm-bindgen")))
        .map_or(1, |(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::{super::at, check};
    use crate::ci::tree::Tree;

    fn tree(manifest: &str, lock: &str, tool: &str) -> Tree {
        Tree::of(&[
            (
                "Cargo.toml",
                &format!("[dependencies]\nwasm-bindgen = \"{manifest}\"\n"),
            ),
            (
                "Cargo.lock",
                &format!("[[package]]\nname = \"wasm-bindgen\"\nversion = \"{lock}\"\n"),
            ),
            (
                "tools.toml",
                &format!("[wasm-bindgen-cli]\nversion = \"{tool}\"\n"),
            ),
        ])
    }

    #[test]
    fn one_version_in_three_places() {
        assert_eq!(check(&tree("=0.2.130", "0.2.130", "0.2.130")), []);
        assert_eq!(
            at(&check(&tree("=0.2.130", "0.2.131", "0.2.130"))),
            ["Cargo.lock:2"]
        );
        assert_eq!(
            at(&check(&tree("=0.2.130", "0.2.130", "0.2.129"))),
            ["tools.toml:1"]
        );
        assert_eq!(
            at(&check(&tree("0.2.130", "0.2.130", "0.2.130"))),
            ["Cargo.toml:2"]
        );
    }
}
