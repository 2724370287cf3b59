//! Believable names, from word lists.
//!
//! Guarantees: no two indexes give the same workspace name, and none exceeds 50 code points.

use super::rng::Rng;

const FIRST: [&str; 48] = [
    "Acacia",
    "Aurora",
    "Baobab",
    "Beacon",
    "Birchwood",
    "Bluegum",
    "Brightwater",
    "Calder",
    "Cedar",
    "Cobalt",
    "Copperfield",
    "Coral",
    "Crestline",
    "Delta",
    "Drakens",
    "Eastgate",
    "Ember",
    "Fairmont",
    "Fjord",
    "Granite",
    "Halcyon",
    "Harbour",
    "Hawthorn",
    "Highveld",
    "Indigo",
    "Juniper",
    "Karoo",
    "Kestrel",
    "Lakeside",
    "Larkspur",
    "Marula",
    "Meridian",
    "Monarch",
    "Northwind",
    "Oakhurst",
    "Pinnacle",
    "Protea",
    "Quarry",
    "Redwood",
    "Riverbend",
    "Sable",
    "Silverline",
    "Summit",
    "Tidewater",
    "Umber",
    "Vantage",
    "Westbrook",
    "Yellowwood",
];

const SECOND: [&str; 32] = [
    "Logistics",
    "Retail",
    "Clinics",
    "Schools",
    "Hotels",
    "Foods",
    "Energy",
    "Motors",
    "Partners",
    "Insurance",
    "Studios",
    "Mining",
    "Textiles",
    "Pharmacy",
    "Airports",
    "Stadiums",
    "Properties",
    "Breweries",
    "Farms",
    "Publishing",
    "Telecom",
    "Robotics",
    "Shipping",
    "Bakeries",
    "Optics",
    "Cycles",
    "Gardens",
    "Laboratories",
    "Libraries",
    "Coffee",
    "Plastics",
    "Water",
];

const PLACE: [&str; 40] = [
    "Accra",
    "Adelaide",
    "Antwerp",
    "Bergen",
    "Bilbao",
    "Bristol",
    "Cape Town",
    "Cardiff",
    "Cork",
    "Dakar",
    "Durban",
    "Galway",
    "Geneva",
    "Ghent",
    "Graz",
    "Hamburg",
    "Harare",
    "Hobart",
    "Kampala",
    "Kigali",
    "Leeds",
    "Lisbon",
    "Lusaka",
    "Lyon",
    "Malmö",
    "Maputo",
    "Nairobi",
    "Nantes",
    "Oslo",
    "Perth",
    "Porto",
    "Pretoria",
    "Riga",
    "Rotterdam",
    "Seville",
    "Tallinn",
    "Turin",
    "Utrecht",
    "Windhoek",
    "Zürich",
];

const PURPOSE: [&str; 12] = [
    "Network and sites of",
    "Guest Wi-Fi for",
    "Production tenant of",
    "Remote sites of",
    "Shared services for",
    "Point of sale at",
    "Staging before the move of",
    "Cameras and doors of",
    "Office network of",
    "Failover links of",
    "Managed customers of",
    "Field teams of",
];

const SCOPE: [&str; 12] = [
    "the head office",
    "all branches",
    "the northern region",
    "the coastal region",
    "the warehouse group",
    "the franchise partners",
    "the new acquisitions",
    "the support desk",
    "the engineering group",
    "the events team",
    "the overseas offices",
    "the call centres",
];

const UNIT: [&str; 8] = [
    "Head office",
    "Branches",
    "Warehouses",
    "Franchise",
    "Support",
    "Engineering",
    "Events",
    "Overseas",
];

/// The name of the workspace with this index.
pub(crate) fn workspace(index: u32) -> String {
    let at = usize::try_from(index).unwrap_or_default();
    let pairs = FIRST.len() * SECOND.len();
    // 997 shares no factor with the number of pairs, so this walks all of them, far apart.
    let pair = (at * 997) % pairs;
    let first = FIRST.get(pair / SECOND.len()).copied().unwrap_or_default();
    let second = SECOND.get(pair % SECOND.len()).copied().unwrap_or_default();
    let round = at / pairs;
    if round == 0 {
        return format!("{first} {second}");
    }
    let place = PLACE
        .get((round - 1) % PLACE.len())
        .copied()
        .unwrap_or_default();
    match (round - 1) / PLACE.len() {
        0 => format!("{first} {second} {place}"),
        more => format!("{first} {second} {place} {}", more + 1),
    }
}

