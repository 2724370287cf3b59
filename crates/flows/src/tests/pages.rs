//! Lists of pages: everything is read, and every service comes to an end.

use futures::executor::block_on;
use steward_domain::failure::{Failure, Operation};
use steward_domain::role::Member;
use steward_providers::{Listed, Next, Page};

use super::dialect::FANCY;
use super::*;
use crate::Listing;

fn page(body: &str) -> Step {
    reply(200, body)
}

fn pages<const N: usize>(bodies: [&str; N]) -> Scene {
    scene_in(&FANCY, bodies.map(page))
}

fn list(scene: &Scene, from: Option<&str>) -> (Result<Listing, Failure>, Vec<Page<Listed>>) {
    let mut pages = Vec::new();
    let listing = block_on(scene.service.list(from, &mut |page, _| pages.push(page)));
    (listing, pages)
}

fn endless(operation: Operation) -> Failure {
    Failure::new(operation, FailureKind::Unreadable(Unreadable::OtherShape))
}

fn ids(members: &[Member]) -> Vec<&str> {
    members
        .iter()
        .map(|member| member.person.id.as_str())
        .collect()
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
        let (listing, pages) = list(&scene, None);
        assert_eq!(listing, Ok(Listing { cut, skipped: 1 }));
        assert_eq!((pages.len(), pages[0].rows.len()), (1, 2));
        assert_eq!(scene.sent(), ["GET /api/workspaces 10000"; 2]);
    }
}

#[test]
fn a_page_is_read_again_from_what_was_kept_of_it() {
    let scene = scene([reply(
        200,
        r#"{"data":[{"id":"a","name":"Ä"}],"has_more":false}"#,
    )]);
    let (mut pages, mut bodies) = (Vec::new(), Vec::new());
    let listing = block_on(scene.service.list(None, &mut |page, body| {
        pages.push(page);
        bodies.push(body);
    }));
    assert!(listing.is_ok());
    let again: Vec<_> = bodies
        .into_iter()
        .map(|body| scene.service.read_kept(body))
        .collect();
    assert_eq!(again, [pages.pop()]);
    for junk in ["", "[]", "<html>", r#"{"data":[{"id":"a""#] {
        assert_eq!(scene.service.read_kept(junk.into()), None, "{junk}");
    }
    assert_eq!(scene.sent().len(), 1, "nobody is asked");
}

#[test]
fn pages_follow_each_other_and_each_is_handed_over() {
    for (last, cut) in [("e", false), ("e >!", true)] {
        let scene = scene_in(
            &FANCY,
            [
                page("a ? > 2"),
                reply(503, ""),
                page("? c d > 3"),
                page(last),
            ],
        );
        let (listing, pages) = list(&scene, None);
        assert_eq!(listing, Ok(Listing { cut, skipped: 2 }));
        let rows: Vec<usize> = pages.iter().map(|page| page.rows.len()).collect();
        assert_eq!(rows, [1, 2, 1]);
        assert_eq!(
            scene.sent(),
            [
                "GET /api/list?first 10000",
                "GET /api/list?2 10000",
                "GET /api/list?2 10000",
                "GET /api/list?3 10000",
            ]
        );
    }
}

#[test]
fn a_list_goes_on_from_the_last_page_that_came() {
    let scene = scene_in(
        &FANCY,
        [page("a > 2"), page("b > 3"), reply(403, ""), page("c")],
    );
    let (listing, pages) = list(&scene, None);
    assert_eq!(listing.unwrap_err().kind, FailureKind::Forbidden);
    assert_eq!(pages.len(), 2);
    let Next::Cursor(cursor) = pages[1].next.clone() else {
        unreachable!()
    };

    let (listing, pages) = list(&scene, Some(&cursor));
    assert_eq!(
        listing,
        Ok(Listing {
            cut: false,
            skipped: 0
        })
    );
    assert_eq!(pages[0].rows[0].workspace.id.as_str(), "c");
    assert_eq!(scene.sent()[3], "GET /api/list?3 10000");
}

