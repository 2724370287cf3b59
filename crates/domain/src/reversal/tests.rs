//! What takes a change back, by cases and by what holds for any change.

use proptest::prelude::*;

use super::*;
use crate::field::print_tags;
use crate::merge::{Verdict, merge};
use crate::testing::{ADMIN, OWNER, SERVICE, VIEWER, member, person, workspace};
use crate::workspace::Kind;

fn changed(field: Field, before: &str, after: &str) -> Changed {
    Changed {
        field,
        before: before.to_owned(),
        after: after.to_owned(),
    }
}

fn why(changes: &[Changed]) -> Option<Irreversible> {
    let now = workspace("ws_1", "New");
    of_save(changes, &now, &SERVICE).err()
}

#[test]
fn a_save_is_taken_back_field_by_field() {
    let mut now = workspace("ws_1", "New");
    now.description = Some("Mine".to_owned());
    let changes = [changed(Field::Name, "Old", "New")];
    let back = of_save(&changes, &now, &SERVICE).unwrap();
    let change = back.mine.change_from(&now);
    let sent: Vec<_> = change.fields().cloned().collect();
    assert_eq!(sent, [changed(Field::Name, "New", "Old")]);
}

#[test]
fn what_a_service_does_not_take_back_is_said_and_nothing_is_sent_by_halves() {
    // The test's service empties a description and no colour.
    let description = changed(Field::Description, "", "New");
    let color = changed(Field::Color, "", "#000000");
    assert_eq!(why(std::slice::from_ref(&description)), None);
    let both = [description, color];
    let rejected = Irreversible::Rejected(Field::Color, Problem::Empty);
    assert_eq!(why(&both), Some(rejected));
    let long = "x".repeat(51);
    assert!(matches!(
        why(&[changed(Field::Name, &long, "New")]),
        Some(Irreversible::Rejected(Field::Name, Problem::TooLong { .. }))
    ));
    assert_eq!(
        why(&[changed(Field::Billing, "single", "pooled")]),
        Some(Irreversible::Fixed(Field::Billing)),
        "it is set when the workspace is made, and never again"
    );
    let mut protected = workspace("ws_1", "New");
    protected.kind = Kind::Default;
    assert_eq!(
        of_save(&[changed(Field::Name, "Old", "New")], &protected, &SERVICE).err(),
        Some(Irreversible::Fixed(Field::Name))
    );
}

#[test]
fn only_saves_and_changes_of_members_are_ever_taken_back() {
    for (operation, wanted) in [
        (Operation::Save, None),
        (Operation::Manage, None),
        (
            Operation::Archive,
            Some(Irreversible::Archived(Reversibility::NoWayDocumented)),
        ),
        (Operation::Create, Some(Irreversible::Made)),
        (Operation::Cancel, Some(Irreversible::Ended)),
        (Operation::Delete, Some(Irreversible::Ended)),
    ] {
        assert_eq!(lasting(operation, &SERVICE), wanted, "{operation:?}");
    }
}

fn stood(before: Option<Role>, after: Option<Role>) -> Stood {
    let user = person("b").id;
    Stood {
        user,
        before,
        after,
    }
}

#[test]
fn who_was_added_is_taken_out_and_who_was_taken_out_is_added_as_they_were() {
    let me = person("me").id;
    let user = person("b").id;
    let reversed = |before, after| stood(before, after).reversed(Some(&me), &SERVICE);
    assert_eq!(
        reversed(None, Some(VIEWER)),
        Ok(MemberChange::Remove(user.clone()))
    );
    assert_eq!(
        reversed(Some(ADMIN), None),
        Ok(MemberChange::Add(user.clone(), ADMIN))
    );
    assert_eq!(
        reversed(Some(ADMIN), Some(OWNER)),
        Ok(MemberChange::Change(user, ADMIN))
    );
    assert_eq!(reversed(None, None), Err(Irreversible::Unclear));
}

#[test]
fn who_has_left_stays_out() {
    let left = stood(Some(OWNER), None);
    assert_eq!(
        left.reversed(Some(&left.user), &SERVICE),
        Err(Irreversible::Left)
    );
    // My own role is changed back like anybody's, if the rules of members allow it.
    let stepped_down = stood(Some(OWNER), Some(ADMIN));
    assert_eq!(
        stepped_down.reversed(Some(&left.user), &SERVICE),
        Ok(MemberChange::Change(left.user, OWNER))
    );
}

