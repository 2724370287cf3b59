//! What a status says on its own, whatever body a service or a proxy puts on it.
#![allow(clippy::unwrap_used)]

mod common;

use common::readers::{READERS, read};
use common::{fixture, reply};
use steward_domain::failure::{Changed, FailureKind, Operation, Unreadable};

type ErrorBody = (&'static [u8], Option<&'static str>, Option<&'static str>);

/// Bodies that services and proxies put on any status: what they say, what of it is shown.
const BODIES: [ErrorBody; 25] = [
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
        (402, FailureKind::PaymentRequired, No),
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
                // A web page is not the service's word that something is missing.
                let (kind, if_written) = match (status, body.first()) {
                    (404, Some(b'<')) => (&FailureKind::Unreadable(Unreadable::WebPage), Perhaps),
                    _ => (kind, if_written),
                };
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
