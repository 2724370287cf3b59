//! Members: one request, and what reading them again proves.

use futures::executor::block_on;
use steward_domain::failure::{Changed, Operation};
use steward_domain::id::UserId;
use steward_domain::membership::MemberChange;
use steward_domain::role::Role;

use super::dialect::FANCY;
use super::*;
use crate::Evidence;

const NEITHER: &str = r#"{"data":[{"user_id":"o","role":"owner"}]}"#;
const VIEWER: &str = r#"{"data":[{"user_id":"o","role":"owner"},{"user_id":"u","role":"viewer"}]}"#;
const ADMIN: &str = r#"{"data":[{"user_id":"o","role":"owner"},{"user_id":"u","role":"admin"}]}"#;

fn user() -> UserId {
    UserId::new("u").unwrap()
}

fn role(word: &str) -> Role {
    DESCRIPTION.role(word.to_owned())
}

/// Each change with the members that show it and those that do not.
fn changes() -> [(MemberChange, &'static str, [&'static str; 2]); 3] {
    [
        (
            MemberChange::Add(user(), role("viewer")),
            VIEWER,
            [NEITHER, ADMIN],
        ),
        (
            MemberChange::Change(user(), role("admin")),
            ADMIN,
            [VIEWER, NEITHER],
        ),
        (MemberChange::Remove(user()), NEITHER, [VIEWER, ADMIN]),
    ]
}

#[test]
fn a_change_is_one_request_and_the_members_are_read_after_it() {
    let requests = [
        "POST /api/workspaces/ws_1/members 20000",
        "PATCH /api/workspaces/ws_1/members/u 20000",
        "DELETE /api/workspaces/ws_1/members/u 20000",
    ];
    for ((change, shown, _), request) in changes().into_iter().zip(requests) {
        let scene = scene([reply(200, ""), reply(200, shown)]);
        let done = block_on(scene.service.manage(&id(), &change, None)).unwrap();
        assert_eq!(done.evidence, Evidence::Answered);
        assert_eq!(
            done.value.unwrap().rows.len(),
            shown.matches("user_id").count()
        );
        assert_eq!(
            scene.sent(),
            [request, "GET /api/workspaces/ws_1/members 10000"]
        );
    }
}

#[test]
fn a_yes_that_the_members_do_not_show_is_accepted_and_no_more() {
    for (change, _, others) in changes() {
        for after in [
            vec![],
            vec![reply(403, "")],
            vec![reply(404, "")],
            vec![reply(200, "<html>")],
            vec![reply(200, others[0])],
            vec![reply(200, others[1])],
        ] {
            for status in [200, 202, 204] {
                let yes = called("req_1", reply(status, ""));
                let scene = scene([yes].into_iter().chain(after.clone()));
                let failure = block_on(scene.service.manage(&id(), &change, None)).unwrap_err();
                assert_eq!(
                    (failure.kind, failure.changed),
                    (FailureKind::NotShown, Changed::Perhaps),
                    "{change:?}"
                );
                assert_eq!(failure.service.request_id.as_deref(), Some("req_1"));
                assert_eq!(scene.writes(), 1);
            }
        }
    }
}

#[test]
fn who_leaves_is_not_shown_the_members_any_more() {
    let leave = MemberChange::Remove(user());
    let run = |me: &str, after: Step| {
        let me = UserId::new(me);
        let scene = scene([reply(204, ""), after]);
        block_on(scene.service.manage(&id(), &leave, me.as_ref()))
    };
    for status in [403, 404] {
        let done = run("u", reply(status, "")).unwrap();
        assert_eq!((done.evidence, done.value), (Evidence::Answered, None));
        assert_eq!(
            run("o", reply(status, "")).unwrap_err().kind,
            FailureKind::NotShown
        );
    }
    // Still being a member, or being cut off, shows nothing of the kind.
    for after in [reply(200, VIEWER), lost()] {
        assert_eq!(run("u", after).unwrap_err().kind, FailureKind::NotShown);
    }
}

