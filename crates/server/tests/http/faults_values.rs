//! Faults that look like answers: redirected, cacheable, kept otherwise than sent, edited on the way, of another time.

use serde_json::{Value, json};

use crate::faults::{put, start};
use crate::faults_truth::{save, truth};
use crate::support::Reply;

#[test]
fn a_real_answer_goes_out_with_other_headers_and_without_some() {
    let server = start();
    let path = format!("/workspaces/{}", server.fresh());
    let when = "Sun, 04 May 2025 10:00:00 GMT";
    for (headers, cache) in [
        (
            json!({"cache-control": "max-age=600", "etag": "\"1\""}),
            "max-age=600",
        ),
        (json!({"cache-control": null, "last-modified": when}), ""),
    ] {
        put(
            &server,
            &json!([{"method": "GET", "times": 1, "headers": headers}]),
        );
        let reply = server.call("owner", "GET", &path, None);
        assert_eq!((reply.status, reply.header("cache-control")), (200, cache));
        assert_eq!(reply.json()["name"], "Fresh");
        for (name, value) in headers.as_object().unwrap() {
            assert_eq!(
                reply.header(name),
                value.as_str().unwrap_or_default(),
                "{name}"
            );
        }
    }
    assert_eq!(
        server
            .call("owner", "GET", &path, None)
            .header("cache-control"),
        "no-store"
    );
}

#[test]
fn a_redirect_leads_to_the_same_place_or_another_and_carries_nothing_out() {
    let server = start();
    let id = server.fresh();
    let path = format!("/workspaces/{id}");
    for (status, to, expected) in [
        (301, "{path}/", format!("/api/altostrat{path}/")),
        (302, "{parent}", "/api/altostrat/workspaces".to_owned()),
        (303, "{path}", format!("/api/altostrat{path}")),
        (
            307,
            "http://127.0.0.1:9/sign-in?to={path}",
            format!("http://127.0.0.1:9/sign-in?to=/api/altostrat{path}"),
        ),
        (
            308,
            "https://elsewhere.example",
            "https://elsewhere.example".to_owned(),
        ),
    ] {
        let action = json!({"status": status, "headers": {"location": to}});
        put(
            &server,
            &json!([{"method": "DELETE", "path": "/workspaces/*", "times": 1, "action": action}]),
        );
        let reply = server.call("owner", "DELETE", &path, None);
        assert_eq!(
            (reply.status, reply.header("location")),
            (status, expected.as_str())
        );
        assert_eq!(truth(&server, &path)["archived"], false, "{status}");
    }
}

#[test]
fn a_save_is_kept_otherwise_than_it_was_sent() {
    let server = start();
    for (sent, kept) in [
        (
            json!([{"at": "/name", "do": "remove"}]),
            ("Fresh", json!("Words")),
        ),
        (
            json!([{"at": "/name", "do": {"cut": 3}}]),
            ("New", json!("Words")),
        ),
        (
            json!([{"at": "/name", "do": "lower"}]),
            ("new name", json!("Words")),
        ),
        (
            json!([{"at": "/description", "do": "remove"}]),
            ("New Name", Value::Null),
        ),
        (
            json!([{"at": "/description", "do": {"set": "Theirs"}}]),
            ("New Name", json!("Theirs")),
        ),
    ] {
        let path = format!("/workspaces/{}", server.fresh());
        put(
            &server,
            &json!([{"method": "PATCH", "times": 1, "sent": sent}]),
        );
        let reply = save(
            &server,
            &path,
            &json!({"name": "New Name", "description": "Words"}),
        );
        assert_eq!(reply.status, 200, "{}", reply.text());
        let now = truth(&server, &path);
        assert_eq!(
            (&now["name"], &now["description"]),
            (&json!(kept.0), &kept.1),
            "{sent}"
        );
        assert_eq!(reply.json()["name"], kept.0, "it says what it kept");
    }
}

#[test]
fn an_answer_says_other_than_what_was_kept() {
    let server = start();
    let path = format!("/workspaces/{}", server.fresh());
    let edit = json!([
        {"at": "/name", "do": {"raw": "\"half \\ud83d\""}},
        {"at": "/id", "do": {"set": "ws_another"}},
        {"at": "/description", "do": "remove"},
    ]);
    put(
        &server,
        &json!([{"method": "PATCH", "times": 1, "status": 202, "edit": edit}]),
    );
    let reply = save(&server, &path, &json!({"name": "Kept"}));
    assert_eq!(reply.status, 202);
    assert!(
        reply.text().contains(r#""name":"half \ud83d""#),
        "{}",
        reply.text()
    );
    assert!(reply.text().contains(r#""id":"ws_another""#));
    assert!(!reply.text().contains("description"));
    assert_eq!(truth(&server, &path)["name"], "Kept");
}

#[test]
fn a_page_may_be_edited_alone_after_some_were_let_through() {
    let server = start();
    let all = server.workspaces("owner");
    let whole = |reply: &Reply| reply.json()["data"].as_array().unwrap().len();
    put(
        &server,
        &json!([
            {"method": "GET", "query": "after=", "action": {"status": 400}},
            {"method": "GET", "skip": 1, "edit": [{"at": "/data", "do": {"set": []}}, {"at": "/has_more", "do": {"set": true}}]},
        ]),
    );
    assert_eq!(
        whole(&server.call("owner", "GET", "/workspaces", None)),
        all.len()
    );
    let emptied = server.call("owner", "GET", "/workspaces", None);
    assert_eq!(
        (whole(&emptied), emptied.json()["has_more"].clone()),
        (0, json!(true))
    );
    assert_eq!(
        server
            .call("owner", "GET", "/workspaces?limit=2&after=ws_gone", None)
            .status,
        400
    );
}

#[test]
fn what_is_not_json_is_left_as_it_is() {
    let server = start();
    let path = format!("/workspaces/{}", server.fresh());
    put(
        &server,
        &json!([{"method": "DELETE", "edit": [{"at": "/id", "do": "remove"}]}]),
    );
    let reply = server.call("owner", "DELETE", &path, None);
    assert_eq!((reply.status, reply.body.len()), (204, 0));
    put(
        &server,
        &json!([{"method": "PATCH", "sent": [{"at": "/name", "do": {"set": "X"}}]}]),
    );
    assert_eq!(server.call("owner", "PATCH", &path, Some("{")).status, 400);
}

#[test]
fn a_clock_that_is_off_is_off_in_tokens_and_headers() {
    let server = start();
    let set = |seconds: &str| {
        server
            .send("PUT", "/api/_faults/clock", &[], seconds.as_bytes())
            .unwrap()
            .status
    };
    assert_eq!(set("-864000"), 204);
    let path = format!("/workspaces/{}", server.fresh());
    let reply = server.call("owner", "GET", &path, None);
    let made: jiff::Timestamp = reply.json()["created_at"]
        .as_str()
        .unwrap()
        .parse()
        .unwrap();
    let behind = jiff::Timestamp::now().as_second() - made.as_second();
    assert!((863_990..=864_010).contains(&behind), "{behind}");
    let day = made.strftime("%d %b %Y").to_string();
    assert!(
        reply.header("date").contains(&day),
        "{} {day}",
        reply.header("date")
    );
    // The token of eight hours is over for a clock that is ahead.
    assert_eq!(set("864000"), 204);
    assert_eq!(server.call("owner", "GET", &path, None).status, 401);
    assert_eq!(set("0"), 204);
    assert_eq!(server.call("owner", "GET", &path, None).status, 200);
    assert_eq!(set("soon"), 400);
}
