//! Who may ask: credentials, other organizations, other origins, and how often.

use serde_json::{Value, json};
use steward_server::core::persona::Persona;
use steward_server::vendors::anthropic::credentials;

use crate::anthropic_support::{data, failure, ids, key, start};
use crate::support::{Options, Server};

const FROM_A_BROWSER: &str = "anthropic-dangerous-direct-browser-access";

#[test]
fn every_reply_names_its_request_and_known_callers_their_organization() {
    let server = start(&[]);
    let me = server.anthropic("owner", "GET", "/me", None);
    let organization = me.json();
    assert_eq!(organization["type"], "organization");
    assert_eq!(me.header("anthropic-organization-id"), organization["id"]);
    assert!(me.header("anthropic-workspace-id").is_empty());
    assert_eq!(me.header("request-id"), me.header("x-request-id"));
    for (verb, path, status) in [
        ("GET", "/nowhere", 404),
        ("GET", "/workspaces/wrkspc_none", 404),
        ("GET", "/workspaces/%FF", 404),
        ("PUT", "/workspaces", 405),
        ("GET", "/workspaces?limit=0", 400),
    ] {
        assert_eq!(
            server.anthropic("owner", verb, path, None).refusal().0,
            status,
            "{path}"
        );
    }
    let fault = json!([{"dialect": "anthropic", "path": "/v1/organizations/me", "times": 1,
        "action": {"status": 409, "body": {"type": "error", "error": {"type": "conflict_error", "message": "x"}}}}]);
    server
        .send("PUT", "/api/_faults", &[], fault.to_string().as_bytes())
        .unwrap();
    assert_eq!(server.anthropic("owner", "GET", "/me", None).status, 409);
    assert_eq!(server.anthropic("owner", "GET", "/me", None).status, 200);
}

#[test]
fn a_key_works_in_both_headers_and_a_token_in_its_own() {
    let server = start(&[]);
    let status = |headers: &[(&str, &str)]| server.anthropic_bare("GET", "/me", headers).status;
    let admin = key("admin");
    let token = credentials::bearer(Persona::Owner).unwrap();
    let (bearer, key_as_bearer) = (format!("Bearer {token}"), format!("bearer {admin}"));
    assert_eq!(status(&[("x-api-key", &admin)]), 200);
    assert_eq!(
        status(&[("x-api-key", &admin), ("anthropic-version", "2023-06-01")]),
        200
    );
    assert_eq!(status(&[("authorization", &bearer)]), 200);
    assert_eq!(status(&[("authorization", &key_as_bearer)]), 200);
    for headers in [
        &[][..],
        &[("authorization", "Bearer sk-ant-admin01-nobody")],
        &[("authorization", "Basic x")],
        &[("x-api-key", token.as_str())],
        &[("x-api-key", "sk-ant-admin01-nobody")],
        &[("x-api-key", "")],
    ] {
        let reply = server.anthropic_bare("GET", "/me", headers);
        assert_eq!(
            reply.refusal(),
            failure(401, "authentication_error"),
            "{headers:?}"
        );
        assert!(reply.header("anthropic-organization-id").is_empty());
    }
}

#[test]
fn an_ordinary_key_is_refused_in_either_way() {
    let server = start(&[]);
    let reply = server.anthropic("viewer", "GET", "/workspaces", None);
    assert_eq!(reply.refusal(), failure(403, "permission_error"));
    let server = start(&["anthropic_ordinary_key=401"]);
    let reply = server.anthropic("viewer", "GET", "/workspaces", None);
    assert_eq!(reply.refusal(), failure(401, "authentication_error"));
}

