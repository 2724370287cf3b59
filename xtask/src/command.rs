//! Starting other programs, with a sentence when one is missing or fails.

use crate::{
    failure::{Failure, Outcome},
    layout,
};
use std::{
    env,
    ffi::OsStr,
    io,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

/// A program to run at the root of the checkout, without anything on its input.
pub(crate) fn program(name: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(name);
    command.current_dir(layout::root()).stdin(Stdio::null());
    command
}

/// The cargo that runs us, so that a nested build uses the same toolchain.
pub(crate) fn cargo() -> Command {
    program(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// What a program printed on stdout, or nothing if it could not run or failed.
pub(crate) fn read(command: &mut Command) -> Option<String> {
    let output = command.stderr(Stdio::null()).output().ok()?;
    output
        .status
        .success()
        .then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// The sentence for a program that could not even start.
pub(crate) fn cannot_start(command: &Command, error: &io::Error) -> Failure {
    let name = command.get_program().to_string_lossy();
    match error.kind() {
        io::ErrorKind::NotFound => Failure::new(format!(
            "`{name}` is not installed: install it, then run again."
        )),
        _ => Failure::new(format!("Could not start `{name}`: {error}.")),
    }
}

/// Runs a program that talks to the person itself.
pub(crate) fn hand_over(command: &mut Command) -> Outcome {
    let status = command
        .status()
        .map_err(|error| cannot_start(command, &error))?;
    if status.success() {
        return Ok(());
    }
    let name = command.get_program().to_string_lossy();
    Err(Failure::new(format!(
        "`{name}` failed ({status}): see what it says above."
    )))
}

/// The first executable of this name in these directories, then on PATH.
pub(crate) fn find(name: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    env::split_paths(&path)
        .map(|dir| dir.join(name))
        .find(|file| is_executable(file))
}

pub(crate) fn is_executable(file: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        file.metadata()
            .is_ok_and(|meta| meta.is_file() && meta.permissions().mode() & 0o111 != 0)
    }
    #[cfg(not(unix))]
    {
        file.is_file()
    }
}
