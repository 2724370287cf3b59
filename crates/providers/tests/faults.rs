//! What a network, a proxy or a broken service may send in place of an answer, to every reader of
//! every dialect.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod common;

use common::{fixture, reply};
use proptest::prelude::*;
use steward_domain::blocker::Payer;
use steward_domain::failure::{Changed, Failure, FailureKind, Operation, Unreadable};
use steward_providers::http::Reply;
use steward_providers::{desk, named, oauth};

/// A reader of a service, with a body that it reads with success.
type Reader = (&'static str, Operation, &'static [u8]);

const DONE: &[u8] = b"{\"success\":true}";

const READERS: [Reader; 43] = {
    use Operation::*;
    [
        ("altostrat", List, fixture!("altostrat/list-full.json")),
        ("altostrat", Open, fixture!("altostrat/workspace.json")),
        ("altostrat", Members, fixture!("altostrat/members.json")),
        ("altostrat", Save, fixture!("altostrat/workspace.json")),
        ("altostrat", Create, fixture!("altostrat/workspace.json")),
        ("altostrat", Archive, b""),
        ("altostrat", Manage, b""),
        (
            "altostrat",
            Blockers,
            fixture!("altostrat/subscriptions.json"),
        ),
        (
            "altostrat",
            Blockers,
            fixture!("altostrat/organizations.json"),
        ),
        ("altostrat", Cancel, b""),
        ("altostrat", SignIn, fixture!("altostrat/tokens.json")),
        ("altostrat", Refresh, fixture!("altostrat/tokens.json")),
        ("altostrat", WhoAmI, fixture!("altostrat/userinfo.json")),
        ("anthropic", List, fixture!("anthropic/list.json")),
        ("anthropic", List, fixture!("anthropic/list-odd.json")),
        ("anthropic", Open, fixture!("anthropic/workspace.json")),
        ("anthropic", Members, fixture!("anthropic/members.json")),
        ("anthropic", Save, fixture!("anthropic/workspace.json")),
        ("anthropic", Create, fixture!("anthropic/workspace.json")),
        ("anthropic", Archive, fixture!("anthropic/archived.json")),
        ("anthropic", Manage, b""),
        ("anthropic", People, fixture!("anthropic/users.json")),
        ("anthropic", Keys, fixture!("anthropic/keys.json")),
        ("anthropic", WhoAmI, fixture!("anthropic/me.json")),
        ("flashback", List, fixture!("flashback/list.json")),
        ("flashback", Open, fixture!("flashback/workspace.json")),
        ("flashback", Members, fixture!("flashback/workspace.json")),
        ("flashback", Save, fixture!("flashback/saved.json")),
        ("flashback", Create, fixture!("flashback/saved.json")),
        ("flashback", Archive, DONE),
        ("flashback", Manage, DONE),
        ("flashback", People, fixture!("flashback/users.json")),
        ("flashback", WhoAmI, fixture!("flashback/profile.json")),
        ("flashback", SignIn, fixture!("flashback/login.json")),
        ("flashback", Refresh, fixture!("flashback/login.json")),
        ("openai", List, fixture!("openai/list.json")),
        ("openai", Open, fixture!("openai/project.json")),
        ("openai", Members, fixture!("openai/users.json")),
        ("openai", Save, fixture!("openai/project.json")),
        ("openai", Create, fixture!("openai/project.json")),
        ("openai", Archive, fixture!("openai/archived.json")),
        ("openai", Manage, b""),
        ("openai", People, fixture!("openai/users.json")),
    ]
};

