//! Sign-in by PKCE: the page, the code, and everything that must not work.

use data_encoding::BASE64URL_NOPAD;
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::support::{self, CALLBACK, Reply, Server};

const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const ALL: &str = "openid profile email offline_access";

fn challenge() -> String {
    BASE64URL_NOPAD.encode(&Sha256::digest(VERIFIER))
}

fn encode(fields: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new())
        .extend_pairs(fields)
        .finish()
}

/// The request of a well-behaved client, with one parameter changed or, if empty, left out.
fn request(change: (&str, &str)) -> Vec<(String, String)> {
    let challenge = challenge();
    let mut fields = vec![
        ("response_type", "code"),
        ("client_id", "steward-console"),
        ("redirect_uri", CALLBACK),
        ("scope", ALL),
        ("state", "st ate&1"),
        ("code_challenge", &challenge),
        ("code_challenge_method", "S256"),
    ];
    fields.retain(|(name, _)| *name != change.0);
    if !change.1.is_empty() {
        fields.push(change);
    }
    fields
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect()
}

fn pairs(fields: &[(String, String)]) -> Vec<(&str, &str)> {
    fields
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect()
}

fn authorize(server: &Server, change: (&str, &str)) -> Reply {
    let query = encode(&pairs(&request(change)));
    server
        .send(
            "GET",
            &format!("/api/altostrat-signin/authorize?{query}"),
            &[],
            b"",
        )
        .unwrap()
}

pub fn post(server: &Server, path: &str, fields: &[(&str, &str)]) -> Reply {
    let kind = [("content-type", "application/x-www-form-urlencoded")];
    let path = format!("/api/altostrat-signin{path}");
    server
        .send("POST", &path, &kind, encode(fields).as_bytes())
        .unwrap()
}

fn choose(server: &Server, person: &str, scope: &str) -> Reply {
    let fields = request(("scope", scope));
    let mut fields = pairs(&fields);
    fields.push(("person", person));
    post(server, "/authorize", &fields)
}

fn query_of(location: &str) -> std::collections::HashMap<String, String> {
    let (address, query) = location.split_once('?').unwrap();
    assert_eq!(address, CALLBACK);
    form_urlencoded::parse(query.as_bytes())
        .into_owned()
        .collect()
}

pub fn code(server: &Server, person: &str, scope: &str) -> String {
    let reply = choose(server, person, scope);
    assert_eq!(reply.status, 303, "{}", reply.text());
    let query = query_of(reply.header("location"));
    assert_eq!(query["state"], "st ate&1");
    query["code"].clone()
}

fn exchange(server: &Server, code: &str, change: (&str, &str)) -> Reply {
    let mut fields = vec![
        ("grant_type", "authorization_code"),
        ("client_id", "steward-console"),
        ("redirect_uri", CALLBACK),
        ("code", code),
        ("code_verifier", VERIFIER),
    ];
    fields.retain(|(name, _)| *name != change.0);
    if !change.1.is_empty() {
        fields.push(change);
    }
    post(server, "/oauth/token", &fields)
}

/// Signs in and gives the token reply.
pub fn sign_in(server: &Server, person: &str) -> Value {
    let reply = exchange(server, &code(server, person, ALL), ("", ""));
    assert_eq!(reply.status, 200, "{}", reply.text());
    reply.json()
}

fn error(reply: &Reply) -> (u16, String) {
    let json = reply.json();
    assert!(json["error_description"].is_string());
    (reply.status, json["error"].as_str().unwrap().to_owned())
}

fn grant_error() -> (u16, String) {
    (400, "invalid_grant".to_owned())
}

#[test]
fn a_person_is_chosen_and_the_code_becomes_tokens() {
    let server = support::start();
    let page = authorize(&server, ("", ""));
    assert_eq!(
        (page.status, page.header("content-type")),
        (200, "text/html; charset=utf-8")
    );
    for name in [
        "Olivia Okafor",
        "Anders Holm",
        "Vera Marchetti",
        "Oskar Lindqvist",
    ] {
        assert!(
            page.text()
                .contains(&format!("Continue as {name}</button>")),
            "{name}"
        );
    }
    assert!(!page.text().contains("<script") && !page.text().contains("style=\""));
    let reply = exchange(&server, &code(&server, "owner", ALL), ("", ""));
    assert_eq!(reply.header("cache-control"), "no-store");
    let tokens = reply.json();
    assert_eq!(
        (&tokens["token_type"], &tokens["expires_in"]),
        (&"Bearer".into(), &900.into())
    );
    assert_eq!(tokens["scope"], ALL);
    let bearer = format!("Bearer {}", tokens["access_token"].as_str().unwrap());
    let headers = [("authorization", bearer.as_str())];
    let list = server
        .send("GET", "/api/altostrat/workspaces", &headers, b"")
        .unwrap();
    assert_eq!(list.json()["data"].as_array().unwrap().len(), 40);
    let me = server
        .send("GET", "/api/altostrat-signin/userinfo", &headers, b"")
        .unwrap()
        .json();
    assert_eq!(
        (&me["name"], &me["given_name"]),
        (&"Olivia Okafor".into(), &"Olivia".into())
    );
    assert_eq!(me["sub"], server.user("owner").as_str());
    assert!(me.get("picture").is_some() && me["email_verified"] == true);
    let identity = support::claims(tokens["id_token"].as_str().unwrap());
    assert_eq!(
        (&identity["aud"], &identity["sub"]),
        (&"steward-console".into(), &me["sub"])
    );
}

