//! Every OpenAI call for every key, on a project that is active and on an archived one.

use serde_json::{Value, json};

use crate::openai_kit::{PROJECTS, archived, call, fresh, others, refused, said};
use crate::support::{self, Server};

/// Two that may write, one that may read, another organization's, no key, a key that is none.
const CALLERS: [&str; 6] = ["owner", "admin", "viewer", "outsider", "nobody", "forged"];

type Row = (&'static str, &'static str, &'static str, [u16; 6], [u16; 6]);

/// The whole contract in one table.
const TABLE: [Row; 12] = [
    (
        "GET",
        PROJECTS,
        "",
        [200, 200, 200, 200, 401, 401],
        [200, 200, 200, 200, 401, 401],
    ),
    (
        "POST",
        PROJECTS,
        r#"{"name":"New"}"#,
        [200, 200, 403, 200, 401, 401],
        [200, 200, 403, 200, 401, 401],
    ),
    (
        "GET",
        "PROJECT",
        "",
        [200, 200, 200, 404, 401, 401],
        [200, 200, 200, 404, 401, 401],
    ),
    (
        "POST",
        "PROJECT",
        r#"{"name":"Renamed"}"#,
        [200, 200, 403, 404, 401, 401],
        [400, 400, 403, 404, 401, 401],
    ),
    (
        "POST",
        "PROJECT/archive",
        "",
        [200, 200, 403, 404, 401, 401],
        [200, 200, 403, 404, 401, 401],
    ),
    (
        "GET",
        "PROJECT/users",
        "",
        [200, 200, 200, 404, 401, 401],
        [400, 400, 400, 404, 401, 401],
    ),
    (
        "POST",
        "PROJECT/users",
        r#"{"user_id":"OTHER","role":"member"}"#,
        [200, 200, 403, 404, 401, 401],
        [400, 400, 403, 404, 401, 401],
    ),
    (
        "GET",
        "PROJECT/users/PRESENT",
        "",
        [200, 200, 200, 404, 401, 401],
        [200, 200, 200, 404, 401, 401],
    ),
    (
        "POST",
        "PROJECT/users/PRESENT",
        r#"{"role":"owner"}"#,
        [200, 200, 403, 404, 401, 401],
        [400, 400, 403, 404, 401, 401],
    ),
    (
        "DELETE",
        "PROJECT/users/PRESENT",
        "",
        [200, 200, 403, 404, 401, 401],
        [400, 400, 403, 404, 401, 401],
    ),
    (
        "GET",
        "/v1/organization/users",
        "",
        [200, 200, 200, 200, 401, 401],
        [200, 200, 200, 200, 401, 401],
    ),
    (
        "GET",
        "/v1/organization/users/PRESENT",
        "",
        [200, 200, 200, 404, 401, 401],
        [200, 200, 200, 404, 401, 401],
    ),
];

fn ask(
    server: &Server,
    caller: &str,
    verb: &str,
    path: &str,
    body: Option<&Value>,
) -> support::Reply {
    let headers = match caller {
        "nobody" => vec![],
        "forged" => vec![("authorization", "Bearer sk-admin-forged")],
        person => return call(server, person, verb, path, body),
    };
    server
        .send(verb, &format!("/api/openai{path}"), &headers, b"")
        .unwrap()
}

#[test]
fn every_call_answers_every_key_as_the_table_says() {
    let server = support::start();
    let others = others(&server);
    for (verb, template, body, active, gone) in TABLE {
        for (state, expected) in [("active", active), ("archived", gone)] {
            for (caller, status) in CALLERS.into_iter().zip(expected) {
                let project = fresh(&server);
                let present = json!({"user_id": others[1], "role": "member"});
                let users = format!("{project}/users");
                assert_eq!(
                    call(&server, "owner", "POST", &users, Some(&present)).status,
                    200
                );
                if state == "archived" {
                    let archive = format!("{project}/archive");
                    assert_eq!(call(&server, "owner", "POST", &archive, None).status, 200);
                }
                let path = template
                    .replace("PROJECT", &project)
                    .replace("PRESENT", &others[1]);
                let body: Option<Value> =
                    serde_json::from_str(&body.replace("OTHER", &others[0])).ok();
                let cell = format!("{verb} {path} as {caller}, {state}");
                let reply = ask(&server, caller, verb, &path, body.as_ref());
                assert_eq!(reply.status, status, "{cell}: {}", reply.text());
                assert!(reply.header("x-request-id").starts_with("req_"), "{cell}");
                assert_eq!(reply.header("content-type"), "application/json", "{cell}");
                if status == 200 {
                    continue;
                }
                let error = &reply.json()["error"];
                assert_eq!(error.as_object().unwrap().len(), 4, "{cell}");
                assert_eq!(error["type"], "invalid_request_error", "{cell}");
                assert!(error["message"].is_string(), "{cell}");
                if status == 401 {
                    assert_eq!(reply.header("www-authenticate"), "Bearer", "{cell}");
                }
            }
        }
    }
}

#[test]
fn each_refusal_has_its_words() {
    let server = support::start();
    let none = server
        .send("GET", "/api/openai/v1/organization/projects", &[], b"")
        .unwrap();
    assert_eq!(
        said(&none),
        refused(401, "Missing bearer authentication in header")
    );
    let forged = ask(&server, "forged", "GET", PROJECTS, None);
    assert_eq!(
        (forged.status, &forged.json()["error"]["code"]),
        (401, &json!("invalid_api_key"))
    );
    let create = json!({"name": "x"});
    let viewer = call(&server, "viewer", "POST", PROJECTS, Some(&create));
    assert_eq!(
        said(&viewer),
        refused(403, "You have insufficient permissions for this operation.")
    );
    let id = "proj_none";
    let unknown = call(&server, "owner", "GET", &format!("{PROJECTS}/{id}"), None);
    assert_eq!(said(&unknown), refused(404, "No such project: proj_none"));
    let gone = archived(&server);
    let renamed = call(&server, "owner", "POST", &gone, Some(&create));
    assert_eq!(
        said(&renamed),
        refused(400, "The project Fresh is archived")
    );
}

#[test]
fn a_failure_inside_says_nothing_of_its_cause() {
    let server = support::start();
    server.change("ALTER TABLE openai_projects RENAME TO elsewhere");
    let reply = call(&server, "owner", "GET", PROJECTS, None);
    let message = "The server had an error while processing your request.";
    let error = json!({"message": message, "type": "server_error", "param": null, "code": null});
    assert_eq!(said(&reply), (500, json!({"error": error})));
}

#[test]
fn a_key_of_another_vendor_does_not_count() {
    let server = support::start();
    for token in [server.token("owner"), server.flashback_token("owner")] {
        let bearer = format!("Bearer {token}");
        let headers = [("authorization", bearer.as_str())];
        let path = format!("/api/openai{PROJECTS}");
        assert_eq!(
            server.send("GET", &path, &headers, b"").unwrap().status,
            401
        );
    }
    assert!(server.openai_key("owner").starts_with("sk-admin-"));
    let kept = server.texts("SELECT fingerprint FROM openai_admin_keys");
    assert!(
        kept.iter()
            .all(|each| !each.contains(server.openai_key("owner")))
    );
    assert_eq!(kept.len(), 4);
}

#[test]
fn no_other_origin_is_let_in() {
    let server = support::start();
    for verb in ["GET", "OPTIONS"] {
        let headers = [
            ("origin", "http://evil.example"),
            ("access-control-request-method", "POST"),
        ];
        let reply = server
            .send(verb, &format!("/api/openai{PROJECTS}"), &headers, b"")
            .unwrap();
        assert_eq!(reply.header("access-control-allow-origin"), "", "{verb}");
    }
}
