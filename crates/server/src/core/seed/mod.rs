//! What the demo data of all vendors have in common: the reference date, names, people and the workspaces that are out of the ordinary.
//!
//! Guarantees: the same each time. Must not know any vendor's tables.

pub(crate) mod edge_cases;
pub(crate) mod names;
pub(crate) mod people;
pub(crate) mod rng;
pub(crate) mod seed_once;

use crate::core::clock::Timestamp;
use rng::Rng;

/// What a new database is to hold.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    /// How many workspaces a vendor gets.
    pub workspaces: u32,
    /// Whether the first twenty are what trips clients up, and all vendors' others have the same names. Tests want that;
    /// whoever looks at the demo sees a company with names of its own at each vendor.
    pub edge_cases: bool,
}

/// 2026-06-01T00:00:00Z: nothing in the seed was made after it.
pub(crate) const REFERENCE: Timestamp = Timestamp(1_780_272_000_000_000);

/// Seconds of a day.
pub(crate) const DAY: i64 = 86_400;

/// The demo owner's roles, repeated: 12 of 20 owner, 5 admin, 3 viewer.
pub(crate) const OWNER_ROLES: &[u8; 20] = b"ooaovooaooaovoaoovao";

/// A moment of the day that many days before.
pub(crate) fn earlier(rng: &mut Rng, than: Timestamp, days: i64) -> Timestamp {
    Timestamp(than.plus_seconds(-days * DAY).0 + rng.between(0, DAY * 1_000_000))
}

/// A moment between then and the reference.
pub(crate) fn later(rng: &mut Rng, than: Timestamp) -> Timestamp {
    Timestamp(rng.between(than.0, REFERENCE.0.max(than.0 + 1)))
}