#[test]
fn a_page_that_is_named_a_second_time_ends_the_list() {
    let round = pages(["a > 2", "b > 3", "c > 2", "never"]);
    assert_eq!(list(&round, None).0, Err(endless(Operation::List)));
    assert_eq!((round.sent().len(), round.script.left()), (3, 1));

    let itself = pages(["a > 2", "b > 2", "never"]);
    assert_eq!(list(&itself, None).0, Err(endless(Operation::List)));
    assert_eq!(itself.script.left(), 1);

    let begin = pages(["b > 2", "never"]);
    assert_eq!(list(&begin, Some("2")).0, Err(endless(Operation::List)));
    assert_eq!(begin.script.left(), 1);
}

#[test]
fn three_pages_in_a_row_with_nothing_new_end_the_list() {
    for idle in [
        " > #",    // nothing on them
        "? ? > #", // nothing that has an id
        "a b > #", // the first page again, under another name
    ] {
        let scene = pages(["a b > #", idle, idle, idle, "never"]);
        let (listing, pages) = list(&scene, None);
        assert_eq!(listing, Err(endless(Operation::List)), "{idle}");
        assert_eq!((pages.len(), scene.script.left()), (4, 1));
    }
}

#[test]
fn two_pages_with_nothing_new_are_passed_over() {
    let scene = pages([">#", ">#", "a > #", ">#", "a > #", "b > #", ">#", ">#", "c"]);
    assert_eq!(
        list(&scene, None).0,
        Ok(Listing {
            cut: false,
            skipped: 0
        })
    );
    let last = pages([">#", ">#", ">"]);
    assert!(list(&last, None).0.is_ok(), "the end is the end");
}

#[test]
fn no_list_has_more_than_ten_thousand_pages() {
    let scene = scene_in(&FANCY, vec![page("# > #"); 10_001]);
    assert_eq!(list(&scene, None).0, Err(endless(Operation::List)));
    assert_eq!(scene.script.left(), 1);
    let just = vec![page("# > #"); 9_999].into_iter().chain([page("#")]);
    assert!(list(&scene_in(&FANCY, just), None).0.is_ok());
}

#[test]
fn all_of_five_thousand_members_are_read() {
    let pages = (0..5).map(|number| {
        let mut body: String = (number * 1000..number * 1000 + 1000)
            .map(|id| format!("u{id} "))
            .collect();
        if number < 4 {
            body += &format!("> {number}");
        }
        page(&body)
    });
    let scene = scene_in(&FANCY, pages);
    let members = block_on(scene.service.members(&id())).unwrap().rows;
    assert_eq!(members.len(), 5_000);
    assert_eq!(ids(&members)[4_999], "u4999");
    assert_eq!(
        scene.sent(),
        [
            "GET /api/members/ws_1?first 10000",
            "GET /api/members/ws_1?0 10000",
            "GET /api/members/ws_1?1 10000",
            "GET /api/members/ws_1?2 10000",
            "GET /api/members/ws_1?3 10000",
        ]
    );
}

#[test]
fn who_moves_to_another_page_meanwhile_is_there_once() {
    let scene = pages(["a b > 2", "b c > 3", "c d a"]);
    let members = block_on(scene.service.members(&id())).unwrap().rows;
    assert_eq!(ids(&members), ["a", "b", "c", "d"]);
}

#[test]
fn people_and_keys_are_read_to_the_end() {
    let scene = pages(["a b > 2", "? b c", "k1 > 2", "k2 k1"]);
    let people = block_on(scene.service.people()).unwrap();
    let people: Vec<&str> = people.iter().map(|person| person.id.as_str()).collect();
    assert_eq!(people, ["a", "b", "c"]);
    let keys = block_on(scene.service.keys(&id())).unwrap();
    let keys: Vec<&str> = keys.iter().map(|key| key.id.as_str()).collect();
    assert_eq!(keys, ["k1", "k2"]);
    assert_eq!(
        scene.sent(),
        [
            "GET /api/people?first 10000",
            "GET /api/people?2 10000",
            "GET /api/keys/ws_1?first 10000",
            "GET /api/keys/ws_1?2 10000",
        ]
    );
}