/// Names that a vendor's customers give: what for, and what it is.
pub(crate) struct Words {
    what_for: [&'static str; 16],
    what: [&'static str; 8],
}

/// Anthropic's workspaces: what a team builds on models.
pub(crate) const ASSISTANTS: Words = Words {
    what_for: [
        "Support",
        "Contracts",
        "Claims",
        "Onboarding",
        "Research",
        "Finance",
        "Marketing",
        "Recruiting",
        "Logistics",
        "Legal",
        "Sales",
        "Security",
        "Procurement",
        "Training",
        "Quality",
        "Travel",
    ],
    what: [
        "assistant",
        "evaluation",
        "batch jobs",
        "prototype",
        "production",
        "summaries",
        "data labelling",
        "staging",
    ],
};

/// OpenAI's projects.
pub(crate) const PROJECTS: Words = Words {
    what_for: [
        "Customer",
        "Catalogue",
        "Helpdesk",
        "Voice",
        "Document",
        "Image",
        "Code review",
        "Translation",
        "Forecast",
        "Survey",
        "Newsletter",
        "Booking",
        "Ticket",
        "Product",
        "Meeting",
        "Accessibility",
    ],
    what: [
        "chat",
        "semantic search",
        "pilot",
        "tagging",
        "embeddings",
        "moderation",
        "agents",
        "fine-tuning",
    ],
};

/// Flashback's workspaces: what is stored there.
pub(crate) const STORES: Words = Words {
    what_for: [
        "Media",
        "Nightly",
        "Laboratory",
        "Design",
        "Museum",
        "Video",
        "Mobile",
        "Website",
        "Analytics",
        "Ledger",
        "Map",
        "Sensor",
        "Invoice",
        "Podcast",
        "Scan",
        "Model",
    ],
    what: [
        "originals",
        "backups",
        "data",
        "exports",
        "mirror",
        "renders",
        "uploads",
        "cold storage",
    ],
};

/// The name of the workspace with this index at a vendor with these words.
pub(crate) fn of(words: &Words, index: u32) -> String {
    let at = usize::try_from(index).unwrap_or_default();
    let pairs = words.what_for.len() * words.what.len();
    // 37 shares no factor with the number of pairs, so this walks all of them, far apart.
    let pair = (at * 37) % pairs;
    let what_for = words.what_for.get(pair / words.what.len());
    let what = words.what.get(pair % words.what.len());
    let name = [what_for, what].map(|word| word.copied().unwrap_or_default());
    match at / pairs {
        0 => name.join(" "),
        round => format!("{} {}", name.join(" "), round + 1),
    }
}

pub(crate) fn description(rng: &mut Rng) -> String {
    format!(
        "{} {}, {}",
        rng.pick(&PURPOSE),
        rng.pick(&SCOPE),
        rng.pick(&PLACE)
    )
}

pub(crate) fn place(rng: &mut Rng) -> &'static str {
    rng.pick(&PLACE)
}

pub(crate) fn unit(rng: &mut Rng) -> &'static str {
    rng.pick(&UNIT)
}

pub(crate) fn currency(rng: &mut Rng) -> &'static str {
    rng.pick(&["usd", "zar", "eur", "gbp", "aud"])
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    #[test]
    fn a_hundred_thousand_names_are_all_different_and_within_the_limit() {
        let names: HashSet<String> = (0..100_000).map(super::workspace).collect();
        assert_eq!(names.len(), 100_000);
        assert!(names.iter().all(|name| name.chars().count() <= 50));
    }

    #[test]
    fn no_two_vendors_share_a_name_and_none_says_more_than_a_name() {
        use super::{ASSISTANTS, PROJECTS, STORES, of, workspace};
        let all: Vec<String> = (0..2_000)
            .flat_map(|index| {
                let vendors = [&ASSISTANTS, &PROJECTS, &STORES].map(|words| of(words, index));
                vendors.into_iter().chain([workspace(index)])
            })
            .collect();
        let different: HashSet<&String> = all.iter().collect();
        assert_eq!(different.len(), all.len());
        let plain = |letter: char| letter.is_alphanumeric() || " -".contains(letter);
        for name in &all {
            assert!(
                name.chars().all(plain) && name.chars().count() <= 40,
                "{name}"
            );
        }
    }
}
