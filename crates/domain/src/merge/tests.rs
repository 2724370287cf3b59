//! The merge by examples: who changed what, what is asked, what an answer holds for.

use super::*;
use crate::draft::RawDraft;
use crate::testing::{SERVICE, workspace};

pub(super) const TEXTS: [Field; 3] = [Field::Name, Field::Description, Field::Color];

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

pub(super) fn with(base: &Workspace, texts: &[(Field, &str)]) -> Workspace {
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