fn read(key: &str, operation: Operation, reply: Reply) -> Option<Failure> {
    let dialect = desk(named(key).unwrap());
    match operation {
        Operation::List => dialect.read_list(&reply).err(),
        Operation::Open => dialect.read_open(reply).err(),
        Operation::Members => dialect.read_members(reply).err(),
        Operation::Save => dialect.read_save(reply).err(),
        Operation::Archive => dialect.read_archive(reply).err(),
        Operation::Create => dialect.read_create(reply).err(),
        Operation::Manage => dialect.read_manage(reply).err(),
        Operation::People => dialect.read_people(reply).err(),
        Operation::Keys => dialect.read_keys(reply).err(),
        Operation::Blockers => {
            let payer = Payer {
                id: "cus_1".to_owned(),
                name: String::new(),
            };
            // Each of the three lists takes the shape of the others.
            let payers = dialect.read_payers(reply.clone()).err();
            let usage = dialect.read_usage(reply.clone()).err();
            let subscriptions = dialect.read_subscriptions(reply, &payer).err();
            assert_eq!((&payers, &payers), (&usage, &subscriptions));
            payers
        }
        Operation::Cancel => dialect.read_cancel(reply).err(),
        Operation::SignIn | Operation::Refresh if key == "flashback" => {
            dialect.read_session(reply, operation).err()
        }
        Operation::SignIn | Operation::Refresh => oauth::read_tokens(reply, operation).err(),
        Operation::WhoAmI if matches!(key, "anthropic" | "flashback") => {
            dialect.read_who(reply).err()
        }
        Operation::WhoAmI => oauth::read_userinfo(reply).err(),
    }
}

/// Whether the status alone counts, or a flag that takes it back.
fn is_blind(key: &str, operation: Operation) -> bool {
    matches!(operation, Operation::Manage | Operation::Cancel)
        || operation == Operation::Archive && matches!(key, "altostrat" | "flashback")
}

fn unreadable(key: &str, operation: Operation, reply: Reply) -> Option<Unreadable> {
    match read(key, operation, reply)?.kind {
        FailureKind::Unreadable(why) => Some(why),
        kind => unreachable!("{key} {operation:?}: {kind:?}"),
    }
}

#[test]
fn every_reader_reads_its_own() {
    for (key, operation, body) in READERS {
        let failure = read(key, operation, reply(200, body));
        assert_eq!(failure, None, "{key} {operation:?}");
    }
}

#[test]
fn a_body_cut_at_any_byte_is_never_taken_for_a_whole_one() {
    for (key, operation, body) in READERS {
        if is_blind(key, operation) {
            continue;
        }
        for end in 0..body.len() {
            let expected = if end == 0 {
                Unreadable::Empty
            } else {
                Unreadable::Truncated
            };
            let cut = reply(200, &body[..end]);
            assert_eq!(
                unreadable(key, operation, cut),
                Some(expected),
                "{key} {operation:?} cut at {end}"
            );
        }
    }
}

#[test]
fn a_web_page_or_nothing_is_told_apart_from_data() {
    let pages: [(&[u8], &str); 5] = [
        (b"<html>", "application/json"),
        (b"  \n<!DOCTYPE html>", ""),
        (b"\xef\xbb\xbf<html>", "text/html"),
        (b"Please sign in", "text/html; charset=utf-8"),
        (b"{}", "TEXT/HTML"),
    ];
    for (key, operation, _) in READERS {
        for (body, label) in pages {
            let page = Reply {
                content_type: Some(label.into()),
                ..reply(200, body)
            };
            let why = unreadable(key, operation, page);
            assert_eq!(
                why,
                Some(Unreadable::WebPage),
                "{key} {operation:?} {label}"
            );
        }
        if is_blind(key, operation) {
            continue;
        }
        for (status, body, label) in [(204, "", ""), (200, " \r\n", ""), (200, "", "text/html")] {
            let empty = Reply {
                content_type: Some(label.into()),
                ..reply(status, body.as_bytes())
            };
            let why = unreadable(key, operation, empty);
            assert_eq!(why, Some(Unreadable::Empty), "{key} {operation:?} {status}");
        }
    }
}

#[test]
fn data_of_another_shape_is_no_data() {
    for (key, operation, _) in READERS {
        if is_blind(key, operation) {
            continue;
        }
        for body in [
            "{}",
            "[]",
            "null",
            "\"data\"",
            "{\"data\":null}",
            "{\"data\":{}}",
            "{\"data\":\"\"}",
            "{\"workspace\":{\"name\":\"No id\"}}",
            "{\"workspace\":[]}",
            "{\"workspaces\":null}",
            "[{\"id\":\"ws_1\"}]",
            "[[{\"id\":\"ws_1\"}],false]",
            "{\"data\":[]} x",
            "{data:[]}",
        ] {
            let why = unreadable(key, operation, reply(200, body.as_bytes()));
            assert_eq!(
                why,
                Some(Unreadable::OtherShape),
                "{key} {operation:?} {body}"
            );
        }
    }
}

