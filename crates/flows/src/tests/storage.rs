//! What is stored in a workspace: never a pass without a whole reading, and a deletion counts by a
//! reading alone.

use futures::executor::block_on;
use steward_domain::blocker::{Blocker, BlockerState, Check, Finding, Standing, Stored};
use steward_domain::failure::{Changed, Failure, FailureKind, Operation};
use steward_providers::flashback::Flashback;

use super::*;
use crate::outcome::Evidence;

const NO_REPOS: &str = r#"{"success":true,"repos":[]}"#;
const NO_BUCKETS: &str = r#"{"success":true,"buckets":[]}"#;
const REPOS: &str = r#"{"success":true,"repos":[{"id":"r","name":"media","workspaceId":"ws_1",
    "buckets":[{"bucketId":"b"}]}]}"#;
const BUCKETS: &str = r#"{"success":true,"buckets":[{"id":"b","name":"cold","workspaceId":"ws_1",
    "key":"AKIA","secret":{"message":"planted"}}]}"#;
const MARKED: &str = r#"{"success":true,"buckets":[{"id":"b","workspaceId":"ws_1",
    "deletedAt":"2026-03-01T12:00:00.000Z"}]}"#;
const OTHERS: &str = r#"{"success":true,"buckets":[{"id":"c","workspaceId":"ws_1"}]}"#;
const DONE: &str = r#"{"success":true}"#;

fn bucket() -> Blocker {
    Blocker {
        check: Check::Buckets,
        id: "b".to_owned(),
        name: Some("cold".to_owned()),
        state: BlockerState::Active,
        quantity: None,
        until: None,
        payer: None,
        products: Vec::new(),
        currency: None,
        stored: Some(Stored {
            is_here: true,
            linked: Vec::new(),
            for_good: false,
        }),
    }
}

fn stage(steps: impl IntoIterator<Item = Step>) -> Scene {
    scene_in(&Flashback, steps)
}

fn found(steps: impl IntoIterator<Item = Step>) -> (Standing, Standing, Scene) {
    let scene = stage(steps);
    let findings = block_on(scene.service.blockers(&id()));
    let [repos, buckets] = findings.try_into().unwrap();
    let Finding { check, standing } = repos;
    assert_eq!(
        (check, buckets.check),
        (Check::Repositories, Check::Buckets)
    );
    (standing, buckets.standing, scene)
}

fn deleted(steps: impl IntoIterator<Item = Step>) -> (Result<Evidence, Failure>, Scene) {
    let scene = stage(steps);
    let done = block_on(scene.service.delete_stored(&id(), &bucket()));
    (done.map(|done| done.evidence), scene)
}

#[test]
fn both_lists_are_asked_for_and_passed_only_by_being_empty() {
    let (repos, buckets, scene) = found([reply(200, NO_REPOS), reply(200, NO_BUCKETS)]);
    assert_eq!((repos, buckets), (Standing::Pass, Standing::Pass));
    assert_eq!(
        scene.sent(),
        [
            "GET /api/repo?workspaceId=ws_1 10000",
            "GET /api/bucket?workspaceId=ws_1 10000"
        ]
    );
    let (repos, buckets, _) = found([reply(200, REPOS), reply(200, BUCKETS)]);
    for (standing, id) in [(repos, "r"), (buckets, "b")] {
        let Standing::Blocked(rows, None) = standing else {
            unreachable!()
        };
        assert_eq!((rows.len(), rows[0].id.as_str()), (1, id));
        assert!(!format!("{rows:?}").contains("planted"));
    }
    let (_, marked, _) = found([reply(200, NO_REPOS), reply(200, MARKED)]);
    assert_eq!(marked, Standing::Pass, "what is marked as deleted is over");
}

