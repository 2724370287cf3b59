//! The laws of merging: nothing is lost, nothing unchanged is sent, answers hold while they apply.
//! Must not know how a merge is shown.

use proptest::prelude::*;

use super::*;
use crate::draft::RawDraft;
use crate::testing::{SERVICE, workspace};

const TEXTS: [Field; 3] = [Field::Name, Field::Description, Field::Color];

fn base() -> Workspace {
    with(
        &workspace("ws_1", "Acme"),
        &[
            (Field::Description, "Old"),
            (Field::Color, "#000000"),
            (Field::Tags, "env=dev\nteam=blue"),
            (Field::InferenceGeo, "us"),
            (Field::AllowedGeos, "unrestricted"),
        ],
    )
}

fn with(base: &Workspace, texts: &[(Field, &str)]) -> Workspace {
    let mut changed = base.clone();
    for (field, text) in texts {
        changed.set(*field, (*text).to_owned());
    }
    changed
}

/// What I typed over the base.
fn mine(texts: &[(Field, &str)]) -> Draft {
    let mut raw = RawDraft::of(&base(), &SERVICE);
    for (field, text) in texts {
        raw.set(*field, (*text).to_owned());
    }
    raw.check(&SERVICE, Some(&base())).unwrap()
}

fn sent(merged: &Merge, theirs: &Workspace) -> Vec<(Field, String)> {
    let change = merged.change(theirs).unwrap();
    let both = change.fields().map(|one| (one.field, one.after.clone()));
    both.collect()
}

fn verdicts(parts: &[Difference]) -> Vec<(Part, Verdict)> {
    let both = parts.iter().map(|one| (one.part.clone(), one.verdict));
    both.collect()
}

fn field(field: Field) -> Part {
    Part::Field(field)
}

#[test]
fn each_part_is_told_apart() {
    let theirs = with(
        &base(),
        &[
            (Field::Description, "Theirs"),
            (Field::Color, "#111111"),
            (Field::Tags, "cost=7\nenv=dev"),
        ],
    );
    let mine = mine(&[
        (Field::Name, "Mine"),
        (Field::Description, "Mine too"),
        (Field::Color, "#111111"),
        (Field::Tags, "env=prod\nteam=blue"),
    ]);
    let merged = merge(&base(), &mine, &theirs, &[]);
    assert_eq!(
        verdicts(&merged.parts),
        [
            (field(Field::Name), Verdict::Mine),
            (field(Field::Description), Verdict::Overlap),
            (field(Field::Color), Verdict::Same),
            (Part::Tag("cost".into()), Verdict::Theirs),
            (Part::Tag("env".into()), Verdict::Mine),
            (Part::Tag("team".into()), Verdict::Theirs),
        ]
    );
    assert_eq!(merged.change(&theirs), None);

    let asked = &merged.parts[1];
    let texts = [&asked.base, &asked.mine, &asked.theirs].map(|text| text.as_deref());
    assert_eq!(texts, [Some("Old"), Some("Mine too"), Some("Theirs")]);

    for (pick, description) in [(Pick::Mine, Some("Mine too")), (Pick::Theirs, None)] {
        let answers = [Answer::to(asked, pick)];
        let sent = sent(&merge(&base(), &mine, &theirs, &answers), &theirs);
        let mut wanted = vec![(Field::Name, "Mine".to_owned())];
        wanted.extend(description.map(|text| (Field::Description, text.to_owned())));
        wanted.push((Field::Tags, "cost=7\nenv=prod".to_owned()));
        assert_eq!(sent, wanted);
    }
}

#[test]
fn an_answer_applies_as_long_as_both_texts_are_what_they_were() {
    let draft = |text| mine(&[(Field::Description, text)]);
    let asked = |mine: &Draft, theirs: &Workspace| compare(&base(), mine, theirs).remove(0);
    let first = with(&base(), &[(Field::Description, "Theirs")]);
    let answer = Answer::to(&asked(&draft("Mine"), &first), Pick::Mine);
    let says = |mine: &Draft, theirs: &Workspace| {
        let answers = std::slice::from_ref(&answer);
        merge(&base(), mine, theirs, answers).wanted.is_some()
    };
    assert!(says(&draft("Mine"), &first));
    // Whatever else moves meanwhile.
    assert!(says(
        &draft("Mine"),
        &with(&first, &[(Field::Name, "Moved")])
    ));
    assert!(!says(&draft("Mine again"), &first));
    let second = with(&base(), &[(Field::Description, "Theirs again")]);
    assert!(!says(&draft("Mine"), &second));
    // And again once both are back.
    assert!(says(&draft("Mine"), &first));
}

#[test]
fn the_newest_answer_counts() {
    let (theirs, mine) = (
        with(&base(), &[(Field::Name, "Theirs")]),
        mine(&[(Field::Name, "Mine")]),
    );
    let asked = compare(&base(), &mine, &theirs).remove(0);
    let answers = [Pick::Mine, Pick::Theirs].map(|pick| Answer::to(&asked, pick));
    let merged = merge(&base(), &mine, &theirs, &answers);
    assert!(merged.change(&theirs).unwrap().is_empty());
}

