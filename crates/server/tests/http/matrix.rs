//! Every verb for every caller in every state: status and body.

use crate::support::{self, Server};

/// Owner, admin, viewer, outsider, no token, a token that is none.
const CALLERS: [&str; 6] = ["owner", "admin", "viewer", "outsider", "nobody", "forged"];

struct Row {
    verb: &'static str,
    path: &'static str,
    body: Option<&'static str>,
    active: [u16; 6],
    archived: [u16; 6],
}

const fn row(
    verb: &'static str,
    path: &'static str,
    body: Option<&'static str>,
    active: [u16; 6],
    archived: [u16; 6],
) -> Row {
    Row {
        verb,
        path,
        body,
        active,
        archived,
    }
}

const RENAME: Option<&str> = Some(r#"{"name":"Renamed"}"#);
const MEMBER: Option<&str> = Some(r#"{"user_id":"OTHER","role":"viewer"}"#);
const AS_ADMIN: Option<&str> = Some(r#"{"role":"admin"}"#);
const CREATE: Option<&str> = Some(r#"{"name":"New","billing_mode":"single"}"#);

/// The whole contract in one table. An archived workspace can be read and not changed.
const TABLE: [Row; 14] = [
    row(
        "GET",
        "/workspaces",
        None,
        [200, 200, 200, 200, 401, 401],
        [200, 200, 200, 200, 401, 401],
    ),
    row(
        "POST",
        "/workspaces",
        CREATE,
        [201, 201, 201, 201, 401, 401],
        [201, 201, 201, 201, 401, 401],
    ),
    row(
        "GET",
        "/workspaces/WS",
        None,
        [200, 200, 200, 404, 401, 401],
        [200, 200, 200, 404, 401, 401],
    ),
    row(
        "PATCH",
        "/workspaces/WS",
        RENAME,
        [200, 200, 403, 404, 401, 401],
        [400, 400, 403, 404, 401, 401],
    ),
    row(
        "DELETE",
        "/workspaces/WS",
        None,
        [204, 403, 403, 404, 401, 401],
        [409, 403, 403, 404, 401, 401],
    ),
    row(
        "GET",
        "/workspaces/WS/members",
        None,
        [200, 200, 200, 404, 401, 401],
        [200, 200, 200, 404, 401, 401],
    ),
    row(
        "POST",
        "/workspaces/WS/members",
        MEMBER,
        [201, 201, 403, 404, 401, 401],
        [400, 400, 403, 404, 401, 401],
    ),
    row(
        "PATCH",
        "/workspaces/WS/members/VIEWER",
        AS_ADMIN,
        [200, 200, 403, 404, 401, 401],
        [400, 400, 403, 404, 401, 401],
    ),
    row(
        "DELETE",
        "/workspaces/WS/members/VIEWER",
        None,
        [204, 204, 204, 404, 401, 401],
        [400, 400, 400, 404, 401, 401],
    ),
    row(
        "GET",
        "/workspaces/WS/organizations",
        None,
        [200, 200, 200, 404, 401, 401],
        [200, 200, 200, 404, 401, 401],
    ),
    row(
        "GET",
        "/workspaces/WS/billing-accounts",
        None,
        [200, 200, 200, 404, 401, 401],
        [200, 200, 200, 404, 401, 401],
    ),
    row(
        "GET",
        "/workspaces/WS/billing-accounts/cus_none/subscriptions",
        None,
        [404, 404, 404, 404, 401, 401],
        [404, 404, 404, 404, 401, 401],
    ),
    row(
        "DELETE",
        "/workspaces/WS/billing-accounts/cus_none/subscriptions/sub_none",
        None,
        [404, 404, 403, 404, 401, 401],
        [404, 404, 403, 404, 401, 401],
    ),
    row(
        "POST",
        "/workspaces/WS/billing-accounts/cus_none/invoices/preview",
        Some(r#"{"subscription_id":"sub_none"}"#),
        [404, 404, 404, 404, 401, 401],
        [404, 404, 404, 404, 401, 401],
    ),
];

#[test]
fn every_verb_answers_every_caller_in_every_state_as_the_table_says() {
    let server = support::start();
    let viewer = server.user("viewer").replace('|', "%7C");
    let other = server.texts("SELECT user_id FROM altostrat_people WHERE persona IS NULL LIMIT 1");
    for Row {
        verb,
        path,
        body,
        active,
        archived,
    } in TABLE
    {
        for (state, expected) in [("active", active), ("archived", archived)] {
            for (caller, status) in CALLERS.into_iter().zip(expected) {
                let id = if state == "active" {
                    server.fresh()
                } else {
                    server.archived()
                };
                let path = path.replace("WS", &id).replace("VIEWER", &viewer);
                let body = body.map(|body| body.replace("OTHER", &other[0]));
                let reply = ask(&server, caller, verb, &path, body.as_deref());
                let cell = format!("{verb} {path} as {caller}, {state}");
                assert_eq!(reply.status, status, "{cell}: {}", reply.text());
                check_body(&reply, &cell);
            }
        }
    }
}

fn ask(
    server: &Server,
    caller: &str,
    verb: &str,
    path: &str,
    body: Option<&str>,
) -> support::Reply {
    let authorization = match caller {
        "nobody" => None,
        "forged" => Some("Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.".to_owned()),
        person => return server.call(person, verb, path, body),
    };
    let mut headers = vec![("content-type", "application/json")];
    if let Some(value) = &authorization {
        headers.push(("authorization", value));
    }
    let path = format!("/api/altostrat{path}");
    server
        .send(verb, &path, &headers, body.unwrap_or_default().as_bytes())
        .unwrap()
}

/// 204, 401, 403 and 404 have no body; a refusal has all four fields; a success has an object.
fn check_body(reply: &support::Reply, cell: &str) {
    assert!(reply.header("x-request-id").starts_with("req_"), "{cell}");
    match reply.status {
        204 | 401 | 403 | 404 => assert!(reply.body.is_empty(), "{cell}"),
        200 | 201 => {
            assert_eq!(reply.header("content-type"), "application/json", "{cell}");
            assert!(reply.json().is_object(), "{cell}");
        }
        _ => {
            let json = reply.json();
            for field in ["type", "code", "message", "doc_url"] {
                assert!(json[field].is_string(), "{cell}: {field}");
            }
            assert_eq!(json["code"], "workspace_archived", "{cell}");
            let link = format!(
                "https://docs.altostrat.io/errors/{}",
                json["code"].as_str().unwrap()
            );
            assert_eq!(json["doc_url"], link.as_str(), "{cell}");
        }
    }
    if reply.status == 401 {
        assert_eq!(reply.header("www-authenticate"), "Bearer", "{cell}");
    }
}

#[test]
fn a_token_stops_counting_when_its_time_is_over() {
    let server = support::start();
    server.clock.advance(8 * 3600 - 5);
    assert_eq!(server.call("owner", "GET", "/workspaces", None).status, 200);
    server.clock.advance(10);
    let reply = server.call("owner", "GET", "/workspaces", None);
    assert_eq!((reply.status, reply.body.len()), (401, 0));
}

#[test]
fn a_change_of_role_counts_at_once() {
    let server = support::start();
    let id = server.fresh();
    let path = format!("/workspaces/{id}");
    assert_eq!(server.call("admin", "PATCH", &path, RENAME).status, 200);
    let member = format!(
        "{path}/members/{}",
        server.user("admin").replace('|', "%7C")
    );
    let demoted = server.call("owner", "PATCH", &member, Some(r#"{"role":"viewer"}"#));
    assert_eq!(demoted.status, 200);
    let again = server.call("admin", "PATCH", &path, Some(r#"{"name":"Once more"}"#));
    assert_eq!(again.status, 403);
}
