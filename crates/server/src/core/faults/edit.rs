//! Changes in a JSON document that is good otherwise: the values nobody expects.
//!
//! Guarantees: what an edit does not name stays as it was, and in its order. Must not know what any
//! dialect answers.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// One change.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Edit {
    /// Where, as a JSON pointer (RFC 6901): `/data/0/name`; empty is the whole. `*` is every member.
    pub at: String,
    /// Only in objects that have these members: `{"id": "ws_1"}`.
    #[serde(default, rename = "where")]
    pub only: BTreeMap<String, Value>,
    /// What to do there.
    #[serde(rename = "do")]
    pub change: Change,
}

/// What becomes of a value. What does not fit its type leaves it as it is.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Change {
    /// This in its place, or added to an object that has no such member.
    Set(Value),
    /// These letters in its place, JSON or not: `"\ud83d"` is half an emoji.
    Raw(String),
    /// Out of its object or list.
    Remove,
    /// The first so many characters of a text, or elements of a list.
    Cut(usize),
    /// A text in small letters.
    Lower,
    /// A list from its end.
    Reverse,
    /// Each element of a list twice, the second time after all the others.
    Twice,
}

/// Stands for a [`Change::Raw`] until the document is written. No service sends this.
fn placeholder(number: usize) -> Value {
    Value::String(format!("\u{fdd0}raw {number}\u{fdd0}"))
}

impl Edit {
    pub(super) fn check(&self) -> Result<(), String> {
        if self.at.is_empty() || self.at.starts_with('/') {
            Ok(())
        } else {
            Err(format!("{} is no JSON pointer: it begins with /", self.at))
        }
    }
}

/// The document with all edits, or nothing where it is no JSON.
pub(super) fn edited(document: &[u8], edits: &[Edit]) -> Option<Vec<u8>> {
    let mut value: Value = serde_json::from_slice(document).ok()?;
    let mut raws = Vec::new();
    for edit in edits {
        let parts: Vec<String> = edit
            .at
            .split('/')
            .skip(1)
            .map(|part| part.replace("~1", "/").replace("~0", "~"))
            .collect();
        walk(&mut value, &parts, edit, &mut raws);
    }
    let mut text = value.to_string();
    for (number, raw) in raws.iter().enumerate() {
        text = text.replace(&placeholder(number).to_string(), raw);
    }
    Some(text.into_bytes())
}

fn walk(value: &mut Value, parts: &[String], edit: &Edit, raws: &mut Vec<String>) {
    match parts {
        [] => change(value, &edit.change, raws),
        [last] => {
            let fits = |name: &String, wanted: &Value| value.get(name) == Some(wanted);
            if edit.only.iter().all(|(name, wanted)| fits(name, wanted)) {
                at_last(value, last, &edit.change, raws);
            }
        }
        [first, rest @ ..] => {
            for child in children(value, first) {
                walk(child, rest, edit, raws);
            }
        }
    }
}

/// The members that a part of a pointer names.
fn children<'a>(value: &'a mut Value, part: &str) -> Vec<&'a mut Value> {
    let all = part == "*";
    match value {
        Value::Object(members) => {
            if all {
                members.values_mut().collect()
            } else {
                members.get_mut(part).into_iter().collect()
            }
        }
        Value::Array(elements) => {
            if all {
                elements.iter_mut().collect()
            } else {
                let at = index(part);
                at.and_then(|at| elements.get_mut(at)).into_iter().collect()
            }
        }
        _ => Vec::new(),
    }
}

fn index(part: &str) -> Option<usize> {
    part.parse().ok()
}

fn at_last(value: &mut Value, part: &str, wanted: &Change, raws: &mut Vec<String>) {
    match (wanted, &mut *value) {
        (Change::Remove, Value::Object(members)) if part == "*" => members.clear(),
        (Change::Remove, Value::Object(members)) => {
            members.remove(part);
        }
        (Change::Remove, Value::Array(elements)) if part == "*" => elements.clear(),
        (Change::Remove, Value::Array(elements)) => {
            if let Some(at) = index(part).filter(|at| *at < elements.len()) {
                elements.remove(at);
            }
        }
        (Change::Set(_) | Change::Raw(_), Value::Object(members)) if part != "*" => {
            change(members.entry(part).or_insert(Value::Null), wanted, raws);
        }
        _ => {
            for child in children(value, part) {
                change(child, wanted, raws);
            }
        }
    }
}

