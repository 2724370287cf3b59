//! What must not ship: markup from strings, style attributes the content policy blocks, tokens in lasting storage,
//! switched-off safety lints, notes to oneself and code in comments.

use super::{
    Problem,
    lex::{Kind, Token},
    tree::{File, Tree},
};

const RULE: &str = "bans";

/// Settings that outlive a tab are kept by this file, and nothing else is.
const LASTING_STORAGE: &str = "src/browser/storage.rs";

/// Lints that may be switched off in tests alone.
const SAFETY: [&str; 8] = [
    "unwrap_used",
    "expect_used",
    "indexing_slicing",
    "panic",
    "todo",
    "unimplemented",
    "unsafe_code",
    "dbg_macro",
];

pub(crate) fn check(tree: &Tree) -> Vec<Problem> {
    tree.files.iter().flat_map(of_file).collect()
}

fn of_file(file: &File) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut found =
        |line: usize, advice: String| problems.push(Problem::new(&file.path, line, RULE, advice));
    if file.is_rust() {
        let tokens = file.shipped();
        for (at, token) in tokens.iter().enumerate() {
            if let Some(advice) = of_token(file, &tokens, at, token) {
                found(token.line, advice);
            }
        }
        for token in file
            .tokens
            .iter()
            .filter(|token| token.kind == Kind::Comment)
        {
            of_comment(&token.text)
                .into_iter()
                .for_each(|advice| found(token.line, advice));
        }
    } else if is_source(&file.path) {
        for (line, text) in file.lines() {
            if let Some(note) = note_to_self(text) {
                found(
                    line,
                    format!("do it, or open an issue and take out the {note}"),
                );
            }
            let reads = text.matches("localStorage.getItem(").count();
            if file.path.starts_with("public/") && text.matches("localStorage").count() > reads {
                found(
                    line,
                    format!("a script may only read localStorage; {LASTING_STORAGE} writes it"),
                );
            }
        }
    }
    problems
}

fn is_source(path: &str) -> bool {
    [".js", ".mjs", ".css", ".html", ".toml", ".sql", ".sh"]
        .iter()
        .any(|ending| path.ends_with(ending))
}

fn of_token(file: &File, tokens: &[&Token], at: usize, token: &Token) -> Option<String> {
    let near = |offset: isize| at.checked_add_signed(offset).and_then(|at| tokens.get(at));
    let is = |offset: isize, text: &str| near(offset).is_some_and(|token| token.is(text));
    match (token.kind, token.text.as_str()) {
        (
            Kind::Ident,
            "inner_html" | "set_inner_html" | "set_outer_html" | "insert_adjacent_html",
        ) => Some("set text, never markup: build the elements in `view!`".to_owned()),
        (Kind::Ident, "to_lowercase" | "to_uppercase")
            if file.path.starts_with("src/") || in_module(&file.path) =>
        {
            Some("its tables are 7 kB of a first visit: use `browser::letters::fold`".to_owned())
        }
        (Kind::Ident, "unsafe") => {
            Some("take out `unsafe`: there is a safe way, or a crate that has it".to_owned())
        }
        (Kind::Ident, "local_storage") if file.path != LASTING_STORAGE => Some(format!(
            "only {LASTING_STORAGE} uses lasting storage, for settings; a token is never stored there"
        )),
        (Kind::Text, text)
            if text.contains("localStorage")
                && file.path != LASTING_STORAGE
                && file.path.starts_with("src/") =>
        {
            Some(format!(
                "only {LASTING_STORAGE} uses lasting storage, for settings; a token is never stored there"
            ))
        }
        (Kind::Ident, "style") if file.path.starts_with("src/") && is(1, "=") && !is(2, "=") => {
            let before = near(-1)?;
            let is_rust = ["let", "mut", ";", ".", "(", ","]
                .iter()
                .any(|text| before.is(text));
            (!is_rust).then(|| {
                "the content policy drops `style=`: use a class, or `style:property=`".to_owned()
            })
        }
        (Kind::Ident, "allow" | "expect") if is(1, "(") && (is(-1, "[") || is(-1, ",")) => {
            let inside = tokens.iter().skip(at).take_while(|token| !token.is(")"));
            let lint = inside
                .filter(|token| token.kind == Kind::Ident)
                .find(|token| SAFETY.contains(&token.text.as_str()))?;
            Some(format!(
                "do not switch off `{}` in code that ships: handle the case",
                lint.text
            ))
        }
        _ => None,
    }
}

