//! JSON as services send it, read by derived shapes (serde).
//!
//! Guarantees for every shape: a member may be absent, `null` or of an odd type, and may come twice (the last one counts);
//! an odd element of a list costs that element alone; an array never stands for a record, whose fields a derived reader
//! would take from it by their order. Must not know what any member means.
//!
//! Each value is set apart as the service wrote it ([`RawValue`]) and looked at when all of it is there, so that one odd value
//! cannot cost its neighbours, and digits stay exact.

use std::collections::BTreeMap;

use serde::de::{DeserializeOwned, Visitor};
use serde::{Deserialize, Deserializer, forward_to_deserialize_any};
use serde_json::value::RawValue;
use steward_domain::failure::Unreadable;

use crate::mend::mended;
pub(crate) use crate::scalar::Says;
pub use crate::scalar::Scalar;

/// A record where one is due, and what came in its place.
#[derive(Default)]
pub struct Nested<T> {
    /// The record; an empty one where something else came.
    pub record: T,
    /// The plain value that came in its place, or those of an array that did.
    pub instead: Vec<Scalar>,
    /// Whether an array came in its place, whatever is in it.
    pub is_array: bool,
    /// Whether it is the record.
    pub is_there: bool,
}

impl<'de, T: DeserializeOwned + Default> Deserialize<'de> for Nested<T> {
    fn deserialize<D: Deserializer<'de>>(json: D) -> Result<Self, D::Error> {
        let json = <&RawValue>::deserialize(json)?.get();
        let mut nested = Self::default();
        match json.as_bytes() {
            [b'{', ..] => {
                nested.is_there = true;
                nested.record = record(json).unwrap_or_default();
            }
            [b'[', ..] => {
                nested.is_array = true;
                nested.instead = serde_json::from_str(json).unwrap_or_default();
            }
            _ => nested.instead = vec![Scalar::of(json)],
        }
        Ok(nested)
    }
}

/// A list of records in a record.
#[derive(Default)]
pub struct Rows<T> {
    /// An entry each, in the service's order; `None` for one that is no record.
    pub rows: Vec<Option<T>>,
    /// Whether there was an array.
    pub is_there: bool,
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for Rows<T> {
    fn deserialize<D: Deserializer<'de>>(json: D) -> Result<Self, D::Error> {
        let rows = rows(<&RawValue>::deserialize(json)?.get());
        Ok(Self {
            is_there: rows.is_some(),
            rows: rows.unwrap_or_default(),
        })
    }
}

/// The members of an object by name. One that comes twice counts as it came last.
type Members<'a> = BTreeMap<String, &'a RawValue>;

/// An object for derived readers: they would take an array for one as well, by the order of its fields, and each of them
/// would bring code for that.
struct Object<'de>(&'de str);

impl<'de> Deserializer<'de> for Object<'de> {
    type Error = serde_json::Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        let mut json = serde_json::Deserializer::from_str(self.0);
        let read = json.deserialize_map(visitor)?;
        json.end().map(|()| read)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

/// Reads a record. What a derived reader refuses, a member that comes twice, is read without the first.
fn record<T: DeserializeOwned>(json: &str) -> serde_json::Result<T> {
    T::deserialize(Object(json)).or_else(|_| {
        let members: Members<'_> = serde_json::from_str(json)?;
        T::deserialize(Object(&serde_json::to_string(&members)?))
    })
}

/// The rows of an array; `None` where there is no array.
fn rows<T: DeserializeOwned>(json: &str) -> Option<Vec<Option<T>>> {
    let rows: Vec<&RawValue> = serde_json::from_str(json).ok()?;
    Some(rows.iter().map(|row| record(row.get()).ok()).collect())
}

/// Reads a body that is one record.
///
/// # Errors
/// [`Unreadable::Truncated`] if it breaks off, [`Unreadable::OtherShape`] if it is no JSON object.
pub fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, Unreadable> {
    record(&mended(body)).map_err(|error| why(&error))
}

/// Reads as much of a record as came: where its body breaks off, what was whole before counts.
pub(crate) fn read_begun<T: DeserializeOwned + Default>(body: &[u8]) -> T {
    let text = mended(body);
    record(&text)
        .or_else(|_| record(&closed(&text)))
        .unwrap_or_default()
}

/// Reads a record that stands under a name of the body; an empty one where none stands there.
pub(crate) fn read_inside<T: DeserializeOwned + Default>(
    body: &[u8],
    name: &str,
) -> Result<T, Unreadable> {
    let text = mended(body);
    let members: Members<'_> = serde_json::from_str(&text).map_err(|error| why(&error))?;
    let inside = members.get(name).map(|raw| record(raw.get()));
    Ok(inside.and_then(Result::ok).unwrap_or_default())
}

