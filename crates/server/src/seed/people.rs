//! The demo people and the rest of the cast.

use rusqlite::{Connection, params};

use super::rng::Rng;
use crate::core::persona::Persona;

/// More than fit into one workspace, so that its limit can be reached.
const OTHERS: usize = 120;

const GIVEN: [&str; 30] = [
    "Amara", "Bongani", "Chiara", "Diego", "Elif", "Farid", "Greta", "Hiro", "Ingrid", "Jabu",
    "Katya", "Liam", "Mei", "Naledi", "Omar", "Priya", "Quentin", "Rosa", "Samir", "Thandi",
    "Umberto", "Violet", "Wanjiru", "Xolani", "Yusuf", "Zanele", "Aiko", "Bram", "Celeste", "Dov",
];

const FAMILY: [&str; 31] = [
    "Abara", "Botha", "Castillo", "Dlamini", "Eriksen", "Fontaine", "Gupta", "Haddad", "Ivanova",
    "Jansen", "Kowalski", "Laurent", "Mokoena", "Nakamura", "Osei", "Petrov", "Quiroga", "Rossi",
    "Sithole", "Tanaka", "Ueda", "Visser", "Wong", "Xu", "Yilmaz", "Zulu", "Almeida", "Brandt",
    "Cohen", "Dubois", "Ferreira",
];

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

/// The names of a demo person.
pub(super) fn demo(persona: Persona) -> (&'static str, &'static str) {
    match persona {
        Persona::Owner => ("Olivia", "Okafor"),
        Persona::Admin => ("Anders", "Holm"),
        Persona::Viewer => ("Vera", "Marchetti"),
        Persona::Outsider => ("Oskar", "Lindqvist"),
    }
}

/// Names that repeat only after 930 people: 30 and 31 share no factor.
pub(super) fn names() -> impl Iterator<Item = (&'static str, &'static str)> {
    let pairs = GIVEN.iter().cycle().zip(FAMILY.iter().cycle());
    pairs.map(|(given, family)| (*given, *family))
}

/// The names of everyone who is no demo person.
pub(super) fn others() -> impl Iterator<Item = (&'static str, &'static str)> {
    names().take(OTHERS)
}

/// The e-mail address that goes with a name, at every vendor.
pub(super) fn email(given: &str, family: &str) -> String {
    format!("{given}.{family}@example.com").to_lowercase()
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
        let email = email(given, family);
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
        let (given, family) = demo(persona);
        add(rng, Some(persona), given, family)
    };
    let owner = demo_person(rng, Persona::Owner)?;
    let admin = demo_person(rng, Persona::Admin)?;
    let viewer = demo_person(rng, Persona::Viewer)?;
    demo_person(rng, Persona::Outsider)?;
    let mut others = Vec::with_capacity(OTHERS);
    for (given, family) in self::others() {
        others.push(add(rng, None, given, family)?);
    }
    Ok(Cast {
        owner,
        admin,
        viewer,
        others,
    })
}
