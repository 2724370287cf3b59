//! Which tools each job needs. Every command asks here before it starts, so set-up is never a step of its own.

use crate::{
    browser::{self, Browser},
    command, console, debian,
    debian::System,
    failure::{Failure, OrSay, Outcome},
    install, layout, progress,
    tools::{self, Toolbox},
};
use std::{
    fs,
    path::{Path, PathBuf},
};

/// Building the app: the wasm target, trunk, wasm-bindgen of Cargo.lock's version, and where there is Node what makes the app small.
pub(crate) fn build() -> Outcome<Toolbox> {
    c_compiler()?;
    install::ensure_wasm_target()?;
    let mut toolbox = node().unwrap_or_default();
    toolbox.add(install::ensure(&tools::pinned("trunk")?, &toolbox)?);
    toolbox.add(bindgen(&toolbox)?);
    for name in ["binaryen", "esbuild"] {
        let tool = tools::pinned(name)?;
        match tool.locate()? {
            Some(dir) => toolbox.add(dir),
            None if toolbox.find("npm").is_some() => {
                toolbox.add(install::ensure(&tool, &toolbox)?);
            }
            None => console::note(format_args!(
                "There is no Node for the pinned {name}, so the app is larger than it has to be (trunk fetches a \
                 wasm-opt of its own): install Node 20."
            )),
        }
    }
    Ok(toolbox)
}

/// Only what the server alone needs.
pub(crate) fn c_compiler() -> Outcome {
    if ["cc", "gcc", "clang"]
        .into_iter()
        .any(|name| command::find(name).is_some())
    {
        return Ok(());
    }
    debian::install(&["gcc", "libc6-dev"], "A C compiler")
}

/// wasm-bindgen and its test runner, equal to the library the app links.
pub(crate) fn bindgen(toolbox: &Toolbox) -> Outcome<PathBuf> {
    let tool = tools::pinned("wasm-bindgen-cli")?;
    let lock = fs::read_to_string(layout::root().join("Cargo.lock"))
        .or_say(|| "read Cargo.lock".to_owned())?;
    match locked(&lock, "wasm-bindgen") {
        Some(version) if version != tool.version => Err(Failure::new(format!(
            "Cargo.lock has wasm-bindgen {version} but tools.toml pins its tool at {}: write {version} into tools.toml.",
            tool.version
        ))),
        _ => install::ensure(&tool, toolbox),
    }
}

/// The version a lockfile holds for a package.
pub(crate) fn locked(lock: &str, package: &str) -> Option<String> {
    let wanted = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| *line != wanted);
    lines.next()?;
    let version = lines
        .next()?
        .strip_prefix("version = \"")?
        .strip_suffix('"')?;
    Some(version.to_owned())
}

/// Node of the oldest version that works or newer, with npm.
pub(crate) fn node() -> Outcome<Toolbox> {
    let tool = tools::pinned("node")?;
    let mut toolbox = Toolbox::default();
    if command::find("npm").is_none() {
        return Err(install::no_npm());
    }
    toolbox.add(install::ensure(&tool, &toolbox)?);
    Ok(toolbox)
}

/// Node, installed by the system's packages where that is possible.
pub(crate) fn node_for_tests() -> Outcome<Toolbox> {
    if command::find("npm").is_none() && debian::system() != System::Other {
        debian::install(&["nodejs", "npm"], "Node with npm")?;
    }
    node()
}

/// The browser, and the packages that drive it, from the committed lockfile.
pub(crate) fn end_to_end(toolbox: &mut Toolbox) -> Outcome<Browser> {
    let node = node_for_tests()?;
    packages(&node, &layout::e2e())?;
    toolbox.join(node);
    browser::ensure()
}

/// `npm ci` in a folder, unless what is installed is what its lockfile says.
pub(crate) fn packages(toolbox: &Toolbox, dir: &Path) -> Outcome {
    let lock = dir.join("package-lock.json");
    let Ok(wanted) = fs::read(&lock) else {
        return Err(Failure::new(format!(
            "{} is missing: bring it back from the repository.",
            lock.display()
        )));
    };
    let stamp = dir.join("node_modules").join(".steward-lock");
    if fs::read(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    let npm = toolbox.find("npm").ok_or_else(install::no_npm)?;
    let mut npm = command::program(npm);
    npm.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
        .current_dir(dir);
    progress::step("Installing the npm packages", toolbox.lend(&mut npm))?;
    fs::write(&stamp, wanted).or_say(|| format!("write {}", stamp.display()))
}

#[cfg(test)]
mod tests {
    use super::locked;

    #[test]
    fn the_lockfile_is_asked_for_one_package() {
        let lock = "[[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\n\n[[package]]\nname = \"wasm-bindgen-futures\"\nversion = \"0.4.63\"\n";
        assert_eq!(locked(lock, "wasm-bindgen").as_deref(), Some("0.2.130"));
        assert_eq!(locked(lock, "bindgen"), None);
    }
}
