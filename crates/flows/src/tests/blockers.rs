//! What stands in the way: each check by itself, unknown never taken for none, a cancelling sent once.

use futures::executor::block_on;
use steward_domain::blocker::{Blocker, BlockerState, Check, Finding, Payer, Standing};
use steward_domain::failure::{Changed, FailureKind, Operation};
use steward_providers::flashback::Flashback;

use super::*;
use crate::How;

const ONE: &str = r#"{"data":[{"id":"cus_1","name":"Main"}],"has_more":false}"#;
const NONE: &str = r#"{"data":[],"has_more":false}"#;
const ACTIVE: &str = r#"{"data":[{"id":"sub_1","status":"active"}]}"#;
const ENDED: &str = r#"{"data":[{"id":"sub_1","status":"canceled"}]}"#;
const ENDING: &str = r#"{"data":[{"id":"sub_1","status":"active","cancel_at_period_end":true}]}"#;
const USED: &str = r#"{"data":[{"id":"org_1","usage":{"usage":{"users":3}}}]}"#;

/// The script answers at once, so that requests leave in the order payers, subscriptions,
/// organizations; a network lets the last go beside the first.
fn found(steps: impl IntoIterator<Item = Step>) -> (Standing, Standing, Scene) {
    let scene = scene(steps);
    let findings = block_on(scene.service.blockers(&id()));
    let [first, second] = findings.try_into().unwrap();
    let Finding { check, standing } = first;
    assert_eq!((check, second.check), (Check::Subscriptions, Check::Usage));
    (standing, second.standing, scene)
}

fn ids(standing: &Standing) -> Vec<&str> {
    match standing {
        Standing::Blocked(rows, _) => rows.iter().map(|row| row.id.as_str()).collect(),
        _ => Vec::new(),
    }
}

fn kind(standing: &Standing) -> Option<&FailureKind> {
    match standing {
        Standing::CouldNotCheck(failure) | Standing::Blocked(_, Some(failure)) => {
            Some(&failure.kind)
        }
        _ => None,
    }
}

fn subscription() -> Blocker {
    Blocker {
        check: Check::Subscriptions,
        id: "sub_1".to_owned(),
        name: None,
        state: BlockerState::Active,
        quantity: None,
        until: None,
        payer: Some(Payer {
            id: "cus_1".to_owned(),
            name: "Main".to_owned(),
        }),
        link: None,
    }
}

#[test]
fn where_nothing_is_in_the_way_it_takes_two_requests_and_one_for_each_payer() {
    let (subscriptions, usage, scene) =
        found([reply(200, ONE), reply(200, ENDED), reply(200, NONE)]);
    assert_eq!((subscriptions, usage), (Standing::Pass, Standing::Pass));
    assert_eq!(
        scene.sent(),
        [
            "GET /api/workspaces/ws_1/billing-accounts 10000",
            "GET /api/workspaces/ws_1/billing-accounts/cus_1/subscriptions 10000",
            "GET /api/workspaces/ws_1/organizations 10000",
        ]
    );
    let (subscriptions, usage, scene) = found([reply(200, NONE), reply(200, NONE)]);
    assert_eq!((subscriptions, usage), (Standing::Pass, Standing::Pass));
    assert_eq!(scene.sent().len(), 2);
}

#[test]
fn what_is_in_the_way_is_listed_and_unknown_states_are_among_it() {
    let mixed = r#"{"data":[{"id":"sub_1","status":"active"},{"id":"sub_2","status":"canceled"},
        {"id":"sub_3","status":"on_ice"},{"id":"sub_4"}]}"#;
    let (subscriptions, usage, _) = found([reply(200, ONE), reply(200, mixed), reply(200, USED)]);
    assert_eq!(ids(&subscriptions), ["sub_1", "sub_3", "sub_4"]);
    assert_eq!(ids(&usage), ["org_1"]);
    assert_eq!((kind(&subscriptions), kind(&usage)), (None, None));
}

#[test]
fn a_cancelled_one_that_still_runs_stands_in_the_way() {
    let (subscriptions, ..) = found([reply(200, ONE), reply(200, ENDING), reply(200, NONE)]);
    assert_eq!(ids(&subscriptions), ["sub_1"]);
}

