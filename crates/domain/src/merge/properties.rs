//! The merge by what holds for any three sides.

use proptest::prelude::*;

use super::tests::{TEXTS, with};
use super::*;
use crate::draft::RawDraft;
use crate::testing::{SERVICE, workspace};

fn some_tags() -> impl Strategy<Value = String> {
    let key = prop_oneof![
        "[abc]",
        Just("a=b".to_owned()),
        Just("a\\".to_owned()),
        Just("a\nb".to_owned()),
        Just("é🦀".to_owned()),
        Just("own-key".to_owned()),
        Just(" ".to_owned()),
        Just(" a".to_owned()),
        Just(String::new()),
    ];
    let value = prop_oneof![
        4 => "[xyz]{0,2}",
        1 => "[\\\\= \nx\r]{0,3}"
    ];
    proptest::collection::btree_map(key, value, 0..5)
        .prop_map(|tags| print_tags(tags.into_iter().collect()))
}

/// Texts few enough that the three sides often meet.
fn a_side() -> impl Strategy<Value = Vec<(Field, String)>> {
    let text = |field: Field, words: &'static [&'static str]| {
        proptest::sample::select(words).prop_map(move |word| (field, word.to_owned()))
    };
    (
        text(Field::Name, &["a", "b", "c"]),
        text(Field::Description, &["", "x", "y"]),
        text(Field::Color, &["#000000", "#ffffff"]),
        some_tags().prop_map(|tags| (Field::Tags, tags)),
        text(Field::InferenceGeo, &["global", "us"]),
        text(
            Field::AllowedGeos,
            &["unrestricted", "global", "us", "global, us"],
        ),
    )
        .prop_map(|(a, b, c, d, e, f)| vec![a, b, c, d, e, f])
}

fn side() -> impl Strategy<Value = Workspace> {
    a_side().prop_map(|texts| {
        let mut side = workspace("ws_1", "");
        for (field, text) in texts {
            side.set(field, text);
        }
        side
    })
}

/// A workspace's texts as a draft, without the checks that typed text passes. The merge has to hold
/// for any draft.
fn draft(of: &Workspace) -> Draft {
    RawDraft::of(of, &SERVICE)
        .check(&SERVICE, Some(of))
        .unwrap_or_else(|_| {
            let plain = with(of, &[(Field::AllowedGeos, "unrestricted")]);
            let raw = RawDraft::of(&plain, &SERVICE);
            raw.check(&SERVICE, Some(&plain)).unwrap().at(of)
        })
}

fn answers(parts: &[Difference], picks: u32) -> Vec<Answer> {
    let pick = |at: usize| match picks >> (at % 32) & 1 {
        0 => Pick::Mine,
        _ => Pick::Theirs,
    };
    let asked = parts.iter().enumerate();
    asked
        .filter(|(_, one)| one.verdict == Verdict::Overlap)
        .map(|(at, one)| Answer::to(one, pick(at)))
        .collect()
}

fn applied(change: &Change, to: &Workspace) -> Workspace {
    let mut after = to.clone();
    for changed in change.fields() {
        after.set(changed.field, changed.after.clone());
    }
    after
}

