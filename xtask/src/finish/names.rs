//! The names between the glue and the module. wasm-bindgen makes them long and unique; nobody reads them in a browser.
//!
//! Guarantees that a name changes in both or in neither: one that stands anywhere in the glue where it could mean
//! something else stays as it is, and an export goes only when the glue has no word for it.

use super::wasm::Module;
use std::collections::HashMap;

/// Keeps its name in the module: by it the tests measure how much of the memory is in use (tests/e2e/lib/memory.mjs).
const KEPT: &str = "__wbindgen_malloc";

/// Takes out the exports that the glue never names.
pub(super) fn drop_unused(module: &mut Module, glue: &str) {
    let words = words(glue);
    let used = |name: &str| words.contains_key(name) || !is_word(name);
    module.exports.retain(|export| used(&export.name));
}

/// Gives imports and exports names of one or two letters; the glue that uses these is returned.
pub(super) fn shorten(module: &mut Module, glue: &str) -> String {
    let words = words(glue);
    let mut new = HashMap::new();
    let is = |name: &str, use_: fn(&Use) -> bool| {
        // Ours have two underscores; `memory` could be a word of another object.
        name.contains("__") && name != KEPT && words.get(name).is_some_and(use_)
    };
    let imports = module.imports.iter_mut().map(|import| &mut import.name);
    let names = imports.filter(|name| is(name, |found| found.times == 1 && found.keys == 1));
    rename(names, &[], &mut new);
    let kept: Vec<String> = module
        .exports
        .iter()
        .map(|export| export.name.clone())
        .collect();
    let exports = module.exports.iter_mut().map(|export| &mut export.name);
    let names = exports.filter(|name| is(name, |found| found.times == found.members));
    rename(names, &kept, &mut new);

    let mut glue = replace(glue, &new);
    let mut whole: Vec<String> = Vec::new();
    for import in &module.imports {
        if !whole.contains(&import.module) {
            whole.push(import.module.clone());
        }
    }
    for (from, short) in whole.into_iter().zip((0..).map(short)) {
        let key = format!("\"{from}\":");
        if glue.matches(&from).count() == 1 && glue.contains(&key) {
            glue = glue.replace(&key, &[&short, ":"].concat());
            for import in &mut module.imports {
                if import.module == from {
                    import.module.clone_from(&short);
                }
            }
        }
    }
    glue
}

/// How a word stands in the glue.
#[derive(Default)]
struct Use {
    times: usize,
    /// As `name:` or `name(` in an object.
    keys: usize,
    /// As `.name`.
    members: usize,
}

fn words(text: &str) -> HashMap<&str, Use> {
    let mut found: HashMap<&str, Use> = HashMap::new();
    for (at, word) in each_word(text) {
        let before = text.get(..at).unwrap_or_default();
        let after = text.get(at + word.len()..).unwrap_or_default();
        let entry = found.entry(word).or_default();
        entry.times += 1;
        let begins = before.trim_end().ends_with(['{', ',']);
        entry.keys += usize::from(begins && after.starts_with([':', '(']));
        entry.members += usize::from(before.ends_with('.') && !before.ends_with(".."));
    }
    found
}

fn each_word(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    text.split(|c: char| !is_part(c)).filter_map(move |word| {
        // The separator behind a word may have more than one byte.
        let start = at;
        at += word.len();
        at += text.get(at..)?.chars().next().map_or(0, char::len_utf8);
        (!word.is_empty()).then_some((start, word))
    })
}

fn is_part(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || c == '$'
}

fn is_word(name: &str) -> bool {
    !name.is_empty() && name.chars().all(is_part)
}

fn rename<'n>(
    names: impl Iterator<Item = &'n mut String>,
    taken: &[String],
    new: &mut HashMap<String, String>,
) {
    let mut free = (0..).map(short).filter(|short| !taken.contains(short));
    for name in names {
        // A module may import one name twice.
        if let Some(short) = new.get(name).cloned().or_else(|| free.next()) {
            let long = std::mem::replace(name, short.clone());
            new.insert(long, short);
        }
    }
}

/// a … z, A … Z, aa, ba …
fn short(mut number: usize) -> String {
    const LETTERS: &[u8; 52] = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    let mut name = String::new();
    loop {
        name.extend(
            LETTERS
                .get(number % LETTERS.len())
                .map(|letter| char::from(*letter)),
        );
        match (number / LETTERS.len()).checked_sub(1) {
            Some(rest) => number = rest,
            None => return name,
        }
    }
}

