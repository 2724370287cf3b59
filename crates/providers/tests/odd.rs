//! Values that nobody documents, in the place of each that somebody does: they cost their own cell, and
//! are shown in the service's own words.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod common;

use common::{at, id, odd, reply, role};
use steward_domain::failure::{FailureKind, Unreadable};
use steward_domain::field::Field;
use steward_domain::odd::Part;
use steward_domain::workspace::{State, Workspace};
use steward_providers::dialect::{Next, Page};
use steward_providers::{Dialect, Listed, desk, named};

const SERVICES: [&str; 4] = ["altostrat", "anthropic", "flashback", "openai"];

fn dialect(key: &str) -> &'static dyn Dialect {
    named(key).unwrap()
}

fn list(key: &str, rows: &str) -> Page<Listed> {
    let body = format!("{{\"success\":true,\"data\":[{rows}],\"workspaces\":[{rows}]}}");
    dialect(key)
        .read_list(&reply(200, body.as_bytes()))
        .unwrap()
}

/// The row between two others, which have to be there.
fn row(key: &str, members: &str) -> Workspace {
    let rows = format!("{{\"id\":\"a\"}},{{\"id\":\"odd\",{members}}},{{\"id\":\"z\"}}");
    let page = list(key, &rows);
    let ids: Vec<_> = page
        .rows
        .iter()
        .map(|row| row.workspace.id.as_str())
        .collect();
    assert_eq!(ids, ["a", "odd", "z"], "{key} {members}");
    page.rows[1].workspace.clone()
}

