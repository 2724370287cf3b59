//! Installs a pinned tool once into the per-user cache, never into the build output.
//!
//! A tool appears in the cache whole or not at all: it is put together beside its place and then renamed.

use crate::{
    command, console,
    failure::{Failure, OrSay, Outcome},
    layout, progress,
    tools::{Source, Tool, Toolbox},
};
use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

/// The directory of a tool's programs, after installing it if need be.
pub(crate) fn ensure(tool: &Tool, toolbox: &Toolbox) -> Outcome<PathBuf> {
    if let Some(dir) = tool.locate()? {
        return Ok(dir);
    }
    let home = tool.home()?;
    let cache = layout::tools()?;
    fs::create_dir_all(&cache).or_say(|| format!("create {}", cache.display()))?;
    let partial = cache.join(format!(
        ".{}-{}.{}",
        tool.name,
        tool.version,
        std::process::id()
    ));
    remove(&partial)?;

    let installed = match tool.from {
        Source::Cargo => cargo_install(tool, &partial),
        Source::Npm => npm_install(tool, &partial, toolbox),
    };
    let placed = installed.and_then(|()| {
        if !tool.is_right(&tool.programs_in(&partial)) {
            return Err(Failure::new(format!(
                "{} {} was installed but does not report that version: check tools.toml.",
                tool.name, tool.version
            )));
        }
        remove(&home)?;
        fs::rename(&partial, &home).or_say(|| format!("put {} into {}", tool.name, home.display()))
    });
    let _ = fs::remove_dir_all(&partial);
    placed.map(|()| tool.programs_in(&home))
}

/// As its authors locked it; where the registry lacks one of the locked versions, as cargo resolves it now. The
/// pinned version of the tool itself holds either way.
fn cargo_install(tool: &Tool, into: &Path) -> Outcome {
    let build = layout::tools()?.join(".build");
    let label = format!("Installing {} {} (once)", tool.name, tool.version);
    let locked = progress::watch(&label, cargo(tool, into, &build)?.arg("--locked"))?;
    let done = if locked.ok {
        Ok(())
    } else if locked.text.contains("failed to select a version") {
        console::note("  the registry lacks a version of its lockfile; resolving anew");
        progress::step(&label, &mut cargo(tool, into, &build)?).map(drop)
    } else {
        Err(progress::explain(&label, &locked))
    };
    let _ = fs::remove_dir_all(&build);
    done
}

/// A tool is used seldom and built on every new machine, so what counts is how long that takes.
fn cargo(tool: &Tool, into: &Path, build: &Path) -> Outcome<Command> {
    let mut cargo = command::cargo();
    cargo
        .args([
            "install",
            &tool.name,
            "--version",
            &tool.version,
            "--force",
            "--root",
        ])
        .arg(into)
        .arg("--target-dir")
        .arg(build)
        .env("CARGO_PROFILE_RELEASE_LTO", "off")
        .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1")
        .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
        .env("CARGO_PROFILE_RELEASE_DEBUG", "0")
        .env_remove("RUSTFLAGS")
        .current_dir(layout::tools()?);
    Ok(cargo)
}

fn npm_install(tool: &Tool, into: &Path, toolbox: &Toolbox) -> Outcome {
    fs::create_dir_all(into).or_say(|| format!("create {}", into.display()))?;
    let npm = toolbox.find("npm").ok_or_else(no_npm)?;
    let mut npm = command::program(npm);
    npm.args([
        "install",
        "--no-audit",
        "--no-fund",
        "--ignore-scripts",
        "--no-package-lock",
        "--prefix",
    ])
    .arg(into)
    .arg(format!("{}@{}", package(tool), tool.version))
    .current_dir(into);
    progress::step(
        &format!("Installing {} {} (once)", tool.name, tool.version),
        toolbox.lend(&mut npm),
    )?;
    // A package that is nothing but a binary has no entry in `.bin`.
    let bin = tool.programs_in(into);
    let shipped = into.join("node_modules").join(package(tool)).join("bin");
    fs::create_dir_all(&bin).or_say(|| format!("create {}", bin.display()))?;
    #[cfg(unix)]
    for program in tool
        .programs
        .iter()
        .filter(|program| !bin.join(program).exists())
    {
        let target = Path::new("..")
            .join(package(tool))
            .join("bin")
            .join(program);
        if shipped.join(program).exists() {
            std::os::unix::fs::symlink(target, bin.join(program))
                .or_say(|| format!("link {program} into {}", bin.display()))?;
        }
    }
    Ok(())
}

/// Node itself is published per platform.
fn package(tool: &Tool) -> String {
    if tool.name != "node" {
        return tool.name.clone();
    }
    let system = match env::consts::OS {
        "macos" => "darwin",
        other => other,
    };
    let machine = match env::consts::ARCH {
        "aarch64" => "arm64",
        _ => "x64",
    };
    format!("node-{system}-{machine}")
}

pub(crate) fn no_npm() -> Failure {
    Failure::new("Node with npm is not installed: install Node 20 or newer, then run again.")
}

/// The compiler's half for the browser.
pub(crate) fn ensure_wasm_target() -> Outcome {
    let sysroot = command::read(command::program("rustc").args(["--print", "sysroot"]));
    let there = sysroot.is_some_and(|dir| {
        Path::new(&dir)
            .join("lib")
            .join("rustlib")
            .join("wasm32-unknown-unknown")
            .is_dir()
    });
    if there {
        return Ok(());
    }
    if command::find("rustup").is_none() {
        return Err(Failure::new(
            "This compiler cannot build for wasm32-unknown-unknown and there is no rustup to add it: install that \
             target with whatever installed Rust, then run again.",
        ));
    }
    progress::step(
        "Installing the wasm32 target (once)",
        command::program("rustup").args(["target", "add", "wasm32-unknown-unknown"]),
    )
    .map(drop)
}

/// clippy and rustfmt, which rust-toolchain.toml asks for, where a toolchain was installed without them.
pub(crate) fn ensure_components() -> Outcome {
    for (component, question) in [("clippy", "clippy"), ("rustfmt", "fmt")] {
        if command::read(command::cargo().args([question, "--version"])).is_some() {
            continue;
        }
        if command::find("rustup").is_none() {
            return Err(Failure::new(format!(
                "{component} is not installed: install it beside cargo, then run again."
            )));
        }
        progress::step(
            &format!("Installing {component} (once)"),
            command::program("rustup").args(["component", "add", component]),
        )?;
    }
    Ok(())
}

fn remove(dir: &Path) -> Outcome {
    if dir.exists() {
        console::note(format_args!("· removing an unfinished {}", dir.display()));
        fs::remove_dir_all(dir).or_say(|| format!("remove {}", dir.display()))?;
    }
    Ok(())
}
