//! What the two foldings make the same, what they keep apart, and the laws between them.

use super::*;
use icu_normalizer::DecomposingNormalizerBorrowed;
use proptest::prelude::*;

/// What a browser says of letters.
pub(crate) const UNICODE: Unicode = Unicode {
    canonical: |text| {
        DecomposingNormalizerBorrowed::new_nfd()
            .normalize(text)
            .into_owned()
    },
    plain: |text| {
        let text = DecomposingNormalizerBorrowed::new_nfkd().normalize(text);
        text.to_lowercase()
    },
};

fn folded(text: &str) -> String {
    fold(text, UNICODE)
}

fn shown(text: &str) -> String {
    seen(text, UNICODE)
}

#[test]
fn a_search_does_not_tell_forms_case_marks_width_blanks_and_invisible_signs_apart() {
    for (plain, all) in [
        (
            "muller",
            &[
                "Mu\u{308}ller",
                "M\u{fc}ller",
                "MÜLLER",
                "ｍüller",
                "mul\u{ad}ler",
                "m\u{200b}uller",
            ][..],
        ),
        (
            "한글",
            &[
                "\u{1112}\u{1161}\u{11ab}\u{1100}\u{1173}\u{11af}",
                "\u{d55c}\u{ae00}",
            ],
        ),
        ("strasse", &["Straße", "STRASSE", "STRAẞE"]),
        ("istanbul", &["İstanbul", "ISTANBUL", "ıstanbul"]),
        ("οδος", &["ΟΔΟΣ", "οδός", "οδοσ"]),
        (
            "محمد",
            &["مُحَمَّد", "محـــمد", "\u{fee3}\u{fea4}\u{fee4}\u{fea9}"],
        ),
        ("علي", &["على", "علی"]),
        ("カタカナ", &["ｶﾀｶﾅ", "ガタカナ", "ｶﾞﾀｶﾅ"]),
        (
            "acme 42",
            &[
                "Ａｃｍｅ\u{3000}４２",
                "acme\u{a0}42",
                "  Acme \t 42 ",
                "𝐀𝐜𝐦𝐞 ٤٢",
                "acme\u{200e} ۴۲",
            ],
        ),
        ("oresund", &["Øresund", "øresund"]),
        ("lodz", &["Łódź", "LODZ"]),
        ("ffi", &["ﬃ"]),
        ("o'brien", &["O’Brien", "OʼBRIEN"]),
        ("3-4", &["3–4", "3‑4", "3−4"]),
        ("star ⭐", &["Star ⭐\u{fe0f}"]),
        ("👩💻", &["👩\u{200d}💻"]),
        ("елка", &["ёлка", "ЁЛКА"]),
        ("ა", &["Ა"]),
        ("שלום", &["שָׁלוֹם"]),
        ("", &[" ", "\u{200b}", "\u{301}", "\u{202e}"]),
    ] {
        for text in all {
            assert_eq!(folded(text), folded(plain), "{text} {plain}");
        }
    }
    // What is another letter to those who write it stays one.
    for (one, other) in [
        ("कि", "क"),
        ("ไม่", "ไม"),
        ("и", "u"),
        ("a", "\u{430}"),
        ("ﬀ", "f"),
    ] {
        assert_ne!(folded(one), folded(other), "{one} {other}");
    }
}

