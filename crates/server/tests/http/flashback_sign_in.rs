//! Signing in at Flashback, refreshing, signing out, and what a token says and outlives.

use serde_json::json;

use crate::flashback_kit::{
    DELETED, NO_PASSWORD, UNVALIDATED, call, call_with, done, login, post, refused, said, text,
    user,
};
use crate::support::{self, claims};

const OLIVIA: &str = "olivia.okafor@example.com";

#[test]
fn each_demo_person_signs_in_with_the_password_demo() {
    let server = support::start();
    for (person, email) in [
        ("owner", OLIVIA),
        ("admin", "anders.holm@example.com"),
        ("viewer", "vera.marchetti@example.com"),
        ("outsider", "oskar.lindqvist@example.com"),
    ] {
        let answer = login(&server, email);
        assert_eq!(answer["user"]["id"], user(&server, person).as_str());
        let token = text(&answer["accessToken"]);
        let profile = call_with(&server, &token, "GET", "/user/profile", None).json();
        assert_eq!(profile["data"]["email"], email);
    }
}

#[test]
fn a_sign_in_answers_with_everything_that_is_documented() {
    let server = support::start();
    let body = json!({"email": "Olivia.Okafor@Example.com", "password": "demo", "deviceInfo": {"name": "laptop"}});
    let answer = post(&server, "/user/login", &body).json();
    let fields: Vec<&String> = answer.as_object().unwrap().keys().collect();
    assert_eq!(
        fields,
        [
            "accessToken",
            "expiresAt",
            "refreshToken",
            "success",
            "tokenId",
            "user"
        ]
    );
    let claims = claims(&text(&answer["accessToken"]));
    let named: Vec<&String> = claims.as_object().unwrap().keys().collect();
    assert_eq!(named, ["email", "exp", "iat", "orgId", "type", "userId"]);
    let exp = claims["exp"].as_i64().unwrap();
    assert_eq!(exp - claims["iat"].as_i64().unwrap(), 3600);
    assert_eq!(answer["expiresAt"].as_i64().unwrap(), exp * 1000);
    assert_eq!(
        answer["user"],
        json!({
            "id": claims["userId"],
            "email": OLIVIA,
            "name": "Olivia",
            "orgId": claims["orgId"],
            "orgRole": 255
        })
    );
}

#[test]
fn each_failure_to_sign_in_has_its_code_and_no_message() {
    let server = support::start();
    for (email, password, code) in [
        ("nobody@example.com", "demo", "USER_NOT_FOUND"),
        (OLIVIA, "Demo", "INVALID_PASSWORD"),
        (DELETED, "demo", "USER_INACTIVE"),
        (NO_PASSWORD, "demo", "NO_PASSWORD_SET"),
    ] {
        let body = json!({"email": email, "password": password});
        let reply = post(&server, "/user/login", &body);
        let expected = json!({"success": false, "error_code": code});
        assert_eq!(said(&reply), (401, expected));
    }
    for body in [
        json!({}),
        json!({"email": OLIVIA}),
        json!({"email": 1, "password": "demo"}),
    ] {
        let reply = post(&server, "/user/login", &body);
        assert_eq!(
            said(&reply),
            refused(400, "Email and password are required")
        );
    }
    assert_eq!(login(&server, UNVALIDATED)["success"], true);
}

#[test]
fn no_password_and_no_refresh_token_is_kept_as_it_is() {
    let server = support::start();
    let token = text(&login(&server, OLIVIA)["refreshToken"]);
    let kept = server.texts("SELECT password FROM flashback_users WHERE password IS NOT NULL");
    assert_eq!(kept.len(), 7);
    assert!(kept.iter().all(|each| each.starts_with("$pbkdf2-sha256$")));
    let salts: std::collections::HashSet<&str> = kept
        .iter()
        .map(|each| each.split('$').nth(3).unwrap())
        .collect();
    assert_eq!(salts.len(), 7);
    let kept = server.texts("SELECT fingerprint FROM flashback_refresh_tokens");
    assert_eq!(kept.len(), 1);
    assert_ne!(kept[0], token);
}

