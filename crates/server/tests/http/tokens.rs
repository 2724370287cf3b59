//! The life of tokens: what they say, how they are renewed, when they end.

use serde_json::Value;

use crate::sign_in::{post, sign_in};
use crate::support::{self, Reply, Server};

fn refresh(server: &Server, tokens: &Value) -> Reply {
    let token = tokens["refresh_token"].as_str().unwrap();
    let fields = [
        ("grant_type", "refresh_token"),
        ("client_id", "steward-console"),
        ("refresh_token", token),
    ];
    post(server, "/oauth/token", &fields)
}

fn list(server: &Server, tokens: &Value) -> u16 {
    let bearer = format!("Bearer {}", tokens["access_token"].as_str().unwrap());
    let headers = [("authorization", bearer.as_str())];
    server
        .send("GET", "/api/altostrat/workspaces", &headers, b"")
        .unwrap()
        .status
}

#[test]
fn an_access_token_says_what_the_vendor_s_tokens_say() {
    let server = support::start();
    let claims = support::claims(sign_in(&server, "viewer")["access_token"].as_str().unwrap());
    for name in [
        "id",
        "sub",
        "user_id",
        "email",
        "urn:altostrat:email",
        "name",
        "urn:altostrat:name",
        "session",
        "timezone",
        "language",
        "date_format",
        "time_format",
        "jti",
    ] {
        assert!(claims[name].is_string(), "{name}");
    }
    assert_eq!(claims["aud"], "https://api.altostrat.io");
    assert_eq!(claims["scopes"].as_array().unwrap().len(), 4);
    assert_eq!(
        claims["exp"].as_i64().unwrap() - claims["iat"].as_i64().unwrap(),
        900
    );
}

#[test]
fn an_access_token_ends_after_fifteen_minutes() {
    let server = support::start();
    let tokens = sign_in(&server, "owner");
    server.clock.advance(890);
    assert_eq!(list(&server, &tokens), 200);
    server.clock.advance(15);
    assert_eq!(list(&server, &tokens), 401);
}

#[test]
fn a_refresh_gives_new_tokens_of_both_kinds() {
    let server = support::start();
    let first = sign_in(&server, "owner");
    let second = refresh(&server, &first).json();
    assert_ne!(first["refresh_token"], second["refresh_token"]);
    assert_ne!(first["access_token"], second["access_token"]);
    assert_eq!(list(&server, &second), 200);
    assert_eq!(refresh(&server, &second).status, 200);
}

#[test]
fn a_refresh_token_shown_twice_ends_the_whole_session() {
    let server = support::start();
    let first = sign_in(&server, "owner");
    let second = refresh(&server, &first).json();
    let again = refresh(&server, &first);
    assert_eq!(
        (again.status, &again.json()["error"]),
        (400, &"invalid_grant".into())
    );
    assert_eq!(refresh(&server, &second).status, 400);
    assert_eq!(list(&server, &second), 401);
}

#[test]
fn no_refresh_reaches_past_eight_hours_from_sign_in() {
    let server = support::start();
    let mut tokens = sign_in(&server, "owner");
    for _ in 0..32 {
        server.clock.advance(880);
        tokens = refresh(&server, &tokens).json();
    }
    server.clock.advance(8 * 3600 - 32 * 880 - 300);
    tokens = refresh(&server, &tokens).json();
    assert!(tokens["expires_in"].as_i64().unwrap() <= 300);
    server.clock.advance(310);
    assert_eq!(list(&server, &tokens), 401);
    assert_eq!(refresh(&server, &tokens).json()["error"], "invalid_grant");
}

#[test]
fn revoking_either_token_ends_the_session() {
    let server = support::start();
    for kind in ["access_token", "refresh_token"] {
        let tokens = sign_in(&server, "owner");
        let token = tokens[kind].as_str().unwrap();
        let fields = [("client_id", "steward-console"), ("token", token)];
        assert_eq!(
            post(&server, "/oauth/revoke", &fields).status,
            200,
            "{kind}"
        );
        assert_eq!(list(&server, &tokens), 401, "{kind}");
        assert_eq!(refresh(&server, &tokens).status, 400, "{kind}");
    }
}

#[test]
fn revoking_an_unknown_token_is_answered_like_any_other() {
    let server = support::start();
    let fields = [("client_id", "steward-console"), ("token", "unknown")];
    assert_eq!(post(&server, "/oauth/revoke", &fields).status, 200);
    assert_eq!(
        post(&server, "/oauth/revoke", &[("token", "x")]).status,
        400
    );
}

#[test]
fn a_token_that_was_tampered_with_does_not_count() {
    let server = support::start();
    let token = server.token("viewer").to_owned();
    let parts: Vec<&str> = token.split('.').collect();
    let encode = |json: &str| data_encoding::BASE64URL_NOPAD.encode(json.as_bytes());
    let mut forged = support::claims(&token);
    forged["sub"] = server.user("owner").into();
    let forged = encode(&forged.to_string());
    for bad in [
        format!("{}.{forged}.{}", parts[0], parts[2]),
        format!("{}.{}.", encode(r#"{"alg":"none","typ":"JWT"}"#), parts[1]),
        format!(
            "{}.{}.{}",
            encode(r#"{"alg":"RS256","typ":"JWT"}"#),
            parts[1],
            parts[2]
        ),
        format!("{}.{}", parts[0], parts[1]),
        String::new(),
    ] {
        let tokens = serde_json::json!({ "access_token": bad });
        assert_eq!(list(&server, &tokens), 401, "{bad}");
    }
}

#[test]
fn an_id_token_opens_nothing() {
    let server = support::start();
    let tokens = sign_in(&server, "owner");
    let misused = serde_json::json!({ "access_token": tokens["id_token"] });
    assert_eq!(list(&server, &misused), 401);
}

#[test]
fn userinfo_without_a_token_is_a_challenge() {
    let server = support::start();
    let reply = server
        .send("GET", "/api/altostrat-signin/userinfo", &[], b"")
        .unwrap();
    assert_eq!((reply.status, reply.body.len()), (401, 0));
    assert!(reply.header("www-authenticate").starts_with("Bearer"));
}

#[test]
fn the_database_keeps_no_code_and_no_refresh_token() {
    let server = support::start();
    let tokens = sign_in(&server, "owner");
    let kept = server.texts("SELECT fingerprint FROM altostrat_refresh_tokens");
    assert_eq!(kept.len(), 1);
    assert_ne!(kept[0], tokens["refresh_token"].as_str().unwrap());
}
