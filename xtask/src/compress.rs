//! Puts a brotli and a gzip copy beside every file of the app that shrinks, so that the server never compresses
//! while somebody waits. trunk calls it on the staged files, before they become dist/; they are finished first.

use crate::{
    console,
    failure::{OrSay, Outcome},
    finish, layout,
};
use flate2::{Compression, write::GzEncoder};
use std::{
    env, fs,
    io::Write,
    path::{Path, PathBuf},
};

/// What browsers receive compressed; pictures and fonts already are.
const TEXT: [&str; 9] = [
    "html",
    "js",
    "mjs",
    "css",
    "json",
    "svg",
    "txt",
    "wasm",
    "webmanifest",
];

/// The hook of `Trunk.toml`: does nothing unless trunk says that this is a release build.
pub(crate) fn hook() -> Outcome {
    if env::var_os("TRUNK_PROFILE").is_none_or(|profile| profile != "release") {
        return Ok(());
    }
    let staged = env::var_os("TRUNK_STAGING_DIR").map_or_else(layout::dist, PathBuf::from);
    finish::directory(&staged)?;
    let files = directory(&staged)?;
    console::note(format_args!("Compressed {files} files."));
    Ok(())
}

/// Compresses every text file below a directory; the number of files is returned.
pub(crate) fn directory(dir: &Path) -> Outcome<usize> {
    let mut done = 0;
    let entries = fs::read_dir(dir).or_say(|| format!("read {}", dir.display()))?;
    for entry in entries.flatten().map(|entry| entry.path()) {
        if entry.is_dir() {
            done += directory(&entry)?;
        } else if entry
            .extension()
            .and_then(|ext| ext.to_str())
            .is_some_and(|ext| TEXT.contains(&ext))
        {
            file(&entry)?;
            done += 1;
        }
    }
    Ok(done)
}

fn file(path: &Path) -> Outcome {
    let bytes = fs::read(path).or_say(|| format!("read {}", path.display()))?;
    for (ending, smaller) in [("br", brotli(&bytes)?), ("gz", gzip(&bytes)?)] {
        let mut name = path.as_os_str().to_owned();
        name.push(".");
        name.push(ending);
        fs::write(&name, smaller).or_say(|| format!("write {}", path.display()))?;
    }
    Ok(())
}

/// Brotli at its best, with the window Node's zlib and most servers use.
pub(crate) fn brotli(bytes: &[u8]) -> Outcome<Vec<u8>> {
    let mut smaller = Vec::new();
    let mut writer = brotli::CompressorWriter::new(&mut smaller, 1 << 16, 11, 22);
    writer
        .write_all(bytes)
        .or_say(|| "compress with brotli".to_owned())?;
    drop(writer);
    Ok(smaller)
}

pub(crate) fn gzip(bytes: &[u8]) -> Outcome<Vec<u8>> {
    let mut writer = GzEncoder::new(Vec::new(), Compression::best());
    writer
        .write_all(bytes)
        .or_say(|| "compress with gzip".to_owned())?;
    writer.finish().or_say(|| "compress with gzip".to_owned())
}

#[cfg(test)]
mod tests {
    use super::{brotli, directory, gzip};
    use std::{fs, io::Read};

    #[test]
    fn what_was_compressed_comes_back_whole() {
        let text = "workspaces ".repeat(500);
        let mut from_brotli = String::new();
        let small = brotli(text.as_bytes()).unwrap();
        brotli::Decompressor::new(small.as_slice(), 4096)
            .read_to_string(&mut from_brotli)
            .unwrap();
        let mut from_gzip = String::new();
        let zipped = gzip(text.as_bytes()).unwrap();
        flate2::read::GzDecoder::new(zipped.as_slice())
            .read_to_string(&mut from_gzip)
            .unwrap();
        assert_eq!(
            (from_brotli.as_str(), from_gzip.as_str()),
            (text.as_str(), text.as_str())
        );
        assert!(small.len() < 100);
    }

    #[test]
    fn only_text_gets_copies_and_copies_get_none() {
        let dir = std::env::temp_dir().join(format!("steward-compress-{}", std::process::id()));
        fs::create_dir_all(dir.join("inner")).unwrap();
        fs::write(dir.join("index.html"), "<p>").unwrap();
        fs::write(dir.join("inner").join("app.wasm"), "wasm").unwrap();
        fs::write(dir.join("icon.png"), "png").unwrap();
        assert_eq!(directory(&dir).unwrap(), 2);
        assert_eq!(directory(&dir).unwrap(), 2);
        assert!(
            dir.join("index.html.br").is_file() && dir.join("inner").join("app.wasm.gz").is_file()
        );
        assert!(!dir.join("icon.png.br").exists() && !dir.join("index.html.br.br").exists());
        fs::remove_dir_all(&dir).unwrap();
    }
}
