//! Splits Rust source into tokens, so that a rule never takes a comment for code or a string for a name.
//!
//! Knows nested block comments, raw and byte strings, lifetimes and character literals, and marks what is only
//! compiled for tests. It is no parser: rules look at a few neighbouring tokens.

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Ident,
    Punct,
    /// A string literal; the text is what stands between the quotes.
    Text,
    /// A character, a number or a lifetime.
    Other,
    /// With its slashes.
    Comment,
}

/// A token and where it begins.
#[derive(Clone, Debug)]
pub(crate) struct Token {
    pub(crate) kind: Kind,
    pub(crate) text: String,
    pub(crate) line: usize,
    /// Inside an item that only tests compile.
    pub(crate) test: bool,
}

impl Token {
    pub(crate) fn is(&self, text: &str) -> bool {
        matches!(self.kind, Kind::Ident | Kind::Punct) && self.text == text
    }
}

/// All tokens of a file.
pub(crate) fn tokens(source: &str) -> Vec<Token> {
    let mut lexer = Lexer {
        chars: source.chars().collect(),
        at: 0,
        line: 1,
        out: Vec::new(),
    };
    while lexer.token() {}
    mark_tests(&mut lexer.out);
    lexer.out
}

struct Lexer {
    chars: Vec<char>,
    at: usize,
    line: usize,
    out: Vec<Token>,
}

impl Lexer {
    fn peek(&self, ahead: usize) -> Option<char> {
        self.chars.get(self.at + ahead).copied()
    }

    fn next(&mut self) -> Option<char> {
        let c = self.peek(0)?;
        self.at += 1;
        if c == '\n' {
            self.line += 1;
        }
        Some(c)
    }

    fn skip(&mut self, count: usize) {
        for _ in 0..count {
            self.next();
        }
    }

    fn take_while(&mut self, mut wanted: impl FnMut(char) -> bool) -> String {
        let mut text = String::new();
        while let Some(c) = self.peek(0).filter(|c| wanted(*c)) {
            text.push(c);
            self.next();
        }
        text
    }

    fn push(&mut self, kind: Kind, text: String, line: usize) {
        self.out.push(Token {
            kind,
            text,
            line,
            test: false,
        });
    }

    /// Reads one token; false at the end.
    fn token(&mut self) -> bool {
        let Some(c) = self.peek(0) else { return false };
        let line = self.line;
        if c.is_whitespace() {
            self.next();
        } else if c == '/' && self.peek(1) == Some('/') {
            let text = self.take_while(|c| c != '\n');
            self.push(Kind::Comment, text, line);
        } else if c == '/' && self.peek(1) == Some('*') {
            let text = self.block_comment();
            self.push(Kind::Comment, text, line);
        } else if c == '"' {
            let text = self.quoted();
            self.push(Kind::Text, text, line);
        } else if let Some(skip) = self.prefixed_string() {
            self.skip(skip);
            let text = if self.peek(0) == Some('"') {
                self.quoted()
            } else {
                self.raw()
            };
            self.push(Kind::Text, text, line);
        } else if c == '\'' {
            let text = self.quote();
            self.push(Kind::Other, text, line);
        } else if c.is_ascii_digit() {
            let text = self.take_while(|c| c.is_alphanumeric() || c == '_');
            self.push(Kind::Other, text, line);
        } else if c.is_alphabetic() || c == '_' {
            let text = self.take_while(|c| c.is_alphanumeric() || c == '_');
            self.push(Kind::Ident, text, line);
        } else {
            self.next();
            self.push(Kind::Punct, c.to_string(), line);
        }
        true
    }

    fn block_comment(&mut self) -> String {
        let mut text = String::new();
        let mut depth = 0_usize;
        loop {
            match (self.peek(0), self.peek(1)) {
                (Some('/'), Some('*')) => depth += 1,
                (Some('*'), Some('/')) => depth -= 1,
                (Some(_), _) => {
                    text.extend(self.next());
                    continue;
                }
                (None, _) => return text,
            }
            text.extend(self.next());
            text.extend(self.next());
            if depth == 0 {
                return text;
            }
        }
    }

    /// How many characters of prefix stand before the string that begins here: `b"`, `r#"`, `br"`, `c"`.
    fn prefixed_string(&self) -> Option<usize> {
        let letters = (0..2)
            .take_while(|ahead| matches!(self.peek(*ahead), Some('b' | 'r' | 'c')))
            .count();
        let is_raw = (0..letters).any(|ahead| self.peek(ahead) == Some('r'));
        match self.peek(letters)? {
            _ if letters == 0 => None,
            '"' if !is_raw => Some(letters),
            '"' | '#' if is_raw => {
                let hashes = (letters..)
                    .take_while(|ahead| self.peek(*ahead) == Some('#'))
                    .count();
                // `r#type` is a name.
                if self.peek(letters + hashes) != Some('"') {
                    return None;
                }
                // Without hashes a raw string still has no escapes: `raw` reads it from its last prefix letter.
                Some(if hashes == 0 { letters - 1 } else { letters })
            }
            _ => None,
        }
    }

    fn quoted(&mut self) -> String {
        let mut text = String::new();
        self.next();
        while let Some(c) = self.next() {
            match c {
                '"' => break,
                '\\' => {
                    text.push(c);
                    text.extend(self.next());
                }
                _ => text.push(c),
            }
        }
        text
    }

