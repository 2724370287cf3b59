//! Replies to the Altostrat dialect: the contract's own, lean ones, newer ones.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod common;

use common::{fixture, id, reply};
use steward_domain::failure::{Changed, FailureKind, Unreadable};
use steward_domain::id::UserId;
use steward_domain::role::{Member, Role};
use steward_domain::time::Timestamp;
use steward_domain::workspace::{BillingMode, State, Workspace};
use steward_providers::Dialect;
use steward_providers::altostrat::Altostrat;
use steward_providers::dialect::{Next, Page};

fn at(text: &str) -> Option<Timestamp> {
    Some(Timestamp::parse(text).unwrap())
}

fn bare(text: &str) -> Workspace {
    Workspace {
        id: id(text),
        name: String::new(),
        description: None,
        billing: None,
        seat_limit: None,
        state: State::Active,
        created: None,
        updated: None,
    }
}

fn list(body: &[u8]) -> Page {
    Altostrat.read_list(reply(200, body)).unwrap()
}

#[test]
fn reads_every_field() {
    let expected = Page {
        workspaces: vec![
            Workspace {
                id: id("ws_a1b2c3d4e5f6g7h8"),
                name: "ACME Corporation".into(),
                description: Some("Primary workspace for all ACME projects.".into()),
                billing: Some(BillingMode::Pooled),
                seat_limit: Some(100),
                state: State::Active,
                created: at("2025-10-29T00:40:06Z"),
                updated: at("2025-10-29T00:40:07.123456Z"),
            },
            Workspace {
                id: id("ws_0000000000000002"),
                name: "\u{202e}🦀 <img src=x onerror=alert(1)>".into(),
                description: None,
                billing: Some(BillingMode::Single),
                seat_limit: None,
                state: State::Archived(at("2025-01-01T00:00:00Z")),
                created: at("2024-02-29T23:59:59.999999Z"),
                updated: at("2025-01-01T00:00:00Z"),
            },
        ],
        skipped: 0,
        next: Next::End,
    };
    assert_eq!(list(fixture!("list-full.json")), expected);
}

#[test]
fn what_is_missing_null_or_odd_is_missing_and_spoils_nothing() {
    let expected = vec![
        bare("ws_1"),
        bare("ws_2"),
        bare("ws_3"),
        Workspace {
            state: State::Archived(None),
            seat_limit: Some(12),
            ..bare("ws_4")
        },
        // Either mark of an archive is enough, even one whose date cannot be read.
        Workspace {
            state: State::Archived(None),
            ..bare("ws_5")
        },
        Workspace {
            description: Some(String::new()),
            seat_limit: Some(i64::MAX),
            ..bare("ws_6")
        },
    ];
    assert_eq!(
        list(fixture!("list-sparse.json")),
        Page {
            workspaces: expected,
            skipped: 0,
            next: Next::End
        }
    );
}

#[test]
fn unknown_words_are_kept_and_more_without_a_way_to_it_is_a_cut() {
    let expected = Workspace {
        name: "From a newer service".into(),
        billing: Some(BillingMode::Other("metered".into())),
        ..bare("ws_1")
    };
    assert_eq!(
        list(fixture!("list-newer.json")),
        Page {
            workspaces: vec![expected],
            skipped: 0,
            next: Next::Cut
        }
    );
}

#[test]
fn entries_that_are_no_workspace_are_counted() {
    let page = list(fixture!("list-odd-entries.json"));
    let ids: Vec<_> = page
        .workspaces
        .iter()
        .map(|workspace| workspace.id.as_str())
        .collect();
    assert_eq!((ids, page.skipped), (vec!["ws_1", "ws_2"], 7));
}

