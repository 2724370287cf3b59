//! The first twenty workspaces: what trips clients up, and what stands against archiving.
//!
//! Guarantees: the indexes agree with the roles of the demo owner, who owns the four that cannot be
//! archived at first.

use self::Billing::{Assigned, Pooled, Single};

/// Who pays for what is in a workspace, where a vendor asks.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Billing {
    /// One account for all of it.
    Single,
    /// An account for each unit.
    Assigned,
    /// The workspace itself.
    Pooled,
}

/// A workspace before it has an id and dates.
pub(crate) struct Odd {
    pub(crate) name: String,
    pub(crate) description: Option<String>,
    pub(crate) billing_mode: Billing,
    pub(crate) archived: bool,
    pub(crate) subscriptions: u32,
    pub(crate) usage: bool,
}

impl Odd {
    fn new(name: &str, description: Option<&str>, billing_mode: Billing) -> Self {
        Self {
            name: name.to_owned(),
            description: description.map(str::to_owned),
            billing_mode,
            archived: false,
            subscriptions: 0,
            usage: false,
        }
    }

    fn archived(self) -> Self {
        Self {
            archived: true,
            ..self
        }
    }

    fn subscribed(self, subscriptions: u32) -> Self {
        Self {
            subscriptions,
            ..self
        }
    }
}

/// The odd workspace with this index.
pub(crate) fn odd(index: u32) -> Option<Odd> {
    let emoji: String = ['🦊', '🌵', '🚀', '🧭', '🎈']
        .into_iter()
        .cycle()
        .take(50)
        .collect();
    Some(match index {
        0 => Odd::new(
            "Ridgeway Clinics",
            Some("One subscription runs here"),
            Single,
        )
        .subscribed(1),
        1 => Odd::new(
            "Ostrich & Sons Freight",
            Some("Two subscriptions run here"),
            Assigned,
        )
        .subscribed(2),
        2 => Odd::new(
            "<img src=x onerror=alert(1)>",
            Some("<script>alert(2)</script><a href=\"javascript:alert(3)\">here</a>"),
            Single,
        ),
        3 => Odd::new(
            "Lantern Hotels Group",
            Some("Three subscriptions run here"),
            Pooled,
        )
        .subscribed(3),
        4 => Odd::new(
            "Invoices \u{202E}fdp.exe",
            Some("The name holds a right-to-left override"),
            Pooled,
        ),
        5 => Odd {
            usage: true,
            ..Odd::new("Saltmarsh Schools", Some("Sites in use"), Assigned)
        },
        6 => Odd::new(&emoji, Some("👩‍👩‍👧‍👦 is seven code points"), Pooled),
        7 => Odd::new("Field office", Some("The one in Maputo"), Single),
        8 => Odd::new("Field office", Some("The one in Windhoek"), Assigned),
        9 => Odd::new(
            "=HYPERLINK(\"http://example.com\",\"x\")",
            Some("+1-555-0100, @SUM(A1:A9), -2+3"),
            Single,
        ),
        10 => Odd::new("Quiet Corner Books", None, Single),
        11 => Odd::new("Long Read Publishing", Some(&long_description()), Assigned),
        12 => Odd::new("Old Mill Textiles", Some("Closed after the merger"), Single).archived(),
        13 => Odd::new("Sunset Arcades", Some("Wound down in spring"), Pooled).archived(),
        14 => Odd::new("Pilot Programme", None, Assigned).archived(),
        15 => Odd::new(
            &"Donaudampfschifffahrt"
                .repeat(3)
                .chars()
                .take(50)
                .collect::<String>(),
            None,
            Pooled,
        ),
        16 => Odd::new("Q", Some("q"), Assigned),
        17 => Odd::new(
            "Zoë O'Brien \"Ltd\" \\ 100% & <b>",
            Some("Line one\nline two\ttab"),
            Single,
        ),
        18 => Odd::new(
            "مكتب القاهرة – Cairo",
            Some("שלום and مرحبا in one line"),
            Pooled,
        ),
        19 => Odd::new(
            "Z\u{0351}a\u{0301}l\u{0327}g\u{030A}o \u{200B}\u{FEFF}Labs",
            Some("Combining marks"),
            Single,
        ),
        _ => return None,
    })
}

/// Exactly 200 code points.
fn long_description() -> String {
    "Every reading room, every branch and every van that lends books on Thursdays – "
        .chars()
        .cycle()
        .take(199)
        .chain(['…'])
        .collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_odd_ones_use_the_limits_fully_and_keep_them() {
        let odd: Vec<_> = (0..20).filter_map(super::odd).collect();
        let lengths = odd.iter().map(|each| each.name.chars().count());
        assert_eq!(lengths.max(), Some(50));
        let longest = odd.iter().filter_map(|each| each.description.as_ref());
        assert_eq!(longest.map(|text| text.chars().count()).max(), Some(200));
    }
}