#[test]
fn a_member_whom_somebody_changed_since_does_not_stand_any_more() {
    let was_made_admin = stood(Some(VIEWER), Some(ADMIN));
    assert!(was_made_admin.still_stands(&[member("b", ADMIN), member("c", VIEWER)]));
    assert!(!was_made_admin.still_stands(&[member("b", OWNER)]));
    assert!(!was_made_admin.still_stands(&[member("c", ADMIN)]));
    let was_taken_out = stood(Some(VIEWER), None);
    assert!(was_taken_out.still_stands(&[member("c", VIEWER)]));
    assert!(!was_taken_out.still_stands(&[member("b", VIEWER)]));
}

fn a_side() -> impl Strategy<Value = Workspace> {
    let tags = proptest::collection::btree_map("[abc]", "[xyz]{0,2}", 0..4);
    let word = |words: &'static [&'static str]| proptest::sample::select(words);
    (
        word(&["a", "b", "c"]),
        word(&["", "x", "y"]),
        word(&["#000000", "#ffffff"]),
        tags,
    )
        .prop_map(|(name, description, color, tags)| {
            let mut side = workspace("ws_1", name);
            side.set(Field::Description, description.to_owned());
            side.set(Field::Color, color.to_owned());
            let tags = print_tags(tags.into_iter().collect());
            side.set(Field::Tags, tags);
            side
        })
}

/// What a save of `to` over `from` changed.
fn saved(from: &Workspace, to: &Workspace) -> Vec<Changed> {
    let draft = RawDraft::of(to, &SERVICE).check(&SERVICE, Some(to));
    draft.unwrap().change_from(from).fields().cloned().collect()
}

fn texts(of: &Workspace) -> Vec<&str> {
    Field::ALL.iter().map(|field| of.text(*field)).collect()
}

fn applied(to: &Workspace, changes: &[Changed]) -> Workspace {
    let mut now = to.clone();
    for change in changes {
        now.set(change.field, change.after.clone());
    }
    now
}

proptest! {
    #[test]
    fn where_nobody_else_changed_anything_undoing_gives_back_what_was(
        before in a_side(), after in a_side()
    ) {
        let changes = saved(&before, &after);
        let back = of_save(&changes, &after, &SERVICE).unwrap();
        let merged = merge(&back.base, &back.mine, &after, &[]);
        let sent: Vec<_> = merged.change(&after).unwrap().fields().cloned().collect();
        prop_assert_eq!(sent.len(), changes.len());
        let now = applied(&after, &sent);
        prop_assert_eq!(texts(&now), texts(&before));
    }

    #[test]
    fn undoing_touches_no_field_that_the_change_did_not_and_never_writes_over_somebody_else(
        before in a_side(), after in a_side(), theirs in a_side(), known in a_side()
    ) {
        let changes = saved(&before, &after);
        // What is known here may be older than what the service has; only the change's own fields
        // are taken from the record.
        let back = of_save(&changes, &known, &SERVICE).unwrap();
        let merged = merge(&back.base, &back.mine, &theirs, &[]);
        let own = |field: Field| changes.iter().find(|change| change.field == field);
        match merged.change(&theirs) {
            None => prop_assert!(
                merged.parts.iter().any(|part| part.verdict == Verdict::Overlap)
            ),
            Some(sent) => for sent in sent.fields() {
                let change = own(sent.field);
                prop_assert!(change.is_some(), "{:?} was not changed", sent.field);
                // A field is set back only while it is as the change left it. Tags are set back
                // key by key, so that the whole may have others by now.
                if let Some(change) = change && sent.field != Field::Tags {
                    prop_assert_eq!(theirs.text(sent.field), &change.after);
                    prop_assert_eq!(&sent.after, &change.before);
                }
            },
        }
    }

    #[test]
    fn undoing_an_undo_gives_back_the_change(before in a_side(), after in a_side()) {
        let changes = saved(&before, &after);
        let swapped: Vec<_> = changes
            .iter()
            .map(|one| changed(one.field, &one.after, &one.before))
            .collect();
        let again = of_save(&swapped, &before, &SERVICE).unwrap();
        let change = again.mine.change_from(&before);
        let now = applied(&before, &change.fields().cloned().collect::<Vec<_>>());
        prop_assert_eq!(texts(&now), texts(&after));
    }
}