#[test]
fn a_tag_may_be_taken_away_by_one_side_and_changed_by_the_other() {
    let tags = |text| with(&base(), &[(Field::Tags, text)]);
    let gone = mine(&[(Field::Tags, "env=dev")]);
    for (theirs, verdict) in [
        ("env=dev\nteam=blue", Some(Verdict::Mine)),
        ("env=dev\nteam=red", Some(Verdict::Overlap)),
        ("env=dev", Some(Verdict::Same)),
        ("", Some(Verdict::Same)),
    ] {
        let parts = compare(&base(), &gone, &tags(theirs));
        let team = |one: &&Difference| one.part == Part::Tag("team".into());
        let found = parts.iter().find(team).map(|one| one.verdict);
        assert_eq!(found, verdict, "{theirs}");
    }
    let theirs = tags("env=dev\nteam=red");
    let asked = compare(&base(), &gone, &theirs).remove(0);
    assert_eq!((&asked.mine, asked.theirs.as_deref()), (&None, Some("red")));
    let answers = [Answer::to(&asked, Pick::Mine)];
    let merged = merge(&base(), &gone, &theirs, &answers);
    assert_eq!(sent(&merged, &theirs), [(Field::Tags, "env=dev".into())]);
}

#[test]
fn tags_that_would_not_be_the_same_again_are_merged_whole() {
    // A key of blanks, one with blanks around it, and two that look alike without them.
    for odd in [
        " =1\na=2",
        " team=1",
        "team=1\nteam =2",
        "a=1\r",
        "nonsense",
    ] {
        let mut old = base();
        old.set(Field::Tags, odd.to_owned());
        let theirs = with(&old, &[(Field::Tags, "cost=7"), (Field::Name, "Theirs")]);
        let unchanged = RawDraft::of(&old, &SERVICE)
            .check(&SERVICE, Some(&old))
            .unwrap();
        let merged = merge(&old, &unchanged, &theirs, &[]);
        assert_eq!(
            verdicts(&merged.parts),
            [
                (field(Field::Name), Verdict::Theirs),
                (field(Field::Tags), Verdict::Theirs)
            ],
            "{odd:?}"
        );
        assert!(merged.change(&theirs).unwrap().is_empty());
    }
}

#[test]
fn the_places_are_one_part_if_both_sides_changed_something_about_them() {
    // Mine and theirs are pairs that a service takes. Both together are not.
    let theirs = with(&base(), &[(Field::InferenceGeo, "global")]);
    let mine = mine(&[(Field::AllowedGeos, "us")]);
    let asked = compare(&base(), &mine, &theirs);
    assert_eq!(verdicts(&asked), [(Part::Places, Verdict::Overlap)]);
    assert_eq!(asked[0].mine.as_deref(), Some("us\nus"));
    assert_eq!(asked[0].theirs.as_deref(), Some("global\nunrestricted"));

    let with_pick = |pick| {
        let answers = [Answer::to(&asked[0], pick)];
        merge(&base(), &mine, &theirs, &answers)
    };
    assert_eq!(
        sent(&with_pick(Pick::Mine), &theirs),
        [
            (Field::InferenceGeo, "us".to_owned()),
            (Field::AllowedGeos, "us".to_owned())
        ]
    );
    assert!(sent(&with_pick(Pick::Theirs), &theirs).is_empty());
}

#[test]
fn the_places_are_two_parts_where_one_side_left_them_alone() {
    let theirs = with(&base(), &[(Field::InferenceGeo, "global")]);
    let parts = compare(&base(), &mine(&[(Field::Name, "Mine")]), &theirs);
    assert_eq!(
        verdicts(&parts),
        [
            (field(Field::Name), Verdict::Mine),
            (field(Field::InferenceGeo), Verdict::Theirs)
        ]
    );
    let parts = compare(&base(), &mine(&[(Field::InferenceGeo, "global")]), &theirs);
    assert_eq!(
        verdicts(&parts),
        [(field(Field::InferenceGeo), Verdict::Same)]
    );
}

#[test]
fn a_trace_is_whole_or_none_or_neither() {
    let wanted = mine(&[(Field::Name, "New"), (Field::Tags, "env=dev\nteam=red")]);
    let shown = |texts: &[(Field, &str)]| trace(&base(), &wanted, &with(&base(), texts));
    let whole = [(Field::Name, "New"), (Field::Tags, "env=dev\nteam=red")];
    assert_eq!(shown(&whole), Trace::Whole);
    // What somebody else does beside it does not count.
    assert_eq!(
        shown(&[
            (Field::Name, "New"),
            (Field::Tags, "cost=7\nteam=red"),
            (Field::Color, "#222222")
        ]),
        Trace::Whole
    );
    assert_eq!(shown(&[]), Trace::Nothing);
    assert_eq!(shown(&[(Field::Description, "Theirs")]), Trace::Nothing);
    assert_eq!(shown(&[(Field::Name, "New")]), Trace::Blurred);
    assert_eq!(shown(&[(Field::Name, "Newer")]), Trace::Blurred);
}

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
