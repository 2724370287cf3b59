//! The second address: what a page of the first may read there, and the faults that take it away.

use serde_json::json;

use crate::faults::put;
use crate::support::{Options, Reply, Server};

const PAGE: &str = "http://console.example";

fn start() -> Server {
    Server::start(Options {
        faults: true,
        pages: Some(PAGE.to_owned()),
        ..Options::default()
    })
}

fn ask(server: &Server, method: &str, origin: &str, more: &[(&str, &str)]) -> Reply {
    let authorization = format!("Bearer {}", server.token("owner"));
    let mut headers = vec![("origin", origin)];
    if method != "OPTIONS" {
        headers.push(("authorization", authorization.as_str()));
    }
    headers.extend(more);
    server
        .send(method, "/api/altostrat/workspaces", &headers, b"")
        .unwrap()
}

const PREFLIGHT: [(&str, &str); 2] = [
    ("access-control-request-method", "GET"),
    (
        "access-control-request-headers",
        "authorization,content-type",
    ),
];

#[test]
fn a_page_of_the_first_address_may_read_and_no_other() {
    let server = start();
    let reply = ask(&server, "GET", PAGE, &[]);
    assert_eq!(
        (reply.status, reply.header("access-control-allow-origin")),
        (200, PAGE)
    );
    assert_eq!(reply.header("vary"), "Origin");
    let asked = ask(&server, "OPTIONS", PAGE, &PREFLIGHT);
    assert_eq!(
        (asked.status, asked.header("access-control-allow-origin")),
        (204, PAGE)
    );
    assert_eq!(
        asked.header("access-control-allow-headers"),
        "authorization,content-type"
    );
    assert!(
        asked
            .header("access-control-allow-methods")
            .contains("PATCH")
    );
    for origin in ["http://other.example", "null", &server.url("")] {
        let reply = ask(&server, "GET", origin, &[]);
        assert_eq!(
            (reply.status, reply.header("access-control-allow-origin")),
            (200, ""),
            "{origin}"
        );
        let asked = ask(&server, "OPTIONS", origin, &PREFLIGHT);
        assert_eq!(asked.header("access-control-allow-headers"), "", "{origin}");
    }
    // A page is no other origin to its own address.
    let own = ask(&server, "GET", PAGE, &[("host", "console.example")]);
    assert_eq!(own.header("access-control-allow-origin"), "");
}

#[test]
fn without_a_second_address_nobody_is_let_in() {
    let server = Server::start(Options::default());
    let reply = ask(&server, "GET", PAGE, &[]);
    assert_eq!(
        (reply.status, reply.header("access-control-allow-origin")),
        (200, "")
    );
}

#[test]
fn a_made_up_answer_may_be_read_unless_the_rule_takes_that_away() {
    let server = start();
    for (no_cors, readable) in [(false, PAGE), (true, "")] {
        put(
            &server,
            &json!([{"method": "GET", "no_cors": no_cors, "action": {"status": 401}}]),
        );
        let reply = ask(&server, "GET", PAGE, &[]);
        assert_eq!(
            (reply.status, reply.header("access-control-allow-origin")),
            (401, readable)
        );
        assert_eq!(
            reply.header("access-control-expose-headers").is_empty(),
            no_cors
        );
    }
}

#[test]
fn a_preflight_is_refused_and_the_request_behind_it_is_not_touched() {
    let server = start();
    put(
        &server,
        &json!([{
            "method": "OPTIONS", "header": {"access-control-request-method": "GET"}, "no_cors": true, "action": {"status": 403}
        }]),
    );
    let asked = ask(&server, "OPTIONS", PAGE, &PREFLIGHT);
    assert_eq!(
        (asked.status, asked.header("access-control-allow-origin")),
        (403, "")
    );
    let other = [("access-control-request-method", "POST"), PREFLIGHT[1]];
    let asked = ask(&server, "OPTIONS", PAGE, &other);
    assert_eq!(
        (asked.status, asked.header("access-control-allow-origin")),
        (204, PAGE)
    );
    assert_eq!(ask(&server, "GET", PAGE, &[]).status, 200);
}
