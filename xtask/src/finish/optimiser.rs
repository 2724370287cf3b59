//! wasm-opt, after the cut and after the exports that nobody calls are gone: what was kept for them, goes.

use super::scratch::Scratch;
use crate::{
    command,
    failure::{Failure, OrSay, Outcome},
    tools,
};
use std::fs;

/// What rustc lets the app use; a module that was cut off no longer says so itself.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// The module made smaller.
pub(super) fn smaller(module: &[u8]) -> Outcome<Vec<u8>> {
    let program = tools::pinned("binaryen")?
        .locate()?
        .ok_or_else(|| Failure::new("there is no pinned wasm-opt."))?
        .join("wasm-opt");
    let scratch = Scratch::new()?;
    let (before, after) = (
        scratch.path().join("before.wasm"),
        scratch.path().join("after.wasm"),
    );
    fs::write(&before, module).or_say(|| format!("write {}", before.display()))?;
    let mut optimise = command::program(program);
    // Sorted after the rest is done, what is alike stands closer together: 1 kB less once it is compressed.
    optimise
        .args(FEATURES)
        .args(["-Oz", "--converge", "--reorder-functions", "--strip-debug"])
        .args(["--strip-producers", "--strip-target-features"])
        .arg(&before)
        .arg("-o")
        .arg(&after);
    command::read(&mut optimise).ok_or_else(|| Failure::new("wasm-opt refused the module."))?;
    fs::read(&after).or_say(|| format!("read {}", after.display()))
}
