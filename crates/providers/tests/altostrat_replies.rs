//! Replies to the Altostrat dialect: the contract's own, lean ones, newer ones.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod common;

use common::{at, bare, fixture, id, member, odd, page, person, reply, role};
use steward_domain::failure::{Changed, FailureKind, Operation, Unreadable};
use steward_domain::field::Field;
use steward_domain::odd::Part;
use steward_domain::role::Member;
use steward_domain::workspace::{BillingMode, State, Workspace};
use steward_providers::altostrat::Altostrat;
use steward_providers::dialect::{Listed, Next, Page};
use steward_providers::{Desk, Dialect};

fn list(body: &[u8]) -> Page<Listed> {
    Altostrat.read_list(&reply(200, body)).unwrap()
}

#[test]
fn reads_every_field() {
    let expected = page(
        vec![
            Workspace {
                id: id("ws_a1b2c3d4e5f6g7h8"),
                name: "ACME Corporation".into(),
                description: Some("Primary workspace for all ACME projects.".into()),
                billing: Some(BillingMode::Pooled),
                seat_limit: Some(100),
                state: State::Active,
                created: at("2025-10-29T00:40:06Z"),
                updated: at("2025-10-29T00:40:07.123456Z"),
                ..bare("x")
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
                ..bare("x")
            },
        ],
        0,
        Next::End,
    );
    assert_eq!(list(fixture!("altostrat/list-full.json")), expected);
}

#[test]
fn what_is_missing_or_null_is_missing_and_what_is_odd_keeps_its_words() {
    let expected = vec![
        bare("ws_1"),
        bare("ws_2"),
        Workspace {
            name: "7".into(),
            description: Some("{ \"text\": [\"nested\", {}] }".into()),
            billing: Some(BillingMode::Other("[]".into())),
            state: State::Unknown("archived: no".into()),
            odd: odd(&[
                (Part::Field(Field::Name), "7"),
                (
                    Part::Field(Field::Description),
                    "{ \"text\": [\"nested\", {}] }",
                ),
                (Part::Field(Field::Billing), "[]"),
                (Part::Seats, "many"),
                (Part::Created, "yesterday"),
                (Part::Updated, "12"),
            ]),
            ..bare("ws_3")
        },
        Workspace {
            state: State::Archived(None),
            odd: odd(&[(Part::Seats, "12.9")]),
            ..bare("ws_4")
        },
        // What marks an archive for one program says nothing to another.
        Workspace {
            state: State::Unknown("archived_at: some day".into()),
            ..bare("ws_5")
        },
        Workspace {
            description: Some(String::new()),
            odd: odd(&[(Part::Seats, "18446744073709551615")]),
            ..bare("ws_6")
        },
    ];
    assert_eq!(
        list(fixture!("altostrat/list-sparse.json")),
        page(expected, 0, Next::End)
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
        list(fixture!("altostrat/list-newer.json")),
        page(vec![expected], 0, Next::Cut)
    );
}

#[test]
fn entries_that_are_no_workspace_are_counted() {
    let page = list(fixture!("altostrat/list-odd-entries.json"));
    let ids: Vec<_> = page
        .rows
        .iter()
        .map(|listed| listed.workspace.id.as_str())
        .collect();
    assert_eq!((ids, page.skipped), (vec!["ws_1", "5", "ws_2"], 6));
}

#[test]
fn an_empty_list_needs_its_array() {
    assert_eq!(list(br#"{"data":[]}"#), page(Vec::new(), 0, Next::End));
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
            .read_list(&reply(200, body.as_bytes()))
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
        .read_open(reply(200, fixture!("altostrat/workspace.json")))
        .unwrap();
    assert_eq!(workspace.billing, Some(BillingMode::Assigned));
    assert_eq!(
        Altostrat.read_save(reply(200, fixture!("altostrat/workspace.json"))),
        Ok(workspace.clone())
    );
    // A creation is answered by 201 or 200: the contract shows neither.
    for status in [200, 201] {
        assert_eq!(
            Altostrat.read_create(reply(status, fixture!("altostrat/workspace.json"))),
            Ok(workspace.clone())
        );
    }
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
    let known = |user: &str, word: &str| member(person(user, None, None), role(word));
    let owner = Member {
        since: at("2025-10-29T00:40:06Z"),
        changed: at("2025-10-30T00:40:06Z"),
        ..known("auth0|64f5", "owner")
    };
    let page = Altostrat
        .read_members(reply(200, fixture!("altostrat/members.json")))
        .unwrap();
    assert_eq!(
        page.rows,
        [
            owner,
            known("auth0|64f6", "admin"),
            known("auth0|64f7", "viewer"),
            known("auth0|64f8", "auditor"),
            known("auth0|64f9", ""),
        ]
    );
    assert_eq!((page.skipped, page.next), (2, Next::End));
    let ranks: Vec<_> = page.rows.iter().map(|member| member.role.rank()).collect();
    assert_eq!(ranks, [0, 1, 2, ranks[3], ranks[3]]);
    assert!(!page.rows[3].role.is_known());
}

#[test]
fn members_are_never_cut_since_a_workspace_has_a_hundred_at_most() {
    let body = br#"{"data":[{"user_id":"auth0|1"}],"has_more":true,"last_id":"auth0|1"}"#;
    let page = Altostrat.read_members(reply(200, body)).unwrap();
    assert_eq!((page.rows.len(), page.next), (1, Next::End));
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
    assert_eq!(page.rows.len(), 10_000);
    assert_eq!(page.rows[9_999].workspace.name, "N9999");
}

#[test]
fn a_change_of_members_is_done_when_the_service_says_so_by_status() {
    for (status, body) in [
        (201, "{\"user_id\":\"auth0|1\",\"role\":\"admin\"}"),
        (200, "{}"),
        (204, ""),
        (200, "not JSON"),
    ] {
        assert_eq!(
            Altostrat.read_manage(reply(status, body.as_bytes())),
            Ok(())
        );
    }
    let body = br#"{"type":"unprocessable_entity","code":"cannot_remove_last_owner","message":"A workspace needs an owner."}"#;
    let failure = Altostrat.read_manage(reply(422, body)).unwrap_err();
    assert_eq!(failure.operation, Operation::Manage);
    assert_eq!(failure.kind, FailureKind::Invalid(None));
    assert_eq!(
        failure.service.code.as_deref(),
        Some("cannot_remove_last_owner")
    );
}

#[test]
fn a_creation_whose_answer_cannot_be_read_was_made() {
    let failure = Altostrat.read_create(reply(201, b"{}")).unwrap_err();
    assert_eq!(failure.changed, Changed::Perhaps);
}