#[test]
fn a_list_that_could_not_be_read_whole_is_no_pass_and_leaves_the_other_as_it_is() {
    for (body, known) in [
        (r#"{"success":true,"buckets":null}"#, 0),
        (r#"{"success":true}"#, 0),
        (r#"{"success":true,"buckets":[{"name":"nameless"}]}"#, 0),
        (r#"{"success":true,"buckets":[],"has_more":true}"#, 0),
        (r#"{"success":true,"buckets":[{"id":"b"},7]}"#, 1),
        (r#"{"success":false,"message":"No."}"#, 0),
        ("<html>Sign in", 0),
        (r#"{"success":true,"buckets":[{"id""#, 0),
    ] {
        let (repos, buckets, _) = found([reply(200, REPOS), reply(200, body)]);
        assert!(matches!(repos, Standing::Blocked(_, None)), "{body}");
        match buckets {
            Standing::CouldNotCheck(_) => assert_eq!(known, 0, "{body}"),
            Standing::Blocked(rows, Some(_)) => assert_eq!(known, rows.len(), "{body}"),
            other => unreachable!("{body}: {other:?}"),
        }
    }
    for (status, kind) in final_refusals() {
        let (_, buckets, _) = found([reply(200, NO_REPOS), reply(status, "")]);
        assert!(
            matches!(&buckets, Standing::CouldNotCheck(failure) if failure.kind == kind),
            "{status}"
        );
    }
}

#[test]
fn a_list_that_ignores_the_filter_blocks_with_nothing_of_others() {
    let all = r#"{"success":true,"buckets":[{"id":"x","workspaceId":"ws_2"},
        {"id":"y","workspaceId":"ws_1"},{"id":"y","workspaceId":"ws_1"}]}"#;
    let (_, buckets, _) = found([reply(200, NO_REPOS), reply(200, all)]);
    let Standing::Blocked(rows, None) = buckets else {
        unreachable!()
    };
    let ids: Vec<&str> = rows.iter().map(|row| row.id.as_str()).collect();
    assert_eq!(ids, ["y"]);
}

#[test]
fn a_deletion_is_one_request_and_counts_by_the_reading_after_it() {
    for after in [NO_BUCKETS, OTHERS, MARKED] {
        let (done, scene) = deleted([called("d", reply(200, DONE)), reply(200, after)]);
        assert_eq!(done, Ok(Evidence::Answered), "{after}");
        assert_eq!(
            scene.sent(),
            [
                "DELETE /api/bucket/b 20000",
                "GET /api/bucket?workspaceId=ws_1 10000"
            ]
        );
    }
}

#[test]
fn what_was_accepted_and_shows_late_is_looked_at_again_without_sending_again() {
    let (done, scene) = deleted([
        reply(202, DONE),
        reply(200, BUCKETS),
        reply(200, BUCKETS),
        reply(200, NO_BUCKETS),
    ]);
    assert_eq!(done, Ok(Evidence::Answered));
    assert_eq!(scene.writes(), 1);
    assert_eq!(scene.clock.waits(), [250, 750]);
}

#[test]
fn accepted_and_still_listed_is_not_done() {
    let (done, scene) = deleted(
        [reply(200, DONE)]
            .into_iter()
            .chain(vec![reply(200, BUCKETS); 5]),
    );
    let failure = done.unwrap_err();
    assert_eq!(
        (failure.operation, &failure.kind, failure.changed),
        (Operation::Delete, &FailureKind::NotShown, Changed::Perhaps)
    );
    assert_eq!((scene.writes(), scene.script.left()), (1, 0));
}

#[test]
fn accepted_and_not_to_be_read_is_not_done() {
    for body in [
        r#"{"success":true,"buckets":null}"#,
        r#"{"success":true,"buckets":[],"has_more":true}"#,
        r#"{"success":true,"buckets":[{"name":"nameless"}]}"#,
        r#"{"success":false}"#,
        "<html>",
    ] {
        let (done, scene) = deleted([reply(200, DONE), reply(200, body)]);
        let failure = done.unwrap_err();
        assert_eq!(
            (&failure.kind, failure.changed),
            (&FailureKind::NotShown, Changed::Perhaps),
            "{body}"
        );
        assert_eq!(scene.writes(), 1);
    }
}

#[test]
fn an_unknown_outcome_is_settled_by_reading_and_never_by_sending_again() {
    for (step, kind) in unknown_outcomes() {
        let (done, scene) = deleted([step.clone(), reply(200, NO_BUCKETS)]);
        assert_eq!(done, Ok(Evidence::ConfirmedByReading), "{step:?}");
        assert_eq!(scene.writes(), 1);
        for (after, changed) in [
            (vec![reply(200, BUCKETS)], Changed::No),
            (vec![], Changed::Perhaps),
            (vec![reply(200, "[]")], Changed::Perhaps),
        ] {
            let (done, scene) = deleted([step.clone()].into_iter().chain(after));
            let failure = done.unwrap_err();
            assert_eq!(
                (&failure.kind, failure.changed),
                (&kind, changed),
                "{step:?}"
            );
            assert_eq!(scene.writes(), 1);
        }
    }
}

#[test]
fn a_refusal_keeps_its_words_and_a_missing_one_is_looked_for() {
    let words = r#"{"success":false,"message":"Cannot delete bucket in use"}"#;
    for status in [400, 401, 403, 409, 429, 200, 302] {
        let (done, scene) = deleted([reply(status, words)]);
        let failure = done.unwrap_err();
        assert_eq!(failure.changed, Changed::No, "{status}");
        assert_eq!(
            failure.service.message.as_deref(),
            Some("Cannot delete bucket in use"),
            "{status}"
        );
        assert_eq!(scene.sent().len(), 1, "{status}");
    }
    let (done, _) = deleted([reply(404, words), reply(200, NO_BUCKETS)]);
    assert_eq!(done, Ok(Evidence::AlreadyThere));
    let (done, _) = deleted([reply(404, words), reply(200, BUCKETS)]);
    let failure = done.unwrap_err();
    assert_eq!(
        (failure.kind, failure.changed),
        (FailureKind::NotFound, Changed::No)
    );
}

#[test]
fn what_may_be_in_another_workspace_is_not_sent() {
    for stored in [
        None,
        Some(Stored {
            is_here: false,
            ..Stored::default()
        }),
    ] {
        let scene = stage([]);
        let row = Blocker { stored, ..bucket() };
        let failure = block_on(scene.service.delete_stored(&id(), &row)).unwrap_err();
        assert_eq!(
            (failure.kind, failure.changed),
            (FailureKind::Refused, Changed::No)
        );
        assert_eq!(scene.sent().len(), 0);
    }
}

#[test]
fn a_service_without_storage_deletes_nothing() {
    let scene = scene([]);
    let failure = block_on(scene.service.delete_stored(&id(), &bucket())).unwrap_err();
    assert_eq!(failure.kind, FailureKind::Refused);
    assert_eq!(scene.sent().len(), 0);
}
