//! Every sentence a person reads is in src/text.rs, so that it can be reviewed, and one day translated, in one place.
//!
//! Found by shape: a string that begins with a capital and holds two words, or bare text inside `view!`.

use super::{
    Problem,
    lex::{Kind, Token},
    tree::Tree,
};

const RULE: &str = "sentences";
const WHERE: [&str; 5] = [
    "src/features/",
    "src/components/",
    "src/ui/",
    "src/state/",
    "src/app.rs",
];
const KEYWORDS: [&str; 12] = [
    "for", "where", "as", "in", "else", "if", "match", "dyn", "mut", "ref", "impl", "fn",
];

pub(crate) fn check(tree: &Tree) -> Vec<Problem> {
    let files = tree
        .app()
        .filter(|file| WHERE.iter().any(|place| file.path.starts_with(place)));
    files
        .flat_map(|file| {
            let tokens = file.shipped();
            let texts = tokens
                .iter()
                .filter(|token| token.kind == Kind::Text && is_sentence(&token.text));
            let bare = tokens.windows(3).filter_map(bare_text);
            texts
                .copied()
                .chain(bare)
                .map(|token| {
                    let start: String = token.text.chars().take(40).collect();
                    Problem::new(
                        &file.path,
                        token.line,
                        RULE,
                        format!("move \"{start}\" into src/text.rs"),
                    )
                })
                .collect::<Vec<_>>()
        })
        .collect()
}

/// Begins with a capital and has two neighbouring words of letters.
fn is_sentence(text: &str) -> bool {
    let is_word = |word: &str| {
        let word = word.trim_matches(|c: char| ",.;:!?…()'’\"".contains(c));
        !word.is_empty()
            && word
                .chars()
                .all(|c| c.is_alphabetic() || c == '\'' || c == '’')
    };
    let words: Vec<&str> = text.split_whitespace().collect();
    text.starts_with(char::is_uppercase)
        && words.windows(2).any(|pair| {
            pair.iter().all(|word| is_word(word)) && pair.iter().any(|word| word.len() > 1)
        })
}

/// `>Save<` and `>Save changes`: text that stands in `view!` without quotes. Rust itself never writes two names in a
/// row, nor a name between a closing and an opening tag.
fn bare_text<'t>(window: &[&'t Token]) -> Option<&'t Token> {
    let [close, text, after] = window else {
        return None;
    };
    let begins =
        close.is(">") && text.kind == Kind::Ident && text.text.starts_with(char::is_uppercase);
    let goes_on = after.kind == Kind::Ident && !KEYWORDS.contains(&after.text.as_str());
    (begins && goes_on).then_some(*text)
}

#[cfg(test)]
mod tests {
    use super::{super::at, check};
    use crate::ci::tree::Tree;

    #[test]
    fn a_sentence_outside_text_rs_is_found() {
        let tree = Tree::of(&[
            (
                "src/features/list.rs",
                "fn f() -> &'static str {\n  \"Nothing matches.\"\n}",
            ),
            ("src/ui/a.rs", "fn f() { view! { <p>Save changes</p> } }"),
            ("src/app.rs", "const A: &str = \"Skip to content\";"),
        ]);
        assert_eq!(
            at(&check(&tree)),
            ["src/features/list.rs:2", "src/ui/a.rs:1", "src/app.rs:1"]
        );
    }

    #[test]
    fn classes_paths_code_and_tests_are_no_sentences() {
        let tree = Tree::of(&[
            ("src/text.rs", "const A: &str = \"Nothing matches.\";"),
            (
                "src/ui/a.rs",
                "/// A button.\nfn f<T: Into<U>>() -> Vec<Row> where T: X { view! { <p class=\"row is-open\"><path d=\"M8 1.5 L 3 4\"/>{x}</p> } }\nimpl<T> Display for A<T> {}\n#[cfg(test)]\nmod tests { const A: &str = \"Two words\"; }",
            ),
        ]);
        assert_eq!(check(&tree), []);
    }
}
