//! Says whether the built app is still what its sources would give, so that a second `run` starts at once.
//!
//! The stamp covers the contents of every input and of everything in dist/: a `trunk serve` in between, which puts
//! a debug build there, is noticed.

use crate::layout;
use std::{
    collections::hash_map::DefaultHasher,
    fs,
    hash::{Hash, Hasher},
    path::{Path, PathBuf},
};

const INPUTS: [&str; 18] = [
    ".cargo/config.toml",
    "build.rs",
    "index.html",
    "Trunk.toml",
    "Cargo.toml",
    "Cargo.lock",
    "rust-toolchain.toml",
    "tools.toml",
    "src",
    "style",
    "public",
    "crates/domain",
    "crates/providers",
    "crates/flows",
    "xtask/src/build.rs",
    "xtask/src/compress.rs",
    "xtask/src/finish",
    "xtask/split",
];

/// Whether dist/ holds a release build of exactly these sources.
pub(crate) fn is_current() -> bool {
    layout::dist().join("index.html").is_file()
        && fs::read_to_string(file())
            .is_ok_and(|stored| stored == now(&layout::root(), &layout::dist()))
}

/// Remembers that dist/ was just built. Without the note the next build is merely not skipped.
pub(crate) fn remember() {
    if fs::create_dir_all(layout::scratch()).is_ok() {
        let _ = fs::write(file(), now(&layout::root(), &layout::dist()));
    }
}

fn file() -> PathBuf {
    layout::scratch().join("dist.stamp")
}

fn now(root: &Path, dist: &Path) -> String {
    let mut hasher = DefaultHasher::new();
    for input in INPUTS {
        add(&mut hasher, &root.join(input));
    }
    let inputs = hasher.finish();
    let mut hasher = DefaultHasher::new();
    add(&mut hasher, dist);
    format!("{inputs:016x} {:016x} {}", hasher.finish(), root.display())
}

fn add(hasher: &mut DefaultHasher, path: &Path) {
    // Documents beside the code (QUIRKS.md) are not built.
    if path.extension().is_some_and(|ending| ending == "md") {
        return;
    }
    path.file_name().hash(hasher);
    if let Ok(entries) = fs::read_dir(path) {
        let mut entries: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
        entries.sort();
        entries.iter().for_each(|entry| add(hasher, entry));
    } else {
        fs::read(path).ok().hash(hasher);
    }
}

#[cfg(test)]
mod tests {
    use super::{INPUTS, now};
    use crate::layout;
    use std::fs;

    /// A name that is no file would be hashed as nothing, and its changes never be noticed.
    #[test]
    fn every_input_is_there_and_what_decides_the_compiler_is_among_them() {
        for input in INPUTS {
            assert!(layout::root().join(input).exists(), "{input}");
        }
        for decides in [".cargo/config.toml", "rust-toolchain.toml", "tools.toml"] {
            assert!(INPUTS.contains(&decides), "{decides}");
        }
    }

    #[test]
    fn a_changed_input_and_a_changed_output_are_both_noticed() {
        let dir = std::env::temp_dir().join(format!("steward-stamp-{}", std::process::id()));
        let (source, dist) = (dir.join("src").join("main.rs"), dir.join("dist"));
        fs::create_dir_all(dir.join("src")).unwrap();
        fs::create_dir_all(&dist).unwrap();
        fs::write(&source, "one").unwrap();
        let first = now(&dir, &dist);
        assert_eq!(first, now(&dir, &dist));
        fs::write(dir.join("src").join("QUIRKS.md"), "a document").unwrap();
        assert_eq!(first, now(&dir, &dist));
        fs::write(&source, "two").unwrap();
        let second = now(&dir, &dist);
        assert_ne!(first, second);
        fs::write(dist.join("index.html"), "debug").unwrap();
        assert_ne!(second, now(&dir, &dist));
        fs::remove_dir_all(&dir).unwrap();
    }
}
