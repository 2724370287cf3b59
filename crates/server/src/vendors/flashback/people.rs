//! Users as the database holds them, and what their role in the organization lets them do.
//!
//! Must not know what they may do in a workspace; their places there decide that.

use rusqlite::{Connection, OptionalExtension, Row};

use crate::core::clock::Timestamp;
use crate::core::persona::Persona;

/// A role in the organization; a later one may do everything an earlier one may.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum OrgRole {
    /// Nothing beyond what workspaces give.
    User,
    /// Payments.
    Billing,
    /// Make workspaces and see who is in the organization.
    Workspaces,
    /// Administer.
    Administrators,
    /// Own it.
    Owner,
}

impl OrgRole {
    const ALL: [Self; 5] = [
        Self::User,
        Self::Billing,
        Self::Workspaces,
        Self::Administrators,
        Self::Owner,
    ];

    /// The number on the wire and in the database.
    #[must_use]
    pub fn number(self) -> i64 {
        match self {
            Self::User => 0,
            Self::Billing => 1,
            Self::Workspaces => 2,
            Self::Administrators => 254,
            Self::Owner => 255,
        }
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::User => "USER",
            Self::Billing => "BILLING",
            Self::Workspaces => "WORKSPACES",
            Self::Administrators => "ADMINISTRATORS",
            Self::Owner => "OWNER",
        }
    }

    /// The role of a number. Null is a plain user; the database has no other numbers.
    pub(super) fn of(number: Option<i64>) -> Self {
        let number = number.unwrap_or_default();
        let found = Self::ALL.into_iter().find(|role| role.number() == number);
        found.unwrap_or(Self::User)
    }

    /// The numbers of this role and of those below it.
    pub(super) fn included(self) -> Vec<i64> {
        let below = Self::ALL.into_iter().filter(|role| *role <= self);
        below.map(Self::number).collect()
    }
}

/// A user.
#[derive(Clone, Debug)]
pub struct User {
    pub(super) id: String,
    pub(super) org_id: String,
    pub(super) name: String,
    pub(super) last_name: String,
    pub(super) email: String,
    pub(super) org_role: Option<i64>,
    pub(super) validated: bool,
    pub(super) deleted_at: Option<Timestamp>,
}

impl User {
    /// The columns that [`User::from_row`] reads.
    pub(super) const COLUMNS: &'static str =
        "id, org_id, name, last_name, email, org_role, validated, deleted_at";

    pub(super) fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get(0)?,
            org_id: row.get(1)?,
            name: row.get(2)?,
            last_name: row.get(3)?,
            email: row.get(4)?,
            org_role: row.get(5)?,
            validated: row.get(6)?,
            deleted_at: row.get(7)?,
        })
    }

    pub(super) fn role(&self) -> OrgRole {
        OrgRole::of(self.org_role)
    }

    pub(super) fn is_deleted(&self) -> bool {
        self.deleted_at.is_some()
    }
}

pub(super) fn by_id(db: &Connection, id: &str) -> rusqlite::Result<Option<User>> {
    db.prepare_cached(&format!(
        "SELECT {} FROM flashback_users WHERE id = ?1",
        User::COLUMNS
    ))?
    .query_row([id], User::from_row)
    .optional()
}

/// The user with that e-mail address, and what was kept of the password, if there is one.
pub(super) fn by_email(
    db: &Connection,
    email: &str,
) -> rusqlite::Result<Option<(User, Option<String>)>> {
    db.query_row(
        &format!(
            "SELECT {}, password FROM flashback_users WHERE email = ?1",
            User::COLUMNS
        ),
        [email],
        |row| Ok((User::from_row(row)?, row.get(8)?)),
    )
    .optional()
}

/// What the authenticator of that user shows, if there is one.
pub(super) fn mfa_code(db: &Connection, id: &str) -> rusqlite::Result<Option<String>> {
    db.query_row(
        "SELECT mfa_code FROM flashback_users WHERE id = ?1",
        [id],
        |row| row.get(0),
    )
}

pub(super) fn by_persona(db: &Connection, persona: Persona) -> rusqlite::Result<User> {
    db.query_row(
        &format!(
            "SELECT {} FROM flashback_users WHERE persona = ?1",
            User::COLUMNS
        ),
        [persona.key()],
        User::from_row,
    )
}
