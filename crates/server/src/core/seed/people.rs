//! The demo people and the rest of the cast.

use crate::core::persona::Persona;

/// More than fit into one workspace, so that its limit can be reached.
pub(crate) const OTHERS: usize = 120;

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

/// The names of a demo person.
pub(crate) fn demo(persona: Persona) -> (&'static str, &'static str) {
    match persona {
        Persona::Owner => ("Olivia", "Okafor"),
        Persona::Admin => ("Anders", "Holm"),
        Persona::Viewer => ("Vera", "Marchetti"),
        Persona::Outsider => ("Oskar", "Lindqvist"),
    }
}

/// Names that repeat only after 930 people: 30 and 31 share no factor.
pub(crate) fn names() -> impl Iterator<Item = (&'static str, &'static str)> {
    let pairs = GIVEN.iter().cycle().zip(FAMILY.iter().cycle());
    pairs.map(|(given, family)| (*given, *family))
}

/// The names of everyone who is no demo person.
pub(crate) fn others() -> impl Iterator<Item = (&'static str, &'static str)> {
    names().take(OTHERS)
}

/// The e-mail address that goes with a name, at every vendor.
pub(crate) fn email(given: &str, family: &str) -> String {
    format!("{given}.{family}@example.com").to_lowercase()
}