#[test]
fn five_hundred_are_listed_each_once() {
    let rows: Vec<String> = (0..500)
        .map(|n| format!(r#"{{"id":"sub_{n}","status":"active"}}"#))
        .collect();
    let twice = [rows.join(","), rows.join(",")].join(",");
    let body = format!(r#"{{"data":[{twice}]}}"#);
    let (subscriptions, ..) = found([reply(200, ONE), reply(200, &body), reply(200, NONE)]);
    assert_eq!(ids(&subscriptions).len(), 500);
}

/// Every way in which a reading can end without an answer, with the tries that it takes.
fn unread() -> Vec<(Vec<Step>, FailureKind)> {
    let thrice = |step: Step| vec![step; 3];
    let odd = |body| vec![reply(200, body)];
    let shape = FailureKind::Unreadable(Unreadable::OtherShape);
    let mut all = vec![
        (thrice(reply(500, "")), FailureKind::ServiceFault(None)),
        (
            thrice(reply(502, "<html>")),
            FailureKind::ServiceFault(None),
        ),
        (thrice(lost()), FailureKind::Unreachable),
        (thrice(timed_out()), FailureKind::TimedOut),
        (odd("<html>"), FailureKind::Unreadable(Unreadable::WebPage)),
        (odd(""), FailureKind::Unreadable(Unreadable::Empty)),
        (
            odd(r#"{"data":[{"id"#),
            FailureKind::Unreadable(Unreadable::Truncated),
        ),
        (odd("[]"), shape.clone()),
        (odd("{}"), shape.clone()),
        (odd(r#"{"data":[],"has_more":true}"#), shape.clone()),
        (odd(r#"{"data":[{"status":"active"}]}"#), shape),
    ];
    for (status, kind) in final_refusals() {
        all.push((vec![reply(status, "")], kind));
    }
    all
}

#[test]
fn a_check_that_cannot_be_made_is_not_known_and_leaves_the_other_as_it_is() {
    for (steps, expected) in unread() {
        let all = [vec![reply(200, ONE)], steps.clone(), vec![reply(200, USED)]];
        let (subscriptions, usage, scene) = found(all.concat());
        assert_eq!(kind(&subscriptions), Some(&expected), "{steps:?}");
        assert!(matches!(subscriptions, Standing::CouldNotCheck(_)));
        assert_eq!(ids(&usage), ["org_1"]);
        assert_eq!((scene.writes(), scene.script.left()), (0, 0));
    }
}

#[test]
fn a_pause_that_the_service_asks_for_holds_for_all_checks() {
    let (subscriptions, usage, scene) = found([later(429, "3600")]);
    let limited = FailureKind::RateLimited(Some(3600));
    assert_eq!(kind(&subscriptions), Some(&limited));
    assert_eq!(kind(&usage), Some(&limited));
    assert_eq!(scene.sent().len(), 1);
}

#[test]
fn not_knowing_who_pays_is_not_knowing_what_runs() {
    for (status, expected) in final_refusals() {
        let (subscriptions, usage, _) = found([reply(status, ""), reply(200, NONE)]);
        assert_eq!(kind(&subscriptions), Some(&expected));
        assert_eq!(usage, Standing::Pass);
        let (subscriptions, usage, _) = found([reply(200, NONE), reply(status, "")]);
        assert_eq!(subscriptions, Standing::Pass);
        assert_eq!(kind(&usage), Some(&expected));
    }
}

#[test]
fn of_several_payers_each_is_asked_and_one_that_fails_hides_nothing_of_the_others() {
    let five = r#"{"data":[{"id":"a"},{"id":"b"},{"id":"c"},{"id":"d"},{"id":"e"}]}"#;
    let steps = [
        reply(200, five),
        reply(200, NONE),
        reply(403, ""),
        reply(200, ACTIVE),
        reply(200, NONE),
        reply(200, r#"{"data":[{"id":"sub_9","status":"active"}]}"#),
        reply(200, NONE),
    ];
    let (subscriptions, usage, scene) = found(steps);
    assert_eq!(ids(&subscriptions), ["sub_1", "sub_9"]);
    assert_eq!(kind(&subscriptions), Some(&FailureKind::Forbidden));
    assert_eq!(usage, Standing::Pass);
    assert_eq!(scene.sent().len(), 7);
}

#[test]
fn a_service_with_endless_payers_is_not_asked_for_ever() {
    let rows: Vec<String> = (0..500).map(|n| format!(r#"{{"id":"cus_{n}"}}"#)).collect();
    let body = format!(r#"{{"data":[{}]}}"#, rows.join(","));
    let subscriptions = std::iter::repeat_n(reply(200, NONE), 500);
    let (standing, _, scene) = found(
        [reply(200, &body), reply(200, NONE)]
            .into_iter()
            .chain(subscriptions),
    );
    assert!(
        matches!(standing, Standing::CouldNotCheck(_)),
        "not taken for a pass"
    );
    assert_eq!(scene.sent().len(), 52);
}

#[test]
fn what_a_service_cannot_list_is_said_without_a_request() {
    let scene = scene_in(&Flashback, []);
    let findings = block_on(scene.service.blockers(&id()));
    let check = Check::Storage;
    let standing = Standing::NotOffered;
    assert_eq!(findings, [Finding { check, standing }]);
    let failure = block_on(scene.service.cancel_subscription(&id(), &subscription()));
    assert_eq!(failure.unwrap_err().kind, FailureKind::Refused);
    assert_eq!(scene.sent().len(), 0);
}

#[test]
fn a_cancelling_is_one_request() {
    for body in ["", r#"{"id":"sub_1","status":"canceled"}"#, "?"] {
        let scene = scene([reply(200, body)]);
        let done = block_on(scene.service.cancel_subscription(&id(), &subscription()));
        assert_eq!(done.map(|done| done.how), Ok(How::Answered));
        assert_eq!(
            scene.sent(),
            ["DELETE /api/workspaces/ws_1/billing-accounts/cus_1/subscriptions/sub_1 20000"]
        );
    }
}

#[test]
fn a_cancelling_of_what_nobody_pays_for_is_not_sent() {
    let scene = scene([]);
    let unpaid = Blocker {
        payer: None,
        ..subscription()
    };
    let failure = block_on(scene.service.cancel_subscription(&id(), &unpaid)).unwrap_err();
    assert_eq!(
        (failure.operation, failure.changed),
        (Operation::Cancel, Changed::No)
    );
    assert_eq!(scene.sent().len(), 0);
}

#[test]
fn an_unknown_outcome_of_a_cancelling_is_settled_by_reading_and_never_by_sending_again() {
    for (step, kind) in unknown_outcomes() {
        // A pause that the service asked for holds the reading back as well.
        for after in [ENDED, ENDING, NONE] {
            let scene = scene([step.clone(), reply(200, after)]);
            let done = block_on(scene.service.cancel_subscription(&id(), &subscription()));
            assert_eq!(
                done.map(|done| done.how),
                Ok(How::ConfirmedByReading),
                "{step:?} {after}"
            );
            assert_eq!(scene.writes(), 1);
        }
        for (after, changed) in [
            (vec![reply(200, ACTIVE)], Changed::No),
            (vec![], Changed::Perhaps),
            (vec![reply(200, "[]")], Changed::Perhaps),
            (
                vec![reply(200, r#"{"data":[],"has_more":true}"#)],
                Changed::Perhaps,
            ),
        ] {
            let scene = scene([step.clone()].into_iter().chain(after));
            let failure = block_on(scene.service.cancel_subscription(&id(), &subscription()));
            let failure = failure.unwrap_err();
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
fn a_refused_cancelling_keeps_its_words_unless_somebody_else_was_faster() {
    let words = r#"{"code":"cancellation_would_underprovision","message":"Too few seats."}"#;
    for status in [400, 404, 409] {
        let refused = scene([reply(status, words), reply(200, ACTIVE)]);
        let failure = block_on(refused.service.cancel_subscription(&id(), &subscription()));
        let failure = failure.unwrap_err();
        assert_eq!(failure.changed, Changed::No);
        assert_eq!(failure.service.message.as_deref(), Some("Too few seats."));
        let already = scene([reply(status, words), reply(200, ENDED)]);
        let done = block_on(already.service.cancel_subscription(&id(), &subscription()));
        assert_eq!(done.map(|done| done.how), Ok(How::AlreadyThere));
        assert_eq!([refused.writes(), already.writes()], [1; 2]);
    }
    for status in [401, 403, 429, 302] {
        let scene = scene([reply(status, "")]);
        let failure = block_on(scene.service.cancel_subscription(&id(), &subscription()));
        assert_eq!(failure.unwrap_err().changed, Changed::No);
        assert_eq!(scene.sent().len(), 1, "{status}");
    }
}