#[test]
fn the_page_may_send_its_form_back_here_and_to_the_client_only() {
    let server = support::start();
    let csp = authorize(&server, ("", ""))
        .header("content-security-policy")
        .to_owned();
    assert!(
        csp.contains("form-action 'self' http://127.0.0.1:4180;"),
        "{csp}"
    );
    assert!(csp.contains("style-src 'self'") && !csp.contains("script-src"));
    let style = server
        .send("GET", "/api/altostrat-signin/style.css", &[], b"")
        .unwrap();
    assert_eq!(style.header("content-type"), "text/css; charset=utf-8");
}

#[test]
fn values_in_the_page_are_escaped() {
    let server = support::start();
    let page = authorize(&server, ("state", "\"><script>alert(1)</script>")).text();
    assert!(page.contains("value=\"&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;\""));
}

#[test]
fn nobody_is_sent_to_an_address_that_is_not_registered() {
    let server = support::start();
    for change in [
        ("client_id", "someone-else"),
        ("client_id", ""),
        ("redirect_uri", ""),
        ("redirect_uri", "http://127.0.0.1:4180/sign-in/callback/"),
        ("redirect_uri", "http://127.0.0.1:4180/sign-in/callback?x=1"),
        (
            "redirect_uri",
            "http://127.0.0.1:4180.evil.example/sign-in/callback",
        ),
        ("redirect_uri", "HTTP://127.0.0.1:4180/sign-in/callback"),
        ("redirect_uri", "//127.0.0.1:4180/sign-in/callback"),
    ] {
        let page = authorize(&server, change);
        assert_eq!(
            (page.status, page.header("location")),
            (400, ""),
            "{change:?}"
        );
        assert!(page.text().contains("Sign-in cannot go on"), "{change:?}");
        let fields = request(change);
        let mut fields = pairs(&fields);
        fields.push(("person", "owner"));
        assert_eq!(
            post(&server, "/authorize", &fields).header("location"),
            "",
            "{change:?}"
        );
    }
}

#[test]
fn a_wrong_request_is_told_to_the_client_with_its_state() {
    let server = support::start();
    for (change, expected) in [
        (("response_type", "token"), "unsupported_response_type"),
        (("code_challenge_method", "plain"), "invalid_request"),
        (("code_challenge_method", ""), "invalid_request"),
        (("code_challenge", ""), "invalid_request"),
        (("code_challenge", "short"), "invalid_request"),
        (("scope", "root"), "invalid_scope"),
        (("state", ""), "invalid_request"),
    ] {
        let reply = authorize(&server, change);
        assert_eq!(reply.status, 303, "{change:?}");
        let query = query_of(reply.header("location"));
        assert_eq!(query["error"], expected, "{change:?}");
        assert!(!query.contains_key("code"));
        assert_eq!(query.contains_key("state"), change.0 != "state");
    }
    let cancelled = query_of(choose(&server, "", ALL).header("location"));
    assert_eq!(cancelled["error"], "access_denied");
}

#[test]
fn a_code_needs_its_verifier_its_address_and_its_client() {
    let server = support::start();
    let wrong = "a".repeat(43);
    for (change, expected) in [
        (("code_verifier", wrong.as_str()), grant_error()),
        (("code_verifier", "short"), grant_error()),
        (
            ("redirect_uri", "http://localhost:4180/sign-in/callback"),
            grant_error(),
        ),
        (("code", "made-up"), grant_error()),
        (("code_verifier", ""), (400, "invalid_request".to_owned())),
        (("code", ""), (400, "invalid_request".to_owned())),
        (
            ("grant_type", "password"),
            (400, "unsupported_grant_type".to_owned()),
        ),
        (
            ("client_id", "someone-else"),
            (401, "invalid_client".to_owned()),
        ),
    ] {
        let code = code(&server, "owner", ALL);
        assert_eq!(
            error(&exchange(&server, &code, change)),
            expected,
            "{change:?}"
        );
    }
    let json = [("content-type", "application/json")];
    let reply = server
        .send("POST", "/api/altostrat-signin/oauth/token", &json, b"{}")
        .unwrap();
    assert_eq!(error(&reply), (400, "invalid_request".to_owned()));
    let twice = [
        ("grant_type", "refresh_token"),
        ("grant_type", "refresh_token"),
    ];
    let reply = post(&server, "/oauth/token", &twice);
    assert_eq!(error(&reply), (400, "invalid_request".to_owned()));
}

#[test]
fn a_wrong_verifier_spends_the_code() {
    let server = support::start();
    let code = code(&server, "owner", ALL);
    let wrong = "b".repeat(43);
    assert_eq!(
        error(&exchange(&server, &code, ("code_verifier", &wrong))),
        grant_error()
    );
    assert_eq!(error(&exchange(&server, &code, ("", ""))), grant_error());
}

#[test]
fn a_code_lives_a_minute() {
    let server = support::start();
    let code = code(&server, "owner", ALL);
    server.clock.advance(61);
    assert_eq!(error(&exchange(&server, &code, ("", ""))), grant_error());
}

#[test]
fn a_code_shown_twice_ends_the_session_it_began() {
    let server = support::start();
    let code = code(&server, "owner", ALL);
    let tokens = exchange(&server, &code, ("", "")).json();
    let bearer = format!("Bearer {}", tokens["access_token"].as_str().unwrap());
    let list = || {
        let headers = [("authorization", bearer.as_str())];
        server
            .send("GET", "/api/altostrat/workspaces", &headers, b"")
            .unwrap()
            .status
    };
    assert_eq!(list(), 200);
    assert_eq!(error(&exchange(&server, &code, ("", ""))), grant_error());
    assert_eq!(list(), 401);
}

#[test]
fn a_refresh_token_is_given_only_for_offline_access() {
    let server = support::start();
    let tokens = exchange(&server, &code(&server, "owner", "openid"), ("", "")).json();
    assert!(tokens.get("refresh_token").is_none() && tokens["id_token"].is_string());
}
