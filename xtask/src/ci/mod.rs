//! The rules of the repository, executable: `cargo xtask ci`.
//!
//! One file per rule, each a function from the tree to problems, each with tests that break it on purpose.
//! A problem is printed as `path:line: rule: what to do`.

mod addresses;
mod bans;
mod files;
mod imports;
mod lex;
mod machine;
mod manifests;
mod required;
mod sentences;
mod styles;
mod tree;
mod versions;

use self::tree::Tree;
use crate::{
    console,
    failure::{Failure, Outcome},
    layout,
};
use std::fmt;

/// Something to mend.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Problem {
    path: String,
    line: usize,
    rule: &'static str,
    advice: String,
}

impl Problem {
    fn new(path: &str, line: usize, rule: &'static str, advice: impl Into<String>) -> Self {
        Self {
            path: path.to_owned(),
            line,
            rule,
            advice: advice.into(),
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}:{}: {}: {}",
            self.path, self.line, self.rule, self.advice
        )
    }
}

type Rule = fn(&Tree) -> Vec<Problem>;

const RULES: [(&str, Rule); 10] = [
    ("imports run one way", imports::check),
    ("crates depend on what they may", manifests::check),
    ("nothing banned ships", bans::check),
    ("sentences are in text.rs", sentences::check),
    ("addresses have one place", addresses::check),
    ("files are short and say what they guarantee", files::check),
    ("wasm-bindgen has one version", versions::check),
    ("nothing of one machine is committed", machine::check),
    ("what must be there is there", required::check),
    ("stylesheets are linked, not imported", styles::check),
];

/// How many rules held and how many did not.
pub(crate) struct Verdict {
    pub(crate) held: usize,
    pub(crate) broken: usize,
}

/// Checks the checkout and prints what is to mend.
pub(crate) fn check() -> Outcome<Verdict> {
    let tree = Tree::of_checkout(&layout::root())?;
    let mut verdict = Verdict { held: 0, broken: 0 };
    for (name, rule) in RULES {
        let problems = rule(&tree);
        if problems.is_empty() {
            verdict.held += 1;
            console::say(format_args!("✓ {name}"));
        } else {
            verdict.broken += 1;
            console::say(format_args!("✗ {name}"));
            problems.iter().for_each(console::say);
        }
    }
    files::long(&tree).iter().for_each(console::note);
    Ok(verdict)
}

/// The command: fails when a rule is broken.
pub(crate) fn ci() -> Outcome {
    let verdict = check()?;
    match verdict.broken {
        0 => Ok(()),
        1 => Err(Failure::new("1 rule is broken: see above.")),
        n => Err(Failure::new(format!("{n} rules are broken: see above."))),
    }
}

#[cfg(test)]
fn at(problems: &[Problem]) -> Vec<String> {
    problems
        .iter()
        .map(|problem| format!("{}:{}", problem.path, problem.line))
        .collect()
}
