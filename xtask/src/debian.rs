//! Packages of the system, on Debian and Ubuntu alone: as root, or through sudo.
//!
//! Elsewhere, and without the right to it, the answer is the one line a person has to run.

use crate::{
    command, console,
    failure::{Failure, Outcome},
    progress,
};
use std::{fs, process::Command};

/// What this machine runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum System {
    Debian,
    Ubuntu,
    Other,
}

pub(crate) fn system() -> System {
    fs::read_to_string("/etc/os-release").map_or(System::Other, |text| read_release(&text))
}

fn read_release(text: &str) -> System {
    let value = |key: &str| {
        text.lines()
            .find_map(|line| line.strip_prefix(key)?.strip_prefix('='))
            .unwrap_or("")
            .trim_matches('"')
    };
    let is = |name: &str| {
        value("ID") == name || value("ID_LIKE").split_whitespace().any(|like| like == name)
    };
    if is("ubuntu") {
        System::Ubuntu
    } else if is("debian") {
        System::Debian
    } else {
        System::Other
    }
}

/// Installs packages, or says what has to be installed and why.
pub(crate) fn install(packages: &[&str], what: &str) -> Outcome {
    let by_hand = format!("apt-get install -y {}", packages.join(" "));
    if system() == System::Other || command::find("apt-get").is_none() {
        return Err(Failure::new(format!(
            "{what} is not installed: install it, then run again."
        )));
    }
    let Some(prefix) = rights() else {
        return Err(Failure::new(format!(
            "{what} is not installed and this user may not install packages: have an administrator run \
             `{by_hand}`, then run again."
        )));
    };
    progress::step("Reading the package lists", apt(prefix).arg("update"))?;
    progress::step(
        &format!("Installing {what} (once)"),
        apt(prefix)
            .args(["install", "-y", "--no-install-recommends"])
            .args(packages),
    )?;
    Ok(())
}

/// What comes before apt-get; nothing for root.
#[derive(Clone, Copy)]
enum Prefix {
    Nothing,
    Sudo,
}

fn rights() -> Option<Prefix> {
    if rustix::process::geteuid().is_root() {
        return Some(Prefix::Nothing);
    }
    command::find("sudo")?;
    if command::read(command::program("sudo").args(["-n", "true"])).is_some() {
        return Some(Prefix::Sudo);
    }
    // Asked once here, so that the password is not asked for underneath a progress line.
    if console::interactive() {
        console::note(
            "A package of the system is missing; sudo asks for your password to install it.",
        );
        if Command::new("sudo")
            .arg("-v")
            .status()
            .is_ok_and(|status| status.success())
        {
            return Some(Prefix::Sudo);
        }
    }
    None
}

fn apt(prefix: Prefix) -> Command {
    let mut command = match prefix {
        Prefix::Nothing => command::program("env"),
        Prefix::Sudo => {
            let mut sudo = command::program("sudo");
            sudo.args(["-n", "env"]);
            sudo
        }
    };
    command.args([
        "DEBIAN_FRONTEND=noninteractive",
        "LC_ALL=C.UTF-8",
        "apt-get",
        "-q",
        "-o",
        "DPkg::Lock::Timeout=300",
    ]);
    command
}

#[cfg(test)]
mod tests {
    use super::{System, read_release};

    #[test]
    fn the_family_is_recognised() {
        assert_eq!(read_release("ID=debian\nVERSION_ID=\"12\""), System::Debian);
        assert_eq!(read_release("ID=ubuntu\nID_LIKE=debian"), System::Ubuntu);
        assert_eq!(
            read_release("ID=linuxmint\nID_LIKE=\"ubuntu debian\""),
            System::Ubuntu
        );
        assert_eq!(read_release("ID=fedora"), System::Other);
    }
}