fn text_of(part: &Part, of: &Workspace) -> Option<String> {
    match part {
        Part::Field(field) => Some(of.text(*field).to_owned()),
        Part::Tag(key) => {
            value(&parse_tags(of.text(Field::Tags)).unwrap_or_default(), key).cloned()
        }
        Part::Places => Some(PLACES.map(|field| of.text(field)).join("\n")),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn nobodys_change_is_lost_and_every_answer_is_kept(
        base in side(), mine in side(), theirs in side(), picks: u32,
    ) {
        let draft = draft(&mine);
        let asked = compare(&base, &draft, &theirs);
        let answers = answers(&asked, picks);
        let merged = merge(&base, &draft, &theirs, &answers);
        // Answering everything always resolves.
        let change = merged.change(&theirs).unwrap();
        for changed in change.fields() {
            prop_assert_ne!(&changed.before, &changed.after);
            prop_assert_eq!(theirs.text(changed.field), &changed.before);
        }
        let after = applied(&change, &theirs);
        for part in &merged.parts {
            let wanted = match (part.verdict, picked(part, &answers)) {
                (Verdict::Mine | Verdict::Same, _) | (_, Some(Pick::Mine)) => &part.mine,
                _ => &part.theirs,
            };
            prop_assert_eq!(&text_of(&part.part, &after), wanted, "{:?}", part);
        }
        // What nobody changed stays as it was.
        for field in TEXTS {
            if merged.parts.iter().all(|part| part.part != Part::Field(field)) {
                prop_assert_eq!(after.text(field), base.text(field));
            }
        }
        // Once it is there, nothing is left to send, and all of it is seen.
        prop_assert_eq!(trace(&theirs, &merged.wanted.unwrap(), &after), Trace::Whole);
    }

    #[test]
    fn an_overlap_without_an_answer_sends_nothing(base in side(), mine in side(), theirs in side()) {
        let merged = merge(&base, &draft(&mine), &theirs, &[]);
        let asks = merged.parts.iter().any(|part| part.verdict == Verdict::Overlap);
        prop_assert_eq!(merged.change(&theirs).is_none(), asks);
    }

    #[test]
    fn with_nobody_else_mine_is_sent_as_it_is(base in side(), mine in side()) {
        let draft = draft(&mine);
        let merged = merge(&base, &draft, &base, &[]);
        prop_assert_eq!(merged.change(&base).unwrap(), draft.change_from(&base));
        prop_assert!(merged.parts.iter().all(|part| part.verdict == Verdict::Mine));
    }

    #[test]
    fn who_changed_nothing_sends_nothing(base in side(), theirs in side()) {
        let merged = merge(&base, &draft(&base), &theirs, &[]);
        prop_assert!(merged.change(&theirs).unwrap().is_empty());
        prop_assert!(merged.parts.iter().all(|part| part.verdict == Verdict::Theirs));
    }

    #[test]
    fn the_same_from_both_sides_sends_nothing(base in side(), both in side()) {
        let merged = merge(&base, &draft(&both), &both, &[]);
        prop_assert!(merged.change(&both).unwrap().is_empty());
    }

    #[test]
    fn verdicts_are_the_same_from_the_other_side(base in side(), mine in side(), theirs in side()) {
        let other = |verdict| match verdict {
            Verdict::Mine => Verdict::Theirs,
            Verdict::Theirs => Verdict::Mine,
            both => both,
        };
        let turned = |part: Difference| Difference {
            part: part.part,
            base: part.base,
            mine: part.theirs,
            theirs: part.mine,
            verdict: other(part.verdict),
        };
        let (here, there) = (
            compare(&base, &draft(&mine), &theirs),
            compare(&base, &draft(&theirs), &mine),
        );
        prop_assert_eq!(here, there.into_iter().map(turned).collect::<Vec<_>>());
    }

    #[test]
    fn an_open_form_follows_the_service_and_keeps_every_letter_that_was_typed(
        base in side(), typed in side(), now in side(),
    ) {
        let raw = RawDraft::of(&typed, &SERVICE);
        let carried = carry(&base, &raw, &now);
        for (field, text) in raw.fields() {
            let untouched = text == base.text(field);
            let wanted = if untouched { now.text(field) } else { text };
            prop_assert_eq!(carried.raw.get(field), wanted);
            prop_assert_eq!(
                carried.followed.contains(&field),
                untouched && now.text(field) != base.text(field)
            );
            // What differs from the new base is what was typed and is not there yet.
            prop_assert_eq!(
                carried.raw.get(field) != carried.base.text(field),
                !untouched && text != now.text(field)
            );
        }
        // Once is enough.
        let again = carry(&carried.base, &carried.raw, &now);
        prop_assert!(again.followed.is_empty());
        prop_assert_eq!((&again.base, &again.raw), (&carried.base, &carried.raw));
        // And whoever saves it is asked about what clashes, as before.
        let clash = moved(&carried.base, &carried.raw, &now);
        let asked = compare(&base, &draft(&typed), &now);
        for field in TEXTS {
            let overlaps = asked.iter().any(|part| {
                part.part == Part::Field(field) && part.verdict == Verdict::Overlap
            });
            prop_assert_eq!(clash.contains(&field), overlaps);
        }
    }

    #[test]
    fn without_a_clash_the_order_of_two_saves_does_not_matter(base in side(), mine in side(), theirs in side()) {
        let one = merge(&base, &draft(&mine), &theirs, &[]).change(&theirs);
        let two = merge(&base, &draft(&theirs), &mine, &[]).change(&mine);
        if let (Some(one), Some(two)) = (one, two) {
            let (one, two) = (applied(&one, &theirs), applied(&two, &mine));
            for field in [Field::Name, Field::Description, Field::Tags, Field::InferenceGeo, Field::AllowedGeos] {
                prop_assert_eq!(one.text(field), two.text(field));
            }
        }
    }
}
