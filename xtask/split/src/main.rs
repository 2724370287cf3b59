//! `steward-split INPUT DIRECTORY`: cuts a linked module along `#[wasm_split]` (src/lazy.rs).
//!
//! Leaves in the directory what `xtask/src/finish/split.rs` expects there: `main.wasm`, which wasm-bindgen has yet to
//! read, one `split_….wasm`, and `__wasm_split.js`, which loads it.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

fn main() -> ExitCode {
    let words: Vec<PathBuf> = env::args_os().skip(1).map(PathBuf::from).collect();
    let [input, directory] = words.as_slice() else {
        eprintln!("steward-split INPUT DIRECTORY");
        return ExitCode::FAILURE;
    };
    match cut(input, directory) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::FAILURE
        }
    }
}

fn cut(input: &Path, directory: &Path) -> Result<(), String> {
    let module =
        fs::read(input).map_err(|error| format!("Could not read {}: {error}.", input.display()))?;
    let main = directory.join("main.wasm");
    let mut options = wasm_split_cli_support::Options::new(&module);
    options.output_dir = directory;
    options.main_out_path = &main;
    wasm_split_cli_support::transform(options)
        .map(|_| ())
        .map_err(|error| format!("{error:#}"))
}
