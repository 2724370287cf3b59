//! What each part runs. Every part sets up what it needs itself, so each can be run alone.

use super::{
    Found,
    count::{self, Counts},
    matrix::Matrix,
    step,
};
use crate::{
    browser, build as builds, ci, command,
    failure::{Failure, OrSay, Outcome},
    install, layout, python, scripts, setup, size,
};
use std::{
    env, fs,
    path::{Path, PathBuf},
};

/// Everything that is not compiled for the browser.
const ALL_BUT_THE_APP: [&str; 3] = ["--workspace", "--exclude", "steward"];
const WASM: [&str; 2] = ["--target", "wasm32-unknown-unknown"];

pub(super) fn rules() -> Outcome<Found> {
    let verdict = ci::check()?;
    let counts = Counts {
        passed: verdict.held,
        failed: verdict.broken,
    };
    Ok(counts.into())
}

pub(super) fn format() -> Outcome<Found> {
    install::ensure_components()?;
    let (ok, _) = step(
        "Checking the format",
        command::cargo().args(["fmt", "--all", "--check"]),
    )?;
    Ok(Counts::one(ok).into())
}

pub(super) fn clippy() -> Outcome<Found> {
    install::ensure_components()?;
    setup::c_compiler()?;
    let mut cargo = command::cargo();
    cargo
        .arg("clippy")
        .args(ALL_BUT_THE_APP)
        .args(["--all-targets", "--", "-D", "warnings"]);
    let (ok, _) = step("Clippy on everything native", &mut cargo)?;
    Ok(Counts::one(ok).into())
}

pub(super) fn clippy_app() -> Outcome<Found> {
    install::ensure_components()?;
    install::ensure_wasm_target()?;
    let mut cargo = command::cargo();
    cargo
        .args(["clippy", "--package", "steward", "--all-targets"])
        .args(WASM)
        .args(["--", "-D", "warnings"]);
    let (ok, _) = step("Clippy on the app", &mut cargo)?;
    Ok(Counts::one(ok).into())
}

pub(super) fn native() -> Outcome<Found> {
    setup::c_compiler()?;
    // The app on its own: beside the others its crates would be built with features that it ships without.
    let runs: [(&str, &[&str]); 2] = [
        ("Native tests", &ALL_BUT_THE_APP),
        (
            "Native tests of the app",
            &["--package", "steward", "--lib"],
        ),
    ];
    let mut found = Found::from(Counts::default());
    for (label, which) in runs {
        let mut cargo = command::cargo();
        cargo.arg("test").args(which).arg("--no-fail-fast");
        let (ok, text) = step(label, &mut cargo)?;
        found.counts = found.counts + count::of_cargo(&text).judged(ok);
        found.matrix += Matrix::of(&text);
    }
    Ok(found)
}

/// The server, judged by the clients that vendors give out. It starts its servers itself.
pub(super) fn sdk() -> Outcome<Found> {
    let tests = layout::sdk();
    let python = python::with(&tests.join("requirements.txt"))?;
    let mut python = command::program(python);
    python
        .args(["-B", "-m", "unittest", "discover", "--start-directory"])
        .arg(&tests)
        .env("STEWARD_SERVER", builds::server()?);
    // A person's own key or address must not be what is tested.
    for (name, _) in env::vars_os() {
        let text = name.to_string_lossy();
        if ["ANTHROPIC_", "OPENAI_"]
            .iter()
            .any(|vendor| text.starts_with(vendor))
        {
            python.env_remove(&name);
        }
    }
    let (ok, text) = step("Tests with the vendors' clients", &mut python)?;
    Ok(count::of_python(&text).judged(ok).into())
}

pub(super) fn build() -> Outcome<Found> {
    builds::app()?;
    size::within_budget()?;
    builds::is_of_no_place()?;
    let counts = Counts {
        passed: 3,
        failed: 0,
    };
    Ok(counts.into())
}

pub(super) fn browser() -> Outcome<Found> {
    install::ensure_wasm_target()?;
    let browser = browser::ensure()?;
    let mut toolbox = crate::tools::Toolbox::default();
    toolbox.add(setup::bindgen(&toolbox)?);
    let mut cargo = command::cargo();
    toolbox.lend(&mut cargo);
    cargo
        .args(["test", "--package", "steward", "--test", "web"])
        .args(WASM)
        .env("CHROMEDRIVER", &browser.driver)
        .env(
            "WASM_BINDGEN_TEST_WEBDRIVER_JSON",
            capabilities(&browser.chromium)?,
        )
        // Two busy cores are slower than the runner expects.
        .env("WASM_BINDGEN_TEST_TIMEOUT", "600")
        .env("WASM_BINDGEN_TEST_DRIVER_TIMEOUT", "30");
    let (ok, text) = step("Browser tests", &mut cargo)?;
    Ok(count::of_cargo(&text).judged(ok).into())
}

/// webdriver.json with the browser we found, which need not be where the driver would look.
fn capabilities(chromium: &Path) -> Outcome<PathBuf> {
    const OPTIONS: &str = "\"goog:chromeOptions\": {";
    let common = layout::root().join("webdriver.json");
    let text = fs::read_to_string(&common).or_say(|| "read webdriver.json".to_owned())?;
    let path = chromium
        .to_string_lossy()
        .replace('\\', "\\\\")
        .replace('"', "\\\"");
    let file = layout::scratch().join("webdriver.json");
    let ours = text.replacen(OPTIONS, &format!("{OPTIONS} \"binary\": \"{path}\","), 1);
    fs::write(&file, ours).or_say(|| format!("write {}", file.display()))?;
    Ok(file)
}

pub(super) fn end_to_end() -> Outcome<Found> {
    let mut journeys: Vec<_> = fs::read_dir(layout::e2e())
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.to_string_lossy().ends_with(".test.mjs"))
        .collect();
    journeys.sort();
    if journeys.is_empty() {
        return Err(Failure::new(
            "There is no tests/e2e/*.test.mjs: bring the journeys back from the repository.",
        ));
    }
    let mut node = scripts::node()?;
    node.args(["--test", "--test-reporter=spec", "--test-concurrency=1"])
        .args(journeys);
    let (ok, text) = step("End-to-end tests", &mut node)?;
    Ok(Found {
        counts: count::of_node(&text).judged(ok),
        matrix: Matrix::of(&text),
    })
}