/// Whether a file of a crate ends up in the module that a browser downloads.
fn in_module(path: &str) -> bool {
    ["crates/domain/", "crates/flows/", "crates/providers/"]
        .iter()
        .any(|start| path.starts_with(start))
}

fn of_comment(comment: &str) -> Vec<String> {
    let mut advice = Vec::new();
    if let Some(note) = note_to_self(comment) {
        advice.push(format!("do it, or open an issue and take out the {note}"));
    }
    let is_doc = ["///", "//!", "/**", "/*!"]
        .iter()
        .any(|start| comment.starts_with(start));
    if !is_doc && looks_like_code(comment.trim_start_matches('/').trim()) {
        advice.push("take out code that is switched off: the history keeps it".to_owned());
    }
    advice
}

/// A mark that says that something is unfinished.
fn note_to_self(text: &str) -> Option<&'static str> {
    const NOTES: [&str; 3] = [
        concat!("TO", "DO"),
        concat!("FIX", "ME"),
        concat!("XX", "X"),
    ];
    NOTES.into_iter().find(|note| {
        text.split(|c: char| !c.is_alphanumeric() && c != '_')
            .any(|word| word == *note)
    })
}

/// A line that only a compiler would end like this.
fn looks_like_code(text: &str) -> bool {
    const STARTS: [&str; 14] = [
        "let ", "use ", "pub ", "fn ", "impl ", "struct ", "enum ", "match ", "if ", "for ",
        "while ", "return ", "#[", "mod ",
    ];
    let is_call = || {
        let name: String = text
            .chars()
            .take_while(|c| c.is_alphanumeric() || "_.:!".contains(*c))
            .collect();
        !name.is_empty()
            && text
                .get(name.len()..)
                .is_some_and(|rest| rest.starts_with('('))
    };
    let starts = STARTS.iter().any(|start| text.starts_with(start));
    (text.ends_with(';') && (starts || is_call() || text.contains(" = ")))
        || (text.ends_with('{') && starts)
}

#[cfg(test)]
mod tests {
    use super::{super::at, check};
    use crate::ci::tree::Tree;

    #[test]
    fn each_ban_is_found_where_it_stands() {
        let tree = Tree::of(&[
            (
                "src/features/list.rs",
                "//! x\n#![allow(clippy::unwrap_used)]\nfn f() {\n  view! { <p style=\"color: red\" class=\"a\" inner_html=x></p> }\n  window.local_storage();\n}",
            ),
            (
                "src/ui/a.rs",
                concat!("// TO", "DO: later\n// let x = f(1);\n// f(1);\nfn f() {}"),
            ),
            (
                "crates/domain/src/a.rs",
                "//! x\nfn f() { \"É\".to_lowercase(); }",
            ),
            (
                "public/boot.js",
                "localStorage.getItem('theme');\nlocalStorage.setItem('token', t);",
            ),
        ]);
        assert_eq!(
            at(&check(&tree)),
            [
                "src/features/list.rs:2",
                "src/features/list.rs:4",
                "src/features/list.rs:4",
                "src/features/list.rs:5",
                "src/ui/a.rs:1",
                "src/ui/a.rs:2",
                "src/ui/a.rs:3",
                "crates/domain/src/a.rs:2",
                "public/boot.js:2"
            ]
        );
    }

    #[test]
    fn what_only_looks_like_it_is_left_alone() {
        let tree = Tree::of(&[
            (
                "src/browser/storage.rs",
                "fn f() { window.local_storage(); }",
            ),
            (
                "src/ui/a.rs",
                "// Says why; the reader decides.\nfn f() { let style = 1; view! { <p style:width=w></p> } }\n#[cfg(test)]\nmod tests { #![allow(clippy::unwrap_used)] }",
            ),
            (
                "crates/server/src/a.rs",
                "//! x\nfn f() { s.to_lowercase(); }",
            ),
            (
                "tests/web/main.rs",
                "#![allow(clippy::unwrap_used)]\nfn f() { el.inner_html(); }",
            ),
        ]);
        assert_eq!(check(&tree), []);
    }
}
