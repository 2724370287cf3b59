//! PATCH and POST of a workspace: absent, null and value; limits; what is refused.

use crate::support::{self, Server};

fn patch(server: &Server, id: &str, body: &str) -> support::Reply {
    server.call("owner", "PATCH", &format!("/workspaces/{id}"), Some(body))
}

fn message(reply: &support::Reply) -> String {
    assert_eq!(reply.status, 400, "{}", reply.text());
    reply.json()["message"].as_str().unwrap().to_owned()
}

#[test]
fn absent_stays_null_clears_and_a_value_is_set() {
    let server = support::start();
    let id = server.fresh();
    let set = patch(
        &server,
        &id,
        r#"{"name":"  Kept as sent ","description":"About"}"#,
    )
    .json();
    assert_eq!(
        (&set["name"], &set["description"]),
        (&"  Kept as sent ".into(), &"About".into())
    );
    let kept = patch(&server, &id, r#"{"name":"Other"}"#).json();
    assert_eq!(
        (&kept["name"], &kept["description"]),
        (&"Other".into(), &"About".into())
    );
    let cleared = patch(&server, &id, r#"{"description":null}"#).json();
    assert_eq!(
        (&cleared["name"], cleared["description"].is_null()),
        (&"Other".into(), true)
    );
}

#[test]
fn an_empty_description_is_stored_as_null() {
    let server = support::start();
    let id = server.fresh();
    patch(&server, &id, r#"{"description":"About"}"#);
    assert!(patch(&server, &id, r#"{"description":""}"#).json()["description"].is_null());
}

#[test]
fn a_patch_that_changes_nothing_does_not_touch_updated_at() {
    let server = support::start();
    let id = server.fresh();
    let before = server.get("owner", &format!("/workspaces/{id}"));
    server.clock.advance(60);
    for same in [
        "{}",
        r#"{"name":"Fresh"}"#,
        r#"{"description":null}"#,
        r#"{"billing_mode":"single"}"#,
    ] {
        assert_eq!(patch(&server, &id, same).json(), before, "{same}");
    }
    let changed = patch(&server, &id, r#"{"name":"Changed"}"#).json();
    assert!(changed["updated_at"].as_str() > before["updated_at"].as_str());
    assert_eq!(changed["created_at"], before["created_at"]);
}

#[test]
fn limits_are_counted_in_code_points() {
    let server = support::start();
    let id = server.fresh();
    for (field, limit) in [("name", 50), ("description", 200)] {
        for letter in ["a", "é", "🦊", "\u{202E}"] {
            let body = |count: usize| format!(r#"{{"{field}":"{}"}}"#, letter.repeat(count));
            assert_eq!(
                patch(&server, &id, &body(limit)).status,
                200,
                "{limit} × {letter}"
            );
            let refused = patch(&server, &id, &body(limit + 1));
            let expected = format!("The '{field}' parameter cannot exceed {limit} characters.");
            assert_eq!(message(&refused), expected);
            assert_eq!(refused.json()["type"], "invalid_request_error");
            assert_eq!(refused.json()["code"], "parameter_invalid");
        }
    }
}

#[test]
fn what_is_no_valid_change_is_a_400_with_a_reason() {
    let server = support::start();
    let id = server.fresh();
    let before = server.get("owner", &format!("/workspaces/{id}"));
    let deep = format!(r#"{{"x":{}}}"#, "[".repeat(100_000));
    for body in [
        r#"{"name":null}"#,
        r#"{"name":""}"#,
        r#"{"name":" \t\u3000"}"#,
        r#"{"name":5}"#,
        r#"{"name":["a"]}"#,
        r#"{"name":"a\u0000b"}"#,
        r#"{"name":"a","name":"b"}"#,
        r#"{"name":"\ud800"}"#,
        r#"{"description":false}"#,
        r#"{"description":{}}"#,
        r#"{"name":"good","description":7}"#,
        "[]",
        "[\"a\",\"b\"]",
        "null",
        "\"name\"",
        "{",
        "{\"name\":\"a\"} {}",
        &deep,
    ] {
        message(&patch(&server, &id, body));
    }
    assert_eq!(server.get("owner", &format!("/workspaces/{id}")), before);
}

#[test]
fn a_body_that_is_not_json_by_its_type_or_size_or_letters_is_a_400() {
    let server = support::start();
    let path = format!("/api/altostrat/workspaces/{}", server.fresh());
    let authorization = format!("Bearer {}", server.token("owner"));
    let large = format!(r#"{{"name":"{}"}}"#, "a".repeat(70_000));
    let cases: [(&str, &[u8]); 5] = [
        ("text/plain", br#"{"name":"a"}"#),
        ("application/x-www-form-urlencoded", b"name=a"),
        ("application/json", large.as_bytes()),
        ("application/json", b"{\"name\":\"\xff\xfe\"}"),
        ("application/json", b""),
    ];
    for (kind, body) in cases {
        let headers = [
            ("authorization", authorization.as_str()),
            ("content-type", kind),
        ];
        let reply = server.send("PATCH", &path, &headers, body).unwrap();
        message(&reply);
    }
}

#[test]
fn a_new_workspace_belongs_to_its_maker() {
    let server = support::start();
    let body = r#"{"name":"Mine","description":"","billing_mode":"pooled","archived":true}"#;
    let made = server.call("outsider", "POST", "/workspaces", Some(body));
    assert_eq!(made.status, 201);
    let made = made.json();
    assert_eq!(made["pooled_seat_limit"], 0);
    assert_eq!(made["archived"], false);
    assert!(made["description"].is_null());
    assert!(made["id"].as_str().unwrap().starts_with("ws_"));
    assert_eq!(server.workspaces("outsider"), std::slice::from_ref(&made));
    let path = format!("/workspaces/{}/members", made["id"].as_str().unwrap());
    let members = server.get("outsider", &path);
    assert_eq!(members["data"][0]["role"], "owner");
    assert_eq!(
        members["data"][0]["user_id"],
        server.user("outsider").as_str()
    );
}

#[test]
fn seats_are_null_outside_pooled_mode() {
    let server = support::start();
    for mode in ["single", "assigned"] {
        let body = format!(r#"{{"name":"A","billing_mode":"{mode}"}}"#);
        let made = server
            .call("owner", "POST", "/workspaces", Some(&body))
            .json();
        assert!(made["pooled_seat_limit"].is_null());
    }
}

#[test]
fn create_says_what_is_missing_or_wrong() {
    let server = support::start();
    for (body, code) in [
        (r#"{"billing_mode":"single"}"#, "parameter_missing"),
        (r#"{"name":"A"}"#, "parameter_missing"),
        (
            r#"{"name":"A","billing_mode":"monthly"}"#,
            "parameter_invalid",
        ),
        (r#"{"name":"A","billing_mode":null}"#, "parameter_invalid"),
        (
            r#"{"name":"","billing_mode":"single"}"#,
            "parameter_invalid",
        ),
    ] {
        let reply = server.call("owner", "POST", "/workspaces", Some(body));
        assert_eq!(reply.outcome(), (400, code.to_owned()), "{body}");
    }
    let bearer = format!("Bearer {}", server.token("owner"));
    let headers = [("authorization", bearer.as_str()), ("content-length", "0")];
    let bare = server
        .send("POST", "/api/altostrat/workspaces", &headers, b"")
        .unwrap();
    assert_eq!((bare.status, bare.header("allow")), (405, "GET,HEAD"));
}