#[test]
fn another_organization_sees_nothing_of_the_first() {
    let server = start(&[]);
    let all = "/workspaces?limit=1000&include_archived=true&include_default=true";
    let outside = |verb: &str, path: &str, body: Option<&Value>| {
        server.anthropic("outsider", verb, path, body)
    };
    let own = ids(&outside("GET", all, None).json());
    assert_eq!(own.len(), 2);
    assert!(ids(&server.read(all)).iter().all(|id| !own.contains(id)));
    assert_eq!(data(&outside("GET", "/users", None).json()).len(), 1);
    assert_eq!(data(&outside("GET", "/api_keys", None).json()).len(), 2);
    let workspace = server.named("Production");
    let user = server.person("developer");
    let key = ids(&server.read("/api_keys?limit=1")).remove(0);
    let member = json!({"user_id": user, "workspace_role": "workspace_user"});
    for (verb, path, body) in [
        ("GET", format!("/workspaces/{workspace}"), None),
        (
            "POST",
            format!("/workspaces/{workspace}"),
            Some(json!({"name": "Mine"})),
        ),
        ("POST", format!("/workspaces/{workspace}/archive"), None),
        ("GET", format!("/workspaces/{workspace}/members"), None),
        (
            "POST",
            format!("/workspaces/{workspace}/members"),
            Some(member.clone()),
        ),
        (
            "GET",
            format!("/workspaces/{workspace}/members/{user}"),
            None,
        ),
        (
            "DELETE",
            format!("/workspaces/{workspace}/members/{user}"),
            None,
        ),
        ("GET", format!("/workspaces/{workspace}/rate_limits"), None),
        ("GET", format!("/users/{user}"), None),
        ("DELETE", format!("/users/{user}"), None),
        ("GET", format!("/api_keys/{key}"), None),
        (
            "POST",
            format!("/api_keys/{key}"),
            Some(json!({"status": "inactive"})),
        ),
    ] {
        let reply = outside(verb, &path, body.as_ref());
        assert_eq!(
            reply.refusal(),
            failure(404, "not_found_error"),
            "{verb} {path}"
        );
    }
    // Nor may anything of the first be named in a body, a filter or a cursor.
    let mine = outside("POST", "/workspaces", Some(&json!({"name": "Own"}))).json();
    let mine = mine["id"].as_str().unwrap();
    let reply = outside(
        "POST",
        &format!("/workspaces/{mine}/members"),
        Some(&member),
    );
    assert_eq!(reply.status, 400);
    let filtered = outside("GET", &format!("/api_keys?workspace_id={workspace}"), None);
    assert_eq!(data(&filtered.json()).len(), 0);
    let narrowed = outside("GET", &format!("/workspaces?ids={workspace}"), None);
    assert_eq!(data(&narrowed.json()).len(), 0);
    let cursor = outside("GET", &format!("/workspaces?after_id={workspace}"), None);
    assert_eq!(cursor.status, 400);
}

#[test]
fn a_hundred_requests_a_minute_and_then_a_wait_that_is_named() {
    let server = Server::start(Options::default());
    let ask = |person: &str| server.anthropic(person, "GET", "/me", None);
    for _ in 0..50 {
        assert_eq!((ask("owner").status, ask("admin").status), (200, 200));
    }
    let refused = ask("owner");
    assert_eq!(refused.refusal(), failure(429, "rate_limit_error"));
    let wait: i64 = refused.header("retry-after").parse().unwrap();
    assert!((1..=60).contains(&wait), "{wait}");
    // Refusals for want of a right do not count, and other organizations have minutes of their own.
    assert_eq!(ask("viewer").status, 403);
    assert_eq!(ask("outsider").status, 200);
    server.clock.advance(wait);
    assert_eq!(ask("owner").status, 200);
}

#[test]
fn the_rate_is_a_setting() {
    let server = Server::start(Options {
        settings: vec!["anthropic_rate=2"],
        ..Options::default()
    });
    let ask = || server.anthropic("owner", "GET", "/me", None).status;
    assert_eq!([ask(), ask(), ask()], [200, 200, 429]);
}

