//! Imports run one way: main → app → features → components → state → flows → providers → domain, with the interface parts and the
//! browser's edge beside them. The table below is the design; whatever is not in it is refused. In the server, what all vendors stand
//! on (`core`) knows nothing above it, and a vendor's folder knows that and itself.

use super::{
    Problem,
    lex::{Kind, Token},
    tree::{File, Tree},
};
use std::collections::BTreeSet;

const RULE: &str = "imports";

/// Who may name whom. Modules of src/ first, then crates.
const MAY_NAME: [(&str, &[&str]); 15] = [
    ("main", &["app", "crash"]),
    (
        "app",
        &[
            "features",
            "components",
            "lazy",
            "state",
            "ui",
            "routes",
            "text",
            "browser",
            "transport",
            "crash",
            "domain",
        ],
    ),
    ("lazy", &["features", "components", "state"]),
    (
        "features",
        &[
            "components",
            "state",
            "ui",
            "routes",
            "text",
            "browser",
            "domain",
        ],
    ),
    (
        "components",
        &["state", "ui", "routes", "text", "browser", "domain"],
    ),
    (
        "state",
        &["flows", "transport", "routes", "text", "browser", "domain"],
    ),
    ("ui", &["text", "browser", "domain"]),
    ("transport", &["flows", "providers", "browser", "domain"]),
    ("routes", &["domain"]),
    ("text", &["flows", "browser", "domain"]),
    ("crash", &["browser"]),
    // What the domain asks of a platform: forms of letters, the order of a language.
    ("browser", &["domain"]),
    ("flows", &["providers", "domain"]),
    ("providers", &["domain"]),
    ("domain", &[]),
];

/// Names of HTTP; whoever uses one of them knows the wire.
const HTTP: [&str; 6] = [
    "gloo_net",
    "RequestInit",
    "StatusCode",
    "Headers",
    "HeaderMap",
    "reqwest",
];
/// Where HTTP is known.
const KNOW_HTTP: [&str; 1] = ["transport"];

/// Where the server's modules are.
const SERVER: &str = "crates/server/src/";

pub(crate) fn check(tree: &Tree) -> Vec<Problem> {
    tree.rust()
        .flat_map(|file| {
            if file.path.starts_with(SERVER) {
                return of_server(file);
            }
            layer(&file.path)
                .map(|layer| of_file(file, layer))
                .unwrap_or_default()
        })
        .collect()
}

fn of_file(file: &File, layer: &str) -> Vec<Problem> {
    // The library's root declares the modules.
    if layer == "lib" {
        return Vec::new();
    }
    let Some((_, allowed)) = MAY_NAME.iter().find(|(name, _)| *name == layer) else {
        let advice = format!(
            "`{layer}` is no module of the design: move it into one, or add it to MAY_NAME in xtask/src/ci/imports.rs"
        );
        return vec![Problem::new(&file.path, 1, RULE, advice)];
    };
    let tokens = file.shipped();
    let mut problems = Vec::new();
    let mut seen = BTreeSet::new();
    // Inside a crate `crate::` is its own business.
    let here = file
        .path
        .starts_with("src/")
        .then(|| module_path(&file.path));
    for (name, line) in named(&tokens, here.as_deref()) {
        if name != layer
            && known(&name)
            && !allowed.contains(&name.as_str())
            && seen.insert((name.clone(), line))
        {
            let may = if allowed.is_empty() {
                "nothing of ours".to_owned()
            } else {
                allowed.join(", ")
            };
            let advice = format!("{layer} must not name {name}; it may name {may}");
            problems.push(Problem::new(&file.path, line, RULE, advice));
        }
    }
    if file.path.starts_with("src/") && !KNOW_HTTP.contains(&layer)
        || layer == "flows"
        || layer == "domain"
    {
        for token in tokens
            .iter()
            .filter(|token| token.kind == Kind::Ident && HTTP.contains(&token.text.as_str()))
        {
            let advice = format!(
                "`{}` is HTTP, which only transport and providers know",
                token.text
            );
            problems.push(Problem::new(&file.path, token.line, RULE, advice));
        }
    }
    problems
}

/// `core` names itself, a vendor's folder itself and `core`; whoever puts them together may name all.
fn of_server(file: &File) -> Vec<Problem> {
    let here = module_path(&file.path);
    let own: Vec<&str> = match here.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["core", ..] => vec!["core"],
        ["vendors", vendor, ..] => vec!["vendors", vendor],
        _ => return Vec::new(),
    };
    let tokens = file.shipped();
    let mut seen = BTreeSet::new();
    paths_from_root(&tokens, &here)
        .into_iter()
        .filter(|(path, _)| {
            let names: Vec<&str> = path.iter().map(String::as_str).collect();
            !names.starts_with(&own) && names.first() != Some(&"core")
        })
        .filter(|found| seen.insert(found.clone()))
        .map(|(path, line)| {
            let (own, path) = (own.join("::"), path.join("::"));
            let may = if own == "core" {
                "itself alone".to_owned()
            } else {
                format!("core and {own}")
            };
            let advice = format!("{own} must not name {path}; it may name {may}");
            Problem::new(&file.path, line, RULE, advice)
        })
        .collect()
}

