//! A plain value as a service sends it, whatever its type.
//!
//! Guarantees: every reading of it is lenient and says no more than what came; digits stay exact, and what came in the place
//! of something else is kept in the service's words. Must not know which member it is.

use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;
use steward_domain::decimal::Decimal;
use steward_domain::odd::{Odd, Part, short};
use steward_domain::time::Timestamp;

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
    pub(crate) fn of(json: &str) -> Self {
        match json.as_bytes() {
            [b'"', inner @ .., b'"'] => match inner.contains(&b'\\') {
                true => serde_json::from_str(json).map_or(Self::Missing, Self::Text),
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

    /// This, or the other where nothing came: services have two names for some members.
    pub(crate) fn or(self, other: Self) -> Self {
        match self {
            Self::Missing => other,
            one => one,
        }
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

impl<'de> Deserialize<'de> for Scalar {
    fn deserialize<D: Deserializer<'de>>(json: D) -> Result<Self, D::Error> {
        <&RawValue>::deserialize(json).map(|raw| Self::of(raw.get()))
    }
}
