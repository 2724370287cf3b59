//! A workspace as the console knows it, whatever service it lives in.

use crate::field::Field;
use crate::id::WorkspaceId;
use crate::odd::{Odd, Part};
use crate::time::Timestamp;

/// One workspace. Every field a service may leave out is optional: a missing field is shown as
/// missing, it does not make the workspace unreadable.
#[derive(Clone, PartialEq, Debug)]
pub struct Workspace {
    /// Its id at the service.
    pub id: WorkspaceId,
    /// Its name, as the service has it. May be empty, may hold anything Unicode allows.
    pub name: String,
    /// Its description; `None` when the service has none.
    pub description: Option<String>,
    /// How it is paid for; `None` where the service says nothing about it.
    pub billing: Option<BillingMode>,
    /// Seats in the pool; only a pooled workspace has them.
    pub seat_limit: Option<i64>,
    /// Whether it is in use or archived.
    pub state: State,
    /// Whether the service treats it like any other.
    pub kind: Kind,
    /// When it was made.
    pub created: Option<Timestamp>,
    /// When it was last changed.
    pub updated: Option<Timestamp>,
    /// What only some services keep, as canonical text, in the order in which it is shown.
    pub more: Vec<(Field, String)>,
    /// What the service said and this console cannot read. A field's words are its text besides.
    pub odd: Odd,
}

impl Workspace {
    /// The canonical text of a field; empty where there is none.
    #[must_use]
    pub fn text(&self, field: Field) -> &str {
        match field {
            Field::Name => &self.name,
            Field::Description => self.description.as_deref().unwrap_or_default(),
            Field::Billing => self.billing.as_ref().map_or("", BillingMode::as_str),
            _ => {
                let found = self.more.iter().find(|(other, _)| *other == field);
                found.map_or("", |(_, text)| text)
            }
        }
    }

    /// Whether the service gave a field as anything but the text that it should be.
    #[must_use]
    pub fn is_odd(&self, field: Field) -> bool {
        self.odd.words(Part::Field(field)).is_some()
    }

    /// Gives a field another text; an empty one clears it.
    pub fn set(&mut self, field: Field, text: String) {
        match field {
            Field::Name => self.name = text,
            Field::Description => self.description = (!text.is_empty()).then_some(text),
            Field::Billing => {
                self.billing = (!text.is_empty()).then(|| BillingMode::from_word(text))
            }
            _ => match self.more.iter_mut().find(|(other, _)| *other == field) {
                Some((_, place)) => *place = text,
                None => self.more.push((field, text)),
            },
        }
    }
}

/// Whether a service treats a workspace like any other.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub enum Kind {
    /// It does.
    #[default]
    Ordinary,
    /// The organization's default one: it can be neither renamed nor archived, and everybody is in it.
    Default,
    /// Made by the service for signing in to one of its tools; archiving it ends that for everybody.
    ForTool,
}

/// Whether a workspace is in use.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum State {
    /// In use.
    Active,
    /// Archived, and since when if the service says so.
    Archived(Option<Timestamp>),
    /// Neither as far as this console can tell, in the service's own words. Nothing that rests on
    /// the state is allowed.
    Unknown(String),
}

impl State {
    /// Whether the workspace is known to be in use.
    #[must_use]
    pub fn is_active(&self) -> bool {
        matches!(self, Self::Active)
    }

    /// Whether the workspace is known to be archived.
    #[must_use]
    pub fn is_archived(&self) -> bool {
        matches!(self, Self::Archived(_))
    }
}

/// How a workspace is paid for (Altostrat contract, `billing_mode`).
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum BillingMode {
    /// One billing account for the workspace.
    Single,
    /// A billing account is assigned to each organization.
    Assigned,
    /// All organizations share a pool of seats.
    Pooled,
    /// A mode this console does not know, in the service's own word.
    Other(String),
}

impl BillingMode {
    /// The modes this console knows, in the order in which they are offered as a filter.
    pub const KNOWN: [Self; 3] = [Self::Single, Self::Assigned, Self::Pooled];

    /// The service's own word.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Single => "single",
            Self::Assigned => "assigned",
            Self::Pooled => "pooled",
            Self::Other(word) => word,
        }
    }

    /// Reads the service's word; an unknown one is kept, not refused.
    #[must_use]
    pub fn from_word(word: String) -> Self {
        match word.as_str() {
            "single" => Self::Single,
            "assigned" => Self::Assigned,
            "pooled" => Self::Pooled,
            _ => Self::Other(word),
        }
    }
}
