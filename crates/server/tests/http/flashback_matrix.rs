//! Every Flashback call for every caller, on a workspace that is there and on a deleted one.

use serde_json::{Value, json};

use crate::flashback_kit::{UNVALIDATED, call_with, deleted, fresh, said, text, token_of, user};
use crate::support::{self, Server};

/// ADMIN, WRITE, READ, another organization's owner, not validated, no token, a token that is none.
const CALLERS: [&str; 7] = [
    "owner",
    "admin",
    "viewer",
    "outsider",
    "unvalidated",
    "nobody",
    "forged",
];

type Row = (&'static str, &'static str, &'static str, [u16; 7], [u16; 7]);

/// The whole contract in one table.
const TABLE: [Row; 11] = [
    (
        "GET",
        "/workspace",
        "",
        [200, 200, 200, 200, 200, 401, 401],
        [200, 200, 200, 200, 200, 401, 401],
    ),
    (
        "POST",
        "/workspace",
        r#"{"name":"New"}"#,
        [201, 201, 403, 201, 400, 401, 401],
        [201, 201, 403, 201, 400, 401, 401],
    ),
    (
        "GET",
        "WS",
        "",
        [200, 200, 200, 404, 404, 401, 401],
        [404, 404, 404, 404, 404, 401, 401],
    ),
    (
        "PUT",
        "WS",
        r#"{"name":"Renamed"}"#,
        [200, 403, 403, 404, 400, 401, 401],
        [404, 404, 404, 404, 400, 401, 401],
    ),
    (
        "DELETE",
        "WS",
        "",
        [200, 403, 403, 404, 400, 401, 401],
        [404, 404, 404, 404, 400, 401, 401],
    ),
    (
        "POST",
        "WS/users",
        r#"{"userId":"OTHER","role":"READ"}"#,
        [200, 403, 403, 403, 400, 401, 401],
        [403, 403, 403, 403, 400, 401, 401],
    ),
    (
        "PUT",
        "WS/users/VIEWER",
        r#"{"role":"WRITE"}"#,
        [200, 403, 403, 403, 400, 401, 401],
        [403, 403, 403, 403, 400, 401, 401],
    ),
    (
        "DELETE",
        "WS/users/VIEWER",
        "",
        [200, 403, 403, 403, 400, 401, 401],
        [403, 403, 403, 403, 400, 401, 401],
    ),
    (
        "GET",
        "/user/profile",
        "",
        [200, 200, 200, 200, 200, 401, 401],
        [200, 200, 200, 200, 200, 401, 401],
    ),
    (
        "GET",
        "/organization/users",
        "",
        [200, 200, 403, 200, 200, 401, 401],
        [200, 200, 403, 200, 200, 401, 401],
    ),
    (
        "GET",
        "/organization/users/VIEWER",
        "",
        [200, 200, 403, 403, 200, 401, 401],
        [200, 200, 403, 403, 200, 401, 401],
    ),
];

/// The documented message of each refusal that has one.
fn message(verb: &str, path: &str, status: u16) -> Option<&'static str> {
    let users = path.contains("/users") && path.starts_with("WS");
    Some(match (verb, path, status) {
        (_, _, 401) => "Unauthorized",
        (_, _, 400) => "User not found or account is not validated",
        (_, "/organization/users", 403) => return None,
        (_, _, 403) if users => "Insufficient permissions to manage workspace users",
        ("POST", "/workspace", _) => "Insufficient permissions to create workspaces",
        ("PUT", "WS", 403) => "Insufficient permissions to update workspace",
        ("DELETE", "WS", 403) => "Insufficient permissions to delete workspace",
        ("GET", "WS", 404) => "Workspace not found or access denied",
        (_, "WS", 404) => "Workspace not found",
        ("GET", "/organization/users/VIEWER", 403) => "Insufficient permissions to view users",
        cell => panic!("no message for {cell:?}"),
    })
}

fn token(server: &Server, caller: &str) -> Option<String> {
    Some(match caller {
        "nobody" => return None,
        "forged" => "eyJhbGciOiJub25lIn0.eyJ1c2VySWQiOiJ4In0.".to_owned(),
        "unvalidated" => token_of(server, UNVALIDATED),
        person => server.flashback_token(person).to_owned(),
    })
}

