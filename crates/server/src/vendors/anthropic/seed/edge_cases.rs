//! The first twenty workspaces: what trips clients up, within the vendor's 40 code points.
//!
//! Must not know anything but names, tags and residency.

/// What a workspace is made from before it has an id and dates.
pub(super) struct Odd {
    pub(super) name: String,
    /// A JSON object.
    pub(super) tags: &'static str,
    /// A JSON array; nothing is unrestricted.
    pub(super) allowed: Option<&'static str>,
    pub(super) default_geo: &'static str,
    pub(super) archived: bool,
}

impl Odd {
    pub(super) fn new(name: &str, tags: &'static str) -> Self {
        Self {
            name: name.to_owned(),
            tags,
            allowed: None,
            default_geo: "global",
            archived: false,
        }
    }

    pub(super) fn within(self, allowed: &'static str, default_geo: &'static str) -> Self {
        Self {
            allowed: Some(allowed),
            default_geo,
            ..self
        }
    }

    fn archived(self) -> Self {
        Self {
            archived: true,
            ..self
        }
    }
}

/// The odd workspace with this index.
pub(super) fn odd(index: u32) -> Option<Odd> {
    let emoji: String = ['🦊', '🌵', '🚀', '🧭', '🎈']
        .into_iter()
        .cycle()
        .take(40)
        .collect();
    Some(match index {
        0 => Odd::new("Production", r#"{"env":"production","cost-center":"4711"}"#),
        1 => Odd::new("Claims Triage", r#"{"env":"production"}"#).within(r#"["us"]"#, "us"),
        2 => Odd::new(
            "<img src=x onerror=alert(1)>",
            r#"{"<b>bold</b>":"<script>alert(2)</script>"}"#,
        ),
        3 => Odd::new("Evaluation Lab", "{}").within(r#"["global","us"]"#, "us"),
        4 => Odd::new(
            "Invoices \u{202E}fdp.exe",
            r#"{"note":"right-to-left override"}"#,
        ),
        5 => Odd::new("Translation Desk", r#"{"team":"linguistics"}"#)
            .within(r#"["global"]"#, "global"),
        6 => Odd::new(&emoji, r#"{"🦊":"👩‍👩‍👧‍👦"}"#),
        7 => Odd::new("Field office", r#"{"city":"Maputo"}"#),
        8 => Odd::new("Field office", r#"{"city":"Windhoek"}"#),
        9 => Odd::new(
            "=HYPERLINK(\"http://example.com\",\"x\")",
            r#"{"formula":"+1-555-0100, @SUM(A1:A9)"}"#,
        ),
        10 => Odd::new("Staging", r#"{"env":"staging"}"#),
        11 => Odd::new(
            "Tagged all over",
            r#"{"a":"","b":"1","c":"2","d":"3","e":"4","f":"5","g":"6","h":"7","owner":"O'Brien","url":"https://example.com/?q=1&r=2"}"#,
        ),
        12 => Odd::new("Old Prototype", r#"{"env":"retired"}"#).archived(),
        13 => Odd::new("Summer Hackathon", "{}")
            .within(r#"["us"]"#, "us")
            .archived(),
        14 => Odd::new("Pilot Programme", "{}").archived(),
        15 => Odd::new("DonaudampfschifffahrtDonaudampfschifffah", "{}"),
        16 => Odd::new("Q", r#"{"q":"q"}"#),
        17 => Odd::new(
            "Zoë O'Brien \"Ltd\" \\ 100% & <b>",
            r#"{"line":"one\ntwo\ttab"}"#,
        ),
        18 => Odd::new("مكتب القاهرة – Cairo", r#"{"שלום":"مرحبا"}"#),
        19 => Odd::new(
            "Z\u{0351}a\u{0301}l\u{0327}g\u{030A}o \u{200B}\u{FEFF}Labs",
            "{}",
        ),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_odd_ones_use_the_limit_fully_and_keep_it() {
        let odd: Vec<_> = (0..20).filter_map(super::odd).collect();
        let lengths = odd.iter().map(|each| each.name.chars().count());
        assert_eq!(lengths.clone().max(), Some(40));
        assert_eq!((odd.len(), lengths.min()), (20, Some(1)));
    }

    #[test]
    fn usual_names_fit_this_vendor_too() {
        let longest =
            (0..100_000).map(|index| crate::core::seed::names::workspace(index).chars().count());
        assert!(longest.max() <= Some(40));
    }
}
