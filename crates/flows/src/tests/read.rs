//! Reading one thing: tries and waits.

use futures::executor::block_on;
use steward_domain::failure::{Changed, FailureKind, Unreadable};

use super::*;

const ONE: &str = r#"{"id":"ws_1","name":"One"}"#;

#[test]
fn opens_with_one_request() {
    let scene = scene([reply(200, ONE)]);
    assert_eq!(block_on(scene.service.open(&id())).unwrap().name, "One");
    assert_eq!(scene.sent(), ["GET /api/workspaces/ws_1 10000"]);
    assert!(scene.clock.waits().is_empty());
}

#[test]
fn reads_members() {
    let scene = scene([reply(200, r#"{"data":[{"user_id":"u","role":"owner"}]}"#)]);
    let members = block_on(scene.service.members(&id())).unwrap().rows;
    assert_eq!(members[0].role.rank(), 0);
    assert_eq!(scene.sent(), ["GET /api/workspaces/ws_1/members 10000"]);
}

#[test]
fn a_passing_failure_is_tried_again_and_the_third_try_is_the_last() {
    for (step, kind) in [
        (lost(), FailureKind::Unreachable),
        (timed_out(), FailureKind::TimedOut),
        (reply(408, ""), FailureKind::TimedOut),
        (reply(429, ""), FailureKind::RateLimited(None)),
        (reply(500, ""), FailureKind::ServiceFault(None)),
        (reply(503, "<html>"), FailureKind::ServiceFault(None)),
    ] {
        let late = scene([step.clone(), step.clone(), reply(200, ONE)]);
        assert!(block_on(late.service.open(&id())).is_ok());
        assert_eq!(
            late.clock.waits(),
            [125, 250],
            "half of 250 ms, then half of 500 ms"
        );

        let never = scene([step.clone(), step.clone(), step, reply(200, ONE)]);
        let failure = block_on(never.service.open(&id())).unwrap_err();
        assert_eq!((failure.kind, failure.changed), (kind, Changed::No));
        assert_eq!((never.script.left(), never.clock.waits().len()), (1, 2));
    }
}

#[test]
fn a_final_answer_is_not_asked_for_twice() {
    let mut finals = final_refusals();
    finals.push((409, FailureKind::Conflict));
    finals.push((200, FailureKind::Unreadable(Unreadable::Empty)));
    for (status, kind) in finals {
        let scene = scene([reply(status, "")]);
        assert_eq!(block_on(scene.service.open(&id())).unwrap_err().kind, kind);
        assert_eq!(scene.sent().len(), 1, "{status}");
    }
    for (body, why) in [
        ("<html>", Unreadable::WebPage),
        ("{\"id\":", Unreadable::Truncated),
        ("{}", Unreadable::OtherShape),
    ] {
        let scene = scene([reply(200, body)]);
        let failure = block_on(scene.service.open(&id())).unwrap_err();
        assert_eq!(failure.kind, FailureKind::Unreadable(why));
        assert_eq!(scene.sent().len(), 1, "{body}");
    }
}

#[test]
fn the_wait_is_random_over_its_whole_range() {
    for (chance, waits) in [(0.0, [0, 0]), (0.999, [249, 499])] {
        let scene = scene([lost(), lost()]);
        scene.clock.set_chance(chance);
        assert!(block_on(scene.service.open(&id())).is_err());
        assert_eq!(scene.clock.waits(), waits);
    }
}

#[test]
fn a_wait_that_the_service_asks_for_is_kept_up_to_a_minute() {
    for status in [429, 503] {
        let scene = scene([later(status, "7"), later(status, "60"), reply(200, ONE)]);
        assert!(block_on(scene.service.open(&id())).is_ok());
        assert_eq!(scene.clock.waits(), [7_000, 60_000]);
    }
    let scene = scene([later(429, "61"), reply(200, ONE)]);
    let failure = block_on(scene.service.open(&id())).unwrap_err();
    assert_eq!(failure.kind, FailureKind::RateLimited(Some(61)));
    assert_eq!((scene.clock.waits(), scene.script.left()), (vec![], 1));
}

#[test]
fn a_slow_answer_counts_up_to_the_limit() {
    let slow = |millis| {
        let Step::Reply(reply) = reply(200, ONE) else {
            unreachable!()
        };
        Step::Late(millis, reply)
    };
    let scene = scene([slow(10_001), slow(10_000)]);
    assert!(block_on(scene.service.open(&id())).is_ok());
    assert_eq!(scene.clock.now(), Timestamp((10_000 + 125 + 10_000) * 1000));
}

#[test]
fn a_wait_of_no_seconds_is_no_wait_asked_for() {
    for status in [429, 503] {
        let scene = scene([later(status, "0"), reply(200, ONE)]);
        assert!(block_on(scene.service.open(&id())).is_ok());
        assert_eq!(scene.clock.waits(), [125]);
    }
}
