//! The app in two: what a first visit needs, and the rest, which the glue loads when it is asked to.
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

/// The two modules and what joins them.
pub(super) struct Parts {
    pub(super) glue: String,
    pub(super) main: Vec<u8>,
    /// As the glue names it.
    pub(super) later_name: String,
    pub(super) later: Vec<u8>,
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
    // What the linker exports is how the two modules share their memory.
    bindgen
        .args(["--target", "web", "--no-typescript", "--keep-lld-exports"])
        .args(["--out-name", "main"])
        .arg("--out-dir")
        .arg(dir)
        .arg(dir.join("main.wasm"));
    command::hand_over(&mut bindgen)?;
    let read = |name: &str| fs::read(dir.join(name)).or_say(|| format!("read {name}"));
    let text = |name: &str| fs::read_to_string(dir.join(name)).or_say(|| format!("read {name}"));
    let later_name = only_part(dir)?;
    let joined = joined(&text("main.js")?, &text("__wasm_split.js")?);
    Ok(Parts {
        glue: joined.ok_or_else(|| {
            Failure::new(
                "The glue and the loader are of an unknown form: see xtask/src/finish/split.rs.",
            )
        })?,
        main: read("main_bg.wasm")?,
        later: read(&later_name)?,
        later_name,
    })
}

/// The file of the second module. A third would be loaded too, but counted by nobody.
fn only_part(dir: &Path) -> Outcome<String> {
    let entries = fs::read_dir(dir).or_say(|| format!("read {}", dir.display()))?;
    let mut parts = entries.flatten().filter_map(|entry| {
        let name = entry.file_name().into_string().ok()?;
        ["split_", "chunk_"]
            .iter()
            .any(|start| name.starts_with(start))
            .then_some(name)
    });
    match (parts.next(), parts.next()) {
        (Some(name), None) => Ok(name),
        _ => Err(Failure::new(
            "The app is not in two parts, as it should be.",
        )),
    }
}

/// Glue and loader in one script. They import each other, and two addresses of one script would run it twice.
fn joined(glue: &str, loader: &str) -> Option<String> {
    let (import, rest) = glue.split_once('\n')?;
    let name = import
        .strip_prefix("import * as ")?
        .strip_suffix(&format!(" from \"{LOADER}\""))?;
    let loader = loader.strip_prefix(OF_GLUE)?;
    let mut functions = String::new();
    for line in loader.lines() {
        if let Some(function) = line.strip_prefix("export const ") {
            functions.push_str(function.split(' ').next()?);
            functions.push(',');
        }
    }
    let key = format!("\"{LOADER}\": {name},");
    if functions.is_empty() || rest.matches(&key).count() != 1 || rest.contains("import * as ") {
        return None;
    }
    let rest = rest.replace(&key, &format!("\"{LOADER}\": {{{functions}}},"));
    let loader = loader.replace("export const ", "const ");
    Some([&rest, "\n", &loader].concat())
}

#[cfg(test)]
mod tests {
    use super::{joined, only_part};
    use crate::finish::scratch;
    use std::fs;

    const GLUE: &str = "import * as import1 from \"./__wasm_split.js\"\nfunction imports() {\n    return {\n        \
                        \"./main_bg.js\": import0,\n        \"./__wasm_split.js\": import1,\n    };\n}\nexport { initSync };\n";
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
        let third = GLUE.replace("function", "import * as import2 from \"env\"\nfunction");
        assert!(joined(&third, LOADER).is_none());
        assert!(joined(&GLUE.replace("import1,", "import3,"), LOADER).is_none());
    }

    #[test]
    fn there_is_one_second_module() {
        let dir = scratch::of_test("split");
        fs::write(dir.join("main.wasm"), "").unwrap();
        assert!(only_part(&dir).is_err());
        fs::write(dir.join("split_later.wasm"), "").unwrap();
        assert_eq!(only_part(&dir).unwrap(), "split_later.wasm");
        fs::write(dir.join("chunk_1.wasm"), "").unwrap();
        assert!(only_part(&dir).is_err());
        fs::remove_dir_all(&dir).unwrap();
    }
}
