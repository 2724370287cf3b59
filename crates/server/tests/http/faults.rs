//! Each failure that can be asked for happens, and only to whom it was meant for.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::support::{self, Options, Server};

pub fn start() -> Server {
    Server::start(Options {
        faults: true,
        ..Options::default()
    })
}

pub fn put(server: &Server, rules: &Value) -> u16 {
    server
        .send("PUT", "/api/_faults", &[], rules.to_string().as_bytes())
        .unwrap()
        .status
}

fn left(server: &Server) -> Value {
    server.send("GET", "/api/_faults", &[], b"").unwrap().json()
}

#[test]
fn without_the_switch_there_is_nothing_there() {
    let server = support::start();
    for verb in ["GET", "PUT", "DELETE"] {
        assert_eq!(
            server.send(verb, "/api/_faults", &[], b"").unwrap().status,
            404
        );
    }
}

#[test]
fn an_action_answers_in_place_of_the_server_as_often_as_asked() {
    let server = start();
    let action =
        json!({"status": 429, "headers": {"retry-after": "3"}, "body": {"message": "slow"}});
    let rule = json!([{"dialect": "altostrat", "method": "GET", "path": "/workspaces", "times": 2, "action": action}]);
    assert_eq!(put(&server, &rule), 204);
    for _ in 0..2 {
        let reply = server.call("owner", "GET", "/workspaces", None);
        assert_eq!((reply.status, reply.header("retry-after")), (429, "3"));
        assert_eq!(reply.json(), json!({"message": "slow"}));
        assert!(reply.header("x-request-id").starts_with("req_"));
    }
    assert_eq!(server.call("owner", "GET", "/workspaces", None).status, 200);
    assert_eq!(left(&server), json!([]));
}

#[test]
fn a_rule_meets_only_what_it_names() {
    let server = start();
    let id = server.fresh();
    let path = format!("/workspaces/{id}");
    let html =
        json!({"status": 502, "headers": {"content-type": "text/html"}, "body": "<h1>Bad gateway"});
    put(
        &server,
        &json!([{"dialect": "altostrat", "method": "PATCH", "path": "/workspaces/*", "action": html}]),
    );
    let hit = server.call("owner", "PATCH", &path, Some("{}"));
    assert_eq!((hit.status, hit.text().as_str()), (502, "<h1>Bad gateway"));
    assert_eq!(hit.header("content-type"), "text/html");
    assert_eq!(server.call("owner", "GET", &path, None).status, 200);
    let member = format!(
        "{path}/members/{}",
        server.user("viewer").replace('|', "%7C")
    );
    let deeper = server.call("owner", "PATCH", &member, Some(r#"{"role":"admin"}"#));
    assert_eq!(deeper.status, 200);
    assert_eq!(left(&server)[0]["method"], "PATCH");
    assert_eq!(
        server
            .send("DELETE", "/api/_faults", &[], b"")
            .unwrap()
            .status,
        204
    );
    assert_eq!(server.call("owner", "PATCH", &path, Some("{}")).status, 200);
}

#[test]
fn dropped_before_nothing_happened_dropped_after_it_did() {
    let server = start();
    for (field, archived) in [("drop_before", false), ("drop_after", true)] {
        let path = format!("/workspaces/{}", server.fresh());
        put(
            &server,
            &json!([{"method": "DELETE", "times": 1, field: true}]),
        );
        let authorization = format!("Bearer {}", server.token("owner"));
        let headers = [("authorization", authorization.as_str())];
        let lost = server.send("DELETE", &format!("/api/altostrat{path}"), &headers, b"");
        assert!(lost.is_err(), "{field}");
        assert_eq!(server.get("owner", &path)["archived"], archived, "{field}");
    }
}

#[test]
fn a_request_can_be_carried_out_and_answered_otherwise() {
    let server = start();
    let path = format!("/workspaces/{}", server.fresh());
    put(
        &server,
        &json!([{"method": "DELETE", "times": 1, "perform": true, "action": {"status": 504}}]),
    );
    assert_eq!(server.call("owner", "DELETE", &path, None).status, 504);
    assert_eq!(server.get("owner", &path)["archived"], true);
}

#[test]
fn a_delay_is_waited_for() {
    let server = start();
    put(&server, &json!([{"times": 1, "delay_ms": 300}]));
    let started = Instant::now();
    assert_eq!(server.call("owner", "GET", "/workspaces", None).status, 200);
    assert!(started.elapsed() >= Duration::from_millis(300));
}

#[test]
fn a_truncated_body_announces_more_than_it_sends() {
    let server = start();
    put(&server, &json!([{"times": 1, "truncate": 20}]));
    let mut stream = TcpStream::connect(server.address).unwrap();
    let request = format!(
        "GET /api/altostrat/workspaces HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {}\r\n\r\n",
        server.token("owner")
    );
    stream.write_all(request.as_bytes()).unwrap();
    stream
        .set_read_timeout(Some(Duration::from_secs(5)))
        .unwrap();
    let mut reply = Vec::new();
    let _ = stream.read_to_end(&mut reply);
    let reply = String::from_utf8_lossy(&reply).into_owned();
    let (head, body) = reply.split_once("\r\n\r\n").unwrap();
    assert_eq!(body.len(), 20, "{body}");
    let announced = head
        .lines()
        .find_map(|line| line.strip_prefix("content-length: "))
        .unwrap();
    assert!(announced.parse::<usize>().unwrap() > 1000);
}

#[test]
fn a_rule_that_makes_no_sense_is_refused_with_the_reason() {
    let server = start();
    for rules in [
        json!({}),
        json!([{"verb": "GET"}]),
        json!([{"action": {"status": 99}}]),
        json!([{"path": "[" }]),
        json!([{"action": {"status": 200, "headers": {"a b": "c"}}}]),
        json!([{"headers": {"a b": null}}]),
        json!([{"status": 7}]),
        json!([{"lag": {"reads": "["}}]),
        json!([{"lag": {"seconds": 1}}]),
        json!([{"perform_after_ms": 10}]),
        json!([{"edit": [{"at": "data", "do": "remove"}]}]),
        json!([{"edit": [{"at": "/data", "do": "shrink"}]}]),
        json!([{"sent": [{"at": "/data"}]}]),
    ] {
        assert_eq!(put(&server, &rules), 400, "{rules}");
    }
    assert_eq!(left(&server), json!([]));
}
