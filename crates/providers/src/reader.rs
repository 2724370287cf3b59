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

    /// The point in time, if the text is one.
    pub fn time(&self) -> Option<Timestamp> {
        match self {
            Self::Text(text) => Timestamp::parse(text),
            _ => None,
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
}

/// An object with members.
pub trait Record {
    /// Where the member of this name goes.
    fn place(&mut self, name: &str) -> Place<'_>;
}

/// An array of objects, read through one row that is used again and again.
pub trait Table {
    /// The row to fill. It is empty.
    fn row(&mut self) -> &mut dyn Record;
    /// The row is filled: take it and leave an empty one.
    fn take(&mut self);
}

/// The envelope that several services put around a list: `{data: […], has_more}`.
pub(crate) struct Listed<'a> {
    rows: &'a mut dyn Table,
    is_list: bool,
    has_more: Scalar,
}

impl Record for Listed<'_> {
    fn place(&mut self, name: &str) -> Place<'_> {
        match name {
            "data" => Place::Rows(self.rows, &mut self.is_list),
            "has_more" => Place::Value(&mut self.has_more),
            _ => Place::Nowhere,
        }
    }
}

/// Reads an enveloped list; the answer is whether there is more than this list.
pub(crate) fn list(body: &[u8], rows: &mut dyn Table) -> Result<bool, Unreadable> {
    let mut listed = Listed {
        rows,
        is_list: false,
        has_more: Scalar::Missing,
    };
    fill(body, &mut listed)?;
    // Without the array this is no list at all; calling it an empty one would hide workspaces.
    if listed.is_list {
        Ok(listed.has_more.is_true())
    } else {
        Err(Unreadable::OtherShape)
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
        if let Self::Value(place) = self {
            *place = Scalar::Text(value.to_owned());
        }
        Ok(())
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        if let Self::Rows(table, is_list) = self {
            *is_list = true;
            while items
                .next_element_seed(Place::Record(table.row()))?
                .is_some()
            {
                table.take();
            }
            return Ok(());
        }
        while items.next_element_seed(Place::Nowhere)?.is_some() {}
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
        if let Self::Value(place) = self {
            *place = value;
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
