//! Python with the vendors' own clients, in an environment of its own in the per-user cache.
//!
//! Guarantees: nothing of the machine's Python is changed; an environment is there whole or not at all, and
//! is made anew when the pinned packages or Python itself change.

use crate::{
    command, debian,
    failure::{Failure, OrSay, Outcome},
    layout, progress,
};
use std::{
    fs,
    path::{Path, PathBuf},
};

/// The oldest that the pinned packages run on.
const OLDEST: (u32, u32) = (3, 11);

/// The interpreter of an environment that holds the packages of this file and nothing else.
pub(crate) fn with(requirements: &Path) -> Outcome<PathBuf> {
    let wanted =
        fs::read_to_string(requirements).or_say(|| format!("read {}", requirements.display()))?;
    let version = machines()?;
    let home = layout::tools()?.join(format!("python-{version}-sdk"));
    let python = interpreter(&home);
    let stamp = home.join("requirements.txt");
    if command::is_executable(&python)
        && fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted)
    {
        return Ok(python);
    }
    // An environment knows its own path, so it is made in its place; the stamp says that it is whole.
    let _ = fs::remove_file(&stamp);
    let label = "Making an environment for Python (once)";
    progress::step(
        label,
        command::program("python3")
            .args(["-m", "venv", "--clear"])
            .arg(&home),
    )?;
    progress::step(
        "Installing the vendors' clients (once)",
        command::program(&python)
            .args([
                "-m",
                "pip",
                "install",
                "--disable-pip-version-check",
                "--no-input",
                "--no-deps",
                "--only-binary",
                ":all:",
                "--requirement",
            ])
            .arg(requirements),
    )?;
    fs::write(&stamp, wanted).or_say(|| format!("write {}", stamp.display()))?;
    Ok(python)
}

fn interpreter(home: &Path) -> PathBuf {
    home.join("bin").join("python")
}

/// The version of the machine's Python, such as `3.11`, after installing it where that is possible.
fn machines() -> Outcome<String> {
    // Debian ships the module without what it needs to work, so that has to be asked for as well.
    let ready = || {
        command::read(command::program("python3").args([
            "-c",
            "import ensurepip, sys; print('%d.%d' % sys.version_info[:2])",
        ]))
    };
    let version = match ready() {
        Some(version) => version,
        None => {
            debian::install(&["python3", "python3-venv"], "Python with venv")?;
            ready().ok_or_else(|| {
                Failure::new("Python was installed but cannot make environments: run again.")
            })?
        }
    };
    match read_version(&version) {
        Some(found) if found >= OLDEST => Ok(version),
        _ => Err(Failure::new(format!(
            "Python {version} is too old for the vendors' clients: install {}.{} or newer, then run again.",
            OLDEST.0, OLDEST.1
        ))),
    }
}

fn read_version(text: &str) -> Option<(u32, u32)> {
    let (major, minor) = text.split_once('.')?;
    Some((major.parse().ok()?, minor.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::{OLDEST, read_version};

    #[test]
    fn versions_are_compared_as_numbers() {
        assert!(read_version("3.9") < Some(OLDEST));
        assert!(read_version("3.13") > Some(OLDEST));
        assert_eq!(read_version("three"), None);
    }
}
