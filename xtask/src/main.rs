//! `cargo xtask`: all set-up, builds, runs and checks of the console.
//!
//! This file only says which command is which. Guarantees that hold for all of them: what is missing is installed
//! or named in one sentence; a failure is one sentence and exit code 1; nothing outside the checkout, the per-user
//! cache and the per-user data directory is written.

mod args;
mod browser;
mod build;
mod ci;
mod command;
mod compress;
mod console;
mod day;
mod debian;
mod dev;
mod failure;
mod finish;
mod install;
mod layout;
mod progress;
mod python;
mod run;
mod scripts;
mod server;
mod setup;
mod signals;
mod size;
mod stamp;
mod test;
mod tools;

use crate::failure::{Failure, Outcome};
use std::{env, process::ExitCode};

const HELP: &str = "\
cargo xtask run     build the release app, start the server, print the address and the demo sign-ins
cargo xtask test    every check and test; `test native`, `sdk`, `browser`, `e2e` or `ci` for one part
cargo xtask dev     the server and `trunk serve`: rebuilt on every change
cargo xtask build   the release app in dist/, compressed
cargo xtask size    what a first visit downloads, against the budget; `--markdown` for docs/measurements.md
cargo xtask bench   timings of the release build in Chromium; `--peer` side by side with react-admin, `--quick`
cargo xtask shots   a screenshot of every state, in shots/
cargo xtask monkey  random presses under faults for ten minutes; `--minutes N`, `--seed N`
cargo xtask ci      the rules of the repository";

fn main() -> ExitCode {
    let mut words = env::args().skip(1);
    let command = words.next();
    match dispatch(command.as_deref(), words) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            if !failure.is_silent() {
                console::note(failure);
            }
            ExitCode::FAILURE
        }
    }
}

fn dispatch(command: Option<&str>, words: impl Iterator<Item = String>) -> Outcome {
    match command {
        Some("run") => run::run(words),
        Some("dev") => dev::dev(words),
        Some("build") => build::app(),
        Some("test") => test::test(words),
        Some("size") => size::size(words),
        Some("bench") => scripts::bench(words),
        Some("shots") => scripts::shots(words),
        Some("monkey") => scripts::monkey(words),
        Some("ci") => ci::ci(),
        Some("compress") => compress::hook(),
        Some("help" | "--help" | "-h") | None => {
            console::say(HELP);
            Ok(())
        }
        Some(other) => Err(Failure::new(format!("`{other}` is no command.\n\n{HELP}"))),
    }
}
