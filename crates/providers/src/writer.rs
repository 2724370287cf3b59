//! Writes one JSON object, member by member.
//!
//! Guarantees: the text is valid JSON (RFC 8259) whatever is put in. By hand, because the objects are
//! few and nearly flat and a serializer for each would weigh more than this file. Must not know what any
//! member means.

/// An object that is being written.
#[derive(Default)]
pub struct Object(String);

impl Object {
    /// Adds a text.
    pub fn text(&mut self, name: &str, value: &str) {
        self.name(name);
        quote(&mut self.0, value);
    }

    /// Adds a text if there is one.
    pub fn text_if(&mut self, name: &str, value: Option<&str>) {
        if let Some(value) = value {
            self.text(name, value);
        }
    }

    /// Adds a text; an empty one as `null`, which clears.
    pub fn text_or_null(&mut self, name: &str, value: &str) {
        if value.is_empty() {
            self.word(name, "null");
        } else {
            self.text(name, value);
        }
    }

    /// Adds an array of texts.
    pub fn texts(&mut self, name: &str, values: &[&str]) {
        self.name(name);
        let mut before = '[';
        for value in values {
            self.0.push(before);
            quote(&mut self.0, value);
            before = ',';
        }
        self.0.push_str(if values.is_empty() { "[]" } else { "]" });
    }

    /// Adds an object.
    pub fn object(&mut self, name: &str, value: Self) {
        self.word(name, &value.finish());
    }

    /// Whether nothing has been added.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds a number, `true`, `false` or `null`: what stands in JSON as it is.
    pub fn word(&mut self, name: &str, value: &str) {
        self.name(name);
        self.0.push_str(value);
    }

    /// The finished text.
    #[must_use]
    pub fn finish(mut self) -> String {
        if self.0.is_empty() {
            self.0.push('{');
        }
        self.0.push('}');
        self.0
    }

    fn name(&mut self, name: &str) {
        self.0.push(if self.0.is_empty() { '{' } else { ',' });
        quote(&mut self.0, name);
        self.0.push(':');
    }
}

fn quote(to: &mut String, text: &str) {
    to.push('"');
    for letter in text.chars() {
        match letter {
            '"' | '\\' => {
                to.push('\\');
                to.push(letter);
            }
            '\n' => to.push_str("\\n"),
            '\0'..='\u{1f}' => {
                to.push_str(if letter < '\u{10}' {
                    "\\u000"
                } else {
                    "\\u001"
                });
                to.push(char::from_digit(u32::from(letter) & 15, 16).unwrap_or('0'));
            }
            _ => to.push(letter),
        }
    }
    to.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::members;
    use proptest::prelude::*;

    #[test]
    fn an_object_of_every_kind() {
        let mut object = Object::default();
        assert_eq!(Object::default().finish(), "{}");
        object.text("a", "x\"y\\z\n\u{1}\u{1f}é🦀");
        object.text_if("b", None);
        object.word("c", "null");
        object.word("d", "12");
        object.text_or_null("e", "");
        object.text_or_null("f", "g");
        object.texts("h", &[]);
        object.texts("i", &["j", "\""]);
        object.object("k", Object::default());
        assert!(Object::default().is_empty() && !object.is_empty());
        assert_eq!(
            object.finish(),
            r#"{"a":"x\"y\\z\n\u0001\u001fé🦀","c":null,"d":12,"e":null,"f":"g","h":[],"i":["j","\""],"k":{}}"#
        );
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(one in any::<String>(), two in any::<String>(), number: i64) {
            let mut object = Object::default();
            object.text("one", &one);
            object.word("number", &number.to_string());
            object.text("two", &two);
            let text = object.finish();
            prop_assert!(serde_json::from_str::<serde_json::Value>(&text).is_ok());
            let [first, second, third, none] = members(text.as_bytes(), ["one", "two", "number", "four"]).unwrap();
            prop_assert_eq!((first.text(), second.text()), (Some(one), Some(two)));
            prop_assert_eq!((third.number(), none.number()), (Some(number), None));
        }
    }
}