/// The paths that these tokens name, from the crate's root to the second name.
fn paths_from_root(tokens: &[&Token], here: &[String]) -> Vec<(Vec<String>, usize)> {
    let is = |at: usize, text: &str| tokens.get(at).is_some_and(|token| token.is(text));
    let goes_on = |at: usize| is(at, ":") && is(at + 1, ":");
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let begins = !(at >= 2 && is(at - 1, ":") && is(at - 2, ":"));
        if begins && is(at, "crate") && goes_on(at + 1) {
            paths(tokens, at + 3, &[], &mut found);
        } else if begins && is(at, "super") && goes_on(at + 1) {
            let mut above = here;
            while is(at, "super") && goes_on(at + 1) {
                above = above.split_last().map_or(above, |(_, rest)| rest);
                at += 3;
            }
            paths(tokens, at, above, &mut found);
            continue;
        }
        at += 1;
    }
    found
}

/// The paths that begin with `above` and go on at `from`, where a `{…}` list is one for each of its entries.
fn paths(tokens: &[&Token], from: usize, above: &[String], found: &mut Vec<(Vec<String>, usize)>) {
    let is = |at: usize, text: &str| tokens.get(at).is_some_and(|token| token.is(text));
    let Some(token) = tokens.get(from) else {
        return;
    };
    if above.len() >= 2 || !(token.kind == Kind::Ident || token.is("{")) {
        found.push((above.iter().take(2).cloned().collect(), token.line));
        return;
    }
    if token.kind == Kind::Ident {
        let mut path = above.to_vec();
        path.push(token.text.clone());
        if is(from + 1, ":") && is(from + 2, ":") {
            paths(tokens, from + 3, &path, found);
        } else {
            found.push((path, token.line));
        }
        return;
    }
    let mut depth = 0_usize;
    for (at, token) in tokens.iter().enumerate().skip(from) {
        match token.text.as_str() {
            "{" => depth += 1,
            "}" => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            break;
        }
        if depth == 1 && (token.is("{") || token.is(",")) && !is(at + 1, "}") {
            paths(tokens, at + 1, above, found);
        }
    }
}

fn known(name: &str) -> bool {
    name == "server" || name == "main" || MAY_NAME.iter().any(|(layer, _)| *layer == name)
}

/// Which layer a file belongs to, if the table speaks of it.
fn layer(path: &str) -> Option<&str> {
    if let Some(inside) = path.strip_prefix("src/") {
        return inside
            .split('/')
            .next()
            .map(|first| first.trim_end_matches(".rs"));
    }
    let (name, inside) = path.strip_prefix("crates/")?.split_once('/')?;
    (inside.starts_with("src/") && name != "server").then_some(name)
}

/// `src/features/list/page.rs` is `features::list::page`.
fn module_path(path: &str) -> Vec<String> {
    let inside = path.split_once("src/").map_or(path, |(_, inside)| inside);
    let mut parts: Vec<String> = inside
        .trim_end_matches(".rs")
        .split('/')
        .map(str::to_owned)
        .collect();
    if parts
        .last()
        .is_some_and(|last| matches!(last.as_str(), "mod" | "lib" | "main"))
    {
        parts.pop();
    }
    parts
}

/// Every top-level module and every crate of ours that these tokens name.
fn named(tokens: &[&Token], here: Option<&[String]>) -> Vec<(String, usize)> {
    let is = |at: usize, text: &str| tokens.get(at).is_some_and(|token| token.is(text));
    let path_follows = |at: usize| is(at, ":") && is(at + 1, ":");
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        let begins = token.kind == Kind::Ident && !(at >= 2 && is(at - 1, ":") && is(at - 2, ":"));
        if !begins {
            at += 1;
            continue;
        }
        if let Some(of_ours) = token.text.strip_prefix("steward_") {
            found.push((of_ours.to_owned(), token.line));
        }
        let Some(here) = here else {
            at += 1;
            continue;
        };
        if matches!(token.text.as_str(), "crate" | "steward") && path_follows(at + 1) {
            found.extend(targets(tokens, at + 3));
        } else if token.text == "super" && path_follows(at + 1) {
            let mut above = here.len();
            while is(at, "super") && path_follows(at + 1) {
                above = above.saturating_sub(1);
                at += 3;
            }
            if above == 0 {
                found.extend(targets(tokens, at));
            }
            continue;
        }
        at += 1;
    }
    found
}

