//! What a service says about a refusal, and what of it is kept.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod common;

use common::{fixture, reply};
use steward_domain::failure::{Changed, Failure, FailureKind, Operation, ServiceWords};
use steward_domain::field::Field;
use steward_domain::time::Timestamp;
use steward_providers::altostrat::Altostrat;
use steward_providers::anthropic::Anthropic;
use steward_providers::http::Reply;
use steward_providers::openai::OpenAi;
use steward_providers::{Desk, Dialect, desk, named};

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
            .read_archive(reply(409, fixture!("altostrat/error-409.json")))
            .unwrap_err(),
        Failure {
            operation: Operation::Archive,
            kind: FailureKind::InUse,
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
            made: None,
        }
    );
}

#[test]
fn words_of_a_cut_refusal_are_whole_or_absent() {
    let body = fixture!("altostrat/error-409.json");
    let whole = Altostrat
        .read_archive(reply(409, body))
        .unwrap_err()
        .service;
    for end in 0..body.len() {
        let cut = Altostrat
            .read_archive(reply(409, &body[..end]))
            .unwrap_err();
        assert_eq!(cut.kind, FailureKind::InUse);
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
    let fixture = std::str::from_utf8(fixture!("altostrat/error-400-name.json")).unwrap();
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
fn a_wait_in_seconds_is_a_whole_number() {
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
                Altostrat.read_list(&late).unwrap_err().kind,
                kind,
                "{header}"
            );
        }
    }
}