/// What services put around a list: `{data: […], has_more, last_id}`, or another name for the rows.
pub(crate) struct List<T> {
    /// An entry each; `None` for one that is no record.
    pub(crate) rows: Vec<Option<T>>,
    /// Whether the service says that there is more than this list.
    pub(crate) has_more: bool,
    /// The id that it names as the list's last.
    pub(crate) last_id: Option<String>,
}

/// Reads an enveloped list with the rows under this name.
pub(crate) fn read_list<T: DeserializeOwned>(
    body: &[u8],
    name: &str,
) -> Result<List<T>, Unreadable> {
    let text = mended(body);
    let members: Members<'_> = serde_json::from_str(&text).map_err(|error| why(&error))?;
    let member = |name: &str| {
        let raw = members.get(name);
        raw.map_or(Scalar::Missing, |raw| Scalar::of(raw.get()))
    };
    // Without the array this is no list at all; calling it an empty one would hide workspaces.
    let rows = members.get(name).and_then(|raw| rows(raw.get()));
    Ok(List {
        rows: rows.ok_or(Unreadable::OtherShape)?,
        // What is neither yes nor no must not make a list look whole.
        has_more: matches!(member("has_more").says(), Says::Yes | Says::Odd(_)),
        last_id: member("last_id").id(),
    })
}

/// The plain members of these names; `None` if the body is no object.
pub fn members<const N: usize>(body: &[u8], names: [&str; N]) -> Option<[Scalar; N]> {
    let text = mended(body);
    let members: Members<'_> = serde_json::from_str(&text).ok()?;
    let member = |name: &str| members.get(name).map(|raw| Scalar::of(raw.get()));
    Some(names.map(|name| member(name).unwrap_or_default()))
}

fn why(error: &serde_json::Error) -> Unreadable {
    match error.is_eof() {
        true => Unreadable::Truncated,
        false => Unreadable::OtherShape,
    }
}

/// A text that broke off, cut after its last whole value and with an end for all that was begun.
fn closed(text: &str) -> String {
    let (mut open, mut whole) = (Vec::new(), 0);
    let (mut in_text, mut is_escaped) = (false, false);
    for (at, letter) in text.char_indices() {
        match letter {
            _ if is_escaped => is_escaped = false,
            '\\' if in_text => is_escaped = true,
            '"' => in_text = !in_text,
            _ if in_text => {}
            '{' | '[' => {
                open.push(if letter == '{' { '}' } else { ']' });
                whole = at + 1;
            }
            '}' | ']' => {
                open.pop();
                whole = at + 1;
            }
            ',' => whole = at,
            _ => {}
        }
    }
    let mut closed = text.get(..whole).unwrap_or_default().to_owned();
    closed.extend(open.into_iter().rev());
    closed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Default, Deserialize, PartialEq, Debug)]
    #[serde(default)]
    struct Pair {
        one: Flat,
        two: Flat,
    }

    #[derive(Default, PartialEq, Debug)]
    struct Flat(Option<String>);

    impl<'de> Deserialize<'de> for Flat {
        fn deserialize<D: Deserializer<'de>>(json: D) -> Result<Self, D::Error> {
            Scalar::deserialize(json).map(|value| Self(value.said()))
        }
    }

    fn pair(one: &str, two: &str) -> Pair {
        let flat = |text: &str| Flat((!text.is_empty()).then(|| text.to_owned()));
        Pair {
            one: flat(one),
            two: flat(two),
        }
    }

    #[test]
    fn a_member_that_comes_twice_counts_as_it_came_last() {
        let body = br#"{"one":1,"two":2,"one":"last"}"#;
        assert_eq!(read(body), Ok(pair("last", "2")));
    }

    #[test]
    fn an_array_is_no_record() {
        assert_eq!(read::<Pair>(b"[1,2]"), Err(Unreadable::OtherShape));
        let list = read_list::<Pair>(br#"{"data":[[1,2],{"one":1}]}"#, "data").unwrap();
        assert_eq!(list.rows, [None, Some(pair("1", ""))]);
    }

    #[test]
    fn what_broke_off_counts_as_far_as_it_was_whole() {
        for (body, read) in [
            (r#"{"one":"a","two":"b"#, pair("a", "")),
            (r#"{"one":"a\\","two":tr"#, pair("a\\", "")),
            (
                r#"{"one":"a,\"","two":"b","three":{"x":[1,{"#,
                pair("a,\"", "b"),
            ),
            (r#"{"one":1,"one":"b","#, pair("b", "")),
            ("{", pair("", "")),
            ("", pair("", "")),
        ] {
            assert_eq!(read_begun::<Pair>(body.as_bytes()), read, "{body}");
        }
        assert_eq!(
            read::<Pair>(br#"{"one":"a","two":"b"#),
            Err(Unreadable::Truncated)
        );
    }
}
