//! Archiving: one request, and what reading again proves.

use futures::executor::block_on;
use steward_domain::failure::{Changed, FailureKind, Operation, Unreadable};
use steward_domain::workspace::State;

use super::dialect::{FANCY, FORGETFUL};
use super::*;
use crate::Evidence;

const ARCHIVED: &str =
    r#"{"id":"ws_1","archived":true,"archived_at":"1970-01-01T00:00:01.000000Z"}"#;
const ACTIVE: &str = r#"{"id":"ws_1","archived":false}"#;
const NOT_EMPTY: &str = r#"{"type":"conflict_error","code":"workspace_not_empty","message":"Two subscriptions.","doc_url":"https://docs.altostrat.io/errors/workspace_not_empty"}"#;

#[test]
fn an_archive_is_one_request_and_its_date_is_read() {
    let scene = scene([reply(204, ""), reply(200, ARCHIVED)]);
    let done = block_on(scene.service.archive(&id())).unwrap();
    assert_eq!(done.evidence, Evidence::Answered);
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
fn a_state_that_is_not_known_afterwards_is_neither_done_nor_undone() {
    let odd = r#"{"id":"ws_1","archived":"pending"}"#;
    let scene = scene([reply(204, ""), reply(200, odd)]);
    let failure = block_on(scene.service.archive(&id())).unwrap_err();
    assert_eq!(failure.changed, Changed::Perhaps);
}

#[test]
fn the_request_id_is_that_of_the_reply_that_confirmed_it() {
    let known_by = |dialect, steps: Vec<Step>| {
        let scene = scene_in(dialect, steps);
        block_on(scene.service.archive(&id())).unwrap().request_id
    };
    let archived = || called("req_2", reply(200, ARCHIVED));
    for (steps, id) in [
        (vec![called("req_1", reply(204, "")), archived()], "req_1"),
        (vec![called("req_1", reply(409, "")), archived()], "req_2"),
        (vec![timed_out(), archived()], "req_2"),
    ] {
        assert_eq!(known_by(&Altostrat, steps).as_deref(), Some(id));
    }
    let both = vec![called("req_1", reply(404, "")), called("req_2", gone())];
    assert_eq!(known_by(&FORGETFUL, both).as_deref(), Some("req_2"));
}

#[test]
fn a_yes_that_nothing_shows_is_accepted_and_no_more() {
    const ANOTHER: &str = r#"{"id":"ws_2","archived":true}"#;
    for status in [200, 202, 204] {
        for after in [
            vec![],
            vec![reply(404, "")],
            vec![reply(403, "")],
            vec![reply(200, "<html>")],
            vec![reply(200, ACTIVE)],
            vec![reply(200, ANOTHER)],
            vec![redirected()],
        ] {
            let yes = called("req_1", reply(status, ""));
            let scene = scene([yes].into_iter().chain(after));
            let failure = block_on(scene.service.archive(&id())).unwrap_err();
            assert_eq!(
                (failure.kind, failure.changed),
                (FailureKind::NotShown, Changed::Perhaps)
            );
            assert_eq!(failure.service.request_id.as_deref(), Some("req_1"));
            assert_eq!(scene.writes(), 1);
        }
    }
}

#[test]
fn an_answer_about_another_workspace_proves_nothing() {
    const ANOTHER: &str = r#"{"id":"ws_2","archived":true}"#;
    let run = |after: &str| {
        let scene = scene_in(&FANCY, [reply(200, ANOTHER), reply(200, after)]);
        block_on(scene.service.archive(&id()))
    };
    assert_eq!(
        run(ARCHIVED).unwrap().evidence,
        Evidence::ConfirmedByReading
    );
    for after in [ACTIVE, ANOTHER] {
        let failure = run(after).unwrap_err();
        assert_eq!(
            (failure.kind, failure.changed),
            (
                FailureKind::Unreadable(Unreadable::AnotherObject),
                Changed::Perhaps
            )
        );
    }
}

#[test]
fn a_job_that_was_accepted_is_no_answer_yet() {
    let job = reply(202, r#"{"job":"j1","state":"queued"}"#);
    let run = |after: &str| {
        let scene = scene_in(&FANCY, [job.clone(), reply(200, after)]);
        block_on(scene.service.archive(&id()))
    };
    assert_eq!(run(ARCHIVED).unwrap().evidence, Evidence::Answered);
    assert_eq!(run(ACTIVE).unwrap_err().kind, FailureKind::NotShown);
}

#[test]
fn a_redirect_is_no_answer_and_what_is_true_is_read() {
    let done = scene([redirected(), reply(200, ARCHIVED)]);
    let archived = block_on(done.service.archive(&id())).unwrap();
    assert_eq!(archived.evidence, Evidence::ConfirmedByReading);
    let not_done = scene([redirected(), reply(200, ACTIVE)]);
    let failure = block_on(not_done.service.archive(&id())).unwrap_err();
    assert_eq!(
        (failure.kind, failure.changed),
        (FailureKind::Redirected, Changed::No)
    );
}

#[test]
fn an_error_inside_a_success_is_a_refusal_in_the_services_words() {
    for body in [
        r#"{"success":false,"message":"Not today."}"#,
        r#"{"type":"error","error":{"type":"policy","message":"Not today."}}"#,
        r#"{"error":{"message":"Not today."}}"#,
    ] {
        let scene = scene([reply(200, body), reply(200, ACTIVE)]);
        let failure = block_on(scene.service.archive(&id())).unwrap_err();
        assert_eq!(
            (failure.kind, failure.changed),
            (FailureKind::Refused, Changed::No),
            "{body}"
        );
        assert_eq!(failure.service.message.as_deref(), Some("Not today."));
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
        assert_eq!(done.evidence, Evidence::AlreadyThere, "{status}");
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
    assert_eq!(done.evidence, Evidence::AlreadyThere);
    assert!(done.value.unwrap().state.is_archived());
}

#[test]
fn an_unknown_outcome_is_settled_by_reading_and_never_by_sending_again() {
    for (step, kind) in unknown_outcomes() {
        let done = scene([step.clone(), reply(200, ARCHIVED)]);
        let archived = block_on(done.service.archive(&id())).unwrap();
        assert_eq!(archived.evidence, Evidence::ConfirmedByReading);
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

    // An answer that shows the old state is a reason to look.
    let lagging = scene_in(&FANCY, [reply(200, ACTIVE), reply(200, ARCHIVED)]);
    let done = block_on(lagging.service.archive(&id())).unwrap();
    assert!(done.value.unwrap().state.is_archived());
}

#[test]
fn a_yes_that_cannot_be_read_is_not_taken_for_a_no() {
    let answers = |after| scene_in(&FANCY, [reply(200, "{\"id\":"), reply(200, after)]);
    let done = block_on(answers(ARCHIVED).service.archive(&id())).unwrap();
    assert_eq!(done.evidence, Evidence::ConfirmedByReading);
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

/// The service's own word that something is not there.
fn gone() -> Step {
    reply(404, r#"{"message":"There is no such workspace."}"#)
}

#[test]
fn where_archived_ones_are_not_shown_a_yes_is_looked_after_too() {
    let scene = scene_in(&FORGETFUL, [reply(200, ""), gone()]);
    let done = block_on(scene.service.archive(&id())).unwrap();
    assert_eq!((done.evidence, done.value), (Evidence::Answered, None));
    assert_eq!(
        scene.sent(),
        [
            "DELETE /api/workspaces/ws_1 20000",
            "GET /api/workspaces/ws_1 10000"
        ]
    );
    for after in [
        reply(200, ACTIVE),
        reply(404, ""),
        reply(404, "<html>"),
        reply(403, ""),
    ] {
        let scene = scene_in(&FORGETFUL, [reply(200, ""), after]);
        let failure = block_on(scene.service.archive(&id())).unwrap_err();
        assert_eq!(failure.kind, FailureKind::NotShown);
    }
}

#[test]
fn where_archived_ones_are_not_shown_not_finding_it_shows_it_archived() {
    for (step, kind) in unknown_outcomes() {
        let done = scene_in(&FORGETFUL, [step.clone(), gone()]);
        let archived = block_on(done.service.archive(&id())).unwrap();
        assert_eq!(
            (archived.evidence, archived.value),
            (Evidence::ConfirmedByReading, None)
        );

        let not_done = scene_in(&FORGETFUL, [step.clone(), reply(200, ACTIVE)]);
        let failure = block_on(not_done.service.archive(&id())).unwrap_err();
        assert_eq!((&failure.kind, failure.changed), (&kind, Changed::No));

        // A 404 without a word may come from whatever stands in between.
        for after in [403, 401, 404] {
            let dark = scene_in(&FORGETFUL, [step.clone(), reply(after, "")]);
            let failure = block_on(dark.service.archive(&id())).unwrap_err();
            assert_eq!((&failure.kind, failure.changed), (&kind, Changed::Perhaps));
        }
        // Where archived ones are shown, not finding it says something else.
        let elsewhere = scene([step, gone()]);
        let failure = block_on(elsewhere.service.archive(&id())).unwrap_err();
        assert_eq!((&failure.kind, failure.changed), (&kind, Changed::Perhaps));
        assert_eq!([done.writes(), elsewhere.writes()], [1; 2]);
    }
    let scene = scene_in(&FORGETFUL, [reply(409, NOT_EMPTY), gone()]);
    let done = block_on(scene.service.archive(&id())).unwrap();
    assert_eq!(done.evidence, Evidence::AlreadyThere);

    let scene = scene_in(&FORGETFUL, [reply(404, ""), gone()]);
    let done = block_on(scene.service.archive(&id())).unwrap();
    assert_eq!(
        done.evidence,
        Evidence::Gone,
        "it may be closed to me instead"
    );

    let scene = scene_in(&FORGETFUL, [reply(404, ""), reply(200, ACTIVE)]);
    let failure = block_on(scene.service.archive(&id())).unwrap_err();
    assert_eq!(failure.kind, FailureKind::NotFound);
}

#[test]
fn a_conflict_that_says_it_was_archived_is_settled_by_reading_and_is_no_earlier_archive() {
    use steward_providers::anthropic::Anthropic;
    let words = r#"{"error":{"type":"conflict_error","message":"Storage is still attached.","details":{"error_code":"storage_attached_during_archive"}}}"#;
    let run = |after: &str| {
        let scene = scene_in(&Anthropic, [reply(409, words), reply(200, after)]);
        let done = block_on(scene.service.archive(&id()));
        assert_eq!(scene.writes(), 1);
        done
    };
    let done = run(r#"{"id":"ws_1","name":"A","archived_at":"2026-11-30T12:00:00Z"}"#).unwrap();
    assert_eq!(
        (done.evidence, done.left.as_deref()),
        (Evidence::InPart, Some("Storage is still attached."))
    );
    let failure = run(r#"{"id":"ws_1","name":"A","archived_at":null}"#).unwrap_err();
    assert_eq!(
        failure.service.message.as_deref(),
        Some("Storage is still attached.")
    );
}
