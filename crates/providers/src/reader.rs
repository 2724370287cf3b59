//! Reads JSON straight into the places that want it, and takes what it can.
//!
//! Guarantees: never a panic; a member nobody asked for or `null` leaves its place empty; one of
//! another type than expected, or broken in itself, is kept in the service's own words and spoils
//! nothing else; only an object fills a record, so an array can't pass for one; no number passes
//! through binary floating point. Must not know what any member means.
//!
//! Own visitor instead of derived ones for two reasons. Derived structs fail whole when one member
//! has an odd type, and also accept an array in their place. And each would be compiled anew, where
//! this one, behind `dyn`, is in the download once for all shapes of all dialects.

use std::fmt;

use serde::de::{DeserializeSeed, Error, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;
use steward_domain::decimal::Decimal;
use steward_domain::failure::Unreadable;
use steward_domain::odd::{Odd, Part, short};
use steward_domain::time::Timestamp;

use crate::mend::mended;

/// A plain value, as it came.
#[derive(Default)]
pub enum Scalar {
    /// Absent or `null`.
    #[default]
    Missing,
    /// Text.
    Text(String),
    /// A whole number.
    Number(i64),
    /// A number with a fraction, or a whole one that is too large for the above.
    Decimal(Decimal),
    /// True or false.
    Flag(bool),
    /// Anything else, as the service wrote it, shortened.
    Odd(String),
}

/// What a value says about something that is so or not.
pub(crate) enum Says {
    /// Nothing.
    Nothing,
    /// It is.
    Yes,
    /// It is not.
    No,
    /// Something else, in the service's words.
    Odd(String),
}

impl Scalar {
    /// The value that a piece of JSON stands for.
    fn of(json: &str) -> Self {
        match json.as_bytes() {
            [b'"', inner @ .., b'"'] => match inner.contains(&b'\\') {
                true => Self::unescaped(json),
                false => Self::Text(json.get(1..json.len() - 1).unwrap_or_default().to_owned()),
            },
            b"null" => Self::Missing,
            b"true" => Self::Flag(true),
            b"false" => Self::Flag(false),
            _ => match Decimal::parse(json) {
                Some(number) => number.whole().map_or(Self::Decimal(number), Self::Number),
                None => Self::Odd(short(json)),
            },
        }
    }

    /// The text that one with escapes stands for: read as everything else is, by one reader for all.
    fn unescaped(json: &str) -> Self {
        let mut alone = Alone(Self::Missing);
        let mut json = serde_json::Deserializer::from_str(json);
        let read = Place::Record(&mut alone).deserialize(&mut json);
        read.map_or(Self::Missing, |()| alone.0)
    }

    /// The text, if it is one.
    pub fn text(self) -> Option<String> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The text, if it is one and says something.
    pub fn words(self) -> Option<String> {
        self.text().filter(|text| !text.is_empty())
    }

    /// What it says, in the service's own words whatever its type; `None` where it says nothing.
    pub fn said(self) -> Option<String> {
        match self {
            Self::Missing => None,
            Self::Text(text) => (!text.is_empty()).then_some(text),
            Self::Number(number) => Some(number.to_string()),
            Self::Decimal(number) => Some(number.as_str().to_owned()),
            Self::Flag(true) => Some("true".to_owned()),
            Self::Flag(false) => Some("false".to_owned()),
            Self::Odd(words) => Some(words),
        }
    }

    /// The text; what came in its place stands for it in the service's words, and is noted.
    pub fn text_or(self, part: Part, odd: &mut Odd) -> Option<String> {
        match self {
            Self::Text(text) => Some(text),
            other => {
                let words = other.said()?;
                odd.note(part, words.clone());
                Some(words)
            }
        }
    }

    /// An id, exact: a text, or the digits of a whole number. A text of which a part could not be read
    /// is none, for it would be another's.
    pub fn id(self) -> Option<String> {
        match self {
            Self::Text(text) => {
                Some(text).filter(|text| !text.is_empty() && !text.contains('\u{fffd}'))
            }
            Self::Number(number) => Some(number.to_string()),
            Self::Decimal(number) if !number.as_str().contains('.') => {
                Some(number.as_str().to_owned())
            }
            _ => None,
        }
    }

    /// The number, if it is a whole one.
    pub fn number(&self) -> Option<i64> {
        match self {
            Self::Number(number) => Some(*number),
            _ => None,
        }
    }

    /// The number; what came in its place is noted in the service's words.
    pub fn number_or(self, part: Part, odd: &mut Odd) -> Option<i64> {
        let number = self.number();
        if number.is_none() {
            self.note(part, odd);
        }
        number
    }

    /// The number with all its digits, also from a text that is nothing else: so amounts are written.
    pub fn decimal(&self) -> Option<Decimal> {
        match self {
            Self::Number(number) => Decimal::parse(&number.to_string()),
            Self::Decimal(number) => Some(number.clone()),
            Self::Text(text) => Decimal::parse(text),
            _ => None,
        }
    }

    /// Seconds, without a fraction of one; also from a text that is such a number.
    pub fn seconds(&self) -> Option<i64> {
        let number = self.decimal()?;
        let (whole, _) = number
            .as_str()
            .split_once('.')
            .unwrap_or((number.as_str(), ""));
        whole.parse().ok()
    }

    /// Whether it says yes. Some services write 1 for it.
    pub fn is_true(&self) -> bool {
        matches!(self, Self::Flag(true) | Self::Number(1))
    }

    /// Whether it says no. Absent is not no.
    pub fn is_false(&self) -> bool {
        matches!(self, Self::Flag(false) | Self::Number(0))
    }

    /// Whether it says yes or no. A text says neither: `"false"` is true to some programs.
    pub(crate) fn says(self) -> Says {
        match self {
            Self::Missing => Says::Nothing,
            _ if self.is_true() => Says::Yes,
            _ if self.is_false() => Says::No,
            other => Says::Odd(other.said().unwrap_or_else(|| "\"\"".to_owned())),
        }
    }

    /// Whether it marks something by being there: neither empty nor zero nor no.
    pub fn is_mark(&self) -> bool {
        match self {
            Self::Missing | Self::Flag(false) | Self::Number(0) => false,
            Self::Text(text) => !text.is_empty(),
            _ => true,
        }
    }

    /// The point in time, whether it is written as a text or as a number.
    pub fn time(&self) -> Option<Timestamp> {
        match self {
            Self::Text(text) => Timestamp::parse(text),
            Self::Number(number) => Timestamp::parse(&number.to_string()),
            Self::Decimal(number) => Timestamp::parse(number.as_str()),
            _ => None,
        }
    }

    /// The point in time; what came in its place is noted in the service's words.
    pub fn time_or(self, part: Part, odd: &mut Odd) -> Option<Timestamp> {
        let time = self.time();
        if time.is_none() {
            self.note(part, odd);
        }
        time
    }

    fn note(self, part: Part, odd: &mut Odd) {
        if let Some(words) = self.said() {
            odd.note(part, short(&words));
        }
    }
}

/// Where a value goes.
pub enum Place<'a> {
    /// Nobody wants it.
    Nowhere,
    /// Into a plain value.
    Value(&'a mut Scalar),
    /// Into a table, row by row; the flag says that there was an array.
    Rows(&'a mut dyn Table, &'a mut bool),
    /// Into a record, member by member.
    Record(&'a mut dyn Record),
    /// Into a record, as what came in its place.
    Item(&'a mut dyn Record),
}

/// An object with members.
pub trait Record {
    /// Where the member of this name goes.
    fn place(&mut self, name: &str) -> Place<'_>;

    /// A value came in the object's place; where it was an array, each of its own in turn.
    fn plain(&mut self, _value: Scalar) {}

    /// An array came in the object's place, whatever is in it.
    fn array(&mut self) {}
}

/// An array of objects, read through one row that is used again and again.
pub trait Table {
    /// The row to fill. It is empty.
    fn row(&mut self) -> &mut dyn Record;
    /// The row is filled: take it and leave an empty one.
    fn take(&mut self);
}

/// What services put around a list: `{data: […], has_more, last_id}`, or another name for the rows.
struct Envelope<'a> {
    name: &'static str,
    rows: &'a mut dyn Table,
    is_list: bool,
    has_more: Scalar,
    last_id: Scalar,
}

impl Record for Envelope<'_> {
    fn place(&mut self, name: &str) -> Place<'_> {
        match name {
            _ if name == self.name => Place::Rows(self.rows, &mut self.is_list),
            "has_more" => Place::Value(&mut self.has_more),
            "last_id" => Place::Value(&mut self.last_id),
            _ => Place::Nowhere,
        }
    }
}

