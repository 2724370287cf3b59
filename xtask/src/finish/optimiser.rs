//! wasm-opt once more: what was kept only for an export that is gone, goes.

use super::scratch::Scratch;
use crate::{
    command,
    failure::{Failure, OrSay, Outcome},
    tools,
};
use std::fs;

/// The module made smaller. Which features it may use, it says itself.
pub(super) fn again(module: &[u8]) -> Outcome<Vec<u8>> {
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
        .args(["-Oz", "--reorder-functions"])
        .arg(&before)
        .arg("-o")
        .arg(&after);
    command::read(&mut optimise).ok_or_else(|| Failure::new("wasm-opt refused the module."))?;
    fs::read(&after).or_say(|| format!("read {}", after.display()))
}
