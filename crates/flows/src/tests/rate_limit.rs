//! What a pause that a service asked for does to reads, to lists and to writes, and what it costs.

use futures::executor::block_on;
use steward_domain::failure::{Changed, Failure, Operation};
use steward_domain::id::UserId;
use steward_domain::membership::MemberChange;
use steward_domain::role::Role;

use super::dialect::{FANCY, workspace};
use super::*;

const NAMELESS: &str = r#"{"id":"ws_1","name":""}"#;
const ONE: &str = r#"{"id":"ws_1","name":"One"}"#;

fn limited(operation: Operation, seconds: u32) -> Failure {
    Failure::new(operation, FailureKind::RateLimited(Some(seconds)))
}

#[test]
fn during_a_long_pause_reads_fail_at_once() {
    let scene = scene([later(429, "90"), reply(200, ONE)]);
    let open = || block_on(scene.service.open(&id())).map(|found| found.name);
    let first = open().unwrap_err();
    assert_eq!(first.kind, FailureKind::RateLimited(Some(90)));
    assert_eq!(open(), Err(limited(Operation::Open, 90)));
    scene.clock.advance(29_500);
    assert_eq!(open(), Err(limited(Operation::Open, 61)));
    assert_eq!((scene.sent().len(), scene.clock.waits().len()), (1, 0));
    scene.clock.advance(500);
    assert_eq!(open(), Ok("One".to_owned()));
    assert_eq!(scene.clock.waits(), [60_000]);
}

#[test]
fn a_list_waits_between_its_pages() {
    let first = later(429, "9");
    let scene = scene_in(&FANCY, [reply(200, "a > 2"), first, reply(200, "b")]);
    let mut rows = 0;
    let listing = block_on(
        scene
            .service
            .list(None, &mut |page, _| rows += page.rows.len()),
    );
    assert!(listing.is_ok());
    assert_eq!((rows, scene.clock.waits()), (2, vec![9_000]));
}

/// Every write, as what it came to.
fn writes(service: &Service) -> Vec<(Operation, Option<Failure>)> {
    let base = workspace("ws_1".to_owned());
    let rename = typed(&base, &[(Field::Name, "New")]);
    let edit = Edit {
        base: &base,
        mine: &rename,
        answers: &[],
    };
    let mut raw = RawDraft::new(&DESCRIPTION);
    raw.set(Field::Name, "New".to_owned());
    let draft = raw.check(&DESCRIPTION, None).unwrap();
    let user = UserId::new("u").unwrap();
    let add = MemberChange::Add(user, Role::from_word("viewer".to_owned()));
    block_on(async {
        vec![
            (Operation::Save, service.save(&id(), edit).await.err()),
            (Operation::Archive, service.archive(&id()).await.err()),
            (
                Operation::Create,
                service.create(&draft, None, &mut Vec::new()).await.err(),
            ),
            (
                Operation::Manage,
                service.manage(&id(), &add, None).await.err(),
            ),
        ]
    })
}

#[test]
fn during_a_pause_writes_are_refused_before_they_are_sent() {
    let scene = scene([
        later(429, "30"),
        later(429, "30"),
        later(429, "61"),
        reply(200, NAMELESS),
    ]);
    assert!(block_on(scene.service.open(&id())).is_err());
    let before = scene.sent().len();
    for (left, millis) in [(61, 0), (60, 1_500), (1, 59_499)] {
        scene.clock.advance(millis);
        for (operation, failure) in writes(&scene.service) {
            assert_eq!(failure, Some(limited(operation, left)));
            assert_eq!(failure.map(|failure| failure.changed), Some(Changed::No));
        }
    }
    assert_eq!((scene.sent().len(), scene.writes()), (before, 0));
    assert_eq!(scene.clock.waits().len(), 2, "nor do they wait");
    scene.clock.advance(1);
    writes(&scene.service);
    assert_eq!(scene.writes(), 4);
}

#[test]
fn a_write_that_is_refused_begins_the_pause_too() {
    for number in 0..4 {
        // What a save reads before it writes.
        let mut steps = vec![reply(200, NAMELESS)];
        steps.extend(vec![reply(403, ""); number]);
        steps.extend([later(429, "8"), reply(200, ONE)]);
        let scene = scene(steps);
        writes(&scene.service);
        assert_eq!(scene.writes(), number + 1, "those after it are not sent");
        assert!(block_on(scene.service.open(&id())).is_ok());
        assert_eq!(scene.clock.waits(), [8_000]);
    }
}

#[test]
fn no_pause_outlasts_an_hour_or_a_clock_that_is_set_back() {
    let pause = || {
        let rate_limit = RateLimit::default();
        let now = Timestamp(0).plus_seconds(10_000);
        rate_limit.observe(&limited(Operation::List, u32::MAX), now);
        (rate_limit, now)
    };
    let (rate_limit, now) = pause();
    assert_eq!(rate_limit.left(now), Some(3_600));
    assert_eq!(rate_limit.clone().left(now.plus_seconds(3_599)), Some(1));
    assert_eq!(rate_limit.left(now.plus_seconds(3_600)), None);
    let (rate_limit, now) = pause();
    assert_eq!(rate_limit.left(now.plus_seconds(-1)), None);
}

#[test]
fn an_outage_is_not_made_worse_than_by_a_tenth() {
    // Nobody is at the other end, whatever is asked.
    let scene = scene([]);
    let mut sent = Vec::new();
    for _ in 0..200 {
        let before = scene.sent().len();
        assert!(block_on(scene.service.open(&id())).is_err());
        sent.push(scene.sent().len() - before);
    }
    assert_eq!(sent[..3], [3, 3, 3], "what was saved up is spent first");
    let late: usize = sent[100..].iter().sum();
    assert!(
        (100..=112).contains(&late),
        "{late} requests for 100 readings"
    );
}

#[test]
fn an_account_that_is_well_has_its_second_tries() {
    let steps = (0..400).map(|number| match number % 40 {
        0 => lost(),
        _ => reply(200, ONE),
    });
    let scene = scene(steps);
    for _ in 0..300 {
        assert!(block_on(scene.service.open(&id())).is_ok());
    }
}

#[test]
fn what_the_service_asks_to_wait_for_costs_no_try() {
    let scene = scene((0..60).map(|number| match number % 2 {
        0 => later(429, "1"),
        _ => reply(200, ONE),
    }));
    for _ in 0..30 {
        assert!(block_on(scene.service.open(&id())).is_ok());
    }
}