#[test]
fn a_page_of_this_server_just_works() {
    let server = start(&[]);
    let own = format!("http://{}", server.address);
    let key = key("owner");
    let status = |more: &[(&str, &str)]| {
        let headers: Vec<(&str, &str)> = [("x-api-key", key.as_str())]
            .iter()
            .chain(more)
            .copied()
            .collect();
        let reply = server.anthropic_bare("GET", "/me", &headers);
        (
            reply.status,
            reply.header("access-control-allow-origin").to_owned(),
        )
    };
    let plain = (200, String::new());
    assert_eq!(status(&[("origin", &own)]), plain);
    // Through a development proxy the host is another, and the browser says so itself.
    assert_eq!(
        status(&[
            ("origin", "http://localhost:8080"),
            ("sec-fetch-site", "same-origin")
        ]),
        plain
    );
}

#[test]
fn a_page_of_another_origin_has_to_say_that_it_knows() {
    let key = key("owner");
    let origins = ["https://console.example", "null", "http://127.0.0.1:1"];
    for (settings, with, without, readable) in [
        (&[][..], 200, 401, "*"),
        (&["anthropic_cors=refuse"][..], 401, 401, "*"),
        (&["anthropic_cors=unanswered"][..], 401, 401, ""),
    ] {
        let server = start(settings);
        for origin in origins {
            let plain = [("x-api-key", key.as_str()), ("origin", origin)];
            let reply = server.anthropic_bare("GET", "/me", &plain);
            assert_eq!(reply.status, without);
            assert_eq!(reply.refusal().1, "authentication_error");
            assert!(
                reply.json()["error"]["message"]
                    .as_str()
                    .unwrap()
                    .contains("CORS")
            );
            let headers = [plain[0], plain[1], (FROM_A_BROWSER, "true")];
            let reply = server.anthropic_bare("GET", "/me", &headers);
            assert_eq!(reply.status, with, "{settings:?}");
            assert_eq!(reply.header("access-control-allow-origin"), readable);
        }
    }
}

#[test]
fn a_preflight_is_answered_when_it_asks_for_the_header() {
    let asked = [
        ("origin", "https://console.example"),
        ("access-control-request-method", "POST"),
        (
            "access-control-request-headers",
            "content-type,anthropic-dangerous-direct-browser-access,x-api-key",
        ),
    ];
    let allowed = |settings: &[&'static str], headers: &[(&str, &str)]| {
        let reply = start(settings).anthropic_bare("OPTIONS", "/workspaces", headers);
        assert_eq!(reply.status, 204);
        assert!(reply.header("request-id").starts_with("req_"));
        let named = reply
            .header("access-control-allow-headers")
            .contains("x-api-key");
        assert_eq!(
            named,
            !reply.header("access-control-allow-origin").is_empty()
        );
        named
    };
    assert!(allowed(&[], &asked));
    assert!(allowed(&["anthropic_cors=refuse"], &asked));
    assert!(!allowed(&["anthropic_cors=unanswered"], &asked));
    assert!(!allowed(&[], &asked[..2]));
    let other = ("access-control-request-headers", "x-api-key");
    assert!(!allowed(&[], &[asked[0], asked[1], other]));
}

#[test]
fn a_personal_key_may_do_what_its_person_may_and_is_sent_like_an_admin_key() {
    let server = start(&[]);
    for (person, status) in [
        ("owner", 200),
        ("admin", 200),
        ("viewer", 403),
        ("outsider", 200),
    ] {
        let (key, _) = credentials::account_key(Persona::from_key(person).unwrap());
        assert!(key.starts_with("sk-ant-api03-"), "its form tells nothing");
        let bearer = format!("Bearer {key}");
        for header in [
            ("x-api-key", key.as_str()),
            ("authorization", bearer.as_str()),
        ] {
            let reply = server.anthropic_bare("GET", "/workspaces?limit=1", &[header]);
            assert_eq!(reply.status, status, "{person} {}", header.0);
            if status == 403 {
                assert_eq!(reply.json()["error"]["type"], "permission_error");
            }
        }
    }
}
