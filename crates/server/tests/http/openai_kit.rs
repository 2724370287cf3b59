//! What the tests of the OpenAI dialect share: calls, projects, and the four fields of a failure.

use serde_json::{Value, json};

use crate::support::{Options, Reply, Server};

pub const PROJECTS: &str = "/v1/organization/projects";
pub const PEOPLE: &str = "/v1/organization/users";

pub fn with(setting: &'static str) -> Server {
    Server::start(Options {
        settings: vec![setting],
        ..Options::default()
    })
}

/// A call with the key of a demo person, and a JSON body if one is given.
pub fn call(
    server: &Server,
    person: &str,
    method: &str,
    path: &str,
    body: Option<&Value>,
) -> Reply {
    let authorization = format!("Bearer {}", server.openai_key(person));
    let mut headers = vec![("authorization", authorization.as_str())];
    if body.is_some() {
        headers.push(("content-type", "application/json"));
    }
    let body = body.map(Value::to_string).unwrap_or_default();
    let path = format!("/api/openai{path}");
    server
        .send(method, &path, &headers, body.as_bytes())
        .unwrap()
}

pub fn get(server: &Server, path: &str) -> Value {
    let reply = call(server, "owner", "GET", path, None);
    assert_eq!(reply.status, 200, "{path}: {}", reply.text());
    reply.json()
}

/// Status and whole body.
pub fn said(reply: &Reply) -> (u16, Value) {
    (reply.status, reply.json())
}

pub fn refused(status: u16, message: &str) -> (u16, Value) {
    let error =
        json!({"message": message, "type": "invalid_request_error", "param": null, "code": null});
    (status, json!({"error": error}))
}

pub fn wrong(param: &str, code: &str, message: &str) -> (u16, Value) {
    let error =
        json!({"message": message, "type": "invalid_request_error", "param": param, "code": code});
    (400, json!({"error": error}))
}

pub fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

/// The path of a new project, with nobody in it.
pub fn fresh(server: &Server) -> String {
    let body = json!({"name": "Fresh"});
    let reply = call(server, "owner", "POST", PROJECTS, Some(&body));
    assert_eq!(reply.status, 200, "{}", reply.text());
    format!("{PROJECTS}/{}", text(&reply.json()["id"]))
}

pub fn archived(server: &Server) -> String {
    let path = fresh(server);
    let reply = call(server, "owner", "POST", &format!("{path}/archive"), None);
    assert_eq!(reply.status, 200, "{}", reply.text());
    path
}

/// Every project of a person's organization, page by page.
pub fn all(server: &Server, person: &str, query: &str) -> Vec<Value> {
    every(server, person, &format!("{PROJECTS}?{query}"))
}

/// Everything in a list, page by page; the path has a query.
pub fn every(server: &Server, person: &str, list: &str) -> Vec<Value> {
    let mut found: Vec<Value> = Vec::new();
    let mut after = String::new();
    loop {
        let path = format!("{list}{after}");
        let page = call(server, person, "GET", &path, None).json();
        found.extend(page["data"].as_array().unwrap().clone());
        assert!(found.len() < 1_000, "the pages go round in a circle");
        if page["has_more"] == false {
            return found;
        }
        after = format!("&after={}", text(&page["last_id"]));
    }
}

pub fn default_project(server: &Server, person: &str) -> String {
    let all = all(server, person, "limit=100");
    let found = all.iter().find(|each| each["name"] == "Default project");
    format!("{PROJECTS}/{}", text(&found.unwrap()["id"]))
}

/// The ids of users of the owner's organization who are no demo people, and people at work.
pub fn others(server: &Server) -> Vec<String> {
    server.texts(
        "SELECT id FROM openai_users WHERE persona IS NULL AND enabled AND NOT banned \
         AND NOT is_service_account ORDER BY id",
    )
}
