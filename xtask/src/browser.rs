//! Chromium and the driver that speaks to it: two programs of the same major version, or one sentence.
//!
//! `CHROMIUM` and `CHROMEDRIVER` name them outright; then PATH; then Debian's packages; on Ubuntu, whose package
//! is a snap that cannot run in a container or read our files, Chrome for Testing in the per-user cache.

use crate::{
    command, debian,
    debian::System,
    failure::{Failure, OrSay, Outcome},
    install, progress, setup, tools,
};
use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

/// A browser and its driver.
#[derive(Clone, Debug)]
pub(crate) struct Browser {
    pub(crate) chromium: PathBuf,
    pub(crate) driver: PathBuf,
}

const BROWSERS: [&str; 4] = [
    "chromium",
    "google-chrome-stable",
    "google-chrome",
    "chromium-browser",
];
const DRIVERS: [&str; 2] = ["chromedriver", "chromium.chromedriver"];

/// A pair that fits together, installed if need be.
pub(crate) fn ensure() -> Outcome<Browser> {
    match present() {
        Some(Ok(browser)) => return Ok(browser),
        Some(Err(mismatch)) if debian::system() == System::Other => return Err(mismatch),
        _ => {}
    }
    match debian::system() {
        System::Debian => {
            debian::install(&["chromium", "chromium-driver"], "Chromium with its driver")?
        }
        System::Ubuntu => return for_testing(),
        System::Other => {}
    }
    present().unwrap_or_else(|| {
        Err(Failure::new(
            "Chromium with chromedriver is not installed: install both in the same major version (or set CHROMIUM \
             and CHROMEDRIVER to them), then run again.",
        ))
    })
}

fn present() -> Option<Outcome<Browser>> {
    let chromium = named("CHROMIUM").or_else(|| BROWSERS.into_iter().find_map(command::find))?;
    let driver = named("CHROMEDRIVER").or_else(|| DRIVERS.into_iter().find_map(command::find))?;
    let of_browser = version(&chromium)?;
    let of_driver = version(&driver)?;
    if of_browser != of_driver {
        return Some(Err(Failure::new(format!(
            "{} is version {of_browser} but {} is version {of_driver}: install a driver of the browser's version.",
            chromium.display(),
            driver.display()
        ))));
    }
    Some(Ok(Browser { chromium, driver }))
}

fn named(variable: &str) -> Option<PathBuf> {
    env::var_os(variable)
        .map(PathBuf::from)
        .filter(|file| command::is_executable(file))
}

/// The major version, or nothing when the program cannot run (an uninstalled snap answers with a sentence).
fn version(program: &Path) -> Option<u32> {
    command::read(Command::new(program).arg("--version"))?
        .split_whitespace()
        .find_map(tools::major)
}

fn for_testing() -> Outcome<Browser> {
    let tool = tools::pinned("chrome-for-testing")?;
    if env::consts::ARCH != "x86_64" {
        return Err(Failure::new(
            "There is no Chrome for Testing for this processor: run `snap install chromium`, set CHROMIUM and \
             CHROMEDRIVER to its two programs, then run again.",
        ));
    }
    let home = tool.home()?;
    if let Some(browser) = in_cache(&home, &tool.version) {
        return Ok(browser);
    }
    let toolbox = setup::node()?;
    let npx = toolbox.find("npx").ok_or_else(install::no_npm)?;
    fs::create_dir_all(&home).or_say(|| format!("create {}", home.display()))?;
    let installer = tool.installer.as_deref().unwrap_or("@puppeteer/browsers");
    for program in &tool.programs {
        let mut command = command::program(&npx);
        command
            .args([
                "--yes",
                installer,
                "install",
                &format!("{program}@{}", tool.version),
                "--path",
            ])
            .arg(&home);
        progress::step(
            &format!("Installing {program} {} (once)", tool.version),
            toolbox.lend(&mut command),
        )?;
    }
    if in_cache(&home, &tool.version).is_none() {
        libraries()?;
    }
    in_cache(&home, &tool.version).ok_or_else(|| {
        Failure::new(format!(
            "Chrome for Testing is in {} but does not start: run its `chrome --version` and install the library it \
             names.",
            home.display()
        ))
    })
}

fn in_cache(home: &Path, release: &str) -> Option<Browser> {
    let place = |program: &str| {
        home.join(program)
            .join(format!("linux-{release}"))
            .join(format!("{program}-linux64"))
            .join(program)
    };
    let browser = Browser {
        chromium: place("chrome"),
        driver: place("chromedriver"),
    };
    (version(&browser.chromium)? == version(&browser.driver)?).then_some(browser)
}

/// What Chrome links against; the sound library was renamed between two Ubuntu releases.
fn libraries() -> Outcome {
    let common = [
        "libnss3",
        "libgbm1",
        "libgtk-3-0",
        "libxss1",
        "fonts-liberation",
    ];
    let with = |sound: &'static str| common.into_iter().chain([sound]).collect::<Vec<_>>();
    debian::install(&with("libasound2t64"), "the libraries of Chrome")
        .or_else(|_| debian::install(&with("libasound2"), "the libraries of Chrome"))
}