/// Reads an enveloped list with the rows under this name; the answer is whether there is more than
/// this list, and the id that the service names as its last.
pub(crate) fn list(
    body: &[u8],
    name: &'static str,
    rows: &mut dyn Table,
) -> Result<(bool, Option<String>), Unreadable> {
    let mut envelope = Envelope {
        name,
        rows,
        is_list: false,
        has_more: Scalar::Missing,
        last_id: Scalar::Missing,
    };
    fill(body, &mut envelope)?;
    // Without the array this is no list at all; calling it an empty one would hide workspaces.
    if envelope.is_list {
        // What is neither yes nor no must not make a list look whole.
        let goes_on = matches!(envelope.has_more.says(), Says::Yes | Says::Odd(_));
        Ok((goes_on, envelope.last_id.id()))
    } else {
        Err(Unreadable::OtherShape)
    }
}

/// The envelope around one object: `{data: {…}}`, or another name for it.
pub(crate) struct Inside<'a>(pub(crate) &'static str, pub(crate) &'a mut dyn Record);

impl Record for Inside<'_> {
    fn place(&mut self, name: &str) -> Place<'_> {
        if name == self.0 {
            Place::Record(self.1)
        } else {
            Place::Nowhere
        }
    }
}

/// Fills a record from a body.
pub fn fill(body: &[u8], record: &mut dyn Record) -> Result<(), Unreadable> {
    let text = mended(body);
    let mut json = serde_json::Deserializer::from_str(&text);
    match Place::Record(record)
        .deserialize(&mut json)
        .and_then(|()| json.end())
    {
        Ok(()) => Ok(()),
        Err(error) if error.is_eof() => Err(Unreadable::Truncated),
        Err(_) => Err(Unreadable::OtherShape),
    }
}

