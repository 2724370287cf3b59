//! Speaks to a test server as the Anthropic Admin API is spoken to.

use serde_json::{Value, json};
use steward_server::core::persona::Persona;
use steward_server::vendors::anthropic::credentials;

use crate::support::{Options, Reply, Server};

/// A server without a limit of requests, and with these settings.
pub fn start(settings: &[&'static str]) -> Server {
    let unlimited = std::iter::once(&"anthropic_rate=0");
    Server::start(Options {
        settings: unlimited.chain(settings).copied().collect(),
        faults: true,
        ..Options::default()
    })
}

pub fn key(person: &str) -> String {
    credentials::key(Persona::from_key(person).unwrap())
}

impl Server {
    /// A call with headers of its own and no credential.
    pub fn anthropic_bare(&self, method: &str, path: &str, headers: &[(&str, &str)]) -> Reply {
        let path = format!("/api/anthropic/v1/organizations{path}");
        self.send(method, &path, headers, b"").unwrap()
    }

    /// A call as one of the demo people, with a JSON body if one is given.
    pub fn anthropic(&self, person: &str, method: &str, path: &str, body: Option<&Value>) -> Reply {
        let key = key(person);
        let mut headers = vec![("x-api-key", key.as_str())];
        if body.is_some() {
            headers.push(("content-type", "application/json"));
        }
        let path = format!("/api/anthropic/v1/organizations{path}");
        let body = body.map(Value::to_string).unwrap_or_default();
        self.send(method, &path, &headers, body.as_bytes()).unwrap()
    }

    /// What the owner reads there.
    pub fn read(&self, path: &str) -> Value {
        let reply = self.anthropic("owner", "GET", path, None);
        assert_eq!(reply.status, 200, "{path}: {}", reply.text());
        reply.json()
    }

    /// What the owner gets for a change that succeeds.
    pub fn post(&self, path: &str, body: &Value) -> Value {
        let reply = self.anthropic("owner", "POST", path, Some(body));
        assert_eq!(reply.status, 200, "{path}: {}", reply.text());
        reply.json()
    }

    /// How the owner is refused.
    pub fn refused(&self, path: &str, body: &Value) -> (u16, String, String) {
        self.anthropic("owner", "POST", path, Some(body)).refusal()
    }

    /// The id of a new workspace.
    pub fn made(&self, name: &str) -> String {
        id(&self.post("/workspaces", &json!({ "name": name })))
    }

    /// The id of the seeded workspace with this name.
    pub fn named(&self, name: &str) -> String {
        let query = "/workspaces?limit=1000&include_archived=true&include_default=true";
        let all = self.read(query);
        id(data(&all).iter().find(|each| each["name"] == name).unwrap())
    }

    /// The id of somebody with this role in the organization.
    pub fn person(&self, role: &str) -> String {
        let found = self.read(&format!("/users?limit=1&roles={role}"));
        id(&found["data"][0])
    }
}

impl Reply {
    /// Status, type and code of a failure, whose envelope is checked on the way.
    pub fn refusal(&self) -> (u16, String, String) {
        let body = self.json();
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        assert_eq!(body["type"], "error", "{body}");
        assert!(!text(&body["error"]["message"]).is_empty());
        assert_eq!(text(&body["request_id"]), self.header("request-id"));
        assert!(self.header("request-id").starts_with("req_"));
        (
            self.status,
            text(&body["error"]["type"]),
            text(&body["error"]["details"]["error_code"]),
        )
    }
}

/// A refusal without a code, or with one.
pub fn invalid(code: &str) -> (u16, String, String) {
    (400, "invalid_request_error".to_owned(), code.to_owned())
}

pub fn failure(status: u16, kind: &str) -> (u16, String, String) {
    (status, kind.to_owned(), String::new())
}

pub fn id(object: &Value) -> String {
    object["id"].as_str().unwrap().to_owned()
}

pub fn data(page: &Value) -> &Vec<Value> {
    page["data"].as_array().unwrap()
}

pub fn ids(page: &Value) -> Vec<String> {
    data(page).iter().map(id).collect()
}
