//! Where things are: the checkout, the build output, the per-user cache and data.
//!
//! Nothing outside this file joins one of these paths from an environment variable.

use crate::failure::{Failure, Outcome};
use std::{
    env,
    path::{Path, PathBuf},
};

/// The checkout this program was built from.
pub(crate) fn root() -> PathBuf {
    let here = env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    here.parent().map_or(here.clone(), Path::to_path_buf)
}

/// The built app.
pub(crate) fn dist() -> PathBuf {
    root().join("dist")
}

pub(crate) fn e2e() -> PathBuf {
    root().join("tests").join("e2e")
}

/// The console in react-admin, to measure ours against.
pub(crate) fn peer() -> PathBuf {
    root().join("tests").join("peers").join("react-admin")
}

/// The tests of the server with the vendors' own clients.
pub(crate) fn sdk() -> PathBuf {
    root()
        .join("crates")
        .join("server")
        .join("tests")
        .join("sdk")
}

/// Cargo's output directory: this program is `TARGET/PROFILE/xtask`, whatever the configuration calls TARGET.
pub(crate) fn target() -> PathBuf {
    let beside_us = || {
        let exe = env::current_exe().ok()?;
        let profile = exe.parent()?;
        let profile = if profile.ends_with("deps") {
            profile.parent()?
        } else {
            profile
        };
        Some(profile.parent()?.to_path_buf())
    };
    beside_us().unwrap_or_else(|| root().join("target"))
}

/// Stamps and logs of this program.
pub(crate) fn scratch() -> PathBuf {
    target().join("xtask")
}

/// Tools, installed once for this user and shared by all checkouts.
pub(crate) fn tools() -> Outcome<PathBuf> {
    if let Some(dir) = given("STEWARD_TOOLS") {
        return Ok(dir);
    }
    Ok(user_dir("XDG_CACHE_HOME", ".cache")?
        .join("steward")
        .join("tools"))
}

/// What a person would be sorry to lose.
pub(crate) fn data() -> Outcome<PathBuf> {
    if let Some(dir) = given("STEWARD_DATA") {
        return Ok(dir);
    }
    Ok(user_dir("XDG_DATA_HOME", ".local/share")?.join("steward"))
}

/// Where cargo unpacks what others published.
pub(crate) fn sources() -> Outcome<PathBuf> {
    Ok(user_dir("CARGO_HOME", ".cargo")?
        .join("registry")
        .join("src"))
}

fn user_dir(variable: &str, below_home: &str) -> Outcome<PathBuf> {
    given(variable)
        .or_else(|| Some(env::home_dir()?.join(below_home)))
        .ok_or_else(|| {
            Failure::new(format!(
                "This user has no home directory: set {variable} to a directory."
            ))
        })
}

fn given(variable: &str) -> Option<PathBuf> {
    env::var_os(variable)
        .filter(|value| !value.is_empty())
        .map(PathBuf::from)
}
