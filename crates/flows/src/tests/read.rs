//! Reading: tries and waits, pages, ends.

use std::cell::Cell;

use futures::executor::block_on;
use steward_domain::draft::Change;
use steward_domain::failure::{Changed, Failure, FailureKind, Operation, Unreadable};
use steward_domain::provider::Description;
use steward_domain::role::{Member, Role};
use steward_domain::workspace::Workspace;
use steward_providers::altostrat::{Altostrat, DESCRIPTION};
use steward_providers::dialect::Next;
use steward_providers::http::{Reply, Request};
use steward_providers::{Credential, Dialect, Page};

use super::*;
use crate::Listing;

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
    let members: Vec<Member> = block_on(scene.service.members(&id())).unwrap();
    assert_eq!(members[0].role, Role::Owner);
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

fn list(scene: &Scene) -> (Result<Listing, Failure>, Vec<Page>) {
    let mut pages = Vec::new();
    let listing = block_on(scene.service.list(&mut |page| pages.push(page)));
    (listing, pages)
}

#[test]
fn a_list_tells_what_was_cut_and_what_was_skipped() {
    for (more, cut) in [("false", false), ("true", true)] {
        let body = [
            r#"{"data":[{"id":"a"},{},{"id":"b"}],"has_more":"#,
            more,
            "}",
        ]
        .concat();
        let scene = scene([lost(), reply(200, &body)]);
        let (listing, pages) = list(&scene);
        assert_eq!(listing, Ok(Listing { cut, skipped: 1 }));
        assert_eq!((pages.len(), pages[0].workspaces.len()), (1, 2));
        assert_eq!(scene.sent(), ["GET /api/workspaces 10000"; 2]);
    }
}

/// A service whose list has pages: the body of a reply is the next page's cursor. A body of `*`
/// counts on for ever.
struct Paged;

thread_local! {
    static PAGE: Cell<u32> = const { Cell::new(0) };
}

impl Dialect for Paged {
    fn description(&self) -> &'static Description {
        &DESCRIPTION
    }
    fn list(&self, base: &str, credential: &Credential, cursor: Option<&str>) -> Request {
        let address = [base, "?", cursor.unwrap_or("first")].concat();
        Altostrat.list(&address, credential, None)
    }
    fn read_list(&self, reply: Reply) -> Result<Page, Failure> {
        if reply.status != 200 {
            return Altostrat.read_list(reply);
        }
        let next = match String::from_utf8(reply.body).unwrap().as_str() {
            "" => Next::End,
            "cut" => Next::Cut,
            "*" => {
                PAGE.set(PAGE.get() + 1);
                Next::Cursor(PAGE.get().to_string())
            }
            cursor => Next::Cursor(cursor.to_owned()),
        };
        Ok(Page {
            workspaces: Vec::new(),
            skipped: 1,
            next,
        })
    }
    fn open(&self, base: &str, credential: &Credential, id: &WorkspaceId) -> Request {
        Altostrat.open(base, credential, id)
    }
    fn read_open(&self, reply: Reply) -> Result<Workspace, Failure> {
        Altostrat.read_open(reply)
    }
    fn members(&self, base: &str, credential: &Credential, id: &WorkspaceId) -> Request {
        Altostrat.members(base, credential, id)
    }
    fn read_members(&self, reply: Reply) -> Result<Vec<Member>, Failure> {
        Altostrat.read_members(reply)
    }
    fn save(
        &self,
        base: &str,
        credential: &Credential,
        id: &WorkspaceId,
        change: &Change,
    ) -> Request {
        Altostrat.save(base, credential, id, change)
    }
    fn read_save(&self, reply: Reply) -> Result<Workspace, Failure> {
        Altostrat.read_save(reply)
    }
    fn archive(&self, base: &str, credential: &Credential, id: &WorkspaceId) -> Request {
        Altostrat.archive(base, credential, id)
    }
    /// This one answers with the workspace, as some services do.
    fn read_archive(&self, reply: Reply) -> Result<Option<Workspace>, Failure> {
        Altostrat.read_open(reply).map(Some)
    }
}

#[test]
fn pages_follow_each_other_and_each_is_handed_over() {
    for (last, cut) in [("", false), ("cut", true)] {
        let scene = scene_in(
            &Paged,
            [
                reply(200, "b"),
                reply(503, ""),
                reply(200, "c"),
                reply(200, last),
            ],
        );
        let (listing, pages) = list(&scene);
        assert_eq!(listing, Ok(Listing { cut, skipped: 3 }));
        assert_eq!(pages.len(), 3);
        assert_eq!(
            scene.sent(),
            [
                "GET /api?first/workspaces 10000",
                "GET /api?b/workspaces 10000",
                "GET /api?b/workspaces 10000",
                "GET /api?c/workspaces 10000",
            ]
        );
    }
}

#[test]
fn a_page_that_fails_leaves_the_pages_before_it() {
    let scene = scene_in(&Paged, [reply(200, "b"), reply(403, "")]);
    let (listing, pages) = list(&scene);
    assert_eq!(listing.unwrap_err().kind, FailureKind::Forbidden);
    assert_eq!(pages.len(), 1);
}

#[test]
fn pages_that_go_round_come_to_an_end() {
    let round = Err(Failure::new(
        Operation::List,
        FailureKind::Unreadable(Unreadable::OtherShape),
    ));
    let scene = scene_in(&Paged, ["b", "c", "b"].map(|cursor| reply(200, cursor)));
    assert_eq!(list(&scene).0, round);
    assert_eq!(scene.sent().len(), 3);
    let endless = scene_in(&Paged, vec![reply(200, "*"); 10_001]);
    assert_eq!(list(&endless).0, round);
    assert_eq!(endless.script.left(), 1);
}

#[test]
fn an_archive_answered_with_the_workspace_needs_no_reading() {
    let archived = r#"{"id":"ws_1","archived":true}"#;
    let scene = scene_in(&Paged, [reply(200, archived)]);
    let done = block_on(scene.service.archive(&id())).unwrap();
    assert!(done.workspace.unwrap().state.is_archived());
    assert_eq!(scene.sent().len(), 1);
}