#[test]
fn the_id_of_a_request_is_taken_from_the_body_where_no_header_has_it() {
    let id = |header: Option<&str>, body: &[u8]| {
        let refused = Reply {
            request_id: header.map(Into::into),
            ..reply(400, body)
        };
        Anthropic.read_open(refused).unwrap_err().service.request_id
    };
    let body = fixture!("anthropic/error-400.json");
    assert_eq!(id(None, body).as_deref(), Some("req_body"));
    assert_eq!(id(Some("req_1"), body).as_deref(), Some("req_1"));
    assert_eq!(id(None, br#"{"request_id":null}"#), None);
}

#[test]
fn a_refusal_of_a_page_by_the_service_keeps_its_words() {
    let message = "CORS requests are not allowed for this Organization because of its custom \
                   data retention settings.";
    let body = format!(
        "{{\"type\":\"error\",\"error\":{{\"type\":\"authentication_error\",\"message\":\"{message}\"}}}}"
    );
    let failure = Anthropic
        .read_list(&reply(401, body.as_bytes()))
        .unwrap_err();
    assert_eq!(failure.kind, FailureKind::SignedOut);
    assert_eq!(failure.service.message.as_deref(), Some(message));
    assert_eq!(
        failure.service.code.as_deref(),
        Some("authentication_error")
    );
}

#[test]
fn the_field_comes_from_the_parameter_that_openai_names() {
    let body = fixture!("openai/error-400.json");
    let name = FailureKind::Invalid(Some(Field::Name));
    assert_eq!(OpenAi.read_save(reply(400, body)).unwrap_err().kind, name);
    assert_eq!(OpenAi.read_create(reply(400, body)).unwrap_err().kind, name);
    for other in [
        r#"{"error":{"param":"project_id"}}"#,
        r#"{"error":{"param":null}}"#,
        r#"{"param":"name"}"#,
        "",
    ] {
        assert_eq!(
            OpenAi
                .read_save(reply(400, other.as_bytes()))
                .unwrap_err()
                .kind,
            FailureKind::Invalid(None),
            "{other}"
        );
    }
    assert_eq!(
        OpenAi.read_open(reply(400, body)).unwrap_err().kind,
        FailureKind::Invalid(None)
    );
}

#[test]
fn what_a_service_does_not_have_cannot_be_read_either() {
    for (key, operations) in [
        (
            "altostrat",
            &[
                Operation::People,
                Operation::Keys,
                Operation::WhoAmI,
                Operation::SignIn,
            ][..],
        ),
        ("anthropic", &[Operation::SignIn, Operation::Refresh]),
        ("flashback", &[Operation::Keys]),
        ("openai", &[Operation::SignIn]),
    ] {
        let dialect = desk(named(key).unwrap());
        for operation in operations {
            let answer = reply(200, br#"{"data":[],"id":"x","access_token":"x"}"#);
            let failure = match operation {
                Operation::People => dialect.read_people(answer).err(),
                Operation::Keys => dialect.read_keys(answer).err(),
                Operation::WhoAmI => dialect.read_who(answer).err(),
                _ => dialect.read_session(answer, *operation).err(),
            };
            let refused = Failure::new(*operation, FailureKind::Refused);
            assert_eq!(failure, Some(refused), "{key}");
        }
    }
}

#[test]
fn a_wait_is_read_in_every_form_that_services_write_it_in() {
    const DATE: &str = "Sun, 04 May 2025 10:00:00 GMT";
    const LATER: &str = "Sun, 04 May 2025 10:00:07 GMT";
    let wait = |reply: Reply| {
        let failure = Altostrat.read_open(Reply {
            status: 429,
            ..reply
        });
        match failure.unwrap_err().kind {
            FailureKind::RateLimited(seconds) => seconds,
            kind => panic!("{kind:?}"),
        }
    };
    let some = |text: &str| Some(text.to_owned());
    let after = |text: &str| Reply {
        retry_after: some(text),
        ..Reply::default()
    };
    // The reply's own date counts, whatever this device thinks.
    let dated = |text: &str| Reply {
        date: some(DATE),
        received: Some(Timestamp(0)),
        ..after(text)
    };
    assert_eq!(wait(dated(LATER)), Some(7));
    assert_eq!(wait(dated("Sun, 04 May 2025 09:00:00 GMT")), Some(0));
    assert_eq!(wait(dated("soon")), None);
    // Where it may not be read, the device's clock stands in.
    let received = Timestamp::parse(DATE);
    assert_eq!(
        wait(Reply {
            received,
            ..after(LATER)
        }),
        Some(7)
    );
    assert_eq!(wait(after(LATER)), None);
    // Milliseconds are rounded up and come first.
    let millis = |text: &str| Reply {
        retry_after_ms: some(text),
        ..after("90")
    };
    assert_eq!(wait(millis("1")), Some(1));
    assert_eq!(wait(millis("2500")), Some(3));
    assert_eq!(wait(millis("soon")), Some(90));
}

#[test]
fn a_refusal_under_a_success_status_is_of_the_kind_that_its_error_names() {
    for (body, kind) in [
        (
            r#"{"error":{"type":"authentication_error"}}"#,
            FailureKind::SignedOut,
        ),
        (
            r#"{"error":{"type":"permission_error"}}"#,
            FailureKind::Forbidden,
        ),
        (
            r#"{"error":{"type":"not_found_error"}}"#,
            FailureKind::NotFound,
        ),
        (
            r#"{"error":{"type":"invalid_request_error"}}"#,
            FailureKind::Invalid(None),
        ),
        (
            r#"{"error":{"type":"rate_limit_error"}}"#,
            FailureKind::RateLimited(None),
        ),
        (
            r#"{"error":{"type":"api_error"}}"#,
            FailureKind::ServiceFault(None),
        ),
        (
            r#"{"error":{"type":"overloaded_error"}}"#,
            FailureKind::ServiceFault(None),
        ),
        (
            r#"{"error":"server_error"}"#,
            FailureKind::ServiceFault(None),
        ),
        (
            r#"{"error":{"type":"billing_error"}}"#,
            FailureKind::Refused,
        ),
        (r#"{"error":{"type":404}}"#, FailureKind::Refused),
        // In the place of an error, anything but nothing, no and zero is one.
        (r#"{"error":true}"#, FailureKind::Refused),
        (r#"{"error":7}"#, FailureKind::Refused),
        (r#"{"error":-1}"#, FailureKind::Refused),
        (r#"{"error":0.5}"#, FailureKind::Refused),
        // The status that stands in it comes first, wherever it stands.
        (
            r#"{"error":{"code":404,"type":"api_error"}}"#,
            FailureKind::NotFound,
        ),
        (r#"{"success":false,"code":403}"#, FailureKind::Forbidden),
        (
            r#"{"code":401,"error":{"code":500}}"#,
            FailureKind::SignedOut,
        ),
        (
            r#"{"code":200,"error":{"code":409}}"#,
            FailureKind::Conflict,
        ),
        (r#"{"error":{"code":400}}"#, FailureKind::Invalid(None)),
        (r#"{"error":{"code":599}}"#, FailureKind::ServiceFault(None)),
        // No status of a refusal.
        (r#"{"error":{"code":399}}"#, FailureKind::Refused),
        (r#"{"error":{"code":600}}"#, FailureKind::Refused),
        (r#"{"error":{"code":"404"}}"#, FailureKind::Refused),
    ] {
        for key in ["altostrat", "anthropic", "flashback", "openai"] {
            let answer = reply(200, body.as_bytes());
            let failure = desk(named(key).unwrap()).read_open(answer).unwrap_err();
            assert_eq!(failure.kind, kind, "{key} {body}");
        }
    }
}

#[test]
fn details_alone_are_no_refusal() {
    for beside in [
        "",
        r#""success":true,"#,
        r#""errors":[],"#,
        r#""description":"errors","#,
    ] {
        let details = r#""details":{"message":"Words.","code":"why","type":"error"}"#;
        is_no_refusal(&format!("{beside}{details}"));
    }
}

#[test]
fn an_error_that_says_nothing_is_no_refusal() {
    for error in [
        "null",
        "false",
        "0",
        "\"\"",
        "{}",
        r#"{"message":null,"code":0,"type":"","error_code":false}"#,
        r#"{"message":"","code":""}"#,
    ] {
        is_no_refusal(&format!("\"error\":{error}"));
    }
}

/// These members stand beside the data of a success.
fn is_no_refusal(members: &str) {
    let body = format!("{{\"id\":\"w\",\"name\":\"N\",{members}}}");
    for key in ["altostrat", "anthropic", "openai"] {
        let open = desk(named(key).unwrap()).read_open(reply(200, body.as_bytes()));
        assert_eq!(open.unwrap().name, "N", "{key} {members}");
    }
}
