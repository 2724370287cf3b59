//! The scripts: wasm-bindgen's glue and boot.js, without what a browser does not need.

use super::esbuild::Esbuild;
use crate::failure::{OrSay, Outcome};
use std::{fs, path::Path};

/// Not hashed: the page starts it under this name.
const BOOT: &str = "boot.js";

pub(super) fn boot(dir: &Path, esbuild: &Esbuild) -> Outcome {
    let path = dir.join(BOOT);
    if !path.is_file() {
        return Ok(());
    }
    let text = fs::read_to_string(&path).or_say(|| format!("read {BOOT}"))?;
    fs::write(&path, esbuild.module(&text)?).or_say(|| format!("write {BOOT}"))
}

/// The glue with its default export alone, which is all that boot.js asks for: classes that only a script could make
/// go, and with them what they call in the app.
pub(super) fn shake(glue: &str, esbuild: &Esbuild) -> Outcome<String> {
    // Making a registry changes nothing; esbuild has to be told before it leaves one out.
    const REGISTRY: &str = "new FinalizationRegistry(";
    esbuild.default_export(&glue.replace(REGISTRY, &format!("/* @__PURE__ */ {REGISTRY}")))
}