    fn raw(&mut self) -> String {
        if self.peek(0) == Some('r') {
            self.next();
        }
        let hashes = self.take_while(|c| c == '#').len();
        self.next();
        let mut text = String::new();
        while let Some(c) = self.next() {
            if c == '"' && (0..hashes).all(|ahead| self.peek(ahead) == Some('#')) {
                self.skip(hashes);
                break;
            }
            text.push(c);
        }
        text
    }

    /// A character literal or a lifetime.
    fn quote(&mut self) -> String {
        let mut text = String::new();
        text.extend(self.next());
        if self.peek(0) == Some('\\') {
            text.extend(self.next());
            text.extend(self.next());
            text.push_str(&self.take_while(|c| c != '\''));
            text.extend(self.next());
        } else if self.peek(1) == Some('\'') {
            text.extend(self.next());
            text.extend(self.next());
        } else {
            text.push_str(&self.take_while(|c| c.is_alphanumeric() || c == '_'));
        }
        text
    }
}

/// Marks every item under `#[cfg(test)]` or `#[test]`.
fn mark_tests(tokens: &mut [Token]) {
    let code: Vec<usize> = (0..tokens.len())
        .filter(|at| tokens.get(*at).is_some_and(|t| t.kind != Kind::Comment))
        .collect();
    let text = |at: usize| {
        code.get(at)
            .and_then(|at| tokens.get(*at))
            .map_or("", |token| token.text.as_str())
    };
    let mut ranges = Vec::new();
    let mut at = 0;
    while at < code.len() {
        if text(at) == "#" && matches!(text(at + 1), "[" | "!") {
            let inner = text(at + 1) == "!";
            let open = at + 1 + usize::from(inner);
            let end = closing(&text, open, code.len());
            let words: Vec<&str> = (open..end).map(&text).collect();
            let for_tests = matches!(words.as_slice(), [_, "cfg", rest @ ..] if rest.contains(&"test") && !rest.contains(&"not"))
                || matches!(words.as_slice(), [_, "test"])
                || words.last() == Some(&"wasm_bindgen_test");
            if for_tests && inner {
                ranges.push((0, code.len()));
                break;
            }
            if for_tests {
                let item_end = item_end(&text, end + 1, code.len());
                ranges.push((at, item_end));
                at = item_end;
                continue;
            }
            at = end;
        }
        at += 1;
    }
    for (from, to) in ranges {
        for at in code.get(from..to.min(code.len())).unwrap_or_default() {
            if let Some(token) = tokens.get_mut(*at) {
                token.test = true;
            }
        }
    }
}

/// Where the bracket that opens at `open` closes.
fn closing<'t>(text: &impl Fn(usize) -> &'t str, open: usize, len: usize) -> usize {
    let mut depth = 0_usize;
    for at in open..len {
        match text(at) {
            "(" | "[" | "{" => depth += 1,
            ")" | "]" | "}" => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return at;
        }
    }
    len
}

/// One past the item that begins at `from`, further attributes included.
fn item_end<'t>(text: &impl Fn(usize) -> &'t str, from: usize, len: usize) -> usize {
    let mut at = from;
    while at < len {
        match text(at) {
            ";" => return at + 1,
            "{" => return closing(text, at, len) + 1,
            "(" | "[" => at = closing(text, at, len),
            _ => {}
        }
        at += 1;
    }
    len
}

#[cfg(test)]
mod tests {
    use super::{Kind, tokens};

    fn texts(source: &str, kind: Kind) -> Vec<String> {
        tokens(source)
            .into_iter()
            .filter(|token| token.kind == kind)
            .map(|token| token.text)
            .collect()
    }

    #[test]
    fn comments_strings_and_names_are_told_apart() {
        let source = "let a = \"// no \\\" comment\"; /* a /* nested */ \"b\" */ r#\"raw \"x\" \"#; // unsafe";
        assert_eq!(
            texts(source, Kind::Text),
            ["// no \\\" comment", "raw \"x\" "]
        );
        assert_eq!(texts(source, Kind::Ident), ["let", "a"]);
        assert_eq!(texts(source, Kind::Comment).len(), 2);
    }

    #[test]
    fn a_lifetime_does_not_open_a_character() {
        assert_eq!(
            texts("fn f<'a>(x: &'a str) { '\"'; '\\''; \"s\" }", Kind::Text),
            ["s"]
        );
    }

    #[test]
    fn raw_strings_without_hashes_have_no_escapes() {
        assert_eq!(texts(r#"r"\" ; b"x" ; r#type"#, Kind::Text), ["\\", "x"]);
    }

    #[test]
    fn only_the_item_under_the_attribute_is_a_test() {
        let source = "fn a() {}\n#[cfg(test)]\nmod tests { fn b() { x[1]; } }\nfn c() {}\n#[cfg(not(test))] fn d() {}";
        let in_tests: Vec<String> = tokens(source)
            .into_iter()
            .filter(|t| t.test && t.kind == Kind::Ident)
            .map(|t| t.text)
            .collect();
        assert_eq!(in_tests, ["cfg", "test", "mod", "tests", "fn", "b", "x"]);
    }

    #[test]
    fn lines_are_counted_through_strings() {
        let found = tokens("\"a\nb\"\nlast").into_iter().next_back().unwrap();
        assert_eq!((found.text.as_str(), found.line), ("last", 3));
    }
}
