//! The release builds: the app into dist/, the server into cargo's output.
//!
//! trunk runs with our tools first on PATH and without its own check for a newer version, so it never needs the
//! network when the tools are there.

use crate::{
    command,
    failure::{Failure, OrSay, Outcome, disk_full},
    layout, progress, setup, stamp,
    tools::Toolbox,
};
use std::{env, fs, path::PathBuf, process::Command};

/// Flags for what is compiled for the browser, and for nothing else.
const FLAGS: &str = "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS";

/// The release app, built unless dist/ already holds it.
pub(crate) fn app() -> Outcome {
    if stamp::is_current() {
        return Ok(());
    }
    let toolbox = setup::build()?;
    room_for_a_build()?;
    if !layout::root().join("index.html").is_file() {
        return Err(Failure::new(
            "index.html is missing: bring it back from the repository, it is what trunk builds.",
        ));
    }
    let mut trunk = trunk(&toolbox)?;
    trunk.args(["build", "--release"]);
    if let Some(flag) = remap() {
        let flags = [env::var(FLAGS).ok(), Some(flag)];
        trunk.env(
            FLAGS,
            flags.into_iter().flatten().collect::<Vec<_>>().join(" "),
        );
    }
    progress::step("Building the app", &mut trunk)?;
    stamp::remember();
    Ok(())
}

/// Panics name the file they are in. Where that lies on the builder's machine is nobody's business who loads the
/// page, and would make other bytes of the same sources on another machine.
fn remap() -> Option<String> {
    Some(format!("--remap-path-prefix={}=/deps", sources()?))
}

/// What is to be called otherwise, where that can be said: flags in a variable are parted at blanks, and nothing
/// quotes them.
fn sources() -> Option<String> {
    let sources = layout::sources().ok()?.into_os_string().into_string();
    sources
        .ok()
        .filter(|path| !path.contains(char::is_whitespace))
}

/// Whether nothing in dist/ says where it was built.
///
/// # Errors
/// When something does, or dist/ cannot be read.
pub(crate) fn is_of_no_place() -> Outcome {
    let Some(sources) = sources() else {
        return Ok(());
    };
    let entries = fs::read_dir(layout::dist()).or_say(|| "read dist/".to_owned())?;
    for entry in entries.flatten() {
        let file = entry.path();
        let bytes = fs::read(&file).or_say(|| format!("read {}", file.display()))?;
        let mut parts = bytes.windows(sources.len());
        if parts.any(|part| part == sources.as_bytes()) {
            return Err(Failure::new(format!(
                "{} says that it was built beside {sources}, to everybody: see `remap` in xtask/src/build.rs.",
                file.display()
            )));
        }
    }
    Ok(())
}

/// trunk with our tools, without its self-check, and deaf to variables it would misread.
pub(crate) fn trunk(toolbox: &Toolbox) -> Outcome<Command> {
    let program = toolbox
        .find("trunk")
        .ok_or_else(|| Failure::new("trunk is not installed: run again."))?;
    let mut trunk = command::program(program);
    toolbox.lend(&mut trunk);
    trunk
        .env("TRUNK_SKIP_VERSION_CHECK", "true")
        // NO_COLOR=1 is an invalid value to it, and RUST_LOG would hide what it does.
        .env_remove("NO_COLOR")
        .env_remove("RUST_LOG")
        .env("RUST_BACKTRACE", "0");
    if env::var_os("NO_COLOR").is_some() {
        trunk.env("TRUNK_COLOR", "never");
    }
    Ok(trunk)
}

/// The reference server, in release.
pub(crate) fn server() -> Outcome<PathBuf> {
    setup::c_compiler()?;
    let binary = layout::target()
        .join("release")
        .join(format!("steward-server{}", env::consts::EXE_SUFFIX));
    if !binary.is_file() {
        room_for_a_build()?;
    }
    let mut cargo = command::cargo();
    cargo.args(["build", "--release", "--package", "steward-server"]);
    progress::step("Building the server", &mut cargo)?;
    if binary.is_file() {
        return Ok(binary);
    }
    Err(Failure::new(format!(
        "The server was built but is not at {}: unset CARGO_BUILD_TARGET.",
        binary.display()
    )))
}

/// A build that dies half-way of a full disk wastes minutes: ask first.
fn room_for_a_build() -> Outcome {
    const NEEDED: u64 = 1 << 30;
    let target = layout::target();
    fs::create_dir_all(&target).or_say(|| format!("create {}", target.display()))?;
    match rustix::fs::statvfs(&target) {
        Ok(disk) if disk.f_bavail.saturating_mul(disk.f_frsize) < NEEDED => Err(disk_full()),
        _ => Ok(()),
    }
}
