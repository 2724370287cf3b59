//! Names that hide something, and names that only look as if they did.

use super::Confusable::{Direction, Invisible, LookAlike};
use super::Piece::{Marked, Plain};
use super::characters::ALIKE;
use super::*;
use proptest::prelude::*;

fn joined(name: &str) -> String {
    let text = |piece: &Piece<'_>| match *piece {
        Plain(text) | Marked(text, _) => text.to_owned(),
    };
    reveal(name).iter().map(text).collect()
}

#[test]
fn what_turns_the_text_around_and_what_nobody_sees_stands_alone() {
    assert_eq!(
        reveal("\u{202E}dorp\u{200B}\u{200B}emca"),
        [
            Marked("\u{202E}", Direction),
            Plain("dorp"),
            Marked("\u{200B}", Invisible),
            Marked("\u{200B}", Invisible),
            Plain("emca"),
        ]
    );
    for odd in "\u{61C}\u{200E}\u{200F}\u{202A}\u{202D}\u{2066}\u{2069}".chars() {
        assert!(has(&String::from(odd), |odd| odd == Direction), "{odd:?}");
    }
    for odd in "\t\n\u{7F}\u{85}\u{A0}\u{AD}\u{200C}\u{200D}\u{2009}\u{2028}\u{2060}\u{3000}\u{FE0F}\u{FEFF}\u{E0041}\u{E0101}"
        .chars()
    {
        let name = ["Acme", &String::from(odd), "prod"].concat();
        assert!(has(&name, |odd| odd == Invisible), "{odd:?}");
    }
    assert_eq!(reveal(""), []);
}

#[test]
fn letters_that_look_like_latin_ones_are_marked_where_they_deceive() {
    assert_eq!(
        reveal("Acme \u{440}\u{440}od"),
        [
            Plain("Acme "),
            Marked("\u{440}\u{440}", LookAlike),
            Plain("od")
        ]
    );
    for odd in [
        "\u{455}\u{441}\u{43E}\u{440}\u{435}", // wholly of Cyrillic
        "Acme \u{455}\u{441}\u{43E}\u{440}\u{435}", // one such word
        "Acme pr\u{3BF}d",                     // Greek
        "Acme pr\u{585}d",                     // Armenian
        "\u{13AA}cme",                         // Cherokee
        "\u{FF21}cme",                         // fullwidth
        "\u{1D400}\u{1D41C}\u{1D426}\u{1D41E}", // mathematical
        "Pr\u{1D6D0}d",                        // mathematical Greek
        "Acme \u{1D7CF}",
        "caf\u{E9}\u{455}",
    ] {
        assert!(has(odd, |odd| odd == LookAlike), "{odd}");
    }
    for honest in [
        "Москва",
        "Acme Москва",
        "Оса и роса",
        "Αθήνα",
        "Acme Αθήνα",
        "株式会社ＡＢＣ",
        "ＡＢＣ 株式会社",
        "Café Zürich Łódź ıstanbul",
        "Հայաստան",
    ] {
        assert!(!has(honest, |odd| odd == LookAlike), "{honest}");
    }
}

#[test]
fn emoji_and_joining_scripts_are_plain() {
    for plain in [
        "👨\u{200D}👩\u{200D}👧\u{200D}👦 Family",
        "🏳\u{FE0F}\u{200D}🌈",
        "👩🏽\u{200D}🚀 ops",
        "❤\u{FE0F}\u{200D}🔥",
        "🇩🇪 Berlin",
        "🏴\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}",
        "1\u{FE0F}\u{20E3}",
        "Acme\u{2122}\u{FE0F}",
        "می\u{200C}خواهم",
        "क्\u{200D}ष",
        "日本語",
        "שלום",
    ] {
        assert_eq!(reveal(plain), [Plain(plain)], "{plain:?}");
    }
}

#[test]
fn what_only_pretends_to_belong_to_an_emoji_is_marked() {
    for odd in [
        "😀\u{FE0F}\u{FE0F}",
        "😀\u{200D}x",
        "😀\u{E0041}",
        "🏴\u{E0061}\u{E0062}\u{E0063}",
        "🏴\u{E0061}\u{E0062}\u{E0063}\u{E0064}\u{E0065}\u{E0066}\u{E0067}\u{E007F}",
        "😀\u{E0101}",
        "1\u{FE0F}",
        "a\u{200D}b",
    ] {
        assert!(has(odd, |odd| odd == Invisible), "{odd:?}");
    }
}

#[test]
fn names_that_can_be_taken_for_each_other_have_one_skeleton() {
    for (one, other) in [
        ("Acme prod", "Acme \u{440}rod"),
        ("Acme prod", "\u{202E}Acme\u{200B} prod"),
        ("Acme prod", " Acme  prod\u{A0}"),
        ("scope", "\u{455}\u{441}\u{43E}\u{440}\u{435}"),
        ("Bill 10", "Bi1I lO"),
        ("modern", "rnodern"),
        ("Acme", "\u{1D400}\u{FF43}\u{217F}e"),
    ] {
        assert_eq!(skeleton(one), skeleton(other), "{one} {other}");
    }
    for (one, other) in [
        ("Acme prod", "Acme  prod 2"),
        ("Acme prod", "acme prod"),
        ("Acme prod", "Acmeprod"),
        ("👨\u{200D}👩", "👨👩"),
    ] {
        assert_ne!(skeleton(one), skeleton(other), "{one} {other}");
    }
}

#[test]
fn every_look_alike_stands_once_for_one_letter() {
    let all: String = ALIKE.iter().map(|(_, alike)| *alike).collect();
    for (at, letter) in all.char_indices() {
        assert!(letter >= '\u{250}', "{letter:?}");
        assert_eq!(all.find(letter), Some(at), "{letter:?} stands twice");
    }
}

proptest! {
    #[test]
    fn the_pieces_joined_are_the_name(name in "\\PC*|[\\x00-\\u{2100}]{0,12}|[\u{1F468}\u{200D}\u{FE0F}\u{1F3F4}\u{E0067}\u{E007F}a\u{430}1\u{20E3} ]{0,12}") {
        prop_assert_eq!(joined(&name), name);
    }

    #[test]
    fn printable_ascii_is_plain(name in "[ -~]{1,20}") {
        prop_assert_eq!(reveal(&name), [Plain(name.as_str())]);
    }

    #[test]
    fn no_two_plain_pieces_stand_side_by_side(name in "[ a-c\u{430}\u{202E}\u{200B}é]{0,12}") {
        let pieces = reveal(&name);
        for pair in pieces.windows(2) {
            prop_assert!(!matches!(pair, [Plain(_), Plain(_)]), "{:?}", pieces);
        }
    }

    #[test]
    fn a_skeleton_has_nothing_that_is_hidden(name in "[ a-c\u{430}\u{202E}\u{200B}\u{A0}é]{0,12}") {
        let skeleton = skeleton(&name);
        prop_assert!(!has(&skeleton, |odd| odd != LookAlike));
        prop_assert_eq!(super::skeleton(&skeleton), skeleton);
    }

    #[test]
    fn a_name_has_the_skeleton_that_is_made_of_it_and_no_other(
        one in "[ am0O1l\u{430}\u{202E}\u{200B}\u{A0}]{0,5}", other in "[ amOlrn\u{430}\u{A0}]{0,5}",
    ) {
        prop_assert!(has_skeleton(&one, &skeleton(&one)));
        prop_assert_eq!(has_skeleton(&one, &skeleton(&other)), skeleton(&one) == skeleton(&other));
    }
}
