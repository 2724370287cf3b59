//! The binary: reads the command line, runs it, and turns a failure into one sentence and an exit code.
//!
//! Must not know what the commands do; `steward_server::command` does.

use std::process::ExitCode;

use clap::Parser;
use steward_server::cli::Cli;
use steward_server::command;

fn main() -> ExitCode {
    match command::run(Cli::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            eprintln!("{sentence}");
            ExitCode::FAILURE
        }
    }
}
