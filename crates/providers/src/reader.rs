//! Reads JSON straight into the places that want it, and takes what it can.
//!
//! Guarantees: never a panic; a member nobody asked for, of another type than expected or `null`
//! leaves its place empty instead of spoiling the rest; only an object fills a record, so an array
//! can't pass for one. Must not know what any member means.
//!
//! Own visitor instead of derived ones for two reasons. Derived structs fail whole when one member
//! has an odd type, and also accept an array in their place. And each would be compiled anew, where
//! this one, behind `dyn`, is in the download once for all shapes of all dialects.

use std::fmt;

use serde::Deserializer;
use serde::de::{DeserializeSeed, Error, MapAccess, SeqAccess, Visitor};
use steward_domain::failure::Unreadable;
use steward_domain::time::Timestamp;

/// A plain value, as it came.
#[derive(Default)]
pub enum Scalar {
    /// Absent, `null`, or neither text, number nor truth.
    #[default]
    Missing,
    /// Text.
    Text(String),
    /// A number; a fraction is cut off, one too large is the largest.
    Number(i64),
    /// True or false.
    Flag(bool),
}

impl Scalar {
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

    /// The number, if it is one.
    pub fn number(&self) -> Option<i64> {
        match self {
            Self::Number(number) => Some(*number),
            _ => None,
        }
    }

    /// Whether it says yes. Some services write 1 for it.
    pub fn is_true(&self) -> bool {
        matches!(self, Self::Flag(true) | Self::Number(1))
    }

    /// Whether it says no. Absent is not no.
    pub fn is_false(&self) -> bool {
        matches!(self, Self::Flag(false) | Self::Number(0))
    }

    /// Whether it marks something by being there: neither empty nor zero nor no.
    pub fn is_mark(&self) -> bool {
        match self {
            Self::Missing | Self::Flag(false) | Self::Number(0) => false,
            Self::Text(text) => !text.is_empty(),
            _ => true,
        }
    }

    /// The point in time, if the text is one.
    pub fn time(&self) -> Option<Timestamp> {
        match self {
            Self::Text(text) => Timestamp::parse(text),
            _ => None,
        }
    }

    /// The point in time, if the number is one: seconds since 1970.
    pub fn unix(&self) -> Option<Timestamp> {
        self.number()
            .map(|seconds| Timestamp(0).plus_seconds(seconds))
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
    /// Into a record that stands in an array where a record is due: plain values count, and
    /// objects don't.
    Item(&'a mut dyn Record),
}

/// An object with members.
pub trait Record {
    /// Where the member of this name goes.
    fn place(&mut self, name: &str) -> Place<'_>;

    /// A plain value, or one of an array of them, came in the object's place.
    fn plain(&mut self, _value: Scalar) {}
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
        Ok((envelope.has_more.is_true(), envelope.last_id.words()))
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
    let mut json = serde_json::Deserializer::from_slice(body);
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
            _ => json.deserialize_any(self),
        }
    }
}

impl<'de> Visitor<'de> for Place<'_> {
    type Value = ();

    fn expecting(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        Ok(())
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<(), E> {
        self.put(Scalar::Flag(value));
        Ok(())
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<(), E> {
        self.put(Scalar::Number(value));
        Ok(())
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<(), E> {
        self.put(Scalar::Number(i64::try_from(value).unwrap_or(i64::MAX)));
        Ok(())
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<(), E> {
        #[allow(clippy::cast_possible_truncation)]
        self.put(Scalar::Number(value as i64));
        Ok(())
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<(), E> {
        // No copy of a text that nobody wants.
        if !matches!(self, Self::Nowhere) {
            self.put(Scalar::Text(value.to_owned()));
        }
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
    fn put(self, value: Scalar) {
        match self {
            Self::Value(place) => *place = value,
            Self::Record(record) | Self::Item(record) => record.plain(value),
            Self::Rows(..) | Self::Nowhere => {}
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
