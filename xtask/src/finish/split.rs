//! The app in parts: what a first visit needs, and the lazy groups of src/lazy.rs, which the glue loads when it is asked to.
//!
//! trunk knows one module, so the cut is made here, on what the linker left: cut, wasm-bindgen on the main part, and the
//! loader put into the glue, so that there is one script as before. Guarantees an app that starts or a failure: without
//! the cut a release build calls what nobody gives it.

use super::scratch::Scratch;
use crate::{
    command,
    failure::{Failure, OrSay, Outcome},
    layout, setup,
    tools::Toolbox,
};
use std::{fs, path::Path};

/// Where cargo leaves what index.html asks it for (`data-cargo-profile-release`).
const LINKED: &str = "wasm32-unknown-unknown/wasm-release/steward.wasm";
/// As the cutter names it, and wasm-bindgen the object that holds its functions.
const LOADER: &str = "./__wasm_split.js";
/// Which module the loader takes its imports from. It is the one it is put into.
const OF_GLUE: &str = "import { initSync } from \"./main.js\";";

/// The modules and what joins them.
pub(super) struct Parts {
    pub(super) glue: String,
    pub(super) main: Vec<u8>,
    pub(super) lazy: Vec<Lazy>,
}

/// A module that the glue loads when it is asked to.
pub(super) struct Lazy {
    /// As the glue names it.
    pub(super) file: String,
    /// What it is called where people see it.
    pub(super) name: String,
    pub(super) bytes: Vec<u8>,
}

/// Cuts what trunk has just built.
pub(super) fn cut() -> Outcome<Parts> {
    let scratch = Scratch::new()?;
    let dir = scratch.path();
    let linked = layout::target().join(LINKED);
    let mut cutter = command::cargo();
    cutter
        .args(["run", "--quiet", "--package", "steward-split", "--"])
        .arg(&linked)
        .arg(dir);
    command::hand_over(&mut cutter)?;
    let programs = setup::bindgen(&Toolbox::default())?;
    let mut bindgen = command::program(programs.join("wasm-bindgen"));
    // What the linker exports is how the modules share their memory.
    bindgen
        .args(["--target", "web", "--no-typescript", "--keep-lld-exports"])
        .args(["--out-name", "main"])
        .arg("--out-dir")
        .arg(dir)
        .arg(dir.join("main.wasm"));
    command::hand_over(&mut bindgen)?;
    let read = |name: &str| fs::read(dir.join(name)).or_say(|| format!("read {name}"));
    let text = |name: &str| fs::read_to_string(dir.join(name)).or_say(|| format!("read {name}"));
    let lazy = lazy(dir)?;
    let joined = joined(&text("main.js")?, &text("__wasm_split.js")?);
    Ok(Parts {
        glue: joined.ok_or_else(|| {
            Failure::new(
                "The glue and the loader are of an unknown form: see xtask/src/finish/split.rs.",
            )
        })?,
        main: read("main_bg.wasm")?,
        lazy,
    })
}

/// The lazy modules: one a group, and those that several groups share.
fn lazy(dir: &Path) -> Outcome<Vec<Lazy>> {
    let entries = fs::read_dir(dir).or_say(|| format!("read {}", dir.display()))?;
    let mut parts = Vec::new();
    for entry in entries.flatten() {
        let Ok(file) = entry.file_name().into_string() else {
            continue;
        };
        let Some(stem) = file.strip_suffix(".wasm") else {
            continue;
        };
        let name = match (stem.strip_prefix("split_"), stem.strip_prefix("chunk_")) {
            (Some(group), _) => format!("lazy-{}", group.replace('_', "-")),
            (_, Some(number)) => format!("lazy-shared-{number}"),
            _ => continue,
        };
        let bytes = fs::read(entry.path()).or_say(|| format!("read {file}"))?;
        parts.push(Lazy { file, name, bytes });
    }
    parts.sort_by(|one, other| one.name.cmp(&other.name));
    match parts.is_empty() {
        false => Ok(parts),
        true => Err(Failure::new("The app has no lazy part, as it should have.")),
    }
}

/// Glue and loader in one script. They import each other, and two addresses of one script would run it twice.
///
/// wasm-bindgen imports the loader once for each function of it, each time as a whole.
fn joined(glue: &str, loader: &str) -> Option<String> {
    let loader = loader.strip_prefix(OF_GLUE)?;
    let mut functions = String::new();
    for line in loader.lines() {
        if let Some(function) = line.strip_prefix("export const ") {
            functions.push_str(function.split(' ').next()?);
            functions.push(',');
        }
    }
    let from = format!(" from \"{LOADER}\"");
    let key = format!("\"{LOADER}\": ");
    let mut script = String::new();
    let (mut imports, mut keys) = (0, 0);
    for line in glue.lines() {
        if line.starts_with("import * as ") && line.ends_with(&from) {
            imports += 1;
            continue;
        }
        if line.trim_start().starts_with(&key) {
            keys += 1;
            if keys == 1 {
                script.push_str(&format!("{key}{{{functions}}},\n"));
            }
            continue;
        }
        script.push_str(line);
        script.push('\n');
    }
    let is_known = !functions.is_empty() && imports > 0 && imports == keys;
    if !is_known || script.contains("import * as ") {
        return None;
    }
    script.push_str(&loader.replace("export const ", "const "));
    Some(script)
}

#[cfg(test)]
mod tests {
    use super::{joined, lazy};
    use crate::finish::scratch;
    use std::fs;

    const GLUE: &str = "import * as import1 from \"./__wasm_split.js\"\nimport * as import2 from \"./__wasm_split.js\"\n\
                        function imports() {\n    return {\n        \"./main_bg.js\": import0,\n        \
                        \"./__wasm_split.js\": import1,\n        \"./__wasm_split.js\": import2,\n    };\n}\n\
                        export { initSync };\n";
    const LOADER: &str = "import { initSync } from \"./main.js\";\n\nfunction makeLoad() {}\n\
                          export const __wasm_split_load_later = makeLoad();\n";

    #[test]
    fn glue_and_loader_become_one_script() {
        let script = joined(GLUE, LOADER).unwrap();
        assert!(!script.contains("import "));
        assert!(script.contains("\"./__wasm_split.js\": {__wasm_split_load_later,},"));
        assert!(script.contains("\nconst __wasm_split_load_later = makeLoad();"));
        assert!(script.contains("export { initSync };"));
    }

    #[test]
    fn what_is_of_another_form_is_refused() {
        assert!(joined(LOADER, LOADER).is_none());
        assert!(joined(GLUE, "function makeLoad() {}").is_none());
        assert!(joined(GLUE, "import { initSync } from \"./main.js\";\n").is_none());
        let third = GLUE.replace("function", "import * as import3 from \"env\"\nfunction");
        assert!(joined(&third, LOADER).is_none());
        assert!(
            joined(
                &GLUE.replace("import * as import2 from \"./__wasm_split.js\"\n", ""),
                LOADER
            )
            .is_none()
        );
    }

    #[test]
    fn lazy_modules_are_found_and_named() {
        let dir = scratch::of_test("split");
        fs::write(dir.join("main.wasm"), "").unwrap();
        assert!(lazy(&dir).is_err());
        fs::write(dir.join("split_sign_in.wasm"), "1").unwrap();
        fs::write(dir.join("chunk_4.wasm"), "2").unwrap();
        let found = lazy(&dir).unwrap();
        let names: Vec<_> = found.iter().map(|one| one.name.as_str()).collect();
        assert_eq!(names, ["lazy-shared-4", "lazy-sign-in"]);
        fs::remove_dir_all(&dir).unwrap();
    }
}