#[test]
fn an_empty_list_needs_its_array() {
    assert_eq!(list(br#"{"data":[]}"#), Page::default());
    for body in [
        "{}",
        "[]",
        "null",
        "\"data\"",
        "{\"data\":null}",
        "{\"data\":{}}",
        "{\"data\":\"\"}",
        "[{\"id\":\"ws_1\"}]",
        "[[{\"id\":\"ws_1\"}],false]",
        "{\"message\":\"ok\"}",
        "{\"data\":[]} x",
        "{\"data\":[]}{}",
        "{data:[]}",
        "{\"data\":[],}",
    ] {
        let failure = Altostrat
            .read_list(reply(200, body.as_bytes()))
            .unwrap_err();
        assert_eq!(
            failure.kind,
            FailureKind::Unreadable(Unreadable::OtherShape),
            "{body}"
        );
    }
}

#[test]
fn reads_one_workspace() {
    let workspace = Altostrat
        .read_open(reply(200, fixture!("workspace.json")))
        .unwrap();
    assert_eq!(workspace.billing, Some(BillingMode::Assigned));
    assert_eq!(
        Altostrat.read_save(reply(200, fixture!("workspace.json"))),
        Ok(workspace)
    );
}

#[test]
fn a_byte_order_mark_and_white_space_do_no_harm() {
    let body = b"\xef\xbb\xbf \r\n{\"id\":\"ws_1\"}\n";
    assert_eq!(Altostrat.read_open(reply(200, body)), Ok(bare("ws_1")));
}

#[test]
fn one_workspace_needs_an_object_with_an_id() {
    // The array would be a workspace to a derived reader: fields by their order.
    for body in [
        "{}",
        "[\"ws_1\",\"Name\"]",
        "\"ws_1\"",
        "{\"data\":{\"id\":\"ws_1\"}}",
        "{\"id\":\"\"}",
    ] {
        let failure = Altostrat
            .read_open(reply(200, body.as_bytes()))
            .unwrap_err();
        assert_eq!(
            failure.kind,
            FailureKind::Unreadable(Unreadable::OtherShape),
            "{body}"
        );
        assert_eq!(failure.service.request_id.as_deref(), Some("req_1"));
    }
}

#[test]
fn reads_members_and_leaves_out_those_who_are_nobody() {
    let member = |user: &str, role, since, changed| Member {
        user: UserId::new(user).unwrap(),
        role,
        since,
        changed,
    };
    assert_eq!(
        Altostrat
            .read_members(reply(200, fixture!("members.json")))
            .unwrap(),
        [
            member(
                "auth0|64f5",
                Role::Owner,
                at("2025-10-29T00:40:06Z"),
                at("2025-10-30T00:40:06Z")
            ),
            member("auth0|64f6", Role::Admin, None, None),
            member("auth0|64f7", Role::Viewer, None, None),
            member("auth0|64f8", Role::Other("auditor".into()), None, None),
            member("auth0|64f9", Role::Other(String::new()), None, None),
        ]
    );
}

#[test]
fn an_archive_is_done_when_the_service_says_so_by_status() {
    for (status, body) in [
        (204, ""),
        (200, ""),
        (200, "{\"success\":true}"),
        (202, "OK"),
        (200, "{"),
    ] {
        assert_eq!(
            Altostrat.read_archive(reply(status, body.as_bytes())),
            Ok(None),
            "{status} {body}"
        );
    }
    // Some services label every reply a page, the empty ones too.
    let mut labelled = reply(204, b"");
    labelled.content_type = Some("text/html; charset=UTF-8".into());
    assert_eq!(Altostrat.read_archive(labelled), Ok(None));
}

#[test]
fn a_web_page_in_answer_to_an_archive_proves_nothing() {
    let failure = Altostrat
        .read_archive(reply(200, b"<!doctype html><p>Please sign in"))
        .unwrap_err();
    assert_eq!(failure.kind, FailureKind::Unreadable(Unreadable::WebPage));
    assert_eq!(failure.changed, Changed::Perhaps);
}

#[test]
fn ten_thousand_workspaces_are_read_whole() {
    let rows: Vec<_> = (0..10_000)
        .map(|n| format!("{{\"id\":\"ws_{n}\",\"name\":\"N{n}\"}}"))
        .collect();
    let page = list(format!("{{\"has_more\":false,\"data\":[{}]}}", rows.join(",")).as_bytes());
    assert_eq!(page.workspaces.len(), 10_000);
    assert_eq!(page.workspaces[9_999].name, "N9999");
}
