//! A directory for what a tool reads and writes on the way, gone when it is dropped.

use crate::{
    failure::{OrSay, Outcome},
    layout,
};
use std::{
    fs,
    path::{Path, PathBuf},
    process,
};

pub(super) struct Scratch(PathBuf);

impl Scratch {
    pub(super) fn new() -> Outcome<Self> {
        let dir = layout::scratch().join(format!("finish-{}", process::id()));
        fs::create_dir_all(&dir).or_say(|| format!("create {}", dir.display()))?;
        Ok(Self(dir))
    }

    pub(super) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[cfg(test)]
pub(super) fn of_test(name: &str) -> PathBuf {
    let dir = std::env::temp_dir().join(format!("steward-{name}-{}", process::id()));
    fs::create_dir_all(&dir).unwrap();
    dir
}
