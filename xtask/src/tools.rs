//! The pinned tools: what `tools.toml` asks for and where a program of exactly that version is.
//!
//! PATH first, then the per-user cache. Knows nothing of how a tool is installed.

use crate::{
    command,
    failure::{Failure, OrSay, Outcome},
    layout,
};
use std::{
    env,
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
    process::Command,
};
use toml::Table;

/// Who installs a tool.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    Cargo,
    Npm,
}

/// One entry of `tools.toml`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Tool {
    pub(crate) name: String,
    pub(crate) version: String,
    pub(crate) from: Source,
    pub(crate) programs: Vec<String>,
    /// The version as the program prints it.
    pub(crate) says: String,
    /// The npm package that downloads the tool, where the tool itself is none.
    pub(crate) installer: Option<String>,
    /// The oldest major version on PATH that does as well.
    pub(crate) at_least: Option<u32>,
}

/// The entry of this name, from the checkout's `tools.toml`.
pub(crate) fn pinned(name: &str) -> Outcome<Tool> {
    let file = layout::root().join("tools.toml");
    let text = fs::read_to_string(&file).or_say(|| "read tools.toml".to_owned())?;
    parse(&text, name).map_err(|problem| Failure::new(format!("tools.toml, [{name}]: {problem}.")))
}

fn parse(text: &str, name: &str) -> Result<Tool, String> {
    let table: Table = text
        .parse()
        .map_err(|error| format!("is not readable: {error}"))?;
    let entry = table
        .get(name)
        .and_then(toml::Value::as_table)
        .ok_or("the entry is missing")?;
    let string = |key: &str| {
        entry
            .get(key)
            .and_then(toml::Value::as_str)
            .map(str::to_owned)
    };
    let version = string("version").ok_or("has no version")?;
    let programs: Vec<String> = entry
        .get("programs")
        .and_then(toml::Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(|value| value.as_str().map(str::to_owned))
        .collect();
    if programs.is_empty() {
        return Err("names no programs".to_owned());
    }
    Ok(Tool {
        name: name.to_owned(),
        from: match string("from").as_deref() {
            Some("cargo") => Source::Cargo,
            Some("npm") => Source::Npm,
            _ => return Err("`from` has to be cargo or npm".to_owned()),
        },
        says: string("says").unwrap_or_else(|| version.clone()),
        version,
        programs,
        installer: string("installer"),
        at_least: entry
            .get("at-least")
            .and_then(toml::Value::as_integer)
            .and_then(|n| u32::try_from(n).ok()),
    })
}

impl Tool {
    /// Its own directory in the cache.
    pub(crate) fn home(&self) -> Outcome<PathBuf> {
        Ok(layout::tools()?.join(format!("{}-{}", self.name, self.version)))
    }

    /// Where its programs are inside a home.
    pub(crate) fn programs_in(&self, home: &Path) -> PathBuf {
        match self.from {
            Source::Cargo => home.join("bin"),
            Source::Npm => home.join("node_modules").join(".bin"),
        }
    }

    /// The directory that holds all its programs in the right version.
    pub(crate) fn locate(&self) -> Outcome<Option<PathBuf>> {
        let on_path = self.programs.first().and_then(|first| command::find(first));
        if let Some(dir) = on_path
            .as_deref()
            .and_then(Path::parent)
            .filter(|dir| self.is_right(dir))
        {
            return Ok(Some(dir.to_path_buf()));
        }
        let cached = self.programs_in(&self.home()?);
        Ok(Some(cached).filter(|dir| self.is_right(dir)))
    }

    /// Whether this directory holds all programs and the first one reports the pinned version.
    pub(crate) fn is_right(&self, dir: &Path) -> bool {
        if !self
            .programs
            .iter()
            .all(|program| command::is_executable(&dir.join(program)))
        {
            return false;
        }
        let Some(first) = self.programs.first() else {
            return false;
        };
        let said = command::read(Command::new(dir.join(first)).arg("--version"));
        said.is_some_and(|said| self.accepts(&said))
    }

    fn accepts(&self, said: &str) -> bool {
        said.split_whitespace().any(|word| {
            let word = word.trim_start_matches('v');
            word == self.says
                || self
                    .at_least
                    .is_some_and(|least| major(word).is_some_and(|is| is >= least))
        })
    }
}

/// The major number of a version such as `v20.20.2` or `156.0.8078.79`.
pub(crate) fn major(version: &str) -> Option<u32> {
    let (first, rest) = version.trim_start_matches('v').split_once('.')?;
    rest.starts_with(|c: char| c.is_ascii_digit())
        .then(|| first.parse().ok())?
}

/// The tools a command may use: their directories come before PATH.
#[derive(Clone, Debug, Default)]
pub(crate) struct Toolbox {
    dirs: Vec<PathBuf>,
}

impl Toolbox {
    /// A directory that is on PATH is left where it is: put first, its other programs would hide ours.
    pub(crate) fn add(&mut self, dir: PathBuf) {
        let inherited = env::var_os("PATH").unwrap_or_default();
        if !self.dirs.contains(&dir) && !env::split_paths(&inherited).any(|on_path| on_path == dir)
        {
            self.dirs.push(dir);
        }
    }

    pub(crate) fn join(&mut self, other: Self) {
        other.dirs.into_iter().for_each(|dir| self.add(dir));
    }

    /// Puts the tools first on the PATH of a command.
    pub(crate) fn lend<'c>(&self, command: &'c mut Command) -> &'c mut Command {
        command.env("PATH", self.path())
    }

    fn path(&self) -> OsString {
        let inherited = env::var_os("PATH").unwrap_or_default();
        let dirs = self
            .dirs
            .iter()
            .cloned()
            .chain(env::split_paths(&inherited));
        env::join_paths(dirs).unwrap_or(inherited)
    }

    /// The full path of a program, ours first.
    pub(crate) fn find(&self, program: &str) -> Option<PathBuf> {
        let ours = self
            .dirs
            .iter()
            .map(|dir| dir.join(program))
            .find(|file| command::is_executable(file));
        ours.or_else(|| command::find(program))
    }
}

#[cfg(test)]
mod tests {
    use super::{Source, major, parse};

    const FILE: &str = r#"
[trunk]
version = "0.21.14"
from = "cargo"
programs = ["trunk"]

[node]
version = "24.21.0"
from = "npm"
programs = ["node"]
at-least = 20
"#;

    #[test]
    fn an_entry_is_read_and_its_version_is_what_the_program_says() {
        let trunk = parse(FILE, "trunk").unwrap();
        assert_eq!(
            (trunk.from, trunk.says.as_str()),
            (Source::Cargo, "0.21.14")
        );
        assert!(trunk.accepts("trunk 0.21.14"));
        assert!(!trunk.accepts("trunk 0.21.1"));
        assert!(!trunk.accepts("trunk 0.21.141"));
    }

    #[test]
    fn a_newer_major_does_where_the_entry_says_so() {
        let node = parse(FILE, "node").unwrap();
        assert!(node.accepts("v20.20.2"));
        assert!(!node.accepts("v18.19.0"));
    }

    #[test]
    fn a_missing_entry_is_named() {
        assert_eq!(parse(FILE, "binaryen").unwrap_err(), "the entry is missing");
    }

    #[test]
    fn a_version_has_a_major_number() {
        assert_eq!(major("156.0.8078.79"), Some(156));
        assert_eq!(major("v20.20.2"), Some(20));
        assert_eq!(major("built"), None);
    }
}
