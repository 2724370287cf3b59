//! What a network, a proxy or a broken service may send in place of an answer.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod common;

use common::{fixture, reply};
use proptest::prelude::*;
use steward_domain::draft::Field;
use steward_domain::failure::{Changed, Failure, FailureKind, Operation, ServiceWords, Unreadable};
use steward_providers::Dialect;
use steward_providers::altostrat::Altostrat;
use steward_providers::http::Reply;
use steward_providers::oauth;

/// Every reader, with a body that it reads with success.
type Reader = (&'static str, &'static [u8], fn(Reply) -> Option<Failure>);

const READERS: [Reader; 8] = [
    ("list", fixture!("list-full.json"), |reply| {
        Altostrat.read_list(reply).err()
    }),
    ("open", fixture!("workspace.json"), |reply| {
        Altostrat.read_open(reply).err()
    }),
    ("members", fixture!("members.json"), |reply| {
        Altostrat.read_members(reply).err()
    }),
    ("save", fixture!("workspace.json"), |reply| {
        Altostrat.read_save(reply).err()
    }),
    ("archive", b"", |reply| Altostrat.read_archive(reply).err()),
    ("sign-in", fixture!("tokens.json"), |reply| {
        oauth::read_tokens(reply, Operation::SignIn).err()
    }),
    ("refresh", fixture!("tokens.json"), |reply| {
        oauth::read_tokens(reply, Operation::Refresh).err()
    }),
    ("who am I", fixture!("userinfo.json"), |reply| {
        oauth::read_userinfo(reply).err()
    }),
];

/// The kind of failure, with what happened to data: each cell of a table in one word.
fn unreadable(name: &str, reply: Reply) -> Option<Unreadable> {
    let (_, _, read) = READERS.iter().find(|(other, ..)| *other == name).unwrap();
    match read(reply)?.kind {
        FailureKind::Unreadable(why) => Some(why),
        kind => unreachable!("{name}: {kind:?}"),
    }
}

#[test]
fn every_reader_reads_its_own() {
    for (name, body, read) in READERS {
        assert_eq!(read(reply(200, body)), None, "{name}");
    }
}

