//! What stands in the way: each check by itself, unknown never taken for none, a cancelling sent once.

use futures::executor::block_on;
use steward_domain::blocker::{Blocker, BlockerState, Check, Finding, Payer, Standing};
use steward_domain::failure::{Changed, Failure, FailureKind, Operation};
use steward_domain::invoice::Money;
use steward_domain::time::Timestamp;
use steward_providers::flashback::Flashback;

use super::*;
use crate::{Cancelled, Evidence};

const ONE: &str = r#"{"data":[{"id":"cus_1","name":"Main"}],"has_more":false}"#;
const NONE: &str = r#"{"data":[],"has_more":false}"#;
const ACTIVE: &str = r#"{"data":[{"id":"sub_1","status":"active"}]}"#;
const ENDED: &str = r#"{"data":[{"id":"sub_1","status":"canceled"}]}"#;
const OTHER: &str = r#"sub_9","billing_account_id":"cus_9"#;
const EXPIRED: &str = r#"{"data":[{"id":"sub_1","status":"incomplete_expired"}]}"#;
const UNTIL: &str =
    r#"{"data":[{"id":"sub_1","status":"active","current_period_end":"2026-12-24T00:00:00Z"}]}"#;
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
        products: vec![],
        currency: None,
        until: Timestamp::parse("2026-12-01T00:00:00Z"),
        payer: Some(Payer {
            id: "cus_1".to_owned(),
            name: "Main".to_owned(),
        }),
        stored: None,
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
fn of_the_eight_states_two_are_over() {
    for (status, stands) in [
        ("active", true),
        ("trialing", true),
        ("past_due", true),
        ("unpaid", true),
        ("incomplete", true),
        ("paused", true),
        ("canceled", false),
        ("incomplete_expired", false),
    ] {
        let body = format!(r#"{{"data":[{{"id":"sub_1","status":"{status}"}}]}}"#);
        let (subscriptions, ..) = found([reply(200, ONE), reply(200, &body), reply(200, NONE)]);
        assert_eq!(!ids(&subscriptions).is_empty(), stands, "{status}");
    }
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
fn what_a_service_does_not_have_is_not_cancelled() {
    let scene = scene_in(&Flashback, []);
    let failure = block_on(scene.service.cancel_subscription(&id(), &subscription()));
    assert_eq!(failure.unwrap_err().kind, FailureKind::Refused);
    assert_eq!(scene.sent().len(), 0);
}

/// How it is known to be over, or until when it runs.
#[derive(PartialEq, Debug)]
enum Came {
    Over(Evidence),
    Runs(Option<Timestamp>),
}

fn cancelled(scene: &Scene) -> Result<Came, Failure> {
    let came = block_on(scene.service.cancel_subscription(&id(), &subscription()));
    came.map(|came| match came {
        Cancelled::Ended(done) => Came::Over(done.evidence),
        Cancelled::Scheduled(scheduled) => Came::Runs(scheduled.until),
    })
}

#[test]
fn an_accepted_cancelling_of_what_still_runs_is_not_done() {
    let answered = reply(200, r#"{"id":"sub_1","status":"active"}"#);
    let scene = scene([answered, reply(200, UNTIL)]);
    let came = block_on(scene.service.cancel_subscription(&id(), &subscription())).unwrap();
    let failure = came.shown().unwrap_err();
    assert_eq!(
        (failure.operation, failure.kind, failure.changed),
        (Operation::Cancel, FailureKind::NotShown, Changed::Perhaps)
    );
}

#[test]
fn an_accepted_cancelling_is_sent_once_and_told_by_what_reading_shows() {
    let at = |text| Came::Runs(Timestamp::parse(text));
    for (status, body) in [
        (204, ""),
        (200, r#"{"message":"At the end of the period."}"#),
        (200, r#"{"id":"sub_1","status":"canceled"}"#),
        (202, ""),
    ] {
        for (after, expected) in [
            (vec![reply(200, UNTIL)], at("2026-12-24T00:00:00Z")),
            (vec![reply(200, ACTIVE)], Came::Runs(None)),
            // What was known before is the best there is.
            (vec![reply(403, "")], at("2026-12-01T00:00:00Z")),
            // Somebody else's list shows nothing of what is mine, not even that it is gone.
            (
                vec![reply(200, &ENDED.replace("sub_1", OTHER))],
                at("2026-12-01T00:00:00Z"),
            ),
            (vec![reply(200, ENDED)], Came::Over(Evidence::Answered)),
            (vec![reply(200, EXPIRED)], Came::Over(Evidence::Answered)),
            (vec![reply(200, NONE)], Came::Over(Evidence::Answered)),
        ] {
            let scene = scene([reply(status, body)].into_iter().chain(after));
            assert_eq!(cancelled(&scene), Ok(expected), "{status}");
            assert_eq!(
                scene.sent(),
                [
                    "DELETE /api/workspaces/ws_1/billing-accounts/cus_1/subscriptions/sub_1 20000",
                    "GET /api/workspaces/ws_1/billing-accounts/cus_1/subscriptions 10000",
                ]
            );
        }
    }
}

#[test]
fn an_answer_about_another_subscription_proves_nothing() {
    for after in [ACTIVE, ENDED] {
        let scene = scene([reply(200, r#"{"id":"sub_2"}"#), reply(200, after)]);
        match after {
            ENDED => assert_eq!(
                cancelled(&scene),
                Ok(Came::Over(Evidence::ConfirmedByReading))
            ),
            _ => assert_eq!(cancelled(&scene).unwrap_err().changed, Changed::Perhaps),
        }
        assert_eq!(scene.writes(), 1);
    }
}

#[test]
fn what_a_cancelling_saves_is_asked_twice_and_known_by_halves() {
    let invoice = |total: i64| reply(200, &format!(r#"{{"total":{total},"currency":"eur"}}"#));
    let money = |cents| Money {
        cents,
        currency: "eur".to_owned(),
    };
    let asked = |steps: Vec<Step>| {
        let scene = scene(steps);
        let preview = block_on(scene.service.preview_cancelling(&id(), &subscription()));
        let path = "POST /api/workspaces/ws_1/billing-accounts/cus_1/invoices/preview 10000";
        assert_eq!(scene.sent(), [path; 2]);
        preview
    };
    let whole = asked(vec![invoice(4_800), invoice(0)]).unwrap();
    assert_eq!(whole.saves(), Some(money(4_800)));
    let half = asked(vec![reply(400, ""), invoice(-50)]).unwrap();
    assert_eq!((half.before, half.after), (None, money(-50)));
    let failure = asked(vec![invoice(4_800), reply(403, "")]).unwrap_err();
    assert_eq!(
        (failure.kind, failure.changed),
        (FailureKind::Forbidden, Changed::No)
    );
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
fn a_lost_answer_is_settled_only_by_seeing_it_over_and_never_by_sending_again() {
    for (step, kind) in unknown_outcomes() {
        // A pause that the service asked for holds the reading back as well.
        for after in [ENDED, EXPIRED, NONE] {
            let scene = scene([step.clone(), reply(200, after)]);
            assert_eq!(
                cancelled(&scene),
                Ok(Came::Over(Evidence::ConfirmedByReading)),
                "{step:?} {after}"
            );
            assert_eq!(scene.writes(), 1);
        }
        // One that still runs may be cancelled all the same: nothing in it would show that.
        for after in [
            vec![reply(200, ACTIVE)],
            vec![],
            vec![reply(200, "[]")],
            vec![reply(200, r#"{"data":[],"has_more":true}"#)],
        ] {
            let scene = scene([step.clone()].into_iter().chain(after));
            let failure = cancelled(&scene).unwrap_err();
            assert_eq!(
                (&failure.kind, failure.changed),
                (&kind, Changed::Perhaps),
                "{step:?}"
            );
            assert_eq!(scene.writes(), 1);
        }
    }
}

#[test]
fn a_refused_cancelling_keeps_its_words_unless_it_is_over_already() {
    let words = r#"{"code":"cancellation_would_underprovision","message":"Too few seats."}"#;
    for status in [400, 404, 409] {
        let refused = scene([reply(status, words), reply(200, ACTIVE)]);
        let failure = cancelled(&refused).unwrap_err();
        assert_eq!(failure.changed, Changed::No);
        assert_eq!(failure.service.message.as_deref(), Some("Too few seats."));
        let already = scene([reply(status, words), reply(200, ENDED)]);
        assert_eq!(cancelled(&already), Ok(Came::Over(Evidence::AlreadyThere)));
        assert_eq!([refused.writes(), already.writes()], [1; 2]);
    }
    for status in [401, 403, 429] {
        let scene = scene([reply(status, "")]);
        assert_eq!(cancelled(&scene).unwrap_err().changed, Changed::No);
        assert_eq!(scene.sent().len(), 1, "{status}");
    }
}