#[test]
fn a_write_whose_answer_cannot_be_read_was_done_unless_a_page_answered() {
    for (key, operation, _) in READERS {
        let changed = |body: &[u8]| Some(read(key, operation, reply(200, body))?.changed);
        let (done, unknown) = if operation.writes() {
            (Changed::Yes, Changed::Perhaps)
        } else {
            (Changed::No, Changed::No)
        };
        for body in [&b""[..], b"{", b"{}", b"[]"] {
            let expected = (!is_blind(key, operation)).then_some(done);
            assert_eq!(changed(body), expected, "{key} {operation:?}");
        }
        assert_eq!(changed(b"<html>"), Some(unknown), "{key} {operation:?}");
    }
}

type Said = (&'static [u8], Option<&'static str>, Option<&'static str>);

/// Bodies that services and proxies put on any status: what they say, what of it is shown.
const BODIES: [Said; 25] = [
    (b"", None, None),
    (
        fixture!("altostrat/error-500.json"),
        Some("An internal server error occurred. Please try again later."),
        Some("internal_server_error"),
    ),
    (
        fixture!("altostrat/error-message-only.json"),
        Some("Unauthenticated."),
        None,
    ),
    (b"<html><title>502 Bad Gateway</title>", None, None),
    (b"upstream connect error", None, None),
    (b"{\"message\":\"Half of it", None, None),
    (b"{\"message\":\"Whole\",\"code\":", Some("Whole"), None),
    (b"{\"message\":[\"odd\"],\"code\":5}", None, None),
    (b"{\"message\":\"\"}", None, None),
    (b"[]", None, None),
    (b"\"text\"", None, None),
    (
        b"{\"error\":\"invalid_request\",\"error_description\":\"No.\"}",
        Some("No."),
        Some("invalid_request"),
    ),
    (b"\xff\xfe", None, None),
    (
        fixture!("anthropic/error-400.json"),
        Some("The workspace has reached its member limit."),
        Some("workspace_member_limit_exceeded"),
    ),
    (
        b"{\"type\":\"error\",\"error\":{\"type\":\"api_error\",\"message\":\"Oh.\",\"details\":null},\"request_id\":null}",
        Some("Oh."),
        Some("api_error"),
    ),
    (
        b"{\"type\":\"error\",\"error\":{\"details\":{\"error_code\":7},\"type\":\"api_error\"}}",
        None,
        Some("api_error"),
    ),
    (b"{\"type\":\"error\",\"error\":null}", None, None),
    (b"{\"error\":{\"message\":{\"error\":1},\"type\":[]}}", None, None),
    (b"{\"error\":{\"message\":\"Whole\",\"ty", Some("Whole"), None),
    (
        b"{\"error\":{\"message\":\"Bad key.\",\"type\":\"invalid_request_error\",\"param\":null,\"code\":\"invalid_api_key\"}}",
        Some("Bad key."),
        Some("invalid_api_key"),
    ),
    (
        b"{\"error\":{\"message\":\"Slow down.\",\"type\":\"requests\",\"param\":null,\"code\":null}}",
        Some("Slow down."),
        Some("requests"),
    ),
    (
        b"{\"success\":false,\"message\":\"Workspace not found or access denied\"}",
        Some("Workspace not found or access denied"),
        None,
    ),
    (
        b"{\"success\":false,\"error_code\":\"INVALID_PASSWORD\"}",
        None,
        Some("INVALID_PASSWORD"),
    ),
    (b"{\"success\":false,\"data\":[],\"total\":0}", None, None),
    (b"{\"success\":true}", None, None),
];

#[test]
fn the_status_gives_the_kind_and_the_body_only_words() {
    use Changed::{No, Perhaps};
    let statuses = [
        (400, FailureKind::Invalid(None), No),
        (401, FailureKind::SignedOut, No),
        (402, FailureKind::Refused, No),
        (403, FailureKind::Forbidden, No),
        (404, FailureKind::NotFound, No),
        (405, FailureKind::Refused, No),
        (408, FailureKind::TimedOut, Perhaps),
        (409, FailureKind::Conflict, No),
        (412, FailureKind::Refused, No),
        (413, FailureKind::Refused, No),
        (422, FailureKind::Invalid(None), No),
        (428, FailureKind::Refused, No),
        (429, FailureKind::RateLimited(None), No),
        (500, FailureKind::ServiceFault(None), Perhaps),
        (502, FailureKind::ServiceFault(None), Perhaps),
        (503, FailureKind::ServiceFault(None), Perhaps),
        (504, FailureKind::ServiceFault(None), Perhaps),
        (529, FailureKind::ServiceFault(None), Perhaps),
        (599, FailureKind::ServiceFault(None), Perhaps),
        (0, FailureKind::Refused, No),
        (199, FailureKind::Refused, No),
        (302, FailureKind::Refused, No),
        (304, FailureKind::Refused, No),
    ];
    for (status, kind, if_written) in statuses {
        for (body, message, code) in BODIES {
            for (key, operation, _) in READERS {
                let failure = read(key, operation, reply(status, body)).unwrap();
                let about = format!("{key} {operation:?} {status} {}", body.escape_ascii());
                assert_eq!(failure.operation, operation, "{about}");
                // The only conflict that Altostrat documents for an archive is that of its contents.
                let in_use = (key, operation, status) == ("altostrat", Operation::Archive, 409)
                    && code.is_none_or(|code| code == "workspace_not_empty");
                let kind = if in_use { &FailureKind::InUse } else { &kind };
                assert_eq!(&failure.kind, kind, "{about}");
                let changed = if operation.writes() { if_written } else { No };
                assert_eq!(failure.changed, changed, "{about}");
                let said = (
                    failure.service.message.as_deref(),
                    failure.service.code.as_deref(),
                );
                assert_eq!(said, (message, code), "{about}");
                assert_eq!(failure.service.request_id.as_deref(), Some("req_1"));
            }
        }
    }
}

#[test]
fn depth_is_no_way_to_break_the_reader() {
    for unit in [
        "[",
        "{\"a\":",
        "{\"data\":[",
        "{\"message\":[",
        "{\"error\":",
        "{\"details\":{\"error\":",
        "{\"workspace\":{\"users\":[",
        "{\"user\":",
        "{\"data_residency\":{\"allowed_inference_geos\":[",
    ] {
        let body = unit.repeat(10_000);
        for (key, operation, _) in READERS {
            let read = |status| read(key, operation, reply(status, body.as_bytes())).is_some();
            assert_eq!(read(200), !is_blind(key, operation), "{key} {operation:?}");
            assert!(read(500));
        }
    }
}

#[test]
fn a_body_is_never_printed() {
    let reply = reply(200, b"{\"access_token\":\"s3cret\"}");
    assert_eq!(format!("{reply:?}").matches("body_bytes: 25").count(), 1);
}

proptest! {
    #[test]
    fn junk_never_panics_and_is_never_data(status: u16, label in ".{0,12}", body: Vec<u8>, wait in ".{0,8}") {
        for (key, operation, _) in READERS {
            let junk = Reply {
                status,
                content_type: Some(label.clone()),
                request_id: None,
                retry_after: Some(wait.clone()),
                body: body.clone(),
            };
            let failed = read(key, operation, junk).is_some();
            prop_assert!(failed || is_blind(key, operation) && (200..300).contains(&status));
        }
    }

    #[test]
    fn one_wrong_byte_never_panics(at: prop::sample::Index, byte: u8, status in prop::sample::select(vec![200_u16, 400, 409, 500])) {
        for (key, operation, body) in READERS {
            let mut body = body.to_vec();
            if !body.is_empty() {
                *at.get_mut(&mut body) = byte;
            }
            let _ = read(key, operation, reply(status, &body));
        }
    }

    #[test]
    fn anything_json_never_panics(body in "[\\[\\]{}:,\"a-z0-9.\\\\ -]{0,60}") {
        for (key, operation, _) in READERS {
            let _ = read(key, operation, reply(200, body.as_bytes()));
        }
    }
}
