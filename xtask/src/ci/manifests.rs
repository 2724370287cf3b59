//! What a crate may depend on: the domain is pure, the providers know serde and no I/O, the flows no browser, and the
//! server none of ours, tests included, because it is the judge. And the root package stays a default member, because
//! that is all trunk builds.

use super::{Problem, tree::Tree};
use toml::Table;

const RULE: &str = "dependencies";

const BROWSER: [&str; 6] = [
    "wasm-bindgen",
    "web-sys",
    "js-sys",
    "leptos",
    "gloo",
    "console_error_panic_hook",
];
const WAITING: [&str; 5] = ["tokio", "async", "futures", "smol", "pollster"];
const SERDE: [&str; 2] = ["serde", "toml"];
const OURS: [&str; 1] = ["steward"];

/// A crate, the dependencies it must not have by the beginning of their names, why, and whether tests are bound too.
type Limits = (
    &'static str,
    &'static [&'static [&'static str]],
    &'static str,
    bool,
);

const LIMITS: [Limits; 4] = [
    (
        "domain",
        &[&SERDE, &BROWSER, &WAITING, &OURS],
        "the domain is pure: no wire format, no browser, no waiting",
        false,
    ),
    (
        "providers",
        &[&BROWSER, &WAITING],
        "providers turn values into values: no browser, no waiting",
        false,
    ),
    (
        "flows",
        &[&BROWSER, &["tokio", "serde"]],
        "flows know no browser, no runtime and no wire format",
        false,
    ),
    (
        "server",
        &[&OURS],
        "the server is the judge: it shares no type with the app",
        true,
    ),
];

pub(crate) fn check(tree: &Tree) -> Vec<Problem> {
    LIMITS
        .into_iter()
        .flat_map(|limits| of_crate(tree, limits))
        .chain(of_workspace(tree))
        .collect()
}

/// trunk runs `cargo build --bin steward` without naming a package, which looks among the default members alone.
fn of_workspace(tree: &Tree) -> Option<Problem> {
    let file = tree.file("Cargo.toml")?;
    let manifest = file.text.parse::<Table>().ok()?;
    let members = manifest
        .get("workspace")?
        .get("default-members")?
        .as_array()?;
    if members.iter().any(|member| member.as_str() == Some(".")) {
        return None;
    }
    let line = file
        .lines()
        .find(|(_, text)| text.starts_with("default-members"))
        .map_or(1, |(at, _)| at);
    let advice = "leave default-members out: trunk finds the app only as the default package";
    Some(Problem::new("Cargo.toml", line, RULE, advice))
}

fn of_crate(tree: &Tree, (name, refused, why, tests_too): Limits) -> Vec<Problem> {
    let path = format!("crates/{name}/Cargo.toml");
    let Some(file) = tree.file(&path) else {
        return Vec::new();
    };
    let Ok(manifest) = file.text.parse::<Table>() else {
        return vec![Problem::new(&path, 1, RULE, "this is not readable as TOML")];
    };
    let mut sections = vec!["dependencies", "build-dependencies"];
    if tests_too {
        sections.push("dev-dependencies");
    }
    let platforms = manifest.get("target").and_then(toml::Value::as_table);
    let tables = platforms
        .into_iter()
        .flat_map(Table::values)
        .filter_map(toml::Value::as_table)
        .chain([&manifest]);
    tables
        .flat_map(|table| {
            sections
                .iter()
                .filter_map(|section| table.get(*section)?.as_table())
        })
        .flat_map(Table::keys)
        .filter(|dependency| {
            refused
                .iter()
                .copied()
                .flatten()
                .any(|start| dependency.starts_with(start))
        })
        .map(|dependency| {
            let line = file
                .lines()
                .find(|(_, text)| text.trim_start().starts_with(dependency.as_str()));
            Problem::new(
                &path,
                line.map_or(1, |(at, _)| at),
                RULE,
                format!("take out {dependency}: {why}"),
            )
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{super::at, check};
    use crate::ci::tree::Tree;

    #[test]
    fn a_dependency_that_a_crate_must_not_have_is_found() {
        let tree = Tree::of(&[
            ("Cargo.toml", "[workspace]\ndefault-members = [\"xtask\"]\n"),
            (
                "crates/domain/Cargo.toml",
                "[package]\n\n[dependencies]\nserde.workspace = true\n[dev-dependencies]\nserde_json = \"1\"\n",
            ),
            (
                "crates/flows/Cargo.toml",
                "[dependencies]\nfutures = \"0.3\"\nsteward-domain.workspace = true\n",
            ),
            (
                "crates/server/Cargo.toml",
                "[dependencies]\nserde = \"1\"\n\n[dev-dependencies]\nsteward-domain = \"1\"\n",
            ),
            (
                "crates/providers/Cargo.toml",
                "[target.'cfg(unix)'.dependencies]\ntokio = \"1\"\n",
            ),
        ]);
        assert_eq!(
            at(&check(&tree)),
            [
                "crates/domain/Cargo.toml:4",
                "crates/providers/Cargo.toml:2",
                "crates/server/Cargo.toml:5",
                "Cargo.toml:2"
            ]
        );
    }
}
