//! Saving and making: one request, and reading again when the outcome of a save is unknown.

use futures::executor::block_on;
use steward_domain::draft::Draft;
use steward_domain::failure::{Changed, FailureKind, Operation, Unreadable};

use super::dialect::workspace;
use super::*;

const SAVED: &str = r#"{"id":"ws_1","name":"New","description":"Text"}"#;
const OLD: &str = r#"{"id":"ws_1","name":"Old","description":"Text"}"#;

fn rename() -> Change {
    change(&old(), &[(Field::Name, "New")])
}

fn old() -> Workspace {
    let mut old = workspace("ws_1".to_owned());
    old.name = "Old".to_owned();
    old.description = Some("Text".to_owned());
    old
}

#[test]
fn a_change_is_one_request() {
    let scene = scene([reply(200, SAVED)]);
    assert_eq!(
        block_on(scene.service.save(&id(), &rename())).unwrap().name,
        "New"
    );
    assert_eq!(scene.sent(), ["PATCH /api/workspaces/ws_1 20000"]);
    assert_eq!(
        scene.script.sent()[0].0.body.as_deref(),
        Some(r#"{"name":"New"}"#)
    );
}

#[test]
fn a_refusal_is_given_back_at_once() {
    let mut refusals = final_refusals();
    refusals.push((409, FailureKind::Conflict));
    refusals.push((429, FailureKind::RateLimited(None)));
    for (status, kind) in refusals {
        let scene = scene([reply(status, "")]);
        let failure = block_on(scene.service.save(&id(), &rename())).unwrap_err();
        assert_eq!((failure.kind, failure.changed), (kind, Changed::No));
        assert_eq!(scene.sent().len(), 1, "{status}");
    }
    let body = r#"{"code":"parameter_invalid","message":"The 'name' parameter is bad."}"#;
    let scene = scene([reply(400, body)]);
    let failure = block_on(scene.service.save(&id(), &rename())).unwrap_err();
    assert_eq!(failure.kind, FailureKind::Invalid(Some(Field::Name)));
}

#[test]
fn an_unknown_outcome_is_settled_by_reading_and_never_by_sending_again() {
    for (step, kind) in unknown_outcomes() {
        let done = scene([step.clone(), reply(200, SAVED)]);
        assert_eq!(
            block_on(done.service.save(&id(), &rename())).unwrap().name,
            "New"
        );

        let not_done = scene([step.clone(), reply(200, OLD)]);
        let failure = block_on(not_done.service.save(&id(), &rename())).unwrap_err();
        assert_eq!((&failure.kind, failure.changed), (&kind, Changed::No));

        let dark = scene([step]);
        let failure = block_on(dark.service.save(&id(), &rename())).unwrap_err();
        assert_eq!((&failure.kind, failure.changed), (&kind, Changed::Perhaps));

        for scene in [done, not_done, dark] {
            assert_eq!(scene.writes(), 1);
            assert_eq!(scene.sent()[1], "GET /api/workspaces/ws_1 10000");
        }
    }
}

#[test]
fn a_success_without_a_readable_answer_is_read_again() {
    for (body, why) in [
        ("", Unreadable::Empty),
        ("{\"id\":", Unreadable::Truncated),
        ("{}", Unreadable::OtherShape),
    ] {
        let done = scene([reply(200, body), reply(200, SAVED)]);
        assert!(block_on(done.service.save(&id(), &rename())).is_ok());

        // It said yes and shows something else: neither yes nor no can be claimed.
        let tidied = scene([reply(200, body), reply(200, OLD)]);
        let failure = block_on(tidied.service.save(&id(), &rename())).unwrap_err();
        assert_eq!(failure.kind, FailureKind::Unreadable(why));
        assert_eq!(failure.changed, Changed::Perhaps);

        let dark = scene([reply(200, body), reply(404, "")]);
        let failure = block_on(dark.service.save(&id(), &rename())).unwrap_err();
        assert_eq!(
            (failure.kind, failure.changed),
            (FailureKind::Unreadable(why), Changed::Yes)
        );
        assert_eq!([done.writes(), tidied.writes(), dark.writes()], [1; 3]);
    }
}

#[test]
fn every_wanted_value_has_to_be_there() {
    const NONE: &str = r#"{"id":"ws_1","name":"Old","description":null}"#;
    const EMPTY: &str = r#"{"id":"ws_1","name":"Old","description":""}"#;
    let (name, text) = (Field::Name, Field::Description);
    for (texts, found, is_there) in [
        (vec![(name, "New")], SAVED, true),
        (vec![(text, "Other")], SAVED, false),
        (vec![(name, "New"), (text, "Other")], SAVED, false),
        (vec![(name, "Other")], SAVED, false),
        (vec![(text, "")], SAVED, false),
        (vec![(text, "")], NONE, true),
        (vec![(text, "")], EMPTY, true),
    ] {
        let change = change(&old(), &texts);
        let scene = scene([timed_out(), reply(200, found)]);
        assert_eq!(
            block_on(scene.service.save(&id(), &change)).is_ok(),
            is_there,
            "{change:?}"
        );
    }
}

#[test]
fn the_reading_tries_again_as_every_reading_does() {
    let scene = scene([timed_out(), lost(), reply(200, SAVED)]);
    assert!(block_on(scene.service.save(&id(), &rename())).is_ok());
    assert_eq!(scene.writes(), 1);
    assert_eq!(scene.clock.now(), Timestamp((20_000 + 125) * 1000));
}

fn draft() -> Draft {
    let mut raw = RawDraft::new(&DESCRIPTION);
    raw.set(Field::Name, "New".to_owned());
    raw.check(&DESCRIPTION, None).unwrap()
}

#[test]
fn a_workspace_is_made_by_one_request() {
    let scene = scene([reply(201, SAVED)]);
    let made = block_on(scene.service.create(&draft())).unwrap();
    assert_eq!(made.id, id());
    assert_eq!(scene.sent(), ["POST /api/workspaces 20000"]);
}

#[test]
fn making_is_never_tried_twice_whatever_comes_back() {
    let mut answers: Vec<_> = final_refusals()
        .into_iter()
        .map(|(status, kind)| (reply(status, ""), kind, Changed::No))
        .collect();
    answers.push((reply(409, ""), FailureKind::Conflict, Changed::No));
    answers.push((
        later(429, "1"),
        FailureKind::RateLimited(Some(1)),
        Changed::No,
    ));
    for (step, kind) in unknown_outcomes() {
        answers.push((step, kind, Changed::Perhaps));
    }
    for (body, why) in [("", Unreadable::Empty), ("{}", Unreadable::OtherShape)] {
        let kind = FailureKind::Unreadable(why);
        answers.push((reply(201, body), kind, Changed::Yes));
    }
    for (step, kind, changed) in answers {
        let scene = scene([step, reply(201, SAVED)]);
        let failure = block_on(scene.service.create(&draft())).unwrap_err();
        assert_eq!(
            (failure.operation, failure.kind, failure.changed),
            (Operation::Create, kind, changed)
        );
        assert_eq!((scene.sent().len(), scene.clock.waits().len()), (1, 0));
    }
}

#[test]
fn a_refusal_of_a_new_workspace_names_the_field() {
    let body = r#"{"code":"parameter_invalid","message":"The 'name' parameter is bad."}"#;
    let scene = scene([reply(400, body)]);
    let failure = block_on(scene.service.create(&draft())).unwrap_err();
    assert_eq!(failure.kind, FailureKind::Invalid(Some(Field::Name)));
}