#[test]
fn half_a_pair_or_a_broken_byte_costs_its_character() {
    for key in SERVICES {
        assert_eq!(
            row(key, r#""name":"Launch \ud83d""#).name,
            "Launch \u{fffd}"
        );
        assert_eq!(row(key, r#""name":"\ude80 Rest""#).name, "\u{fffd} Rest");
        assert_eq!(
            row(key, r#""name":"\ud83e\udd80\ud83e""#).name,
            "🦀\u{fffd}"
        );
        assert_eq!(row(key, "\"name\":\"a\tb\u{1}c\"").name, "a\tb\u{1}c");
        assert_eq!(row(key, r#""name":"C:\dir""#).name, r"C:\dir");
        // Not asked for, and under a name that is broken itself.
        assert_eq!(
            row(key, r#""name":"N","\udead":"\ud83d","x":1e999,"y":NaN"#).name,
            "N"
        );
    }
    let body = b"{\"data\":[{\"id\":\"w\",\"name\":\"caf\xe9\"}]}";
    let page = dialect("altostrat").read_list(&reply(200, body)).unwrap();
    assert_eq!(page.rows[0].workspace.name, "caf\u{fffd}");
}

#[test]
fn half_a_pair_in_a_members_name_costs_no_role() {
    for (key, member) in [
        (
            "altostrat",
            r#"{"user_id":"u","name":"Ada \ud83d","role":"owner"}"#,
        ),
        (
            "anthropic",
            r#"{"user_id":"u","name":"Ada \ud83d","workspace_role":"workspace_admin"}"#,
        ),
        (
            "flashback",
            r#"{"userId":"u","role":"ADMIN","user":{"name":"Ada \ud83d"}}"#,
        ),
        ("openai", r#"{"id":"u","name":"Ada \ud83d","role":"owner"}"#),
    ] {
        let body =
            format!("{{\"data\":[{member}],\"workspace\":{{\"id\":\"w\",\"users\":[{member}]}}}}");
        let page = dialect(key)
            .read_members(reply(200, body.as_bytes()))
            .unwrap();
        assert_eq!((page.rows.len(), page.skipped), (1, 0), "{key}");
        assert_eq!(page.rows[0].person.name.as_deref(), Some("Ada \u{fffd}"));
        assert!(page.rows[0].role.is_known(), "{key}");
    }
}

#[test]
fn an_id_is_exact_or_there_is_none() {
    for key in SERVICES {
        for (json, text) in [
            ("\"w\"", "w"),
            ("5", "5"),
            ("-0", "0"),
            ("9007199254740993", "9007199254740993"),
            ("18446744073709551616", "18446744073709551616"),
            (
                "123456789012345678901234567890",
                "123456789012345678901234567890",
            ),
            ("007", "007"),
        ] {
            let page = list(key, &format!("{{\"id\":{json}}}"));
            assert_eq!(page.rows[0].workspace.id, id(text), "{key} {json}");
        }
        for json in [
            "null",
            "\"\"",
            "1.5",
            "true",
            "{}",
            "[\"w\"]",
            r#""a\ud83d""#,
            "\"a\u{fffd}\"",
        ] {
            let page = list(key, &format!("{{\"id\":\"good\"}},{{\"id\":{json}}}"));
            assert_eq!((page.rows.len(), page.skipped), (1, 1), "{key} {json}");
        }
    }
}

#[test]
fn a_time_is_read_or_kept_in_the_services_words() {
    let moment = at("2025-05-04T10:00:00Z");
    for (key, created) in [("altostrat", true), ("anthropic", true), ("openai", true)] {
        for json in [
            "\"2025-05-04T10:00:00Z\"",
            "\"2025-05-04T10:00:00+0000\"",
            "\"2025-05-04 10:00:00+00\"",
            "\"2025-05-04T10:00Z\"",
            "\"Sun, 04 May 2025 10:00:00 GMT\"",
            "1746352800",
            "\"1746352800\"",
            "1746352800000",
            "1746352800.0",
            "1.7463528e9",
        ] {
            let read = row(key, &format!("\"created_at\":{json}"));
            assert_eq!(
                (read.created.is_some(), read.created),
                (created, moment),
                "{key} {json}"
            );
            assert!(read.odd.is_empty(), "{key} {json}");
        }
        let read = row(key, "\"created_at\":1746352800.5");
        assert_eq!(read.created, at("2025-05-04T10:00:00.5Z"), "{key}");
        assert!(read.odd.is_empty(), "{key}");
        for (json, words) in [
            ("\"2025-05-04T10:00:00\"", "2025-05-04T10:00:00"),
            ("\"2025-05-04\"", "2025-05-04"),
            ("\"soon\"", "soon"),
            ("0", "0"),
            ("12", "12"),
            ("false", "false"),
            ("-1746352800", "-1746352800"),
            ("1e999", "1e999"),
            ("NaN", "NaN"),
            ("{\"seconds\":1746352800}", "{\"seconds\":1746352800}"),
            ("[2025,5,4]", "[2025,5,4]"),
        ] {
            let read = row(key, &format!("\"created_at\":{json}"));
            assert_eq!(read.created, None, "{key} {json}");
            assert_eq!(read.odd.words(Part::Created), Some(words), "{key} {json}");
        }
        for json in ["null", "\"\""] {
            let read = row(key, &format!("\"created_at\":{json}"));
            assert!(
                read.created.is_none() && read.odd.is_empty(),
                "{key} {json}"
            );
        }
    }
}

#[test]
fn a_state_is_known_or_in_the_services_words() {
    let unknown = |words: &str| State::Unknown(words.into());
    for (members, state) in [
        (r#""status":"active""#, State::Active),
        (r#""status":"archived""#, State::Archived(None)),
        (r#""status":null"#, State::Active),
        (r#""status":"suspended""#, unknown("suspended")),
        (
            r#""status":"pending_deletion","archived_at":null"#,
            unknown("pending_deletion"),
        ),
        (r#""status":"Active""#, unknown("Active")),
        (r#""status":"""#, unknown("\"\"")),
        (r#""status":0"#, unknown("0")),
        (r#""status":false"#, unknown("false")),
        (
            r#""status":{"name":"active"}"#,
            unknown(r#"{"name":"active"}"#),
        ),
        // What is said twice counts, whatever else is said.
        (
            r#""status":"suspended","archived_at":1711471599"#,
            State::Archived(at("2024-03-26T16:46:39Z")),
        ),
    ] {
        assert_eq!(row("openai", members).state, state, "{members}");
    }
    for (members, state) in [
        (r#""archived":true"#, State::Archived(None)),
        (r#""archived":1"#, State::Archived(None)),
        (r#""archived":0"#, State::Active),
        (r#""archived":"false""#, unknown("archived: false")),
        (r#""archived":"no""#, unknown("archived: no")),
        (r#""archived":"0""#, unknown("archived: 0")),
        (r#""archived":2"#, unknown("archived: 2")),
        (r#""archived":[]"#, unknown("archived: []")),
        (
            r#""archived":"no","archived_at":"2025-05-04T10:00:00Z""#,
            State::Archived(at("2025-05-04T10:00:00Z")),
        ),
    ] {
        assert_eq!(row("altostrat", members).state, state, "{members}");
    }
    for (key, name) in [
        ("altostrat", "archived_at"),
        ("anthropic", "archived_at"),
        ("flashback", "deletedAt"),
        ("openai", "archived_at"),
    ] {
        for (json, words) in [
            ("\"never\"", "never"),
            ("\"0000-00-00 00:00:00\"", "0000-00-00 00:00:00"),
            ("\"0001-01-01T00:00:00Z\"", "0001-01-01T00:00:00Z"),
            ("\"1970-01-01T00:00:00Z\"", "1970-01-01T00:00:00Z"),
            ("-1", "-1"),
            ("{}", "{}"),
            ("[]", "[]"),
        ] {
            let read = row(key, &format!("\"{name}\":{json}"));
            assert_eq!(
                read.state,
                unknown(&format!("{name}: {words}")),
                "{key} {json}"
            );
        }
        for (json, words) in [("\"2025-05-04\"", "2025-05-04"), ("true", "true")] {
            let read = row(key, &format!("\"{name}\":{json}"));
            assert_eq!(read.state, State::Archived(None), "{key} {json}");
            assert_eq!(read.odd, odd(&[(Part::ArchivedAt, words)]));
        }
    }
}

#[test]
fn a_field_of_another_type_is_shown_and_not_absent() {
    for key in SERVICES {
        for (json, words) in [
            ("42", "42"),
            ("0.10", "0.1"),
            ("true", "true"),
            (r#"{"en":"Harbour"}"#, r#"{"en":"Harbour"}"#),
            ("[]", "[]"),
        ] {
            let read = row(key, &format!("\"name\":{json}"));
            assert_eq!(read.name, words, "{key}");
            assert!(read.is_odd(Field::Name), "{key} {json}");
            let edits = |facts: &&steward_domain::field::FieldFacts| facts.field == Field::Name;
            assert!(
                dialect(key)
                    .description()
                    .editable(&read)
                    .find(edits)
                    .is_none()
            );
        }
        let absent = row(key, "\"name\":null");
        assert!(absent.name.is_empty() && absent.odd.is_empty());
    }
    let long = format!("{{\"text\":\"{}\"}}", "x".repeat(10_000));
    let read = row("altostrat", &format!("\"description\":{long}"));
    assert!(read.description.unwrap().chars().count() < 100);
}

#[test]
fn a_role_that_is_no_text_grants_nothing() {
    for (json, word) in [
        ("1", "1"),
        ("{\"name\":\"owner\"}", "{\"name\":\"owner\"}"),
        ("[\"owner\"]", "[\"owner\"]"),
        ("true", "true"),
        ("null", ""),
        ("\"Owner\"", "Owner"),
    ] {
        let body = format!(
            "{{\"data\":[{{\"id\":\"u1\",\"role\":{json},\"workspace_role\":{json}}},{{\"id\":\"u2\"}}],
              \"workspace\":{{\"id\":\"w\",\"users\":[{{\"userId\":\"u1\",\"role\":{json}}},{{\"userId\":\"u2\"}}]}}}}"
        );
        for key in SERVICES {
            let page = dialect(key)
                .read_members(reply(200, body.as_bytes()))
                .unwrap();
            assert_eq!(page.rows.len(), 2, "{key} {json}");
            assert_eq!(page.rows[0].role, role(word), "{key} {json}");
            assert!(!page.rows[0].role.is_known(), "{key} {json}");
        }
    }
}

#[test]
fn a_member_whose_user_cannot_be_read_is_told_by_the_users_id_or_counted() {
    for (user, by_id) in [
        ("null", Some("membership")),
        ("\"u-7\"", None),
        ("[]", None),
        ("[{\"id\":\"u-7\"}]", None),
        ("7", None),
        ("{\"id\":\"u-7\"}", Some("u-7")),
    ] {
        let rows = format!(
            "{{\"id\":\"membership\",\"user\":{user}}},{{\"id\":\"m2\",\"userId\":\"u-2\",\"user\":{user}}}"
        );
        let body = format!("{{\"workspace\":{{\"id\":\"w\",\"users\":[{rows},null,\"u-3\",7]}}}}");
        let page = dialect("flashback")
            .read_members(reply(200, body.as_bytes()))
            .unwrap();
        let ids: Vec<_> = page.rows.iter().map(|row| row.person.id.as_str()).collect();
        let expected: Vec<_> = by_id.into_iter().chain(["u-2"]).collect();
        assert_eq!(ids, expected, "{user}");
        assert_eq!(page.skipped, 5 - expected.len(), "{user}");
    }
}

#[test]
fn a_list_that_is_no_array_is_not_an_empty_one() {
    for json in [
        "null",
        "{}",
        "{\"0\":{\"id\":\"a\"}}",
        "\"\"",
        "0",
        "false",
        "1e999",
        "NaN",
    ] {
        let all = format!("{{\"success\":true,\"data\":{json},\"workspaces\":{json}}}");
        let users = format!("{{\"data\":{json},\"workspace\":{{\"id\":\"w\",\"users\":{json}}}}}");
        for key in SERVICES {
            let read = dialect(key).read_list(&reply(200, all.as_bytes()));
            let members = dialect(key).read_members(reply(200, users.as_bytes()));
            let why = FailureKind::Unreadable(Unreadable::OtherShape);
            assert_eq!(read.unwrap_err().kind, why, "{key} {json}");
            assert_eq!(members.unwrap_err().kind, why, "{key} {json}");
        }
        // A workspace whose members are not there as a list does not say that it has none.
        let row = format!("{{\"id\":\"w\",\"users\":{json}}}");
        let page = list("flashback", &row);
        assert_eq!(page.rows[0].members, None, "{json}");
    }
}

#[test]
fn what_calls_itself_something_else_is_none() {
    for (key, name, own, other) in [
        ("anthropic", "type", "workspace", "error"),
        ("anthropic", "type", "workspace", "workspace_member"),
        (
            "openai",
            "object",
            "organization.project",
            "organization.user",
        ),
        ("openai", "object", "organization.project", "error"),
    ] {
        let page = list(
            key,
            &format!(
                "{{\"id\":\"a\",\"{name}\":\"{own}\"}},{{\"id\":\"b\",\"{name}\":\"{other}\"}},{{\"id\":\"c\",\"{name}\":{{}}}}"
            ),
        );
        assert_eq!((page.rows.len(), page.skipped), (1, 2), "{key} {other}");
        let single = |word: &str| {
            let body = format!("{{\"id\":\"a\",\"{name}\":\"{word}\"}}");
            dialect(key).read_open(reply(200, body.as_bytes()))
        };
        assert!(single(own).is_ok());
        let why = match (name, other) {
            // This is how the service refuses, whatever the status.
            ("type", "error") => FailureKind::Refused,
            _ => FailureKind::Unreadable(Unreadable::OtherShape),
        };
        assert_eq!(single(other).unwrap_err().kind, why, "{key} {other}");
    }
    let members = br#"{"data":[{"user_id":"u1","type":"workspace_member"},{"user_id":"u2","type":"invite"}]}"#;
    let page = dialect("anthropic")
        .read_members(reply(200, members))
        .unwrap();
    assert_eq!((page.rows.len(), page.skipped), (1, 1));
    let me = br#"{"id":"o","type":"error","name":"O"}"#;
    assert!(desk(dialect("anthropic")).read_who(reply(200, me)).is_err());
}

#[test]
fn whether_a_list_goes_on_is_never_taken_for_no() {
    for (json, goes_on) in [
        ("true", true),
        ("1", true),
        ("\"true\"", true),
        ("\"no\"", true),
        ("{}", true),
        ("2", true),
        ("false", false),
        ("0", false),
    ] {
        let body = format!("{{\"data\":[{{\"id\":\"a\"}}],\"has_more\":{json},\"last_id\":7}}");
        for (key, next) in [
            ("altostrat", Next::Cut),
            ("openai", Next::Cursor("7".into())),
        ] {
            let page = dialect(key)
                .read_list(&reply(200, body.as_bytes()))
                .unwrap();
            let expected = if goes_on { next } else { Next::End };
            assert_eq!(page.next, expected, "{key} {json}");
        }
    }
}

#[test]
fn depth_in_one_row_costs_no_other() {
    let deep = |unit: &str, end: &str| [unit.repeat(5_000), "0".into(), end.repeat(5_000)].concat();
    for json in [
        deep("[", "]"),
        deep("{\"user\":", "}"),
        deep("{\"tags\":[", "]}"),
    ] {
        for name in [
            "name",
            "tags",
            "data_residency",
            "users",
            "archived",
            "x",
            "id2",
        ] {
            for key in SERVICES {
                let read = row(key, &format!("\"{name}\":{json}"));
                assert_eq!(read.id, id("odd"));
            }
        }
        let body = format!(
            "{{\"data\":[{{\"user_id\":\"u1\",\"user\":{json}}},{{\"user_id\":\"u2\"}}],
              \"workspace\":{{\"id\":\"w\",\"users\":[{{\"userId\":\"u1\",\"user\":{json}}},{{\"userId\":\"u2\"}}]}}}}"
        );
        for key in SERVICES {
            let page = dialect(key)
                .read_members(reply(200, body.as_bytes()))
                .unwrap();
            assert_eq!(page.rows.len(), 2, "{key}");
        }
    }
}
