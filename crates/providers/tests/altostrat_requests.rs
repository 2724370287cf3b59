//! Requests of the Altostrat dialect, as they would be on the wire.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod common;

use common::{bare, bearer, change, draft, endpoint, id, line, user, wire};
use steward_domain::field::Field;
use steward_domain::membership::MemberChange;
use steward_domain::role::Role;
use steward_domain::workspace::Workspace;
use steward_providers::altostrat::{Altostrat, DESCRIPTION};
use steward_providers::http::{HeaderValue, Request};
use steward_providers::{Credential, Desk, Dialect, named};

const BASE: &str = "https://v1.api.altostrat.io";

fn save(texts: &[(Field, &str)]) -> Request {
    let base = Workspace {
        name: "Old".into(),
        description: Some("Old text".into()),
        ..bare("ws_1")
    };
    let change = change(&DESCRIPTION, &base, texts);
    Altostrat.save(endpoint(BASE, &bearer()), &base.id, &change)
}

#[test]
fn each_intent_is_one_request_of_the_contract() {
    let (bearer, id) = (bearer(), id("ws_a1b2c3d4e5f6g7h8"));
    let endpoint = endpoint(BASE, &bearer);
    let headers = "accept: application/json\nauthorization: Bearer t0ken";
    for (request, line) in [
        (
            Altostrat.list(endpoint, None),
            "GET https://v1.api.altostrat.io/workspaces",
        ),
        (
            Altostrat.list(endpoint, Some("not of this contract")),
            "GET https://v1.api.altostrat.io/workspaces",
        ),
        (
            Altostrat.open(endpoint, &id),
            "GET https://v1.api.altostrat.io/workspaces/ws_a1b2c3d4e5f6g7h8",
        ),
        (
            Altostrat.members(endpoint, &id, None),
            "GET https://v1.api.altostrat.io/workspaces/ws_a1b2c3d4e5f6g7h8/members",
        ),
        (
            Altostrat.archive(endpoint, &id),
            "DELETE https://v1.api.altostrat.io/workspaces/ws_a1b2c3d4e5f6g7h8",
        ),
    ] {
        assert_eq!(wire(&request), format!("{line}\n{headers}"));
    }
}

#[test]
fn a_creation_says_what_was_chosen() {
    let head = "POST https://v1.api.altostrat.io/workspaces\naccept: application/json\n\
                authorization: Bearer t0ken\ncontent-type: application/json\n\n";
    for (texts, body) in [
        (
            &[(Field::Name, "New")][..],
            r#"{"name":"New","description":null,"billing_mode":"single"}"#,
        ),
        (
            &[
                (Field::Name, "New"),
                (Field::Description, "Text"),
                (Field::Billing, "pooled"),
            ],
            r#"{"name":"New","description":"Text","billing_mode":"pooled"}"#,
        ),
    ] {
        let request = Altostrat.create(endpoint(BASE, &bearer()), &draft(&DESCRIPTION, texts));
        assert_eq!(wire(&request), format!("{head}{body}"));
    }
}

#[test]
fn a_member_is_named_by_a_segment_of_its_own() {
    let admin = || Role::known("admin", 1);
    for (change, expected) in [
        (
            MemberChange::Add(user("auth0|64f5"), admin()),
            r#"POST /workspaces/ws_1/members {"user_id":"auth0|64f5","role":"admin"}"#,
        ),
        (
            MemberChange::Change(user("auth0|64f5"), admin()),
            r#"PATCH /workspaces/ws_1/members/auth0%7C64f5 {"role":"admin"}"#,
        ),
        (
            MemberChange::Remove(user("auth0|64f5")),
            "DELETE /workspaces/ws_1/members/auth0%7C64f5",
        ),
        (
            MemberChange::Remove(user("../..")),
            "DELETE /workspaces/ws_1/members/..%2F..",
        ),
    ] {
        let request = Altostrat.manage(endpoint("", &bearer()), &id("ws_1"), &change);
        assert_eq!(line(&request), expected);
    }
    let remove = MemberChange::Remove(user("auth0|1"));
    let request = Altostrat.manage(endpoint(BASE, &bearer()), &id("ws_1"), &remove);
    assert_eq!(
        wire(&request),
        "DELETE https://v1.api.altostrat.io/workspaces/ws_1/members/auth0%7C1\n\
         accept: application/json\nauthorization: Bearer t0ken"
    );
}

#[test]
fn what_the_service_does_not_have_is_not_asked() {
    let bearer = bearer();
    let endpoint = endpoint(BASE, &bearer);
    assert_eq!(Altostrat.people(endpoint, None), None);
    assert_eq!(Altostrat.keys(endpoint, &id("ws_1"), None), None);
    assert_eq!(Altostrat.who(endpoint), None);
    assert_eq!(Altostrat.log_in(BASE, "a@x", "p"), None);
}

#[test]
fn a_save_says_what_changes_and_nothing_else() {
    let head = "PATCH https://v1.api.altostrat.io/workspaces/ws_1\naccept: application/json\n\
                authorization: Bearer t0ken\ncontent-type: application/json\n\n";
    for (request, body) in [
        (save(&[]), "{}"),
        (save(&[(Field::Name, "New")]), r#"{"name":"New"}"#),
        (save(&[(Field::Description, "")]), r#"{"description":null}"#),
        (
            save(&[(Field::Name, "New"), (Field::Description, "")]),
            r#"{"name":"New","description":null}"#,
        ),
        (
            save(&[(Field::Description, "Text")]),
            r#"{"description":"Text"}"#,
        ),
        (
            save(&[(Field::Name, "New"), (Field::Description, "Text")]),
            r#"{"name":"New","description":"Text"}"#,
        ),
        (
            save(&[(Field::Name, "\"\\\n\u{1}🦀</script>")]),
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
        let request = Altostrat.members(endpoint(BASE, &bearer()), &id(text), None);
        assert_eq!(request.url, format!("{BASE}/workspaces/{segment}/members"));
    }
}

#[test]
fn a_gateway_gets_no_credential_and_a_path_stays_a_path() {
    let request = Altostrat.list(endpoint("/api/altostrat", &Credential::Gateway), None);
    assert_eq!(
        wire(&request),
        "GET /api/altostrat/workspaces\naccept: application/json"
    );
}

#[test]
fn a_credential_is_marked_secret_and_never_printed() {
    let request = Altostrat.list(endpoint(BASE, &bearer()), None);
    let secret = HeaderValue::Secret("Bearer t0ken".into());
    assert!(request.headers.contains(&("authorization", secret)));
    assert!(!format!("{request:?}").contains("t0ken"));
}

#[test]
fn the_dialect_is_found_by_its_key_alone() {
    for (key, name) in [
        ("altostrat", "Altostrat"),
        ("anthropic", "Anthropic"),
        ("flashback", "Flashback"),
        ("openai", "OpenAI"),
    ] {
        assert_eq!(named(key).unwrap().description().name, name);
    }
    assert!(named("Altostrat").is_none());
    assert!(named("").is_none());
}
