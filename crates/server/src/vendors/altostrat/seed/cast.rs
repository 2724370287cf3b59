//! The demo people and the rest of the cast, as this vendor's tables hold them.
//!
//! Must not know where they are members.

use rusqlite::{Connection, params};

use crate::core::persona::Persona;
use crate::core::seed::people;
use crate::core::seed::rng::Rng;

/// The ids of everyone.
pub(super) struct Cast {
    pub(super) owner: String,
    pub(super) admin: String,
    pub(super) viewer: String,
    others: Vec<String>,
}

impl Cast {
    pub(super) fn other(&self, rng: &mut Rng) -> &str {
        let count = u64::try_from(self.others.len()).unwrap_or(1);
        let at = usize::try_from(rng.below(count)).unwrap_or_default();
        self.others
            .get(at)
            .map_or(self.owner.as_str(), String::as_str)
    }
}

/// Writes all of them.
pub(super) fn insert(db: &Connection, rng: &mut Rng) -> rusqlite::Result<Cast> {
    let mut statement = db.prepare(
        "INSERT INTO altostrat_people (user_id, persona, given_name, family_name, email, \
         timezone, language, date_format, time_format) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, 'en', 'YYYY-MM-DD', 'HH:mm')",
    )?;
    let mut add = |rng: &mut Rng, persona: Option<Persona>, given: &str, family: &str| {
        let id = rng.user_id();
        let email = people::email(given, family);
        let zone = rng.pick(&[
            "Africa/Johannesburg",
            "Africa/Lagos",
            "Europe/London",
            "Europe/Oslo",
        ]);
        statement.execute(params![
            id,
            persona.map(Persona::key),
            given,
            family,
            email,
            zone
        ])?;
        Ok::<String, rusqlite::Error>(id)
    };
    let mut demo_person = |rng: &mut Rng, persona: Persona| {
        let (given, family) = people::demo(persona);
        add(rng, Some(persona), given, family)
    };
    let owner = demo_person(rng, Persona::Owner)?;
    let admin = demo_person(rng, Persona::Admin)?;
    let viewer = demo_person(rng, Persona::Viewer)?;
    demo_person(rng, Persona::Outsider)?;
    let mut others = Vec::with_capacity(people::OTHERS);
    for (given, family) in people::others() {
        others.push(add(rng, None, given, family)?);
    }
    Ok(Cast {
        owner,
        admin,
        viewer,
        others,
    })
}
