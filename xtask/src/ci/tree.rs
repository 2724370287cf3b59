//! The files the rules look at: what git would commit, read once. Tests build one from strings.

use super::lex::{self, Token};
use crate::{
    command,
    failure::{OrSay, Outcome},
};
use std::{fs, path::Path};

/// A text file of the repository.
#[derive(Debug)]
pub(crate) struct File {
    /// From the root, with slashes.
    pub(crate) path: String,
    pub(crate) text: String,
    /// Empty unless it is Rust.
    pub(crate) tokens: Vec<Token>,
}

/// All of them.
#[derive(Debug, Default)]
pub(crate) struct Tree {
    pub(crate) files: Vec<File>,
}

impl File {
    pub(crate) fn new(path: &str, text: String) -> Self {
        let tokens = if path.ends_with(".rs") {
            lex::tokens(&text)
        } else {
            Vec::new()
        };
        Self {
            path: path.to_owned(),
            text,
            tokens,
        }
    }

    pub(crate) fn is_rust(&self) -> bool {
        self.path.ends_with(".rs")
    }

    /// Compiled for tests alone.
    pub(crate) fn is_test(&self) -> bool {
        self.path
            .split('/')
            .any(|part| matches!(part, "tests" | "tests.rs" | "benches"))
    }

    /// Without comments and tests.
    pub(crate) fn shipped(&self) -> Vec<&Token> {
        if self.is_test() {
            return Vec::new();
        }
        self.tokens
            .iter()
            .filter(|token| !token.test && token.kind != lex::Kind::Comment)
            .collect()
    }

    /// Its lines with their numbers.
    pub(crate) fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text
            .lines()
            .enumerate()
            .map(|(at, line)| (at + 1, line))
    }
}

impl Tree {
    /// The checkout: tracked files and new ones that are not ignored.
    pub(crate) fn of_checkout(root: &Path) -> Outcome<Self> {
        let listed = command::read(
            command::program("git")
                .args([
                    "ls-files",
                    "-z",
                    "--cached",
                    "--others",
                    "--exclude-standard",
                ])
                .current_dir(root),
        );
        let paths = match listed {
            Some(list) => list
                .split('\0')
                .filter(|path| !path.is_empty())
                .map(str::to_owned)
                .collect(),
            // An unpacked archive has no git.
            None => walk(root, "")?,
        };
        let files = paths
            .iter()
            .filter_map(|path| {
                Some(File::new(
                    path,
                    String::from_utf8(fs::read(root.join(path)).ok()?).ok()?,
                ))
            })
            .collect();
        Ok(Self { files })
    }

    #[cfg(test)]
    pub(crate) fn of(files: &[(&str, &str)]) -> Self {
        Self {
            files: files
                .iter()
                .map(|(path, text)| File::new(path, (*text).to_owned()))
                .collect(),
        }
    }

    pub(crate) fn file(&self, path: &str) -> Option<&File> {
        self.files.iter().find(|file| file.path == path)
    }

    /// A file of this path, or anything below a directory of this path.
    pub(crate) fn has(&self, path: &str) -> bool {
        self.files.iter().any(|file| {
            file.path
                .strip_prefix(path)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        })
    }

    pub(crate) fn rust(&self) -> impl Iterator<Item = &File> {
        self.files.iter().filter(|file| file.is_rust())
    }

    /// The Rust files of the app.
    pub(crate) fn app(&self) -> impl Iterator<Item = &File> {
        self.rust().filter(|file| file.path.starts_with("src/"))
    }
}

fn walk(root: &Path, below: &str) -> Outcome<Vec<String>> {
    let mut found = Vec::new();
    let dir = root.join(below);
    let mut entries: Vec<_> = fs::read_dir(&dir)
        .or_say(|| format!("read {}", dir.display()))?
        .flatten()
        .collect();
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = if below.is_empty() {
            name.clone()
        } else {
            format!("{below}/{name}")
        };
        if entry.path().is_dir() {
            if !matches!(
                name.as_str(),
                "target" | "dist" | "node_modules" | "shots" | "bench" | ".git"
            ) {
                found.extend(walk(root, &path)?);
            }
        } else {
            found.push(path);
        }
    }
    Ok(found)
}
