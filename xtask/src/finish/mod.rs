//! What happens to a release build between trunk and compression: several modules in place of one, fewer files, shorter
//! names, nothing unused.
//!
//! Guarantees that only the cut can fail a build: elsewhere, where a tool is missing or a file is not what was
//! expected, that file stays as it was made, and one line says so. Must not know what the app does.

mod esbuild;
mod glue;
mod names;
mod optimiser;
pub(crate) mod page;
mod scratch;
mod split;
mod styles;
mod wasm;

use self::{esbuild::Esbuild, wasm::Module};
use crate::{
    console,
    failure::{Failure, OrSay, Outcome},
};
use std::{fs, path::Path};

/// Finishes the files of a staged build in their place.
pub(crate) fn directory(dir: &Path) -> Outcome {
    let esbuild = Esbuild::locate();
    if esbuild.is_none() {
        console::note(
            "There is no esbuild (`cargo xtask build` installs it where there is Node): scripts and styles stay long.",
        );
    }
    let esbuild = esbuild.as_ref();
    or_leave("The stylesheets", styles::merge(dir, esbuild));
    scripts(dir, esbuild)?;
    or_leave("The page", page(dir));
    Ok(())
}

fn or_leave(what: &str, done: Outcome) {
    if let Err(failure) = done {
        console::note(format_args!("{what} stay as trunk made them: {failure}"));
    }
}

fn page(dir: &Path) -> Outcome {
    write_page(dir, &page::squeeze(&read_page(dir)?))
}

fn scripts(dir: &Path, esbuild: Option<&Esbuild>) -> Outcome {
    let html = read_page(dir)?;
    let (glue, module) = (named(&html, "data-js")?, named(&html, "data-wasm")?);
    let parts = split::cut()?;
    let (mut text, mut bytes) = (parts.glue, parts.main);
    if let Some(esbuild) = esbuild {
        or_leave("boot.js", glue::boot(dir, esbuild));
        match glue::shake(&text, esbuild) {
            Ok(shorter) => text = shorter,
            Err(failure) => console::note(format_args!("The glue stays long: {failure}")),
        }
    }
    match fewer_names(&text, &bytes) {
        Some(shorter) => (text, bytes) = shorter,
        None => console::note("The module is of an unknown form: its names stay long."),
    }
    for lazy in parts.lazy {
        let bytes = smaller(lazy.bytes);
        let name = page::hashed(&lazy.name, ".wasm", &bytes);
        fs::write(dir.join(&name), bytes).or_say(|| format!("write {name}"))?;
        text = text.replace(&format!("./{}", lazy.file), &format!("./{name}"));
    }
    replace(dir, &html, &[(glue, text.as_bytes()), (module, &bytes)])
}

/// What wasm-opt makes of a module, or the module where it makes nothing.
fn smaller(module: Vec<u8>) -> Vec<u8> {
    optimiser::smaller(&module).unwrap_or_else(|failure| {
        console::note(format_args!(
            "The module keeps what nobody calls: {failure}"
        ));
        module
    })
}

/// Glue and module without exports that nobody calls, and with short names for the rest.
fn fewer_names(glue: &str, bytes: &[u8]) -> Option<(String, Vec<u8>)> {
    let mut module = Module::read(bytes)?;
    names::drop_unused(&mut module, glue);
    module = Module::read(&smaller(module.write()))?;
    let glue = names::shorten(&mut module, glue);
    module.strip();
    Some((glue, module.write()))
}

/// The file that the script tag names in this attribute.
fn named<'h>(html: &'h str, attribute: &str) -> Outcome<&'h str> {
    page::tags(html, "script")
        .find_map(|tag| page::attribute(tag, attribute))
        .ok_or_else(|| Failure::new(format!("index.html has no {attribute}.")))
        .and_then(page::file)
}

/// Gives files other bytes and, where they have a hash, other names. The page never names a file that is not there.
fn replace(dir: &Path, html: &str, files: &[(&str, &[u8])]) -> Outcome {
    let mut page = html.to_owned();
    for (name, bytes) in files {
        let new = page::renamed(name, bytes);
        fs::write(dir.join(&new), bytes).or_say(|| format!("write {new}"))?;
        page = page.replace(name, &new);
    }
    write_page(dir, &page)?;
    for (name, _) in files.iter().filter(|(name, _)| !page.contains(name)) {
        fs::remove_file(dir.join(name)).or_say(|| format!("remove {name}"))?;
    }
    Ok(())
}

fn read_page(dir: &Path) -> Outcome<String> {
    fs::read_to_string(dir.join("index.html")).or_say(|| "read index.html".to_owned())
}

fn write_page(dir: &Path, html: &str) -> Outcome {
    fs::write(dir.join("index.html"), html).or_say(|| "write index.html".to_owned())
}

#[cfg(test)]
mod tests {
    use super::{fewer_names, replace, scratch, wasm};
    use std::fs;

    #[test]
    fn files_with_other_bytes_get_other_names_and_the_page_knows_them() {
        let dir = scratch::of_test("finish");
        let html = r#"<script data-js="/app-11111111.js"></script><link href="/app-11111111.js">"#;
        fs::write(dir.join("app-11111111.js"), "long").unwrap();
        replace(&dir, html, &[("app-11111111.js", b"123456789")]).unwrap();
        let page = fs::read_to_string(dir.join("index.html")).unwrap();
        assert_eq!(page, html.replace("11111111", "cbf43926"));
        assert!(dir.join("app-cbf43926.js").is_file() && !dir.join("app-11111111.js").exists());
        // Again with the same bytes: the file that has its name already stays.
        replace(&dir, &page, &[("app-cbf43926.js", b"123456789")]).unwrap();
        assert!(dir.join("app-cbf43926.js").is_file());
        fs::remove_dir_all(&dir).unwrap();
    }

    #[test]
    fn what_is_no_module_is_left_alone() {
        assert!(fewer_names("w.memory", b"<!doctype html>").is_none());
        let good = wasm::tests::module(&[], &["memory"]);
        assert!(fewer_names("w.memory", &good[..12]).is_none());
    }
}