/// The names a path goes on with: one, or the heads of a `{…}` list.
fn targets(tokens: &[&Token], from: usize) -> Vec<(String, usize)> {
    let head = |at: usize| {
        tokens
            .get(at)
            .filter(|token| token.kind == Kind::Ident)
            .map(|token| (token.text.clone(), token.line))
    };
    if !tokens.get(from).is_some_and(|token| token.is("{")) {
        return head(from).into_iter().collect();
    }
    let mut found = Vec::new();
    let mut depth = 0_usize;
    for (at, token) in tokens.iter().enumerate().skip(from) {
        match token.text.as_str() {
            "{" => depth += 1,
            "}" => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            break;
        }
        if depth == 1 && (token.is("{") || token.is(",")) {
            found.extend(head(at + 1));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{super::at, check};
    use crate::ci::tree::Tree;

    #[test]
    fn the_way_of_the_design_is_allowed() {
        let tree = Tree::of(&[
            (
                "src/main.rs",
                "//! x\nfn main() { steward::crash::install(); steward::app::mount(); }",
            ),
            (
                "src/features/list/page.rs",
                "use crate::{state::workspaces, ui::{button, table}};\nuse super::row;",
            ),
            (
                "src/state/mod.rs",
                "use steward_flows::archive;\nuse crate::transport::Fetch;",
            ),
            (
                "src/transport.rs",
                "use steward_providers::http::Request;\nuse gloo_net::http::Headers;",
            ),
            (
                "crates/flows/src/lib.rs",
                "use steward_providers::Dialect;\nuse crate::transport::Transport;",
            ),
        ]);
        assert_eq!(check(&tree), []);
    }

    #[test]
    fn an_import_against_the_direction_is_found_however_it_is_written() {
        let tree = Tree::of(&[
            (
                "src/ui/table.rs",
                "//! x\nuse crate::state::Rows;\nfn f() { crate::routes::href() }\nuse super::super::features::list;",
            ),
            (
                "src/features/list/page.rs",
                "use crate::{\n    state,\n    transport::Fetch,\n};\nuse steward_providers::Dialect;",
            ),
            ("crates/domain/src/role.rs", "use steward_flows::save;"),
        ]);
        assert_eq!(
            at(&check(&tree)),
            [
                "src/ui/table.rs:2",
                "src/ui/table.rs:3",
                "src/ui/table.rs:4",
                "src/features/list/page.rs:3",
                "src/features/list/page.rs:5",
                "crates/domain/src/role.rs:1"
            ]
        );
    }

    #[test]
    fn a_vendor_of_the_server_names_the_core_and_itself() {
        let tree = Tree::of(&[
            (
                "crates/server/src/core/jwt.rs",
                "use super::random;\nuse crate::core::{clock, db::Database};",
            ),
            (
                "crates/server/src/vendors/openai/users.rs",
                "use super::errors::ApiError;\nuse crate::core::clock;\nuse crate::vendors::openai::{App, keys};",
            ),
            (
                "crates/server/src/router.rs",
                "use crate::vendors::{altostrat, openai};\nuse crate::core::app::App;",
            ),
        ]);
        assert_eq!(check(&tree), []);
    }

    #[test]
    fn a_vendor_of_the_server_that_names_another_or_what_is_above_it_is_found() {
        let tree = Tree::of(&[
            (
                "crates/server/src/core/faults/mod.rs",
                "use crate::vendors::openai::App;\nuse crate::{core::clock, router};\nuse super::super::cli::Cli;",
            ),
            (
                "crates/server/src/vendors/openai/users.rs",
                "use crate::vendors::{openai::App, anthropic};\nuse super::super::flashback::people;\nfn f() { crate::cli::g() }\nuse crate::vendors;",
            ),
        ]);
        assert_eq!(
            at(&check(&tree)),
            [
                "crates/server/src/core/faults/mod.rs:1",
                "crates/server/src/core/faults/mod.rs:2",
                "crates/server/src/core/faults/mod.rs:3",
                "crates/server/src/vendors/openai/users.rs:1",
                "crates/server/src/vendors/openai/users.rs:2",
                "crates/server/src/vendors/openai/users.rs:3",
                "crates/server/src/vendors/openai/users.rs:4"
            ]
        );
    }

    #[test]
    fn only_the_transport_knows_http() {
        let tree = Tree::of(&[
            ("src/state/roles.rs", "use web_sys::{RequestInit, Window};"),
            ("crates/flows/src/save.rs", "fn f(s: StatusCode) {}"),
        ]);
        assert_eq!(
            at(&check(&tree)),
            ["src/state/roles.rs:1", "crates/flows/src/save.rs:1"]
        );
    }

    #[test]
    fn tests_may_name_what_they_need_and_strings_name_nothing() {
        let tree = Tree::of(&[(
            "src/ui/table.rs",
            "// crate::state\nconst A: &str = \"crate::state::x\";\n#[cfg(test)]\nmod tests { use crate::state::Rows; }",
        )]);
        assert_eq!(check(&tree), []);
    }

    #[test]
    fn a_module_the_design_does_not_have_is_asked_about() {
        let tree = Tree::of(&[("src/utils.rs", "//! x")]);
        assert_eq!(at(&check(&tree)), ["src/utils.rs:1"]);
    }
}
