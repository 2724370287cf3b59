//! Archiving: one request, and what reading again proves.

use futures::executor::block_on;
use steward_domain::failure::{Changed, FailureKind, Operation, Unreadable};
use steward_domain::workspace::State;

use super::dialect::{FANCY, FORGETFUL};
use super::*;
use crate::How;

const ARCHIVED: &str =
    r#"{"id":"ws_1","archived":true,"archived_at":"1970-01-01T00:00:01.000000Z"}"#;
const ACTIVE: &str = r#"{"id":"ws_1","archived":false}"#;
const NOT_EMPTY: &str = r#"{"type":"conflict_error","code":"workspace_not_empty","message":"Two subscriptions.","doc_url":"https://docs.altostrat.io/errors/workspace_not_empty"}"#;

#[test]
fn an_archive_is_one_request_and_its_date_is_read() {
    let scene = scene([reply(204, ""), reply(200, ARCHIVED)]);
    let done = block_on(scene.service.archive(&id())).unwrap();
    assert_eq!(done.how, How::Answered);
    assert_eq!(
        done.value.unwrap().state,
        State::Archived(Some(Timestamp(1_000_000)))
    );
    assert_eq!(
        scene.sent(),
        [
            "DELETE /api/workspaces/ws_1 20000",
            "GET /api/workspaces/ws_1 10000"
        ]
    );
}

#[test]
fn the_receipt_names_the_reply_that_confirmed_it() {
    let receipt = |dialect, steps: Vec<Step>| {
        let scene = scene_in(dialect, steps);
        block_on(scene.service.archive(&id())).unwrap().request_id
    };
    let (no, archived) = (reply(404, ""), || called("req_2", reply(200, ARCHIVED)));
    for (steps, id) in [
        (vec![called("req_1", reply(204, "")), archived()], "req_1"),
        (vec![called("req_1", reply(409, "")), archived()], "req_2"),
        (vec![timed_out(), archived()], "req_2"),
    ] {
        assert_eq!(receipt(&Altostrat, steps).as_deref(), Some(id));
    }
    let gone = vec![called("req_1", no.clone()), called("req_2", no)];
    assert_eq!(receipt(&FORGETFUL, gone).as_deref(), Some("req_2"));
}

#[test]
fn the_services_yes_holds_when_reading_fails_or_lags() {
    for after in [
        vec![],
        vec![reply(404, "")],
        vec![reply(200, "<html>")],
        vec![reply(200, ACTIVE)],
    ] {
        let scene = scene([reply(204, "")].into_iter().chain(after));
        let done = block_on(scene.service.archive(&id())).unwrap();
        assert_eq!((done.how, done.value), (How::Answered, None));
        assert_eq!(scene.writes(), 1);
    }
}

#[test]
fn a_refusal_is_given_back_at_once_where_it_cannot_mean_archived_already() {
    for (status, kind) in [
        (401, FailureKind::SignedOut),
        (403, FailureKind::Forbidden),
        (429, FailureKind::RateLimited(None)),
    ] {
        let scene = scene([reply(status, "")]);
        let failure = block_on(scene.service.archive(&id())).unwrap_err();
        assert_eq!((failure.kind, failure.changed), (kind, Changed::No));
        assert_eq!(scene.sent().len(), 1, "{status}");
    }
}

#[test]
fn any_other_refusal_is_settled_by_reading_since_services_differ_in_what_a_second_archive_is() {
    for (status, kind) in final_refusals() {
        if matches!(kind, FailureKind::SignedOut | FailureKind::Forbidden) {
            continue;
        }
        for after in [vec![reply(200, ACTIVE)], vec![], vec![reply(404, "")]] {
            let scene = scene([reply(status, "")].into_iter().chain(after));
            let failure = block_on(scene.service.archive(&id())).unwrap_err();
            assert_eq!((failure.kind, failure.changed), (kind.clone(), Changed::No));
            assert_eq!(scene.writes(), 1, "{status}");
        }
        let scene = scene([reply(status, ""), reply(200, ARCHIVED)]);
        let done = block_on(scene.service.archive(&id())).unwrap();
        assert_eq!(done.how, How::AlreadyThere, "{status}");
        assert_eq!(scene.writes(), 1, "{status}");
    }
}

#[test]
fn a_conflict_keeps_its_words_unless_the_workspace_is_archived_already() {
    for after in [vec![reply(200, ACTIVE)], vec![], vec![reply(403, "")]] {
        let scene = scene([reply(409, NOT_EMPTY)].into_iter().chain(after));
        let failure = block_on(scene.service.archive(&id())).unwrap_err();
        assert_eq!(
            (&failure.kind, failure.changed),
            (&FailureKind::InUse, Changed::No)
        );
        assert_eq!(
            failure.service.message.as_deref(),
            Some("Two subscriptions.")
        );
        assert_eq!(failure.service.code.as_deref(), Some("workspace_not_empty"));
        assert!(failure.service.doc_url.is_some());
        assert_eq!(scene.writes(), 1);
    }
    let scene = scene([reply(409, NOT_EMPTY), reply(200, ARCHIVED)]);
    let done = block_on(scene.service.archive(&id())).unwrap();
    assert_eq!(done.how, How::AlreadyThere);
    assert!(done.value.unwrap().state.is_archived());
}