#[test]
fn every_call_answers_every_caller_as_the_table_says() {
    let server = support::start();
    let others = server.texts(
        "SELECT id FROM flashback_users WHERE persona IS NULL AND validated AND deleted_at IS NULL LIMIT 1",
    );
    let viewer = user(&server, "viewer");
    for (verb, template, body, there, gone) in TABLE {
        for (state, expected) in [("there", there), ("deleted", gone)] {
            for (caller, status) in CALLERS.into_iter().zip(expected) {
                let workspace = if state == "there" {
                    fresh(&server)
                } else {
                    deleted(&server)
                };
                let path = template
                    .replace("WS", &workspace)
                    .replace("VIEWER", &viewer);
                let body = body.replace("OTHER", &others[0]);
                let body: Option<Value> = serde_json::from_str(&body).ok();
                let cell = format!("{verb} {path} as {caller}, {state}");
                let reply = match token(&server, caller) {
                    Some(token) => call_with(&server, &token, verb, &path, body.as_ref()),
                    None => server
                        .send(verb, &format!("/api/flashback{path}"), &[], b"")
                        .unwrap(),
                };
                assert_eq!(reply.status, status, "{cell}: {}", reply.text());
                assert!(reply.header("x-request-id").starts_with("req_"), "{cell}");
                assert_eq!(reply.header("content-type"), "application/json", "{cell}");
                if status < 300 {
                    continue;
                }
                let body = match message(verb, template, status) {
                    Some(message) => json!({"success": false, "message": message}),
                    None => json!({"success": false, "data": [], "total": 0}),
                };
                assert_eq!(said(&reply), (status, body), "{cell}");
            }
        }
    }
}

#[test]
fn a_user_who_is_gone_is_told_so() {
    let server = support::start();
    let workspace = fresh(&server);
    server.change("UPDATE flashback_users SET deleted_at = 1 WHERE persona = 'owner'");
    for (verb, path, status, message) in [
        ("GET", "/workspace", 404, "User not found"),
        ("GET", workspace.as_str(), 404, "User not found"),
        ("GET", "/user/profile", 404, "User not found"),
        (
            "POST",
            "/workspace",
            400,
            "User not found or account is not validated",
        ),
        (
            "PUT",
            workspace.as_str(),
            400,
            "User not found or account is not validated",
        ),
        (
            "DELETE",
            workspace.as_str(),
            400,
            "User not found or account is not validated",
        ),
        (
            "GET",
            "/organization/users/x",
            403,
            "Insufficient permissions to view users",
        ),
    ] {
        let body = json!({"name": "x"});
        let body = (verb == "POST" || verb == "PUT").then_some(&body);
        let token = server.flashback_token("owner");
        let reply = call_with(&server, token, verb, path, body);
        assert_eq!(text(&reply.json()["message"]), message, "{verb} {path}");
        assert_eq!(reply.status, status, "{verb} {path}");
    }
}

#[test]
fn a_failure_inside_has_the_documented_message() {
    let server = support::start();
    let workspace = fresh(&server);
    let viewer = user(&server, "viewer");
    server.change(
        "ALTER TABLE flashback_workspaces RENAME TO elsewhere; \
         ALTER TABLE flashback_workspace_users RENAME TO elsewhere_too",
    );
    let one = format!("{workspace}/users/{viewer}");
    let role = json!({"role": "WRITE"});
    let name = json!({"name": "x"});
    let add = json!({"userId": viewer, "role": "READ"});
    for (verb, path, body, message) in [
        ("GET", "/workspace", None, "Failed to fetch workspaces"),
        (
            "POST",
            "/workspace",
            Some(&name),
            "Failed to create workspace",
        ),
        ("GET", &workspace, None, "Failed to fetch workspace"),
        ("PUT", &workspace, Some(&name), "Failed to update workspace"),
        ("DELETE", &workspace, None, "Failed to delete workspace"),
        (
            "POST",
            &format!("{workspace}/users"),
            Some(&add),
            "Failed to add user to workspace",
        ),
        ("PUT", &one, Some(&role), "Failed to update user role"),
        ("DELETE", &one, None, "Failed to remove user from workspace"),
    ] {
        let reply = call_with(&server, server.flashback_token("owner"), verb, path, body);
        let expected = json!({"success": false, "message": message});
        assert_eq!(said(&reply), (500, expected), "{verb} {path}");
    }
    server.change("ALTER TABLE flashback_users RENAME TO nowhere");
    for (path, expected) in [
        (
            "/user/profile",
            json!({"success": false, "message": "Internal server error"}),
        ),
        (
            "/organization/users/x",
            json!({"success": false, "message": "Internal server error"}),
        ),
        (
            "/organization/users",
            json!({"success": false, "data": [], "total": 0}),
        ),
    ] {
        let reply = call_with(&server, server.flashback_token("owner"), "GET", path, None);
        assert_eq!(said(&reply), (500, expected), "{path}");
    }
}
