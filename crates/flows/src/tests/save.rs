//! Saving: one request, and reading again when its outcome is unknown.

use futures::executor::block_on;
use steward_domain::draft::{Change, Field, Patch};
use steward_domain::failure::{Changed, FailureKind, Unreadable};

use super::*;

const SAVED: &str = r#"{"id":"ws_1","name":"New","description":"Text"}"#;
const OLD: &str = r#"{"id":"ws_1","name":"Old","description":"Text"}"#;

fn rename() -> Change {
    Change {
        name: Some("New".into()),
        description: Patch::Keep,
    }
}

/// Steps after which nobody knows whether the change was made.
fn unknown_outcomes() -> [(Step, FailureKind); 5] {
    [
        (lost(), FailureKind::Unreachable),
        (timed_out(), FailureKind::TimedOut),
        (reply(500, ""), FailureKind::ServiceFault(None)),
        (later(503, "5"), FailureKind::ServiceFault(Some(5))),
        (
            reply(200, "<html>"),
            FailureKind::Unreadable(Unreadable::WebPage),
        ),
    ]
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
    let set = |text: &str| Patch::Set(text.to_owned());
    for (name, description, found, is_there) in [
        (None, set("Text"), SAVED, true),
        (None, set("Other"), SAVED, false),
        (Some("New"), set("Other"), SAVED, false),
        (Some("Other"), set("Text"), SAVED, false),
        (Some("New"), set("Text"), SAVED, true),
        (None, Patch::Clear, SAVED, false),
        (
            None,
            Patch::Clear,
            r#"{"id":"ws_1","description":null}"#,
            true,
        ),
        (
            None,
            Patch::Clear,
            r#"{"id":"ws_1","description":""}"#,
            true,
        ),
    ] {
        let change = Change {
            name: name.map(str::to_owned),
            description,
        };
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