fn replace(text: &str, new: &HashMap<String, String>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for (at, word) in each_word(text) {
        if let Some(short) = new.get(word) {
            out.push_str(text.get(done..at).unwrap_or_default());
            out.push_str(short);
            done = at + word.len();
        }
    }
    out.push_str(text.get(done..).unwrap_or_default());
    out
}

#[cfg(test)]
mod tests {
    use super::{KEPT, drop_unused, short, shorten};
    use crate::finish::wasm::{Module, tests::module};

    const FROM: &str = "./steward_bg.js";

    fn names(module: &Module) -> (Vec<&str>, Vec<&str>) {
        let imports = module.imports.iter().map(|import| import.name.as_str());
        let exports = module.exports.iter().map(|export| export.name.as_str());
        (imports.collect(), exports.collect())
    }

    #[test]
    fn a_name_becomes_short_in_the_glue_and_in_the_module() {
        let mut read = Module::read(&module(
            &[(FROM, "__wbg_new_01"), (FROM, "__wbg_now_02")],
            &["memory", "__wbindgen_realloc", "__wbindgen_free"],
        ))
        .unwrap();
        let glue = "var é=w.memory;f({\"./steward_bg.js\":{__proto__:null,__wbg_now_02:function(){return \
                    w.__wbindgen_realloc(1)},__wbg_new_01(a){w.__wbindgen_free(a)}}})";
        assert_eq!(
            shorten(&mut read, glue),
            "var é=w.memory;f({a:{__proto__:null,b:function(){return w.a(1)},a(a){w.b(a)}}})"
        );
        assert_eq!(names(&read), (vec!["a", "b"], vec!["memory", "a", "b"]));
        assert!(read.imports.iter().all(|import| import.module == "a"));
    }

    #[test]
    fn each_place_that_imports_come_from_gets_a_short_name() {
        let imports = [(FROM, "__wbg_now_02"), ("./__wasm_split.js", "load")];
        let mut read = Module::read(&module(&imports, &[])).unwrap();
        let glue = "f({\"./steward_bg.js\":{__wbg_now_02(){}},\"./__wasm_split.js\":{load}})";
        assert_eq!(shorten(&mut read, glue), "f({a:{a(){}},b:{load}})");
        let places = read.imports.iter().map(|import| import.module.as_str());
        assert_eq!(places.collect::<Vec<_>>(), ["a", "b"]);
    }

    #[test]
    fn the_name_that_tests_ask_by_stays() {
        let mut read = Module::read(&module(&[], &[KEPT])).unwrap();
        let glue = "w.__wbindgen_malloc(1)";
        assert_eq!(shorten(&mut read, glue), glue);
        assert_eq!(names(&read).1, [KEPT]);
    }

    #[test]
    fn two_of_one_name_stay_one_and_a_short_name_that_is_taken_is_not_given() {
        let imports = [
            (FROM, "__wbg_x_1"),
            (FROM, "__wbg_x_1"),
            (FROM, "__wbg_y_2"),
        ];
        let mut read = Module::read(&module(&imports, &["a", "__wbindgen_free"])).unwrap();
        assert_eq!(
            shorten(
                &mut read,
                "f({__wbg_x_1(){w.a()},__wbg_y_2(){w.__wbindgen_free()}})"
            ),
            "f({a(){w.a()},b(){w.b()}})"
        );
        assert_eq!(names(&read), (vec!["a", "a", "b"], vec!["a", "b"]));
    }

    #[test]
    fn a_name_that_could_mean_something_else_stays() {
        let imports = [
            (FROM, "__wbg_twice_1"),
            (FROM, "__wbg_said_2"),
            (FROM, "__wbg_none_3"),
        ];
        let mut read = Module::read(&module(&imports, &["__wb_local", "plain"])).unwrap();
        let glue = "let m={__wbg_twice_1:1,x:{__wbg_twice_1:2}},s='__wbg_said_2';w.__wb_local(__wb_local,w.plain);";
        assert_eq!(shorten(&mut read, glue), glue);
        assert_eq!(read.imports[0].module, FROM);
    }

    #[test]
    fn an_export_goes_when_the_glue_has_no_word_for_it() {
        let exports = ["memory", "main", "source_pull", "a-b"];
        let mut read = Module::read(&module(&[], &exports)).unwrap();
        drop_unused(&mut read, "w.memory;w['main'];source_pull2()");
        assert_eq!(names(&read).1, ["memory", "main", "a-b"]);
    }

    #[test]
    fn no_two_short_names_are_equal() {
        let all: std::collections::HashSet<String> = (0..5_000).map(short).collect();
        assert_eq!(all.len(), 5_000);
        assert_eq!(
            (short(0), short(51), short(52)),
            ("a".into(), "Z".into(), "aa".into())
        );
    }
}