#[test]
fn a_confirmation_tells_apart_whatever_can_be_seen() {
    for (name, typed) in [
        ("Harbour ", "Harbour"),
        (" Harbour", "Harbour "),
        ("Quarry\u{a0}West", "Quarry West"),
        ("Mu\u{308}ller Works", "M\u{fc}ller Works"),
        ("Star ⭐\u{fe0f}", "Star ⭐"),
        ("Sof\u{200b}t Launch", "Soft Launch"),
        ("\u{200e}Left", "Left"),
        ("Two  Blanks", "Two Blanks"),
        ("\u{1112}\u{1161}\u{11ab}", "\u{d55c}"),
        ("\u{212b}ngstrom", "\u{c5}ngstrom"),
        ("a\u{34f}\u{323}\u{307}", "a\u{307}\u{323}"),
        ("\u{2009}", "\u{2009}"),
        ("\u{202e}fdp", "\u{202e}fdp"),
    ] {
        assert_eq!(likeness(typed, name, UNICODE), Likeness::Same, "{typed}");
        assert_eq!(likeness(name, typed, UNICODE), Likeness::Same, "{name}");
    }
    // A field of one line takes the break out, and who reads it sees a blank.
    for typed in ["Linebreak", "Line break"] {
        assert_eq!(likeness(typed, "Line\nbreak", UNICODE), Likeness::Same);
    }
    for (name, typed) in [
        ("Acme", "acme"),
        ("Müller", "Muller"),
        ("Ａcme", "Acme"),
        ("Acme\u{202e}x", "Acmex"),
        ("👩\u{200d}💻", "👩💻"),
        ("می\u{200c}خواهم", "میخواهم"),
    ] {
        assert_eq!(likeness(typed, name, UNICODE), Likeness::Form, "{typed}");
    }
    for (name, typed) in [("Acme \u{440}rod", "Acme prod"), ("Il", "ll"), ("rn", "m")] {
        assert_eq!(likeness(typed, name, UNICODE), Likeness::Alike, "{typed}");
    }
    for (name, typed) in [
        ("Acme", ""),
        ("Acme", "Acm"),
        ("Acme", " "),
        ("\u{200b}", ""),
        ("\u{200b}", " "),
        ("\u{200b}", "\u{200c}"),
        ("Two Blanks", "TwoBlanks"),
        ("\n", ""),
    ] {
        assert_eq!(likeness(typed, name, UNICODE), Likeness::Other, "{typed:?}");
    }
}

#[test]
fn no_character_is_folded_otherwise_a_second_time_or_in_upper_case() {
    // Above these are ideographs and what nobody uses.
    for letter in ('\0'..='\u{1FFFF}').chain('\u{E0000}'..='\u{E0FFF}') {
        let text = String::from(letter);
        let once = folded(&text);
        assert_eq!(folded(&once), once, "{letter:?}");
        assert_eq!(folded(&shown(&text)), once, "{letter:?}");
        let upper = text.to_uppercase();
        if upper.to_lowercase() == text.to_lowercase() {
            assert_eq!(folded(&upper), once, "{letter:?}");
        }
    }
}

/// Letters that meet badly: marks of several kinds, joiners, blanks, emoji, letters with several forms.
const MIXED: &str = "[a-cA-CßıİΣσςø \u{a0}\u{3000}\u{3164}\u{ad}\u{200b}-\u{200f}\u{202e}\u{301}\u{323}\u{34f}\u{345}é가\u{1100}\u{1161}\u{11a8}ｶﾞーﷺ½👩💻🏴\u{fe0f}\u{20e3}\u{e0067}\u{e007f}1یيـ\u{64b}\u{915}\u{93c}\u{94d}↚]{0,10}";

proptest! {
    #[test]
    fn both_foldings_are_idempotent_and_one_is_finer(text in prop_oneof![MIXED, "\\PC{0,10}", any::<String>()]) {
        prop_assert_eq!(folded(&folded(&text)), folded(&text));
        prop_assert_eq!(shown(&shown(&text)), shown(&text));
        prop_assert_eq!(folded(&shown(&text)), folded(&text));
        let nfd = (UNICODE.canonical)(&text);
        prop_assert_eq!(shown(&nfd), shown(&text));
        prop_assert_eq!(folded(&nfd), folded(&text));
    }

    #[test]
    fn a_name_is_confirmed_by_itself(name in prop_oneof![MIXED, "\\PC{1,10}", any::<String>()]) {
        let pasted = one_line(&name);
        let same = likeness(&pasted, &name, UNICODE) == Likeness::Same;
        prop_assert!(same || pasted.is_empty());
    }

    #[test]
    fn blanks_around_and_between_do_not_count(a in "[a-zé]{1,4}", b in "[a-zé]{1,4}", blanks in "[ \t\n\u{a0}\u{2003}\u{3000}]{1,4}") {
        let spread = [&blanks, a.as_str(), &blanks, &b, &blanks].concat();
        let plain = [&a, " ", b.as_str()].concat();
        prop_assert_eq!(shown(&spread), shown(&plain));
        prop_assert_eq!(folded(&spread), folded(&plain));
    }
}
