//! `cargo xtask test`: every check and every test, one part after the other.
//!
//! A part that fails does not hide the others. The last lines are one per part and then the sum alone, in exactly
//! this form: `12 passed, 0 failed`. A part that could not start counts as one failure. Between them stands how much of
//! the fault matrix the parts have been through.

mod count;
mod matrix;
mod parts;

use self::{count::Counts, matrix::Matrix};
use crate::{
    args::Args,
    console,
    failure::{Failure, OrSay, Outcome},
    layout, progress,
};
use std::{
    fs,
    process::Command,
    time::{Duration, Instant},
};

const USAGE: &str = "cargo xtask test [native | sdk | browser | e2e | ci]";

/// A part by its name.
struct Part {
    name: &'static str,
    run: fn() -> Outcome<Found>,
}

/// What a part came to.
struct Found {
    counts: Counts,
    /// What of the fault matrix it has been through.
    matrix: Matrix,
}

impl From<Counts> for Found {
    fn from(counts: Counts) -> Self {
        Self {
            counts,
            matrix: Matrix::default(),
        }
    }
}

const RULES: Part = Part {
    name: "rules",
    run: parts::rules,
};
const FORMAT: Part = Part {
    name: "format",
    run: parts::format,
};
const CLIPPY: Part = Part {
    name: "clippy",
    run: parts::clippy,
};
const CLIPPY_APP: Part = Part {
    name: "clippy, app",
    run: parts::clippy_app,
};
const NATIVE: Part = Part {
    name: "native tests",
    run: parts::native,
};
const SDK: Part = Part {
    name: "vendors' clients",
    run: parts::sdk,
};
const BUILD: Part = Part {
    name: "build and size",
    run: parts::build,
};
const BROWSER: Part = Part {
    name: "browser tests",
    run: parts::browser,
};
const E2E: Part = Part {
    name: "end-to-end tests",
    run: parts::end_to_end,
};

pub(crate) fn test(words: impl IntoIterator<Item = String>) -> Outcome {
    let mut args = Args::new(words, USAGE);
    let parts = match args.word().as_deref() {
        None => vec![
            RULES, FORMAT, CLIPPY, CLIPPY_APP, NATIVE, SDK, BUILD, BROWSER, E2E,
        ],
        Some("ci") => vec![RULES, FORMAT, CLIPPY, CLIPPY_APP],
        Some("native") => vec![NATIVE],
        Some("sdk") => vec![SDK],
        Some("browser") => vec![BROWSER],
        Some("e2e") => vec![BUILD, E2E],
        Some(other) => {
            return Err(Failure::new(format!(
                "`{other}` is no part. Usage: {USAGE}"
            )));
        }
    };
    args.finish()?;
    fresh_data()?;

    let done: Vec<(&str, Found, Duration)> = parts.into_iter().map(|part| run(&part)).collect();
    console::say("");
    let mut matrix = Matrix::default();
    let mut sum = Counts::default();
    for (name, found, elapsed) in done {
        let counts = found.counts;
        console::say(format_args!(
            "{} {name:<18}{counts}  {}",
            mark(counts),
            progress::clock(elapsed)
        ));
        sum = sum + counts;
        matrix += found.matrix;
    }
    if !matrix.is_empty() {
        let counts = matrix.judged();
        console::say(format_args!(
            "{} {:<18}{matrix}",
            mark(counts),
            "fault matrix"
        ));
        sum = sum + counts;
    }
    console::say(sum);
    // The sum is the last line, so the failure has no sentence of its own.
    if sum.failed == 0 {
        Ok(())
    } else {
        Err(Failure::silent())
    }
}

fn mark(counts: Counts) -> char {
    if counts.failed == 0 { '✓' } else { '✗' }
}

fn run(part: &Part) -> (&'static str, Found, Duration) {
    let began = Instant::now();
    console::note(format_args!("\n── {}", part.name));
    let found = (part.run)().unwrap_or_else(|failure| {
        console::note(failure);
        Counts::FAILED.into()
    });
    (part.name, found, began.elapsed())
}

/// A person's own data is out of reach of every test.
fn data() -> std::path::PathBuf {
    layout::scratch().join("data")
}

fn fresh_data() -> Outcome {
    if data().exists() {
        fs::remove_dir_all(data()).or_say(|| "empty the data directory of the tests".to_owned())?;
    }
    fs::create_dir_all(data()).or_say(|| "create the data directory of the tests".to_owned())
}

/// Runs a step of a part away from a person's data. The output of a failure is shown.
fn step(label: &str, command: &mut Command) -> Outcome<(bool, String)> {
    command
        .env("STEWARD_DATA", data())
        .env("XDG_DATA_HOME", data());
    let report = progress::watch(label, command)?;
    if !report.ok {
        console::note(report.text.trim_end());
        if let Some(cause) = crate::failure::known_cause(&report.text) {
            console::note(cause);
        }
    }
    Ok((report.ok, report.text))
}