fn change(value: &mut Value, wanted: &Change, raws: &mut Vec<String>) {
    match (wanted, value) {
        (Change::Set(new), value) => *value = new.clone(),
        (Change::Raw(text), value) => {
            *value = placeholder(raws.len());
            raws.push(text.clone());
        }
        (Change::Remove, value) => *value = Value::Null,
        (Change::Cut(length), Value::String(text)) => *text = text.chars().take(*length).collect(),
        (Change::Cut(length), Value::Array(elements)) => elements.truncate(*length),
        (Change::Lower, Value::String(text)) => *text = text.to_lowercase(),
        (Change::Reverse, Value::Array(elements)) => elements.reverse(),
        (Change::Twice, Value::Array(elements)) => elements.extend_from_within(..),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn after(document: &Value, edits: Value) -> String {
        let edits: Vec<Edit> = serde_json::from_value(edits).unwrap();
        String::from_utf8(edited(document.to_string().as_bytes(), &edits).unwrap()).unwrap()
    }

    #[test]
    fn each_change_meets_what_its_pointer_names() {
        let document = json!({"data": [{"id": "a", "name": "Ä One"}, {"id": "b", "name": "Two"}], "more": true});
        for (edits, expected) in [
            (
                json!([{"at": "/data/1/name", "do": {"set": 7}}]),
                r#"{"data":[{"id":"a","name":"Ä One"},{"id":"b","name":7}],"more":true}"#,
            ),
            (
                json!([{"at": "/data/*/name", "where": {"id": "a"}, "do": {"cut": 1}}, {"at": "/more", "do": "remove"}]),
                r#"{"data":[{"id":"a","name":"Ä"},{"id":"b","name":"Two"}]}"#,
            ),
            (
                json!([{"at": "/data/*/name", "do": "lower"}, {"at": "/data", "do": "reverse"}]),
                r#"{"data":[{"id":"b","name":"two"},{"id":"a","name":"ä one"}],"more":true}"#,
            ),
            (
                json!([{"at": "/data/0", "do": "remove"}, {"at": "/data", "do": "twice"}, {"at": "/new", "do": {"set": null}}]),
                r#"{"data":[{"id":"b","name":"Two"},{"id":"b","name":"Two"}],"more":true,"new":null}"#,
            ),
            (
                json!([{"at": "/data/*/name", "do": {"raw": "\"\\ud83d\""}}, {"at": "/more", "do": {"raw": "1e999"}}]),
                r#"{"data":[{"id":"a","name":"\ud83d"},{"id":"b","name":"\ud83d"}],"more":1e999}"#,
            ),
            (
                json!([{"at": "/data", "do": {"cut": 1}}, {"at": "/more", "do": {"cut": 1}}]),
                r#"{"data":[{"id":"a","name":"Ä One"}],"more":true}"#,
            ),
            (json!([{"at": "", "do": {"set": []}}]), "[]"),
            (
                json!([{"at": "/data/9/name", "do": {"set": 1}}, {"at": "/more/deep/er", "do": {"set": 1}}, {"at": "/more", "do": "reverse"}]),
                r#"{"data":[{"id":"a","name":"Ä One"},{"id":"b","name":"Two"}],"more":true}"#,
            ),
        ] {
            assert_eq!(after(&document, edits.clone()), expected, "{edits}");
        }
    }

    #[test]
    fn a_member_with_a_slash_in_its_name_is_named_as_the_rfc_has_it() {
        let document = json!({"a/b": {"~": 1}});
        let edits = json!([{"at": "/a~1b/~0", "do": {"set": 2}}]);
        assert_eq!(after(&document, edits), r#"{"a/b":{"~":2}}"#);
    }

    #[test]
    fn what_is_no_json_cannot_be_edited() {
        assert_eq!(edited(b"<p>", &[]), None);
        assert_eq!(edited(b"", &[]), None);
    }
}
