//! What the tests of the Flashback dialect share: calls, ids, and replies word for word.

use serde_json::{Value, json};

use crate::support::{Options, Reply, Server, claims};

pub fn with(setting: &'static str) -> Server {
    Server::start(Options {
        settings: vec![setting],
        ..Options::default()
    })
}

/// A call as one of the demo people, with a JSON body if one is given.
pub fn call(
    server: &Server,
    person: &str,
    method: &str,
    path: &str,
    body: Option<&Value>,
) -> Reply {
    call_with(server, server.flashback_token(person), method, path, body)
}

/// The same with a token of the test's own.
pub fn call_with(
    server: &Server,
    token: &str,
    method: &str,
    path: &str,
    body: Option<&Value>,
) -> Reply {
    let authorization = format!("Bearer {token}");
    let mut headers = vec![("authorization", authorization.as_str())];
    if body.is_some() {
        headers.push(("content-type", "application/json"));
    }
    let body = body.map(Value::to_string).unwrap_or_default();
    let path = format!("/api/flashback{path}");
    server
        .send(method, &path, &headers, body.as_bytes())
        .unwrap()
}

/// A call without a token.
pub fn post(server: &Server, path: &str, body: &Value) -> Reply {
    let headers = [("content-type", "application/json")];
    let path = format!("/api/flashback{path}");
    let body = body.to_string();
    server
        .send("POST", &path, &headers, body.as_bytes())
        .unwrap()
}

/// Status and whole body.
pub fn said(reply: &Reply) -> (u16, Value) {
    (reply.status, reply.json())
}

pub fn done() -> (u16, Value) {
    (200, json!({"success": true}))
}

pub fn refused(status: u16, message: &str) -> (u16, Value) {
    (status, json!({"success": false, "message": message}))
}

pub fn user(server: &Server, person: &str) -> String {
    text(&claims(server.flashback_token(person))["userId"])
}

pub fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

pub fn workspaces(server: &Server, person: &str) -> Vec<Value> {
    let reply = call(server, person, "GET", "/workspace", None);
    assert_eq!(reply.status, 200, "{}", reply.text());
    reply.json()["workspaces"].as_array().unwrap().clone()
}

/// The path of the seeded workspace with this name.
pub fn path_of(server: &Server, name: &str) -> String {
    let all = workspaces(server, "owner");
    let found = all.iter().find(|workspace| workspace["name"] == name);
    format!("/workspace/{}", text(&found.unwrap()["id"]))
}

/// The path of a new workspace: owner ADMIN, admin WRITE, viewer READ.
pub fn fresh(server: &Server) -> String {
    let body = json!({"name": "Fresh"});
    let reply = call(server, "owner", "POST", "/workspace", Some(&body));
    assert_eq!(reply.status, 201, "{}", reply.text());
    let path = format!("/workspace/{}", text(&reply.json()["workspace"]["id"]));
    for (person, role) in [("admin", "WRITE"), ("viewer", "READ")] {
        let body = json!({"userId": user(server, person), "role": role});
        let reply = call(
            server,
            "owner",
            "POST",
            &format!("{path}/users"),
            Some(&body),
        );
        assert_eq!(said(&reply), done());
    }
    path
}

pub fn deleted(server: &Server) -> String {
    let path = fresh(server);
    let reply = call(server, "owner", "DELETE", &path, None);
    assert_eq!(said(&reply), done());
    path
}

pub fn login(server: &Server, email: &str) -> Value {
    let body = json!({"email": email, "password": "demo"});
    let reply = post(server, "/user/login", &body);
    assert_eq!(reply.status, 200, "{}", reply.text());
    reply.json()
}

/// A token of a user who is no demo person.
pub fn token_of(server: &Server, email: &str) -> String {
    text(&login(server, email)["accessToken"])
}

/// One who may sign in and is not validated.
pub const UNVALIDATED: &str = "amara.abara@example.com";
/// One who was deleted.
pub const DELETED: &str = "bongani.botha@example.com";
/// One without a password.
pub const NO_PASSWORD: &str = "chiara.castillo@example.com";