#[test]
fn who_may_be_among_entries_that_cannot_be_read_is_not_shown_to_be_gone() {
    const ODD: &str = r#"{"data":[{"user_id":"o","role":"owner"},{"role":"viewer"}]}"#;
    let remove = MemberChange::Remove(user());
    let scene = scene([reply(204, ""), reply(200, ODD)]);
    let failure = block_on(scene.service.manage(&id(), &remove, None)).unwrap_err();
    assert_eq!(
        (failure.kind, failure.changed),
        (FailureKind::NotShown, Changed::Perhaps)
    );
}

#[test]
fn a_refusal_is_given_back_at_once() {
    let mut refusals = final_refusals();
    refusals.push((409, FailureKind::Conflict));
    refusals.push((429, FailureKind::RateLimited(None)));
    for (change, shown, _) in changes() {
        for (status, kind) in &refusals {
            if *kind == FailureKind::Refused {
                continue;
            }
            let scene = scene([reply(*status, ""), reply(200, shown)]);
            let failure = block_on(scene.service.manage(&id(), &change, None)).unwrap_err();
            assert_eq!(
                (failure.operation, &failure.kind, failure.changed),
                (Operation::Manage, kind, Changed::No)
            );
            assert_eq!(scene.sent().len(), 1, "{status}");
        }
    }
}

#[test]
fn an_unknown_outcome_is_settled_by_reading_and_never_by_sending_again() {
    for (change, shown, others) in changes() {
        for (step, kind) in unknown_outcomes() {
            let seen = called("req_2", reply(200, shown));
            let done = scene([step.clone(), lost(), seen]);
            let known = block_on(done.service.manage(&id(), &change, None)).unwrap();
            assert!(known.value.is_some());
            assert_eq!(known.evidence, Evidence::ConfirmedByReading);
            assert_eq!(known.request_id.as_deref(), Some("req_2"));
            assert_eq!(done.writes(), 1);

            for other in others {
                let not_done = scene([step.clone(), reply(200, other)]);
                let failure = block_on(not_done.service.manage(&id(), &change, None)).unwrap_err();
                assert_eq!((&failure.kind, failure.changed), (&kind, Changed::No));
                assert_eq!(not_done.writes(), 1);
            }

            for after in [vec![], vec![reply(404, "")]] {
                let dark = scene([step.clone()].into_iter().chain(after));
                let failure = block_on(dark.service.manage(&id(), &change, None)).unwrap_err();
                assert_eq!((&failure.kind, failure.changed), (&kind, Changed::Perhaps));
                assert_eq!((failure.operation, dark.writes()), (Operation::Manage, 1));
            }
        }
    }
}

#[test]
fn a_yes_that_cannot_be_read_is_looked_after() {
    let add = MemberChange::Add(user(), role("viewer"));
    let run = |after: Step| {
        let scene = scene_in(&FANCY, [reply(200, "{\"id\":"), after]);
        block_on(scene.service.manage(&id(), &add, None))
    };
    assert_eq!(run(reply(200, "o u")).unwrap().value.unwrap().rows.len(), 2);
    for after in [reply(403, ""), reply(200, "o")] {
        let failure = run(after).unwrap_err();
        assert_eq!(
            (failure.kind, failure.changed),
            (
                FailureKind::Unreadable(Unreadable::Truncated),
                Changed::Perhaps
            )
        );
    }
}

#[test]
fn a_member_on_a_later_page_is_found() {
    let add = MemberChange::Add(user(), role("viewer"));
    let scene = scene_in(
        &FANCY,
        [timed_out(), reply(200, "a b > 2"), reply(200, "c u")],
    );
    let done = block_on(scene.service.manage(&id(), &add, None)).unwrap();
    assert_eq!(done.value.map(|members| members.rows.len()), Some(4));
}
