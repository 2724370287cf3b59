//! Writes whose page closed: what reading shows, and nothing sent.

use futures::executor::block_on;
use steward_domain::failure::{Changed, FailureKind};
use steward_domain::field::Field;
use steward_domain::id::UserId;
use steward_providers::flashback::Flashback;

use super::{Scene, id, lost, reply, scene, scene_in};
use crate::Evidence;
use crate::reconcile::{Edited, Intent, LOOKS_MS};

const NEW: &str = r#"{"id":"ws_1","name":"New","description":"d","archived":false}"#;
const ARCHIVED: &str = r#"{"id":"ws_1","name":"New","archived":true}"#;
const MEMBERS: &str = r#"{"data":[{"user_id":"u1","role":"admin"}],"has_more":false}"#;

fn settled(scene: &Scene, intent: &Intent) -> Result<Evidence, Changed> {
    let result = block_on(scene.service.reconcile(&id(), intent));
    assert_eq!(scene.writes(), 0);
    result
        .map(|done| done.evidence)
        .map_err(|failure| failure.changed)
}

fn save(name: &str) -> Intent {
    let edited = |field, before: &str, after: &str| Edited {
        field,
        before: before.to_owned(),
        after: after.to_owned(),
    };
    Intent::Save(vec![
        edited(Field::Name, "New", name),
        edited(Field::Description, "d", "d"),
    ])
}

fn member(role: Option<&str>) -> Intent {
    let user = UserId::new("u1").unwrap_or_else(|| unreachable!());
    Intent::Member(user, role.map(str::to_owned))
}

#[test]
fn what_reading_shows_is_what_happened() {
    for (body, intent, wanted) in [
        (NEW, save("New"), Ok(Evidence::ConfirmedByReading)),
        (NEW, save("Newer"), Err(Changed::No)),
        (ARCHIVED, Intent::Archive, Ok(Evidence::ConfirmedByReading)),
        (NEW, Intent::Archive, Err(Changed::No)),
        (
            MEMBERS,
            member(Some("admin")),
            Ok(Evidence::ConfirmedByReading),
        ),
        (MEMBERS, member(Some("viewer")), Err(Changed::No)),
        (MEMBERS, member(None), Err(Changed::No)),
    ] {
        assert_eq!(
            settled(&scene([reply(200, body)]), &intent),
            wanted,
            "{intent:?}"
        );
    }
}

#[test]
fn a_save_that_shows_as_something_else_is_neither_done_nor_undone() {
    const CUT: &str = r#"{"id":"ws_1","name":"Newe","description":"d"}"#;
    const HALF: &str = r#"{"id":"ws_1","name":"Newer","description":"other"}"#;
    for body in [CUT, HALF] {
        let scene = scene([reply(200, body)]);
        assert_eq!(settled(&scene, &save("Newer")), Err(Changed::Perhaps));
    }
}

#[test]
fn what_cannot_be_read_stays_unknown() {
    for intent in [save("New"), Intent::Archive, member(None)] {
        for step in [lost(), reply(403, ""), reply(404, "")] {
            assert_eq!(settled(&scene([step]), &intent), Err(Changed::Perhaps));
        }
    }
}

#[test]
fn where_archived_ones_are_not_shown_not_found_is_archived() {
    let gone = reply(404, r#"{"success":false,"message":"Workspace not found"}"#);
    let scene = scene_in(&Flashback, [gone]);
    assert_eq!(
        settled(&scene, &Intent::Archive),
        Ok(Evidence::ConfirmedByReading)
    );
}

#[test]
fn what_was_accepted_is_looked_at_with_growing_waits_until_it_shows() {
    let old = || reply(200, NEW);
    let seen = scene([old(), lost(), lost(), lost(), reply(200, ARCHIVED)]);
    let done = block_on(seen.service.watch(&id(), &Intent::Archive)).unwrap();
    assert_eq!(done.evidence, Evidence::ConfirmedByReading);
    assert_eq!((seen.writes(), seen.script.left()), (0, 0));

    let never = scene((0..LOOKS_MS.len()).map(|_| old()));
    let failure = block_on(never.service.watch(&id(), &Intent::Archive)).unwrap_err();
    assert_eq!(
        (failure.kind, failure.changed),
        (FailureKind::NotShown, Changed::No)
    );
    assert_eq!(never.clock.waits(), LOOKS_MS);
    assert_eq!(LOOKS_MS.iter().sum::<u32>(), 60_000);
    assert!(LOOKS_MS.is_sorted());
}

#[test]
fn an_answer_about_another_workspace_settles_nothing() {
    let another = reply(
        200,
        r#"{"id":"ws_2","name":"New","description":"d","archived":true}"#,
    );
    for intent in [save("New"), Intent::Archive] {
        assert_eq!(
            settled(&scene([another.clone()]), &intent),
            Err(Changed::Perhaps)
        );
    }
}

#[test]
fn who_may_be_among_entries_that_cannot_be_read_settles_nothing() {
    const ODD: &str = r#"{"data":[{"user_id":"o","role":"owner"},{"role":"viewer"}]}"#;
    for wanted in [None, Some("viewer")] {
        let scene = scene([reply(200, ODD)]);
        assert_eq!(settled(&scene, &member(wanted)), Err(Changed::Perhaps));
    }
    // Whoever is there can be told, whatever the others are.
    const WITH: &str = r#"{"data":[{"user_id":"u1","role":"admin"},{"role":"viewer"}]}"#;
    let there = scene([reply(200, WITH)]);
    assert_eq!(
        settled(&there, &member(Some("admin"))),
        Ok(Evidence::ConfirmedByReading)
    );
    let stays = scene([reply(200, WITH)]);
    assert_eq!(settled(&stays, &member(None)), Err(Changed::No));
}