#[test]
fn a_refresh_token_works_once_under_either_name() {
    let server = support::start();
    let first = text(&login(&server, OLIVIA)["refreshToken"]);
    let answer = post(&server, "/user/refresh", &json!({"refreshToken": first})).json();
    let fields: Vec<&String> = answer.as_object().unwrap().keys().collect();
    assert_eq!(
        fields,
        ["accessToken", "expiresAt", "refreshToken", "success"]
    );
    let second = text(&answer["refreshToken"]);
    assert_ne!(first, second);
    let answer = post(&server, "/user/refresh", &json!({"refresh_token": second}));
    assert_eq!(answer.status, 200);
    let token = text(&answer.json()["accessToken"]);
    assert_eq!(
        call_with(&server, &token, "GET", "/workspace", None).status,
        200
    );
}

fn is_refused(server: &support::Server, token: &str) {
    let reply = post(server, "/user/refresh", &json!({"refreshToken": token}));
    let expected = json!({
        "success": false,
        "error_code": "INVALID_REFRESH_TOKEN",
        "message": "Invalid or expired refresh token"
    });
    assert_eq!(said(&reply), (401, expected));
}

#[test]
fn a_refresh_token_shown_again_ends_the_session() {
    let server = support::start();
    let first = text(&login(&server, OLIVIA)["refreshToken"]);
    let answer = post(&server, "/user/refresh", &json!({"refreshToken": first})).json();
    is_refused(&server, &first);
    is_refused(&server, &text(&answer["refreshToken"]));
    is_refused(&server, "nonsense");
    let none = post(&server, "/user/refresh", &json!({}));
    assert_eq!(said(&none), refused(400, "Refresh token is required"));
}

#[test]
fn a_session_ends_after_a_week_and_with_its_user() {
    let server = support::start();
    let token = text(&login(&server, OLIVIA)["refreshToken"]);
    server.clock.advance(7 * 24 * 3600 + 1);
    is_refused(&server, &token);
    let token = text(&login(&server, OLIVIA)["refreshToken"]);
    server.change("UPDATE flashback_users SET deleted_at = 1 WHERE persona = 'owner'");
    is_refused(&server, &token);
}

#[test]
fn signing_out_ends_the_session_and_says_the_same_to_everyone() {
    let server = support::start();
    for name in ["refresh_token", "refreshToken"] {
        let answer = login(&server, OLIVIA);
        let token = text(&answer["refreshToken"]);
        let body = json!({name: token});
        for _ in 0..2 {
            assert_eq!(said(&post(&server, "/user/logout", &body)), done());
        }
        is_refused(&server, &token);
        let access = text(&answer["accessToken"]);
        assert_eq!(
            call_with(&server, &access, "GET", "/workspace", None).status,
            200
        );
    }
    let unknown = post(&server, "/user/logout", &json!({"refresh_token": "x"}));
    assert_eq!(said(&unknown), done());
    let none = post(&server, "/user/logout", &json!({}));
    assert_eq!(said(&none), refused(400, "Refresh token is required"));
}

#[test]
fn an_access_token_counts_for_an_hour() {
    let server = support::start();
    server.clock.advance(3600 - 5);
    assert_eq!(
        call(&server, "owner", "GET", "/workspace", None).status,
        200
    );
    server.clock.advance(10);
    let reply = call(&server, "owner", "GET", "/workspace", None);
    assert_eq!(said(&reply), refused(401, "Unauthorized"));
    assert_eq!(reply.header("www-authenticate"), "Bearer");
}

#[test]
fn a_token_of_one_vendor_does_not_count_at_the_other() {
    let server = support::start();
    let reply = call_with(&server, server.token("owner"), "GET", "/workspace", None);
    assert_eq!(said(&reply), refused(401, "Unauthorized"));
    let bearer = format!("Bearer {}", server.flashback_token("owner"));
    let headers = [("authorization", bearer.as_str())];
    let reply = server
        .send("GET", "/api/altostrat/workspaces", &headers, b"")
        .unwrap();
    assert_eq!(reply.status, 401);
}

#[test]
fn a_profile_says_who_it_is_and_what_the_role_includes() {
    let server = support::start();
    let reply = call(&server, "viewer", "GET", "/user/profile", None).json();
    assert_eq!(
        reply,
        json!({"success": true, "data": {
            "id": user(&server, "viewer"),
            "name": "Vera",
            "lastName": "Marchetti",
            "email": "vera.marchetti@example.com",
            "orgId": reply["data"]["orgId"],
            "orgRole": 0,
            "orgRoleDescription": "USER",
            "orgRoles": [0],
            "validated": true,
            "mfaRequired": false
        }})
    );
}