#[test]
fn an_unknown_outcome_is_settled_by_reading_and_never_by_sending_again() {
    for (step, kind) in unknown_outcomes() {
        let done = scene([step.clone(), reply(200, ARCHIVED)]);
        let archived = block_on(done.service.archive(&id())).unwrap();
        assert_eq!(archived.how, How::ConfirmedByReading);
        assert!(archived.value.unwrap().state.is_archived());

        let not_done = scene([step.clone(), reply(200, ACTIVE)]);
        let failure = block_on(not_done.service.archive(&id())).unwrap_err();
        assert_eq!((&failure.kind, failure.changed), (&kind, Changed::No));

        let dark = scene([step]);
        let failure = block_on(dark.service.archive(&id())).unwrap_err();
        assert_eq!((&failure.kind, failure.changed), (&kind, Changed::Perhaps));

        assert_eq!([done.writes(), not_done.writes(), dark.writes()], [1; 3]);
    }
}

#[test]
fn an_archive_answered_with_the_workspace_needs_no_reading() {
    let scene = scene_in(&FANCY, [reply(200, ARCHIVED)]);
    let done = block_on(scene.service.archive(&id())).unwrap();
    assert!(done.value.unwrap().state.is_archived());
    assert_eq!(scene.sent().len(), 1);

    // An answer that shows the old state is no reason to doubt the yes, but one to look.
    let lagging = scene_in(&FANCY, [reply(200, ACTIVE), reply(200, ARCHIVED)]);
    let done = block_on(lagging.service.archive(&id())).unwrap();
    assert!(done.value.unwrap().state.is_archived());
}

#[test]
fn a_yes_that_cannot_be_read_is_not_taken_for_a_no() {
    let answers = |after| scene_in(&FANCY, [reply(200, "{\"id\":"), reply(200, after)]);
    let done = block_on(answers(ARCHIVED).service.archive(&id())).unwrap();
    assert_eq!(done.how, How::ConfirmedByReading);
    let failure = block_on(answers(ACTIVE).service.archive(&id())).unwrap_err();
    assert_eq!(
        (failure.operation, failure.kind, failure.changed),
        (
            Operation::Archive,
            FailureKind::Unreadable(Unreadable::Truncated),
            Changed::Perhaps
        )
    );
}

#[test]
fn where_archived_ones_are_not_shown_a_yes_is_not_looked_after() {
    let scene = scene_in(&FORGETFUL, [reply(200, "")]);
    let done = block_on(scene.service.archive(&id())).unwrap();
    assert_eq!((done.how, done.value), (How::Answered, None));
    assert_eq!(scene.sent(), ["DELETE /api/workspaces/ws_1 20000"]);
}

#[test]
fn where_archived_ones_are_not_shown_not_finding_it_shows_it_archived() {
    for (step, kind) in unknown_outcomes() {
        let done = scene_in(&FORGETFUL, [step.clone(), reply(404, "")]);
        let archived = block_on(done.service.archive(&id())).unwrap();
        assert_eq!(
            (archived.how, archived.value),
            (How::ConfirmedByReading, None)
        );

        let not_done = scene_in(&FORGETFUL, [step.clone(), reply(200, ACTIVE)]);
        let failure = block_on(not_done.service.archive(&id())).unwrap_err();
        assert_eq!((&failure.kind, failure.changed), (&kind, Changed::No));

        for after in [403, 401] {
            let dark = scene_in(&FORGETFUL, [step.clone(), reply(after, "")]);
            let failure = block_on(dark.service.archive(&id())).unwrap_err();
            assert_eq!((&failure.kind, failure.changed), (&kind, Changed::Perhaps));
        }
        // Where archived ones are shown, not finding it says something else.
        let elsewhere = scene([step, reply(404, "")]);
        let failure = block_on(elsewhere.service.archive(&id())).unwrap_err();
        assert_eq!((&failure.kind, failure.changed), (&kind, Changed::Perhaps));
        assert_eq!([done.writes(), elsewhere.writes()], [1; 2]);
    }
    let scene = scene_in(&FORGETFUL, [reply(409, NOT_EMPTY), reply(404, "")]);
    let done = block_on(scene.service.archive(&id())).unwrap();
    assert_eq!(done.how, How::AlreadyThere);

    let scene = scene_in(&FORGETFUL, [reply(404, ""), reply(404, "")]);
    let done = block_on(scene.service.archive(&id())).unwrap();
    assert_eq!(done.how, How::Gone, "it may be closed to me instead");

    let scene = scene_in(&FORGETFUL, [reply(404, ""), reply(200, ACTIVE)]);
    let failure = block_on(scene.service.archive(&id())).unwrap_err();
    assert_eq!(failure.kind, FailureKind::NotFound);
}
