//! The scripts that drive a real Chromium against the release build: measurements, screenshots and a monkey.

use crate::{
    build, command,
    failure::{Failure, Outcome},
    install, layout, progress, setup,
    tools::Toolbox,
};
use std::{path::PathBuf, process::Command};

/// Timings of the release build; with `--peer` side by side with react-admin.
pub(crate) fn bench(words: impl IntoIterator<Item = String>) -> Outcome {
    let (peer, words): (Vec<_>, Vec<_>) = words.into_iter().partition(|word| word == "--peer");
    if peer.is_empty() {
        return script("bench.mjs", words);
    }
    let built = build_peer()?;
    let mut node = node()?;
    let file = layout::e2e().join("bench-peer.mjs");
    command::hand_over(node.arg(file).args(words).env("STEWARD_PEER", built))
}

/// Builds the react-admin app, by npm from its lockfile. Returns its folder.
fn build_peer() -> Outcome<PathBuf> {
    let toolbox = setup::node_for_tests()?;
    let sources = layout::peer();
    setup::packages(&toolbox, &sources)?;
    let built = layout::scratch().join("peer-react-admin");
    let npm = toolbox.find("npm").ok_or_else(install::no_npm)?;
    let mut npm = command::program(npm);
    npm.args(["run", "build", "--", "--emptyOutDir", "--outDir"])
        .arg(&built)
        .current_dir(sources);
    progress::step("Building the react-admin peer", toolbox.lend(&mut npm))?;
    Ok(built)
}

/// A screenshot of every state.
pub(crate) fn shots(words: impl IntoIterator<Item = String>) -> Outcome {
    script("shots.mjs", words)
}

/// Random presses under faults, and the record of them held against the database.
pub(crate) fn monkey(words: impl IntoIterator<Item = String>) -> Outcome {
    script("monkey.mjs", words)
}

fn script(name: &str, words: impl IntoIterator<Item = String>) -> Outcome {
    let file = layout::e2e().join(name);
    if !file.is_file() {
        return Err(Failure::new(format!(
            "tests/e2e/{name} is missing: bring it back from the repository."
        )));
    }
    let mut node = node()?;
    command::hand_over(node.arg(file).args(words))
}

/// Node with everything a script or a journey is told: where the server, the app, the browser and the pictures are.
pub(crate) fn node() -> Outcome<Command> {
    let mut toolbox = Toolbox::default();
    let browser = setup::end_to_end(&mut toolbox)?;
    build::app()?;
    let server = build::server()?;
    let node = toolbox
        .find("node")
        .ok_or_else(|| Failure::new("Node is not installed: install Node 20 or newer."))?;
    let mut node = command::program(node);
    toolbox.lend(&mut node);
    node.env("STEWARD_SERVER", server)
        .env("STEWARD_DIST", layout::dist())
        .env("STEWARD_SHOTS", layout::root().join("shots"))
        .env("CHROMIUM", browser.chromium)
        .env("CHROMEDRIVER", browser.driver);
    Ok(node)
}
