//! The demo people as the database holds them.
//!
//! Must not know what they may do anywhere; memberships decide that.

use rusqlite::{Connection, OptionalExtension, Row};

use crate::core::persona::Persona;

/// A person who can sign in.
#[derive(Clone, Debug)]
pub(super) struct Person {
    pub(super) user_id: String,
    pub(super) given_name: String,
    pub(super) family_name: String,
    pub(super) email: String,
    pub(super) timezone: String,
    pub(super) language: String,
    pub(super) date_format: String,
    pub(super) time_format: String,
}

impl Person {
    pub(super) fn name(&self) -> String {
        format!("{} {}", self.given_name, self.family_name)
    }

    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            user_id: row.get(0)?,
            given_name: row.get(1)?,
            family_name: row.get(2)?,
            email: row.get(3)?,
            timezone: row.get(4)?,
            language: row.get(5)?,
            date_format: row.get(6)?,
            time_format: row.get(7)?,
        })
    }
}

const COLUMNS: &str =
    "user_id, given_name, family_name, email, timezone, language, date_format, time_format";

pub(super) fn by_persona(db: &Connection, persona: Persona) -> rusqlite::Result<Person> {
    db.query_row(
        &format!("SELECT {COLUMNS} FROM altostrat_people WHERE persona = ?1"),
        [persona.key()],
        Person::from_row,
    )
}

pub(super) fn by_id(db: &Connection, user_id: &str) -> rusqlite::Result<Option<Person>> {
    db.query_row(
        &format!("SELECT {COLUMNS} FROM altostrat_people WHERE user_id = ?1"),
        [user_id],
        Person::from_row,
    )
    .optional()
}