#[test]
fn a_body_cut_at_any_byte_is_never_taken_for_a_whole_one() {
    for (name, body, _) in READERS.into_iter().filter(|(name, ..)| *name != "archive") {
        for end in 0..body.len() {
            let expected = if end == 0 {
                Unreadable::Empty
            } else {
                Unreadable::Truncated
            };
            let cut = reply(200, &body[..end]);
            assert_eq!(unreadable(name, cut), Some(expected), "{name} cut at {end}");
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
    for (name, ..) in READERS {
        for (body, label) in pages {
            let page = Reply {
                content_type: Some(label.into()),
                ..reply(200, body)
            };
            assert_eq!(
                unreadable(name, page),
                Some(Unreadable::WebPage),
                "{name} {label}"
            );
        }
        if name != "archive" {
            for (status, body, label) in [(204, "", ""), (200, " \r\n", ""), (200, "", "text/html")]
            {
                let empty = Reply {
                    content_type: Some(label.into()),
                    ..reply(status, body.as_bytes())
                };
                assert_eq!(
                    unreadable(name, empty),
                    Some(Unreadable::Empty),
                    "{name} {status}"
                );
            }
        }
    }
}

#[test]
fn a_change_whose_answer_cannot_be_read_was_made_unless_a_page_answered() {
    let changed = |body: &[u8]| Altostrat.read_save(reply(200, body)).unwrap_err().changed;
    for body in [&b""[..], b"{", b"{}", b"[]"] {
        assert_eq!(changed(body), Changed::Yes);
    }
    assert_eq!(changed(b"<html>"), Changed::Perhaps);
}

/// Bodies that services and proxies put on any status: what they say, what of it is shown.
fn bodies() -> Vec<(&'static [u8], Option<&'static str>, Option<&'static str>)> {
    let whole = "An internal server error occurred. Please try again later.";
    vec![
        (b"", None, None),
        (
            fixture!("error-500.json"),
            Some(whole),
            Some("internal_server_error"),
        ),
        (
            fixture!("error-message-only.json"),
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
        (
            b"{\"error\":\"invalid_request\",\"error_description\":\"No.\"}",
            Some("No."),
            Some("invalid_request"),
        ),
        (b"\xff\xfe", None, None),
    ]
}

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
        (599, FailureKind::ServiceFault(None), Perhaps),
        (0, FailureKind::Refused, No),
        (199, FailureKind::Refused, No),
        (302, FailureKind::Refused, No),
        (304, FailureKind::Refused, No),
    ];
    for (status, kind, if_written) in statuses {
        for (body, message, code) in bodies() {
            for (name, _, read) in READERS {
                let failure = read(reply(status, body)).unwrap();
                let writes = matches!(name, "save" | "archive");
                assert_eq!(failure.kind, kind, "{name} {status}");
                assert_eq!(
                    failure.changed,
                    if writes { if_written } else { No },
                    "{name} {status}"
                );
                let said = (
                    failure.service.message.as_deref(),
                    failure.service.code.as_deref(),
                );
                assert_eq!(said, (message, code), "{name} {status}");
                assert_eq!(failure.service.request_id.as_deref(), Some("req_1"));
            }
        }
    }
}

#[test]
fn a_label_of_a_web_page_silences_an_error_body() {
    let page = Reply {
        content_type: Some("text/html".into()),
        ..reply(503, b"{\"message\":\"not from the service\"}")
    };
    assert_eq!(Altostrat.read_open(page).unwrap_err().service.message, None);
}

#[test]
fn a_conflict_keeps_the_services_words_whole() {
    assert_eq!(
        Altostrat
            .read_archive(reply(409, fixture!("error-409.json")))
            .unwrap_err(),
        Failure {
            operation: Operation::Archive,
            kind: FailureKind::Conflict,
            changed: Changed::No,
            service: ServiceWords {
                message: Some(
                    "Cannot archive workspace because billing account 'Main Billing' has active \
                     subscriptions: sub_123, sub_456. Please cancel or transfer these \
                     subscriptions before archiving."
                        .into()
                ),
                code: Some("workspace_not_empty".into()),
                doc_url: Some("https://docs.altostrat.io/errors/workspace_not_empty".into()),
                request_id: Some("req_1".into()),
            },
        }
    );
}

#[test]
fn words_of_a_cut_refusal_are_whole_or_absent() {
    let body = fixture!("error-409.json");
    let whole = Altostrat
        .read_archive(reply(409, body))
        .unwrap_err()
        .service;
    for end in 0..body.len() {
        let cut = Altostrat
            .read_archive(reply(409, &body[..end]))
            .unwrap_err();
        assert_eq!(cut.kind, FailureKind::Conflict);
        assert!(cut.service.message.is_none() || cut.service.message == whole.message);
        assert!(cut.service.doc_url.is_none() || cut.service.doc_url == whole.doc_url);
    }
}

#[test]
fn only_a_safe_address_of_documentation_is_kept() {
    for (url, kept) in [
        ("https://docs.altostrat.io/x", true),
        ("http://docs.altostrat.io/x", false),
        ("javascript:alert(1)//https://", false),
        (" https://x", false),
        ("//x", false),
    ] {
        let body = format!("{{\"doc_url\":\"{url}\"}}");
        let failure = Altostrat
            .read_open(reply(404, body.as_bytes()))
            .unwrap_err();
        assert_eq!(failure.service.doc_url.is_some(), kept, "{url}");
    }
}

#[test]
fn the_field_comes_from_the_quoted_parameter() {
    let field = |body: &str| match Altostrat
        .read_save(reply(400, body.as_bytes()))
        .unwrap_err()
        .kind
    {
        FailureKind::Invalid(field) => field,
        kind => unreachable!("{kind:?}"),
    };
    let said = |code: &str, message: &str| {
        field(&format!(
            "{{\"code\":{code},\"message\":{}}}",
            serde_json::to_string(message).unwrap()
        ))
    };
    let fixture = std::str::from_utf8(fixture!("error-400-name.json")).unwrap();
    assert_eq!(field(fixture), Some(Field::Name));
    for (code, message, expected) in [
        (
            "\"parameter_missing\"",
            "The 'name' parameter is required.",
            Some(Field::Name),
        ),
        (
            "\"parameter_invalid\"",
            "The \"description\" parameter is too long.",
            Some(Field::Description),
        ),
        (
            "null",
            "The `description` isn't like 'name'.",
            Some(Field::Description),
        ),
        (
            "\"parameter_invalid\"",
            "It can't be: 'name' is taken.",
            Some(Field::Name),
        ),
        ("\"parameter_invalid\"", "The name is too long.", None),
        (
            "\"parameter_invalid\"",
            "The 'billing_mode' parameter is unknown.",
            None,
        ),
        (
            "\"workspace_archived\"",
            "Workspace 'name' is archived.",
            None,
        ),
        ("\"parameter_invalid\"", "", None),
    ] {
        assert_eq!(said(code, message), expected, "{message}");
    }
    // Only a change has fields.
    let read = Altostrat
        .read_open(reply(400, fixture.as_bytes()))
        .unwrap_err();
    assert_eq!(read.kind, FailureKind::Invalid(None));
}

#[test]
fn a_wait_is_taken_in_seconds_only() {
    for (header, seconds) in [
        ("0", Some(0)),
        ("120", Some(120)),
        (" 7 ", Some(7)),
        ("99999999999", Some(u32::MAX)),
        ("-1", None),
        ("1.5", None),
        ("", None),
        ("Wed, 21 Oct 2026 07:28:00 GMT", None),
    ] {
        for (status, kind) in [
            (429, FailureKind::RateLimited(seconds)),
            (503, FailureKind::ServiceFault(seconds)),
        ] {
            let late = Reply {
                retry_after: Some(header.into()),
                ..reply(status, b"")
            };
            assert_eq!(
                Altostrat.read_list(late).unwrap_err().kind,
                kind,
                "{header}"
            );
        }
    }
}

#[test]
fn depth_is_no_way_to_break_the_reader() {
    for unit in ["[", "{\"a\":", "{\"data\":[", "{\"message\":["] {
        let body = unit.repeat(100_000);
        for (name, _, read) in READERS {
            assert_eq!(
                read(reply(200, body.as_bytes())).is_some(),
                name != "archive",
                "{name}"
            );
            assert!(read(reply(500, body.as_bytes())).is_some());
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
        for (name, _, read) in READERS {
            let junk = Reply {
                status,
                content_type: Some(label.clone()),
                request_id: None,
                retry_after: Some(wait.clone()),
                body: body.clone(),
            };
            let failed = read(junk).is_some();
            prop_assert!(failed || name == "archive" && (200..300).contains(&status));
        }
    }

    #[test]
    fn one_wrong_byte_never_panics(at: prop::sample::Index, byte: u8, status in prop::sample::select(vec![200_u16, 400, 409, 500])) {
        for (_, body, read) in READERS {
            let mut body = body.to_vec();
            if let Some(place) = at.get_mut_of(&mut body) {
                *place = byte;
            }
            let _ = read(reply(status, &body));
        }
    }

    #[test]
    fn anything_json_never_panics(body in "[\\[\\]{}:,\"a-z0-9.\\\\ -]{0,60}") {
        for (_, _, read) in READERS {
            let _ = read(reply(200, body.as_bytes()));
        }
    }
}

/// `Index::get_mut` refuses an empty slice; this one has nothing to give.
trait MutAt {
    fn get_mut_of<'a>(&self, bytes: &'a mut [u8]) -> Option<&'a mut u8>;
}

impl MutAt for prop::sample::Index {
    fn get_mut_of<'a>(&self, bytes: &'a mut [u8]) -> Option<&'a mut u8> {
        (!bytes.is_empty()).then(|| self.get_mut(bytes))
    }
}
