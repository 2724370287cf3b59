//! esbuild, which takes out what a browser does not need: names, comments, white space, parts nobody uses.
//!
//! It comes from npm, so it may be missing: then everything stays as trunk made it.

use super::scratch::Scratch;
use crate::{
    command,
    failure::{Failure, OrSay, Outcome},
    tools,
};
use std::{fs, path::PathBuf, process::Command};

/// Every browser of 2022: what the app uses anyway is newer.
const TARGET: &str = "--target=es2022";

pub(super) struct Esbuild(PathBuf);

impl Esbuild {
    /// The pinned one, if it is here. Installing it is the set-up's.
    pub(super) fn locate() -> Option<Self> {
        let dir = tools::pinned("esbuild").ok()?.locate().ok()??;
        Some(Self(dir.join("esbuild")))
    }

    pub(super) fn styles(&self, text: &str) -> Outcome<String> {
        self.run(&[("in.css", text)], &["--minify", "in.css"])
    }

    pub(super) fn module(&self, text: &str) -> Outcome<String> {
        self.run(
            &[("in.js", text)],
            &["--minify", "--format=esm", TARGET, "in.js"],
        )
    }

    /// A module of which only the default export is used.
    pub(super) fn default_export(&self, text: &str) -> Outcome<String> {
        let files = [
            ("in.js", text),
            ("all.js", "export { default } from './in.js';"),
        ];
        // Nothing here is declared with `using`, so no class needs to say how it is disposed of.
        let options = [
            "--bundle",
            "--minify",
            "--format=esm",
            TARGET,
            "--define:Symbol.dispose=undefined",
            "all.js",
        ];
        self.run(&files, &options)
    }

    fn run(&self, files: &[(&str, &str)], options: &[&str]) -> Outcome<String> {
        let scratch = Scratch::new()?;
        for (name, text) in files {
            fs::write(scratch.path().join(name), text).or_say(|| format!("write {name}"))?;
        }
        let mut esbuild: Command = command::program(&self.0);
        esbuild
            .args(options)
            .args(["--log-level=error", "--charset=utf8"])
            .current_dir(scratch.path());
        let output = esbuild
            .output()
            .map_err(|error| command::cannot_start(&esbuild, &error))?;
        let said = String::from_utf8_lossy(&output.stderr);
        if !output.status.success() || output.stdout.is_empty() {
            let first = said.lines().find(|line| !line.trim().is_empty());
            return Err(Failure::new(format!(
                "esbuild says {}.",
                first.unwrap_or("nothing").trim()
            )));
        }
        String::from_utf8(output.stdout)
            .map(|text| text.trim_end().to_owned())
            .map_err(|_| Failure::new("esbuild's answer is no text."))
    }
}
