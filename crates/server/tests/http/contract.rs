//! What every reply of the Altostrat API keeps to, whatever was asked.

use serde_json::Value;

use crate::support;

#[test]
fn a_workspace_has_every_field_in_its_exact_form() {
    let server = support::start();
    for workspace in server.workspaces("owner") {
        let fields: Vec<&String> = workspace.as_object().unwrap().keys().collect();
        assert_eq!(fields.len(), 9, "{fields:?}");
        let id = workspace["id"]
            .as_str()
            .unwrap()
            .strip_prefix("ws_")
            .unwrap();
        assert!(id.len() == 16 && id.bytes().all(|b| b"0123456789abcdef".contains(&b)));
        for field in ["created_at", "updated_at"] {
            assert_moment(&workspace[field]);
        }
        assert_eq!(
            workspace["archived"].as_bool().unwrap(),
            !workspace["archived_at"].is_null()
        );
        if workspace["archived"] == true {
            assert_moment(&workspace["archived_at"]);
        }
        let pooled = workspace["billing_mode"] == "pooled";
        assert_eq!(workspace["pooled_seat_limit"].is_i64(), pooled);
    }
}

/// `2025-10-29T00:40:06.000000Z`
fn assert_moment(value: &Value) {
    let shape: String = value
        .as_str()
        .unwrap()
        .chars()
        .map(|c| if c.is_ascii_digit() { '0' } else { c })
        .collect();
    assert_eq!(shape, "0000-00-00T00:00:00.000000Z");
}

#[test]
fn odd_ids_are_not_found_and_have_no_body() {
    let server = support::start();
    for id in [
        "nope",
        "ws_0000000000000000",
        "%00",
        "%FF%FE",
        "a%2Fb",
        "..%2f..",
        "%F0%9F%A6%8A",
        "'--",
    ] {
        for verb in ["GET", "PATCH", "DELETE"] {
            let body = (verb == "PATCH").then_some("{}");
            let reply = server.call("owner", verb, &format!("/workspaces/{id}"), body);
            assert_eq!((reply.status, reply.body.len()), (404, 0), "{verb} {id}");
        }
        let members = server.call("owner", "GET", &format!("/workspaces/{id}/members"), None);
        assert_eq!((members.status, members.body.len()), (404, 0), "{id}");
    }
}

#[test]
fn a_body_is_looked_at_only_for_those_who_may() {
    let server = support::start();
    let path = format!("/workspaces/{}", server.fresh());
    assert_eq!(server.call("viewer", "PATCH", &path, Some("{")).status, 403);
    assert_eq!(
        server.call("outsider", "PATCH", &path, Some("{")).status,
        404
    );
    assert_eq!(server.call("owner", "PATCH", &path, Some("{")).status, 400);
}

#[test]
fn a_method_that_is_none_says_which_are() {
    let server = support::start();
    let path = format!("/workspaces/{}", server.fresh());
    for verb in ["PUT", "POST", "TRACE"] {
        let reply = server.call("owner", verb, &path, None);
        assert_eq!(reply.status, 405, "{verb}");
        for allowed in ["GET", "PATCH", "DELETE"] {
            assert!(reply.header("allow").contains(allowed), "{verb}");
        }
    }
}

#[test]
fn no_other_origin_is_let_in() {
    let server = support::start();
    for origin in [
        "http://evil.example",
        "null",
        "http://127.0.0.1.evil.example",
    ] {
        for verb in ["GET", "OPTIONS"] {
            let headers = [
                ("origin", origin),
                ("access-control-request-method", "DELETE"),
            ];
            let reply = server
                .send(verb, "/api/altostrat/workspaces", &headers, b"")
                .unwrap();
            assert_eq!(
                reply.header("access-control-allow-origin"),
                "",
                "{verb} {origin}"
            );
        }
    }
}

#[test]
fn a_query_is_ignored_where_the_contract_has_none() {
    let server = support::start();
    let plain = server.get("owner", "/workspaces");
    assert_eq!(
        server.get("owner", "/workspaces?limit=-1&limit=%FF&archived"),
        plain
    );
}

#[test]
fn a_member_has_every_field() {
    let server = support::start();
    let id = server.fresh();
    let list = server.get("viewer", &format!("/workspaces/{id}/members"));
    assert_eq!(list["has_more"], false);
    let first = &list["data"][0];
    assert_eq!(first.as_object().unwrap().len(), 5);
    assert!(first["user_id"].as_str().unwrap().starts_with("auth0|64f5"));
    assert_eq!(first["workspace_id"], id.as_str());
    assert_moment(&first["created_at"]);
    assert_moment(&first["updated_at"]);
}