/// Reads each of the lists that are given back whole.
fn whole(scene: &Scene, operation: Operation) -> Result<usize, Failure> {
    block_on(async {
        match operation {
            Operation::Members => Ok(scene.service.members(&id()).await?.rows.len()),
            Operation::People => Ok(scene.service.people().await?.len()),
            _ => Ok(scene.service.keys(&id()).await?.len()),
        }
    })
}

const WHOLE: [Operation; 3] = [Operation::Members, Operation::People, Operation::Keys];

#[test]
fn a_part_is_never_taken_for_the_whole() {
    for operation in WHOLE {
        for bodies in [
            vec!["a > !"],
            vec!["a > 2", "b > !"],
            vec!["a > 2", "b > 2"],
            vec!["a > 2", "b > 3", "c > 2"],
            vec!["a > #", "> #", "a > #", "> #"],
        ] {
            let scene = scene_in(&FANCY, bodies.iter().map(|body| page(body)));
            assert_eq!(
                whole(&scene, operation),
                Err(endless(operation)),
                "{bodies:?}"
            );
            assert_eq!(scene.script.left(), 0);
        }
        let scene = scene_in(&FANCY, [page("a > 2"), lost(), lost(), lost(), page("b")]);
        let failure = whole(&scene, operation).unwrap_err();
        assert_eq!(
            (failure.operation, failure.kind),
            (operation, FailureKind::Unreachable)
        );
        let mut bodies = vec![page("# > #"); 10_000];
        bodies.push(page("never"));
        let scene = scene_in(&FANCY, bodies);
        assert_eq!(whole(&scene, operation), Err(endless(operation)));
        assert_eq!(scene.script.left(), 1);
    }
}

#[test]
fn a_list_that_was_to_go_on_and_brings_nothing_new_is_not_whole() {
    for bodies in [["a b > 2", ""], ["a b > 2", "a b"], ["a b > 2", "b"]] {
        let (listing, _) = list(&pages(bodies), None);
        assert!(listing.unwrap().cut, "{bodies:?}");
        for operation in WHOLE {
            assert_eq!(
                whole(&pages(bodies), operation),
                Err(endless(operation)),
                "{bodies:?}"
            );
        }
    }
    // What has shifted by an entry brings something new all the same.
    let (listing, _) = list(&pages(["a b > 2", "b c"]), None);
    assert_eq!(
        listing,
        Ok(Listing {
            cut: false,
            skipped: 0
        })
    );
}

#[test]
fn where_the_place_to_go_on_is_refused_the_list_begins_again_once() {
    for status in [400, 404, 409, 410, 422] {
        for operation in WHOLE {
            let scene = scene_in(
                &FANCY,
                [
                    page("a b > 2"),
                    reply(status, ""),
                    page("a c > 3"),
                    page("d"),
                ],
            );
            assert_eq!(whole(&scene, operation), Ok(3), "{status}");
            let never = scene_in(
                &FANCY,
                [
                    page("a > 2"),
                    reply(status, ""),
                    page("a > 2"),
                    reply(status, ""),
                ],
            );
            assert!(whole(&never, operation).is_err());
            assert_eq!(never.sent().len(), 4);
            // A list that is refused as a whole is not asked for again.
            let closed = scene_in(&FANCY, [reply(status, ""), page("a")]);
            assert!(whole(&closed, operation).is_err());
            assert_eq!(closed.sent().len(), 1);
        }
    }
}

#[test]
fn what_a_service_does_not_list_is_empty_and_not_asked_for() {
    let scene = scene([]);
    assert_eq!(block_on(scene.service.people()), Ok(vec![]));
    assert_eq!(block_on(scene.service.keys(&id())), Ok(vec![]));
    assert_eq!(scene.sent().len(), 0);
}
