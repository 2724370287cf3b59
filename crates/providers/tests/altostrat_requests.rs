//! Requests of the Altostrat dialect, as they would be on the wire.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod common;

use common::{bearer, id, wire};
use steward_domain::draft::{Change, Patch};
use steward_providers::altostrat::Altostrat;
use steward_providers::http::{HeaderValue, Request};
use steward_providers::{Credential, Dialect, named};

const BASE: &str = "https://v1.api.altostrat.io";

fn save(name: Option<&str>, description: Patch<String>) -> Request {
    let change = Change {
        name: name.map(str::to_owned),
        description,
    };
    Altostrat.save(BASE, &bearer(), &id("ws_1"), &change)
}

#[test]
fn each_intent_is_one_request_of_the_contract() {
    let (bearer, id) = (bearer(), id("ws_a1b2c3d4e5f6g7h8"));
    let headers = "accept: application/json\nauthorization: Bearer t0ken";
    for (request, line) in [
        (
            Altostrat.list(BASE, &bearer, None),
            "GET https://v1.api.altostrat.io/workspaces",
        ),
        (
            Altostrat.open(BASE, &bearer, &id),
            "GET https://v1.api.altostrat.io/workspaces/ws_a1b2c3d4e5f6g7h8",
        ),
        (
            Altostrat.members(BASE, &bearer, &id),
            "GET https://v1.api.altostrat.io/workspaces/ws_a1b2c3d4e5f6g7h8/members",
        ),
        (
            Altostrat.archive(BASE, &bearer, &id),
            "DELETE https://v1.api.altostrat.io/workspaces/ws_a1b2c3d4e5f6g7h8",
        ),
    ] {
        assert_eq!(wire(&request), format!("{line}\n{headers}"));
    }
}

#[test]
fn a_save_says_what_changes_and_nothing_else() {
    let head = "PATCH https://v1.api.altostrat.io/workspaces/ws_1\naccept: application/json\n\
                authorization: Bearer t0ken\ncontent-type: application/json\n\n";
    for (request, body) in [
        (save(None, Patch::Keep), "{}"),
        (save(Some("New"), Patch::Keep), r#"{"name":"New"}"#),
        (save(None, Patch::Clear), r#"{"description":null}"#),
        (
            save(Some("New"), Patch::Clear),
            r#"{"name":"New","description":null}"#,
        ),
        (
            save(None, Patch::Set("Text".into())),
            r#"{"description":"Text"}"#,
        ),
        (
            save(Some("New"), Patch::Set("Text".into())),
            r#"{"name":"New","description":"Text"}"#,
        ),
        (
            save(Some("\"\\\n\u{1}🦀</script>"), Patch::Keep),
            "{\"name\":\"\\\"\\\\\\n\\u0001🦀</script>\"}",
        ),
    ] {
        assert_eq!(wire(&request), format!("{head}{body}"));
    }
}

#[test]
fn an_id_cannot_leave_its_place_in_the_address() {
    for (text, segment) in [
        ("auth0|64f5", "auth0%7C64f5"),
        ("../../admin", "..%2F..%2Fadmin"),
        ("..", "%252E%252E"),
        (".", "%252E"),
        ("%2e%2e", "%252e%252e"),
        ("a?b=c#d", "a%3Fb%3Dc%23d"),
        ("ws 1\r\nx: y", "ws%201%0D%0Ax%3A%20y"),
    ] {
        let request = Altostrat.members(BASE, &bearer(), &id(text));
        assert_eq!(request.url, format!("{BASE}/workspaces/{segment}/members"));
    }
}

#[test]
fn a_gateway_gets_no_credential_and_a_path_stays_a_path() {
    let request = Altostrat.list("/api/altostrat", &Credential::Gateway, None);
    assert_eq!(
        wire(&request),
        "GET /api/altostrat/workspaces\naccept: application/json"
    );
}

#[test]
fn a_credential_is_marked_secret_and_never_printed() {
    let request = Altostrat.list(BASE, &bearer(), None);
    let secret = HeaderValue::Secret("Bearer t0ken".into());
    assert!(request.headers.contains(&("authorization", secret)));
    assert!(!format!("{request:?}").contains("t0ken"));
}

#[test]
fn the_dialect_is_found_by_its_key_alone() {
    assert_eq!(named("altostrat").unwrap().description().name, "Altostrat");
    assert!(named("Altostrat").is_none());
    assert!(named("").is_none());
}
