//! What a draft guarantees: what is sent is what was changed, and only what the service would take.

use super::*;
use crate::field::When;
use crate::testing::{SERVICE, workspace};
use proptest::prelude::*;

fn base(name: &str, description: &str) -> Workspace {
    let mut base = workspace("ws_1", name);
    base.description = Some(description.to_owned());
    base
}

fn typed(base: &Workspace, texts: &[(Field, &str)]) -> RawDraft {
    let mut raw = RawDraft::of(base, &SERVICE);
    for (field, text) in texts {
        raw.set(*field, (*text).to_owned());
    }
    raw
}

fn problems(texts: &[(Field, &str)]) -> Vec<(Field, Problem)> {
    let base = base("Acme", "Old");
    typed(&base, texts)
        .check(&SERVICE, Some(&base))
        .err()
        .unwrap_or_default()
}

#[test]
fn limits_count_code_points() {
    assert_eq!(problems(&[(Field::Name, &"🦀".repeat(50))]), vec![]);
    assert_eq!(
        problems(&[
            (Field::Name, &"🦀".repeat(51)),
            (Field::Description, &"é".repeat(201))
        ]),
        vec![
            (
                Field::Name,
                Problem::TooLong {
                    limit: 50,
                    length: 51
                }
            ),
            (
                Field::Description,
                Problem::TooLong {
                    limit: 200,
                    length: 201
                }
            ),
        ]
    );
}

#[test]
fn each_form_has_its_own_refusal() {
    let one = |field, text| problems(&[(field, text)]).into_iter().next();
    for (field, text, problem) in [
        (Field::Name, "  \u{a0}", Problem::Empty),
        (Field::Color, "red", Problem::NotAColor),
        (Field::Color, "#12345g", Problem::NotAColor),
        (Field::Color, "#1234567", Problem::NotAColor),
        (Field::Tags, "a=1\nb", Problem::NotATag(2)),
        (
            Field::Tags,
            "own-key=1",
            Problem::Reserved("own-key".into()),
        ),
        (Field::InferenceGeo, "mars", Problem::NotAChoice),
    ] {
        assert_eq!(one(field, text), Some((field, problem)), "{text}");
    }
    for (field, text) in [
        (Field::Color, " #a1B2c3 "),
        (Field::Tags, "a=1\n\nb=2"),
        (Field::Description, ""),
    ] {
        assert_eq!(one(field, text), None, "{text}");
    }
}

#[test]
fn a_services_own_tags_may_stay_and_a_colour_cannot_be_taken_away() {
    let mut base = base("Acme", "");
    base.set(Field::Tags, "own-a=1".into());
    base.set(Field::Color, "#000000".into());
    let check = |field, text| typed(&base, &[(field, text)]).check(&SERVICE, Some(&base));
    assert!(check(Field::Tags, "own-a=1\nteam=blue").is_ok());
    assert!(check(Field::Tags, "team=blue").is_ok());
    assert_eq!(
        check(Field::Tags, "own-a=2"),
        Err(vec![(Field::Tags, Problem::Reserved("own-a".into()))])
    );
    assert_eq!(
        check(Field::Color, ""),
        Err(vec![(Field::Color, Problem::Empty)])
    );
    assert!(RawDraft::new(&SERVICE).get(Field::Color).is_empty());
}

#[test]
fn the_default_place_has_to_be_an_allowed_one() {
    let both =
        |geo, allowed| problems(&[(Field::InferenceGeo, geo), (Field::AllowedGeos, allowed)]);
    assert_eq!(
        both("global", "us"),
        vec![(Field::InferenceGeo, Problem::NotAllowed)]
    );
    assert_eq!(
        problems(&[
            (Field::Name, ""),
            (Field::InferenceGeo, "global"),
            (Field::AllowedGeos, "us"),
        ]),
        vec![
            (Field::Name, Problem::Empty),
            (Field::InferenceGeo, Problem::NotAllowed)
        ]
    );
    assert_eq!(both("us", "us"), vec![]);
    assert_eq!(both("us", "global, us"), vec![]);
    assert_eq!(both("global", "unrestricted"), vec![]);
}

#[test]
fn what_is_there_already_is_taken_even_if_the_contract_does_not_name_it() {
    let mut base = base(&"x".repeat(60), "Old");
    base.more.push((Field::InferenceGeo, "mars".to_owned()));
    let draft = typed(&base, &[(Field::Description, "New")])
        .check(&SERVICE, Some(&base))
        .unwrap();
    let change = draft.change_from(&base);
    let fields: Vec<Field> = change.fields().map(|changed| changed.field).collect();
    assert_eq!(fields, [Field::Description]);
}

#[test]
fn a_new_workspace_begins_with_what_the_service_takes_by_itself() {
    let raw = RawDraft::new(&SERVICE);
    assert_eq!(raw.get(Field::InferenceGeo), "global");
    assert_eq!(raw.get(Field::Billing), "single");
    assert_eq!(
        raw.check(&SERVICE, None),
        Err(vec![(Field::Name, Problem::Empty)])
    );
}

#[test]
fn what_is_set_at_creation_is_no_part_of_the_form_afterwards() {
    let base = base("Acme", "");
    assert!(SERVICE.field(Field::Billing).unwrap().when == When::AtCreation);
    assert!(
        RawDraft::of(&base, &SERVICE)
            .fields()
            .all(|(field, _)| field != Field::Billing)
    );
}

#[test]
fn the_default_workspace_keeps_its_name() {
    let mut base = base("Default", "");
    base.kind = crate::workspace::Kind::Default;
    let raw = typed(&base, &[(Field::Name, "Mine"), (Field::Color, "#000000")]);
    let change = raw.check(&SERVICE, Some(&base)).unwrap().change_from(&base);
    let fields: Vec<Field> = change.fields().map(|changed| changed.field).collect();
    assert_eq!(fields, [Field::Color]);
}

#[test]
fn an_absent_description_equals_an_empty_one() {
    let mut base = base("Acme", "");
    for description in [None, Some(String::new())] {
        base.description = description;
        let form = RawDraft::of(&base, &SERVICE);
        assert!(!form.is_dirty(&base));
        let draft = form.check(&SERVICE, Some(&base)).unwrap();
        assert!(draft.change_from(&base).is_empty());
    }
}

proptest! {
    #[test]
    fn a_change_turns_the_base_into_the_draft(
        old_name in "\\PC{1,20}", old in "\\PC{0,20}",
        name in "\\PC{1,20}", description in "\\PC{0,20}", tags in "([a-z]{1,3}=[a-z]{0,3}\n){0,4}",
    ) {
        let base = base(&old_name, &old);
        let form = typed(&base, &[(Field::Name, &name), (Field::Description, &description), (Field::Tags, &tags)]);
        if let Ok(draft) = form.check(&SERVICE, Some(&base)) {
            let change = draft.change_from(&base);
            let mut after = base.clone();
            for changed in change.fields() {
                prop_assert_ne!(&changed.before, &changed.after);
                after.set(changed.field, changed.after.clone());
            }
            prop_assert!(draft.change_from(&after).is_empty());
        }
    }
}