/// The plain members of these names; `None` if the body is no object.
pub fn members<const N: usize>(body: &[u8], names: [&str; N]) -> Option<[Scalar; N]> {
    let mut values = [const { Scalar::Missing }; N];
    let mut flat = Flat {
        names: &names,
        values: &mut values,
    };
    fill(body, &mut flat).ok()?;
    Some(values)
}

/// A plain value that stands by itself.
struct Alone(Scalar);

impl Record for Alone {
    fn place(&mut self, _: &str) -> Place<'_> {
        Place::Nowhere
    }

    fn plain(&mut self, value: Scalar) {
        self.0 = value;
    }
}

struct Flat<'a> {
    names: &'a [&'a str],
    values: &'a mut [Scalar],
}

impl Record for Flat<'_> {
    fn place(&mut self, name: &str) -> Place<'_> {
        let at = self.names.iter().position(|known| *known == name);
        match at.and_then(|at| self.values.get_mut(at)) {
            Some(value) => Place::Value(value),
            None => Place::Nowhere,
        }
    }
}

impl<'de> DeserializeSeed<'de> for Place<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        match self {
            Self::Nowhere => json.deserialize_ignored_any(self),
            // Looked at only when all of it is there, so that its type and depth cannot matter.
            Self::Value(place) => {
                *place = Scalar::of(<&RawValue>::deserialize(json)?.get());
                Ok(())
            }
            Self::Item(record) => {
                record.plain(Scalar::of(<&RawValue>::deserialize(json)?.get()));
                Ok(())
            }
            Self::Record(_) | Self::Rows(..) => json.deserialize_any(self),
        }
    }
}

impl<'de> Visitor<'de> for Place<'_> {
    type Value = ();

    fn expecting(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        Ok(())
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<(), E> {
        self.put(|| Scalar::Flag(value));
        Ok(())
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<(), E> {
        self.put(|| Scalar::Number(value));
        Ok(())
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<(), E> {
        self.put(|| Scalar::of(&value.to_string()));
        Ok(())
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<(), E> {
        // Its digits are gone by now, and nothing reads a fraction in the place of an object.
        self.put(|| Scalar::Odd("…".to_owned()));
        Ok(())
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<(), E> {
        self.put(|| Scalar::Text(value.to_owned()));
        Ok(())
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        match self {
            Self::Rows(table, is_list) => {
                *is_list = true;
                while items
                    .next_element_seed(Place::Record(table.row()))?
                    .is_some()
                {
                    table.take();
                }
            }
            Self::Record(record) => {
                record.array();
                while items
                    .next_element_seed(Place::Item(&mut *record))?
                    .is_some()
                {}
            }
            _ => while items.next_element_seed(Place::Nowhere)?.is_some() {},
        }
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut members: A) -> Result<(), A::Error> {
        while let Some(place) = members.next_key_seed(Name(&mut self))? {
            members.next_value_seed(place)?;
        }
        Ok(())
    }
}

impl Place<'_> {
    /// Tells a record of what came in its place; a list tells by its flag.
    fn put(self, value: impl FnOnce() -> Scalar) {
        if let Self::Record(record) = self {
            record.plain(value());
        }
    }
}

/// Finds the place of a member by its name, which is never copied.
struct Name<'a, 'b>(&'a mut Place<'b>);

impl<'de, 'a> DeserializeSeed<'de> for Name<'a, '_> {
    type Value = Place<'a>;

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<Place<'a>, D::Error> {
        json.deserialize_identifier(self)
    }
}

impl<'de, 'a> Visitor<'de> for Name<'a, '_> {
    type Value = Place<'a>;

    fn expecting(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        Ok(())
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Place<'a>, E> {
        Ok(match self.0 {
            Place::Record(record) => record.place(name),
            _ => Place::Nowhere,
        })
    }
}
